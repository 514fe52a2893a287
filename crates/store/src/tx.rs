//! A unit of work's hands: the only thing that it may await.

use domain::id::DeskId;

use crate::{
    Error, FromRow, Value,
    engine::{Params, Session},
    sql::{desk, system},
};

use self::sealed::Reach;

/// A transaction of one desk. It binds the desk to `$1` itself, so no caller can name another one.
///
/// The first error of a statement ends the transaction on both databases: later statements answer with the same
/// error, and nothing is kept even if the unit returns `Ok`. What may be refused is asked with `ON CONFLICT`.
#[derive(Debug)]
pub struct Tx {
    desk: DeskId,
    session: Session,
}

/// A transaction on the installation's own tables ([`SYSTEM_TABLES`](crate::sql::SYSTEM_TABLES)). On PostgreSQL it
/// sees no row of any desk.
#[derive(Debug)]
pub struct System {
    session: Session,
}

impl Tx {
    /// The desk whose transaction this is.
    #[must_use]
    pub fn desk(&self) -> DeskId {
        self.desk
    }

    /// Runs a statement; answers how many rows it changed. `params` begin with `$2`.
    ///
    /// # Errors
    /// What the database says; see [`Error`].
    pub async fn execute(&mut self, sql: &'static desk::Sql, params: &[Value<'_>]) -> Result<u64, Error> {
        self.session.execute(&sql.0, Params::desk(self.desk, params)).await
    }

    /// Runs a statement without an answer. On PostgreSQL it travels with the next one that has an answer, or with the
    /// commit: what the database says about it may be told only there, and ends the transaction as always.
    ///
    /// # Errors
    /// What the database says; see [`Error`].
    pub async fn put(&mut self, sql: &'static desk::Sql, params: &[Value<'_>]) -> Result<(), Error> {
        self.session.put(&sql.0, Params::desk(self.desk, params)).await
    }

    /// All rows of a statement. `params` begin with `$2`.
    ///
    /// # Errors
    /// What the database says, or [`Error::Corrupt`].
    pub async fn query<R: FromRow>(
        &mut self,
        sql: &'static desk::Sql,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, Error> {
        self.session.query(&sql.0, Params::desk(self.desk, params)).await
    }

    /// The first row of a statement, if there is one.
    ///
    /// # Errors
    /// As [`Tx::query`].
    pub async fn query_opt<R: FromRow>(
        &mut self,
        sql: &'static desk::Sql,
        params: &[Value<'_>],
    ) -> Result<Option<R>, Error> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// The first row of a statement.
    ///
    /// # Errors
    /// As [`Tx::query`], and [`Error::NotFound`] if there is none.
    pub async fn query_one<R: FromRow>(
        &mut self,
        sql: &'static desk::Sql,
        params: &[Value<'_>],
    ) -> Result<R, Error> {
        self.query_opt(sql, params).await?.ok_or(Error::NotFound(sql.0.name))
    }

    /// The installation's own tables, in the same transaction: for the narrow typed functions of this crate that a
    /// desk's unit may call.
    pub(crate) fn system(&mut self) -> SystemPart<'_> {
        SystemPart { session: &mut self.session }
    }
}

impl System {
    /// Runs a statement; answers how many rows it changed. `params` begin with `$1`.
    ///
    /// # Errors
    /// What the database says; see [`Error`].
    pub async fn execute(&mut self, sql: &'static system::Sql, params: &[Value<'_>]) -> Result<u64, Error> {
        self.system().execute(sql, params).await
    }

    /// All rows of a statement. `params` begin with `$1`.
    ///
    /// # Errors
    /// What the database says, or [`Error::Corrupt`].
    pub async fn query<R: FromRow>(
        &mut self,
        sql: &'static system::Sql,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, Error> {
        self.system().query(sql, params).await
    }

    /// The first row of a statement, if there is one.
    ///
    /// # Errors
    /// As [`System::query`].
    pub async fn query_opt<R: FromRow>(
        &mut self,
        sql: &'static system::Sql,
        params: &[Value<'_>],
    ) -> Result<Option<R>, Error> {
        Ok(self.query(sql, params).await?.into_iter().next())
    }

    /// The first row of a statement.
    ///
    /// # Errors
    /// As [`System::query`], and [`Error::NotFound`] if there is none.
    pub async fn query_one<R: FromRow>(
        &mut self,
        sql: &'static system::Sql,
        params: &[Value<'_>],
    ) -> Result<R, Error> {
        self.query_opt(sql, params).await?.ok_or(Error::NotFound(sql.0.name))
    }

    /// All rows of a statement of the desk that this transaction has found: for the narrow typed functions of this crate
    /// that say who somebody is. On PostgreSQL it sees rows of that desk from then on. `params` begin with `$2`.
    pub(crate) async fn query_of<R: FromRow>(
        &mut self,
        desk: DeskId,
        sql: &'static desk::Sql,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, Error> {
        self.session.enter(desk).await?;
        self.session.query(&sql.0, Params::desk(desk, params)).await
    }
}

/// Either transaction, for the narrow typed functions on the installation's tables that a desk's unit may call too,
/// such as enqueuing a job: they happen in the same transaction.
pub trait Installation: Send + sealed::Reach {}

impl Installation for Tx {}
impl Installation for System {}

pub(crate) mod sealed {
    use super::{DeskId, SystemPart};

    /// Only for this crate.
    pub trait Reach {
        /// The desk's, if it is a desk's transaction.
        fn bound_to(&self) -> Option<DeskId>;
        /// The installation's tables in this transaction.
        fn system(&mut self) -> SystemPart<'_>;
    }
}

impl sealed::Reach for Tx {
    fn bound_to(&self) -> Option<DeskId> {
        Some(self.desk)
    }
    fn system(&mut self) -> SystemPart<'_> {
        SystemPart { session: &mut self.session }
    }
}

impl sealed::Reach for System {
    fn bound_to(&self) -> Option<DeskId> {
        None
    }
    fn system(&mut self) -> SystemPart<'_> {
        SystemPart { session: &mut self.session }
    }
}

/// The installation's side of either transaction.
#[derive(Debug)]
pub struct SystemPart<'t> {
    session: &'t mut Session,
}

impl SystemPart<'_> {
    pub(crate) async fn execute(
        &mut self,
        sql: &'static system::Sql,
        params: &[Value<'_>],
    ) -> Result<u64, Error> {
        self.session.execute(&sql.0, Params::system(params)).await
    }

    pub(crate) async fn put(&mut self, sql: &'static system::Sql, params: &[Value<'_>]) -> Result<(), Error> {
        self.session.put(&sql.0, Params::system(params)).await
    }

    pub(crate) async fn query<R: FromRow>(
        &mut self,
        sql: &'static system::Sql,
        params: &[Value<'_>],
    ) -> Result<Vec<R>, Error> {
        self.session.query(&sql.0, Params::system(params)).await
    }
}

/// What a unit of work is bound to: one desk, or the installation.
pub(crate) trait Bound: Send + Sized + 'static {
    /// What it is bound by.
    type Key: Copy + Send + Sync + 'static;
    fn bind(key: Self::Key, session: Session) -> Self;
    fn session(&mut self) -> &mut Session;
    fn release(self) -> Session;
    fn desk(key: Self::Key) -> Option<DeskId>;
}

impl Bound for Tx {
    type Key = DeskId;
    fn bind(desk: DeskId, session: Session) -> Self {
        Tx { desk, session }
    }
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }
    fn release(self) -> Session {
        self.session
    }
    fn desk(key: DeskId) -> Option<DeskId> {
        Some(key)
    }
}

impl Bound for System {
    type Key = ();
    fn bind((): (), session: Session) -> Self {
        System { session }
    }
    fn session(&mut self) -> &mut Session {
        &mut self.session
    }
    fn release(self) -> Session {
        self.session
    }
    fn desk((): ()) -> Option<DeskId> {
        None
    }
}
