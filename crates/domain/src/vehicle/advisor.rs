//! Which vehicles a matter may take, in which order, and what stands in the way of the others.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Serialize;

use super::question::{Left, Question};
use super::rules::{Rule, Rules, Says, Truth};
use super::{Instead, Lack, Plan, Service, Vehicle};
use crate::ticket::kinds::Kind;

/// The answer to a question.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Advice {
    /// What may be taken, best first. Empty if the matter goes elsewhere.
    pub vehicles: Vec<Recommended>,
    /// What a known fact forbids. If the matter goes elsewhere, that forbids all of them.
    pub blocked: Vec<Blocked>,
    /// Where the matter goes elsewhere.
    pub instead: Option<Instead>,
    /// The rows that say so.
    #[serde(skip)]
    pub instead_by: Vec<String>,
    /// What would have to be known or obtained to say more.
    pub missing: BTreeSet<Lack>,
}

/// A vehicle that may be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Recommended {
    /// Which.
    pub id: Vehicle,
    /// How many of its incidents that takes.
    pub consumes: u32,
    /// When Microsoft answers at the latest, in minutes; none if that is not promised, or not known.
    pub first_response_minutes: Option<u32>,
    /// Why.
    pub reasons: Vec<String>,
    /// The rows among the reasons.
    #[serde(skip)]
    pub by: Vec<String>,
    /// Where that is written.
    pub source: String,
}

/// A vehicle that may not be taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Blocked {
    /// Which.
    pub id: Vehicle,
    /// Why not.
    pub reasons: Vec<String>,
    /// The rows that say so.
    #[serde(skip)]
    pub by: Vec<String>,
}

/// Asks the rules about a question.
#[must_use]
pub fn advise(rules: &Rules, asked: &Question) -> Advice {
    let mut missing = BTreeSet::new();
    let (instead, instead_by) = match instead(rules, asked, &mut missing) {
        Some((place, by)) => (Some(place), by.iter().map(|rule| rule.id.clone()).collect()),
        None => (None, Vec::new()),
    };
    let mut vehicles = Vec::new();
    let mut blocked = Vec::new();
    for id in Vehicle::ALL.iter().copied() {
        match against(rules, id, asked) {
            Verdict::Yes(by) => blocked.push(Blocked {
                id,
                reasons: reasons(rules, &by, asked.at),
                by: by.iter().map(|rule| rule.id.clone()).collect(),
            }),
            Verdict::No => vehicles.extend(recommend(rules, id, asked, &mut missing)),
            Verdict::Open(lacks) => missing.extend(lacks),
        }
    }
    vehicles.sort_by_key(|vehicle| {
        let minutes = vehicle.first_response_minutes.unwrap_or(u32::MAX);
        (expense(vehicle.id, vehicle.consumes), minutes, vehicle.id)
    });
    missing.extend(obtainable(rules, asked, &blocked));
    Advice { vehicles, blocked, instead, instead_by, missing }
}

/// Nothing first, then what is paid for anyway, then what is used up.
pub(super) const fn expense(vehicle: Vehicle, consumes: u32) -> u8 {
    match vehicle {
        Vehicle::Asfp | Vehicle::Psfp => 1,
        _ if consumes > 0 => 2,
        Vehicle::Commercial | Vehicle::CspPlan | Vehicle::SignatureCloud | Vehicle::ProductSupport => 0,
    }
}

/// Whether something is so, and why.
enum Verdict<'r> {
    /// By these rows.
    Yes(Vec<&'r Rule>),
    No,
    /// These facts would decide.
    Open(BTreeSet<Lack>),
}

/// The first place that takes the matter; what would decide about the places before it is missing.
fn instead<'r>(
    rules: &'r Rules,
    asked: &Question,
    missing: &mut BTreeSet<Lack>,
) -> Option<(Instead, Vec<&'r Rule>)> {
    Instead::ALL.iter().copied().find_map(|place| {
        let verdict = in_every_case(rules, asked, &|asked| {
            let rows =
                rules.rows().iter().filter(|rule| matches!(rule.says, Says::Instead(to) if to == place));
            any(rules, rows, asked)
        });
        match verdict {
            Verdict::Yes(by) => Some((place, by)),
            Verdict::No => None,
            Verdict::Open(lacks) => {
                missing.extend(lacks);
                None
            }
        }
    })
}

/// What speaks against a vehicle: a row that forbids it, a place that takes the matter instead, or that no row covers
/// the matter.
fn against<'r>(rules: &'r Rules, vehicle: Vehicle, asked: &Question) -> Verdict<'r> {
    in_every_case(rules, asked, &|asked| {
        let forbids = rules.rows().iter().filter(|rule| match &rule.says {
            Says::Forbids(vehicles) => vehicles.contains(&vehicle),
            Says::Instead(_) => true,
            Says::Covers(_) | Says::Includes { .. } | Says::Answers { .. } | Says::Names(_) => false,
        });
        let covers =
            rules.rows().iter().filter(|rule| matches!(rule.says, Says::Covers(of) if of == vehicle));
        match (any(rules, forbids, asked), any(rules, covers.clone(), asked)) {
            (Verdict::Yes(mut by), Verdict::No) => {
                by.extend(covers);
                Verdict::Yes(by)
            }
            (_, Verdict::No) => Verdict::Yes(covers.collect()),
            (forbidden, Verdict::Yes(_)) => forbidden,
            (Verdict::Yes(by), Verdict::Open(_)) => Verdict::Yes(by),
            (Verdict::No, Verdict::Open(lacks)) => Verdict::Open(lacks),
            (Verdict::Open(one), Verdict::Open(other)) => Verdict::Open(&one | &other),
        }
    })
}

/// Whether one of the rows holds.
fn any<'r>(rules: &Rules, rows: impl Iterator<Item = &'r Rule>, asked: &Question) -> Verdict<'r> {
    let mut by = Vec::new();
    let mut open = BTreeSet::new();
    for row in rows {
        match rules.holds(row, asked) {
            Truth::Yes => by.push(row),
            Truth::No => {}
            Truth::Open(lacks) => open.extend(lacks),
        }
    }
    match (by.is_empty(), open.is_empty()) {
        (false, _) => Verdict::Yes(by),
        (true, true) => Verdict::No,
        (true, false) => Verdict::Open(open),
    }
}

/// Decides, and where that is open on an unknown day, service or kind, tries each that there could be: rows ask
/// mostly for these, so one row holds here and another there, and it makes no difference which.
fn in_every_case<'r>(
    rules: &Rules,
    asked: &Question,
    decide: &dyn Fn(&Question) -> Verdict<'r>,
) -> Verdict<'r> {
    let open = match decide(asked) {
        Verdict::Open(open) => open,
        settled => return settled,
    };
    let (lack, cases): (Lack, Vec<Question>) = if open.contains(&Lack::At) {
        let days = rules.epochs().into_iter();
        (Lack::At, days.map(|day| Question { at: Some(day), ..asked.clone() }).collect())
    } else if open.contains(&Lack::Service) {
        let services = Service::ALL.iter().copied();
        (
            Lack::Service,
            services.map(|service| Question { service: Some(service), ..asked.clone() }).collect(),
        )
    } else if open.contains(&Lack::Kind) {
        let kinds = Kind::ALL.iter().copied();
        (Lack::Kind, kinds.map(|kind| Question { kind: Some(kind), ..asked.clone() }).collect())
    } else {
        return Verdict::Open(open);
    };
    merge(lack, cases.iter().map(|asked| in_every_case(rules, asked, decide)).collect())
}

/// What holds in each of the cases that a fact could make; if there is no such thing, that fact would decide.
fn merge(lack: Lack, cases: Vec<Verdict<'_>>) -> Verdict<'_> {
    let mut rows: Vec<&Rule> = Vec::new();
    let mut open = BTreeSet::from([lack]);
    let (mut is_yes, mut is_no) = (true, true);
    for case in cases {
        is_yes &= matches!(case, Verdict::Yes(_));
        is_no &= matches!(case, Verdict::No);
        match case {
            Verdict::Yes(by) => rows.extend(by),
            Verdict::No => {}
            Verdict::Open(lacks) => open.extend(lacks),
        }
    }
    if is_no {
        return Verdict::No;
    }
    if !is_yes {
        return Verdict::Open(open);
    }
    let mut seen = BTreeSet::new();
    rows.retain(|row| seen.insert(&row.id));
    Verdict::Yes(rows)
}

fn reasons(rules: &Rules, by: &[&Rule], day: Option<Date>) -> Vec<String> {
    let words = by.iter().map(|rule| match rule.says {
        Says::Covers(_) => format!("it is for {}", rules.text(rule, day)),
        _ => rules.text(rule, day),
    });
    words.collect()
}

/// A vehicle that nothing speaks against.
fn recommend(
    rules: &Rules,
    id: Vehicle,
    asked: &Question,
    missing: &mut BTreeSet<Lack>,
) -> Option<Recommended> {
    let holding = |says: &dyn Fn(&Says) -> bool| {
        rules.rows().iter().find(|rule| says(&rule.says) && rules.holds(rule, asked) == Truth::Yes)
    };
    let cover = holding(&|says| matches!(says, Says::Covers(of) if *of == id))?;
    let mut by = vec![cover.id.clone()];
    let mut reasons = vec![format!("{}: {}", rules.name(id.into(), asked.at), rules.text(cover, asked.at))];
    let benefit = holding(&|says| matches!(says, Says::Includes { vehicle, .. } if *vehicle == id));
    let left = asked.left(id);
    match left {
        Some(Left::Unlimited) => reasons.push("its incidents are not counted".to_owned()),
        Some(Left::Incidents(_)) | None => {
            by.extend(benefit.map(|rule| rule.id.clone()));
            reasons.extend(benefit.map(|rule| rules.text(rule, asked.at)));
        }
    }
    let mut consumes = 0;
    if let Some(Left::Incidents(left)) = left {
        reasons.push(format!("it takes one of the incidents that are left: {left}"));
        consumes = 1;
    }
    let mut first_response_minutes = None;
    for rule in rules.rows() {
        let Says::Answers { vehicles, within_minutes } = &rule.says else {
            continue;
        };
        if !vehicles.contains(&id) {
            continue;
        }
        match rules.holds(rule, asked) {
            Truth::Yes => {
                by.push(rule.id.clone());
                reasons.push(rules.text(rule, asked.at));
                first_response_minutes = Some(*within_minutes);
            }
            Truth::No => {}
            Truth::Open(lacks) => missing.extend(lacks),
        }
    }
    let source = cover.certain(cover.source.clone());
    Some(Recommended { id, consumes, first_response_minutes, reasons, by, source })
}

/// What the partner could get to open a vehicle that is blocked: delegated administration; and the least plan that
/// helps, if there is no other way.
fn obtainable(rules: &Rules, asked: &Question, blocked: &[Blocked]) -> Option<Lack> {
    let opens = |vehicle: Vehicle, asked: &Question| {
        blocked.iter().any(|blocked| blocked.id == vehicle)
            && !matches!(against(rules, vehicle, asked), Verdict::Yes(_))
    };
    if asked.delegated_admin == Some(false) {
        let granted = Question { delegated_admin: Some(true), ..asked.clone() };
        if Vehicle::ALL.iter().any(|vehicle| opens(*vehicle, &granted)) {
            return Some(Lack::DelegatedAdmin);
        }
    }
    let held = asked.plans.as_ref()?;
    if blocked.len() < Vehicle::ALL.len() {
        return None;
    }
    let plan = Plan::ALL.iter().find(|plan| {
        let bought = Question { plans: Some(held | &BTreeSet::from([**plan])), ..asked.clone() };
        opens(plan.vehicle(), &bought)
    });
    plan.map(|plan| match plan {
        Plan::Asfp => Lack::PlanAsfp,
        Plan::Psfp => Lack::PlanPsfp,
    })
}
