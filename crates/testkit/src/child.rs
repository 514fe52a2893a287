//! A process of its own that works for a desk, so that a test can kill it.

use std::{
    io::{BufRead as _, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
    sync::{Arc, Mutex},
    time::Duration,
};

use app::jobs;
use jiff::Timestamp;
use store::{Config, Store};

use crate::{
    desk::{TestDesk, ok, process},
    fail,
};

const DATABASE: &str = "PARTNERDESK_TEST_CHILD_DATABASE";
const OWNER: &str = "PARTNERDESK_TEST_CHILD_OWNER";
const DIRECTORY: &str = "PARTNERDESK_TEST_CHILD_DIRECTORY";
const NOW: &str = "PARTNERDESK_TEST_CHILD_NOW";
const SIMULATOR: &str = "PARTNERDESK_TEST_CHILD_SIMULATOR";
/// What it says when it begins. The harness of tests speaks too, without ending its line.
const BEGINS: &str = "the child begins";

impl TestDesk {
    /// Has a process of its own do what is due, and kills it so long after it began.
    ///
    /// `test` is the path of an ignored test of this program that calls [`work`].
    pub fn killed_at_work(&self, test: &str, simulator: SocketAddr, after: Duration) {
        let config = self.database().config();
        let mut child = ok(Command::new(ok(std::env::current_exe()))
            .args([test, "--exact", "--ignored", "--nocapture", "--test-threads=1"])
            .env(DATABASE, &config.url)
            .envs(config.owner_url.as_ref().map(|url| (OWNER, url)))
            .env(DIRECTORY, self.directory())
            .env(NOW, self.app.now().to_string())
            .env(SIMULATOR, simulator.to_string())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn());
        let out = child.stdout.take().unwrap_or_else(|| fail("the child has no output"));
        if !BufReader::new(out).lines().map_while(Result::ok).any(|line| line.contains(BEGINS)) {
            fail("the child did not begin");
        }
        std::thread::sleep(after);
        ok(child.kill());
        ok(child.wait());
    }
}

/// Does what is due for the desk of the test that started this process, until it is killed. Its clock stands.
#[expect(clippy::print_stdout, reason = "the test that started it reads that")]
pub async fn work() {
    let told = |name: &str| ok(std::env::var(name));
    let now: Timestamp = ok(told(NOW).parse());
    let config = Config { url: told(DATABASE), owner_url: std::env::var(OWNER).ok(), readers: 2 };
    let store = ok(Store::open(&config).await);
    let network = ok(microsoft::Network::simulator(ok(told(SIMULATOR).parse())));
    let clock = Arc::new(Mutex::new(now));
    let app = process(&store, &clock, Path::new(&told(DIRECTORY)), "http://127.0.0.1:8080", network);
    println!("{BEGINS}");
    loop {
        if ok(jobs::round(&app, "child").await) == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}
