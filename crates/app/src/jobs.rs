//! Background work: what a job of each kind does, and the worker that does it.

use std::time::Duration;

use domain::{
    id::{
        AgentId, ApprovalId, ContactId, DeskId, HandoverId, InboxId, IncidentId, InvoiceId, JobId,
        OutgoingId, PeerId, StatementId, SuspensionId, TicketId, UpdateId,
    },
    ticket::notice::Occasion,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    lease,
    queue::{self, Job, NewJob},
};
use tokio::{sync::watch, task::JoinSet};
use tracing::{error, info, warn};

use crate::{
    App, Error, Ids, Result, audit, charging, collections, handovers, incidents, intake, microsoft, payables,
    post, suspensions, tickets::notices,
};

/// What waits for strangers, for as long as a minute: nothing else waits with it.
const SLOW: &[&str] = &["microsoft", "follow", "fetch", "plan"];
const KINDS: &[&str] = &[
    "intake",
    "send",
    "acknowledge",
    "resolved",
    "notify",
    "inform",
    "carry",
    "offer_over",
    "chase",
    "settle",
    "statement",
    "invoice",
    "approval",
    "charge",
    "suspension",
    "payables",
];
/// How long a worker may hold a job.
const LEASE: SignedDuration = SignedDuration::from_secs(120);
/// How long the work of a desk is held by a job that has died.
const HELD: SignedDuration = SignedDuration::from_mins(5);
/// How many jobs a worker takes at once.
const BATCH: u32 = 32;
/// How long an idle worker sleeps if nobody wakes it.
const NAP: Duration = Duration::from_secs(2);
/// How often the end of a job's hold is tried while the database is away: about as long as its lease.
const PATIENCE: u32 = 17;
/// After how many failures a job is given up.
const TRIES: i64 = 12;

/// What a job's payload can name.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    #[serde(default)]
    inbox: Option<InboxId>,
    #[serde(default)]
    outgoing: Option<OutgoingId>,
    #[serde(default)]
    ticket: Option<TicketId>,
    #[serde(default)]
    agent: Option<AgentId>,
    #[serde(default)]
    occasion: Option<Occasion>,
    #[serde(default)]
    handover: Option<HandoverId>,
    #[serde(default)]
    chain: Option<String>,
    #[serde(default)]
    peer: Option<PeerId>,
    #[serde(default)]
    statement: Option<StatementId>,
    #[serde(default)]
    invoice: Option<InvoiceId>,
    #[serde(default)]
    contact: Option<ContactId>,
    incident: Option<IncidentId>,
    #[serde(default)]
    approval: Option<ApprovalId>,
    #[serde(default)]
    suspension: Option<SuspensionId>,
    #[serde(default)]
    news: Option<suspensions::News>,
    #[serde(default)]
    update: Option<UpdateId>,
    #[serde(default)]
    fetch: Option<handovers::Fetch>,
    at: Option<Timestamp>,
}

/// What has become of a job that was tried.
pub(crate) enum Outcome {
    /// Done; the job is still to be ended.
    Done,
    /// Done, and the job was ended in the same transaction.
    Ended,
    /// To be tried again then.
    Again(Timestamp, String),
}

/// Does a desk's work, named by `lease`, unless another job is at it; then the job looks again after `wait`.
pub(crate) async fn alone<F>(
    app: &App,
    lease: String,
    job: &Job,
    wait: SignedDuration,
    work: F,
) -> Result<Outcome>
where
    F: Future<Output = Result<Outcome>> + Send,
{
    let (now, holder) = (app.now(), format!("{}:{}", job.id, job.fence));
    let until = now.checked_add(HELD).unwrap_or(now);
    let (name, me) = (lease.clone(), holder.clone());
    let taken = app
        .store
        .system_write::<_, store::Error, _>(move |tx| {
            let (name, me) = (name.clone(), me.clone());
            Box::pin(async move { lease::take(tx, &name, &me, now, until).await })
        })
        .await?;
    if taken.is_none() {
        let at = now.checked_add(wait).unwrap_or(now);
        return Ok(Outcome::Again(at, "another job is at it for this desk".into()));
    }
    let outcome = work.await;
    let now = app.now();
    app.store
        .system_write::<_, store::Error, _>(move |tx| {
            let (name, holder) = (lease.clone(), holder.clone());
            Box::pin(async move { lease::give_back(tx, &name, &holder, now).await })
        })
        .await?;
    outcome
}

fn job(ids: &mut Ids, kind: &'static str, payload: serde_json::Value, run_at: Timestamp) -> NewJob {
    NewJob { id: ids.next(JobId::new), kind, payload, key: None, run_at }
}

/// Process a raw message.
pub(crate) fn intake(ids: &mut Ids, id: InboxId, now: Timestamp) -> NewJob {
    job(ids, "intake", json!({ "inbox": id }), now)
}

/// Send a mail, not before `at`.
pub(crate) fn send(ids: &mut Ids, id: OutgoingId, at: Timestamp) -> NewJob {
    job(ids, "send", json!({ "outgoing": id }), at)
}

/// Tell the contact that its request has arrived.
pub(crate) fn acknowledge(ids: &mut Ids, id: TicketId, now: Timestamp) -> NewJob {
    job(ids, "acknowledge", json!({ "ticket": id }), now)
}

/// Tell the contact, not before `run_at`, that its request was resolved at that time.
pub(crate) fn resolved(ids: &mut Ids, id: TicketId, at: Timestamp, run_at: Timestamp) -> NewJob {
    job(ids, "resolved", json!({ "ticket": id, "at": at }), run_at)
}

/// Tell an agent what has happened.
pub(crate) fn notify(
    ids: &mut Ids,
    id: TicketId,
    agent: AgentId,
    occasion: Occasion,
    now: Timestamp,
) -> NewJob {
    job(ids, "notify", json!({ "ticket": id, "agent": agent, "occasion": occasion }), now)
}

/// Read what is due at Microsoft. One such job waits for a desk, however often it is asked for.
pub(crate) fn microsoft(ids: &mut Ids, now: Timestamp) -> NewJob {
    NewJob { key: Some("look".into()), ..job(ids, "microsoft", json!({}), now) }
}

/// Tell somebody of a suspension.
pub(crate) fn suspension(
    ids: &mut Ids,
    suspension: Option<SuspensionId>,
    news: suspensions::News,
    agent: Option<AgentId>,
    contact: Option<ContactId>,
    now: Timestamp,
) -> NewJob {
    let payload = json!({ "suspension": suspension, "news": news, "agent": agent, "contact": contact });
    job(ids, "suspension", payload, now)
}

/// Tell an agent of what it was warned at that time: what is owed, or to be claimed, soon.
pub(crate) fn payables(ids: &mut Ids, agent: AgentId, at: Timestamp) -> NewJob {
    job(ids, "payables", json!({ "agent": agent, "at": at }), at)
}

/// Go on with what was handed to Microsoft and is due. One such job waits for a desk.
pub(crate) fn follow(ids: &mut Ids, now: Timestamp) -> NewJob {
    NewJob { key: Some("follow".into()), ..job(ids, "follow", json!({}), now) }
}

/// Carry what a paired desk lacks of a chain.
pub(crate) fn carry(ids: &mut Ids, chain: &str, peer: PeerId, now: Timestamp) -> NewJob {
    let payload = json!({ "chain": chain, "peer": peer });
    NewJob { key: Some(format!("{chain}/{peer}")), ..job(ids, "carry", payload, now) }
}

/// Ask another desk for the files of a message.
pub(crate) fn fetch(ids: &mut Ids, wanted: &handovers::Fetch, now: Timestamp) -> NewJob {
    job(ids, "fetch", json!({ "fetch": wanted }), now)
}

/// Ask a paired desk what it has published. One such job waits for each.
pub(crate) fn plan(ids: &mut Ids, peer: PeerId, now: Timestamp) -> NewJob {
    NewJob { key: Some(format!("plan/{peer}")), ..job(ids, "plan", json!({ "peer": peer }), now) }
}

/// End an offer whose time is over then.
pub(crate) fn offer_over(ids: &mut Ids, id: HandoverId, at: Timestamp) -> NewJob {
    NewJob { key: Some(format!("{id}/{at}")), ..job(ids, "offer_over", json!({ "handover": id }), at) }
}

/// Have somebody ask a supplier whose promise is due then.
pub(crate) fn chase(ids: &mut Ids, id: HandoverId, at: Timestamp) -> NewJob {
    NewJob { key: Some(format!("{id}/{at}")), ..job(ids, "chase", json!({ "handover": id }), at) }
}

/// End the hand-overs of a ticket that was resolved or closed.
pub(crate) fn settle(ids: &mut Ids, id: TicketId, now: Timestamp) -> NewJob {
    job(ids, "settle", json!({ "ticket": id }), now)
}

/// Make the files of an issued invoice, and mail them to those who get it, if they were not since `now`.
pub(crate) fn invoice(ids: &mut Ids, id: InvoiceId, now: Timestamp) -> NewJob {
    job(ids, "invoice", json!({ "invoice": id, "at": now }), now)
}

/// Mail a published statement to a contact.
pub(crate) fn statement(ids: &mut Ids, id: StatementId, to: ContactId, now: Timestamp) -> NewJob {
    job(ids, "statement", json!({ "statement": id, "contact": to }), now)
}

/// Mail to a contact what its customer is asked to confirm.
pub(crate) fn approval(ids: &mut Ids, id: ApprovalId, to: ContactId, now: Timestamp) -> NewJob {
    job(ids, "approval", json!({ "approval": id, "contact": to }), now)
}

/// Make the lines of a ticket that was resolved or closed, not before then.
pub(crate) fn charge(ids: &mut Ids, id: TicketId, at: Timestamp) -> NewJob {
    job(ids, "charge", json!({ "ticket": id }), at)
}

/// Write about an incident to whom a ticket is.
pub(crate) fn inform(
    ids: &mut Ids,
    incident: IncidentId,
    update: UpdateId,
    ticket: TicketId,
    now: Timestamp,
) -> NewJob {
    job(ids, "inform", json!({ "incident": incident, "update": update, "ticket": ticket }), now)
}

impl App {
    /// Tells the worker of this process that there is something to do.
    pub fn wake(&self) {
        self.work.notify_one();
    }
}

/// Works until told to stop: jobs as they come due, and what recurs.
pub async fn run(app: &App, worker: &str, stop: watch::Receiver<bool>) {
    tokio::join!(work(app, worker, Share::Own, stop.clone()), work(app, worker, Share::Slow, stop));
}

/// Which jobs a loop of the worker does.
#[derive(Clone, Copy)]
enum Share {
    /// Those that end soon, and what recurs.
    Own,
    /// Those that wait for strangers.
    Slow,
}

async fn work(app: &App, worker: &str, share: Share, mut stop: watch::Receiver<bool>) {
    let mut complained: Option<Timestamp> = None;
    loop {
        let done = match share {
            Share::Own => own(app, worker).await,
            Share::Slow => due(app, worker, SLOW).await,
        };
        match done {
            Ok(0) => {}
            Ok(_) => continue,
            // A full disk fails every round: said once a minute, not at every try.
            Err(error) => {
                let now = app.now();
                if complained.is_none_or(|at| now.duration_since(at) > SignedDuration::from_secs(60)) {
                    error!(%error, "The worker cannot work");
                    complained = Some(now);
                }
                tokio::time::sleep(NAP).await;
            }
        }
        // One is woken: who has something to do for somebody who waits.
        let woken = async {
            match share {
                Share::Own => app.work.notified().await,
                Share::Slow => std::future::pending().await,
            }
        };
        tokio::select! {
            () = woken => {}
            () = tokio::time::sleep(NAP) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// Takes over what dead workers held, for a worker that knows that it is the only one.
///
/// # Errors
/// As the database says.
pub async fn take_over(app: &App) -> Result<()> {
    let now = app.now();
    let free = app.store.system_write(move |tx| Box::pin(async move { queue::free(tx, now).await })).await;
    let freed = free.map_err(|e: store::Error| Error::from(e))?;
    if freed > 0 {
        info!(jobs = freed, "Took over the jobs of a worker that has ended");
    }
    Ok(())
}

/// Does what is due now; how much that was.
///
/// # Errors
/// As the database says. The failure of a job is its own affair.
pub async fn round(app: &App, worker: &str) -> Result<usize> {
    Ok(own(app, worker).await? + due(app, worker, SLOW).await?)
}

async fn own(app: &App, worker: &str) -> Result<usize> {
    let recurring = recur(app).await?;
    Ok(recurring + due(app, worker, KINDS).await?)
}

/// Does the jobs of these kinds that are due now; how many that were.
async fn due(app: &App, worker: &str, kinds: &'static [&'static str]) -> Result<usize> {
    let now = app.now();
    let until = now.checked_add(LEASE).unwrap_or(now);
    let claim = queue::Claim { worker: worker.to_owned(), kinds, now, until, max: BATCH };
    let jobs = queue::claim(&app.store, claim).await?;
    let count = jobs.len();
    let mut tasks = JoinSet::new();
    for job in jobs {
        let app = app.clone();
        tasks.spawn(async move { attend(&app, job).await });
    }
    // All of them end, whatever became of one: what is dropped here would be held until the end of its lease.
    let mut ended = Ok(());
    while let Some(done) = tasks.join_next().await {
        match done {
            Ok(result) => ended = ended.and(result),
            Err(panic) => error!(%panic, "A job panicked; its lease will end"),
        }
    }
    ended.map(|()| count)
}

/// Tries one job, and notes what became of it.
async fn attend(app: &App, job: Job) -> Result<()> {
    let outcome = match perform(app, &job).await {
        Ok(Outcome::Ended) => return Ok(()),
        // The ticket or the desk is gone, or somebody else has done it.
        Ok(Outcome::Done) | Err(Error::NotFound(_) | Error::Stale) => None,
        Ok(Outcome::Again(at, why)) => Some((at, why)),
        Err(error) => {
            if job.attempts >= TRIES && !matches!(error, Error::Unavailable(_)) {
                error!(job.id = %job.id, job.kind = %job.kind, %error, "Gave a job up");
                let why = error.to_string();
                return end(app, move |tx| {
                    let (job, why) = (job.clone(), why.clone());
                    Box::pin(async move { queue::give_up(tx, &job, &why).await })
                })
                .await;
            }
            let wait = 1_i64 << job.attempts.clamp(0, 12);
            let now = app.now();
            let at = now.checked_add(SignedDuration::from_secs(wait)).unwrap_or(now);
            warn!(job.id = %job.id, job.kind = %job.kind, %error, "A job failed and will be tried again");
            Some((at, error.to_string()))
        }
    };
    end(app, move |tx| {
        let (job, outcome) = (job.clone(), outcome.clone());
        Box::pin(async move {
            match outcome {
                None => queue::complete(tx, &job).await,
                Some((at, why)) => queue::retry_at(tx, &job, at, &why).await,
            }
        })
    })
    .await
}

/// Ends the hold of a job. That somebody else has it by now is no fault. While the database is away it is waited for:
/// what nobody ends is held until the end of its lease, long after the database is back.
async fn end<F>(app: &App, unit: F) -> Result<()>
where
    F: for<'t> Fn(&'t mut store::System) -> store::BoxFuture<'t, Result<(), store::Error>>
        + Clone
        + Send
        + Sync
        + 'static,
{
    use store::Error as E;
    for _ in 0..PATIENCE {
        match app.store.system_write(unit.clone()).await {
            Err(E::Unavailable(_) | E::Busy(_)) => tokio::time::sleep(NAP).await,
            Err(E::Stale) => return Ok(()),
            other => return Ok(other?),
        }
    }
    Err(Error::Unavailable("the hold of a job could not be ended".into()))
}

async fn perform(app: &App, job: &Job) -> Result<Outcome> {
    let desk = job.desk().ok_or(Error::NotFound("desk"))?;
    let payload: Payload = serde_json::from_value(job.payload.clone()).map_err(Error::internal)?;
    let missing = || Error::internal(anyhow::anyhow!("a job of kind {} lacks its id", job.kind));
    match job.kind.as_str() {
        "intake" => intake::process(app, desk, payload.inbox.ok_or_else(missing)?, job).await,
        "send" => post::deliver(app, desk, payload.outgoing.ok_or_else(missing)?).await,
        "acknowledge" => post::acknowledge(app, desk, payload.ticket.ok_or_else(missing)?, job).await,
        "resolved" => post::resolved(app, desk, payload.ticket.ok_or_else(missing)?, payload.at, job).await,
        "notify" => {
            let agent = payload.agent.ok_or_else(missing)?;
            let occasion = payload.occasion.ok_or_else(missing)?;
            post::notify(app, desk, payload.ticket.ok_or_else(missing)?, agent, occasion, job).await
        }
        "microsoft" => microsoft::look(app, desk, job).await,
        "follow" => handovers::follow(app, desk, job).await,
        "carry" => {
            let chain = payload.chain.as_deref().ok_or_else(missing)?;
            handovers::carry(app, desk, chain, payload.peer.ok_or_else(missing)?, job).await
        }
        "fetch" => handovers::fetch(app, desk, payload.fetch.ok_or_else(missing)?, job).await,
        "plan" => handovers::plan_due(app, desk, payload.peer.ok_or_else(missing)?, job).await,
        "offer_over" => handovers::expire_due(app, desk, payload.handover.ok_or_else(missing)?).await,
        "chase" => handovers::chase_due(app, desk, payload.handover.ok_or_else(missing)?).await,
        "settle" => handovers::settle(app, desk, payload.ticket.ok_or_else(missing)?).await,
        "statement" => {
            let contact = payload.contact.ok_or_else(missing)?;
            post::statement(app, desk, payload.statement.ok_or_else(missing)?, contact, job).await
        }
        "invoice" => {
            let since = payload.at.ok_or_else(missing)?;
            post::invoice(app, desk, payload.invoice.ok_or_else(missing)?, since).await
        }
        "approval" => {
            let contact = payload.contact.ok_or_else(missing)?;
            charging::mail(app, desk, payload.approval.ok_or_else(missing)?, contact, job).await
        }
        "suspension" => {
            let news = payload.news.ok_or_else(missing)?;
            let to = match (payload.agent, payload.contact) {
                (Some(agent), _) => suspensions::To::Agent(agent),
                (None, contact) => suspensions::To::Contact(contact.ok_or_else(missing)?),
            };
            suspensions::mail(app, desk, payload.suspension, news, to, job).await
        }
        "payables" => {
            let at = payload.at.ok_or_else(missing)?;
            payables::mail(app, desk, payload.agent.ok_or_else(missing)?, at, job).await
        }
        "charge" => charging::settle(app, desk, payload.ticket.ok_or_else(missing)?).await,
        "inform" => {
            let (incident, update) =
                (payload.incident.ok_or_else(missing)?, payload.update.ok_or_else(missing)?);
            incidents::inform(app, desk, incident, update, payload.ticket.ok_or_else(missing)?).await
        }
        other => Err(Error::internal(anyhow::anyhow!("no such kind of job: {other}"))),
    }
}

/// What recurs, and how often.
const RECURRING: &[(&str, SignedDuration)] = &[
    ("seal", SignedDuration::from_secs(5)),
    ("fold", SignedDuration::from_secs(30)),
    ("notice", SignedDuration::from_secs(30)),
    ("microsoft", SignedDuration::from_secs(30)),
    ("follow", SignedDuration::from_secs(15)),
    ("suspensions", SignedDuration::from_secs(30)),
    ("prepaid", SignedDuration::from_mins(10)),
    ("collections", SignedDuration::from_hours(1)),
    ("payables", SignedDuration::from_hours(1)),
    ("expire", SignedDuration::from_hours(1)),
    ("plans", SignedDuration::from_hours(24)),
];

/// Does what recurs, if it is due.
async fn recur(app: &App) -> Result<usize> {
    // Asking is cheap and disturbs nobody.
    let planned = app.store.system_read(|tx| Box::pin(store::lease::planned(tx))).await;
    let planned = planned.map_err(|e: store::Error| Error::from(e))?;
    let mut done = 0;
    for (name, every) in RECURRING {
        let now = app.now();
        if planned.iter().any(|(known, next_at)| known == name && *next_at > now) {
            continue;
        }
        let next = now.checked_add(*every).unwrap_or(now);
        let ours = app
            .store
            .system_write(move |tx| {
                Box::pin(async move {
                    store::lease::plan(tx, name, now).await?;
                    store::lease::due(tx, name, now, next).await
                })
            })
            .await
            .map_err(|e: store::Error| Error::from(e))?;
        if !ours {
            continue;
        }
        match *name {
            "expire" => expire(app, now).await?,
            _ => {
                for desk in desks(app).await? {
                    match *name {
                        "seal" => done += audit::seal(app, desk).await?,
                        "notice" => done += notices::sweep(app, desk).await?,
                        "microsoft" => done += microsoft::sweep(app, desk).await?,
                        "follow" => done += handovers::sweep(app, desk).await?,
                        "suspensions" => done += suspensions::sweep(app, desk).await?,
                        "plans" => done += handovers::ask_plans(app, desk).await?,
                        "collections" => done += collections::sweep(app, desk).await?,
                        "payables" => done += payables::sweep(app, desk).await?,
                        "prepaid" => done += charging::sweep(app, desk).await?,
                        _ => fold(app, desk).await?,
                    }
                }
            }
        }
    }
    Ok(done)
}

async fn desks(app: &App) -> Result<Vec<DeskId>> {
    let desks = app.store.system_read(|tx| Box::pin(store::installation::desks(tx))).await;
    Ok(desks.map_err(|e: store::Error| Error::from(e))?.into_iter().map(|desk| desk.id).collect())
}

async fn fold(app: &App, desk: DeskId) -> Result<()> {
    while app.store.write(desk, |tx| Box::pin(store::records::fold_counts(tx))).await.map_err(Error::from)?
        >= 1000
    {}
    Ok(())
}

async fn expire(app: &App, now: Timestamp) -> Result<()> {
    let day_ago = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    app.store
        .system_write(move |tx| Box::pin(async move { store::installation::expire(tx, now, day_ago).await }))
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    for desk in desks(app).await? {
        app.store
            .write(desk, move |tx| {
                Box::pin(async move {
                    store::undos::expire(tx, now).await?;
                    store::records::forget_answers(tx, day_ago).await
                })
            })
            .await
            .map_err(|e: store::Error| Error::from(e))?;
    }
    info!("Forgot what has expired");
    Ok(())
}
