//! Suppliers, contracts and wallets; the advisor on a ticket.

use app::{
    Agent, Error,
    suppliers::{self, Contract, Details, Units},
    tickets::{self, NewTicket},
    vehicles,
    wallet::{self, ByHand, Case},
};
use domain::{
    access::Role,
    cloud::Cloud,
    deed::Deed,
    id::{EntitlementId, OfferingId, SupplierId, TicketId},
    lang::Lang,
    offering::{Price, PriceUnit, Terms},
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        diagnosis::{Diagnosis, Findings},
        kinds::{Channel, Kind, Service, Severity},
        timeline::Actor,
    },
    vehicle::{
        Instead, Lack, Vehicle,
        standing::{Period, Standing},
        wallet::{Act, Forecast, replay},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::tenants::Tenant;
use testkit::{TestDesk, on_both};

fn details(name: &str, way: Way, address: &str) -> Details {
    Details {
        name: name.into(),
        lang: Lang::En,
        way,
        address: address.into(),
        personal_data: false,
        note: String::new(),
        active: true,
    }
}

fn terms() -> Terms {
    Terms {
        services: vec![Service::Azure, Service::Azure],
        kinds: vec![Kind::Technical],
        hours: serde_json::from_str(
            r#"{"timezone": "Europe/Berlin", "hours": {"mon": [["09:00", "17:00"]]}}"#,
        )
        .unwrap(),
        languages: vec![Lang::En],
        contact: Vec::new(),
        promises: serde_json::from_str(r#"{"B": {"first_response": 3600}}"#).unwrap(),
        price: Price { per: PriceUnit::Included, amount: None },
    }
}

async fn microsoft(desk: &TestDesk) -> SupplierId {
    let all = suppliers::list(&desk.app, &desk.admin).await.unwrap();
    all.iter().find(|listed| listed.supplier.kind == SupplierKind::Microsoft).unwrap().supplier.id
}

async fn vehicle(desk: &TestDesk, vehicle: Vehicle) -> OfferingId {
    let offers = suppliers::offerings(&desk.app, &desk.admin, microsoft(desk).await).await.unwrap();
    offers.iter().find(|offer| offer.offering.vehicle == Some(vehicle)).unwrap().offering.id
}

fn open_ended() -> Contract {
    Contract { name: String::new(), access_id: None, contract_id: None, from: None, to: None }
}

async fn entitled(desk: &TestDesk, to: Vehicle, units: Units) -> EntitlementId {
    let offering = vehicle(desk, to).await;
    suppliers::add_contract(&desk.app, &desk.admin, offering, units, open_ended()).await.unwrap()
}

/// The ledger of a wallet from its beginning, checked: numbered without gaps, and what it adds up to is what is left.
async fn checked_ledger(desk: &TestDesk, id: EntitlementId) -> Vec<store::wallet::Entry> {
    let mut entries = wallet::entries(&desk.app, &desk.admin, id, None, 100).await.unwrap();
    entries.reverse();
    let numbers: Vec<i64> = entries.iter().map(|entry| entry.seq).collect();
    assert_eq!(numbers, (1..=i64::try_from(entries.len()).unwrap()).collect::<Vec<_>>());
    let held = suppliers::contract(&desk.app, &desk.admin, id).await.unwrap();
    let rules: Vec<_> = entries
        .iter()
        .map(|e| domain::vehicle::wallet::Entry { act: e.act, case: e.case.clone(), units: e.units })
        .collect();
    let balance = replay(held.entitlement.counted, &rules).unwrap();
    assert_eq!(balance.map(|left| i64::try_from(left).unwrap()), held.entitlement.balance);
    if held.entitlement.counted {
        assert_eq!(entries.iter().map(|e| e.delta).sum::<i64>(), held.entitlement.balance.unwrap());
    }
    entries
}

fn case(key: &str, now: Timestamp) -> Case {
    Case { key: key.into(), ticket: None, actor: Actor::System, reason: String::new(), now }
}

async fn reserve(
    app: &app::App,
    agent: &Agent,
    id: EntitlementId,
    key: &str,
) -> Result<wallet::Moved, Error> {
    let case = case(key, app.now());
    app.store
        .write(agent.desk, move |tx| {
            let case = case.clone();
            Box::pin(async move { wallet::reserve(tx, id, &case).await })
        })
        .await
}

async fn ticket(desk: &TestDesk, service: Service, kind: Kind) -> TicketId {
    let acme = desk.customer("Acme").await;
    let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::Own).await;
    let tenant = Tenant {
        tenant: "0b6a3c9e".into(),
        customer: Some(acme),
        cloud: Cloud::Commercial,
        name: "Acme".into(),
        domain: "acme.onmicrosoft.example".into(),
        delegated_admin: Some(true),
        delegated_until: None,
        seen_at: desk.app.now(),
    };
    let kept: Result<(), store::Error> = desk
        .app
        .store
        .write(desk.desk, move |tx| {
            let tenant = tenant.clone();
            Box::pin(async move { store::tenants::put(tx, &tenant).await })
        })
        .await;
    kept.unwrap();
    let new = NewTicket {
        channel: Channel::Phone,
        contact: Some(ada.id),
        customer: None,
        kind,
        service,
        severity: Severity::B,
        subject: "It is down".into(),
        text: "All of it".into(),
        files: Vec::new(),
        take: false,
        acknowledge: false,
    };
    tickets::file_for_customer(&desk.app, &desk.admin, new).await.unwrap().id
}

async fn found(desk: &TestDesk, id: TicketId, findings: Findings) {
    let kept: Result<(), store::Error> = desk
        .app
        .store
        .write(desk.desk, move |tx| {
            let findings = findings.clone();
            Box::pin(async move {
                let (before, version) = store::diagnoses::get(tx, id).await?;
                store::diagnoses::put(tx, id, &Diagnosis { findings, ..before }, version).await
            })
        })
        .await;
    kept.unwrap();
}

fn broken() -> Findings {
    Findings { break_fix: Some(true), ..Findings::default() }
}

on_both! {
    async fn a_new_desk_has_microsoft_with_its_vehicles_once(db) {
        let desk = TestDesk::new(db).await;
        suppliers::complete(&desk.app).await.unwrap();
        let all = suppliers::list(&desk.app, &desk.admin).await.unwrap();
        assert_eq!(all.len(), 1);
        let page = suppliers::get(&desk.app, &desk.admin, all[0].supplier.id).await.unwrap();
        assert_eq!(page.offers.len(), Vehicle::ALL.len());
        assert!(page.offers.iter().all(|offer| offer.source.is_some() && !offer.edited));
        let again = suppliers::create(&desk.app, &desk.admin, SupplierKind::Microsoft, details("Another", Way::Portal, "")).await;
        assert_eq!(again.unwrap_err().code(), "taken");
    }

    async fn a_supplier_is_added_changed_and_put_away(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let new = details("Großhandel", Way::Mail, "help@provider.test");
        let id = suppliers::create(app, admin, SupplierKind::Provider, new.clone()).await.unwrap();
        let taken = suppliers::create(app, admin, SupplierKind::Outsourcer, new.clone()).await;
        assert_eq!(taken.unwrap_err().code(), "taken");
        let offer = suppliers::add_offering(app, admin, id, "Plan", terms(), None, None).await.unwrap();
        let offers = suppliers::offerings(app, admin, id).await.unwrap();
        assert_eq!(offers[0].offering.terms.0.services, [Service::Azure], "nothing twice");
        let away = Details { active: false, ..new };
        suppliers::update(app, admin, id, away.clone(), 1).await.unwrap();
        assert!(matches!(suppliers::update(app, admin, id, away, 1).await, Err(Error::Stale)));
        let none = Terms { services: Vec::new(), ..terms() };
        let refused = suppliers::change_offering(app, admin, id, offer, "Plan", none, None, None, 1).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "services", code: "required" })));
        let microsoft = microsoft(&desk).await;
        let foreign = suppliers::change_offering(app, admin, microsoft, offer, "Plan", terms(), None, None, 1).await;
        assert!(matches!(foreign, Err(Error::NotFound("offering"))), "of another supplier");

        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
        assert!(suppliers::list(app, &helga).await.is_ok());
        assert!(matches!(suppliers::list(app, &sally).await, Err(Error::Forbidden)));
        let by_helga = suppliers::create(app, &helga, SupplierKind::Publisher, details("X", Way::Portal, "")).await;
        assert!(matches!(by_helga, Err(Error::Forbidden)));
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(suppliers::get(app, &stranger, id).await, Err(Error::NotFound("supplier"))));
    }

    async fn the_numbers_of_a_contract_are_sealed_and_who_reads_them_is_noted(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let offering = vehicle(&desk, Vehicle::ProductSupport).await;
        let contract = Contract {
            access_id: Some(" ACC-4711 ".into()),
            contract_id: Some("CON-0815".into()),
            ..open_ended()
        };
        let id = suppliers::add_contract(app, admin, offering, Units::Counted(20), contract).await.unwrap();
        let row = suppliers::contract(app, admin, id).await.unwrap().entitlement;
        assert_eq!(row.name, "Product support incidents");
        for sealed in [&row.access_id, &row.contract_id] {
            let sealed = sealed.as_deref().unwrap();
            assert!(!sealed.contains("4711") && !sealed.contains("0815"), "{sealed}");
        }
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        let numbers = suppliers::numbers(app, &helga, id).await.unwrap();
        assert_eq!(numbers.access_id.unwrap().reveal(), "ACC-4711");
        assert_eq!(numbers.contract_id.unwrap().reveal(), "CON-0815");
        let log = app::audit::log(app, admin, None).await.unwrap();
        let reads: Vec<_> = log.iter().filter(|row| row.action == Deed::ContractRead.word()).collect();
        assert_eq!(reads.len(), 1);
        assert_eq!((reads[0].actor_id, &reads[0].subject), (Some(helga.id.uuid()), &id.to_string()));
        assert!(!log.iter().any(|row| row.data.to_string().contains("4711")));

        // One is kept, the other removed.
        let change = Contract { name: "Ours".into(), access_id: None, contract_id: Some(String::new()), ..open_ended() };
        suppliers::change_contract(app, admin, id, change, 1).await.unwrap();
        let numbers = suppliers::numbers(app, admin, id).await.unwrap();
        assert_eq!((numbers.access_id.unwrap().reveal(), numbers.contract_id.is_none()), ("ACC-4711", true));
        let sally = desk.agent("Sally", &[Role::SalesAgent]).await;
        assert!(matches!(suppliers::numbers(app, &sally, id).await, Err(Error::Forbidden)));
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(suppliers::numbers(app, &stranger, id).await, Err(Error::NotFound(_))));
    }

    async fn of_32_agents_for_the_last_unit_one_has_it(db) {
        let desk = TestDesk::new(db).await;
        let id = entitled(&desk, Vehicle::SignatureCloud, Units::Counted(1)).await;
        let (one, other) = (desk.app.clone(), desk.another_process());
        let agents = (0..32).map(|number| {
            let (app, admin) = (if number % 2 == 0 { one.clone() } else { other.clone() }, desk.admin.clone());
            tokio::spawn(async move { reserve(&app, &admin, id, &format!("case {number}")).await })
        });
        let agents: Vec<_> = agents.collect();
        let (mut won, mut refused) = (0, 0);
        for agent in agents {
            match agent.await.unwrap() {
                Ok(moved) => {
                    assert_eq!((moved.balance, moved.already), (Some(0), false));
                    won += 1;
                }
                Err(Error::Refused("none-left")) => refused += 1,
                Err(other) => panic!("{other:?}"),
            }
        }
        assert_eq!((won, refused), (1, 31));
        let ledger = checked_ledger(&desk, id).await;
        assert_eq!(ledger.iter().map(|e| e.act).collect::<Vec<_>>(), [Act::Grant, Act::Reserve]);
    }

    async fn of_32_tries_for_one_case_one_takes_a_unit(db) {
        let desk = TestDesk::new(db).await;
        let id = entitled(&desk, Vehicle::SignatureCloud, Units::Counted(40)).await;
        let (one, other) = (desk.app.clone(), desk.another_process());
        let tries: Vec<_> = (0..32)
            .map(|number| {
                let (app, admin) = (if number % 2 == 0 { one.clone() } else { other.clone() }, desk.admin.clone());
                tokio::spawn(async move { reserve(&app, &admin, id, "the case").await })
            })
            .collect();
        let mut first = 0;
        for one in tries {
            first += i32::from(!one.await.unwrap().unwrap().already);
        }
        assert_eq!(first, 1);
        assert_eq!(checked_ledger(&desk, id).await.last().unwrap().balance, Some(39));
    }

    async fn a_case_takes_one_unit_and_gives_it_back_once(db) {
        let desk = TestDesk::new(db).await;
        let id = entitled(&desk, Vehicle::ProductSupport, Units::Counted(2)).await;
        let other = entitled(&desk, Vehicle::SignatureCloud, Units::Counted(2)).await;
        let now = desk.app.now();
        let story: Result<(), Error> = desk
            .app
            .store
            .write(desk.desk, move |tx| Box::pin(async move {
                let (a, b) = (case("a", now), case("b", now));
                assert_eq!(wallet::release(tx, &a).await?, None, "what holds nothing gives nothing back");
                assert!(matches!(wallet::refund(tx, &a).await, Err(Error::Refused("not-consumed"))));
                assert_eq!(wallet::reserve(tx, id, &a).await?.balance, Some(1));
                assert!(matches!(wallet::reserve(tx, other, &a).await, Err(Error::Refused("case-elsewhere"))));
                assert_eq!(wallet::consume(tx, id, &a).await?.balance, Some(1));
                assert!(wallet::consume(tx, id, &a).await?.already);
                assert!(matches!(wallet::release(tx, &a).await, Err(Error::Refused("not-held"))));
                assert_eq!(wallet::refund(tx, &a).await?.balance, Some(2));
                assert!(wallet::refund(tx, &a).await?.already);
                assert!(matches!(wallet::reserve(tx, id, &a).await, Err(Error::Refused("case-spent"))));
                assert_eq!(wallet::reserve(tx, id, &b).await?.balance, Some(1));
                assert_eq!(wallet::release(tx, &b).await?.map(|moved| moved.balance), Some(Some(2)));
                Ok(())
            }))
            .await;
        story.unwrap();
        assert_eq!(checked_ledger(&desk, id).await.len(), 6);
        assert_eq!(checked_ledger(&desk, other).await.len(), 1);
    }

    async fn a_contract_that_ended_gives_nothing_and_what_is_held_of_it_can_be_used(db) {
        let desk = TestDesk::new(db).await;
        let offering = vehicle(&desk, Vehicle::SignatureCloud).await;
        let to = desk.app.now() + SignedDuration::from_hours(1);
        let contract = Contract { to: Some(to), ..open_ended() };
        let id = suppliers::add_contract(&desk.app, &desk.admin, offering, Units::Counted(5), contract).await.unwrap();
        reserve(&desk.app, &desk.admin, id, "in time").await.unwrap();
        desk.wait(SignedDuration::from_hours(1));
        let held = suppliers::contract(&desk.app, &desk.admin, id).await.unwrap();
        assert_eq!(held.period, Period::Expired(to));
        let late = reserve(&desk.app, &desk.admin, id, "late").await;
        assert!(matches!(late, Err(Error::Refused("contract-expired"))));
        let now = desk.app.now();
        let used: Result<_, Error> = desk.app.store.write(desk.desk, move |tx| Box::pin(async move {
            wallet::consume(tx, id, &case("in time", now)).await
        })).await;
        assert_eq!(used.unwrap().balance, Some(4));
        checked_ledger(&desk, id).await;
    }

    async fn units_are_bought_used_elsewhere_and_given_back_by_hand(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = entitled(&desk, Vehicle::ProductSupport, Units::Counted(0)).await;
        let used = || ByHand::Consume { case: "REG:1234".into() };
        assert!(matches!(wallet::by_hand(app, admin, id, used(), "filed by phone").await, Err(Error::Refused("none-left"))));
        assert!(matches!(wallet::by_hand(app, admin, id, ByHand::Grant { units: 3 }, " ").await, Err(Error::Invalid { field: "reason", .. })));
        wallet::by_hand(app, admin, id, ByHand::Grant { units: 3 }, "renewed").await.unwrap();
        wallet::by_hand(app, admin, id, used(), "filed by phone").await.unwrap();
        assert!(wallet::by_hand(app, admin, id, used(), "again").await.unwrap().already);
        let back = ByHand::Refund { case: "REG:1234".into() };
        let other = entitled(&desk, Vehicle::ProductSupport, Units::Counted(1)).await;
        assert!(matches!(wallet::by_hand(app, admin, other, back.clone(), "a bug").await, Err(Error::Refused("case-elsewhere"))));
        assert_eq!(wallet::by_hand(app, admin, id, back, "a bug").await.unwrap().balance, Some(3));
        let ledger = checked_ledger(&desk, id).await;
        let reasons: Vec<_> = ledger.iter().map(|e| e.reason.as_str()).collect();
        assert_eq!(reasons, ["renewed", "filed by phone", "a bug"]);
        assert!(ledger.iter().all(|e| e.by() == admin.actor()));
        let free = entitled(&desk, Vehicle::Psfp, Units::Unlimited).await;
        assert!(matches!(wallet::by_hand(app, admin, free, ByHand::Grant { units: 3 }, "x").await, Err(Error::Refused("not-counted"))));
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        assert!(matches!(wallet::by_hand(app, &helga, id, ByHand::Grant { units: 3 }, "x").await, Err(Error::Forbidden)));
    }

    async fn a_forecast_follows_what_was_used_and_not_given_back(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = entitled(&desk, Vehicle::ProductSupport, Units::Counted(8)).await;
        for number in 1..=5 {
            desk.wait(SignedDuration::from_hours(24 * 6));
            let used = ByHand::Consume { case: format!("REG:{number}") };
            wallet::by_hand(app, admin, id, used, "used").await.unwrap();
        }
        // Four of the five stay used in 30 days, four are left.
        wallet::by_hand(app, admin, id, ByHand::Refund { case: "REG:2".into() }, "a bug").await.unwrap();
        let held = suppliers::contract(app, admin, id).await.unwrap();
        assert_eq!(held.entitlement.balance, Some(4));
        assert_eq!(held.forecast, Forecast::RunsOut(app.now() + SignedDuration::from_hours(24 * 30)));
    }

    async fn the_advisor_knows_the_ticket_the_customer_and_the_desk(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = ticket(&desk, Service::Azure, Kind::Technical).await;
        let advice = vehicles::advise_on(app, admin, id).await.unwrap();
        assert!(advice.ways.open.is_empty() && advice.ways.missing.contains(&Lack::BreakFix), "nobody has looked yet");
        found(&desk, id, broken()).await;
        let advice = vehicles::advise_on(app, admin, id).await.unwrap();
        let way = &advice.ways.open[0];
        assert_eq!(way.vehicle, Some(Vehicle::CspPlan));
        assert_eq!(advice.supplier(way.supplier).unwrap().name, "Microsoft");
        assert_eq!(advice.offering_name(way.offering), "Cloud Solution Provider support");
        assert_eq!(way.first_response.unwrap().due, Some(app.now() + SignedDuration::from_hours(4)));
        // A provider's plan beside it, by its terms.
        let provider = suppliers::create(app, admin, SupplierKind::Provider, details("Großhandel", Way::Mail, "help@provider.test")).await.unwrap();
        suppliers::add_offering(app, admin, provider, "Plan", terms(), None, None).await.unwrap();
        let units = entitled(&desk, Vehicle::SignatureCloud, Units::Counted(3)).await;
        let standing = Standing { competency: Some(domain::vehicle::Competency::Silver), ..Standing::default() };
        suppliers::set_standing(app, admin, standing.clone(), 0).await.unwrap();
        assert!(matches!(suppliers::set_standing(app, admin, standing, 0).await, Err(Error::Stale)));
        let advice = vehicles::advise_on(app, admin, id).await.unwrap();
        let ways: Vec<_> = advice.ways.open.iter().map(|way| (way.supplier == provider, way.vehicle, way.entitlement)).collect();
        assert_eq!(ways, [(false, Some(Vehicle::CspPlan), None), (false, Some(Vehicle::SignatureCloud), Some(units)), (true, None, None)]);
        // Put away, it is none any more.
        let away = Details { active: false, ..details("Großhandel", Way::Mail, "help@provider.test") };
        suppliers::update(app, admin, provider, away, 1).await.unwrap();
        assert_eq!(vehicles::advise_on(app, admin, id).await.unwrap().ways.open.len(), 2);

        let billing = desk.agent("Bill", &[Role::BillingAdmin]).await;
        assert!(matches!(vehicles::advise_on(app, &billing, id).await, Err(Error::Forbidden)));
        let (_, stranger) = desk.other_desk().await;
        assert!(matches!(vehicles::advise_on(app, &stranger, id).await, Err(Error::NotFound("ticket"))));
    }

    async fn a_hard_stop_names_the_supplier_of_the_desk(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let id = ticket(&desk, Service::Marketplace, Kind::Technical).await;
        let publisher = suppliers::create(app, admin, SupplierKind::Publisher, details("Contoso Apps", Way::Mail, "help@contoso.test")).await.unwrap();
        let instead = vehicles::advise_on(app, admin, id).await.unwrap().ways.instead.unwrap();
        assert_eq!((instead.place, instead.suppliers), (Instead::Publisher, vec![publisher]));
        found(&desk, id, Findings { security_report: Some(true), ..broken() }).await;
        let instead = vehicles::advise_on(app, admin, id).await.unwrap().ways.instead.unwrap();
        assert_eq!((instead.place, instead.suppliers), (Instead::Msrc, vec![]));
    }
}

#[test]
fn every_customer_whose_matter_goes_elsewhere_has_an_answer_in_its_language() {
    let mut seen = std::collections::BTreeSet::new();
    for &lang in Lang::ALL {
        for &place in Instead::ALL {
            for &service in Service::ALL {
                let text = vehicles::answer_template(place, lang, Some("Ada"), service, None);
                let wanted = matches!(place, Instead::Msrc | Instead::Publisher | Instead::ProductPortal);
                assert_eq!(text.is_some(), wanted, "{place}");
                let Some(text) = text else { continue };
                assert!(text.contains("Ada") && !text.contains('⟨') && !text.contains("{ $"), "{text}");
                seen.insert(text);
            }
        }
        let named =
            vehicles::answer_template(Instead::Publisher, lang, None, Service::Marketplace, Some("Contoso"));
        assert!(named.unwrap().contains("Contoso"));
    }
    // Of each language: for three portals, for products without one, for publishers, for the response center.
    assert_eq!(seen.len(), Lang::ALL.len() * 6);
}
