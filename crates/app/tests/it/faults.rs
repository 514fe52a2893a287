//! What goes wrong outside, and what stays right.

use std::{path::PathBuf, process::Command};

use app::{App, Clock, Config, Error, desks, intake, jobs, post};
use domain::{
    lang::Lang,
    party::DeskKind,
    ticket::intake::{Outcome, Why},
};
use jiff::SignedDuration;
use store::{Store, inbox::State};
use testkit::{TestDesk, on_both};

on_both! {
    async fn r14_what_cannot_be_read_is_parked_and_holds_up_nobody(db) {
        let desk = TestDesk::new(db).await;
        let large = format!("From: a@b.test\nSubject: Large\nMessage-ID: <l@b.test>\n\n{}\n", "word ".repeat(40_000));
        let way = intake::Way::Api;
        let envelope = intake::Envelope::default();
        let kept = intake::accept(&desk.app, desk.desk, &way, envelope, large.clone().into_bytes()).await.unwrap();
        // Its content lies in a file, because it is large: the file is lost.
        let file = find_file(&desk.directory().join("blobs"));
        let away = file.with_extension("away");
        std::fs::rename(&file, &away).unwrap();
        desk.run_jobs().await;
        for _ in 0..5 {
            desk.pass(SignedDuration::from_mins(1)).await;
        }
        let parked = intake::list(&desk.app, &desk.admin, State::Quarantined, None, 10).await.unwrap();
        assert_eq!((parked.len(), parked[0].id, parked[0].why), (1, kept.id, Some(Why::Unreadable)));
        let next = desk.mail_from("ada@acme.test", "The next one", "is not held up").await;
        assert_eq!(next.outcome, Some(Outcome::Ticket));

        std::fs::rename(&away, &file).unwrap();
        intake::retry(&desk.app, &desk.admin, kept.id).await.unwrap();
        desk.run_jobs().await;
        let done = intake::list(&desk.app, &desk.admin, State::Done, None, 10).await.unwrap();
        assert!(done.iter().any(|m| m.id == kept.id && m.outcome == Some(Outcome::Ticket)), "{done:?}");
    }

    async fn r15_what_is_too_large_is_refused_before_it_is_kept(db) {
        let desk = TestDesk::new(db).await;
        let huge = vec![b'x'; desk.app.config.max_message + 1];
        let refused = intake::accept(&desk.app, desk.desk, &intake::Way::Api, intake::Envelope::default(), huge).await;
        assert_eq!(refused.unwrap_err().code(), "too-large");
        let head = b"From: a@b.test\r\nSubject: 200 MB\r\n\r\n".to_vec();
        intake::accept_too_large(&desk.app, desk.desk, &intake::Way::Api, head).await.unwrap();
        let parked = intake::list(&desk.app, &desk.admin, State::Quarantined, None, 10).await.unwrap();
        assert_eq!(parked[0].why, Some(Why::TooLarge));
    }
}

fn find_file(directory: &std::path::Path) -> PathBuf {
    let path = std::fs::read_dir(directory).unwrap().next().unwrap().unwrap().path();
    if path.is_dir() { find_file(&path) } else { path }
}

/// A small disk of its own, gone with the test.
struct SmallDisk(PathBuf);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let place = std::env::temp_dir().join(format!("partnerdesk-small-disk-{}", std::process::id()));
        std::fs::create_dir_all(&place).unwrap();
        let mounted = Command::new("mount")
            .args(["-t", "tmpfs", "-o", "size=6m", "tmpfs"])
            .arg(&place)
            .output()
            .is_ok_and(|o| o.status.success());
        let disk = SmallDisk(place);
        mounted.then_some(disk)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        drop(Command::new("umount").arg("-l").arg(&self.0).output());
        drop(std::fs::remove_dir(&self.0));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn r3_a_full_disk_refuses_and_recovers() {
    let Some(disk) = SmallDisk::mount() else {
        println!("skipped: a disk of a test's own can only be mounted by root");
        return;
    };
    let url = format!("sqlite:{}", disk.0.join("desk.db").display());
    let config = store::Config { url, owner_url: None, readers: 2 };
    Store::migrate(&config).await.unwrap();
    let installation = Config {
        base_url: "http://desk.test".into(),
        data_dir: disk.0.clone(),
        post: post::Route::Keep,
        max_message: 1 << 20,
        allow_private_hosts: true,
        trusted_proxies: Vec::new(),
        microsoft: app::microsoft::Network::direct(),
    };
    let app = App::new(Store::open(&config).await.unwrap(), Clock::system(), installation, &[7; 32]).unwrap();
    let new = desks::NewDesk {
        slug: "small".into(),
        name: "Small".into(),
        kind: DeskKind::DirectBill,
        lang: Lang::En,
        timezone: "UTC".into(),
        admin_name: "Admin".into(),
        admin_email: "admin@small.test".into(),
        password: Some("correct horse battery".into()),
    };
    let desk = desks::create(&app, new).await.unwrap().desk;
    let mail = |n: u32| {
        let words = "many words ".repeat(3_000);
        format!("From: a@b.test\r\nSubject: n{n}\r\nMessage-ID: <{n}@b.test>\r\n\r\n{n} {words}\r\n")
            .into_bytes()
    };
    let accept = |n: u32| {
        let app = app.clone();
        async move { intake::accept(&app, desk, &intake::Way::Api, intake::Envelope::default(), mail(n)).await }
    };
    let mut kept = 0;
    let full = loop {
        match accept(kept).await {
            Ok(_) => kept += 1,
            Err(error) => break error,
        }
        assert!(kept < 1_000, "a disk of 6 MB is never full");
    };
    assert!(matches!(full, Error::Unavailable(_)), "{full:?}");
    assert!(kept > 0);
    let waiting = app
        .store
        .read::<_, store::Error, _>(desk, |tx| Box::pin(store::inbox::waiting(tx)))
        .await
        .expect("reading goes on");
    assert_eq!(waiting.waiting, i64::from(kept), "what was acknowledged is there, and nothing else");

    let more = Command::new("mount").args(["-o", "remount,size=64m"]).arg(&disk.0).output().unwrap();
    assert!(more.status.success(), "{more:?}");
    accept(kept).await.expect("it recovers by itself");
    while jobs::round(&app, "test").await.unwrap() > 0 {}
    let waiting =
        app.store.read::<_, store::Error, _>(desk, |tx| Box::pin(store::inbox::waiting(tx))).await.unwrap();
    assert_eq!(waiting.waiting, 0, "all of it was processed");
}
