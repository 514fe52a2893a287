//! The command `partnerdesk vehicle advise`: a question as a line of JSON in, an answer as a line of JSON out.
//!
//! ```
//! use domain::vehicle::{question, rules};
//!
//! let question = r#"{"at": "2021-06-01T10:00:00Z", "cloud": "china", "kind": "billing", "service": "azure",
//!                    "partner": "direct"}"#;
//! let answer = question::answer(rules::verified(), question).unwrap();
//! assert!(answer.contains(r#""blocked":[{"id":"commercial","reasons":["21Vianet portal"]}"#));
//! ```

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::{Deserialize, Deserializer, Serialize};

use super::advisor::advise;
use super::rules::Rules;
use super::{Competency, Partner, Plan, ProductVersion, Service, Topic, Vehicle};
use crate::cloud::Cloud;
use crate::lang::Lang;
use crate::lines::{self, Instant, Object};
use crate::ticket::kinds::{Kind, Severity};

/// The answer to one line.
///
/// A question is an object with the fields of [`Question`]; one that is absent or `null` is unknown. The answer is an
/// [`Advice`](super::advisor::Advice). What cannot be answered gets an object with one `error`, a blank line gets
/// nothing.
#[must_use]
pub fn answer(rules: &Rules, line: &str) -> Option<String> {
    lines::answer(line, |line| {
        let question: Object<Question> = serde_json::from_str(line)?;
        serde_json::to_string(&advise(rules, &question.0))
    })
}

/// What is known about a matter and about the partner. `None` is unknown.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Question {
    /// On which day, in UTC, the request would be made: an instant in JSON.
    #[serde(deserialize_with = "day")]
    pub at: Option<Date>,
    /// The customer's cloud.
    pub cloud: Option<Cloud>,
    /// The kind of partner that asks.
    pub partner: Option<Partner>,
    /// The kind of request.
    pub kind: Option<Kind>,
    /// What it is about.
    pub topic: Option<Topic>,
    /// Whether something does not work as it should, rather than a wish or a question.
    pub break_fix: Option<bool>,
    /// The service.
    pub service: Option<Service>,
    /// The version, on own machines.
    pub product_version: Option<ProductVersion>,
    /// The impact.
    pub severity: Option<Severity>,
    /// The language in which Microsoft would be spoken to.
    pub language: Option<Language>,
    /// The partner's standing.
    pub competency: Option<Competency>,
    /// Whether a competency is one of those for the cloud.
    pub cloud_competency: Option<bool>,
    /// Every plan that the partner holds.
    pub plans: Option<BTreeSet<Plan>>,
    /// Plans of which it is known that they are held, where it is not known which others are.
    #[serde(skip)]
    pub held: BTreeSet<Plan>,
    /// What is left of counted benefits.
    #[serde(deserialize_with = "incidents")]
    pub incidents: Option<Incidents>,
    /// Whether the customer granted delegated administration.
    pub delegated_admin: Option<bool>,
    /// Whether the provider granted a reseller access to the customer's Azure.
    pub provider_azure_access: Option<bool>,
    /// Whether a vulnerability is reported; if nothing is said, none is.
    pub security_report: Option<bool>,
    /// Whether the partner sold the product; if nothing is said, it did.
    pub sold_by_us: Option<bool>,
}

impl Question {
    /// How many incidents a vehicle has left, if that was said.
    #[must_use]
    pub fn left(&self, vehicle: Vehicle) -> Option<Left> {
        let incidents = self.incidents?;
        match vehicle {
            Vehicle::ProductSupport => incidents.product_support,
            Vehicle::SignatureCloud => incidents.signature_cloud,
            Vehicle::Commercial | Vehicle::CspPlan | Vehicle::Asfp | Vehicle::Psfp => None,
        }
    }
}

fn day<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Date>, D::Error> {
    let at = Option::<Instant>::deserialize(deserializer)?;
    Ok(at.map(|Instant(at)| at.to_zoned(TimeZone::UTC).date()))
}

fn incidents<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Incidents>, D::Error> {
    Ok(Option::<Object<Incidents>>::deserialize(deserializer)?.map(|Object(incidents)| incidents))
}

/// How many incidents are left of the benefits that have a count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Incidents {
    /// Of [`Vehicle::ProductSupport`].
    #[serde(deserialize_with = "left")]
    pub product_support: Option<Left>,
    /// Of [`Vehicle::SignatureCloud`].
    #[serde(deserialize_with = "left")]
    pub signature_cloud: Option<Left>,
}

/// How many incidents are left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// They are not counted.
    Unlimited,
    /// So many.
    Incidents(u64),
}

fn left<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Left>, D::Error> {
    Ok(Some(Option::<u64>::deserialize(deserializer)?.map_or(Left::Unlimited, Left::Incidents)))
}

/// A language without its region or script: `en` of `en-GB`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String")]
pub struct Language(String);

impl TryFrom<String> for Language {
    type Error = String;

    fn try_from(tag: String) -> Result<Self, String> {
        let mut subtags = tag.split(['-', '_']);
        let language = subtags.next().unwrap_or_default();
        let is_language =
            matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_alphabetic());
        let is_subtag =
            |tag: &str| matches!(tag.len(), 1..=8) && tag.bytes().all(|b| b.is_ascii_alphanumeric());
        if is_language && subtags.all(is_subtag) {
            Ok(Language(language.to_ascii_lowercase()))
        } else {
            Err(format!("{tag:.40?} is not a language such as en or zh-CN"))
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Language {
        Language(lang.word().split('-').next().unwrap_or_default().to_owned())
    }
}
