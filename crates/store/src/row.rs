//! Rows of an answer, read in the order of their columns.

use crate::{Error, FromValue, Raw};

/// One row of an answer. Columns are read from the first to the last.
#[derive(Debug)]
pub struct Row<'r> {
    pub(crate) statement: &'static str,
    pub(crate) cells: Cells<'r>,
    pub(crate) at: usize,
}

#[derive(Debug)]
pub(crate) enum Cells<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

/// A type that can be read from a row. Made by [`record!`](crate::record), or a tuple.
pub trait FromRow: Sized + Send {
    /// Reads its columns from where the row stands.
    ///
    /// # Errors
    /// [`Error::Corrupt`] if a column does not hold what it should.
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error>;
}

impl Row<'_> {
    /// The next column.
    ///
    /// # Errors
    /// [`Error::Corrupt`] if it does not hold a `T`, or is not there.
    #[expect(clippy::should_implement_trait, reason = "each column has its own type")]
    pub fn next<T: FromValue>(&mut self) -> Result<T, Error> {
        let column = self.at;
        self.at += 1;
        let raw = match self.cells {
            Cells::Sqlite(row) => crate::engine::sqlite::cell(row, column),
            Cells::Postgres(row) => crate::engine::postgres::cell(row, column),
        };
        raw.and_then(T::from_value).ok_or(Error::Corrupt {
            statement: self.statement,
            column,
            wanted: T::WANTED,
        })
    }

    /// Reads a whole row: a column that nobody reads is a fault.
    pub(crate) fn whole<R: FromRow>(statement: &'static str, cells: Cells<'_>) -> Result<R, Error> {
        let columns = match cells {
            Cells::Sqlite(row) => row.as_ref().column_count(),
            Cells::Postgres(row) => row.len(),
        };
        let mut row = Row { statement, cells, at: 0 };
        let value = R::from_row(&mut row)?;
        if row.at == columns {
            return Ok(value);
        }
        Err(Error::Corrupt { statement, column: row.at, wanted: "column that is read" })
    }
}

macro_rules! tuples {
    ($(($($t:ident),+))+) => {$(
        impl<$($t: FromValue + Send),+> FromRow for ($($t,)+) {
            fn from_row(row: &mut Row<'_>) -> Result<Self, Error> { Ok(($(row.next::<$t>()?,)+)) }
        }
    )+};
}
tuples! { (A) (A, B) (A, B, C) (A, B, C, D) (A, B, C, D, E) (A, B, C, D, E, F) }

/// Declares a struct that is read from a row, its fields in the order of the columns:
/// `record! { /// A line. pub struct TicketLine { pub id: TicketId, pub number: i64 } }`
#[macro_export]
macro_rules! record {
    ($($(#[$meta:meta])* $vis:vis struct $name:ident {
        $($(#[$fmeta:meta])* $fvis:vis $field:ident: $type:ty),+ $(,)?
    })+) => {$(
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq)]
        $vis struct $name { $($(#[$fmeta])* $fvis $field: $type),+ }

        impl $crate::FromRow for $name {
            fn from_row(row: &mut $crate::Row<'_>) -> Result<Self, $crate::Error> {
                Ok(Self { $($field: row.next()?),+ })
            }
        }
    )+};
}

/// For a raw value of a cell, as the engines read it.
pub(crate) type Cell<'r> = Option<Raw<'r>>;
