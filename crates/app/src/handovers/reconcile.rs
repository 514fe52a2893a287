//! What new messages mean here: the legs are brought to where the chain says that they stand, and words reach the ticket.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Visibility,
    clock::running::Event as ClockEvent,
    deed::Deed,
    handover::{
        Content, Custody, Hash, Key, Leg, Link, Message as Signed,
        chain::Stretch,
        package::{Enclosed, Package},
        states::{Back, Outcome},
    },
    id::{CustomerId, EntryId, HandoverId, TicketId},
    party::supplier::Way,
    ticket::{
        kinds::{Channel, Severity},
        lifecycle::{self, State},
        notice::Occasion,
        timeline::{Actor, Event, Message, Party as Person},
    },
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx,
    handovers::{self, Handover},
    peers::Peer,
    records, search,
};

use super::{
    case::Case,
    files::{self, Fetch},
    keys::Ring,
    legs, letting, offer,
    receive::is_of,
    steps, theirs,
};
use crate::{
    Error, Ids, Result, audit,
    catalogue::Asked,
    live,
    tickets::{Hand, Opening, Rules},
};

/// What has come in, and what is needed to act upon it.
pub(super) struct News<'a> {
    pub(super) ring: &'a Ring,
    pub(super) peer: &'a Peer,
    /// New messages beside the chain, in their order.
    pub(super) messages: &'a [Signed],
    /// Three that never make the same ids.
    pub(super) ids: &'a [Ids; 3],
    /// A number for a ticket that may be opened.
    pub(super) number: i64,
    pub(super) rules: &'a Arc<Rules>,
    pub(super) now: Timestamp,
}

/// Acts upon what has come in; what is told to who watches.
pub(super) async fn run(tx: &mut Tx, case: &mut Case, news: News<'_>) -> Result<Vec<live::Change>> {
    let mut ids = news.ids[0].clone();
    let mut told = Vec::new();
    news.answers(tx, case).await?;
    told.extend(news.taken(tx, case, &mut ids).await?);
    let mut hand = match case.row.ticket {
        Some(ticket) => Some(Hand::take(tx, ticket, news.ids[1].clone(), news.now, Actor::Stranger).await?),
        None => None,
    };
    let before = hand.as_ref().map(|hand| hand.ticket.entries);
    let severity = hand.as_ref().map(|hand| hand.ticket.severity);
    news.legs(tx, case, &mut hand, &mut ids).await?;
    for message in news.messages {
        news.word(tx, case, message, &mut hand, &mut ids).await?;
    }
    if let Some(hand) = &mut hand
        && Some(hand.ticket.severity) != severity
    {
        hand.promise_anew(tx).await?;
    }
    letting::wind_up(tx, news.ring, case, &mut hand, &mut ids, news.now).await?;
    if case.chain.is_closed() && !case.row.closed {
        case.row.closed = true;
        handovers::set_chain(tx, &case.row).await?;
    }
    case.spread(tx, &mut ids, news.now).await?;
    let data = json!({ "from": news.peer.name, "chain": case.chain.length(), "beside": news.messages.len() });
    match hand {
        Some(hand) if Some(hand.ticket.entries) != before => {
            told.push(hand.put(tx, Deed::HandOverReceive).await?);
        }
        _ => {
            let deed = Deed::HandOverReceive;
            let act = audit::act(&mut ids, news.now, Actor::Stranger, deed, &case.row.id, data);
            records::audit(tx, &act).await?;
        }
    }
    Ok(told)
}

impl News<'_> {
    /// What the receiver of our offer said: we confirm, or let it be.
    async fn answers(&self, tx: &mut Tx, case: &mut Case) -> Result<()> {
        for message in self.messages {
            let (offer, yes) = match &message.content {
                Content::Link(Link::Accept { offer, .. }) => (*offer, true),
                Content::Link(Link::Decline { offer, .. }) => (*offer, false),
                _ => continue,
            };
            let open = |leg: &&Stretch| {
                let receiver = case.chain.members().get(leg.receiver).and_then(|m| m.key.as_ref());
                leg.hash == offer && leg.state == Leg::Offered && receiver == Some(&message.key)
            };
            // What was withdrawn in the meantime is answered by the withdrawal, which is on its way.
            let Some(leg) = case.chain.legs().iter().find(open).cloned() else { continue };
            if case.chain.writer() != Some(&case.me) {
                continue;
            }
            let answer = Some(message.signed.clone());
            let late = self.now.max(case.chain.at()) > leg.expires;
            let custody = match &message.content {
                Content::Link(Link::Accept { calendar, .. }) if yes && !late => {
                    Custody::Confirm { offer: leg.offer, answer, calendar: calendar.clone() }
                }
                _ if yes => Custody::Expire { offer: leg.offer },
                _ => Custody::Declined { offer: leg.offer, answer },
            };
            case.write(tx, self.ring, custody, self.now).await?;
        }
        Ok(())
    }

    /// Opens the ticket of what we have taken, once the offerer has confirmed.
    async fn taken(&self, tx: &mut Tx, case: &mut Case, ids: &mut Ids) -> Result<Option<live::Change>> {
        let is_ours = |leg: &&Stretch| {
            let receiver = case.chain.members().get(leg.receiver).and_then(|m| m.key.as_ref());
            receiver == Some(&case.me) && leg.confirmed.is_some()
        };
        let Some(stretch) = case.chain.legs().iter().rev().find(is_ours).cloned() else { return Ok(None) };
        let rows = handovers::of_chain(tx, &case.row.id).await?;
        let new =
            |leg: &Handover| !leg.outgoing && leg.offer == Some(stretch.offer) && leg.held_from.is_none();
        let Some(leg) = rows.into_iter().find(new) else { return Ok(None) };
        // It was here before in this chain: its ticket goes on, unless it was closed.
        if let Some(ticket) = case.row.ticket
            && store::tickets::get(tx, ticket).await?.is_some_and(|row| row.state != State::Closed)
        {
            return Ok(None);
        }
        let customer = self.customer(tx, ids).await?;
        let package = &leg.package.0;
        let ticket = ids.next(TicketId::new);
        let asked =
            Asked { customer: Some(customer), service: package.about.service, kind: package.about.kind };
        let rules = Arc::new(Rules::clone(self.rules).covering(tx, &asked, self.now).await?);
        let entry = ids.next(EntryId::new);
        let opening = self.opening(package, rules, ticket, customer, entry);
        let (_, change) = opening.put(tx, self.ids[2].clone()).await?;
        if let Some(offerer) = case.chain.members().get(stretch.offerer).and_then(|m| m.key.clone()) {
            let said = (&offerer, stretch.package, package.files.as_slice());
            self.files(tx, case, said, (leg.id, entry), ids).await?;
        }
        let mut diagnosis = domain::ticket::diagnosis::Diagnosis::default();
        for (word, said) in &package.evidence {
            if let Ok(evidence) = word.parse() {
                diagnosis.evidence.insert(evidence, said.clone());
            }
        }
        // Their steps were not ours: what they tried is evidence for whoever goes on.
        if !package.steps.is_empty() {
            let steps: Vec<String> = package.steps.iter().map(step_line).collect();
            let told = diagnosis.evidence.entry(domain::ticket::diagnosis::Evidence::StepsTried).or_default();
            *told = [told.as_str(), &steps.join("\n")].join("\n").trim().to_owned();
        }
        store::diagnoses::put(tx, ticket, &diagnosis, 0).await?;
        case.row.ticket = Some(ticket);
        handovers::set_chain(tx, &case.row).await?;
        Ok(Some(change))
    }

    fn opening(
        &self,
        package: &Package,
        rules: Arc<Rules>,
        id: TicketId,
        customer: CustomerId,
        entry: EntryId,
    ) -> Opening {
        let text = match (package.summary.trim(), package.original.trim()) {
            (summary, "") => summary.to_owned(),
            ("", original) => original.to_owned(),
            (summary, original) => format!("{summary}\n\n———\n\n{original}"),
        };
        let lang = package.summary_lang;
        let subject: String = package.subject.split_whitespace().collect::<Vec<_>>().join(" ");
        let subject: String =
            subject.chars().filter(|c| !c.is_control()).take(crate::tickets::SUBJECT).collect();
        let message = self.message(&text, &package.files);
        Opening {
            id,
            entry,
            number: self.number,
            at: self.now,
            customer: Some(customer),
            contact: None,
            mailbox: None,
            channel: Channel::Api,
            kind: package.about.kind,
            service: package.about.service,
            severity: package.about.severity,
            subject_terms: search::analyse(&subject, lang),
            text_terms: search::analyse(&text, lang),
            subject,
            lang,
            message,
            files: Vec::new(),
            actor: Actor::Stranger,
            assignee: None,
            parent: None,
            clocks: true,
            rules,
        }
    }

    /// What the other desk wrote, as the timeline has it.
    fn message(&self, text: &str, files: &[Enclosed]) -> Message {
        Message { from: Some(self.person()), attachments: files::count(files), ..theirs::word(text) }
    }

    /// Has the files of a message fetched that became an entry, of a leg.
    async fn files(
        &self,
        tx: &mut Tx,
        case: &Case,
        (from, message, files): (&Key, Hash, &[Enclosed]),
        (leg, entry): (HandoverId, EntryId),
        ids: &mut Ids,
    ) -> Result<()> {
        let (chain, peer, from) = (case.row.id.clone(), self.peer.id, from.clone());
        let fetch = Fetch { chain, peer, from, message, entry };
        files::expect(tx, ids, fetch, (leg, files), self.now).await
    }

    fn person(&self) -> Person {
        Person { name: self.peer.name.clone(), email: String::new() }
    }

    /// The customer that the other desk is to us; it becomes one when we help it for the first time.
    async fn customer(&self, tx: &mut Tx, ids: &mut Ids) -> Result<CustomerId> {
        let peer = store::peers::get(tx, self.peer.id).await?.ok_or(Error::NotFound("peer"))?;
        if let Some(customer) = peer.customer {
            return Ok(customer);
        }
        let (settings, _) = store::people::settings(tx).await?;
        let customer = store::parties::Customer {
            id: ids.next(CustomerId::new),
            name: peer.name.clone(),
            lang: settings.lang,
            timezone: settings.timezone,
            note: String::new(),
            version: 1,
            created_at: self.now,
        };
        store::parties::add_customer(tx, &customer).await?;
        let id = customer.id;
        store::peers::update(tx, &Peer { customer: Some(id), ..peer }).await?;
        Ok(id)
    }

    /// Brings every leg of ours to where the chain says that it stands.
    async fn legs(&self, tx: &mut Tx, case: &Case, hand: &mut Option<Hand>, ids: &mut Ids) -> Result<()> {
        let rows = handovers::of_chain(tx, &case.row.id).await?;
        let mut rows: BTreeMap<u32, Handover> =
            rows.into_iter().filter_map(|leg| leg.offer.map(|offer| (offer, leg))).collect();
        for stretch in case.chain.legs() {
            let key = |member: usize| case.chain.members().get(member).and_then(|m| m.key.as_ref());
            let outgoing = key(stretch.offerer) == Some(&case.me);
            let incoming = key(stretch.receiver) == Some(&case.me);
            match rows.remove(&stretch.offer) {
                Some(mut leg) if outgoing || incoming => {
                    let changed = self.bring(tx, case, stretch, &mut leg, hand, ids).await?;
                    if changed {
                        legs::put(tx, &mut leg, ids, self.now).await?;
                    }
                }
                None if incoming && stretch.state == Leg::Offered => {
                    self.offered(tx, case, stretch, key(stretch.offerer), ids).await?;
                }
                _ => {}
            }
        }
        Ok(())
    }

    /// Something was offered to us. Without its package it is not shown: that comes with the same envelope or the next.
    async fn offered(
        &self,
        tx: &mut Tx,
        case: &Case,
        stretch: &Stretch,
        offerer: Option<&Key>,
        ids: &mut Ids,
    ) -> Result<()> {
        let Some(offerer) = offerer.filter(|key| is_of(self.peer, key)) else { return Ok(()) };
        let Some(Link::Package(package)) = case.said(tx, offerer, stretch.package).await? else {
            return Ok(());
        };
        let leg = Handover {
            id: ids.next(HandoverId::new),
            chain: Some(case.row.id.clone()),
            offer: Some(stretch.offer),
            ticket: None,
            outgoing: false,
            supplier: None,
            offering: None,
            entitlement: None,
            peer: Some(self.peer.id),
            way: Way::Desk,
            party: self.peer.name.clone(),
            state: Leg::Offered,
            live: true,
            severity: package.about.severity,
            number: package.caller.number.chars().take(100).collect(),
            package: Json(*package),
            answer: String::new(),
            outcome: None,
            missing: Json(Default::default()),
            bounces: 0,
            expires_at: Some(stretch.expires),
            held_from: None,
            returned_at: None,
            due_at: stretch.expires,
            facts: Json(Vec::new()),
            chase_at: None,
            told_entry: None,
            version: 1,
            created_at: self.now,
            changed_at: self.now,
        };
        handovers::add(tx, &leg).await?;
        Ok(())
    }

    /// Moves one leg on; whether it moved.
    async fn bring(
        &self,
        tx: &mut Tx,
        case: &Case,
        stretch: &Stretch,
        leg: &mut Handover,
        hand: &mut Option<Hand>,
        ids: &mut Ids,
    ) -> Result<bool> {
        if leg.state == Leg::LetGo {
            return self.late(tx, case, stretch, leg, hand, ids).await;
        }
        let accepted = leg.state == Leg::Accepted && stretch.state == Leg::Offered;
        if leg.state == stretch.state || accepted {
            return Ok(false);
        }
        let was = leg.state;
        // Between two readings a leg may have gone out and come back: what it missed is made up.
        if let Some(from) = stretch.confirmed.filter(|_| leg.held_from.is_none()) {
            offer::held(leg, from);
            if !leg.outgoing {
                leg.ticket = case.row.ticket;
            }
        }
        match stretch.state {
            Leg::Returned if leg.outgoing => {
                let (Some(hash), Some(outcome)) = (stretch.answer, stretch.outcome) else { return Ok(false) };
                // The answer itself may come with the next envelope.
                let Some(answer) = case.answer(tx, stretch.receiver, hash).await? else { return Ok(false) };
                let back = case.chain.held().iter().rev().find(|held| held.member == stretch.offerer);
                let how = Back::heard(outcome, answer.missing.as_deref());
                steps::returned(leg, &answer.text, &how, back.map_or(self.now, |held| held.from));
                if let Some(hand) = hand {
                    let entry = self.partner_said(hand, leg, &answer.text, ids);
                    let said = (&answer.key, answer.hash, answer.files.as_slice());
                    self.files(tx, case, said, (leg.id, entry), ids).await?;
                }
            }
            state => leg.state = state,
        }
        let Some(hand) = hand else { return Ok(true) };
        if was != leg.state {
            hand.append(legs::moved(leg));
        }
        match leg.state {
            Leg::Declined | Leg::Expired | Leg::Withdrawn | Leg::Returned if leg.outgoing => {
                steps::ours_again(hand);
                steps::notify(tx, hand, ids, Occasion::Supplier, self.now).await?;
            }
            Leg::InProgress if !leg.outgoing => {
                hand.move_to(lifecycle::after_customer_wrote(hand.ticket.state), None);
            }
            Leg::SentBack if !leg.outgoing => {
                leg.told_entry = None;
                hand.move_to(State::Open, None);
                steps::notify(tx, hand, ids, Occasion::Answered, self.now).await?;
            }
            _ => {}
        }
        Ok(true)
    }

    /// What comes of a leg that was let go is kept and shown, and moves nothing; whether something came.
    async fn late(
        &self,
        tx: &mut Tx,
        case: &Case,
        stretch: &Stretch,
        leg: &mut Handover,
        hand: &mut Option<Hand>,
        ids: &mut Ids,
    ) -> Result<bool> {
        let (Some(hash), Some(outcome)) = (stretch.answer, stretch.outcome) else { return Ok(false) };
        if !leg.outgoing || leg.returned_at.is_some() {
            return Ok(false);
        }
        let Some(answer) = case.answer(tx, stretch.receiver, hash).await? else { return Ok(false) };
        leg.answer.clone_from(&answer.text);
        legs::came_back(leg, &Back::heard(outcome, answer.missing.as_deref()));
        leg.returned_at = Some(self.now);
        if let Some(hand) = hand {
            if !answer.text.is_empty() {
                let entry = self.partner_said(hand, leg, &answer.text, ids);
                let said = (&answer.key, answer.hash, answer.files.as_slice());
                self.files(tx, case, said, (leg.id, entry), ids).await?;
                steps::notify(tx, hand, ids, Occasion::Supplier, self.now).await?;
            }
            hand.append(legs::back(leg));
        }
        Ok(true)
    }

    /// A word of the other desk reaches the ticket.
    async fn word(
        &self,
        tx: &mut Tx,
        case: &Case,
        message: &Signed,
        hand: &mut Option<Hand>,
        ids: &mut Ids,
    ) -> Result<()> {
        let Content::Link(link) = &message.content else { return Ok(()) };
        if let Link::LetGo { offer, reason } = link {
            return letting::heard(tx, case, *offer, reason, hand, ids, self.now).await;
        }
        let mut rows = handovers::of_chain(tx, &case.row.id).await?;
        let theirs = |leg: &&mut Handover| {
            let stretch = leg.offer.and_then(|offer| case.chain.leg(offer));
            let is_of = |offer| stretch.is_some_and(|one| one.hash == offer);
            leg.peer == Some(self.peer.id) && !matches!(link, Link::Decline { offer, .. } if !is_of(*offer))
        };
        let Some(leg) = rows.iter_mut().rev().find(theirs) else { return Ok(()) };
        match link {
            Link::Package(_) | Link::Answer { .. } | Link::Accept { .. } | Link::LetGo { .. } => {
                return Ok(());
            }
            Link::Decline { reason, missing, .. } => {
                if missing.is_some() {
                    legs::came_back(leg, &Back::heard(Outcome::Declined, missing.as_deref()));
                }
                if let Some(hand) = hand {
                    self.partner_said(hand, leg, reason, ids);
                    if missing.is_some() {
                        hand.append(legs::back(leg));
                    }
                }
                leg.answer.clone_from(reason);
            }
            Link::Severity { severity, reason } => self.severity(leg, *severity, reason, hand, ids),
            Link::Chase {} => {
                let Some(hand) = hand else { return Ok(()) };
                self.partner_said(hand, leg, "", ids);
                steps::notify(tx, hand, ids, Occasion::Answered, self.now).await?;
                return Ok(());
            }
            Link::Text { text, files } if leg.outgoing => {
                theirs::heard(leg, self.now);
                if let Some(hand) = hand {
                    let entry = self.partner_said(hand, leg, text, ids);
                    self.files(tx, case, (&message.key, message.hash, files), (leg.id, entry), ids).await?;
                    steps::notify(tx, hand, ids, Occasion::Supplier, self.now).await?;
                }
            }
            // Who handed over to us is the customer here.
            Link::Text { text, files } => {
                let Some(hand) = hand else { return Ok(()) };
                let entry = ids.next(EntryId::new);
                hand.append_as(entry, Event::CustomerMessage(self.message(text, files)));
                self.files(tx, case, (&message.key, message.hash, files), (leg.id, entry), ids).await?;
                hand.index(Some(entry), Visibility::Public, &search::analyse(text, hand.ticket.lang));
                if hand.ticket.state != State::Closed {
                    hand.move_to(lifecycle::after_customer_wrote(hand.ticket.state), None);
                }
                steps::notify(tx, hand, ids, Occasion::Answered, self.now).await?;
                return Ok(());
            }
        }
        legs::put(tx, leg, ids, self.now).await
    }

    fn partner_said(&self, hand: &mut Hand, leg: &Handover, text: &str, ids: &mut Ids) -> EntryId {
        let entry = ids.next(EntryId::new);
        let event = Event::FromPartner { handover: leg.id, with: leg.party.clone(), text: text.to_owned() };
        hand.append_as(entry, event);
        if !text.is_empty() {
            hand.index(Some(entry), Visibility::Partners, &search::analyse(text, hand.ticket.lang));
        }
        entry
    }

    /// The other side says that it got worse or better. Who handed over to us is heard as a customer is.
    fn severity(
        &self,
        leg: &mut Handover,
        severity: Severity,
        reason: &str,
        hand: &mut Option<Hand>,
        ids: &mut Ids,
    ) {
        if leg.outgoing {
            return;
        }
        leg.severity = severity;
        let Some(hand) = hand else { return };
        if hand.ticket.severity != severity {
            hand.ticket.severity = severity;
            hand.append(Event::Classified { kind: None, service: None, severity: Some(severity) });
        }
        if !reason.is_empty() {
            self.partner_said(hand, leg, reason, ids);
        }
    }
}

fn step_line(step: &domain::handover::package::Tried) -> String {
    match (&step.skipped, step.finding.is_empty()) {
        (Some(why), _) => format!("– {} ({why})", step.text),
        (None, true) => format!("– {}", step.text),
        (None, false) => format!("– {}: {}", step.text, step.finding),
    }
}

/// A mail that answers one of ours to a supplier, or comes from there: the leg that it belongs to. The customer does
/// not read it.
pub(crate) async fn partner_mail(
    tx: &mut Tx,
    ticket: TicketId,
    answers: &[EntryId],
    from: Option<&str>,
) -> Result<Option<Handover>> {
    let mut legs = handovers::of_ticket(tx, ticket).await?;
    legs.retain(|leg| leg.outgoing && leg.way == Way::Mail && leg.state != Leg::Draft);
    if legs.is_empty() {
        return Ok(None);
    }
    for answered in answers {
        let Some(entry) = store::timeline::entry(tx, ticket, *answered).await? else { continue };
        let (Event::ToPartner { handover: named, .. } | Event::HandedOver { handover: named, .. }) =
            entry.event
        else {
            continue;
        };
        return Ok(legs.into_iter().find(|leg| leg.id == named));
    }
    let domain = |address: &str| address.rsplit_once('@').map(|(_, domain)| domain.to_lowercase());
    let Some(from) = from.and_then(domain) else { return Ok(None) };
    for leg in legs.into_iter().rev() {
        let Some(supplier) = leg.supplier else { continue };
        let supplier = store::suppliers::get(tx, supplier).await?;
        if supplier.and_then(|supplier| domain(&supplier.address)).as_deref() == Some(&from) {
            return Ok(Some(leg));
        }
    }
    Ok(None)
}

/// A word of a supplier that has only a mailbox.
pub(crate) async fn heard_by_mail(
    tx: &mut Tx,
    hand: &mut Hand,
    mut leg: Handover,
    entry: EntryId,
    text: &str,
    ids: &mut Ids,
    now: Timestamp,
) -> Result<()> {
    hand.append_as(
        entry,
        Event::FromPartner { handover: leg.id, with: leg.party.clone(), text: text.to_owned() },
    );
    legs::fact(&mut leg, ClockEvent::Answered, now);
    legs::put(tx, &mut leg, ids, now).await?;
    steps::notify(tx, hand, ids, Occasion::Supplier, now).await.map(drop)
}
