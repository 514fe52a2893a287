//! Microsoft beside the demo: simulated, in this process and on this machine only. It forgets everything when the demo
//! ends, so the sample desk is connected anew at each start.

use std::sync::Arc;

use anyhow::{Context, Result};
use app::{
    App, Clock,
    microsoft::{self, Network, Settings},
};
use domain::{access::Permission, cloud::Cloud, id::DeskId};
use jiff::SignedDuration;
use microsoft_sim::{Simulator, sample};
use store::{licences::Licences, tenants::Tenant};
use tokio::net::TcpListener;

use super::sample::as_agent;

/// The agent of the sample who consented: an Admin agent, who may do everything there that a desk does.
const CONSENTS: &str = "jonas@nordwind.example";

/// For how long nobody has had the licences that nobody has.
const UNUSED_FOR: SignedDuration = SignedDuration::from_hours(61 * 24);

/// The simulated Microsoft.
pub(super) struct Microsoft(Simulator);

impl Microsoft {
    /// Answers on this socket.
    ///
    /// # Errors
    /// It is no socket of this machine alone.
    pub(super) fn start(socket: TcpListener) -> Result<Self> {
        let clock = Clock::system();
        let seed = sample(Cloud::Commercial);
        Ok(Self(Simulator::start(socket, &seed, Arc::new(move || clock.now()))?))
    }

    /// The engineer's page.
    pub(super) fn address(&self) -> String {
        format!("http://{}/", self.0.address())
    }

    /// The way to it, and to nothing else.
    pub(super) fn network(&self) -> Result<Network> {
        let authority = self.0.world(|world| world.events_authority());
        Ok(Network::simulator(self.0.address())?.trusting(authority.as_bytes())?)
    }

    /// Connects a desk with a fresh consent, and has events sent to it.
    pub(super) async fn connect(&self, app: &App, slug: &str) -> Result<()> {
        let desk = crate::open::desk(app, Some(slug)).await?;
        let agents = app.store.read::<_, store::Error, _>(desk, |tx| Box::pin(store::people::agents(tx)));
        let agents = agents.await?.into_iter().filter(|row| row.active).map(|row| as_agent(desk, &row));
        let admin = agents.into_iter().find(|agent| agent.may(Permission::SettingsManage));
        let admin = admin.context("the desk has no Global admin")?;
        let settings = self.0.world(|world| {
            let refresh_token = world.consent(CONSENTS).0;
            let (tenant, application, secret) = world.credentials();
            Settings {
                cloud: Cloud::Commercial,
                tenant,
                application,
                application_secret: Some(secret.to_owned()),
                refresh_token: Some(refresh_token),
                adds_customers: false,
            }
        });
        let before = microsoft::connection(app, &admin).await?;
        microsoft::save(app, &admin, settings, before.map(|known| known.version)).await?;
        microsoft::register(app, &admin).await?;
        unused(app, desk).await?;
        super::upward::lead_to(app, desk, self.address()).await
    }
}

/// Writes a first reading of long ago of the licences that nobody has, which a demo cannot wait for. What is read at once goes on
/// from it.
async fn unused(app: &App, desk: DeskId) -> Result<()> {
    let now = app.now();
    let long_ago = now.checked_sub(UNUSED_FOR)?;
    let unit = app.store.write::<_, store::Error, _>(desk, move |tx| {
        Box::pin(async move {
            for found in sample(Cloud::Commercial).customers {
                let (tenant, domain) = (found.id.to_string(), found.domains.first().unwrap_or(&found.domain));
                let customer = store::parties::customer_of_domain(tx, domain).await?;
                let unused = found.subscriptions.iter().find(|one| one.unassigned > 0);
                let (Some(customer), Some(one)) = (customer, unused) else { continue };
                if !store::licences::of_tenant(tx, &tenant).await?.is_empty() {
                    continue;
                }
                if store::tenants::get(tx, &tenant).await?.is_none() {
                    let row = Tenant {
                        tenant: tenant.clone(),
                        customer: Some(customer),
                        cloud: Cloud::Commercial,
                        name: found.company.clone(),
                        domain: found.domain.clone(),
                        delegated_admin: None,
                        delegated_until: None,
                        seen_at: long_ago,
                    };
                    store::tenants::put(tx, &row).await?;
                }
                let row = Licences {
                    tenant,
                    product: one.offer.to_lowercase(),
                    name: one.name.clone(),
                    part: one.offer.clone(),
                    active: one.quantity,
                    assigned: one.quantity.saturating_sub(one.unassigned),
                    unused: Some(one.unassigned),
                    unused_since: Some(long_ago),
                    read_at: now,
                };
                store::licences::put(tx, &row).await?;
            }
            Ok(())
        })
    });
    Ok(unit.await?)
}
