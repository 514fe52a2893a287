//! Letters about services that were suspended because nobody paid: to the customer, and to the desk's people.

use domain::money::Money;

use super::letter::{Draft, Letter, one_line};
use crate::{Words, format};

/// What happened.
#[derive(Clone, Copy, Debug)]
pub struct Suspension<'a> {
    /// In a word.
    pub news: &'a str,
    /// Whose services; may be empty.
    pub customer: &'a str,
    /// The reader's name.
    pub name: &'a str,
    /// Which services.
    pub products: &'a [String],
    /// What was owed.
    pub owed: &'a [Money],
    /// The desk's name.
    pub desk: &'a str,
    /// Where more of it stands.
    pub link: &'a str,
}

fn begun<'a>(words: Words, letter: &Suspension<'a>, subject: &'static str) -> Draft {
    let (desk, customer) = (one_line(letter.desk), one_line(letter.customer));
    let mut draft =
        Draft::new(words, words.f(subject, &[("desk", desk.into()), ("customer", customer.into())]));
    draft.greet(Some(letter.name).filter(|name| !name.is_empty()));
    draft
}

fn products(words: Words, letter: &Suspension<'_>, draft: &mut Draft) {
    for product in letter.products {
        draft.fact(words.t("mail-suspension-product"), product);
    }
}

/// To the customer: these do not work any more, and what it can do.
#[must_use]
pub fn suspended(words: Words, letter: &Suspension<'_>) -> Letter {
    let mut draft = begun(words, letter, "mail-suspended-subject");
    draft.say(words.t("mail-suspended-body"));
    products(words, letter, &mut draft);
    for sum in letter.owed {
        draft.fact(words.t("mail-suspended-owed"), &format::money(words, *sum));
    }
    draft.say(words.t("mail-suspended-pay"));
    draft.say(words.t("mail-suspended-write"));
    draft.button(words.t("mail-suspended-button"), letter.link);
    draft.footer(letter.desk);
    draft.finish()
}

/// To the customer: they work again.
#[must_use]
pub fn restored(words: Words, letter: &Suspension<'_>) -> Letter {
    let mut draft = begun(words, letter, "mail-restored-subject");
    draft.say(words.t("mail-restored-body"));
    products(words, letter, &mut draft);
    draft.say(words.t("mail-restored-write"));
    draft.footer(letter.desk);
    draft.finish()
}

/// To one of the desk's people.
#[must_use]
pub fn suspension_news(words: Words, letter: &Suspension<'_>) -> Letter {
    let subject =
        if letter.customer.is_empty() { "mail-suspensions-subject" } else { "mail-suspension-subject" };
    let mut draft = begun(words, letter, subject);
    draft.say(words.word("suspension-news", letter.news).into_owned());
    products(words, letter, &mut draft);
    draft.button(words.t("mail-suspension-button"), letter.link);
    draft.footer(letter.desk);
    draft.finish()
}
