//! The audit log: who did what, and whether it is still as it was written.

use domain::{
    access::Permission,
    deed::Deed,
    id::{AuditId, DeskId},
    ticket::timeline::Actor,
};
use jiff::Timestamp;
use store::records::{self, Act, Audited, Verified};

use crate::{Agent, App, Ids, Result};

/// How many rows a page of the log has.
pub const PAGE: i64 = 100;

/// An act to be noted in the transaction in which it is done. `data` holds ids and words, never contents or secrets.
pub(crate) fn act(
    ids: &mut Ids,
    now: Timestamp,
    actor: Actor,
    deed: Deed,
    subject: &impl ToString,
    data: serde_json::Value,
) -> Act {
    Act { id: ids.next(AuditId::new), at: now, actor, deed, subject: subject.to_string(), data }
}

/// A page of the log, the newest first: those before the given one.
///
/// # Errors
/// [`crate::Error::Forbidden`], and as the database says.
pub async fn log(app: &App, agent: &Agent, before: Option<AuditId>) -> Result<Vec<Audited>> {
    agent.require(Permission::AuditView)?;
    let reader = agent.reader();
    let log = app
        .store
        .read::<_, store::Error, _>(agent.desk, move |tx| Box::pin(records::log(tx, reader, before, PAGE)))
        .await?;
    Ok(log)
}

/// Whether the log of the agent's desk is as it was sealed.
///
/// # Errors
/// [`crate::Error::Forbidden`], and as the database says.
pub async fn verify(app: &App, agent: &Agent) -> Result<Verified> {
    agent.require(Permission::AuditView)?;
    verify_desk(app, agent.desk).await
}

/// Whether the log of a desk is as it was sealed; for the commands of an operator. Reads one seal at a time, so that
/// a long log is no long transaction.
///
/// # Errors
/// As the database says.
pub async fn verify_desk(app: &App, desk: DeskId) -> Result<Verified> {
    let (mut last, mut rows) = (None::<records::Seal>, 0);
    loop {
        let from = last.clone();
        let next = app
            .store
            .read::<_, store::Error, _>(desk, move |tx| {
                let from = from.clone();
                Box::pin(async move { records::verify_next(tx, from).await })
            })
            .await?;
        match next {
            Some(Ok(seal)) => {
                rows += seal.rows;
                last = Some(seal);
            }
            Some(Err(seal)) => return Ok(Verified::Broken { seal }),
            None => return Ok(Verified::Whole { seals: last.map_or(0, |seal| seal.number), rows }),
        }
    }
}

/// Seals what is not sealed yet; how many rows that were.
///
/// # Errors
/// As the database says. That somebody else sealed at the same time is none.
pub async fn seal(app: &App, desk: DeskId) -> Result<usize> {
    let mut total = 0;
    loop {
        let now = app.now();
        let sealed =
            app.store.write::<_, store::Error, _>(desk, move |tx| Box::pin(records::seal(tx, now))).await;
        match sealed {
            Ok(0) => return Ok(total),
            Ok(rows) => total += rows,
            Err(error) if error.is_taken("seals", "number") => return Ok(total),
            Err(error) => return Err(error.into()),
        }
    }
}
