//! Collections: how a desk comes to the money that its customers owe.
//!
//! The [policy](policy) is data: steps, one after the other, each with what has to be so, a notice, and an effect. Where a
//! customer [stands](standing) is computed from facts alone: nothing happens because something was told, so that what is lost,
//! told twice or told late changes nothing.
//!
//! # The logic
//!
//! **An invoice climbs the stages, and takes none that it was not warned of.** Its next stage is open when it is old enough,
//! when the notices of the stages before it were delivered, and when the days of grace after each are over. So a clock that
//! jumps by forty days makes an invoice old, and moves it by one stage.
//!
//! **What is disputed, promised or covered by money that is there does not count**, and only that: the rest of an invoice does.
//! Money that settles nothing yet covers the oldest invoices.
//!
//! **A stage looks at one currency at a time.** Amounts of two are never added.

pub mod facts;
pub mod policy;
pub mod standing;

pub use facts::Facts;
pub use policy::{Class, Count, Effect, Policy, Scope, Stage};
pub use standing::{Condition, Standing, Suspension, standing};
