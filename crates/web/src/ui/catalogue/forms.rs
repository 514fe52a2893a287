//! An offering of the desk as it is shown and as it is typed.

use app::{Error, catalogue::NewOffering};
use domain::{clock::CalendarSpec, ticket::kinds::Service};
use store::{offerings::Offering, people::Calendar};
use text::format;

use super::week;
use crate::{
    form::Form,
    ui::{
        admin::version,
        dates,
        shell::Page,
        terms,
        view::{OfferingCard, OfferingForm},
    },
};

/// An offering that is there.
pub(super) fn card(page: &Page, offering: &Offering) -> OfferingCard {
    let (words, zone, terms) = (page.reader.words, &page.reader.zone, &offering.terms.0);
    let services = terms.services.iter().map(|service| words.word("service", service.word()).into_owned());
    let kinds = terms.kinds.iter().map(|kind| words.word("kind", kind.word()).into_owned());
    let languages = terms.languages.iter().map(|lang| lang.own_name().to_owned());
    let parts: Vec<String> = [services.collect::<Vec<_>>(), kinds.collect(), languages.collect()]
        .map(|part| part.join(", "))
        .into();
    let ends = offering.valid_to.map(|to| format::date(words, dates::last_day(to), zone));
    OfferingCard {
        id: offering.id.to_string(),
        summary: format!("{} · {}", parts.join(" · "), week::hours(words, &terms.hours)),
        ends: ends.unwrap_or_default(),
        form: OfferingForm {
            action: format!("/catalogue/offerings/{}", offering.id),
            version: version(offering.version),
            name: offering.name.clone(),
            named: true,
            theirs: false,
            terms: terms::fields_of(&page.reader, terms),
            from: dates::day(offering.valid_from, zone),
            to: dates::until(offering.valid_to, zone),
        },
    }
}

/// The form of a new offering: in the hours of a calendar of the desk.
pub(super) fn blank(page: &Page, calendar: Option<&Calendar>) -> OfferingForm {
    let zone = page.agent.zone.iana_name().unwrap_or("UTC").to_owned();
    let hours = calendar.map_or_else(
        || CalendarSpec { timezone: zone, ..CalendarSpec::default() },
        |calendar| calendar.spec.0.clone(),
    );
    let terms = terms::blank(vec![Service::Microsoft365], page.agent.lang, hours);
    OfferingForm {
        action: "/catalogue/offerings".into(),
        version: 0,
        name: String::new(),
        named: true,
        theirs: false,
        terms: terms::fields_of(&page.reader, &terms),
        from: String::new(),
        to: String::new(),
    }
}

/// What an offering's form says.
///
/// # Errors
/// As [`terms::read`], and `not-a-date`.
pub(super) fn read_offering(page: &Page, form: &Form) -> Result<NewOffering, Error> {
    Ok(NewOffering {
        name: form.get("name").to_owned(),
        terms: terms::read(form)?,
        valid_from: dates::from("from", form.get("from"), &page.reader.zone)?,
        valid_to: dates::to("to", form.get("to"), &page.reader.zone)?,
    })
}
