//! What customers have bought at Microsoft: what comes due, one customer's, one with its history; and what an agent does
//! with it, after a preview.

use app::subscriptions::{self as held, Decision, One, Preview};
use axum::response::Response;
use domain::{
    access::Permission,
    id::{ActId, CustomerId},
    subscription::{
        Action,
        acts::Progress,
        guard::{Effect, Wish},
    },
};
use jiff::Timestamp;
use store::subscriptions::{Ahead, AheadAfter};
use text::format;
use uuid::Uuid;

use super::{
    admin::correctable,
    entry::again_status,
    keys,
    shell::{Done, Page, Told},
    view::{
        ActionLine, DueLine, DuePage, Link, OpenAct, Pages, SubscriptionPage, SubscriptionPreview,
        SubscriptionsOfTenant, SubscriptionsPage,
    },
};
use crate::{
    form::{Form, Path, Query},
    problem::{Answer, Problem},
};

pub(crate) mod shown;

use shown::{card, day, drift, facts, history, said, trouble};

/// How many dates a page has.
const ROWS: i64 = 50;
/// For how many days one may look ahead.
const RANGES: &[u32] = &[30, 90, 365];

fn href(id: impl std::fmt::Display) -> String {
    format!("/subscriptions/{id}")
}

fn saved(id: Uuid, done: Done) -> Response {
    super::see_with(&href(id), &Told::from(done))
}

/// `GET /subscriptions`.
pub(crate) async fn due(page: Page, query: Query) -> Answer {
    let asked: Option<u32> = query.optional("days")?;
    let days = asked.filter(|days| RANGES.contains(days)).unwrap_or(RANGES[0]);
    let after = query.optional::<Timestamp>("at")?.map(|at| AheadAfter {
        at,
        subscription: query.get("subscription").to_owned(),
        what: query.get("what").to_owned(),
    });
    let is_first = after.is_none();
    let mut rows = held::coming(&page.app, &page.agent, after, days, ROWS + 1).await?;
    let more = keys::cut(&mut rows, ROWS);
    let start = format!("/subscriptions?{}", super::query(&[("days", &days.to_string())]));
    let on = rows.last().filter(|_| more).map(|(last, _)| {
        let (at, what) = (last.at.to_string(), last.what.word());
        format!(
            "{start}&{}",
            super::query(&[("at", &at), ("subscription", &last.subscription), ("what", what)])
        )
    });
    let words = page.reader.words;
    let range = |n: &u32| Link {
        href: format!("/subscriptions?days={n}"),
        text: words.f("subscriptions-days", &[("n", i64::from(*n).into())]),
        current: *n == days,
    };
    let view = DuePage {
        shell: page.shell("subscriptions").await?,
        ranges: RANGES.iter().map(range).collect(),
        dues: rows.iter().map(|(ahead, near)| due_line(&page, ahead, *near)).collect(),
        pages: Pages { back: (!is_first).then_some(start), on },
    };
    page.html(&view)
}

fn due_line(page: &Page, ahead: &Ahead, near: domain::subscription::dates::Nearness) -> DueLine {
    let words = page.reader.words;
    let name = if ahead.nickname.trim().is_empty() { &ahead.name } else { &ahead.nickname };
    let customer = match (ahead.customer, &ahead.customer_name) {
        (Some(id), Some(name)) => {
            Link { href: format!("/customers/{id}/subscriptions"), text: name.clone(), current: false }
        }
        _ => Link { href: String::new(), text: ahead.tenant.clone(), current: false },
    };
    DueLine {
        day: day(page, ahead.what, ahead.at, Some(near)),
        subscription: Link { href: href(&ahead.subscription), text: name.clone(), current: false },
        quantity: if ahead.counted {
            words.f("subscription-quantity", &[("n", i64::from(ahead.quantity).into())])
        } else {
            words.t("subscription-by-use").into_owned()
        },
        customer,
    }
}

/// `GET /customers/{id}/subscriptions`.
pub(crate) async fn of_customer(page: Page, Path(id): Path<CustomerId>) -> Answer {
    let (places, calendar) = held::of_customer(&page.app, &page.agent, id).await?;
    let (shell, name) = page
        .read("subscriptions", move |tx| {
            Box::pin(async move {
                let customer = store::parties::customer(tx, id).await?;
                Ok(customer.ok_or(app::Error::NotFound("customer"))?.name)
            })
        })
        .await?;
    let place = |place: &held::Place| SubscriptionsOfTenant {
        domain: if place.tenant.domain.is_empty() { &place.tenant.tenant } else { &place.tenant.domain }
            .clone(),
        cloud: place.tenant.cloud.word().into(),
        trouble: trouble(&page, place.reading.as_ref()),
        drift: drift(&page, place),
        held: place.held.iter().map(|one| card(&page, one, calendar.as_ref())).collect(),
        licences: licences(&page, place),
    };
    let view = SubscriptionsPage {
        shell,
        customer: customer_link(&page, id, name),
        places: places.iter().map(place).collect(),
    };
    page.html(&view)
}

/// The licences that somebody pays for.
fn licences(page: &Page, place: &held::Place) -> Vec<[String; 2]> {
    let paid = place.licences.iter().filter(|row| row.counted().are_paid_for());
    let line = |row: &store::licences::Licences| {
        let numbers = [("n", i64::from(row.active).into()), ("assigned", i64::from(row.assigned).into())];
        [row.name.clone(), page.reader.words.f("glance-assigned", &numbers)]
    };
    paid.map(line).collect()
}

/// The customer's page, for who may see it.
fn customer_link(page: &Page, id: CustomerId, name: String) -> Link {
    let may = page.agent.may(Permission::CustomersView);
    Link { href: if may { format!("/customers/{id}") } else { String::new() }, text: name, current: false }
}

/// `GET /subscriptions/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<Uuid>) -> Answer {
    let view = view(&page, id, None).await?;
    page.html(&view)
}

async fn view(page: &Page, id: Uuid, problem: Option<&Problem>) -> Answer<SubscriptionPage> {
    let one = held::one(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let back = match &one.customer {
        Some((id, name)) => Link {
            href: format!("/customers/{id}/subscriptions"),
            text: words.f("subscriptions-of", &[("name", name.as_str().into())]),
            current: false,
        },
        None => {
            let text = words.t("subscriptions-due").into_owned();
            Link { href: "/subscriptions".into(), text, current: false }
        }
    };
    let add_on = |row: &store::subscriptions::Subscription| Link {
        href: href(&row.id),
        text: row.name.clone(),
        current: false,
    };
    Ok(SubscriptionPage {
        notice: problem.map(|problem| super::notice(words, problem)),
        id: id.to_string(),
        back,
        card: card(page, &one.held, one.calendar.as_ref()),
        trouble: trouble(page, one.reading.as_ref()),
        facts: facts(page, &one),
        add_ons: one.add_ons.iter().map(add_on).collect(),
        open: one.held.open.as_ref().map(|act| open(page, &one, act)),
        actions: actions(page, &one),
        may_act: Action::ALL.iter().any(|action| held::may(&page.agent, *action)),
        history: history(page, &one),
        shell: page.shell("subscriptions").await?,
    })
}

fn open(page: &Page, one: &One, act: &store::subscriptions::acts::Act) -> OpenAct {
    let words = page.reader.words;
    let name = one.agents.get(&act.agent).map_or("", String::as_str);
    let time = page.reader.time(act.asked_at).text;
    OpenAct {
        id: act.id.to_string(),
        action: shown::act_text(page, act),
        progress: words.word("subscription-progress", act.progress.word()).into_owned(),
        by: words.f("subscription-by", &[("name", name.into()), ("time", time.into())]),
        detail: act.detail.clone(),
        may_withdraw: act.progress == Progress::Waiting
            && act.sent_at.is_none()
            && page.agent.may(Permission::SubscriptionsManage),
    }
}

/// Every action that there is for what was bought, with what the rules say of it.
fn actions(page: &Page, one: &One) -> Vec<ActionLine> {
    let row = &one.held.row;
    let now = page.reader.now;
    let line = |action: &Action| {
        let wish = Wish { action: *action, quantity: None };
        let number = match action {
            Action::Add => Some(row.quantity.saturating_add(1)),
            Action::Reduce => {
                let left = one.held.facts.refundable_at(now).unwrap_or(1).max(1);
                Some(row.quantity.saturating_sub(left).max(1))
            }
            Action::Schedule => Some(row.scheduled.unwrap_or(row.quantity)),
            _ => None,
        };
        ActionLine {
            action: action.word().into(),
            text: page.reader.words.word("subscription-action", action.word()).into_owned(),
            said: said(page, &one.held.ask(wish, now)),
            number: number.map(|number| number.to_string()),
            may: held::may(&page.agent, *action),
        }
    };
    if row.gone_at.is_some() {
        return Vec::new();
    }
    Action::ALL.iter().map(line).collect()
}

/// `POST /subscriptions/{id}/refresh`.
pub(crate) async fn refresh(page: Page, Path(id): Path<Uuid>) -> Answer {
    match held::refresh(&page.app, &page.agent, id).await {
        Ok(_) => Ok(saved(id, Done::ReadAgain)),
        Err(error) => again(&page, id, error).await,
    }
}

async fn again(page: &Page, id: Uuid, error: app::Error) -> Answer {
    let problem = correctable(error)?;
    let view = view(page, id, Some(&problem)).await?;
    super::again(again_status(&problem), &view)
}

fn wish(form: &Form) -> Result<Wish, app::Error> {
    let action: Action = form.parse("action")?;
    let quantity = match form.get("quantity").trim() {
        "" => None,
        number => Some(number.parse().map_err(|_| app::Error::invalid("quantity", "not-a-count"))?),
    };
    Ok(Wish { action, quantity })
}

/// `POST /subscriptions/{id}/preview`.
pub(crate) async fn preview(page: Page, Path(id): Path<Uuid>, form: Form) -> Answer {
    let found = match wish(&form) {
        Ok(wish) => held::preview(&page.app, &page.agent, id, wish).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(found) => {
            let view = previewed(&page, id, &found, &form, None).await?;
            page.html(&view)
        }
        Err(error) => again(&page, id, error).await,
    }
}

async fn previewed(
    page: &Page,
    id: Uuid,
    found: &Preview,
    form: &Form,
    problem: Option<&Problem>,
) -> Answer<SubscriptionPreview> {
    let words = page.reader.words;
    let action = words.word("subscription-action", found.wish.action.word()).into_owned();
    let numbers = found.wish.quantity.map(|after| {
        let number = |n: u32| format::number(words, i64::from(n));
        let before = number(found.held.row.quantity);
        words.f("subscription-from-to", &[("before", before.into()), ("after", number(after).into())])
    });
    let args = [("action", action.into()), ("name", found.held.name().into())];
    Ok(SubscriptionPreview {
        notice: problem.map(|problem| super::notice(words, problem)),
        href: href(id),
        title: words.f("subscription-preview-of", &args),
        action: found.wish.action.word().into(),
        numbers: numbers.unwrap_or_default(),
        quantity: found.wish.quantity.map(|n| n.to_string()).unwrap_or_default(),
        said: said(page, &found.verdict),
        effects: found
            .effects
            .iter()
            .filter_map(|effect| shown::effect(page, *effect, found.add_ons))
            .collect(),
        seen: found.seen.clone(),
        reason: form.get("reason").to_owned(),
        because: form.get("because").to_owned(),
        shell: page.shell("subscriptions").await?,
    })
}

/// Whether an effect is one that nobody should overlook.
const fn is_grave(effect: Effect) -> bool {
    matches!(effect, Effect::UsersOut | Effect::Final | Effect::DataGone(_) | Effect::BilledUntil(_))
}

/// `POST /subscriptions/{id}/act`.
pub(crate) async fn act(page: Page, Path(id): Path<Uuid>, form: Form) -> Answer {
    let decided = async {
        let number = form.get("because").trim().trim_start_matches('#');
        let ticket = match number {
            "" => None,
            number => Some(number.parse().map_err(|_| app::Error::invalid("because", "unknown"))?),
        };
        let decision = Decision {
            wish: wish(&form)?,
            reason: form.get("reason").to_owned(),
            ticket,
            seen: form.get("seen").to_owned(),
        };
        held::decide(&page.app, &page.agent, id, decision).await
    };
    match decided.await {
        Ok(_) => Ok(saved(id, Done::Deciding)),
        // A reason that is missing is asked for where it was typed.
        Err(error @ app::Error::Invalid { .. }) => {
            let problem = correctable(error)?;
            let Ok(wish) = wish(&form) else { return again_with(&page, id, &problem).await };
            match held::preview(&page.app, &page.agent, id, wish).await {
                Ok(found) => {
                    let view = previewed(&page, id, &found, &form, Some(&problem)).await?;
                    super::again(again_status(&problem), &view)
                }
                Err(error) => again(&page, id, error).await,
            }
        }
        Err(error) => again(&page, id, error).await,
    }
}

async fn again_with(page: &Page, id: Uuid, problem: &Problem) -> Answer {
    let view = view(page, id, Some(problem)).await?;
    super::again(again_status(problem), &view)
}

/// `POST /subscriptions/{id}/withdraw`.
pub(crate) async fn withdraw(page: Page, Path(id): Path<Uuid>, form: Form) -> Answer {
    let act: Result<ActId, _> = form.parse("decision");
    let done = match act {
        Ok(act) => held::withdraw(&page.app, &page.agent, id, act).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(saved(id, Done::Saved)),
        Err(error) => again(&page, id, error).await,
    }
}
