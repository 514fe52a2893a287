//! By which ways a ticket can go up the chain: Microsoft's vehicles by Microsoft's rules, and what the desk's other
//! suppliers offer, as ways of the same shape.
//!
//! A supplier's offering is a way if it covers the matter, holds today, and the desk is entitled to it. Microsoft's rules
//! come first: where they say that a matter goes elsewhere, only who is there may take it.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::advisor::{advise, expense};
use super::question::{Incidents, Language, Left, Question};
use super::rules::Rules;
use super::standing::{Entitled, Period, Right, Standing, entitled};
use super::{Instead, Lack, Partner, Plan, Service, Vehicle};
use crate::clock::Calendar;
use crate::cloud::Cloud;
use crate::id::{EntitlementId, OfferingId, SupplierId};
use crate::lang::Lang;
use crate::offering::{PriceUnit, Terms};
use crate::party::{DeskKind, supplier::SupplierKind};
use crate::ticket::diagnosis::Findings;
use crate::ticket::kinds::{self, Kind, Severity};

/// What is asked about, and when.
#[derive(Clone, Debug)]
pub struct Matter {
    /// Now.
    pub now: Timestamp,
    /// What kind of partner the desk is.
    pub desk: DeskKind,
    /// What it says of itself.
    pub standing: Standing,
    /// The kind of request.
    pub kind: Kind,
    /// For which service.
    pub service: kinds::Service,
    /// How bad.
    pub severity: Severity,
    /// The customer's language.
    pub lang: Lang,
    /// What was found out.
    pub findings: Findings,
    /// The customer's cloud.
    pub cloud: Option<Cloud>,
    /// Whether the customer granted delegated administration.
    pub delegated_admin: Option<bool>,
}

/// What a supplier offers us, and what entitles us to it.
#[derive(Clone, Debug)]
pub struct Offer {
    /// Whose.
    pub supplier: SupplierId,
    /// What kind of party that is.
    pub party: SupplierKind,
    /// In which language it is written to.
    pub speaks: Lang,
    /// Which offering.
    pub offering: OfferingId,
    /// The vehicle of Microsoft's that it is, if it is one.
    pub vehicle: Option<Vehicle>,
    /// What is promised.
    pub terms: Terms,
    /// From when it is offered.
    pub from: Timestamp,
    /// Until when.
    pub to: Option<Timestamp>,
    /// The contracts for it.
    pub rights: Vec<Right>,
}

/// Why a way is open or barred.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    /// A row of Microsoft's rules, by its id.
    Rule(String),
    /// Its terms cover the matter.
    Covers,
    /// It takes one of these units.
    TakesOne(u64),
    /// Its units are not counted.
    Uncounted,
    /// The contract ended then.
    Expired(Timestamp),
    /// The contract begins then.
    NotBegun(Timestamp),
    /// No unit is left.
    NoneLeft,
    /// It is paid for by the month, and no contract is entered.
    NoContract,
    /// No active supplier of the desk offers it.
    NotOffered,
    /// It is not offered in the customer's language.
    OtherLanguage,
}

/// When somebody answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Expected {
    /// After so much open time at the latest, in seconds.
    pub seconds: u32,
    /// That is then, in the supplier's hours; none where these are not known.
    pub due: Option<Timestamp>,
}

/// A way that may be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// To whom.
    pub supplier: SupplierId,
    /// By which of its offerings.
    pub offering: OfferingId,
    /// The vehicle that this is, if it is one of Microsoft's.
    pub vehicle: Option<Vehicle>,
    /// The contract by which it is taken; none where none is needed, or none is entered.
    pub entitlement: Option<EntitlementId>,
    /// How many units that takes.
    pub consumes: u32,
    /// The language in which the supplier would be spoken to.
    pub lang: Lang,
    /// When it answers; none if that is not promised, or not known.
    pub first_response: Option<Expected>,
    /// Why it may be taken.
    pub why: Vec<Why>,
    /// Where that is written; none for what the desk has entered itself.
    pub source: Option<String>,
}

/// A way that may not be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Barred {
    /// The vehicle of Microsoft's, if it is one.
    pub vehicle: Option<Vehicle>,
    /// The offering, if the desk has one for it.
    pub offering: Option<OfferingId>,
    /// Why not.
    pub why: Vec<Why>,
}

/// Where a matter must go instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Elsewhere {
    /// Where.
    pub place: Instead,
    /// By which rows.
    pub why: Vec<Why>,
    /// Where that is written.
    pub source: Option<String>,
    /// The desk's suppliers that are there.
    pub suppliers: Vec<SupplierId>,
}

/// All that can be said about where a matter may go.
#[derive(Clone, Debug)]
pub struct Ways {
    /// What was asked about Microsoft's vehicles.
    pub asked: Question,
    /// What may be taken, best first.
    pub open: Vec<Way>,
    /// What may not.
    pub barred: Vec<Barred>,
    /// Where it must go instead, if it must.
    pub instead: Option<Elsewhere>,
    /// What would have to be known or obtained to say more.
    pub missing: BTreeSet<Lack>,
}

/// The ways for a matter, among these offers of active suppliers. `parties` are the active suppliers themselves: one may
/// have no offering, and still be where a matter must go.
#[must_use]
pub fn ways(
    rules: &Rules,
    matter: &Matter,
    parties: &[(SupplierId, SupplierKind)],
    offers: &[Offer],
) -> Ways {
    let asked = question(matter, offers);
    let advice = advise(rules, &asked);
    let instead = advice.instead.map(|place| Elsewhere {
        place,
        why: advice.instead_by.iter().cloned().map(Why::Rule).collect(),
        source: advice
            .instead_by
            .first()
            .and_then(|id| rules.rows().iter().find(|rule| rule.id == *id))
            .map(|rule| rule.source.clone()),
        suppliers: parties
            .iter()
            .filter(|(_, kind)| party_at(place) == Some(*kind))
            .map(|(id, _)| *id)
            .collect(),
    });
    let mut ways = Ways { asked, open: Vec::new(), barred: Vec::new(), instead, missing: advice.missing };
    let mut settled = BTreeSet::new();
    for blocked in advice.blocked {
        settled.insert(blocked.id);
        let offering = of_microsoft(offers, blocked.id, matter.now).map(|offer| offer.offering);
        let why = blocked.by.into_iter().map(Why::Rule).collect();
        ways.barred.push(Barred { vehicle: Some(blocked.id), offering, why });
    }
    for taken in advice.vehicles {
        settled.insert(taken.id);
        let by = taken.by.into_iter().map(Why::Rule).collect();
        let minutes = taken.first_response_minutes;
        match of_microsoft(offers, taken.id, matter.now) {
            None => ways.barred.push(Barred {
                vehicle: Some(taken.id),
                offering: None,
                why: vec![Why::NotOffered],
            }),
            Some(offer) => match take(matter, offer, minutes, by) {
                Ok(way) => ways.open.push(Way {
                    consumes: way.consumes.max(taken.consumes),
                    source: Some(taken.source),
                    ..way
                }),
                Err(barred) => ways.barred.push(barred),
            },
        }
    }
    // What the rules leave open, a contract that is over decides.
    for vehicle in Vehicle::ALL.iter().filter(|vehicle| !settled.contains(vehicle)) {
        if let Some(offer) = of_microsoft(offers, *vehicle, matter.now)
            && let Err(barred) = take(matter, offer, None, Vec::new())
        {
            ways.barred.push(barred);
        }
    }
    ways.open.sort_by_key(|way| {
        let seconds = way.first_response.map_or(u32::MAX, |expected| expected.seconds);
        (way.vehicle.map(|vehicle| (expense(vehicle, way.consumes), seconds, vehicle)), seconds)
    });
    others(matter, offers, &mut ways);
    ways
}

/// What Microsoft's rules are asked: what is not known stays so.
fn question(matter: &Matter, offers: &[Offer]) -> Question {
    let Matter { now, standing, findings, .. } = matter;
    let rights = |vehicle: Vehicle| {
        let offers = offers.iter().filter(move |offer| offer.vehicle == Some(vehicle));
        offers.flat_map(|offer| offer.rights.iter().copied()).collect::<Vec<_>>()
    };
    let (mut held, mut over) = (BTreeSet::new(), BTreeSet::new());
    for plan in Plan::ALL {
        match entitled(&rights(plan.vehicle()), *now) {
            Entitled::By(_) | Entitled::Empty(_) => drop(held.insert(*plan)),
            Entitled::Not(_) => drop(over.insert(*plan)),
            Entitled::Unsaid => {}
        }
    }
    let plans = standing.plans.as_ref().map(|said| &(said - &over) | &held);
    let speaks = offers.iter().find(|offer| offer.party == SupplierKind::Microsoft).map(|offer| offer.speaks);
    Question {
        at: Some(now.to_zoned(TimeZone::UTC).date()),
        cloud: matter.cloud,
        partner: Partner::of(matter.desk),
        kind: Some(matter.kind),
        topic: findings.topic,
        break_fix: findings.break_fix,
        service: Service::of(matter.service),
        product_version: findings.product_version,
        severity: Some(matter.severity),
        language: Some(Language::from(speaks.unwrap_or_default())),
        competency: standing.competency,
        cloud_competency: standing.cloud_competency,
        plans,
        held,
        incidents: Some(Incidents {
            product_support: left(&rights(Vehicle::ProductSupport), *now),
            signature_cloud: left(&rights(Vehicle::SignatureCloud), *now),
        }),
        delegated_admin: matter.delegated_admin,
        provider_azure_access: standing.provider_azure_access,
        security_report: findings.security_report,
        sold_by_us: findings.sold_by_us,
    }
}

/// How many incidents the contracts that hold have left; unknown where none holds.
fn left(rights: &[Right], now: Timestamp) -> Option<Left> {
    let in_force = rights.iter().filter(|right| Period::of(right.from, right.to, now) == Period::InForce);
    in_force.fold(None, |sum, right| match (sum, right.left) {
        (Some(Left::Unlimited), _) | (_, None) => Some(Left::Unlimited),
        (Some(Left::Incidents(sum)), Some(left)) => Some(Left::Incidents(sum.saturating_add(left))),
        (None, Some(left)) => Some(Left::Incidents(left)),
    })
}

/// The offer of Microsoft's for a vehicle that holds now.
fn of_microsoft(offers: &[Offer], vehicle: Vehicle, now: Timestamp) -> Option<&Offer> {
    offers.iter().find(|offer| {
        offer.party == SupplierKind::Microsoft && offer.vehicle == Some(vehicle) && is_offered(offer, now)
    })
}

fn is_offered(offer: &Offer, now: Timestamp) -> bool {
    Period::of(offer.from, offer.to, now) == Period::InForce
}

/// What an offer comes to, if what entitles us to it does not stand in its way. `minutes` is what Microsoft's rules
/// promise; without it, what the terms say.
fn take(matter: &Matter, offer: &Offer, minutes: Option<u32>, mut why: Vec<Why>) -> Result<Way, Barred> {
    let bar = |why| Barred { vehicle: offer.vehicle, offering: Some(offer.offering), why: vec![why] };
    let (entitlement, consumes) = match entitled(&offer.rights, matter.now) {
        Entitled::Unsaid if offer.vehicle.is_none() && offer.terms.price.per == PriceUnit::Month => {
            return Err(bar(Why::NoContract));
        }
        Entitled::Unsaid => (None, 0),
        Entitled::Not(Period::Expired(at)) => return Err(bar(Why::Expired(at))),
        Entitled::Not(Period::NotBegun(at)) => return Err(bar(Why::NotBegun(at))),
        Entitled::Not(Period::InForce) | Entitled::Empty(_) => return Err(bar(Why::NoneLeft)),
        Entitled::By(right) => match right.left {
            Some(left) => {
                why.push(Why::TakesOne(left));
                (Some(right.id), 1)
            }
            None => {
                why.push(Why::Uncounted);
                (Some(right.id), 0)
            }
        },
    };
    let lang = spoken(matter, offer);
    if offer.party == SupplierKind::Outsourcer && lang != matter.lang {
        why.push(Why::OtherLanguage);
    }
    let by_rule = minutes.and_then(|minutes| minutes.checked_mul(60));
    let by_terms = || {
        let promised = offer.terms.promises.of(matter.severity).first_response?;
        offer.terms.languages.contains(&lang).then_some(promised.get())
    };
    let first_response =
        by_rule.or_else(by_terms).map(|seconds| Expected { seconds, due: due(offer, matter.now, seconds) });
    Ok(Way {
        supplier: offer.supplier,
        offering: offer.offering,
        vehicle: offer.vehicle,
        entitlement,
        consumes,
        lang,
        first_response,
        why,
        source: None,
    })
}

/// Who speaks to the customer in our name speaks its language; others speak to us.
fn spoken(matter: &Matter, offer: &Offer) -> Lang {
    match offer.party {
        SupplierKind::Outsourcer if offer.terms.languages.contains(&matter.lang) => matter.lang,
        SupplierKind::Outsourcer
        | SupplierKind::Microsoft
        | SupplierKind::Provider
        | SupplierKind::Publisher => offer.speaks,
    }
}

/// When so much of the supplier's open time has passed. Hours without any interval are not known.
fn due(offer: &Offer, now: Timestamp, seconds: u32) -> Option<Timestamp> {
    let calendar = Calendar::try_from(offer.terms.hours.clone()).ok()?;
    calendar.deadline(now, i64::from(seconds), &[]).ok().map(|deadline| deadline.due)
}

/// Adds what others than Microsoft offer for the matter.
fn others(matter: &Matter, offers: &[Offer], ways: &mut Ways) {
    let place = ways.instead.as_ref().map(|instead| instead.place);
    let mut found = Vec::new();
    for offer in offers.iter().filter(|offer| may_take(place, offer.party)) {
        let covers =
            offer.terms.services.contains(&matter.service) && offer.terms.kinds.contains(&matter.kind);
        if !covers || !is_offered(offer, matter.now) {
            continue;
        }
        match take(matter, offer, None, vec![Why::Covers]) {
            Ok(way) => found.push((offer.party, offer.terms.price.per != PriceUnit::Included, way)),
            Err(barred) => ways.barred.push(barred),
        }
    }
    found.sort_by_key(|(party, costs, way)| {
        let seconds = way.first_response.map_or(i64::MAX, |expected| {
            let due = expected.due.map(|due| due.duration_since(matter.now));
            due.unwrap_or(SignedDuration::from_secs(expected.seconds.into())).as_secs()
        });
        (*party, *costs, way.consumes, seconds, way.offering)
    });
    ways.open.extend(found.into_iter().map(|(_, _, way)| way));
}

/// Which party is at the place where a matter must go.
const fn party_at(place: Instead) -> Option<SupplierKind> {
    match place {
        Instead::Publisher => Some(SupplierKind::Publisher),
        Instead::Provider => Some(SupplierKind::Provider),
        Instead::ResolveHere => Some(SupplierKind::Outsourcer),
        Instead::Msrc | Instead::ProductPortal | Instead::PartnerCenterHelp => None,
    }
}

/// Whether a party may take a matter: what must go elsewhere is taken only by who is there. Who delivers in our name
/// stands beside us, and takes what we may resolve ourselves.
fn may_take(place: Option<Instead>, party: SupplierKind) -> bool {
    match place {
        Some(place) => party_at(place) == Some(party),
        None => match party {
            SupplierKind::Provider | SupplierKind::Outsourcer => true,
            SupplierKind::Microsoft | SupplierKind::Publisher => false,
        },
    }
}
