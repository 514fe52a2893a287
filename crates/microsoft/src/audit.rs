//! Partner Center's log of who did what: evidence, and the way to see changes that no event told of.

use domain::words;
use jiff::{Timestamp, civil::Date};

use crate::{
    CustomerId, Error, Page, Session, SubscriptionId,
    address::Service,
    page::{Continuation, From, filter},
    wire::{self, Node},
};

words! {
    /// How an operation ended.
    pub enum Outcome {
        /// It did what it was to do.
        Succeeded = "succeeded",
        /// It did not.
        Failed = "failed",
        /// It goes on.
        Progress = "progress",
        /// Somebody said no.
        Declined = "decline",
    }
}

/// A record of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Microsoft's id.
    pub id: String,
    /// The subscription it was about, where it was about one.
    pub subscription: Option<SubscriptionId>,
    /// The customer it was about.
    pub customer: Option<CustomerId>,
    /// That customer's name then.
    pub customer_name: Option<String>,
    /// The account of whoever did it.
    pub by: Option<String>,
    /// The application through which it was done.
    pub application: Option<String>,
    /// What was touched, in Microsoft's word, such as `subscription`.
    pub resource: String,
    /// What was done, in Microsoft's word, such as `update_subscription`.
    pub operation: String,
    /// When.
    pub at: Option<Timestamp>,
    /// How it ended; `None` for a word that we do not know.
    pub outcome: Option<Outcome>,
    /// What it was before, as JSON in Microsoft's spelling.
    pub before: Option<String>,
    /// What it became.
    pub after: Option<String>,
}

/// Partner Center's log.
#[derive(Clone, Copy, Debug)]
pub struct Audit<'c>(pub(crate) Session<'c>);

impl Audit<'_> {
    /// A page of what was done from a day to a day, both included, in UTC; of one customer, or of all.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn list(
        self,
        from: Date,
        to: Date,
        customer: Option<CustomerId>,
        size: u16,
    ) -> Result<Page<Record>, Error> {
        let mut address = self
            .0
            .client
            .map
            .to(Service::PartnerCenter, &["v1", "auditrecords"])
            .with("startDate", &from.to_string())
            .with("endDate", &to.to_string())
            .with("size", &size.to_string());
        if let Some(customer) = customer {
            address = address.with("filter", &filter("CustomerId", &customer.to_string(), "equals"));
        }
        self.0.page(From::Start(address), record).await
    }

    /// The page after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next(self, after: &Continuation) -> Result<Page<Record>, Error> {
        self.0.page(From::Next(after), record).await
    }
}

fn record(node: Node<'_>) -> Option<Record> {
    let outcome = node.at("operationStatus").text();
    let resource = node.at("resourceType").text().unwrap_or_default();
    let values = ["resourceNewValue", "resourceOldValue"].into_iter().filter_map(|name| node.at(name).text());
    let is_one = resource.eq_ignore_ascii_case("subscription");
    let subscription = values.filter(|_| is_one).find_map(|text| {
        let value = wire::read(text.as_bytes()).ok()?;
        Node::new(&value).at("id").parse()
    });
    Some(Record {
        id: node.at("id").text()?,
        subscription,
        customer: node.at("customerId").parse(),
        customer_name: node.at("customerName").text(),
        by: node.at("userPrincipalName").text(),
        application: node.at("applicationId").text().map(|text| plain(&text)),
        resource,
        operation: node.at("operationType").text().unwrap_or_default(),
        at: node.at("operationDate").instant(),
        outcome: outcome.and_then(|word| word.to_ascii_lowercase().parse().ok()),
        before: node.at("resourceOldValue").text(),
        after: node.at("resourceNewValue").text(),
    })
}

/// An application is a GUID, or one of Microsoft's own by name.
fn plain(application: &str) -> String {
    application.parse::<uuid::Uuid>().map_or_else(|_| application.to_owned(), |id| id.to_string())
}
