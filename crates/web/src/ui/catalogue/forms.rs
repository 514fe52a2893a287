//! The form of an offering.

use app::{Error, catalogue::NewOffering};
use domain::{
    clock::{
        CalendarSpec,
        promise::{Promises, Targets},
    },
    id::OfferingId,
    lang::Lang,
    money::Money,
    offering::{ContactMethod, Price, PriceUnit, Terms},
    ticket::kinds::{Kind, Service, Severity},
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use store::{offerings::Offering, people::Calendar};

use super::week;
use crate::{
    form::Form,
    ui::{
        admin::{amount, hours, version},
        pieces::choice,
        shell::Page,
        view::{Choice, OfferingForm, PromiseRow},
    },
};

/// The day of a date field, from its first moment; none where nothing stands.
///
/// # Errors
/// `not-a-date`.
pub(super) fn day(field: &'static str, text: &str, zone: &TimeZone) -> Result<Option<Timestamp>, Error> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let date: Date = text.trim().parse().map_err(|_| Error::invalid(field, "not-a-date"))?;
    let start = date.to_zoned(zone.clone()).map_err(|_| Error::invalid(field, "not-a-date"))?;
    Ok(Some(start.timestamp()))
}

/// A moment as a date field has it.
pub(super) fn date(at: Timestamp, zone: &TimeZone) -> String {
    zone.to_datetime(at).date().to_string()
}

fn checked<T: Copy + PartialEq + std::fmt::Display>(
    page: &Page,
    family: &str,
    all: &[T],
    chosen: &[T],
) -> Vec<Choice> {
    let words = page.reader.words;
    let one = |word: &T| choice(word, words.word(family, &word.to_string()), chosen.contains(word));
    all.iter().map(one).collect()
}

fn spoken(chosen: &[Lang]) -> Vec<Choice> {
    Lang::ALL.iter().map(|lang| choice(lang.word(), lang.own_name(), chosen.contains(lang))).collect()
}

fn per(page: &Page, chosen: PriceUnit) -> Vec<Choice> {
    page.reader.choices("price-per", PriceUnit::ALL, Some(chosen))
}

fn promise_row(severity: Severity, targets: Targets) -> PromiseRow {
    PromiseRow {
        severity: severity.word().to_owned(),
        field: severity.word().to_lowercase(),
        first_response: amount::write(targets.first_response),
        next_response: amount::write(targets.next_response),
        resolution: amount::write(targets.resolution),
    }
}

fn filled(page: &Page, terms: &Terms) -> OfferingForm {
    let (days, _) = hours::week(&terms.hours);
    let price = terms.price.amount.map(|amount| amount.to_string()).unwrap_or_default();
    let (amount, currency) = price.split_once(' ').unwrap_or_default();
    OfferingForm {
        action: String::new(),
        id: String::new(),
        version: 0,
        name: String::new(),
        summary: String::new(),
        ends: String::new(),
        services: checked(page, "service", Service::ALL, &terms.services),
        kinds: checked(page, "kind", Kind::ALL, &terms.kinds),
        languages: spoken(&terms.languages),
        contact: checked(page, "contact-method", ContactMethod::ALL, &terms.contact),
        time_zone: terms.hours.timezone.clone(),
        days,
        holidays: hours::holidays(&terms.hours),
        promises: Severity::ALL.iter().map(|s| promise_row(*s, terms.promises.of(*s))).collect(),
        per: per(page, terms.price.per),
        amount: amount.to_owned(),
        currency: if currency.is_empty() { "EUR".into() } else { currency.to_owned() },
        from: String::new(),
        to: String::new(),
    }
}

/// The form of an offering that is there.
pub(super) fn offering_form(page: &Page, offering: &Offering) -> OfferingForm {
    let (words, terms) = (page.reader.words, &offering.terms.0);
    let services = terms.services.iter().map(|service| words.word("service", service.word()).into_owned());
    let kinds = terms.kinds.iter().map(|kind| words.word("kind", kind.word()).into_owned());
    let languages = terms.languages.iter().map(|lang| lang.own_name().to_owned());
    let parts: Vec<String> = [services.collect::<Vec<_>>(), kinds.collect(), languages.collect()]
        .map(|part| part.join(", "))
        .into();
    OfferingForm {
        action: format!("/catalogue/offerings/{}", offering.id),
        id: offering.id.to_string(),
        version: version(offering.version),
        name: offering.name.clone(),
        summary: format!("{} · {}", parts.join(" · "), week::hours(words, &terms.hours)),
        ends: offering
            .valid_to
            .map(|to| text::format::date(words, to, &page.reader.zone))
            .unwrap_or_default(),
        from: date(offering.valid_from, &page.reader.zone),
        to: offering.valid_to.map(|to| date(to, &page.reader.zone)).unwrap_or_default(),
        ..filled(page, terms)
    }
}

/// The form of a new offering: in the hours of a calendar of the desk.
pub(super) fn blank(page: &Page, calendar: Option<&Calendar>) -> OfferingForm {
    let zone = page.agent.zone.iana_name().unwrap_or("UTC").to_owned();
    let terms = Terms {
        services: vec![Service::Microsoft365],
        kinds: vec![Kind::Technical],
        hours: calendar.map_or_else(
            || CalendarSpec { timezone: zone, ..CalendarSpec::default() },
            |calendar| calendar.spec.0.clone(),
        ),
        languages: vec![page.agent.lang],
        contact: vec![ContactMethod::Mail, ContactMethod::Portal],
        promises: Promises::default(),
        price: Price { per: PriceUnit::Included, amount: None },
    };
    OfferingForm { action: "/catalogue/offerings".into(), ..filled(page, &terms) }
}

fn words_of<T: std::str::FromStr>(form: &Form, field: &str) -> Vec<T> {
    form.all(field).filter_map(|word| word.parse().ok()).collect()
}

fn spec(form: &Form) -> CalendarSpec {
    hours::read(form.get("time_zone"), |field| form.get(field))
}

fn typed_row(form: &Form, severity: Severity) -> PromiseRow {
    let field = severity.word().to_lowercase();
    let text = |promise: &str| form.get(&format!("{field}_{promise}")).to_owned();
    PromiseRow {
        severity: severity.word().to_owned(),
        first_response: text("first_response"),
        next_response: text("next_response"),
        resolution: text("resolution"),
        field,
    }
}

/// A form that could not be taken, as it was typed.
pub(super) fn typed(page: &Page, form: &Form, id: Option<OfferingId>) -> OfferingForm {
    let terms = Terms {
        services: words_of(form, "services"),
        kinds: words_of(form, "kinds"),
        hours: spec(form),
        languages: words_of(form, "languages"),
        contact: words_of(form, "contact"),
        promises: Promises::default(),
        price: Price { per: form.parse("per").unwrap_or(PriceUnit::Included), amount: None },
    };
    OfferingForm {
        action: id.map_or_else(|| "/catalogue/offerings".into(), |id| format!("/catalogue/offerings/{id}")),
        id: id.map(|id| id.to_string()).unwrap_or_default(),
        version: form.parse("version").unwrap_or_default(),
        name: form.get("name").to_owned(),
        holidays: form.get("holidays").to_owned(),
        promises: Severity::ALL.iter().map(|severity| typed_row(form, *severity)).collect(),
        amount: form.get("amount").to_owned(),
        currency: form.get("currency").to_owned(),
        from: form.get("from").to_owned(),
        to: form.get("to").to_owned(),
        ..filled(page, &terms)
    }
}

/// What an offering's form says.
///
/// # Errors
/// `not-an-amount`, `not-a-date`, `unknown`.
pub(super) fn read_offering(page: &Page, form: &Form) -> Result<NewOffering, Error> {
    let targets = |severity| {
        let row = typed_row(form, severity);
        Ok::<_, Error>(Targets {
            first_response: amount::read("first_response", &row.first_response)?,
            next_response: amount::read("next_response", &row.next_response)?,
            resolution: amount::read("resolution", &row.resolution)?,
        })
    };
    let per = form.optional("per")?.unwrap_or(PriceUnit::Included);
    let typed = form.get("amount").trim().replace(',', ".");
    let amount = match (per, typed.as_str()) {
        (PriceUnit::Included, _) | (_, "") => None,
        (_, typed) => {
            let currency = form.get("currency").trim().to_uppercase();
            let currency = currency.parse().map_err(|_| Error::invalid("currency", "unknown"))?;
            Some(Money::parse(typed, currency).ok_or(Error::invalid("amount", "wrong"))?)
        }
    };
    Ok(NewOffering {
        name: form.get("name").to_owned(),
        terms: Terms {
            services: words_of(form, "services"),
            kinds: words_of(form, "kinds"),
            hours: spec(form),
            languages: words_of(form, "languages"),
            contact: words_of(form, "contact"),
            promises: Promises {
                a: targets(Severity::A)?,
                b: targets(Severity::B)?,
                c: targets(Severity::C)?,
            },
            price: Price { per, amount },
        },
        valid_from: day("from", form.get("from"), &page.reader.zone)?,
        valid_to: day("to", form.get("to"), &page.reader.zone)?,
    })
}
