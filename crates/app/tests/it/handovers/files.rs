//! Files that go with a hand-over, and those that come back with its answers.

use app::{
    Error,
    handovers::{self, Draft, Given, Then, Writing},
    tickets::{self, Reply, Upload},
};
use domain::{
    handover::Hash,
    id::TicketId,
    party::supplier::{SupplierKind, Way},
};
use jiff::SignedDuration;
use store::{awaited::Awaited, timeline::Attachment};
use testkit::on_both;

use super::{Reached, complete, decided, request, supplier};
use crate::wire::State as Wired;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn upload(name: &str, bytes: &[u8]) -> Upload {
    Upload { name: name.into(), content_type: "text/plain".into(), bytes: bytes.to_vec(), content_id: None }
}

async fn files(at: &Reached, ticket: TicketId) -> Vec<Attachment> {
    let files: Result<_, store::Error> =
        at.app().store.read(at.desk.desk, move |tx| Box::pin(store::timeline::attachments(tx, ticket))).await;
    files.unwrap()
}

async fn awaited(at: &Reached, ticket: TicketId) -> Vec<Awaited> {
    handovers::panel(at.app(), &at.helga, ticket).await.unwrap().unwrap().awaited
}

/// A ticket with a trace that its customer sees and a secret that only the desk does: their hashes.
async fn with_files(at: &Reached, trace: &[u8]) -> (TicketId, Hash, Hash) {
    let mine = request(&at.desk, &at.helga).await;
    let reply =
        Reply { text: "Is it this one?".into(), files: vec![upload("trace.log", trace)], ..Reply::default() };
    tickets::reply(at.app(), &at.helga, mine, reply).await.unwrap();
    let secret = vec![upload("margin.xlsx", b"42 %")];
    tickets::note(at.app(), &at.helga, mine, "Ours", secret).await.unwrap();
    let hash = |bytes: &[u8]| Hash(store::blob::Hash::of(bytes).bytes());
    (mine, hash(trace), hash(b"42 %"))
}

async fn work(desks: &[&Reached]) {
    for _ in 0..=desks.len() {
        for at in desks {
            at.desk.run_jobs().await;
        }
    }
}

on_both! {
    async fn chosen_files_arrive_once_and_what_comes_back_does_too(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let desks = [&reseller, &provider];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        // Larger than what stands in a row, and than what an answer of the protocol may be.
        let trace: Vec<u8> = (0..300_000_u32).flat_map(u32::to_le_bytes).collect();
        let (mine, shown, internal) = with_files(&reseller, &trace).await;
        let panel = handovers::panel(reseller.app(), &reseller.helga, mine).await.unwrap().unwrap();
        assert_eq!(panel.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["trace.log"]);
        let with = |files: Vec<Hash>| Draft { files, ..complete(up) };
        for wrong in [vec![internal], vec![shown, internal], vec![Hash([7; 32])]] {
            let refused = handovers::hand_over(reseller.app(), &reseller.helga, mine, with(wrong), Then::Offer).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "files", .. })), "{refused:?}");
        }
        handovers::hand_over(reseller.app(), &reseller.helga, mine, with(vec![shown]), Then::Offer).await.unwrap();
        work(&desks).await;
        let offer = provider.offered().await;
        assert_eq!(offer.package.0.files[0].name, "trace.log", "it is named before it is taken");
        assert!(reseller.wire.asked.lock().unwrap().is_empty(), "and not asked for before");
        handovers::accept(provider.app(), &provider.helga, offer.id).await.unwrap();
        provider.desk.run_jobs().await;
        reseller.desk.run_jobs().await;
        // The line is cut before the file has come.
        reseller.wire.set(Wired::Cut);
        work(&desks).await;
        let theirs = provider.came().await;
        assert!(files(&provider, theirs.id).await.is_empty());
        assert_eq!(awaited(&provider, theirs.id).await[0].names.0, ["trace.log"], "the ticket says that it is to come");
        reseller.wire.set(Wired::AnswersLost);
        reseller.desk.wait(MINUTE * 10);
        work(&desks).await;
        assert!(files(&provider, theirs.id).await.is_empty());
        reseller.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 30);
        work(&desks).await;
        let [came] = &files(&provider, theirs.id).await[..] else { panic!("once, and only the chosen one") };
        assert_eq!((came.name.as_str(), came.hash.bytes()), ("trace.log", shown.0));
        assert!(awaited(&provider, theirs.id).await.is_empty(), "and then says so no more");
        let (_, bytes) =
            tickets::attachment(provider.app(), &provider.helga, theirs.number, came.entry, 0).await.unwrap();
        assert_eq!(bytes, trace);

        // An answer with a file.
        decided(&provider, theirs.id).await;
        let reply = Reply {
            text: "Run this".into(),
            files: vec![upload("mend.ps1", b"Restart-Service"), upload("read.me", b"As admin")],
            then: tickets::Then::Resolve,
            ..Reply::default()
        };
        tickets::reply(provider.app(), &provider.helga, theirs.id, reply).await.unwrap();
        work(&desks).await;
        let back = files(&reseller, mine).await;
        let names: Vec<_> = back.iter().map(|file| file.name.as_str()).collect();
        assert_eq!((names.len(), &names[2..]), (4, &["mend.ps1", "read.me"][..]), "{names:?}");
        assert_eq!(back[2].entry, back[3].entry, "both at the answer");
    }

    async fn what_does_not_come_is_given_up_and_asked_for_again(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let desks = [&reseller, &provider];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let (mine, shown, _) = with_files(&reseller, b"one line").await;
        let draft = Draft { files: vec![shown], ..complete(up) };
        handovers::hand_over(reseller.app(), &reseller.helga, mine, draft, Then::Offer).await.unwrap();
        work(&desks).await;
        handovers::accept(provider.app(), &provider.helga, provider.offered().await.id).await.unwrap();
        provider.desk.run_jobs().await;
        reseller.desk.run_jobs().await;
        reseller.wire.set(Wired::Cut);
        work(&desks).await;
        let theirs = provider.came().await.id;
        let row = awaited(&provider, theirs).await.remove(0);
        assert!(row.tries > 0 && !row.why.is_empty() && row.next_at.is_some(), "{row:?}");
        let ask = async |agent: &app::Agent, entry| {
            handovers::ask_again(provider.app(), agent, row.handover, entry).await
        };
        let early = ask(&provider.helga, row.entry).await;
        assert!(matches!(early, Err(Error::Refused("wrong-state"))), "it is asked for anyway: {early:?}");
        let mut rounds = 0;
        while awaited(&provider, theirs).await[0].next_at.is_some() {
            rounds += 1;
            assert!(rounds < 100, "it is asked for without an end");
            reseller.desk.wait(MINUTE * 60 * 7);
            provider.desk.run_jobs().await;
        }
        reseller.wire.set(Wired::Whole);
        reseller.desk.wait(MINUTE * 60 * 7);
        work(&desks).await;
        assert!(files(&provider, theirs).await.is_empty(), "nobody asks any more");
        assert!(!awaited(&provider, theirs).await[0].why.is_empty(), "and it is said why");

        let bert = provider.desk.agent("Bert", &[domain::access::Role::SalesAgent]).await;
        assert!(matches!(ask(&bert, row.entry).await, Err(Error::Forbidden)));
        let other = domain::id::EntryId::new(reseller.app().now(), [7; 10]);
        assert!(matches!(ask(&provider.helga, other).await, Err(Error::NotFound("file"))));
        ask(&provider.helga, row.entry).await.unwrap();
        work(&desks).await;
        assert_eq!(files(&provider, theirs).await.len(), 1);
        assert!(awaited(&provider, theirs).await.is_empty());
    }

    async fn a_question_is_answered_to_whom_it_belongs_and_for_a_moment(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let desks = [&reseller, &provider];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let (mine, shown, _) = with_files(&reseller, b"one line").await;
        let draft = Draft { files: vec![shown], ..complete(up) };
        handovers::hand_over(reseller.app(), &reseller.helga, mine, draft, Then::Offer).await.unwrap();
        work(&desks).await;
        handovers::accept(provider.app(), &provider.helga, provider.offered().await.id).await.unwrap();
        work(&desks).await;
        let question = reseller.wire.asked.lock().unwrap()[0].clone();
        let ask = async |app, body: &[u8]| handovers::give(app, body).await.unwrap();
        assert_eq!(ask(reseller.app(), &question).await, Given::File(b"one line".to_vec()));
        assert_eq!(ask(provider.app(), &question).await, Given::NotPaired, "another desk's question");
        let text = String::from_utf8(question.clone()).unwrap();
        let other = text.replace(&shown.to_string(), &Hash([7; 32]).to_string());
        assert_ne!(other, text);
        assert_eq!(ask(reseller.app(), other.as_bytes()).await, Given::NotPaired, "not what was signed");
        for none in ["", "{}", "[]", "{\"text\":\"{}\",\"signature\":\"\"}"] {
            assert_eq!(ask(reseller.app(), none.as_bytes()).await, Given::Malformed, "{none}");
        }
        reseller.desk.wait(MINUTE * 6);
        assert_eq!(ask(reseller.app(), &question).await, Given::NotPaired, "overheard, and too late");
    }

    async fn a_word_carries_what_an_agent_chose_and_what_is_new(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let desks = [&reseller, &provider];
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let (mine, shown, internal) = with_files(&reseller, b"one line").await;
        let leg = handovers::hand_over(reseller.app(), &reseller.helga, mine, complete(up), Then::Offer).await.unwrap();
        work(&desks).await;
        handovers::accept(provider.app(), &provider.helga, provider.offered().await.id).await.unwrap();
        work(&desks).await;
        let theirs = provider.came().await;
        let panel = async || handovers::panel(reseller.app(), &reseller.helga, mine).await.unwrap().unwrap();
        let named = |files: &[Attachment]| files.iter().map(|file| file.name.clone()).collect::<Vec<_>>();
        assert_eq!((named(&panel().await.files), named(&panel().await.unseen)), (vec!["trace.log".into()], vec!["margin.xlsx".into()]));

        let tell = async |files, uploads| {
            let said = Writing { text: "Here is more".into(), files, uploads };
            handovers::tell(reseller.app(), &reseller.helga, leg, said).await
        };
        let large = vec![upload("dump.bin", &vec![0; (25 << 20) + 1])];
        let many = (0..21).map(|n: u32| upload(&n.to_string(), &n.to_le_bytes())).collect();
        for (files, uploads) in [(vec![shown, Hash([7; 32])], vec![]), (vec![], large), (vec![], many)] {
            let refused = tell(files, uploads).await;
            assert!(matches!(refused, Err(Error::Invalid { field: "files", .. })), "{refused:?}");
        }
        assert_eq!(files(&reseller, mine).await.len(), 2, "nothing is kept of what was refused");
        // What only the desk sees goes because somebody has chosen it.
        tell(vec![internal, shown], vec![upload("fresh.txt", b"new")]).await.unwrap();
        work(&desks).await;
        work(&desks).await;
        let mut there = named(&files(&provider, theirs.id).await);
        // What was written in the same moment has no order.
        there[..2].sort();
        assert_eq!(there, ["margin.xlsx", "trace.log", "fresh.txt"]);
        assert_eq!(files(&reseller, mine).await.len(), 5, "they stand with the word here, too");
        assert_eq!(named(&panel().await.files), ["trace.log"], "the customer sees no more than before");
        let stranger = reseller.desk.agent("Bert", &[domain::access::Role::SalesAgent]).await;
        let said = Writing { text: "x".into(), files: vec![shown], uploads: vec![] };
        let refused = handovers::tell(reseller.app(), &stranger, leg, said).await;
        assert!(matches!(refused, Err(Error::Forbidden)), "{refused:?}");
    }

    async fn a_mailbox_gets_them_with_the_mail(db) {
        let at = Reached::first(db).await;
        let to = supplier(at.app(), at.desk.desk, SupplierKind::Outsourcer, Way::Mail, "support@expert.test").await;
        let (mine, shown, _) = with_files(&at, b"one line").await;
        let draft = Draft { files: vec![shown], ..complete(to) };
        handovers::hand_over(at.app(), &at.helga, mine, draft, Then::Offer).await.unwrap();
        at.desk.run_jobs().await;
        let sent = at.desk.sent_mails().await;
        let sent = sent.iter().find(|mail| mail.to == ["support@expert.test"]).unwrap();
        let names: Vec<_> = sent.mail.attachments.iter().map(|file| file.name.clone().unwrap_or_default()).collect();
        assert_eq!(names, ["trace.log"]);
        assert!(sent.mail.text.contains("trace.log (8 B)"), "{}", sent.mail.text);
        let leg = at.legs(mine).await.remove(0).id;
        let said = Writing { text: "And this one".into(), files: vec![], uploads: vec![upload("more.log", b"two")] };
        handovers::tell(at.app(), &at.helga, leg, said).await.unwrap();
        at.desk.run_jobs().await;
        let sent = at.desk.sent_mails().await;
        let word = sent.iter().find(|mail| mail.mail.text.contains("And this one")).unwrap();
        let names: Vec<_> = word.mail.attachments.iter().map(|file| file.name.clone().unwrap_or_default()).collect();
        assert_eq!(names, ["more.log"]);
    }
}
