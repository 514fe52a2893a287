//! What is written to a supplier, and the files that go with it.

use std::sync::Arc;

use domain::{
    access::Permission,
    handover::{
        Hash,
        package::{self, Enclosed},
    },
    id::HandoverId,
};
use store::handovers;

use super::files::{self, Among};
use crate::{
    Agent, App, Error, Result, error,
    tickets::{File, TEXT, Upload},
};

/// The most bytes that go with one word, together: more than mailboxes take.
const TOGETHER: u64 = package::FILE;

/// A word to a supplier. The customer does not read it.
#[derive(Clone, Debug, Default)]
pub struct Writing {
    /// The word.
    pub text: String,
    /// Which of the ticket's files go with it, each by its hash: also those that only the desk sees, where an agent says so.
    pub files: Vec<Hash>,
    /// What goes with it and was not on the ticket before.
    pub uploads: Vec<Upload>,
}

impl From<&str> for Writing {
    fn from(text: &str) -> Self {
        Self { text: text.to_owned(), ..Self::default() }
    }
}

/// A word that is ready to be kept and carried.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    pub(super) text: String,
    /// For the entry of the timeline.
    pub(super) files: Vec<File>,
    /// For a way that carries them itself.
    pub(super) uploads: Vec<Upload>,
}

impl Written {
    /// As a message to another desk names the files.
    pub(super) fn enclosed(&self) -> Vec<Enclosed> {
        self.files.iter().map(File::enclosed).collect()
    }
}

/// Makes a word ready; `field` is what its text is called.
///
/// # Errors
/// `field` for an empty or too long text; `files` for one that is not the ticket's, for too many or too large ones.
pub(super) async fn ready(
    app: &App,
    agent: &Agent,
    id: HandoverId,
    field: &'static str,
    said: Writing,
) -> Result<Written> {
    let text = error::body(field, &said.text, TEXT)?;
    if said.files.is_empty() && said.uploads.is_empty() {
        return Ok(Written { text, ..Written::default() });
    }
    agent.require(Permission::TicketEscalate)?;
    let unit = Arc::new((agent.clone(), said.files));
    let chosen = app
        .store
        .read(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, wanted) = &*unit;
                let leg = handovers::get(tx, id).await?.ok_or(Error::NotFound("hand-over"))?;
                let ticket = leg.ticket.ok_or(Error::NotFound("hand-over"))?;
                let row = store::tickets::get(tx, ticket).await?.ok_or(Error::NotFound("hand-over"))?;
                agent.sees(&row)?;
                files::chosen(tx, ticket, wanted, Among::All).await
            })
        })
        .await?;
    let sizes = chosen.iter().map(|file| file.size);
    let bytes: u64 = sizes.chain(said.uploads.iter().map(|file| file.bytes.len() as u64)).sum();
    if bytes > TOGETHER || chosen.len() + said.uploads.len() > package::FILES {
        return Err(Error::invalid("files", "too-large"));
    }
    let mut uploads = files::uploads(app, agent.desk, &chosen).await?;
    uploads.extend(said.uploads);
    let files = app.prepare_files(agent.desk, uploads.clone()).await?;
    Ok(Written { text, files, uploads })
}
