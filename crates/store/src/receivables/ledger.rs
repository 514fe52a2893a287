//! The ledgers of customers, and what is open.

use domain::{
    id::{AgentId, CustomerId, InvoiceId, LedgerId},
    money::{Currency, Money},
    receivable::ledger::{self as rules, Account, EntryKind, What},
};
use jiff::{Timestamp, civil::Date};

use crate::{Error, Tx, params, record, sql};

record! {
    /// An entry.
    pub struct Entry {
        /// Its id.
        pub id: LedgerId,
        /// Whose ledger.
        pub customer: CustomerId,
        /// Its place in it, from 1.
        pub seq: i64,
        /// What it is.
        pub kind: EntryKind,
        /// The day that it counts for.
        pub day: Date,
        /// The currency.
        pub currency: Currency,
        /// How much, in minor units.
        pub amount: i64,
        /// Of an invoice: when it is due.
        pub due_on: Option<Date>,
        /// Of an allocation: the payment or credit note.
        pub source: Option<LedgerId>,
        /// What it settles, gives up, pays back or takes back.
        pub target: Option<LedgerId>,
        /// The invoice that it is.
        pub invoice: Option<InvoiceId>,
        /// How a person finds it.
        pub label: String,
        /// Why, where a person had to say.
        pub reason: String,
        /// Who did it; none for an import.
        pub agent: Option<AgentId>,
        /// When it was written.
        pub at: Timestamp,
    }

    /// Something of which a part is open.
    pub struct OpenItem {
        /// The entry.
        pub id: LedgerId,
        /// Whose.
        pub customer: CustomerId,
        /// An invoice, a payment or a credit note.
        pub kind: EntryKind,
        /// The currency.
        pub currency: Currency,
        /// What is open, or left, in minor units.
        pub amount: i64,
        /// Of an invoice: when it is due.
        pub due_on: Option<Date>,
        /// The invoice that it is.
        pub invoice: Option<InvoiceId>,
        /// How a person finds it.
        pub label: String,
    }

    /// The same for the whole desk.
    pub struct OpenOf {
        /// Whose.
        pub customer: CustomerId,
        /// The customer's name.
        pub name: String,
        /// The customer's zone, by its IANA name.
        pub timezone: String,
        /// The entry.
        pub id: LedgerId,
        /// An invoice, a payment or a credit note.
        pub kind: EntryKind,
        /// The currency.
        pub currency: Currency,
        /// What is open, or left, in minor units.
        pub amount: i64,
        /// Of an invoice: when it is due.
        pub due_on: Option<Date>,
        /// How a person finds it.
        pub label: String,
    }
}

macro_rules! entry {
    ($rest:literal) => {
        concat!(
            "SELECT id, customer_id, seq, kind, day, currency, amount, due_on, source, target, invoice_id, label, reason, \
             agent_id, at FROM ledger WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO ledger (desk_id, id, customer_id, seq, kind, day, currency, amount, due_on, source, target, \
        invoice_id, label, reason, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)";
    desk OF = entry!("AND customer_id = $2 ORDER BY seq");
    desk PERIOD = entry!("AND day >= $2 AND day <= $3 AND (day, id) > ($4, $5) ORDER BY day, id LIMIT $6");
    desk CLEAR = "DELETE FROM open_items WHERE desk_id = $1 AND customer_id = $2";
    desk ADD_OPEN = "INSERT INTO open_items (desk_id, id, customer_id, kind, currency, amount, due_on, invoice_id, label) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk OPEN_OF = "SELECT id, customer_id, kind, currency, amount, due_on, invoice_id, label FROM open_items \
        WHERE desk_id = $1 AND customer_id = $2 ORDER BY id";
    desk OPEN = "SELECT o.customer_id, c.name, c.timezone, o.id, o.kind, o.currency, o.amount, o.due_on, o.label \
        FROM open_items o JOIN customers c ON c.desk_id = $1 AND c.id = o.customer_id \
        WHERE o.desk_id = $1 ORDER BY c.name_key, o.customer_id, o.id";
}

impl Entry {
    /// What the rules read; none for a row that is not as its kind has to be.
    #[must_use]
    pub fn rule(&self) -> Option<rules::Entry> {
        let what = match self.kind {
            EntryKind::Invoice => What::Invoice { due: self.due_on? },
            EntryKind::CreditNote => What::CreditNote,
            EntryKind::Payment => What::Payment,
            EntryKind::Allocation => What::Allocation { from: self.source?, to: self.target? },
            EntryKind::WriteOff => What::WriteOff { of: self.target? },
            EntryKind::Refund => What::Refund { of: self.target? },
            EntryKind::Reversal => What::Reversal { of: self.target? },
        };
        let amount = Money { minor: self.amount, currency: self.currency };
        Some(rules::Entry { id: self.id, amount, what })
    }
}

/// Writes an entry. Whether it may be, the rules have said.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, e: &Entry) -> Result<(), Error> {
    let params = params![
        e.id, e.customer, e.seq, e.kind, e.day, e.currency, e.amount, e.due_on, e.source, e.target,
        e.invoice, e.label, e.reason, e.agent, e.at
    ];
    tx.execute(&ADD, params).await.map(drop)
}

/// A customer's ledger, in the order in which it was written.
///
/// # Errors
/// As the database says.
pub async fn of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Entry>, Error> {
    tx.query(&OF, params![customer]).await
}

/// Entries of all customers of some days after one, by day.
///
/// # Errors
/// As the database says.
pub async fn of_period(
    tx: &mut Tx,
    days: (Date, Date),
    after: (Date, LedgerId),
    limit: i64,
) -> Result<Vec<Entry>, Error> {
    tx.query(&PERIOD, params![days.0, days.1, after.0, after.1, limit]).await
}

/// Keeps what is open of a customer: what follows from its ledger.
///
/// # Errors
/// As the database says.
pub async fn set_open(
    tx: &mut Tx,
    customer: CustomerId,
    entries: &[Entry],
    account: &Account,
) -> Result<(), Error> {
    tx.execute(&CLEAR, params![customer]).await?;
    for entry in entries {
        let owed = account.owed.get(&entry.id).map(|owed| owed.open);
        let left = account.credits.get(&entry.id).map(|credit| credit.left);
        let Some(amount) = owed.or(left).filter(|amount| *amount > 0) else { continue };
        let params = params![
            entry.id,
            customer,
            entry.kind,
            entry.currency,
            amount,
            entry.due_on,
            entry.invoice,
            entry.label
        ];
        tx.execute(&ADD_OPEN, params).await?;
    }
    Ok(())
}

/// What is open of a customer.
///
/// # Errors
/// As the database says.
pub async fn open_of(tx: &mut Tx, customer: CustomerId) -> Result<Vec<OpenItem>, Error> {
    tx.query(&OPEN_OF, params![customer]).await
}

/// What is open of all customers, by their names.
///
/// # Errors
/// As the database says.
pub async fn open(tx: &mut Tx) -> Result<Vec<OpenOf>, Error> {
    tx.query(&OPEN, &[]).await
}
