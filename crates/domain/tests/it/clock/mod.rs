//! Clocks: hand-made cases, a million random ones against an oracle, and what people type.

mod by_hand;
mod desks;
mod explain;
mod oracle;
mod random;
mod running;
mod zones;
