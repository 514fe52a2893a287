//! The contacts of a customer, from its page.

use app::customers::{self, Person};
use domain::{
    id::{ContactId, CustomerId},
    party::Sees,
};

use super::saved;
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::shell::Page,
};

/// `POST /customers/{id}/contacts`.
pub(crate) async fn add_contact(page: Page, Path(customer): Path<CustomerId>, form: Form) -> Answer {
    let person = person(&form, vec![(customer, sees(&form))])?;
    customers::create_contact(&page.app, &page.agent, person).await?;
    Ok(saved(customer))
}

/// `POST /customers/{id}/contacts/{contact}`: what it sees of this customer's tickets changes, of others' it stays.
pub(crate) async fn change_contact(
    page: Page,
    Path((customer, contact)): Path<(CustomerId, ContactId)>,
    form: Form,
) -> Answer {
    let version = form.parse("version")?;
    let (_, belongs) = customers::contact(&page.app, &page.agent, contact).await?;
    if !belongs.iter().any(|at| at.customer == customer) {
        return Err(Problem::not_found("contact"));
    }
    let seen = |at: store::parties::Affiliation| {
        (at.customer, if at.customer == customer { sees(&form) } else { at.sees })
    };
    let person = person(&form, belongs.into_iter().map(seen).collect())?;
    customers::update_contact(&page.app, &page.agent, contact, person, version).await?;
    Ok(saved(customer))
}

fn sees(form: &Form) -> Sees {
    if form.on("sees_all") { Sees::All } else { Sees::Own }
}

fn person(form: &Form, customers: Vec<(CustomerId, Sees)>) -> Answer<Person> {
    Ok(Person {
        name: form.get("name").to_owned(),
        email: form.get("email").to_owned(),
        phone: form.get("phone").to_owned(),
        lang: form.parse("language")?,
        customers,
    })
}
