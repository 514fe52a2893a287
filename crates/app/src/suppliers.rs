//! Suppliers: the parties above, what they offer, what the desk is entitled to there.

mod contracts;
mod offers;
mod score;

use domain::{
    access::Permission,
    deed::Deed,
    email_address::EmailAddress,
    id::{OfferingId, SupplierId},
    lang::Lang,
    party::supplier::{SupplierKind, Way},
    vehicle::{microsoft, rules},
};
use jiff::{Timestamp, tz::TimeZone};
use serde_json::json;
use store::{
    Json, Tx, offerings, records,
    suppliers::{self, Supplier},
};

pub use self::contracts::{
    Contract, Held, Numbers, Units, add_contract, change_contract, contract, contracts, numbers,
    set_standing, standing,
};
pub(crate) use self::contracts::{held_in, right, standing_in};
pub(crate) use self::offers::checked_terms;
pub use self::offers::{Offer, add_offering, change_offering, offering_name, offerings};
pub use self::score::{ScoreCard, ScoreLine, score_card};
use crate::{
    Agent, App, Error, Ids, Result, audit,
    error::{body, line},
};

/// The longest name, in characters.
const NAME: usize = 200;
/// The longest address, in characters.
const ADDRESS: usize = 500;
/// The longest note, in bytes.
const NOTE: usize = 20_000;
/// The most suppliers of a desk.
const SUPPLIERS: usize = 500;

/// What is written of a supplier.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// The language in which it is written to.
    pub lang: Lang,
    /// How a ticket reaches it.
    pub way: Way,
    /// Where: a mail address, or the address of a portal.
    pub address: String,
    /// Whether it may be told who the customer's people are.
    pub personal_data: bool,
    /// What agents should know; may be empty.
    pub note: String,
    /// Whether tickets may be handed to it.
    pub active: bool,
}

impl Details {
    fn checked(self, kind: SupplierKind) -> Result<Self> {
        let note = if self.note.trim().is_empty() { String::new() } else { body("note", &self.note, NOTE)? };
        Ok(Self {
            name: line("name", &self.name, NAME)?,
            address: checked_address(kind, self.way, &self.address)?,
            note,
            ..self
        })
    }
}

/// Where a way leads. What pairs desks, or connects to Azure, is kept elsewhere.
fn checked_address(kind: SupplierKind, way: Way, address: &str) -> Result<String> {
    let address = match address.trim() {
        "" => String::new(),
        address => line("address", address, ADDRESS)?,
    };
    match way {
        Way::Mail => match address.parse::<EmailAddress>() {
            Ok(address) => Ok(address.to_string()),
            Err(_) if address.is_empty() => Err(Error::invalid("address", "required")),
            Err(_) => Err(Error::invalid("address", "not-an-address")),
        },
        Way::Portal if address.is_empty() || address.starts_with("https://") => Ok(address),
        Way::Portal => Err(Error::invalid("address", "not-a-link")),
        Way::AzureSupport if kind != SupplierKind::Microsoft => Err(Error::invalid("way", "not-allowed")),
        Way::Desk | Way::AzureSupport => Ok(String::new()),
    }
}

/// A supplier as a line of the list.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The supplier.
    pub supplier: Supplier,
    /// What it offers now, by name.
    pub offers: Vec<String>,
    /// What the desk is entitled to there, the newest period first.
    pub held: Vec<Held>,
}

/// Every supplier, by name, with what is left of what the desk is entitled to there.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(app: &App, agent: &Agent) -> Result<Vec<Listed>> {
    agent.require(Permission::SuppliersView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let (suppliers, offers) = (suppliers::all(tx).await?, offerings::of_suppliers(tx).await?);
                let held = held_in(tx, None, &offers, now).await?;
                let lines = suppliers.into_iter().map(|supplier| {
                    let theirs = |id: Option<SupplierId>| id == Some(supplier.id);
                    Listed {
                        offers: offers
                            .iter()
                            .filter(|offer| theirs(offer.supplier) && offers::is_offered(offer, now))
                            .map(|offer| offering_name(offer, now))
                            .collect(),
                        held: held
                            .iter()
                            .filter(|held| theirs(Some(held.entitlement.supplier)))
                            .cloned()
                            .collect(),
                        supplier,
                    }
                });
                Ok(lines.collect())
            })
        })
        .await
}

/// A supplier's page.
#[derive(Clone, Debug)]
pub struct SupplierPage {
    /// The supplier.
    pub supplier: Supplier,
    /// What it offers, by name.
    pub offers: Vec<Offer>,
    /// What the desk is entitled to there, the newest period first.
    pub held: Vec<Held>,
}

/// A supplier's page.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn get(app: &App, agent: &Agent, id: SupplierId) -> Result<SupplierPage> {
    agent.require(Permission::SuppliersView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let supplier = suppliers::get(tx, id).await?.ok_or(Error::NotFound("supplier"))?;
                let rows = offerings::of_supplier(tx, id).await?;
                let held = held_in(tx, Some(id), &rows, now).await?;
                let offers = rows.into_iter().map(|row| Offer::of(row, now)).collect();
                Ok(SupplierPage { supplier, offers, held })
            })
        })
        .await
}

/// Adds a supplier. Microsoft is there from the beginning, once.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::Invalid`], with `name: taken` if another has it.
pub async fn create(app: &App, agent: &Agent, kind: SupplierKind, details: Details) -> Result<SupplierId> {
    agent.require(Permission::SuppliersManage)?;
    if kind == SupplierKind::Microsoft {
        return Err(Error::invalid("kind", "taken"));
    }
    let details = details.checked(kind)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let supplier = row(ids.next(SupplierId::new), kind, details, now);
    let id = supplier.id;
    let act = audit::act(&mut ids, now, agent.actor(), Deed::SupplierAdd, &id, json!({ "kind": kind }));
    app.store
        .write(agent.desk, move |tx| {
            let (supplier, act) = (supplier.clone(), act.clone());
            Box::pin(async move {
                if suppliers::all(tx).await?.len() >= SUPPLIERS {
                    return Err(Error::Refused("too-many"));
                }
                suppliers::add(tx, &supplier).await.map_err(name_taken)?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

fn row(id: SupplierId, kind: SupplierKind, details: Details, now: Timestamp) -> Supplier {
    let Details { name, lang, way, address, personal_data, note, active } = details;
    Supplier { id, kind, name, lang, way, address, personal_data, note, active, version: 1, created_at: now }
}

fn name_taken(error: store::Error) -> Error {
    if error.is_taken("suppliers", "name") { Error::invalid("name", "taken") } else { error.into() }
}

/// Changes a supplier, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`] as [`create`].
pub async fn update(app: &App, agent: &Agent, id: SupplierId, details: Details, version: i64) -> Result<()> {
    agent.require(Permission::SuppliersManage)?;
    let now = app.now();
    let what = json!({ "active": details.active });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::SupplierChange, &id, what);
    app.store
        .write(agent.desk, move |tx| {
            let (details, act) = (details.clone(), act.clone());
            Box::pin(async move {
                let before = suppliers::get(tx, id).await?.ok_or(Error::NotFound("supplier"))?;
                let details = details.checked(before.kind)?;
                let after = Supplier { version, ..row(id, before.kind, details, before.created_at) };
                suppliers::update(tx, &after).await.map_err(name_taken)?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Microsoft as a desk's supplier, with what it offers.
#[derive(Clone, Debug)]
pub(crate) struct Microsoft {
    supplier: Supplier,
    offers: Vec<offerings::Offering>,
}

impl Microsoft {
    /// As a new desk has it.
    pub(crate) fn new(ids: &mut Ids, now: Timestamp) -> Self {
        let details = Details {
            name: "Microsoft".into(),
            lang: Lang::En,
            way: Way::Portal,
            address: crate::handovers::IN_CONTEXT.into(),
            personal_data: false,
            note: String::new(),
            active: true,
        };
        let supplier = row(ids.next(SupplierId::new), SupplierKind::Microsoft, details, now);
        let today = now.to_zoned(TimeZone::UTC).date();
        let offers = microsoft::offerings().iter().map(|offered| offerings::Offering {
            id: ids.next(OfferingId::new),
            supplier: Some(supplier.id),
            name: rules::verified().name(offered.vehicle.into(), Some(today)),
            vehicle: Some(offered.vehicle),
            terms: Json(offered.terms.clone()),
            valid_from: now,
            valid_to: None,
            theirs: None,
            version: 1,
        });
        Self { offers: offers.collect(), supplier }
    }

    /// Writes it, unless it is there: once for each desk, however often it is asked for.
    pub(crate) async fn put(&self, tx: &mut Tx) -> Result<(), store::Error> {
        let there = suppliers::all(tx).await?;
        if there.iter().any(|s| s.kind == SupplierKind::Microsoft || s.name == self.supplier.name) {
            return Ok(());
        }
        suppliers::add(tx, &self.supplier).await?;
        for offer in &self.offers {
            offerings::add(tx, offer).await?;
        }
        Ok(())
    }
}

/// Gives every desk Microsoft as a supplier that does not have it yet: those that began before there were suppliers.
/// Does nothing the second time.
///
/// # Errors
/// As the database says.
pub async fn complete(app: &App) -> Result<()> {
    let desks: Result<_, store::Error> =
        app.store.system_read(|tx| Box::pin(store::installation::desks(tx))).await;
    for desk in desks? {
        let there = app.store.read::<_, store::Error, _>(desk.id, |tx| Box::pin(suppliers::all(tx))).await?;
        if there.iter().any(|supplier| supplier.kind == SupplierKind::Microsoft) {
            continue;
        }
        let now = app.now();
        let microsoft = Microsoft::new(&mut app.ids(now), now);
        let put = app.store.write::<_, store::Error, _>(desk.id, move |tx| {
            let microsoft = microsoft.clone();
            Box::pin(async move { microsoft.put(tx).await })
        });
        match put.await {
            Ok(()) => {}
            // Another process that starts at the same time was faster.
            Err(error) if error.is_taken("suppliers", "name") => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_fit_their_way() {
        let check = |kind, way, address| checked_address(kind, way, address).map_err(|e| e.code());
        let provider = SupplierKind::Provider;
        assert_eq!(check(provider, Way::Mail, " Help@Provider.test "), Ok("help@provider.test".into()));
        assert_eq!(check(provider, Way::Mail, ""), Err("required"));
        assert_eq!(check(provider, Way::Mail, "https://provider.test"), Err("not-an-address"));
        assert_eq!(check(provider, Way::Portal, ""), Ok(String::new()));
        assert_eq!(check(provider, Way::Portal, "https://provider.test"), Ok("https://provider.test".into()));
        for bad in ["javascript:alert(1)", "http://provider.test", "provider.test"] {
            assert_eq!(check(provider, Way::Portal, bad), Err("not-a-link"), "{bad}");
        }
        assert_eq!(check(provider, Way::AzureSupport, ""), Err("not-allowed"));
        assert_eq!(check(SupplierKind::Microsoft, Way::AzureSupport, ""), Ok(String::new()));
    }
}
