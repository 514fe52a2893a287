//! The customer's confirmation: work that costs something is charged for once somebody who may has agreed to it.

use std::sync::Arc;

use domain::{
    access::Permission,
    charging::{rules::check_frame, work::Answer},
    deed::Deed,
    id::{ApprovalId, ContactId, CustomerId, DeskId, TicketId},
    lang::Lang,
    offering::PriceUnit,
    ticket::{notice::Occasion, timeline::Party},
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Tx,
    charging::approvals::{self, Approval},
    queue::Job,
    records, statements,
};

use super::{NOTE, decide::current, rules_in, time::workable};
use crate::{Agent, App, Contact, Error, Ids, Result, audit, error, jobs, post, tickets::Hand};

/// What a customer is asked to agree to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// How many minutes it will take; the desk's rule if nothing is said. Not of an incident.
    pub estimate: Option<u32>,
    /// How many minutes are charged for at most.
    pub cap: Option<u32>,
    /// What is to be done, as the customer reads it.
    pub note: String,
}

/// Asks the customer to confirm work that costs something: by mail to everybody who may, and in the portal. It stands in
/// the place of what was asked before and nobody has answered.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Invalid`]; [`Error::Refused`] `nothing-to-confirm` where nothing is charged or no
/// price was agreed, `nobody-may-confirm` where the customer has no contact
/// who may and sees the ticket.
pub async fn ask(app: &App, agent: &Agent, id: TicketId, ask: Ask) -> Result<ApprovalId> {
    agent.require(Permission::ChargesLog)?;
    let note = error::body("note", &ask.note, NOTE)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let approval = ids.next(ApprovalId::new);
    let unit = Arc::new((agent.clone(), Ask { note, ..ask }, ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ask, ids) = &*unit;
                let mut ids = ids.clone();
                let ticket = workable(tx, agent, id).await?;
                let round = current(tx, &ticket, now).await?;
                super::lines::not_invoiced(tx, &round).await?;
                let (per, price) = round.entitlement.0.price().ok_or(Error::Refused("nothing-to-confirm"))?;
                let customer = ticket.customer.ok_or(Error::Refused("nothing-to-confirm"))?;
                if answerers(tx, customer, id).await?.is_empty() {
                    return Err(Error::Refused("nobody-may-confirm"));
                }
                let frame = match per {
                    PriceUnit::Hour => {
                        let (rules, _) = rules_in(tx).await?;
                        let estimate = ask.estimate.unwrap_or(rules.estimate);
                        let cap = ask.cap.unwrap_or(rules.cap.max(estimate));
                        check_frame(estimate, cap).map_err(|wrong| Error::invalid(wrong.field, wrong.why))?;
                        Some((estimate, cap))
                    }
                    PriceUnit::Incident | PriceUnit::Included | PriceUnit::Month => None,
                };
                let row = Approval {
                    id: approval,
                    ticket: id,
                    round: round.round,
                    customer,
                    answer: Answer::Asked,
                    per,
                    price: price.minor,
                    currency: price.currency.to_string(),
                    estimate: frame.map(|(estimate, _)| estimate),
                    cap: frame.map(|(_, cap)| cap),
                    note: ask.note.clone(),
                    asked_by: Some(agent.id),
                    asked_at: now,
                    answered_by: None,
                    answered_at: None,
                };
                put(tx, &row, &mut ids, now).await?;
                let what = json!({ "approval": approval });
                let act = audit::act(&mut ids, now, agent.actor(), Deed::ApprovalAsk, &id, what);
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    app.wake();
    Ok(approval)
}

/// Keeps what is asked, withdraws what nobody has answered, and has it mailed to everybody who may confirm it.
pub(super) async fn put(tx: &mut Tx, row: &Approval, ids: &mut Ids, now: Timestamp) -> Result<()> {
    for before in approvals::of_ticket(tx, row.ticket).await? {
        if before.answer == Answer::Asked {
            approvals::answer(tx, before.id, Answer::Withdrawn, None, now).await?;
        }
    }
    approvals::add(tx, row).await?;
    for contact in answerers(tx, row.customer, row.ticket).await? {
        store::queue::enqueue(tx, now, &jobs::approval(ids, row.id, contact, now)).await?;
    }
    Ok(())
}

/// Who may agree for a customer, and sees the ticket that it is about.
async fn answerers(tx: &mut Tx, customer: CustomerId, ticket: TicketId) -> Result<Vec<ContactId>> {
    let mut found = Vec::new();
    for contact in statements::may_acknowledge(tx, customer).await? {
        if store::tickets::contact_sees(tx, contact, ticket).await? {
            found.push(contact);
        }
    }
    Ok(found)
}

/// Takes back what was asked and nobody has answered.
///
/// # Errors
/// [`Error::NotFound`], [`Error::Forbidden`], [`Error::Stale`] if somebody has answered.
pub async fn withdraw(app: &App, agent: &Agent, id: ApprovalId) -> Result<()> {
    agent.require(Permission::ChargesLog)?;
    let now = app.now();
    let unit = Arc::new((agent.clone(), app.ids(now)));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (agent, ids) = &*unit;
                let asked = approvals::get(tx, id).await?.ok_or(Error::NotFound("approval"))?;
                workable(tx, agent, asked.ticket).await?;
                approvals::answer(tx, id, Answer::Withdrawn, None, now).await?;
                let what = json!({ "approval": id });
                let deed = Deed::ApprovalWithdraw;
                let act = audit::act(&mut ids.clone(), now, agent.actor(), deed, &asked.ticket, what);
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// What one of a contact's customers was asked, and whether the contact may answer.
#[derive(Clone, Debug, PartialEq)]
pub struct OfContact {
    /// What was asked.
    pub approval: Approval,
    /// Whether the contact may answer.
    pub may: bool,
    /// Who has answered, by name.
    pub answered_by: Option<String>,
}

/// What was asked about a ticket that the contact sees, the newest first.
///
/// # Errors
/// [`Error::NotFound`] for a ticket that is not there or not the contact's to see.
pub async fn of_contact(app: &App, contact: &Contact, number: i64) -> Result<Vec<OfContact>> {
    let id = contact.id;
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let ticket = store::tickets::by_number(tx, number).await?.ok_or(Error::NotFound("ticket"))?;
                if !store::tickets::contact_sees(tx, id, ticket.id).await? {
                    return Err(Error::NotFound("ticket"));
                }
                let theirs = statements::customers_of(tx, id).await?;
                let mut found = Vec::new();
                for approval in approvals::of_ticket(tx, ticket.id).await?.into_iter().rev() {
                    // What was withdrawn concerns nobody, and neither does what another customer was asked.
                    let Some((_, may)) = theirs.iter().find(|(customer, _)| *customer == approval.customer)
                    else {
                        continue;
                    };
                    if approval.answer == Answer::Withdrawn {
                        continue;
                    }
                    let answered_by = match approval.answered_by {
                        Some(by) => store::parties::contact(tx, by).await?.map(|contact| contact.name),
                        None => None,
                    };
                    found.push(OfContact { may: *may, answered_by, approval });
                }
                Ok(found)
            })
        })
        .await
}

/// Confirms or declines what a contact's customer was asked. The contact confirms what it has read: another estimate is
/// another request.
///
/// # Errors
/// [`Error::NotFound`] for what is not asked of a customer of the contact, or about a ticket that it does not see;
/// [`Error::Forbidden`] for a contact who may not agree for it; [`Error::Stale`] if it was answered or withdrawn.
pub async fn answer(app: &App, contact: &Contact, id: ApprovalId, confirms: bool) -> Result<i64> {
    let now = app.now();
    let unit = Arc::new((contact.clone(), app.ids(now)));
    let (told, number) = app
        .store
        .write(contact.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (contact, ids) = &*unit;
                let asked = approvals::get(tx, id).await?.ok_or(Error::NotFound("approval"))?;
                let theirs = statements::customers_of(tx, contact.id).await?;
                let may = theirs.iter().find(|(customer, _)| *customer == asked.customer);
                let (_, may) = may.ok_or(Error::NotFound("approval"))?;
                if !store::tickets::contact_sees(tx, contact.id, asked.ticket).await? {
                    return Err(Error::NotFound("approval"));
                }
                if !may {
                    return Err(Error::Forbidden);
                }
                let to = if confirms { Answer::Confirmed } else { Answer::Declined };
                approvals::answer(tx, id, to, Some(contact.id), now).await?;
                let mut more = ids.after();
                let what = json!({ "approval": id, "answer": to });
                let act =
                    audit::act(&mut more, now, contact.actor(), Deed::ApprovalAnswer, &asked.ticket, what);
                records::audit(tx, &act).await?;
                let hand = Hand::take(tx, asked.ticket, ids.clone(), now, contact.actor()).await?;
                let (number, assignee) = (hand.ticket.number, hand.ticket.assignee);
                if let Some(agent) = assignee {
                    let job = jobs::notify(&mut more, asked.ticket, agent, Occasion::Answered, now);
                    store::queue::enqueue(tx, now, &job).await?;
                }
                // What was resolved before anybody answered has its lines now.
                store::queue::enqueue(tx, now, &jobs::charge(&mut more, asked.ticket, now)).await?;
                Ok::<_, Error>((hand.put(tx, Deed::TicketChange).await?, number))
            })
        })
        .await?;
    app.live.tell(told);
    app.wake();
    Ok(number)
}

/// Mails what was asked to a contact who may answer, once, unless it was answered.
pub(crate) async fn mail(
    app: &App,
    desk: DeskId,
    id: ApprovalId,
    to: ContactId,
    job: &Job,
) -> Result<jobs::Outcome> {
    let found = app
        .store
        .read(desk, move |tx| {
            Box::pin(async move {
                let asked = approvals::get(tx, id).await?.filter(|asked| asked.answer == Answer::Asked);
                let Some(asked) = asked else { return Ok(None) };
                if !answerers(tx, asked.customer, asked.ticket).await?.contains(&to) {
                    return Ok(None);
                }
                let contact = store::parties::contact(tx, to).await?;
                Ok::<_, Error>(contact.and_then(|c| Some((asked, (c.name, c.lang), c.email?))))
            })
        })
        .await?;
    let Some((asked, (name, lang), email)): Option<(Approval, (String, Lang), _)> = found else {
        return Ok(jobs::Outcome::Done);
    };
    post::approval(app, desk, &asked, lang, Party { name, email: email.to_string() }, job).await
}
