//! The policy: its stages in a form, and what it would have done in a month that was.

use app::collections::{self, Simulated, What};
use domain::{
    access::Permission,
    collections::{Class, Count, Effect, Policy, Scope, Stage},
    money::Money,
};
use jiff::civil::Date;
use text::{format, mail::amounts};

use super::tabs;
use crate::{
    form::{Fields, Form, Query},
    problem::Answer,
    ui::{
        pieces::choice,
        shell::{Done, Page},
        view::{CollectionPolicyPage, Link, StageFields},
    },
};

const PATH: &str = "/collections/policy";
/// How many stages a form has at most.
const STAGES: usize = 20;

const EFFECTS: &[Effect] = &[
    Effect::Remind,
    Effect::Warn,
    Effect::Suspend(Scope::NewOrders),
    Effect::Suspend(Scope::Changes),
    Effect::Suspend(Scope::LeastCritical),
    Effect::Suspend(Scope::All),
];

/// `GET /collections/policy`: `?month=2026-03` plays that month.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let held = collections::policy(&page.app, &page.agent).await?;
    let played = match query.get("month") {
        "" => None,
        text => Some(collections::simulate(&page.app, &page.agent, held.policy.clone(), month(text)?).await?),
    };
    let mut stages: Vec<StageFields> = held.policy.stages.iter().map(|stage| fields(&page, stage)).collect();
    stages.push(blank(&page));
    let whole = Whole {
        grace: held.policy.grace.to_string(),
        most: held.policy.most_a_day.to_string(),
        dispute_days: held.policy.dispute_days.to_string(),
    };
    let view = CollectionPolicyPage {
        version: held.version.to_string(),
        ..view(&page, whole, stages, query.get("month"), played).await?
    };
    page.html(&view)
}

/// The fields of the whole policy.
struct Whole {
    grace: String,
    most: String,
    dispute_days: String,
}

async fn view(
    page: &Page,
    whole: Whole,
    stages: Vec<StageFields>,
    asked: &str,
    played: Option<Simulated>,
) -> Answer<CollectionPolicyPage> {
    let today = app::receivables::day(page.reader.now, &page.agent.zone);
    let last = today.first_of_month().yesterday().unwrap_or(today);
    Ok(CollectionPolicyPage {
        tabs: tabs(page, PATH),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        version: String::new(),
        grace: whole.grace,
        most: whole.most,
        dispute_days: whole.dispute_days,
        stages,
        month: match asked {
            "" => format!("{:04}-{:02}", last.year(), last.month()),
            text => text.to_owned(),
        },
        events: played.map(|played| events(page, &played)),
    })
}

fn events(page: &Page, played: &Simulated) -> Vec<(String, Link, String, String)> {
    let words = page.reader.words;
    let one = |event: &collections::Event| {
        let customer = Link {
            href: format!("/collections/customers/{}", event.customer),
            text: event.name.clone(),
            current: false,
        };
        let effect = words.word("collection-effect", event.effect.word());
        let key = match event.what {
            What::Notice => "collection-would-notice",
            What::Proposal => "collection-would-propose",
        };
        let what = words.f(key, &[("what", effect.as_ref().into())]);
        (format::day(words, event.on), customer, what, amounts(words, &event.owed))
    };
    played.events.iter().take(1_000).map(one).collect()
}

fn choices(page: &Page, stage: &Stage) -> StageFields {
    let words = page.reader.words;
    let effect = |one: &Effect| {
        choice(one.word(), words.word("collection-effect", one.word()).into_owned(), *one == stage.effect)
    };
    let class = |one: &Class| {
        choice(one, words.word("collection-class", one.word()).into_owned(), stage.classes.contains(one))
    };
    let count = |one: &Count| {
        choice(one, words.word("collection-count", one.word()).into_owned(), *one == stage.count)
    };
    StageFields {
        counts: Count::ALL.iter().map(count).collect(),
        effects: EFFECTS.iter().map(effect).collect(),
        classes: Class::ALL.iter().map(class).collect(),
        notice: stage.notice,
        approval: stage.approval,
        ..StageFields::default()
    }
}

fn fields(page: &Page, stage: &Stage) -> StageFields {
    let minimum: Vec<String> = stage.minimum.iter().map(Money::to_string).collect();
    StageFields {
        key: stage.key.clone(),
        days: stage.days.to_string(),
        minimum: minimum.join(", "),
        invoices: stage.invoices.to_string(),
        ..choices(page, stage)
    }
}

/// The line of a stage that is not there yet.
fn blank(page: &Page) -> StageFields {
    StageFields { invoices: "1".into(), ..choices(page, &read_choices(&Fields::default(), STAGES)) }
}

/// What of a stage is chosen, and so always something.
fn read_choices(form: &Fields, place: usize) -> Stage {
    let effect = form.get(&format!("effect-{place}"));
    let classes = format!("classes-{place}");
    Stage {
        key: String::new(),
        days: 0,
        count: form.get(&format!("count-{place}")).parse().unwrap_or(Count::Calendar),
        minimum: Vec::new(),
        invoices: 1,
        classes: form.all(&classes).filter_map(|class| class.parse().ok()).collect(),
        notice: form.on(&format!("notice-{place}")),
        effect: EFFECTS.iter().copied().find(|one| one.word() == effect).unwrap_or(Effect::Remind),
        approval: form.on(&format!("approval-{place}")),
    }
}

/// A policy as a form says it, and the form's lines, to be shown again.
fn read(page: &Page, form: &Form) -> (Vec<StageFields>, Result<Policy, app::Error>) {
    let (mut lines, mut stages, mut wrong) = (Vec::new(), Vec::new(), None);
    for place in 0..STAGES {
        let text = |name: &str| form.get(&format!("{name}-{place}")).trim().to_owned();
        if text("key").is_empty() {
            continue;
        }
        let chosen = read_choices(form, place);
        let line = StageFields {
            key: text("key"),
            days: text("days"),
            minimum: text("minimum"),
            invoices: text("invoices"),
            ..choices(page, &chosen)
        };
        let minimum = line.minimum.split(',').map(str::trim).filter(|part| !part.is_empty());
        let minimum: Option<Vec<Money>> = minimum
            .map(|part| {
                let (amount, code) = part.rsplit_once(' ')?;
                Money::parse(amount, code.parse().ok()?)
            })
            .collect();
        match (line.days.parse(), line.invoices.parse(), minimum) {
            (Ok(days), Ok(invoices), Some(minimum)) => {
                stages.push(Stage { key: line.key.clone(), days, invoices, minimum, ..chosen });
            }
            (Err(_), ..) => wrong = wrong.or(Some("policy-days")),
            (_, Err(_), _) => wrong = wrong.or(Some("policy-invoices")),
            (.., None) => wrong = wrong.or(Some("policy-amount")),
        }
        lines.push(line);
    }
    lines.push(blank(page));
    let whole = || -> Result<Policy, &'static str> {
        if let Some(code) = wrong {
            return Err(code);
        }
        Ok(Policy {
            grace: form.parse("grace").map_err(|_| "policy-grace")?,
            most_a_day: form.parse("most").map_err(|_| "policy-most-a-day")?,
            dispute_days: form.parse("dispute_days").map_err(|_| "policy-dispute-days")?,
            stages,
        })
    };
    (lines, whole().map_err(|code| app::Error::invalid("policy", code)))
}

fn month(text: &str) -> Result<Date, app::Error> {
    format!("{text}-01").parse().map_err(|_| app::Error::invalid("month", "not-a-date"))
}

/// `POST /collections/policy`: publishes a draft, or plays a month with it.
pub(crate) async fn save(page: Page, form: Form) -> Answer {
    let (lines, draft) = read(&page, &form);
    let (plays, asked) = (form.get("action") == "simulate", form.get("month"));
    let done = async {
        let policy = draft?;
        if plays {
            return collections::simulate(&page.app, &page.agent, policy, month(asked)?).await.map(Some);
        }
        let seen = form.parse("version").map_err(|_| app::Error::Stale)?;
        collections::publish(&page.app, &page.agent, policy, seen).await.map(|_| None)
    };
    let played = match done.await {
        Ok(None) => return Ok(crate::ui::see_with(PATH, &Done::Saved.into())),
        Ok(played) => Ok(played),
        Err(error) => Err(error),
    };
    let kept = Whole {
        grace: form.get("grace").to_owned(),
        most: form.get("most").to_owned(),
        dispute_days: form.get("dispute_days").to_owned(),
    };
    let version = form.get("version").to_owned();
    match played {
        Ok(played) => {
            let view = CollectionPolicyPage { version, ..view(&page, kept, lines, asked, played).await? };
            page.html(&view)
        }
        Err(error) => {
            let page = page.refusing(PATH, &form, error)?;
            let view = CollectionPolicyPage { version, ..view(&page, kept, lines, asked, None).await? };
            page.again(&view)
        }
    }
}
