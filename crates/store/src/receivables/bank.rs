//! What came in at the bank.

use domain::{
    id::{BankEntryId, CustomerId, LedgerId},
    money::Currency,
    receivable::bank::Progress,
};
use jiff::{Timestamp, civil::Date};

use crate::{Error, Tx, blob::Hash, params, people::changed, record, sql};

record! {
    /// A line of a bank's file.
    pub struct BankEntry {
        /// Its id.
        pub id: BankEntryId,
        /// By which the same one is known again.
        pub key: String,
        /// When the money came in.
        pub day: Date,
        /// The currency.
        pub currency: Currency,
        /// How much, in minor units.
        pub amount: i64,
        /// What the payer wrote.
        pub text: String,
        /// The payer's name; may be empty.
        pub payer: String,
        /// The payer's account; may be empty.
        pub account: String,
        /// Where it stands.
        pub progress: Progress,
        /// Why it is no customer's payment.
        pub reason: String,
        /// The payment that it became.
        pub payment: Option<LedgerId>,
        /// The file in which it came.
        pub file: Hash,
        /// Where in it: the line, or which entry.
        pub line: i64,
        /// When the file was read.
        pub at: Timestamp,
    }
}

macro_rules! bank_entry {
    ($rest:literal) => {
        concat!(
            "SELECT id, key, day, currency, amount, text, payer, account, progress, reason, payment_id, file, line, at \
             FROM bank_entries WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO bank_entries (desk_id, id, key, day, currency, amount, text, payer, account, progress, reason, \
        payment_id, file, line, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15) \
        ON CONFLICT (desk_id, key) DO NOTHING";
    desk GET = bank_entry!("AND id = $2");
    desk LIST = bank_entry!("AND progress = $2 AND id > $3 ORDER BY id LIMIT $4");
    desk SET = "UPDATE bank_entries SET progress = $3, reason = $4, payment_id = $5 \
        WHERE desk_id = $1 AND id = $2 AND progress = $6";
    desk REOPEN = "UPDATE bank_entries SET progress = 'open', payment_id = NULL WHERE desk_id = $1 AND payment_id = $2";
    desk ACCOUNTS = "SELECT customer_id, account FROM payer_accounts WHERE desk_id = $1 ORDER BY customer_id, account LIMIT 50000";
    desk LEARN = "INSERT INTO payer_accounts (desk_id, account, customer_id) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, account) DO UPDATE SET customer_id = excluded.customer_id";
}

/// Adds a line of a file; whether it was not known.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, e: &BankEntry) -> Result<bool, Error> {
    let params = params![
        e.id, e.key, e.day, e.currency, e.amount, e.text, e.payer, e.account, e.progress, e.reason,
        e.payment, e.file, e.line, e.at
    ];
    Ok(tx.execute(&ADD, params).await? > 0)
}

/// One line.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: BankEntryId) -> Result<Option<BankEntry>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Lines that stand so, after one, the first first.
///
/// # Errors
/// As the database says.
pub async fn list(
    tx: &mut Tx,
    progress: Progress,
    after: BankEntryId,
    limit: i64,
) -> Result<Vec<BankEntry>, Error> {
    tx.query(&LIST, params![progress, after, limit]).await
}

/// Says what a line is, if it still stands as it was seen.
///
/// # Errors
/// [`Error::Stale`].
pub async fn set(tx: &mut Tx, e: &BankEntry, seen: Progress) -> Result<(), Error> {
    changed(tx.execute(&SET, params![e.id, e.progress, e.reason, e.payment, seen]).await?)
}

/// Opens the line again of which a payment was made that was none.
///
/// # Errors
/// As the database says.
pub async fn reopen(tx: &mut Tx, payment: LedgerId) -> Result<(), Error> {
    tx.execute(&REOPEN, params![payment]).await.map(drop)
}

/// The accounts from which customers paid.
///
/// # Errors
/// As the database says.
pub async fn accounts(tx: &mut Tx) -> Result<Vec<(CustomerId, String)>, Error> {
    tx.query(&ACCOUNTS, &[]).await
}

/// Remembers the account from which a customer paid.
///
/// # Errors
/// As the database says.
pub async fn learn(tx: &mut Tx, account: &str, customer: CustomerId) -> Result<(), Error> {
    tx.execute(&LEARN, params![account, customer]).await.map(drop)
}
