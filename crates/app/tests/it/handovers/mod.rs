//! Hand-overs: stories of desks that hand tickets to each other and to suppliers without a desk.

mod alone;
mod chain;
mod files;
mod followed;
mod gone;
mod hostile;
mod plans;
mod returns;

use std::collections::BTreeMap;

use app::{
    Agent, App,
    handovers::{self, Draft, Then},
    tickets::{self, NewTicket},
};
use domain::{
    access::Role,
    clock::promise::Promises,
    handover::Leg,
    id::{DeskId, HandoverId, SupplierId, TicketId},
    lang::Lang,
    money::Money,
    offering::{ContactMethod, Price, PriceUnit, Terms},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        diagnosis::Evidence,
        kinds::{Channel, Kind, Service, Severity},
    },
};
use store::{Json, handovers::Handover, offerings::Offering, suppliers::Supplier};
use testkit::TestDesk;

use crate::wire::Wire;

/// A desk that the others reach by its wire.
pub(crate) struct Reached {
    pub(crate) desk: TestDesk,
    pub(crate) wire: Wire,
    pub(crate) helga: Agent,
}

impl Reached {
    pub(crate) async fn first(db: testkit::db::TestDb) -> Self {
        let wire = Wire::new().await;
        let desk = TestDesk::at(db, &wire.address).await;
        Self::of(desk, wire).await
    }

    pub(crate) async fn beside(&self, slug: &str, name: &str) -> Self {
        let wire = Wire::new().await;
        let db = testkit::db::TestDb::sqlite().await;
        let desk = self.desk.beside(db, &wire.address, slug, name).await;
        Self::of(desk, wire).await
    }

    async fn of(desk: TestDesk, wire: Wire) -> Self {
        wire.leads_to(&desk.app);
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        Self { desk, wire, helga }
    }

    pub(crate) fn app(&self) -> &App {
        &self.desk.app
    }

    /// Pairs with a desk that will help us.
    pub(crate) async fn paired_with(&self, helper: &Reached, kind: SupplierKind) -> SupplierId {
        let supplier = supplier(&self.desk.app, self.desk.desk, kind, Way::Desk, "").await;
        let invitation = handovers::invite(helper.app(), &helper.desk.admin, None).await.unwrap();
        handovers::accept_invitation(self.app(), &self.desk.admin, &invitation.text, Some(supplier))
            .await
            .unwrap();
        supplier
    }

    pub(crate) async fn legs(&self, ticket: TicketId) -> Vec<Handover> {
        legs(self.app(), self.desk.desk, ticket).await
    }

    /// The only thing that was offered to us and waits.
    pub(crate) async fn offered(&self) -> Handover {
        let list = handovers::list(self.app(), &self.helga).await.unwrap();
        let mut offers: Vec<_> =
            list.ours.into_iter().map(|line| line.leg).filter(|leg| leg.state == Leg::Offered).collect();
        assert_eq!(offers.len(), 1, "{offers:?}");
        offers.remove(0)
    }

    /// The ticket that came of a hand-over.
    pub(crate) async fn came(&self) -> store::tickets::Ticket {
        let list = handovers::list(self.app(), &self.helga).await.unwrap();
        let line = list.ours.into_iter().find(|line| line.leg.ticket.is_some()).expect("nothing has come");
        ticket(self.app(), self.desk.desk, line.leg.ticket.unwrap()).await
    }
}

pub(crate) async fn legs(app: &App, desk: DeskId, ticket: TicketId) -> Vec<Handover> {
    let legs: Result<_, store::Error> =
        app.store.read(desk, move |tx| Box::pin(store::handovers::of_ticket(tx, ticket))).await;
    legs.unwrap()
}

pub(crate) async fn ticket(app: &App, desk: DeskId, id: TicketId) -> store::tickets::Ticket {
    let ticket: Result<_, store::Error> =
        app.store.read(desk, move |tx| Box::pin(store::tickets::get(tx, id))).await;
    ticket.unwrap().unwrap()
}

/// A supplier with one offering: everything, in the hours of Berlin, an answer within two hours.
pub(crate) async fn supplier(
    app: &App,
    desk: DeskId,
    kind: SupplierKind,
    way: Way,
    address: &str,
) -> SupplierId {
    let now = app.now();
    let mut ids = app.ids(now);
    let supplier = Supplier {
        id: ids.next(SupplierId::new),
        kind,
        name: format!("The {kind}"),
        lang: Lang::En,
        way,
        address: address.into(),
        personal_data: false,
        note: String::new(),
        active: true,
        version: 1,
        created_at: now,
    };
    let promises: Promises = serde_json::from_value(serde_json::json!({
        "A": { "first_response": 3600 }, "B": { "first_response": 7200, "next_response": 7200 }, "C": {},
    }))
    .unwrap();
    let hours = serde_json::from_value(serde_json::json!({
        "timezone": "Europe/Berlin",
        "hours": { "mon": [["09:00", "17:00"]], "tue": [["09:00", "17:00"]], "wed": [["09:00", "17:00"]] },
    }))
    .unwrap();
    let offering = Offering {
        id: ids.next(domain::id::OfferingId::new),
        supplier: Some(supplier.id),
        name: "Support".into(),
        vehicle: None,
        terms: Json(Terms {
            services: Service::ALL.to_vec(),
            kinds: Kind::ALL.to_vec(),
            hours,
            languages: vec![Lang::En],
            contact: vec![ContactMethod::Mail],
            promises,
            price: Price { per: PriceUnit::Included, amount: None::<Money> },
        }),
        valid_from: now,
        valid_to: None,
        theirs: None,
        version: 1,
    };
    let id = supplier.id;
    let kept: Result<(), store::Error> = app
        .store
        .write(desk, move |tx| {
            let (supplier, offering) = (supplier.clone(), offering.clone());
            Box::pin(async move {
                store::suppliers::add(tx, &supplier).await?;
                store::offerings::add(tx, &offering).await
            })
        })
        .await;
    kept.unwrap();
    id
}

/// A request of Ada at Acme, in Hungarian words.
pub(crate) async fn request(desk: &TestDesk, agent: &Agent) -> TicketId {
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada Kovács", "ada@acme.test", Sees::Own).await;
    let new = NewTicket {
        channel: Channel::Phone,
        contact: Some(ada.id),
        customer: None,
        kind: Kind::Technical,
        service: Service::Microsoft365,
        severity: Severity::B,
        subject: "Nem megy a levelezés".into(),
        text: "Ada Kovács (ada@acme.test) nem tud levelet küldeni.".into(),
        files: Vec::new(),
        take: true,
        acknowledge: false,
    };
    let opened = tickets::file_for_customer(&desk.app, agent, new).await.unwrap();
    tickets::note(&desk.app, agent, opened.id, "giraffe: they did not pay", vec![]).await.unwrap();
    opened.id
}

/// All that a supplier asks for in such a matter.
pub(crate) fn complete(supplier: SupplierId) -> Draft {
    let evidence = [
        (Evidence::TenantId, "0b6a3c9e-2f0d-4b8a-9a3e-5d5a7f0f1c11"),
        (Evidence::FirstSeen, "2026-03-02 08:10 Europe/Berlin"),
        (Evidence::UsersAffected, "12, among them Ada Kovács"),
        (Evidence::StepsTried, "Outlook on the web too"),
    ];
    Draft {
        supplier: Some(supplier),
        offering: None,
        entitlement: None,
        summary: "Mail cannot be sent".into(),
        evidence: evidence.into_iter().map(|(what, said)| (what, said.into())).collect::<BTreeMap<_, _>>(),
        files: Vec::new(),
        topics: None,
    }
}

/// Somebody has decided that a ticket lies outside of what the desk resolves.
pub(crate) async fn decided(at: &Reached, ticket: TicketId) {
    let kept: Result<(), store::Error> = at
        .app()
        .store
        .write(at.desk.desk, move |tx| {
            Box::pin(async move {
                let (mut diagnosis, version) = store::diagnoses::get(tx, ticket).await?;
                diagnosis.decision = Some(domain::ticket::diagnosis::Decision {
                    verdict: domain::ticket::diagnosis::Verdict::Inside,
                    reason: "We can".into(),
                    category: None,
                    at: jiff::Timestamp::UNIX_EPOCH,
                    by: None,
                });
                store::diagnoses::put(tx, ticket, &diagnosis, version).await
            })
        })
        .await;
    kept.unwrap();
}

pub(crate) async fn hand_over(at: &Reached, ticket: TicketId, supplier: SupplierId) -> HandoverId {
    handovers::hand_over(at.app(), &at.helga, ticket, complete(supplier), Then::Offer).await.unwrap()
}
