//! Hand-overs: the legs as this desk keeps them, and the messages of the chains as they came.

use std::collections::BTreeSet;

use domain::{
    access::Reader,
    clock::running::Fact,
    handover::{Leg, package::Package, states::Outcome},
    id::{CustomerId, EntitlementId, EntryId, HandoverId, OfferingId, PeerId, SupplierId, TicketId},
    party::supplier::Way,
    ticket::{diagnosis::Evidence, kinds::Severity},
};
use jiff::Timestamp;

use crate::{
    Error, Json, Tx, Value,
    circles::{Named, shown_to},
    params,
    people::changed,
    record, sql,
};

record! {
    /// One leg.
    pub struct Handover {
        /// Its id.
        pub id: HandoverId,
        /// The chain; none until it was offered.
        pub chain: Option<String>,
        /// The offer's place in the chain.
        pub offer: Option<u32>,
        /// The ticket here; none while it is only offered to us.
        pub ticket: Option<TicketId>,
        /// Whether it goes out from this desk, or came in.
        pub outgoing: bool,
        /// The supplier that it goes to.
        pub supplier: Option<SupplierId>,
        /// What of the supplier's is used.
        pub offering: Option<OfferingId>,
        /// The contract whose unit it takes.
        pub entitlement: Option<EntitlementId>,
        /// The desk on the other side.
        pub peer: Option<PeerId>,
        /// How it travels.
        pub way: Way,
        /// The other side's name.
        pub party: String,
        /// Where it stands.
        pub state: Leg,
        /// Whether something follows.
        pub live: bool,
        /// How bad, as it was told to the other side.
        pub severity: Severity,
        /// What it is about.
        pub package: Json<Package>,
        /// With what it came back, or what was given back.
        pub answer: String,
        /// How it came back.
        pub outcome: Option<Outcome>,
        /// What was missing the last time that something was.
        pub missing: Json<BTreeSet<Evidence>>,
        /// How often something was.
        pub bounces: i64,
        /// What it is called on the other side.
        pub number: String,
        /// Until when it is offered.
        pub expires_at: Option<Timestamp>,
        /// Since when the receiver has held it, the first time.
        pub held_from: Option<Timestamp>,
        /// When it came back the last time.
        pub returned_at: Option<Timestamp>,
        /// By when the supplier has promised the next thing; [`NEVER`](crate::tickets::NEVER) where it has not.
        pub due_at: Timestamp,
        /// What has happened that matters to the supplier's clock.
        pub facts: Json<Vec<Fact>>,
        /// When somebody is to ask again.
        pub chase_at: Option<Timestamp>,
        /// The answer with which the customer was told.
        pub told_entry: Option<EntryId>,
        /// Rises with every change.
        pub version: i64,
        /// When it was prepared, or came.
        pub created_at: Timestamp,
        /// When it last changed.
        pub changed_at: Timestamp,
    }

    /// A chain that this desk takes part in.
    pub struct ChainRow {
        /// Its id.
        pub id: String,
        /// The ticket here; none while it is only offered to us.
        pub ticket: Option<TicketId>,
        /// Our key in it.
        pub key: String,
        /// Whether it is over.
        pub closed: bool,
        /// Since when we know of it.
        pub created_at: Timestamp,
        /// When this desk, which opened it, left it while another held.
        pub left_at: Option<Timestamp>,
    }

    /// A message as it came.
    pub struct Kept {
        /// Its place in its lane.
        pub seq: u32,
        /// The SHA-256 of its text.
        pub hash: Vec<u8>,
        /// Its text, byte by byte.
        pub content: Vec<u8>,
        /// The signature.
        pub signature: String,
    }
}

macro_rules! handover {
    () => {
        "SELECT id, chain, offer, ticket_id, outgoing, supplier_id, offering_id, entitlement_id, peer_id, way, party, state, live, \
         severity, package, answer, outcome, missing, bounces, number, expires_at, held_from, returned_at, due_at, facts, \
         chase_at, told_entry, version, created_at, changed_at FROM handovers WHERE desk_id = $1 "
    };
}
macro_rules! chain {
    () => {
        "SELECT id, ticket_id, key, closed, created_at, left_at FROM chains WHERE desk_id = $1 "
    };
}

sql! {
    desk ADD = "INSERT INTO handovers (desk_id, id, chain, offer, ticket_id, outgoing, supplier_id, offering_id, \
        entitlement_id, peer_id, way, party, state, live, severity, package, answer, outcome, number, expires_at, \
        held_from, returned_at, due_at, facts, chase_at, told_entry, created_at, changed_at, missing, bounces) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, \
        $23, $24, $25, $26, $27, $28, $29, $30)";
    desk UPDATE = "UPDATE handovers SET chain = $3, offer = $4, ticket_id = $5, supplier_id = $6, offering_id = $7, \
        peer_id = $8, way = $9, party = $10, state = $11, live = $12, severity = $13, package = $14, answer = $15, \
        outcome = $16, number = $17, expires_at = $18, held_from = $19, returned_at = $20, due_at = $21, \
        facts = $22, chase_at = $23, told_entry = $24, changed_at = $25, entitlement_id = $27, \
        missing = $28, bounces = $29, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $26";
    desk REMOVE = "DELETE FROM handovers WHERE desk_id = $1 AND id = $2 AND state = 'draft'";
    desk GET = concat!(handover!(), "AND id = $2");
    desk OF_TICKET = concat!(handover!(), "AND ticket_id = $2 ORDER BY created_at, id LIMIT 200");
    desk OF_CHAIN = concat!(handover!(), "AND chain = $2 ORDER BY created_at, id LIMIT 200");
    desk AWAY = concat!("SELECT CAST(COUNT(*) AS BIGINT) FROM handovers h \
        JOIN tickets t ON t.desk_id = $1 AND t.id = h.ticket_id \
        WHERE h.desk_id = $1 AND h.live = 1 AND h.outgoing = 1 AND t.customer_id = $2 AND ", shown_to!("$3", "$4"));
    desk LIVE = concat!(handover!(), "AND live = 1 ORDER BY due_at, created_at, id LIMIT $2");
    desk OF_TICKET_LIVE = "SELECT outgoing, state, told_entry FROM handovers WHERE desk_id = $1 AND ticket_id = $2 \
        AND state NOT IN ('draft', 'withdrawn', 'declined', 'expired')";
    desk TOLD = "UPDATE handovers SET told_entry = $3, version = version + 1 WHERE desk_id = $1 AND ticket_id = $2 \
        AND outgoing = 1 AND state IN ('returned', 'approved', 'closed') AND told_entry IS NULL";
    desk UNTOLD = "UPDATE handovers SET told_entry = NULL, version = version + 1 WHERE desk_id = $1 \
        AND ticket_id = $2 AND told_entry = $3";
    desk OPEN_CHAIN = "INSERT INTO chains (desk_id, id, ticket_id, key, created_at) VALUES ($1, $2, $3, $4, $5)";
    desk CHAIN = concat!(chain!(), "AND id = $2");
    desk CHAIN_OF_TICKET = concat!(chain!(), "AND ticket_id = $2 AND closed = 0 ORDER BY created_at DESC");
    desk CHAINS_OF_TICKET = concat!(chain!(), "AND ticket_id = $2 ORDER BY created_at DESC LIMIT 20");
    desk SET_CHAIN = "UPDATE chains SET ticket_id = $3, closed = $4, left_at = $5 WHERE desk_id = $1 AND id = $2";
    desk MESSAGES = "SELECT seq, hash, content, signature FROM chain_messages WHERE desk_id = $1 AND chain = $2 \
        AND lane = $3 AND seq > $4 ORDER BY seq LIMIT $5";
    desk LAST = "SELECT seq, hash, content, signature FROM chain_messages WHERE desk_id = $1 AND chain = $2 \
        AND lane = $3 ORDER BY seq DESC LIMIT 1";
    desk BY_HASH = "SELECT seq, hash, content, signature FROM chain_messages WHERE desk_id = $1 AND chain = $2 \
        AND lane = $3 AND hash = $4";
    desk APPEND = "INSERT INTO chain_messages (desk_id, chain, lane, seq, hash, content, signature, received_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk RECEIPT = "SELECT chain_seq, link_seq FROM chain_receipts WHERE desk_id = $1 AND chain = $2 \
        AND peer_id = $3";
    desk SET_RECEIPT = "INSERT INTO chain_receipts (desk_id, chain, peer_id, chain_seq, link_seq) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (desk_id, chain, peer_id) \
        DO UPDATE SET chain_seq = excluded.chain_seq, link_seq = excluded.link_seq";
}

/// Adds a leg.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, h: &Handover) -> Result<(), Error> {
    let (package, facts) = (Value::json(&h.package.0)?, Value::json(&h.facts.0)?);
    let missing = Value::json(&h.missing.0)?;
    let row = params![
        h.id,
        h.chain,
        h.offer,
        h.ticket,
        h.outgoing,
        h.supplier,
        h.offering,
        h.entitlement,
        h.peer,
        h.way,
        h.party,
        h.state,
        h.live,
        h.severity,
        package,
        h.answer,
        h.outcome,
        h.number,
        h.expires_at,
        h.held_from,
        h.returned_at,
        h.due_at,
        facts,
        h.chase_at,
        h.told_entry,
        h.created_at,
        h.changed_at,
        missing,
        h.bounces
    ];
    tx.execute(&ADD, row).await.map(drop)
}

/// Writes a leg over the one that was read, and gives it its new version.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, h: &mut Handover) -> Result<(), Error> {
    let (package, facts) = (Value::json(&h.package.0)?, Value::json(&h.facts.0)?);
    let missing = Value::json(&h.missing.0)?;
    let row = params![
        h.id,
        h.chain,
        h.offer,
        h.ticket,
        h.supplier,
        h.offering,
        h.peer,
        h.way,
        h.party,
        h.state,
        h.live,
        h.severity,
        package,
        h.answer,
        h.outcome,
        h.number,
        h.expires_at,
        h.held_from,
        h.returned_at,
        h.due_at,
        facts,
        h.chase_at,
        h.told_entry,
        h.changed_at,
        h.version,
        h.entitlement,
        missing,
        h.bounces
    ];
    changed(tx.execute(&UPDATE, row).await?)?;
    h.version += 1;
    Ok(())
}

/// Removes a leg that was only prepared.
///
/// # Errors
/// As the database says.
pub async fn remove_draft(tx: &mut Tx, id: HandoverId) -> Result<bool, Error> {
    Ok(tx.execute(&REMOVE, params![id]).await? == 1)
}

/// One leg.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: HandoverId) -> Result<Option<Handover>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The legs of a ticket, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Handover>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// The legs of a chain that this desk takes part in, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn of_chain(tx: &mut Tx, chain: &str) -> Result<Vec<Handover>, Error> {
    tx.query(&OF_CHAIN, params![chain]).await
}

/// How many tickets of a customer that are shown to a reader others have now.
///
/// # Errors
/// As the database says.
pub async fn away(tx: &mut Tx, reader: Reader, customer: CustomerId) -> Result<i64, Error> {
    let Named { agent, pattern } = reader.into();
    let count: Option<(i64,)> = tx.query_opt(&AWAY, params![customer, agent, pattern]).await?;
    Ok(count.map_or(0, |(count,)| count))
}

/// Legs that something follows, those first whose promise is due first.
///
/// # Errors
/// As the database says.
pub async fn live(tx: &mut Tx, limit: i64) -> Result<Vec<Handover>, Error> {
    tx.query(&LIVE, params![limit]).await
}

/// What of a ticket's legs decides whether it may end: whether it goes out, where it stands, and whether the customer
/// was told.
///
/// # Errors
/// As the database says.
pub async fn standing(tx: &mut Tx, ticket: TicketId) -> Result<Vec<(bool, Leg, bool)>, Error> {
    let rows: Vec<(bool, Leg, Option<EntryId>)> = tx.query(&OF_TICKET_LIVE, params![ticket]).await?;
    Ok(rows.into_iter().map(|(out, state, told)| (out, state, told.is_some())).collect())
}

/// The customer was told of all that has come back, by an answer.
///
/// # Errors
/// As the database says.
pub async fn told(tx: &mut Tx, ticket: TicketId, entry: EntryId) -> Result<(), Error> {
    tx.execute(&TOLD, params![ticket, entry]).await.map(drop)
}

/// That answer was taken back.
///
/// # Errors
/// As the database says.
pub async fn untold(tx: &mut Tx, ticket: TicketId, entry: EntryId) -> Result<(), Error> {
    tx.execute(&UNTOLD, params![ticket, entry]).await.map(drop)
}

/// Begins to take part in a chain.
///
/// # Errors
/// As the database says.
pub async fn open_chain(tx: &mut Tx, chain: &ChainRow) -> Result<(), Error> {
    let row = params![chain.id, chain.ticket, chain.key, chain.created_at];
    tx.execute(&OPEN_CHAIN, row).await.map(drop)
}

/// A chain.
///
/// # Errors
/// As the database says.
pub async fn chain(tx: &mut Tx, id: &str) -> Result<Option<ChainRow>, Error> {
    tx.query_opt(&CHAIN, params![id]).await
}

/// The chain of a ticket that is not over.
///
/// # Errors
/// As the database says.
pub async fn chain_of(tx: &mut Tx, ticket: TicketId) -> Result<Option<ChainRow>, Error> {
    tx.query_opt(&CHAIN_OF_TICKET, params![ticket]).await
}

/// Every chain of a ticket, the newest first.
///
/// # Errors
/// As the database says.
pub async fn chains_of(tx: &mut Tx, ticket: TicketId) -> Result<Vec<ChainRow>, Error> {
    tx.query(&CHAINS_OF_TICKET, params![ticket]).await
}

/// Sets the ticket of a chain, whether it is over, and when it was left.
///
/// # Errors
/// As the database says.
pub async fn set_chain(tx: &mut Tx, chain: &ChainRow) -> Result<(), Error> {
    tx.execute(&SET_CHAIN, params![chain.id, chain.ticket, chain.closed, chain.left_at]).await.map(drop)
}

/// Messages of a lane after a place.
///
/// # Errors
/// As the database says.
pub async fn messages(
    tx: &mut Tx,
    chain: &str,
    lane: &str,
    after: u32,
    limit: u32,
) -> Result<Vec<Kept>, Error> {
    tx.query(&MESSAGES, params![chain, lane, after, limit]).await
}

/// The newest message of a lane.
///
/// # Errors
/// As the database says.
pub async fn last_message(tx: &mut Tx, chain: &str, lane: &str) -> Result<Option<Kept>, Error> {
    tx.query_opt(&LAST, params![chain, lane]).await
}

/// A message of a lane by its hash.
///
/// # Errors
/// As the database says.
pub async fn by_hash(tx: &mut Tx, chain: &str, lane: &str, hash: [u8; 32]) -> Result<Option<Kept>, Error> {
    tx.query_opt(&BY_HASH, params![chain, lane, hash]).await
}

/// Appends a message to a lane.
///
/// # Errors
/// Its place is taken: [`Error::is_taken`].
pub async fn append(
    tx: &mut Tx,
    chain: &str,
    lane: &str,
    message: &Kept,
    at: Timestamp,
) -> Result<(), Error> {
    let row = params![chain, lane, message.seq, message.hash, message.content, message.signature, at];
    tx.execute(&APPEND, row).await.map(drop)
}

/// How much a neighbour has: of the chain, and of what we wrote to it.
///
/// # Errors
/// As the database says.
pub async fn receipt(tx: &mut Tx, chain: &str, peer: PeerId) -> Result<(u32, u32), Error> {
    Ok(tx.query_opt(&RECEIPT, params![chain, peer]).await?.unwrap_or_default())
}

/// Notes how much a neighbour has.
///
/// # Errors
/// As the database says.
pub async fn set_receipt(
    tx: &mut Tx,
    chain: &str,
    peer: PeerId,
    chain_seq: u32,
    link_seq: u32,
) -> Result<(), Error> {
    tx.execute(&SET_RECEIPT, params![chain, peer, chain_seq, link_seq]).await.map(drop)
}
