//! `vehicle advise` and `vehicle rules`.

use crate::program::{Place, lines};

const QUESTION: &str = r#"{"at":"2027-06-01T10:00:00Z","cloud":"commercial","partner":"direct","kind":"technical","topic":"other","break_fix":true,"service":"dynamics365","plans":["asfp"]}"#;

#[test]
fn every_question_has_an_answer_and_every_blank_line_none() {
    let mut input = format!("{QUESTION}\n\n  \nnot json\n{{\"cloud\":1}}\n{{}}\n{QUESTION}").into_bytes();
    input.extend(b"\n\xff\xfe\n");
    let output = Place::new().run_with(&["vehicle", "advise"], &input);
    assert!(output.status.success());
    let answers = lines(&output.stdout);
    assert_eq!(answers.len(), 6);
    for answer in [&answers[0], &answers[4]] {
        assert_eq!(answer["vehicles"][0]["id"], "asfp", "{answer}");
    }
    for answer in [&answers[1], &answers[2], &answers[5]] {
        assert!(answer["error"].is_string(), "{answer}");
    }
    assert_eq!(answers[3]["missing"][0], "at");
}

#[test]
fn what_is_not_verified_is_asked_only_if_told_so() {
    let output = Place::new().run_with(&["vehicle", "advise", "--unverified"], QUESTION.as_bytes());
    let answers = lines(&output.stdout);
    assert_eq!(answers[0]["vehicles"], serde_json::json!([]));
    assert!(answers[0]["blocked"].to_string().contains("it is retired (unverified)"), "{}", answers[0]);
}

#[test]
fn every_rule_is_shown_with_its_source() {
    let output = Place::new().run_with(&["vehicle", "rules"], b"");
    assert!(output.status.success());
    let rules = lines(&output.stdout);
    assert!(rules.iter().all(|rule| rule["source"].is_string() && rule["verified"].is_boolean()));
    assert!(rules.iter().any(|rule| rule["id"] == "reseller-azure" && rule["valid_from"] == "2023-01-01"));
    assert!(rules.iter().any(|rule| rule["verified"] == false));
}
