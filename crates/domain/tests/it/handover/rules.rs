//! What joins a chain, and what does not.

use domain::handover::chain::{Joined, Refusal};
use domain::handover::message::{BadMessage, Custody, Draft, LONGEST, Link, Named};
use domain::handover::states::Outcome;
use domain::handover::{Chain, Content, Leg, Message, Signed, shared_clock};
use jiff::SignedDuration;

use super::{Toy, at, hours, id, key, message, next, sign, signed};

/// Desk 0 has opened and offered to desk 1.
fn offered() -> (Chain, Vec<Message>) {
    let mut chain = Chain::new(id(0));
    let mut all = Vec::new();
    let open =
        Custody::Open { nonce: "nonce".into(), name: "Desk 0".into(), since: at(0), calendar: hours(0) };
    push(&mut chain, &mut all, 0, 10, open).unwrap();
    push(&mut chain, &mut all, 0, 20, offer(1)).unwrap();
    (chain, all)
}

fn offer(to: usize) -> Custody {
    let to = Named { name: format!("Desk {to}"), key: Some(key(to)) };
    Custody::Offer { to, expires: at(120), package: some_hash() }
}

fn some_hash() -> domain::handover::Hash {
    use domain::handover::Seal as _;
    Toy.hash(b"text")
}

fn push(
    chain: &mut Chain,
    all: &mut Vec<Message>,
    by: usize,
    minute: i64,
    custody: Custody,
) -> Result<Joined, Refusal> {
    let message = message(&next(chain, by, minute, Content::Custody(custody)));
    let joined = chain.append(&message, &Toy)?;
    all.push(message);
    Ok(joined)
}

/// What desk `by` says to an offer of desk `to`.
fn answer(chain: &Chain, by: usize, to: usize, offer: u32, accept: bool) -> Signed {
    let offer = chain.leg(offer).unwrap().hash;
    let link = if accept {
        Link::Accept { offer, calendar: hours(by), number: String::new() }
    } else {
        Link::Decline { offer, reason: "No".into(), missing: None }
    };
    signed(&Draft {
        handover: chain.id().clone(),
        to: Some(key(to)),
        sequence: 1,
        previous: None,
        at: at(25),
        key: key(by),
        content: Content::Link(link),
    })
}

fn confirm(chain: &Chain, by: usize, to: usize, offer: u32) -> Custody {
    Custody::Confirm { offer, answer: Some(answer(chain, by, to, offer, true)), calendar: hours(by) }
}

fn state(chain: &Chain) -> Leg {
    chain.legs().last().unwrap().state
}

#[test]
fn there_and_back() {
    let (mut chain, mut all) = offered();
    let confirm = confirm(&chain, 1, 0, 2);
    push(&mut chain, &mut all, 0, 60, confirm).unwrap();
    assert_eq!((state(&chain), chain.writer()), (Leg::InProgress, Some(&key(1))));
    let back = Custody::Return { offer: 2, outcome: Outcome::Solved, answer: some_hash() };
    push(&mut chain, &mut all, 1, 90, back.clone()).unwrap();
    push(&mut chain, &mut all, 0, 100, Custody::SendBack { offer: 2, reason: some_hash() }).unwrap();
    assert_eq!((state(&chain), chain.writer()), (Leg::SentBack, Some(&key(1))));
    push(&mut chain, &mut all, 1, 130, back).unwrap();
    push(&mut chain, &mut all, 0, 130, Custody::Approve { offer: 2 }).unwrap();
    push(&mut chain, &mut all, 0, 150, Custody::Close {}).unwrap();
    assert_eq!((state(&chain), chain.writer()), (Leg::Closed, None));

    let segments = shared_clock::segments(&chain, at(500));
    let spans: Vec<_> = segments.iter().map(|s| (s.name.as_str(), s.from, s.to)).collect();
    assert_eq!(
        spans,
        [
            ("Desk 0", at(0), Some(at(60))),
            ("Desk 1", at(60), Some(at(90))),
            ("Desk 0", at(90), Some(at(100))),
            ("Desk 1", at(100), Some(at(130))),
            ("Desk 0", at(130), Some(at(150))),
        ]
    );
    // Desk 1 begins an hour later, so its first half hour lies in its hours and nothing before would.
    let totals = shared_clock::totals(&segments);
    assert_eq!(totals[1], ("Desk 1".into(), SignedDuration::from_mins(60)));
    // What was read from the messages again is the same.
    let mut again = Chain::new(id(0));
    for message in &all {
        assert_eq!(again.append(message, &Toy), Ok(Joined::New));
        assert_eq!(again.append(message, &Toy), Ok(Joined::Known));
    }
    assert_eq!(again, chain);
}

#[test]
fn what_does_not_go_on_from_here_is_refused_by_name() {
    let back = || Custody::Return { offer: 2, outcome: Outcome::Solved, answer: some_hash() };
    let refused = |by, minute, custody: &dyn Fn(&Chain) -> Custody, why| {
        let (mut chain, mut all) = offered();
        let before = chain.clone();
        let custody = custody(&chain);
        assert_eq!(push(&mut chain, &mut all, by, minute, custody.clone()), Err(why), "{custody:?}");
        assert_eq!(chain, before, "nothing changes");
    };
    refused(1, 30, &|chain| confirm(chain, 1, 0, 2), Refusal::NotHolder);
    refused(1, 30, &|_| back(), Refusal::NotHolder);
    refused(0, 30, &|_| back(), Refusal::WrongState);
    refused(0, 30, &|_| offer(2), Refusal::WrongState);
    refused(0, 30, &|_| Custody::Close {}, Refusal::WrongState);
    refused(0, 30, &|_| Custody::Approve { offer: 2 }, Refusal::WrongState);
    refused(0, 30, &|_| Custody::Withdraw { offer: 7 }, Refusal::WrongState);
    refused(0, 119, &|_| Custody::Expire { offer: 2 }, Refusal::WrongTime);
    refused(0, 19, &|_| Custody::Withdraw { offer: 2 }, Refusal::WrongTime);
    refused(0, 121, &|chain| confirm(chain, 1, 0, 2), Refusal::WrongTime);
    // The receiver's answer must be the receiver's, to this offer, and say yes.
    refused(0, 30, &|chain| confirm(chain, 2, 0, 2), Refusal::Unproven);
    refused(0, 30, &|_| Custody::Confirm { offer: 2, answer: None, calendar: hours(1) }, Refusal::Unproven);
    refused(
        0,
        30,
        &|chain| Custody::Confirm {
            offer: 2,
            answer: Some(answer(chain, 1, 0, 2, false)),
            calendar: hours(1),
        },
        Refusal::Unproven,
    );
    refused(
        0,
        30,
        &|chain| Custody::Confirm {
            offer: 2,
            answer: Some(answer(chain, 1, 0, 2, true)),
            calendar: hours(2),
        },
        Refusal::Unproven,
    );
    refused(
        0,
        30,
        &|chain| Custody::Declined { offer: 2, answer: Some(answer(chain, 1, 0, 2, true)) },
        Refusal::Unproven,
    );
}

#[test]
fn a_withdrawn_or_expired_offer_cannot_be_confirmed() {
    for (minute, end) in [(30, Custody::Withdraw { offer: 2 }), (120, Custody::Expire { offer: 2 })] {
        let (mut chain, mut all) = offered();
        push(&mut chain, &mut all, 0, minute, end).unwrap();
        let confirm = confirm(&chain, 1, 0, 2);
        assert_eq!(push(&mut chain, &mut all, 0, minute, confirm), Err(Refusal::WrongState));
        // And it may be offered again, to the same desk too.
        push(&mut chain, &mut all, 0, minute, offer(1)).unwrap();
        assert_eq!(chain.legs().len(), 2);
        assert_eq!(chain.members().len(), 2);
    }
}

#[test]
fn nobody_is_offered_what_it_waits_for() {
    let (mut chain, mut all) = offered();
    let yes = confirm(&chain, 1, 0, 2);
    push(&mut chain, &mut all, 0, 30, yes).unwrap();
    for waits in [0, 1] {
        let again = Custody::Offer {
            to: Named { name: String::new(), key: Some(key(waits)) },
            expires: at(120),
            package: some_hash(),
        };
        assert_eq!(push(&mut chain, &mut all, 1, 40, again), Err(Refusal::Loop));
    }
    push(&mut chain, &mut all, 1, 40, offer(2)).unwrap();
    assert_eq!(
        push(
            &mut chain,
            &mut all,
            1,
            41,
            Custody::Return { offer: 2, outcome: Outcome::Solved, answer: some_hash() }
        ),
        Err(Refusal::WrongState),
        "what is out comes back first"
    );
    // Who never takes it hears how that ended; who took it hears everything.
    push(&mut chain, &mut all, 1, 42, Custody::Withdraw { offer: 4 }).unwrap();
    assert_eq!(chain.neighbours(&key(1)), [(key(0), u32::MAX), (key(2), 5)]);
    assert_eq!(chain.neighbours(&key(0)), [(key(1), u32::MAX)]);
    assert_eq!(chain.neighbours(&key(2)), [(key(1), 5)]);
}

#[test]
fn the_record_for_who_does_not_speak_is_kept_by_the_offerer() {
    let (mut chain, mut all) = offered();
    push(&mut chain, &mut all, 0, 21, Custody::Withdraw { offer: 2 }).unwrap();
    let to = Named { name: "Microsoft".into(), key: None };
    push(&mut chain, &mut all, 0, 22, Custody::Offer { to, expires: at(120), package: some_hash() }).unwrap();
    let taken = Custody::Confirm { offer: 4, answer: None, calendar: hours(3) };
    push(&mut chain, &mut all, 0, 23, taken).unwrap();
    assert_eq!(chain.holder().unwrap().name, "Microsoft");
    assert_eq!(chain.writer(), Some(&key(0)));
    assert_eq!(push(&mut chain, &mut all, 0, 24, offer(1)), Err(Refusal::WrongState));
    let back = Custody::Return { offer: 4, outcome: Outcome::KnownIssue, answer: some_hash() };
    push(&mut chain, &mut all, 0, 50, back).unwrap();
    assert_eq!(chain.holder().unwrap().name, "Desk 0");
    assert_eq!(shared_clock::away(&chain, &key(0), at(60)).len(), 1);
}

#[test]
fn places_and_hashes_are_checked_before_anything_else() {
    let (mut chain, all) = offered();
    let withdraw = || Content::Custody(Custody::Withdraw { offer: 2 });
    let good = next(&chain, 0, 30, withdraw());
    let check = |chain: &mut Chain, draft: Draft, why| {
        assert_eq!(chain.append(&message(&draft), &Toy), Err(why));
    };
    check(&mut chain, Draft { sequence: 4, ..good.clone() }, Refusal::Gap);
    check(&mut chain, Draft { sequence: 2, ..good.clone() }, Refusal::Fork);
    check(&mut chain, Draft { sequence: 0, ..good.clone() }, Refusal::Malformed);
    check(&mut chain, Draft { previous: all[0].previous, ..good.clone() }, Refusal::Broken);
    check(&mut chain, Draft { handover: id(1), ..good.clone() }, Refusal::Foreign);
    let beside = Content::Link(Link::Text { text: "Hello".into(), files: Vec::new() });
    check(&mut chain, Draft { to: Some(key(1)), content: beside, ..good.clone() }, Refusal::Malformed);
    assert_eq!(chain.append(&message(&good), &Toy), Ok(Joined::New));

    // An id belongs to the key that opened it.
    let mut stolen = Chain::new(id(0));
    let open =
        Custody::Open { nonce: "nonce".into(), name: "Thief".into(), since: at(0), calendar: hours(1) };
    let open = message(&next(&stolen, 1, 10, Content::Custody(open)));
    assert_eq!(stolen.append(&open, &Toy), Err(Refusal::Foreign));
}

#[test]
fn unknown_fields_are_kept_and_signed_and_other_versions_are_refused_by_name() {
    let chain = Chain::new(id(0));
    let open =
        Custody::Open { nonce: "nonce".into(), name: "Desk 0".into(), since: at(0), calendar: hours(0) };
    let text = next(&chain, 0, 10, Content::Custody(open)).text();
    let read = |text: &str| Message::read(Signed { text: text.into(), signature: sign(&key(0), text) }, &Toy);
    let newer = text
        .replacen('{', r#"{"colour": "blue", "#, 1)
        .replace(r#""timezone":"#, r#""lunch":"12:00","timezone":"#);
    let message = read(&newer).unwrap();
    assert_eq!(message.signed.text, newer, "kept as it came");
    assert!(Chain::new(id(0)).append(&message, &Toy).is_ok(), "and understood as far as it is known");
    let changed = Signed { text: newer.replace("blue", "red"), ..message.signed };
    assert_eq!(Message::read(changed, &Toy), Err(BadMessage::Signature), "and covered by the signature");

    let cases = [
        (text.replace(r#""version":1"#, r#""version":2"#), BadMessage::Version),
        (text.replace(r#""kind":"open""#, r#""kind":"auction""#), BadMessage::Version),
        (text.replace(r#""version":1"#, r#""version":"1""#), BadMessage::Malformed),
        (text.replace(r#""timezone":"UTC""#, r#""timezone":"Moon""#), BadMessage::Malformed),
        (text.replace(r#""kind":"open""#, r#""kind":7"#), BadMessage::Malformed),
        (format!("{text}{}", " ".repeat(LONGEST)), BadMessage::TooLong),
        ("[".repeat(100_000), BadMessage::Malformed),
        ("null".into(), BadMessage::Malformed),
        (String::new(), BadMessage::Malformed),
    ];
    for (text, why) in cases {
        assert_eq!(read(&text), Err(why), "{}", text.get(..60).unwrap_or(&text));
    }
    // Between neighbours a word that is not known is no fault.
    let draft = Draft {
        handover: id(0),
        to: Some(key(1)),
        sequence: 1,
        previous: None,
        at: at(1),
        key: key(0),
        content: Content::Unknown("wave".into()),
    };
    assert_eq!(super::message(&draft).content, Content::Unknown("wave".into()));
}

#[test]
fn who_leaves_a_chain_counts_it_until_then() {
    let (mut chain, mut all) = offered();
    let confirm = confirm(&chain, 1, 0, 2);
    push(&mut chain, &mut all, 0, 60, confirm).unwrap();
    let left = Some(at(90));
    let spans = |chain: &Chain| -> Vec<_> {
        let counted = shared_clock::until(chain, left, at(500));
        counted.into_iter().map(|s| (s.name, s.from, s.to)).collect()
    };
    let wanted = [("Desk 0".to_owned(), at(0), Some(at(60))), ("Desk 1".to_owned(), at(60), left)];
    assert_eq!(spans(&chain), wanted);
    let away = shared_clock::away(&chain, &key(0), at(90));
    assert_eq!(away.iter().map(|one| (one.from, one.to)).collect::<Vec<_>>(), [(at(60), at(90))]);

    // What comes later changes nothing of that, and nobody but the holder could have written it.
    let back = Custody::Return { offer: 2, outcome: Outcome::Declined, answer: some_hash() };
    assert_eq!(push(&mut chain, &mut all, 0, 100, back.clone()), Err(Refusal::NotHolder));
    push(&mut chain, &mut all, 1, 200, back).unwrap();
    assert_eq!(spans(&chain), wanted);
}

#[test]
fn only_azure_is_filed_by_azures_way() {
    use domain::party::supplier::Way;
    use domain::ticket::kinds::Service;
    for service in Service::ALL {
        let azure = if *service == Service::Azure { Way::AzureSupport } else { Way::Portal };
        assert_eq!(Way::AzureSupport.of(*service), azure, "{service}");
        for way in [Way::Desk, Way::Mail, Way::Portal] {
            assert_eq!(way.of(*service), way);
        }
    }
}
