//! What went up the chain, as it is counted: for reports, for the score of a supplier, and for a change of the rules.

use domain::{
    access::Reader,
    clock::running::Fact,
    handover::{Leg, states::Outcome},
    id::{CustomerId, HandoverId, OfferingId, SupplierId, TicketId},
    ticket::kinds::{Kind, Service, Severity},
    vehicle::Vehicle,
};
use jiff::Timestamp;

use crate::{
    Error, Json, Tx,
    circles::{Named, shown_to},
    params, record, sql,
};

/// How many rows are read at once.
const PAGE: i64 = 1000;
/// The most tickets that a change of the rules is said to touch.
const TOUCHED: i64 = 500;

record! {
    /// A hand-over that a supplier took.
    pub struct Escalated {
        /// Its id.
        pub id: HandoverId,
        /// Of which ticket.
        pub ticket: TicketId,
        /// Whose that is.
        pub customer: Option<CustomerId>,
        /// For which service.
        pub service: Service,
        /// Since when the supplier has had it.
        pub held_from: Timestamp,
        /// Where it stands.
        pub state: Leg,
        /// With what it came back the last time.
        pub outcome: Option<Outcome>,
        /// How often it came back because something was missing.
        pub bounces: i64,
    }

    /// A hand-over to a supplier, as far as it is measured.
    pub struct Measured {
        /// Its id.
        pub id: HandoverId,
        /// By which of the supplier's offerings.
        pub offering: Option<OfferingId>,
        /// Where it stands.
        pub state: Leg,
        /// How bad, as the supplier was told.
        pub severity: Severity,
        /// With what it came back the last time.
        pub outcome: Option<Outcome>,
        /// Since when the supplier has had it.
        pub held_from: Option<Timestamp>,
        /// What has happened that matters to the supplier's clock.
        pub facts: Json<Vec<Fact>>,
        /// How often the supplier was asked how far it is.
        pub chases: i64,
        /// How often its answer went back to it.
        pub sent_back: i64,
        /// How often it came back because something was missing.
        pub bounces: i64,
        /// When it was prepared.
        pub created_at: Timestamp,
    }

    /// An open ticket that lies at Microsoft by a vehicle, or is delivered by one.
    pub struct OnVehicle {
        /// Which.
        pub ticket: TicketId,
        /// What people call it.
        pub number: i64,
        /// What it is called.
        pub subject: String,
        /// What kind of help.
        pub kind: Kind,
        /// For which service.
        pub service: Service,
        /// By which vehicle.
        pub vehicle: Vehicle,
    }
}

sql! {
    desk ESCALATED = concat!("SELECT h.id, t.id, t.customer_id, t.service, h.held_from, h.state, h.outcome, \
        h.bounces FROM handovers h JOIN tickets t ON t.desk_id = $1 AND t.id = h.ticket_id \
        WHERE h.desk_id = $1 AND h.outgoing = 1 AND h.held_from < $3 AND (h.held_from, h.id) > ($2, $4) AND ",
        shown_to!("$6", "$7"), " ORDER BY h.held_from, h.id LIMIT $5");
    desk MEASURED = concat!("SELECT h.id, h.offering_id, h.state, h.severity, h.outcome, h.held_from, h.facts, h.chases, \
        h.sent_back, h.bounces, h.created_at FROM handovers h JOIN tickets t ON t.desk_id = $1 AND t.id = h.ticket_id \
        WHERE h.desk_id = $1 AND h.supplier_id = $2 AND h.outgoing = 1 AND h.state <> 'draft' \
        AND h.created_at < $4 AND (h.created_at, h.id) > ($3, $5) AND ",
        shown_to!("$7", "$8"), " ORDER BY h.created_at, h.id LIMIT $6");
    desk CHASED = "UPDATE handovers SET chases = chases + 1 WHERE desk_id = $1 AND id = $2";
    desk SENT_BACK = "UPDATE handovers SET sent_back = sent_back + 1 WHERE desk_id = $1 AND id = $2";
    desk ON_VEHICLES = concat!("SELECT t.id, t.number, t.subject, t.kind, t.service, o.vehicle FROM tickets t \
        JOIN offerings o ON o.desk_id = $1 AND o.vehicle IS NOT NULL AND (o.id = t.delivered_by \
            OR o.id IN (SELECT h.offering_id FROM handovers h WHERE h.desk_id = $1 AND h.ticket_id = t.id \
                AND h.live = 1 AND h.outgoing = 1)) \
        WHERE t.desk_id = $1 AND t.lane IN ('todo', 'waiting') AND ", shown_to!("$2", "$3"),
        " ORDER BY t.number, o.vehicle LIMIT $4");
}

/// The hand-overs that suppliers took from one moment until another, of tickets that are shown to the reader, the oldest
/// first.
///
/// # Errors
/// As the database says.
pub async fn escalated(
    tx: &mut Tx,
    reader: Reader,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Escalated>, Error> {
    let Named { agent, pattern } = reader.into();
    let (mut all, mut after) = (Vec::new(), (from, HandoverId::from_uuid(uuid::Uuid::nil())));
    loop {
        let page: Vec<Escalated> =
            tx.query(&ESCALATED, params![after.0, until, after.1, PAGE, agent, pattern]).await?;
        let full = i64::try_from(page.len()).is_ok_and(|rows| rows == PAGE);
        all.extend(page);
        match all.last() {
            Some(last) if full => after = (last.held_from, last.id),
            Some(_) | None => return Ok(all),
        }
    }
}

/// What went to a supplier from one moment until another, of tickets that are shown to the reader, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn measured(
    tx: &mut Tx,
    reader: Reader,
    supplier: SupplierId,
    from: Timestamp,
    until: Timestamp,
) -> Result<Vec<Measured>, Error> {
    let Named { agent, pattern } = reader.into();
    let (mut all, mut after) = (Vec::new(), (from, HandoverId::from_uuid(uuid::Uuid::nil())));
    loop {
        let page: Vec<Measured> =
            tx.query(&MEASURED, params![supplier, after.0, until, after.1, PAGE, agent, pattern]).await?;
        let full = i64::try_from(page.len()).is_ok_and(|rows| rows == PAGE);
        all.extend(page);
        match all.last() {
            Some(last) if full => after = (last.created_at, last.id),
            Some(_) | None => return Ok(all),
        }
    }
}

/// Counts that a supplier was asked how far it is.
///
/// # Errors
/// As the database says.
pub async fn chased(tx: &mut Tx, leg: HandoverId) -> Result<(), Error> {
    tx.execute(&CHASED, params![leg]).await.map(drop)
}

/// Counts that an answer went back to a supplier.
///
/// # Errors
/// As the database says.
pub async fn sent_back(tx: &mut Tx, leg: HandoverId) -> Result<(), Error> {
    tx.execute(&SENT_BACK, params![leg]).await.map(drop)
}

/// Tickets that go on, are shown to the reader, and lie at Microsoft by a vehicle or are delivered by one: a line for each
/// vehicle, by number, 500 at most.
///
/// # Errors
/// As the database says.
pub async fn on_vehicles(tx: &mut Tx, reader: Reader) -> Result<Vec<OnVehicle>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&ON_VEHICLES, params![agent, pattern, TOUCHED]).await
}
