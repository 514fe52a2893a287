//! What is found out about a ticket: the facts that decide where it goes, the evidence that whoever helps will ask
//! for, the steps that were tried, and the decision whether it lies inside the baseline.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::kinds::{Kind, Service};
use crate::id::AgentId;
use crate::vehicle::{ProductVersion, Topic};
use crate::words;

/// Facts that decide who may help. What is not given is unknown, and never guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Findings {
    /// Whether something is broken, as opposed to a question or a wish.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_fix: Option<bool>,
    /// What a matter of billing or of a subscription is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<Topic>,
    /// How old a product on own machines is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub product_version: Option<ProductVersion>,
    /// Whether it reports a weakness in Microsoft's products.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_report: Option<bool>,
    /// Whether we sold what it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold_by_us: Option<bool>,
}

words! {
    /// A piece of evidence that whoever helps may ask for.
    pub enum Evidence {
        /// The customer's tenant at Microsoft.
        TenantId = "tenant_id",
        /// Ids of requests that failed.
        CorrelationIds = "correlation_ids",
        /// Since when, with the time zone.
        FirstSeen = "first_seen",
        /// When last, with the time zone.
        LastSeen = "last_seen",
        /// How many people are affected, and which.
        UsersAffected = "users_affected",
        /// What was expected, and what came instead, word for word.
        ErrorText = "error_text",
        /// How to make it happen again.
        Reproduction = "reproduction",
        /// What was tried, and what came of it.
        StepsTried = "steps_tried",
        /// The incident of service health that it belongs to.
        HealthIncident = "health_incident",
        /// The subscription that it is about.
        SubscriptionId = "subscription_id",
        /// The resource that it is about.
        ResourceId = "resource_id",
        /// The product with its version.
        ProductVersion = "product_version",
        /// What it keeps the customer from doing.
        BusinessImpact = "business_impact",
        /// The invoice and its line.
        InvoiceLine = "invoice_line",
    }
}

words! {
    /// Whether a matter lies inside what the desk resolves itself.
    pub enum Verdict {
        /// The desk resolves it.
        Inside = "inside",
        /// Somebody else has to.
        Outside = "outside",
        /// Not clear yet.
        Unclear = "unclear",
        /// There was nothing to decide: closed by the customer, a duplicate, no request.
        NotNeeded = "not_needed",
    }
}

/// The decision about the baseline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    /// What was decided.
    pub verdict: Verdict,
    /// Why, in the words of whoever decided.
    pub reason: String,
    /// The row of the baseline that it follows, if one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// When.
    pub at: Timestamp,
    /// Who; none where the customer's own act decided it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<AgentId>,
}

/// A step of the diagnosis that was done, or skipped.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The step, by its key in the service's requirements.
    pub key: String,
    /// What it said when it was done: requirements change, what was asked does not.
    pub text: String,
    /// Why it was skipped; none where it was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
    /// What was found, in the agent's words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub finding: String,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub by: AgentId,
}

/// The sheet of requirements by which a ticket was diagnosed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Of which service.
    pub service: Service,
    /// Of which kind.
    pub kind: Kind,
    /// The desk's version of it; 0 is the shipped one.
    pub version: i64,
    /// Which edition of what is shipped the program had.
    pub edition: String,
}

/// All that was found out about a ticket.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Diagnosis {
    /// By which requirements; none where nobody has begun.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<Asked>,
    /// What decides who may help.
    pub findings: Findings,
    /// What whoever helps will ask for.
    pub evidence: BTreeMap<Evidence, String>,
    /// What was tried.
    pub steps: Vec<Step>,
    /// Inside the baseline or not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decision: Option<Decision>,
}
