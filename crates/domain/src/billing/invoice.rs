//! Invoices of suppliers: how their lines add up, when they are due, what is open.

use jiff::{ToSpan as _, civil::Date};
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use crate::{
    money::{Currency, Money},
    words,
};

/// Days after the date of an invoice on which Microsoft must have its money.
const NET_DAYS: i32 = 60;
/// So many working days before an invoice is due, somebody should know.
pub const WARN_WORKING_DAYS: u32 = 5;

words! {
    /// What kind of document it is.
    pub enum Kind {
        /// A bill, or a credit.
        Invoice = "invoice",
        /// Takes back a whole invoice.
        VoidNote = "void_note",
        /// Comes in place of one that was taken back.
        AdjustmentNote = "adjustment_note",
    }
}

/// When Microsoft must have its money.
#[must_use]
pub fn due_at_microsoft(date: Date) -> Date {
    date.checked_add(NET_DAYS.days()).unwrap_or(Date::MAX)
}

/// An amount in whole minor units, if it has no more digits than the currency and can be counted.
#[must_use]
pub fn money(amount: Decimal, currency: Currency) -> Option<Money> {
    let minor = amount.checked_mul(Decimal::from(10_i64.pow(currency.digits())))?;
    minor.is_integer().then(|| i64::try_from(minor).ok()).flatten().map(|minor| Money { minor, currency })
}

/// The exact value of an amount.
#[must_use]
pub fn exact(money: Money) -> Decimal {
    Decimal::new(money.minor, money.currency.digits())
}

/// An amount of lines as an invoice would say it.
#[must_use]
pub fn rounded(amount: Decimal, currency: Currency) -> Decimal {
    amount.round_dp_with_strategy(currency.digits(), RoundingStrategy::MidpointAwayFromZero)
}

/// What the lines of an invoice are together, in its currency.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sums {
    /// How many.
    pub lines: u32,
    /// What counts towards the invoice.
    pub counted: Decimal,
    /// Tax.
    pub tax: Decimal,
    /// Discounts.
    pub discount: Decimal,
    /// How many lines are in another currency: they are in none of the sums.
    pub foreign: u32,
}

impl Sums {
    /// With more lines; nothing if that cannot be counted.
    #[must_use]
    pub fn plus(self, other: Sums) -> Option<Sums> {
        Some(Sums {
            lines: self.lines.checked_add(other.lines)?,
            counted: self.counted.checked_add(other.counted)?,
            tax: self.tax.checked_add(other.tax)?,
            discount: self.discount.checked_add(other.discount)?,
            foreign: self.foreign.checked_add(other.foreign)?,
        })
    }
}

words! {
    /// What a difference is, as far as one can tell from the sums.
    pub enum Why {
        /// It is just the tax of the lines.
        Tax = "tax",
        /// It is just their discounts.
        Discounts = "discounts",
        /// It is not more than rounding each line can make.
        Rounding = "rounding",
        /// Nobody can tell: lines are missing, or too many.
        Unknown = "unknown",
    }
}

/// Whether lines add up to their invoice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reconciled {
    /// There are no lines.
    NoLines,
    /// To the last minor unit.
    Exactly,
    /// They do not: the lines are so much more than the invoice.
    Off {
        /// Lines less invoice.
        by: Decimal,
        /// What that is.
        why: Why,
    },
    /// Lines are in other currencies than the invoice: nothing is added up across them.
    Mixed,
}

/// Sets lines against the total of their invoice.
#[must_use]
pub fn reconcile(total: Money, sums: &Sums) -> Reconciled {
    if sums.foreign > 0 {
        return Reconciled::Mixed;
    }
    if sums.lines == 0 {
        return Reconciled::NoLines;
    }
    let by = rounded(sums.counted, total.currency) - exact(total);
    if by.is_zero() {
        return Reconciled::Exactly;
    }
    let tax = rounded(sums.tax, total.currency);
    let discount = rounded(sums.discount, total.currency);
    let half = Decimal::new(5, total.currency.digits() + 1);
    let why = if by == -tax || by == tax {
        Why::Tax
    } else if by == discount || by == -discount {
        Why::Discounts
    } else if by.abs() <= half * Decimal::from(sums.lines) {
        Why::Rounding
    } else {
        Why::Unknown
    };
    Reconciled::Off { by, why }
}

words! {
    /// Where an invoice stands. It is computed from what is there, never kept.
    pub enum Standing {
        /// Another document took it back.
        Void = "void",
        /// The supplier owes us, or nothing is owed.
        Credit = "credit",
        /// Paid in full, or more.
        Paid = "paid",
        /// Something is open, and there is time.
        Open = "open",
        /// Something is open, and should have been paid.
        Overdue = "overdue",
    }
}

/// What is open of an invoice, in minor units, and where it stands.
#[must_use]
pub fn standing(total: Money, paid: i64, is_void: bool, due: Date, today: Date) -> (Money, Standing) {
    let open = |minor| Money { minor, currency: total.currency };
    if is_void {
        // What was paid of it is owed to us.
        return (open(paid.saturating_neg()), Standing::Void);
    }
    if total.minor <= 0 {
        return (open(0), Standing::Credit);
    }
    let left = total.minor.saturating_sub(paid);
    if left <= 0 {
        return (open(left), Standing::Paid);
    }
    (open(left), if today > due { Standing::Overdue } else { Standing::Open })
}
