//! The form of what is promised: the fields that the desk's own offerings, its suppliers' and the settings of its promises
//! share, and what they say.

use app::Error;
use domain::{
    clock::{
        CalendarSpec,
        promise::{Promises, Targets},
    },
    lang::Lang,
    money::{Currency, Money},
    offering::{ContactMethod, Price, PriceUnit, Terms},
    ticket::kinds::{Kind, Service, Severity},
};

use super::{
    admin::{amount, hours},
    pieces::{Reader, choice},
    view::{Choice, PromiseField, PromiseRow, TermsForm},
};
use crate::form::Form;

/// The fields of a severity, by the promise that each is for.
const fn fields(severity: Severity) -> [(&'static str, &'static str); 3] {
    match severity {
        Severity::A => [
            ("first_response", "a_first_response"),
            ("next_response", "a_next_response"),
            ("resolution", "a_resolution"),
        ],
        Severity::B => [
            ("first_response", "b_first_response"),
            ("next_response", "b_next_response"),
            ("resolution", "b_resolution"),
        ],
        Severity::C => [
            ("first_response", "c_first_response"),
            ("next_response", "c_next_response"),
            ("resolution", "c_resolution"),
        ],
    }
}

/// What is promised, a row for each severity.
pub(crate) fn promise_rows(promises: &Promises) -> Vec<PromiseRow> {
    let row = |severity: &Severity| {
        let targets = promises.of(*severity);
        let kept = [targets.first_response, targets.next_response, targets.resolution];
        let field = |((promise, name), kept): ((&str, &str), _)| PromiseField {
            promise: promise.to_owned(),
            name: name.to_owned(),
            value: amount::write(kept),
        };
        PromiseRow {
            severity: severity.word().to_owned(),
            fields: fields(*severity).into_iter().zip(kept).map(field).collect(),
        }
    };
    Severity::ALL.iter().map(row).collect()
}

/// What the rows of a form promise.
///
/// # Errors
/// `not-an-amount`, for the field that is none.
pub(crate) fn promises(form: &Form) -> Result<Promises, Error> {
    let targets = |severity| {
        let [first, next, solution] = fields(severity).map(|(_, name)| amount::read(name, form.get(name)));
        Ok::<_, Error>(Targets { first_response: first?, next_response: next?, resolution: solution? })
    };
    Ok(Promises { a: targets(Severity::A)?, b: targets(Severity::B)?, c: targets(Severity::C)? })
}

fn checked<T: Copy + PartialEq + std::fmt::Display>(
    reader: &Reader,
    family: &str,
    all: &[T],
    chosen: &[T],
) -> Vec<Choice> {
    let one = |word: &T| choice(word, reader.words.word(family, &word.to_string()), chosen.contains(word));
    all.iter().map(one).collect()
}

/// The fields of terms that are there.
pub(crate) fn fields_of(reader: &Reader, terms: &Terms) -> TermsForm {
    let price = terms.price.amount.map(|amount| amount.to_string()).unwrap_or_default();
    let (amount, currency) = price.split_once(' ').unwrap_or_default();
    let spoken = |lang: &Lang| choice(lang.word(), lang.own_name(), terms.languages.contains(lang));
    TermsForm {
        services: checked(reader, "service", Service::ALL, &terms.services),
        kinds: checked(reader, "kind", Kind::ALL, &terms.kinds),
        languages: Lang::ALL.iter().map(spoken).collect(),
        contact: checked(reader, "contact-method", ContactMethod::ALL, &terms.contact),
        time_zone: terms.hours.timezone.clone(),
        days: hours::week(&terms.hours).0,
        holidays: hours::holidays(&terms.hours),
        promises: promise_rows(&terms.promises),
        per: reader.choices("price-per", PriceUnit::ALL, Some(terms.price.per)),
        amount: amount.to_owned(),
        currency: if currency.is_empty() { "EUR".into() } else { currency.to_owned() },
    }
}

/// Terms that promise nothing yet, in these hours.
pub(crate) fn blank(services: Vec<Service>, lang: Lang, hours: CalendarSpec) -> Terms {
    Terms {
        services,
        kinds: vec![Kind::Technical],
        hours,
        languages: vec![lang],
        contact: vec![ContactMethod::Mail, ContactMethod::Portal],
        promises: Promises::default(),
        price: Price { per: PriceUnit::Included, amount: None },
    }
}

/// What the fields say.
///
/// # Errors
/// `unknown`, `not-an-amount`, `not-a-price`, for the field that is wrong.
pub(crate) fn read(form: &Form) -> Result<Terms, Error> {
    let per = form.parse("per")?;
    Ok(Terms {
        services: members(form, "services")?,
        kinds: members(form, "kinds")?,
        hours: hours::read(form.get("time_zone"), |field| form.get(field)),
        languages: members(form, "languages")?,
        contact: members(form, "contact")?,
        promises: promises(form)?,
        // What is not counted has no amount, whatever is left in the field.
        price: Price { per, amount: if per == PriceUnit::Included { None } else { price(form)? } },
    })
}

fn members<T: std::str::FromStr>(form: &Form, field: &'static str) -> Result<Vec<T>, Error> {
    form.all(field).map(|word| word.parse().map_err(|_| Error::invalid(field, "unknown"))).collect()
}

fn price(form: &Form) -> Result<Option<Money>, Error> {
    let (amount, currency) = (form.get("amount").trim(), form.get("currency").trim());
    if amount.is_empty() {
        return Ok(None);
    }
    let currency: Currency =
        currency.to_ascii_uppercase().parse().map_err(|_| Error::invalid("currency", "not-a-price"))?;
    let money = Money::parse(&amount.replace(',', "."), currency).filter(|money| money.minor >= 0);
    money.map(Some).ok_or(Error::invalid("amount", "not-a-price"))
}
