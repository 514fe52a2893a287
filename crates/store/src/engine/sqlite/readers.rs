//! Threads with read-only connections. Each unit sees one moment of the database.

use std::{
    collections::VecDeque,
    path::Path,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
    thread,
};

use rusqlite::Connection;
use tokio::sync::oneshot;

use super::{connect_reader, control, unit::Unit};
use crate::Error;

/// How many units may wait; past it the store is busy.
const WAITING: usize = 4096;

type Job = Box<dyn FnOnce(Connection) -> Connection + Send>;

#[derive(Debug)]
pub(super) struct Readers {
    queue: Arc<Queue>,
}

struct Queue {
    state: Mutex<State>,
    ready: Condvar,
}

#[derive(Default)]
struct State {
    jobs: VecDeque<Job>,
    closed: bool,
}

impl std::fmt::Debug for Queue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Queue").field("waiting", &self.lock().jobs.len()).finish()
    }
}

impl Queue {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing panics while it holds the lock.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn push(&self, job: Job) -> Result<(), Error> {
        let mut state = self.lock();
        if state.jobs.len() >= WAITING {
            return Err(Error::Busy("too many units wait to read"));
        }
        state.jobs.push_back(job);
        self.ready.notify_one();
        Ok(())
    }

    /// The next job, or `None` when the store is closed.
    fn next(&self) -> Option<Job> {
        let mut state = self.lock();
        loop {
            if let Some(job) = state.jobs.pop_front() {
                return Some(job);
            }
            if state.closed {
                return None;
            }
            state = self.ready.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Readers {
    pub(super) fn start(path: &Path, threads: usize) -> Result<Self, Error> {
        let readers = Readers { queue: Arc::new(Queue { state: Mutex::default(), ready: Condvar::new() }) };
        for number in 0..threads {
            let mut connection = connect_reader(path)?;
            let queue = Arc::clone(&readers.queue);
            let run = move || {
                while let Some(job) = queue.next() {
                    connection = job(connection);
                }
            };
            thread::Builder::new()
                .name(format!("sqlite-read-{number}"))
                .spawn(run)
                .map_err(|e| Error::Unavailable(e.to_string()))?;
        }
        Ok(readers)
    }

    pub(super) fn send(&self, unit: Box<dyn Unit>) -> Result<(), Error> {
        self.queue.push(Box::new(move |connection| snapshot(connection, unit)))
    }

    pub(super) async fn with_connection<T: Send + 'static>(
        &self,
        run: impl FnOnce(&Connection) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (reply, answer) = oneshot::channel();
        self.queue.push(Box::new(move |connection| {
            let _ = reply.send(run(&connection));
            connection
        }))?;
        answer.await.unwrap_or_else(|_| Err(Error::Unavailable("its thread has ended".into())))
    }
}

impl Drop for Readers {
    fn drop(&mut self) {
        self.queue.lock().closed = true;
        self.queue.ready.notify_all();
    }
}

/// A deferred transaction in WAL mode is a snapshot from its first statement on.
fn snapshot(connection: Connection, mut unit: Box<dyn Unit>) -> Connection {
    if let Err(cause) = control(&connection, "BEGIN") {
        unit.answer(Err(cause));
        return connection;
    }
    let (connection, _) = unit.run(connection);
    let ended = control(&connection, "ROLLBACK");
    unit.answer(ended);
    connection
}
