//! What a desk decides about suspensions: rehearsal, the brake, the switch that stops all; and that it was restored.

use std::sync::Arc;

use domain::{access::Permission, deed::Deed};
use serde_json::{Value, json};
use store::{
    Tx, records,
    suspensions::{self as kept, Desk, Rules},
};

use crate::{Agent, App, Error, Result, audit};

/// The longest time in which an approval can be taken back, in minutes.
const PAUSE: u32 = 1440;

/// How the desk stands.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn rules(app: &App, agent: &Agent) -> Result<Desk> {
    agent.require(Permission::SuspensionsView)?;
    Ok(app.store.read::<_, store::Error, _>(agent.desk, |tx| Box::pin(kept::desk(tx))).await?)
}

async fn write<F>(app: &App, agent: &Agent, deed: Deed, what: Value, change: F) -> Result<()>
where
    F: Fn(Desk) -> Result<Desk> + Send + Sync + 'static,
{
    let now = app.now();
    let entry = audit::act(&mut app.ids(now), now, agent.actor(), deed, &agent.desk, what);
    let unit = Arc::new((change, entry));
    app.store
        .write(agent.desk, move |tx: &mut Tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (change, entry) = &*unit;
                let mut before = kept::desk(tx).await?;
                before.looked_at = before.looked_at.or(Some(now));
                kept::set_desk(tx, &change(before)?).await?;
                Ok(records::audit(tx, entry).await?)
            })
        })
        .await
}

/// Decides anew. Those that were proposed before stay what they are: a rehearsal does not become one in earnest.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], [`Error::Stale`].
pub async fn set_rules(app: &App, agent: &Agent, rules: Rules, version: i64) -> Result<()> {
    agent.require(Permission::SuspensionsApprove)?;
    if !rules.limits.are_sound() {
        return Err(Error::invalid("limits", "not-limits"));
    }
    if rules.pause > PAUSE {
        return Err(Error::invalid("pause", "too-long"));
    }
    let what = json!({ "rehearsal": rules.rehearsal, "limits": rules.limits, "pause": rules.pause });
    write(app, agent, Deed::SuspensionRules, what, move |desk| {
        if desk.version != version {
            return Err(Error::Stale);
        }
        Ok(Desk { rules, ..desk })
    })
    .await
}

/// Stops all suspensions that were not sent. What customers get back goes on.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn stop_all(app: &App, agent: &Agent) -> Result<()> {
    agent.require(Permission::SuspensionsView)?;
    let (now, by) = (app.now(), agent.id);
    write(app, agent, Deed::SuspensionSwitch, json!({}), move |desk| {
        Ok(Desk { switched: desk.switched.or(Some((now, by))), ..desk })
    })
    .await
}

/// Lets new suspensions go on after a person has stopped all, or the brake has tripped. What was stopped stays so.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn release(app: &App, agent: &Agent) -> Result<()> {
    agent.require(Permission::SuspensionsApprove)?;
    let now = app.now();
    write(app, agent, Deed::SuspensionRelease, json!({}), move |desk| {
        Ok(Desk { switched: None, braked: None, released_at: Some(now), looked_at: Some(now), ..desk })
    })
    .await
}

/// Lets a desk speak to the outside again that was restored from a backup.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn unmute(app: &App, agent: &Agent) -> Result<()> {
    agent.require(Permission::SuspensionsApprove)?;
    let now = app.now();
    let entry = audit::act(&mut app.ids(now), now, agent.actor(), Deed::DeskUnmute, &agent.desk, json!({}));
    let unit = Arc::new(entry);
    app.store
        .write(agent.desk, move |tx: &mut Tx| {
            let entry = unit.clone();
            Box::pin(async move {
                if kept::unmute(tx).await? {
                    records::audit(tx, &entry).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// Has every desk of an installation say nothing to the outside: it was restored from a backup, and what that has waiting may
/// have been done long ago.
///
/// # Errors
/// As the database says.
pub async fn mute_all(app: &App) -> Result<usize> {
    let desks = app.store.system_read::<_, store::Error, _>(|tx| Box::pin(store::installation::desks(tx)));
    let mut muted = 0;
    for desk in desks.await? {
        let now = app.now();
        let actor = domain::ticket::timeline::Actor::System;
        let entry = Arc::new(audit::act(&mut app.ids(now), now, actor, Deed::DeskMute, &desk.id, json!({})));
        let unit = app.store.write(desk.id, move |tx: &mut Tx| {
            let entry = entry.clone();
            Box::pin(async move {
                let is_new = kept::mute(tx, now).await?;
                if is_new {
                    records::audit(tx, &entry).await?;
                }
                Ok::<_, Error>(usize::from(is_new))
            })
        });
        muted += unit.await?;
    }
    Ok(muted)
}
