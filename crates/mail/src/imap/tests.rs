use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;

use super::*;
use crate::peer::testing::loopback;

mod dovecot;

/// An intake that remembers, and refuses what it is told to.
#[derive(Default)]
pub(super) struct Basket {
    inner: Mutex<Inner>,
}

#[derive(Default)]
struct Inner {
    accepted: Vec<Arrived>,
    progress: Option<Progress>,
    health: Vec<Health>,
    /// Refuse so many more.
    refuse: u32,
    /// Always refuse these.
    poison: BTreeSet<u32>,
}

impl Basket {
    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap()
    }

    fn bodies(&self) -> Vec<String> {
        let text = |m: &Arrived| match &m.content {
            Content::Whole(bytes) => String::from_utf8_lossy(bytes).into_owned(),
            other => format!("{other:?}"),
        };
        self.inner().accepted.iter().map(text).collect()
    }

    fn saw(&self, wanted: Trouble) -> bool {
        let is = |h: &Health| matches!(h, Health::Failing { trouble, .. } if *trouble == wanted);
        self.inner().health.iter().any(is)
    }

    fn current(&self) -> usize {
        self.inner().health.iter().filter(|h| **h == Health::Current).count()
    }
}

impl Intake for Basket {
    async fn accept(&self, message: Arrived) -> Result<(), NotAccepted> {
        let mut inner = self.inner();
        if inner.poison.contains(&message.uid) {
            return Err(NotAccepted("poison".to_owned()));
        }
        if inner.refuse > 0 {
            inner.refuse -= 1;
            return Err(NotAccepted("disk full".to_owned()));
        }
        inner.accepted.push(message);
        Ok(())
    }

    async fn load(&self) -> Result<Option<Progress>, NotAccepted> {
        Ok(self.inner().progress)
    }

    async fn save(&self, progress: Progress) -> Result<(), NotAccepted> {
        self.inner().progress = Some(progress);
        Ok(())
    }

    fn health(&self, health: &Health) {
        self.inner().health.push(health.clone());
    }
}

/// A server with one folder, and with faults.
#[derive(Default)]
struct Fake {
    uid_validity: u32,
    messages: Vec<(u32, String)>,
    seen: BTreeSet<u32>,
    /// Close the connection at the first command that begins so, once.
    cut_at: Option<&'static str>,
    /// Close the connection after so many bytes, once.
    cut_after: Option<usize>,
    /// Answer a command that begins so with this, always.
    answer: Option<(&'static str, String)>,
    /// Announce this size for every message.
    size: Option<u64>,
    commands: Vec<String>,
}

impl Fake {
    fn reply(&mut self, command: &str) -> String {
        if let Some((prefix, answer)) = &self.answer
            && command.starts_with(prefix)
        {
            return answer.clone();
        }
        if command.starts_with("CAPABILITY") {
            return "* CAPABILITY IMAP4rev1 IDLE AUTH=XOAUTH2\r\n\u{1} OK\r\n".to_owned();
        }
        if command.starts_with("SELECT") {
            return format!(
                "* {} EXISTS\r\n* OK [UIDVALIDITY {}] ok\r\n\u{1} OK done\r\n",
                self.messages.len(),
                self.uid_validity
            );
        }
        if let Some(first) = command.strip_prefix("UID SEARCH UID ") {
            let first: u32 = first.split(':').next().unwrap().parse().unwrap();
            let last = self.messages.last().map(|(uid, _)| *uid);
            let found =
                self.messages.iter().map(|(uid, _)| *uid).filter(|uid| *uid >= first || Some(*uid) == last);
            let list: String = found.map(|uid| format!(" {uid}")).collect();
            return format!("* SEARCH{list}\r\n\u{1} OK done\r\n");
        }
        if let Some(rest) = command.strip_prefix("UID FETCH ") {
            let (set, items) = rest.split_once(' ').unwrap();
            let wanted: Vec<u32> = set.split(',').map(|uid| uid.parse().unwrap()).collect();
            let mut out = String::from("* 1 FETCH (FLAGS (\\Seen))\r\n* UNKNOWN extension\r\n");
            for (uid, body) in self.messages.iter().filter(|(uid, _)| wanted.contains(uid)) {
                let size = self.size.unwrap_or(body.len() as u64);
                out += &match items {
                    "(UID RFC822.SIZE)" => format!("* 9 FETCH (UID {uid} RFC822.SIZE {size})\r\n"),
                    "(UID BODY.PEEK[])" => {
                        format!("* 9 FETCH (UID {uid} BODY[] {{{}}}\r\n{body})\r\n", body.len())
                    }
                    _ => {
                        let header = &body[..body.len().min(12)];
                        format!("* 9 FETCH (UID {uid} BODY[HEADER]<0> {{{}}}\r\n{header})\r\n", header.len())
                    }
                };
            }
            return out + "\u{1} OK done\r\n";
        }
        if let Some(rest) = command.strip_prefix("UID STORE ") {
            let set = rest.split_once(' ').unwrap().0;
            self.seen.extend(set.split(',').map(|uid| uid.parse::<u32>().unwrap()));
        }
        "\u{1} OK done\r\n".to_owned()
    }
}

type Shared = Arc<Mutex<Fake>>;

async fn tell(stream: &mut BufReader<TcpStream>, fake: &Shared, reply: &[u8]) -> Option<()> {
    let cut = {
        let mut fake = fake.lock().unwrap();
        let cut = fake.cut_after.take_if(|left| *left < reply.len());
        fake.cut_after = fake.cut_after.map(|left| left - reply.len());
        cut
    };
    stream.write_all(&reply[..cut.unwrap_or(reply.len())]).await.ok()?;
    cut.is_none().then_some(())
}

async fn converse(tcp: TcpStream, fake: Shared) -> Option<()> {
    let mut stream = BufReader::new(tcp);
    tell(&mut stream, &fake, b"* OK hello {3}\r\n").await?;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).await.ok()? == 0 {
            return None;
        }
        let (tag, command) = line.trim_end().split_once(' ')?;
        let (cut, reply) = {
            let mut fake = fake.lock().unwrap();
            fake.commands.push(command.to_owned());
            let cut = fake.cut_at.take_if(|at| command.starts_with(*at)).is_some();
            (cut, fake.reply(command).replace('\u{1}', tag))
        };
        if cut {
            // Half an answer, then nothing.
            stream.write_all(&reply.as_bytes()[..reply.len() / 2]).await.ok()?;
            return None;
        }
        if command == "IDLE" {
            tell(&mut stream, &fake, b"+ idling\r\n").await?;
            let known = fake.lock().unwrap().messages.len();
            for _ in 0..20 {
                tokio::time::sleep(Duration::from_millis(5)).await;
                if fake.lock().unwrap().messages.len() != known {
                    stream.write_all(b"* OK still here\r\n* 9 EXISTS\r\n").await.ok()?;
                    break;
                }
            }
            stream.read_line(&mut line).await.ok()?;
        }
        tell(&mut stream, &fake, reply.as_bytes()).await?;
    }
}

fn limits() -> ImapLimits {
    ImapLimits {
        message: 1000,
        connect: Duration::from_secs(5),
        command: Duration::from_secs(8),
        fetch: Duration::from_secs(8),
        idle: Duration::from_secs(5),
        poll: Duration::from_millis(50),
        retry_min: Duration::from_millis(1),
        retry_max: Duration::from_millis(10),
        intake_retry_max: Duration::from_millis(10),
    }
}

fn config(port: u16) -> ImapConfig {
    ImapConfig {
        host: "localhost".to_owned(),
        port,
        security: Security::None,
        trust: Trust::web(),
        reach: Reach::Anywhere,
        auth: ImapAuth::Password { user: "ada \"x\"".to_owned(), password: Secret::new("p\\w") },
        folder: "INBOX".to_owned(),
        since: None,
        limits: limits(),
    }
}

#[tokio::test]
async fn v84_no_connection_is_made_into_the_own_network() {
    let (listener, port) = loopback().await;
    let basket = Basket::default();
    let config = ImapConfig { reach: Reach::Internet, ..config(port) };
    let heard = tokio::select! {
        heard = listener.accept() => Some(heard),
        () = read_until(config, &basket, |b| b.saw(Trouble::Connect)) => None,
    };
    assert!(heard.is_none(), "{heard:?}");
}

/// Runs a mailbox until `enough`.
async fn read_until(config: ImapConfig, basket: &Basket, enough: impl Fn(&Basket) -> bool) {
    let (stop, stopped) = watch::channel(false);
    let watcher = async {
        let waiting = async {
            while !enough(basket) {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        let result = tokio::time::timeout(Duration::from_secs(10), waiting).await;
        stop.send(true).unwrap();
        assert!(result.is_ok(), "not in time: {:?}", basket.inner().health.last_chunk::<4>());
    };
    tokio::join!(run(config, basket, stopped), watcher);
    assert_eq!(basket.inner().health.last(), Some(&Health::Stopped));
}

async fn start(fake: Fake) -> (u16, Shared) {
    let (listener, port) = loopback().await;
    let shared = Arc::new(Mutex::new(fake));
    let fake = Arc::clone(&shared);
    tokio::spawn(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            tokio::spawn(converse(tcp, Arc::clone(&fake)));
        }
    });
    (port, shared)
}

fn three() -> Fake {
    let messages = [(3, "one"), (7, "two {9}\r\n"), (8, "three")].map(|(uid, b)| (uid, b.to_owned()));
    Fake { uid_validity: 5, messages: messages.to_vec(), ..Fake::default() }
}

fn all_three(basket: &Basket) -> bool {
    basket.current() > 0
}

#[tokio::test]
async fn takes_everything_once_and_marks_it_afterwards() {
    let (port, fake) = start(three()).await;
    let basket = Basket::default();
    read_until(config(port), &basket, all_three).await;
    assert_eq!(basket.bodies(), ["one", "two {9}\r\n", "three"]);
    assert_eq!(basket.inner().progress, Some(Progress { uid_validity: 5, last_uid: 8 }));
    assert_eq!(fake.lock().unwrap().seen, BTreeSet::from([3, 7, 8]));
    let again = Basket::default();
    again.inner().progress = basket.inner().progress;
    read_until(config(port), &again, all_three).await;
    assert!(again.bodies().is_empty());
}

#[tokio::test]
async fn r10_a_cut_at_any_command_loses_and_doubles_nothing() {
    for at in
        ["CAPABILITY", "LOGIN", "SELECT", "UID SEARCH", "UID FETCH 3,7,8", "UID FETCH 7", "UID STORE", "IDLE"]
    {
        let (port, fake) = start(Fake { cut_at: Some(at), ..three() }).await;
        let basket = Basket::default();
        let cut_and_well = |b: &Basket| b.saw(Trouble::Cut) && b.current() > usize::from(at == "IDLE");
        read_until(config(port), &basket, cut_and_well).await;
        let mut bodies = basket.bodies();
        bodies.sort();
        assert_eq!(bodies, ["one", "three", "two {9}\r\n"], "cut at {at}");
        assert_eq!(fake.lock().unwrap().seen, BTreeSet::from([3, 7, 8]), "cut at {at}");
    }
}

#[tokio::test]
async fn r10_a_cut_after_any_byte_loses_and_doubles_nothing() {
    for after in (0..900).step_by(11) {
        let (port, fake) = start(Fake { cut_after: Some(after), ..three() }).await;
        let basket = Basket::default();
        read_until(config(port), &basket, all_three).await;
        let mut bodies = basket.bodies();
        bodies.sort();
        assert_eq!(bodies, ["one", "three", "two {9}\r\n"], "cut after {after}");
        assert_eq!(fake.lock().unwrap().seen, BTreeSet::from([3, 7, 8]), "cut after {after}");
    }
}

#[tokio::test]
async fn v78_a_server_that_repeats_the_secret_does_not_spread_it() {
    let echo = "\u{1} BAD LOGIN \"ada \" canary?\r\n".to_owned();
    let (port, _fake) = start(Fake { answer: Some(("LOGIN", echo)), ..three() }).await;
    let basket = Basket::default();
    let auth = ImapAuth::Password { user: "ada".to_owned(), password: Secret::new("canary") };
    read_until(ImapConfig { auth, ..config(port) }, &basket, |b| b.saw(Trouble::Auth)).await;
    let health = format!("{:?}", basket.inner().health);
    assert!(health.contains("BAD") || health.contains("LOGIN"), "{health}");
    assert!(!health.contains("canary"), "{health}");
}

#[tokio::test]
async fn news_arrive_while_idling() {
    let (port, fake) = start(three()).await;
    let basket = Basket::default();
    let reading = read_until(config(port), &basket, |b| b.bodies().len() == 4);
    let adding = async {
        while basket.current() == 0 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
        fake.lock().unwrap().messages.push((9, "four".to_owned()));
    };
    tokio::join!(reading, adding);
    assert_eq!(basket.bodies()[3], "four");
}

#[tokio::test]
async fn without_idle_it_looks_again() {
    let capability = "* CAPABILITY IMAP4rev1\r\n\u{1} OK\r\n".to_owned();
    let (port, fake) = start(Fake { answer: Some(("CAPABILITY", capability)), ..three() }).await;
    let basket = Basket::default();
    let reading = read_until(config(port), &basket, |b| b.bodies().len() == 4);
    let adding = async {
        tokio::time::sleep(Duration::from_millis(60)).await;
        fake.lock().unwrap().messages.push((9, "four".to_owned()));
    };
    tokio::join!(reading, adding);
    assert!(!fake.lock().unwrap().commands.iter().any(|c| c == "IDLE"));
}

#[tokio::test]
async fn renumbered_folders_are_read_again_from_the_day_of_connection() {
    let (port, fake) = start(three()).await;
    let basket = Basket::default();
    basket.inner().progress = Some(Progress { uid_validity: 4, last_uid: 1000 });
    let since = Some("2026-02-01".parse().unwrap());
    read_until(ImapConfig { since, ..config(port) }, &basket, all_three).await;
    assert_eq!(basket.bodies().len(), 3);
    assert_eq!(basket.inner().progress, Some(Progress { uid_validity: 5, last_uid: 8 }));
    assert!(fake.lock().unwrap().commands.contains(&"UID SEARCH UID 1:* SINCE 1-Feb-2026".to_owned()));
}

#[tokio::test]
async fn r3_what_is_not_accepted_stays_unread_and_comes_again() {
    let (port, fake) = start(three()).await;
    let basket = Basket::default();
    basket.inner().refuse = 7;
    let watch = |b: &Basket| {
        if b.bodies().is_empty() {
            assert!(fake.lock().unwrap().seen.is_empty());
            assert_eq!(b.inner().progress, None);
        }
        b.current() > 0
    };
    read_until(config(port), &basket, watch).await;
    assert!(basket.saw(Trouble::Intake));
    let mut bodies = basket.bodies();
    bodies.sort();
    assert_eq!(bodies, ["one", "three", "two {9}\r\n"]);
}

#[tokio::test]
async fn b1_refused_messages_block_no_others() {
    let messages = (1..=9).map(|uid| (uid, format!("body {uid}"))).collect();
    let (port, fake) = start(Fake { uid_validity: 5, messages, ..Fake::default() }).await;
    let basket = Basket::default();
    basket.inner().poison = BTreeSet::from([2, 3, 4, 5]);
    read_until(config(port), &basket, |b| b.bodies().len() == 5).await;
    // Everything from the first refused one on would come again after a restart.
    assert_eq!(basket.inner().progress, Some(Progress { uid_validity: 5, last_uid: 1 }));
    assert!(fake.lock().unwrap().seen.is_disjoint(&BTreeSet::from([2, 3, 4, 5])));
}

#[tokio::test]
async fn large_messages_are_shown_by_their_header() {
    let mut fake = three();
    fake.messages[1].1 = format!("Subject: big\r\n\r\n{}", "x".repeat(5000));
    let (port, fake) = start(fake).await;
    let basket = Basket::default();
    read_until(config(port), &basket, all_three).await;
    let wanted = Content::TooLarge { size: 5016, header: b"Subject: big".to_vec() };
    assert_eq!(basket.inner().accepted[1].content, wanted);
    let fake = fake.lock().unwrap();
    assert_eq!(fake.seen, BTreeSet::from([3, 8]));
    assert!(!fake.commands.contains(&"UID FETCH 7 (UID BODY.PEEK[])".to_owned()));
}

#[tokio::test]
async fn a_lie_about_the_size_is_noticed_and_blocks_nobody() {
    let mut fake = Fake { size: Some(10), ..three() };
    fake.messages[0].1 = "x".repeat(50_000);
    let (port, _fake) = start(fake).await;
    let basket = Basket::default();
    read_until(config(port), &basket, all_three).await;
    assert!(basket.saw(Trouble::TooMuch));
    let contents: Vec<_> = basket.inner().accepted.iter().map(|m| m.content.clone()).collect();
    assert!(matches!(contents[0], Content::TooLarge { .. }));
    assert_eq!(contents.len(), 3);
}

#[tokio::test]
async fn a_literal_bomb_is_refused_by_its_announcement() {
    let bomb = "* 9 FETCH (UID 3 BODY[] {500000000}\r\n".to_owned();
    let (port, _fake) = start(Fake { answer: Some(("UID FETCH 3 ", bomb)), ..three() }).await;
    let basket = Basket::default();
    read_until(config(port), &basket, all_three).await;
    assert!(basket.saw(Trouble::TooMuch));
    let contents: Vec<_> = basket.inner().accepted.iter().map(|m| m.content.clone()).collect();
    assert!(matches!(contents[0], Content::Unfetchable { .. }), "{contents:?}");
    assert_eq!(contents.len(), 3);
}

#[tokio::test]
async fn what_the_server_withholds_is_handed_over_as_such() {
    let no = "\u{1} NO the message could not be retrieved\r\n".to_owned();
    let (port, _fake) = start(Fake { answer: Some(("UID FETCH 7 ", no)), ..three() }).await;
    let basket = Basket::default();
    read_until(config(port), &basket, all_three).await;
    let last = basket.inner().accepted.iter().find(|m| m.uid == 7).unwrap().content.clone();
    assert!(matches!(last, Content::Unfetchable { reason } if reason.contains("could not be retrieved")));
    assert_eq!(basket.inner().progress, Some(Progress { uid_validity: 5, last_uid: 8 }));
}

#[tokio::test]
async fn expunged_by_others_is_passed_over() {
    let (port, fake) = start(three()).await;
    let sizes =
        "* 9 FETCH (UID 3 RFC822.SIZE 3)\r\n* 9 FETCH (UID 8 RFC822.SIZE 5)\r\n\u{1} OK\r\n".to_owned();
    fake.lock().unwrap().answer = Some(("UID FETCH 3,7,8", sizes));
    let basket = Basket::default();
    read_until(config(port), &basket, all_three).await;
    assert_eq!(basket.bodies(), ["one", "three"]);
    assert_eq!(basket.inner().progress, Some(Progress { uid_validity: 5, last_uid: 8 }));
}

#[tokio::test]
async fn every_trouble_has_its_name() {
    let cases: [(&str, &str, Trouble); 9] = [
        ("LOGIN", "\u{1} NO [AUTHENTICATIONFAILED] no\r\n", Trouble::Auth),
        ("SELECT", "\u{1} NO no such folder\r\n", Trouble::Folder),
        ("SELECT", "\u{1} OK done\r\n", Trouble::Protocol),
        ("SELECT", "* BYE busy\r\n", Trouble::Cut),
        ("SELECT", "other OK done\r\n", Trouble::Protocol),
        ("SELECT", "\0\0\u{fffd}\r\n", Trouble::Protocol),
        ("UID SEARCH", "\u{1} BAD what\r\n", Trouble::Protocol),
        ("UID SEARCH", "", Trouble::Timeout),
        ("UID FETCH", "* 1 FETCH (((((\r\n\u{1} OK\r\n", Trouble::Protocol),
    ];
    for (command, answer, trouble) in cases {
        let (port, _fake) = start(Fake { answer: Some((command, answer.to_owned())), ..three() }).await;
        let basket = Basket::default();
        let mut config = config(port);
        if trouble == Trouble::Timeout {
            config.limits.command = Duration::from_millis(500);
        }
        read_until(config, &basket, |b| b.saw(trouble)).await;
        assert!(basket.bodies().is_empty(), "{command} {answer:?}");
    }
}

#[tokio::test]
async fn an_endless_line_ends() {
    let (port, _fake) =
        start(Fake { answer: Some(("UID SEARCH", "* SEARCH ".repeat(2_000_000))), ..three() }).await;
    let basket = Basket::default();
    let patient = ImapLimits { command: Duration::from_secs(8), ..limits() };
    read_until(ImapConfig { limits: patient, ..config(port) }, &basket, |b| b.saw(Trouble::TooMuch)).await;
}

#[tokio::test]
async fn v92_a_folder_name_is_one_argument() {
    let (port, fake) = start(three()).await;
    let basket = Basket::default();
    let folder = "a\" (x) {99}\\".to_owned();
    read_until(ImapConfig { folder, ..config(port) }, &basket, all_three).await;
    assert!(fake.lock().unwrap().commands.contains(&r#"SELECT "a\" (x) {99}\\""#.to_owned()));
    let breaking = ImapConfig { folder: "a\r\np9 DELETE INBOX".to_owned(), ..config(port) };
    let basket = Basket::default();
    read_until(breaking, &basket, |b| b.saw(Trouble::Folder)).await;
    assert!(!fake.lock().unwrap().commands.iter().any(|c| c.contains("DELETE")));
}

#[tokio::test]
async fn a_server_elsewhere_is_never_asked_in_the_clear() {
    let (port, fake) = start(three()).await;
    let basket = Basket::default();
    let starttls = ImapConfig { security: Security::StartTls, ..config(port) };
    read_until(starttls, &basket, |b| b.saw(Trouble::Tls)).await;
    assert!(!fake.lock().unwrap().commands.iter().any(|c| c.starts_with("LOGIN")));
}

#[test]
fn backoff_doubles_to_its_limit() {
    let (min, max) = (Duration::from_secs(1), Duration::from_secs(300));
    let waits: Vec<u64> = (1..=10).map(|n| backoff(n, min, max, 1.0).as_secs()).collect();
    assert_eq!(waits, [1, 2, 4, 8, 16, 32, 64, 128, 256, 300]);
    assert_eq!(backoff(1, min, max, 0.0), Duration::from_millis(500));
    assert_eq!(backoff(u32::MAX, min, max, 1.0), max);
    assert!((0.0..=1.0).contains(&jitter()));
}
