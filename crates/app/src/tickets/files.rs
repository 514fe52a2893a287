//! Files of messages: handed in, made ready, kept.

use domain::{
    handover::{Hash, package::Enclosed},
    id::{EntryId, TicketId},
};
use jiff::Timestamp;
use store::{
    Tx,
    blob::{self, Prepared},
    timeline::{self, Attachment},
};

use crate::{App, Result};

/// A file that somebody hands in.
#[derive(Clone, Debug)]
pub struct Upload {
    /// Its name, as the sender gave it.
    pub name: String,
    /// Its type, as the sender gave it.
    pub content_type: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// The content id of an inline picture.
    pub content_id: Option<String>,
}

/// A file whose content is ready to be stored.
#[derive(Clone, Debug)]
pub struct File {
    name: String,
    content_type: String,
    content_id: Option<String>,
    content: Prepared,
}

impl File {
    /// As a message to another desk names it.
    pub(crate) fn enclosed(&self) -> Enclosed {
        Enclosed {
            name: self.name.clone(),
            content_type: self.content_type.clone(),
            size: self.content.size() as u64,
            sha256: Hash(self.content.hash().bytes()),
        }
    }
}

impl App {
    /// Makes files ready to be stored, before the transaction.
    pub(crate) async fn prepare_files(
        &self,
        desk: domain::id::DeskId,
        uploads: Vec<Upload>,
    ) -> Result<Vec<File>> {
        let mut files = Vec::with_capacity(uploads.len());
        for upload in uploads {
            let content = self.blobs.prepare(desk, upload.bytes).await?;
            files.push(File {
                name: upload.name,
                content_type: upload.content_type,
                content_id: upload.content_id,
                content,
            });
        }
        Ok(files)
    }
}

pub(super) async fn put_files(
    tx: &mut Tx,
    ticket: TicketId,
    entry: EntryId,
    files: &[File],
    now: Timestamp,
) -> Result<()> {
    for (position, file) in (0..).zip(files) {
        blob::put(tx, now, &file.content).await?;
        let attachment = Attachment {
            entry,
            position,
            ticket,
            name: file.name.clone(),
            content_type: file.content_type.clone(),
            size: i64::try_from(file.content.size()).unwrap_or(i64::MAX),
            hash: file.content.hash(),
            content_id: file.content_id.clone(),
        };
        timeline::attach(tx, &attachment).await?;
    }
    Ok(())
}
