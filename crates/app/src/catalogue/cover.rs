//! What the catalogue says of one ticket: which promises hold, which statement, who delivers.

use domain::{
    clock::{self, CalendarSpec, promise::Promises},
    id::{CustomerId, OfferingId, StatementId, SupplierId, TeamId},
    offering::{
        covering,
        delivery::{By, Manner, Matter, Row, resolve},
    },
    ticket::kinds::{Kind, Service},
};
use jiff::Timestamp;
use store::{
    Tx,
    catalogue::{self, Usable},
    offerings::{self, Offering},
    statements::{self, Held},
    tickets::Ticket,
};

use crate::{Error, Result, suppliers};

/// Whose request of what it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Whose, if known.
    pub customer: Option<CustomerId>,
    /// For which service.
    pub service: Service,
    /// Of which kind.
    pub kind: Kind,
}

/// The promises of an offering.
#[derive(Clone, Debug)]
pub(crate) struct Promised {
    pub(crate) id: OfferingId,
    pub(crate) name: String,
    pub(crate) calendar: clock::Calendar,
    pub(crate) promises: Promises,
}

impl TryFrom<Offering> for Promised {
    type Error = Error;
    fn try_from(row: Offering) -> Result<Self> {
        let calendar = clock::Calendar::try_from(row.terms.0.hours).map_err(Error::internal)?;
        Ok(Promised { id: row.id, name: row.name, calendar, promises: row.terms.0.promises })
    }
}

/// What covers a ticket, and who delivers it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cover {
    /// The offering whose promises hold; none: those of the desk's settings.
    pub(crate) offering: Option<Promised>,
    /// The published statement that holds.
    pub(crate) statement: Option<StatementId>,
    /// The team of the desk that delivers.
    pub(crate) team: Option<TeamId>,
    /// The supplier's offering that delivers.
    pub(crate) delivered_by: Option<OfferingId>,
}

/// What was found for a ticket, by the names that people know.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Covered {
    /// The offering whose promises hold, with its name and hours; none: those of the desk's settings.
    pub offering: Option<(OfferingId, String, CalendarSpec)>,
    /// The version of the statement that held when it was opened.
    pub statement: Option<Held>,
    /// The supplier's offering that delivers; none: the desk's own people. Customers are not told the name.
    pub delivered_by: Option<DeliveredBy>,
}

/// A supplier that delivers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeliveredBy {
    /// By which of its offerings.
    pub offering: OfferingId,
    /// What that is called today.
    pub name: String,
    /// Which.
    pub supplier: SupplierId,
    /// What it is called.
    pub supplier_name: String,
}

/// What the catalogue said of a ticket, for whoever reads it.
pub(crate) async fn covered(tx: &mut Tx, ticket: &Ticket, now: Timestamp) -> Result<Covered> {
    let offering = match ticket.offering {
        Some(id) => offerings::get(tx, id).await?.map(|o| (o.id, o.name, o.terms.0.hours)),
        None => None,
    };
    let statement = match ticket.statement {
        Some(id) => statements::held(tx, id).await?,
        None => None,
    };
    let mut delivered_by = None;
    if let Some(id) = ticket.delivered_by
        && let Some(row) = offerings::get(tx, id).await?
        && let Some(supplier) = row.supplier
        && let Some(supplier) = store::suppliers::get(tx, supplier).await?
    {
        delivered_by = Some(DeliveredBy {
            offering: id,
            name: suppliers::offering_name(&row, now),
            supplier: supplier.id,
            supplier_name: supplier.name,
        });
    }
    Ok(Covered { offering, statement, delivered_by })
}

/// An offering as the rules look at it.
pub(crate) fn as_rule(row: Offering) -> domain::offering::Offering {
    domain::offering::Offering {
        id: row.id,
        name: row.name,
        terms: row.terms.0,
        valid_from: row.valid_from,
        valid_to: row.valid_to,
    }
}

/// The promises of an offering that a ticket was given, if one was.
pub(crate) async fn promised(tx: &mut Tx, id: Option<OfferingId>) -> Result<Option<Promised>> {
    let Some(id) = id else { return Ok(None) };
    offerings::get(tx, id).await?.map(Promised::try_from).transpose()
}

/// The rows of delivery that can be used: not those of a supplier with whom the desk does not work any more.
pub(crate) fn rows(all: Vec<Usable>) -> Result<Vec<Row>> {
    all.into_iter()
        .filter(|usable| usable.row.supplier_offering.is_none() || usable.active == Some(true))
        .map(|usable| {
            let Usable { row, valid_from, valid_to, .. } = usable;
            let hours = row.hours.map(|hours| clock::Calendar::try_from(hours.0)).transpose();
            let by = match (row.manner, row.supplier_offering) {
                (Manner::InHouse, _) | (_, None) => By::Team(row.team),
                (manner, Some(offering)) => By::Supplier { manner, offering },
            };
            Ok(Row {
                id: row.id,
                customer: row.customer,
                offering: row.offering,
                service: row.service,
                kind: row.kind,
                hours: hours.map_err(Error::internal)?,
                by,
                valid_from,
                valid_to,
            })
        })
        .collect()
}

/// What the catalogue says of a request that comes at this moment. A desk without plans and rows asks twice and
/// finds nothing.
pub(crate) async fn cover(tx: &mut Tx, asked: &Asked, at: Timestamp) -> Result<Cover> {
    let mut cover = Cover::default();
    if let Some(plan) = catalogue::plan_at(tx, asked.customer, at).await? {
        let own = offerings::own(tx).await?;
        let plan_has: Vec<_> =
            own.iter().filter(|o| plan.offerings.0.contains(&o.id)).cloned().map(as_rule).collect();
        let covers = covering(&plan_has, asked.service, asked.kind, at).map(|offering| offering.id);
        let row = own.into_iter().find(|o| Some(o.id) == covers);
        cover.offering = row.map(Promised::try_from).transpose()?;
        cover.statement = statements::holding_id(tx, plan.id, at).await?;
    }
    let rows = rows(catalogue::deliveries(tx).await?)?;
    let matter = Matter {
        customer: asked.customer,
        offering: cover.offering.as_ref().map(|offering| offering.id),
        service: asked.service,
        kind: asked.kind,
    };
    match resolve(&rows, &matter, at).map(|row| row.by) {
        Some(By::Team(team)) => cover.team = team,
        Some(By::Supplier { offering, .. }) => cover.delivered_by = Some(offering),
        None => {}
    }
    Ok(cover)
}
