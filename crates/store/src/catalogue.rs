//! What the desk offers: its plans, who has which, and who delivers.

use std::collections::BTreeMap;

use domain::{
    clock::CalendarSpec,
    id::{CustomerId, DeliveryId, OfferingId, PlanId, TeamId},
    lang::Lang,
    offering::{ContactMethod, delivery::Manner},
    ticket::kinds::{Kind, Service},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Error, FromRow, Json, Row, Tx, Value, params, people::changed, record, sql};

/// What stands in every statement of the desk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Common {
    /// Where the desk is reached, by method.
    pub contact: BTreeMap<ContactMethod, String>,
    /// What the desk does about money that is owed, by language.
    pub collections: BTreeMap<Lang, String>,
}

record! {
    /// A set of the desk's own offerings.
    pub struct Plan {
        /// Its id.
        pub id: PlanId,
        /// Its name.
        pub name: String,
        /// Whether customers without a plan of their own have it.
        pub is_default: bool,
        /// The offerings.
        pub offerings: Json<Vec<OfferingId>>,
        /// Rises with every change.
        pub version: i64,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// A plan that a customer has.
    pub struct Held {
        /// Whose.
        pub customer: CustomerId,
        /// Which.
        pub plan: PlanId,
        /// From when.
        pub valid_from: Timestamp,
        /// Until when; none is until another one begins.
        pub valid_to: Option<Timestamp>,
    }

    /// A customer that has a plan of its own.
    pub struct Holder {
        /// The customer.
        pub customer: CustomerId,
        /// Its name.
        pub name: String,
        /// The plan.
        pub plan: PlanId,
        /// From when.
        pub valid_from: Timestamp,
        /// Until when.
        pub valid_to: Option<Timestamp>,
    }

    /// Who delivers, for whom and what.
    pub struct Delivery {
        /// Its id.
        pub id: DeliveryId,
        /// For one customer.
        pub customer: Option<CustomerId>,
        /// For one of the desk's own offerings.
        pub offering: Option<OfferingId>,
        /// For one service.
        pub service: Option<Service>,
        /// For one kind.
        pub kind: Option<Kind>,
        /// In these hours.
        pub hours: Option<Json<CalendarSpec>>,
        /// In which manner.
        pub manner: Manner,
        /// In house: the team; none is whoever is there.
        pub team: Option<TeamId>,
        /// Else: the supplier's offering.
        pub supplier_offering: Option<OfferingId>,
        /// Since when.
        pub created_at: Timestamp,
    }
}

/// A row of delivery with what else decides whether it can be used.
#[derive(Clone, Debug, PartialEq)]
pub struct Usable {
    /// The row.
    pub row: Delivery,
    /// From when the supplier's offering holds.
    pub valid_from: Option<Timestamp>,
    /// Until when.
    pub valid_to: Option<Timestamp>,
    /// Whether the supplier is worked with; in house, none.
    pub active: Option<bool>,
}

impl FromRow for Usable {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        Ok(Self {
            row: Delivery::from_row(row)?,
            valid_from: row.next()?,
            valid_to: row.next()?,
            active: row.next()?,
        })
    }
}

macro_rules! plan {
    () => {
        "SELECT p.id, p.name, p.is_default, p.offerings, p.version, p.created_at FROM plans p WHERE p.desk_id = $1 "
    };
}

sql! {
    desk ADD_PLAN = "INSERT INTO plans (desk_id, id, name, is_default, offerings, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6)";
    desk PLAN = concat!(plan!(), "AND p.id = $2");
    desk PLANS = concat!(plan!(), "ORDER BY p.name, p.id LIMIT 500");
    desk UPDATE_PLAN = "UPDATE plans SET name = $3, is_default = $4, offerings = $5, version = version + 1 \
        WHERE desk_id = $1 AND id = $2 AND version = $6";
    desk NO_DEFAULT = "UPDATE plans SET is_default = 0, version = version + 1 \
        WHERE desk_id = $1 AND is_default = 1 AND id <> $2";
    desk PLAN_AT = concat!(plan!(), "AND p.id = COALESCE((SELECT c.plan_id FROM customer_plans c \
        WHERE c.desk_id = $1 AND c.customer_id = $2 AND c.valid_from <= $3 \
        AND (c.valid_to IS NULL OR c.valid_to > $3) ORDER BY c.valid_from DESC LIMIT 1), \
        (SELECT d.id FROM plans d WHERE d.desk_id = $1 AND d.is_default = 1))");
    desk HOLD = "INSERT INTO customer_plans (desk_id, customer_id, plan_id, valid_from, valid_to) \
        VALUES ($1, $2, $3, $4, $5) ON CONFLICT (desk_id, customer_id, valid_from) \
        DO UPDATE SET plan_id = excluded.plan_id, valid_to = excluded.valid_to";
    desk END = "UPDATE customer_plans SET valid_to = $3 WHERE desk_id = $1 AND customer_id = $2 AND valid_from < $3 \
        AND (valid_to IS NULL OR valid_to > $3)";
    desk DROP_LATER = "DELETE FROM customer_plans WHERE desk_id = $1 AND customer_id = $2 AND valid_from >= $3";
    desk HELD = "SELECT customer_id, plan_id, valid_from, valid_to FROM customer_plans \
        WHERE desk_id = $1 AND customer_id = $2 ORDER BY valid_from";
    desk HOLDERS = "SELECT h.customer_id, c.name, h.plan_id, h.valid_from, h.valid_to FROM customer_plans h \
        JOIN customers c ON c.desk_id = $1 AND c.id = h.customer_id \
        WHERE h.desk_id = $1 AND (h.valid_to IS NULL OR h.valid_to > $2) ORDER BY c.name_key, c.id LIMIT 500";
    desk ADD_DELIVERY = "INSERT INTO deliveries (desk_id, id, customer_id, offering_id, service, kind, hours, manner, \
        team_id, supplier_offering_id, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    desk DELIVERIES = "SELECT d.id, d.customer_id, d.offering_id, d.service, d.kind, d.hours, d.manner, d.team_id, \
        d.supplier_offering_id, d.created_at, o.valid_from, o.valid_to, s.active FROM deliveries d \
        LEFT JOIN offerings o ON o.desk_id = $1 AND o.id = d.supplier_offering_id \
        LEFT JOIN suppliers s ON s.desk_id = $1 AND s.id = o.supplier_id \
        WHERE d.desk_id = $1 ORDER BY d.id LIMIT 1000";
    desk DROP_DELIVERY = "DELETE FROM deliveries WHERE desk_id = $1 AND id = $2";
    desk COMMON = "SELECT data, version FROM catalogue WHERE desk_id = $1";
    desk ADD_COMMON = "INSERT INTO catalogue (desk_id, data) VALUES ($1, $2) ON CONFLICT (desk_id) DO NOTHING";
    desk SET_COMMON = "UPDATE catalogue SET data = $2, version = version + 1 WHERE desk_id = $1 AND version = $3";
}

/// Adds a plan. One that is the default takes that from the other.
///
/// # Errors
/// The name is taken: [`Error::is_taken`].
pub async fn add_plan(tx: &mut Tx, p: &Plan) -> Result<(), Error> {
    if p.is_default {
        tx.execute(&NO_DEFAULT, params![p.id]).await?;
    }
    let offerings = Value::json(&p.offerings.0)?;
    tx.execute(&ADD_PLAN, params![p.id, p.name, p.is_default, offerings, p.created_at]).await.map(drop)
}

/// One plan.
///
/// # Errors
/// As the database says.
pub async fn plan(tx: &mut Tx, id: PlanId) -> Result<Option<Plan>, Error> {
    tx.query_opt(&PLAN, params![id]).await
}

/// Every plan, by name.
///
/// # Errors
/// As the database says.
pub async fn plans(tx: &mut Tx) -> Result<Vec<Plan>, Error> {
    tx.query(&PLANS, &[]).await
}

/// Writes a plan over the one that was read. One that is the default takes that from the other.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster; the name is taken: [`Error::is_taken`].
pub async fn update_plan(tx: &mut Tx, p: &Plan) -> Result<(), Error> {
    if p.is_default {
        tx.execute(&NO_DEFAULT, params![p.id]).await?;
    }
    let offerings = Value::json(&p.offerings.0)?;
    changed(tx.execute(&UPDATE_PLAN, params![p.id, p.name, p.is_default, offerings, p.version]).await?)
}

/// The plan that a customer has at a moment: its own, or else the default one.
///
/// # Errors
/// As the database says.
pub async fn plan_at(
    tx: &mut Tx,
    customer: Option<CustomerId>,
    at: Timestamp,
) -> Result<Option<Plan>, Error> {
    tx.query_opt(&PLAN_AT, params![customer, at]).await
}

/// Gives a customer a plan from a moment on, until another one or for ever; what it had from then on ends.
///
/// # Errors
/// As the database says.
pub async fn hold(tx: &mut Tx, h: &Held) -> Result<(), Error> {
    end(tx, h.customer, h.valid_from).await?;
    tx.execute(&HOLD, params![h.customer, h.plan, h.valid_from, h.valid_to]).await.map(drop)
}

/// Ends what plan a customer has, from a moment on.
///
/// # Errors
/// As the database says.
pub async fn end(tx: &mut Tx, customer: CustomerId, at: Timestamp) -> Result<(), Error> {
    tx.execute(&DROP_LATER, params![customer, at]).await?;
    tx.execute(&END, params![customer, at]).await.map(drop)
}

/// Which plans a customer had, has and will have, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn held(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Held>, Error> {
    tx.query(&HELD, params![customer]).await
}

/// The customers that have a plan of their own at this moment or later, by name; at most 500.
///
/// # Errors
/// As the database says.
pub async fn holders(tx: &mut Tx, now: Timestamp) -> Result<Vec<Holder>, Error> {
    tx.query(&HOLDERS, params![now]).await
}

/// Adds a row of delivery.
///
/// # Errors
/// As the database says.
pub async fn add_delivery(tx: &mut Tx, d: &Delivery) -> Result<(), Error> {
    let hours = d.hours.as_ref().map(|hours| Value::json(&hours.0)).transpose()?;
    let params = params![
        d.id,
        d.customer,
        d.offering,
        d.service,
        d.kind,
        hours,
        d.manner,
        d.team,
        d.supplier_offering,
        d.created_at
    ];
    tx.execute(&ADD_DELIVERY, params).await.map(drop)
}

/// Every row of delivery, the oldest first.
///
/// # Errors
/// As the database says.
pub async fn deliveries(tx: &mut Tx) -> Result<Vec<Usable>, Error> {
    tx.query(&DELIVERIES, &[]).await
}

/// Removes a row of delivery; whether there was one.
///
/// # Errors
/// As the database says.
pub async fn drop_delivery(tx: &mut Tx, id: DeliveryId) -> Result<bool, Error> {
    Ok(tx.execute(&DROP_DELIVERY, params![id]).await? > 0)
}

/// What stands in every statement, and its version; nothing at version 0 where nobody has written it.
///
/// # Errors
/// As the database says.
pub async fn common(tx: &mut Tx) -> Result<(Common, i64), Error> {
    let row: Option<(Json<Common>, i64)> = tx.query_opt(&COMMON, &[]).await?;
    Ok(row.map_or((Common::default(), 0), |(Json(common), version)| (common, version)))
}

/// Writes it over the version that was read.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_common(tx: &mut Tx, common: &Common, version: i64) -> Result<(), Error> {
    let data = Value::json(common)?;
    changed(match version {
        0 => tx.execute(&ADD_COMMON, params![data]).await?,
        _ => tx.execute(&SET_COMMON, params![data, version]).await?,
    })
}
