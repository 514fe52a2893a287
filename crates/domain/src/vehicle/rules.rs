//! Microsoft's rules about vehicles, as rows of `data/vehicles.json`.
//!
//! A row is a sentence: what it [says](Says), [when](When) it holds, between which days, and where Microsoft wrote
//! it. A change of the rules is a new row, and a last day for the old one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::question::{Language, Left, Question};
use super::{Competency, Instead, Lack, Partner, Plan, ProductVersion, Service, Topic, Vehicle};
use crate::cloud::Cloud;
use crate::ticket::kinds::{Kind, Severity};
use crate::words;

/// One row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its own name, for people and tests.
    pub id: String,
    /// What it says.
    pub says: Says,
    /// When it holds.
    #[serde(default, skip_serializing_if = "When::is_always")]
    pub when: When,
    /// The words for it. `{program}` stands for that day's name of [`Named::Program`], and so on.
    pub text: String,
    /// The first day (UTC) on which it holds; without one, for as long as we can look back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Date>,
    /// The first day on which it no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Date>,
    /// Where it is written: document, section, date of the text.
    pub source: String,
    /// Whether that is Microsoft's own text. What others report of it is off unless it is asked for.
    pub verified: bool,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// The vehicle is for this.
    Covers(Vehicle),
    /// These vehicles are not to be had.
    Forbids(Vec<Vehicle>),
    /// No vehicle is: it goes elsewhere.
    Instead(Instead),
    /// So many incidents come with it, or any number. Of several rows that hold, the first counts.
    Includes {
        /// With which vehicle.
        vehicle: Vehicle,
        /// How many; without a number, they are not counted.
        incidents: Option<u32>,
    },
    /// Microsoft promises a first response.
    Answers {
        /// To requests that take these.
        vehicles: Vec<Vehicle>,
        /// After so many minutes at the latest.
        within_minutes: u32,
    },
    /// The text is the name of something. Of several rows that hold, the first counts.
    Names(Named),
}

words! {
    /// What Microsoft calls differently from time to time.
    pub enum Named {
        /// The vehicle [`Vehicle::Commercial`].
        Commercial = "commercial",
        /// The vehicle [`Vehicle::CspPlan`].
        CspPlan = "csp_plan",
        /// The vehicle [`Vehicle::SignatureCloud`].
        SignatureCloud = "signature_cloud",
        /// The vehicle [`Vehicle::ProductSupport`].
        ProductSupport = "product_support",
        /// The vehicle [`Vehicle::Asfp`].
        Asfp = "asfp",
        /// The vehicle [`Vehicle::Psfp`].
        Psfp = "psfp",
        /// The partner program.
        Program = "program",
        /// What a customer grants to its partner.
        DelegatedAdmin = "delegated_admin",
    }
}

impl From<Vehicle> for Named {
    fn from(vehicle: Vehicle) -> Named {
        match vehicle {
            Vehicle::Commercial => Named::Commercial,
            Vehicle::CspPlan => Named::CspPlan,
            Vehicle::SignatureCloud => Named::SignatureCloud,
            Vehicle::ProductSupport => Named::ProductSupport,
            Vehicle::Asfp => Named::Asfp,
            Vehicle::Psfp => Named::Psfp,
        }
    }
}

/// What must be so for a row to hold: all of it. A field without values asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "each is the field of that name in a question")]
pub struct When {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cloud: Vec<Cloud>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub partner: Vec<Partner>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub kind: Vec<Kind>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub topic: Vec<Topic>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub break_fix: Option<bool>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub service: Vec<Service>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub product_version: Vec<ProductVersion>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub severity: Vec<Severity>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub language: Vec<Language>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub competency: Vec<Competency>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloud_competency: Option<bool>,
    /// This plan is not held.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub without_plan: Option<Plan>,
    /// This vehicle has no incident left.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub none_left: Option<Vehicle>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delegated_admin: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub provider_azure_access: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub security_report: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sold_by_us: Option<bool>,
}

impl When {
    fn is_always(&self) -> bool {
        *self == When::default()
    }
}

/// Whether something is so, as far as the facts go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Truth {
    Yes,
    No,
    /// These would decide.
    Open(BTreeSet<Lack>),
}

impl Truth {
    /// All of them.
    fn all(parts: impl IntoIterator<Item = Truth>) -> Truth {
        let mut open = BTreeSet::new();
        for part in parts {
            match part {
                Truth::Yes => {}
                Truth::No => return Truth::No,
                Truth::Open(lacks) => open.extend(lacks),
            }
        }
        if open.is_empty() { Truth::Yes } else { Truth::Open(open) }
    }
}

/// A set of rows that is asked together.
#[derive(Clone, Debug)]
pub struct Rules(Vec<Rule>);

static ALL: LazyLock<Rules> = LazyLock::new(|| {
    let rows = serde_json::from_str(include_str!("../../../../data/vehicles.json"));
    Rules::new(rows.expect("the file is a part of the program, and read by its tests"))
});

static VERIFIED: LazyLock<Rules> =
    LazyLock::new(|| Rules::new(ALL.rows().iter().filter(|rule| rule.verified).cloned().collect()));

/// Every row that we have, with those that are not verified.
#[must_use]
pub fn all() -> &'static Rules {
    &ALL
}

/// The rows that rest on Microsoft's own text.
#[must_use]
pub fn verified() -> &'static Rules {
    &VERIFIED
}

impl Rules {
    /// A set of these rows.
    #[must_use]
    pub fn new(rows: Vec<Rule>) -> Rules {
        Rules(rows)
    }

    /// The rows, in their order.
    #[must_use]
    pub fn rows(&self) -> &[Rule] {
        &self.0
    }

    /// A first day for each stretch of time in which all rows stay as they are.
    pub(super) fn epochs(&self) -> BTreeSet<Date> {
        let bounds = self.0.iter().flat_map(|rule| [rule.valid_from, rule.valid_to]);
        bounds.flatten().chain([Date::MIN]).collect()
    }

    /// Whether a row holds. It is open on an unknown day if it has dates.
    pub(super) fn holds(&self, rule: &Rule, asked: &Question) -> Truth {
        let When {
            cloud,
            partner,
            kind,
            topic,
            break_fix,
            service,
            product_version,
            severity,
            language,
            competency,
            cloud_competency,
            without_plan,
            none_left,
            delegated_admin,
            provider_azure_access,
            security_report,
            sold_by_us,
        } = &rule.when;
        Truth::all([
            is_valid(rule, asked.at),
            one_of(cloud, asked.cloud.as_ref(), Lack::Cloud),
            one_of(partner, asked.partner.as_ref(), Lack::Partner),
            one_of(kind, asked.kind.as_ref(), Lack::Kind),
            one_of(topic, asked.topic.as_ref(), Lack::Topic),
            one_of(break_fix.as_slice(), asked.break_fix.as_ref(), Lack::BreakFix),
            one_of(service, asked.service.as_ref(), Lack::Service),
            one_of(product_version, asked.product_version.as_ref(), Lack::ProductVersion),
            one_of(severity, asked.severity.as_ref(), Lack::Severity),
            one_of(language, asked.language.as_ref(), Lack::Language),
            one_of(competency, asked.competency.as_ref(), Lack::Competency),
            one_of(cloud_competency.as_slice(), asked.cloud_competency.as_ref(), Lack::CloudCompetency),
            without_plan.map_or(Truth::Yes, |plan| is_without(plan, asked)),
            none_left.map_or(Truth::Yes, |vehicle| self.has_none_left(vehicle, asked)),
            one_of(delegated_admin.as_slice(), asked.delegated_admin.as_ref(), Lack::DelegatedAdmin),
            one_of(
                provider_azure_access.as_slice(),
                asked.provider_azure_access.as_ref(),
                Lack::ProviderAzureAccess,
            ),
            is_or_by_default(*security_report, asked.security_report.unwrap_or(false)),
            is_or_by_default(*sold_by_us, asked.sold_by_us.unwrap_or(true)),
        ])
    }

    /// A count that is not given is known only where the benefits of the day are not counted.
    fn has_none_left(&self, vehicle: Vehicle, asked: &Question) -> Truth {
        match asked.left(vehicle) {
            Some(Left::Incidents(0)) => return Truth::Yes,
            Some(Left::Incidents(_) | Left::Unlimited) => return Truth::No,
            None => {}
        }
        let Some(count) = count_of(vehicle) else {
            return Truth::No;
        };
        let mut open = BTreeSet::from([count]);
        for rule in &self.0 {
            let Says::Includes { vehicle: with, incidents } = rule.says else {
                continue;
            };
            if with != vehicle {
                continue;
            }
            match self.holds(rule, asked) {
                Truth::No => {}
                Truth::Yes if incidents.is_none() && open.len() == 1 => return Truth::No,
                Truth::Yes => break,
                Truth::Open(lacks) => open.extend(lacks),
            }
        }
        Truth::Open(open)
    }

    /// What something is called on a day.
    #[must_use]
    pub fn name(&self, named: Named, day: Option<Date>) -> String {
        let mut names = self.0.iter().filter(|rule| matches!(rule.says, Says::Names(of) if of == named));
        let valid = names.find(|rule| is_valid(rule, day) != Truth::No);
        valid.map_or(named.word().to_owned(), |rule| rule.certain(rule.text.clone()))
    }

    /// The words of a row, with the names of a day.
    #[must_use]
    pub fn text(&self, rule: &Rule, day: Option<Date>) -> String {
        let mut text = rule.text.clone();
        for named in Named::ALL {
            let place = format!("{{{named}}}");
            if text.contains(&place) {
                text = text.replace(&place, &self.name(*named, day));
            }
        }
        rule.certain(text)
    }
}

impl Rule {
    /// Whether it holds on a day, if what it asks for is so.
    #[must_use]
    pub fn is_on(&self, day: Date) -> bool {
        self.valid_from.is_none_or(|from| from <= day) && self.valid_to.is_none_or(|to| day < to)
    }

    /// The day after this one on which it begins or ends, if it does.
    #[must_use]
    pub fn changes_after(&self, day: Date) -> Option<Date> {
        [self.valid_from, self.valid_to].into_iter().flatten().filter(|date| day < *date).min()
    }

    /// The vehicles of which it speaks; none where it speaks of the matter, whatever the vehicle.
    #[must_use]
    pub fn vehicles(&self) -> Vec<Vehicle> {
        match &self.says {
            Says::Covers(vehicle) | Says::Includes { vehicle, .. } => vec![*vehicle],
            Says::Forbids(vehicles) | Says::Answers { vehicles, .. } => vehicles.clone(),
            Says::Names(named) => {
                Vehicle::ALL.iter().copied().filter(|vehicle| Named::from(*vehicle) == *named).collect()
            }
            Says::Instead(_) => Vec::new(),
        }
    }

    /// The text, which says so if it is not certain.
    pub(super) fn certain(&self, text: String) -> String {
        if self.verified { text } else { format!("{text} (unverified)") }
    }
}

fn is_valid(rule: &Rule, day: Option<Date>) -> Truth {
    match (rule.valid_from, rule.valid_to, day) {
        (None, None, _) => Truth::Yes,
        (_, _, None) => Truth::Open(BTreeSet::from([Lack::At])),
        (_, _, Some(day)) if rule.is_on(day) => Truth::Yes,
        (_, _, Some(_)) => Truth::No,
    }
}

fn one_of<T: PartialEq>(wanted: &[T], known: Option<&T>, lack: Lack) -> Truth {
    match known {
        _ if wanted.is_empty() => Truth::Yes,
        None => Truth::Open(BTreeSet::from([lack])),
        Some(known) if wanted.contains(known) => Truth::Yes,
        Some(_) => Truth::No,
    }
}

fn is_or_by_default(wanted: Option<bool>, known: bool) -> Truth {
    if wanted.is_none_or(|wanted| wanted == known) { Truth::Yes } else { Truth::No }
}

fn is_without(plan: Plan, asked: &Question) -> Truth {
    match &asked.plans {
        None if asked.held.contains(&plan) => Truth::No,
        None => Truth::Open(BTreeSet::from([Lack::Plans])),
        Some(plans) if plans.contains(&plan) => Truth::No,
        Some(_) => Truth::Yes,
    }
}

/// The field that says how many incidents a vehicle has left, if it has a count.
const fn count_of(vehicle: Vehicle) -> Option<Lack> {
    match vehicle {
        Vehicle::ProductSupport => Some(Lack::ProductSupportIncidents),
        Vehicle::SignatureCloud => Some(Lack::SignatureCloudIncidents),
        Vehicle::Commercial | Vehicle::CspPlan | Vehicle::Asfp | Vehicle::Psfp => None,
    }
}
