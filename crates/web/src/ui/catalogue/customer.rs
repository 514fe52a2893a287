//! What a customer has: its plan, who may acknowledge for it, and whether somebody did.

use app::catalogue::{self, Standing};
use domain::{
    access::Permission,
    id::{ContactId, CustomerId},
};
use jiff::Timestamp;
use text::{Words, format};

use crate::{
    form::{Form, Path},
    problem::Answer,
    ui::{
        admin::saved,
        dates,
        pieces::{Reader, choice},
        shell::Page,
        view::{HolderLine, OfCustomerPage},
    },
};

/// "2 March 2026 – ", with its end if it has one.
pub(super) fn span(page: &Page, from: Timestamp, to: Option<Timestamp>) -> String {
    let date = |at| format::date(page.reader.words, at, &page.reader.zone);
    match to {
        Some(to) => format!("{} – {}", date(from), date(dates::last_day(to))),
        None => format!("{} –", date(from)),
    }
}

/// How a customer stands to its statement, in words.
pub(crate) fn standing(reader: &Reader, standing: &Standing) -> String {
    let words: Words = reader.words;
    match standing {
        Standing::Nothing => words.t("standing-nothing").into_owned(),
        Standing::Acknowledged { number, at } => {
            let at = format::date(words, *at, &reader.zone);
            words.f("standing-acknowledged", &[("number", number.to_string().into()), ("day", at.into())])
        }
        Standing::Asked { number, before: None, .. } => {
            words.f("standing-asked", &[("number", number.to_string().into())])
        }
        Standing::Asked { number, before: Some(before), .. } => words.f(
            "standing-asked-again",
            &[("number", number.to_string().into()), ("before", before.to_string().into())],
        ),
    }
}

/// `GET /catalogue/customers/{id}`.
pub(crate) async fn show(page: Page, Path(id): Path<CustomerId>) -> Answer {
    page.html(&view(&page, id).await?)
}

async fn view(page: &Page, id: CustomerId) -> Answer<OfCustomerPage> {
    let all = catalogue::of_customer(&page.app, &page.agent, id).await?;
    let words = page.reader.words;
    let name = |plan| all.plans.iter().find(|known| known.id == plan).map(|plan| plan.name.clone());
    let held = all.held.iter().map(|held| HolderLine {
        href: format!("/catalogue/plans/{}", held.plan),
        name: name(held.plan).unwrap_or_default(),
        plan: String::new(),
        when: span(page, held.valid_from, held.valid_to),
    });
    let none = choice("", words.t("catalogue-no-own-plan"), all.held.is_empty());
    let now = all.now.as_ref().map(|plan| plan.id);
    Ok(OfCustomerPage {
        shell: page.shell("catalogue").await?,
        notice: page.notice(),
        id: id.to_string(),
        name: all.customer.name.clone(),
        may: page.agent.may(Permission::CatalogueManage),
        plan: all.now.as_ref().map(|plan| plan.name.clone()).unwrap_or_default(),
        held: held.collect(),
        plans: std::iter::once(none)
            .chain(all.plans.iter().map(|plan| choice(plan.id, plan.name.as_str(), Some(plan.id) == now)))
            .collect(),
        standing: standing(&page.reader, &all.standing),
        contacts: all.contacts.iter().map(|(c, may)| choice(c.id, c.name.as_str(), *may)).collect(),
    })
}

/// `POST /catalogue/customers/{id}/plan`.
pub(crate) async fn hold(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let hold = async {
        let from = dates::from("from", form.get("from"), &page.reader.zone)?;
        let to = dates::to("to", form.get("to"), &page.reader.zone)?;
        catalogue::hold(&page.app, &page.agent, id, form.optional("plan")?, from, to).await
    };
    match hold.await {
        Ok(()) => Ok(saved(&format!("/catalogue/customers/{id}"))),
        Err(error) => {
            let page = page.refusing(format!("/catalogue/customers/{id}/plan"), &form, error)?;
            page.again(&view(&page, id).await?)
        }
    }
}

/// `POST /catalogue/customers/{id}/authorise`: those who are checked may, the others may not.
pub(crate) async fn authorise(page: Page, Path(id): Path<CustomerId>, form: Form) -> Answer {
    let all = catalogue::of_customer(&page.app, &page.agent, id).await?;
    let wanted: Vec<ContactId> = form.all("contacts").filter_map(|id| id.parse().ok()).collect();
    for (contact, may) in all.contacts {
        let wants = wanted.contains(&contact.id);
        if wants != may {
            catalogue::authorise(&page.app, &page.agent, id, contact.id, wants).await?;
        }
    }
    Ok(saved(&format!("/catalogue/customers/{id}")))
}
