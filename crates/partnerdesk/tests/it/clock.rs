//! `clock explain`.

use std::{
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

use crate::program::{Place, lines};

const QUESTION: &str = r#"{"calendar":{"timezone":"Europe/Berlin","hours":{"fri":[["09:00","17:00"]],"mon":[["09:00","17:00"]]}},"start":"2026-03-27T16:30:00+01:00","seconds":3600}"#;

#[test]
fn every_question_has_an_answer_and_every_blank_line_none() {
    let input = format!("{QUESTION}\n\n  \nnot json\n{{}}\n\u{0}\n{QUESTION}");
    let mut bytes = input.into_bytes();
    bytes.extend(b"\n\xff\xfe\n");
    let output = Place::new().run_with(&["clock", "explain"], &bytes);
    assert!(output.status.success());
    let answers = lines(&output.stdout);
    assert_eq!(answers.len(), 6);
    // Half an hour is left on Friday; on Monday the clocks have changed.
    for answer in [&answers[0], &answers[4]] {
        assert_eq!(answer["due"], "2026-03-30T07:30:00Z");
        assert_eq!(answer["segments"].as_array().unwrap().len(), 2);
    }
    for answer in [&answers[1], &answers[2], &answers[3], &answers[5]] {
        assert!(answer["error"].is_string(), "{answer}");
    }
}

#[test]
fn an_answer_comes_before_the_next_question() {
    let place = Place::new();
    let mut child = place.program(&["clock", "explain"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut questions = child.stdin.take().unwrap();
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    for _ in 0..3 {
        writeln!(questions, "{QUESTION}").unwrap();
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        assert!(answer.contains("2026-03-30T07:30:00Z"));
    }
    drop(questions);
    assert!(child.wait().unwrap().success());
}
