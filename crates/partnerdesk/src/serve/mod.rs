//! `serve` and `worker`: the installation while it runs.

mod lead;
mod listen;
mod mailboxes;

use std::{fs, io, net::SocketAddr, path::Path, sync::Arc, time::Duration};

use anyhow::{Context, Result};
use app::{App, jobs};
use mail::listen::{ListenLimits, Listener as MailSocket, Protocol as MailProtocol};
use tokio::{
    net::{TcpListener, UnixListener},
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::timeout,
};
use tracing::{info, warn};

use crate::{
    config::{Config, Protocol},
    open::open,
    out,
};

/// How long requests, jobs and mails that are under way may take when the program is told to stop. Together with what
/// follows it is less than the 10 seconds after which a service manager loses patience.
const FAREWELL: Duration = Duration::from_secs(8);

/// What a process of the installation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// All of it.
    Everything,
    /// No HTTP, and no listeners.
    Worker,
}

/// A socket for mail and what is spoken there.
pub(crate) type MailDoor = (MailSocket, MailProtocol);

/// The sockets of an installation: taken before anything begins, so that a port that is taken ends the start.
#[derive(Default)]
pub(crate) struct Doors {
    pub(crate) http: Option<TcpListener>,
    pub(crate) mail: Vec<MailDoor>,
}

/// Runs until SIGTERM or Ctrl-C.
///
/// # Errors
/// What keeps it from starting.
pub(crate) async fn run(config: Config, role: Role) -> Result<()> {
    let app = open(&config).await?;
    let mut doors = Doors::default();
    if role == Role::Everything {
        let address = &config.http.listen;
        let http = TcpListener::bind(address).await.with_context(|| format!("http.listen = {address}"))?;
        out::complain(format_args!("answering on http://{}", http.local_addr()?));
        doors.http = Some(http);
        for listener in &config.listeners {
            let address = &listener.address;
            let socket =
                mail_socket(address).await.with_context(|| format!("listener.address = {address}"))?;
            let protocol = match listener.protocol {
                Protocol::Smtp => MailProtocol::Smtp,
                Protocol::Lmtp => MailProtocol::Lmtp,
            };
            doors.mail.push((socket, protocol));
        }
    }
    let one_worker = config.store()?.url.starts_with("sqlite:");
    work(app, doors, one_worker).await
}

/// Loopback only, or a path: what is spoken there has neither TLS nor sign-in.
async fn mail_socket(address: &str) -> Result<MailSocket> {
    if let Some(path) = address.strip_prefix("unix:") {
        let path = Path::new(path);
        // What a killed process has left. One that lives would still be answered by its open socket, by nobody new.
        if let Err(error) = fs::remove_file(path)
            && error.kind() != io::ErrorKind::NotFound
        {
            return Err(error.into());
        }
        return Ok(MailSocket::Unix(UnixListener::bind(path)?));
    }
    let address: SocketAddr = address.parse().context("is neither ADDRESS:PORT nor unix:PATH")?;
    anyhow::ensure!(
        address.ip().is_loopback(),
        "may only be on this machine: it has neither TLS nor sign-in"
    );
    Ok(MailSocket::Tcp(TcpListener::bind(address).await?))
}

/// Does everything until told to stop by a signal, then lets what is under way end.
///
/// # Errors
/// Signals cannot be heard.
pub(crate) async fn work(app: App, doors: Doors, one_worker: bool) -> Result<()> {
    let (stop, stopped) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut tasks = JoinSet::new();
    if let Some(http) = doors.http {
        tasks.spawn(answer(http, web::router(app.clone()), stopped.clone()));
    }
    for (socket, protocol) in doors.mail {
        let limits =
            ListenLimits { message: app.config.max_message, farewell: FAREWELL, ..ListenLimits::default() };
        let taker = Arc::new(listen::Taker::new(app.clone()));
        tasks.spawn(mail::listen::serve(socket, protocol, limits, taker, stopped.clone()));
    }
    let name = lead::holder();
    tasks.spawn(mailboxes::watch(app.clone(), name.clone(), stopped.clone()));
    tasks.spawn(worker(app, name, one_worker, stopped));
    info!("Started");

    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
        Some(ended) = tasks.join_next() => {
            // None of them ends by itself.
            warn!(?ended, "A part of the program has ended, so all of it ends");
        }
    }
    info!("Stopping");
    stop.send_replace(true);
    if timeout(FAREWELL, async { while tasks.join_next().await.is_some() {} }).await.is_err() {
        // Nothing is lost: what was not acknowledged comes again, and the leases of jobs end.
        warn!("Some connections or jobs took too long and are cut");
    }
    Ok(())
}

async fn answer(http: TcpListener, router: axum::Router, mut stop: watch::Receiver<bool>) {
    let stopped = async move { drop(stop.wait_for(|stop| *stop).await) };
    let service = router.into_make_service_with_connect_info::<SocketAddr>();
    if let Err(error) = axum::serve(http, service).with_graceful_shutdown(stopped).await {
        warn!(%error, "HTTP has ended");
    }
}

/// The worker. On an embedded database there is one at a time: a second process waits for its turn. On PostgreSQL
/// any number work, since jobs have leases of their own.
async fn worker(app: App, name: String, one_worker: bool, stop: watch::Receiver<bool>) {
    if one_worker {
        lead::lead(&app, "worker", &name, stop, |stop| jobs::run(&app, &name, stop)).await;
    } else {
        jobs::run(&app, &name, stop).await;
    }
}
