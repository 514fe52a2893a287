//! Microsoft beside the demo: simulated, in this process and on this machine only. It forgets everything when the demo
//! ends, so the sample desk is connected anew at each start.

use std::sync::Arc;

use anyhow::{Context, Result};
use app::{
    App, Clock,
    microsoft::{self, Network, Settings},
};
use domain::{access::Permission, cloud::Cloud};
use microsoft_sim::{Simulator, sample};
use tokio::net::TcpListener;

use super::sample::as_agent;

/// The agent of the sample who consented: an Admin agent, who may do everything there that a desk does.
const CONSENTS: &str = "jonas@nordwind.example";

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
        super::upward::lead_to(app, desk, self.address()).await
    }
}
