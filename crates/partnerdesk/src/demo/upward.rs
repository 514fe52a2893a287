//! The way up from the sample desk: a contract with Microsoft, and its portal, which is the simulated one.

use anyhow::{Context, Result};
use app::{
    Agent, App,
    suppliers::{self, Contract, Units},
};
use domain::{id::DeskId, party::supplier::SupplierKind, vehicle::Vehicle};

/// Enters a contract with Microsoft, in the name of a desk's Global admin, unless there is one.
///
/// # Errors
/// The use cases refuse.
pub(super) async fn make(app: &App, admin: &Agent) -> Result<()> {
    let all = suppliers::list(app, admin).await?;
    let microsoft = all.iter().find(|line| line.supplier.kind == SupplierKind::Microsoft);
    let microsoft = microsoft.context("the desk does not know Microsoft")?;
    if !microsoft.held.is_empty() {
        return Ok(());
    }
    let page = suppliers::get(app, admin, microsoft.supplier.id).await?;
    let offer = page.offers.iter().find(|offer| offer.offering.vehicle == Some(Vehicle::Asfp));
    let offer = offer.context("Microsoft offers no advanced support")?;
    let contract = Contract { name: String::new(), access_id: None, contract_id: None, from: None, to: None };
    suppliers::add_contract(app, admin, offer.offering.id, Units::Unlimited, contract).await?;
    Ok(())
}

/// Has Microsoft's portal be this one. It is another address at each start.
///
/// # Errors
/// As the database says.
pub(super) async fn lead_to(app: &App, desk: DeskId, portal: String) -> Result<()> {
    let unit = app.store.write::<_, store::Error, _>(desk, move |tx| {
        let portal = portal.clone();
        Box::pin(async move {
            let all = store::suppliers::all(tx).await?;
            let Some(microsoft) = all.into_iter().find(|one| one.kind == SupplierKind::Microsoft) else {
                return Ok(());
            };
            store::suppliers::update(tx, &store::suppliers::Supplier { address: portal, ..microsoft }).await
        })
    });
    Ok(unit.await?)
}
