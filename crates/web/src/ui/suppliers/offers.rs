//! What a supplier offers, as it is shown and as it is typed.

use app::suppliers::{self, Offer};
use domain::{
    clock::CalendarSpec,
    id::{OfferingId, SupplierId},
    lang::Lang,
    money::Money,
    offering::{Price, PriceUnit},
    ticket::kinds::Severity,
};
use jiff::Timestamp;
use text::format;

use super::{href, one_again, saved};
use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        admin::hours,
        dates,
        pieces::Reader,
        shell::Page,
        terms,
        view::{OfferCard, OfferPromise, OfferingForm},
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
        contact: list("contact-method", terms.contact.iter().map(|c| c.word()).collect()),
        hours: hours_of(reader, &terms.hours),
        promises: promises.collect(),
        price: price(reader, terms.price),
        source: offer.source.unwrap_or_default().to_owned(),
        edited: offer.edited,
        published: offering.theirs.is_some(),
        form: form_of(page, supplier, offer),
    }
}

/// Between which days something holds; empty for what goes on and began.
fn period(reader: &Reader, from: Timestamp, to: Option<Timestamp>) -> String {
    let date = |at| format::date(reader.words, at, &reader.zone);
    match to {
        Some(to) => reader.words.f("contract-ends", &[("date", (&*date(dates::last_day(to))).into())]),
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
pub(super) fn empty_form(page: &Page, supplier: SupplierId) -> OfferingForm {
    let zone = page.agent.zone.iana_name().unwrap_or("UTC").to_owned();
    let hours = CalendarSpec { timezone: zone, ..CalendarSpec::default() };
    OfferingForm {
        action: format!("{}/offerings", href(supplier)),
        version: 0,
        name: String::new(),
        named: true,
        theirs: true,
        terms: terms::fields_of(&page.reader, &terms::blank(Vec::new(), page.agent.lang, hours)),
        from: String::new(),
        to: String::new(),
    }
}

fn form_of(page: &Page, supplier: SupplierId, offer: &Offer) -> OfferingForm {
    let (offering, zone) = (&offer.offering, &page.reader.zone);
    OfferingForm {
        action: format!("{}/offerings/{}", href(supplier), offering.id),
        version: u64::try_from(offering.version).unwrap_or_default(),
        name: offer.name.clone(),
        named: offering.vehicle.is_none(),
        theirs: true,
        terms: terms::fields_of(&page.reader, &offering.terms.0),
        from: dates::day(offering.valid_from, zone),
        to: dates::until(offering.valid_to, zone),
    }
}

/// When it holds.
fn span(page: &Page, form: &Form) -> app::Result<[Option<Timestamp>; 2]> {
    let zone = &page.reader.zone;
    Ok([dates::from("from", form.get("from"), zone)?, dates::to("to", form.get("to"), zone)?])
}

/// `POST /suppliers/{id}/plan`.
pub(crate) async fn read_plan(page: Page, Path(id): Path<SupplierId>, form: Form) -> Answer {
    match app::handovers::read_plan(&page.app, &page.agent, id).await {
        Ok(_) => Ok(saved(&href(id))),
        Err(error) => one_again(page, id, format!("{}/plan", href(id)), &form, error).await,
    }
}

/// `POST /suppliers/{id}/offerings`.
pub(crate) async fn add(page: Page, Path(id): Path<SupplierId>, form: Form) -> Answer {
    let add = async {
        let [from, to] = span(&page, &form)?;
        let (name, terms) = (form.get("name"), terms::read(&form)?);
        suppliers::add_offering(&page.app, &page.agent, id, name, terms, from, to).await
    };
    match add.await {
        Ok(offering) => Ok(saved(&format!("{}#{offering}", href(id)))),
        Err(error) => one_again(page, id, format!("{}/offerings", href(id)), &form, error).await,
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
        let [from, to] = span(&page, &form)?;
        let (name, terms) = (form.get("name"), terms::read(&form)?);
        let (app, agent) = (&page.app, &page.agent);
        suppliers::change_offering(app, agent, id, offering, name, terms, from, to, version).await
    };
    match change.await {
        Ok(()) => Ok(saved(&format!("{}#{offering}", href(id)))),
        Err(error) => one_again(page, id, format!("{}/offerings/{offering}", href(id)), &form, error).await,
    }
}
