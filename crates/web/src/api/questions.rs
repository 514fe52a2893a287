//! Questions about invoices: the lines of its customer's invoices about which a ticket asks, and the draft of an answer.

use app::{
    App,
    questions::{self, Line},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{ContactId, DisputeId, InvoiceId, TicketId},
    lang::Lang,
    receivable::question::{Cause, Part, Sheet},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict},
    receivables::Amount,
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// A part of the difference to the invoice before.
#[derive(Debug, Serialize, ToSchema)]
struct InvoicePart {
    /// Why.
    #[schema(value_type = schema::InvoiceCause)]
    cause: Cause,
    /// How much more, or less.
    amount: Amount,
}

fn parts(sheet: &Sheet, parts: &[Part]) -> Vec<InvoicePart> {
    let part =
        |part: &Part| InvoicePart { cause: part.cause, amount: Amount::of(part.amount, sheet.currency) };
    parts.iter().map(part).collect()
}

/// A line about which a ticket asks.
#[derive(Debug, Serialize, ToSchema)]
struct AskedLine {
    /// Its place on the invoice, from 1.
    line: u32,
    /// What it is.
    description: String,
    /// How much of it.
    quantity: String,
    /// The price of one, without VAT.
    unit_price: String,
    /// Quantity times price, rounded once.
    net: Amount,
    /// The VAT on it.
    tax: Amount,
    /// Both.
    gross: Amount,
    /// Why it is another amount without VAT than on the invoice before: adds up to the difference.
    parts: Vec<InvoicePart>,
    /// When a contact said that it is right.
    accepted_at: Option<Timestamp>,
    /// Its last dispute.
    #[schema(value_type = Option<schema::DisputeId>)]
    dispute: Option<DisputeId>,
    /// The contact who disputed it in the portal.
    #[schema(value_type = Option<schema::ContactId>)]
    disputed_by: Option<ContactId>,
}

impl AskedLine {
    fn of(sheet: &Sheet, one: Line) -> Self {
        let (explained, currency) = (one.explained, sheet.currency);
        let (line, worth) = (explained.line, explained.worth);
        Self {
            line: explained.place,
            description: line.description,
            quantity: line.quantity.normalize().to_string(),
            unit_price: line.unit_price.normalize().to_string(),
            net: Amount::of(worth.net, currency),
            tax: Amount::of(worth.tax, currency),
            gross: Amount::of(worth.gross, currency),
            parts: parts(sheet, &explained.since.map(|since| since.parts).unwrap_or_default()),
            accepted_at: one.accepted.map(|(_, at)| at),
            disputed_by: one.dispute.as_ref().and_then(|dispute| dispute.contact),
            dispute: one.dispute.map(|dispute| dispute.id),
        }
    }
}

/// An invoice about which a ticket asks.
#[derive(Debug, Serialize, ToSchema)]
struct AskedInvoice {
    /// The invoice.
    #[schema(value_type = schema::InvoiceId)]
    invoice: InvoiceId,
    /// Its number.
    number: String,
    /// What it comes to with VAT.
    gross: Amount,
    /// The number of the customer's invoice before it; none if there is none that it can be set against.
    before: Option<String>,
    /// What that one came to.
    before_gross: Option<Amount>,
    /// Why it is another amount with VAT: adds up to the difference.
    parts: Vec<InvoicePart>,
    /// The lines.
    lines: Vec<AskedLine>,
}

/// What a ticket asks about.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Questions {
    /// The invoices, in the order in which they were linked.
    items: Vec<AskedInvoice>,
    /// The draft of an answer; empty while nothing is linked. Nothing of it is sent by itself.
    draft: String,
    /// Its language: that of whoever asked.
    #[schema(value_type = schema::Lang)]
    language: Lang,
}

/// Lists the lines of its customer's invoices about which a ticket asks, explained, with the draft of an answer.
#[utoipa::path(get, path = "/api/v1/tickets/{ticket}/invoice-lines", tag = "receivables", operation_id = "invoice_questions",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 200, description = "All of them.", body = Questions)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
) -> Answer<Json<Questions>> {
    let seen = questions::of_ticket(&app, &agent, id).await?;
    let items = seen.about.into_iter().map(|one| {
        let sheet = one.sheet;
        let (before, why) = one.before.unzip();
        AskedInvoice {
            invoice: one.invoice,
            number: sheet.number.clone(),
            gross: Amount::of(sheet.gross, sheet.currency),
            before_gross: before.as_ref().map(|before| Amount::of(before.gross, before.currency)),
            before: before.map(|before| before.number),
            parts: parts(&sheet, &why.map(|why| why.parts).unwrap_or_default()),
            lines: one.lines.into_iter().map(|line| AskedLine::of(&sheet, line)).collect(),
        }
    });
    Ok(Json(Questions { items: items.collect(), draft: seen.draft, language: seen.lang }))
}

/// A line to be linked.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LinkedLine {
    /// The number of the invoice.
    number: String,
    /// The line's place on it, from 1.
    line: u32,
}

/// What was linked.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct LineLinked {
    /// The invoice.
    #[schema(value_type = schema::InvoiceId)]
    invoice: InvoiceId,
}

/// Says that a ticket asks about a line of one of its customer's invoices. Said twice, it is said once.
#[utoipa::path(post, path = "/api/v1/tickets/{ticket}/invoice-lines", tag = "receivables", operation_id = "link_invoice_line",
    request_body = LinkedLine, params(("ticket" = inline(schema::TicketId), Path, description = "The ticket.")),
    responses((status = 201, description = "It is linked.", body = LineLinked,
        headers(("Location" = String, description = "What the ticket asks about.")))))]
pub(crate) async fn link(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<TicketId>,
    Strict(new): Strict<LinkedLine>,
) -> Answer<Created<Json<LineLinked>>> {
    let invoice = questions::link(&app, &agent, id, &new.number, new.line).await?;
    let location = format!("/api/v1/tickets/{id}/invoice-lines");
    Ok(Created { location, body: Json(LineLinked { invoice }) })
}

/// Says that a ticket does not ask about a line any more, also if it did not.
#[utoipa::path(delete, path = "/api/v1/tickets/{ticket}/invoice-lines/{invoice}/{line}", tag = "receivables",
    operation_id = "unlink_invoice_line",
    params(("ticket" = inline(schema::TicketId), Path, description = "The ticket."),
        ("invoice" = inline(schema::InvoiceId), Path, description = "The invoice."),
        ("line" = u32, Path, description = "The line's place on it, from 1.")),
    responses((status = 204, description = "It does not.")))]
pub(crate) async fn unlink(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, invoice, line)): Named<(TicketId, InvoiceId, u32)>,
) -> Answer<StatusCode> {
    questions::unlink(&app, &agent, id, invoice, line).await?;
    Ok(StatusCode::NO_CONTENT)
}
