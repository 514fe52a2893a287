//! Every row of the decision.

use domain::charging::entitlement::{Basis, Entitlement, Facts, Free, Resolved, Unknown, decide};
use domain::charging::prepaid::{Contract, Holds, draw, in_order};
use domain::id::OfferingId;
use domain::offering::{Price, PriceUnit};
use domain::ticket::kinds::Kind;

use super::{at, contract, eur, rules};

const NOW: &str = "2026-06-15T09:00:00Z";

fn offering() -> OfferingId {
    OfferingId::new(at(NOW), [9; 10])
}

fn price(per: PriceUnit, amount: Option<i64>) -> Option<(OfferingId, &'static str, Price)> {
    Some((offering(), "Silver", Price { per, amount: amount.map(eur) }))
}

fn facts(contracts: &[Contract]) -> Facts<'_> {
    Facts {
        came: at(NOW),
        at: at(NOW),
        kind: Kind::Technical,
        security: false,
        has_customer: true,
        resolved: None,
        covered: None,
        contracts,
        microsoft: None,
    }
}

fn resolved(when: &str) -> Option<Resolved> {
    Some(Resolved { number: 7, at: at(when) })
}

#[test]
fn every_row_of_the_decision() {
    let both =
        [contract(1, Holds::Hours, 90, Some("2026-12-31T00:00:00Z")), contract(2, Holds::Incidents, 3, None)];
    let hours = [contract(1, Holds::Hours, 90, None)];
    let used_up = [contract(1, Holds::Hours, 0, None), contract(2, Holds::Incidents, 0, None)];
    let over = [
        contract(1, Holds::Hours, 90, Some(NOW)),
        contract(2, Holds::Incidents, 9, Some("2026-06-14T00:00:00Z")),
    ];
    let monthly = || price(PriceUnit::Month, Some(9_900));
    let included = || price(PriceUnit::Included, None);
    let per_incident = || price(PriceUnit::Incident, Some(15_000));
    let per_hour = || price(PriceUnit::Hour, Some(12_000));
    let on_the_desk = || rules(Some(14_000));
    let check = |what: &str, facts: Facts<'_>, rules: &_, expected: Entitlement| {
        assert_eq!(decide(&facts, rules), expected, "{what}");
    };
    let free = |why| Entitlement::Free { why, number: None };
    let warranty = Entitlement::Free { why: Free::Warranty, number: Some(7) };
    let hourly = |minor| Entitlement::Hourly { price: eur(minor), estimate: 60, cap: 120 };
    let ask = |what| Entitlement::Ask { what };
    let plan = Entitlement::Plan { offering: offering(), name: "Silver".into() };
    let pack = Entitlement::Pack { contract: both[1].id, name: "contract 2".into(), left: 2 };
    let prepaid = |beyond: Option<i64>| Entitlement::Prepaid {
        contract: hours[0].id,
        name: "contract 1".into(),
        left: 90,
        beyond: beyond.map(eur),
    };
    let r = on_the_desk();
    let none = rules(None);
    let f = || facts(&both);

    // 1. Microsoft's fault comes before everything.
    let microsoft = Entitlement::Microsoft { reason: "outage".into() };
    check("Microsoft", Facts { microsoft: Some("outage"), security: true, ..f() }, &r, microsoft);
    // 2. A report of a weakness.
    check("security", Facts { security: true, covered: monthly(), ..f() }, &r, free(Free::Security));
    // 3. The business.
    check("billing", Facts { kind: Kind::Billing, ..f() }, &r, free(Free::Commercial));
    check(
        "subscription",
        Facts { kind: Kind::Subscription, covered: per_hour(), ..f() },
        &r,
        free(Free::Commercial),
    );
    check(
        "billing of nobody",
        Facts { kind: Kind::Billing, has_customer: false, ..f() },
        &r,
        free(Free::Commercial),
    );
    // 4. The warranty, to its last second.
    check("warranty", Facts { resolved: resolved("2026-06-01T09:00:01Z"), ..f() }, &r, warranty.clone());
    check("warranty in plan", Facts { resolved: resolved(NOW), covered: monthly(), ..f() }, &r, warranty);
    check("after it", Facts { resolved: resolved("2026-06-01T09:00:00Z"), ..f() }, &r, pack.clone());
    check("resolved later", Facts { resolved: resolved("2026-06-16T09:00:00Z"), ..f() }, &r, pack.clone());
    // 5. Nobody's.
    check("nobody's", Facts { has_customer: false, covered: monthly(), ..f() }, &r, ask(Unknown::Customer));
    // 6. In plan, whatever was paid for besides.
    check("plan by the month", Facts { covered: monthly(), ..f() }, &r, plan.clone());
    check("plan included", Facts { covered: included(), ..f() }, &none, plan);
    // 7. A pack before hours.
    check("pack", f(), &r, pack.clone());
    check("pack before a price", Facts { covered: per_incident(), ..f() }, &r, pack);
    // 8. Hours, and what comes after them.
    check("hours", facts(&hours), &r, prepaid(Some(14_000)));
    check("hours of the plan", Facts { covered: per_hour(), ..facts(&hours) }, &r, prepaid(Some(12_000)));
    check("hours, then unknown", facts(&hours), &none, prepaid(None));
    check(
        "hours, then a price that is not written down",
        Facts { covered: price(PriceUnit::Hour, None), ..facts(&hours) },
        &r,
        prepaid(None),
    );
    // 9. The plan's price.
    let incident = Entitlement::Incident { price: eur(15_000) };
    check("incident", Facts { covered: per_incident(), ..facts(&used_up) }, &r, incident);
    check("hourly", Facts { covered: per_hour(), ..facts(&over) }, &r, hourly(12_000));
    check(
        "unknown incident",
        Facts { covered: price(PriceUnit::Incident, None), ..facts(&[]) },
        &r,
        ask(Unknown::Price),
    );
    check(
        "unknown hour",
        Facts { covered: price(PriceUnit::Hour, None), ..facts(&[]) },
        &r,
        ask(Unknown::Price),
    );
    // 10. The desk's.
    check("used up", facts(&used_up), &r, hourly(14_000));
    check("expired", facts(&over), &r, hourly(14_000));
    // 11. Nothing.
    check("no price", facts(&[]), &none, ask(Unknown::Price));
}

#[test]
fn only_what_costs_something_has_a_price() {
    let offer = decide(&facts(&[]), &rules(Some(100)));
    assert_eq!((offer.basis(), offer.price()), (Basis::Hourly, Some((PriceUnit::Hour, eur(100)))));
    let in_plan =
        decide(&Facts { covered: price(PriceUnit::Included, None), ..facts(&[]) }, &rules(Some(100)));
    assert_eq!((in_plan.basis(), in_plan.price()), (Basis::Plan, None));
}

#[test]
fn what_expires_first_is_used_first() {
    let all = [
        contract(1, Holds::Hours, 60, None),
        contract(2, Holds::Hours, 30, Some("2026-12-31T00:00:00Z")),
        contract(3, Holds::Hours, 45, Some("2026-07-01T00:00:00Z")),
        contract(4, Holds::Hours, 500, Some("2026-06-15T08:59:59Z")),
        contract(5, Holds::Incidents, 9, Some("2026-06-16T00:00:00Z")),
        contract(6, Holds::Hours, 0, Some("2026-06-16T00:00:00Z")),
    ];
    let ids: Vec<_> = in_order(&all, Holds::Hours, at(NOW)).iter().map(|c| c.id).collect();
    assert_eq!(ids, [all[2].id, all[1].id, all[0].id]);
    for (wanted, taken, rest) in [
        (15, vec![(all[2].id, 15)], 0),
        (60, vec![(all[2].id, 45), (all[1].id, 15)], 0),
        (150, vec![(all[2].id, 45), (all[1].id, 30), (all[0].id, 60)], 15),
    ] {
        assert_eq!(draw(&all, Holds::Hours, at(NOW), wanted), (taken, rest), "{wanted}");
    }
    assert_eq!(draw(&all, Holds::Hours, at("2025-01-01T00:00:00Z"), 15), (vec![], 15), "before it begins");
}
