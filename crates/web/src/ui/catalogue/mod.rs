//! The catalogue: what the desk offers, in which plans, who delivers it.

pub(crate) mod customer;
mod forms;
pub(crate) mod plan;
pub(super) mod week;

use std::fmt::Display;

use app::{
    Error,
    catalogue::{self, NewDelivery, NewPlan, Overview},
};
use domain::{
    access::Permission,
    id::{DeliveryId, OfferingId, PlanId},
    lang::Lang,
    offering::{ContactMethod, delivery::Manner},
    ticket::kinds::{Kind, Service},
};
use store::{
    catalogue::{Common, Usable},
    offerings::Offering,
};

use self::forms::{blank, card, read_offering};
use super::{
    admin::{removed, saved, version},
    pieces::choice,
    shell::Page,
    view::{CataloguePage, Choice, CommonField, DeliveryLine, HolderLine, PlanForm},
};
use crate::{
    form::{Form, Path},
    problem::Answer,
};

const PATH: &str = "/catalogue";

/// `GET /catalogue`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page).await?;
    page.html(&view)
}

/// What was done, at its place on the page; or the page again, with the form that could not be taken.
async fn done(page: Page, name: impl Into<String>, form: &Form, done: app::Result<impl Display>) -> Answer {
    match done {
        Ok(place) => Ok(saved(&format!("{PATH}#{place}"))),
        Err(error) => {
            let page = page.refusing(name, form, error)?;
            page.again(&view(&page).await?)
        }
    }
}

async fn view(page: &Page) -> Answer<CataloguePage> {
    let all = catalogue::overview(&page.app, &page.agent).await?;
    let words = page.reader.words;
    let may = page.agent.may(Permission::CatalogueManage);
    let calendars = calendars(page).await?;
    let everything = || choice("", words.t("catalogue-everything"), true);
    let with_all =
        |choices: Vec<Choice>| -> Vec<Choice> { std::iter::once(everything()).chain(choices).collect() };
    let own = |o: &Offering| choice(o.id, o.name.as_str(), false);
    let places = ContactMethod::ALL.iter().map(|method| CommonField {
        name: format!("contact_{method}"),
        label: words.word("contact-method", method.word()).into_owned(),
        text: all.common.0.contact.get(method).cloned().unwrap_or_default(),
    });
    let policies = Lang::ALL.iter().map(|lang| CommonField {
        name: format!("collections_{lang}"),
        label: lang.own_name().to_owned(),
        text: all.common.0.collections.get(lang).cloned().unwrap_or_default(),
    });
    let whoever = choice("", words.t("catalogue-whoever"), true);
    let always = choice("", words.t("catalogue-always"), true);
    Ok(CataloguePage {
        shell: page.shell("catalogue").await?,
        notice: page.notice(),
        may,
        offerings: all.offerings.iter().map(|offering| card(page, offering)).collect(),
        new_offering: blank(page, calendars.first()),
        plans: all.plans.iter().map(|plan| plan_form(&all, plan)).collect(),
        new_plan: PlanForm {
            id: String::new(),
            action: "/catalogue/plans".into(),
            href: String::new(),
            version: 0,
            name: String::new(),
            is_default: all.plans.is_empty(),
            offerings: all.offerings.iter().map(own).collect(),
            summary: String::new(),
        },
        deliveries: all.deliveries.iter().map(|row| delivery_line(page, &all, row)).collect(),
        of_customers: match all.customers.as_slice() {
            [] => Vec::new(),
            customers => {
                let one = |(id, name): &(_, String)| choice(id, name.as_str(), false);
                with_all(customers.iter().map(one).collect())
            }
        },
        of_offerings: with_all(all.offerings.iter().map(own).collect()),
        services: with_all(page.reader.choices("service", Service::ALL, None)),
        kinds: with_all(page.reader.choices("kind", Kind::ALL, None)),
        manners: page.reader.choices("manner", Manner::ALL, Some(Manner::InHouse)),
        teams: std::iter::once(whoever)
            .chain(all.teams.iter().map(|(id, name)| choice(id, name.as_str(), false)))
            .collect(),
        theirs: match all.theirs.as_slice() {
            [] => Vec::new(),
            theirs => {
                let one = |(offering, supplier): &(Offering, String)| {
                    choice(offering.id, format!("{supplier}: {}", offering.name), false)
                };
                std::iter::once(choice("", "–", true)).chain(theirs.iter().map(one)).collect()
            }
        },
        hours: std::iter::once(always)
            .chain(calendars.iter().map(|calendar| choice(calendar.id, calendar.name.as_str(), false)))
            .collect(),
        holders: all.holders.iter().map(|holder| holder_line(page, &all, holder)).collect(),
        common_version: version(all.common.1),
        contact: places.collect(),
        collections: policies.collect(),
        zones: super::pieces::time_zones("").into_iter().map(|zone| zone.value).collect(),
    })
}

/// The desk's calendars: hours are taken from them.
async fn calendars(page: &Page) -> app::Result<Vec<store::people::Calendar>> {
    let unit = page.app.store.read::<_, store::Error, _>(page.agent.desk, |tx| {
        Box::pin(async move {
            let all = store::people::calendars(tx).await?;
            let own = store::people::settings(tx).await?.0.calendar;
            // The desk's own comes first.
            let (mut first, rest): (Vec<_>, Vec<_>) = all.into_iter().partition(|c| Some(c.id) == own);
            first.extend(rest);
            Ok(first)
        })
    });
    Ok(unit.await?)
}

fn plan_form(all: &Overview, plan: &store::catalogue::Plan) -> PlanForm {
    let has = |o: &&Offering| plan.offerings.0.contains(&o.id);
    let names: Vec<&str> = all.offerings.iter().filter(has).map(|o| o.name.as_str()).collect();
    PlanForm {
        id: plan.id.to_string(),
        action: format!("/catalogue/plans/{}", plan.id),
        href: format!("/catalogue/plans/{}", plan.id),
        version: version(plan.version),
        name: plan.name.clone(),
        is_default: plan.is_default,
        offerings: all.offerings.iter().map(|o| choice(o.id, o.name.as_str(), has(&o))).collect(),
        summary: names.join(", "),
    }
}

fn holder_line(page: &Page, all: &Overview, holder: &store::catalogue::Holder) -> HolderLine {
    let plan = all.plans.iter().find(|plan| plan.id == holder.plan);
    HolderLine {
        href: format!("/catalogue/customers/{}", holder.customer),
        name: holder.name.clone(),
        plan: plan.map(|plan| plan.name.clone()).unwrap_or_default(),
        when: customer::span(page, holder.valid_from, holder.valid_to),
    }
}

fn delivery_line(page: &Page, all: &Overview, usable: &Usable) -> DeliveryLine {
    let (words, row) = (page.reader.words, &usable.row);
    let mut what = Vec::new();
    if let Some(id) = row.customer {
        let known = all.customers.iter().find(|(customer, _)| *customer == id);
        what.push(
            known.map_or_else(|| words.t("catalogue-one-customer").into_owned(), |(_, name)| name.clone()),
        );
    }
    if let Some(offering) = row.offering.and_then(|id| all.offerings.iter().find(|o| o.id == id)) {
        what.push(offering.name.clone());
    }
    what.extend(row.service.map(|service| words.word("service", service.word()).into_owned()));
    what.extend(row.kind.map(|kind| words.word("kind", kind.word()).into_owned()));
    if what.is_empty() {
        what.push(words.t("catalogue-everything").into_owned());
    }
    let theirs = row.supplier_offering.and_then(|id| all.theirs.iter().find(|(o, _)| o.id == id));
    let team = row.team.and_then(|id| all.teams.iter().find(|(known, _)| *known == id));
    let manner = words.word("manner", row.manner.word()).into_owned();
    let now = page.reader.now;
    let holds = usable.valid_from.is_none_or(|from| from <= now)
        && usable.valid_to.is_none_or(|to| now < to)
        && usable.active != Some(false);
    DeliveryLine {
        id: row.id.to_string(),
        what: what.join(" · "),
        when: match &row.hours {
            Some(hours) => week::hours(words, &hours.0),
            None => words.t("catalogue-always").into_owned(),
        },
        who: match (theirs, team) {
            (Some((offering, supplier)), _) => format!("{supplier}: {} ({manner})", offering.name),
            (None, Some((_, name))) => name.clone(),
            (None, None) => manner,
        },
        idle: !holds,
    }
}

/// `POST /catalogue/offerings`.
pub(crate) async fn add_offering(page: Page, form: Form) -> Answer {
    let added =
        async { catalogue::add_offering(&page.app, &page.agent, read_offering(&page, &form)?).await }.await;
    done(page, "/catalogue/offerings", &form, added).await
}

/// `POST /catalogue/offerings/{id}`.
pub(crate) async fn change_offering(page: Page, Path(id): Path<OfferingId>, form: Form) -> Answer {
    catalogue::offering(&page.app, &page.agent, id).await?;
    let seen = form.parse("version")?;
    let changed = async {
        catalogue::change_offering(&page.app, &page.agent, id, read_offering(&page, &form)?, seen).await
    };
    let changed = changed.await.map(|()| id);
    done(page, format!("/catalogue/offerings/{id}"), &form, changed).await
}

fn read_plan(form: &Form) -> Result<NewPlan, Error> {
    let parsed =
        form.all("offerings").map(|id| id.parse().map_err(|_| Error::invalid("offerings", "unknown")));
    Ok(NewPlan {
        name: form.get("name").to_owned(),
        offerings: parsed.collect::<Result<_, _>>()?,
        is_default: form.on("is_default"),
    })
}

/// `POST /catalogue/plans`.
pub(crate) async fn add_plan(page: Page, form: Form) -> Answer {
    let added = async { catalogue::add_plan(&page.app, &page.agent, read_plan(&form)?).await }.await;
    done(page, "/catalogue/plans", &form, added).await
}

/// `POST /catalogue/plans/{id}`.
pub(crate) async fn change_plan(page: Page, Path(id): Path<PlanId>, form: Form) -> Answer {
    let seen = form.parse("version")?;
    let changed = async { catalogue::change_plan(&page.app, &page.agent, id, read_plan(&form)?, seen).await };
    let changed = changed.await.map(|()| id);
    done(page, format!("/catalogue/plans/{id}"), &form, changed).await
}

/// `POST /catalogue/deliveries`. The hours are those of one of the desk's calendars, as they are now.
pub(crate) async fn add_delivery(page: Page, form: Form) -> Answer {
    let added = async {
        let new = read_delivery(&page, &form).await?;
        catalogue::add_delivery(&page.app, &page.agent, new).await
    };
    let added = added.await;
    done(page, "/catalogue/deliveries", &form, added).await
}

async fn read_delivery(page: &Page, form: &Form) -> app::Result<NewDelivery> {
    let hours = match form.optional::<domain::id::CalendarId>("hours")? {
        Some(id) => {
            let found = calendars(page).await?.into_iter().find(|calendar| calendar.id == id);
            Some(found.ok_or(Error::invalid("hours", "unknown"))?.spec.0)
        }
        None => None,
    };
    let manner: Manner = form.parse("manner")?;
    let in_house = manner == Manner::InHouse;
    // Who delivers is chosen by the manner: a team of another row's kind is not meant.
    let team = if in_house { form.optional("team")? } else { None };
    let supplier_offering = if in_house { None } else { form.optional("supplier_offering")? };
    Ok(NewDelivery {
        customer: form.optional("customer")?,
        offering: form.optional("offering")?,
        service: form.optional("service")?,
        kind: form.optional("kind")?,
        hours,
        manner,
        team,
        supplier_offering,
    })
}

/// `POST /catalogue/deliveries/{id}/remove`.
pub(crate) async fn remove_delivery(page: Page, Path(id): Path<DeliveryId>) -> Answer {
    catalogue::remove_delivery(&page.app, &page.agent, id).await?;
    Ok(removed(PATH))
}

/// `POST /catalogue/common`.
pub(crate) async fn set_common(page: Page, form: Form) -> Answer {
    let mut common = Common::default();
    for method in ContactMethod::ALL {
        common.contact.insert(*method, form.get(&format!("contact_{method}")).to_owned());
    }
    for lang in Lang::ALL {
        common.collections.insert(*lang, form.get(&format!("collections_{lang}")).to_owned());
    }
    let seen = form.parse("version")?;
    let set = catalogue::set_common(&page.app, &page.agent, common, seen).await.map(|()| "common-title");
    done(page, "/catalogue/common", &form, set).await
}
