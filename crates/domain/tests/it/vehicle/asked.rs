//! Questions as agents have them, and what they would want to hear.

use serde_json::{Value, json};

use super::{Standing, ask, missing, standing};

fn matter(changes: Value) -> Value {
    let mut question = json!({
        "at": "2021-06-01T10:00:00Z", "cloud": "commercial", "partner": "direct", "kind": "technical",
        "topic": "other", "break_fix": true, "service": "microsoft365", "severity": "A", "language": "en",
        "competency": "none", "plans": [], "delegated_admin": true,
    });
    let Value::Object(changes) = changes else { panic!("changes are an object") };
    question.as_object_mut().unwrap().extend(changes);
    question
}

/// The vehicles in their order, where the matter goes instead, and what is missing.
#[track_caller]
fn check(changes: Value, vehicles: &[&str], instead: Option<&str>, lacks: &[&str]) {
    let question = matter(changes);
    let answer = ask(&question);
    let found: Vec<&str> = answer["vehicles"]
        .as_array()
        .unwrap()
        .iter()
        .map(|vehicle| vehicle["id"].as_str().unwrap())
        .collect();
    assert_eq!(found, vehicles, "{question}: {answer}");
    assert_eq!(answer["instead"], json!(instead), "{question}: {answer}");
    assert_eq!(missing(&answer), lacks, "{question}: {answer}");
}

#[test]
fn microsoft_365_goes_through_delegated_admin() {
    check(json!({}), &["csp_plan"], None, &[]);
    check(json!({"partner": "reseller"}), &["csp_plan"], None, &[]);
    check(json!({"delegated_admin": false}), &[], None, &["delegated_admin"]);
    check(json!({"delegated_admin": false, "plans": ["psfp"]}), &["psfp"], None, &["delegated_admin"]);
    check(json!({"delegated_admin": null}), &[], None, &["delegated_admin"]);
    // The benefit cannot be used there, however many are left.
    check(
        json!({"competency": "gold", "cloud_competency": true, "incidents": {"signature_cloud": null}}),
        &["csp_plan"],
        None,
        &[],
    );
}

#[test]
fn dynamics_365_needs_a_plan() {
    check(json!({"service": "dynamics365"}), &[], None, &["plans.asfp"]);
    check(json!({"service": "dynamics365", "plans": ["asfp"]}), &["asfp"], None, &[]);
    check(json!({"service": "dynamics365", "plans": ["psfp", "asfp"]}), &["asfp", "psfp"], None, &[]);
    check(json!({"service": "dynamics365", "plans": null}), &[], None, &["plans"]);
    check(json!({"service": "dynamics365", "kind": "subscription"}), &["commercial"], None, &[]);
}

#[test]
fn software_on_own_machines_needs_a_benefit_or_the_highest_plan() {
    let premises = |more: Value| {
        let mut changes = json!({"service": "on_premises", "product_version": "n-1"});
        changes.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        changes
    };
    check(
        premises(
            json!({"competency": "silver", "incidents": {"product_support": 2}, "plans": ["asfp", "psfp"]}),
        ),
        &["psfp", "product_support"],
        None,
        &[],
    );
    check(premises(json!({"competency": "silver"})), &[], None, &["incidents.product_support"]);
    check(premises(json!({"product_version": "older", "plans": ["asfp"]})), &[], None, &["plans.psfp"]);
    check(premises(json!({"product_version": "older", "plans": ["psfp"]})), &["psfp"], None, &[]);
}

#[test]
fn what_costs_nothing_comes_first_and_what_is_counted_last() {
    let azure = |count: Value| {
        let incidents = json!({"signature_cloud": count});
        json!({"service": "azure", "competency": "gold", "plans": ["psfp", "asfp"], "incidents": incidents})
    };
    check(azure(json!(5)), &["csp_plan", "asfp", "psfp", "signature_cloud"], None, &[]);
    check(azure(json!(null)), &["csp_plan", "signature_cloud", "asfp", "psfp"], None, &[]);
    check(azure(json!(0)), &["csp_plan", "asfp", "psfp"], None, &[]);
}

#[test]
fn azure_of_a_reseller_is_opened_by_its_provider() {
    let azure = |at: &str, access: Value| json!({"service": "azure", "partner": "reseller", "at": at, "provider_azure_access": access, "plans": ["asfp"]});
    let (before, after) = ("2022-12-31T23:59:59Z", "2023-01-01T00:00:00Z");
    // The plan "Cloud Solution Provider" is not a reseller's; its own is.
    check(azure(before, json!(true)), &["asfp"], None, &[]);
    check(azure(before, json!(false)), &[], Some("provider"), &[]);
    check(azure(before, json!(null)), &[], None, &["provider_azure_access"]);
    for access in [json!(true), json!(false), json!(null)] {
        check(azure(after, access), &[], Some("provider"), &[]);
    }
    // It is still 2022 in UTC.
    check(azure("2023-01-01T00:30:00+01:00", json!(true)), &["asfp"], None, &[]);
    check(json!({"service": "azure", "partner": null, "at": after}), &[], None, &["partner"]);
}

#[test]
fn the_first_place_that_holds_takes_the_matter() {
    let everything = json!({
        "security_report": true, "service": "marketplace", "sold_by_us": false, "break_fix": false,
        "partner": "reseller", "topic": "invoice",
    });
    check(everything.clone(), &[], Some("msrc"), &[]);
    let mut rest = everything;
    for (field, value, place) in [
        ("security_report", json!(false), "publisher"),
        ("service", json!("partner_center"), "product_portal"),
        ("sold_by_us", json!(true), "partner_center_help"),
        ("service", json!("microsoft365"), "resolve_here"),
        ("break_fix", json!(true), "provider"),
    ] {
        rest[field] = value;
        check(rest.clone(), &[], Some(place), &[]);
    }
    rest["topic"] = json!("other");
    check(rest, &["csp_plan"], None, &[]);
}

/// Somebody has to look after it, so every vehicle says why it is none.
#[test]
fn a_place_blocks_every_vehicle() {
    let answer = ask(&matter(json!({"security_report": true, "plans": ["psfp"]})));
    let psfp = answer["blocked"].as_array().unwrap().iter().find(|blocked| blocked["id"] == "psfp").unwrap();
    assert_eq!(
        psfp["reasons"],
        json!(["a vulnerability is reported to the Microsoft Security Response Center"])
    );
    assert_eq!(answer["blocked"].as_array().unwrap().len(), 6);
}

/// A place that is known is said, with what could make it an earlier one.
#[test]
fn an_earlier_place_may_be_missing() {
    check(json!({"sold_by_us": false, "service": null}), &[], Some("product_portal"), &["service"]);
}

#[test]
fn in_china_no_vehicle_is_a_program_s() {
    for kind in ["billing", "technical"] {
        let question = matter(json!({"cloud": "china", "kind": kind, "plans": ["psfp", "asfp"]}));
        let answer = ask(&question);
        let blocked = answer["blocked"].as_array().unwrap();
        assert_eq!(blocked.len(), 6, "{answer}");
        for vehicle in blocked {
            assert!(vehicle["reasons"].as_array().unwrap().contains(&json!("21Vianet portal")), "{vehicle}");
        }
        assert_eq!(missing(&answer), Vec::<&str>::new());
    }
    check(json!({"cloud": "us_government"}), &["csp_plan"], None, &[]);
    check(json!({"cloud": "germany"}), &["csp_plan"], None, &[]);
}

#[test]
fn an_absent_count_is_known_only_where_there_is_none() {
    let azure = |more: Value| {
        let mut question = matter(json!({"service": "azure"}));
        question.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        standing(&ask(&question), "signature_cloud")
    };
    let later = "2024-06-01T00:00:00Z";
    assert_eq!(azure(json!({"competency": "gold", "cloud_competency": true})), Standing::Recommended);
    assert_eq!(azure(json!({"competency": "gold", "cloud_competency": false})), Standing::Open);
    assert_eq!(azure(json!({"competency": "gold"})), Standing::Open);
    assert_eq!(azure(json!({"competency": "solutions_partner", "at": later})), Standing::Recommended);
    assert_eq!(azure(json!({"competency": "action_pack"})), Standing::Blocked);
    // A count is no competency.
    assert_eq!(
        azure(json!({"competency": "none", "incidents": {"signature_cloud": null}})),
        Standing::Blocked
    );
    assert_eq!(azure(json!({"competency": null, "incidents": {"signature_cloud": 3}})), Standing::Open);
    assert_eq!(azure(json!({"competency": null, "incidents": {"signature_cloud": 0}})), Standing::Blocked);
}
