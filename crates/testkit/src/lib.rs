//! TestDesk: real database, movable clock, captured mail.
