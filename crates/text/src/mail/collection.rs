//! The letter that tells a customer what it owes, and what comes next.

use domain::collections::Effect;
use domain::money::Money;
use jiff::civil::Date;

use super::letter::{Draft, Letter, one_line};
use crate::{Words, format};

/// How many invoices a letter names.
const MOST: usize = 40;

/// A notice of what a customer owes.
#[derive(Clone, Copy, Debug)]
pub struct Collection<'a> {
    /// The desk's name.
    pub desk: &'a str,
    /// The reader's name.
    pub name: &'a str,
    /// What the stage does.
    pub effect: Effect,
    /// The invoices: number, due, what counts.
    pub items: &'a [(String, Date, Money)],
    /// What they come to, currency by currency.
    pub total: &'a [Money],
    /// What comes next, and not before which day.
    pub next: Option<(Effect, Date)>,
    /// Where the invoices are, and where a line is disputed.
    pub link: &'a str,
}

/// Amounts of several currencies, side by side.
#[must_use]
pub fn amounts(words: Words, all: &[Money]) -> String {
    let all: Vec<String> = all.iter().map(|one| format::money(words, *one)).collect();
    all.join(" + ")
}

/// The letter that tells a customer what it owes.
#[must_use]
pub fn collection(words: Words, letter: &Collection<'_>) -> Letter {
    let (desk, total) = (one_line(letter.desk), amounts(words, letter.total));
    let [subject, body] = match letter.effect {
        Effect::Remind => ["mail-collection-subject-remind", "mail-collection-body-remind"],
        Effect::Warn => ["mail-collection-subject-warn", "mail-collection-body-warn"],
        Effect::Suspend(_) => ["mail-collection-subject-suspend", "mail-collection-body-suspend"],
    };
    let mut draft = Draft::new(words, words.f(subject, &[("total", (&total).into())]));
    draft.greet(Some(letter.name).filter(|name| !name.is_empty()));
    draft.say(words.t(body));
    for (number, due, open) in letter.items.iter().take(MOST) {
        let args = [("amount", format::money(words, *open).into()), ("day", format::day(words, *due).into())];
        draft.fact(one_line(number), &words.f("mail-collection-item", &args));
    }
    draft.fact(words.t("mail-collection-total"), &total);
    if letter.effect.scope().is_some() {
        let what = words.word("collection-effect", letter.effect.word());
        draft.say(words.f("mail-collection-effect", &[("what", what.as_ref().into())]));
    }
    if let Some((effect, on)) = letter.next {
        let what = words.word("collection-effect", effect.word());
        let args = [("what", what.as_ref().into()), ("day", format::day(words, on).into())];
        draft.say(words.f("mail-collection-next", &args));
    }
    draft.say(words.t("mail-collection-otherwise"));
    draft.button(words.t("mail-invoice-button"), letter.link);
    draft.footer(desk);
    draft.finish()
}
