//! SQLite's group commit: what happens to one unit is no matter of the others.

use std::{
    pin::{Pin, pin},
    sync::mpsc,
    task::{Context, Waker},
};

use domain::{
    access::Visibility,
    id::{EntryId, TicketId},
    lang::Lang,
};
use futures_util::future::join_all;
use store::{
    BoxFuture, Error, Tx, params,
    search::{self, Doc},
};
use testkit::db::TestDb;
use uuid::Uuid;

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
    Refuse,
    Twice,
    TooLarge,
}

/// Sends a unit to the writer, and says whether it waits there.
fn starts(unit: Pin<&mut impl Future>) -> bool {
    unit.poll(&mut Context::from_waker(Waker::noop())).is_pending()
}

/// Runs ten units as one group, and answers what each was told.
async fn in_one_group<T, F>(db: &TestDb, unit: F) -> Vec<Result<T, Error>>
where
    T: Send + 'static,
    F: for<'t> Fn(&'t mut Tx, i64) -> BoxFuture<'t, Result<T, Error>> + Copy + Send + Sync + 'static,
{
    // The writer is kept busy until all ten wait.
    let (go, wait) = mpsc::channel::<()>();
    let wait = std::sync::Mutex::new(wait);
    let mut busy = pin!(db.store().system_write::<_, Error, _>(move |tx| {
        // A group that fails is run again, and this one may be of it: the second time nobody says go.
        let _ = wait.lock().unwrap().recv();
        Box::pin(async move { tx.query_one::<(i64,)>(&ANY, &[]).await })
    }));
    assert!(starts(busy.as_mut()));
    let mut ten: Vec<_> =
        (0..10).map(|i| Box::pin(db.store().write(desk(1), move |tx| unit(tx, i)))).collect();
    for unit in &mut ten {
        assert!(starts(unit.as_mut()));
    }
    go.send(()).unwrap();
    drop(go);
    busy.await.unwrap();
    join_all(ten).await
}

/// Runs a group of ten whose fifth does something else, and answers what each was told and how many rows are there.
async fn ten_of_which_the_fifth(db: &TestDb, does: Does) -> (Vec<Result<u64, Error>>, i64) {
    let told = in_one_group(db, move |tx, i| unit(tx, i, if i == 4 { does } else { Does::Well })).await;
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
            Does::Refuse => Err(Error::Stale),
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
async fn a_refusal_is_answered_alone() {
    check(Does::Refuse, |error| *error == Error::Stale).await;
}

#[tokio::test]
async fn a_constraint_is_answered_alone() {
    check(Does::Twice, |error| error.is_taken("numbers", "name")).await;
}

#[tokio::test]
async fn a_full_disk_is_answered_alone() {
    check(Does::TooLarge, |error| *error == Error::Full).await;
}

/// FTS5 writes a segment whenever a savepoint begins, or a document comes after a higher one, and has the more to merge.
#[tokio::test]
async fn the_documents_of_a_group_are_one_segment_of_the_index() {
    // A busy machine may cut a group in two by its time, now and then; otherwise there would never be one segment.
    for _ in 0..20 {
        if segments_of_ten_units().await == 1 {
            return;
        }
    }
    panic!("a group has more than one segment");
}

async fn segments_of_ten_units() -> i64 {
    let db = TestDb::sqlite().await;
    let told = in_one_group(&db, |tx, i| Box::pin(two_documents(tx, i))).await;
    assert_eq!(told, vec![Ok(()); 10]);
    let connection = rusqlite::Connection::open(db.path().unwrap()).unwrap();
    let count = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!(count("SELECT COUNT(*) FROM search_docs"), 20);
    // A small segment is one page; the first two rows are the averages and the list of segments.
    count("SELECT COUNT(*) - 2 FROM search_terms_data")
}

/// As they come: the later of two units was made before the earlier, and a ticket has two documents of one moment.
async fn two_documents(tx: &mut Tx, i: i64) -> Result<(), Error> {
    for n in 0..2 {
        let doc = Doc {
            ticket: TicketId::from_uuid(Uuid::from_u128(i as u128)),
            entry: Some(EntryId::from_uuid(Uuid::from_u128(1 - n))),
            visibility: Visibility::Public,
            at: jiff::Timestamp::from_millisecond(1_800_000_000_000 - i).unwrap(),
            terms: search::analyse(&format!("licence {i} {n}"), Lang::En),
        };
        search::add(tx, &doc).await?;
    }
    Ok(())
}
