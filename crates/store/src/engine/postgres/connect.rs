//! Connections to PostgreSQL.

use std::{net::IpAddr, sync::Arc, time::Duration};

use deadpool_postgres::{Manager, ManagerConfig, Pool, RecyclingMethod, Runtime};
use futures_util::future::BoxFuture;
use tokio::{sync::Mutex, task::JoinHandle, time::Instant};
use tokio_postgres::{
    Client, NoTls,
    config::{Host, SslMode},
};
use tokio_postgres_rustls::MakeRustlsConnect;
use tracing::warn;

use super::error;
use crate::Error;

/// How long a unit waits for a connection before the store is busy.
const WAIT: Duration = Duration::from_secs(5);
/// While the server is down, one attempt to connect in this time is enough for all.
const AGAIN: Duration = Duration::from_secs(1);
/// How long one attempt may take.
const CONNECT: Duration = Duration::from_secs(5);

/// Statements that take longer are faults; a transaction that waits so long for us has lost us.
///
/// Each statement is planned once for each connection: left alone, PostgreSQL plans most of ours again each time, which
/// costs more than running them. What it cannot know then, such as how many rows a page has, must not matter to the
/// plan. Nothing that we ask is long enough to be compiled.
const SESSION: &str = "-c statement_timeout=15000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=30000 \
    -c plan_cache_mode=force_generic_plan -c jit=off";

pub(super) fn pool(url: &str, connections: usize) -> Result<Pool, Error> {
    let mut config = parse(url)?;
    let options = config.get_options().map_or_else(|| SESSION.to_owned(), |own| format!("{SESSION} {own}"));
    config.options(options);
    let gate = Gate { failed: Mutex::default() };
    let manager = ManagerConfig { recycling_method: RecyclingMethod::Fast };
    let manager = Manager::from_connect(config, gate, manager);
    Pool::builder(manager)
        .max_size(connections)
        .wait_timeout(Some(WAIT))
        .create_timeout(Some(CONNECT))
        .runtime(Runtime::Tokio1)
        .build()
        .map_err(|e| Error::Unavailable(e.to_string()))
}

/// One connection outside of the pool, without time-outs: for migrations.
pub(crate) async fn client(url: &str) -> Result<Client, Error> {
    let config = parse(url)?;
    let (client, _) = connect(&config).await.map_err(|e| error(&e))?;
    Ok(client)
}

fn parse(url: &str) -> Result<tokio_postgres::Config, Error> {
    let mut config: tokio_postgres::Config =
        url.parse().map_err(|_| Error::Schema("the PostgreSQL address cannot be read".into()))?;
    config.application_name("partnerdesk").connect_timeout(CONNECT).keepalives_idle(Duration::from_secs(30));
    if config.get_ssl_mode() == SslMode::Prefer {
        config.ssl_mode(if is_near(&config) { SslMode::Disable } else { SslMode::Require });
    }
    Ok(config)
}

/// Whether every host of the address is this machine.
fn is_near(config: &tokio_postgres::Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback()),
    })
}

async fn connect(config: &tokio_postgres::Config) -> Result<(Client, JoinHandle<()>), tokio_postgres::Error> {
    if config.get_ssl_mode() == SslMode::Disable {
        let (client, connection) = config.connect(NoTls).await?;
        return Ok((client, tokio::spawn(drive(connection))));
    }
    let (client, connection) = config.connect(tls()).await?;
    Ok((client, tokio::spawn(drive(connection))))
}

async fn drive(connection: impl Future<Output = Result<(), tokio_postgres::Error>>) {
    if let Err(cause) = connection.await {
        warn!(%cause, "lost a connection to PostgreSQL");
    }
}

fn tls() -> MakeRustlsConnect {
    let roots = rustls::RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring speaks the default versions")
        .with_root_certificates(roots)
        .with_no_client_auth();
    MakeRustlsConnect::new(config)
}

/// Connects one at a time, and while the server is down at most once in [`AGAIN`], so that neither its absence nor
/// its return is a stampede.
struct Gate {
    failed: Mutex<Option<Instant>>,
}

impl deadpool_postgres::Connect for Gate {
    fn connect(
        &self,
        config: &tokio_postgres::Config,
    ) -> BoxFuture<'_, Result<(Client, JoinHandle<()>), tokio_postgres::Error>> {
        let config = config.clone();
        Box::pin(async move {
            let mut failed = self.failed.lock().await;
            if let Some(at) = *failed {
                tokio::time::sleep_until(at + AGAIN).await;
            }
            let result = connect(&config).await;
            *failed = result.is_err().then(Instant::now);
            result
        })
    }
}
