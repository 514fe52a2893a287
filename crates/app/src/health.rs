//! How the installation fares, in numbers, for whoever watches it.

use jiff::Timestamp;
use store::{inbox::Waiting, installation, queue};

use crate::{App, Error, Result};

/// How things stand.
#[derive(Clone, Debug)]
pub struct Standing {
    /// When.
    pub now: Timestamp,
    /// The raw messages of each desk, by its name in addresses.
    pub inboxes: Vec<(String, Waiting)>,
    /// How many jobs wait, now or for their time.
    pub waiting: i64,
    /// How many jobs were given up.
    pub dead: i64,
    /// Since when the oldest job that is due waits, if any is.
    pub oldest_due: Option<Timestamp>,
}

/// How things stand now.
///
/// # Errors
/// As the database says.
pub async fn standing(app: &App) -> Result<Standing> {
    let now = app.now();
    let (desks, (waiting, dead), oldest_due) = app
        .store
        .system_read(move |tx| {
            Box::pin(async move {
                let desks = installation::desks(tx).await?;
                Ok((desks, queue::counts(tx).await?, queue::oldest_due(tx, now).await?))
            })
        })
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    let mut inboxes = Vec::with_capacity(desks.len());
    for desk in desks {
        let inbox = app.store.read::<_, store::Error, _>(desk.id, |tx| Box::pin(store::inbox::waiting(tx)));
        inboxes.push((desk.slug, inbox.await?));
    }
    Ok(Standing { now, inboxes, waiting, dead, oldest_due })
}
