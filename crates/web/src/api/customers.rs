//! Customers, contacts, and who calls.

use app::{
    Agent, App,
    customers::{self, CustomerPage, Details, Person},
};
use axum::{Json, extract::State};
use domain::{
    id::{ContactId, CustomerId},
    lang::Lang,
    party::Sees,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::parties;
use utoipa::{IntoParams, ToSchema};

use super::{
    body::{Limit, Named, Params, Strict, given},
    cursor::{cursor, key},
    schema,
    version::{Created, IfMatch, Versioned, unmet},
};
use crate::{guard::ApiCaller, problem::Answer};

/// A customer.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Customer {
    /// Its id.
    #[schema(value_type = schema::CustomerId)]
    id: CustomerId,
    /// Its name.
    name: String,
    /// The language of mails to people of whom none is known.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// Its time zone, by its IANA name.
    timezone: String,
    /// What agents should know.
    note: String,
    /// Since when.
    created_at: Timestamp,
    /// Rises with every change.
    version: i64,
}

impl From<parties::Customer> for Customer {
    fn from(c: parties::Customer) -> Self {
        let parties::Customer { id, name, lang, timezone, note, version, created_at } = c;
        Self { id, name, lang, timezone, note, created_at, version }
    }
}

/// A page of customers.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Customers {
    /// The customers, by name.
    items: Vec<Customer>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Which customers.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ListParams {
    /// How the name begins.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    q: String,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// Lists customers by name.
#[utoipa::path(get, path = "/api/v1/customers", tag = "customers", params(ListParams),
    responses((status = 200, description = "A page.", body = Customers)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<ListParams>,
) -> Answer<Json<Customers>> {
    let name = format!("customers/{}", asked.q);
    let after: Option<(String, CustomerId)> = key(&name, asked.cursor.as_deref())?;
    // A full page may be the last: then the next one is empty, which costs less than to ask for one row more.
    let found = customers::list(&app, &agent, &asked.q, after, asked.limit.rows()).await?;
    let full = i64::try_from(found.len()).is_ok_and(|rows| rows == asked.limit.rows());
    let next = found.last().filter(|_| full).and_then(|last| cursor(&name, &(&last.name, last.id)));
    Ok(Json(Customers { items: found.into_iter().map(Customer::from).collect(), next }))
}

/// A customer with its domains and contacts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WholeCustomer {
    /// The customer.
    customer: Customer,
    /// The domains of its mail.
    domains: Vec<String>,
    /// Its contacts, by name.
    contacts: Vec<ContactDetails>,
}

/// A contact.
#[derive(Debug, Serialize, ToSchema)]
struct ContactDetails {
    /// Its id.
    #[schema(value_type = schema::ContactId)]
    id: ContactId,
    /// Its name.
    name: String,
    /// Its address, if known.
    email: Option<String>,
    /// Its telephone number as it was given.
    phone: Option<String>,
    /// Its language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// Since when.
    created_at: Timestamp,
    /// Rises with every change.
    version: i64,
}

impl From<parties::Contact> for ContactDetails {
    fn from(c: parties::Contact) -> Self {
        let parties::Contact { id, name, email, phone, lang, version, created_at } = c;
        Self { id, name, email: email.map(String::from), phone, lang, created_at, version }
    }
}

/// A customer with its domains and contacts. The `ETag` is the customer's version.
#[utoipa::path(get, path = "/api/v1/customers/{customer}", tag = "customers",
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "The customer.", body = WholeCustomer, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
) -> Answer<Versioned<WholeCustomer>> {
    show(&app, &agent, id).await
}

async fn show(app: &App, agent: &Agent, id: CustomerId) -> Answer<Versioned<WholeCustomer>> {
    let CustomerPage { customer, domains, contacts } = customers::get(app, agent, id).await?;
    let contacts = contacts.into_iter().map(ContactDetails::from).collect();
    Ok(Versioned(customer.version, WholeCustomer { customer: customer.into(), domains, contacts }))
}

/// A customer to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewCustomer {
    /// Its name.
    name: String,
    /// The language of mails to people of whom none is known.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// Its time zone, by its IANA name.
    timezone: String,
    /// What agents should know.
    #[serde(default)]
    note: String,
    /// The domains of its mail: who writes from one for the first time is its contact.
    #[serde(default)]
    domains: Vec<String>,
}

/// Adds a customer.
#[utoipa::path(post, path = "/api/v1/customers", tag = "customers", request_body = NewCustomer,
    responses((status = 201, description = "The customer.", body = WholeCustomer, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn create(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewCustomer>,
) -> Answer<Created<Versioned<WholeCustomer>>> {
    let NewCustomer { name, lang, timezone, note, domains } = new;
    let details = Details { name, lang, timezone, note, domains };
    let id = customers::create(&app, &agent, details).await?;
    Ok(Created { location: format!("/api/v1/customers/{id}"), body: show(&app, &agent, id).await? })
}

/// What is changed of a customer. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CustomerChange {
    /// Its name.
    name: Option<String>,
    /// The language of mails to people of whom none is known.
    #[schema(value_type = Option<schema::Lang>)]
    lang: Option<Lang>,
    /// Its time zone, by its IANA name.
    timezone: Option<String>,
    /// What agents should know.
    note: Option<String>,
    /// The domains of its mail: these and no others.
    domains: Option<Vec<String>>,
}

/// Changes a customer at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/customers/{customer}", tag = "customers", request_body = CustomerChange,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "The customer as it is now.", body = WholeCustomer, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
    seen: IfMatch,
    Strict(change): Strict<CustomerChange>,
) -> Answer<Versioned<WholeCustomer>> {
    let CustomerPage { customer, domains, .. } = customers::get(&app, &agent, id).await?;
    let at = seen.accept(customer.version)?;
    let details = Details {
        name: change.name.unwrap_or(customer.name),
        lang: change.lang.unwrap_or(customer.lang),
        timezone: change.timezone.unwrap_or(customer.timezone),
        note: change.note.unwrap_or(customer.note),
        domains: change.domains.unwrap_or(domains),
    };
    customers::update(&app, &agent, id, details, at).await.map_err(unmet)?;
    show(&app, &agent, id).await
}

/// A customer to which a contact belongs.
#[derive(Clone, Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Belongs {
    /// The customer.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// What the contact sees of its tickets.
    #[schema(value_type = schema::Sees)]
    sees: Sees,
}

/// A contact and the customers to which it belongs.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Contact {
    /// The contact.
    contact: ContactDetails,
    /// Its customers, by name.
    customers: Vec<Belongs>,
}

/// A contact. The `ETag` is its version.
#[utoipa::path(get, path = "/api/v1/contacts/{contact}", tag = "customers",
    params(("contact" = inline(schema::ContactId), Path, description = "The contact.")),
    responses((status = 200, description = "The contact.", body = Contact, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn contact(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ContactId>,
) -> Answer<Versioned<Contact>> {
    show_contact(&app, &agent, id).await
}

async fn show_contact(app: &App, agent: &Agent, id: ContactId) -> Answer<Versioned<Contact>> {
    let (contact, belongs) = customers::contact(app, agent, id).await?;
    let customers = belongs.into_iter().map(|b| Belongs { customer: b.customer, sees: b.sees }).collect();
    Ok(Versioned(contact.version, Contact { contact: contact.into(), customers }))
}

/// A contact to be added.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewContact {
    /// Its name.
    name: String,
    /// Its address, if known.
    email: Option<String>,
    /// Its telephone number, if known.
    phone: Option<String>,
    /// Its language.
    #[schema(value_type = schema::Lang)]
    lang: Lang,
    /// The customers to which it belongs.
    #[serde(default)]
    customers: Vec<Belongs>,
}

fn pairs(customers: Vec<Belongs>) -> Vec<(CustomerId, Sees)> {
    customers.into_iter().map(|b| (b.customer, b.sees)).collect()
}

/// Adds a contact.
#[utoipa::path(post, path = "/api/v1/contacts", tag = "customers", request_body = NewContact,
    responses((status = 201, description = "The contact.", body = Contact, headers(
        ("Location" = String, description = "Where it is."), ("ETag" = String, description = "Its version.")))))]
pub(crate) async fn create_contact(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewContact>,
) -> Answer<Created<Versioned<Contact>>> {
    let person = Person {
        name: new.name,
        email: new.email.unwrap_or_default(),
        phone: new.phone.unwrap_or_default(),
        lang: new.lang,
        customers: pairs(new.customers),
    };
    let id = customers::create_contact(&app, &agent, person).await?;
    Ok(Created { location: format!("/api/v1/contacts/{id}"), body: show_contact(&app, &agent, id).await? })
}

/// What is changed of a contact. What is not given stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ContactChange {
    /// Its name.
    name: Option<String>,
    /// Its address; `null` if none is known any more. Another one ends its sessions in the portal.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    email: Option<Option<String>>,
    /// Its telephone number; `null` if none is known any more.
    #[serde(default, deserialize_with = "given")]
    #[schema(value_type = Option<String>)]
    phone: Option<Option<String>>,
    /// Its language.
    #[schema(value_type = Option<schema::Lang>)]
    lang: Option<Lang>,
    /// The customers to which it belongs: these and no others.
    customers: Option<Vec<Belongs>>,
}

/// Changes a contact at the version that was seen.
#[utoipa::path(patch, path = "/api/v1/contacts/{contact}", tag = "customers", request_body = ContactChange,
    params(("contact" = inline(schema::ContactId), Path, description = "The contact.")),
    responses((status = 200, description = "The contact as it is now.", body = Contact, headers(("ETag" = String, description = "Its version.")))))]
pub(crate) async fn change_contact(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<ContactId>,
    seen: IfMatch,
    Strict(change): Strict<ContactChange>,
) -> Answer<Versioned<Contact>> {
    let (before, belongs) = customers::contact(&app, &agent, id).await?;
    let at = seen.accept(before.version)?;
    let person = Person {
        name: change.name.unwrap_or(before.name),
        email: change.email.unwrap_or(before.email.map(String::from)).unwrap_or_default(),
        phone: change.phone.unwrap_or(before.phone).unwrap_or_default(),
        lang: change.lang.unwrap_or(before.lang),
        customers: match change.customers {
            Some(customers) => pairs(customers),
            None => belongs.into_iter().map(|b| (b.customer, b.sees)).collect(),
        },
    };
    customers::update_contact(&app, &agent, id, person, at).await.map_err(unmet)?;
    show_contact(&app, &agent, id).await
}

/// Who calls?
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct CallerParams {
    /// How the name or the address begins, or how the telephone number ends.
    q: String,
}

/// Contacts who may be calling.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Callers {
    /// At most 20. A contact of several customers stands here once for each.
    items: Vec<Caller>,
}

/// A contact who may be calling, and one of its customers.
#[derive(Debug, Serialize, ToSchema)]
struct Caller {
    /// The contact.
    #[schema(value_type = schema::ContactId)]
    contact: ContactId,
    /// Its name.
    name: String,
    /// Its address.
    email: Option<String>,
    /// Its telephone number.
    phone: Option<String>,
    /// The customer.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// The customer's name.
    customer_name: Option<String>,
}

/// Finds contacts by the beginning of a name or an address, or by a telephone number.
#[utoipa::path(get, path = "/api/v1/callers", tag = "customers", params(CallerParams),
    responses((status = 200, description = "Who it may be.", body = Callers)))]
pub(crate) async fn callers(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<CallerParams>,
) -> Answer<Json<Callers>> {
    let found = customers::find_caller(&app, &agent, &asked.q).await?;
    let items = found.into_iter().map(|f| Caller {
        contact: f.contact,
        name: f.name,
        email: f.email,
        phone: f.phone,
        customer: f.customer,
        customer_name: f.customer_name,
    });
    Ok(Json(Callers { items: items.collect() }))
}
