//! Handing a ticket over: the package, and the offer.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    clock::running::Event as ClockEvent,
    deed::Deed,
    handover::{
        Custody, Hash, Leg, Link,
        message::{About, Hours, Named},
        package::{self, Caller, Package, People},
    },
    id::{EntitlementId, EntryId, HandoverId, OfferingId, SupplierId, TicketId},
    party::supplier::Way,
    ticket::{
        diagnosis::{Decision, Evidence, Verdict},
        kinds::Severity,
        lifecycle::{Action, State},
        timeline::Event,
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Json, Tx,
    handovers::{self, Handover},
    offerings::Offering,
    suppliers::Supplier,
    tickets::{NEVER, Ticket},
};

use super::{
    case::{self, Case, Opening},
    connector::{Load, Said, Takes, Trip, connector},
    files,
    follow::{self, Filing},
    keys::Ring,
    legs,
};
use crate::{
    Agent, App, Error, Ids, Result, error, ids, post,
    tickets::{self, Hand, TEXT},
};

/// The longest piece of evidence, in bytes.
const EVIDENCE: usize = 20_000;

/// What an agent says about a hand-over.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// To whom.
    pub supplier: Option<SupplierId>,
    /// What of the supplier's is used; none is the first that fits.
    pub offering: Option<OfferingId>,
    /// The contract whose unit it takes; none is the first of that offering that has one.
    pub entitlement: Option<EntitlementId>,
    /// The matter, in the supplier's language.
    pub summary: String,
    /// Evidence: what is given replaces what is known, an empty text takes it away.
    pub evidence: BTreeMap<Evidence, String>,
    /// Which of the ticket's files go with it, each by its hash.
    pub files: Vec<Hash>,
    /// Under which of Microsoft's topics it is filed, where a program files it; none keeps what was chosen.
    pub topics: Option<Topics>,
}

/// Under which of Microsoft's topics a request for Azure is filed, each by its whole id; empty while it is not chosen.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Topics {
    /// The service.
    pub service: String,
    /// The kind of problem with it.
    pub problem: String,
}

/// What happens to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Then {
    /// It is kept.
    Keep,
    /// It is offered.
    Offer,
}

/// For how long an offer stands.
const fn stands(severity: Severity) -> SignedDuration {
    match severity {
        Severity::A => SignedDuration::from_hours(4),
        Severity::B => SignedDuration::from_hours(24),
        Severity::C => SignedDuration::from_hours(72),
    }
}

/// All that is known before the transaction.
struct Plan {
    agent: Agent,
    draft: Draft,
    then: Then,
    ring: Ring,
    id: HandoverId,
    entry: EntryId,
    ids: [Ids; 2],
    nonce: String,
    load: Load,
    filing: Option<Filing>,
    now: Timestamp,
}

/// Prepares a hand-over, or offers it. A ticket has at most one that is prepared.
///
/// # Errors
/// Without [`Permission::TicketEscalate`]; `supplier` that is not there; [`Error::Refused`] `package-incomplete` where the
/// supplier would send it back, `offering-over` for an offering that is not valid any more, `handed-over` where
/// somebody has it already, `azure-incomplete` where Microsoft would not know what to file, `azure-no-place`
/// where the agent's time zone names no country, `not-paired`, `partner-waits`, `no-address`, `wrong-state`.
pub async fn hand_over(
    app: &App,
    agent: &Agent,
    ticket: TicketId,
    draft: Draft,
    then: Then,
) -> Result<HandoverId> {
    agent.require(Permission::TicketEscalate)?;
    let draft = checked(draft)?;
    let now = app.now();
    let mut own = app.ids(now);
    let (id, entry) = (own.next(HandoverId::new), own.next(EntryId::new));
    let mut plan = Plan {
        agent: agent.clone(),
        ring: Ring::load(app, agent.desk).await?,
        id,
        entry,
        nonce: uuid::Uuid::from_bytes(ids::random()).simple().to_string(),
        load: Load::default(),
        filing: None,
        ids: [own, app.ids(now)],
        draft,
        then,
        now,
    };
    load(app, &mut plan, ticket).await?;
    let plan = Arc::new(plan);
    let (id, told) = app
        .store
        .write(agent.desk, move |tx| {
            let plan = plan.clone();
            Box::pin(async move { plan.run(tx, ticket).await })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(id)
}

fn checked(draft: Draft) -> Result<Draft> {
    let summary = if draft.summary.trim().is_empty() {
        String::new()
    } else {
        error::body("summary", &draft.summary, TEXT / 4)?
    };
    let mut evidence = BTreeMap::new();
    for (what, said) in draft.evidence {
        if said.len() > EVIDENCE {
            return Err(Error::invalid("evidence", "too-long"));
        }
        evidence.insert(what, said.replace("\r\n", "\n").trim().to_owned());
    }
    Ok(Draft { summary, evidence, ..draft })
}

/// What carries the package, where the record itself does not; and what a program files.
async fn load(app: &App, plan: &mut Plan, ticket: TicketId) -> Result<()> {
    let (agent, draft, now) = (plan.agent.clone(), plan.draft.clone(), plan.now);
    let unit = Arc::new((agent, draft));
    let (supplier, package, way, before) = app
        .store
        .read(plan.agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, draft) = &*unit;
                let row = store::tickets::get(tx, ticket).await?.ok_or(Error::NotFound("ticket"))?;
                agent.sees(&row)?;
                let chosen = chosen(tx, &row, draft, now).await?;
                let mut diagnosis = store::diagnoses::get(tx, ticket).await?.0;
                merge(&mut diagnosis, draft);
                know_tenant(tx, &row, &mut diagnosis).await?;
                let package = pack(tx, &row, &chosen.0, draft, &diagnosis).await?;
                let way = chosen.0.way.of(row.service);
                let legs = handovers::of_ticket(tx, ticket).await?;
                let before = match legs.iter().find(|leg| leg.outgoing && leg.state == Leg::Draft) {
                    Some(leg) => follow::kept(tx, leg.id).await?,
                    None => None,
                };
                Ok::<_, Error>((chosen.0, package, way, before))
            })
        })
        .await?;
    if way == Way::AzureSupport {
        let (agent, topics) = (&plan.agent, plan.draft.topics.as_ref());
        plan.filing = Some(follow::prepare(app, agent, &package, topics, before, plan.then).await?);
    }
    if plan.then == Then::Offer {
        let thread = post::thread(app, plan.agent.desk, ticket).await?;
        let files = match connector(way).takes() {
            Takes::AtOnce => files::uploads(app, plan.agent.desk, &package.files).await?,
            Takes::Answering | Takes::Filed | Takes::Filing => Vec::new(),
        };
        let trip = Trip { app, thread: &thread, supplier: &supplier, entry: plan.entry, files: &files, now };
        plan.load = connector(way).load(&trip, Said::Package(&package), &mut plan.ids[1]).await?;
    }
    Ok(())
}

/// The supplier, and what of it is used.
async fn chosen(
    tx: &mut Tx,
    ticket: &Ticket,
    draft: &Draft,
    now: Timestamp,
) -> Result<(Supplier, Option<Offering>)> {
    super::may_pass_on(ticket)?;
    let id = draft.supplier.ok_or(Error::invalid("supplier", "required"))?;
    let supplier = store::suppliers::get(tx, id).await?.filter(|supplier| supplier.active);
    let supplier = supplier.ok_or(Error::invalid("supplier", "unknown"))?;
    let valid = |o: &Offering| o.valid_from <= now && o.valid_to.is_none_or(|end| now < end);
    let offering = match draft.offering {
        Some(id) => {
            let found = store::offerings::get(tx, id).await?.filter(|o| o.supplier == Some(supplier.id));
            let found = found.ok_or(Error::invalid("offering", "unknown"))?;
            if !valid(&found) {
                return Err(Error::Refused("offering-over"));
            }
            Some(found)
        }
        None => {
            let fits = |o: &Offering| {
                let terms = &o.terms.0;
                valid(o) && terms.services.contains(&ticket.service) && terms.kinds.contains(&ticket.kind)
            };
            store::offerings::of_supplier(tx, supplier.id).await?.into_iter().find(fits)
        }
    };
    Ok((supplier, offering))
}

fn merge(diagnosis: &mut domain::ticket::diagnosis::Diagnosis, draft: &Draft) {
    for (what, said) in &draft.evidence {
        if said.is_empty() {
            diagnosis.evidence.remove(what);
        } else {
            diagnosis.evidence.insert(*what, said.clone());
        }
    }
}

/// The customer's tenant is known where it has but one.
pub(super) async fn know_tenant(
    tx: &mut Tx,
    ticket: &Ticket,
    diagnosis: &mut domain::ticket::diagnosis::Diagnosis,
) -> Result<()> {
    let Some(customer) = ticket.customer.filter(|_| !diagnosis.evidence.contains_key(&Evidence::TenantId))
    else {
        return Ok(());
    };
    if let [only] = store::tenants::of_customer(tx, customer).await?.as_slice() {
        diagnosis.evidence.insert(Evidence::TenantId, only.tenant.clone());
    }
    Ok(())
}

/// The people of a ticket's customer: whom nothing that leaves may name.
///
/// # Errors
/// As the database says.
pub async fn people_of(tx: &mut Tx, ticket: &Ticket) -> Result<People> {
    let mut contacts = match ticket.customer {
        Some(customer) => store::parties::contacts_of(tx, customer).await?,
        None => Vec::new(),
    };
    if let Some(contact) = ticket.contact
        && !contacts.iter().any(|known| known.id == contact)
    {
        contacts.extend(store::parties::contact(tx, contact).await?);
    }
    let keep = store::inbox::mailboxes(tx).await?.into_iter().map(|m| m.address.to_string()).collect();
    Ok(People {
        phones: contacts.iter().filter_map(|c| c.phone.clone()).collect(),
        names: contacts.into_iter().map(|c| c.name).collect(),
        keep,
    })
}

/// What goes to a supplier: without the customer's people, unless the supplier may know them.
pub(super) async fn pack(
    tx: &mut Tx,
    ticket: &Ticket,
    supplier: &Supplier,
    draft: &Draft,
    diagnosis: &domain::ticket::diagnosis::Diagnosis,
) -> Result<Package> {
    let first = store::timeline::page(tx, ticket.id, Some(2), 1, domain::access::Visibility::Public).await?;
    let original = first.into_iter().find_map(|entry| match entry.event {
        Event::CustomerMessage(message) => Some(message.text),
        _ => None,
    });
    let desk = store::installation::own_desk(tx).await?;
    let sender = post::sender_of(tx, ticket.mailbox, "").await?;
    let mut package = Package {
        about: About {
            kind: ticket.kind,
            service: ticket.service,
            severity: ticket.severity,
            lang: ticket.lang,
        },
        subject: ticket.subject.clone(),
        summary: draft.summary.clone(),
        summary_lang: supplier.lang,
        original: original.unwrap_or_default(),
        evidence: BTreeMap::new(),
        steps: Vec::new(),
        files: files::chosen(tx, ticket.id, &draft.files, files::Among::Shown).await?,
        caller: Caller {
            desk: desk.name,
            address: if sender.is_read { sender.address } else { String::new() },
            number: format!("#{}", ticket.number),
        },
        opened: ticket.created_at,
    };
    package.take(diagnosis);
    if supplier.personal_data {
        return Ok(package);
    }
    Ok(package.redacted(&people_of(tx, ticket).await?))
}

impl Plan {
    async fn run(&self, tx: &mut Tx, ticket: TicketId) -> Result<(HandoverId, crate::live::Change)> {
        let (now, mut ids) = (self.now, self.ids[1].after());
        let mut hand = tickets::take(tx, &self.agent, ticket, None, self.ids[0].clone(), now).await?;
        if matches!(hand.ticket.state, State::Resolved | State::Closed) {
            return Err(Error::Refused("wrong-state"));
        }
        let (supplier, offering) = chosen(tx, &hand.ticket, &self.draft, now).await?;
        let (mut diagnosis, version) = store::diagnoses::get(tx, ticket).await?;
        let before = diagnosis.clone();
        merge(&mut diagnosis, &self.draft);
        know_tenant(tx, &hand.ticket, &mut diagnosis).await?;
        if diagnosis != before {
            store::diagnoses::put(tx, ticket, &diagnosis, version).await?;
        }
        let package = pack(tx, &hand.ticket, &supplier, &self.draft, &diagnosis).await?;
        let mut leg =
            self.draft_leg(tx, &hand.ticket, &supplier, offering.as_ref(), package, &mut ids).await?;
        follow::keep(tx, &self.agent, &leg, self.filing.as_ref(), now).await?;
        if self.then == Then::Keep {
            return Ok((leg.id, hand.put(tx, Deed::HandOver).await?));
        }
        let incomplete = package::missing(supplier.kind, &leg.package.0).iter().any(|(_, blocks)| *blocks);
        if incomplete || leg.package.0.summary.is_empty() {
            return Err(Error::Refused("package-incomplete"));
        }
        let takes = connector(leg.way).takes();
        if takes == Takes::Filing {
            let whole = self.filing.as_ref().filter(|filing| filing.is_whole());
            let whole = whole.ok_or(Error::Refused("azure-incomplete"))?;
            if !whole.has_place() {
                return Err(Error::Refused("azure-no-place"));
            }
            let decided = whole.decided();
            follow::keep(tx, &self.agent, &leg, Some(&decided), now).await?;
        }
        // Somebody has to hear what comes back.
        if hand.ticket.assignee.is_none() {
            hand.ticket.assignee = Some(self.agent.id);
            hand.append(Event::Assigned { agent: Some(self.agent.id), team: hand.ticket.team });
        }
        let mut case = self.case(tx, &hand).await?;
        self.settle_others(tx, &mut case, &mut hand, leg.id, &mut ids).await?;
        self.offer(tx, &mut case, &mut leg, &supplier).await?;
        legs::wallet(tx, &leg, self.agent.actor(), now).await?;
        self.load.put(tx, leg.id, now).await?;
        // What is handed over is said to be somebody else's, unless somebody has decided before.
        let decision = Decision {
            verdict: Verdict::Outside,
            reason: leg.package.0.summary.clone(),
            category: None,
            at: now,
            by: Some(self.agent.id),
        };
        crate::diagnosis::settle(tx, &mut hand, decision, State::Resolved).await?;
        hand.append_as(self.entry, legs::moved(&leg));
        if takes == Takes::AtOnce {
            let hours = offering.map_or_else(case::always, |offering| offering.terms.0.hours);
            confirm(tx, &self.ring, &mut case, &mut leg, hours, now).await?;
            hand.append(legs::moved(&leg));
        }
        legs::put(tx, &mut leg, &mut ids, now).await?;
        hand.move_to(State::WaitingSupplier, Some(Action::WaitSupplier));
        case.spread(tx, &mut ids, now).await?;
        Ok((leg.id, hand.put(tx, Deed::HandOver).await?))
    }

    /// The leg that is prepared: the one that is there, or a new one.
    async fn draft_leg(
        &self,
        tx: &mut Tx,
        ticket: &Ticket,
        supplier: &Supplier,
        offering: Option<&Offering>,
        package: Package,
        ids: &mut Ids,
    ) -> Result<Handover> {
        let way = supplier.way.of(ticket.service);
        let legs = handovers::of_ticket(tx, ticket.id).await?;
        let kept = legs.into_iter().find(|leg| leg.outgoing && leg.state == Leg::Draft);
        let is_new = kept.is_none();
        let mut leg = kept.unwrap_or_else(|| Handover {
            id: self.id,
            chain: None,
            offer: None,
            ticket: Some(ticket.id),
            outgoing: true,
            supplier: None,
            offering: None,
            entitlement: None,
            peer: None,
            way,
            party: String::new(),
            state: Leg::Draft,
            live: true,
            severity: ticket.severity,
            package: Json(package.clone()),
            answer: String::new(),
            outcome: None,
            missing: Json(Default::default()),
            bounces: 0,
            number: String::new(),
            expires_at: None,
            held_from: None,
            returned_at: None,
            due_at: NEVER,
            facts: Json(Vec::new()),
            chase_at: None,
            told_entry: None,
            version: 1,
            created_at: self.now,
            changed_at: self.now,
        });
        leg.supplier = Some(supplier.id);
        leg.offering = offering.map(|offering| offering.id);
        leg.entitlement = self.contract(tx, offering).await?;
        (leg.way, leg.party, leg.severity) = (way, supplier.name.clone(), ticket.severity);
        leg.package = Json(package);
        if is_new {
            handovers::add(tx, &leg).await?;
        } else {
            legs::put(tx, &mut leg, ids, self.now).await?;
        }
        Ok(leg)
    }

    /// The contract by which it goes: the one that was chosen, or the first in force that has a unit left.
    async fn contract(&self, tx: &mut Tx, offering: Option<&Offering>) -> Result<Option<EntitlementId>> {
        let Some(offering) = offering else { return Ok(None) };
        let all = store::entitlements::of_supplier(tx, offering.supplier.ok_or(Error::NotFound("supplier"))?)
            .await?;
        let mut of_it = all.into_iter().filter(|contract| contract.offering == offering.id);
        if let Some(wanted) = self.draft.entitlement {
            let found = of_it.find(|contract| contract.id == wanted);
            return found.map(|contract| Some(contract.id)).ok_or(Error::invalid("entitlement", "unknown"));
        }
        let usable = |contract: &store::entitlements::Entitlement| {
            contract.from <= self.now
                && contract.to.is_none_or(|end| self.now < end)
                && (!contract.counted || contract.balance.unwrap_or(0) > 0)
        };
        Ok(of_it.find(usable).map(|contract| contract.id))
    }

    /// The chain of the ticket: the one that is there, or a new one.
    async fn case(&self, tx: &mut Tx, hand: &Hand) -> Result<Case> {
        if let Some(row) = handovers::chain_of(tx, hand.ticket.id).await? {
            return Case::load(tx, &row.id).await?.ok_or(Error::NotFound("hand-over"));
        }
        let opening = Opening {
            nonce: self.nonce.clone(),
            name: store::installation::own_desk(tx).await?.name,
            // Since it was left to others and taken back, if it was.
            since: handovers::chains_of(tx, hand.ticket.id)
                .await?
                .iter()
                .filter_map(|chain| chain.left_at)
                .max()
                .unwrap_or(hand.ticket.created_at),
            calendar: case::hours(tx).await?,
        };
        Case::open(tx, &self.ring, hand.ticket.id, opening, self.now).await
    }

    /// Whoever hands over again takes the answer of before: it was not enough.
    async fn settle_others(
        &self,
        tx: &mut Tx,
        case: &mut Case,
        hand: &mut Hand,
        but: HandoverId,
        ids: &mut Ids,
    ) -> Result<()> {
        for mut other in legs::others(tx, hand.ticket.id, Some(but)).await? {
            if other.state.is_offered() || other.state.is_away() {
                return Err(Error::Refused("handed-over"));
            }
            if other.state == Leg::Returned {
                super::steps::approve_leg(tx, &self.ring, case, &mut other, ids, self.now).await?;
                hand.append(legs::moved(&other));
            }
        }
        Ok(())
    }

    async fn offer(
        &self,
        tx: &mut Tx,
        case: &mut Case,
        leg: &mut Handover,
        supplier: &Supplier,
    ) -> Result<()> {
        let peer = if supplier.way == Way::Desk {
            let all = store::peers::all(tx).await?;
            let peer = all.into_iter().find(|peer| peer.supplier == Some(supplier.id) && !peer.revoked);
            Some(peer.ok_or(Error::Refused("not-paired"))?)
        } else {
            None
        };
        let (to, package) = match &peer {
            Some(peer) => {
                let key = peer.key.parse().map_err(Error::internal)?;
                let link = Link::Package(Box::new(leg.package.0.clone()));
                let hash = case.say(tx, &self.ring, &key, link, self.now).await?.hash;
                (Named { name: peer.name.clone(), key: Some(key) }, hash)
            }
            None => {
                let text = serde_json::to_string(&leg.package.0).map_err(Error::internal)?;
                (Named { name: supplier.name.clone(), key: None }, case::hash_of(&text))
            }
        };
        let now = self.now.max(case.chain.at());
        let expires = now.checked_add(stands(leg.severity)).unwrap_or(now);
        let offer = case.write(tx, &self.ring, Custody::Offer { to, expires, package }, self.now).await?;
        leg.chain = Some(case.row.id.clone());
        leg.offer = Some(offer);
        leg.peer = peer.map(|peer| peer.id);
        leg.expires_at = Some(expires);
        leg.state = Leg::Offered;
        Ok(())
    }
}

/// Lets go for who does not speak the protocol: from now on it holds.
pub(super) async fn confirm(
    tx: &mut Tx,
    ring: &Ring,
    case: &mut Case,
    leg: &mut Handover,
    hours: domain::clock::CalendarSpec,
    now: Timestamp,
) -> Result<()> {
    let offer = leg.offer.ok_or(Error::Refused("wrong-state"))?;
    let calendar = Hours(Box::new(hours));
    case.write(tx, ring, Custody::Confirm { offer, answer: None, calendar }, now).await?;
    held(leg, case.chain.at());
    Ok(())
}

/// The receiver holds a leg, since the instant in the confirm.
pub(super) fn held(leg: &mut Handover, from: Timestamp) {
    leg.state = Leg::InProgress;
    leg.held_from.get_or_insert(from);
    legs::fact(leg, ClockEvent::Working, from);
}
