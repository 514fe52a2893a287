//! Taking turns: what only one process of an installation does at a time.

use std::time::Duration;

use app::App;
use jiff::SignedDuration;
use store::lease;
use tokio::{sync::watch, time::sleep};
use tracing::{info, warn};

/// For how long a turn is taken.
const TURN: SignedDuration = SignedDuration::from_secs(15);
/// How often it is renewed, and how often somebody who waits looks.
const LOOK: Duration = Duration::from_secs(4);

/// A name that no other process has.
pub(crate) fn holder() -> String {
    let mut random = [0_u8; 8];
    // Without randomness the process id tells those of one machine apart.
    let _ = getrandom::fill(&mut random);
    format!("{}-{:016x}", std::process::id(), u64::from_be_bytes(random))
}

/// Does `work` whenever it is this holder's turn, until `stop`. `work` gets a signal of its own: it is told to stop
/// when the turn is lost, too. A turn that is given back is taken by who waits within seconds; that of a killed
/// process ends by itself.
pub(crate) async fn lead<'a, W, F>(
    app: &'a App,
    name: &str,
    holder: &str,
    mut stop: watch::Receiver<bool>,
    work: W,
) where
    W: Fn(watch::Receiver<bool>) -> F,
    F: Future<Output = ()> + 'a,
{
    let mut waits = false;
    while !*stop.borrow() {
        if take(app, name, holder).await == Some(true) {
            waits = false;
            turn(app, name, holder, stop.clone(), &work).await;
            continue;
        }
        if !waits {
            info!(lease = name, "Another process has the turn; waiting");
            waits = true;
        }
        tokio::select! {
            () = sleep(LOOK) => {}
            _ = stop.wait_for(|stop| *stop) => {}
        }
    }
}

async fn turn<W, F>(app: &App, name: &str, holder: &str, mut stop: watch::Receiver<bool>, work: &W)
where
    W: Fn(watch::Receiver<bool>) -> F,
    F: Future<Output = ()>,
{
    let (end, ended) = watch::channel(false);
    let work = work(ended);
    tokio::pin!(work);
    let keep = async {
        let mut until = app.now().checked_add(TURN).unwrap_or_else(|_| app.now());
        loop {
            tokio::select! {
                () = sleep(LOOK) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
            match take(app, name, holder).await {
                Some(true) => until = app.now().checked_add(TURN).unwrap_or(until),
                Some(false) => return,
                // The database does not answer. Nobody else can take the turn either, until it is over.
                None if app.now() < until => {}
                None => return,
            }
        }
    };
    tokio::select! {
        () = &mut work => {}
        () = keep => {
            end.send_replace(true);
            work.await;
        }
    }
    let (now, name, holder) = (app.now(), name.to_owned(), holder.to_owned());
    let given = app.store.system_write::<_, store::Error, _>(move |tx| {
        let (name, holder) = (name.clone(), holder.clone());
        Box::pin(async move { lease::give_back(tx, &name, &holder, now).await })
    });
    if let Err(error) = given.await {
        warn!(%error, "Cannot give a turn back; it ends by itself");
    }
}

/// Whether it is the holder's turn now; none if the database does not say.
async fn take(app: &App, name: &str, holder: &str) -> Option<bool> {
    let now = app.now();
    let until = now.checked_add(TURN).ok()?;
    let (name, holder) = (name.to_owned(), holder.to_owned());
    let taken = app.store.system_write::<_, store::Error, _>(move |tx| {
        let (name, holder) = (name.clone(), holder.clone());
        Box::pin(async move { lease::take(tx, &name, &holder, now, until).await })
    });
    taken.await.ok().map(|fence| fence.is_some())
}
