//! `serve` in a place of its own, and a program that talks to its API.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    time::{Duration, Instant},
};

use app::{App, Clock, post, tokens};
use domain::access::{Role, Scope};
use serde_json::Value;
use store::{Config, Store};

use crate::program::{Place, Running};

/// Longer than anything takes on a machine that does much else.
const PATIENCE: Duration = Duration::from_secs(60);

/// The installation of a place, as another process sees it.
pub(crate) async fn installation(place: &Place, config: &Config, clock: Clock) -> App {
    let store = Store::open(config).await.unwrap();
    let told = app::Config {
        base_url: "http://localhost".into(),
        data_dir: place.path("data"),
        post: post::Route::Keep,
        max_message: 1 << 20,
        allow_private_hosts: true,
        trusted_proxies: Vec::new(),
        microsoft: app::microsoft::Network::direct(),
    };
    App::new(store, clock, told, place.read("partnerdesk.secret").trim().as_bytes()).unwrap()
}

/// A token with which a program may do everything in a desk.
pub(crate) async fn token(place: &Place, config: &Config, desk: &str) -> String {
    let app = installation(place, config, Clock::system()).await;
    let desks = app.store.system_read::<_, store::Error, _>(|tx| Box::pin(store::installation::desks(tx)));
    let desk = desks.await.unwrap().into_iter().find(|known| known.slug == desk).unwrap().id;
    let agent = testkit::add_agent(&app, desk, "Program", &[Role::GlobalAdmin]).await;
    let new =
        tokens::NewToken { agent: None, name: "tests".into(), scopes: Scope::ALL.to_vec(), expires_at: None };
    tokens::create(&app, &agent, new).await.unwrap().secret
}

/// A running `serve`.
pub(crate) struct Serving {
    pub(crate) process: Running,
    pub(crate) port: u16,
}

impl Serving {
    /// Starts it with these variables, and waits until it answers.
    pub(crate) fn start(place: &Place, variables: &[(&str, &str)]) -> Self {
        let mut command = place.program(&["serve"]);
        command.envs(variables.iter().copied()).env("PARTNERDESK_HTTP_LISTEN", "127.0.0.1:0");
        let mut process = Running::start(command);
        let mut log = BufReader::new(process.log());
        let mut said = String::new();
        while !said.contains("Started") {
            assert!(log.read_line(&mut said).unwrap() > 0, "it did not start: {said}");
        }
        // Read on, so that it never waits for its log to be read.
        std::thread::spawn(move || std::io::copy(&mut log, &mut std::io::sink()));
        let (_, port) = said.split_once("Answering HTTP address=127.0.0.1:").unwrap();
        let port = port.lines().next().unwrap().trim().parse().unwrap();
        Self { process, port }
    }
}

/// A program that talks to the API.
#[derive(Clone)]
pub(crate) struct Api {
    pub(crate) port: u16,
    pub(crate) token: String,
}

/// What the API said.
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) retry_after: Option<u32>,
    pub(crate) body: Value,
}

impl Api {
    pub(crate) fn get(&self, path: &str) -> Value {
        let answer = self.ask("GET", path, "application/json", b"");
        assert_eq!(answer.status, 200, "{path}: {}", answer.body);
        answer.body
    }

    /// Adds something.
    pub(crate) fn add(&self, path: &str, body: &Value) -> Value {
        let answer = self.ask("POST", path, "application/json", body.to_string().as_bytes());
        assert_eq!(answer.status, 201, "{path}: {}", answer.body);
        answer.body
    }

    pub(crate) fn ask(&self, method: &str, path: &str, content_type: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let head = format!(
            "{method} /api/v1/{path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {}\r\nIf-Match: *\r\n\
             Content-Type: {content_type}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            self.token,
            body.len()
        );
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let header = |name: &str| {
            let lines = head.lines().filter_map(|line| line.split_once(": "));
            lines.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value).next()
        };
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            retry_after: header("Retry-After").map(|seconds| seconds.parse().unwrap()),
            body: serde_json::from_str(body).unwrap_or(Value::Null),
        }
    }

    /// How often each subject stands among the tickets.
    pub(crate) fn subjects(&self) -> Vec<String> {
        let mut subjects = Vec::new();
        let mut path = "tickets?limit=100".to_owned();
        loop {
            let page = self.get(&path);
            let items = page["items"].as_array().unwrap();
            subjects.extend(items.iter().map(|ticket| ticket["subject"].as_str().unwrap().to_owned()));
            match page["next"].as_str() {
                Some(next) => path = format!("tickets?limit=100&cursor={next}"),
                None => return subjects,
            }
        }
    }
}

/// Waits until it is so; a test that waits for ever says for what.
pub(crate) fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "in vain: {what}");
        std::thread::sleep(Duration::from_millis(100));
    }
}
