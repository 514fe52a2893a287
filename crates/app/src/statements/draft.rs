//! A draft: what a plan would promise if it were published now, from what the desk has settled.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    access::{Permission, Rights},
    clock::Calendar,
    collections::Stage,
    id::{OfferingId, PlanId, SupplierId, TeamId},
    offering::{
        ContactMethod, Offering,
        coverage::Person,
        delivery::{self, Manner, Matter, Row},
        statement::{FORM, Offered, Statement},
    },
    party::supplier::SupplierKind,
    ticket::kinds::Kind,
};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use store::{
    Tx,
    catalogue::{self, Common, Plan},
    inbox, installation, offerings, people,
    statements::{self, Published},
    suppliers,
};

use super::check::{self, Checks};
use crate::{
    Agent, App, Error, Result,
    catalogue::{rows, rule},
    collections,
};

/// What a supplier with whom the desk works offers.
#[derive(Clone, Debug)]
pub(crate) struct Theirs {
    pub(crate) kind: SupplierKind,
    pub(crate) name: String,
    pub(crate) offering: Offering,
}

/// Everything of which a statement is made and against which it is checked.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) desk: String,
    pub(crate) plan: Plan,
    /// The plan's offerings that have not ended.
    pub(crate) offerings: Vec<Offering>,
    pub(crate) rows: Vec<Row>,
    pub(crate) theirs: Vec<Theirs>,
    pub(crate) people: Vec<Person>,
    pub(crate) common: Common,
    pub(crate) portal: String,
    pub(crate) mailbox: Option<String>,
    pub(crate) newest: Option<Published>,
    /// The collections policy, once the desk has published one.
    pub(crate) stages: Vec<Stage>,
}

/// Reads it.
pub(crate) async fn source(tx: &mut Tx, plan: PlanId, base_url: &str, now: Timestamp) -> Result<Source> {
    let plan = catalogue::plan(tx, plan).await?.ok_or(Error::NotFound("plan"))?;
    let has =
        |o: &offerings::Offering| plan.offerings.0.contains(&o.id) && o.valid_to.is_none_or(|to| now < to);
    let own = offerings::own(tx).await?.into_iter().filter(has).map(rule).collect();
    let desk = installation::own_desk(tx).await?;
    let policy = collections::held(tx).await?;
    Ok(Source {
        desk: desk.name,
        offerings: own,
        rows: rows(catalogue::deliveries(tx).await?)?,
        theirs: theirs(tx, now).await?,
        people: persons(tx).await?,
        common: catalogue::common(tx).await?.0,
        portal: format!("{base_url}/help?desk={}", desk.slug),
        mailbox: inbox::mailboxes(tx).await?.into_iter().next().map(|mailbox| mailbox.address.to_string()),
        newest: statements::of_plan(tx, plan.id).await?.into_iter().next(),
        stages: policy.at.map(|_| policy.policy.stages).unwrap_or_default(),
        plan,
    })
}

async fn theirs(tx: &mut Tx, now: Timestamp) -> Result<Vec<Theirs>> {
    let suppliers: BTreeMap<SupplierId, suppliers::Supplier> =
        suppliers::all(tx).await?.into_iter().map(|s| (s.id, s)).collect();
    let all = offerings::of_suppliers(tx).await?.into_iter().filter(|o| o.valid_to.is_none_or(|to| now < to));
    let named = all.filter_map(|offering| {
        let supplier = suppliers.get(&offering.supplier?).filter(|s| s.active)?;
        Some(Theirs { kind: supplier.kind, name: supplier.name.clone(), offering: rule(offering) })
    });
    Ok(named.collect())
}

/// Who of the desk answers, when, and in which languages. Somebody without hours of its own works when the desk is
/// open; where neither is known nobody answers.
async fn persons(tx: &mut Tx) -> Result<Vec<Person>> {
    let (settings, _) = people::settings(tx).await?;
    let mut calendars = BTreeMap::new();
    for row in people::calendars(tx).await? {
        calendars.insert(row.id, Calendar::try_from(row.spec.0).map_err(Error::internal)?);
    }
    let mut teams: BTreeMap<_, Vec<TeamId>> = BTreeMap::new();
    for (team, agent) in people::team_members(tx).await? {
        teams.entry(agent).or_default().push(team);
    }
    let person = |agent: people::Agent| {
        let hours = agent.prefs.0.hours.or(settings.calendar)?;
        let rights = Rights::of(&agent.roles.0);
        let mut languages = agent.prefs.0.languages;
        languages.push(agent.lang);
        Some(Person {
            teams: teams.remove(&agent.id).unwrap_or_default(),
            languages,
            kinds: Kind::ALL.iter().copied().filter(|kind| rights.may_work(*kind)).collect(),
            hours: calendars.get(&hours)?.clone(),
        })
    };
    Ok(people::agents(tx).await?.into_iter().filter(|agent| agent.active).filter_map(person).collect())
}

impl Source {
    /// The statement that holds from a moment on.
    pub(crate) fn statement(&self, valid_from: Timestamp) -> Statement {
        let mut offerings: Vec<Offered> = self.offerings.iter().map(|o| self.offered(o)).collect();
        offerings.sort_by_key(|offered| offered.id);
        let used: BTreeSet<ContactMethod> =
            offerings.iter().flat_map(|offered| offered.contact.iter().copied()).collect();
        let contact = used.into_iter().filter_map(|method| Some((method, self.place(method)?))).collect();
        // What all of it ends with ends the statement.
        let ends: Option<Vec<Timestamp>> = self.offerings.iter().map(|o| o.valid_to).collect();
        Statement {
            form: FORM,
            desk: self.desk.clone(),
            plan: self.plan.name.clone(),
            valid_from,
            valid_to: ends.and_then(|ends| ends.into_iter().max()),
            offerings,
            contact,
            collections: self.common.collections.clone(),
            stages: self.stages.clone(),
        }
    }

    /// Where the desk is reached by a method.
    fn place(&self, method: ContactMethod) -> Option<String> {
        let written = self.common.contact.get(&method).cloned();
        match method {
            ContactMethod::Mail => written.or_else(|| self.mailbox.clone()),
            ContactMethod::Portal => written.or_else(|| Some(self.portal.clone())),
            ContactMethod::Phone | ContactMethod::Api => written,
        }
    }

    fn offered(&self, offering: &Offering) -> Offered {
        let terms = &offering.terms;
        let matters = || matters(offering);
        let mut delivered = BTreeSet::new();
        let mut beyond = BTreeSet::new();
        for matter in matters() {
            let ranked = delivery::ranked(&self.rows, &matter);
            // Rows for one customer are not the plan's; a row without hours is the last that is ever asked.
            let whole = ranked.iter().position(|row| row.hours.is_none() && row.valid_to.is_none());
            let asked = whole.map_or(ranked.len(), |place| place + 1);
            delivered.extend(ranked.iter().take(asked).map(|row| row.by.manner()));
            if whole.is_none() {
                delivered.insert(Manner::InHouse);
            }
        }
        for their in &self.theirs {
            if matters().any(|matter| their.offering.terms.covers(matter.service, matter.kind)) {
                beyond.insert(their.kind);
            }
        }
        Offered {
            id: offering.id,
            name: offering.name.clone(),
            services: terms.services.iter().copied().collect(),
            kinds: terms.kinds.iter().copied().collect(),
            hours: terms.hours.clone(),
            languages: terms.languages.iter().copied().collect(),
            contact: terms.contact.iter().copied().collect(),
            promises: terms.promises,
            price: terms.price,
            delivered,
            beyond,
        }
    }

    /// Which of the desk's promises a version is made of, whatever day it is published: to see that nothing has
    /// changed between looking and publishing.
    pub(crate) fn seen(&self) -> Result<String> {
        let (_, hash) = hashed(&self.statement(Timestamp::UNIX_EPOCH))?;
        Ok(super::hex(&hash))
    }

    /// What the suppliers offer, without their names.
    pub(crate) fn their_offerings(&self) -> Vec<Offering> {
        self.theirs.iter().map(|their| their.offering.clone()).collect()
    }

    /// The offering of a supplier.
    pub(crate) fn theirs(&self, id: OfferingId) -> Option<&Theirs> {
        self.theirs.iter().find(|their| their.offering.id == id)
    }
}

/// All that an offering is for.
pub(crate) fn matters(offering: &Offering) -> impl Iterator<Item = Matter> {
    offering.terms.services.iter().flat_map(move |service| {
        offering.terms.kinds.iter().map(move |kind| Matter {
            customer: None,
            offering: Some(offering.id),
            service: *service,
            kind: *kind,
        })
    })
}

/// The one form of a statement, and its SHA-256.
pub(crate) fn hashed(statement: &Statement) -> Result<(String, [u8; 32])> {
    let canonical = statement.canonical().map_err(Error::internal)?;
    let hash = Sha256::digest(canonical.as_bytes()).into();
    Ok((canonical, hash))
}

/// What would be published, and what stands against it.
#[derive(Clone, Debug)]
pub struct Draft {
    /// The plan.
    pub plan: Plan,
    /// The content, as if it held from now.
    pub statement: Statement,
    /// The version that is published now, if there is one.
    pub newest: Option<Published>,
    /// What [`Publish`](super::Publish) is to be told that somebody has looked at.
    pub seen: String,
    /// What the checks found.
    pub checks: Checks,
}

/// The draft of a plan's next version. `week` is a moment of the week of the picture; the coming one if none is
/// given.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn draft(app: &App, agent: &Agent, plan: PlanId, week: Option<Timestamp>) -> Result<Draft> {
    agent.require(Permission::CatalogueManage)?;
    let now = app.now();
    let base_url = app.config.base_url.clone();
    let source = app
        .store
        .read(agent.desk, move |tx| {
            let base_url = base_url.clone();
            Box::pin(async move { source(tx, plan, &base_url, now).await })
        })
        .await?;
    Ok(Draft {
        statement: source.statement(now),
        seen: source.seen()?,
        checks: check::checks(&source, now, week)?,
        newest: source.newest.clone(),
        plan: source.plan,
    })
}
