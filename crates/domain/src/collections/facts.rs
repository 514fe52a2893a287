//! What is known of a customer that owes something.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::policy::Class;
use crate::clock::Calendar;
use crate::id::LedgerId;
use crate::money::{Currency, Money};
use crate::words;

/// What is known of one customer. The order of rows means nothing.
#[derive(Clone, Debug)]
pub struct Facts {
    /// Today, where the customer is.
    pub today: Date,
    /// Where the customer is.
    pub zone: TimeZone,
    /// On which days the desk works.
    pub calendar: Arc<Calendar>,
    /// What kind of customer it is.
    pub class: Class,
    /// The invoices of which something is open.
    pub invoices: Vec<Invoice>,
    /// The payments that came in and were not taken back.
    pub payments: Vec<Payment>,
    /// What is left of payments and credit notes, and settles nothing yet.
    pub left: Vec<Money>,
    /// The disputes that have no outcome.
    pub disputes: Vec<Dispute>,
    /// The promises to pay, at once or in parts, that nobody took back.
    pub promises: Vec<Promise>,
    /// The times in which the customer is left alone, that nobody took back.
    pub exemptions: Vec<Exemption>,
    /// The notices that were given, but for those that never arrived and are to be given again.
    pub notices: Vec<Notice>,
}

/// An invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Invoice {
    /// Its entry in the ledger.
    pub id: LedgerId,
    /// When it is due.
    pub due: Date,
    /// What of it is open.
    pub open: Money,
}

/// A payment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The day that it counts for.
    pub day: Date,
    /// How much.
    pub amount: Money,
}

/// A line of an invoice that the customer does not accept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dispute {
    /// The invoice.
    pub invoice: LedgerId,
    /// What of it is not owed if the customer is right, in minor units.
    pub amount: i64,
}

/// A promise to pay.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promise {
    /// When it was given. What came in from this day on keeps it.
    pub made: Date,
    /// In which currency.
    pub currency: Currency,
    /// By when how much, in minor units.
    pub parts: Vec<(Date, i64)>,
}

/// A time in which a customer is left alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exemption {
    /// The first day.
    pub from: Date,
    /// The last one.
    pub until: Date,
}

words! {
    /// What became of a notice.
    pub enum Delivery {
        /// Nobody knows yet.
        Waiting = "waiting",
        /// The mail server of at least one who gets it has taken it, and it did not come back.
        Delivered = "delivered",
        /// It was refused, or came back.
        Failed = "failed",
    }
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The key of its stage.
    pub stage: String,
    /// When it was given, where the customer is.
    pub on: Date,
    /// The invoices that it speaks of.
    pub invoices: BTreeSet<LedgerId>,
    /// What became of it.
    pub delivery: Delivery,
}
