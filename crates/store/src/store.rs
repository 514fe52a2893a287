//! The door: where units of work come in.

use std::{fmt, sync::Arc};

use domain::id::DeskId;

use crate::{
    BoxFuture, Error, System, Tx,
    engine::{postgres::Postgres, sqlite::Sqlite},
    migrate::{self, Applied},
    numbers::Numbers,
    tx::Bound,
};

/// Where the database is.
#[derive(Clone)]
pub struct Config {
    /// `sqlite:/path/desk.db` or `postgres://…`. A PostgreSQL on another host is only spoken to over TLS, with a
    /// certificate of a public authority, unless the address says `sslmode=disable`.
    pub url: String,
    /// PostgreSQL: the role that migrates and owns the tables, when it is not the role of `url`.
    pub owner_url: Option<String>,
    /// How many connections read at the same time (SQLite), or how many there are (PostgreSQL). At least 1.
    pub readers: usize,
}

impl fmt::Debug for Config {
    /// Without the addresses: they hold passwords.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Config").field("readers", &self.readers).finish_non_exhaustive()
    }
}

/// Which database a [`Config`] names.
pub(crate) enum Kind<'a> {
    Sqlite(&'a std::path::Path),
    Postgres(&'a str),
}

impl Config {
    pub(crate) fn kind(&self) -> Result<Kind<'_>, Error> {
        if let Some(path) = self.url.strip_prefix("sqlite:").filter(|path| !path.is_empty()) {
            return Ok(Kind::Sqlite(std::path::Path::new(path)));
        }
        if self.url.starts_with("postgres://") || self.url.starts_with("postgresql://") {
            return Ok(Kind::Postgres(&self.url));
        }
        Err(Error::Schema("a database address begins with sqlite: or postgres://".into()))
    }
}

/// A database. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Store {
    engine: Arc<Engine>,
    numbers: Arc<Numbers>,
}

#[derive(Debug)]
enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

impl Store {
    /// Opens a database whose schema is the one that this program knows. Does not migrate.
    ///
    /// # Errors
    /// [`Error::Schema`] with a sentence for the operator if the schema is newer, older or altered, or the role
    /// could see every desk; [`Error::Unavailable`] if the database cannot be reached.
    pub async fn open(config: &Config) -> Result<Store, Error> {
        let engine = match config.kind()? {
            Kind::Sqlite(path) => Engine::Sqlite(Sqlite::open(path, config.readers)?),
            Kind::Postgres(url) => Engine::Postgres(Postgres::open(url, config.readers).await?),
        };
        let store = Store { engine: Arc::new(engine), numbers: Arc::default() };
        store.system_read(|tx| Box::pin(migrate::check(tx))).await?;
        Ok(store)
    }

    /// Brings the schema to what this program knows: forward only, each file in its own transaction, and one
    /// program at a time.
    ///
    /// # Errors
    /// [`Error::Schema`] if the schema is newer or was altered; what the database says about a file.
    pub async fn migrate(config: &Config) -> Result<Applied, Error> {
        migrate::run(config).await
    }

    /// Runs a unit of work for one desk: all of it is kept, durably, or nothing.
    ///
    /// # Errors
    /// What the unit says, and everything in [`Error`]. After [`Error::Unavailable`] the change may have been made.
    pub async fn write<T, E, F>(&self, desk: DeskId, unit: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.run::<Tx, T, E, F>(desk, Mode::Write, unit).await
    }

    /// Runs a unit that only reads, for one desk: it sees one moment of the database, and never blocks a writer.
    ///
    /// # Errors
    /// What the unit says, and everything in [`Error`].
    pub async fn read<T, E, F>(&self, desk: DeskId, unit: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.run::<Tx, T, E, F>(desk, Mode::Read, unit).await
    }

    /// As [`Store::write`], on the installation's own tables.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn system_write<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut System) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.run::<System, T, E, F>((), Mode::Write, unit).await
    }

    /// As [`Store::read`], on the installation's own tables.
    ///
    /// # Errors
    /// As [`Store::read`].
    pub async fn system_read<T, E, F>(&self, unit: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut System) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        self.run::<System, T, E, F>((), Mode::Read, unit).await
    }

    /// A number that nobody else has for tickets of this desk. Taken in blocks outside of any transaction, so there
    /// may be gaps. The first is 10,001.
    ///
    /// # Errors
    /// As [`Store::write`].
    pub async fn ticket_number(&self, desk: DeskId) -> Result<i64, Error> {
        self.numbers.next(self, desk).await
    }

    /// Prepares every statement of the program; for tests and `doctor`.
    ///
    /// # Errors
    /// What the database says about the first statement that it does not understand.
    pub async fn prepare_all(&self) -> Result<usize, Error> {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.prepare_all().await,
            Engine::Postgres(postgres) => postgres.prepare_all().await,
        }
    }

    async fn run<B, T, E, F>(&self, key: B::Key, mode: Mode, unit: F) -> Result<T, E>
    where
        B: Bound,
        F: for<'t> Fn(&'t mut B) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        T: Send + 'static,
        E: From<Error> + Send + 'static,
    {
        match &*self.engine {
            Engine::Sqlite(sqlite) => sqlite.run::<B, T, E, F>(key, mode, unit).await,
            Engine::Postgres(postgres) => postgres.run::<B, T, E, F>(key, mode, unit).await,
        }
    }
}

/// What a unit may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Read,
    Write,
}

/// Polls a unit of work once, as SQLite runs it: there is nothing that it could wait for.
pub(crate) fn poll_once<T, E: From<Error>>(mut future: BoxFuture<'_, Result<T, E>>) -> Result<T, E> {
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    match future.as_mut().poll(&mut context) {
        std::task::Poll::Ready(result) => result,
        std::task::Poll::Pending => Err(Error::Waited.into()),
    }
}
