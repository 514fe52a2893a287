//! A desk that means ill, and one that is only odd.

use app::handovers::{self, Received};
use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use domain::party::supplier::SupplierKind;
use ed25519_dalek::{Signer as _, SigningKey};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use testkit::on_both;

use super::{Reached, hand_over, request, supplier};

async fn answer(at: &Reached, body: &str) -> Received {
    handovers::receive(at.app(), body.as_bytes()).await.unwrap()
}

on_both! {
    async fn strangers_learn_nothing(db) {
        let at = Reached::first(db).await;
        for body in ["", "null", "[]", "{}", "\u{0}", r#"{"text":"x","signature":"y"}"#] {
            assert_eq!(answer(&at, body).await, Received::Malformed, "{body}");
        }
        let key = "A".repeat(43);
        let envelope = |version: Value| json!({
            "version": version, "from": key, "to": key, "handover": format!("chn_{}", "0".repeat(32)),
            "at": "2026-03-02T08:00:00Z", "messages": [],
        }).to_string();
        let post = |text: String| json!({ "text": text, "signature": "AAAA" }).to_string();
        assert_eq!(answer(&at, &post(envelope(json!(2)))).await, Received::Version);
        assert_eq!(answer(&at, &post(envelope(json!("one")))).await, Received::Malformed);
        assert_eq!(answer(&at, &post(envelope(json!(1)))).await, Received::NotPaired);
        assert_eq!(answer(&at, &"[".repeat(200_000)).await, Received::Malformed);
        let large = json!({ "text": "x".repeat(3 << 20), "signature": "" }).to_string();
        assert_eq!(answer(&at, &large).await, Received::Malformed);
    }

    async fn a_paired_desk_cannot_reach_what_is_between_others(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let nosy = Foreign::new(9);
        let to = nosy.pair(&provider).await;
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let mine = request(&reseller.desk, &reseller.helga).await;
        hand_over(&reseller, mine, up).await;
        reseller.desk.run_jobs().await;
        let chain = reseller.legs(mine).await[0].chain.clone().unwrap();

        // It writes into the chain of others, known by its id, and into one that does not exist: the same answer.
        let mut answers = Vec::new();
        for id in [chain.clone(), format!("chn_{}", "7".repeat(32))] {
            answers.push(strip(&answer(&provider, &nosy.envelope(&to, &id, &[])).await));
        }
        assert_eq!(answers[0], answers[1], "nobody learns which ids there are");
        assert!(answers[0].contains("foreign"), "{}", answers[0]);

        // Its own offer is taken, fields that nobody knows and all; what comes again has its effect once.
        let (messages, own) = nosy.offer(&to, "n1", "blue");
        for _ in 0..3 {
            let taken = strip(&answer(&provider, &nosy.envelope(&to, &own, &messages)).await);
            assert!(taken.contains(r#""chain":2"#) && taken.contains(r#""link":1"#), "{taken}");
        }
        let offers = handovers::list(provider.app(), &provider.helga).await.unwrap().ours;
        assert_eq!(offers.len(), 2, "the reseller's, and this one");

        // The same place with other words, a gap, a message for somebody else, a signature that does not fit.
        let mut other = nosy.offer(&to, "n1", "red").0;
        assert!(strip(&answer(&provider, &nosy.envelope(&to, &own, &other)).await).contains("fork"));
        let gap = strip(&answer(&provider, &nosy.envelope(&to, &format!("chn_{}", "1".repeat(32)), &messages[1..])).await);
        assert!(gap.contains("foreign"), "{gap}");
        let (strange, id) = nosy.offer(&nosy.key, "n2", "");
        assert!(strip(&answer(&provider, &nosy.envelope(&to, &id, &strange)).await).contains("foreign"));
        let (new, id) = nosy.offer(&to, "n3", "");
        other.clone_from(&new);
        other[1]["signature"] = json!(STANDARD.encode([1; 64]));
        assert!(strip(&answer(&provider, &nosy.envelope(&to, &id, &other)).await).contains("foreign"));
        other.clone_from(&new);
        other[2]["text"] = json!("x".repeat(300 << 10));
        assert!(strip(&answer(&provider, &nosy.envelope(&to, &id, &other)).await).contains("too_long"));
        let newer = other[1]["text"].as_str().unwrap().replace(r#""version":1"#, r#""version":9"#);
        other[1] = nosy.signed("", &newer);
        assert!(strip(&answer(&provider, &nosy.envelope(&to, &id, &other[..2])).await).contains("version"));
        let many = vec![new[0].clone(); 201];
        assert_eq!(answer(&provider, &nosy.envelope(&to, &id, &many)).await, Received::Malformed);
        assert_eq!(handovers::list(provider.app(), &provider.helga).await.unwrap().ours.len(), 2, "without its package an offer is not shown");

        // Revoked, it is a stranger.
        let peer = handovers::partners(provider.app(), &provider.desk.admin).await.unwrap();
        let peer = peer.peers.into_iter().find(|peer| peer.name == "Nosy Ltd").unwrap();
        handovers::revoke(provider.app(), &provider.desk.admin, peer.id).await.unwrap();
        assert_eq!(answer(&provider, &nosy.envelope(&to, &own, &messages)).await, Received::NotPaired);
    }

    async fn a_new_key_is_named_by_the_old_one_and_old_hand_overs_go_on(db) {
        let reseller = Reached::first(db).await;
        let provider = reseller.beside("provider", "Provider AG").await;
        let up = reseller.paired_with(&provider, SupplierKind::Provider).await;
        let mine = request(&reseller.desk, &reseller.helga).await;
        hand_over(&reseller, mine, up).await;
        reseller.desk.run_jobs().await;
        assert_eq!(handovers::new_key(reseller.app(), &reseller.desk.admin).await.unwrap(), 1);
        assert_eq!(handovers::new_key(provider.app(), &provider.desk.admin).await.unwrap(), 1);
        let offer = provider.offered().await;
        handovers::accept(provider.app(), &provider.helga, offer.id).await.unwrap();
        for _ in 0..3 {
            provider.desk.run_jobs().await;
            reseller.desk.run_jobs().await;
        }
        assert_eq!(reseller.legs(mine).await[0].state, domain::handover::Leg::InProgress);
        // What begins now begins under the new keys.
        let second = second_request(&reseller).await;
        hand_over(&reseller, second, up).await;
        reseller.desk.run_jobs().await;
        assert!(provider.offered().await.package.0.summary.contains("Mail"));
    }

    async fn an_invitation_works_once_and_for_a_week(db) {
        let one = Reached::first(db).await;
        let other = one.beside("provider", "Provider AG").await;
        let third = one.beside("third", "Third").await;
        let as_supplier = supplier(one.app(), one.desk.desk, SupplierKind::Provider, domain::party::supplier::Way::Desk, "").await;
        let invitation = handovers::invite(other.app(), &other.desk.admin, None).await.unwrap();
        handovers::accept_invitation(one.app(), &one.desk.admin, &invitation.text, Some(as_supplier)).await.unwrap();
        let used = handovers::accept_invitation(third.app(), &third.desk.admin, &invitation.text, None).await;
        assert!(matches!(used, Err(app::Error::Refused("not-welcome"))), "{used:?}");
        for bad in ["", "hello", "https://x#y#z", &format!("{}x", invitation.text), &invitation.text.replace('#', "")] {
            let refused = handovers::accept_invitation(third.app(), &third.desk.admin, bad, None).await;
            assert!(refused.is_err(), "{bad}");
        }
        let late = handovers::invite(other.app(), &other.desk.admin, None).await.unwrap();
        one.desk.wait(jiff::SignedDuration::from_hours(24 * 7 + 1));
        let late = handovers::accept_invitation(third.app(), &third.desk.admin, &late.text, None).await;
        assert!(matches!(late, Err(app::Error::Refused("not-welcome"))), "{late:?}");
    }
}

async fn second_request(at: &Reached) -> domain::id::TicketId {
    let new = app::tickets::NewTicket {
        channel: domain::ticket::kinds::Channel::Phone,
        contact: None,
        customer: Some(at.desk.customer("Beta").await),
        kind: domain::ticket::kinds::Kind::Technical,
        service: domain::ticket::kinds::Service::Microsoft365,
        severity: domain::ticket::kinds::Severity::B,
        subject: "Again".into(),
        text: "Again".into(),
        files: Vec::new(),
        take: false,
        acknowledge: false,
    };
    app::tickets::file_for_customer(at.app(), &at.helga, new).await.unwrap().id
}

/// The answer without what differs from one envelope to the next.
fn strip(received: &Received) -> String {
    let Received::Taken(answer) = received else { panic!("{received:?}") };
    let answer: Value = serde_json::from_str(answer).unwrap();
    let mut text: Value = serde_json::from_str(answer["text"].as_str().unwrap()).unwrap();
    text["about"] = Value::Null;
    text.to_string()
}

/// A desk that is no Partnerdesk: it speaks the protocol as the document says, and as it likes.
struct Foreign {
    secret: SigningKey,
    key: String,
}

impl Foreign {
    fn new(seed: u8) -> Self {
        let secret = SigningKey::from_bytes(&[seed; 32]);
        let key = URL_SAFE_NO_PAD.encode(secret.verifying_key().as_bytes());
        Self { secret, key }
    }

    fn signed(&self, purpose: &str, text: &str) -> Value {
        let signature = self.secret.sign(format!("partnerdesk-chain-1{purpose}\n{text}").as_bytes());
        json!({ "text": text, "signature": STANDARD.encode(signature.to_bytes()) })
    }

    /// Pairs by an invitation.
    async fn pair(&self, with: &Reached) -> String {
        let invitation = handovers::invite(with.app(), &with.desk.admin, None).await.unwrap();
        let parts: Vec<&str> = invitation.text.split('#').collect();
        let text = json!({
            "version": 1, "from": self.key, "to": parts[1], "code": parts[2],
            "name": "Nosy Ltd", "address": "http://127.0.0.1:9",
        });
        let body = self.signed(" pairing", &text.to_string()).to_string();
        let welcome = handovers::answer_pairing(with.app(), body.as_bytes()).await.unwrap();
        assert!(matches!(welcome, handovers::Pairing::Welcome(_)), "{welcome:?}");
        parts[1].to_owned()
    }

    fn envelope(&self, to: &str, chain: &str, messages: &[Value]) -> String {
        let text = json!({
            "version": 1, "from": self.key, "to": to, "handover": chain,
            "at": "2026-03-02T08:00:00Z", "messages": messages,
        });
        self.signed(" envelope", &text.to_string()).to_string()
    }

    fn message(&self, text: &Value) -> (Value, String) {
        let text = text.to_string();
        let hash: String = Sha256::digest(text.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        (self.signed("", &text), hash)
    }

    /// An offer with its package to a desk: the messages, and the chain's id.
    fn offer(&self, to: &str, nonce: &str, extra: &str) -> (Vec<Value>, String) {
        let digest: String = Sha256::digest(format!("{}.{nonce}", self.key).as_bytes())
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        let chain = format!("chn_{}", &digest[..32]);
        let head = |sequence: u32, previous: Value, kind: &str, body: Value| {
            json!({
                "version": 1, "handover": chain, "sequence": sequence, "previous": previous,
                "at": "2026-03-02T08:00:00Z", "key": self.key, "kind": kind, "body": body, "colour": extra,
            })
        };
        let mut package = head(
            1,
            Value::Null,
            "package",
            json!({
                "kind": "technical", "service": "azure", "severity": "A", "lang": "en", "subject": "Down",
                "summary": "All is down", "summary_lang": "en", "original": "", "evidence": {"mood": "bad"},
                "caller": { "desk": "Nosy Ltd", "number": "7" }, "opened": "2026-03-02T07:00:00Z",
            }),
        );
        package["to"] = json!(to);
        let (package, package_hash) = self.message(&package);
        let (open, open_hash) = self.message(&head(
            1,
            Value::Null,
            "open",
            json!({
                "nonce": nonce, "name": "Nosy Ltd", "since": "2026-03-02T07:00:00Z",
                "calendar": { "timezone": "UTC", "hours": {}, "lunch": "12:00" },
            }),
        ));
        let (offer, _) = self.message(&head(2, json!(open_hash), "offer", json!({
            "to": { "name": "You", "key": to }, "expires": "2026-03-09T08:00:00Z", "package": package_hash,
        })));
        (vec![open, offer, package], chain)
    }
}
