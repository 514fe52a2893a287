//! Who leads what, and when what recurs is due. Both are fenced: whoever was asleep changes nothing.

use jiff::Timestamp;

use crate::{Error, Installation, System, params};

crate::sql! {
    system TAKE = "INSERT INTO leases (name, holder, until) VALUES ($1, $2, $3)
        ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,
            fence = leases.fence + CASE WHEN leases.holder = excluded.holder AND leases.until > $4 THEN 0 ELSE 1 END
        WHERE leases.holder = excluded.holder OR leases.until <= $4
        RETURNING fence";
    system GIVE_BACK = "UPDATE leases SET until = $3 WHERE name = $1 AND holder = $2 AND until > $3";
    system STILL_HELD = "UPDATE leases SET fence = fence WHERE name = $1 AND fence = $2 AND until > $3";
    system PLAN = "INSERT INTO schedule (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    system PLANNED = "SELECT name, next_at FROM schedule";
    system DUE = "UPDATE schedule SET next_at = $3, fence = fence + 1 WHERE name = $1 AND next_at <= $2";
}

/// Takes or renews the lease `name` for `holder` until `until`. Answers its fence, or `None` while somebody else
/// holds it. The fence stays the same as long as the holder renews in time.
///
/// # Errors
/// What the database says.
pub async fn take(
    tx: &mut System,
    name: &str,
    holder: &str,
    now: Timestamp,
    until: Timestamp,
) -> Result<Option<i64>, Error> {
    let fence: Option<(i64,)> = tx.query_opt(&TAKE, params![name, holder, until, now]).await?;
    Ok(fence.map(|(fence,)| fence))
}

/// Gives a lease back, so that nobody has to wait for its end.
///
/// # Errors
/// What the database says.
pub async fn give_back(tx: &mut System, name: &str, holder: &str, now: Timestamp) -> Result<(), Error> {
    tx.execute(&GIVE_BACK, params![name, holder, now]).await.map(drop)
}

/// Makes the transaction one of the lease's holder: it fails if the lease was lost, and nobody takes the lease
/// before it ends.
///
/// # Errors
/// [`Error::Stale`] if the lease has ended or has another holder by now.
pub async fn fenced(tx: &mut impl Installation, name: &str, fence: i64, now: Timestamp) -> Result<(), Error> {
    match tx.system().execute(&STILL_HELD, params![name, fence, now]).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

/// Puts something that recurs on the plan, first at `first`. What is already planned stays as it is.
///
/// # Errors
/// What the database says.
pub async fn plan(tx: &mut System, name: &str, first: Timestamp) -> Result<(), Error> {
    tx.execute(&PLAN, params![name, first]).await.map(drop)
}

/// Everything that is on the plan, and when it is next due.
///
/// # Errors
/// What the database says.
pub async fn planned(tx: &mut System) -> Result<Vec<(String, Timestamp)>, Error> {
    tx.query(&PLANNED, &[]).await
}

/// Whether something that recurs is due, and if so, moves it to `next`: for one caller only. What it does belongs
/// into the same transaction.
///
/// # Errors
/// What the database says.
pub async fn due(tx: &mut System, name: &str, now: Timestamp, next: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&DUE, params![name, now, next]).await? == 1)
}
