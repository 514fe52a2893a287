//! What the program says while it runs: on standard error, ids and never contents.

use std::io::{self, IsTerminal};

use anyhow::{Context, Result};
use tracing_subscriber::EnvFilter;

use crate::config::Format;

/// Begins to write the log.
///
/// # Errors
/// A filter that cannot be read.
pub(crate) fn begin(filter: &str, format: Format) -> Result<()> {
    let filter = EnvFilter::try_new(filter).context("log.filter")?;
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(io::stderr);
    let colours = io::stderr().is_terminal();
    match format {
        Format::Human => log.with_ansi(colours).with_target(false).init(),
        Format::Json => log.json().flatten_event(true).init(),
    }
    Ok(())
}
