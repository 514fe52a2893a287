//! `microsoft simulate`: a stand-in for Partner Center on this machine, to try a desk or any other client against.

use std::{
    net::Ipv4Addr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use app::Clock;
use clap::{Args, Subcommand};
use domain::cloud::Cloud;
use microsoft_sim::{Seed, Simulator, sample};
use tokio::net::TcpListener;

use crate::out;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Partner Center, its token service and Graph service health, in memory and on this machine only
    Simulate(Options),
}

#[derive(Args)]
pub(crate) struct Options {
    /// The port on 127.0.0.1, 0 for any
    #[arg(long, default_value_t = 8090)]
    port: u16,
    /// The cloud that it stands for: commercial, us_government, china, germany
    #[arg(long, default_value = "commercial")]
    cloud: Cloud,
    /// What it begins with, as JSON [default: a partner with twelve customers]
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
}

/// Answers until Ctrl-C or SIGTERM.
///
/// # Errors
/// The port is taken, or the seed cannot be read.
pub(crate) async fn run(command: Command) -> Result<()> {
    let Command::Simulate(options) = command;
    let seed = match &options.seed {
        None => sample(options.cloud),
        Some(file) => read(file)?,
    };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, options.port));
    let listener = listener.await.with_context(|| format!("port {}", options.port))?;
    let clock = Clock::system();
    let simulator = Simulator::start(listener, &seed, Arc::new(move || clock.now()))?;
    tell(&simulator, &seed)?;
    ended().await
}

fn read(file: &Path) -> Result<Seed> {
    let text = std::fs::read_to_string(file).with_context(|| file.display().to_string())?;
    serde_json::from_str(&text).with_context(|| file.display().to_string())
}

fn tell(simulator: &Simulator, seed: &Seed) -> Result<()> {
    let address = simulator.address();
    out::line(format_args!(
        "\nMicrosoft is simulated at  http://{address}/  ({})\n\n  tenant       {}\n  application  {}\n  secret       {}\n\n\
         A refresh token for each agent:",
        seed.cloud, seed.partner.tenant, seed.application.id, seed.application.secret,
    ))?;
    for agent in &seed.agents {
        let token = simulator.world(|world| world.consent(&agent.upn).0);
        let roles: Vec<&str> = agent.roles.iter().map(|role| role.word()).collect();
        let factor = if agent.mfa { "" } else { ", without a second factor" };
        out::line(format_args!("  {}  {} ({}{factor})", token, agent.upn, roles.join(", ")))?;
    }
    out::line("\nCtrl-C ends it; nothing stays.")?;
    Ok(())
}

async fn ended() -> Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    tokio::select! {
        pressed = tokio::signal::ctrl_c() => pressed?,
        _ = terminate.recv() => {}
    }
    Ok(())
}
