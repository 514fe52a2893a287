//! `demo`: it starts, shows itself, takes a mail, stops, and starts again with what it had.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::Duration,
};

use serde_json::Value;

use crate::program::{Place, Running};

/// Ports that are free, whatever else runs here.
const START: [&str; 9] =
    ["demo", "--data", "demo", "--port", "0", "--mail-port", "0", "--microsoft-port", "0"];

/// A page of the demo: its whole answer.
fn get(port: u16, path: &str) -> String {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n").unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    String::from_utf8_lossy(&answer).into_owned()
}

/// One mail by SMTP; what was said after each line.
fn send(port: u16, to: &str, subject: &str) -> Vec<String> {
    let stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    let mut said = Vec::new();
    let message = format!("From: Ada <ada@acme.example>\r\nTo: {to}\r\nSubject: {subject}\r\n\r\nHello\r\n.");
    for line in [
        "",
        "HELO test",
        "MAIL FROM:<ada@acme.example>",
        &format!("RCPT TO:<{to}>"),
        "DATA",
        &message,
        "QUIT",
    ] {
        if !line.is_empty() {
            write!(stream, "{line}\r\n").unwrap();
        }
        let mut answer = String::new();
        answers.read_line(&mut answer).unwrap();
        said.push(answer);
    }
    said
}

/// The number behind a text.
fn port(said: &str, before: &str) -> u16 {
    let (_, rest) = said.split_once(before).unwrap();
    rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().unwrap()
}

fn arrived(place: &Place, subject: &str) -> Option<Value> {
    let config =
        ["--config", "desk.toml", "inbox", "list", "--desk", "nordwind", "--state", "done", "--json"];
    place.json(&config).into_iter().find(|raw| raw["subject"] == subject)
}

#[test]
fn a_demo_takes_a_mail_and_keeps_it() {
    let place = Place::new();
    place.write(
        "desk.toml",
        "base_url = 'http://localhost'\ndata_dir = 'demo'\nsecret_file = 'demo/secret'\nkeep_mail = true\n",
    );
    let start = || Running::start(place.program(&START));

    let mut demo = start();
    let said = demo.said_until("Ctrl-C");
    for role in domain::access::Role::ALL {
        assert!(said.contains(&role.word().replace('_', " ")), "{role}: {said}");
    }
    let http = port(&said, "Partnerdesk is at  http://127.0.0.1:");
    assert!(get(http, "/sign-in").starts_with("HTTP/1.1 200"));

    // Microsoft is beside it, and the desk reads there at once.
    let theirs = port(&said, "Microsoft is simulated at  http://127.0.0.1:");
    assert!(get(theirs, "/").contains("Shared mailboxes do not open in Outlook"));
    while !get(theirs, "/simulator/log").contains("/v1.0/admin/serviceAnnouncement/issues") {
        std::thread::sleep(Duration::from_millis(100));
    }

    let mail = port(&said, "Mail comes in on port ");
    let answers = send(mail, "support@nordwind.example", "Smoke");
    assert!(answers[5].starts_with("250"), "{answers:?}");
    assert!(send(mail, "nobody@nordwind.example", "Smoke")[3].starts_with("550"));
    while arrived(&place, "Smoke").is_none() {
        std::thread::sleep(Duration::from_millis(100));
    }
    let pipe = ["--config", "desk.toml", "mail", "pipe", "--recipient", "support+x@nordwind.example"];
    assert_eq!(place.code(&pipe, b"From: a@b.example\r\nSubject: Piped\r\n\r\nHi\r\n"), 0);
    while arrived(&place, "Piped").is_none() {
        std::thread::sleep(Duration::from_millis(100));
    }
    // Somebody who has a connection open and says nothing does not hold it up.
    let idle = TcpStream::connect(("127.0.0.1", http)).unwrap();
    assert!(demo.terminate().success());
    drop(idle);

    let mut demo = start();
    let said = demo.said_until("Ctrl-C");
    assert!(!said.contains("Making the sample data"));
    let theirs = port(&said, "Microsoft is simulated at  http://127.0.0.1:");
    while !get(theirs, "/simulator/log").contains("/v1/servicerequests") {
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(arrived(&place, "Smoke").unwrap()["outcome"], "ticket");
    assert!(demo.terminate().success());
}

#[test]
fn a_demo_that_was_ended_in_the_making_is_made_anew() {
    let place = Place::new();
    let start = || Running::start(place.program(&START));
    let mut demo = start();
    demo.said_until("Making the sample data");
    std::thread::sleep(Duration::from_millis(700));
    demo.kill();
    assert!(crate::program::exists(&place.path("demo/unfinished")));
    let mut demo = start();
    demo.said_until("Ctrl-C");
    assert!(!crate::program::exists(&place.path("demo/unfinished")));
    assert!(demo.terminate().success());
}
