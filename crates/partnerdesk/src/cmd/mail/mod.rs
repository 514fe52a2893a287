//! `mail`: from files and from other programs.

pub(crate) mod import;
pub(crate) mod inspect;
mod newest;
pub(crate) mod pipe;

use std::{path::PathBuf, process::ExitCode};

use anyhow::Result;
use clap::Subcommand;

use crate::{Global, block_on};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// How the desk reads raw messages: one JSON object a line for each file
    Inspect {
        /// Files with a raw message each
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Take old mail into a desk, and say what became of each message: one JSON object a line
    Import(import::Options),
    /// Print the newest mail to an address, for example the link of an invitation while mail is kept and not sent
    Newest {
        /// The address
        address: String,
    },
    /// Take a raw message from standard input, for a mail server
    ///
    /// Exit codes: 0 only when the message is durable; 75 try again later, also after any fault of ours; 69 larger
    /// than this desk takes; 67 no mailbox has this address; 64 a command line that is not understood.
    Pipe(pipe::Options),
}

/// Does one of them.
///
/// # Errors
/// As it says.
pub(crate) fn run(global: &Global, command: Command) -> Result<ExitCode> {
    match command {
        Command::Inspect { files } => inspect::run(&files),
        Command::Import(options) => {
            let config = global.load()?;
            block_on(import::run(config, options))
        }
        Command::Newest { address } => {
            let config = global.load()?;
            block_on(newest::run(config, address))
        }
        Command::Pipe(options) => Ok(pipe::run(global, options)),
    }
}
