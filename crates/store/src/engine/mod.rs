//! The two databases behind one seam.

pub(crate) mod postgres;
pub(crate) mod sqlite;

use domain::id::DeskId;

use crate::{Error, FromRow, Value, sql::Statement};

/// Parameters by their number in the statement, from 1. A desk's own id is number 1.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Params<'a> {
    desk: Option<DeskId>,
    rest: &'a [Value<'a>],
}

impl<'a> Params<'a> {
    pub(crate) fn desk(desk: DeskId, rest: &'a [Value<'a>]) -> Self {
        Params { desk: Some(desk), rest }
    }

    pub(crate) fn system(rest: &'a [Value<'a>]) -> Self {
        Params { desk: None, rest }
    }

    /// The desk as a value, to be lent to [`Params::all`].
    pub(crate) fn first(self) -> Option<Value<'static>> {
        self.desk.map(|desk| Value::Uuid(desk.uuid()))
    }

    pub(crate) fn all(self, first: Option<&'a Value<'a>>) -> impl Iterator<Item = &'a Value<'a>> {
        first.into_iter().chain(self.rest)
    }

    pub(crate) fn len(self) -> usize {
        self.rest.len() + usize::from(self.desk.is_some())
    }

    pub(crate) fn get(self, number: usize, first: Option<&'a Value<'a>>) -> Option<&'a Value<'a>> {
        match (first, number) {
            (Some(_), 1) => first,
            (Some(_), n) => self.rest.get(n.checked_sub(2)?),
            (None, n) => self.rest.get(n.checked_sub(1)?),
        }
    }
}

/// A connection inside of a transaction, and the first error that happened in it.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) connection: Connection,
    pub(crate) failure: Option<Error>,
}

#[derive(Debug)]
pub(crate) enum Connection {
    Sqlite(rusqlite::Connection),
    Postgres(postgres::Client),
}

impl Session {
    pub(crate) fn new(connection: Connection) -> Self {
        Session { connection, failure: None }
    }

    pub(crate) async fn execute(
        &mut self,
        sql: &'static Statement,
        params: Params<'_>,
    ) -> Result<u64, Error> {
        self.check()?;
        let result = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Connection::Postgres(client) => postgres::execute(client, sql, params).await,
        };
        self.note(result)
    }

    pub(crate) async fn put(&mut self, sql: &'static Statement, params: Params<'_>) -> Result<(), Error> {
        self.check()?;
        let result = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::execute(connection, sql, params).map(drop),
            Connection::Postgres(client) => postgres::put(client, sql, params).await,
        };
        self.note(result)
    }

    pub(crate) async fn query<R: FromRow>(
        &mut self,
        sql: &'static Statement,
        params: Params<'_>,
    ) -> Result<Vec<R>, Error> {
        self.check()?;
        let result = match &mut self.connection {
            Connection::Sqlite(connection) => sqlite::query(connection, sql, params),
            Connection::Postgres(client) => postgres::query(client, sql, params).await,
        };
        self.note(result)
    }

    /// Names the desk whose rows PostgreSQL shows.
    pub(crate) async fn enter(&mut self, desk: DeskId) -> Result<(), Error> {
        self.check()?;
        let entered = match &mut self.connection {
            Connection::Sqlite(_) => Ok(()),
            Connection::Postgres(client) => postgres::enter(client, desk).await,
        };
        self.note(entered)
    }

    /// PostgreSQL refuses everything after the first error of a transaction; so both do.
    fn check(&self) -> Result<(), Error> {
        self.failure.clone().map_or(Ok(()), Err)
    }

    fn note<T>(&mut self, result: Result<T, Error>) -> Result<T, Error> {
        if let Err(error) = &result {
            self.failure = Some(error.clone());
        }
        result
    }
}
