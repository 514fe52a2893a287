//! The ledger of a customer: entries that are never changed, and what follows from them.
//!
//! What is open, what is left of a payment, the balance and the age of what is owed are computed from the entries alone. A
//! new entry is taken by the same function that reads the old ones: what the ledger could not explain cannot be written.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::id::LedgerId;
use crate::money::{Currency, Money};
use crate::words;

words! {
    /// What an entry is.
    pub enum EntryKind {
        /// The customer owes it.
        Invoice = "invoice",
        /// The desk owes it.
        CreditNote = "credit_note",
        /// The customer paid it.
        Payment = "payment",
        /// A part of a payment or credit note settles an invoice.
        Allocation = "allocation",
        /// A part of an invoice is given up.
        WriteOff = "write_off",
        /// What is left of a payment or credit note was paid back.
        Refund = "refund",
        /// A payment was none: entered by mistake, or returned by the bank. What it settled is open again.
        Reversal = "reversal",
    }
}

impl EntryKind {
    /// Which way it moves what the customer owes: up, down, or not at all.
    #[must_use]
    pub const fn sign(self) -> i64 {
        match self {
            EntryKind::Invoice | EntryKind::Refund | EntryKind::Reversal => 1,
            EntryKind::CreditNote | EntryKind::Payment | EntryKind::WriteOff => -1,
            EntryKind::Allocation => 0,
        }
    }
}

/// What an entry does. Ids are those of other entries of the same customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The customer owes it.
    Invoice {
        /// By when.
        due: Date,
    },
    /// The desk owes it.
    CreditNote,
    /// The customer paid it.
    Payment,
    /// A part of a payment or credit note settles an invoice.
    Allocation {
        /// The payment or credit note.
        from: LedgerId,
        /// The invoice.
        to: LedgerId,
    },
    /// A part of an invoice is given up.
    WriteOff {
        /// The invoice.
        of: LedgerId,
    },
    /// What is left of a payment or credit note was paid back.
    Refund {
        /// The payment or credit note.
        of: LedgerId,
    },
    /// A payment was none.
    Reversal {
        /// The payment.
        of: LedgerId,
    },
}

impl What {
    /// Its kind.
    #[must_use]
    pub const fn kind(self) -> EntryKind {
        match self {
            What::Invoice { .. } => EntryKind::Invoice,
            What::CreditNote => EntryKind::CreditNote,
            What::Payment => EntryKind::Payment,
            What::Allocation { .. } => EntryKind::Allocation,
            What::WriteOff { .. } => EntryKind::WriteOff,
            What::Refund { .. } => EntryKind::Refund,
            What::Reversal { .. } => EntryKind::Reversal,
        }
    }
}

/// An entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id. Entries are read in the order in which they were written.
    pub id: LedgerId,
    /// How much; above nothing, but for an invoice or credit note that comes to nothing.
    pub amount: Money,
    /// What it does.
    pub what: What,
}

words! {
    /// Why an entry is not taken.
    pub enum Refusal {
        /// It has no amount.
        Nothing = "no-amount",
        /// More than is open, or than is left.
        TooMuch = "more-than-open",
        /// Its currency is another one.
        Currency = "other-currency",
        /// It refers to what is not there, or is of another kind.
        Unknown = "no-such-entry",
    }
}

/// An invoice, and what of it is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Owed {
    /// When it is due.
    pub due: Date,
    /// What it came to.
    pub amount: Money,
    /// What of it is open, in minor units.
    pub open: i64,
}

/// A payment or a credit note, and what of it is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Credit {
    /// Whether it is a payment.
    pub is_payment: bool,
    /// What it came to.
    pub amount: Money,
    /// What of it settles nothing yet, in minor units.
    pub left: i64,
    /// Whether it was taken back.
    pub reversed: bool,
}

/// What follows from a ledger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Account {
    /// The invoices, in their order.
    pub owed: BTreeMap<LedgerId, Owed>,
    /// The payments and credit notes, in their order.
    pub credits: BTreeMap<LedgerId, Credit>,
    /// What settles what: from, to, minor units.
    settled: Vec<(LedgerId, LedgerId, i64)>,
}

impl Account {
    /// What follows from these entries, in the order in which they were written.
    ///
    /// # Errors
    /// One that the ones before do not allow: the ledger was tampered with.
    pub fn of(entries: &[Entry]) -> Result<Self, Refusal> {
        let mut account = Self::default();
        entries.iter().try_for_each(|entry| account.take(entry))?;
        Ok(account)
    }

    /// Takes one more entry, or leaves everything as it is.
    ///
    /// # Errors
    /// Why not.
    pub fn take(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let Money { minor, currency } = entry.amount;
        let may_be_nothing = matches!(entry.what, What::Invoice { .. } | What::CreditNote);
        if minor < 0 || (minor == 0 && !may_be_nothing) {
            return Err(Refusal::Nothing);
        }
        match entry.what {
            What::Invoice { due } => {
                let owed = Owed { due, amount: entry.amount, open: minor };
                self.fresh(entry.id)?;
                self.owed.insert(entry.id, owed);
            }
            What::CreditNote | What::Payment => {
                self.fresh(entry.id)?;
                let is_payment = entry.what == What::Payment;
                let credit = Credit { is_payment, amount: entry.amount, left: minor, reversed: false };
                self.credits.insert(entry.id, credit);
            }
            What::Allocation { from, to } => {
                let credit = self.credits.get_mut(&from).ok_or(Refusal::Unknown)?;
                let owed = self.owed.get_mut(&to).ok_or(Refusal::Unknown)?;
                if credit.amount.currency != currency || owed.amount.currency != currency {
                    return Err(Refusal::Currency);
                }
                if minor > credit.left || minor > owed.open {
                    return Err(Refusal::TooMuch);
                }
                credit.left -= minor;
                owed.open -= minor;
                self.settled.push((from, to, minor));
            }
            What::WriteOff { of } => {
                let owed = self.owed.get_mut(&of).ok_or(Refusal::Unknown)?;
                owed.open = less(owed.open, owed.amount.currency, entry.amount)?;
            }
            What::Refund { of } => {
                let credit = self.credits.get_mut(&of).ok_or(Refusal::Unknown)?;
                credit.left = less(credit.left, credit.amount.currency, entry.amount)?;
            }
            What::Reversal { of } => self.reverse(of, entry.amount)?,
        }
        Ok(())
    }

    fn fresh(&self, id: LedgerId) -> Result<(), Refusal> {
        let known = self.owed.contains_key(&id) || self.credits.contains_key(&id);
        if known { Err(Refusal::Unknown) } else { Ok(()) }
    }

    /// A payment that was partly paid back stays: that money went out again.
    fn reverse(&mut self, of: LedgerId, amount: Money) -> Result<(), Refusal> {
        let credit = self.credits.get(&of).filter(|credit| credit.is_payment && !credit.reversed);
        let credit = credit.ok_or(Refusal::Unknown)?;
        let used: i64 = self.settled.iter().filter(|(from, ..)| *from == of).map(|(.., minor)| minor).sum();
        if amount.currency != credit.amount.currency {
            return Err(Refusal::Currency);
        }
        if amount != credit.amount || used + credit.left != amount.minor {
            return Err(Refusal::TooMuch);
        }
        for (_, to, minor) in self.settled.iter().filter(|(from, ..)| *from == of) {
            if let Some(owed) = self.owed.get_mut(to) {
                owed.open += minor;
            }
        }
        self.settled.retain(|(from, ..)| *from != of);
        if let Some(credit) = self.credits.get_mut(&of) {
            (credit.left, credit.reversed) = (0, true);
        }
        Ok(())
    }

    /// What the customer owes in all, currency by currency: what is open less what is left of payments and credit notes. Below
    /// nothing, the desk owes it.
    #[must_use]
    pub fn balance(&self) -> BTreeMap<Currency, i64> {
        let mut balance = BTreeMap::new();
        for owed in self.owed.values() {
            *balance.entry(owed.amount.currency).or_default() += owed.open;
        }
        for credit in self.credits.values() {
            *balance.entry(credit.amount.currency).or_default() -= credit.left;
        }
        balance
    }

    /// The invoices of which something is open, the first due first.
    #[must_use]
    pub fn open(&self) -> Vec<(LedgerId, Owed)> {
        let mut open: Vec<_> =
            self.owed.iter().filter(|(_, owed)| owed.open > 0).map(|(id, o)| (*id, *o)).collect();
        open.sort_by_key(|(id, owed)| (owed.due, *id));
        open
    }

    /// The payments and credit notes of which something is left.
    pub fn left(&self) -> impl Iterator<Item = (LedgerId, Credit)> {
        self.credits.iter().filter(|(_, credit)| credit.left > 0).map(|(id, credit)| (*id, *credit))
    }
}

fn less(from: i64, currency: Currency, amount: Money) -> Result<i64, Refusal> {
    if amount.currency != currency {
        return Err(Refusal::Currency);
    }
    if amount.minor > from { Err(Refusal::TooMuch) } else { Ok(from - amount.minor) }
}

words! {
    /// How long something is past due, in days of the customer's calendar.
    pub enum Age {
        /// Not due before tomorrow.
        Current = "current",
        /// 1 to 30 days.
        Month = "1-30",
        /// 31 to 60 days.
        TwoMonths = "31-60",
        /// 61 to 90 days.
        ThreeMonths = "61-90",
        /// More.
        Older = "90+",
    }
}

/// How many days after a day the other one is; nothing on or before it.
#[must_use]
pub fn days_past(due: Date, today: Date) -> i32 {
    (today - due).get_days().max(0)
}

/// How old something is that is due on a day.
#[must_use]
pub fn age(due: Date, today: Date) -> Age {
    match days_past(due, today) {
        ..=0 => Age::Current,
        1..=30 => Age::Month,
        31..=60 => Age::TwoMonths,
        61..=90 => Age::ThreeMonths,
        _ => Age::Older,
    }
}

/// What is owed by age, in the order of [`Age::ALL`], in minor units.
pub type Ages = [i64; 5];

/// Adds what is open to the ages of its currency. Amounts of two currencies are never added.
pub fn add_age(ages: &mut BTreeMap<Currency, Ages>, open: Money, age: Age) {
    let place = &mut ages.entry(open.currency).or_default()[age as usize];
    *place = place.saturating_add(open.minor);
}
