//! The support chain of the sample data, as it is written in `chain.toml`: suppliers and contracts, the catalogue with its
//! statements, and how tickets pass from desk to desk.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use anyhow::{Context, Result};
use app::{
    catalogue::{self, NewDelivery, NewOffering, NewPlan},
    handovers::{self, Draft, Then},
    people::{self, Profile},
    statements::{self, Publish},
    suppliers::{self, Contract, Details, Units},
    wallet::{self, ByHand},
};
use domain::{
    clock::{CalendarSpec, promise::Promises},
    handover::states::{Back, Outcome},
    id::{EntitlementId, HandoverId, OfferingId, PlanId, SupplierId, TicketId},
    lang::Lang,
    offering::{ContactMethod, Price, Terms, delivery::Manner},
    party::supplier::{SupplierKind, Way},
    ticket::{
        diagnosis::Evidence,
        kinds::{Kind, Service},
    },
    vehicle::{Competency, Vehicle, standing::Standing},
};
use jiff::{SignedDuration, Timestamp, ToSpan, civil, tz::TimeZone};
use serde::Deserialize;
use store::{catalogue::Common, offerings::Offering};

use super::sample::{Desk, Stage};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Script {
    hours: BTreeMap<String, CalendarSpec>,
    spoken: BTreeMap<String, Vec<Lang>>,
    #[serde(rename = "supplier")]
    suppliers: Vec<Supplier>,
    #[serde(rename = "contract")]
    contracts: Vec<Agreed>,
    #[serde(rename = "offering")]
    offerings: Vec<Own>,
    #[serde(rename = "plan")]
    plans: Vec<Plan>,
    #[serde(rename = "delivery")]
    deliveries: Vec<Delivers>,
    common: Common,
    authorised: BTreeMap<String, Vec<String>>,
    #[serde(rename = "scene")]
    scenes: Vec<Scene>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Supplier {
    desk: String,
    name: String,
    kind: SupplierKind,
    lang: Lang,
    way: Way,
    #[serde(default)]
    address: String,
    note: String,
    offer: Vec<Promised>,
}

/// An offering of the desk.
#[derive(Deserialize)]
struct Own {
    desk: String,
    #[serde(flatten)]
    promised: Promised,
}

/// What is promised; `hours` names one of the weeks.
#[derive(Clone, Deserialize)]
struct Promised {
    key: String,
    name: String,
    services: Vec<Service>,
    kinds: Vec<Kind>,
    hours: String,
    languages: Vec<Lang>,
    contact: Vec<ContactMethod>,
    promises: Promises,
    price: Price,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Agreed {
    desk: String,
    vehicle: Option<Vehicle>,
    offer: Option<String>,
    name: String,
    access_id: Option<String>,
    contract_id: Option<String>,
    units: Option<u32>,
    began: i64,
    ends: Option<i64>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Plan {
    desk: String,
    name: String,
    offerings: Vec<String>,
    #[serde(default)]
    is_default: bool,
    #[serde(default)]
    customers: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Delivers {
    desk: String,
    customer: Option<String>,
    offering: Option<String>,
    service: Option<Service>,
    kind: Option<Kind>,
    hours: Option<String>,
    team: Option<String>,
    by: Option<String>,
    #[serde(default = "in_house")]
    manner: Manner,
}

const fn in_house() -> Manner {
    Manner::InHouse
}

/// What happens, so many days ago, at the first desk.
#[derive(Deserialize)]
struct Scene {
    day: i64,
    #[serde(flatten)]
    act: Act,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Act {
    Publishes { publish: String, reason: String },
    Acknowledges { acknowledges: String },
    Takes { takes: String, contract: String, reason: String },
    Returns { returned: String, contract: String, reason: String },
    Improves { improves: String, promises: Promises },
}

/// The chain of the desks on the stage.
pub(super) struct Chain {
    script: Script,
    /// The offerings of the desks and of their suppliers, by their keys.
    offers: HashMap<String, OfferingId>,
    contracts: HashMap<String, EntitlementId>,
    plans: HashMap<String, PlanId>,
}

impl Chain {
    /// The chain of this program.
    ///
    /// # Errors
    /// It cannot be read; a test says so first.
    pub(super) fn read() -> Result<Self> {
        let script = toml::from_str(include_str!("chain.toml"))?;
        let (offers, contracts, plans) = (HashMap::new(), HashMap::new(), HashMap::new());
        Ok(Self { script, offers, contracts, plans })
    }

    /// When each scene happens, in the order in which they are written.
    pub(super) fn scenes(&self, zone: &TimeZone, now: Timestamp) -> Result<Vec<Timestamp>> {
        let today = now.to_zoned(zone.clone()).date();
        let at = |scene: &Scene| {
            let day = today.checked_sub(scene.day.days())?.to_datetime(civil::time(9, 0, 0, 0));
            Ok::<_, anyhow::Error>(day.to_zoned(zone.clone())?.timestamp())
        };
        self.script.scenes.iter().map(at).collect()
    }

    fn terms(&self, of: &Promised) -> Result<Terms> {
        Ok(Terms {
            services: of.services.clone(),
            kinds: of.kinds.clone(),
            hours: self.script.hours.get(&of.hours).with_context(|| of.hours.clone())?.clone(),
            languages: of.languages.clone(),
            contact: of.contact.clone(),
            promises: of.promises,
            price: of.price,
        })
    }

    fn offer(&self, key: &str) -> Result<OfferingId> {
        self.offers.get(key).copied().with_context(|| format!("no offering {key}"))
    }

    /// Everything with which the desks begin.
    pub(super) async fn begin(&mut self, stage: &Stage, now: Timestamp) -> Result<()> {
        for (local, languages) in &self.script.spoken {
            let agent = stage.agent(local)?;
            let mut prefs = agent.prefs.clone();
            prefs.languages.clone_from(languages);
            let timezone = agent.zone.iana_name().unwrap_or("UTC").to_owned();
            let profile = Profile { name: agent.name.clone(), lang: agent.lang, timezone, prefs };
            people::update_profile(&stage.app, agent, profile).await?;
        }
        let mut paired = Vec::new();
        for place in 0..self.script.suppliers.len() {
            let (supplier, offers) = self.supplier(stage, place).await?;
            self.offers.extend(offers);
            let script = &self.script.suppliers[place];
            if script.way == Way::Desk {
                paired.push((script.desk.clone(), script.name.clone(), supplier));
            }
        }
        pair(stage, &paired).await?;
        self.standing(stage).await?;
        for script in &self.script.contracts {
            let id = self.contract(stage, script, now).await.with_context(|| script.name.clone())?;
            self.contracts.insert(script.name.clone(), id);
        }
        for script in &self.script.offerings {
            let new = NewOffering {
                name: script.promised.name.clone(),
                terms: self.terms(&script.promised)?,
                valid_from: None,
                valid_to: None,
            };
            let id = catalogue::add_offering(&stage.app, stage.desk(&script.desk)?.admin()?, new).await?;
            self.offers.insert(script.promised.key.clone(), id);
        }
        self.catalogue(stage).await
    }

    async fn supplier(&self, stage: &Stage, place: usize) -> Result<(SupplierId, Vec<(String, OfferingId)>)> {
        let script = &self.script.suppliers[place];
        let (app, admin) = (&stage.app, stage.desk(&script.desk)?.admin()?);
        let details = Details {
            name: script.name.clone(),
            lang: script.lang,
            way: script.way,
            address: script.address.clone(),
            personal_data: false,
            note: script.note.clone(),
            active: true,
        };
        let id = suppliers::create(app, admin, script.kind, details).await?;
        let mut offers = Vec::new();
        for offer in &script.offer {
            let terms = self.terms(offer)?;
            let made = suppliers::add_offering(app, admin, id, &offer.name, terms, None, None).await?;
            offers.push((offer.key.clone(), made));
        }
        Ok((id, offers))
    }

    async fn standing(&self, stage: &Stage) -> Result<()> {
        let admin = stage.first()?.admin()?;
        let (_, version) = suppliers::standing(&stage.app, admin).await?;
        let standing = Standing {
            competency: Some(Competency::SolutionsPartner),
            cloud_competency: Some(true),
            plans: None,
            provider_azure_access: None,
            unverified: false,
        };
        Ok(suppliers::set_standing(&stage.app, admin, standing, version).await?)
    }

    async fn contract(&self, stage: &Stage, script: &Agreed, now: Timestamp) -> Result<EntitlementId> {
        let admin = stage.desk(&script.desk)?.admin()?;
        let offering = match (&script.offer, script.vehicle) {
            (Some(key), _) => self.offer(key)?,
            (None, Some(vehicle)) => {
                let all = stage.app.store.read::<_, store::Error, _>(admin.desk, |tx| {
                    Box::pin(store::offerings::of_suppliers(tx))
                });
                let is_it = |offer: &Offering| offer.vehicle == Some(vehicle);
                all.await?.into_iter().find(is_it).context("no such vehicle")?.id
            }
            (None, None) => anyhow::bail!("a contract for nothing"),
        };
        let days = |days: i64| SignedDuration::from_hours(24 * days);
        let contract = Contract {
            name: script.name.clone(),
            access_id: script.access_id.clone(),
            contract_id: script.contract_id.clone(),
            from: Some(now.checked_sub(days(script.began))?),
            to: script.ends.map(|ends| now.checked_add(days(ends))).transpose()?,
        };
        let units = script.units.map_or(Units::Unlimited, Units::Counted);
        Ok(suppliers::add_contract(&stage.app, admin, offering, units, contract).await?)
    }

    async fn catalogue(&mut self, stage: &Stage) -> Result<()> {
        let app = &stage.app;
        for script in &self.script.plans {
            let desk = stage.desk(&script.desk)?;
            let admin = desk.admin()?;
            let new = NewPlan {
                name: script.name.clone(),
                offerings: script.offerings.iter().map(|key| self.offer(key)).collect::<Result<_>>()?,
                is_default: script.is_default,
            };
            let plan = catalogue::add_plan(app, admin, new).await?;
            self.plans.insert(script.name.clone(), plan);
            for name in &script.customers {
                let customer = *desk.customers.get(name).with_context(|| name.clone())?;
                catalogue::hold(app, admin, customer, Some(plan), None, None).await?;
            }
        }
        for script in &self.script.deliveries {
            let desk = stage.desk(&script.desk)?;
            let hours = script.hours.as_ref().map(|key| self.script.hours.get(key).context("no such hours"));
            let new = NewDelivery {
                customer: named(script.customer.as_ref(), &desk.customers)?,
                offering: named(script.offering.as_ref(), &self.offers)?,
                service: script.service,
                kind: script.kind,
                hours: hours.transpose()?.cloned(),
                manner: script.manner,
                team: named(script.team.as_ref(), &desk.teams)?,
                supplier_offering: named(script.by.as_ref(), &self.offers)?,
            };
            catalogue::add_delivery(app, desk.admin()?, new).await?;
        }
        let admin = stage.first()?.admin()?;
        catalogue::set_common(app, admin, self.script.common.clone(), 0).await?;
        for (slug, contacts) in &self.script.authorised {
            let desk = stage.desk(slug)?;
            for email in contacts {
                let (contact, customer) = desk.contacts.get(email).with_context(|| email.clone())?;
                catalogue::authorise(app, desk.admin()?, *customer, contact.id, true).await?;
            }
        }
        Ok(())
    }

    /// Plays a scene.
    pub(super) async fn play(&self, stage: &Stage, scene: usize) -> Result<()> {
        let (app, desk) = (&stage.app, stage.first()?);
        let admin = desk.admin()?;
        let contract = |name: &String| self.contracts.get(name).copied().context("no such contract");
        match &self.script.scenes[scene].act {
            Act::Publishes { publish, reason } => {
                let plan = *self.plans.get(publish).context("no such plan")?;
                let seen = statements::draft(app, admin, plan, None).await?.seen;
                let new = Publish { plan, seen, valid_from: None, reason: reason.clone() };
                let statement = statements::publish(app, admin, new).await?;
                statements::send(app, admin, statement).await?;
            }
            Act::Acknowledges { acknowledges } => {
                let contact = desk.contact(acknowledges)?;
                let shown = statements::of_contact(app, contact).await?;
                let shown = shown.first().context("nothing to acknowledge")?;
                let hash = statements::hex(&shown.published.hash);
                statements::acknowledge(app, contact, shown.published.id, &hash).await?;
            }
            Act::Takes { takes, contract: name, reason } => {
                let what = ByHand::Consume { case: takes.clone() };
                wallet::by_hand(app, admin, contract(name)?, what, reason).await?;
            }
            Act::Returns { returned, contract: name, reason } => {
                let what = ByHand::Refund { case: returned.clone() };
                wallet::by_hand(app, admin, contract(name)?, what, reason).await?;
            }
            Act::Improves { improves, promises } => {
                let id = self.offer(improves)?;
                let before = catalogue::offering(app, admin, id).await?;
                let terms = Terms { promises: *promises, ..before.terms.0 };
                let new =
                    NewOffering { name: before.name, terms, valid_from: None, valid_to: before.valid_to };
                catalogue::change_offering(app, admin, id, new, before.version).await?;
            }
        }
        Ok(())
    }
}

/// What is meant by a name, if one is given.
fn named<T: Copy>(name: Option<&String>, all: &HashMap<String, T>) -> Result<Option<T>> {
    name.map(|name| all.get(name).copied().with_context(|| format!("no {name}"))).transpose()
}

/// Pairs desks that call each other suppliers, each with whom the other is to it.
async fn pair(stage: &Stage, paired: &[(String, String, SupplierId)]) -> Result<()> {
    for (place, (slug, name, supplier)) in paired.iter().enumerate() {
        let me = stage.desk(slug)?;
        let them = stage.desks.iter().find(|desk| desk.name == *name).context("no such desk")?;
        // What the other calls us, if it calls us anything, was or will be its own row: one pairing serves both.
        let back = paired.iter().position(|(other, ours, _)| *other == them.slug && *ours == me.name);
        if back.is_some_and(|back| back < place) {
            continue;
        }
        let back = back.map(|back| paired[back].2);
        let invitation = handovers::invite(&stage.app, them.admin()?, back).await?;
        handovers::accept_invitation(&stage.app, me.admin()?, &invitation.text, Some(*supplier)).await?;
    }
    Ok(())
}

/// What happens between desks over a ticket.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Pass {
    /// It is handed over to a supplier, or, if it is only to be kept, prepared.
    Over {
        over: String,
        summary: String,
        #[serde(default)]
        evidence: BTreeMap<Evidence, String>,
        #[serde(default)]
        kept: bool,
    },
    /// It was filed at a portal, with a number.
    Filed { filed: String },
    /// A supplier without a desk answered.
    Back {
        back: String,
        outcome: Outcome,
        #[serde(default)]
        missing: BTreeSet<Evidence>,
    },
    /// It goes there once more, with what was asked for.
    Again { again: String },
    /// A desk on the other side takes it, or gives it back with an answer.
    Theirs {
        #[serde(default)]
        gives_back: String,
        theirs: Answer,
    },
}

/// What the desk on the other side does.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    Takes,
    Solves,
}

/// Does what passes between desks, in the name of an agent of either.
pub(super) async fn pass(
    stage: &Stage,
    ticket: TicketId,
    desk: &Desk,
    agent: &app::Agent,
    what: &Pass,
) -> Result<()> {
    let app = &stage.app;
    match what {
        Pass::Over { over, summary, evidence, kept } => {
            let listed = suppliers::list(app, desk.admin()?).await?;
            let to = listed.into_iter().find(|listed| listed.supplier.name == *over);
            let draft = Draft {
                supplier: Some(to.with_context(|| format!("no supplier {over}"))?.supplier.id),
                summary: summary.clone(),
                evidence: evidence.clone(),
                ..Draft::default()
            };
            let then = if *kept { Then::Keep } else { Then::Offer };
            handovers::hand_over(app, agent, ticket, draft, then).await?;
        }
        Pass::Filed { filed } => {
            handovers::filed(app, agent, leg(stage, desk, ticket).await?.0, filed).await?;
        }
        Pass::Back { back, outcome, missing } => {
            let leg = leg(stage, desk, ticket).await?.0;
            let how = Back::new(*outcome, missing.clone()).context("missing of something else")?;
            handovers::record_return(app, agent, leg, back, how).await?;
        }
        Pass::Again { again } => {
            handovers::send_back(app, agent, leg(stage, desk, ticket).await?.0, again.as_str()).await?;
        }
        Pass::Theirs { gives_back, theirs } => {
            let (_, chain) = leg(stage, desk, ticket).await?;
            let list = handovers::list(app, agent).await?;
            let line = list.ours.into_iter().find(|line| !line.leg.outgoing && line.leg.chain == chain);
            let came = line.context("it has not come there")?.leg;
            match theirs {
                Answer::Takes => handovers::accept(app, agent, came.id).await?,
                Answer::Solves => {
                    stage.decide(agent, came.ticket.context("it was not taken")?, false).await?;
                    handovers::give_back(app, agent, came.id, gives_back, Outcome::Solved).await?;
                }
            }
        }
    }
    Ok(())
}

/// The newest passage of a ticket, and its chain.
async fn leg(stage: &Stage, desk: &Desk, ticket: TicketId) -> Result<(HandoverId, Option<String>)> {
    let legs = stage
        .app
        .store
        .read::<_, store::Error, _>(desk.id, move |tx| Box::pin(store::handovers::of_ticket(tx, ticket)));
    let leg = legs.await?.into_iter().max_by_key(|leg| leg.created_at).context("it was not handed over")?;
    Ok((leg.id, leg.chain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_whole() {
        let chain = Chain::read().unwrap();
        let script = &chain.script;
        let offers = script.suppliers.iter().flat_map(|supplier| &supplier.offer);
        for promised in offers.chain(script.offerings.iter().map(|own| &own.promised)) {
            chain.terms(promised).unwrap();
        }
        for (scene, next) in script.scenes.iter().zip(script.scenes.iter().skip(1)) {
            assert!(scene.day >= next.day, "day {}", next.day);
        }
    }
}
