//! Support requests for Azure, by the Azure Support API: the one route by which a program may file a request with
//! Microsoft. It goes through Azure Resource Manager with a token for the customer's tenant, where the agent who consented
//! needs the role Support Request Contributor on the subscription (Azure/azure-rest-api-specs, Microsoft.Support
//! 2020-04-01; partner-center: azure-roles-perms-pec).
//!
//! A request has a name that we choose. Filed again under the same name it is the same request, whatever became of the
//! first attempt: so the caller keeps the name with its decision, and asks for it before it files.

use std::fmt;
use std::str::FromStr;

use domain::words;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    CustomerId, Error, Page, Reason, Session,
    address::{Address, Service},
    page::{Continuation, From, one},
    wire::Node,
};

const VERSION: &str = "2020-04-01";
const PROVIDER: [&str; 2] = ["providers", "Microsoft.Support"];

words! {
    /// How bad it is, by Microsoft's scale: A, B, C.
    pub enum Severity {
        /// C.
        Minimal = "minimal",
        /// B.
        Moderate = "moderate",
        /// A.
        Critical = "critical",
        /// A, for Premier only.
        HighestCriticalImpact = "highestcriticalimpact",
    }
}

words! {
    /// Where it stands.
    pub enum Status {
        /// A word that we do not know.
        Unknown = "unknown",
        /// Microsoft works on it.
        Open = "open",
        /// Done.
        Closed = "closed",
    }
}

words! {
    /// How Microsoft's engineer reaches the contact.
    pub enum ContactBy {
        /// By mail.
        Email = "email",
        /// By telephone, whose number is required then.
        Phone = "phone",
    }
}

words! {
    /// Who said something.
    pub enum Direction {
        /// We did, or somebody in the portal.
        Inbound = "inbound",
        /// Microsoft did.
        Outbound = "outbound",
    }
}

/// The name of a request or of something said on it: chosen by us, the same at every attempt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// The name of what an id of ours stands for.
    #[must_use]
    pub fn of(id: Uuid) -> Self {
        Self(format!("partnerdesk-{}", id.simple()))
    }
}

impl FromStr for Name {
    type Err = NoName;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let fine = (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
        if fine { Ok(Self(text.to_owned())) } else { Err(NoName) }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that cannot be a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a name of a support request")]
pub struct NoName;

/// Something that support is given for, or a kind of problem with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Topic {
    /// Its whole id, as a new request names it.
    pub id: String,
    /// The last part of it, by which its own topics are asked for.
    pub name: String,
    /// What people call it.
    pub display_name: String,
}

/// Whom Microsoft's engineer talks to: somebody of the partner, never of the customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// First name.
    pub first_name: String,
    /// Last name.
    pub last_name: String,
    /// How to reach them.
    pub by: ContactBy,
    /// Mail address.
    pub email: String,
    /// Telephone number; required to be reached by it.
    pub phone: Option<String>,
    /// Windows' name of their time zone, such as `W. Europe Standard Time`.
    pub time_zone: String,
    /// Their country, by three letters.
    pub country: String,
    /// The language they want, such as `en-US`. Microsoft has no Swedish and no Hungarian here.
    pub language: String,
}

/// A request to be filed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewTicket {
    /// The whole id of the service.
    pub service: String,
    /// The whole id of the kind of problem.
    pub problem: String,
    /// What it is about, in a line.
    pub title: String,
    /// What it is about.
    pub description: String,
    /// How bad it is.
    pub severity: Severity,
    /// Whether somebody answers around the clock.
    pub around_the_clock: bool,
    /// When it began.
    pub began: Option<Timestamp>,
    /// Whom to talk to.
    pub contact: Contact,
    /// The Azure resource that it is about.
    pub resource: Option<String>,
}

/// A request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ticket {
    /// The name that we chose.
    pub name: String,
    /// Microsoft's number: what an engineer is told. None while Microsoft still files it.
    pub number: Option<String>,
    /// What it is about, in a line.
    pub title: String,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub status: Status,
    /// The support plan that it goes by.
    pub plan: Option<String>,
    /// By when Microsoft promises a first answer.
    pub due: Option<Timestamp>,
    /// Who works on it.
    pub engineer: Option<String>,
    /// When it was filed.
    pub created: Option<Timestamp>,
    /// When anything of it changed last.
    pub modified: Option<Timestamp>,
}

/// Something said on a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Communication {
    /// Its name: ours, or Microsoft's.
    pub name: String,
    /// Who said it.
    pub direction: Direction,
    /// The address of whoever said it.
    pub sender: Option<String>,
    /// In a line.
    pub subject: String,
    /// The words: HTML or text, of a stranger.
    pub body: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// Something to be said on a request.
#[derive(Clone, Copy, Debug)]
pub struct Saying<'a> {
    /// The name that we choose.
    pub name: &'a Name,
    /// In a line.
    pub subject: &'a str,
    /// The words.
    pub text: &'a str,
    /// The address of whoever says it.
    pub sender: &'a str,
}

/// Support requests for Azure.
#[derive(Clone, Copy, Debug)]
pub struct AzureSupport<'c>(pub(crate) Session<'c>);

impl AzureSupport<'_> {
    fn to(self, parts: &[&str]) -> Address {
        self.0.client.map.to(Service::Azure, parts).with("api-version", VERSION)
    }

    fn ticket(self, subscription: Uuid, name: &Name, more: &[&str]) -> Address {
        let (subscription, name) = (subscription.to_string(), name.to_string());
        let mut parts =
            vec!["subscriptions", &subscription, PROVIDER[0], PROVIDER[1], "supportTickets", &name];
        parts.extend(more);
        self.to(&parts)
    }

    /// What support is given for.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn services(self, customer: CustomerId) -> Result<Page<Topic>, Error> {
        let address = self.to(&[PROVIDER[0], PROVIDER[1], "services"]);
        self.0.graph_page(customer.0, From::Start(address), topic).await
    }

    /// The kinds of problem with a service, by the name of its topic.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn problems(self, customer: CustomerId, service: &str) -> Result<Page<Topic>, Error> {
        let address = self.to(&[PROVIDER[0], PROVIDER[1], "services", service, "problemClassifications"]);
        self.0.graph_page(customer.0, From::Start(address), topic).await
    }

    /// The page of topics after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next_topics(self, customer: CustomerId, after: &Continuation) -> Result<Page<Topic>, Error> {
        self.0.graph_page(customer.0, From::Next(after), topic).await
    }

    /// Files a request. It may take Microsoft some time: then nothing comes back yet, and the request is to be asked for by
    /// its name.
    ///
    /// # Errors
    /// As [`Error`] says. After [`Error::Unanswered`] it may have been filed: ask for it by its name first.
    pub async fn file(
        self,
        customer: CustomerId,
        subscription: Uuid,
        name: &Name,
        new: &NewTicket,
    ) -> Result<Option<Ticket>, Error> {
        let address = self.ticket(subscription, name, &[]);
        let answer = self.0.write_named(Method::PUT, address, customer.0, body_of(new)).await?;
        if answer.is_null() { Ok(None) } else { one(&answer, ticket).map(Some) }
    }

    /// The request of this name, if there is one.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(
        self,
        customer: CustomerId,
        subscription: Uuid,
        name: &Name,
    ) -> Result<Option<Ticket>, Error> {
        match self.0.get(self.ticket(subscription, name, &[]), customer.0, Vec::new()).await {
            Ok(body) => one(&body, ticket).map(Some),
            Err(error) if error.reason() == Some(Reason::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// A page of a subscription's requests.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn list(self, customer: CustomerId, subscription: Uuid) -> Result<Page<Ticket>, Error> {
        let subscription = subscription.to_string();
        let parts = ["subscriptions", &subscription, PROVIDER[0], PROVIDER[1], "supportTickets"];
        self.0.graph_page(customer.0, From::Start(self.to(&parts).with("$top", "100")), ticket).await
    }

    /// The page of requests after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, customer: CustomerId, after: &Continuation) -> Result<Page<Ticket>, Error> {
        self.0.graph_page(customer.0, From::Next(after), ticket).await
    }

    /// Says something on a request, under a name that we choose. Said again under the same name it is said once.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn say(
        self,
        customer: CustomerId,
        subscription: Uuid,
        on: &Name,
        saying: &Saying<'_>,
    ) -> Result<(), Error> {
        let Saying { name, subject, text, sender } = saying;
        let address = self.ticket(subscription, on, &["communications", &name.to_string()]);
        match self.0.get(address.clone(), customer.0, Vec::new()).await {
            Ok(_) => return Ok(()),
            Err(error) if error.reason() == Some(Reason::Missing) => {}
            Err(error) => return Err(error),
        }
        let body = json!({ "properties": { "subject": subject, "body": text, "sender": sender } });
        self.0.write_named(Method::PUT, address, customer.0, body).await.map(drop)
    }

    /// What was said on a request, a page of it.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn communications(
        self,
        customer: CustomerId,
        subscription: Uuid,
        on: &Name,
    ) -> Result<Page<Communication>, Error> {
        let address = self.ticket(subscription, on, &["communications"]);
        self.0.graph_page(customer.0, From::Start(address), communication).await
    }

    /// The page of what was said after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next_communications(
        self,
        customer: CustomerId,
        after: &Continuation,
    ) -> Result<Page<Communication>, Error> {
        self.0.graph_page(customer.0, From::Next(after), communication).await
    }

    /// Changes the severity, or closes or reopens a request; what is none stays. Microsoft takes it only while no
    /// engineer is assigned.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn change(
        self,
        customer: CustomerId,
        subscription: Uuid,
        name: &Name,
        severity: Option<Severity>,
        status: Option<Status>,
    ) -> Result<Ticket, Error> {
        let mut body = json!({});
        if let Some(severity) = severity {
            body["severity"] = severity.word().into();
        }
        if let Some(status) = status.filter(|status| *status != Status::Unknown) {
            body["status"] = status.word().into();
        }
        let address = self.ticket(subscription, name, &[]);
        one(&self.0.write_named(Method::PATCH, address, customer.0, body).await?, ticket)
    }
}

fn body_of(new: &NewTicket) -> Value {
    let mut contact = json!({
        "firstName": new.contact.first_name,
        "lastName": new.contact.last_name,
        "preferredContactMethod": new.contact.by.word(),
        "primaryEmailAddress": new.contact.email,
        "preferredTimeZone": new.contact.time_zone,
        "country": new.contact.country,
        "preferredSupportLanguage": new.contact.language,
    });
    if let Some(phone) = &new.contact.phone {
        contact["phoneNumber"] = phone.as_str().into();
    }
    let mut properties = json!({
        "serviceId": new.service,
        "problemClassificationId": new.problem,
        "title": new.title,
        "description": new.description,
        "severity": new.severity.word(),
        "require24X7Response": new.around_the_clock,
        "contactDetails": contact,
    });
    if let Some(began) = new.began {
        properties["problemStartTime"] = began.to_string().into();
    }
    if let Some(resource) = &new.resource {
        properties["technicalTicketDetails"] = json!({ "resourceId": resource });
    }
    json!({ "properties": properties })
}

fn topic(node: Node<'_>) -> Option<Topic> {
    let id = node.at("id").text()?;
    let name = node.at("name").text().or_else(|| id.rsplit('/').next().map(str::to_owned))?;
    let display_name = node.at("properties").at("displayName").text().unwrap_or_else(|| name.clone());
    Some(Topic { id, name, display_name })
}

fn ticket(node: Node<'_>) -> Option<Ticket> {
    let properties = node.at("properties");
    let id = node.at("id").text();
    let last = || id.as_deref().and_then(|id| id.rsplit('/').next()).map(str::to_owned);
    Some(Ticket {
        name: node.at("name").text().or_else(last)?,
        number: properties.at("supportTicketId").text(),
        title: properties.at("title").text().unwrap_or_default(),
        severity: properties.at("severity").word(Severity::ALL, Severity::word),
        status: properties.at("status").word(Status::ALL, Status::word),
        plan: properties.at("supportPlanType").text(),
        due: properties.at("serviceLevelAgreement").at("expirationTime").instant(),
        engineer: properties.at("supportEngineer").at("emailAddress").text(),
        created: properties.at("createdDate").instant(),
        modified: properties.at("modifiedDate").instant(),
    })
}

fn communication(node: Node<'_>) -> Option<Communication> {
    let properties = node.at("properties");
    Some(Communication {
        name: node.at("name").text()?,
        direction: properties.at("communicationDirection").word(Direction::ALL, Direction::word),
        sender: properties.at("sender").text(),
        subject: properties.at("subject").text().unwrap_or_default(),
        body: properties.at("body").text().unwrap_or_default(),
        at: properties.at("createdDate").instant(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        let name = Name::of(Uuid::nil());
        assert_eq!(name.to_string().parse::<Name>(), Ok(name));
        for bad in ["", "..", "a/b", "1?x=2", "é", &"1".repeat(65)] {
            assert!(bad.parse::<Name>().is_err(), "{bad}");
        }
    }
}
