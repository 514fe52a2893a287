//! Suspensions for non-payment: a list, a proposal after its preview, one with its rails, and what the desk decides about them.

use app::suspensions::{self as held, Wanted};
use axum::response::Response;
use domain::{
    access::Permission,
    collections::Scope,
    id::{CustomerId, SuspensionId},
    suspension::{State, brake::Limits},
};
use store::suspensions::{Desk, Rules};
use uuid::Uuid;

use super::{
    admin::correctable,
    billing::tabs,
    entry::again_status,
    keys,
    pieces::choice,
    shell::{Done, Page, Told},
    view::{
        Link, Notice, Pages, SuspensionLine, SuspensionNewPage, SuspensionPage, SuspensionRulesPage,
        SuspensionsPage,
    },
};
use crate::{
    form::{Fields, Form, Path, Query},
    problem::{Answer, Problem},
};

mod shown;

use shown::{facts, shown, tone};

const PATH: &str = "/suspensions";
const RULES: &str = "/suspensions/rules";
/// How many a page has.
const ROWS: i64 = 50;

fn href(id: SuspensionId) -> String {
    format!("{PATH}/{id}")
}

fn saved(place: &str) -> Response {
    super::see_with(place, &Told::from(Done::Saved))
}

/// What everybody has to know before anything else.
fn stands(page: &Page, desk: &Desk) -> Vec<Notice> {
    let words = page.reader.words;
    let notice = |tone: &str, text: String| Notice { tone: tone.into(), text };
    let time = |at| page.reader.time(at).text;
    let mut all = Vec::new();
    if let Some(at) = desk.muted_at {
        all.push(notice("error", words.f("suspensions-muted", &[("time", time(at).into())])));
    }
    if let Some((at, _)) = desk.switched {
        all.push(notice("error", words.f("suspensions-switched", &[("time", time(at).into())])));
    }
    if let Some((at, trip)) = desk.braked {
        let why = words.word("suspension-trip", trip.word());
        let args = [("time", time(at).into()), ("why", why.as_ref().into())];
        all.push(notice("error", words.f("suspensions-braked", &args)));
    }
    if desk.rules.rehearsal {
        all.push(notice("warning", words.t("suspensions-rehearsal").into_owned()));
    }
    all
}

/// `GET /suspensions`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let before = query.optional::<SuspensionId>("before")?;
    let mut rows = held::list(&page.app, &page.agent, before, ROWS + 1).await?;
    let desk = held::rules(&page.app, &page.agent).await?;
    let more = keys::cut(&mut rows, ROWS);
    let words = page.reader.words;
    let name = query.get("q").trim().to_owned();
    let may_propose = page.agent.may(Permission::SuspensionsPropose);
    let customers = if name.is_empty() || !may_propose { Vec::new() } else { find(&page, &name).await? };
    let line = |row: &store::suspensions::Listed| SuspensionLine {
        link: Link { href: href(row.id), text: row.name.clone(), current: false },
        scope: words.word("suspension-scope", row.scope.word()).into_owned(),
        state: words.word("suspension-state", row.state.word()).into_owned(),
        tone: tone(row.state).into(),
        time: page.reader.time(row.proposed_at),
        rehearsal: row.rehearsal,
    };
    let on = rows.last().filter(|_| more).map(|last| format!("{PATH}?before={}", last.id));
    let view = SuspensionsPage {
        tabs: tabs(&page, PATH),
        stands: stands(&page, &desk),
        may_propose,
        may_stop: desk.switched.is_none(),
        query: name,
        customers,
        rows: rows.iter().map(line).collect(),
        pages: Pages { back: before.map(|_| PATH.to_owned()), on },
        shell: page.shell("billing").await?,
    };
    page.html(&view)
}

/// The customers whose names begin so.
async fn find(page: &Page, name: &str) -> Answer<Vec<Link>> {
    let found = held::find(&page.app, &page.agent, name).await?;
    let link = |one: store::parties::Customer| Link {
        href: format!("{PATH}/new?customer={}", one.id),
        text: one.name,
        current: false,
    };
    Ok(found.into_iter().map(link).collect())
}

/// `GET /suspensions/new`.
pub(crate) async fn new(page: Page, query: Query) -> Answer {
    let view = new_view(&page, &query, None, None).await?;
    page.html(&view)
}

async fn new_view(
    page: &Page,
    typed: &Fields,
    preview: Option<&held::Ground>,
    problem: Option<&Problem>,
) -> Answer<SuspensionNewPage> {
    let customer: CustomerId = typed.parse("customer")?;
    let found = held::choices(&page.app, &page.agent, customer).await?;
    let words = page.reader.words;
    let suggested =
        found.allows.filter(|scope| *scope >= Scope::LeastCritical).unwrap_or(Scope::LeastCritical);
    let wanted = typed.optional::<Scope>("scope")?.unwrap_or(suggested);
    let scope = |scope: &Scope| {
        choice(scope.word(), words.word("suspension-scope", scope.word()).into_owned(), *scope == wanted)
    };
    let chosen: Vec<&str> = typed.all("subscription").collect();
    let subscription = |(place, row): (usize, &store::subscriptions::Subscription)| {
        let is_suggested = chosen.is_empty() && (wanted == Scope::All || found.least == Some(place));
        choice(&row.id, shown::offered(page, row), is_suggested || chosen.contains(&row.id.as_str()))
    };
    let allows = match found.allows {
        Some(scope) => {
            let scope = words.word("suspension-scope", scope.word());
            words.f("suspension-allows", &[("scope", scope.as_ref().into())])
        }
        None => words.t("suspension-allows-nothing").into_owned(),
    };
    let open = |id| Link { href: href(id), text: words.t("suspension-goes-on").into_owned(), current: false };
    Ok(SuspensionNewPage {
        notice: problem.map(|problem| super::notice(words, problem)),
        customer: customer.to_string(),
        title: words.f("suspension-new", &[("customer", found.customer.as_str().into())]),
        allows,
        open: found.open.map(open),
        scopes: [Scope::LeastCritical, Scope::All].iter().map(scope).collect(),
        subscriptions: found.subscriptions.iter().enumerate().map(subscription).collect(),
        preview: preview.map(|ground| shown(page, ground)),
        reason: typed.get("reason").to_owned(),
        shell: page.shell("billing").await?,
    })
}

fn wanted(form: &Form) -> Result<Wanted, app::Error> {
    let ids: Result<Vec<Uuid>, _> = form.all("subscription").map(str::parse).collect();
    Ok(Wanted {
        customer: form.parse("customer")?,
        scope: form.parse("scope")?,
        subscriptions: ids.map_err(|_| app::Error::invalid("subscription", "unknown"))?,
    })
}

/// `POST /suspensions/preview`.
pub(crate) async fn preview(page: Page, form: Form) -> Answer {
    let found = match wanted(&form) {
        Ok(wanted) => held::preview(&page.app, &page.agent, &wanted).await,
        Err(error) => Err(error),
    };
    match found {
        Ok(ground) => {
            let view = new_view(&page, &form, Some(&ground), None).await?;
            page.html(&view)
        }
        Err(error) => new_again(&page, &form, error).await,
    }
}

async fn new_again(page: &Page, form: &Form, error: app::Error) -> Answer {
    let problem = correctable(error)?;
    let view = new_view(page, form, None, Some(&problem)).await?;
    super::again(again_status(&problem), &view)
}

/// `POST /suspensions`.
pub(crate) async fn propose(page: Page, form: Form) -> Answer {
    let proposed = async {
        let wanted = wanted(&form)?;
        held::propose(&page.app, &page.agent, &wanted, form.get("list"), form.get("reason")).await
    };
    match proposed.await {
        Ok(id) => Ok(saved(&href(id))),
        Err(error) => new_again(&page, &form, error).await,
    }
}

/// `GET /suspensions/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<SuspensionId>) -> Answer {
    let view = view(&page, id, None).await?;
    page.html(&view)
}

async fn view(page: &Page, id: SuspensionId, problem: Option<&Problem>) -> Answer<SuspensionPage> {
    let one = held::one(&page.app, &page.agent, id).await?;
    let (words, suspension) = (page.reader.words, &one.suspension);
    let may = |permission| page.agent.may(permission);
    let open = matches!(suspension.state, State::Proposed | State::Approved);
    let mut banners = Vec::new();
    if suspension.rehearsal {
        banners
            .push(Notice { tone: "warning".into(), text: words.t("suspension-is-rehearsal").into_owned() });
    }
    if let Some((rail, why)) = suspension.rail.zip(suspension.why) {
        let text = format!(
            "{}: {}",
            words.word("suspension-rail", rail.word()),
            words.word("suspension-why", why.word())
        );
        banners.push(Notice { tone: "error".into(), text });
    }
    Ok(SuspensionPage {
        notice: problem.map(|problem| super::notice(words, problem)),
        id: id.to_string(),
        title: one.customer.clone(),
        state: words.word("suspension-state", suspension.state.word()).into_owned(),
        tone: tone(suspension.state).into(),
        banners,
        facts: facts(page, &one),
        shown: shown(page, &one.ground),
        may_approve: suspension.state == State::Proposed
            && suspension.proposed_by != page.agent.id
            && may(Permission::SuspensionsApprove),
        may_withdraw: open && may(Permission::SuspensionsPropose),
        may_reverse: suspension.state == State::Suspended && may(Permission::SuspensionsPropose),
        may_act: may(Permission::SuspensionsPropose),
        shell: page.shell("billing").await?,
    })
}

async fn done(page: &Page, id: SuspensionId, result: app::Result<()>) -> Answer {
    match result {
        Ok(()) => Ok(saved(&href(id))),
        Err(error) => {
            let problem = correctable(error)?;
            let view = view(page, id, Some(&problem)).await?;
            super::again(again_status(&problem), &view)
        }
    }
}

/// `POST /suspensions/{id}/refresh`.
pub(crate) async fn refresh(page: Page, Path(id): Path<SuspensionId>) -> Answer {
    done(&page, id, held::refresh(&page.app, &page.agent, id).await).await
}

/// `POST /suspensions/{id}/approve`.
pub(crate) async fn approve(page: Page, Path(id): Path<SuspensionId>, form: Form) -> Answer {
    done(&page, id, held::approve(&page.app, &page.agent, id, form.get("list")).await).await
}

/// `POST /suspensions/{id}/refuse`.
pub(crate) async fn refuse(page: Page, Path(id): Path<SuspensionId>) -> Answer {
    done(&page, id, held::refuse(&page.app, &page.agent, id).await).await
}

/// `POST /suspensions/{id}/withdraw`.
pub(crate) async fn withdraw(page: Page, Path(id): Path<SuspensionId>) -> Answer {
    done(&page, id, held::withdraw(&page.app, &page.agent, id).await).await
}

/// `POST /suspensions/{id}/reverse`.
pub(crate) async fn reverse(page: Page, Path(id): Path<SuspensionId>) -> Answer {
    done(&page, id, held::reverse(&page.app, &page.agent, id).await).await
}

/// `POST /suspensions/{id}/by-hand`.
pub(crate) async fn by_hand(page: Page, Path(id): Path<SuspensionId>, form: Form) -> Answer {
    let noted = match form.parse("place") {
        Ok(place) => held::by_hand(&page.app, &page.agent, id, place, form.get("evidence")).await,
        Err(error) => Err(error),
    };
    done(&page, id, noted).await
}

/// `GET /suspensions/rules`.
pub(crate) async fn rules(page: Page) -> Answer {
    let view = rules_view(&page, None).await?;
    page.html(&view)
}

async fn rules_view(page: &Page, problem: Option<&Problem>) -> Answer<SuspensionRulesPage> {
    let desk = held::rules(&page.app, &page.agent).await?;
    let Rules { rehearsal, limits, pause } = desk.rules;
    Ok(SuspensionRulesPage {
        tabs: tabs(page, RULES),
        notice: problem.map(|problem| super::notice(page.reader.words, problem)),
        stands: stands(page, &desk),
        rehearsal,
        per_hour: limits.per_hour.to_string(),
        per_day: limits.per_day.to_string(),
        percent: limits.percent.to_string(),
        pause: pause.to_string(),
        version: desk.version,
        may_change: page.agent.may(Permission::SuspensionsApprove),
        stopped: desk.switched.is_some() || desk.braked.is_some(),
        muted: desk.muted_at.is_some(),
        shell: page.shell("billing").await?,
    })
}

async fn ruled(page: &Page, result: app::Result<()>) -> Answer {
    match result {
        Ok(()) => Ok(saved(RULES)),
        Err(error) => {
            let problem = correctable(error)?;
            let view = rules_view(page, Some(&problem)).await?;
            super::again(again_status(&problem), &view)
        }
    }
}

/// `POST /suspensions/rules`.
pub(crate) async fn set_rules(page: Page, form: Form) -> Answer {
    let number = |name: &'static str| {
        form.get(name).trim().parse().map_err(|_| app::Error::invalid("limits", "not-limits"))
    };
    let set = async {
        let rules = Rules {
            rehearsal: form.on("rehearsal"),
            limits: Limits {
                per_hour: number("per_hour")?,
                per_day: number("per_day")?,
                percent: number("percent")?,
            },
            pause: number("pause")?,
        };
        held::set_rules(&page.app, &page.agent, rules, form.parse("version")?).await
    };
    ruled(&page, set.await).await
}

/// `POST /suspensions/stop`.
pub(crate) async fn stop(page: Page) -> Answer {
    ruled(&page, held::stop_all(&page.app, &page.agent).await).await
}

/// `POST /suspensions/release`.
pub(crate) async fn release(page: Page) -> Answer {
    ruled(&page, held::release(&page.app, &page.agent).await).await
}

/// `POST /suspensions/unmute`.
pub(crate) async fn unmute(page: Page) -> Answer {
    ruled(&page, held::unmute(&page.app, &page.agent).await).await
}
