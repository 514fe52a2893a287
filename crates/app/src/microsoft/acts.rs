//! What somebody wants done with a subscription, from the decision to the reading that shows it.
//!
//! It is stored before Microsoft is asked, and every step before the next call. Before anything is sent the subscription is
//! read: if it is not as it was when this was decided, or a rule stands against it by now, nothing is sent. Nothing is done
//! because Microsoft says so; it is done when a reading shows it.

use domain::{
    deed::Deed,
    id::DeskId,
    subscription::{
        Action, Facts, Status,
        acts::Progress,
        guard::{self, Verdict, Wish},
        rules,
    },
    ticket::timeline::{Actor, Party},
};
use jiff::{SignedDuration, Timestamp};
use microsoft::{
    Client, CustomerId, RequestId, SubscriptionId,
    subscriptions::{Change, Draft, Subscription as Theirs, Written},
};
use serde_json::json;
use sha2::{Digest as _, Sha256};
use store::{
    Json, Tx,
    microsoft::Connection,
    people, records,
    subscriptions::{
        self as kept, Subscription,
        acts::{self, Act},
    },
};
use text::Words;

use super::{Trouble, clients, cut, subscriptions as mirror};
use crate::{
    App, Error, Ids, Result, audit, desks, post,
    suspensions::{self, Go},
    who,
};

/// For how long something that could not be sent is tried; and for how long the reading may take to show it.
const PATIENCE: SignedDuration = SignedDuration::from_hours(24);
/// When something is looked at again that Microsoft has taken, or is busy with.
const SOON: SignedDuration = SignedDuration::from_mins(2);
/// When something is looked at again that may not be sent now.
const LATER: SignedDuration = SignedDuration::from_secs(30);
/// And where a person has to sign in first.
const CONSENT: SignedDuration = SignedDuration::from_mins(15);

/// A mark of all that a decision rests on.
#[must_use]
pub fn mark(facts: &Facts, scheduled: Option<u32>) -> String {
    let Facts { era, status, quantity, auto_renew, term_ends, parent, azure_active, trial, .. } = facts;
    let text = format!(
        "{era:?} {status} {quantity} {auto_renew} {term_ends:?} {parent:?} {azure_active:?} {trial} {scheduled:?}"
    );
    Sha256::digest(text).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}

/// Writes that something ended, and who has to know is told.
pub(super) async fn end(tx: &mut Tx, act: &Act, from: Progress, ids: &mut Ids, now: Timestamp) -> Result<()> {
    acts::set(tx, act, from).await?;
    let what = json!({ "act": act.id, "progress": act.progress });
    let entry = audit::act(ids, now, Actor::System, Deed::SubscriptionEnd, &act.subscription, what);
    Ok(records::audit(tx, &entry).await?)
}

/// Does one thing that is due, or a step of it; whether there was one.
///
/// # Errors
/// As the database says: what Microsoft says is noted.
pub(super) async fn step(app: &App, desk: DeskId, connection: &Connection, client: &Client) -> Result<bool> {
    let now = app.now();
    let due = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| Box::pin(async move { acts::due(tx, now, 1).await }));
    let Some(act) = due.await?.into_iter().next() else { return Ok(false) };
    let doing = Doing { app, desk, connection, client, now };
    match doing.step(act).await {
        // Somebody moved it meanwhile, or the reading ended it.
        Ok(()) | Err(Error::Stale) => Ok(true),
        Err(error) => Err(error),
    }
}

struct Doing<'a> {
    app: &'a App,
    desk: DeskId,
    connection: &'a Connection,
    client: &'a Client,
    now: Timestamp,
}

impl Doing<'_> {
    async fn step(&self, act: Act) -> Result<()> {
        let began = act.sent_at.unwrap_or(act.asked_at);
        let is_late = self.now.duration_since(began) > PATIENCE;
        // What nobody sent for so long is not sent any more, whatever the clock did; what may have been sent is read first.
        if is_late && act.progress == Progress::Waiting && act.sent_at.is_none() {
            return self.end(act, Progress::Expired, String::new()).await;
        }
        let (customer, id) = match self.place(&act).await {
            Ok(place) => place,
            Err(Trouble::Ours(Error::NotFound(_)) | Trouble::NotOffered) => {
                return self.end(act, Progress::Refused, String::new()).await;
            }
            Err(trouble) => return self.later(act, trouble).await,
        };
        let session = self.client.at(self.now);
        let found = match mirror::one(self.app, self.desk, &session, customer, id, self.now).await {
            Ok(found) => found,
            Err(error) => return self.later(act, Trouble::of(error, self.now)).await,
        };
        // The reading has ended it, if it shows it.
        let (subscription, act_id) = (act.subscription.clone(), act.id);
        let unit = self.app.store.read::<_, store::Error, _>(self.desk, move |tx| {
            let subscription = subscription.clone();
            Box::pin(async move {
                let row = kept::get(tx, &subscription).await?;
                let facts = match &row {
                    Some(row) => Some(mirror::facts_of(tx, row).await?),
                    None => None,
                };
                Ok((acts::get(tx, act_id).await?, row.zip(facts)))
            })
        });
        let (act, Some((row, facts))) = unit.await? else { return Ok(()) };
        let Some(act) = act.filter(|act| act.ended_at.is_none()) else { return Ok(()) };
        match act.progress {
            Progress::Taken if is_late => self.end(act, Progress::Lost, String::new()).await,
            Progress::Taken => self.wait(act, SOON, String::new()).await,
            Progress::Sent if is_late => self.end(act, Progress::Lost, String::new()).await,
            Progress::Waiting if is_late => self.end(act, Progress::Expired, String::new()).await,
            _ => self.send(act, &row, &facts, &found, (customer, id)).await,
        }
    }

    async fn place(&self, act: &Act) -> Result<(CustomerId, SubscriptionId), Trouble> {
        let broken = || Error::internal(anyhow::anyhow!("a subscription that is no id"));
        let tenant = act.tenant.parse().map_err(|_| broken())?;
        let id = act.subscription.parse().map_err(|_| broken())?;
        Ok((clients::own_tenant(self.app, self.desk, self.connection.cloud, tenant).await?, id))
    }

    /// Sends it, if it is still as it was decided and no rule stands against it.
    async fn send(
        &self,
        act: Act,
        row: &Subscription,
        facts: &Facts,
        found: &Theirs,
        place: (CustomerId, SubscriptionId),
    ) -> Result<()> {
        if mark(facts, row.scheduled) != act.seen {
            return self.end(act, Progress::Overtaken, String::new()).await;
        }
        let wish = Wish { action: act.action, quantity: act.quantity };
        match guard::ask(rules::all(), facts, wish, self.now) {
            Verdict::Allowed { .. } => {}
            Verdict::Refused { rule, .. } => {
                return self.end(act, Progress::Forbidden, rule.id.clone()).await;
            }
            Verdict::Unknown { .. } => return self.end(act, Progress::Forbidden, String::new()).await,
        }
        let from = act.progress;
        // What is sent again is sent as it was, under the same id: Microsoft does it once.
        let known = act.draft.as_ref().filter(|_| act.attempt.is_some());
        let draft = match known {
            Some(draft) => read_draft(&draft.0),
            None => found.draft(change(act.action, act.quantity)),
        };
        let attempt = act.attempt.unwrap_or_else(|| RequestId::new().0);
        let before = act.clone();
        let sent = Act {
            progress: Progress::Sent,
            attempt: Some(attempt),
            draft: Some(Json(json!({ "body": draft.body, "etag": draft.etag }))),
            tries: act.tries + 1,
            sent_at: act.sent_at.or(Some(self.now)),
            next_at: self.after(SOON),
            ..act
        };
        match self.pass(&sent, from).await? {
            Go::On => {}
            Go::Later => {
                let waits = Act { next_at: self.after(LATER), ..before };
                return self.set(&waits, from).await;
            }
            Go::Stop => return self.end(before, Progress::Withdrawn, String::new()).await,
        }
        let session = self.client.at(self.now);
        let Some(door) = session.subscriptions() else {
            return self.end(sent, Progress::Refused, String::new()).await;
        };
        let written = door.patch(place.0, place.1, &draft, RequestId(attempt)).await;
        match written {
            Ok(written) => self.taken(sent, &written, place).await,
            Err(error) => self.failed(sent, error).await,
        }
    }

    /// Microsoft has taken it. It is done when the reading shows it, and that may be now.
    async fn taken(&self, act: Act, written: &Written, place: (CustomerId, SubscriptionId)) -> Result<()> {
        let from = act.progress;
        let taken =
            Act { progress: Progress::Taken, attempt: None, draft: None, next_at: self.after(SOON), ..act };
        self.set(&taken, from).await?;
        if matches!(written, Written::Now(_)) {
            let session = self.client.at(self.now);
            // What goes wrong here is met again when it is looked at next.
            drop(mirror::one(self.app, self.desk, &session, place.0, place.1, self.now).await);
        }
        Ok(())
    }

    /// It was sent, and did not end well.
    async fn failed(&self, act: Act, error: microsoft::Error) -> Result<()> {
        use microsoft::{Error as E, Reason};
        let keeps = error.keeps_request_id();
        let from = act.progress;
        let attempt = act.attempt.filter(|_| keeps);
        let back = |progress, wait: SignedDuration, detail: String| Act {
            progress,
            attempt,
            next_at: self.after(wait),
            detail,
            ..act.clone()
        };
        let moved = match &error {
            E::Refused(refusal) => match refusal.reason() {
                // Somebody was faster, or Microsoft is busy with it: what is read next decides.
                Reason::Stale => back(Progress::Waiting, SignedDuration::from_secs(5), String::new()),
                Reason::Busy => back(Progress::Waiting, SOON, cut(&refusal.description)),
                Reason::SignIn => back(Progress::Waiting, CONSENT, cut(&refusal.description)),
                Reason::Role
                | Reason::NeedsAgent
                | Reason::Relationship
                | Reason::Missing
                | Reason::Invalid => {
                    return self.end(act, Progress::Refused, cut(&refusal.description)).await;
                }
            },
            E::Throttled { until } | E::NotYet { until } => {
                let wait = until.duration_since(self.now);
                // Held back by an earlier answer, this one never left, or nobody knows of the one before.
                let progress = if act.tries == 1 { Progress::Waiting } else { Progress::Sent };
                back(progress, wait, String::new())
            }
            E::Consent(why) => back(Progress::Waiting, CONSENT, cut(why)),
            // It may have had its effect: the next reading tells.
            E::Unanswered(_) | E::Failed(_) | E::Unreadable(_) | E::OtherCloud(_) | E::Vault(_) => {
                back(Progress::Sent, SOON, cut(&error.to_string()))
            }
        };
        self.set(&moved, from).await
    }

    /// It could not even be read: nothing is done on an old reading.
    async fn later(&self, act: Act, trouble: Trouble) -> Result<()> {
        match trouble {
            Trouble::Ours(error) => Err(error),
            Trouble::Later { at, why, .. } => {
                let wait = at.duration_since(self.now).max(SignedDuration::from_secs(30));
                self.wait(act, wait, why).await
            }
            Trouble::Consent(why) => self.wait(act, CONSENT, why).await,
            Trouble::NotConnected => self.wait(act, CONSENT, String::new()).await,
            Trouble::NotOffered => self.end(act, Progress::Refused, String::new()).await,
            // What was sent is not known to be refused by a reading that is.
            Trouble::Refused { words, .. } if act.progress == Progress::Waiting => {
                self.end(act, Progress::Refused, words).await
            }
            Trouble::Refused { words, .. } => {
                let began = act.sent_at.unwrap_or(act.asked_at);
                if self.now.duration_since(began) > PATIENCE {
                    return self.end(act, Progress::Lost, words).await;
                }
                self.wait(act, CONSENT, words).await
            }
        }
    }

    fn after(&self, wait: SignedDuration) -> Timestamp {
        self.now.checked_add(wait).unwrap_or(self.now)
    }

    async fn wait(&self, act: Act, wait: SignedDuration, detail: String) -> Result<()> {
        let from = act.progress;
        self.set(&Act { next_at: self.after(wait), detail, ..act }, from).await
    }

    /// Notes that it is sent, if whoever decides on it still says so in the same transaction.
    async fn pass(&self, sent: &Act, from: Progress) -> Result<Go> {
        let (now, unit) = (self.now, std::sync::Arc::new((sent.clone(), self.app.ids(self.now))));
        let unit = self.app.store.write(self.desk, move |tx: &mut Tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (sent, ids) = &*unit;
                let go = suspensions::gate(tx, &mut ids.after(), sent, from, now).await?;
                if go == Go::On {
                    acts::set(tx, sent, from).await?;
                }
                Ok::<_, Error>(go)
            })
        });
        unit.await
    }

    async fn set(&self, act: &Act, from: Progress) -> Result<()> {
        let act = act.clone();
        self.app
            .store
            .write(self.desk, move |tx: &mut Tx| {
                let act = act.clone();
                Box::pin(async move { Ok::<_, Error>(acts::set(tx, &act, from).await?) })
            })
            .await
    }

    async fn end(&self, act: Act, progress: Progress, detail: String) -> Result<()> {
        let (from, now) = (act.progress, self.now);
        let ended =
            Act { progress, detail, ended_at: Some(now), attempt: None, draft: None, next_at: now, ..act };
        let letter = self.letter(&ended).await?;
        let ids = self.app.ids(now);
        let unit = std::sync::Arc::new((ended, letter, ids));
        self.app
            .store
            .write(self.desk, move |tx: &mut Tx| {
                let unit = unit.clone();
                Box::pin(async move {
                    let (act, letter, ids) = &*unit;
                    end(tx, act, from, &mut ids.after(), now).await?;
                    if let Some(letter) = letter {
                        letter.put(tx, now).await?;
                    }
                    Ok::<_, Error>(())
                })
            })
            .await
    }

    /// The letter to who decided it, if it did not end as it was to.
    async fn letter(&self, act: &Act) -> Result<Option<post::Outbound>> {
        if !act.progress.is_trouble() {
            return Ok(None);
        }
        let (agent, subscription) = (act.agent, act.subscription.clone());
        let unit = self.app.store.read::<_, Error, _>(self.desk, move |tx| {
            let subscription = subscription.clone();
            Box::pin(async move {
                let name = kept::get(tx, &subscription).await?.map(|row| row.name).unwrap_or_default();
                Ok((people::agent(tx, agent).await?, desks::public_name(tx).await?, name))
            })
        });
        let (Some(agent), desk_name, name) = unit.await? else { return Ok(None) };
        let words = Words::new(agent.lang);
        let link = format!("{}/subscriptions/{}", self.app.config.base_url, act.subscription);
        let detail = match act.progress {
            Progress::Forbidden if !act.detail.is_empty() => {
                words.word("subscription-rule", &act.detail).into_owned()
            }
            _ => act.detail.clone(),
        };
        let letter = text::mail::subscription(
            words,
            &text::mail::SubscriptionNews {
                action: act.action,
                progress: act.progress,
                name: &name,
                detail: &detail,
                desk: &desk_name,
                link: &link,
                zone: &who::zone(&agent.timezone),
                asked_at: act.asked_at,
            },
        );
        let to = Party { name: agent.name, email: agent.email.to_string() };
        let mut ids = self.app.ids(self.now);
        Ok(Some(post::notice(self.app, self.desk, &mut ids, self.now, to, &letter).await?))
    }
}

fn read_draft(stored: &serde_json::Value) -> Draft {
    Draft { body: stored["body"].clone(), etag: stored["etag"].as_str().map(ToOwned::to_owned) }
}

/// The difference that an action makes.
fn change(action: Action, quantity: Option<u32>) -> Change {
    let quantity = quantity.unwrap_or(0);
    match action {
        Action::Add | Action::Reduce => Change::Quantity(quantity),
        Action::RenewOn => Change::AutoRenew(true),
        Action::RenewOff => Change::AutoRenew(false),
        Action::Cancel => Change::Status(Status::Deleted),
        Action::Suspend => Change::Status(Status::Suspended),
        Action::Reactivate => Change::Status(Status::Active),
        Action::Schedule => Change::Schedule(quantity),
        Action::Unschedule => Change::Unschedule,
    }
}
