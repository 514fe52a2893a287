//! Vehicles: every row of the rules, random questions against an oracle, and what people type.

mod asked;
mod oracle;
mod random;
mod rows;
mod typed;
mod wallet;
mod ways;

use domain::vehicle::{question, rules};
use serde_json::Value;

/// What the rules that are on say to a question.
#[track_caller]
fn ask(question: &Value) -> Value {
    ask_rules(rules::verified(), question)
}

#[track_caller]
fn ask_rules(rules: &rules::Rules, question: &Value) -> Value {
    let answer = question::answer(rules, &question.to_string()).unwrap();
    let answer: Value = serde_json::from_str(&answer).unwrap();
    assert!(answer["error"].is_null(), "{question}: {answer}");
    answer
}

/// Where a vehicle stands in an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Recommended,
    Blocked,
    Open,
}

#[track_caller]
fn standing(answer: &Value, id: &str) -> Standing {
    let lists =
        |list: &str| answer[list].as_array().unwrap().iter().filter(|vehicle| vehicle["id"] == id).count();
    match (lists("vehicles"), lists("blocked")) {
        (1, 0) => Standing::Recommended,
        (0, 1) => Standing::Blocked,
        (0, 0) => Standing::Open,
        _ => panic!("{id} is there more than once: {answer}"),
    }
}

fn missing(answer: &Value) -> Vec<&str> {
    answer["missing"].as_array().unwrap().iter().map(|lack| lack.as_str().unwrap()).collect()
}
