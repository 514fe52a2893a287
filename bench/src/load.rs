//! Clients who ask again as soon as they are answered.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};

use anyhow::Result;
use serde::{Deserialize, Serialize};
use tokio::task::JoinSet;

use crate::meter::{Meter, Time};

/// What some clients met.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Load {
    /// How many.
    pub(crate) clients: usize,
    /// Answers in a second.
    pub(crate) rate: f64,
    /// Milliseconds of processor time of this process for each answer: the operation, and asking for it.
    pub(crate) cpu: f64,
    /// The same of the PostgreSQL server.
    pub(crate) cpu_server: Option<f64>,
    /// Milliseconds until the answer, in the middle and for 99 of a hundred.
    pub(crate) p50: f64,
    pub(crate) p99: f64,
}

impl Load {
    /// Of the program and the server together.
    pub(crate) fn cpu_whole(&self) -> f64 {
        self.cpu + self.cpu_server.unwrap_or_default()
    }

    /// From `answers` in `wall` seconds, for `spent` processor time.
    pub(crate) fn of(clients: usize, wall: Duration, spent: Time, mut took: Vec<Duration>) -> Self {
        took.sort_unstable();
        let answers = took.len().max(1) as f64;
        let part = |share: f64| {
            let place = (took.len() as f64 * share) as usize;
            took.get(place.min(took.len().saturating_sub(1))).map_or(0.0, |time| time.as_secs_f64() * 1e3)
        };
        Self {
            clients,
            rate: took.len() as f64 / wall.as_secs_f64(),
            cpu: spent.program / answers * 1e3,
            cpu_server: spent.server.map(|seconds| seconds / answers * 1e3),
            p50: part(0.5),
            p99: part(0.99),
        }
    }
}

/// So many clients for so long, after a quarter of that time to get warm. `ask` gets a number that is new each time.
///
/// # Errors
/// The first failure: a failed operation must not count as a fast one.
pub(crate) async fn run<F, Fut>(meter: Meter, clients: usize, time: Duration, ask: F) -> Result<Load>
where
    F: Fn(u64) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = Result<()>> + Send,
{
    static NEXT: AtomicU64 = AtomicU64::new(0);
    for_time(clients, time / 4, &ask).await?;
    let (begun, before) = (Instant::now(), meter.read());
    let took = for_time(clients, time, &ask).await?;
    let (wall, spent) = (begun.elapsed(), meter.read() - before);
    return Ok(Load::of(clients, wall, spent, took));

    async fn for_time<F, Fut>(clients: usize, time: Duration, ask: &F) -> Result<Vec<Duration>>
    where
        F: Fn(u64) -> Fut + Clone + Send + 'static,
        Fut: Future<Output = Result<()>> + Send,
    {
        let end = Instant::now() + time;
        let mut tasks = JoinSet::new();
        for _ in 0..clients {
            let ask = ask.clone();
            tasks.spawn(async move {
                let mut took = Vec::new();
                while Instant::now() < end {
                    let begun = Instant::now();
                    ask(NEXT.fetch_add(1, Ordering::Relaxed)).await?;
                    took.push(begun.elapsed());
                }
                anyhow::Ok(took)
            });
        }
        collect(tasks).await
    }
}

/// So many clients until each of the `many` things is done. How long each took.
///
/// # Errors
/// The first failure.
pub(crate) async fn each<F, Fut>(clients: usize, many: usize, ask: F) -> Result<Vec<Duration>>
where
    F: Fn(usize) -> Fut + Clone + Send + 'static,
    Fut: Future<Output = Result<()>> + Send,
{
    let next = Arc::new(AtomicU64::new(0));
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let (ask, next) = (ask.clone(), next.clone());
        tasks.spawn(async move {
            let mut took = Vec::new();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed) as usize;
                if number >= many {
                    return anyhow::Ok(took);
                }
                let begun = Instant::now();
                ask(number).await?;
                took.push(begun.elapsed());
            }
        });
    }
    collect(tasks).await
}

async fn collect(mut tasks: JoinSet<Result<Vec<Duration>>>) -> Result<Vec<Duration>> {
    let mut all = Vec::new();
    while let Some(took) = tasks.join_next().await {
        all.extend(took??);
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn everything_is_done_once_and_failures_are_told() {
        let sum = Arc::new(AtomicU64::new(0));
        let add = sum.clone();
        let took = each(3, 10, move |n| {
            let add = add.clone();
            async move {
                add.fetch_add(n as u64, Ordering::Relaxed);
                Ok(())
            }
        });
        assert_eq!((took.await.unwrap().len(), sum.load(Ordering::Relaxed)), (10, 45));
        let failed = each(2, 10, |n| async move { if n == 7 { anyhow::bail!("seven") } else { Ok(()) } });
        assert!(failed.await.is_err());
    }

    #[test]
    fn figures_are_for_one_answer() {
        let took: Vec<Duration> = (1..=100).map(Duration::from_millis).collect();
        let spent = Time { program: 0.2, server: Some(0.1) };
        let load = Load::of(8, Duration::from_secs(2), spent, took);
        assert_eq!((load.rate, load.cpu, load.cpu_server), (50.0, 2.0, Some(1.0)));
        assert_eq!((load.p50, load.p99, load.cpu_whole()), (51.0, 100.0, 3.0));
    }
}
