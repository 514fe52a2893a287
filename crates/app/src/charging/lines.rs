//! What is to be invoiced for support.

use std::{collections::BTreeMap, sync::Arc};

use domain::{
    access::Permission,
    charging::{
        entitlement::Entitlement,
        lines::{Line, What, settle as rule},
        work::Agreement,
    },
    deed::Deed,
    id::{ChargeId, CustomerId, DeskId, TicketId},
    money::Currency,
    receivable::invoice::{self, Vat},
    ticket::lifecycle::State as TicketState,
    vehicle::wallet::Act,
};
use jiff::Timestamp;
use rust_decimal::Decimal;
use serde_json::json;
use store::{
    Tx,
    charging::{
        self, Charge, Listed, Round, State,
        approvals::{self, Approval},
        time,
    },
    parties::Customer,
    records,
    tickets::Ticket,
};
use text::Words;

use super::{decide, prepaid, rules_in, work_of};
use crate::{Agent, App, Error, Ids, Result, audit, jobs, receivables, who::zone};

/// How many lines a page has at most, and how many an export.
const PAGE: i64 = 100;
const MOST: i64 = 10_000;
/// As much of a description as a line of an invoice has, in characters.
const DESCRIPTION: usize = 300;

/// Passes if no line of a round stands on an invoice.
pub(super) async fn not_invoiced(tx: &mut Tx, round: &Round) -> Result<()> {
    let lines = charging::of_ticket(tx, round.ticket).await?;
    let invoiced = |line: &Charge| line.round == round.round && line.state == State::Invoiced;
    if lines.iter().any(invoiced) { Err(Error::Refused("charge-invoiced")) } else { Ok(()) }
}

/// Makes the lines of a ticket that was resolved or closed, or makes them anew. What stands on an invoice stays.
pub(crate) async fn settle(app: &App, desk: DeskId, id: TicketId) -> Result<jobs::Outcome> {
    let now = app.now();
    let unit = Arc::new(app.ids(now));
    app.store
        .write(desk, move |tx| {
            let mut ids = (*unit).clone();
            Box::pin(async move {
                let ticket = store::tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
                let ended = matches!(ticket.state, TicketState::Resolved | TicketState::Closed);
                for (place, round) in charging::rounds(tx, id).await?.into_iter().enumerate() {
                    let newest = place == 0 && (ended || round.settled_at.is_some());
                    // Of what came back, the round before may have been confirmed since.
                    if !newest && round.unconfirmed == 0 {
                        continue;
                    }
                    match not_invoiced(tx, &round).await {
                        Err(Error::Refused(_)) => {}
                        other => {
                            other?;
                            make(tx, &ticket, round, &mut ids, now).await?;
                        }
                    }
                }
                Ok::<_, Error>(())
            })
        })
        .await?;
    Ok(jobs::Outcome::Done)
}

async fn make(tx: &mut Tx, ticket: &Ticket, mut round: Round, ids: &mut Ids, now: Timestamp) -> Result<()> {
    let (rules, _) = rules_in(tx).await?;
    let all = time::of_ticket(tx, ticket.id).await?;
    let entries: Vec<_> = time::holding(&all).into_iter().filter(|e| e.round == round.round).collect();
    let mut asked = approvals::of_ticket(tx, ticket.id).await?;
    asked.retain(|approval| approval.round == round.round);
    let agreements: Vec<Agreement> = asked.iter().map(Approval::agreement).collect();
    let work: Vec<_> = entries.iter().map(|entry| work_of(entry)).collect();
    let settled = rule(&round.entitlement.0, &work, &agreements, rules.currency);
    if let Some((contract, key)) = decide::held(&round) {
        prepaid::take(tx, contract, Act::Consume, 1, &decide::case(key, ticket.id, now)).await?;
    }
    charging::void(tx, ticket.id, round.round).await?;
    if let Some(customer) = ticket.customer {
        let customer = store::parties::customer(tx, customer).await?.ok_or(Error::NotFound("customer"))?;
        let today = now.to_zoned(zone(&customer.timezone)).date().to_string();
        let day = entries.iter().map(|entry| entry.day.as_str()).max().unwrap_or(&today).to_owned();
        for line in &settled.lines {
            charging::add(tx, &charge(ticket, &round, &customer, line, &day, ids, now)).await?;
        }
    }
    // What is made anew was resolved when it was.
    round.settled_at = round.settled_at.or(Some(now));
    round.unconfirmed = settled.unconfirmed.max(settled.unconfirmed_incident.into());
    Ok(charging::set_round(tx, &round).await?)
}

fn charge(
    ticket: &Ticket,
    round: &Round,
    customer: &Customer,
    line: &Line,
    day: &str,
    ids: &mut Ids,
    now: Timestamp,
) -> Charge {
    Charge {
        id: ids.next(ChargeId::new),
        ticket: ticket.id,
        round: round.round,
        customer: customer.id,
        day: day.to_owned(),
        what: line.what,
        description: description(Words::new(customer.lang), ticket, &round.entitlement.0, line.what),
        lang: customer.lang,
        unit: line.unit,
        quantity: line.quantity,
        price: line.price.minor,
        amount: line.amount.minor,
        currency: line.price.currency.to_string(),
        state: State::Open,
        invoice: None,
        made_at: now,
    }
}

/// A line as its customer reads it.
fn description(words: Words, ticket: &Ticket, entitlement: &Entitlement, what: What) -> String {
    let name = match entitlement {
        Entitlement::Plan { name, .. }
        | Entitlement::Pack { name, .. }
        | Entitlement::Prepaid { name, .. } => name.as_str(),
        Entitlement::Incident { .. }
        | Entitlement::Hourly { .. }
        | Entitlement::Free { .. }
        | Entitlement::Microsoft { .. }
        | Entitlement::Ask { .. } => "",
    };
    let number = ticket.number.to_string();
    let (what, subject) = (words.word("charge-line", what.word()), ticket.subject.as_str());
    if name.is_empty() {
        let args = [("number", number.into()), ("subject", subject.into()), ("what", what.into())];
        return words.f("charge-description", &args);
    }
    let args = [
        ("number", number.into()),
        ("subject", subject.into()),
        ("what", what.into()),
        ("name", name.into()),
    ];
    words.f("charge-description-named", &args)
}

/// A page of the lines that wait for an invoice, the oldest first: those after the given one, of one customer if it is
/// given.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn open_lines(
    app: &App,
    agent: &Agent,
    customer: Option<CustomerId>,
    after: Option<ChargeId>,
    limit: i64,
) -> Result<Vec<Listed>> {
    agent.require(Permission::ChargesManage)?;
    let reader = agent.reader();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let mut lines = charging::open(tx, customer, after, limit.clamp(1, PAGE + 1)).await?;
                conceal(tx, reader, &mut lines).await;
                Ok(lines)
            })
        })
        .await
}

/// What is for named people only is told to nobody else: its line has the number, and no subject.
async fn conceal(tx: &mut Tx, reader: domain::access::Reader, lines: &mut [Listed]) {
    for line in lines {
        if crate::post::shown(tx, reader, Some(line.charge.ticket), "ticket").await.is_err() {
            line.charge.description = format!("#{}", line.number);
        }
    }
}

/// Puts the lines that wait onto their customers' drafts, each once, with the customer's VAT, or this one where that is not
/// known; how many drafts that were. A line that
/// costs nothing tells the customer what was done for it.
///
/// # Errors
/// [`Error::Forbidden`]; `no-seller` while nobody said who the desk is; `bad-vat`; [`Error::Invalid`] for a draft that would have too
/// many lines.
pub async fn to_drafts(app: &App, agent: &Agent, customer: Option<CustomerId>, vat: Vat) -> Result<usize> {
    agent.require(Permission::ChargesManage)?;
    agent.require(Permission::ReceivablesManage)?;
    if !vat.is_sound() {
        return Err(Error::invalid("rate", "bad-vat"));
    }
    let (now, reader) = (app.now(), agent.reader());
    let ids = app.ids(now);
    let unit = Arc::new((agent.actor(), ids));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (actor, ids) = &*unit;
                let mut ids = ids.clone();
                let mut waiting = charging::open(tx, customer, None, PAGE).await?;
                conceal(tx, reader, &mut waiting).await;
                let mut drafts: BTreeMap<(CustomerId, Currency), Vec<invoice::Line>> = BTreeMap::new();
                for Listed { charge, .. } in &waiting {
                    let price = charge.money(charge.price);
                    let line = invoice::Line {
                        description: charge.description.chars().take(DESCRIPTION).collect(),
                        quantity: Decimal::new(charge.quantity.into(), 2),
                        unit_price: invoice::decimal(price),
                        vat,
                        origin: Some(invoice::Origin::Charge(charge.id.to_string())),
                    };
                    drafts.entry((charge.customer, price.currency)).or_default().push(line);
                }
                for ((customer, currency), lines) in &mut drafts {
                    if let Some(known) = receivables::vat_of(tx, *customer).await? {
                        lines.iter_mut().for_each(|line| line.vat = known);
                    }
                    let draft =
                        receivables::add_lines(tx, &mut ids, now, *customer, *currency, lines).await?;
                    if let Some(draft) = draft {
                        let data = json!({ "charges": lines.len() });
                        let act = audit::act(&mut ids, now, *actor, Deed::InvoiceChange, &draft, data);
                        records::audit(tx, &act).await?;
                    }
                }
                Ok(drafts.len())
            })
        })
        .await
}

/// The lines that wait for an invoice as a table: UTF-8, one row each, amounts with a point.
///
/// # Errors
/// [`Error::Forbidden`].
pub async fn to_csv(app: &App, agent: &Agent, customer: Option<CustomerId>) -> Result<Vec<u8>> {
    agent.require(Permission::ChargesManage)?;
    let reader = agent.reader();
    let lines: Vec<Listed> = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let mut lines = charging::open(tx, customer, None, MOST).await?;
                conceal(tx, reader, &mut lines).await;
                Ok::<_, Error>(lines)
            })
        })
        .await?;
    let mut table = csv::Writer::from_writer(Vec::new());
    table
        .write_record([
            "id",
            "customer",
            "customer_name",
            "ticket",
            "round",
            "day",
            "what",
            "description",
            "unit",
            "quantity",
            "unit_price",
            "amount",
            "currency",
        ])
        .map_err(Error::internal)?;
    for Listed { charge, customer, number } in &lines {
        let figure = |minor| charge.money(minor).to_string().split(' ').next().unwrap_or_default().to_owned();
        table
            .write_record([
                charge.id.to_string(),
                charge.customer.to_string(),
                harmless(customer),
                number.to_string(),
                charge.round.to_string(),
                charge.day.clone(),
                charge.what.word().to_owned(),
                harmless(&charge.description),
                charge.unit.word().to_owned(),
                format!("{}.{:02}", charge.quantity / 100, charge.quantity % 100),
                figure(charge.price),
                figure(charge.amount),
                charge.currency.clone(),
            ])
            .map_err(Error::internal)?;
    }
    table.into_inner().map_err(|error| Error::internal(error.into_error()))
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    match text.chars().next() {
        Some('=' | '+' | '-' | '@' | '\t' | '\r') => format!("'{text}"),
        Some(_) | None => text.to_owned(),
    }
}
