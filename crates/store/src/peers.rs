//! Desks that this one is paired with, its own keys, and invitations to pair.

use domain::id::{CustomerId, DeskId, PeerId, SupplierId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Error, Installation, Json, Tx, Value, params, people::changed, record, sql};

record! {
    /// A desk that this one is paired with.
    pub struct Peer {
        /// Its id.
        pub id: PeerId,
        /// Its public key.
        pub key: String,
        /// Keys that it had before.
        pub old_keys: Json<Vec<String>>,
        /// Its name, as it told it.
        pub name: String,
        /// Where it is reached, without a slash at the end.
        pub address: String,
        /// Whom it helps us as, if it does.
        pub supplier: Option<SupplierId>,
        /// As whom we help it, if we do.
        pub customer: Option<CustomerId>,
        /// Whether it is trusted no more.
        pub revoked: bool,
        /// Since when it has not been reached.
        pub lost_at: Option<Timestamp>,
        /// Why.
        pub lost_why: String,
        /// Rises with every change.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A key of the desk's own.
    pub struct OwnKey {
        /// The public part.
        pub key: String,
        /// The row, for the seal.
        pub id: Uuid,
        /// The secret part, sealed.
        pub sealed: String,
        /// Whether what begins now uses it.
        pub active: bool,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// An invitation to pair.
    pub struct Pairing {
        /// The supplier that the other desk will be, if it will be one.
        pub supplier: Option<SupplierId>,
        /// The key that used it.
        pub used_by: Option<String>,
        /// Until when.
        pub expires_at: Timestamp,
    }
}

macro_rules! peer {
    () => {
        "SELECT id, key, old_keys, name, address, supplier_id, customer_id, revoked, lost_at, lost_why, version, \
         created_at FROM peers WHERE desk_id = $1 "
    };
}
macro_rules! own_key {
    () => {
        "SELECT key, id, sealed, active, created_at FROM desk_keys WHERE desk_id = $1 "
    };
}

sql! {
    system DESK_OF_KEY = "SELECT desk_id FROM chain_keys WHERE key = $1";
    system ADD_KEY_OF_DESK = "INSERT INTO chain_keys (key, desk_id) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING";
    desk ADD_KEY = "INSERT INTO desk_keys (desk_id, key, id, sealed, active, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    desk RETIRE_KEYS = "UPDATE desk_keys SET active = 0 WHERE desk_id = $1";
    desk ACTIVE_KEY = concat!(own_key!(), "AND active = 1");
    desk KEYS = concat!(own_key!(), "ORDER BY created_at DESC, key");
    desk ADD = "INSERT INTO peers (desk_id, id, key, old_keys, name, address, supplier_id, customer_id, revoked, \
        created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    desk GET = concat!(peer!(), "AND id = $2");
    desk BY_KEY = concat!(peer!(), "AND key = $2");
    desk EVERY = concat!(peer!(), "ORDER BY name, id LIMIT 500");
    desk UPDATE = "UPDATE peers SET key = $3, old_keys = $4, name = $5, address = $6, supplier_id = $7, \
        customer_id = $8, revoked = $9, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $10";
    desk LOST = "UPDATE peers SET lost_at = COALESCE(lost_at, $3), lost_why = $4 WHERE desk_id = $1 AND id = $2";
    desk FOUND = "UPDATE peers SET lost_at = NULL, lost_why = '' WHERE desk_id = $1 AND id = $2 \
        AND lost_at IS NOT NULL";
    desk INVITE = "INSERT INTO pairings (desk_id, code, supplier_id, expires_at) VALUES ($1, $2, $3, $4)";
    desk PAIRING = "SELECT supplier_id, used_by, expires_at FROM pairings WHERE desk_id = $1 AND code = $2";
    desk USE_PAIRING = "UPDATE pairings SET used_by = $3 WHERE desk_id = $1 AND code = $2 AND used_by IS NULL";
}

/// The desk of this installation whose public key this is.
///
/// # Errors
/// As the database says.
pub async fn desk_of_key(tx: &mut impl Installation, key: &str) -> Result<Option<DeskId>, Error> {
    let found: Vec<(DeskId,)> = tx.system().query(&DESK_OF_KEY, params![key]).await?;
    Ok(found.into_iter().next().map(|(desk,)| desk))
}

/// Gives the desk a key, and uses it from now on.
///
/// # Errors
/// As the database says.
pub async fn add_key(tx: &mut Tx, key: &OwnKey) -> Result<(), Error> {
    tx.execute(&RETIRE_KEYS, &[]).await?;
    let row = params![key.key, key.id, key.sealed, key.active, key.created_at];
    tx.execute(&ADD_KEY, row).await?;
    let desk = tx.desk();
    tx.system().execute(&ADD_KEY_OF_DESK, params![key.key, desk]).await.map(drop)
}

/// The key that is used for what begins now.
///
/// # Errors
/// As the database says.
pub async fn active_key(tx: &mut Tx) -> Result<Option<OwnKey>, Error> {
    tx.query_opt(&ACTIVE_KEY, &[]).await
}

/// Every key of the desk, the newest first.
///
/// # Errors
/// As the database says.
pub async fn keys(tx: &mut Tx) -> Result<Vec<OwnKey>, Error> {
    tx.query(&KEYS, &[]).await
}

/// Adds a paired desk.
///
/// # Errors
/// The key is paired already: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, p: &Peer) -> Result<(), Error> {
    let old = Value::json(&p.old_keys.0)?;
    let row = params![p.id, p.key, old, p.name, p.address, p.supplier, p.customer, p.revoked, p.created_at];
    tx.execute(&ADD, row).await.map(drop)
}

/// One paired desk.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: PeerId) -> Result<Option<Peer>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The paired desk that has this key now, or had it before.
///
/// # Errors
/// As the database says.
pub async fn by_key(tx: &mut Tx, key: &str) -> Result<Option<Peer>, Error> {
    if let Some(peer) = tx.query_opt(&BY_KEY, params![key]).await? {
        return Ok(Some(peer));
    }
    Ok(all(tx).await?.into_iter().find(|peer| peer.old_keys.0.iter().any(|old| old == key)))
}

/// Every paired desk, by name.
///
/// # Errors
/// As the database says.
pub async fn all(tx: &mut Tx) -> Result<Vec<Peer>, Error> {
    tx.query(&EVERY, &[]).await
}

/// Writes a paired desk over the one that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, p: &Peer) -> Result<(), Error> {
    let old = Value::json(&p.old_keys.0)?;
    let row = params![p.id, p.key, old, p.name, p.address, p.supplier, p.customer, p.revoked, p.version];
    changed(tx.execute(&UPDATE, row).await?)
}

/// It was not reached, and why. Since when stays as it was first noted.
///
/// # Errors
/// As the database says.
pub async fn lost(tx: &mut Tx, id: PeerId, at: Timestamp, why: &str) -> Result<(), Error> {
    tx.execute(&LOST, params![id, at, why]).await.map(drop)
}

/// It was reached.
///
/// # Errors
/// As the database says.
pub async fn found(tx: &mut Tx, id: PeerId) -> Result<(), Error> {
    tx.execute(&FOUND, params![id]).await.map(drop)
}

/// Keeps an invitation under the hash of its code.
///
/// # Errors
/// As the database says.
pub async fn invite(
    tx: &mut Tx,
    code: [u8; 32],
    supplier: Option<SupplierId>,
    expires_at: Timestamp,
) -> Result<(), Error> {
    tx.execute(&INVITE, params![code, supplier, expires_at]).await.map(drop)
}

/// An invitation by the hash of its code.
///
/// # Errors
/// As the database says.
pub async fn pairing(tx: &mut Tx, code: [u8; 32]) -> Result<Option<Pairing>, Error> {
    tx.query_opt(&PAIRING, params![code]).await
}

/// Uses an invitation; whether it was still unused.
///
/// # Errors
/// As the database says.
pub async fn use_pairing(tx: &mut Tx, code: [u8; 32], key: &str) -> Result<bool, Error> {
    Ok(tx.execute(&USE_PAIRING, params![code, key]).await? == 1)
}
