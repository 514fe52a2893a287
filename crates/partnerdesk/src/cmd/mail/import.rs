//! `mail import`: old mail, from where it lies.

use std::{collections::BTreeMap, path::PathBuf, process::ExitCode};

use anyhow::{Context, Result};
use app::App;
use clap::Args;
use domain::id::DeskId;
use mail::import::{Found, Skipped};
use serde_json::{Value, json};

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

/// Takes every message through the real intake, an answer after what it answers, and says what became of each in the
/// order of the source. Exit 1 if something could not be read.
///
/// # Errors
/// There is no such desk; the database cannot take more: what was said until then is kept, and a second run goes on.
pub(crate) async fn run(config: Config, options: Options) -> Result<ExitCode> {
    let app = open(&config).await?;
    let desk = open::desk(&app, Some(&options.desk)).await?;
    let mut code = ExitCode::SUCCESS;
    let mut lines = Lines::default();
    for (place, found) in mail::import::messages(&options.path, config.max_message) {
        let line = match found {
            Ok(found) => match take(&app, desk, found, options.live).await {
                Ok(line) => line,
                Err(error) => {
                    lines.end()?;
                    return Err(error);
                }
            },
            Err(skipped) => {
                code = ExitCode::FAILURE;
                said_of(&skipped)
            }
        };
        lines.say(place, line)?;
    }
    lines.end()?;
    Ok(code)
}

async fn take(app: &App, desk: DeskId, found: Found, live: bool) -> Result<Value> {
    let Found { file, index, raw, .. } = found;
    let file = file.to_string_lossy();
    let became = app::intake::import(app, desk, raw, live)
        .await
        .with_context(|| format!("{file}: message {index}"))?;
    Ok(json!({
        "file": file,
        "index": index,
        "digest": became.digest,
        "outcome": became.outcome,
        "ticket": became.ticket,
        "why": became.why,
    }))
}

/// Lines said in the order of the source: each as soon as those before it are there.
#[derive(Default)]
struct Lines {
    next: usize,
    waiting: BTreeMap<usize, Value>,
}

impl Lines {
    fn say(&mut self, place: usize, line: Value) -> Result<()> {
        self.waiting.insert(place, line);
        while let Some(line) = self.waiting.remove(&self.next) {
            self.next += 1;
            out::line(line)?;
        }
        Ok(())
    }

    /// Says what still waits for a line that does not come any more.
    fn end(&mut self) -> Result<()> {
        std::mem::take(&mut self.waiting).into_values().try_for_each(|line| Ok(out::line(line)?))
    }
}

fn said_of(skipped: &Skipped) -> Value {
    let (file, index) = match skipped {
        Skipped::TooLarge { file, index, .. } => (file, Some(*index)),
        Skipped::Unreadable { file, .. } => (file, None),
    };
    json!({ "file": file.to_string_lossy(), "index": index, "error": skipped.to_string() })
}
