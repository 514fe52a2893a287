//! Suspensions for non-payment: what was proposed, approved, sent, and given back; and how the desk stands with them.

use domain::{
    collections::Scope,
    id::{ActId, AgentId, AuditId, CustomerId, SuspensionId},
    money::Money,
    subscription::acts::Difference,
    suspension::{
        ItemState, State,
        brake::{Called, Limits, Trip},
        rails::{Rail, Why},
        reversal::Plan,
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Error, Json, Tx, Value, params, people::changed, record, sql};

/// What a desk has decided about suspensions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rules {
    /// Whether nothing is sent.
    pub rehearsal: bool,
    /// From what on the brake trips.
    pub limits: Limits,
    /// For how many minutes an approval can still be taken back.
    pub pause: u32,
}

impl Default for Rules {
    fn default() -> Self {
        Self { rehearsal: true, limits: Limits::default(), pause: 60 }
    }
}

/// How a desk stands with suspensions.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Desk {
    /// What it has decided.
    pub rules: Rules,
    /// When a person stopped all, and who.
    pub switched: Option<(Timestamp, AgentId)>,
    /// When the brake tripped, and why.
    pub braked: Option<(Timestamp, Trip)>,
    /// What was called for before then does not count for the brake.
    pub released_at: Option<Timestamp>,
    /// When it last looked at its clock.
    pub looked_at: Option<Timestamp>,
    /// Since when it says nothing, because it was restored from a backup.
    pub muted_at: Option<Timestamp>,
    /// Rises with every change; 0 if nothing was ever decided.
    pub version: i64,
}

record! {
    struct Kept {
        rules: Json<Rules>,
        switched_at: Option<Timestamp>,
        switched_by: Option<AgentId>,
        braked_at: Option<Timestamp>,
        brake: Option<Trip>,
        released_at: Option<Timestamp>,
        looked_at: Option<Timestamp>,
        version: i64,
    }

    /// A suspension.
    pub struct Suspension {
        /// Its id.
        pub id: SuspensionId,
        /// Whose.
        pub customer: CustomerId,
        /// How much is taken.
        pub scope: Scope,
        /// How far it is.
        pub state: State,
        /// A mark of the list.
        pub list: String,
        /// The stage of the policy, by its key.
        pub stage: String,
        /// What was owed because of which it was proposed.
        pub owed: Json<Vec<Money>>,
        /// Why, in the words of who proposed it.
        pub reason: String,
        /// Whether nothing is sent.
        pub rehearsal: bool,
        /// Who proposed it.
        pub proposed_by: AgentId,
        /// When.
        pub proposed_at: Timestamp,
        /// Who approved or refused it.
        pub approved_by: Option<AgentId>,
        /// When.
        pub approved_at: Option<Timestamp>,
        /// The approval in the audit log; none if it was taken back.
        pub approval: Option<AuditId>,
        /// Who wants the customer to work again.
        pub back_by: Option<AgentId>,
        /// The rail that held.
        pub rail: Option<Rail>,
        /// Why it held.
        pub why: Option<Why>,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// Rises with every change.
        pub version: i64,
    }

    /// One subscription of it.
    pub struct Item {
        /// Its place on the list, from 0.
        pub place: i64,
        /// The subscription.
        pub subscription: String,
        /// In which tenant.
        pub tenant: String,
        /// Its name, as it was.
        pub name: String,
        /// How many seats it has.
        pub seats: u32,
        /// How far it is.
        pub state: ItemState,
        /// A mark of what it was like when it was proposed.
        pub seen: String,
        /// What was there.
        pub plan: Json<Plan>,
        /// What Microsoft is asked last.
        pub act: Option<ActId>,
        /// How often something was asked for that brings it back.
        pub tries: u32,
        /// When it was sent that it be suspended.
        pub called_at: Option<Timestamp>,
        /// What a person wrote of what was done by hand.
        pub evidence: String,
        /// What was not as it had been when it came back.
        pub differs: Json<Vec<Difference>>,
    }

    /// A suspension of a list.
    pub struct Listed {
        /// Its id.
        pub id: SuspensionId,
        /// Whose.
        pub customer: CustomerId,
        /// The customer's name.
        pub name: String,
        /// How much is taken.
        pub scope: Scope,
        /// How far it is.
        pub state: State,
        /// Whether nothing is sent.
        pub rehearsal: bool,
        /// When it was proposed.
        pub proposed_at: Timestamp,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
    }
}

macro_rules! suspension {
    ($rest:literal) => {
        concat!(
            "SELECT id, customer_id, scope, state, list, stage, owed, reason, rehearsal, proposed_by, proposed_at, \
             approved_by, approved_at, approval, back_by, rail, why, ended_at, version FROM suspensions \
             WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk RULES = "SELECT data, switched_at, switched_by, braked_at, brake, released_at, looked_at, version \
        FROM suspension_rules WHERE desk_id = $1";
    desk ADD_RULES = "INSERT INTO suspension_rules (desk_id, data, looked_at) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id) DO NOTHING";
    desk SET_RULES = "UPDATE suspension_rules SET data = $2, switched_at = $3, switched_by = $4, braked_at = $5, \
        brake = $6, released_at = $7, looked_at = $8, version = version + 1 WHERE desk_id = $1 AND version = $9";
    desk MUTED = "SELECT at FROM mutes WHERE desk_id = $1";
    desk MUTE = "INSERT INTO mutes (desk_id, at) VALUES ($1, $2) ON CONFLICT (desk_id) DO NOTHING";
    desk UNMUTE = "DELETE FROM mutes WHERE desk_id = $1";
    desk ADD = "INSERT INTO suspensions (desk_id, id, customer_id, scope, state, list, stage, owed, reason, rehearsal, \
        proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    desk GET = suspension!("AND id = $2");
    desk OPEN = suspension!("AND ended_at IS NULL ORDER BY id LIMIT 1000");
    desk OPEN_OF = suspension!("AND customer_id = $2 AND ended_at IS NULL");
    desk SET = "UPDATE suspensions SET state = $3, approved_by = $4, approved_at = $5, approval = $6, back_by = $7, \
        rail = $8, why = $9, ended_at = $10, version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $11";
    desk LIST = "SELECT s.id, s.customer_id, c.name, s.scope, s.state, s.rehearsal, s.proposed_at, s.ended_at \
        FROM suspensions s JOIN customers c ON c.desk_id = $1 AND c.id = s.customer_id \
        WHERE s.desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR s.id < $2) ORDER BY s.id DESC LIMIT $3";
    desk ADD_ITEM = "INSERT INTO suspension_items (desk_id, suspension_id, place, subscription, tenant, name, seats, \
        state, seen, plan, differs) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    desk ITEMS = "SELECT place, subscription, tenant, name, seats, state, seen, plan, act_id, tries, called_at, \
        evidence, differs FROM suspension_items WHERE desk_id = $1 AND suspension_id = $2 ORDER BY place";
    desk SET_ITEM = "UPDATE suspension_items SET state = $4, act_id = $5, tries = $6, called_at = $7, evidence = $8, \
        differs = $9 WHERE desk_id = $1 AND suspension_id = $2 AND place = $3";
    desk OF_ACT = "SELECT suspension_id, place FROM suspension_items WHERE desk_id = $1 AND act_id = $2";
    desk CALLED = "SELECT called_at, seats FROM suspension_items WHERE desk_id = $1 AND called_at >= $2";
    desk SEATS = "SELECT CAST(COALESCE(SUM(quantity), 0) AS BIGINT) FROM subscriptions WHERE desk_id = $1 \
        AND status IN ('active', 'suspended') AND counted = 1 AND gone_at IS NULL";
    desk GRAVE = "SELECT COUNT(*) FROM tickets WHERE desk_id = $1 AND customer_id = $2 AND severity = 'A' \
        AND state NOT IN ('resolved', 'closed')";
    desk SEALED = "SELECT seal FROM audit WHERE desk_id = $1 AND id = $2";
}

/// How the desk stands.
///
/// # Errors
/// As the database says.
pub async fn desk(tx: &mut Tx) -> Result<Desk, Error> {
    let muted: Option<(Timestamp,)> = tx.query_opt(&MUTED, &[]).await?;
    let muted_at = muted.map(|(at,)| at);
    let Some(kept) = tx.query_opt::<Kept>(&RULES, &[]).await? else {
        return Ok(Desk { muted_at, ..Desk::default() });
    };
    Ok(Desk {
        rules: kept.rules.0,
        switched: kept.switched_at.zip(kept.switched_by),
        braked: kept.braked_at.zip(kept.brake),
        released_at: kept.released_at,
        looked_at: kept.looked_at,
        muted_at,
        version: kept.version,
    })
}

/// Writes how the desk stands over what was read. Whether it says nothing is not written by this.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_desk(tx: &mut Tx, d: &Desk) -> Result<(), Error> {
    let rules = Value::json(&d.rules)?;
    if d.version == 0 {
        tx.execute(&ADD_RULES, params![rules, d.looked_at]).await?;
    }
    let (switched_at, switched_by) = d.switched.unzip();
    let (braked_at, brake) = d.braked.unzip();
    let version = d.version.max(1);
    let params =
        params![rules, switched_at, switched_by, braked_at, brake, d.released_at, d.looked_at, version];
    changed(tx.execute(&SET_RULES, params).await?)
}

/// Whether the desk says nothing to the outside.
///
/// # Errors
/// As the database says.
pub async fn is_muted(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.query_opt::<(Timestamp,)>(&MUTED, &[]).await?.is_some())
}

/// The desk says nothing to the outside any more; whether it did.
///
/// # Errors
/// As the database says.
pub async fn mute(tx: &mut Tx, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&MUTE, params![now]).await? > 0)
}

/// It says something again; whether it was silent.
///
/// # Errors
/// As the database says.
pub async fn unmute(tx: &mut Tx) -> Result<bool, Error> {
    Ok(tx.execute(&UNMUTE, &[]).await? > 0)
}

/// Adds a suspension with its list.
///
/// # Errors
/// The customer has one that is open: [`Error::is_taken`].
pub async fn add(tx: &mut Tx, s: &Suspension, items: &[Item]) -> Result<(), Error> {
    let owed = Value::json(&s.owed.0)?;
    let params = params![
        s.id,
        s.customer,
        s.scope,
        s.state,
        s.list,
        s.stage,
        owed,
        s.reason,
        s.rehearsal,
        s.proposed_by,
        s.proposed_at
    ];
    tx.execute(&ADD, params).await?;
    for i in items {
        let (plan, differs) = (Value::json(&i.plan.0)?, Value::json(&i.differs.0)?);
        let params =
            params![s.id, i.place, i.subscription, i.tenant, i.name, i.seats, i.state, i.seen, plan, differs];
        tx.execute(&ADD_ITEM, params).await?;
    }
    Ok(())
}

/// One suspension.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: SuspensionId) -> Result<Option<Suspension>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// Those that go on.
///
/// # Errors
/// As the database says.
pub async fn open(tx: &mut Tx) -> Result<Vec<Suspension>, Error> {
    tx.query(&OPEN, &[]).await
}

/// The one of a customer that goes on.
///
/// # Errors
/// As the database says.
pub async fn open_of(tx: &mut Tx, customer: CustomerId) -> Result<Option<Suspension>, Error> {
    tx.query_opt(&OPEN_OF, params![customer]).await
}

/// Writes how far it is, over what was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set(tx: &mut Tx, s: &Suspension) -> Result<(), Error> {
    let params = params![
        s.id,
        s.state,
        s.approved_by,
        s.approved_at,
        s.approval,
        s.back_by,
        s.rail,
        s.why,
        s.ended_at,
        s.version
    ];
    changed(tx.execute(&SET, params).await?)
}

/// A page of them, the newest first: those before the given one.
///
/// # Errors
/// As the database says.
pub async fn list(tx: &mut Tx, before: Option<SuspensionId>, limit: i64) -> Result<Vec<Listed>, Error> {
    tx.query(&LIST, params![before, limit]).await
}

/// What is on its list.
///
/// # Errors
/// As the database says.
pub async fn items(tx: &mut Tx, id: SuspensionId) -> Result<Vec<Item>, Error> {
    tx.query(&ITEMS, params![id]).await
}

/// Writes how far one of the list is.
///
/// # Errors
/// [`Error::Stale`] if there is no such item.
pub async fn set_item(tx: &mut Tx, id: SuspensionId, i: &Item) -> Result<(), Error> {
    let differs = Value::json(&i.differs.0)?;
    let params = params![id, i.place, i.state, i.act, i.tries, i.called_at, i.evidence, differs];
    changed(tx.execute(&SET_ITEM, params).await?)
}

/// For which suspension Microsoft is asked something, and the item's place.
///
/// # Errors
/// As the database says.
pub async fn of_act(tx: &mut Tx, act: ActId) -> Result<Option<(SuspensionId, i64)>, Error> {
    tx.query_opt(&OF_ACT, params![act]).await
}

/// What was called for since a moment.
///
/// # Errors
/// As the database says.
pub async fn called(tx: &mut Tx, since: Timestamp) -> Result<Vec<Called>, Error> {
    let rows: Vec<(Timestamp, u32)> = tx.query(&CALLED, params![since]).await?;
    Ok(rows.into_iter().map(|(at, seats)| Called { at, seats }).collect())
}

/// How many seats the desk's customers have.
///
/// # Errors
/// As the database says.
pub async fn seats(tx: &mut Tx) -> Result<u64, Error> {
    let (seats,): (i64,) = tx.query_one(&SEATS, &[]).await?;
    Ok(u64::try_from(seats).unwrap_or(0))
}

/// How many open tickets of the gravest kind a customer has.
///
/// # Errors
/// As the database says.
pub async fn grave_tickets(tx: &mut Tx, customer: CustomerId) -> Result<u32, Error> {
    let (tickets,): (i64,) = tx.query_one(&GRAVE, params![customer]).await?;
    Ok(u32::try_from(tickets).unwrap_or(u32::MAX))
}

/// Whether the audit log has sealed something.
///
/// # Errors
/// As the database says.
pub async fn is_sealed(tx: &mut Tx, id: AuditId) -> Result<bool, Error> {
    let row: Option<(Option<i64>,)> = tx.query_opt(&SEALED, params![id]).await?;
    Ok(row.is_some_and(|(seal,)| seal.is_some()))
}
