//! A statement in words: the document that is kept and printed, and what is different between two.

use ::text::{Words, format};
use domain::{
    clock::{CalendarSpec, promise::Promises, promise::Seconds},
    document::{Block, Document, Section},
    lang::Lang,
    offering::{
        ContactMethod, Price, PriceUnit,
        delivery::Manner,
        statement::{Offered, Part, Statement, difference},
    },
    party::supplier::SupplierKind,
    ticket::kinds::{Kind, Service, Severity},
};
use jiff::{SignedDuration, Timestamp, civil::Weekday, tz::TimeZone};

use super::hex;
use crate::{collections, who::zone};

/// The document of a statement in one language.
pub(crate) fn document(words: Words, statement: &Statement, number: i64, hash: &[u8]) -> Document {
    let zone = first_zone(statement);
    let version = number.to_string();
    let from = format::date(words, statement.valid_from, &zone);
    let mut lead = vec![
        statement.desk.clone(),
        words.f("statement-version", &[("number", version.as_str().into()), ("from", from.into())]),
    ];
    if let Some(to) = statement.valid_to {
        lead.push(words.f("statement-until", &[("to", last_day(words, to, &zone).into())]));
    }
    lead.push(words.t("statement-counted").into_owned());
    let mut sections: Vec<Section> =
        statement.offerings.iter().map(|offered| section(words, statement, offered)).collect();
    sections.push(beyond(words, statement));
    let blocks: Vec<Block> = policy(words, statement).map(Block::Text).collect();
    if !blocks.is_empty() {
        sections.push(Section { heading: words.t("statement-collections").into_owned(), blocks });
    }
    Document {
        lang: words.lang(),
        title: words.f("statement-title", &[("plan", statement.plan.as_str().into())]),
        lead,
        sections,
        foot: words
            .f("statement-fingerprint", &[("number", version.as_str().into()), ("hash", hex(hash).into())]),
    }
}

/// The zone by which the days of a statement are told: that of its first offering.
fn first_zone(statement: &Statement) -> TimeZone {
    statement.offerings.first().map_or(TimeZone::UTC, |offered| zone(&offered.hours.timezone))
}

fn section(words: Words, statement: &Statement, offered: &Offered) -> Section {
    let label = |key: &str| words.t(key).into_owned();
    let mut facts = vec![
        (label("statement-services"), services(words, offered)),
        (label("statement-kinds"), kinds(words, offered)),
        (label("statement-hours"), hours(words, &offered.hours)),
    ];
    let closed = holidays(words, &offered.hours);
    if !closed.is_empty() {
        facts.push((label("statement-holidays"), closed));
    }
    facts.extend([
        (label("statement-languages"), languages(offered)),
        (label("statement-contact"), contact(words, statement, offered)),
        (label("statement-price"), price(words, &offered.price)),
        (label("statement-delivered"), delivered(words, offered)),
    ]);
    let head = vec![
        label("severity"),
        label("promise-first-response"),
        label("promise-next-response"),
        label("promise-resolution"),
    ];
    let rows = Severity::ALL.iter().map(|severity| {
        let targets = offered.promises.of(*severity);
        let times = [targets.first_response, targets.next_response, targets.resolution];
        let mut row = vec![words.word("severity", severity.word()).into_owned()];
        row.extend(times.into_iter().map(|time| amount(words, time)));
        row
    });
    let table = Block::Table { head, rows: rows.collect() };
    Section { heading: offered.name.clone(), blocks: vec![Block::Facts(facts), table] }
}

fn beyond(words: Words, statement: &Statement) -> Section {
    let mut facts = Vec::new();
    for offered in &statement.offerings {
        facts.push((offered.name.clone(), helpers(words, offered)));
    }
    let text = Block::Text(words.t("statement-beyond-text").into_owned());
    let heading = words.t("statement-beyond").into_owned();
    Section { heading, blocks: vec![text, Block::Facts(facts)] }
}

/// The collections policy: what the desk wrote, in a language, or else in English, or else in the first in which it did, and the
/// stages.
fn policy(words: Words, statement: &Statement) -> impl Iterator<Item = String> {
    let all = &statement.collections;
    let text = all.get(&words.lang()).or_else(|| all.get(&Lang::En)).or_else(|| all.values().next());
    let written = text.into_iter().flat_map(|text| text.split("\n\n")).map(str::to_owned);
    let head = (!statement.stages.is_empty()).then(|| words.t("help-collection-policy").into_owned());
    written.chain(head).chain(statement.stages.iter().map(move |stage| collections::stage(words, stage)))
}

fn list(words: Words, items: impl IntoIterator<Item = String>) -> String {
    let separator = if words.lang() == Lang::ZhCn { "、" } else { ", " };
    items.into_iter().collect::<Vec<_>>().join(separator)
}

fn services(words: Words, offered: &Offered) -> String {
    list(words, offered.services.iter().map(|service: &Service| words.word("service", service.word()).into()))
}

fn kinds(words: Words, offered: &Offered) -> String {
    list(words, offered.kinds.iter().map(|kind: &Kind| words.word("kind", kind.word()).into()))
}

fn languages(offered: &Offered) -> String {
    offered.languages.iter().map(|lang| lang.own_name()).collect::<Vec<_>>().join(", ")
}

fn contact(words: Words, statement: &Statement, offered: &Offered) -> String {
    let one = |method: &ContactMethod| {
        let name = words.word("contact-method", method.word()).into_owned();
        match statement.contact.get(method) {
            Some(place) => format!("{name}: {place}"),
            None => name,
        }
    };
    offered.contact.iter().map(one).collect::<Vec<_>>().join("\n")
}

fn delivered(words: Words, offered: &Offered) -> String {
    list(words, offered.delivered.iter().map(|manner: &Manner| words.word("manner", manner.word()).into()))
}

fn helpers(words: Words, offered: &Offered) -> String {
    if offered.beyond.is_empty() {
        return words.t("statement-beyond-nobody").into_owned();
    }
    list(words, offered.beyond.iter().map(|kind: &SupplierKind| words.word("beyond", kind.word()).into()))
}

fn price(words: Words, price: &Price) -> String {
    let Some(amount) = price.amount else { return words.t("price-included").into_owned() };
    let amount = format::money(words, amount);
    match price.per {
        PriceUnit::Included => words.t("price-included").into_owned(),
        PriceUnit::Incident => words.f("price-incident", &[("amount", amount.into())]),
        PriceUnit::Hour => words.f("price-hour", &[("amount", amount.into())]),
        PriceUnit::Month => words.f("price-month", &[("amount", amount.into())]),
    }
}

fn amount(words: Words, time: Option<Seconds>) -> String {
    match time {
        Some(time) => format::duration_working(words, i64::from(time.get())),
        None => words.t("promises-none").into_owned(),
    }
}

/// "Mon–Thu 09:00–17:00", a line for each run of days that are alike, and the zone.
fn hours(words: Words, spec: &CalendarSpec) -> String {
    let week = &spec.hours;
    let days = [&week.mon, &week.tue, &week.wed, &week.thu, &week.fri, &week.sat, &week.sun];
    let mut lines: Vec<String> = Vec::new();
    let mut first = 0;
    for (place, intervals) in days.iter().enumerate() {
        if days.get(place + 1).is_some_and(|next| next == intervals) {
            continue;
        }
        if !intervals.is_empty() {
            let times: Vec<String> = intervals.iter().map(|(from, to)| format!("{from}–{to}")).collect();
            let days = match place == first {
                true => day(words, place).to_owned(),
                false => format!("{}–{}", day(words, first), day(words, place)),
            };
            lines.push(format!("{days} {}", times.join(", ")));
        }
        first = place + 1;
    }
    lines.push(words.f("statement-zone", &[("zone", spec.timezone.as_str().into())]));
    lines.join("\n")
}

fn day(words: Words, place: usize) -> &'static str {
    let offset = i8::try_from(place).unwrap_or_default();
    let day = Weekday::from_monday_zero_offset(offset).unwrap_or(Weekday::Monday);
    format::weekday(words, day)
}

fn holidays(words: Words, spec: &CalendarSpec) -> String {
    let noon = |day: &str| format!("{day}T12:00:00Z").parse::<Timestamp>().ok();
    let mut once = spec.holidays.clone();
    once.sort();
    once.dedup();
    let mut yearly = spec.yearly_holidays.clone();
    yearly.sort();
    yearly.dedup();
    let once = once.iter().filter_map(|day| Some(format::date(words, noon(day)?, &TimeZone::UTC)));
    // In a leap year, so that 29 February is a day.
    let yearly = yearly.iter().filter_map(|day| {
        let day = format::month_day(words, noon(&format!("2024-{day}"))?, &TimeZone::UTC);
        Some(words.f("statement-yearly", &[("day", day.into())]))
    });
    list(words, once.chain(yearly).collect::<Vec<_>>())
}

fn promises(words: Words, promises: &Promises) -> String {
    let line = |severity: &Severity| {
        let targets = promises.of(*severity);
        let times = [targets.first_response, targets.next_response, targets.resolution];
        let times: Vec<String> = times.into_iter().map(|time| amount(words, time)).collect();
        format!("{}: {}", severity.word(), times.join(" / "))
    };
    Severity::ALL.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// What is different, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Of what: a member of the family `part`.
    pub part: Part,
    /// The offering, if it is one's.
    pub offering: Option<String>,
    /// How it was; empty if it was not.
    pub before: String,
    /// How it is; empty if it is not any more.
    pub after: String,
}

/// What is different between two statements, in words.
#[must_use]
pub fn changes(words: Words, before: &Statement, after: &Statement) -> Vec<Change> {
    let changes = difference(before, after).into_iter().map(|found| {
        let offering = found.after.or(found.before).map(|offered| offered.name.clone());
        let text = |statement: &Statement, offered: Option<&Offered>| match offered {
            Some(offered) => of_offering(words, statement, offered, found.part),
            None if offering.is_some() => String::new(),
            None => of_whole(words, statement, found.part),
        };
        let (before, after) = (text(before, found.before), text(after, found.after));
        Change { part: found.part, offering: offering.clone(), before, after }
    });
    changes.collect()
}

fn of_offering(words: Words, statement: &Statement, offered: &Offered, part: Part) -> String {
    match part {
        Part::Added | Part::Removed | Part::Name | Part::Collections | Part::Validity => offered.name.clone(),
        Part::Scope => format!("{}: {}", services(words, offered), kinds(words, offered)),
        Part::Hours => {
            let closed = holidays(words, &offered.hours);
            let hours = hours(words, &offered.hours);
            if closed.is_empty() {
                hours
            } else {
                format!("{hours}\n{}: {closed}", words.t("statement-holidays"))
            }
        }
        Part::Languages => languages(offered),
        Part::Contact => contact(words, statement, offered),
        Part::Promises => promises(words, &offered.promises),
        Part::Price => price(words, &offered.price),
        Part::Escalation => format!("{}\n{}", delivered(words, offered), helpers(words, offered)),
    }
}

/// The last day of what ends at a moment, as people name it.
fn last_day(words: Words, end: Timestamp, zone: &TimeZone) -> String {
    format::date(words, end.checked_sub(SignedDuration::from_secs(1)).unwrap_or(end), zone)
}

fn of_whole(words: Words, statement: &Statement, part: Part) -> String {
    match part {
        Part::Validity => {
            statement.valid_to.map(|to| last_day(words, to, &first_zone(statement))).unwrap_or_default()
        }
        Part::Contact => {
            let line = |(method, place): (&ContactMethod, &String)| {
                format!("{}: {place}", words.word("contact-method", method.word()))
            };
            statement.contact.iter().map(line).collect::<Vec<_>>().join("\n")
        }
        Part::Collections => policy(words, statement).collect::<Vec<_>>().join("\n"),
        Part::Name
        | Part::Added
        | Part::Removed
        | Part::Scope
        | Part::Hours
        | Part::Languages
        | Part::Promises
        | Part::Price
        | Part::Escalation => format!("{}: {}", statement.desk, statement.plan),
    }
}
