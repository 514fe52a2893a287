//! The catalogue: what the desk offers, in which plans, who delivers it.

pub(crate) mod customer;
mod forms;
pub(crate) mod plan;
mod week;

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

use self::forms::{blank, offering_form, read_offering, typed};
use super::{
    admin::{correctable, removed, saved, version},
    entry::again_status,
    pieces::choice,
    shell::Page,
    view::{CataloguePage, Choice, CommonField, DeliveryLine, HolderLine, OfferingForm, PlanForm},
};
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui,
};

const PATH: &str = "/catalogue";

/// `GET /catalogue`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None, None).await?;
    page.html(&view)
}

/// The page; `typed` is an offering that could not be saved, as it was typed.
async fn view(page: &Page, typed: Option<OfferingForm>, problem: Option<&Problem>) -> Answer<CataloguePage> {
    let all = catalogue::overview(&page.app, &page.agent).await?;
    let words = page.reader.words;
    let may = page.agent.may(Permission::CatalogueManage);
    let calendars = calendars(page).await?;
    let mut offerings: Vec<OfferingForm> = all.offerings.iter().map(|o| offering_form(page, o)).collect();
    let mut new_offering = blank(page, calendars.first());
    if let Some(typed) = typed {
        match offerings.iter_mut().find(|known| known.id == typed.id) {
            Some(known) => *known = typed,
            None => new_offering = typed,
        }
    }
    let everything = || choice("", words.t("catalogue-everything"), true);
    let with_all = |choices: Vec<Choice>| std::iter::once(everything()).chain(choices).collect();
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
        notice: problem.map(|problem| ui::notice(words, problem)),
        may,
        offerings,
        new_offering,
        plans: all.plans.iter().map(|plan| plan_form(&all, plan)).collect(),
        new_plan: PlanForm {
            action: "/catalogue/plans".into(),
            href: String::new(),
            version: 0,
            name: String::new(),
            is_default: all.plans.is_empty(),
            offerings: all.offerings.iter().map(own).collect(),
            summary: String::new(),
        },
        deliveries: all.deliveries.iter().map(|row| delivery_line(page, &all, row)).collect(),
        of_offerings: with_all(all.offerings.iter().map(own).collect()),
        services: with_all(page.reader.choices("service", Service::ALL, None)),
        kinds: with_all(page.reader.choices("kind", Kind::ALL, None)),
        manners: page.reader.choices("manner", Manner::ALL, Some(Manner::InHouse)),
        teams: std::iter::once(whoever)
            .chain(all.teams.iter().map(|(id, name)| choice(id, name.as_str(), false)))
            .collect(),
        theirs: all
            .theirs
            .iter()
            .map(|(offering, supplier)| choice(offering.id, format!("{supplier}: {}", offering.name), false))
            .collect(),
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
async fn calendars(page: &Page) -> Answer<Vec<store::people::Calendar>> {
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
        let known = all.holders.iter().find(|holder| holder.customer == id);
        what.push(known.map_or_else(|| words.t("catalogue-one-customer").into_owned(), |h| h.name.clone()));
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
    let done = match read_offering(&page, &form) {
        Ok(new) => catalogue::add_offering(&page.app, &page.agent, new).await.map(drop),
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => offering_again(&page, &form, None, error).await,
    }
}

/// `POST /catalogue/offerings/{id}`.
pub(crate) async fn change_offering(page: Page, Path(id): Path<OfferingId>, form: Form) -> Answer {
    catalogue::offering(&page.app, &page.agent, id).await?;
    let seen = form.parse("version")?;
    let done = match read_offering(&page, &form) {
        Ok(new) => catalogue::change_offering(&page.app, &page.agent, id, new, seen).await,
        Err(error) => Err(error),
    };
    match done {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => offering_again(&page, &form, Some(id), error).await,
    }
}

async fn offering_again(page: &Page, form: &Form, id: Option<OfferingId>, error: Error) -> Answer {
    let problem = correctable(error)?;
    let view = view(page, Some(typed(page, form, id)), Some(&problem)).await?;
    ui::again(again_status(&problem), &view)
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
    catalogue::add_plan(&page.app, &page.agent, read_plan(&form)?).await?;
    Ok(saved(PATH))
}

/// `POST /catalogue/plans/{id}`.
pub(crate) async fn change_plan(page: Page, Path(id): Path<PlanId>, form: Form) -> Answer {
    catalogue::change_plan(&page.app, &page.agent, id, read_plan(&form)?, form.parse("version")?).await?;
    Ok(saved(PATH))
}

/// `POST /catalogue/deliveries`. The hours are those of one of the desk's calendars, as they are now.
pub(crate) async fn add_delivery(page: Page, form: Form) -> Answer {
    let hours = match form.optional::<domain::id::CalendarId>("hours")? {
        Some(id) => {
            let found = calendars(&page).await?.into_iter().find(|calendar| calendar.id == id);
            Some(found.ok_or(Error::invalid("hours", "unknown"))?.spec.0)
        }
        None => None,
    };
    let new = NewDelivery {
        customer: form.optional("customer")?,
        offering: form.optional("offering")?,
        service: form.optional("service")?,
        kind: form.optional("kind")?,
        hours,
        manner: form.parse("manner")?,
        team: form.optional("team")?,
        supplier_offering: form.optional("supplier_offering")?,
    };
    catalogue::add_delivery(&page.app, &page.agent, new).await?;
    Ok(saved(PATH))
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
    catalogue::set_common(&page.app, &page.agent, common, form.parse("version")?).await?;
    Ok(saved(PATH))
}
