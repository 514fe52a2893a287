//! A suspension in words.

use app::suspensions::{self as held, Ground, Line, One};
use domain::suspension::{ItemState, State, rails};
use store::subscriptions::Subscription;
use text::format;

use crate::ui::{
    shell::Page,
    subscriptions::shown::effect,
    view::{Link, RailLine, SuspensionItem, SuspensionShown},
};

/// Where a person looks after a customer's subscriptions at Microsoft.
const PARTNER_CENTER: &str = "https://partner.microsoft.com/commerce/customers";

pub(super) const fn tone(state: State) -> &'static str {
    match state {
        State::Proposed | State::Approved | State::Reversing => "warning",
        State::Suspended | State::Failed | State::Differs | State::Stopped => "error",
        State::Restored => "done",
        State::Refused | State::Withdrawn | State::Expired | State::Rehearsed => "calm",
    }
}

fn number(page: &Page, n: u32) -> String {
    page.reader.words.f("subscription-quantity", &[("n", i64::from(n).into())])
}

/// A subscription to choose from.
pub(super) fn offered(page: &Page, row: &Subscription) -> String {
    let name = if row.nickname.trim().is_empty() { &row.name } else { &row.nickname };
    if row.counted { format!("{name} · {}", number(page, row.quantity)) } else { name.clone() }
}

pub(super) fn shown(page: &Page, ground: &Ground) -> SuspensionShown {
    let words = page.reader.words;
    let rail = |checked: rails::Checked| RailLine {
        text: words.word("suspension-rail", checked.rail.word()).into_owned(),
        said: match checked.hold {
            None => words.t("suspension-passes").into_owned(),
            Some(why) => words.word("suspension-why", why.word()).into_owned(),
        },
        tone: match checked.hold {
            None => "done",
            Some(why) if why.passes() || !checked.rail.is_early() => "warning",
            Some(_) => "error",
        }
        .into(),
    };
    let seats = ground.lines.iter().map(|line| line.item.seats).fold(0, u32::saturating_add);
    let mut facts = vec![[words.t("suspension-users").into_owned(), number(page, seats)]];
    for sum in ground.debt.iter().flat_map(|debt| &debt.owed) {
        facts.push([words.t("suspension-owed").into_owned(), format::money(words, *sum)]);
    }
    if !ground.stage.is_empty() {
        facts.push([words.t("suspension-stage").into_owned(), ground.stage.clone()]);
    }
    for name in &ground.untouched {
        facts.push([words.t("suspension-untouched").into_owned(), name.clone()]);
    }
    SuspensionShown {
        rails: ground.case().rails(ground.now).into_iter().map(rail).collect(),
        items: ground.lines.iter().map(|line| item(page, ground, line)).collect(),
        facts,
        list: ground.list.clone(),
    }
}

fn item(page: &Page, ground: &Ground, line: &Line) -> SuspensionItem {
    let (words, kept) = (page.reader.words, &line.item);
    let mut notes = Vec::new();
    if kept.seats > 0 {
        notes.push(number(page, kept.seats));
    }
    let lost = line
        .facts
        .as_ref()
        .filter(|_| line.is_ahead())
        .and_then(|facts| rails::lost_at(domain::subscription::rules::all(), facts, ground.now));
    if let Some(at) = lost {
        let days = at.duration_since(ground.now).as_hours() / 24;
        notes.push(words.f("suspension-days-left", &[("n", days.into())]));
    }
    for add_on in &line.add_ons {
        notes.push(words.f("suspension-add-on", &[("name", add_on.as_str().into())]));
    }
    if let Some(act) = &line.act {
        let action = words.word("subscription-action", act.action.word());
        let progress = words.word("subscription-progress", act.progress.word());
        let args = [("action", action.as_ref().into()), ("progress", progress.as_ref().into())];
        notes.push(words.f("suspension-act", &args));
        if !act.detail.is_empty() {
            notes.push(words.f("subscription-microsoft-says", &[("words", act.detail.as_str().into())]));
        }
    }
    for one in &kept.differs.0 {
        let of = words.word("subscription-field", one.of.word());
        let args = [
            ("what", of.as_ref().into()),
            ("before", one.before.as_str().into()),
            ("after", one.after.as_str().into()),
        ];
        notes.push(words.f("suspension-differs", &args));
    }
    if !kept.evidence.is_empty() {
        notes.push(words.f("suspension-evidence", &[("text", kept.evidence.as_str().into())]));
    }
    let by_hand = matches!(kept.state, ItemState::ByHand | ItemState::BackByHand);
    let effects = held::effects(line, ground.now).into_iter().filter(|_| line.is_ahead());
    SuspensionItem {
        place: kept.place,
        link: Link {
            href: format!("/subscriptions/{}", kept.subscription),
            text: kept.name.clone(),
            current: false,
        },
        state: words.word("suspension-item", kept.state.word()).into_owned(),
        effects: effects.filter_map(|one| effect(page, one, line.add_ons.len())).collect(),
        notes,
        by_hand: by_hand.then(|| format!("{PARTNER_CENTER}/{}/subscriptions", kept.tenant)),
    }
}

/// Who did what when.
pub(super) fn facts(page: &Page, one: &One) -> Vec<[String; 2]> {
    let (words, suspension) = (page.reader.words, &one.suspension);
    let name = |id| one.agents.get(&id).cloned().unwrap_or_default();
    let row = |key: &str, value: String| [words.t(key).into_owned(), value];
    let time = |at| page.reader.time(at).text;
    let mut all = vec![
        row("suspension-scope-label", words.word("suspension-scope", suspension.scope.word()).into_owned()),
        row("suspension-reason", suspension.reason.clone()),
        row(
            "suspension-proposed",
            format!("{}, {}", name(suspension.proposed_by), time(suspension.proposed_at)),
        ),
    ];
    if let Some((by, at)) = suspension.approved_by.zip(suspension.approved_at) {
        let key =
            if suspension.state == State::Refused { "suspension-refused" } else { "suspension-approved" };
        all.push(row(key, format!("{}, {}", name(by), time(at))));
    }
    if let Some(by) = suspension.back_by {
        all.push(row("suspension-back", name(by)));
    }
    if let Some(at) = suspension.ended_at {
        all.push(row("suspension-ended", time(at)));
    }
    all
}
