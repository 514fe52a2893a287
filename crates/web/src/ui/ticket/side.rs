//! What stands beside a conversation: the promises with how they were counted, the customer, other tickets.

use app::{Agent, tickets::TicketView};
use domain::{
    access::Permission,
    clock::{
        Period,
        running::{Clock, ClockKind, ClockState},
    },
    ticket::timeline::{Event, Party},
};
use jiff::{SignedDuration, Timestamp};
use text::format;

use crate::ui::{
    catalogue::week,
    lines,
    pieces::{Reader, person},
    view,
};

/// The column beside it.
pub(super) fn side(reader: &Reader, ticket: &TicketView, agent: &Agent) -> view::Side {
    view::Side {
        customer: ticket.customer.as_ref().map(|customer| customer_facts(reader, customer, agent)),
        contact: contact_facts(ticket),
        clocks: clocks(reader, ticket),
        applies: applies(reader, ticket, agent),
        recent: ticket.others.iter().map(|other| other_ticket(reader, other)).collect(),
    }
}

fn customer_facts(
    reader: &Reader,
    customer: &store::parties::Customer,
    agent: &Agent,
) -> view::CustomerFacts {
    let zone = app::who::zone(&customer.timezone);
    let hour = reader.now.to_zoned(zone.clone()).hour();
    let may_look = agent.may(Permission::CustomersView);
    view::CustomerFacts {
        name: customer.name.clone(),
        href: if may_look { format!("/customers/{}", customer.id) } else { String::new() },
        local_time: format!("{} ({})", format::time(reader.now, &zone), customer.timezone),
        daytime: (7..19).contains(&hour),
        remark: if may_look { customer.note.clone() } else { String::new() },
    }
}

/// What the catalogue says of it, with links for who may follow them.
fn applies(reader: &Reader, ticket: &TicketView, agent: &Agent) -> Option<view::Applies> {
    let covered = &ticket.covered;
    if covered.offering.is_none() && covered.statement.is_none() && covered.delivered_by.is_none() {
        return None;
    }
    let words = reader.words;
    let link = |may: bool, href: String, text: String| view::Link {
        href: if may { href } else { String::new() },
        text,
        current: false,
    };
    let (may_read, may_suppliers) =
        (agent.may(Permission::CatalogueView), agent.may(Permission::SuppliersView));
    let offering = covered.offering.as_ref();
    Some(view::Applies {
        offering: offering.map(|(_, name, _)| name.clone()).unwrap_or_default(),
        hours: offering.map(|(_, _, spec)| week::hours(words, spec)).unwrap_or_default(),
        statement: covered.statement.as_ref().map(|held| {
            let args = [("plan", held.plan_name.as_str().into()), ("number", held.number.to_string().into())];
            let text = words.f("applies-version", &args);
            link(may_read, format!("/catalogue/statements/{}", held.id), text)
        }),
        delivered_by: covered.delivered_by.as_ref().map(|by| {
            let text = format!("{}: {}", by.supplier_name, by.name);
            link(may_suppliers, format!("/suppliers/{}#{}", by.supplier, by.offering), text)
        }),
    })
}

fn contact_facts(ticket: &TicketView) -> view::ContactFacts {
    let language = ticket.ticket.lang.own_name().to_owned();
    if let Some(contact) = &ticket.contact {
        let email = contact.email.as_ref().map(ToString::to_string).unwrap_or_default();
        let name = if contact.name.is_empty() { &email } else { &contact.name };
        return view::ContactFacts {
            person: person(name, contact.id),
            phone: contact.phone.clone().unwrap_or_default(),
            language: contact.lang.own_name().into(),
            stranger: ticket.affiliations.is_empty(),
            email,
        };
    }
    let first = ticket.entries.iter().find_map(|entry| match &entry.event {
        Event::CustomerMessage(message) => message.from.as_ref(),
        _ => None,
    });
    let (name, email) = match first {
        Some(Party { name, email }) if name.is_empty() => (email.as_str(), email.as_str()),
        Some(Party { name, email }) => (name.as_str(), email.as_str()),
        None => ("–", ""),
    };
    view::ContactFacts {
        person: person(name, email),
        email: email.into(),
        phone: String::new(),
        language,
        stranger: ticket.customer.is_none(),
    }
}

fn other_ticket(reader: &Reader, other: &store::tickets::TicketLine) -> view::TicketRef {
    view::TicketRef {
        number: u64::try_from(other.number).unwrap_or_default(),
        subject: other.subject.clone(),
        state: other.state.to_string(),
        changed: reader.time(other.last_at),
    }
}

/// The promise that is due first, for the head.
pub(super) fn due(reader: &Reader, ticket: &TicketView) -> Option<view::Due> {
    let running = ticket.clocks.iter().filter_map(|clock| match clock.state {
        ClockState::Running { due, warn_at } => Some((due, warn_at, clock)),
        ClockState::Paused { .. } | ClockState::Met { .. } => None,
    });
    let Some((due, warn_at, clock)) = running.min_by_key(|(due, ..)| *due) else {
        let waits = ticket.clocks.iter().any(|clock| matches!(clock.state, ClockState::Paused { .. }));
        return (waits && ticket.ticket.state.is_active()).then(|| lines::paused(reader));
    };
    let (tone, text) = running_text(reader, due, warn_at);
    Some(view::Due { tone: tone.into(), text, left: left(reader, clock), title: reader.whole(due) })
}

fn running_text(reader: &Reader, due: Timestamp, warn_at: Timestamp) -> (&'static str, String) {
    let (tone, key) = match reader.now {
        now if now > due => ("late", "due-late"),
        now if now >= warn_at => ("near", "due-at"),
        _ => ("calm", "due-at"),
    };
    (tone, reader.words.f(key, &[("when", reader.near(due).into())]))
}

/// Every promise, and why it is due then. Of the rounds of answers only the last one is of interest.
fn clocks(reader: &Reader, ticket: &TicketView) -> Vec<view::Clock> {
    let last_round = ticket.clocks.iter().rposition(|clock| clock.kind == ClockKind::NextResponse);
    let shown = ticket
        .clocks
        .iter()
        .enumerate()
        .filter(|(i, clock)| clock.kind != ClockKind::NextResponse || Some(*i) == last_round);
    let calendar = ticket.hours.as_deref().unwrap_or_default();
    shown.map(|(_, clock)| one_clock(reader, clock, calendar)).collect()
}

pub(super) fn one_clock(reader: &Reader, clock: &Clock, calendar: &str) -> view::Clock {
    let words = reader.words;
    let (tone, text) = match clock.state {
        ClockState::Running { due, warn_at } => running_text(reader, due, warn_at),
        ClockState::Paused { .. } => ("paused", words.t("due-paused").into_owned()),
        ClockState::Met { at, due } if at > due => {
            ("late", words.f("clock-kept-late", &[("when", reader.near(at).into())]))
        }
        ClockState::Met { at, .. } => ("kept", words.f("clock-kept", &[("when", reader.near(at).into())])),
    };
    let target = i64::from(clock.target.get());
    let used = used(clock, reader.now).as_secs();
    let time = format::duration_working(words, target);
    let sum = clock.segments.iter().map(|period| period.length().as_secs()).sum();
    view::Clock {
        promise: word(clock.kind).into(),
        tone: tone.into(),
        text,
        left: left(reader, clock),
        target: words.f("clock-target", &[("time", time.into()), ("calendar", calendar.into())]),
        used: u8::try_from((used * 100 / target.max(1)).clamp(0, 100)).unwrap_or(100),
        segments: clock.segments.iter().flat_map(|period| segments(reader, *period)).collect(),
        sum: format::duration_working(words, sum),
    }
}

/// The word of a promise.
pub(crate) const fn word(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::FirstResponse => "first_response",
        ClockKind::NextResponse => "next_response",
        ClockKind::Resolution => "resolution",
    }
}

/// The working time that a promise has used up to now.
fn used(clock: &Clock, now: Timestamp) -> SignedDuration {
    clock
        .segments
        .iter()
        .filter(|period| period.from < now)
        .fold(SignedDuration::ZERO, |sum, period| sum + period.to.min(now).duration_since(period.from))
}

/// What is left of a promise, of working time; nothing once it is late or kept.
fn left(reader: &Reader, clock: &Clock) -> String {
    let left = match clock.state {
        ClockState::Running { due, .. } if reader.now <= due => {
            i64::from(clock.target.get()) - used(clock, reader.now).as_secs()
        }
        ClockState::Paused { left } => left.as_secs(),
        ClockState::Running { .. } | ClockState::Met { .. } => return String::new(),
    };
    format::duration_working(reader.words, left)
}

/// A stretch of the ledger, apart where now is within it: what was counted, and what is still to come.
fn segments(reader: &Reader, period: Period) -> Vec<view::Segment> {
    let Period { from, to } = period;
    if from < reader.now && reader.now < to {
        return vec![
            segment(reader, Period { from, to: reader.now }, "counted"),
            segment(reader, Period { from: reader.now, to }, "ahead"),
        ];
    }
    vec![segment(reader, period, if to <= reader.now { "counted" } else { "ahead" })]
}

fn segment(reader: &Reader, period: Period, why: &str) -> view::Segment {
    let (words, zone) = (reader.words, &reader.zone);
    let day = |at: Timestamp| at.to_zoned(zone.clone()).date();
    let end = if day(period.from) == day(period.to) {
        format::time(period.to, zone)
    } else {
        format::weekday_time(words, period.to, zone)
    };
    view::Segment {
        day: format::weekday_date(words, period.from, zone),
        span: format!("{}–{end}", format::time(period.from, zone)),
        why: why.into(),
        length: format::duration_working(words, period.length().as_secs()),
        counts: true,
    }
}

#[cfg(test)]
mod tests {
    use domain::{clock::promise::Seconds, lang::Lang};
    use text::Words;

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_clock_shows_what_was_counted_and_what_is_to_come() {
        let reader = Reader {
            words: Words::new(Lang::En),
            zone: app::who::zone("Europe/Berlin"),
            now: at("2026-03-31T08:00:00Z"),
        };
        let clock = Clock {
            kind: ClockKind::FirstResponse,
            started: at("2026-03-30T14:00:00Z"),
            target: Seconds::new(4 * 3600).unwrap(),
            state: ClockState::Running {
                due: at("2026-03-31T10:00:00Z"),
                warn_at: at("2026-03-31T09:12:00Z"),
            },
            breached: false,
            segments: vec![
                Period { from: at("2026-03-30T14:00:00Z"), to: at("2026-03-30T15:00:00Z") },
                Period { from: at("2026-03-31T07:00:00Z"), to: at("2026-03-31T10:00:00Z") },
            ],
        };
        let shown = one_clock(&reader, &clock, "Office");
        assert_eq!((shown.tone.as_str(), shown.used), ("calm", 50));
        let rows: Vec<_> =
            shown.segments.iter().map(|s| format!("{} {} {} {}", s.day, s.span, s.why, s.length)).collect();
        assert_eq!(
            rows,
            [
                "Mon 30 Mar 16:00–17:00 counted 1 h",
                "Tue 31 Mar 09:00–10:00 counted 1 h",
                "Tue 31 Mar 10:00–12:00 ahead 2 h",
            ]
        );
        assert_eq!((shown.left.as_str(), shown.sum.as_str()), ("2 h", "4 h"));
        assert_eq!(shown.text, "due Tue 12:00");
    }
}
