//! `demo`: a desk with sample data on this machine, to look around. Its sign-ins are known to everybody, so it listens
//! on loopback addresses only.

mod billing;
mod chain;
mod charging;
mod microsoft;
mod payables;
mod sample;
mod script;
mod support;
mod upward;

use std::{
    fs,
    io::{self, ErrorKind},
    net::Ipv4Addr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use app::{App, Clock, post};
use clap::Args;
use mail::{
    listen::{Listener as MailSocket, Protocol},
    peer::{Security, Trust},
    smtp::{SmtpAuth, SmtpConfig, SmtpTimeouts},
};
use script::Script;
use store::Store;
use tokio::net::TcpListener;

use crate::{cmd::init, out, serve};

/// Everybody's.
const PASSWORD: &str = "partnerdesk-demo";
/// How many ports are tried.
const PORTS: u16 = 50;
/// The largest message that the demo takes, in bytes.
const MAX_MESSAGE: usize = 50 << 20;

#[derive(Args)]
pub(crate) struct Options {
    /// Where the data is kept; a new folder is a new desk
    #[arg(long, value_name = "DIR", default_value = "data-demo")]
    data: PathBuf,
    /// The port on 127.0.0.1, 0 for any [default: 8080, or the next that is free]
    #[arg(long)]
    port: Option<u16>,
    /// The port on 127.0.0.1 that takes mail by SMTP, 0 for any [default: 2525, or the next that is free]
    #[arg(long, value_name = "PORT")]
    mail_port: Option<u16>,
    /// The port on 127.0.0.1 at which Microsoft is simulated, 0 for any [default: 8090, or the next that is free]
    #[arg(long, value_name = "PORT")]
    microsoft_port: Option<u16>,
    /// A mail server on this machine that gets what the desk sends, instead of keeping it
    #[arg(long, value_name = "HOST:PORT")]
    smtp: Option<String>,
}

/// Makes the sample data on the first start, and serves it until SIGTERM or Ctrl-C.
///
/// # Errors
/// The data directory or a port cannot be had.
pub(crate) async fn run(options: Options) -> Result<()> {
    let http = listen(options.port, 8080).await.context("--port")?;
    let smtp = listen(options.mail_port, 2525).await.context("--mail-port")?;
    let socket = listen(options.microsoft_port, 8090).await.context("--microsoft-port")?;
    let microsoft = microsoft::Microsoft::start(socket)?;
    let (address, mail_port) = (http.local_addr()?, smtp.local_addr()?.port());
    let told = app::Config {
        base_url: format!("http://{address}"),
        data_dir: options.data.clone(),
        post: match &options.smtp {
            Some(server) => post::Route::Smtp(smtp_server(server)?),
            None => post::Route::Demo,
        },
        max_message: MAX_MESSAGE,
        allow_private_hosts: true,
        trusted_proxies: Vec::new(),
        microsoft: microsoft.network()?,
    };
    let (store, workers, secret) = prepare(&options.data, &told).await?;
    let app = App::new(store, Clock::system(), told, secret.as_bytes())?;
    app.print_with(crate::open::print);
    let script = script::read()?;
    if let Some(desk) = script.desks.first() {
        microsoft.connect(&app, &desk.slug).await.context("the connection to the simulated Microsoft")?;
    }
    tell(&script, &format!("http://{address}"), mail_port, options.smtp.as_deref())?;
    out::line(format_args!(
        "Microsoft is simulated at  {}\n    there you play its engineer: answer service requests, and let time pass\n",
        microsoft.address()
    ))?;
    out::line("Ctrl-C ends it; the data stays.")?;
    let doors =
        serve::Doors { http: Some(http), mail: vec![(MailSocket::Tcp(smtp), Protocol::Smtp)], metrics: None };
    serve::work(app, doors, workers).await
}

/// The port that was asked for; or else the first of some that is free.
async fn listen(wanted: Option<u16>, first: u16) -> Result<TcpListener> {
    if let Some(port) = wanted {
        return TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.with_context(|| format!("port {port}"));
    }
    for port in first..first + PORTS {
        match TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await {
            Err(error) if error.kind() == ErrorKind::AddrInUse => {}
            other => return other.with_context(|| format!("port {port}")),
        }
    }
    Err(anyhow!("the ports from {first} on are taken"))
}

fn smtp_server(address: &str) -> Result<SmtpConfig> {
    let (host, port) = address.rsplit_once(':').context("--smtp takes HOST:PORT")?;
    Ok(SmtpConfig {
        host: host.to_owned(),
        port: port.parse().context("--smtp takes HOST:PORT")?,
        security: Security::None,
        trust: Trust::web(),
        auth: SmtpAuth::None,
        helo: "localhost".into(),
        timeouts: SmtpTimeouts::default(),
    })
}

/// The database with its sample data, and the secret. If an earlier start was ended while it made them, they are made
/// anew.
async fn prepare(data: &Path, told: &app::Config) -> Result<(Store, serve::Workers, String)> {
    fs::create_dir_all(data).with_context(|| data.display().to_string())?;
    let (unfinished, secret) = (data.join("unfinished"), data.join("secret"));
    if fs::exists(&unfinished)? {
        for file in ["desk.db", "desk.db-wal", "desk.db-shm"] {
            gone(fs::remove_file(data.join(file)))?;
        }
        gone(fs::remove_dir_all(data.join("blobs")))?;
    }
    let database = data.join("desk.db");
    let is_new = !fs::exists(&database)?;
    if is_new {
        fs::write(&unfinished, "The sample data is being made.\n")?;
    }
    if !fs::exists(&secret)? {
        fs::write(&secret, init::new_secret()?)?;
    }
    let secret = fs::read_to_string(&secret)?;
    let config = store::Config { url: format!("sqlite:{}", database.display()), owner_url: None, readers: 4 };
    Store::migrate(&config).await.context("the database")?;
    let store = Store::open(&config).await.context("the database")?;
    if is_new {
        out::line("Making the sample data; this takes some seconds, once.")?;
        sample::make(store.clone(), told.clone(), &secret, Clock::system().now())
            .await
            .context("the sample data")?;
        fs::remove_file(&unfinished)?;
    }
    Ok((store, serve::Workers::of(&config), secret))
}

fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// Where it is, and who can sign in.
fn tell(script: &Script, address: &str, mail_port: u16, smtp: Option<&str>) -> io::Result<()> {
    out::line(format_args!(
        "\nPartnerdesk is at  {address}/\n\nAgents sign in with the password  {PASSWORD}\n"
    ))?;
    for desk in &script.desks {
        out::line(format_args!("  {} ({})", desk.name, desk.kind.word().replace('_', " ")))?;
        for agent in &desk.agents {
            out::line(format_args!("    {:<24}  {}", agent.role.word().replace('_', " "), agent.email))?;
        }
    }
    let Some(desk) = script.desks.first() else { return Ok(()) };
    let contacts = desk.customers.iter().flat_map(|customer| &customer.contacts);
    let contact = contacts.map(|contact| contact.email.as_str()).next().unwrap_or_default();
    let mailbox = desk.mailboxes.first().map(|mailbox| mailbox.address.as_str()).unwrap_or_default();
    let slug = &desk.slug;
    out::line(format_args!(
        "\nCustomers ask for a link at  {address}/help/sign-in?desk={slug}\n    for example as {contact}\n\n\
         Mail comes in on port {mail_port}:\n    swaks --server 127.0.0.1:{mail_port} --from {contact} --to {mailbox} \
         --header 'Subject: Hello'\n"
    ))?;
    match smtp {
        None => out::line(format_args!("What the desk sends is kept: see {address}/sent\n"))?,
        Some(server) => out::line(format_args!("What the desk sends goes to {server}\n"))?,
    }
    Ok(())
}
