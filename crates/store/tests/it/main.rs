//! The store on both databases.
#![expect(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod blobs;
mod chain;
mod crash;
mod group;
mod jobs;
mod schema;
mod seam;
mod search;
mod support;
mod tenancy;

use domain::id::DeskId;
use jiff::Timestamp;

store::sql! {
    desk PUT = "INSERT INTO numbers (desk_id, name, next) VALUES ($1, $2, $3)";
    desk SET = "UPDATE numbers SET next = $3 WHERE desk_id = $1 AND name = $2";
    system DELETE_JOBS = "DELETE FROM jobs";
    desk GET = "SELECT next FROM numbers WHERE desk_id = $1 AND name = $2";
}

/// A desk of the tests.
fn desk(number: u8) -> DeskId {
    DeskId::new(Timestamp::UNIX_EPOCH, [number; 10])
}
