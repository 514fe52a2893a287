//! Tickets in lists.

use domain::ticket::lifecycle::State;
use jiff::{SignedDuration, Timestamp};
use store::tickets::{Key, NEVER, TicketLine, View};

use super::{
    keys,
    pieces::{Reader, choice, person},
    view,
};

/// How many tickets a page of a list has.
pub(crate) const PAGE: i64 = 50;

/// A line of a list.
pub(crate) fn line(reader: &Reader, line: &TicketLine) -> view::TicketLine {
    let assignee = line.assignee.zip(line.assignee_name.as_deref()).map(|(id, name)| person(name, id));
    view::TicketLine {
        choose: None,
        number: u64::try_from(line.number).unwrap_or_default(),
        subject: line.subject.clone(),
        preview: line.preview.clone(),
        contact: line.contact_name.clone().unwrap_or_default(),
        customer: line.customer_name.clone().unwrap_or_default(),
        state: line.state.to_string(),
        severity: line.severity.to_string(),
        kind: line.kind.to_string(),
        service: line.service.to_string(),
        assignee,
        due: due(reader, line),
        tags: line.tags.0.clone(),
        has_circle: line.has_circle,
        unread: line.state == State::New,
        draft: false,
        changed: reader.time(line.last_at),
    }
}

/// When the next promise of a line is due.
fn due(reader: &Reader, line: &TicketLine) -> Option<view::Due> {
    if let Some(until) = line.snoozed_until {
        return Some(snoozed(reader, until));
    }
    if line.due_at == NEVER {
        return line.state.pauses_promises().then(|| paused(reader)).filter(|_| line.state.is_active());
    }
    let late = line.due_at < reader.now;
    let near = line.warn_at.is_some_and(|warn| warn <= reader.now);
    let tone = if late {
        "late"
    } else if near {
        "near"
    } else {
        "calm"
    };
    let key = if late { "due-late" } else { "due-at" };
    Some(view::Due {
        tone: tone.into(),
        text: reader.words.f(key, &[("when", reader.near(line.due_at).into())]),
        left: String::new(),
        title: reader.whole(line.due_at),
    })
}

/// What is put aside until then.
pub(crate) fn snoozed(reader: &Reader, until: Timestamp) -> view::Due {
    view::Due {
        tone: "paused".into(),
        text: reader.words.f("snoozed-until", &[("when", reader.near(until).into())]),
        left: String::new(),
        title: reader.whole(until),
    }
}

/// Until when something can be put aside, in the reader's time: some hours, tomorrow morning, next week, in two weeks.
pub(crate) fn later(reader: &Reader) -> Vec<view::Choice> {
    let now = reader.now.to_zoned(reader.zone.clone());
    let morning = |days: i64| {
        let day = now.date().checked_add(jiff::Span::new().days(days)).ok()?;
        Some(day.at(8, 0, 0, 0).to_zoned(reader.zone.clone()).ok()?.timestamp())
    };
    let hours = reader.now.checked_add(SignedDuration::from_hours(3)).ok();
    let to_monday = 7 - i64::from(now.weekday().to_monday_zero_offset());
    let moments = [hours, morning(1), morning(to_monday), morning(14)];
    let mut choices: Vec<view::Choice> = Vec::new();
    for at in moments.into_iter().flatten() {
        let known = at.to_string();
        if choices.iter().all(|choice| choice.value != known) {
            choices.push(choice(known, reader.near(at), false));
        }
    }
    choices
}

/// A promise that stands still.
pub(crate) fn paused(reader: &Reader) -> view::Due {
    view::Due {
        tone: "paused".into(),
        text: reader.words.t("due-paused").into_owned(),
        left: String::new(),
        title: String::new(),
    }
}

/// The pages beside a page of a list at `path`: back to its beginning, on behind its last line.
pub(crate) fn pages(path: &str, view: View, first: bool, last: Option<&TicketLine>) -> view::Pages {
    let on = last.map(|line| {
        let Key { at, id } = view.key(line);
        format!("{path}?after={}", keys::write(at, id))
    });
    view::Pages { back: (!first).then(|| path.to_owned()), on }
}

/// Where a page begins; an address that somebody made up begins at the top.
pub(crate) fn after(text: &str) -> Option<Key> {
    keys::read(text).map(|(at, id)| Key { at, id })
}
