//! What can go wrong between a use case and its database.

/// An error of the store. The texts are for the log, never for people: they may name tables and columns.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The disk is full. Nothing was written; reading goes on.
    #[error("the disk of the database is full")]
    Full,
    /// Too much work waits already, or another process holds the lock for too long. Try again later.
    #[error("the database is busy: {0}")]
    Busy(&'static str),
    /// `query_one` found no row; the statement's name.
    #[error("{0}: no such row")]
    NotFound(&'static str),
    /// Somebody else was faster: the row has another version by now. For the callers' version checks.
    #[error("somebody else has changed this in the meantime")]
    Stale,
    /// A constraint of the schema refused the change.
    #[error("refused by a constraint: {0}")]
    Conflict(Conflict),
    /// A stored value is not what the program expects there.
    #[error("{statement}: column {column} is not a {wanted}")]
    Corrupt {
        /// The statement's name.
        statement: &'static str,
        /// The column's place in the answer, from 0.
        column: usize,
        /// What was wanted there.
        wanted: &'static str,
    },
    /// A stored thing (a database page, an attachment) does not match its checksum.
    #[error("damaged: {0}")]
    Damaged(String),
    /// The unit of work panicked. Its changes are undone; others are not touched.
    #[error("the unit of work panicked")]
    Panicked,
    /// The unit of work waited for something other than its transaction.
    #[error("a unit of work may only await its own transaction")]
    Waited,
    /// The database cannot be reached, or was lost in the middle of a commit: then the change may have been made.
    #[error("the database is not available: {0}")]
    Unavailable(String),
    /// The schema is not the one that this program knows. A sentence for the operator.
    #[error("{0}")]
    Schema(String),
    /// Anything else that the database said: a fault of the program.
    #[error("{0}")]
    Database(String),
    /// PostgreSQL asks to run the transaction again. Only seen inside of a unit; `write` does it.
    #[error("the transaction met another one and must run again")]
    Retry,
}

/// Which constraint refused a change. Both databases fill `table` and `columns` for unique constraints; SQLite
/// does not say which foreign key was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The kind of constraint.
    pub kind: ConflictKind,
    /// The table, or empty where the database does not say.
    pub table: String,
    /// The columns of the constraint in its order, or empty where the database does not say.
    pub columns: Vec<String>,
    /// What PostgreSQL calls the constraint; empty on SQLite.
    pub constraint: String,
}

/// The kinds of constraints.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConflictKind {
    /// A primary key or unique index.
    Unique,
    /// A reference to a row that is not there, or that is still referred to.
    Foreign,
    /// A value that must be given.
    NotNull,
    /// A check.
    Check,
}

impl std::fmt::Display for Conflict {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} {}({}) {}", self.kind, self.table, self.columns.join(", "), self.constraint)
    }
}

impl Error {
    /// Whether a unique constraint of `table` that ends with `column` was violated. (It begins with the desk.)
    #[must_use]
    pub fn is_taken(&self, table: &str, column: &str) -> bool {
        matches!(self, Error::Conflict(c) if c.kind == ConflictKind::Unique
            && c.table == table && c.columns.last().is_some_and(|last| last == column))
    }
}
