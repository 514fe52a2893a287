//! Notices: the daily look, what is given, and what stops it.

use std::sync::Arc;

use domain::{
    access::Permission,
    collections::standing::Step,
    deed::Deed,
    id::{AgentId, CustomerId, DeskId, NoticeId, OutgoingId},
    money::Money,
    ticket::timeline::{Actor, Party},
};
use jiff::{Timestamp, civil::Date};
use serde_json::json;
use store::{
    Json, Tx,
    collections::{self as kept, Brake, Notice},
    outgoing, people, records,
};
use text::{Words, mail as letters};

use super::{Held, overview, standing_in, sums};
use crate::{Agent, App, Error, Result, audit, post, receivables::day, who::zone};

/// How many days a desk may be away before its clock has jumped.
const AWAY: i32 = 3;

/// What is decided about notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Switch {
    /// They are given.
    Live,
    /// It is only said what would be given.
    DryRun,
    /// Nothing is given until somebody releases it.
    Stop,
    /// Somebody has looked: it goes on.
    Release,
}

/// Decides about notices.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn switch(app: &App, agent: &Agent, to: Switch) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let data = json!({ "to": format!("{to:?}").to_lowercase() });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::CollectionSwitch, &agent.desk, data);
    app.store
        .write(agent.desk, move |tx| {
            let act = act.clone();
            Box::pin(async move {
                let mut desk = kept::desk(tx).await?;
                match to {
                    Switch::Live => desk.live = true,
                    Switch::DryRun => desk.live = false,
                    Switch::Stop => desk.brake = Some(Brake::Person),
                    Switch::Release => {
                        desk.looked_on = Some(today(tx, now).await?);
                        // Who has seen that there are many today need not say so again.
                        if desk.brake == Some(Brake::Many) {
                            desk.released_on = desk.looked_on;
                        }
                        desk.brake = None;
                    }
                }
                kept::set_desk(tx, &desk).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await
}

async fn today(tx: &mut Tx, now: Timestamp) -> Result<Date> {
    let (settings, _) = people::settings(tx).await?;
    Ok(day(now, &zone(&settings.timezone)))
}

/// Notes that the desk looks today, which is the answer if it may give something: not in a dry run, not while the brake is on
/// or the desk comes from a backup. A clock that jumped puts the brake on.
async fn look(app: &App, desk: DeskId) -> Result<Option<Date>> {
    let now = app.now();
    app.store
        .write(desk, move |tx| {
            Box::pin(async move {
                let (mut state, today) = (kept::desk(tx).await?, today(tx, now).await?);
                let away = state.looked_on.map_or(0, |last| (today - last).get_days());
                if state.live && state.brake.is_none() && !(0..=AWAY).contains(&away) {
                    state.brake = Some(Brake::Clock);
                }
                if state.looked_on != Some(today) || state.brake == Some(Brake::Clock) {
                    state.looked_on = Some(today);
                    kept::set_desk(tx, &state).await?;
                }
                let may = state.live && state.brake.is_none() && !store::suspensions::is_muted(tx).await?;
                Ok::<_, Error>(may.then_some(today))
            })
        })
        .await
}

/// Gives the notices of a desk that are due today and need nobody's yes; how many that were.
pub(crate) async fn sweep(app: &App, desk: DeskId) -> Result<usize> {
    let Some(today) = look(app, desk).await? else { return Ok(0) };
    let all = overview(app, desk).await?;
    let policy = &all.held.policy;
    let may = |stage: usize| {
        policy.stages.get(stage).is_some_and(|stage| !stage.approval || stage.effect.scope().is_some())
    };
    let due: Vec<_> = all
        .rows
        .iter()
        .filter(|row| row.is_reachable)
        .filter_map(|row| Some((row.party.id, row.standing.notice.clone()?)))
        .filter(|(_, step)| may(step.stage))
        .collect();
    let given = app
        .store
        .read::<_, Error, _>(desk, |tx| Box::pin(async move { Ok(kept::notices(tx, None).await?) }))
        .await?;
    let now = app.now();
    let day_ago = now.checked_sub(jiff::SignedDuration::from_hours(24)).unwrap_or(now);
    let lately = given.iter().filter(|one| one.notice.at > day_ago).count();
    let is_many = due.len() + lately > usize::try_from(policy.most_a_day).unwrap_or(usize::MAX);
    if is_many && !due.is_empty() && all.desk.released_on != Some(today) {
        app.store
            .write(desk, |tx| {
                Box::pin(async move {
                    let state = kept::desk(tx).await?;
                    let state = kept::Desk { brake: state.brake.or(Some(Brake::Many)), ..state };
                    Ok::<_, Error>(kept::set_desk(tx, &state).await?)
                })
            })
            .await?;
        return Ok(0);
    }
    let mut done = 0;
    for (customer, step) in due {
        match send(app, desk, customer, &all.held, &step, None).await {
            Ok(()) => done += 1,
            // It changed in the meantime: the next look decides again.
            Err(Error::Stale | Error::NotFound(_) | Error::Refused(_)) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(done)
}

/// Keeps the mail of a notice from going out if something that it speaks of does not count any more: it was paid, disputed,
/// promised; whether it does. Where nobody has the notice, it counts as never given: what is left is said anew.
pub(crate) async fn overtaken(app: &App, desk: DeskId, mail: OutgoingId) -> Result<bool> {
    let now = app.now();
    app.store
        .write(desk, move |tx| {
            Box::pin(async move {
                let Some((notice, customer)) = kept::notice_of(tx, mail).await? else { return Ok(false) };
                let all = kept::notices(tx, Some(customer)).await?;
                let Some(given) = all.into_iter().find(|one| one.notice.id == notice) else {
                    return Ok(false);
                };
                let (_, _, standing) = standing_in(tx, customer, now).await?;
                let counts = |id| standing.items.iter().any(|item| item.id == id && item.counts() > 0);
                if given.invoices.iter().all(|id| counts(*id)) && given.notice.lost_at.is_none() {
                    return Ok(false);
                }
                for to in outgoing::recipients(tx, mail).await? {
                    let failed = outgoing::Delivery::Failed;
                    outgoing::set_recipient(tx, mail, &to.address, failed, "not owed any more", now).await?;
                }
                outgoing::set_state(tx, mail, outgoing::State::Done).await?;
                let others =
                    given.mails.iter().filter(|(_, state)| *state != outgoing::Delivery::Failed).count();
                // This one is among them: nobody else has it, or still gets it.
                if others <= 1 && given.notice.lost_at.is_none() {
                    kept::lose(tx, customer, notice, now).await?;
                }
                Ok::<_, Error>(true)
            })
        })
        .await
}

/// Gives a customer the notice that is due today, because a person says so: in a dry run, and where the stage asks for it.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`]; `nothing-due`, `no-billing-contact`, `stopped` while the brake is on.
pub async fn give(app: &App, agent: &Agent, customer: CustomerId) -> Result<()> {
    agent.require(Permission::ReceivablesManage)?;
    let now = app.now();
    let (state, held, standing) = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let (held, _, standing) = standing_in(tx, customer, now).await?;
                Ok::<_, Error>((kept::desk(tx).await?, held, standing))
            })
        })
        .await?;
    if state.brake.is_some() {
        return Err(Error::Refused("stopped"));
    }
    let step = standing.notice.ok_or(Error::Refused("nothing-due"))?;
    send(app, agent.desk, customer, &held, &step, Some((agent.id, agent.actor()))).await
}

/// Mails a notice, if it is due as it was seen: that is read again in the transaction that keeps it.
async fn send(
    app: &App,
    desk: DeskId,
    customer: CustomerId,
    held: &Held,
    step: &Step,
    by: Option<(AgentId, Actor)>,
) -> Result<()> {
    let now = app.now();
    let mut ids = app.ids(now);
    let (to, desk_name, slug, items, next) = facts(app, desk, customer, step, now).await?;
    if to.is_empty() {
        return Err(Error::Refused("no-billing-contact"));
    }
    let stage = held.policy.stages.get(step.stage).ok_or(Error::Stale)?;
    let mut mails = Vec::new();
    for contact in to {
        let Some(email) = contact.email.as_ref() else { continue };
        let letter = letters::collection(
            Words::new(contact.lang),
            &letters::Collection {
                desk: &desk_name,
                name: &contact.name,
                effect: stage.effect,
                items: &items,
                total: &sums(items.iter().map(|(_, _, open)| *open)),
                next: next.and_then(|(place, on)| Some((held.policy.stages.get(place)?.effect, on))),
                link: &format!("{}/help/invoices?desk={slug}", app.config.base_url),
            },
        );
        let party = Party { name: contact.name.clone(), email: email.to_string() };
        mails.push(post::collection(app, desk, &mut ids, now, party, &letter).await?);
    }
    let notice = Notice {
        id: ids.next(NoticeId::new),
        customer,
        stage: stage.key.clone(),
        policy: held.version,
        given_on: day(now, &jiff::tz::TimeZone::UTC),
        owed: Json(sums(items.iter().map(|(_, _, open)| *open))),
        agent: by.as_ref().map(|(agent, _)| *agent),
        at: now,
        lost_at: None,
    };
    let actor = by.map_or(Actor::System, |(_, actor)| actor);
    let data = json!({ "notice": notice.id, "stage": notice.stage });
    let act = audit::act(&mut ids, now, actor, Deed::CollectionNotice, &customer, data);
    let unit = Arc::new((notice, act, mails, step.clone(), items));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (notice, act, mails, step, items) = &*unit;
                let (held, facts, standing) = standing_in(tx, customer, now).await?;
                // Paid, disputed or decided otherwise since: what the letter says has to be so when it is kept.
                let is_so = standing.notice.as_ref() == Some(step)
                    && held.version == notice.policy
                    && *items == listed(tx, customer, step, &standing.items).await?;
                if !is_so || kept::desk(tx).await?.brake.is_some() {
                    return Err(Error::Stale);
                }
                let mut sent = Vec::new();
                for mail in mails {
                    if mail.put(tx, now).await? {
                        sent.push(mail.id());
                    }
                }
                if sent.is_empty() {
                    return Err(Error::Refused("no-billing-contact"));
                }
                let notice = Notice { given_on: facts.today, ..notice.clone() };
                kept::give(tx, &notice, step.invoices.iter().copied(), &sent).await?;
                Ok(records::audit(tx, act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(())
}

/// The invoices of which a notice speaks: number, due, what counts.
type Listed = Vec<(String, Date, Money)>;

async fn listed(
    tx: &mut Tx,
    customer: CustomerId,
    step: &Step,
    items: &[domain::collections::standing::Item],
) -> Result<Listed> {
    let open = store::receivables::ledger::open_of(tx, customer).await?;
    let label = |id| open.iter().find(|one| one.id == id).map(|one| one.label.clone()).unwrap_or_default();
    let of = items.iter().filter(|item| step.invoices.contains(&item.id));
    Ok(of
        .map(|item| (label(item.id), item.due, Money { minor: item.counts(), currency: item.currency }))
        .collect())
}

type Known = (Vec<store::parties::Contact>, String, String, Listed, Option<(usize, Date)>);

/// What a notice is made of: who gets it, the desk's two names, the invoices, and what comes next, with its first day.
async fn facts(app: &App, desk: DeskId, of: CustomerId, step: &Step, now: Timestamp) -> Result<Known> {
    let step = step.clone();
    app.store
        .read(desk, move |tx| {
            let step = step.clone();
            Box::pin(async move {
                let mut to = Vec::new();
                for contact in store::receivables::contacts(tx, of).await? {
                    let belongs = store::receivables::customers_of(tx, contact).await?.contains(&of);
                    let person = store::parties::contact(tx, contact).await?;
                    to.extend(person.filter(|person| belongs && person.email.is_some()));
                }
                let own = store::installation::own_desk(tx).await?;
                let (held, facts, standing) = standing_in(tx, of, now).await?;
                let items = listed(tx, of, &step, &standing.items).await?;
                let next = first_next(&held, &facts, &step);
                Ok((to, own.name, own.slug, items, next))
            })
        })
        .await
}

/// The next stage, and the day on which it comes if this notice is given today, arrives, and nothing is paid.
fn first_next(held: &Held, facts: &domain::collections::Facts, step: &Step) -> Option<(usize, Date)> {
    let mut facts = facts.clone();
    facts.notices.push(domain::collections::facts::Notice {
        stage: held.policy.stages.get(step.stage)?.key.clone(),
        on: facts.today,
        invoices: step.invoices.clone(),
        delivery: domain::collections::facts::Delivery::Delivered,
    });
    facts.invoices.retain(|one| step.invoices.contains(&one.id));
    domain::collections::standing(&held.policy, &facts).next
}
