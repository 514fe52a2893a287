//! What a supplier offers, as it is shown and as it is typed.

use app::suppliers::{self, Offer};
use domain::{
    clock::{
        CalendarSpec,
        promise::{Promises, Targets},
    },
    id::{OfferingId, SupplierId},
    lang::Lang,
    money::{Currency, Money},
    offering::{ContactMethod, Price, PriceUnit, Terms},
    ticket::kinds::{Kind, Service, Severity},
};
use jiff::{Timestamp, tz::TimeZone};
use text::format;

use super::{Typed, href, last_day, one_again, saved};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        admin::{amount, hours},
        pieces::{Reader, choice},
        shell::Page,
        view::{Choice, OfferCard, OfferForm, OfferPromise, PromiseRow},
    },
};

/// The minutes of a week.
const WEEK: i64 = 7 * 24 * 60;

/// An offering as it is shown.
pub(super) fn card(page: &Page, supplier: SupplierId, offer: &Offer) -> OfferCard {
    let reader = &page.reader;
    let words = reader.words;
    let (offering, terms) = (&offer.offering, &offer.offering.terms.0);
    let list = |family: &str, members: Vec<&'static str>| {
        members.into_iter().map(|word| words.word(family, word)).collect::<Vec<_>>().join(", ")
    };
    let promises = Severity::ALL.iter().filter_map(|severity| {
        let first = terms.promises.of(*severity).first_response?;
        Some(OfferPromise {
            severity: severity.word().to_owned(),
            first_response: format::duration_working(words, i64::from(first.get())),
        })
    });
    let offered = offering.valid_from <= reader.now && offering.valid_to.is_none_or(|to| reader.now < to);
    OfferCard {
        id: offering.id.to_string(),
        name: offer.name.clone(),
        offered,
        period: period(reader, offering.valid_from, offering.valid_to),
        services: list("service", terms.services.iter().map(|s| s.word()).collect()),
        kinds: list("kind", terms.kinds.iter().map(|k| k.word()).collect()),
        languages: terms.languages.iter().map(|l| l.own_name()).collect::<Vec<_>>().join(", "),
        contact: list("supplier-contact", terms.contact.iter().map(|c| c.word()).collect()),
        hours: hours_of(reader, &terms.hours),
        promises: promises.collect(),
        price: price(reader, terms.price),
        source: offer.source.unwrap_or_default().to_owned(),
        edited: offer.edited,
        form: form_of(page, supplier, offer),
    }
}

/// Between which days something holds; empty for what goes on and began.
fn period(reader: &Reader, from: Timestamp, to: Option<Timestamp>) -> String {
    let date = |at| format::date(reader.words, at, &reader.zone);
    match to {
        Some(to) => reader.words.f("contract-ends", &[("date", (&*date(last_day(to))).into())]),
        None if reader.now < from => reader.words.f("contract-not-begun", &[("date", (&*date(from)).into())]),
        None => String::new(),
    }
}

fn hours_of(reader: &Reader, spec: &CalendarSpec) -> String {
    let words = reader.words;
    match hours::week(spec).1 {
        0 => words.t("supplier-hours-unknown").into_owned(),
        WEEK if spec.holidays.is_empty() && spec.yearly_holidays.is_empty() => {
            words.t("supplier-hours-always").into_owned()
        }
        minutes => {
            let time = format::duration_working(words, minutes * 60);
            words.f("supplier-hours-week", &[("time", (&*time).into()), ("zone", (&*spec.timezone).into())])
        }
    }
}

fn price(reader: &Reader, price: Price) -> String {
    let unit = reader.words.word("supplier-price", price.per.word());
    match price.amount {
        Some(amount) => format!("{} · {unit}", text_of(reader, amount)),
        None if price.per == PriceUnit::Included => unit.into_owned(),
        None => format!("{unit} · {}", reader.words.t("supplier-price-unknown")),
    }
}

/// An amount with its currency: digits as the currency has them, with the point of the reader's language.
fn text_of(reader: &Reader, amount: Money) -> String {
    match reader.words.lang() {
        Lang::En | Lang::ZhCn => amount.to_string(),
        Lang::Sv | Lang::De | Lang::Hu => amount.to_string().replace('.', ","),
    }
}

/// The empty form of a new offering.
pub(super) fn empty_form(page: &Page, supplier: SupplierId) -> OfferForm {
    let zone = page.agent.zone.iana_name().unwrap_or("UTC");
    let terms = Terms {
        services: Vec::new(),
        kinds: vec![Kind::Technical],
        hours: CalendarSpec { timezone: zone.to_owned(), ..CalendarSpec::default() },
        languages: vec![page.agent.lang],
        contact: Vec::new(),
        promises: Promises::default(),
        price: Price { per: PriceUnit::Included, amount: None },
    };
    let action = format!("{}/offerings", href(supplier));
    form(page, action, 0, "", true, &terms, (String::new(), String::new()))
}

fn form_of(page: &Page, supplier: SupplierId, offer: &Offer) -> OfferForm {
    let offering = &offer.offering;
    let action = format!("{}/offerings/{}", href(supplier), offering.id);
    let dates = (
        day(&page.reader.zone, offering.valid_from),
        offering.valid_to.map(|to| day(&page.reader.zone, last_day(to))).unwrap_or_default(),
    );
    let version = u64::try_from(offering.version).unwrap_or_default();
    form(page, action, version, &offer.name, offering.vehicle.is_none(), &offering.terms.0, dates)
}

fn form(
    page: &Page,
    action: String,
    version: u64,
    name: &str,
    named: bool,
    terms: &Terms,
    (from, to): (String, String),
) -> OfferForm {
    let reader = &page.reader;
    OfferForm {
        open: false,
        action,
        version,
        name: name.to_owned(),
        named,
        services: several(reader, "service", Service::ALL, &terms.services),
        kinds: several(reader, "kind", Kind::ALL, &terms.kinds),
        languages: Lang::ALL
            .iter()
            .map(|lang| choice(lang.word(), lang.own_name(), terms.languages.contains(lang)))
            .collect(),
        contacts: several(reader, "supplier-contact", ContactMethod::ALL, &terms.contact),
        zone: terms.hours.timezone.clone(),
        days: hours::week(&terms.hours).0,
        holidays: hours::holidays(&terms.hours),
        promises: Severity::ALL.iter().map(|severity| row(*severity, terms.promises.of(*severity))).collect(),
        prices: reader.choices("supplier-price", PriceUnit::ALL, Some(terms.price.per)),
        amount: terms.price.amount.map(figures).unwrap_or_default(),
        currency: terms.price.amount.map(|amount| amount.currency.code().to_owned()).unwrap_or_default(),
        from,
        to,
    }
}

/// A form as it was typed, when it could not be taken.
pub(super) fn typed(page: &Page, shown: OfferForm, form: &Form) -> OfferForm {
    let reader = &page.reader;
    let spec = hours::read(form.get("time_zone"), |field| form.get(field));
    let chosen = |choices: Vec<Choice>, field: &'static str| -> Vec<Choice> {
        let is_chosen = |choice: &Choice| form.all(field).any(|value| value == choice.value);
        choices.into_iter().map(|choice| Choice { chosen: is_chosen(&choice), ..choice }).collect()
    };
    let promises = Severity::ALL.iter().map(|severity| {
        let field = severity.word().to_lowercase();
        let text = |promise: &str| form.get(&format!("{field}_{promise}")).to_owned();
        PromiseRow {
            severity: severity.word().to_owned(),
            first_response: text("first_response"),
            next_response: text("next_response"),
            resolution: text("resolution"),
            field,
        }
    });
    OfferForm {
        open: true,
        name: form.get("name").to_owned(),
        services: chosen(shown.services, "service"),
        kinds: chosen(shown.kinds, "kind"),
        languages: chosen(shown.languages, "lang"),
        contacts: chosen(shown.contacts, "contact"),
        zone: spec.timezone.clone(),
        days: hours::week(&spec).0,
        holidays: form.get("holidays").to_owned(),
        promises: promises.collect(),
        prices: reader.choices("supplier-price", PriceUnit::ALL, form.get("price").parse().ok()),
        amount: form.get("amount").to_owned(),
        currency: form.get("currency").to_owned(),
        from: form.get("from").to_owned(),
        to: form.get("to").to_owned(),
        ..shown
    }
}

/// An amount without its currency.
fn figures(amount: Money) -> String {
    amount.to_string().split(' ').next().unwrap_or_default().to_owned()
}

fn several<T: Copy + PartialEq + std::fmt::Display>(
    reader: &Reader,
    family: &str,
    all: &[T],
    chosen: &[T],
) -> Vec<Choice> {
    let one = |member: &T| {
        let word = member.to_string();
        choice(&word, reader.words.word(family, &word), chosen.contains(member))
    };
    all.iter().map(one).collect()
}

fn row(severity: Severity, targets: Targets) -> PromiseRow {
    PromiseRow {
        severity: severity.word().to_owned(),
        field: severity.word().to_lowercase(),
        first_response: amount::write(targets.first_response),
        next_response: amount::write(targets.next_response),
        resolution: amount::write(targets.resolution),
    }
}

/// The day of a moment, as a date field has it.
pub(super) fn day(zone: &TimeZone, at: Timestamp) -> String {
    at.to_zoned(zone.clone()).date().to_string()
}

/// The first moment of the day of a date field; none where nothing stands.
///
/// # Errors
/// `not-a-date`.
pub(super) fn first_moment(
    field: &'static str,
    text: &str,
    zone: &TimeZone,
) -> Result<Option<Timestamp>, app::Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: jiff::civil::Date = text.parse().map_err(|_| app::Error::invalid(field, "not-a-date"))?;
    let zoned = date.to_zoned(zone.clone()).map_err(|_| app::Error::invalid(field, "not-a-date"))?;
    Ok(Some(zoned.timestamp()))
}

/// The first moment after the day of a date field; none where nothing stands.
///
/// # Errors
/// `not-a-date`.
pub(super) fn after_day(
    field: &'static str,
    text: &str,
    zone: &TimeZone,
) -> Result<Option<Timestamp>, app::Error> {
    if text.is_empty() {
        return Ok(None);
    }
    let date: jiff::civil::Date = text.parse().map_err(|_| app::Error::invalid(field, "not-a-date"))?;
    let next = date.tomorrow().and_then(|next| next.to_zoned(zone.clone()));
    Ok(Some(next.map_err(|_| app::Error::invalid(field, "not-a-date"))?.timestamp()))
}

/// The terms of a form.
fn terms(form: &Form) -> Result<Terms, app::Error> {
    let targets = |field: &str| {
        let read = |promise: &'static str| amount::read(promise, form.get(&format!("{field}_{promise}")));
        Ok::<_, app::Error>(Targets {
            first_response: read("first_response")?,
            next_response: read("next_response")?,
            resolution: read("resolution")?,
        })
    };
    Ok(Terms {
        services: members(form, "service")?,
        kinds: members(form, "kind")?,
        hours: hours::read(form.get("time_zone"), |field| form.get(field)),
        languages: members(form, "lang")?,
        contact: members(form, "contact")?,
        promises: Promises { a: targets("a")?, b: targets("b")?, c: targets("c")? },
        price: Price { per: form.parse("price")?, amount: amount_of(form)? },
    })
}

fn members<T: std::str::FromStr>(form: &Form, field: &'static str) -> Result<Vec<T>, app::Error> {
    form.all(field).map(|word| word.parse().map_err(|_| app::Error::invalid(field, "unknown"))).collect()
}

fn amount_of(form: &Form) -> Result<Option<Money>, app::Error> {
    let (amount, currency) = (form.get("amount").trim(), form.get("currency").trim());
    if amount.is_empty() {
        return Ok(None);
    }
    let currency: Currency =
        currency.to_ascii_uppercase().parse().map_err(|_| app::Error::invalid("currency", "unknown"))?;
    let money = Money::parse(&amount.replace(',', "."), currency);
    money.map(Some).ok_or(app::Error::invalid("amount", "not-a-price"))
}

/// `POST /suppliers/{id}/offerings`.
pub(crate) async fn add(page: Page, Path(id): Path<SupplierId>, form: Form) -> Answer {
    let add = async {
        let zone = &page.reader.zone;
        let from = first_moment("from", form.get("from"), zone)?;
        let to = after_day("to", form.get("to"), zone)?;
        let name = form.get("name");
        suppliers::add_offering(&page.app, &page.agent, id, name, terms(&form)?, from, to).await
    };
    match add.await {
        Ok(_) => Ok(saved(&href(id))),
        Err(error) => one_again(&page, id, error, Some(Typed::Offer(None, &form))).await,
    }
}

/// `POST /suppliers/{id}/offerings/{offering}`.
pub(crate) async fn change(
    page: Page,
    Path((id, offering)): Path<(SupplierId, OfferingId)>,
    form: Form,
) -> Answer {
    let version = form.parse("version")?;
    let change = async {
        let zone = &page.reader.zone;
        let from = first_moment("from", form.get("from"), zone)?;
        let to = after_day("to", form.get("to"), zone)?;
        let (name, terms) = (form.get("name"), terms(&form)?);
        let (app, agent) = (&page.app, &page.agent);
        suppliers::change_offering(app, agent, id, offering, name, terms, from, to, version).await
    };
    match change.await {
        Ok(()) => Ok(saved(&href(id))),
        Err(error) => one_again(&page, id, error, Some(Typed::Offer(Some(offering), &form))).await,
    }
}
