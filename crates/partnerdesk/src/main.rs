//! The program: commands, configuration, wiring. What the commands do is done by `app`.

mod cmd;
mod config;
mod demo;
mod open;
mod out;
mod serve;
mod telemetry;

use std::{ffi::OsString, io, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::{Args, Parser, Subcommand};
use config::{Config, Format};

/// The support desk of Microsoft CSP partners.
///
/// Exit codes: 0 done; 1 not done, or something is not as it should be; 2 a command line that is not understood.
/// `mail pipe` speaks to mail servers and has those of sysexits.h, see its help.
#[derive(Parser)]
#[command(name = "partnerdesk", version)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// What every command takes.
#[derive(Args)]
struct Global {
    /// The configuration [default: partnerdesk.toml in the working directory, if it is there]
    #[arg(long, value_name = "FILE", global = true, env = "PARTNERDESK_CONFIG")]
    config: Option<PathBuf>,
    /// How the log on standard error looks [default: as configured, or human]
    #[arg(long, value_name = "FORMAT", global = true)]
    log: Option<Format>,
}

#[derive(Subcommand)]
enum Command {
    /// A desk with sample data on this machine, to look around
    Demo(demo::Options),
    /// Answer HTTP, work, read mailboxes, and take mail over where configured
    Serve,
    /// Work and read mailboxes, without HTTP
    Worker,
    /// Make a configuration, its secret, the database, and the first desk
    Init(cmd::init::Options),
    /// Bring the database's schema to what this program knows
    Migrate,
    /// Check the configuration against the real world
    Doctor(cmd::doctor::Options),
    /// Agents
    #[command(subcommand)]
    User(cmd::user::Command),
    /// Desks
    #[command(subcommand)]
    Desk(cmd::desk::Command),
    /// Raw messages that came in
    #[command(subcommand)]
    Inbox(cmd::inbox::Command),
    /// Mail from files and other programs
    #[command(subcommand)]
    Mail(cmd::mail::Command),
    /// Microsoft, without Microsoft
    #[command(subcommand)]
    Microsoft(cmd::microsoft::Command),
    /// Working hours and due times
    #[command(subcommand)]
    Clock(Clock),
    /// What entitles to help from Microsoft
    #[command(subcommand)]
    Vehicle(cmd::vehicle::Command),
    /// Copies of the embedded database and the large contents
    #[command(subcommand)]
    Backup(cmd::backup::Command),
    /// Make tickets findable as this version of the program finds them
    Reindex(cmd::reindex::Options),
    /// Check the seals of every audit log, and that stored messages are what they were
    Verify(cmd::verify::Options),
    /// The API's description, as OpenAPI in JSON
    Openapi,
}

#[derive(Subcommand)]
enum Clock {
    /// Answer questions about due times: JSON Lines on standard input, an answer a line
    Explain,
}

impl Global {
    /// The configuration, for a command whose answer is what matters: the log says what goes wrong.
    fn load(&self) -> Result<Config> {
        self.load_and_log("warn")
    }

    /// The configuration, and the log begun as it says, or else with `filter`.
    fn load_and_log(&self, filter: &str) -> Result<Config> {
        let config = Config::load(self.config.as_deref())?;
        let filter = config.log.filter.as_deref().unwrap_or(filter);
        telemetry::begin(filter, self.log.unwrap_or(config.log.format))?;
        Ok(config)
    }
}

fn main() -> ExitCode {
    // Of the two cryptography providers that rustls can have, this one is linked.
    drop(rustls::crypto::ring::default_provider().install_default());
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let cli = match Cli::try_parse_from(&arguments) {
        Ok(cli) => cli,
        Err(error) => {
            drop(error.print());
            let usage = error.use_stderr();
            return match usage && cmd::mail::pipe::is_called(&arguments) {
                true => cmd::mail::pipe::USAGE.into(),
                false if usage => ExitCode::from(2),
                false => ExitCode::SUCCESS,
            };
        }
    };
    match run(cli) {
        Ok(code) => code,
        // Whoever read our answers has enough of them.
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            out::complain(format_args!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
}

fn run(cli: Cli) -> Result<ExitCode> {
    let Cli { global, command } = cli;
    let done = |()| ExitCode::SUCCESS;
    match command {
        Command::Clock(Clock::Explain) => cmd::lines::run(domain::clock::explain::answer).map(done),
        Command::Vehicle(command) => cmd::vehicle::run(&command).map(done),
        Command::Mail(command) => cmd::mail::run(&global, command),
        Command::Demo(options) => {
            telemetry::begin("warn", global.log.unwrap_or_default())?;
            block_on(demo::run(options)).map(done)
        }
        Command::Microsoft(command) => {
            telemetry::begin("warn", global.log.unwrap_or_default())?;
            block_on(cmd::microsoft::run(command)).map(done)
        }
        Command::Init(options) => block_on(cmd::init::run(&global, options)).map(done),
        Command::Openapi => {
            out::line(web::api::openapi())?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Serve => {
            let config = global.load_and_log("info")?;
            block_on(serve::run(config, serve::Role::Everything)).map(done)
        }
        Command::Worker => {
            let config = global.load_and_log("info")?;
            block_on(serve::run(config, serve::Role::Worker)).map(done)
        }
        Command::Migrate => {
            let config = global.load()?;
            block_on(cmd::migrate(config)).map(done)
        }
        Command::Doctor(options) => block_on(cmd::doctor::run(&global, options)),
        Command::User(command) => {
            let config = global.load()?;
            block_on(cmd::user::run(config, command)).map(done)
        }
        Command::Desk(command) => {
            let config = global.load()?;
            block_on(cmd::desk::run(config, command)).map(done)
        }
        Command::Inbox(command) => {
            let config = global.load()?;
            block_on(cmd::inbox::run(config, command)).map(done)
        }
        Command::Backup(command) => {
            let config = global.load()?;
            cmd::backup::run(&config, &command)?;
            Ok(ExitCode::SUCCESS)
        }
        Command::Reindex(options) => {
            let config = global.load()?;
            block_on(cmd::reindex::run(config, options)).map(done)
        }
        Command::Verify(options) => {
            let config = global.load()?;
            block_on(cmd::verify::run(config, options))
        }
    }
}

/// Runs what a command does, to its end.
fn block_on<T>(work: impl Future<Output = Result<T>>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.context("cannot start threads")?.block_on(work)
}
