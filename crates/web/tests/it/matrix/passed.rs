//! What a desk has of hand-overs: a supplier with an offering and a contract, a paired desk, and a leg that came back.

use app::Agent;
use domain::{
    clock::calendar::CalendarSpec,
    handover::{
        Leg,
        message::About,
        package::{Caller, Package},
    },
    id::{EntitlementId, HandoverId, OfferingId, PeerId, SupplierId},
    lang::Lang,
    offering::{ContactMethod, Price, PriceUnit, Terms},
    party::supplier::{SupplierKind, Way},
    ticket::kinds::{Kind, Service, Severity},
};
use store::{
    Json, entitlements::Entitlement, handovers::Handover, offerings::Offering, peers::Peer,
    suppliers::Supplier,
};
use testkit::TestDesk;

use super::world::{Ticket, Words};

/// Their ids.
#[derive(Debug)]
pub(crate) struct Passed {
    pub(crate) peer: String,
    pub(crate) handover: String,
}

impl Passed {
    pub(crate) async fn new(at: &TestDesk, admin: &Agent, words: Words, ticket: &Ticket, key: &str) -> Self {
        let now = at.app.now();
        let mut ids = at.app.ids(now);
        let word = words.desk;
        let supplier = Supplier {
            id: ids.next(SupplierId::new),
            kind: SupplierKind::Outsourcer,
            name: format!("Partner {word}"),
            lang: Lang::En,
            way: Way::Portal,
            address: String::new(),
            personal_data: false,
            note: word.into(),
            active: true,
            version: 1,
            created_at: now,
        };
        let hours = CalendarSpec {
            timezone: "UTC".into(),
            hours: serde_json::from_str(r#"{"mon": [["09:00", "17:00"]]}"#).unwrap(),
            ..CalendarSpec::default()
        };
        let offering = Offering {
            id: ids.next(OfferingId::new),
            supplier: Some(supplier.id),
            name: format!("Offering {word}"),
            vehicle: None,
            terms: Json(Terms {
                services: Service::ALL.to_vec(),
                kinds: Kind::ALL.to_vec(),
                hours,
                languages: vec![Lang::En],
                contact: vec![ContactMethod::Portal],
                promises: Default::default(),
                price: Price { per: PriceUnit::Included, amount: None },
            }),
            valid_from: now,
            valid_to: None,
            theirs: None,
            version: 1,
        };
        let entitlement = Entitlement {
            id: ids.next(EntitlementId::new),
            supplier: supplier.id,
            offering: offering.id,
            name: format!("Contract {word}"),
            access_id: None,
            contract_id: None,
            counted: false,
            balance: None,
            entries: 0,
            from: now,
            to: None,
            version: 1,
            created_at: now,
        };
        let peer = Peer {
            id: ids.next(PeerId::new),
            key: key.repeat(42) + "A",
            old_keys: Json(Vec::new()),
            name: format!("Peer {word}"),
            address: "http://127.0.0.1:9".into(),
            supplier: None,
            customer: None,
            revoked: false,
            lost_at: None,
            lost_why: String::new(),
            version: 1,
            created_at: now,
        };
        let leg = leg(ids.next(HandoverId::new), peer.id, word, ticket, now);
        let passed = Self { peer: peer.id.to_string(), handover: leg.id.to_string() };
        let unit = std::sync::Arc::new((supplier, offering, entitlement, peer, leg));
        let kept: Result<(), store::Error> = at
            .app
            .store
            .write(admin.desk, move |tx| {
                let unit = unit.clone();
                Box::pin(async move {
                    let (supplier, offering, entitlement, peer, leg) = &*unit;
                    store::suppliers::add(tx, supplier).await?;
                    store::offerings::add(tx, offering).await?;
                    store::entitlements::add(tx, entitlement).await?;
                    store::peers::add(tx, peer).await?;
                    store::handovers::add(tx, leg).await
                })
            })
            .await;
        kept.unwrap();
        passed
    }
}

fn leg(id: HandoverId, peer: PeerId, word: &str, ticket: &Ticket, now: jiff::Timestamp) -> Handover {
    let package = Package {
        about: About {
            kind: Kind::Technical,
            service: Service::Azure,
            severity: Severity::B,
            lang: Lang::En,
        },
        subject: format!("Handed over {word}"),
        summary: format!("Summary {word}"),
        summary_lang: Lang::En,
        original: word.into(),
        evidence: Default::default(),
        steps: Vec::new(),
        files: Vec::new(),
        caller: Caller { desk: word.into(), address: String::new(), number: "1".into() },
        opened: now,
    };
    Handover {
        id,
        chain: None,
        offer: None,
        ticket: Some(ticket.id),
        outgoing: false,
        supplier: None,
        offering: None,
        entitlement: None,
        peer: Some(peer),
        way: Way::Desk,
        party: format!("Peer {word}"),
        state: Leg::Returned,
        live: true,
        severity: Severity::B,
        package: Json(package),
        answer: format!("Answer {word}"),
        outcome: None,
        missing: Json(Default::default()),
        bounces: 0,
        number: String::new(),
        expires_at: None,
        held_from: Some(now),
        returned_at: Some(now),
        due_at: store::tickets::NEVER,
        facts: Json(Vec::new()),
        chase_at: None,
        told_entry: None,
        version: 1,
        created_at: now,
        changed_at: now,
    }
}
