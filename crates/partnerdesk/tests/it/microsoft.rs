//! `microsoft simulate`: it starts, says how to connect, answers, and ends.

use std::{
    io::{Read, Write},
    net::TcpStream,
};

use crate::program::{Place, Running};

#[test]
fn it_says_how_to_connect_and_answers() {
    let place = Place::new();
    let mut simulator =
        Running::start(place.program(&["microsoft", "simulate", "--port", "0", "--cloud", "china"]));
    let said = simulator.said_until("Ctrl-C");
    let address = said.split("http://").nth(1).unwrap().split('/').next().unwrap();
    assert!(said.contains("(china)") && said.contains("lina@nordwind.example (helpdesk_agent)"), "{said}");

    let word =
        |name: &str| said.lines().find_map(|line| line.trim().strip_prefix(name)).unwrap().trim().to_owned();
    let (tenant, application, secret) = (word("tenant"), word("application"), word("secret"));
    let token = said.lines().find(|line| line.contains("lina@")).unwrap().split_whitespace().next().unwrap();
    let form = format!(
        "grant_type=refresh_token&refresh_token={token}&client_id={application}&client_secret={secret}&resource=x"
    );
    let answer = post(address, &format!("/{tenant}/oauth2/token"), &form);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.contains("access_token"), "{answer}");
    assert!(simulator.terminate().success());
}

#[test]
fn a_seed_that_cannot_be_read_is_said() {
    let place = Place::new();
    place.write("seed.json", "{}");
    let ended = place.run(&["microsoft", "simulate", "--port", "0", "--seed", "seed.json"]);
    assert_eq!(ended.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&ended.stderr).contains("missing field"));
    assert_eq!(place.run(&["microsoft", "simulate", "--cloud", "elsewhere"]).status.code(), Some(2));
}

fn post(address: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    let length = body.len();
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{body}"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}
