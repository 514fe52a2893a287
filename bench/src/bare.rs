//! The limits: the same work without our program, in the same run.

use std::{
    path::Path,
    sync::{
        Arc,
        mpsc::{Receiver, SyncSender, sync_channel},
    },
    thread,
    time::Duration,
};

use anyhow::{Context as _, Result};
use axum::{Router, body::Body, http::Request, http::StatusCode, http::header, routing::get};
use rusqlite::Connection;
use tokio::sync::{Mutex, oneshot};
use tokio_postgres::NoTls;

use crate::{
    load::{self, Load},
    meter::Meter,
    operations,
    rows::Rows,
};

/// A group takes at most as many as that of our program.
const GROUP: usize = 64;

/// What a bare commit loop writes for each client.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Writes {
    /// As many rows with as many bytes, into one table without any index.
    Plain {
        /// How many rows.
        rows: usize,
        /// How many bytes they have together.
        bytes: usize,
    },
    /// The very same rows, into the same tables with their indexes.
    Same,
}

type Answer = oneshot::Sender<()>;

/// One thread with its own connection: it takes who waits, writes for each, commits once, answers all.
///
/// # Errors
/// What SQLite says.
pub(crate) async fn sqlite(
    meter: Meter,
    path: &Path,
    desk: domain::id::DeskId,
    writes: Writes,
    clients: usize,
    time: Duration,
) -> Result<Load> {
    let db = Connection::open(path)?;
    db.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 2000; PRAGMA cache_size = -16384;
         CREATE TABLE IF NOT EXISTS bare_rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL);",
    )?;
    db.set_prepared_statement_cache_capacity(64);
    let rows = match writes {
        Writes::Plain { .. } => None,
        Writes::Same => Some(Rows::of_newest(&db, desk)?),
    };
    let (units, waiting) = sync_channel::<Answer>(1024);
    let writer = thread::spawn(move || write(&db, rows, writes, &waiting));
    let load = {
        let units: Arc<SyncSender<Answer>> = Arc::new(units);
        load::run(meter, clients, time, move |_| {
            let units = units.clone();
            async move {
                let (answer, done) = oneshot::channel();
                units.send(answer).context("the bare writer has ended")?;
                done.await.context("the bare writer has failed")
            }
        })
        .await
    };
    writer.join().map_err(|_| anyhow::anyhow!("the bare writer panicked"))??;
    load
}

fn write(db: &Connection, mut same: Option<Rows>, writes: Writes, waiting: &Receiver<Answer>) -> Result<()> {
    while let Ok(first) = waiting.recv() {
        let mut group = vec![first];
        db.execute_batch("BEGIN IMMEDIATE")?;
        let mut done = 0;
        while done < group.len() {
            match (&mut same, writes) {
                (Some(rows), _) => rows.write(db)?,
                (None, Writes::Plain { rows, bytes }) => {
                    let body = vec![b'x'; bytes / rows];
                    let mut insert = db.prepare_cached("INSERT INTO bare_rows (body) VALUES (?1)")?;
                    for _ in 0..rows {
                        insert.execute([&body])?;
                    }
                }
                (None, Writes::Same) => {}
            }
            done += 1;
            if group.len() < GROUP {
                group.extend(waiting.try_recv());
            }
        }
        db.execute_batch("COMMIT")?;
        for answer in group {
            // A client whose time is over does not want to know.
            let _ = answer.send(());
        }
    }
    Ok(())
}

/// Transactions of tokio-postgres on as many connections as our program has: a journey for each row, as ours makes.
///
/// # Errors
/// What PostgreSQL says.
pub(crate) async fn postgres(
    meter: Meter,
    url: &str,
    connections: usize,
    (rows, bytes): (usize, usize),
    clients: usize,
    time: Duration,
) -> Result<Load> {
    let mut pool = Vec::new();
    for _ in 0..connections.min(clients) {
        let (client, connection) = tokio_postgres::connect(url, NoTls).await?;
        tokio::spawn(connection);
        if pool.is_empty() {
            let table =
                "CREATE TABLE IF NOT EXISTS bare_rows (id BIGINT GENERATED ALWAYS AS IDENTITY, body BYTEA)";
            client.batch_execute(table).await?;
        }
        let insert = client.prepare("INSERT INTO bare_rows (body) VALUES ($1)").await?;
        pool.push(Arc::new(Mutex::new((client, insert))));
    }
    load::run(meter, clients, time, move |n| {
        let client = pool[n as usize % pool.len()].clone();
        async move {
            let client = client.lock().await;
            let (client, insert) = &*client;
            client.batch_execute("BEGIN").await?;
            let body = vec![b'x'; bytes / rows];
            for _ in 0..rows {
                client.execute(insert, &[&body]).await?;
            }
            Ok(client.batch_execute("COMMIT").await?)
        }
    })
    .await
}

/// axum, answering a fixed page of so many bytes.
///
/// # Errors
/// None that can be foreseen.
pub(crate) async fn page(meter: Meter, bytes: usize, clients: usize, time: Duration) -> Result<Load> {
    let page: Arc<str> = "x".repeat(bytes).into();
    let handler = move || {
        let page = page.clone();
        async move { ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page.to_string()) }
    };
    let router = Router::new().route("/page", get(handler));
    load::run(meter, clients, time, move |_| {
        let router = router.clone();
        async move {
            let request = Request::get("/page").body(Body::empty())?;
            operations::answer(router, request, StatusCode::OK).await.map(drop)
        }
    })
    .await
}
