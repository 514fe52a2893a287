//! Background work: enqueued in the transaction that makes it necessary, done at least once, in effect once.
//!
//! A worker [`claim`]s jobs for the time of a lease. The last unit of work that belongs to a job [`complete`]s it:
//! if another worker has taken it over in the meantime, that unit fails as [`Error::Stale`], and with it all it did.

use domain::id::{DeskId, JobId};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Error, Installation, Store, System, Value, params};

crate::sql! {
    system ENQUEUE = "INSERT INTO jobs (id, desk_id, kind, payload, key, state, run_at, created_at)
        VALUES ($1, $2, $3, $4, $5, 'waiting', $6, $7)
        ON CONFLICT (key) WHERE key IS NOT NULL AND state = 'waiting' AND locked_until IS NULL DO NOTHING";

    // The earliest job of each desk, by jumping from desk to desk in the index; those who wait longest first.
    system DUE_DESKS = "WITH RECURSIVE first (desk_id, run_at) AS (
            SELECT desk_id, run_at FROM (
                SELECT desk_id, run_at FROM jobs WHERE state = 'waiting'
                ORDER BY desk_id, run_at, id LIMIT 1
            ) AS start
            UNION ALL
            SELECT next.desk_id, next.run_at FROM first, jobs AS next WHERE next.id = (
                SELECT id FROM jobs WHERE state = 'waiting' AND jobs.desk_id > first.desk_id
                ORDER BY desk_id, run_at, id LIMIT 1
            )
        )
        SELECT desk_id FROM first WHERE run_at <= $1 ORDER BY run_at, desk_id LIMIT $2";

    // The condition on run_at is repeated: on PostgreSQL the sub-select is not evaluated again after a wait.
    system CLAIM = "UPDATE jobs SET run_at = $3, locked_until = $3, worker = $4,
            fence = fence + 1, attempts = attempts + 1
        WHERE id IN (
            SELECT id FROM jobs WHERE state = 'waiting' AND desk_id = $1 AND run_at <= $2
                AND $5 LIKE '%,' || kind || ',%'
            ORDER BY run_at, id LIMIT $6
        ) AND state = 'waiting' AND run_at <= $2
        RETURNING id, desk_id, kind, payload, fence, attempts, created_at";

    system KEEP = "UPDATE jobs SET run_at = $3, locked_until = $3
        WHERE id = $1 AND fence = $2 AND state = 'waiting' AND locked_until IS NOT NULL";
    system COMPLETE = "DELETE FROM jobs WHERE id = $1 AND fence = $2 AND state = 'waiting'";

    // Another one waits under the same key and will do the same work.
    system SUPERSEDED = "DELETE FROM jobs WHERE id = $1 AND fence = $2 AND EXISTS (
            SELECT 1 FROM jobs AS other WHERE other.key = jobs.key AND other.id <> jobs.id
                AND other.state = 'waiting' AND other.locked_until IS NULL
        )";
    system RETRY = "UPDATE jobs SET run_at = $3, last_error = $4, locked_until = NULL, worker = NULL
        WHERE id = $1 AND fence = $2 AND state = 'waiting'";
    system COUNTS = "SELECT state, COUNT(*) FROM jobs GROUP BY state";
    system FREE = "UPDATE jobs SET run_at = $1, locked_until = NULL, worker = NULL, fence = fence + 1
        WHERE state = 'waiting' AND locked_until > $1 AND NOT EXISTS (
            SELECT 1 FROM jobs AS other WHERE other.key = jobs.key AND other.id <> jobs.id
                AND other.state = 'waiting' AND other.locked_until IS NULL
        )";
    system GIVE_UP = "UPDATE jobs SET state = 'dead', last_error = $3, locked_until = NULL, worker = NULL
        WHERE id = $1 AND fence = $2 AND state = 'waiting'";
    system DEAD_FENCE = "SELECT fence FROM jobs WHERE id = $1 AND state = 'dead'";
    system REVIVE = "UPDATE jobs SET state = 'waiting', run_at = $3, attempts = 0, fence = fence + 1
        WHERE id = $1 AND fence = $2 AND state = 'dead'";
    system DEAD = "SELECT id, desk_id, kind, attempts, last_error, created_at FROM jobs
        WHERE state = 'dead' ORDER BY created_at, id LIMIT $1";
    system OLDEST_DUE = "SELECT run_at FROM jobs WHERE state = 'waiting' AND run_at <= $1
        ORDER BY run_at LIMIT 1";
}

/// A job to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct NewJob {
    /// Made outside of the unit of work.
    pub id: JobId,
    /// What is to be done; no comma in it.
    pub kind: &'static str,
    /// Ids, not contents: it may run much later, and twice.
    pub payload: serde_json::Value,
    /// At most one waits for each desk, kind and key.
    pub key: Option<String>,
    /// Not before.
    pub run_at: Timestamp,
}

crate::record! {
    /// A job that a worker holds.
    pub struct Job {
        /// Its id.
        pub id: JobId,
        desk_or_nil: Uuid,
        /// What is to be done.
        pub kind: String,
        /// Its parameters.
        pub payload: serde_json::Value,
        /// How many workers have held it: the proof that this one still does.
        pub fence: i64,
        /// How often it was tried, this time included.
        pub attempts: i64,
        /// When it was enqueued.
        pub created_at: Timestamp,
    }

    /// A job that was given up.
    pub struct DeadJob {
        /// Its id.
        pub id: JobId,
        desk_or_nil: Uuid,
        /// What was to be done.
        pub kind: String,
        /// How often it was tried.
        pub attempts: i64,
        /// Why it failed the last time; for the log and the operator.
        pub last_error: Option<String>,
        /// When it was enqueued.
        pub created_at: Timestamp,
    }
}

impl Job {
    /// Whose job it is; `None`: the installation's own.
    #[must_use]
    pub fn desk(&self) -> Option<DeskId> {
        desk(self.desk_or_nil)
    }
}

impl DeadJob {
    /// Whose job it was; `None`: the installation's own.
    #[must_use]
    pub fn desk(&self) -> Option<DeskId> {
        desk(self.desk_or_nil)
    }
}

fn desk(or_nil: Uuid) -> Option<DeskId> {
    (!or_nil.is_nil()).then(|| DeskId::from_uuid(or_nil))
}

/// Enqueues a job of the transaction's desk, or of the installation. Answers whether it is new: with a key, one may
/// wait already.
///
/// # Errors
/// What the database says.
pub async fn enqueue(tx: &mut impl Installation, now: Timestamp, job: &NewJob) -> Result<bool, Error> {
    let desk = tx.bound_to();
    insert(tx, desk, now, job).await
}

/// As [`enqueue`], by the installation for a desk.
///
/// # Errors
/// What the database says.
pub async fn enqueue_for(tx: &mut System, desk: DeskId, now: Timestamp, job: &NewJob) -> Result<bool, Error> {
    insert(tx, Some(desk), now, job).await
}

async fn insert(
    tx: &mut impl Installation,
    desk: Option<DeskId>,
    now: Timestamp,
    job: &NewJob,
) -> Result<bool, Error> {
    let desk = desk.map_or(Uuid::nil(), DeskId::uuid);
    let key = job.key.as_ref().map(|key| format!("{}/{}/{key}", desk.simple(), job.kind));
    let row = params![job.id, desk, job.kind, job.payload, key, job.run_at, now];
    if key.is_none() {
        return tx.system().put(&ENQUEUE, row).await.map(|()| true);
    }
    Ok(tx.system().execute(&ENQUEUE, row).await? == 1)
}

/// What a worker asks for.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The worker's name, for people who look for a job.
    pub worker: String,
    /// The kinds that it can do.
    pub kinds: &'static [&'static str],
    /// The time.
    pub now: Timestamp,
    /// Until when it holds them. Afterwards others may take them.
    pub until: Timestamp,
    /// How many at most.
    pub max: u32,
}

/// Takes jobs that are due, of as many desks as possible, so that one desk's thousands do not keep others waiting.
///
/// # Errors
/// What the database says.
pub async fn claim(store: &Store, claim: Claim) -> Result<Vec<Job>, Error> {
    let kinds = format!(",{},", claim.kinds.join(","));
    // Asking is cheap and disturbs nobody; an idle worker only asks.
    let (now, max) = (claim.now, claim.max);
    let desks: Vec<(Uuid,)> = store
        .system_read::<_, Error, _>(move |tx| {
            Box::pin(async move { tx.query(&DUE_DESKS, params![now, max]).await })
        })
        .await?;
    if desks.is_empty() {
        return Ok(Vec::new());
    }
    let ask = std::sync::Arc::new((claim, kinds, desks));
    store
        .system_write(move |tx| {
            let ask = std::sync::Arc::clone(&ask);
            Box::pin(async move {
                let (claim, kinds, desks) = &*ask;
                claim_from(tx, claim, kinds, desks).await
            })
        })
        .await
}

async fn claim_from(
    tx: &mut System,
    claim: &Claim,
    kinds: &str,
    desks: &[(Uuid,)],
) -> Result<Vec<Job>, Error> {
    let mut jobs = Vec::new();
    for (turn, (desk,)) in (0_u32..).zip(desks) {
        let left = claim.max - jobs.len() as u32;
        let turns = desks.len() as u32 - turn;
        // What earlier desks did not need is shared by those that follow.
        let share = left.div_ceil(turns);
        let row = params![desk, claim.now, claim.until, claim.worker, kinds, share];
        jobs.extend(tx.query::<Job>(&CLAIM, row).await?);
    }
    Ok(jobs)
}

/// Holds a job for longer.
///
/// # Errors
/// [`Error::Stale`] if it is not this worker's any more.
pub async fn keep(tx: &mut impl Installation, job: &Job, until: Timestamp) -> Result<(), Error> {
    one(tx.system().execute(&KEEP, params![job.id, job.fence, until]).await?)
}

/// Ends a job, together with what the transaction does.
///
/// # Errors
/// [`Error::Stale`] if it is not this worker's any more.
pub async fn complete(tx: &mut impl Installation, job: &Job) -> Result<(), Error> {
    one(tx.system().execute(&COMPLETE, params![job.id, job.fence]).await?)
}

/// Puts a job back, to be tried again at `at`.
///
/// # Errors
/// [`Error::Stale`] if it is not this worker's any more.
pub async fn retry_at(tx: &mut System, job: &Job, at: Timestamp, why: &str) -> Result<(), Error> {
    if tx.execute(&SUPERSEDED, params![job.id, job.fence]).await? == 1 {
        return Ok(());
    }
    one(tx.execute(&RETRY, params![job.id, job.fence, at, why]).await?)
}

/// Takes every job away from whoever holds it; how many. For a worker that knows that it is the only one: those who
/// held them are dead.
///
/// # Errors
/// What the database says.
pub async fn free(tx: &mut System, now: Timestamp) -> Result<u64, Error> {
    tx.execute(&FREE, &[Value::Time(now)]).await
}

/// Gives a job up. It stays in sight until somebody revives it.
///
/// # Errors
/// [`Error::Stale`] if it is not this worker's any more.
pub async fn give_up(tx: &mut System, job: &Job, why: &str) -> Result<(), Error> {
    one(tx.execute(&GIVE_UP, params![job.id, job.fence, why]).await?)
}

/// Lets a job that was given up run again at `at`, with all its tries. Nothing is left to do if another one waits
/// under its key.
///
/// # Errors
/// [`Error::NotFound`] if it was not given up.
pub async fn revive(tx: &mut System, id: JobId, at: Timestamp) -> Result<(), Error> {
    let (fence,): (i64,) = tx.query_one(&DEAD_FENCE, params![id]).await?;
    if tx.execute(&SUPERSEDED, params![id, fence]).await? == 1 {
        return Ok(());
    }
    one(tx.execute(&REVIVE, params![id, fence, at]).await?)
}

/// Jobs that were given up, the oldest first.
///
/// # Errors
/// What the database says.
pub async fn dead(tx: &mut System, max: u32) -> Result<Vec<DeadJob>, Error> {
    tx.query(&DEAD, params![max]).await
}

/// How many jobs wait, now or for their time, and how many were given up.
///
/// # Errors
/// What the database says.
pub async fn counts(tx: &mut System) -> Result<(i64, i64), Error> {
    let mut counts = (0, 0);
    let rows: Vec<(String, i64)> = tx.query(&COUNTS, &[]).await?;
    for (state, count) in rows {
        match state.as_str() {
            "waiting" => counts.0 = count,
            _ => counts.1 = count,
        }
    }
    Ok(counts)
}

/// Since when the oldest job that is due has been waiting, if any is.
///
/// # Errors
/// What the database says.
pub async fn oldest_due(tx: &mut System, now: Timestamp) -> Result<Option<Timestamp>, Error> {
    let oldest: Option<(Timestamp,)> = tx.query_opt(&OLDEST_DUE, &[Value::Time(now)]).await?;
    Ok(oldest.map(|(at,)| at))
}

fn one(changed: u64) -> Result<(), Error> {
    if changed == 1 { Ok(()) } else { Err(Error::Stale) }
}
