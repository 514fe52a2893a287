//! The thread that writes. It takes the units that wait, runs them in one transaction, commits once, and answers after
//! that: one fsync is shared by the whole group.

use std::{
    collections::VecDeque,
    sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use rusqlite::Connection;
use tracing::warn;

use super::{control, error, unit::Unit};
use crate::Error;

/// How many units may wait; past it the store is busy.
const WAITING: usize = 1024;
/// A group holds the lock for this many units at most, so that other processes get their turn.
const GROUP: usize = 64;
/// No unit joins a group that is older.
const GROUP_TIME: Duration = Duration::from_millis(4);
/// After so long without work, the journal is folded into the database and statistics are brought up to date.
const IDLE: Duration = Duration::from_secs(2);

#[derive(Debug)]
pub(super) struct Writer {
    units: SyncSender<Box<dyn Unit>>,
}

impl std::fmt::Debug for dyn Unit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Unit")
    }
}

impl Writer {
    pub(super) fn start(connection: Connection) -> Result<Self, Error> {
        let (units, waiting) = sync_channel(WAITING);
        thread::Builder::new()
            .name("sqlite-write".into())
            .spawn(move || Thread { connection: Some(connection), waiting }.run())
            .map_err(|e| Error::Unavailable(e.to_string()))?;
        Ok(Writer { units })
    }

    pub(super) fn send(&self, unit: Box<dyn Unit>) -> Result<(), Error> {
        self.units.try_send(unit).map_err(|e| match e {
            TrySendError::Full(_) => Error::Busy("too many units wait to write"),
            TrySendError::Disconnected(_) => Error::Unavailable("the writer has ended".into()),
        })
    }
}

struct Thread {
    /// Lent to the unit that runs.
    connection: Option<Connection>,
    waiting: Receiver<Box<dyn Unit>>,
}

impl Thread {
    fn run(mut self) {
        let mut tidy = true;
        loop {
            match self.waiting.recv_timeout(IDLE) {
                Ok(unit) => {
                    self.group(unit);
                    tidy = false;
                }
                Err(RecvTimeoutError::Timeout) if tidy => {}
                Err(RecvTimeoutError::Timeout) => {
                    self.tidy_up();
                    tidy = true;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    /// Runs `first` and whoever waits behind it as one transaction, and answers them all.
    fn group(&mut self, first: Box<dyn Unit>) {
        let Ok(second) = self.waiting.try_recv() else {
            return self.alone(first);
        };
        let started = Instant::now();
        let mut next = VecDeque::from([first, second]);
        if let Err(busy) = self.sql("BEGIN IMMEDIATE") {
            // Whoever waits would wait as long again for the same lock.
            next.extend(self.waiting.try_iter().take(GROUP));
            return answer_all(next, &Err(busy));
        }
        let mut done = Vec::new();
        loop {
            let joins = done.len() < GROUP && started.elapsed() < GROUP_TIME;
            let late = || if joins { self.waiting.try_recv().ok() } else { None };
            let Some(mut unit) = next.pop_front().or_else(late) else {
                break;
            };
            let before = self.connection().total_changes();
            let keep = self.lend(&mut *unit);
            done.push(unit);
            if self.connection().is_autocommit() {
                done.extend(next);
                return self.each_alone(done, &Error::Full);
            }
            if !keep && self.connection().total_changes() != before {
                done.extend(next);
                return self.each_in_savepoint(done);
            }
        }
        self.commit(done);
    }

    /// One of a group was refused after it had changed something: all of them run again, so that its changes are
    /// undone without those of the others.
    ///
    /// That is rare, and a savepoint for every unit is dear: SQLite copies each page that a unit touches, and FTS5
    /// writes a segment of its index for each, where it writes one for a whole group otherwise.
    fn each_in_savepoint(&mut self, mut units: Vec<Box<dyn Unit>>) {
        self.roll_back();
        if let Err(busy) = self.sql("BEGIN IMMEDIATE") {
            return answer_all(units, &Err(busy));
        }
        let ran = units.iter_mut().try_for_each(|unit| self.in_savepoint(&mut **unit));
        match ran {
            Ok(()) => self.commit(units),
            Err(cause) => self.each_alone(units, &cause),
        }
    }

    fn commit(&mut self, units: Vec<Box<dyn Unit>>) {
        match self.sql("COMMIT") {
            Ok(()) => answer_all(units, &Ok(())),
            Err(cause) => self.each_alone(units, &cause),
        }
    }

    /// SQLite has ended the group's transaction itself (a full disk), or could not commit it: nothing of it is
    /// kept, so each unit gets its own transaction and its own answer.
    fn each_alone(&mut self, units: Vec<Box<dyn Unit>>, cause: &Error) {
        warn!(%cause, units = units.len(), "SQLite gave up a group of writes; each runs again alone");
        self.roll_back();
        units.into_iter().for_each(|unit| self.alone(unit));
    }

    /// A group of one needs no savepoint.
    fn alone(&mut self, mut unit: Box<dyn Unit>) {
        let ended = self.sql("BEGIN IMMEDIATE").and_then(|()| {
            let keep = self.lend(&mut *unit);
            if keep && self.connection().is_autocommit() {
                return Err(Error::Full);
            }
            if keep { self.sql("COMMIT") } else { Ok(()) }
        });
        self.roll_back();
        unit.answer(ended);
    }

    /// Runs a unit so that its changes can be undone without those of the others.
    ///
    /// # Errors
    /// If the whole transaction is gone.
    fn in_savepoint(&mut self, unit: &mut dyn Unit) -> Result<(), Error> {
        self.sql("SAVEPOINT unit")?;
        let keep = self.lend(unit);
        if self.connection().is_autocommit() {
            return Err(Error::Full);
        }
        if !keep {
            self.sql("ROLLBACK TO unit")?;
        }
        self.sql("RELEASE unit")
    }

    fn lend(&mut self, unit: &mut dyn Unit) -> bool {
        let connection = self.connection.take().expect("a unit gives the connection back");
        let (connection, keep) = unit.run(connection);
        self.connection = Some(connection);
        keep
    }

    fn connection(&self) -> &Connection {
        self.connection.as_ref().expect("a unit gives the connection back")
    }

    fn sql(&self, text: &'static str) -> Result<(), Error> {
        control(self.connection(), text)
    }

    /// Whatever is still open is not kept.
    fn roll_back(&self) {
        if !self.connection().is_autocommit()
            && let Err(cause) = self.sql("ROLLBACK")
        {
            warn!(%cause, "SQLite could not roll back");
        }
    }

    fn tidy_up(&self) {
        let tidy = "PRAGMA wal_checkpoint(PASSIVE); PRAGMA analysis_limit = 400; PRAGMA optimize;";
        if let Err(cause) = self.connection().execute_batch(tidy).map_err(error) {
            warn!(%cause, "SQLite could not be tidied up; the next pause tries again");
        }
    }
}

fn answer_all(units: impl IntoIterator<Item = Box<dyn Unit>>, transaction: &Result<(), Error>) {
    units.into_iter().for_each(|unit| unit.answer(transaction.clone()));
}
