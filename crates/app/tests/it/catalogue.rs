//! Plans drive the clocks of tickets, and rows of delivery decide who gets them.

use app::{
    Agent, App, Error,
    catalogue::{self, Asked, NewDelivery, NewOffering, NewPlan},
    tickets::{self, Change, NewTicket},
};
use domain::{
    access::Role,
    clock::{CalendarSpec, running::ClockState},
    id::{CustomerId, OfferingId, PlanId, SupplierId},
    lang::Lang,
    offering::{ContactMethod, Price, PriceUnit, Terms, delivery::Manner},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::kinds::{Channel, Kind, Service, Severity},
};
use jiff::{SignedDuration, Timestamp};
use store::{Json, suppliers::Supplier};
use testkit::{TestDesk, on_both};

pub(crate) const ALWAYS: &str = r#""mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],
    "thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]],"sat":[["00:00","24:00"]],"sun":[["00:00","24:00"]]"#;
pub(crate) const OFFICE: &str = r#""mon":[["09:00","17:00"]],"tue":[["09:00","17:00"]],"wed":[["09:00","17:00"]],
    "thu":[["09:00","17:00"]],"fri":[["09:00","17:00"]]"#;

pub(crate) fn hours(week: &str) -> CalendarSpec {
    serde_json::from_str(&format!(r#"{{"timezone":"Europe/Berlin","hours":{{{week}}}}}"#)).unwrap()
}

pub(crate) fn terms(week: &str, languages: &[Lang], promises: &str) -> Terms {
    Terms {
        services: vec![Service::Azure, Service::Microsoft365],
        kinds: vec![Kind::Technical],
        hours: hours(week),
        languages: languages.to_vec(),
        contact: vec![ContactMethod::Portal, ContactMethod::Mail],
        promises: serde_json::from_str(promises).unwrap(),
        price: Price { per: PriceUnit::Included, amount: None },
    }
}

pub(crate) async fn offering(app: &App, agent: &Agent, name: &str, terms: Terms) -> OfferingId {
    let new = NewOffering { name: name.into(), terms, valid_from: None, valid_to: None };
    catalogue::add_offering(app, agent, new).await.unwrap()
}

pub(crate) async fn plan(
    app: &App,
    agent: &Agent,
    name: &str,
    offerings: &[OfferingId],
    is_default: bool,
) -> PlanId {
    let new = NewPlan { name: name.into(), offerings: offerings.to_vec(), is_default };
    catalogue::add_plan(app, agent, new).await.unwrap()
}

/// A supplier with an offering.
pub(crate) async fn supplier(desk: &TestDesk, kind: SupplierKind, terms: Terms) -> OfferingId {
    let now = desk.app.now();
    let mut ids = desk.app.ids(now);
    let supplier = Supplier {
        id: ids.next(SupplierId::new),
        kind,
        name: "Nachtwache GmbH".into(),
        lang: Lang::En,
        way: Way::Mail,
        address: "night@nachtwache.test".into(),
        personal_data: false,
        note: String::new(),
        active: true,
        version: 1,
        created_at: now,
    };
    let offering = store::offerings::Offering {
        id: ids.next(OfferingId::new),
        supplier: Some(supplier.id),
        name: "Night watch".into(),
        vehicle: None,
        terms: Json(terms),
        valid_from: now,
        valid_to: None,
        theirs: None,
        version: 1,
    };
    let id = offering.id;
    let kept: Result<(), store::Error> = desk
        .app
        .store
        .write(desk.desk, move |tx| {
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

pub(crate) fn delivery(manner: Manner) -> NewDelivery {
    NewDelivery {
        customer: None,
        offering: None,
        service: None,
        kind: None,
        hours: None,
        manner,
        team: None,
        supplier_offering: None,
    }
}

async fn file(
    desk: &TestDesk,
    customer: CustomerId,
    service: Service,
    severity: Severity,
) -> store::tickets::Ticket {
    let new = NewTicket {
        channel: Channel::Phone,
        contact: None,
        customer: Some(customer),
        kind: Kind::Technical,
        service,
        severity,
        subject: "It is down".into(),
        text: "x".into(),
        files: Vec::new(),
        take: false,
        acknowledge: false,
    };
    let opened = tickets::file_for_customer(&desk.app, &desk.admin, new).await.unwrap();
    tickets::view(&desk.app, &desk.admin, opened.number).await.unwrap().ticket
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const FAST: &str = r#"{"A":{"first_response":1800,"resolution":7200},"B":{"first_response":3600}}"#;

on_both! {
    // It is Monday, 9:00 in Berlin. The desk promises B an answer within four hours of office time.
    async fn the_plan_of_a_customer_drives_its_clocks(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let (acme, other) = (desk.customer("Acme").await, desk.customer("Other").await);
        let night = offering(app, admin, "Round the clock", terms(ALWAYS, &[Lang::De], FAST)).await;
        let premium = plan(app, admin, "Premium", &[night], false).await;
        catalogue::hold(app, admin, acme, Some(premium), None, None).await.unwrap();
        // It is Friday evening by now: round the clock an hour is an hour.
        desk.wait(SignedDuration::from_hours(4 * 24 + 9));
        let asked = |customer, service| Asked { customer: Some(customer), service, kind: Kind::Technical };
        let promise = tickets::promised(app, desk.desk, asked(acme, Service::Azure), Severity::B).await.unwrap();
        let ticket = file(&desk, acme, Service::Azure, Severity::B).await;
        assert_eq!((ticket.offering, ticket.calendar), (Some(night), None));
        assert_eq!(ticket.due_at, at("2026-03-06T18:00:00Z"));
        assert_eq!(promise.due(promise.targets.first_response), Some(ticket.due_at));
        assert_eq!(promise.hours, "Round the clock");
        // What no offering covers, and who has no plan, is promised what the desk promises.
        let uncovered = file(&desk, acme, Service::Dynamics365, Severity::B).await;
        let stranger = file(&desk, other, Service::Azure, Severity::B).await;
        for ticket in [&uncovered, &stranger] {
            assert_eq!(ticket.offering, None);
            assert_eq!(ticket.due_at, at("2026-03-09T12:00:00Z"));
        }
        // Another severity, another service, another customer: promised anew, from the opening.
        let change = |to| tickets::change(app, admin, ticket.id, to, None);
        let due = async || {
            let view = tickets::view(app, admin, ticket.number).await.unwrap();
            (view.ticket.offering, view.ticket.due_at, view.hours)
        };
        change(Change { severity: Some(Severity::A), ..Change::default() }).await.unwrap();
        let night_hours = Some("Round the clock".to_owned());
        assert_eq!(due().await, (Some(night), at("2026-03-06T17:30:00Z"), night_hours.clone()));
        change(Change { service: Some(Service::Other), ..Change::default() }).await.unwrap();
        assert_eq!(due().await, (None, at("2026-03-09T09:00:00Z"), Some("Office hours".into())));
        change(Change { service: Some(Service::Azure), ..Change::default() }).await.unwrap();
        assert_eq!(due().await, (Some(night), at("2026-03-06T17:30:00Z"), night_hours));
        change(Change { customer: Some(Some(other)), ..Change::default() }).await.unwrap();
        assert_eq!(due().await.0, None);
        // A plan that has ended covers nothing any more, and the default one covers whoever has none.
        catalogue::hold(app, admin, acme, None, None, None).await.unwrap();
        assert_eq!(file(&desk, acme, Service::Azure, Severity::B).await.offering, None);
        let office = offering(app, admin, "Office", terms(OFFICE, &[Lang::De], FAST)).await;
        plan(app, admin, "Standard", &[office], true).await;
        assert_eq!(file(&desk, other, Service::Azure, Severity::B).await.offering, Some(office));
        // By mail, from somebody of a customer, or of none.
        desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
        for from in ["ada@acme.test", "who@knows.test"] {
            let raw = desk.mail_from(from, "Help", "It is broken").await;
            let ticket = desk.ticket_of(&raw).await;
            assert_eq!((ticket.offering, ticket.severity), (Some(office), Severity::C));
            assert!(ticket.is_promised());
        }
    }

    async fn who_delivers_gets_the_ticket(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let cloud = app::people::add_team(app, admin, "Cloud").await.unwrap();
        let night = supplier(&desk, SupplierKind::Outsourcer, terms(ALWAYS, &[Lang::En], FAST)).await;
        let by_night = NewDelivery { supplier_offering: Some(night), ..delivery(Manner::Outsourced) };
        catalogue::add_delivery(app, admin, by_night).await.unwrap();
        let by_day = NewDelivery { hours: Some(hours(OFFICE)), team: Some(cloud), ..delivery(Manner::InHouse) };
        let by_day = catalogue::add_delivery(app, admin, by_day).await.unwrap();
        let ticket = file(&desk, acme, Service::Azure, Severity::B).await;
        assert_eq!((ticket.team, ticket.delivered_by), (Some(cloud), None));
        desk.wait(SignedDuration::from_hours(9));
        let ticket = file(&desk, acme, Service::Azure, Severity::B).await;
        assert_eq!((ticket.team, ticket.delivered_by), (None, Some(night)));
        // It is answered in the desk's hours all the same: who delivers changes no promise.
        assert_eq!(ticket.due_at, at("2026-03-03T12:00:00Z"));
        assert!(matches!(
            tickets::view(app, admin, ticket.number).await.unwrap().clocks[0].state,
            ClockState::Running { .. }
        ));
        catalogue::remove_delivery(app, admin, by_day).await.unwrap();
        assert!(matches!(catalogue::remove_delivery(app, admin, by_day).await, Err(Error::NotFound(_))));
    }

    async fn who_may_not_changes_nothing_and_sees_no_customers(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let id = offering(app, admin, "Office", terms(OFFICE, &[Lang::De], FAST)).await;
        let premium = plan(app, admin, "Premium", &[id], false).await;
        catalogue::hold(app, admin, acme, Some(premium), None, None).await.unwrap();
        let helper = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let seen = catalogue::overview(app, &helper).await.unwrap();
        assert_eq!((seen.offerings.len(), seen.plans.len(), seen.holders.len()), (1, 1, 1));
        let biller = desk.agent("Bill", &[Role::BillingAdmin]).await;
        let seen = catalogue::overview(app, &biller).await.unwrap();
        assert_eq!((seen.offerings.len(), seen.holders.len()), (1, 0));
        assert!(matches!(catalogue::of_customer(app, &biller, acme).await, Err(Error::Forbidden)));
        let new = NewOffering {
            name: "Mine".into(),
            terms: terms(OFFICE, &[Lang::De], FAST),
            valid_from: None,
            valid_to: None,
        };
        for agent in [&helper, &biller] {
            let add = catalogue::add_offering(app, agent, new.clone()).await;
            assert!(matches!(add, Err(Error::Forbidden)));
            let change = catalogue::change_offering(app, agent, id, new.clone(), 1).await;
            assert!(matches!(change, Err(Error::Forbidden)));
            let hold = catalogue::hold(app, agent, acme, None, None, None).await;
            assert!(matches!(hold, Err(Error::Forbidden)));
        }
        // Another desk's are not there.
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(catalogue::offering(app, &stranger, id).await, Err(Error::NotFound(_))));
        assert!(matches!(
            catalogue::change_offering(app, &stranger, id, new.clone(), 1).await,
            Err(Error::NotFound(_))
        ));
        let theirs = NewPlan { name: "Theirs".into(), offerings: vec![id], is_default: false };
        assert_eq!(catalogue::add_plan(app, &stranger, theirs).await.unwrap_err().code(), "unknown");
        // What cannot be offered is told apart, and nothing of it is kept.
        for (change, field) in [
            (Terms { services: Vec::new(), ..new.terms.clone() }, "services"),
            (Terms { languages: Vec::new(), ..new.terms.clone() }, "languages"),
            (Terms { hours: hours(""), ..new.terms.clone() }, "hours"),
            (Terms { price: Price { per: PriceUnit::Hour, amount: None }, ..new.terms.clone() }, "price"),
        ] {
            let wrong = NewOffering { terms: change, ..new.clone() };
            let error = catalogue::add_offering(app, admin, wrong).await.unwrap_err();
            assert!(matches!(error, Error::Invalid { field: f, .. } if f == field), "{error:?}");
        }
        assert!(matches!(catalogue::change_offering(app, admin, id, new.clone(), 7).await, Err(Error::Stale)));
        assert_eq!(catalogue::overview(app, admin).await.unwrap().offerings.len(), 1);
    }
}
