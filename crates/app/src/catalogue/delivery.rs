//! Who delivers: rows that are added and removed.

use domain::{
    access::Permission,
    clock::CalendarSpec,
    deed::Deed,
    id::{CustomerId, DeliveryId, OfferingId, TeamId},
    offering::delivery::Manner,
    ticket::kinds::{Kind, Service},
};
use serde_json::json;
use store::{
    Json, Tx,
    catalogue::{self, Delivery},
    offerings, parties, people, records,
};

use super::{MOST, checked_opening};
use crate::{Agent, App, Error, Result, audit};

/// For whom and what, and who delivers. What is not given fits everything.
#[derive(Clone, Debug, PartialEq)]
pub struct NewDelivery {
    /// For one customer.
    pub customer: Option<CustomerId>,
    /// For one of the desk's own offerings.
    pub offering: Option<OfferingId>,
    /// For one service.
    pub service: Option<Service>,
    /// For one kind.
    pub kind: Option<Kind>,
    /// In these hours.
    pub hours: Option<CalendarSpec>,
    /// In which manner.
    pub manner: Manner,
    /// In house: the team; none is whoever is there.
    pub team: Option<TeamId>,
    /// Else: the supplier's offering.
    pub supplier_offering: Option<OfferingId>,
}

/// Adds a row that says who delivers.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`] for somebody or something that is not there, and for a supplier's manner
/// without its offering.
pub async fn add_delivery(app: &App, agent: &Agent, new: NewDelivery) -> Result<DeliveryId> {
    agent.require(Permission::CatalogueManage)?;
    let in_house = new.manner == Manner::InHouse;
    if !in_house && new.supplier_offering.is_none() {
        return Err(Error::invalid("supplier_offering", "required"));
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let row = Delivery {
        id: ids.next(DeliveryId::new),
        customer: new.customer,
        offering: new.offering,
        service: new.service,
        kind: new.kind,
        hours: new.hours.map(checked_opening).transpose()?.map(Json),
        manner: new.manner,
        team: new.team.filter(|_| in_house),
        supplier_offering: new.supplier_offering.filter(|_| !in_house),
        created_at: now,
    };
    let id = row.id;
    let act =
        audit::act(&mut ids, now, agent.actor(), Deed::DeliveryAdd, &id, json!({ "manner": row.manner }));
    app.store
        .write(agent.desk, move |tx| {
            let (row, act) = (row.clone(), act.clone());
            Box::pin(async move {
                there(tx, &row).await?;
                if catalogue::deliveries(tx).await?.len() >= MOST {
                    return Err(Error::Refused("too-many-deliveries"));
                }
                catalogue::add_delivery(tx, &row).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Passes if everything that a row names is there.
async fn there(tx: &mut Tx, row: &Delivery) -> Result<()> {
    if let Some(id) = row.customer
        && parties::customer(tx, id).await?.is_none()
    {
        return Err(Error::invalid("customer", "unknown"));
    }
    if let Some(id) = row.offering
        && offerings::get(tx, id).await?.is_none_or(|o| o.supplier.is_some())
    {
        return Err(Error::invalid("offering", "unknown"));
    }
    if let Some(id) = row.team
        && !people::teams(tx).await?.iter().any(|team| team.id == id)
    {
        return Err(Error::invalid("team", "unknown"));
    }
    if let Some(id) = row.supplier_offering
        && offerings::get(tx, id).await?.is_none_or(|o| o.supplier.is_none())
    {
        return Err(Error::invalid("supplier_offering", "unknown"));
    }
    Ok(())
}

/// Removes a row.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn remove_delivery(app: &App, agent: &Agent, id: DeliveryId) -> Result<()> {
    agent.require(Permission::CatalogueManage)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::DeliveryRemove, &id, json!({}));
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                if !catalogue::drop_delivery(tx, id).await? {
                    return Err(Error::NotFound("delivery"));
                }
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}
