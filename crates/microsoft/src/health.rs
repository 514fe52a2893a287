//! Service health as a customer's tenant sees it, from Graph. The token is one for that tenant.

use domain::words;
use jiff::Timestamp;

use crate::{
    CustomerId, Error, Page, Session,
    address::Service,
    page::{Continuation, From, one},
    wire::Node,
};

words! {
    /// How a service, or an issue with it, stands.
    pub enum HealthStatus {
        /// A word that we do not know.
        Unknown = "unknown_future_value",
        /// All is well.
        Operational = "service_operational",
        /// Microsoft looks into it.
        Investigating = "investigating",
        /// It is being brought back.
        Restoring = "restoring_service",
        /// It is back, and being watched.
        Verifying = "verifying_service",
        /// It is back.
        Restored = "service_restored",
        /// It is back, and Microsoft has said why it was gone.
        ReviewPublished = "post_incident_review_published",
        /// Slow, or in part.
        Degradation = "service_degradation",
        /// Gone.
        Interruption = "service_interruption",
        /// It is back, and some people will notice later.
        ExtendedRecovery = "extended_recovery",
        /// It was nothing.
        FalsePositive = "false_positive",
        /// Microsoft waits for more.
        Suspended = "investigation_suspended",
        /// Done.
        Resolved = "resolved",
        /// Somebody else got around it.
        MitigatedExternal = "mitigated_external",
        /// Got around.
        Mitigated = "mitigated",
        /// Somebody else solved it.
        ResolvedExternal = "resolved_external",
        /// It is so.
        Confirmed = "confirmed",
        /// Somebody said so.
        Reported = "reported",
    }
}

words! {
    /// What an issue is.
    pub enum Classification {
        /// A word that we do not know.
        Unknown = "unknown_future_value",
        /// Something to know.
        Advisory = "advisory",
        /// Something broken.
        Incident = "incident",
    }
}

/// A service and how it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overview {
    /// Microsoft's id of the service, such as `Exchange`.
    pub id: String,
    /// Its name.
    pub service: String,
    /// How it stands.
    pub status: HealthStatus,
}

/// An incident or advisory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Issue {
    /// Microsoft's id, such as `EX123456`.
    pub id: String,
    /// What it is, in a line.
    pub title: String,
    /// The service's name.
    pub service: String,
    /// Which part of the service.
    pub feature: Option<String>,
    /// Who notices what.
    pub impact: Option<String>,
    /// What it is.
    pub classification: Classification,
    /// How it stands.
    pub status: HealthStatus,
    /// Whether it is over.
    pub resolved: bool,
    /// When it began.
    pub began: Option<Timestamp>,
    /// When it ended.
    pub ended: Option<Timestamp>,
    /// When Microsoft said something last.
    pub modified: Option<Timestamp>,
    /// What Microsoft said, oldest first.
    pub posts: Vec<Post>,
}

/// What Microsoft said of an issue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Post {
    /// When.
    pub at: Option<Timestamp>,
    /// The words: HTML or text, of a stranger.
    pub content: String,
}

/// Service health.
#[derive(Clone, Copy, Debug)]
pub struct ServiceHealth<'c>(pub(crate) Session<'c>);

impl ServiceHealth<'_> {
    /// How each service of a customer stands.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn overview(self, customer: CustomerId) -> Result<Page<Overview>, Error> {
        let parts = ["v1.0", "admin", "serviceAnnouncement", "healthOverviews"];
        let address = self.0.client.map.to(Service::Graph, &parts);
        self.0.graph_page(customer.0, From::Start(address), overview).await
    }

    /// A page of a customer's issues, also of those that are over.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn issues(self, customer: CustomerId) -> Result<Page<Issue>, Error> {
        let address =
            self.0.client.map.to(Service::Graph, &["v1.0", "admin", "serviceAnnouncement", "issues"]);
        self.0.graph_page(customer.0, From::Start(address), issue).await
    }

    /// The page of issues after another.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn next_issues(self, customer: CustomerId, after: &Continuation) -> Result<Page<Issue>, Error> {
        self.0.graph_page(customer.0, From::Next(after), issue).await
    }

    /// One issue.
    ///
    /// # Errors
    /// As [`Error`] says.
    pub async fn issue(self, customer: CustomerId, id: &str) -> Result<Issue, Error> {
        let parts = ["v1.0", "admin", "serviceAnnouncement", "issues", id];
        let address = self.0.client.map.to(Service::Graph, &parts);
        one(&self.0.get(address, customer.0, Vec::new()).await?, issue)
    }
}

fn overview(node: Node<'_>) -> Option<Overview> {
    let service = node.at("service").text();
    let id = node.at("id").text().or_else(|| service.clone())?;
    Some(Overview {
        service: service.unwrap_or_else(|| id.clone()),
        id,
        status: node.at("status").word(HealthStatus::ALL, HealthStatus::word),
    })
}

fn issue(node: Node<'_>) -> Option<Issue> {
    let post = |node: Node<'_>| {
        let content = node.at("description").at("content").text()?;
        Some(Post { at: node.at("createdDateTime").instant(), content })
    };
    Some(Issue {
        id: node.at("id").text()?,
        title: node.at("title").text().unwrap_or_default(),
        service: node.at("service").text().unwrap_or_default(),
        feature: node.at("feature").text(),
        impact: node.at("impactDescription").text(),
        classification: node.at("classification").word(Classification::ALL, Classification::word),
        status: node.at("status").word(HealthStatus::ALL, HealthStatus::word),
        resolved: node.at("isResolved").parse().unwrap_or(false),
        began: node.at("startDateTime").instant(),
        ended: node.at("endDateTime").instant(),
        modified: node.at("lastModifiedDateTime").instant(),
        posts: node.at("posts").list().filter_map(post).collect(),
    })
}
