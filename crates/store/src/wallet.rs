//! The wallets: what is left of the units of each contract, the desk's own with a supplier or a customer's with the desk.
//! Entries are only ever added.

use domain::{
    id::{EntitlementId, PrepaidId, TicketId},
    ticket::timeline::{Actor, ActorKind},
    vehicle::wallet::Act,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Error, Tx, params, people::changed, record, sql};

record! {
    /// An entry of a wallet.
    pub struct Entry {
        /// The contract whose wallet it is, of either kind.
        pub contract: Uuid,
        /// Its number in that wallet, from 1.
        pub seq: i64,
        /// What it does.
        pub act: Act,
        /// For which case; none for a grant.
        pub case: Option<String>,
        /// The case's ticket, if it has one.
        pub ticket: Option<TicketId>,
        /// Of how many units it speaks.
        pub units: u32,
        /// How it changed what was left; 0 where nothing is counted.
        pub delta: i64,
        /// What was left after it; none where nothing is counted.
        pub balance: Option<i64>,
        /// Why, in the words of whoever made it; may be empty.
        pub reason: String,
        /// What kind of actor made it.
        pub actor: ActorKind,
        /// Which one.
        pub actor_id: Option<Uuid>,
        /// When.
        pub at: Timestamp,
    }
}

/// The contract whose wallet it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Holder {
    /// The desk's with a supplier.
    Entitlement(EntitlementId),
    /// A customer's with the desk.
    Prepaid(PrepaidId),
}

impl Holder {
    /// Its id, whatever it is.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        match self {
            Holder::Entitlement(id) => id.uuid(),
            Holder::Prepaid(id) => id.uuid(),
        }
    }
}

impl Entry {
    /// Who made it.
    #[must_use]
    pub fn by(&self) -> Actor {
        Actor::of(self.actor, self.actor_id)
    }
}

macro_rules! entry {
    () => {
        "SELECT entitlement_id, seq, act, case_key, ticket_id, units, delta, balance, reason, actor, actor_id, at \
         FROM wallet WHERE desk_id = $1 "
    };
}

sql! {
    desk APPEND = "INSERT INTO wallet (desk_id, entitlement_id, seq, act, case_key, ticket_id, units, delta, \
        balance, reason, actor, actor_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    desk MOVE_ON = "UPDATE entitlements SET entries = $3, balance = $4 WHERE desk_id = $1 AND id = $2 \
        AND entries = $3 - 1";
    desk MOVE_PREPAID_ON = "UPDATE prepaid SET entries = $3, balance = $4 WHERE desk_id = $1 AND id = $2 \
        AND entries = $3 - 1";
    desk OF_CASE = concat!(entry!(), "AND case_key = $2 ORDER BY entitlement_id, seq");
    desk NEWEST = concat!(entry!(), "AND entitlement_id = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4");
    desk SINCE = concat!(entry!(), "AND entitlement_id = $2 AND at >= $3 ORDER BY seq DESC LIMIT 5000");
}

/// Adds an entry, and writes what is left to its contract. `seq` is the next number.
///
/// # Errors
/// [`Error::Stale`] if another entry was added in the meantime; a case that did this before: [`Error::is_taken`].
pub async fn append(tx: &mut Tx, holder: Holder, e: &Entry) -> Result<(), Error> {
    let move_on = match holder {
        Holder::Entitlement(_) => &MOVE_ON,
        Holder::Prepaid(_) => &MOVE_PREPAID_ON,
    };
    changed(tx.execute(move_on, params![e.contract, e.seq, e.balance]).await?)?;
    let params = params![
        e.contract, e.seq, e.act, e.case, e.ticket, e.units, e.delta, e.balance, e.reason, e.actor,
        e.actor_id, e.at
    ];
    tx.execute(&APPEND, params).await.map(drop)
}

/// What a case has done so far, whatever the wallet.
///
/// # Errors
/// As the database says.
pub async fn of_case(tx: &mut Tx, case: &str) -> Result<Vec<Entry>, Error> {
    tx.query(&OF_CASE, params![case]).await
}

/// The entries of a wallet before a number, the newest first; all from the newest with `i64::MAX`.
///
/// # Errors
/// As the database says.
pub async fn newest(tx: &mut Tx, holder: Holder, before: i64, limit: i64) -> Result<Vec<Entry>, Error> {
    tx.query(&NEWEST, params![holder.uuid(), before, limit]).await
}

/// The entries of a wallet since a moment, the newest first; 5,000 at most.
///
/// # Errors
/// As the database says.
pub async fn since(tx: &mut Tx, holder: Holder, moment: Timestamp) -> Result<Vec<Entry>, Error> {
    tx.query(&SINCE, params![holder.uuid(), moment]).await
}
