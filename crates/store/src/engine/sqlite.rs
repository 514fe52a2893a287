//! SQLite: one writer thread that commits units in groups, and threads with read-only connections.

mod readers;
mod unit;
mod writer;

use std::{path::Path, time::Duration};

use rusqlite::{Connection, ErrorCode, OpenFlags, config::DbConfig, types::ValueRef};
use tokio::sync::oneshot;

use self::{readers::Readers, unit::Waiting, writer::Writer};
use super::Params;
use crate::{
    BoxFuture, Conflict, ConflictKind, Error, FromRow, FromValue as _, Row, Value,
    blob::Hash,
    row::{Cell, Cells},
    sql::{self, Statement},
    store::Mode,
    tx::Bound,
    value::Raw,
};

/// How long another process may hold the lock.
const BUSY: Duration = Duration::from_secs(5);

/// More than there are statements, so that each is parsed once per connection.
const STATEMENTS: usize = 1024;

#[derive(Debug)]
pub(crate) struct Sqlite {
    writer: Writer,
    readers: Readers,
}

impl Sqlite {
    pub(crate) fn open(path: &Path, readers: usize) -> Result<Self, Error> {
        if !path.exists() {
            return Err(Error::Schema(format!(
                "there is no database at {}: run `partnerdesk init`",
                path.display()
            )));
        }
        let writer = Writer::start(connect(path)?)?;
        let readers = Readers::start(path, readers.max(1))?;
        Ok(Sqlite { writer, readers })
    }

    pub(crate) async fn run<B, T, E, F>(&self, key: B::Key, mode: Mode, unit: F) -> Result<T, E>
    where
        B: Bound,
        F: for<'t> Fn(&'t mut B) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let waiting = Box::new(Waiting::<B, T, E, F>::new(key, unit, reply));
        let sent = match mode {
            Mode::Write => self.writer.send(waiting),
            Mode::Read => self.readers.send(waiting),
        };
        sent?;
        answer.await.unwrap_or_else(|_| Err(Error::Unavailable("its thread has ended".into()).into()))
    }

    pub(crate) async fn prepare_all(&self) -> Result<usize, Error> {
        let prepare = |connection: &Connection| {
            sql::statements().try_fold(0, |count, statement| {
                connection.prepare(statement.sqlite).map_err(|e| {
                    Error::Database(format!("{} {}: {}", statement.file, statement.name, error(e)))
                })?;
                Ok(count + 1)
            })
        };
        self.readers.with_connection(prepare).await
    }
}

/// Opens the connection that writes, and creates the file for its owner only.
pub(crate) fn connect(path: &Path) -> Result<Connection, Error> {
    create_private(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags)?;
    connection
        .execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = FAST;
             PRAGMA wal_autocheckpoint = 2000;
             PRAGMA journal_size_limit = 67108864;
             PRAGMA cache_size = -16384;
             PRAGMA temp_store = MEMORY;",
        )
        .map_err(error)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

/// Opens a connection that cannot write.
fn connect_reader(path: &Path) -> Result<Connection, Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = open(path, flags)?;
    connection
        .execute_batch(
            // Without mmap: each connection would map the file for itself, and an error of the disk would be a signal.
            "PRAGMA query_only = ON;
             PRAGMA cache_size = -16384;
             PRAGMA temp_store = MEMORY;",
        )
        .map_err(error)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn open(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let connection = Connection::open_with_flags(path, flags).map_err(error)?;
    connection.busy_timeout(BUSY).map_err(error)?;
    // Otherwise SQLite looks at the values of parameters when it plans, and plans anew whenever they are others: for
    // most statements here at each run, which costs several times the statement itself.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(error)?;
    Ok(connection)
}

/// Copies a database as it is at this moment into a file that is not there yet. Whoever writes to it is not held up.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), Error> {
    let source = connect_plain(from)?;
    // SQLite fills a file that is there and empty, and leaves it its mode.
    create_private(to)?;
    source.execute("VACUUM INTO $1", [to.to_string_lossy()]).map_err(error)?;
    Ok(())
}

/// The large contents to which a database refers that nobody has open, by desk. Fails if the database is not sound.
pub(crate) fn large_contents(path: &Path) -> Result<Vec<(uuid::Uuid, Hash)>, Error> {
    let connection = connect_plain(path)?;
    let verdict: String =
        connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(error)?;
    if verdict != "ok" {
        return Err(Error::Damaged(format!("{}: {verdict}", path.display())));
    }
    let mut statement =
        connection.prepare("SELECT desk_id, hash FROM blobs WHERE body IS NULL").map_err(error)?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).map_err(error)?;
    rows.map(|row| {
        let (desk, hash): (Vec<u8>, Vec<u8>) = row.map_err(error)?;
        let named = uuid::Uuid::from_slice(&desk).ok().zip(Hash::from_value(Raw::Bytes(&hash)));
        named.ok_or_else(|| Error::Damaged(format!("{}: a content has no name", path.display())))
    })
    .collect()
}

/// Opens a database to look at it alone.
fn connect_plain(path: &Path) -> Result<Connection, Error> {
    if !path.exists() {
        return Err(Error::Damaged(format!("{} is missing", path.display())));
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(error)?;
    connection.busy_timeout(BUSY).map_err(error)?;
    Ok(connection)
}

/// SQLite gives its journals the mode of the database file.
fn create_private(path: &Path) -> Result<(), Error> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(_) => Ok(()),
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(Error::Unavailable(format!("{}: {e}", path.display()))),
    }
}

/// Begins or ends a transaction.
fn control(connection: &Connection, text: &'static str) -> Result<(), Error> {
    connection.prepare_cached(text).and_then(|mut s| s.raw_execute()).map(drop).map_err(error)
}

pub(crate) fn execute(connection: &Connection, sql: &Statement, params: Params<'_>) -> Result<u64, Error> {
    let run = || {
        let mut statement = connection.prepare_cached(sql.sqlite).map_err(error)?;
        bind(&mut statement, sql, params)?;
        statement.raw_execute().map_err(error)
    };
    run().map(|changed| changed as u64).map_err(|cause| named(sql, cause))
}

pub(crate) fn query<R: FromRow>(
    connection: &Connection,
    sql: &Statement,
    params: Params<'_>,
) -> Result<Vec<R>, Error> {
    let run = || {
        let mut statement = connection.prepare_cached(sql.sqlite).map_err(error)?;
        bind(&mut statement, sql, params)?;
        let mut rows = statement.raw_query();
        let mut found = Vec::new();
        while let Some(row) = rows.next().map_err(error)? {
            found.push(Row::whole(sql.name, Cells::Sqlite(row))?);
        }
        Ok(found)
    };
    run().map_err(|cause| named(sql, cause))
}

fn named(sql: &Statement, cause: Error) -> Error {
    match cause {
        Error::Database(text) => Error::Database(format!("{}: {text}", sql.name)),
        other => other,
    }
}

/// Binds `$n` to the parameter number n: by its name, because SQLite numbers names by their first appearance.
fn bind(statement: &mut rusqlite::Statement<'_>, sql: &Statement, params: Params<'_>) -> Result<(), Error> {
    let number = |index| statement.parameter_name(index)?.strip_prefix('$')?.parse().ok();
    let numbers = sql.numbers.get_or_init(|| {
        (1..=statement.parameter_count()).map(|index| number(index).unwrap_or_default()).collect()
    });
    let first = params.first();
    let mut highest = 0;
    for (index, number) in (1..).zip(numbers) {
        let Some(value) = params.get(*number, first.as_ref()) else {
            return Err(Error::Database(format!("there are only {} parameters", params.len())));
        };
        highest = highest.max(*number);
        statement.raw_bind_parameter(index, Lite(value)).map_err(error)?;
    }
    if highest == params.len() {
        return Ok(());
    }
    Err(Error::Database(format!("{} parameters for ${highest}", params.len())))
}

struct Lite<'a>(&'a Value<'a>);

impl rusqlite::ToSql for Lite<'_> {
    fn to_sql(&self) -> rusqlite::Result<rusqlite::types::ToSqlOutput<'_>> {
        Ok(rusqlite::types::ToSqlOutput::Borrowed(match self.0 {
            Value::Null => ValueRef::Null,
            Value::Int(v) => ValueRef::Integer(*v),
            Value::Text(v) | Value::Json(v) => ValueRef::Text(v.as_bytes()),
            Value::Bytes(v) => ValueRef::Blob(v),
            Value::Uuid(v) => ValueRef::Blob(v.as_bytes()),
            Value::Time(v) => ValueRef::Integer(v.as_microsecond()),
        }))
    }
}

pub(crate) fn cell<'r>(row: &'r rusqlite::Row<'_>, column: usize) -> Cell<'r> {
    Some(match row.get_ref(column).ok()? {
        ValueRef::Null => Raw::Null,
        ValueRef::Integer(v) => Raw::Int(v),
        ValueRef::Real(v) => Raw::Real(v),
        ValueRef::Text(v) => Raw::Text(std::str::from_utf8(v).ok()?),
        ValueRef::Blob(v) => Raw::Bytes(v),
    })
}

/// What SQLite says, in our words.
#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
pub(crate) fn error(error: rusqlite::Error) -> Error {
    let text = error.to_string();
    let rusqlite::Error::SqliteFailure(failure, _) = &error else {
        return Error::Database(text);
    };
    match failure.code {
        ErrorCode::DiskFull => Error::Full,
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Error::Busy("another process writes"),
        ErrorCode::ConstraintViolation => conflict(failure.extended_code, &text),
        ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Error::Damaged(text),
        ErrorCode::SystemIoFailure
        | ErrorCode::CannotOpen
        | ErrorCode::ReadOnly
        | ErrorCode::OutOfMemory
        | ErrorCode::PermissionDenied
        | ErrorCode::FileLockingProtocolFailed => Error::Unavailable(text),
        _ => Error::Database(text),
    }
}

/// Reads `UNIQUE constraint failed: table.a, table.b`.
fn conflict(extended_code: i32, text: &str) -> Error {
    use rusqlite::ffi;
    let kind = match extended_code {
        ffi::SQLITE_CONSTRAINT_UNIQUE | ffi::SQLITE_CONSTRAINT_PRIMARYKEY | ffi::SQLITE_CONSTRAINT_ROWID => {
            ConflictKind::Unique
        }
        ffi::SQLITE_CONSTRAINT_FOREIGNKEY => ConflictKind::Foreign,
        ffi::SQLITE_CONSTRAINT_NOTNULL => ConflictKind::NotNull,
        ffi::SQLITE_CONSTRAINT_CHECK => ConflictKind::Check,
        // A value of the wrong type for a STRICT column, and the like: a fault of the program.
        _ => return Error::Database(text.to_owned()),
    };
    let mut table = String::new();
    let mut columns = Vec::new();
    let names = text.split_once("constraint failed: ").map_or("", |(_, names)| names);
    for (of, column) in names.split(", ").filter_map(|name| name.split_once('.')) {
        of.clone_into(&mut table);
        columns.push(column.to_owned());
    }
    Error::Conflict(Conflict { kind, table, columns, constraint: String::new() })
}
