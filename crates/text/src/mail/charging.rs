//! The letter that asks a customer to confirm work that costs something.

use domain::money::Money;

use super::letter::{Draft, Letter, one_line};
use super::{Request, request_line};
use crate::{Words, format};

/// What a customer is asked to agree to.
#[derive(Clone, Copy, Debug)]
pub struct Approval<'a> {
    /// The request that it is about.
    pub request: Request<'a>,
    /// Its subject.
    pub subject: &'a str,
    /// The reader's name.
    pub name: &'a str,
    /// What is to be done, in an agent's words. Empty lines part paragraphs.
    pub note: &'a str,
    /// What an hour costs, or the incident.
    pub price: Money,
    /// The estimate and the cap, in minutes; none for an incident.
    pub frame: Option<(u32, u32)>,
    /// Whether the work has gone over a cap that was agreed before.
    pub again: bool,
}

/// What it comes to if the whole cap is used.
#[must_use]
pub fn most(price: Money, cap: u32) -> Money {
    domain::charging::lines::amount(domain::charging::lines::hundredths(cap), price)
}

/// The letter that asks somebody to confirm work that costs something. Nothing is charged for before that.
#[must_use]
pub fn approval(words: Words, letter: &Approval<'_>) -> Letter {
    let (number, subject) = (letter.request.number.to_string(), one_line(letter.subject));
    let args = [("number", (&number).into()), ("subject", (&subject).into())];
    let mut draft = Draft::new(words, words.f("mail-approval-subject", &args));
    draft.greet(Some(letter.name).filter(|name| !name.is_empty()));
    let body = if letter.again { "mail-approval-again" } else { "mail-approval-body" };
    draft.say(words.f(body, &args));
    if !letter.note.is_empty() {
        draft.write(letter.note);
    }
    let price = format::money(words, letter.price);
    match letter.frame {
        Some((estimate, cap)) => {
            let time = |minutes: u32| format::duration_working(words, i64::from(minutes) * 60);
            let args = [
                ("price", price.into()),
                ("estimate", time(estimate).into()),
                ("cap", time(cap).into()),
                ("most", format::money(words, most(letter.price, cap)).into()),
            ];
            draft.say(words.f("mail-approval-hourly", &args));
        }
        None => draft.say(words.f("mail-approval-incident", &[("price", price.into())])),
    }
    draft.say(words.t("mail-approval-first"));
    if let Some(link) = letter.request.link {
        draft.button(words.t("mail-approval-button"), link);
    }
    draft.footer(request_line(words, &letter.request));
    draft.finish()
}
