//! `vehicle`: which help of Microsoft's a matter may take, and the rules that say so.

use anyhow::Result;
use clap::{Args, Subcommand};
use domain::vehicle::{question, rules};

use super::lines;
use crate::out;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Answer questions about support vehicles: JSON Lines on standard input, an answer a line
    Advise(Advise),
    /// The rules, as JSON Lines: what each says, from when to when, and where it is written
    Rules,
}

#[derive(Args)]
pub(crate) struct Advise {
    /// Ask the rules too that are not verified: what others report of Microsoft's later rules
    #[arg(long)]
    unverified: bool,
}

/// The command.
///
/// # Errors
/// A pipe that is gone.
pub(crate) fn run(command: &Command) -> Result<()> {
    match command {
        Command::Advise(Advise { unverified }) => {
            let rules = if *unverified { rules::all() } else { rules::verified() };
            lines::run(|line| question::answer(rules, line))
        }
        Command::Rules => {
            for rule in rules::all().rows() {
                out::line(serde_json::to_string(rule)?)?;
            }
            Ok(())
        }
    }
}
