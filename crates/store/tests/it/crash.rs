//! Programs that are killed, and several on one file.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use rusqlite::Connection;
use store::{Config, Error, Store, params};
use testkit::db::TestDb;

use crate::{PUT, desk};

const FILE: &str = "STORE_TEST_CHILD_FILE";
const NAME: &str = "STORE_TEST_CHILD_NAME";

/// Writes until it is killed, from several tasks, and says each name that was answered.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "the child of the other tests"]
async fn child() {
    let (file, name) = (std::env::var(FILE).unwrap(), std::env::var(NAME).unwrap());
    let config = Config { url: format!("sqlite:{file}"), owner_url: None, readers: 1 };
    let store = Store::open(&config).await.unwrap();
    let write = async |task: u32| {
        for i in 0.. {
            let row = format!("{name}-{task}-{i}");
            let put = row.clone();
            let put = store.write::<_, Error, _>(desk(1), move |tx| {
                let put = put.clone();
                Box::pin(async move { tx.execute(&PUT, params![put, 1]).await })
            });
            put.await.unwrap();
            println!("{row}");
        }
    };
    futures_util::future::join_all((0..4).map(write)).await;
}

fn spawn(file: &Path, name: &str) -> Child {
    Command::new(std::env::current_exe().unwrap())
        .args(["crash::child", "--exact", "--ignored", "--nocapture", "--test-threads=1"])
        .env(FILE, file)
        .env(NAME, name)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

/// Lets children write for a while, and until each is sure of that many names, however busy the machine is. Then kills
/// them, and answers the names that they were sure of.
fn killed_after(children: Vec<Child>, time: Duration, each: usize) -> Vec<String> {
    let readers: Vec<_> = children
        .into_iter()
        .map(|mut child| {
            let out = BufReader::new(child.stdout.take().unwrap());
            let (enough, is_enough) = std::sync::mpsc::channel();
            let reader = std::thread::spawn(move || -> Vec<String> {
                let lines = out.lines().map_while(Result::ok);
                // The harness speaks too; a last line without its end was never said.
                let mut said = Vec::new();
                for line in lines.filter(|line| line.starts_with("child")) {
                    said.push(line);
                    if said.len() == each {
                        enough.send(()).unwrap();
                    }
                }
                said
            });
            (child, reader, is_enough)
        })
        .collect();
    std::thread::sleep(time);
    let mut said = Vec::new();
    for (_, _, is_enough) in &readers {
        is_enough.recv_timeout(Duration::from_secs(120)).expect("the child writes");
    }
    for (mut child, reader, _is_enough) in readers {
        child.kill().unwrap();
        child.wait().unwrap();
        said.extend(reader.join().unwrap());
    }
    said
}

fn check(file: &Path, said: &[String]) {
    let connection = Connection::open(file).unwrap();
    let verdict: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(verdict, "ok");
    let mut find = connection.prepare("SELECT 1 FROM numbers WHERE name = ?1").unwrap();
    for name in said {
        assert!(find.exists([name]).unwrap(), "{name} was answered and is lost");
    }
}

#[tokio::test]
async fn what_was_answered_outlives_kill_9() {
    let db = TestDb::sqlite().await;
    let file = db.path().unwrap();
    let mut said = Vec::new();
    for round in 0..20 {
        let child = spawn(&file, &format!("child{round}"));
        said.extend(killed_after(vec![child], Duration::from_millis(60 + 7 * round), 2));
        check(&file, &said);
    }
}

#[tokio::test]
async fn programs_share_a_file() {
    let db = TestDb::sqlite().await;
    let file = db.path().unwrap();
    let children = vec![spawn(&file, "child-a"), spawn(&file, "child-b")];
    let killed = std::thread::spawn(move || killed_after(children, Duration::from_millis(1500), 10));
    for i in 0..50 {
        let put = db.store().write::<_, Error, _>(desk(1), move |tx| {
            Box::pin(async move { tx.execute(&PUT, params![format!("parent-{i}"), 1]).await })
        });
        assert_eq!(put.await, Ok(1), "while others write");
    }
    check(&file, &killed.join().unwrap());
}

#[tokio::test]
async fn the_file_is_its_owners() {
    let db = TestDb::sqlite().await;
    let file = db.path().unwrap().with_file_name("new.db");
    let config = Config { url: format!("sqlite:{}", file.display()), owner_url: None, readers: 1 };
    Store::migrate(&config).await.unwrap();
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&file).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600);
}
