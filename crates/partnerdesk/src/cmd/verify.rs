//! `verify`: whether what was kept is still what it was.

use std::process::ExitCode;

use anyhow::Result;
use app::{App, audit};
use clap::Args;
use domain::{access::Reader, id::DeskId};
use serde_json::json;
use store::{
    blob::Blobs,
    inbox::{self, State},
    records::Verified,
};

use crate::{config::Config, open, out};

#[derive(Args)]
pub(crate) struct Options {
    /// How many of each desk's newest raw messages are read and compared with their checksums
    #[arg(long, value_name = "N", default_value_t = 1000)]
    messages: i64,
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// Says how each desk fares; exit 1 if something was altered or is gone.
///
/// # Errors
/// As the database says.
pub(crate) async fn run(config: Config, options: Options) -> Result<ExitCode> {
    let app = open::open(&config).await?;
    let blobs = Blobs::new(config.data_dir.join("blobs"));
    let mut code = ExitCode::SUCCESS;
    for desk in open::desks(&app).await? {
        let log = audit::verify_desk(&app, desk.id).await?;
        let messages = messages(&app, &blobs, desk.id, options.messages).await?;
        let (whole, log_json, log_text) = match log {
            Verified::Whole { seals, rows } => (
                true,
                json!({ "whole": true, "seals": seals, "rows": rows }),
                format!("audit log whole, {rows} rows under {seals} seals"),
            ),
            Verified::Broken { seal } => (
                false,
                json!({ "whole": false, "seal": seal }),
                format!("AUDIT LOG ALTERED at or before seal {seal}"),
            ),
        };
        if !whole || !messages.damaged.is_empty() {
            code = ExitCode::FAILURE;
        }
        if options.json {
            out::line(json!({
                "desk": desk.slug,
                "audit": log_json,
                "messages": { "read": messages.read, "damaged": messages.damaged },
            }))?;
        } else {
            let (read, slug) = (messages.read, &desk.slug);
            out::line(format_args!(
                "{slug}: {log_text}; {read} messages read, {} damaged",
                messages.damaged.len()
            ))?;
            for (id, why) in &messages.damaged {
                out::line(format_args!("{slug}: {id}: {why}"))?;
            }
        }
    }
    Ok(code)
}

struct Messages {
    read: usize,
    /// The message's id, and what is wrong.
    damaged: Vec<(String, String)>,
}

async fn messages(app: &App, blobs: &Blobs, desk: DeskId, most: i64) -> Result<Messages> {
    let mut found = Messages { read: 0, damaged: Vec::new() };
    for state in State::ALL {
        let page = app
            .store
            .read::<_, store::Error, _>(desk, move |tx| {
                Box::pin(inbox::page(tx, Reader::operator(), *state, None, most))
            })
            .await?;
        for raw in page {
            found.read += 1;
            match blobs.get(&app.store, desk, raw.digest).await {
                Ok(Some(_)) => {}
                Ok(None) => found.damaged.push((raw.id.to_string(), "its content is gone".into())),
                Err(store::Error::Damaged(why)) => found.damaged.push((raw.id.to_string(), why)),
                Err(other) => return Err(other.into()),
            }
        }
    }
    Ok(found)
}
