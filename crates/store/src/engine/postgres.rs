//! PostgreSQL: pooled connections; writes are SERIALIZABLE and run again if they meet another one.
//!
//! A journey to the server and back costs both sides more than most statements do. So what has no answer that anybody
//! needs waits in line, and travels with the next statement that has one: the beginning of the transaction, and what is
//! [put](crate::Tx::put). The end of a writing transaction travels with the last of them.

mod connect;
mod values;

use std::{collections::HashMap, panic::AssertUnwindSafe, sync::Arc, time::Duration};

use deadpool_postgres::{Object, Pool, PoolError};
use domain::id::DeskId;
use futures_util::{
    FutureExt,
    future::{join, join_all, ready},
};
use tokio::sync::Mutex;
use tokio_postgres::{
    error::{DbError, SqlState},
    types::ToSql,
};
use tracing::debug;

pub(crate) use self::{connect::client, values::cell};
use super::{Connection, Params, Session};
use crate::{
    BoxFuture, Conflict, ConflictKind, Error, FromRow, Row, Value,
    row::Cells,
    sql::{self, Statement},
    store::Mode,
    tx::Bound,
};

/// How often a unit runs before it is told that the database is busy.
const ATTEMPTS: u32 = 12;
/// The longest pause between two runs.
const LONGEST_PAUSE: Duration = Duration::from_millis(250);

/// The most that waits in line.
const LINE: usize = 24;

const WRITE: &str = "BEGIN ISOLATION LEVEL SERIALIZABLE";
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// The policies of every desk's table compare with this. It ends with the transaction.
const SET_DESK: &str = "SELECT set_config('app.desk', $1, true)";

#[derive(Debug)]
pub(crate) struct Postgres {
    pool: Pool,
    keys: Arc<Keys>,
    /// Held by a unit that met another one, until it is done. Those that met would only meet again.
    lane: Arc<Mutex<()>>,
}

impl Postgres {
    pub(crate) async fn open(url: &str, connections: usize) -> Result<Self, Error> {
        let pool = connect::pool(url, connections.max(1))?;
        let client = pool.get().await.map_err(pool_error)?;
        let row = client
            .query_one("SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user", &[])
            .await
            .map_err(|e| error(&e))?;
        if row.get(0) {
            let sentence =
                "this PostgreSQL role sees every desk's rows: use one without SUPERUSER and BYPASSRLS";
            return Err(Error::Schema(sentence.into()));
        }
        let keys = client.query(KEYS, &[]).await.map_err(|e| error(&e))?;
        let keys = keys.iter().map(|row| (row.get(0), row.get(1))).collect();
        Ok(Postgres { pool, keys: Arc::new(keys), lane: Arc::default() })
    }

    pub(crate) async fn run<B, T, E, F>(&self, key: B::Key, mode: Mode, unit: F) -> Result<T, E>
    where
        B: Bound,
        F: for<'t> Fn(&'t mut B) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (pool, keys, lane) = (self.pool.clone(), Arc::clone(&self.keys), Arc::clone(&self.lane));
        let unit = Arc::new(unit);
        // A task of its own, so that a caller who goes away leaves no half transaction in the pool.
        let task = tokio::spawn(async move {
            let mut attempt = 1;
            let mut in_lane = None;
            loop {
                match once::<B, T, E, F>(&pool, &keys, key, mode, &unit).await {
                    Err(Ended::Again(cause)) if attempt < ATTEMPTS => {
                        debug!(%cause, attempt, "a unit of work runs again");
                        if cause == Error::Retry && in_lane.is_none() {
                            in_lane = Some(lane.lock().await);
                        } else {
                            tokio::time::sleep(pause(attempt)).await;
                        }
                        attempt += 1;
                    }
                    Err(Ended::Again(Error::Retry)) => {
                        return Err(Error::Busy("it met other transactions every time").into());
                    }
                    Err(Ended::Again(cause)) => return Err(cause.into()),
                    Err(Ended::For(own)) => return Err(own),
                    Ok(value) => return Ok(value),
                }
            }
        });
        task.await.unwrap_or_else(|e| Err(Error::Unavailable(e.to_string()).into()))
    }

    pub(crate) async fn prepare_all(&self) -> Result<usize, Error> {
        let client = self.pool.get().await.map_err(pool_error)?;
        let mut count = 0;
        for statement in sql::statements() {
            client.prepare(statement.postgres).await.map_err(|e| {
                Error::Database(format!("{} {}: {}", statement.file, statement.name, error(&e)))
            })?;
            count += 1;
        }
        Ok(count)
    }
}

/// How one run of a unit failed.
enum Ended<E> {
    /// Nothing is kept, and another run may succeed.
    Again(Error),
    /// For good.
    For(E),
}

async fn once<B, T, E, F>(
    pool: &Pool,
    keys: &Arc<Keys>,
    key: B::Key,
    mode: Mode,
    unit: &F,
) -> Result<T, Ended<E>>
where
    B: Bound,
    F: for<'t> Fn(&'t mut B) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
    E: From<Error>,
{
    // A pool that cannot give a connection answers at once: the caller decides whether to come again.
    let client = pool.get().await.map_err(|e| Ended::For(pool_error(e).into()))?;
    let begin = if mode == Mode::Write { WRITE } else { READ };
    let client = Client { pooled: client, keys: Arc::clone(keys), line: vec![Queued::Begin(begin)] };
    let mut bound = B::bind(key, Session::new(Connection::Postgres(client)));
    if let Some(desk) = B::desk(key) {
        // What fails is kept as the session's failure, as of every statement.
        let _ = bound.session().enter(desk).await;
    }
    let result = AssertUnwindSafe(async { unit(&mut bound).await }).catch_unwind().await;
    let Session { connection: Connection::Postgres(client), failure } = bound.release() else {
        unreachable!("a session keeps the connection that it was made with")
    };
    let Client { pooled: client, line, .. } = client;

    let value = match (result, failure) {
        (Err(_panic), _) => return undo(client, Ended::For(Error::Panicked.into())).await,
        (Ok(_), Some(failure)) if may_run_again(&failure) => {
            return undo(client, Ended::Again(failure)).await;
        }
        (Ok(Err(own)), _) => return undo(client, Ended::For(own)).await,
        (Ok(Ok(_)), Some(failure)) => return undo(client, Ended::For(failure.into())).await,
        (Ok(Ok(value)), None) => value,
    };
    if mode == Mode::Read {
        // Nobody waits for its end: the next statement of this connection stands behind it.
        client.batch_execute("COMMIT").now_or_never();
        return Ok(value);
    }
    match travel(&client, keys, &line, None, client.batch_execute("COMMIT")).await {
        Ok(()) => Ok(value),
        // In a transaction in which something has failed the server makes no commit.
        Err(Error::Retry) => undo(client, Ended::Again(Error::Retry)).await,
        // Nobody knows whether a lost commit was made, so it must not be made again.
        Err(other) => undo(client, Ended::For(other.into())).await,
    }
}

/// Ends a transaction whose changes are not kept. A connection that cannot even do that is given up.
async fn undo<T, E>(client: Object, ended: Ended<E>) -> Result<T, Ended<E>> {
    if client.batch_execute("ROLLBACK").await.is_err() {
        drop(Object::take(client));
    }
    Err(ended)
}

/// Before a commit was asked for, a lost connection means that nothing was kept.
fn may_run_again(error: &Error) -> bool {
    matches!(error, Error::Retry | Error::Unavailable(_))
}

/// Grows with the attempts, and is never the same for two that met.
fn pause(attempt: u32) -> Duration {
    let most = Duration::from_millis(1 << attempt.min(8)).min(LONGEST_PAUSE);
    let random = std::hash::BuildHasher::hash_one(&std::hash::RandomState::new(), attempt);
    most.mul_f64(0.5 + f64::from(random as u32) / f64::from(u32::MAX) / 2.0)
}

/// Names the desk of a transaction, for every statement behind it.
pub(crate) async fn enter(client: &mut Client, desk: DeskId) -> Result<(), Error> {
    client.queue(None, SET_DESK, vec![Value::Text(desk.uuid().to_string().into())]).await
}

pub(crate) async fn execute(
    client: &mut Client,
    sql: &'static Statement,
    params: Params<'_>,
) -> Result<u64, Error> {
    let (line, first) = (std::mem::take(&mut client.line), params.first());
    let statement = client.prepare(Some(sql), sql.postgres).await?;
    let params = bind(params, first.as_ref());
    travel(&client.pooled, &client.keys, &line, Some(sql), client.pooled.execute(&statement, &params)).await
}

pub(crate) async fn query<R: FromRow>(
    client: &mut Client,
    sql: &'static Statement,
    params: Params<'_>,
) -> Result<Vec<R>, Error> {
    let (line, first) = (std::mem::take(&mut client.line), params.first());
    let statement = client.prepare(Some(sql), sql.postgres).await?;
    let params = bind(params, first.as_ref());
    let answer = client.pooled.query(&statement, &params);
    let rows = travel(&client.pooled, &client.keys, &line, Some(sql), answer).await?;
    rows.iter().map(|row| Row::whole(sql.name, Cells::Postgres(row))).collect()
}

pub(crate) async fn put(
    client: &mut Client,
    sql: &'static Statement,
    params: Params<'_>,
) -> Result<(), Error> {
    let first = params.first();
    let params = params.all(first.as_ref()).map(Value::owned).collect();
    client.queue(Some(sql), sql.postgres, params).await
}

/// Sends what stands in line and then `last`, without waiting in between, and reads the answers.
async fn travel<T>(
    client: &Object,
    keys: &Keys,
    line: &[Queued],
    sql: Option<&'static Statement>,
    last: impl Future<Output = Result<T, tokio_postgres::Error>>,
) -> Result<T, Error> {
    // A statement is sent when it is polled for the first time, which happens in this order.
    let (before, last) = join(join_all(line.iter().map(|queued| queued.send(client))), last).await;
    // What follows the first error says only that there was one.
    for (queued, answer) in line.iter().zip(before) {
        answer.map_err(|e| told(keys, queued.sql(), &e))?;
    }
    last.map_err(|e| told(keys, sql, &e))
}

/// What PostgreSQL says about a statement, in our words.
fn told(keys: &Keys, sql: Option<&'static Statement>, e: &tokio_postgres::Error) -> Error {
    match (error(e), sql) {
        (Error::Database(text), Some(sql)) => Error::Database(format!("{}: {text}", sql.name)),
        (Error::Conflict(mut conflict), _) => {
            if let Some(columns) = keys.get(&conflict.constraint) {
                conflict.columns.clone_from(columns);
            }
            Error::Conflict(conflict)
        }
        (other, _) => other,
    }
}

fn bind<'a>(params: Params<'a>, first: Option<&'a Value<'a>>) -> Vec<&'a (dyn ToSql + Sync)> {
    params.all(first).map(|value| -> &(dyn ToSql + Sync) { value }).collect()
}

fn pool_error(pool_error: PoolError) -> Error {
    match pool_error {
        PoolError::Timeout(deadpool_postgres::TimeoutType::Wait) => {
            Error::Busy("too many units wait for a connection")
        }
        PoolError::Backend(e) => match error(&e) {
            // Refused for whatever reason: it cannot be reached.
            Error::Database(text) => Error::Unavailable(text),
            other => other,
        },
        other => Error::Unavailable(other.to_string()),
    }
}

/// What PostgreSQL says, in our words.
pub(crate) fn error(error: &tokio_postgres::Error) -> Error {
    let Some(db) = error.as_db_error() else {
        let cause = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
        let text = format!("{error}: {cause}");
        // Without an answer of the server it is the connection, unless we have sent it nonsense.
        let ours = ["error serializing", "error deserializing", "invalid configuration", "query returned"];
        let ours = ours.iter().any(|sign| text.starts_with(sign));
        return if ours { Error::Database(text) } else { Error::Unavailable(text) };
    };
    let text = format!("{} ({})", db.message(), db.code().code());
    match db.code() {
        &SqlState::T_R_SERIALIZATION_FAILURE | &SqlState::T_R_DEADLOCK_DETECTED => Error::Retry,
        &SqlState::DISK_FULL => Error::Full,
        &SqlState::UNIQUE_VIOLATION => conflict(ConflictKind::Unique, db),
        &SqlState::FOREIGN_KEY_VIOLATION | &SqlState::RESTRICT_VIOLATION => {
            conflict(ConflictKind::Foreign, db)
        }
        &SqlState::NOT_NULL_VIOLATION => conflict(ConflictKind::NotNull, db),
        &SqlState::CHECK_VIOLATION => conflict(ConflictKind::Check, db),
        &SqlState::QUERY_CANCELED => Error::Busy("a statement took too long"),
        &SqlState::LOCK_NOT_AVAILABLE => Error::Busy("a lock was held for too long"),
        &SqlState::DATA_CORRUPTED | &SqlState::INDEX_CORRUPTED => Error::Damaged(text),
        code => {
            // 08 connection, 53 resources, 57P shutting down, 58 the system below, 28 not let in.
            let class = code.code();
            let unavailable = ["08", "53", "57P", "58", "28"].iter().any(|prefix| class.starts_with(prefix));
            if unavailable { Error::Unavailable(text) } else { Error::Database(text) }
        }
    }
}

/// The columns of a unique constraint are not said: they could betray a row that its desk may not see.
fn conflict(kind: ConflictKind, db: &DbError) -> Error {
    let owned = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let columns = db.column().map(str::to_owned).into_iter().collect();
    Error::Conflict(Conflict { kind, table: owned(db.table()), columns, constraint: owned(db.constraint()) })
}

/// A connection of the pool, what is known about its database, and what waits in line.
#[derive(Debug)]
pub(crate) struct Client {
    pooled: Object,
    keys: Arc<Keys>,
    line: Vec<Queued>,
}

/// What waits to travel with the next statement.
#[derive(Debug)]
enum Queued {
    Begin(&'static str),
    Statement {
        sql: Option<&'static Statement>,
        prepared: tokio_postgres::Statement,
        params: Vec<Value<'static>>,
    },
}

impl Client {
    async fn prepare(
        &self,
        sql: Option<&'static Statement>,
        text: &str,
    ) -> Result<tokio_postgres::Statement, Error> {
        self.pooled.prepare_cached(text).await.map_err(|e| told(&self.keys, sql, &e))
    }

    async fn queue(
        &mut self,
        sql: Option<&'static Statement>,
        text: &str,
        params: Vec<Value<'static>>,
    ) -> Result<(), Error> {
        if self.line.len() >= LINE {
            let line = std::mem::take(&mut self.line);
            travel(&self.pooled, &self.keys, &line, None, ready(Ok(()))).await?;
        }
        let prepared = self.prepare(sql, text).await?;
        self.line.push(Queued::Statement { sql, prepared, params });
        Ok(())
    }
}

impl Queued {
    fn sql(&self) -> Option<&'static Statement> {
        match self {
            Queued::Begin(_) => None,
            Queued::Statement { sql, .. } => *sql,
        }
    }

    async fn send(&self, client: &Object) -> Result<(), tokio_postgres::Error> {
        match self {
            Queued::Begin(text) => client.batch_execute(text).await,
            Queued::Statement { prepared, params, .. } => {
                let params: Vec<&(dyn ToSql + Sync)> =
                    params.iter().map(|value| -> &(dyn ToSql + Sync) { value }).collect();
                client.execute(prepared, &params).await.map(drop)
            }
        }
    }
}

/// The columns of every unique index, by its name.
pub(crate) type Keys = HashMap<String, Vec<String>>;

const KEYS: &str = "SELECT c.relname::text, ARRAY(
        SELECT a.attname::text FROM unnest(i.indkey::int[]) WITH ORDINALITY AS key (k, n)
        JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k AND k > 0 ORDER BY n)
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indisunique AND c.relnamespace = current_schema()::regnamespace";
