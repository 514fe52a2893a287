//! Where Microsoft sends events. Each partner tenant has one registration.

use jiff::Timestamp;
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    Error, Reason, RequestId, Session,
    address::{Address, Service},
    page::one,
    wire::Node,
};

/// What Microsoft is to send, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// The address that takes the events.
    pub url: String,
    /// Microsoft's names of them, such as `subscription-updated`.
    pub events: Vec<String>,
}

/// How a test of the registration went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Validation {
    /// In Microsoft's word, such as `completed`.
    pub status: String,
    /// One for each attempt of Microsoft's.
    pub attempts: Vec<Attempt>,
}

/// An attempt of Microsoft's to reach the address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// What the address answered, in Microsoft's word, such as `OK`.
    pub answer: String,
    /// When.
    pub at: Option<Timestamp>,
}

/// The registration for events.
#[derive(Clone, Copy, Debug)]
pub struct Webhooks<'c>(pub(crate) Session<'c>);

impl Webhooks<'_> {
    fn address(self, parts: &[&str]) -> Address {
        let parts = [&["webhooks", "v1", "registration"], parts].concat();
        self.0.client.map.to(Service::PartnerCenter, &parts)
    }

    /// The names of the events that there are.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn events(self) -> Result<Vec<String>, Error> {
        let body = self.0.read(self.address(&["events"])).await?;
        if !body.is_array() {
            return Err(Error::Unreadable("it is no list"));
        }
        Ok(Node::new(&body).list().filter_map(Node::text).collect())
    }

    /// What is registered, if anything is.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn get(self) -> Result<Option<Registration>, Error> {
        match self.0.read(self.address(&[])).await {
            Ok(body) => one(&body, registration).map(Some),
            Err(error) if error.reason() == Some(Reason::Missing) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Registers for the first time.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn create(self, wanted: &Registration, attempt: RequestId) -> Result<Registration, Error> {
        self.register(Method::POST, wanted, attempt).await
    }

    /// Replaces the registration that is there.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn replace(self, wanted: &Registration, attempt: RequestId) -> Result<Registration, Error> {
        self.register(Method::PUT, wanted, attempt).await
    }

    async fn register(
        self,
        method: Method,
        wanted: &Registration,
        attempt: RequestId,
    ) -> Result<Registration, Error> {
        let body = json!({ "WebhookUrl": wanted.url, "WebhookEvents": wanted.events });
        one(&self.0.write(method, self.address(&[]), attempt, Some(body), None).await?, registration)
    }

    /// Asks Microsoft to send a test event; at most two a minute. The answer is the name of the test.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn validate(self, attempt: RequestId) -> Result<String, Error> {
        let address = self.address(&["validationEvents"]);
        let body: Value = self.0.write(Method::POST, address, attempt, None, None).await?;
        one(&body, |node| node.at("correlationId").text())
    }

    /// How a test went.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn validation(self, test: &str) -> Result<Validation, Error> {
        let body = self.0.read(self.address(&["validationEvents", test])).await?;
        let attempt = |node: Node<'_>| {
            Some(Attempt { answer: node.at("responseCode").text()?, at: node.at("dateTimeUtc").instant() })
        };
        one(&body, |node| {
            let attempts = node.at("results").list().filter_map(attempt).collect();
            Some(Validation { status: node.at("status").text()?, attempts })
        })
    }
}

fn registration(node: Node<'_>) -> Option<Registration> {
    Some(Registration {
        url: node.at("webhookUrl").text()?,
        events: node.at("webhookEvents").list().filter_map(Node::text).collect(),
    })
}
