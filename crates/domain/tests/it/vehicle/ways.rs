//! Ways of a ticket: Microsoft's vehicles by its rules, others' offerings beside them, what stands in the way.

use std::collections::BTreeSet;

use domain::cloud::Cloud;
use domain::id::{EntitlementId, OfferingId, SupplierId};
use domain::lang::Lang;
use domain::offering::{Price, PriceUnit, Terms};
use domain::party::{DeskKind, supplier::SupplierKind};
use domain::ticket::diagnosis::Findings;
use domain::ticket::kinds::{Kind, Service, Severity};
use domain::vehicle::standing::{Entitled, Period, Right, Standing, entitled};
use domain::vehicle::ways::{Matter, Offer, Ways, Why, ways};
use domain::vehicle::{Competency, Instead, Lack, Plan, Vehicle, microsoft, rules};
use jiff::{SignedDuration, Timestamp};

fn now() -> Timestamp {
    // A Saturday, 3:00 in Berlin.
    "2026-03-07T02:00:00Z".parse().unwrap()
}

fn in_days(n: i64) -> Timestamp {
    now() + SignedDuration::from_hours(24 * n)
}

fn supplier(n: u8) -> SupplierId {
    SupplierId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn right(n: u8, from: i64, to: Option<i64>, left: Option<u64>) -> Right {
    let id = EntitlementId::new(Timestamp::UNIX_EPOCH, [n; 10]);
    Right { id, from: in_days(from), to: to.map(in_days), left }
}

fn microsofts() -> Vec<Offer> {
    let offers = microsoft::offerings().iter().zip(1..);
    offers
        .map(|(offered, n)| Offer {
            supplier: supplier(1),
            party: SupplierKind::Microsoft,
            speaks: Lang::En,
            offering: OfferingId::new(Timestamp::UNIX_EPOCH, [n; 10]),
            vehicle: Some(offered.vehicle),
            terms: offered.terms.clone(),
            from: in_days(-100),
            to: None,
            rights: Vec::new(),
        })
        .collect()
}

fn other(n: u8, party: SupplierKind) -> Offer {
    let terms = Terms {
        services: vec![Service::Azure, Service::Microsoft365, Service::Marketplace],
        kinds: vec![Kind::Technical, Kind::Billing],
        hours: serde_json::from_str(
            r#"{"timezone": "Europe/Berlin", "hours": {"mon": [["09:00", "17:00"]]}}"#,
        )
        .unwrap(),
        languages: vec![Lang::En, Lang::De],
        contact: Vec::new(),
        promises: serde_json::from_str(r#"{"A": {"first_response": 3600}}"#).unwrap(),
        price: Price { per: PriceUnit::Included, amount: None },
    };
    Offer {
        supplier: supplier(n),
        party,
        speaks: Lang::En,
        offering: OfferingId::new(Timestamp::UNIX_EPOCH, [100 + n; 10]),
        vehicle: None,
        terms,
        from: in_days(-1),
        to: None,
        rights: Vec::new(),
    }
}

fn matter() -> Matter {
    Matter {
        now: now(),
        desk: DeskKind::DirectBill,
        standing: Standing {
            competency: Some(Competency::Gold),
            cloud_competency: Some(false),
            plans: Some(BTreeSet::new()),
            ..Standing::default()
        },
        kind: Kind::Technical,
        service: Service::Azure,
        severity: Severity::A,
        lang: Lang::Hu,
        findings: Findings { break_fix: Some(true), ..Findings::default() },
        cloud: Some(Cloud::Commercial),
        delegated_admin: Some(true),
    }
}

fn ask(matter: &Matter, offers: &[Offer]) -> Ways {
    let mut parties: Vec<_> = offers.iter().map(|offer| (offer.supplier, offer.party)).collect();
    parties.dedup();
    ways(rules::verified(), matter, &parties, offers)
}

fn vehicles(ways: &Ways) -> Vec<Option<Vehicle>> {
    ways.open.iter().map(|way| way.vehicle).collect()
}

fn barred(ways: &Ways, vehicle: Vehicle) -> &[Why] {
    &ways.barred.iter().find(|barred| barred.vehicle == Some(vehicle)).unwrap().why
}

#[test]
fn microsoft_comes_first_and_others_beside_it() {
    let mut offers = microsofts();
    offers.push(other(2, SupplierKind::Outsourcer));
    offers.push(other(3, SupplierKind::Provider));
    let ways = ask(&matter(), &offers);
    assert_eq!(vehicles(&ways), [Some(Vehicle::CspPlan), None, None]);
    assert_eq!(ways.open[1].supplier, supplier(3), "a provider before an outsourcer");
    let first = &ways.open[0];
    assert_eq!(
        first.first_response.unwrap().due,
        Some(now() + SignedDuration::from_hours(2)),
        "around the clock"
    );
    // The other opens on Monday at 9 in Berlin: an hour later at the latest.
    let due = ways.open[1].first_response.unwrap().due.unwrap();
    assert_eq!(due, "2026-03-09T09:00:00Z".parse::<Timestamp>().unwrap());
    assert_eq!(
        ways.missing,
        BTreeSet::from([Lack::SignatureCloudIncidents]),
        "nobody has entered how many are left"
    );
}

#[test]
fn what_is_unknown_stays_so() {
    let unknown = Matter {
        standing: Standing::default(),
        findings: Findings::default(),
        cloud: None,
        delegated_admin: None,
        ..matter()
    };
    let ways = ask(&unknown, &microsofts());
    assert!(ways.open.is_empty() && ways.instead.is_none());
    for lack in [Lack::BreakFix, Lack::Cloud, Lack::Competency, Lack::Plans] {
        assert!(ways.missing.contains(&lack), "{lack} in {:?}", ways.missing);
    }
    let elsewhere = Matter { service: Service::Other, ..matter() };
    assert!(
        ask(&elsewhere, &microsofts()).missing.contains(&Lack::Service),
        "no service of Microsoft's is guessed"
    );
}

#[test]
fn a_contract_decides_what_may_be_taken() {
    let with = |vehicle, rights: Vec<Right>| {
        let mut offers = microsofts();
        let offer = offers.iter_mut().find(|offer| offer.vehicle == Some(vehicle)).unwrap();
        offer.rights = rights;
        offers
    };
    let cloud = Vehicle::SignatureCloud;
    let counted = ask(&matter(), &with(cloud, vec![right(1, -10, Some(10), Some(3))]));
    assert_eq!(vehicles(&counted), [Some(Vehicle::CspPlan), Some(cloud)]);
    assert_eq!(
        (counted.open[1].consumes, counted.open[1].entitlement),
        (1, Some(right(1, 0, None, None).id))
    );
    assert!(counted.open[1].why.contains(&Why::TakesOne(3)));
    assert_eq!(
        counted.open[0].entitlement, None,
        "what consumes nothing names no contract that is not entered"
    );
    let free = ask(&matter(), &with(cloud, vec![right(1, -10, None, None)]));
    assert_eq!(free.open[1].consumes, 0);

    let expired = ask(&matter(), &with(cloud, vec![right(1, -10, Some(-1), Some(3))]));
    assert_eq!(barred(&expired, cloud), [Why::Expired(in_days(-1))]);
    let coming = ask(&matter(), &with(cloud, vec![right(1, 1, Some(9), Some(3))]));
    assert_eq!(barred(&coming, cloud), [Why::NotBegun(in_days(1))]);
    let empty = ask(&matter(), &with(cloud, vec![right(1, -10, Some(10), Some(0))]));
    assert_eq!(barred(&empty, cloud), [Why::Rule("signature-cloud-none-left".into())]);

    // A plan is held as long as its contract, whatever the desk said of itself.
    let plan = ask(&matter(), &with(Vehicle::Asfp, vec![right(1, -10, Some(10), None)]));
    assert_eq!(vehicles(&plan), [Some(Vehicle::CspPlan), Some(Vehicle::Asfp)]);
    let said = Standing { plans: Some(BTreeSet::from([Plan::Asfp])), ..matter().standing };
    let said = Matter { standing: said, ..matter() };
    assert_eq!(vehicles(&ask(&said, &microsofts())), [Some(Vehicle::CspPlan), Some(Vehicle::Asfp)]);
    let over = ask(&said, &with(Vehicle::Asfp, vec![right(1, -10, Some(-1), None)]));
    assert_eq!(vehicles(&over), [Some(Vehicle::CspPlan)]);
    // That it is held is known, also where nobody says which others are.
    let unsaid = Matter { standing: Standing { plans: None, ..matter().standing }, ..matter() };
    let known = ask(&unsaid, &with(Vehicle::Asfp, vec![right(1, -10, Some(10), None)]));
    assert_eq!(vehicles(&known), [Some(Vehicle::CspPlan), Some(Vehicle::Asfp)]);
    assert!(known.missing.contains(&Lack::Plans), "whether the other is held too");
}

#[test]
fn the_times_of_a_plan_are_those_that_the_desk_enters() {
    let mut offers = microsofts();
    let plan = offers.iter_mut().find(|offer| offer.vehicle == Some(Vehicle::Psfp)).unwrap();
    plan.rights = vec![right(1, -10, None, None)];
    let way = |offers: &[Offer]| {
        let ways = ask(&matter(), offers);
        ways.open.into_iter().find(|way| way.vehicle == Some(Vehicle::Psfp)).unwrap()
    };
    assert_eq!(way(&offers).first_response, None, "Microsoft's documents do not tell");
    let plan = offers.iter_mut().find(|offer| offer.vehicle == Some(Vehicle::Psfp)).unwrap();
    plan.terms.promises = serde_json::from_str(r#"{"A": {"first_response": 3600}}"#).unwrap();
    let expected = way(&offers).first_response.unwrap();
    assert_eq!((expected.seconds, expected.due), (3600, Some(now() + SignedDuration::from_hours(1))));
}

#[test]
fn a_hard_stop_names_who_is_there() {
    let offers = || {
        let mut offers = microsofts();
        offers.extend([
            other(2, SupplierKind::Outsourcer),
            other(3, SupplierKind::Provider),
            other(4, SupplierKind::Publisher),
        ]);
        offers
    };
    let rows: [(&str, Matter, Instead, &[SupplierId]); 6] = [
        (
            "a reseller's Azure",
            Matter { desk: DeskKind::IndirectReseller, ..matter() },
            Instead::Provider,
            &[supplier(3)],
        ),
        (
            "marketplace",
            Matter { service: Service::Marketplace, ..matter() },
            Instead::Publisher,
            &[supplier(4)],
        ),
        (
            "a weakness",
            Matter { findings: Findings { security_report: Some(true), ..matter().findings }, ..matter() },
            Instead::Msrc,
            &[],
        ),
        (
            "not ours",
            Matter { findings: Findings { sold_by_us: Some(false), ..matter().findings }, ..matter() },
            Instead::ProductPortal,
            &[],
        ),
        (
            "how to",
            Matter { findings: Findings { break_fix: Some(false), ..Findings::default() }, ..matter() },
            Instead::ResolveHere,
            &[supplier(2)],
        ),
        (
            "a weakness of a reseller's Azure",
            Matter {
                desk: DeskKind::IndirectReseller,
                findings: Findings { security_report: Some(true), ..matter().findings },
                ..matter()
            },
            Instead::Msrc,
            &[],
        ),
    ];
    for (what, matter, place, there) in rows {
        let ways = ask(&matter, &offers());
        let instead = ways.instead.as_ref().unwrap();
        assert_eq!((instead.place, &instead.suppliers[..]), (place, there), "{what}");
        assert!(instead.source.is_some() && !instead.why.is_empty(), "{what}");
        let taken: Vec<_> = ways.open.iter().map(|way| way.supplier).collect();
        assert_eq!(taken, there, "{what}: nobody else takes it");
        assert_eq!(ways.barred.len(), Vehicle::ALL.len(), "{what}: none of Microsoft's vehicles");
    }
}

#[test]
fn an_offering_by_the_month_needs_a_contract() {
    let mut offer = other(2, SupplierKind::Provider);
    let why = |offer: &Offer| ask(&matter(), std::slice::from_ref(offer)).barred.last().unwrap().why.clone();
    offer.terms.price.per = PriceUnit::Month;
    assert_eq!(why(&offer), [Why::NoContract]);
    offer.rights = vec![right(1, -10, Some(-1), None)];
    assert_eq!(why(&offer), [Why::Expired(in_days(-1))]);
    offer.rights = vec![right(1, -10, None, Some(0))];
    assert_eq!(why(&offer), [Why::NoneLeft]);
    offer.rights = vec![right(1, -10, None, Some(1))];
    let ways = ask(&matter(), &[offer.clone()]);
    let way = ways.open.last().unwrap();
    assert_eq!((way.consumes, way.entitlement.is_some()), (1, true));
    offer.to = Some(in_days(-1));
    assert!(ask(&matter(), &[offer]).open.is_empty(), "what is not offered any more is no way");
}

#[test]
fn who_speaks_to_the_customer_speaks_its_language() {
    let offer = other(2, SupplierKind::Outsourcer);
    let german = ask(&Matter { lang: Lang::De, ..matter() }, std::slice::from_ref(&offer));
    assert_eq!(german.open[0].lang, Lang::De);
    let hungarian = ask(&matter(), &[offer]);
    assert_eq!(hungarian.open[0].lang, Lang::En);
    assert!(hungarian.open[0].why.contains(&Why::OtherLanguage));
}

#[test]
fn without_an_offering_there_is_no_way() {
    let mut offers = microsofts();
    offers.retain(|offer| offer.vehicle != Some(Vehicle::CspPlan));
    let ways = ask(&matter(), &offers);
    assert_eq!(barred(&ways, Vehicle::CspPlan), [Why::NotOffered]);
}

#[test]
fn of_several_contracts_the_one_that_ends_first_is_used() {
    let (late, soon, free) =
        (right(1, -9, Some(30), Some(5)), right(2, -9, Some(5), Some(1)), right(3, -9, Some(90), None));
    assert_eq!(entitled(&[late, soon], now()), Entitled::By(soon));
    assert_eq!(entitled(&[late, soon, free], now()), Entitled::By(free), "what costs nothing comes first");
    let used = Right { left: Some(0), ..soon };
    assert_eq!(entitled(&[late, used], now()), Entitled::By(late));
    assert_eq!(entitled(&[used], now()), Entitled::Empty(used.id));
    assert_eq!(entitled(&[], now()), Entitled::Unsaid);
    let next = right(4, 3, None, None);
    assert_eq!(
        entitled(&[next, right(5, -9, Some(0), None)], now()),
        Entitled::Not(Period::NotBegun(next.from))
    );
}

#[test]
fn microsoft_offers_each_vehicle_as_its_documents_say() {
    let offered: Vec<_> = microsoft::offerings().iter().map(|offered| offered.vehicle).collect();
    assert_eq!(offered, Vehicle::ALL);
    for offered in microsoft::offerings() {
        assert!(!offered.source.is_empty() && offered.verified, "{}", offered.vehicle);
        let first = |severity| offered.terms.promises.of(severity).first_response.map(|s| s.get() / 60);
        let minutes = [first(Severity::A), first(Severity::B), first(Severity::C)];
        let expected = match offered.vehicle {
            Vehicle::CspPlan | Vehicle::SignatureCloud => [Some(120), Some(240), Some(480)],
            Vehicle::Commercial | Vehicle::ProductSupport | Vehicle::Asfp | Vehicle::Psfp => [None; 3],
        };
        assert_eq!(minutes, expected, "{}", offered.vehicle);
    }
}
