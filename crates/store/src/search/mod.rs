//! Search in five languages: the same terms, and the same hits, on both databases.
//!
//! A text becomes terms ([`analyse`]), a question becomes an expression over terms ([`Words`]), and the index
//! ([`add`], [`find`]) brings both together. A [`snippet`] shows why a ticket was found.

mod analyse;
pub mod articles;
pub(crate) mod dialect;
pub(crate) mod index;
mod query;
mod snippet;

pub use analyse::{LONGEST_TERM, MOST_TERMS, Terms, VERSION, analyse};
pub use index::{
    Doc, Hit, Hits, MOST_CANDIDATES, MOST_HITS, Only, Order, Outdated, Part, Question, Shown, add, find,
    outdated, remove, shown,
};
pub use query::{Words, warm};
pub use snippet::{Piece, snippet};
