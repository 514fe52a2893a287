//! R6, R7: PostgreSQL goes away, cuts connections, and is locked, while programs hand mail over without a pause.
//! Nobody who was told "taken" has lost anything, everybody else is told to come again, and it goes on by itself.

use std::{
    collections::HashMap,
    os::unix::net::UnixListener,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use testkit::db::Cluster;

use crate::{
    program::{Place, text},
    serving::{Api, Serving, token, until},
};

/// How many programs hand mail over.
const PROGRAMS: usize = 4;

/// What the programs were told.
#[derive(Default)]
struct Told {
    over: AtomicBool,
    taken: Mutex<Vec<String>>,
    refused: AtomicUsize,
    otherwise: Mutex<Vec<String>>,
}

impl Told {
    fn taken(&self) -> usize {
        self.taken.lock().unwrap().len()
    }

    fn refused(&self) -> usize {
        self.refused.load(Ordering::Relaxed)
    }
}

/// Hands one mail over after the other, each with its own sender and subject, until it is over.
fn program(api: Api, name: usize, told: Arc<Told>) -> JoinHandle<()> {
    thread::spawn(move || {
        for number in 0.. {
            if told.over.load(Ordering::Relaxed) {
                return;
            }
            let subject = format!("mail-{name}-{number}");
            let mail = format!("From: {subject}@acme.example\r\nSubject: {subject}\r\n\r\nHello\r\n");
            let answer = api.ask("POST", "inbox", "message/rfc822", mail.as_bytes());
            match (answer.status, answer.retry_after) {
                (202, _) => told.taken.lock().unwrap().push(subject),
                (503, Some(1..)) => drop(told.refused.fetch_add(1, Ordering::Relaxed)),
                (status, _) => told.otherwise.lock().unwrap().push(format!("{status} {}", answer.body)),
            }
        }
    })
}

/// Listens in the place of a server that is away; how often somebody tried to connect, for so long.
fn count_attempts(cluster: &Cluster, time: Duration) -> usize {
    drop(std::fs::remove_file(cluster.socket()));
    let listener = UnixListener::bind(cluster.socket()).unwrap();
    // Any user may try.
    let everybody = std::os::unix::fs::PermissionsExt::from_mode(0o777);
    std::fs::set_permissions(cluster.socket(), everybody).unwrap();
    listener.set_nonblocking(true).unwrap();
    let begin = Instant::now();
    let mut attempts = 0;
    while begin.elapsed() < time {
        match listener.accept() {
            Ok(_) => attempts += 1,
            Err(_) => thread::sleep(Duration::from_millis(10)),
        }
    }
    std::fs::remove_file(cluster.socket()).unwrap();
    attempts
}

#[tokio::test(flavor = "multi_thread")]
async fn r06_r07_postgres_goes_away_and_comes_back() {
    let mut cluster = Cluster::start(&[]).await;
    let database = cluster.database().await;
    let place = Place::new();
    place.on_postgres(&database);
    let made = place.run(&["init", "--desk", "north", "--admin-email", "admin@north.example"]);
    assert!(made.status.success(), "{}", text(&made.stderr));
    let token = token(&place, &database, "north").await;
    let serving = Serving::start(&place, &[]);
    let api = Api { port: serving.port, token };
    let told = Arc::new(Told::default());
    let programs: Vec<_> = (0..PROGRAMS).map(|name| program(api.clone(), name, Arc::clone(&told))).collect();
    let goes_on = || {
        let before = told.taken();
        until("mail is taken again", || told.taken() > before + 2 * PROGRAMS);
    };
    goes_on();

    // R6: it is gone, without a farewell.
    cluster.crash();
    let before = told.refused();
    until("everybody is told to come again", || told.refused() >= before + 2 * PROGRAMS);
    let time = Duration::from_secs(5);
    let attempts = count_attempts(&cluster, time);
    assert!((1..=7).contains(&attempts), "{attempts} attempts to connect in {time:?}");
    cluster.go_on().await;
    goes_on();

    // R6: connections are cut in the middle of what they do.
    let admin = cluster.admin(&database).await;
    for _ in 0..20 {
        let cut =
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'partnerdesk'";
        admin.batch_execute(cut).await.unwrap();
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    goes_on();

    // R7: somebody holds a lock.
    let before = told.refused();
    admin.batch_execute("BEGIN; LOCK TABLE inbox IN ACCESS EXCLUSIVE MODE").await.unwrap();
    until("nobody waits for ever", || told.refused() >= before + PROGRAMS);
    admin.batch_execute("ROLLBACK").await.unwrap();
    goes_on();

    told.over.store(true, Ordering::Relaxed);
    for program in programs {
        program.join().unwrap();
    }
    assert!(told.otherwise.lock().unwrap().is_empty(), "{:?}", told.otherwise.lock().unwrap());
    println!("{} taken, {} refused", told.taken(), told.refused());
    until("all of it is processed", || api.get("inbox/standing")["waiting"] == 0);
    assert_eq!(api.get("inbox/standing")["quarantined"], 0);
    let mut tickets: HashMap<String, usize> = HashMap::new();
    api.subjects().into_iter().for_each(|subject| *tickets.entry(subject).or_default() += 1);
    for subject in told.taken.lock().unwrap().iter() {
        assert_eq!(tickets.get(subject), Some(&1), "{subject} was taken");
    }
    assert!(tickets.values().all(|count| *count == 1), "once, whoever came again");
    assert!(serving.process.terminate().success());
    assert!(place.run(&["verify"]).status.success());
}
