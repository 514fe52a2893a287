//! The statement: what a plan promises, as it is published to customers.
//!
//! Its content has one form ([`Statement::canonical`]): the same promises give the same bytes, over which the hash is
//! made that a customer acknowledges. Everything that is a set is in the order of its words.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::clock::{CalendarSpec, promise::Promises};
use crate::collections::Stage;
use crate::id::OfferingId;
use crate::lang::Lang;
use crate::party::supplier::SupplierKind;
use crate::ticket::kinds::{Kind, Service};
use crate::words;

use super::delivery::Manner;
use super::{ContactMethod, Price};

/// The version of the form. It rises when a field is added or means something else.
pub const FORM: u32 = 2;

/// What is published of a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    /// The version of this form.
    pub form: u32,
    /// The desk's name, as its customers know it.
    pub desk: String,
    /// The plan's name.
    pub plan: String,
    /// From when it holds.
    pub valid_from: Timestamp,
    /// Until when; none: until another one does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Timestamp>,
    /// What it holds, by id.
    pub offerings: Vec<Offered>,
    /// Where the desk is reached, by method.
    pub contact: BTreeMap<ContactMethod, String>,
    /// What the desk does about money that is owed, by language.
    pub collections: BTreeMap<Lang, String>,
    /// What happens, and when, while an invoice is past due: the stages of the desk's policy, once it has published one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub stages: Vec<Stage>,
}

/// One offering of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offered {
    /// By which it is known again in the next version.
    pub id: OfferingId,
    /// Its name.
    pub name: String,
    /// For which services.
    pub services: BTreeSet<Service>,
    /// For which kinds of requests.
    pub kinds: BTreeSet<Kind>,
    /// When somebody answers, with the holidays.
    pub hours: CalendarSpec,
    /// In which languages.
    pub languages: BTreeSet<Lang>,
    /// How it is asked for.
    pub contact: BTreeSet<ContactMethod>,
    /// By when, of open time.
    pub promises: Promises,
    /// What it costs.
    pub price: Price,
    /// How it is delivered.
    pub delivered: BTreeSet<Manner>,
    /// Who helps where the desk cannot: kinds of parties, no names.
    pub beyond: BTreeSet<SupplierKind>,
}

impl Statement {
    /// Its one form as bytes.
    ///
    /// # Errors
    /// As serde says; the fields of a statement never give it cause to.
    pub fn canonical(&self) -> Result<String, serde_json::Error> {
        let mut ordered = self.clone();
        ordered.offerings.sort_by_key(|offered| offered.id);
        for offered in &mut ordered.offerings {
            offered.hours.holidays.sort();
            offered.hours.holidays.dedup();
            offered.hours.yearly_holidays.sort();
            offered.hours.yearly_holidays.dedup();
        }
        serde_json::to_string(&ordered)
    }
}

words! {
    /// A part of a statement that can be another one in the next version.
    pub enum Part {
        /// An offering came to it.
        Added = "added",
        /// An offering is gone.
        Removed = "removed",
        /// The name of the plan, of the desk, or of an offering.
        Name = "name",
        /// For which services and kinds.
        Scope = "scope",
        /// When somebody answers.
        Hours = "hours",
        /// In which languages.
        Languages = "languages",
        /// How, and where.
        Contact = "contact",
        /// By when.
        Promises = "promises",
        /// What it costs.
        Price = "price",
        /// Who delivers, and who helps beyond.
        Escalation = "escalation",
        /// What is done about money that is owed.
        Collections = "collections",
        /// Until when it holds.
        Validity = "validity",
    }
}

impl Part {
    /// Whether a customer who acknowledged the one before is asked again.
    #[must_use]
    pub const fn is_material(self) -> bool {
        match self {
            Part::Added
            | Part::Removed
            | Part::Scope
            | Part::Hours
            | Part::Languages
            | Part::Contact
            | Part::Promises
            | Part::Price
            | Part::Escalation
            | Part::Collections
            | Part::Validity => true,
            Part::Name => false,
        }
    }
}

/// A difference between two statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference<'s> {
    /// Of what.
    pub part: Part,
    /// The offering before, if it is one's.
    pub before: Option<&'s Offered>,
    /// The offering after.
    pub after: Option<&'s Offered>,
}

/// What is different between two statements, in the order of the offerings' ids. That the second begins to hold
/// later than the first is none: it always does.
#[must_use]
pub fn difference<'s>(before: &'s Statement, after: &'s Statement) -> Vec<Difference<'s>> {
    let mut found = Vec::new();
    let whole = |part: Part| Difference { part, before: None, after: None };
    if (&before.desk, &before.plan) != (&after.desk, &after.plan) {
        found.push(whole(Part::Name));
    }
    if before.valid_to != after.valid_to {
        found.push(whole(Part::Validity));
    }
    if before.contact != after.contact {
        found.push(whole(Part::Contact));
    }
    if (&before.collections, &before.stages) != (&after.collections, &after.stages) {
        found.push(whole(Part::Collections));
    }
    let by_id = |statement: &'s Statement| -> BTreeMap<OfferingId, &'s Offered> {
        statement.offerings.iter().map(|offered| (offered.id, offered)).collect()
    };
    let (old, new) = (by_id(before), by_id(after));
    let ids: BTreeSet<&OfferingId> = old.keys().chain(new.keys()).collect();
    for id in ids {
        let (before, after) = (old.get(id).copied(), new.get(id).copied());
        let parts = match (before, after) {
            (Some(before), Some(after)) => parts(before, after),
            (Some(_), None) => vec![Part::Removed],
            (None, _) => vec![Part::Added],
        };
        found.extend(parts.into_iter().map(|part| Difference { part, before, after }));
    }
    found
}

fn parts(before: &Offered, after: &Offered) -> Vec<Part> {
    let same = [
        (Part::Name, before.name == after.name),
        (Part::Scope, (&before.services, &before.kinds) == (&after.services, &after.kinds)),
        (Part::Hours, same_hours(&before.hours, &after.hours)),
        (Part::Languages, before.languages == after.languages),
        (Part::Contact, before.contact == after.contact),
        (Part::Promises, before.promises == after.promises),
        (Part::Price, before.price == after.price),
        (Part::Escalation, (&before.delivered, &before.beyond) == (&after.delivered, &after.beyond)),
    ];
    same.into_iter().filter(|(_, same)| !same).map(|(part, _)| part).collect()
}

fn same_hours(before: &CalendarSpec, after: &CalendarSpec) -> bool {
    let set = |days: &[String]| -> BTreeSet<String> { days.iter().cloned().collect() };
    before.timezone == after.timezone
        && before.hours == after.hours
        && set(&before.holidays) == set(&after.holidays)
        && set(&before.yearly_holidays) == set(&after.yearly_holidays)
}

/// Whether somebody who acknowledged the first is asked to acknowledge the second.
#[must_use]
pub fn is_material(before: &Statement, after: &Statement) -> bool {
    difference(before, after).iter().any(|difference| difference.part.is_material())
}
