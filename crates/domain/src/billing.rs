//! What suppliers bill the desk: lines as values, the layouts in which they come, invoices and what is due, and where an
//! amount comes from.

pub mod claim;
pub mod difference;
pub mod explain;
pub mod invoice;
pub mod layout;
pub mod line;
pub mod owing;
pub mod read;
