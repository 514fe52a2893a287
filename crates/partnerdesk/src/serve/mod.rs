//! `serve` and `worker`: the installation while it runs.

mod lead;
mod listen;
mod mailboxes;

use std::{
    fs::{self, File},
    io,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use anyhow::{Context, Result};
use app::{App, jobs};
use mail::listen::{ListenLimits, Listener as MailSocket, Protocol as MailProtocol};
use tokio::{
    net::{TcpListener, UnixListener},
    signal::unix::{SignalKind, signal},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};
use tracing::{info, warn};

use crate::{
    config::{Config, Protocol, Secret},
    open::open,
};

/// How long requests, jobs and mails that are under way may take when the program is told to stop. Together with what
/// follows it is less than the 10 seconds after which a service manager loses patience.
const FAREWELL: Duration = Duration::from_secs(8);

/// How often a process that waits for its turn to work looks.
const TURN: Duration = Duration::from_secs(1);

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
    pub(crate) metrics: Option<(TcpListener, axum::Router)>,
}

/// How the processes of an installation share its work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Workers {
    /// One works at a time, the one that has locked this file. The system unlocks it when the process ends, however it
    /// ends, so the next one begins at once. For an embedded database, which is on one machine.
    One(PathBuf),
    /// All of them do: each job, and each mailbox, is leased to one of them.
    Many,
}

impl Workers {
    /// Of a database.
    pub(crate) fn of(config: &store::Config) -> Self {
        match config.url.strip_prefix("sqlite:") {
            Some(path) => Self::One(format!("{path}.worker").into()),
            None => Self::Many,
        }
    }
}

/// Runs until SIGTERM or Ctrl-C.
///
/// # Errors
/// What keeps it from starting.
pub(crate) async fn run(config: Config, role: Role) -> Result<()> {
    let app = open(&config).await?;
    app::suppliers::complete(&app).await?;
    let mut doors = Doors::default();
    if role == Role::Everything {
        let address = &config.http.listen;
        let http = TcpListener::bind(address).await.with_context(|| format!("http.listen = {address}"))?;
        info!(address = %http.local_addr()?, "Answering HTTP");
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
    if let Some((address, token)) = config.metrics()? {
        let socket =
            TcpListener::bind(address).await.with_context(|| format!("metrics.listen = {address}"))?;
        let token = token.as_ref().map(Secret::reveal);
        doors.metrics = Some((socket, web::metrics(app.clone(), token)));
    }
    let workers = Workers::of(&config.store()?);
    work(app, doors, workers).await
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
pub(crate) async fn work(app: App, doors: Doors, workers: Workers) -> Result<()> {
    let (stop, stopped) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut tasks = JoinSet::new();
    if let Some(http) = doors.http {
        tasks.spawn(answer(http, web::router(app.clone()), stopped.clone()));
        let (app, stopped) = (app.clone(), stopped.clone());
        tasks.spawn(async move { app::live::follow(&app, stopped).await });
    }
    if let Some((socket, router)) = doors.metrics {
        tasks.spawn(answer(socket, router, stopped.clone()));
    }
    for (socket, protocol) in doors.mail {
        let limits =
            ListenLimits { message: app.config.max_message, farewell: FAREWELL, ..ListenLimits::default() };
        let taker = Arc::new(listen::Taker::new(app.clone()));
        tasks.spawn(mail::listen::serve(socket, protocol, limits, taker, stopped.clone()));
    }
    tasks.spawn(worker(app, workers, stopped));
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

/// The worker: jobs, and mailboxes that are read.
async fn worker(app: App, workers: Workers, stop: watch::Receiver<bool>) {
    let name = lead::holder();
    let (turns, _lock) = match workers {
        Workers::Many => (mailboxes::Turns::Leased(name.clone()), None),
        Workers::One(path) => match lock(&path, stop.clone()).await {
            Some(lock) => {
                if let Err(error) = jobs::take_over(&app).await {
                    warn!(%error, "Jobs of a worker that was killed wait for the end of their lease");
                }
                (mailboxes::Turns::Alone, Some(lock))
            }
            None => return,
        },
    };
    tokio::join!(jobs::run(&app, &name, stop.clone()), mailboxes::watch(app.clone(), turns, stop));
}

/// Waits until no other process has the file locked; none if it is time to stop.
async fn lock(path: &Path, mut stop: watch::Receiver<bool>) -> Option<File> {
    let mut said = false;
    while !*stop.borrow() {
        let locked = File::create(path)
            .map_err(fs::TryLockError::Error)
            .and_then(|file| file.try_lock().map(|()| file));
        match locked {
            Ok(file) => return Some(file),
            Err(why) if !said => {
                let path = path.display();
                match why {
                    fs::TryLockError::WouldBlock => info!("Another process works on this database; waiting"),
                    fs::TryLockError::Error(error) => warn!(%error, %path, "Cannot lock; waiting"),
                }
                said = true;
            }
            Err(_) => {}
        }
        tokio::select! {
            () = sleep(TURN) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
    None
}
