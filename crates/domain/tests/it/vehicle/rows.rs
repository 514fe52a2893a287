//! Each row of the rules: a question that it lets pass, one that it does not, and one that it leaves open.

use std::collections::BTreeSet;

use domain::vehicle::rules::{self, Rule, Rules, Says};
use serde_json::{Value, json};

use super::{Standing, ask_rules, missing, standing};

/// A matter that many vehicles may take. What a case says replaces it, and takes away where it says `null`.
fn with(changes: &Value) -> Value {
    let mut question = json!({
        "at": "2021-06-01T10:00:00Z", "cloud": "commercial", "partner": "direct", "kind": "technical",
        "topic": "other", "break_fix": true, "service": "azure", "product_version": "n", "severity": "A",
        "language": "en", "competency": "gold", "cloud_competency": true, "plans": ["asfp", "psfp"],
        "incidents": {"product_support": 3, "signature_cloud": null}, "delegated_admin": true,
        "provider_azure_access": false, "security_report": false, "sold_by_us": true,
    });
    for (field, value) in changes.as_object().unwrap() {
        match value {
            Value::Null => drop(question.as_object_mut().unwrap().remove(field)),
            value => question[field] = value.clone(),
        }
    }
    question
}

struct Row {
    rule: &'static str,
    vehicle: &'static str,
    allows: Value,
    refuses: Value,
    open: Value,
    /// What is missing then. None where an absent field stands for a value, so that the vehicle is recommended.
    lack: Option<&'static str>,
}

fn row(
    rule: &'static str,
    vehicle: &'static str,
    allows: Value,
    refuses: Value,
    open: Value,
    lack: impl Into<Option<&'static str>>,
) -> Row {
    Row { rule, vehicle, allows, refuses, open, lack: lack.into() }
}

fn table() -> Vec<Row> {
    let no = || json!({});
    let fifty = |competency: &str| json!({"competency": competency, "at": "2025-01-01T00:00:00Z", "incidents": {"signature_cloud": 9}});
    let gold_10 = || json!({"cloud_competency": false, "incidents": {"signature_cloud": 7}});
    let silver_5 =
        || json!({"competency": "silver", "cloud_competency": false, "incidents": {"signature_cloud": 2}});
    let premises = |more: Value| {
        let mut changes = json!({"service": "on_premises"});
        for (field, value) in more.as_object().unwrap() {
            changes[field] = value.clone();
        }
        changes
    };
    let designated = |at: &str| json!({"competency": "solutions_partner", "at": at, "incidents": null});
    vec![
        row(
            "security-report",
            "csp_plan",
            no(),
            json!({"security_report": true}),
            json!({"security_report": null}),
            None,
        ),
        row(
            "marketplace",
            "psfp",
            no(),
            json!({"service": "marketplace"}),
            json!({"service": null}),
            "service",
        ),
        row(
            "not-sold-by-us",
            "csp_plan",
            no(),
            json!({"sold_by_us": false}),
            json!({"sold_by_us": null}),
            None,
        ),
        row(
            "partner-center",
            "psfp",
            no(),
            json!({"service": "partner_center"}),
            json!({"service": null}),
            "service",
        ),
        row(
            "not-break-fix",
            "asfp",
            no(),
            json!({"break_fix": false}),
            json!({"break_fix": null}),
            "break_fix",
        ),
        row(
            "reseller-billing",
            "commercial",
            json!({"kind": "billing", "service": "microsoft365", "partner": "reseller"}),
            json!({"kind": "billing", "service": "microsoft365", "partner": "reseller", "topic": "credit"}),
            json!({"kind": "billing", "service": "microsoft365", "partner": "reseller", "topic": null}),
            "topic",
        ),
        row(
            "reseller-azure-access",
            "psfp",
            json!({"partner": "reseller", "provider_azure_access": true}),
            json!({"partner": "reseller", "provider_azure_access": false}),
            json!({"partner": "reseller", "provider_azure_access": null}),
            "provider_azure_access",
        ),
        row(
            "reseller-azure",
            "psfp",
            json!({"partner": "reseller", "provider_azure_access": true, "at": "2022-12-31T23:59:59Z"}),
            json!({"partner": "reseller", "provider_azure_access": true, "at": "2023-01-01T00:00:00Z"}),
            json!({"partner": "reseller", "provider_azure_access": true, "at": null}),
            "at",
        ),
        row("china", "psfp", no(), json!({"cloud": "china"}), json!({"cloud": null}), "cloud"),
        row(
            "china",
            "commercial",
            json!({"kind": "billing"}),
            json!({"kind": "billing", "cloud": "china"}),
            json!({"kind": "billing", "cloud": null}),
            "cloud",
        ),
        row(
            "commercial-covers",
            "commercial",
            json!({"kind": "subscription"}),
            no(),
            json!({"kind": null}),
            "kind",
        ),
        row(
            "csp-plan-microsoft365",
            "csp_plan",
            json!({"service": "microsoft365"}),
            json!({"service": "microsoft365", "kind": "billing"}),
            json!({"service": "microsoft365", "kind": null}),
            "kind",
        ),
        row(
            "csp-plan-azure",
            "csp_plan",
            no(),
            json!({"kind": "billing"}),
            json!({"service": null}),
            "service",
        ),
        row(
            "csp-plan-delegated-admin",
            "csp_plan",
            json!({"service": "microsoft365"}),
            json!({"service": "microsoft365", "delegated_admin": false}),
            json!({"service": "microsoft365", "delegated_admin": null}),
            "delegated_admin",
        ),
        row(
            "dynamics-365",
            "csp_plan",
            no(),
            json!({"service": "dynamics365"}),
            json!({"service": null}),
            "service",
        ),
        row(
            "signature-cloud-covers",
            "signature_cloud",
            no(),
            premises(no()),
            json!({"service": null}),
            "service",
        ),
        row(
            "signature-cloud-microsoft365",
            "signature_cloud",
            no(),
            json!({"service": "microsoft365"}),
            json!({"service": null}),
            "service",
        ),
        row(
            "signature-cloud-competency",
            "signature_cloud",
            no(),
            json!({"competency": "action_pack"}),
            json!({"competency": null}),
            "competency",
        ),
        row(
            "signature-cloud-none-left",
            "signature_cloud",
            json!({"incidents": {"signature_cloud": 1}}),
            json!({"incidents": {"signature_cloud": 0}}),
            json!({"incidents": null, "cloud_competency": false}),
            "incidents.signature_cloud",
        ),
        row(
            "product-support-covers",
            "product_support",
            premises(json!({"product_version": "n-1"})),
            premises(json!({"product_version": "older"})),
            premises(json!({"product_version": null})),
            "product_version",
        ),
        row(
            "product-support-competency",
            "product_support",
            premises(json!({"competency": "action_pack"})),
            premises(json!({"competency": "none"})),
            premises(json!({"competency": null})),
            "competency",
        ),
        row(
            "product-support-none-left",
            "product_support",
            premises(no()),
            premises(json!({"incidents": {"product_support": 0}})),
            premises(json!({"incidents": {"signature_cloud": null}})),
            "incidents.product_support",
        ),
        row(
            "designations-not-yet",
            "signature_cloud",
            designated("2022-10-03T00:00:00Z"),
            designated("2022-10-02T23:59:59Z"),
            json!({"competency": "solutions_partner", "at": null}),
            "at",
        ),
        row(
            "designations-not-yet",
            "product_support",
            premises(json!({"competency": "solutions_partner", "at": "2022-10-03T00:00:00Z"})),
            premises(json!({"competency": "solutions_partner", "at": "2022-10-03T00:30:00+01:00"})),
            premises(json!({"competency": "solutions_partner", "at": null})),
            "at",
        ),
        row(
            "asfp-covers",
            "asfp",
            json!({"service": "dynamics365"}),
            premises(no()),
            json!({"service": null}),
            "service",
        ),
        row("asfp-not-held", "asfp", no(), json!({"plans": ["psfp"]}), json!({"plans": null}), "plans"),
        row(
            "asfp-retired",
            "asfp",
            json!({"at": "2026-12-31T23:59:59Z"}),
            json!({"at": "2027-01-01T00:00:00Z"}),
            json!({"at": null}),
            "at",
        ),
        row("psfp-covers", "psfp", premises(no()), json!({"kind": "billing"}), json!({"kind": null}), "kind"),
        row("psfp-not-held", "psfp", no(), json!({"plans": ["asfp"]}), json!({"plans": null}), "plans"),
        row(
            "signature-cloud-50",
            "signature_cloud",
            fifty("solutions_partner"),
            fifty("none"),
            designated("2025-01-01T00:00:00Z"),
            "incidents.signature_cloud",
        ),
        row(
            "signature-cloud-cloud-competency",
            "signature_cloud",
            json!({"incidents": null}),
            json!({"incidents": null, "competency": "none"}),
            json!({"incidents": null, "cloud_competency": null}),
            "cloud_competency",
        ),
        row(
            "signature-cloud-gold",
            "signature_cloud",
            gold_10(),
            json!({"competency": "none"}),
            json!({"cloud_competency": false, "incidents": null}),
            "incidents.signature_cloud",
        ),
        row(
            "signature-cloud-silver",
            "signature_cloud",
            silver_5(),
            json!({"competency": "none"}),
            json!({"competency": null}),
            "competency",
        ),
        row(
            "signature-cloud-designation",
            "signature_cloud",
            designated("2023-06-01T00:00:00Z"),
            designated("2021-06-01T00:00:00Z"),
            json!({"competency": "solutions_partner", "at": null, "incidents": null}),
            "at",
        ),
        row(
            "product-support-gold",
            "product_support",
            premises(no()),
            no(),
            premises(json!({"competency": null})),
            "competency",
        ),
        row(
            "product-support-silver",
            "product_support",
            premises(json!({"competency": "silver"})),
            premises(json!({"competency": "none"})),
            premises(json!({"competency": "silver", "incidents": null})),
            "incidents.product_support",
        ),
        row(
            "product-support-action-pack",
            "product_support",
            premises(json!({"competency": "action_pack"})),
            premises(json!({"competency": "none"})),
            premises(json!({"competency": "action_pack", "incidents": null})),
            "incidents.product_support",
        ),
        row(
            "product-support-designation",
            "product_support",
            premises(json!({"competency": "solutions_partner", "at": "2023-06-01T00:00:00Z"})),
            premises(json!({"competency": "solutions_partner"})),
            premises(json!({"competency": "solutions_partner", "at": null})),
            "at",
        ),
    ]
}

fn rule(id: &str) -> &'static Rule {
    rules::all().rows().iter().find(|rule| rule.id == id).unwrap_or_else(|| panic!("there is no row {id}"))
}

/// The rows that a desk has who knows nothing better, with this one and without it.
fn rules_for(rule: &Rule) -> (Rules, Rules) {
    let is_on = |other: &&Rule| other.verified || other.id == rule.id;
    let rows: Vec<Rule> = rules::all().rows().iter().filter(is_on).cloned().collect();
    let without = rows.iter().filter(|other| other.id != rule.id).cloned().collect();
    (Rules::new(rows), Rules::new(without))
}

#[test]
fn every_row_allows_refuses_and_leaves_open() {
    let table = table();
    for Row { rule: id, vehicle, allows, refuses, open, lack } in &table {
        let rule = rule(id);
        let (rules, without) = rules_for(rule);
        let [allowed, refused, opened] =
            [allows, refuses, open].map(|changes| ask_rules(&rules, &with(changes)));
        assert_eq!(standing(&allowed, vehicle), Standing::Recommended, "{id} allows: {allowed}");
        assert_eq!(standing(&refused, vehicle), Standing::Blocked, "{id} refuses: {refused}");
        match lack {
            Some(lack) => {
                assert_eq!(standing(&opened, vehicle), Standing::Open, "{id} leaves open: {opened}");
                assert!(missing(&opened).contains(lack), "{id} misses {lack}: {opened}");
            }
            None => assert_eq!(opened, allowed, "{id}: an absent field stands for a value"),
        }
        // It is this row that does it: without it, the answer is another.
        let decisive = match rule.says {
            Says::Forbids(_) | Says::Instead(_) => refuses,
            Says::Covers(_) | Says::Includes { .. } => allows,
            Says::Answers { .. } | Says::Names(_) => panic!("{id} has tests of its own"),
        };
        let decisive = with(decisive);
        assert_ne!(
            ask_rules(&rules, &decisive),
            ask_rules(&without, &decisive),
            "{id} changes nothing: {decisive}"
        );
    }
    let tried: BTreeSet<&str> = table.iter().map(|row| row.rule).collect();
    for rule in rules::all().rows() {
        let has_own = matches!(rule.says, Says::Answers { .. } | Says::Names(_));
        assert!(has_own || tried.contains(rule.id.as_str()), "{} is not tried", rule.id);
    }
    println!("{} rows with an allowing, a refusing and an open case each:", tried.len());
    for id in &tried {
        println!("  {id}: {}", rule(id).source);
    }
}

#[test]
fn a_first_response_is_promised_denied_or_open() {
    let scale = [("severity-a", "A", 120), ("severity-b", "B", 240), ("severity-c", "C", 480)];
    for (id, severity, minutes) in scale {
        let (rules, without) = rules_for(rule(id));
        let asked = |changes: Value| with(&changes);
        for vehicle in ["csp_plan", "signature_cloud"] {
            let first = |rules: &Rules, question: &Value| {
                let answer = ask_rules(rules, question);
                let vehicles = answer["vehicles"].as_array().unwrap();
                let found = vehicles.iter().find(|found| found["id"] == vehicle).unwrap();
                (found["first_response_minutes"].clone(), missing(&answer).join(" "))
            };
            for language in ["en", "en-GB", "EN_us"] {
                let promised = asked(json!({"severity": severity, "language": language}));
                assert_eq!(first(&rules, &promised), (json!(minutes), String::new()));
                assert_eq!(first(&without, &promised).0, Value::Null, "{id} changes nothing");
            }
            let denied = asked(json!({"severity": severity, "language": "hu"}));
            assert_eq!(first(&rules, &denied), (Value::Null, String::new()));
            let open = asked(json!({"severity": severity, "language": null}));
            assert_eq!(first(&rules, &open), (Value::Null, "language".to_owned()));
            let open = asked(json!({"severity": null}));
            assert_eq!(first(&rules, &open), (Value::Null, "severity".to_owned()));
        }
    }
    let own = rules::all().rows().iter().filter(|rule| matches!(rule.says, Says::Answers { .. })).count();
    assert_eq!(own, scale.len());
}

#[test]
fn names_change_by_date() {
    let named = |rules: &Rules, at: &str, name: &str| {
        let answer = ask_rules(rules, &with(&json!({"at": at}))).to_string();
        answer.contains(name)
    };
    for (at, program) in [
        ("2021-06-01T10:00:00Z", "Microsoft Partner Network"),
        ("2022-10-02T23:59:59Z", "Microsoft Partner Network"),
        ("2022-10-03T00:00:00Z", "Microsoft Cloud Partner Program"),
        ("2023-09-25T00:00:00Z", "Microsoft Cloud Partner Program"),
        ("2023-09-26T00:00:00Z", "Microsoft AI Cloud Partner Program"),
    ] {
        assert!(named(rules::verified(), at, program), "{at}");
    }
    for (at, grant) in [("2021-06-01T10:00:00Z", "(DAP)"), ("2024-06-01T10:00:00Z", "(GDAP)")] {
        let refused = json!({"service": "microsoft365", "delegated_admin": false, "at": at});
        let answer = ask_rules(rules::verified(), &with(&refused)).to_string();
        assert!(answer.contains(grant), "{answer}");
    }
    for (before, after) in [
        ("Signature Cloud Support: ", "Partner Cloud Support (unverified): "),
        ("Premier Support for Partners (PSfP): ", "Unified for Partners (unverified): "),
    ] {
        for (rules, at, name) in [
            (rules::all(), "2024-12-31T23:59:59Z", before),
            (rules::verified(), "2027-01-01T00:00:00Z", before),
            (rules::all(), "2027-01-01T00:00:00Z", after),
        ] {
            assert!(named(rules, at, name), "{at}: {name}");
        }
    }
    let premises = with(&json!({"service": "on_premises", "at": "2025-01-01T00:00:00Z"}));
    let answer = ask_rules(rules::all(), &premises).to_string();
    assert!(answer.contains("Partner On-premises Support (unverified): "), "{answer}");
}

/// What others report is off, and says that it is not verified where it is on.
#[test]
fn what_is_not_verified_is_shown_as_such() {
    let retired = with(&json!({"at": "2027-01-01T00:00:00Z"}));
    assert_eq!(standing(&ask_rules(rules::verified(), &retired), "asfp"), Standing::Recommended);
    let answer = ask_rules(rules::all(), &retired);
    let asfp = answer["blocked"].as_array().unwrap().iter().find(|blocked| blocked["id"] == "asfp").unwrap();
    assert_eq!(asfp["reasons"], json!(["it is retired (unverified)"]));

    assert!(rules::all().rows().iter().any(|rule| !rule.verified));
    assert!(rules::verified().rows().iter().all(|rule| rule.verified));
}

/// A row that says what it means: nothing in the file is misspelt and passed over, or without a source.
#[test]
fn the_file_is_read_as_it_is_written() {
    let written: Value = serde_json::from_str(include_str!("../../../../../data/vehicles.json")).unwrap();
    assert_eq!(serde_json::to_value(rules::all().rows()).unwrap(), written);
    let ids: BTreeSet<&str> = rules::all().rows().iter().map(|rule| rule.id.as_str()).collect();
    assert_eq!(ids.len(), rules::all().rows().len(), "an id is there twice");
    for rule in rules::all().rows() {
        assert!(rule.source.starts_with("partner-center") == rule.verified, "{}: {}", rule.id, rule.source);
        assert!(rule.valid_from.zip(rule.valid_to).is_none_or(|(from, to)| from < to), "{}", rule.id);
    }
}
