//! R10, from end to end: `serve` reads mailboxes from a real IMAP server that comes and goes.

use serde_json::{Value, json};
use store::Config;
use testkit::dovecot::Dovecot;

use crate::{
    program::Place,
    serving::{Api, Serving, token, until},
};

const PASSWORDS: &str = "ssl = no\npassdb {\n  driver = static\n  args = password=good\n}\n";

fn mail(subject: &str) -> String {
    format!(
        "From: Ada <ada@acme.example>\r\nTo: help@north.example\r\nSubject: {subject}\r\n\
         Message-ID: <{subject}@acme.example>\r\n\r\nPlease help with {subject}.\r\n"
    )
}

/// A mailbox of Dovecot's; its path in the API.
fn add(api: &Api, dovecot: &Dovecot, user: &str, secret: &str) -> String {
    let source = json!({
        "host": "localhost", "port": dovecot.port(), "security": "none", "auth": "password", "user": user,
        "folder": "INBOX",
    });
    let mailbox = json!({
        "address": format!("{user}@north.example"), "name": user, "kind": "technical", "service": "azure",
        "source": source, "secret": secret,
    });
    format!("mailboxes/{}", api.add("mailboxes", &mailbox)["id"].as_str().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn r10_mailboxes_are_read_while_their_server_comes_and_goes() {
    let mut dovecot = match Dovecot::start("serve", PASSWORDS) {
        Ok(dovecot) => dovecot,
        Err(why) => return println!("skipped: {why}"),
    };
    let place = Place::with_desk();
    let url = format!("sqlite:{}", place.path("data/desk.db").display());
    let token = token(&place, &Config { url, owner_url: None, readers: 2 }, "north").await;
    let start = || Serving::start(&place, &[("PARTNERDESK_ALLOW_PRIVATE_HOSTS", "true")]);
    let mut serving = start();
    let api = Api { port: serving.port, token };

    let ada = add(&api, &dovecot, "ada", "good");
    let bo = add(&api, &dovecot, "bo", "bad");
    let health = |path: &str, word: &str| -> Value { api.get(path)["health"][word].clone() };
    dovecot.deliver("ada", &mail("first"));
    dovecot.deliver("bo", &mail("refused"));
    until("the first mail is a ticket", || api.subjects() == ["first"]);
    assert_eq!(dovecot.seen("ada"), 1);
    until("one mailbox is refused", || health(&bo, "trouble") == "auth");
    assert_eq!(dovecot.seen("bo"), 0);
    dovecot.deliver("ada", &mail("idle"));
    until("the other goes on", || api.subjects().len() == 2);

    dovecot.stop();
    until("the cut is seen", || health(&ada, "state") == "failing");
    dovecot.deliver("ada", &mail("cut"));
    dovecot.go_on();
    until("it is read again", || api.subjects().len() == 3);
    until("all is well", || health(&ada, "state") == "current");

    // Every message gets another number: they come again, and are known.
    dovecot.stop();
    dovecot.renumber("ada");
    dovecot.deliver("ada", &mail("renumbered"));
    dovecot.go_on();
    until("what is new is found among them", || api.subjects().len() == 4);

    let change = json!({ "secret": "good" }).to_string();
    assert_eq!(api.ask("PATCH", &bo, "application/json", change.as_bytes()).status, 200);
    until("the right password lets it in", || api.subjects().len() == 5);

    // While the program is away its mail waits at the server.
    serving.process.kill();
    dovecot.deliver("ada", &mail("away"));
    serving = start();
    let api = Api { port: serving.port, ..api };
    until("it goes on where it was", || api.subjects().len() == 6);
    let mut subjects = api.subjects();
    subjects.sort();
    assert_eq!(subjects, ["away", "cut", "first", "idle", "refused", "renumbered"]);
    let inbox = api.get("inbox?state=done");
    assert_eq!(inbox["items"].as_array().unwrap().len(), 6, "each message once");
    assert_eq!((dovecot.seen("ada"), dovecot.seen("bo")), (5, 1));
    assert!(serving.process.terminate().success());
}
