//! Customers, and filing a ticket for one of their contacts.

use askama::Template;

use super::{Choice, Link, Notice, Pages, Person, Shell, TenantView, TicketLine};

/// `GET /customers`; fragment `rows`.
#[derive(Clone, Debug, Template)]
#[template(path = "customers.html", blocks = ["rows"])]
pub struct CustomersPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// What was searched.
    pub query: String,
    /// The page of customers.
    pub customers: Vec<CustomerLine>,
    /// The pages beside it.
    pub pages: Pages,
    /// Whether the reader may add one.
    pub may_edit: bool,
    /// Languages for the form.
    pub languages: Vec<Choice>,
    /// Time zones for the form.
    pub time_zones: Vec<Choice>,
}

/// One customer in the list.
#[derive(Clone, Debug)]
pub struct CustomerLine {
    /// Its page.
    pub href: String,
    /// Avatar and name.
    pub person: Person,
    /// Remark for agents.
    pub remark: String,
    /// Its language, by the language's own name.
    pub language: String,
    /// The time there now.
    pub local_time: String,
}

/// `GET /customers/{id}`; fragments `tickets`, `contacts`.
#[derive(Clone, Debug, Template)]
#[template(path = "customer.html", blocks = ["tickets", "contacts"])]
pub struct CustomerPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Its id.
    pub id: String,
    /// Its version, for the form.
    pub version: u64,
    /// Avatar and name.
    pub person: Person,
    /// Remark for agents.
    pub remark: String,
    /// The time there now.
    pub local_time: String,
    /// Languages.
    pub languages: Vec<Choice>,
    /// Time zones.
    pub time_zones: Vec<Choice>,
    /// Who writes for it.
    pub contacts: Vec<ContactLine>,
    /// Mail domains.
    pub domains: Vec<String>,
    /// What it has, was promised and owes.
    pub glance: Vec<GlanceLine>,
    /// Its tenants at Microsoft.
    pub tenants: Vec<TenantView>,
    /// Its tickets, newest change first.
    pub tickets: Vec<TicketLine>,
    /// The pages beside them.
    pub pages: Pages,
    /// How many people use which service, the newest day first.
    pub seats: Vec<SeatsLine>,
    /// Services, for the form.
    pub services: Vec<Choice>,
    /// Whether the reader may change it.
    pub may_edit: bool,
}

/// A line of the glance.
#[derive(Clone, Debug)]
pub struct GlanceLine {
    /// What it is about, and its page; without an address it has none.
    pub label: Link,
    /// What there is.
    pub text: String,
    /// More of it; may be empty.
    pub note: String,
}

/// How many people use a service from a day on.
#[derive(Clone, Debug)]
pub struct SeatsLine {
    /// Service word.
    pub service: String,
    /// From which day on.
    pub day: String,
    /// How many, or a dash.
    pub seats: String,
}

/// One contact of a customer.
#[derive(Clone, Debug)]
pub struct ContactLine {
    /// Its id.
    pub id: String,
    /// Its version, for the form.
    pub version: u64,
    /// Avatar and name.
    pub person: Person,
    /// Address; empty if none is known.
    pub email: String,
    /// Telephone; empty if none is known.
    pub phone: String,
    /// Its language, by the language's own name.
    pub language: String,
    /// Languages, its own chosen.
    pub languages: Vec<Choice>,
    /// Whether they see all tickets of the customer in the portal.
    pub sees_all: bool,
}

/// `GET /tickets/new`; fragments `who`, `promise`.
#[derive(Clone, Debug, Template)]
#[template(path = "new_ticket.html", blocks = ["who", "promise"])]
pub struct NewTicketPage {
    /// Around the page.
    pub shell: Shell,
    /// What is missing.
    pub notice: Option<Notice>,
    /// What was typed to find the caller.
    pub who: String,
    /// Contacts that match.
    pub matches: Vec<ContactMatch>,
    /// The contact that is chosen because no other matches: once others do, it is not chosen by anybody.
    pub guessed: Option<String>,
    /// Address, when the caller is new.
    pub email: String,
    /// Name, when the caller is new.
    pub name: String,
    /// Subject so far.
    pub subject: String,
    /// Text so far.
    pub text: String,
    /// Channels: `phone`, `mail`, …
    pub channels: Vec<Choice>,
    /// Services.
    pub services: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Severities.
    pub severities: Vec<Choice>,
    /// Assignees.
    pub assignees: Vec<Choice>,
    /// Whether the contact gets a confirmation.
    pub acknowledge: bool,
    /// What will be promised.
    pub promises: Vec<PromiseLine>,
}

/// A contact who may be the caller.
#[derive(Clone, Debug)]
pub struct ContactMatch {
    /// Value of the field `contact`.
    pub id: String,
    /// Avatar and name.
    pub person: Person,
    /// Address.
    pub email: String,
    /// Telephone.
    pub phone: String,
    /// Customer.
    pub customer: String,
    /// Whether chosen.
    pub chosen: bool,
}

/// A promise that saving would make.
#[derive(Clone, Debug)]
pub struct PromiseLine {
    /// `first_response`, `next_response`, `resolution`.
    pub promise: String,
    /// "Tue 10:00".
    pub due: String,
    /// "4 h in Business hours".
    pub target: String,
}

/// `GET /search`; fragment `rows`.
#[derive(Clone, Debug, Template)]
#[template(path = "search.html", blocks = ["rows"])]
pub struct SearchPage {
    /// Around the page.
    pub shell: Shell,
    /// What is searched.
    pub query: String,
    /// States to filter by, with "any" as the empty value.
    pub states: Vec<Choice>,
    /// Kinds to filter by, with "any" as the empty value.
    pub kinds: Vec<Choice>,
    /// Services to filter by, with "any" as the empty value.
    pub services: Vec<Choice>,
    /// Orders: `newest`, `best`.
    pub orders: Vec<Choice>,
    /// Tickets with their hits.
    pub hits: Vec<Hit>,
    /// Customers and contacts that match by name.
    pub people: Vec<Link>,
    /// The pages beside it.
    pub pages: Pages,
}

/// A ticket that was found.
#[derive(Clone, Debug)]
pub struct Hit {
    /// The ticket.
    pub line: TicketLine,
    /// Where the words stand.
    pub snippets: Vec<Snippet>,
}

/// A passage with the words found.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// Address of the message.
    pub href: String,
    /// `customer`, `agent` or `note`.
    pub side: String,
    /// Who wrote it, and when.
    pub by: String,
    /// The passage in order: text and whether it is a found word.
    pub parts: Vec<SnippetPart>,
}

/// A piece of a passage.
#[derive(Clone, Debug)]
pub struct SnippetPart {
    /// The text.
    pub text: String,
    /// Whether it is a found word.
    pub hit: bool,
}
