//! The store on both databases.
#![expect(clippy::unwrap_used, reason = "tests")]

mod seam;
