//! Service requests at Microsoft: followed and annotated. Microsoft switched off filing them by program in August 2020, so
//! there is no way to do that here: a person files in the portal.

use std::fmt;
use std::str::FromStr;

use domain::words;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::json;

use crate::{
    CustomerId, Error, Page, RequestId, Session,
    address::Service,
    page::{Continuation, From, filter, one},
    wire::Node,
};

words! {
    /// How bad it is, by Microsoft's scale: A, B, C.
    pub enum Severity {
        /// Not said.
        Unknown = "unknown",
        /// A.
        Critical = "critical",
        /// B.
        Moderate = "moderate",
        /// C.
        Minimal = "minimal",
    }
}

words! {
    /// Where it stands.
    pub enum Status {
        /// Not said.
        None = "none",
        /// Microsoft works on it.
        Open = "open",
        /// Done.
        Closed = "closed",
        /// Microsoft waits for the partner.
        AttentionNeeded = "attention_needed",
    }
}

/// Microsoft's number of a service request: fifteen digits so far.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ServiceRequestId(String);

impl FromStr for ServiceRequestId {
    type Err = NoServiceRequestId;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        let fine = (1..=64).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        if fine { Ok(Self(text.to_owned())) } else { Err(NoServiceRequestId) }
    }
}

impl fmt::Display for ServiceRequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that is no number of a service request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number of a service request")]
pub struct NoServiceRequestId;

/// A service request. Lists leave out its description, product and notes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServiceRequest {
    /// Microsoft's number.
    pub id: ServiceRequestId,
    /// What it is about, in a line.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// How bad it is.
    pub severity: Severity,
    /// Where it stands.
    pub status: Status,
    /// Who asked.
    pub contact: Option<String>,
    /// The product's name.
    pub product: Option<String>,
    /// When it was filed.
    pub created: Option<Timestamp>,
    /// When anything of it changed last: what a reader polls by.
    pub modified: Option<Timestamp>,
    /// When it was closed last.
    pub closed: Option<Timestamp>,
    /// What was said, oldest first as Microsoft has it.
    pub notes: Vec<Note>,
}

/// Something said on a service request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Who said it, in Microsoft's words.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// What.
    pub text: String,
}

/// Service requests of the partner and its customers.
#[derive(Clone, Copy, Debug)]
pub struct ServiceRequests<'c>(pub(crate) Session<'c>);

impl ServiceRequests<'_> {
    /// A page of all of the partner's, `offset` after the first, or of those in one status.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn all(
        self,
        status: Option<Status>,
        offset: u32,
        size: u16,
    ) -> Result<Page<ServiceRequest>, Error> {
        self.list(&["v1", "servicerequests"], status, offset, size).await
    }

    /// A page of one customer's.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn of_customer(
        self,
        customer: CustomerId,
        status: Option<Status>,
        offset: u32,
        size: u16,
    ) -> Result<Page<ServiceRequest>, Error> {
        self.list(&["v1", "customers", &customer.to_string(), "servicerequests"], status, offset, size).await
    }

    async fn list(
        self,
        parts: &[&str],
        status: Option<Status>,
        offset: u32,
        size: u16,
    ) -> Result<Page<ServiceRequest>, Error> {
        let address = self.0.client.map.to(Service::PartnerCenter, parts);
        let mut address = address.with("size", &size.to_string()).with("offset", &offset.to_string());
        if let Some(status) = status {
            address = address.with("filter", &filter("Status", status.word(), "equals"));
        }
        self.0.page(From::Start(address), service_request).await
    }

    /// The page after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, after: &Continuation) -> Result<Page<ServiceRequest>, Error> {
        self.0.page(From::Next(after), service_request).await
    }

    /// One service request with its notes.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(self, id: &ServiceRequestId) -> Result<ServiceRequest, Error> {
        let address =
            self.0.client.map.to(Service::PartnerCenter, &["v1", "servicerequests", &id.to_string()]);
        one(&self.0.read(address).await?, service_request)
    }

    /// Says something on a service request; everything else of it stays as it is.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn add_note(
        self,
        id: &ServiceRequestId,
        text: &str,
        attempt: RequestId,
    ) -> Result<ServiceRequest, Error> {
        let address =
            self.0.client.map.to(Service::PartnerCenter, &["v1", "servicerequests", &id.to_string()]);
        // `unknown` and `none` stand for "as it is".
        let body = json!({
            "severity": Severity::Unknown.word(),
            "status": Status::None.word(),
            "newNote": { "text": text },
            "attributes": { "objectType": "ServiceRequest" },
        });
        one(&self.0.write(Method::PATCH, address, attempt, Some(body), None).await?, service_request)
    }
}

fn service_request(node: Node<'_>) -> Option<ServiceRequest> {
    let contact = node.at("primaryContact");
    let names: Vec<String> =
        ["firstName", "lastName"].iter().filter_map(|name| contact.at(name).text()).collect();
    let note = |node: Node<'_>| {
        Some(Note {
            by: node.at("createdByName").text().unwrap_or_default(),
            at: node.at("createdDate").instant(),
            text: node.at("text").text()?,
        })
    };
    Some(ServiceRequest {
        id: node.at("id").parse()?,
        title: node.at("title").text().unwrap_or_default(),
        description: node.at("description").text(),
        severity: node.at("severity").word(Severity::ALL, Severity::word),
        status: node.at("status").word(Status::ALL, Status::word),
        contact: Some(names.join(" ")).filter(|name| !name.is_empty()),
        product: node.at("productName").text(),
        created: node.at("createdDate").instant(),
        modified: node.at("lastModifiedDate").instant(),
        closed: node.at("lastClosedDate").instant(),
        notes: node.at("notes").list().filter_map(note).collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for good in ["612345678901234", " 612345678901234 ", "A-1"] {
            assert!(good.parse::<ServiceRequestId>().is_ok(), "{good}");
        }
        for bad in ["", "..", "a/b", "1?x=2", "é", &"1".repeat(65)] {
            assert!(bad.parse::<ServiceRequestId>().is_err(), "{bad}");
        }
    }
}
