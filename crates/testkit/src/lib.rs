//! TestDesk: real database, movable clock, captured mail.

pub mod db;
