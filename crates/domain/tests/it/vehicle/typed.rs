//! What `partnerdesk vehicle advise` answers to what people and programs type.

use domain::vehicle::{question, rules};
use serde_json::{Value, json};

use super::ask;

fn answer(line: &str) -> Option<Value> {
    question::answer(rules::verified(), line).map(|answer| serde_json::from_str(&answer).unwrap())
}

#[track_caller]
fn check_refused(line: &str, reason: &str) {
    let found = answer(line).unwrap();
    let error = found["error"].as_str().unwrap_or_else(|| panic!("{line:.300} is answered with {found}"));
    assert!(error.contains(reason), "{line:.300}: {error} instead of {reason}");
    assert_eq!(found.as_object().unwrap().len(), 1);
}

#[test]
fn the_answer_has_one_shape() {
    let line = r#"{"at":"2021-06-01T10:00:00Z","cloud":"commercial","partner":"direct","kind":"technical","topic":"other",
        "break_fix":true,"service":"azure","severity":"B","language":"en","competency":"silver","cloud_competency":false,
        "plans":[],"incidents":{"signature_cloud":4}}"#;
    let found = question::answer(rules::verified(), &line.replace('\n', " ")).unwrap();
    let wanted = concat!(
        r#"{"vehicles":[{"id":"csp_plan","consumes":0,"first_response_minutes":240,"reasons":["#,
        r#""Cloud Solution Provider support: break-fix of Azure, included for direct bill partners and indirect providers; a request in the Azure portal with the plan \"Cloud Solution Provider\"","#,
        r#""severity B is answered within four hours in English"],"#,
        r#""source":"partner-center: report-problems-on-behalf-of-a-customer, Submit a service request in Microsoft Azure (2021; 23 September 2023)"},"#,
        r#"{"id":"signature_cloud","consumes":1,"first_response_minutes":240,"reasons":["#,
        r#""Signature Cloud Support: break-fix of Azure, a benefit of the Microsoft Partner Network","#,
        r#""5 incidents with another silver competency","it takes one of the incidents that are left: 4","#,
        r#""severity B is answered within four hours in English"],"#,
        r#""source":"partner-center: mpn-benefits-technical-support, Signature Cloud Support (2021; 27 March 2023)"}],"#,
        r#""blocked":[{"id":"commercial","reasons":["it is for billing and subscriptions, included for every partner"]},"#,
        r#"{"id":"product_support","reasons":["it is for software on own machines, the current version and, in its mainstream support, the one before; a benefit of the Microsoft Partner Network"]},"#,
        r#"{"id":"asfp","reasons":["the plan is not held"]},{"id":"psfp","reasons":["the plan is not held"]}],"#,
        r#""instead":null,"missing":[]}"#
    );
    assert_eq!(found, wanted);
}

/// What the book shows is what comes out.
#[test]
fn the_examples_in_the_book_are_real() {
    let book = include_str!("../../../../../docs/vehicles.md");
    let (_, example) = book.split_once("advise <<'END'\n").unwrap();
    let (questions, rest) = example.split_once("END\n").unwrap();
    let (answers, _) = rest.split_once("```").unwrap();
    let found: String =
        questions.lines().map(|line| question::answer(rules::verified(), line).unwrap() + "\n").collect();
    assert_eq!(found, answers);
}

#[test]
fn a_blank_line_has_no_answer() {
    for line in ["", " ", "\t\r\n", "\u{a0}\u{2003}"] {
        assert_eq!(answer(line), None, "{line:?}");
    }
}

/// Nothing is known, so nothing is said, but what would have to be known.
#[test]
fn an_empty_question_has_an_answer() {
    let found = ask(&json!({}));
    assert_eq!(
        (&found["vehicles"], &found["blocked"], &found["instead"]),
        (&json!([]), &json!([]), &Value::Null)
    );
    let wanted = json!([
        "at",
        "cloud",
        "partner",
        "kind",
        "topic",
        "break_fix",
        "service",
        "product_version",
        "competency",
        "cloud_competency",
        "plans",
        "incidents.product_support",
        "incidents.signature_cloud",
        "delegated_admin",
        "provider_azure_access",
    ]);
    assert_eq!(found["missing"], wanted);
}

#[test]
fn a_field_that_is_null_is_absent() {
    let fields = [
        "at",
        "cloud",
        "partner",
        "kind",
        "topic",
        "break_fix",
        "service",
        "product_version",
        "severity",
        "language",
        "competency",
        "cloud_competency",
        "plans",
        "incidents",
        "delegated_admin",
        "provider_azure_access",
        "security_report",
        "sold_by_us",
    ];
    for field in fields {
        assert_eq!(ask(&json!({ field: null })), ask(&json!({})), "{field}");
    }
}

#[test]
fn a_line_that_is_no_question_is_refused() {
    let deep = "[".repeat(100_000);
    for (line, reason) in [
        ("nonsense", "expected"),
        ("{", "EOF"),
        ("{} {}", "trailing"),
        ("[]", "expected an object"),
        (r#"["2021-06-01T10:00:00Z","commercial"]"#, "expected an object"),
        ("null", "expected an object"),
        ("1", "expected an object"),
        ("NaN", "expected value"),
        ("\u{0}", "expected value"),
        (&deep, "expected an object"),
        (r#"{"competancy":"gold"}"#, "unknown field `competancy`"),
        (r#"{"cloud":"china","cloud":"commercial"}"#, "duplicate field"),
        (r#"{"at":"2021-06-01"}"#, "is not an instant"),
        (r#"{"at":"2021-06-31T10:00:00Z"}"#, "is not an instant"),
        (r#"{"at":"2021-06-01T10:00:00"}"#, "is not an instant"),
        (r#"{"at":"NaN"}"#, "is not an instant"),
        (r#"{"at":1622541600}"#, "invalid type"),
        (r#"{"at":NaN}"#, "expected value"),
        (r#"{"cloud":"mars"}"#, "unknown variant `mars`"),
        (r#"{"partner":"indirect"}"#, "unknown variant"),
        (r#"{"kind":"Billing"}"#, "unknown variant"),
        (r#"{"topic":""}"#, "unknown variant"),
        (r#"{"service":"on-premises"}"#, "unknown variant"),
        (r#"{"product_version":"n-2"}"#, "unknown variant"),
        (r#"{"severity":"a"}"#, "unknown variant"),
        (r#"{"competency":"platinum"}"#, "unknown variant"),
        (r#"{"plans":["unified"]}"#, "unknown variant"),
        (r#"{"plans":"asfp"}"#, "invalid type"),
        (r#"{"plans":[null]}"#, "expected value"),
        (r#"{"language":"English"}"#, "is not a language"),
        (r#"{"language":"e n"}"#, "is not a language"),
        (r#"{"language":"en-"}"#, "is not a language"),
        (r#"{"language":""}"#, "is not a language"),
        (r#"{"incidents":[3,null]}"#, "expected an object"),
        (r#"{"incidents":{"asfp":1}}"#, "unknown field"),
        (r#"{"incidents":{"signature_cloud":-1}}"#, "invalid value"),
        (r#"{"incidents":{"signature_cloud":1.5}}"#, "invalid type"),
        (r#"{"incidents":{"signature_cloud":"3"}}"#, "invalid type"),
        (r#"{"incidents":{"signature_cloud":1e999}}"#, "number out of range"),
        (r#"{"incidents":{"product_support":1,"product_support":2}}"#, "duplicate field"),
        (r#"{"break_fix":"true"}"#, "invalid type"),
        (r#"{"break_fix":1}"#, "invalid type"),
        (r#"{"security_report":0}"#, "invalid type"),
    ] {
        check_refused(line, reason);
    }
}

/// Every field in turn gets a value of every wrong type.
#[test]
fn a_value_of_a_wrong_type_is_refused() {
    let words = [
        "at",
        "cloud",
        "partner",
        "kind",
        "topic",
        "service",
        "product_version",
        "severity",
        "language",
        "competency",
    ];
    let flags = [
        "break_fix",
        "cloud_competency",
        "delegated_admin",
        "provider_azure_access",
        "security_report",
        "sold_by_us",
    ];
    let odd = [
        json!(0),
        json!(-1.5),
        json!(u64::MAX),
        json!("\u{0}"),
        json!("ÿ"),
        json!([]),
        json!([[]]),
        json!({}),
    ];
    let refused = |field: &str, value: &Value| check_refused(&json!({ field: value }).to_string(), "");
    for value in &odd {
        words.iter().chain(&flags).for_each(|field| refused(field, value));
        if *value != json!([]) {
            refused("plans", value);
        }
        if *value != json!({}) {
            refused("incidents", value);
        }
        if !value.is_u64() {
            refused("incidents", &json!({ "product_support": value }));
        }
    }
    words.iter().chain(&["plans", "incidents"]).for_each(|field| refused(field, &json!(true)));
    flags.iter().for_each(|field| refused(field, &json!("true")));
}

#[test]
fn the_largest_count_and_the_ends_of_time_have_answers() {
    let changes =
        json!({"service": "on_premises", "kind": "technical", "incidents": {"product_support": u64::MAX}});
    ask(&changes);
    for at in ["-009999-01-02T01:59:59Z", "0001-01-01T00:00:00Z", "9999-12-30T22:00:00Z"] {
        let line = json!({ "at": at }).to_string();
        assert!(answer(&line).unwrap().is_object());
    }
}
