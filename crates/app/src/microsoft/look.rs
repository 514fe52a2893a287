//! The job that reads what is due: one reading after another, each noted with how it ended and when the next one goes.

use domain::id::DeskId;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;
use store::{Tx, microsoft as kept, queue, queue::Job};

use super::{
    Health, State, Trouble, What, acts, back_off,
    clients::{client_of, stored},
    connection::{health_of, json_of},
    readings::{self, Reading},
    tell,
};
use crate::{
    App, Error, Result,
    jobs::{self, Outcome},
};

/// For how long one desk is read at a time; what is due then waits for the next job.
const TURN: SignedDuration = SignedDuration::from_secs(60);
/// When a job looks again that has found the desk held.
const WAIT: SignedDuration = SignedDuration::from_secs(10);
/// After how long something that was refused, or that the cloud does not have, is asked for again.
const SELDOM: SignedDuration = SignedDuration::from_hours(6);
/// After how many failures in a row people are told.
pub(crate) const TROUBLE: u32 = 6;
/// For how long events are remembered: Microsoft sends none that is older.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(8 * 24);

/// Has each desk's job run whose readings are due; how many.
///
/// # Errors
/// As the database says.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let now = app.now();
    let unit = app.store.read::<_, store::Error, _>(desk, move |tx| {
        Box::pin(async move {
            let is_due = !kept::due(tx, now, 1).await?.is_empty()
                || !store::subscriptions::acts::due(tx, now, 1).await?.is_empty();
            Ok((kept::connection(tx).await?, is_due))
        })
    });
    let (Some(connection), is_due) = unit.await? else { return Ok(0) };
    if !is_due || connection.refresh_token.is_none() || held(&connection, now) {
        return Ok(0);
    }
    let job = jobs::microsoft(&mut app.ids(now), now);
    let before = now.checked_sub(REMEMBERED).unwrap_or(now);
    app.store
        .write::<_, store::Error, _>(desk, move |tx| {
            let job = job.clone();
            Box::pin(async move {
                kept::forget_events(tx, before).await?;
                Ok(usize::from(queue::enqueue(tx, now, &job).await?))
            })
        })
        .await
        .map_err(Error::from)
}

/// Whether nothing may be asked yet.
fn held(connection: &kept::Connection, now: Timestamp) -> bool {
    health_of(connection).until.is_some_and(|until| now < until)
}

/// Reads what is due at Microsoft.
///
/// # Errors
/// As the database says: what Microsoft says is noted.
pub(crate) async fn look(app: &App, desk: DeskId, job: &Job) -> Result<Outcome> {
    jobs::alone(app, format!("microsoft:{desk}"), job, WAIT, turn(app, desk)).await
}

async fn turn(app: &App, desk: DeskId) -> Result<Outcome> {
    let began = app.now();
    loop {
        let now = app.now();
        // Read again each time: somebody may have changed it.
        let Some(connection) = stored(app, desk).await? else { return Ok(Outcome::Done) };
        if held(&connection, now) {
            return Ok(Outcome::Done);
        }
        if now.duration_since(began) > TURN {
            return Ok(Outcome::Again(now, "more may be due".into()));
        }
        let client = match client_of(app, desk, &connection) {
            Ok(client) => client,
            Err(Trouble::NotConnected) => return Ok(Outcome::Done),
            Err(Trouble::Ours(error)) => return Err(error),
            Err(other) => return Err(Error::internal(anyhow::anyhow!("{other:?}"))),
        };
        // What people decided goes before what is only looked at.
        if acts::step(app, desk, &connection, &client).await? {
            continue;
        }
        let due = app.store.read::<_, store::Error, _>(desk, move |tx| Box::pin(kept::due(tx, now, 1)));
        let Some(mirror) = due.await?.into_iter().next() else { return Ok(Outcome::Done) };
        let Ok(what) = mirror.what.parse::<What>() else {
            forget(app, desk, mirror).await?;
            continue;
        };
        let reading =
            Reading { app, desk, connection: &connection, session: client.at(now), mirror: &mirror, now };
        let ended = readings::read(what, &reading).await;
        note(app, desk, &connection, what, mirror, ended).await?;
    }
}

async fn forget(app: &App, desk: DeskId, mirror: kept::Mirror) -> Result<()> {
    app.store
        .write::<_, store::Error, _>(desk, move |tx| {
            let mirror = mirror.clone();
            Box::pin(async move { kept::forget(tx, &mirror.what, &mirror.tenant).await })
        })
        .await
        .map_err(Error::from)
}

/// What a reading gave.
#[derive(Clone, Debug)]
pub(super) struct Ended {
    /// How it stands.
    pub(super) state: State,
    /// More of it.
    pub(super) detail: String,
    /// What it needs to go on; none leaves what is there.
    pub(super) data: Option<Value>,
    /// The next reading, if not at its usual time.
    pub(super) next: Option<SignedDuration>,
    /// Whether all of it was read, and not only what had changed.
    pub(super) whole: bool,
}

impl Ended {
    pub(super) fn current() -> Self {
        Self { state: State::Current, detail: String::new(), data: None, next: None, whole: true }
    }

    pub(super) fn stands(state: State, next: SignedDuration) -> Self {
        Self { state, detail: String::new(), data: None, next: Some(next), whole: true }
    }
}

/// Notes how a reading ended: its own row, and the connection's health if it was one of the partner.
async fn note(
    app: &App,
    desk: DeskId,
    connection: &kept::Connection,
    what: What,
    before: kept::Mirror,
    ended: Result<Ended, Trouble>,
) -> Result<()> {
    let now = app.now();
    let failures = u32::try_from(before.failures).unwrap_or(u32::MAX);
    let after = |wait: SignedDuration| now.checked_add(wait).unwrap_or(now);
    let of_partner = before.tenant.is_empty();
    let mut row = kept::Mirror { next_at: after(what.every()), ..before };
    let mut health = Health { at: now, ..health_of(connection) };
    match ended {
        Ok(ended) => {
            row.state = ended.state.word().into();
            row.detail = ended.detail;
            row.failures = 0;
            if ended.state == State::Current && ended.whole {
                row.read_at = Some(now);
            }
            row.next_at = ended.next.map_or(row.next_at, after);
            if let Some(data) = ended.data {
                row.data = store::Json(data);
            }
            if of_partner && ended.state == State::Current {
                health = Health { current_at: Some(now), ..Health::new(State::Current, now) };
            } else if of_partner && health.state == State::Never {
                // A cloud that has nothing at all has no more to say than this.
                health.state = ended.state;
            }
        }
        Err(Trouble::Ours(error)) => return Err(error),
        Err(trouble) => {
            row.failures += 1;
            let (state, detail, next_at) = noted_as(&trouble, failures, now);
            let holds = matches!(state, State::Throttled | State::Consent | State::Failing);
            if of_partner && holds {
                let failures = if state == health.state { health.failures + 1 } else { 1 };
                // What one reading meets, the others would meet too.
                let (_, _, until) = noted_as(&trouble, failures - 1, now);
                health = Health { state, detail: detail.clone(), until: Some(until), failures, ..health };
            }
            if of_partner && !holds && health.state == State::Never {
                // Until something can be read, this is all that is known.
                (health.state, health.detail) = (state, detail.clone());
            }
            (row.state, row.detail, row.next_at) = (state.word().into(), detail, next_at);
        }
    }
    let needs_people = of_partner
        && match health.state {
            State::Consent => true,
            State::Failing => health.failures >= TROUBLE,
            _ => false,
        };
    let letters = match needs_people && connection.told_at.is_none() {
        true => tell::of_connection(app, desk, &health).await?,
        false => Vec::new(),
    };
    let told_at = match needs_people {
        true => connection.told_at.or(Some(now)),
        // Nobody is told twice of what only waits, and what was well in between is news again.
        false if health.state == State::Current => None,
        false => connection.told_at,
    };
    let (health, version) = (json_of(&health)?, connection.version);
    let unit = std::sync::Arc::new((row, health, letters));
    app.store
        .write(desk, move |tx: &mut Tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (row, health, letters) = &*unit;
                kept::note(tx, row).await?;
                if of_partner {
                    kept::set_health(tx, health, told_at, version).await?;
                }
                for letter in letters {
                    letter.put(tx, now).await?;
                }
                Ok::<_, Error>(())
            })
        })
        .await
}

/// How a reading that failed stands, in whose words, and when it is tried again.
pub(crate) fn noted_as(trouble: &Trouble, failures: u32, now: Timestamp) -> (State, String, Timestamp) {
    let after = |wait: SignedDuration| now.checked_add(wait).unwrap_or(now);
    match trouble {
        Trouble::NotConnected => (State::Unconsented, String::new(), after(SELDOM)),
        Trouble::NotOffered => (State::NotOffered, String::new(), after(SELDOM)),
        Trouble::Later { at, why, asked: true, .. } => (State::Throttled, why.clone(), *at),
        Trouble::Later { why, .. } => (State::Failing, why.clone(), after(back_off(failures))),
        Trouble::Consent(why) => (State::Consent, why.clone(), after(back_off(failures.max(4)))),
        Trouble::Refused { words, .. } => (State::Refused, words.clone(), after(SELDOM)),
        Trouble::Ours(error) => (State::Failing, error.to_string(), after(back_off(failures))),
    }
}
