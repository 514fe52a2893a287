//! A unit of work that waits for a thread, without its types.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rusqlite::Connection;
use tokio::sync::oneshot;

use crate::{
    BoxFuture, Error,
    engine::{self, Session},
    store::poll_once,
    tx::Bound,
};

/// A unit of work as the threads see it.
pub(super) trait Unit: Send {
    /// Runs it in the transaction that is open, and keeps its answer. Says whether its changes are to be kept.
    fn run(&mut self, connection: Connection) -> (Connection, bool);
    /// Gives the answer to the caller: the unit's own, or the error of the transaction around it.
    fn answer(self: Box<Self>, transaction: Result<(), Error>);
}

pub(super) struct Waiting<B: Bound, T, E, F> {
    key: B::Key,
    unit: F,
    outcome: Option<Result<T, E>>,
    reply: oneshot::Sender<Result<T, E>>,
}

impl<B: Bound, T, E, F> Waiting<B, T, E, F> {
    pub(super) fn new(key: B::Key, unit: F, reply: oneshot::Sender<Result<T, E>>) -> Self {
        Waiting { key, unit, outcome: None, reply }
    }
}

impl<B, T, E, F> Unit for Waiting<B, T, E, F>
where
    B: Bound,
    F: for<'t> Fn(&'t mut B) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
    T: Send,
    E: From<Error> + Send,
{
    fn run(&mut self, connection: Connection) -> (Connection, bool) {
        let mut bound = B::bind(self.key, Session::new(engine::Connection::Sqlite(connection)));
        // The connection stays ours whatever the unit does, and its transaction is rolled back after a panic.
        let result = catch_unwind(AssertUnwindSafe(|| poll_once((self.unit)(&mut bound))));
        let failure = bound.session().failure.take();
        let outcome = match (result, failure) {
            (Err(_panic), _) => Err(Error::Panicked.into()),
            (Ok(Ok(_)), Some(failure)) => Err(failure.into()),
            (Ok(result), _) => result,
        };
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        let engine::Connection::Sqlite(connection) = bound.release().connection else {
            unreachable!("a session keeps the connection that it was made with")
        };
        (connection, keep)
    }

    fn answer(self: Box<Self>, transaction: Result<(), Error>) {
        let result = match (transaction, self.outcome) {
            // The unit's own refusal is the better answer: nothing of it was to be kept anyway.
            (Err(_), Some(Err(own))) => Err(own),
            (Err(error), _) => Err(error.into()),
            (Ok(()), Some(outcome)) => outcome,
            (Ok(()), None) => Err(Error::Unavailable("the unit of work did not run".into()).into()),
        };
        // A caller that has gone away does not want to know.
        let _ = self.reply.send(result);
    }
}
