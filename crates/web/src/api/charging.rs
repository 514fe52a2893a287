//! Charging for support: what a ticket is entitled to, time that was worked, prepaid contracts, what is to be invoiced.

use app::{
    App,
    charging::{self, Contract, Held, New, Sold},
};
use axum::{Json, extract::State};
use domain::{
    charging::{
        entitlement::Basis,
        lines::{Unit, What},
        prepaid::Holds,
        work::Answer as Answered,
    },
    id::{AgentId, ApprovalId, ChargeId, ContactId, CustomerId, PrepaidId, TicketId, TimeEntryId},
    money::Money,
    offering::PriceUnit,
    vehicle::wallet::Forecast,
};
use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};
use store::{
    charging::{Listed, approvals, time},
    prepaid::Named as Sale,
};
use text::Words;
use utoipa::ToSchema;

use super::{
    body::{Named, Paged, Params, Strict},
    cursor::{cursor, key},
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer, ui::charging::explained};

/// Time that was worked. An entry never changes: another one may stand in its place.
#[derive(Debug, Serialize, ToSchema)]
struct TimeEntry {
    /// Its id.
    #[schema(value_type = schema::TimeEntryId)]
    id: TimeEntryId,
    /// Whose work it was.
    #[schema(value_type = schema::AgentId)]
    agent: AgentId,
    /// On which day.
    day: String,
    /// For how many minutes.
    minutes: u32,
    /// How many of them count: full increments.
    charged: u32,
    /// How many of these prepaid contracts gave.
    prepaid: u32,
    /// Whether it is charged for.
    chargeable: bool,
    /// What was done.
    note: String,
    /// Why it is not charged for, or why it was put right.
    reason: String,
    /// When it was written.
    at: Timestamp,
}

impl From<time::TimeEntry> for TimeEntry {
    fn from(e: time::TimeEntry) -> Self {
        Self {
            id: e.id,
            agent: e.agent,
            day: e.day,
            minutes: e.minutes,
            charged: e.charged,
            prepaid: e.drawn.0.iter().map(|(_, minutes)| minutes).sum(),
            chargeable: e.chargeable,
            note: e.note,
            reason: e.reason,
            at: e.at,
        }
    }
}

/// What the customer was asked to agree to.
#[derive(Debug, Serialize, ToSchema)]
struct Approval {
    /// Its id.
    #[schema(value_type = schema::ApprovalId)]
    id: ApprovalId,
    /// Where it stands.
    #[schema(value_type = schema::ApprovalAnswer)]
    answer: Answered,
    /// What is counted.
    #[schema(value_type = schema::PriceUnit)]
    per: PriceUnit,
    /// What each costs.
    #[schema(value_type = schema::Money)]
    price: Money,
    /// The estimate in minutes; none for an incident.
    estimate: Option<u32>,
    /// How many minutes are charged for at most.
    cap: Option<u32>,
    /// What is to be done.
    note: String,
    /// When it was asked.
    asked_at: Timestamp,
    /// Who answered for the customer.
    #[schema(value_type = Option<schema::ContactId>)]
    answered_by: Option<ContactId>,
    /// When.
    answered_at: Option<Timestamp>,
}

impl From<approvals::Approval> for Approval {
    fn from(a: approvals::Approval) -> Self {
        Self {
            price: a.money(),
            id: a.id,
            answer: a.answer,
            per: a.per,
            estimate: a.estimate,
            cap: a.cap,
            note: a.note,
            asked_at: a.asked_at,
            answered_by: a.answered_by,
            answered_at: a.answered_at,
        }
    }
}

/// What a ticket is entitled to, and the time that went into its round. Minutes are those that count.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TicketCharging {
    /// In which way its work is paid; none for old mail.
    #[schema(value_type = Option<schema::ChargeBasis>)]
    basis: Option<Basis>,
    /// Why, as a sentence in the caller's language.
    why: String,
    /// All minutes.
    minutes: u32,
    /// Those that prepaid contracts gave.
    prepaid: u32,
    /// Those that are not charged for, as somebody said so.
    waived: u32,
    /// Those that the customer has agreed to pay.
    agreed: u32,
    /// Those that it has not: they are on no line.
    unconfirmed: u32,
    /// The entries, the oldest first.
    entries: Vec<TimeEntry>,
    /// What the customer was asked, the oldest first.
    approvals: Vec<Approval>,
}

/// What a ticket is entitled to and why, the time that went into it, and what its customer has confirmed. Nothing of it for
/// who does not see the ticket's internal notes.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/charging", tag = "charging", operation_id = "ticket_charging",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "What it is entitled to.", body = TicketCharging)))]
pub(crate) async fn of_ticket(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
) -> Answer<Json<TicketCharging>> {
    let of = charging::of_ticket(&app, &agent, id).await?.ok_or(app::Error::NotFound("ticket"))?;
    let why = of.entitlement.as_ref().map(|is| explained(Words::new(agent.lang), is).1);
    Ok(Json(TicketCharging {
        basis: of.entitlement.as_ref().map(domain::charging::entitlement::Entitlement::basis),
        why: why.unwrap_or_default(),
        minutes: of.sum.all,
        prepaid: of.sum.prepaid,
        waived: of.sum.waived,
        agreed: of.agreed,
        unconfirmed: of.over,
        entries: of.entries.into_iter().map(TimeEntry::from).collect(),
        approvals: of.approvals.into_iter().map(Approval::from).collect(),
    }))
}

/// Time to be written down.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewTimeEntry {
    /// On which day, such as `2026-03-31`; today if nothing is said.
    #[schema(value_type = Option<String>)]
    day: Option<Date>,
    /// For how many minutes.
    #[schema(minimum = 1, maximum = 1440)]
    minutes: u32,
    /// What was done.
    note: String,
    /// Whether it is charged for; yes if nothing is said.
    chargeable: Option<bool>,
    /// Why not; only then needed.
    #[serde(default)]
    reason: String,
}

/// The id of what was written.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct TimeEntryMade {
    /// The entry.
    #[schema(value_type = schema::TimeEntryId)]
    id: TimeEntryId,
}

/// Writes down time that the token's agent has worked on a ticket.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/time-entries", tag = "charging", request_body = NewTimeEntry,
    operation_id = "log_time", params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 201, description = "The entry.", body = TimeEntryMade, headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn log(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    Strict(new): Strict<NewTimeEntry>,
) -> Answer<Created<Json<TimeEntryMade>>> {
    let NewTimeEntry { day, minutes, note, chargeable, reason } = new;
    let new = New { day, minutes, note, chargeable: chargeable.unwrap_or(true), reason };
    let entry = charging::log(&app, &agent, id, new).await?;
    Ok(Created {
        location: format!("/api/v1/tickets/{id}/charging"),
        body: Json(TimeEntryMade { id: entry }),
    })
}

/// A line that waits for an invoice.
#[derive(Debug, Serialize, ToSchema)]
struct Charge {
    /// Its id.
    #[schema(value_type = schema::ChargeId)]
    id: ChargeId,
    /// Whose.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// For which ticket.
    #[schema(value_type = schema::TicketId)]
    ticket: TicketId,
    /// For which round of it: how often it was resolved.
    round: i64,
    /// The day of the last work, or of the resolution.
    day: String,
    /// What it is for.
    #[schema(value_type = schema::ChargeWhat)]
    what: What,
    /// The same in the customer's language.
    description: String,
    /// What is counted.
    #[schema(value_type = schema::ChargeUnit)]
    unit: Unit,
    /// How much of it, with two digits.
    quantity: String,
    /// What each costs.
    #[schema(value_type = schema::Money)]
    price: Money,
    /// What it comes to.
    #[schema(value_type = schema::Money)]
    amount: Money,
}

impl From<Listed> for Charge {
    fn from(Listed { charge: c, .. }: Listed) -> Self {
        Self {
            price: c.money(c.price),
            amount: c.money(c.amount),
            quantity: format!("{}.{:02}", c.quantity / 100, c.quantity % 100),
            id: c.id,
            customer: c.customer,
            ticket: c.ticket,
            round: c.round,
            day: c.day,
            what: c.what,
            description: c.description,
            unit: c.unit,
        }
    }
}

/// A page of lines.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Charges {
    /// The lines, the oldest first.
    items: Vec<Charge>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists what is to be invoiced for support, the oldest first. Lines that cost nothing are among them.
#[utoipa::path(get, path = "/api/v1/charges", tag = "charging", operation_id = "charges", params(Paged),
    responses((status = 200, description = "A page.", body = Charges)))]
pub(crate) async fn charges(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<Charges>> {
    let after: Option<ChargeId> = key("charges", asked.cursor.as_deref())?;
    let mut found = charging::open_lines(&app, &agent, None, after, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("charges", &last.charge.id));
    Ok(Json(Charges { items: found.into_iter().map(Charge::from).collect(), next }))
}

/// What a customer has paid for before.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Prepaid {
    /// Its id.
    #[schema(value_type = schema::PrepaidId)]
    id: PrepaidId,
    /// Whose.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// What the desk calls it.
    name: String,
    /// What it holds.
    #[schema(value_type = schema::PrepaidHolds)]
    holds: Holds,
    /// What is left: minutes, or incidents.
    left: u32,
    /// Whether that is little, by the desk's rules.
    low: bool,
    /// When it will be used up if it goes on as in the last 90 days; none if that is not known, or later than its end.
    runs_out_at: Option<Timestamp>,
    /// From when it holds.
    from: Timestamp,
    /// Until when; none is for ever.
    to: Option<Timestamp>,
    /// Rises with every change of the contract, not with those of what is left.
    version: i64,
}

impl From<Held> for Prepaid {
    fn from(Held { named: Sale { prepaid: p, .. }, forecast, low, .. }: Held) -> Self {
        Self {
            id: p.id,
            customer: p.customer,
            name: p.name,
            holds: p.holds,
            left: p.balance,
            low,
            runs_out_at: match forecast {
                Forecast::RunsOut(at) => Some(at),
                Forecast::Unlimited | Forecast::Empty | Forecast::Unknown | Forecast::Lasts => None,
            },
            from: p.from,
            to: p.to,
            version: p.version,
        }
    }
}

/// A page of contracts.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct PrepaidContracts {
    /// The contracts, the newest first.
    items: Vec<Prepaid>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists what customers have paid for before, the newest first.
#[utoipa::path(get, path = "/api/v1/prepaid", tag = "charging", operation_id = "prepaid_contracts", params(Paged),
    responses((status = 200, description = "A page.", body = PrepaidContracts)))]
pub(crate) async fn contracts(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<PrepaidContracts>> {
    let before: Option<PrepaidId> = key("prepaid", asked.cursor.as_deref())?;
    let mut found = charging::contracts(&app, &agent, before, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("prepaid", &last.named.prepaid.id));
    Ok(Json(PrepaidContracts { items: found.into_iter().map(Prepaid::from).collect(), next }))
}

/// A prepaid contract.
#[utoipa::path(get, path = "/api/v1/prepaid/{prepaid}", tag = "charging", operation_id = "prepaid_contract",
    params(("prepaid" = inline(schema::PrepaidId), Path, description = "The contract.")),
    responses((status = 200, description = "The contract.", body = Prepaid)))]
pub(crate) async fn contract(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PrepaidId>,
) -> Answer<Json<Prepaid>> {
    Ok(Json(charging::contract(&app, &agent, id).await?.into()))
}

/// A contract that is sold.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPrepaid {
    /// To whom.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// What the desk calls it.
    name: String,
    /// What it holds.
    #[schema(value_type = schema::PrepaidHolds)]
    holds: Holds,
    /// How much: minutes in full quarters of an hour, or incidents.
    #[schema(minimum = 1, maximum = 1000000)]
    units: u32,
    /// From when it holds; from now on if nothing is said.
    from: Option<Timestamp>,
    /// Until when; for ever if nothing is said.
    to: Option<Timestamp>,
}

/// Sells a prepaid contract to a customer.
#[utoipa::path(post, path = "/api/v1/prepaid", tag = "charging", operation_id = "sell_prepaid", request_body = NewPrepaid,
    responses((status = 201, description = "The contract.", body = Prepaid, headers(("Location" = String, description = "Where it is.")))))]
pub(crate) async fn sell(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewPrepaid>,
) -> Answer<Created<Json<Prepaid>>> {
    let NewPrepaid { customer, name, holds, units, from, to } = new;
    let sold = Sold { customer, holds, units, contract: Contract { name, from, to } };
    let id = charging::sell(&app, &agent, sold).await?;
    let body = Json(charging::contract(&app, &agent, id).await?.into());
    Ok(Created { location: format!("/api/v1/prepaid/{id}"), body })
}
