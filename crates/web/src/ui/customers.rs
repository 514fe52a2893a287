//! Customers: their list, one customer's page, its contacts and mail domains.

use std::collections::HashSet;

use app::customers::{self, Details};
use axum::response::Response;
use domain::{
    id::{ContactId, CustomerId},
    lang::Lang,
    ticket::kinds::Service,
};
use jiff::{Timestamp, tz::TimeZone};
use store::{
    parties::{Contact, Customer},
    tickets::View,
};
use text::format;

use super::{
    keys, lines, pieces,
    shell::{Done, Page, Told},
    view::{ContactLine, CustomerLine, CustomerPage, CustomersPage, Pages, SeatsLine},
};
use crate::{
    form::{Form, Path, Query},
    problem::Answer,
};

mod contacts;
mod glance;
mod tenants;

pub(crate) use contacts::{add_contact, change_contact};

/// How many customers, and how many tickets of one, a page has.
const ROWS: i64 = 50;

/// `GET /customers`.
pub(crate) async fn list(page: Page, query: Query) -> Answer {
    let prefix = query.get("q");
    let after = query.optional::<CustomerId>("after")?.map(|id| (query.get("name").to_owned(), id));
    let mut rows = customers::list(&page.app, &page.agent, prefix, after, ROWS + 1).await?;
    let more = keys::cut(&mut rows, ROWS);
    let on = rows.last().filter(|_| more).map(|last| {
        let last_id = last.id.to_string();
        format!("/customers?{}", super::query(&[("q", prefix), ("name", &last.name), ("after", &last_id)]))
    });
    let view = CustomersPage {
        shell: page.shell("customers").await?,
        notice: None,
        query: prefix.to_owned(),
        customers: rows.iter().map(|customer| line(&page, customer)).collect(),
        pages: Pages { back: None, on },
        may_edit: page.agent.may(domain::access::Permission::CustomersEdit),
        languages: pieces::languages(Some(page.agent.lang)),
        time_zones: pieces::time_zones(page.agent.zone.iana_name().unwrap_or("UTC")),
    };
    page.html(&view)
}

fn line(page: &Page, customer: &Customer) -> CustomerLine {
    CustomerLine {
        href: format!("/customers/{}", customer.id),
        person: pieces::person(&customer.name, customer.id),
        remark: customer.note.lines().next().unwrap_or_default().to_owned(),
        language: customer.lang.own_name().to_owned(),
        local_time: format::time(page.reader.now, &app::who::zone(&customer.timezone)),
    }
}

/// `POST /customers`.
pub(crate) async fn create(page: Page, form: Form) -> Answer {
    let domain = form.get("domain").trim();
    let details = Details {
        name: form.get("name").to_owned(),
        lang: form.parse("language")?,
        timezone: form.get("time_zone").to_owned(),
        note: String::new(),
        domains: (!domain.is_empty()).then(|| domain.to_owned()).into_iter().collect(),
    };
    let id = customers::create(&page.app, &page.agent, details).await?;
    Ok(saved(id))
}

/// `GET /customers/{id}`.
pub(crate) async fn one(page: Page, Path(id): Path<CustomerId>, query: Query) -> Answer {
    let customers::CustomerPage { customer, domains, contacts } =
        customers::get(&page.app, &page.agent, id).await?;
    let see_all: Vec<ContactId> = page
        .app
        .store
        .read::<_, store::Error, _>(page.agent.desk, move |tx| Box::pin(store::parties::see_all_of(tx, id)))
        .await?;
    let see_all: HashSet<ContactId> = see_all.into_iter().collect();
    let (tickets, after) = (View::Customer(id), lines::after(query.get("after")));
    let (rows, more) = app::tickets::list(&page.app, &page.agent, tickets, after, ROWS).await?;
    let last = rows.last().filter(|_| more);
    let places = app::microsoft::of_customer(&page.app, &page.agent, id).await?;
    let seats = customers::seats(&page.app, &page.agent, id).await?;
    let glance = customers::glance(&page.app, &page.agent, id).await?;
    let view = CustomerPage {
        shell: page.shell("customers").await?,
        notice: None,
        id: id.to_string(),
        version: u64::try_from(customer.version).unwrap_or_default(),
        person: pieces::person(&customer.name, customer.id),
        local_time: local_time(page.reader.now, &customer.timezone),
        languages: pieces::languages(Some(customer.lang)),
        time_zones: pieces::time_zones(&customer.timezone),
        contacts: contacts
            .iter()
            .map(|contact| contact_line(contact, see_all.contains(&contact.id)))
            .collect(),
        remark: customer.note,
        domains,
        glance: glance::lines(&page, id, &glance),
        tenants: places.iter().map(|place| tenants::view(&page, place)).collect(),
        tickets: rows.iter().map(|line| lines::line(&page.reader, line)).collect(),
        pages: lines::pages(&format!("/customers/{id}"), tickets, after.is_none(), last),
        seats: seats.iter().map(|row| seats_line(&page, row)).collect(),
        services: page.reader.choices("service", Service::ALL, None),
        may_edit: page.agent.may(domain::access::Permission::CustomersEdit),
    };
    page.html(&view)
}

fn seats_line(page: &Page, row: &store::seats::Seats) -> SeatsLine {
    let words = page.reader.words;
    let day = row.day.parse::<jiff::civil::Date>().ok().and_then(|day| day.to_zoned(TimeZone::UTC).ok());
    SeatsLine {
        service: row.service.to_string(),
        day: day.map(|day| format::date(words, day.timestamp(), &TimeZone::UTC)).unwrap_or_default(),
        seats: row.seats.map_or_else(|| "–".into(), |seats| format::number(words, seats)),
    }
}

/// `POST /customers/{id}/seats`: how many people use a service from a day on; empty: from then on nobody knows.
pub(crate) async fn set_seats(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let seats = match form.get("seats").trim() {
        "" => None,
        seats => Some(seats.parse().map_err(|_| app::Error::invalid("seats", "not-seats"))?),
    };
    let day = Some(form.get("day"));
    customers::set_seats(&page.app, &page.agent, id, form.parse("service")?, seats, day).await?;
    Ok(saved(id))
}

/// The time there, with the name of the zone: "10:00 (Europe/Stockholm)".
fn local_time(now: Timestamp, zone: &str) -> String {
    format!("{} ({zone})", format::time(now, &app::who::zone(zone)))
}

fn contact_line(contact: &Contact, sees_all: bool) -> ContactLine {
    ContactLine {
        id: contact.id.to_string(),
        version: u64::try_from(contact.version).unwrap_or_default(),
        person: pieces::person(&contact.name, contact.id),
        email: contact.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        phone: contact.phone.clone().unwrap_or_default(),
        language: contact.lang.own_name().to_owned(),
        languages: pieces::languages(Some(contact.lang)),
        sees_all,
    }
}

/// `POST /customers/{id}`.
pub(crate) async fn change(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let lang: Lang = form.parse("language")?;
    let version = form.parse("version")?;
    let domains = customers::get(&page.app, &page.agent, id).await?.domains;
    let details = Details {
        name: form.get("name").to_owned(),
        lang,
        timezone: form.get("time_zone").to_owned(),
        note: form.get("remark").to_owned(),
        domains,
    };
    customers::update(&page.app, &page.agent, id, details, version).await?;
    Ok(saved(id))
}

/// `POST /customers/{id}/domains`.
pub(crate) async fn add_domain(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    change_domains(&page, id, |domains| domains.push(form.get("domain").to_owned())).await
}

/// `POST /customers/{id}/domains/remove`.
pub(crate) async fn remove_domain(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    change_domains(&page, id, |domains| domains.retain(|domain| domain != form.get("domain"))).await
}

/// Changes the domains and nothing else of a customer, whoever changed the rest before.
async fn change_domains(page: &Page, id: CustomerId, change: impl FnOnce(&mut Vec<String>)) -> Answer {
    let customers::CustomerPage { customer, mut domains, .. } =
        customers::get(&page.app, &page.agent, id).await?;
    change(&mut domains);
    let Customer { name, lang, timezone, note, version, .. } = customer;
    let details = Details { name, lang, timezone, note, domains };
    customers::update(&page.app, &page.agent, id, details, version).await?;
    Ok(saved(id))
}

fn saved(id: CustomerId) -> Response {
    super::see_with(&format!("/customers/{id}"), &Told::from(Done::Saved))
}
