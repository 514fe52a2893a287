//! Customers' tenants: which of our customers they are, and what is known of each.

use domain::{access::Permission, deed::Deed, id::CustomerId};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx,
    microsoft::{
        self as kept, Sooner,
        read::{self, HealthIssue, PartnerLink, ServiceRequest},
    },
    parties::{self, Customer},
    records, tenants as rows,
};
use uuid::Uuid;

use super::{Health, State, What, connection::reading};
use crate::{Agent, App, Error, Ids, Result, audit};

/// The most tenants that are offered for linking at once.
const OFFERED: i64 = 100;

/// What becomes of a tenant that nobody knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It is this customer's.
    Customer(CustomerId),
    /// It is a new customer's, made of what Microsoft says of it.
    New,
    /// It is nobody's again.
    Nobody,
}

/// What is known of a tenant of a customer.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The tenant.
    pub tenant: rows::Tenant,
    /// How each reading of it fares, by what it is.
    pub readings: Vec<(What, Health)>,
    /// What its services have; what is over comes last.
    pub issues: Vec<HealthIssue>,
    /// Its service requests, the one that changed last first.
    pub requests: Vec<ServiceRequest>,
}

impl Place {
    /// How a reading of it fares.
    #[must_use]
    pub fn reading(&self, what: What) -> Option<&Health> {
        self.readings.iter().find(|(known, _)| *known == what).map(|(_, health)| health)
    }
}

/// What is known of a customer at Microsoft, tenant by tenant.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn of_customer(app: &App, agent: &Agent, customer: CustomerId) -> Result<Vec<Place>> {
    agent.require(Permission::CustomersView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                let mut places = Vec::new();
                for tenant in rows::of_customer(tx, customer).await? {
                    places.push(place(tx, tenant).await?);
                }
                Ok(places)
            })
        })
        .await
}

async fn place(tx: &mut Tx, tenant: rows::Tenant) -> Result<Place> {
    let mirrors = kept::mirrors(tx, &tenant.tenant).await?;
    Ok(Place {
        readings: mirrors.iter().filter_map(|row| Some((row.what.parse().ok()?, reading(row)))).collect(),
        issues: read::issues(tx, &tenant.tenant).await?,
        requests: read::requests_of(tx, &tenant.tenant).await?,
        tenant,
    })
}

/// Tenants in the order of their ids, after the given one.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn tenants(app: &App, agent: &Agent, after: &str, limit: i64) -> Result<Vec<rows::Tenant>> {
    agent.require(Permission::CustomersView)?;
    let (after, limit) = (after.to_owned(), limit.clamp(1, 201));
    let unit = app.store.read::<_, store::Error, _>(agent.desk, move |tx| {
        let after = after.clone();
        Box::pin(async move { rows::after(tx, &after, limit).await })
    });
    Ok(unit.await?)
}

/// How much is known of the desk's customers at Microsoft.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Standing {
    /// How many tenants there are.
    pub tenants: i64,
    /// Of how many nobody knows whose they are.
    pub unlinked: i64,
    /// What is broken now, of every tenant.
    pub issues: Vec<HealthIssue>,
    /// Providers or resellers.
    pub partners: Vec<PartnerLink>,
    /// The support contact at Microsoft: mail address, telephone, web site; empty where there is none.
    pub profile: Option<[String; 3]>,
    /// Whether a mailbox of the desk has the support contact's address. None if there is none to compare.
    pub profile_fits: Option<bool>,
}

/// How much is known of the desk's customers at Microsoft.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn standing(app: &App, agent: &Agent) -> Result<Standing> {
    agent.require(Permission::SettingsManage)?;
    let unit = app.store.read::<_, store::Error, _>(agent.desk, |tx| {
        Box::pin(async move {
            let (tenants, unlinked) = rows::count(tx).await?;
            let row = kept::mirror(tx, What::Profile.word(), "").await?;
            let profile = row.filter(|row| row.state == State::Current.word()).map(|row| {
                let text = |name: &str| row.data.0[name].as_str().unwrap_or_default().to_owned();
                [text("email"), text("telephone"), text("website")]
            });
            let addresses = store::inbox::mailboxes(tx).await?;
            let profile_fits = profile.as_ref().map(|[email, ..]| {
                addresses.iter().any(|mailbox| mailbox.address.as_str().eq_ignore_ascii_case(email))
            });
            Ok(Standing {
                tenants,
                unlinked,
                issues: read::open_issues(tx).await?,
                partners: read::partners(tx).await?,
                profile,
                profile_fits,
            })
        })
    });
    Ok(unit.await?)
}

/// Providers or resellers, as Microsoft has them.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn partners(app: &App, agent: &Agent) -> Result<Vec<PartnerLink>> {
    agent.require(Permission::SettingsManage)?;
    let unit = app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(read::partners(tx)));
    Ok(unit.await?)
}

/// Tenants of which nobody knows which customer they are, by name, each with the customer of the same name if there is
/// one.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn unlinked(app: &App, agent: &Agent) -> Result<Vec<(rows::Tenant, Option<Customer>)>> {
    agent.require(Permission::SettingsManage)?;
    let unit = app.store.read::<_, store::Error, _>(agent.desk, |tx| {
        Box::pin(async move {
            let mut all = Vec::new();
            for tenant in rows::unlinked(tx, OFFERED).await? {
                let alike = parties::customers(tx, &tenant.name, None, 1).await?;
                let same = alike.into_iter().find(|customer| {
                    customer.name.trim().to_lowercase() == tenant.name.trim().to_lowercase()
                });
                all.push((tenant, same));
            }
            Ok(all)
        })
    });
    Ok(unit.await?)
}

/// Says whose a tenant is.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn link(app: &App, agent: &Agent, tenant: Uuid, to: Link) -> Result<()> {
    agent.require(Permission::SettingsManage)?;
    let now = app.now();
    let linking = Linking { agent: agent.clone(), tenant: tenant.to_string(), to, ids: app.ids(now), now };
    app.store
        .write(agent.desk, move |tx| {
            let linking = linking.clone();
            Box::pin(async move { linking.run(tx).await })
        })
        .await
}

#[derive(Clone)]
struct Linking {
    agent: Agent,
    tenant: String,
    to: Link,
    ids: Ids,
    now: Timestamp,
}

impl Linking {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let mut ids = self.ids.clone();
        let mut found = rows::get(tx, &self.tenant).await?.ok_or(Error::NotFound("tenant"))?;
        found.customer = match self.to {
            Link::Nobody => None,
            Link::Customer(customer) => {
                parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
                Some(customer)
            }
            Link::New => Some(self.make(tx, &found, &mut ids).await?),
        };
        rows::put(tx, &found).await?;
        kept::sooner(tx, Sooner::One(What::Customer.word(), &self.tenant), self.now).await?;
        let what = json!({ "customer": found.customer });
        let act = audit::act(&mut ids, self.now, self.agent.actor(), Deed::TenantLink, &self.tenant, what);
        Ok(records::audit(tx, &act).await?)
    }

    async fn make(&self, tx: &mut Tx, found: &rows::Tenant, ids: &mut Ids) -> Result<CustomerId> {
        let (settings, _) = store::people::settings(tx).await?;
        let name: String = found.name.chars().take(200).collect();
        let customer = Customer {
            id: ids.next(CustomerId::new),
            name: if name.trim().is_empty() { found.domain.clone() } else { name },
            lang: settings.lang,
            timezone: settings.timezone,
            note: String::new(),
            version: 1,
            created_at: self.now,
        };
        parties::add_customer(tx, &customer).await?;
        let what = json!({ "tenant": self.tenant });
        let actor = self.agent.actor();
        let act = audit::act(ids, self.now, actor, Deed::CustomerAdd, &customer.id, what);
        records::audit(tx, &act).await?;
        Ok(customer.id)
    }
}
