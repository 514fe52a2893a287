//! What customers have bought: read whole again and again, one by one where somebody says that it changed, and compared
//! with what was known. Whatever changed without us is noted.

use std::sync::Arc;

use domain::{
    id::{ChangeId, DeskId},
    subscription::{
        Facts, Parent, Status,
        acts::{self as doing, Cause, Progress},
        dates, rules,
    },
};
use jiff::{SignedDuration, Timestamp};
use microsoft::{CustomerId, Reason, SubscriptionId, subscriptions as theirs};
use store::{
    Json, Tx,
    subscriptions::{self as kept, Change, Subscription, acts},
    tenants,
};

use super::{
    State, Trouble, What, clients, cut,
    look::Ended,
    readings::{LATER, PAGES, Reading},
};
use crate::{App, Error, Ids, Result};

/// Up to so many are read one by one; of more, all are read.
const FEW: i64 = 5;
/// A status that nobody saw begin counts from the reading before, if that was not longer ago than this.
const SEEN: SignedDuration = SignedDuration::from_hours(24);

/// What is known of a subscription, for the rules. `parent` is that to which it is an add-on, if it is known.
#[must_use]
pub fn facts(row: &Subscription, cloud: domain::cloud::Cloud, parent: Option<&Subscription>) -> Facts {
    Facts {
        era: row.era,
        status: row.status,
        cloud,
        quantity: row.quantity,
        counted: row.counted,
        trial: row.trial,
        auto_renew: row.auto_renew,
        scheduled: row.is_scheduled,
        term: row.term,
        term_began: row.term_began,
        term_ends: row.term_ends,
        cancel_until: row.cancel_until,
        refundable: row.refundable.as_ref().map(|parts| parts.0.clone()),
        status_since: row.status_since,
        parent: match (&row.parent, parent) {
            (None, _) => Parent::None,
            (Some(_), None) => Parent::Unknown,
            (Some(_), Some(parent)) => Parent::Stands(parent.status),
        },
        azure_active: row.azure_active,
    }
}

/// The same, with what the database has of its parent and its tenant.
///
/// # Errors
/// As the database says.
pub(crate) async fn facts_of(tx: &mut Tx, row: &Subscription) -> Result<Facts, store::Error> {
    let parent = match &row.parent {
        Some(parent) => kept::get(tx, parent).await?,
        None => None,
    };
    let tenant = tenants::get(tx, &row.tenant).await?;
    let cloud = tenant.map_or(domain::cloud::Cloud::Commercial, |tenant| tenant.cloud);
    Ok(facts(row, cloud, parent.as_ref()))
}

/// The subscriptions of a customer.
pub(super) async fn of_tenant(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.subscriptions().ok_or(Trouble::NotOffered)?;
    let Some(known) = of.known().await? else { return Ok(Ended::stands(State::Gone, LATER)) };
    if known.cloud != of.connection.cloud {
        return Err(Trouble::NotOffered);
    }
    let customer = of.tenant()?;
    if let Some(ended) = some(of, customer).await? {
        return Ok(ended);
    }
    let mut page = door.list(customer).await.map_err(|error| of.trouble(error))?;
    let (mut unreadable, mut pages) = (0, 1);
    loop {
        unreadable += page.unreadable;
        // Parents first, so that an add-on finds how that stands to which it belongs.
        page.items.sort_by_key(|one| one.parent.is_some());
        for one in page.items {
            let azure = azure(of, customer, &one).await?;
            take(of.app, of.desk, customer, one, azure, of.now).await?;
        }
        let Some(next) = page.next.take() else { break };
        if pages == PAGES {
            unreadable += 1;
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    if unreadable > 0 {
        let detail = format!("{unreadable} of the list could not be read");
        return Ok(Ended { detail, ..Ended::current() });
    }
    part_from_those_gone(of).await?;
    Ok(Ended::current())
}

/// Reads those that are said to have changed, if they are few and all were read of late. Nothing if all are to be read.
async fn some(of: &Reading<'_>, customer: CustomerId) -> Result<Option<Ended>, Trouble> {
    let next_whole = of.mirror.read_at.and_then(|at| at.checked_add(What::Subscriptions.every()).ok());
    let Some(left) = next_whole.map(|at| at.duration_since(of.now)).filter(jiff::SignedDuration::is_positive)
    else {
        return Ok(None);
    };
    if of.mirror.state != State::Current.word() {
        return Ok(None);
    }
    let tenant = of.mirror.tenant.clone();
    let unit = of.app.store.read::<_, store::Error, _>(of.desk, move |tx| {
        let tenant = tenant.clone();
        Box::pin(async move { kept::hinted(tx, &tenant, FEW + 1).await })
    });
    let hinted = unit.await?;
    let few = usize::try_from(FEW).unwrap_or_default();
    if hinted.is_empty() || hinted.len() > few {
        return Ok(None);
    }
    for id in hinted {
        let id: SubscriptionId =
            id.parse().map_err(|_| Error::internal(anyhow::anyhow!("a subscription that is no id")))?;
        match one(of.app, of.desk, &of.session, customer, id, of.now).await {
            Ok(_) => {}
            Err(error) if error.reason() == Some(Reason::Missing) => return Ok(None),
            Err(error) => return Err(of.trouble(error)),
        }
    }
    Ok(Some(Ended { next: Some(left), whole: false, ..Ended::current() }))
}

async fn azure(
    of: &Reading<'_>,
    customer: CustomerId,
    one: &theirs::Subscription,
) -> Result<Option<u32>, Trouble> {
    active(&of.session, customer, one).await.map_err(|error| of.trouble(error))
}

/// How many Azure subscriptions are active in a plan; none where that cannot be known.
async fn active(
    session: &microsoft::Session<'_>,
    customer: CustomerId,
    one: &theirs::Subscription,
) -> Result<Option<u32>, microsoft::Error> {
    let is_plan = one.era == Some(domain::subscription::Era::AzurePlan) && one.status == Status::Active;
    let Some(door) = session.subscriptions().filter(|_| is_plan) else { return Ok(None) };
    match door.entitlements(customer, one.id).await {
        Ok(page) if page.unreadable == 0 && page.next.is_none() => {
            Ok(u32::try_from(page.items.iter().filter(|one| one.active).count()).ok())
        }
        // More than a page, or something that nobody understands: that there are some is all that counts.
        Ok(page) => Ok(page.items.iter().any(|one| one.active).then_some(1)),
        Err(microsoft::Error::Refused(_)) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Reads one, and keeps it.
pub(super) async fn one(
    app: &App,
    desk: DeskId,
    session: &microsoft::Session<'_>,
    customer: CustomerId,
    id: SubscriptionId,
    now: Timestamp,
) -> Result<theirs::Subscription, microsoft::Error> {
    let door = session.subscriptions().ok_or(microsoft::Error::Unreadable("this cloud has none"))?;
    let found = door.get(customer, id).await?;
    if found.id != id {
        return Err(microsoft::Error::Unreadable("it is another subscription"));
    }
    let azure = active(session, customer, &found).await?;
    let kept = take(app, desk, customer, found.clone(), azure, now).await;
    kept.map_err(|error| microsoft::Error::Vault(error.to_string()))?;
    Ok(found)
}

/// Reads one now, for a person who wants to do something with it.
///
/// # Errors
/// As [`Trouble`] says.
pub(crate) async fn read_now(app: &App, desk: DeskId, row: &Subscription) -> Result<(), Trouble> {
    let (connection, client) = clients::client(app, desk).await?;
    let broken = || Error::internal(anyhow::anyhow!("a subscription that is no id"));
    let tenant = row.tenant.parse().map_err(|_| broken())?;
    let id = row.id.parse().map_err(|_| broken())?;
    let customer = clients::own_tenant(app, desk, connection.cloud, tenant).await?;
    let now = app.now();
    let session = client.at(now);
    if session.subscriptions().is_none() {
        return Err(Trouble::NotOffered);
    }
    one(app, desk, &session, customer, id, now).await.map_err(|error| Trouble::of(error, now))?;
    Ok(())
}

/// Keeps what was read, and what it tells: what changed and by whom, what lies ahead, what is done by now.
async fn take(
    app: &App,
    desk: DeskId,
    customer: CustomerId,
    found: theirs::Subscription,
    azure: Option<u32>,
    now: Timestamp,
) -> Result<()> {
    let arrival = Arc::new(Arrival { tenant: customer.to_string(), found, azure, ids: app.ids(now), now });
    app.store
        .write(desk, move |tx: &mut Tx| {
            let arrival = arrival.clone();
            Box::pin(async move { arrival.put(tx).await })
        })
        .await
}

struct Arrival {
    tenant: String,
    found: theirs::Subscription,
    azure: Option<u32>,
    ids: Ids,
    now: Timestamp,
}

impl Arrival {
    fn row(&self, before: Option<&Subscription>) -> Subscription {
        let found = &self.found;
        let status_since = match before {
            Some(before) if before.status == found.status => before.status_since,
            // It changed after it was read last: since then, at the earliest. After a long silence nobody knows.
            Some(before) => Some(before.read_at).filter(|at| self.now.duration_since(*at) <= SEEN),
            None => found.created.filter(|_| found.status == Status::Active),
        };
        Subscription {
            id: found.id.to_string(),
            tenant: self.tenant.clone(),
            offer: cut(&found.offer),
            name: cut(&found.name),
            nickname: cut(&found.nickname),
            era: found.era,
            status: found.status,
            quantity: found.quantity,
            counted: found.counted,
            trial: found.trial,
            auto_renew: found.auto_renew,
            term: found.term,
            billing: cut(&found.billing),
            created_at: found.created,
            term_began: found.term_began,
            term_ends: found.term_ends,
            cancel_until: found.cancel_until,
            refundable: found.refundable.clone().map(Json),
            is_scheduled: found.is_scheduled,
            scheduled: found.scheduled,
            parent: found.parent.map(|parent| parent.to_string()),
            azure_active: self.azure,
            status_since,
            hinted_at: None,
            gone_at: None,
            read_at: self.now,
        }
    }

    async fn put(&self, tx: &mut Tx) -> Result<()> {
        let id = self.found.id.to_string();
        let before = kept::get(tx, &id).await?;
        // The tenant of another customer does not take what is known as this one's.
        if before.as_ref().is_some_and(|before| before.tenant != self.tenant) {
            return Ok(());
        }
        let row = self.row(before.as_ref());
        let facts = facts_of(tx, &row).await?;
        let open = acts::open(tx, &id).await?;
        // What waits to be sent again may have arrived the first time.
        let shown = open.filter(|act| {
            (act.progress != Progress::Waiting || act.sent_at.is_some())
                && doing::shows(&facts, row.scheduled, act.action, act.quantity)
        });
        if let Some(before) = &before {
            self.compare(tx, before, &row, &facts, shown.is_some()).await?;
        }
        kept::put(tx, &row, &dates::days(rules::all(), &facts, self.now)).await?;
        if let Some(act) = shown {
            let from = act.progress;
            let done = acts::Act {
                progress: Progress::Done,
                ended_at: Some(self.now),
                draft: None,
                detail: String::new(),
                ..act
            };
            super::acts::end(tx, &done, from, &mut self.ids.after(), self.now).await?;
        }
        Ok(())
    }

    async fn compare(
        &self,
        tx: &mut Tx,
        before: &Subscription,
        row: &Subscription,
        facts: &Facts,
        ours: bool,
    ) -> Result<()> {
        let old = facts_of(tx, before).await?;
        let what = doing::differences((&old, before.scheduled), (facts, row.scheduled));
        if what.is_empty() {
            return Ok(());
        }
        let by_time = doing::is_by_time(rules::all(), &old, before.scheduled, facts, self.now);
        let cause = match (ours, by_time) {
            (true, _) => Cause::Ours,
            (false, true) => Cause::Time,
            (false, false) => Cause::Elsewhere,
        };
        let mut ids = self.ids.clone();
        let change = Change {
            id: ids.next(ChangeId::new),
            subscription: row.id.clone(),
            at: self.now,
            cause,
            what: Json(what),
        };
        Ok(kept::add_change(tx, &change).await?)
    }
}

/// What the list does not have any more has gone, and says so.
async fn part_from_those_gone(of: &Reading<'_>) -> Result<(), Trouble> {
    let (now, tenant) = (of.now, of.mirror.tenant.clone());
    let unit = of.app.store.write::<_, store::Error, _>(of.desk, move |tx: &mut Tx| {
        let tenant = tenant.clone();
        Box::pin(async move {
            for row in kept::of_tenant(tx, &tenant).await? {
                if row.read_at < now && row.gone_at.is_none() {
                    let gone = Subscription { gone_at: Some(now), hinted_at: None, ..row };
                    kept::put(tx, &gone, &[]).await?;
                }
            }
            Ok(())
        })
    });
    Ok(unit.await?)
}
