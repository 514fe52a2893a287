//! A desk that is connected to a simulator whose clock stands still until a test moves it.

use std::sync::{Arc, Mutex};

use domain::cloud::Cloud;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use microsoft::{Client, Connection, Credentials, CustomerId, Network, Secret, Session, Vault};
use microsoft_sim::{Simulator, sample};
use tokio::net::TcpListener;

pub(crate) const HELPDESK: &str = "lina@nordwind.example";
pub(crate) const ADMIN: &str = "jonas@nordwind.example";

/// What the desk was given to keep, and whether it can.
#[derive(Default)]
pub(crate) struct Kept {
    pub(crate) tokens: Mutex<Vec<String>>,
    pub(crate) broken: Mutex<bool>,
}

impl Vault for Kept {
    fn keep(&self, token: Secret) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            if *self.broken.lock().unwrap() {
                return Err("the disk is full".into());
            }
            self.tokens.lock().unwrap().push(token.reveal().to_owned());
            Ok(())
        })
    }
}

pub(crate) struct Desk {
    pub(crate) sim: Simulator,
    pub(crate) client: Client,
    pub(crate) kept: Arc<Kept>,
}

pub(crate) async fn simulator(cloud: Cloud) -> Simulator {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let began: Timestamp = "2026-03-02T08:00:00Z".parse().unwrap();
    Simulator::start(listener, &sample(cloud), Arc::new(move || began)).unwrap()
}

pub(crate) fn credentials(sim: &Simulator, upn: &str) -> Credentials {
    sim.world(|world| {
        let refresh_token = Secret::new(world.consent(upn).0);
        let (tenant, application, secret) = world.credentials();
        Credentials { tenant, application, application_secret: Secret::new(secret), refresh_token }
    })
}

impl Desk {
    pub(crate) async fn new() -> Self {
        Self::of(ADMIN).await
    }

    /// Connected by this person's consent.
    pub(crate) async fn of(upn: &str) -> Self {
        let sim = simulator(Cloud::Commercial).await;
        let network = Network::simulator(sim.address()).unwrap();
        Self::with(sim, upn, Cloud::Commercial, &network)
    }

    pub(crate) fn with(sim: Simulator, upn: &str, cloud: Cloud, network: &Network) -> Self {
        let kept = Arc::new(Kept::default());
        let connection = Connection { cloud, credentials: credentials(&sim, upn) };
        let client = Client::new(connection, network, kept.clone());
        Self { sim, client, kept }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.sim.world(|world| world.now())
    }

    pub(crate) fn at(&self) -> Session<'_> {
        self.client.at(self.now())
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.sim.world(|world| world.pass(SignedDuration::from_secs(seconds)));
    }

    /// How many requests came whose path has this in it.
    pub(crate) fn asked(&self, part: &str) -> usize {
        self.sim.world(|world| world.log.iter().filter(|seen| seen.target.contains(part)).count())
    }

    /// The customer of this name.
    pub(crate) async fn customer(&self, name: &str) -> CustomerId {
        let found = self.at().customers().unwrap().named(name, 10).await.unwrap();
        assert_eq!(found.items.len(), 1, "{name}");
        found.items[0].id
    }
}

/// A plain HTTP client that trusts nobody and follows nothing.
pub(crate) fn http() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let http = reqwest::Client::builder().tls_backend_preconfigured(tls).no_proxy();
    http.redirect(reqwest::redirect::Policy::none()).build().unwrap()
}
