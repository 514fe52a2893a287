//! `inbox`: raw messages that came in.

use anyhow::Result;
use app::{App, intake};
use clap::Subcommand;
use domain::{
    access::Reader,
    id::{DeskId, InboxId},
};
use jiff::Timestamp;
use serde_json::json;
use store::inbox::{self, Raw, State};

use crate::{
    config::Config,
    open::{self, open},
    out,
};

/// How many are read at once.
const PAGE: i64 = 500;

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Messages in a state, the newest first
    List {
        /// The desk [default: the only one]
        #[arg(long, value_name = "NAME")]
        desk: Option<String>,
        /// waiting, done or quarantined [default: every state]
        #[arg(long)]
        state: Option<State>,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Process a parked message again
    Retry {
        /// Its id, as `inbox list` shows it
        id: InboxId,
        /// The desk [default: the only one]
        #[arg(long, value_name = "NAME")]
        desk: Option<String>,
    },
}

/// Does one of them.
///
/// # Errors
/// As it says.
pub(crate) async fn run(config: Config, command: Command) -> Result<()> {
    let app = open(&config).await?;
    match command {
        Command::List { desk, state, json } => {
            let desk = open::desk(&app, desk.as_deref()).await?;
            let states = state.as_ref().map_or(State::ALL, std::slice::from_ref);
            for state in states {
                list(&app, desk, *state, json).await?;
            }
            Ok(())
        }
        Command::Retry { id, desk } => {
            let desk = open::desk(&app, desk.as_deref()).await?;
            intake::revive(&app, desk, id).await?;
            Ok(out::line(format_args!("{id} will be processed again by the worker."))?)
        }
    }
}

async fn list(app: &App, desk: DeskId, state: State, json: bool) -> Result<()> {
    let mut before: Option<(Timestamp, InboxId)> = None;
    loop {
        let page = app
            .store
            .read::<_, store::Error, _>(desk, move |tx| {
                Box::pin(inbox::page(tx, Reader::operator(), state, before, PAGE))
            })
            .await?;
        for raw in &page {
            if json { out::line(as_json(raw)) } else { out::line(as_text(raw)) }?;
        }
        match page.last() {
            Some(last) => before = Some((last.received_at, last.id)),
            None => return Ok(()),
        }
    }
}

fn as_json(raw: &Raw) -> serde_json::Value {
    json!({
        "id": raw.id,
        "source": raw.source,
        "digest": raw.digest.to_string(),
        "size": raw.size,
        "received_at": raw.received_at,
        "state": raw.state,
        "outcome": raw.outcome,
        "why": raw.why,
        "sender": raw.sender,
        "subject": raw.subject,
        "ticket": raw.ticket,
        "attempts": raw.attempts,
    })
}

fn as_text(raw: &Raw) -> String {
    let outcome = raw.outcome.map_or("", |outcome| outcome.word());
    let why = raw.why.map_or("", |why| why.word());
    // What strangers wrote must not speak to the operator's terminal.
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let (sender, subject) = (clean(&raw.sender), clean(&raw.subject));
    let (id, at, state) = (raw.id, raw.received_at, raw.state.word());
    format!("{id}  {at:.0}  {state:<11}  {outcome:<10}  {why:<12}  {sender}  {subject}")
}
