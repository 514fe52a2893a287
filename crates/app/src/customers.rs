//! Customers, their domains, and contacts.

mod domains;
mod glance;
mod seats;

use std::collections::BTreeMap;

use domain::{
    access::Permission,
    deed::Deed,
    email_address::EmailAddress,
    id::{ContactId, CustomerId},
    lang::Lang,
    party::Sees,
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx, installation,
    parties::{self, Affiliation, Contact, Customer, Found},
    records,
};

use self::domains::checked_domains;
pub use self::{
    glance::{Glance, glance},
    seats::{seats, set_seats},
};
use crate::{
    Agent, App, Error, Ids, Result, audit,
    desks::timezone,
    error::{body, line},
};

/// The longest name, in characters.
const NAME: usize = 200;
/// The longest telephone number, in characters.
const PHONE: usize = 40;
/// The longest note, in bytes.
const NOTE: usize = 20_000;
/// The most customers of a contact.
const CUSTOMERS: usize = 100;
/// How many rows a page of customers has at most.
pub const PAGE: i64 = 100;
/// How many callers are proposed.
const FOUND: i64 = 20;

/// What is written of a customer.
#[derive(Clone, Debug)]
pub struct Details {
    /// Its name.
    pub name: String,
    /// The language of mails to people of whom none is known.
    pub lang: Lang,
    /// Its time zone, by its IANA name.
    pub timezone: String,
    /// What agents should know; may be empty.
    pub note: String,
    /// The domains of its mail: who writes from one for the first time is its contact.
    pub domains: Vec<String>,
}

impl Details {
    fn checked(self) -> Result<Self> {
        let note = if self.note.trim().is_empty() { String::new() } else { body("note", &self.note, NOTE)? };
        Ok(Self {
            name: line("name", &self.name, NAME)?,
            lang: self.lang,
            timezone: timezone(&self.timezone)?,
            note,
            domains: checked_domains(&self.domains)?,
        })
    }
}

/// A customer's page, without its tickets.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerPage {
    /// The customer.
    pub customer: Customer,
    /// Its domains.
    pub domains: Vec<String>,
    /// Its contacts, by name.
    pub contacts: Vec<Contact>,
}

/// Customers by name whose name begins with `prefix`, after the given one.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(
    app: &App,
    agent: &Agent,
    prefix: &str,
    after: Option<(String, CustomerId)>,
    limit: i64,
) -> Result<Vec<Customer>> {
    agent.require(Permission::CustomersView)?;
    let prefix: String = prefix.chars().take(NAME).collect();
    let limit = limit.clamp(1, PAGE);
    let page = app
        .store
        .read::<_, store::Error, _>(agent.desk, move |tx| {
            let (prefix, after) = (prefix.clone(), after.clone());
            Box::pin(async move { parties::customers(tx, &prefix, after, limit).await })
        })
        .await?;
    Ok(page)
}

/// A customer's page.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn get(app: &App, agent: &Agent, id: CustomerId) -> Result<CustomerPage> {
    agent.require(Permission::CustomersView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let customer = parties::customer(tx, id).await?.ok_or(Error::NotFound("customer"))?;
                let domains = parties::domains(tx, id).await?;
                let contacts = parties::contacts_of(tx, id).await?;
                Ok(CustomerPage { customer, domains, contacts })
            })
        })
        .await
}

/// Adds a customer.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], with `domains: taken` if another customer has one.
pub async fn create(app: &App, agent: &Agent, details: Details) -> Result<CustomerId> {
    agent.require(Permission::CustomersEdit)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let Details { name, lang, timezone, note, domains } = details.checked()?;
    let id = ids.next(CustomerId::new);
    let customer = Customer { id, name, lang, timezone, note, version: 1, created_at: now };
    let act = audit::act(&mut ids, now, agent.actor(), Deed::CustomerAdd, &id, json!({ "domains": domains }));
    app.store
        .write(agent.desk, move |tx| {
            let (customer, domains, act) = (customer.clone(), domains.clone(), act.clone());
            Box::pin(async move {
                parties::add_customer(tx, &customer).await?;
                set_domains(tx, customer.id, &domains).await?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

/// Changes a customer, at the version that was seen.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
pub async fn update(app: &App, agent: &Agent, id: CustomerId, details: Details, version: i64) -> Result<()> {
    agent.require(Permission::CustomersEdit)?;
    let details = details.checked()?;
    let now = app.now();
    let what = json!({ "domains": details.domains });
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::CustomerChange, &id, what);
    app.store
        .write(agent.desk, move |tx| {
            let (details, act) = (details.clone(), act.clone());
            Box::pin(async move {
                let before = parties::customer(tx, id).await?.ok_or(Error::NotFound("customer"))?;
                let Details { name, lang, timezone, note, domains } = details;
                let after = Customer { name, lang, timezone, note, version, ..before };
                parties::update_customer(tx, &after).await?;
                set_domains(tx, id, &domains).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

async fn set_domains(tx: &mut Tx, customer: CustomerId, domains: &[String]) -> Result<()> {
    let set = parties::set_domains(tx, customer, domains).await;
    set.map_err(|error| match error.is_taken("domains", "domain") {
        true => Error::invalid("domains", "taken"),
        false => error.into(),
    })
}

/// What is written of a contact.
#[derive(Clone, Debug)]
pub struct Person {
    /// Its name.
    pub name: String,
    /// Its address; empty if none is known.
    pub email: String,
    /// Its telephone number as people write it; empty if none is known.
    pub phone: String,
    /// Its language.
    pub lang: Lang,
    /// The customers to which it belongs, and what it sees of their tickets.
    pub customers: Vec<(CustomerId, Sees)>,
}

/// A [`Person`] whose fields are acceptable.
#[derive(Clone)]
struct Checked {
    name: String,
    email: Option<EmailAddress>,
    phone: Option<String>,
    lang: Lang,
    customers: BTreeMap<CustomerId, Sees>,
}

impl Person {
    fn checked(&self) -> Result<Checked> {
        let email = match self.email.trim() {
            "" => None,
            email => Some(email.parse().map_err(|_| Error::invalid("email", "not-an-address"))?),
        };
        let phone = match self.phone.trim() {
            "" => None,
            phone => Some(line("phone", phone, PHONE)?),
        };
        if self.customers.len() > CUSTOMERS {
            return Err(Error::invalid("customers", "too-long"));
        }
        let name = line("name", &self.name, NAME)?;
        Ok(Checked {
            name,
            email,
            phone,
            lang: self.lang,
            customers: self.customers.iter().copied().collect(),
        })
    }
}

/// A contact and the customers to which it belongs.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn contact(app: &App, agent: &Agent, id: ContactId) -> Result<(Contact, Vec<Affiliation>)> {
    agent.require(Permission::CustomersView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let contact = parties::contact(tx, id).await?.ok_or(Error::NotFound("contact"))?;
                Ok((contact, parties::affiliations(tx, id).await?))
            })
        })
        .await
}

/// Adds a contact.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::Invalid`], with `email: taken` if another contact has it.
pub async fn create_contact(app: &App, agent: &Agent, person: Person) -> Result<ContactId> {
    agent.require(Permission::CustomersEdit)?;
    let person = person.checked()?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(ContactId::new);
    let act = audit::act(
        &mut ids,
        now,
        agent.actor(),
        Deed::ContactAdd,
        &id,
        json!({ "customers": person.customers }),
    );
    app.store
        .write::<_, Error, _>(agent.desk, move |tx| {
            let (person, act) = (person.clone(), act.clone());
            Box::pin(async move {
                let Checked { name, email, phone, lang, customers } = person;
                let contact = Contact { id, name, email, phone, lang, version: 1, created_at: now };
                parties::add_contact(tx, &contact).await.map_err(email_taken)?;
                belong(tx, id, &customers).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

fn email_taken(error: store::Error) -> Error {
    if error.is_taken("contacts", "email") { Error::invalid("email", "taken") } else { error.into() }
}

/// Changes a contact, at the version that was seen. Another address ends its sessions in the portal: whoever reads
/// the old mailbox is not this person any more.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`].
pub async fn update_contact(
    app: &App,
    agent: &Agent,
    id: ContactId,
    person: Person,
    version: i64,
) -> Result<()> {
    agent.require(Permission::CustomersEdit)?;
    let now = app.now();
    let update = UpdateContact {
        agent: agent.clone(),
        id,
        person: person.checked()?,
        version,
        ids: app.ids(now),
        now,
    };
    app.store
        .write(agent.desk, move |tx| {
            let update = update.clone();
            Box::pin(async move { update.run(tx).await })
        })
        .await
}

#[derive(Clone)]
struct UpdateContact {
    agent: Agent,
    id: ContactId,
    person: Checked,
    version: i64,
    ids: Ids,
    now: Timestamp,
}

impl UpdateContact {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let before = parties::contact(tx, self.id).await?.ok_or(Error::NotFound("contact"))?;
        let Checked { name, email, phone, lang, customers } = self.person.clone();
        let moved = before.email != email;
        let after = Contact { name, email, phone, lang, version: self.version, ..before };
        parties::update_contact(tx, &after).await.map_err(email_taken)?;
        if moved {
            installation::end_sessions_of_contact(tx, self.id).await?;
        }
        belong(tx, self.id, &customers).await?;
        let what = json!({ "customers": customers, "address": moved });
        let act = audit::act(
            &mut self.ids.clone(),
            self.now,
            self.agent.actor(),
            Deed::ContactChange,
            &self.id,
            what,
        );
        Ok(records::audit(tx, &act).await?)
    }
}

/// Makes a contact belong to these customers, and no others.
async fn belong(tx: &mut Tx, contact: ContactId, customers: &BTreeMap<CustomerId, Sees>) -> Result<()> {
    for before in parties::affiliations(tx, contact).await? {
        if !customers.contains_key(&before.customer) {
            parties::leave(tx, contact, before.customer).await?;
        }
    }
    for (customer, sees) in customers {
        if parties::customer(tx, *customer).await?.is_none() {
            return Err(Error::invalid("customers", "unknown"));
        }
        parties::affiliate(tx, contact, *customer, *sees).await?;
    }
    Ok(())
}

/// Who calls? Contacts by a part of their name, by their customer's name, their address, or the end of their telephone
/// number.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn find_caller(app: &App, agent: &Agent, text: &str) -> Result<Vec<Found>> {
    if !agent.may(Permission::TicketFile) {
        agent.require(Permission::CustomersView)?;
    }
    let text: String = text.trim().chars().take(NAME).collect();
    if text.is_empty() {
        return Ok(Vec::new());
    }
    let found = app
        .store
        .read::<_, store::Error, _>(agent.desk, move |tx| {
            let text = text.clone();
            Box::pin(async move { parties::find(tx, &text, FOUND).await })
        })
        .await?;
    Ok(found)
}

/// The contact with this address, made with this id if there is none: then it belongs to the customer of the
/// address's domain and sees only its own tickets. `name` is what a mail says, so anything. What caused it is in the
/// audit log: the ticket that was opened or answered.
///
/// # Errors
/// As the database says.
pub(crate) async fn contact_for_mail(
    tx: &mut Tx,
    id: ContactId,
    email: &EmailAddress,
    name: &str,
    lang: Lang,
    now: Timestamp,
) -> Result<Contact> {
    if let Some(known) = parties::contact_by_email(tx, email).await? {
        return Ok(known);
    }
    let contact = Contact {
        id,
        name: name_from_mail(name, email),
        email: Some(email.clone()),
        phone: None,
        lang,
        version: 1,
        created_at: now,
    };
    parties::add_contact(tx, &contact).await?;
    if let Some(customer) = parties::customer_of_domain(tx, email.domain()).await? {
        parties::affiliate(tx, id, customer, Sees::Own).await?;
    }
    Ok(contact)
}

/// A name as a mail gives it, on one line and not endless; what stands before the `@` if there is none.
fn name_from_mail(name: &str, email: &EmailAddress) -> String {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let name: String = words.join(" ").chars().take(NAME).collect();
    if name.is_empty() { email.local().to_owned() } else { name }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_from_mail_are_names() {
        let email: EmailAddress = "ada@example.com".parse().unwrap();
        for (name, kept) in [
            ("Ada Lovelace", "Ada Lovelace"),
            (" Ada\r\n\tLovelace\0 ", "Ada Lovelace"),
            ("Ada\u{2028}Lovelace", "Ada Lovelace"),
            ("", "ada"),
            (" \u{7} ", "ada"),
        ] {
            assert_eq!(name_from_mail(name, &email), kept, "{name:?}");
        }
        assert_eq!(name_from_mail(&"å".repeat(1_000), &email).chars().count(), NAME);
    }

    #[test]
    fn a_person_is_checked() {
        let person = |email: &str, phone: &str| {
            let (email, phone) = (email.into(), phone.into());
            Person { name: "Ada".into(), email, phone, lang: Lang::En, customers: Vec::new() }.checked()
        };
        let ada = person(" Ada@Example.com ", " +46 8 123 ").unwrap();
        assert_eq!(ada.email.unwrap().as_str(), "ada@example.com");
        assert_eq!(ada.phone.as_deref(), Some("+46 8 123"));
        let unknown = person("", " ").unwrap();
        assert!(unknown.email.is_none() && unknown.phone.is_none());
        assert_eq!(person("ada", "").err().map(|e| e.code()), Some("not-an-address"));
        assert_eq!(person("", &"1".repeat(PHONE + 1)).err().map(|e| e.code()), Some("too-long"));
    }
}
