//! `mail import`: old mail, from where it lies.

use std::{path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use clap::Args;
use mail::import::Skipped;
use serde_json::json;

use crate::{
    config::Config,
    open::{self, open},
    out,
};

#[derive(Args)]
pub(crate) struct Options {
    /// An mbox file, a Maildir, a folder of .eml or .mbox files, or one message
    path: PathBuf,
    /// The desk that takes it
    #[arg(long, value_name = "NAME")]
    desk: String,
    /// As if it came now: clocks start, and senders get acknowledgements
    #[arg(long)]
    live: bool,
}

/// Takes every message through the real intake, in order: an answer finds the request before it. Exit 1 if something
/// could not be read.
///
/// # Errors
/// There is no such desk; the database cannot take more: what was said until then is kept, and a second run goes on.
pub(crate) async fn run(config: Config, options: Options) -> Result<ExitCode> {
    let app = open(&config).await?;
    let desk = open::desk(&app, Some(&options.desk)).await?;
    let mut code = ExitCode::SUCCESS;
    for found in mail::import::messages(&options.path, config.max_message) {
        let found = match found {
            Ok(found) => found,
            Err(skipped) => {
                code = ExitCode::FAILURE;
                out::line(said_of(&skipped))?;
                continue;
            }
        };
        let file = found.file.to_string_lossy().into_owned();
        let index = found.index;
        let became = app::intake::import(&app, desk, found.raw, options.live)
            .await
            .with_context(|| format!("{file}: message {index}"))?;
        out::line(json!({
            "file": file,
            "index": index,
            "digest": became.digest,
            "outcome": became.outcome,
            "ticket": became.ticket,
            "why": became.why,
        }))?;
    }
    Ok(code)
}

fn said_of(skipped: &Skipped) -> serde_json::Value {
    let (file, index) = match skipped {
        Skipped::TooLarge { file, index, .. } => (file, Some(*index)),
        Skipped::Unreadable { file, .. } => (file, None),
    };
    json!({ "file": file.to_string_lossy(), "index": index, "error": skipped.to_string() })
}
