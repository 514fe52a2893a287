//! SQLite's group commit: what happens to one unit is no matter of the others.

use std::{
    pin::{Pin, pin},
    sync::mpsc,
    task::{Context, Waker},
};

use futures_util::future::join_all;
use store::{BoxFuture, Error, Tx, params};
use testkit::db::TestDb;

use crate::{PUT, desk};

store::sql! {
    desk COUNT = "SELECT COUNT(*) FROM numbers WHERE desk_id = $1";
    desk KEEP = "INSERT INTO blobs (desk_id, hash, size, body, at) VALUES ($1, $2, 0, $3, $4)";
    system NO_GROWTH = "PRAGMA max_page_count = 1";
    system GROWTH = "PRAGMA max_page_count = 1000000";
    system ANY = "SELECT COUNT(*) FROM jobs";
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Does {
    Well,
    Panic,
    Twice,
    TooLarge,
}

/// Sends a unit to the writer, and says whether it waits there.
fn starts(unit: Pin<&mut impl Future>) -> bool {
    unit.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}

/// Runs a group of ten whose fifth does something else, and answers what each was told and how many rows are there.
async fn ten_of_which_the_fifth(db: &TestDb, does: Does) -> (Vec<Result<u64, Error>>, i64) {
    // The writer is kept busy until all ten wait.
    let (go, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let mut busy = pin!(db.store().system_write::<_, Error, _>(move |tx| {
        // A group that fails is run again, and this one may be of it: the second time nobody says go.
        let _ = wait.lock().unwrap().recv();
        Box::pin(async move { tx.query_one::<(i64,)>(&ANY, &[]).await })
    }));
    assert!(starts(busy.as_mut()));
    let mut ten: Vec<_> = (0..10)
        .map(|i| {
            let does = if i == 4 { does } else { Does::Well };
            Box::pin(db.store().write::<_, Error, _>(desk(1), move |tx| unit(tx, i, does)))
        })
        .collect();
    for unit in &mut ten {
        assert!(starts(unit.as_mut()));
    }
    go.send(()).unwrap();
    drop(go);
    busy.await.unwrap();
    let told = join_all(ten).await;
    let count = db.store().read::<_, Error, _>(desk(1), |tx| {
        Box::pin(async move { tx.query_one::<(i64,)>(&COUNT, &[]).await })
    });
    (told, count.await.unwrap().0)
}

fn unit(tx: &mut Tx, i: i64, does: Does) -> BoxFuture<'_, Result<u64, Error>> {
    Box::pin(async move {
        let changed = tx.execute(&PUT, params![format!("n{i}"), i]).await?;
        match does {
            Does::Well => Ok(changed),
            Does::Panic => panic!("in a group, on purpose"),
            Does::Twice => tx.execute(&PUT, params![format!("n{i}"), i]).await,
            Does::TooLarge => {
                let large = vec![7; 4_000_000];
                tx.execute(&KEEP, params![[1], large, jiff::Timestamp::UNIX_EPOCH]).await
            }
        }
    })
}

async fn check(does: Does, expected: impl Fn(&Error) -> bool) {
    let db = TestDb::sqlite().await;
    if does == Does::TooLarge {
        let limit = db.store().system_write::<_, Error, _>(|tx| {
            Box::pin(async move { tx.query::<(i64,)>(&NO_GROWTH, &[]).await })
        });
        limit.await.unwrap();
    }
    let (told, rows) = ten_of_which_the_fifth(&db, does).await;
    for (i, told) in told.iter().enumerate() {
        match told {
            Ok(changed) => assert!(i != 4 && *changed == 1, "{i}: {changed}"),
            Err(error) => assert!(i == 4 && expected(error), "{i}: {error}"),
        }
    }
    assert_eq!(rows, 9);

    // And it goes on.
    let limit = db
        .store()
        .system_write::<_, Error, _>(|tx| Box::pin(async move { tx.query::<(i64,)>(&GROWTH, &[]).await }));
    limit.await.unwrap();
    let again = db.store().write(desk(1), |tx| unit(tx, 4, Does::TooLarge));
    assert_eq!(again.await, Ok(1));
}

#[tokio::test]
async fn a_panic_is_answered_alone() {
    check(Does::Panic, |error| *error == Error::Panicked).await;
}

#[tokio::test]
async fn a_constraint_is_answered_alone() {
    check(Does::Twice, |error| error.is_taken("numbers", "name")).await;
}

#[tokio::test]
async fn a_full_disk_is_answered_alone() {
    check(Does::TooLarge, |error| *error == Error::Full).await;
}
