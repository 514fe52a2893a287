//! Subscriptions as pages show them: cards, dates, sentences of rules, a history.

use app::{
    microsoft::{Health, State},
    subscriptions::{Held, One, Place, is_current},
};
use domain::{
    clock::Calendar,
    subscription::{
        Status,
        acts::{Cause, Difference, Field, Progress},
        dates::{self, Nearness, Occasion},
        guard::{Coming, Effect, Verdict},
        rules::{self, Rule},
    },
};
use jiff::Timestamp;
use store::subscriptions::{Change, acts::Act};
use text::format;

use super::{href, is_grave};
use crate::ui::{
    shell::Page,
    view::{DayLine, HistoryLine, Link, Said, SubscriptionCard, Time, Timeline},
};

/// How wide the picture is.
const WIDTH: u32 = 1000;

/// A day, with the whole moment on hover.
fn date(page: &Page, at: Timestamp) -> Time {
    let reader = &page.reader;
    Time { iso: at.to_string(), text: format::date(reader.words, at, &reader.zone), title: reader.whole(at) }
}

/// A moment within a sentence.
fn moment(page: &Page, at: Timestamp) -> String {
    format::date_time(page.reader.words, at, &page.reader.zone)
}

/// What stands against a reading: the words of its state, and Microsoft's.
pub(super) fn trouble(page: &Page, reading: Option<&Health>) -> Option<[String; 2]> {
    if is_current(reading) {
        return None;
    }
    let state = reading.map_or(State::Never, |reading| reading.state);
    let words = page.reader.words.word("microsoft-state", state.word()).into_owned();
    Some([words, reading.map(|reading| reading.detail.clone()).unwrap_or_default()])
}

fn tone(status: Status) -> &'static str {
    match status {
        Status::Active => "done",
        Status::Suspended | Status::Expired => "warning",
        Status::Disabled => "error",
        Status::Unknown | Status::Pending | Status::Deleted => "",
    }
}

/// A subscription, shortly.
pub(super) fn card(page: &Page, one: &Held, calendar: Option<&Calendar>) -> SubscriptionCard {
    let words = page.reader.words;
    let row = &one.row;
    let era = row.era.map_or("unknown", domain::subscription::Era::word);
    let mut facts = vec![words.word("subscription-era", era).into_owned()];
    facts.push(if row.counted {
        words.f("subscription-quantity", &[("n", i64::from(row.quantity).into())])
    } else {
        words.t("subscription-by-use").into_owned()
    });
    facts.extend(row.term.map(|term| words.word("subscription-term", term.word()).into_owned()));
    if row.trial {
        facts.push(words.t("subscription-trial").into_owned());
    }
    SubscriptionCard {
        href: href(&row.id),
        name: one.name().to_owned(),
        offer: if one.name() == row.name { String::new() } else { row.name.clone() },
        status: row.status.word().into(),
        tone: tone(row.status).into(),
        facts,
        gone: row.gone_at.is_some(),
        progress: one.open.as_ref().map(|act| act.progress.word().to_owned()).unwrap_or_default(),
        timeline: timeline(page, one, calendar),
        read: page.reader.time(row.read_at),
    }
}

/// A date as a line. Without a nearness, only what it is.
pub(super) fn day(page: &Page, what: Occasion, at: Timestamp, near: Option<Nearness>) -> DayLine {
    let words = page.reader.words;
    let left = |n: u32| words.f("subscription-days-left", &[("n", i64::from(n).into())]);
    let (left, tone) = match near {
        Some(Nearness::Warned(n @ 0..=2)) => (left(n), "error"),
        Some(Nearness::Warned(n)) => (left(n), "warning"),
        Some(Nearness::Calm(n)) => (left(n), ""),
        Some(Nearness::Past) | None => (String::new(), ""),
    };
    DayLine {
        what: words.word("subscription-occasion", what.word()).into_owned(),
        time: date(page, at),
        left,
        tone: tone.into(),
    }
}

fn timeline(page: &Page, one: &Held, calendar: Option<&Calendar>) -> Timeline {
    let now = page.reader.now;
    let life = dates::life(rules::all(), &one.facts, now);
    let days = dates::days(rules::all(), &one.facts, now);
    let lines = days.iter().map(|known| {
        let near = known.what.comes().then(|| dates::nearness(*known, calendar, now));
        (near, day(page, known.what, known.at, near))
    });
    let lines: Vec<(Option<Nearness>, DayLine)> = lines.collect();
    let from = life.iter().map(|part| part.from).chain(days.iter().map(|day| day.at)).min();
    let to = life.iter().filter_map(|part| part.to).chain(days.iter().map(|day| day.at)).max();
    let (from, to) = (from.unwrap_or(now), to.unwrap_or(now).max(now));
    let place = |at: Timestamp| scaled(at, from, to);
    let band = |part: &dates::Stretch| {
        let (x, end) = (place(part.from), place(part.to.unwrap_or(to)));
        (x, end.saturating_sub(x), part.status.word().to_owned())
    };
    Timeline {
        label: page.reader.words.f(
            "subscription-picture",
            &[("from", date(page, from).text.into()), ("to", date(page, to).text.into())],
        ),
        bands: life.iter().map(band).collect(),
        marks: days.iter().zip(&lines).map(|(day, (_, line))| (place(day.at), line.tone.clone())).collect(),
        today: (from <= now && now <= to && from < to).then(|| place(now)),
        days: lines.into_iter().map(|(_, line)| line).collect(),
    }
}

/// Where a moment lies between two.
fn scaled(at: Timestamp, from: Timestamp, to: Timestamp) -> u32 {
    let (whole, part) = (to.as_second() - from.as_second(), at.as_second() - from.as_second());
    if whole <= 0 {
        return 0;
    }
    let place = i128::from(part) * i128::from(WIDTH) / i128::from(whole);
    u32::try_from(place.clamp(0, i128::from(WIDTH))).unwrap_or(0)
}

/// What is known of one: name and value.
pub(super) fn facts(page: &Page, one: &One) -> Vec<[String; 2]> {
    let words = page.reader.words;
    let t = |key: &str| words.t(key).into_owned();
    let row = &one.held.row;
    let number = |n: u32| format::number(words, i64::from(n));
    let mut facts: Vec<[String; 2]> = Vec::new();
    let mut fact = |name: &str, value: String| facts.push([t(name), value]);
    let since =
        row.status_since.map(|at| words.f("subscription-since", &[("time", moment(page, at).into())]));
    let status = words.word("subscription-status", row.status.word());
    fact("subscription-state", since.map_or_else(|| status.to_string(), |since| format!("{status} {since}")));
    let era = row.era.map_or("unknown", domain::subscription::Era::word);
    fact("subscription-kind", words.word("subscription-era", era).into_owned());
    fact("subscription-licences", if row.counted { number(row.quantity) } else { t("subscription-by-use") });
    if let Some(term) = row.term {
        fact("subscription-term-of", words.word("subscription-term", term.word()).into_owned());
    }
    let on = |on: bool| t(if on { "subscription-on" } else { "subscription-off" });
    if row.term_ends.is_some() && row.era != Some(domain::subscription::Era::AzurePlan) {
        fact("subscription-renews", on(row.auto_renew));
    }
    if row.trial {
        fact("subscription-trial", t("subscription-yes"));
    }
    if let Some(next) = row.scheduled {
        fact("subscription-next-term", words.f("subscription-quantity", &[("n", i64::from(next).into())]));
    }
    if row.era == Some(domain::subscription::Era::AzurePlan) {
        fact("subscription-azure", row.azure_active.map_or_else(|| t("subscription-unknown"), number));
    }
    if let Some(parent) = &row.parent {
        fact("subscription-parent", parent.clone());
    }
    fact("subscription-id", row.id.clone());
    facts
}

fn source(rule: &Rule) -> (String, bool) {
    (rule.source.clone(), rule.verified)
}

/// Whether something may be done, in words.
pub(super) fn said(page: &Page, verdict: &Verdict<'_>) -> Said {
    let words = page.reader.words;
    let rule_text = |rule: &Rule| words.word("subscription-rule", &rule.id).into_owned();
    let t = |key: &str| words.t(key).into_owned();
    let at = |key: &str, at: Timestamp| words.f(key, &[("time", moment(page, at).into())]);
    match verdict {
        Verdict::Allowed { rule, until } => {
            let (source, verified) = source(rule);
            let headline =
                until.map_or_else(|| t("subscription-may"), |until| at("subscription-may-until", until));
            Said {
                verdict: "may".into(),
                headline,
                rule: rule_text(rule),
                more: String::new(),
                source,
                verified,
            }
        }
        Verdict::Refused { rule, next } => {
            let (source, verified) = source(rule);
            let more = match next {
                Coming::At(then) => at("subscription-next-at", *then),
                Coming::After(next) => words.word("subscription-next", next.word()).into_owned(),
                Coming::Elsewhere(until) => at("subscription-elsewhere", *until),
                Coming::Never => t("subscription-never"),
            };
            let headline = t("subscription-not");
            Said { verdict: "not".into(), headline, rule: rule_text(rule), more, source, verified }
        }
        Verdict::Unknown { lacks } => {
            let names: Vec<_> =
                lacks.iter().map(|lack| words.word("subscription-lack", lack.word()).into_owned()).collect();
            Said {
                verdict: "unknown".into(),
                headline: t("subscription-cannot-say"),
                rule: String::new(),
                more: names.join("; "),
                source: String::new(),
                verified: true,
            }
        }
    }
}

/// What an action would do, as a sentence, and whether it is grave. No add-ons go with what has none.
pub(crate) fn effect(page: &Page, effect: Effect, add_ons: usize) -> Option<(bool, String)> {
    let words = page.reader.words;
    let t = |key: &str| words.t(key).into_owned();
    let at = |key: &str, at: Timestamp| words.f(key, &[("time", moment(page, at).into())]);
    let sentence = match effect {
        Effect::UsersOut => t("subscription-effect-users-out"),
        Effect::UsersIn => t("subscription-effect-users-in"),
        Effect::Final => t("subscription-effect-final"),
        Effect::Reversible(then) => at("subscription-effect-reversible", then),
        Effect::DataUntil(then) => at("subscription-effect-data-until", then),
        Effect::DataGone(then) => at("subscription-effect-data-gone", then),
        Effect::BilledUntil(then) => at("subscription-effect-billed-until", then),
        Effect::NotBilled => t("subscription-effect-not-billed"),
        Effect::BilledAgain => t("subscription-effect-billed-again"),
        Effect::BilledMore => t("subscription-effect-billed-more"),
        Effect::PaidBack => t("subscription-effect-paid-back"),
        Effect::PaidBackInPart => t("subscription-effect-paid-back-in-part"),
        Effect::RenewsNoMore => t("subscription-effect-renews-no-more"),
        Effect::RenewalStaysOff => t("subscription-effect-renewal-stays-off"),
        Effect::ScheduleGone => t("subscription-effect-schedule-gone"),
        Effect::RenewsAt(then) => at("subscription-effect-renews-at", then),
        Effect::EndsAt(then) => at("subscription-effect-ends-at", then),
        Effect::From(then) => at("subscription-effect-from", then),
        Effect::GivenBackUntil(then) => at("subscription-effect-given-back-until", then),
        Effect::BoundUntil(then) => at("subscription-effect-bound-until", then),
        Effect::AddOns if add_ons == 0 => return None,
        Effect::AddOns => {
            let n = i64::try_from(add_ons).unwrap_or(i64::MAX);
            words.f("subscription-effect-add-ons", &[("n", n.into())])
        }
    };
    Some((is_grave(effect), sentence))
}

/// What is done, with its number.
pub(super) fn act_text(page: &Page, act: &Act) -> String {
    let words = page.reader.words;
    let action = words.word("subscription-action", act.action.word());
    match act.quantity {
        None => action.into_owned(),
        Some(n) => {
            let number = words.f("subscription-quantity", &[("n", i64::from(n).into())]);
            format!("{action} ({number})")
        }
    }
}

/// A value of a difference, as people read it.
fn value(page: &Page, of: Field, value: &str) -> String {
    let words = page.reader.words;
    if value.is_empty() {
        return words.t("subscription-nothing").into_owned();
    }
    match of {
        Field::Status => words.word("subscription-status", value).into_owned(),
        Field::Quantity | Field::Scheduled => value.to_owned(),
        Field::AutoRenew => {
            words.t(if value == "true" { "subscription-on" } else { "subscription-off" }).into_owned()
        }
        Field::Trial => {
            words.t(if value == "true" { "subscription-yes" } else { "subscription-no" }).into_owned()
        }
        Field::TermEnds => value.parse().map_or_else(|_| value.to_owned(), |at| moment(page, at)),
    }
}

fn change_text(page: &Page, what: &[Difference]) -> String {
    let words = page.reader.words;
    let line = |one: &Difference| {
        let field = words.word("subscription-field", one.of.word());
        let (before, after) = (value(page, one.of, &one.before), value(page, one.of, &one.after));
        let args = [("field", field.into()), ("before", before.into()), ("after", after.into())];
        words.f("subscription-change-line", &args)
    };
    what.iter().map(line).collect::<Vec<_>>().join(" · ")
}

fn change(page: &Page, change: &Change) -> HistoryLine {
    HistoryLine {
        time: page.reader.time(change.at),
        text: change_text(page, &change.what.0),
        by: page.reader.words.word("subscription-cause", change.cause.word()).into_owned(),
        tone: if change.cause == Cause::Elsewhere { "warning" } else { "" }.into(),
        more: Vec::new(),
        link: None,
    }
}

/// What somebody else changed of late in a tenant, each with the subscription's name.
pub(super) fn drift(page: &Page, place: &Place) -> Vec<HistoryLine> {
    let line = |seen: &Change| {
        let one = place.held.iter().find(|one| one.row.id == seen.subscription)?;
        let link = Link { href: href(&one.row.id), text: one.name().to_owned(), current: false };
        Some(HistoryLine { link: Some(link), ..change(page, seen) })
    };
    place.drift.iter().filter_map(line).collect()
}

/// What changed and what was done, the newest first.
pub(super) fn history(page: &Page, one: &One) -> Vec<HistoryLine> {
    let words = page.reader.words;
    let mut lines: Vec<(Timestamp, HistoryLine)> =
        one.changes.iter().map(|seen| (seen.at, change(page, seen))).collect();
    for act in one.acts.iter().filter(|act| act.ended_at.is_some()) {
        let ended = act.ended_at.unwrap_or(act.asked_at);
        let mut more = Vec::new();
        if act.progress.is_trouble() {
            more.push(words.word("subscription-ended", act.progress.word()).into_owned());
        }
        match act.progress {
            Progress::Forbidden if !act.detail.is_empty() => {
                more.push(words.word("subscription-rule", &act.detail).into_owned());
            }
            _ if !act.detail.is_empty() => {
                let args = [("words", act.detail.as_str().into())];
                more.push(words.f("subscription-microsoft-says", &args));
            }
            _ => {}
        }
        if !act.reason.is_empty() {
            more.push(act.reason.clone());
        }
        let number = act.ticket.and_then(|ticket| one.tickets.get(&ticket));
        let progress = words.word("subscription-progress", act.progress.word());
        lines.push((
            ended,
            HistoryLine {
                time: page.reader.time(ended),
                text: format!("{} – {progress}", act_text(page, act)),
                by: one.agents.get(&act.agent).cloned().unwrap_or_default(),
                tone: match act.progress {
                    Progress::Done => "done",
                    progress if progress.is_trouble() => "error",
                    _ => "",
                }
                .into(),
                more,
                link: number.map(|number| Link {
                    href: format!("/tickets/{number}"),
                    text: format!("#{number}"),
                    current: false,
                }),
            },
        ));
    }
    lines.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    lines.into_iter().map(|(_, line)| line).collect()
}
