//! Old mail: how the messages of a desk's archive find each other, which name no id that we signed.
//!
//! Only what an import took in is found by its Message-ID, and only by what an import takes in: who hands over an
//! archive vouches for it, while live mail could name any id that its sender has seen or guessed.

use domain::{
    access::Visibility,
    deed::Deed,
    email_address::EmailAddress,
    id::{ContactId, TicketId},
    ticket::{
        intake::Outcome,
        lifecycle,
        timeline::{Actor, Event},
    },
};
use sha2::{Digest, Sha256};
use store::{
    Tx, inbox,
    tickets::{Lane, Ticket},
};

use super::{Done, Work};
use crate::{Result, post};

/// How many recipients are looked up: a mail to hundreds is no conversation.
const RECIPIENTS: usize = 50;

/// What an imported message says of its place in the archive.
pub(super) struct Place {
    /// Its own Message-ID, hashed.
    pub(super) id: Option<[u8; 32]>,
    /// Those that it answers, the nearest first.
    answers: Vec<[u8; 32]>,
    /// To whom it went.
    recipients: Vec<EmailAddress>,
}

impl Place {
    pub(super) fn of(m: &mail::Message) -> Self {
        let named = m.in_reply_to.iter().chain(m.references.iter().rev());
        let mut answers: Vec<_> = named.map(|id| hash(id)).collect();
        answers.dedup();
        Self {
            id: m.message_id.as_deref().map(hash),
            answers,
            recipients: m
                .to
                .iter()
                .chain(&m.cc)
                .take(RECIPIENTS)
                .filter_map(|a| a.email.parse().ok())
                .collect(),
        }
    }

    /// The ticket of the conversation to which it belongs: one of an imported message that it answers, whose requester,
    /// follower or customer wrote it or got it.
    pub(super) async fn ticket(&self, tx: &mut Tx, contact: Option<ContactId>) -> Result<Option<Ticket>> {
        for answered in &self.answers {
            for (id, _) in inbox::imported(tx, answered).await? {
                let Some(ticket) = store::tickets::get(tx, id).await? else { continue };
                if post::knows(tx, &ticket, contact).await? || self.reached(tx, &ticket).await? {
                    return Ok(Some(ticket));
                }
            }
        }
        Ok(None)
    }

    /// Whether somebody whom the ticket knows got it.
    pub(super) async fn reached(&self, tx: &mut Tx, ticket: &Ticket) -> Result<bool> {
        for address in &self.recipients {
            let contact = store::parties::contact_by_email(tx, address).await?;
            if post::knows(tx, ticket, contact.map(|c| c.id)).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn hash(id: &str) -> [u8; 32] {
    Sha256::digest(id).into()
}

impl Work {
    /// Puts down what the desk answered then. It went out then, so nothing goes out now.
    pub(super) async fn answer(&self, tx: &mut Tx, ticket: TicketId) -> Result<Done> {
        let agent = match &self.from {
            Some((email, _)) => store::people::agent_by_email(tx, email).await?,
            None => None,
        };
        let actor = agent.map_or(Actor::System, |agent| Actor::Agent(agent.id));
        let mut hand = self.take(tx, ticket, actor).await?;
        hand.append_as(self.entry, Event::Reply(self.message.clone()));
        hand.attach(self.entry, &self.files);
        hand.index(Some(self.entry), Visibility::Public, &self.text_terms);
        if !self.leaves_be(&hand.ticket) {
            hand.move_to(lifecycle::after_answer(hand.ticket.state), None);
        }
        let change = hand.put(tx, Deed::TicketImportedAnswer).await?;
        let done = self.finish(tx, Outcome::Reply, None, Some(ticket), Some(self.entry)).await?;
        Ok(Done { change: Some(change), ..done })
    }

    /// Whether this message must not move a ticket: old mail undoes nothing that is done, and stops no clock.
    pub(super) fn leaves_be(&self, ticket: &Ticket) -> bool {
        self.envelope.archive && (ticket.lane == Lane::Done || ticket.is_promised())
    }
}
