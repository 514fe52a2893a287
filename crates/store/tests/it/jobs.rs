//! Background work: at least once, in effect once, and nobody waits for one desk's thousands.

use std::collections::BTreeSet;

use domain::id::{DeskId, JobId};
use futures_util::future::join_all;
use jiff::{SignedDuration, Timestamp};
use store::{
    Error, Store, lease,
    queue::{self, Claim, Job, NewJob},
};
use testkit::on_both;

use crate::desk;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

fn at(minutes: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + 60 * minutes).unwrap()
}

fn job(number: u16, key: Option<&str>) -> NewJob {
    let [a, b] = number.to_be_bytes();
    NewJob {
        id: JobId::new(at(0), [a, b, 0, 0, 0, 0, 0, 0, 0, 0]),
        kind: "send",
        payload: serde_json::json!({ "number": number }),
        key: key.map(str::to_owned),
        run_at: at(0),
    }
}

async fn enqueue(store: &Store, desk: DeskId, job: NewJob) -> bool {
    let enqueue = store.write::<_, Error, _>(desk, move |tx| {
        let job = job.clone();
        Box::pin(async move { queue::enqueue(tx, at(0), &job).await })
    });
    enqueue.await.unwrap()
}

async fn claim(store: &Store, now: Timestamp, max: u32) -> Vec<Job> {
    let claim = Claim { worker: "w".into(), kinds: &["other", "send"], now, until: now + MINUTE, max };
    queue::claim(store, claim).await.unwrap()
}

/// Does a system's thing with a job.
macro_rules! with {
    ($db:ident, $job:expr, |$tx:ident, $j:ident| $call:expr) => {{
        let job = $job.clone();
        $db.store()
            .system_write::<_, Error, _>(move |$tx| {
                let $j = job.clone();
                Box::pin(async move { $call.await })
            })
            .await
    }};
}

on_both! {
    async fn a_job_is_done_and_gone(db) {
        assert!(enqueue(db.store(), desk(1), job(1, None)).await);
        assert_eq!(claim(db.store(), at(0) - MINUTE, 9).await, []);
        let jobs = claim(db.store(), at(0), 9).await;
        assert_eq!(jobs.len(), 1);
        assert_eq!((jobs[0].desk(), jobs[0].attempts), (Some(desk(1)), 1));
        assert_eq!(jobs[0].payload, serde_json::json!({ "number": 1 }));
        assert_eq!(claim(db.store(), at(0), 9).await, [], "it is held");
        let done = jobs[0].clone();
        let complete = db.store().write::<_, Error, _>(desk(1), move |tx| {
            let done = done.clone();
            Box::pin(async move { queue::complete(tx, &done).await })
        });
        complete.await.unwrap();
        assert_eq!(claim(db.store(), at(9), 9).await, []);
    }

    async fn the_only_worker_takes_over_what_the_dead_held(db) {
        enqueue(db.store(), desk(1), job(1, None)).await;
        let dead = claim(db.store(), at(0), 9).await.remove(0);
        assert_eq!(claim(db.store(), at(0), 9).await, [], "it is held");
        let free = db.store().system_write::<_, Error, _>(|tx| Box::pin(queue::free(tx, at(0))));
        assert_eq!(free.await, Ok(1));
        let taken = claim(db.store(), at(0), 9).await.remove(0);
        assert_eq!(taken.id, dead.id);
        assert_eq!(with!(db, dead, |tx, j| queue::complete(tx, &j)), Err(Error::Stale), "the dead change nothing");
    }

    async fn who_was_asleep_changes_nothing(db) {
        enqueue(db.store(), desk(1), job(1, None)).await;
        let asleep = claim(db.store(), at(0), 9).await.remove(0);
        let awake = claim(db.store(), at(2), 9).await.remove(0);
        assert_eq!((asleep.id, awake.attempts), (awake.id, 2));
        let stale = Err(Error::Stale);
        assert_eq!(with!(db, asleep, |tx, j| queue::complete(tx, &j)), stale);
        assert_eq!(with!(db, asleep, |tx, j| queue::keep(tx, &j, at(99))), stale);
        assert_eq!(with!(db, asleep, |tx, j| queue::retry_at(tx, &j, at(0), "late")), stale);
        assert_eq!(with!(db, asleep, |tx, j| queue::give_up(tx, &j, "late")), stale);
        assert_eq!(with!(db, awake, |tx, j| queue::keep(tx, &j, at(9))), Ok(()));
        assert_eq!(claim(db.store(), at(8), 9).await, [], "it is kept");
        assert_eq!(with!(db, awake, |tx, j| queue::complete(tx, &j)), Ok(()));
        assert_eq!(with!(db, awake, |tx, j| queue::complete(tx, &j)), stale);
    }

    async fn two_workers_never_hold_the_same(db) {
        let other = Store::open(db.config()).await.unwrap();
        for number in 0..60 {
            enqueue(db.store(), desk(1 + (number % 3) as u8), job(number, None)).await;
        }
        let stores = [db.store(), &other];
        let claims = join_all((0..8).map(|i| claim(stores[i % 2], at(0), 10))).await;
        let ids: Vec<JobId> = claims.iter().flatten().map(|job| job.id).collect();
        let unique: BTreeSet<JobId> = ids.iter().copied().collect();
        assert_eq!(unique.len(), ids.len(), "one was given twice");
        assert!(ids.len() >= 10);
    }

    async fn desks_take_turns(db) {
        for number in 0..20 {
            enqueue(db.store(), desk(1), job(number, None)).await;
        }
        for number in 20..22 {
            let late = NewJob { run_at: at(3), ..job(number, None) };
            enqueue(db.store(), desk(number as u8), late).await;
        }
        let first = claim(db.store(), at(5), 6).await;
        let of = |wanted: u8| first.iter().filter(|job| job.desk() == Some(desk(wanted))).count();
        assert_eq!((of(20), of(21)), (1, 1));
        assert!(of(1) >= 2, "{}", of(1));
    }

    async fn one_waits_per_key(db) {
        assert!(enqueue(db.store(), desk(1), job(1, Some("k"))).await);
        assert!(!enqueue(db.store(), desk(1), job(2, Some("k"))).await);
        assert!(enqueue(db.store(), desk(2), job(3, Some("k"))).await, "another desk's key");
        let held = claim(db.store(), at(0), 9).await;
        let held = held.into_iter().find(|job| job.desk() == Some(desk(1))).unwrap();
        assert!(enqueue(db.store(), desk(1), job(4, Some("k"))).await, "the first already runs");
        // The waiting one will do what this one could not.
        assert_eq!(with!(db, held, |tx, j| queue::retry_at(tx, &j, at(5), "no")), Ok(()));
        let next = claim(db.store(), at(0), 9).await;
        assert_eq!(next.iter().map(|job| job.id).collect::<Vec<_>>(), [job(4, None).id]);
        assert_eq!(claim(db.store(), at(6), 9).await.len(), 2, "those two again, not the first");
    }

    async fn the_dead_stay_in_sight(db) {
        enqueue(db.store(), desk(1), job(1, None)).await;
        let held = claim(db.store(), at(0), 9).await.remove(0);
        assert_eq!(with!(db, held, |tx, j| queue::retry_at(tx, &j, at(1), "first")), Ok(()));
        assert_eq!(with!(db, held, |tx, _j| queue::oldest_due(tx, at(1))), Ok(Some(at(1))));
        let held = claim(db.store(), at(1), 9).await.remove(0);
        assert_eq!(with!(db, held, |tx, j| queue::give_up(tx, &j, "second")), Ok(()));
        assert_eq!(claim(db.store(), at(9), 9).await, []);
        let dead = with!(db, held, |tx, _j| queue::dead(tx, 9)).unwrap();
        assert_eq!((dead[0].id, dead[0].attempts), (held.id, 2));
        assert_eq!(dead[0].last_error.as_deref(), Some("second"));
        assert_eq!(with!(db, held, |tx, j| queue::revive(tx, j.id, at(3))), Ok(()));
        assert!(matches!(with!(db, held, |tx, j| queue::revive(tx, j.id, at(3))), Err(Error::NotFound(_))));
        let revived = claim(db.store(), at(3), 9).await.remove(0);
        assert_eq!(revived.attempts, 1);
        assert!(revived.fence > held.fence);
    }

    async fn one_leads(db) {
        let take = async |holder: &'static str, now| {
            let take = db.store().system_write::<_, Error, _>(move |tx| {
                Box::pin(async move { lease::take(tx, "serve", holder, now, now + MINUTE).await })
            });
            take.await.unwrap()
        };
        let fenced = async |fence, now| {
            db.store()
                .write::<_, Error, _>(desk(1), move |tx| {
                    Box::pin(async move { lease::fenced(tx, "serve", fence, now).await })
                })
                .await
        };
        assert_eq!(take("a", at(0)).await, Some(1));
        assert_eq!(take("b", at(0)).await, None);
        assert_eq!(take("a", at(0)).await, Some(1), "renewed");
        assert_eq!(fenced(1, at(0)).await, Ok(()));
        assert_eq!(fenced(1, at(5)).await, Err(Error::Stale), "it has ended");
        assert_eq!(take("b", at(5)).await, Some(2));
        assert_eq!(fenced(1, at(5)).await, Err(Error::Stale));
        assert_eq!(take("a", at(5)).await, None);
        let back = db.store().system_write::<_, Error, _>(|tx| {
            Box::pin(async move { lease::give_back(tx, "serve", "b", at(5)).await })
        });
        back.await.unwrap();
        assert_eq!(take("a", at(5)).await, Some(3));
    }

    async fn what_recurs_is_due_once(db) {
        let due = async |now| {
            let due = db.store().system_write::<_, Error, _>(move |tx| {
                Box::pin(async move {
                    lease::plan(tx, "seal", at(1)).await?;
                    lease::due(tx, "seal", now, now + MINUTE).await
                })
            });
            due.await.unwrap()
        };
        assert!(!due(at(0)).await);
        assert!(due(at(1)).await);
        assert!(!due(at(1)).await);
        assert!(due(at(2)).await);
    }
}
