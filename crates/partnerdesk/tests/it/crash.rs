//! R1: the program is killed, again and again, while mail servers hand mail over and hand it over again. Whatever was
//! acknowledged has exactly one effect.
//!
//! 40 rounds on SQLite and 20 on PostgreSQL; `PARTNERDESK_LONG=1` plays 500 and 200. `PARTNERDESK_SEED` repeats a run.

use std::{
    collections::HashMap,
    process::{Command, Stdio},
    time::Duration,
};

use app::{Clock, jobs};
use domain::{access::Reader, id::DeskId};
use jiff::SignedDuration;
use store::{
    Config, Store,
    inbox::{self, Raw, State},
    installation,
    outgoing::{self, Purpose},
    tickets::{self, View},
};
use testkit::db::TestDb;

use crate::{
    program::{Place, Running, feed},
    serving::installation,
};

/// A small generator: the same seed gives the same run.
struct Random(u64);

impl Random {
    fn from_environment() -> Self {
        let given = std::env::var("PARTNERDESK_SEED").ok().and_then(|seed| seed.parse().ok());
        let seed = given.unwrap_or_else(|| u64::from(std::process::id()) ^ 0x9e37_79b9_7f4a_7c15);
        println!("PARTNERDESK_SEED={seed}");
        Self(seed | 1)
    }

    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("PARTNERDESK_LONG").is_some() { long } else { short }
}

/// Each message has a sender of its own: nobody is a flood.
fn message(token: &str, round: usize) -> String {
    format!(
        "From: Ada <ada{round}@acme.example>\r\nTo: help@north.example\r\nSubject: {token}\r\n\
         Message-ID: <{token}@acme.example>\r\n\r\nPlease help with {token}.\r\n"
    )
}

/// Hands a message over as often as it takes, and kills the taker at random; how often it was acknowledged.
fn deliver(place: &Place, random: &mut Random, message: &str) -> usize {
    let mut acknowledged = 0;
    loop {
        let mut pipe = place.program(&["mail", "pipe"]).stdin(Stdio::piped()).spawn().unwrap();
        feed(&mut pipe, message.as_bytes());
        if random.below(2) == 0 {
            std::thread::sleep(Duration::from_micros(random.below(60_000)));
            pipe.kill().unwrap();
        }
        if pipe.wait().unwrap().code() == Some(0) {
            acknowledged += 1;
            // A mail server that was killed before it noted our answer comes again.
            if random.below(4) != 0 {
                return acknowledged;
            }
        }
    }
}

fn serve(place: &Place) -> Running {
    let mut command: Command = place.program(&["serve"]);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    Running::start(command)
}

fn play(place: &Place, rounds: usize) -> Vec<String> {
    let mut random = Random::from_environment();
    let mut server = serve(place);
    let mut tokens = Vec::new();
    for round in 0..rounds {
        let token = format!("token-{round}-{:x}", random.below(u64::MAX));
        assert!(deliver(place, &mut random, &message(&token, round)) > 0);
        tokens.push(token);
        if random.below(3) == 0 {
            std::thread::sleep(Duration::from_millis(random.below(400)));
            server.kill();
            server = serve(place);
        }
    }
    server.kill();
    tokens
}

/// What is left to do is done an hour later, when the leases of the killed have ended; then everything is counted.
async fn check(place: &Place, config: &Config, tokens: &[String]) {
    let hour = SignedDuration::from_hours(1);
    let clock = Clock::new(move || Clock::system().now().checked_add(hour).unwrap());
    let app = installation(place, config, clock).await;
    let store = app.store.clone();
    while jobs::round(&app, "check").await.unwrap() > 0 {}

    let desks =
        store.system_read::<_, store::Error, _>(|tx| Box::pin(installation::desks(tx))).await.unwrap();
    let [desk] = desks.as_slice() else { panic!("one desk") };
    let desk = desk.id;
    let dead =
        store.system_read::<_, store::Error, _>(|tx| Box::pin(store::queue::dead(tx, 10))).await.unwrap();
    assert!(dead.is_empty(), "{dead:?}");

    let raws = inbox_of(&store, desk).await;
    let subjects = subjects(&store, desk).await;
    let acknowledged = acknowledgements(&store, desk).await;
    for token in tokens {
        let of_token: Vec<_> = raws.iter().filter(|raw| raw.subject == *token).collect();
        assert_eq!(of_token.len(), 1, "{token}: rows of the inbox");
        assert_eq!(of_token[0].state, State::Done, "{token}");
        assert_eq!(subjects.get(token), Some(&1), "{token}: tickets");
        let ticket = of_token[0].ticket.unwrap();
        assert_eq!(acknowledged.get(&ticket), Some(&1), "{token}: acknowledgements");
    }
    assert_eq!(raws.len(), tokens.len());
    assert_eq!(subjects.len(), tokens.len());
    assert_eq!(acknowledged.len(), tokens.len());
    drop(app);
    assert!(place.run(&["verify"]).status.success());
}

async fn inbox_of(store: &Store, desk: DeskId) -> Vec<Raw> {
    let mut all = Vec::new();
    for state in State::ALL {
        let page = store.read::<_, store::Error, _>(desk, move |tx| {
            Box::pin(inbox::page(tx, Reader::operator(), *state, None, 10_000))
        });
        all.extend(page.await.unwrap());
    }
    all
}

async fn subjects(store: &Store, desk: DeskId) -> HashMap<String, usize> {
    let (mut count, mut after) = (HashMap::new(), None);
    loop {
        let page = store.read::<_, store::Error, _>(desk, move |tx| {
            Box::pin(tickets::list(tx, View::All, Reader::operator(), after, 500))
        });
        let page = page.await.unwrap();
        let Some(last) = page.last() else { return count };
        after = Some(View::All.key(last));
        for line in page {
            *count.entry(line.subject).or_default() += 1;
        }
    }
}

async fn acknowledgements(store: &Store, desk: DeskId) -> HashMap<domain::id::TicketId, usize> {
    let page = store.read::<_, store::Error, _>(desk, |tx| {
        Box::pin(outgoing::page(tx, Reader::operator(), None, 10_000))
    });
    let mut count = HashMap::new();
    for mail in page.await.unwrap().into_iter().filter(|mail| mail.purpose == Purpose::Acknowledgement) {
        *count.entry(mail.ticket.unwrap()).or_default() += 1;
    }
    count
}

#[tokio::test(flavor = "multi_thread")]
async fn r01_killed_at_any_moment_on_sqlite() {
    let place = Place::with_desk();
    let tokens = play(&place, rounds(40, 500));
    let database = place.path("data/desk.db");
    let verdict = Command::new("sqlite3").arg(&database).arg("PRAGMA integrity_check").output();
    // The command is not on every machine; `store` has the same test with its own library.
    if let Ok(verdict) = verdict {
        assert_eq!(crate::program::text(&verdict.stdout).trim(), "ok");
    }
    let config = Config { url: format!("sqlite:{}", database.display()), owner_url: None, readers: 2 };
    check(&place, &config, &tokens).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn r01_killed_at_any_moment_on_postgres() {
    let db = TestDb::postgres().await;
    let place = Place::new();
    place.on_postgres(db.config());
    let init = ["init", "--desk", "north", "--admin-email", "admin@north.example"];
    let made = place.run(&init);
    assert!(made.status.success(), "{}", crate::program::text(&made.stderr));
    let tokens = play(&place, rounds(20, 200));
    check(&place, db.config(), &tokens).await;
}

#[test]
fn r21_a_second_process_works_when_the_first_is_gone() {
    let place = Place::with_desk();
    let mut first = serve(&place);
    let waits_for = |token: &str, round| {
        assert_eq!(place.code(&["mail", "pipe"], message(token, round).as_bytes()), 0);
        let done = ["inbox", "list", "--state", "done", "--json"];
        while !place.json(&done).iter().any(|raw| raw["subject"] == token) {
            std::thread::sleep(Duration::from_millis(50));
        }
    };
    waits_for("of the first", 1);
    let second = serve(&place);
    waits_for("of one of them", 2);
    first.kill();
    waits_for("of the second", 3);
    assert!(second.terminate().success());
    assert_eq!(place.json(&["inbox", "list", "--json"]).len(), 3);
}
