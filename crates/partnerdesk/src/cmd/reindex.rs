//! `reindex`: makes tickets findable as this version of the program finds them.

use anyhow::Result;
use app::tickets::{self, Which};
use clap::Args;

use crate::{config::Config, open, out};

#[derive(Args)]
pub(crate) struct Options {
    /// Every ticket, and not only those that an older version of the program has indexed
    #[arg(long)]
    all: bool,
    /// Only this desk
    #[arg(long, value_name = "SLUG")]
    desk: Option<String>,
}

/// Says how many tickets of each desk were indexed anew. The desk may be at work meanwhile.
///
/// # Errors
/// As the database says. What is done stays done.
pub(crate) async fn run(config: Config, options: Options) -> Result<()> {
    let app = open::open(&config).await?;
    let only = match &options.desk {
        Some(slug) => Some(open::desk(&app, Some(slug)).await?),
        None => None,
    };
    let which = if options.all { Which::All } else { Which::Outdated };
    for desk in open::desks(&app).await? {
        if only.is_none_or(|only| only == desk.id) {
            let done = tickets::reindex(&app, desk.id, which).await?;
            out::line(format_args!("{}: {done} tickets indexed anew", desk.slug))?;
        }
    }
    Ok(())
}
