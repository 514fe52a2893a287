//! Collections: where customers stand, and whether notices are given.

pub(crate) mod customer;
pub(crate) mod policy;

use std::collections::BTreeMap;

use app::collections::{self, Row, Switch};
use domain::{
    access::Permission,
    collections::{Policy, standing::Hold},
    money::Money,
};
use text::{format, mail::amounts};

use super::{
    billing::tabs,
    pieces::Reader,
    shell::{Done, Page},
    view::{CollectionRow, CollectionSum, CollectionsPage, Link},
};
use crate::{form::Form, problem::Answer};

const PATH: &str = "/collections";

/// `GET /collections`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page).await?;
    page.html(&view)
}

async fn view(page: &Page) -> Answer<CollectionsPage> {
    let all = collections::standings(&page.app, &page.agent).await?;
    let words = page.reader.words;
    let mut sums: BTreeMap<_, [i64; 5]> = BTreeMap::new();
    for (currency, owed) in all.rows.iter().flat_map(|row| &row.standing.owed) {
        let parts = sums.entry(*currency).or_default();
        for (part, more) in parts.iter_mut().skip(2).zip([owed.covered, owed.promised, owed.disputed]) {
            *part = part.saturating_add(more);
        }
    }
    for item in all.rows.iter().flat_map(|row| &row.standing.items) {
        let parts = sums.entry(item.currency).or_default();
        let place = usize::from(item.days > 0);
        parts[place] = parts[place].saturating_add(item.counts());
    }
    let sum = |(currency, parts): (domain::money::Currency, [i64; 5])| {
        let amount = |minor| format::money(words, Money { minor, currency });
        let total: i64 = parts.iter().sum();
        let mut from = 0;
        let bar = |part: &i64| {
            let wide = i64::try_from(i128::from(*part) * 1000 / i128::from(total.max(1))).unwrap_or(0);
            from += wide;
            (from - wide, wide)
        };
        let names = ["current", "overdue", "covered", "promised", "disputed"];
        CollectionSum {
            total: amount(total),
            bars: parts.iter().map(bar).collect(),
            parts: names
                .iter()
                .zip(parts)
                .map(|(name, part)| (words.word("collection-part", name).into_owned(), amount(part)))
                .collect(),
        }
    };
    Ok(CollectionsPage {
        tabs: tabs(page, PATH),
        shell: page.shell("billing").await?,
        notice: page.notice(),
        live: all.desk.live,
        brake: all
            .desk
            .brake
            .map(|why| words.word("collection-brake", why.word()).into_owned())
            .unwrap_or_default(),
        may_manage: page.agent.may(Permission::ReceivablesManage),
        sums: sums.into_iter().map(sum).collect(),
        rows: all.rows.iter().map(|one| row(&page.reader, &all.held.policy, one)).collect(),
    })
}

/// The stage at a place, by its number and what it does.
fn stage(reader: &Reader, policy: &Policy, place: usize) -> String {
    let Some(stage) = policy.stages.get(place) else { return String::new() };
    let what = reader.words.word("collection-effect", stage.effect.word());
    let number = i64::try_from(place + 1).unwrap_or(i64::MAX);
    reader.words.f("collection-stage", &[("n", number.into()), ("what", what.as_ref().into())])
}

fn row(reader: &Reader, policy: &Policy, one: &Row) -> CollectionRow {
    let standing = &one.standing;
    let due = standing.items.iter().filter(|item| item.days > 0 && item.counts() > 0);
    let mut owed: BTreeMap<_, i64> = BTreeMap::new();
    for item in due {
        let sum = owed.entry(item.currency).or_default();
        *sum = sum.saturating_add(item.counts());
    }
    let owed: Vec<Money> = owed.into_iter().map(|(currency, minor)| Money { minor, currency }).collect();
    let effect = standing.reached.and_then(|place| policy.stages.get(place)).map(|stage| stage.effect);
    let mut holds: Vec<String> = standing.holds.iter().map(|hold| held(reader, hold)).collect();
    if !one.is_reachable {
        holds.push(reader.words.t("collection-unreachable").into_owned());
    }
    CollectionRow {
        customer: Link {
            href: format!("{PATH}/customers/{}", one.party.id),
            text: one.party.name.clone(),
            current: false,
        },
        stage: standing.reached.map(|place| stage(reader, policy, place)).unwrap_or_default(),
        tone: match effect.map(domain::collections::Effect::scope) {
            Some(Some(_)) => "error".into(),
            Some(None) => "warning".into(),
            None => String::new(),
        },
        owed: amounts(reader.words, &owed),
        oldest: match standing.oldest() {
            0 => String::new(),
            days => reader.words.f("receivable-late", &[("n", i64::from(days).into())]),
        },
        next: standing
            .next
            .map(|(place, on)| {
                let (what, day) = (stage(reader, policy, place), format::day(reader.words, on));
                reader.words.f("collection-next", &[("what", what.into()), ("day", day.into())])
            })
            .unwrap_or_default(),
        holds,
    }
}

fn held(reader: &Reader, hold: &Hold) -> String {
    let words = reader.words;
    let mut said = vec![words.word("collection-why", hold.why.word()).into_owned()];
    said.extend(hold.amount.map(|amount| format::money(words, amount)));
    said.extend(hold.until.map(|on| words.f("collection-until", &[("day", format::day(words, on).into())])));
    said.join(" · ")
}

/// `POST /collections`.
pub(crate) async fn switch(page: Page, form: Form) -> Answer {
    let to = match form.get("to") {
        "live" => Ok(Switch::Live),
        "dry" => Ok(Switch::DryRun),
        "stop" => Ok(Switch::Stop),
        "release" => Ok(Switch::Release),
        _ => Err(app::Error::invalid("to", "unknown")),
    };
    let done = match to {
        Ok(to) => collections::switch(&page.app, &page.agent, to).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(super::see_with(PATH, &Done::Saved.into())),
        Err(error) => {
            let page = page.refusing(PATH, &form, error)?;
            let view = view(&page).await?;
            page.again(&view)
        }
    }
}
