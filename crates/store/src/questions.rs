//! Lines of invoices to customers about which tickets ask.

use domain::{
    access::{Reader, Tickets},
    id::{AgentId, ContactId, CustomerId, InvoiceId, TicketId},
};
use jiff::Timestamp;

use crate::{
    Error, Tx,
    circles::{Named, shown_to},
    params,
    people::changed,
    record, sql,
};

/// How many tickets are said to ask about an invoice.
const TICKETS: i64 = 100;

record! {
    /// A line about which a ticket asks.
    pub struct Asked {
        /// The ticket.
        pub ticket: TicketId,
        /// The invoice.
        pub invoice: InvoiceId,
        /// The line's place on it, from 1.
        pub line: u32,
        /// Whose invoice it is.
        pub customer: CustomerId,
        /// Who linked it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
        /// The contact who said that it is right.
        pub accepted_by: Option<ContactId>,
        /// When.
        pub accepted_at: Option<Timestamp>,
    }

    /// A ticket that asks about a line of an invoice.
    pub struct Asking {
        /// Its number.
        pub number: i64,
        /// Its subject.
        pub subject: String,
        /// The line's place, from 1.
        pub line: u32,
    }
}

macro_rules! asked {
    ($rest:literal) => {
        concat!(
            "SELECT a.ticket_id, a.invoice_id, a.line, a.customer_id, a.agent_id, a.at, a.accepted_by, a.accepted_at \
             FROM asked_lines a JOIN tickets t ON t.desk_id = $1 AND t.id = a.ticket_id AND t.customer_id = a.customer_id \
             WHERE a.desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk OF_TICKET = asked!("AND a.ticket_id = $2 ORDER BY a.at, a.invoice_id, a.line");
    desk OF_LINE = asked!("AND a.invoice_id = $2 AND a.line = $3 ORDER BY a.at DESC, a.ticket_id LIMIT 20");
    desk OF_CUSTOMER = asked!("AND a.customer_id = $2 ORDER BY a.at DESC, a.invoice_id, a.line LIMIT 20");
    desk ASKING = concat!("SELECT t.number, t.subject, a.line FROM asked_lines a \
        JOIN tickets t ON t.desk_id = $1 AND t.id = a.ticket_id AND t.customer_id = a.customer_id \
        WHERE a.desk_id = $1 AND a.invoice_id = $2 AND (CAST($5 AS TEXT) IS NULL OR t.kind = $5) AND ",
        shown_to!("$3", "$4"), " ORDER BY t.number DESC, a.line LIMIT $6");
    desk LINK = "INSERT INTO asked_lines (desk_id, ticket_id, invoice_id, line, customer_id, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)";
    desk UNLINK = "DELETE FROM asked_lines WHERE desk_id = $1 AND ticket_id = $2 AND invoice_id = $3 AND line = $4";
    desk ACCEPT = "UPDATE asked_lines SET accepted_by = $5, accepted_at = $6 \
        WHERE desk_id = $1 AND ticket_id = $2 AND invoice_id = $3 AND line = $4 AND accepted_at IS NULL";
}

/// The lines of the ticket's customer about which it asks, in the order in which they were linked.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Asked>, Error> {
    tx.query(&OF_TICKET, params![ticket]).await
}

/// The last 20 lines about which tickets of a customer ask, the newest first.
///
/// # Errors
/// As the database says.
pub async fn of_customer(tx: &mut Tx, customer: CustomerId) -> Result<Vec<Asked>, Error> {
    tx.query(&OF_CUSTOMER, params![customer]).await
}

/// Which tickets ask about a line, the newest first: the last 20.
///
/// # Errors
/// As the database says.
pub async fn of_line(tx: &mut Tx, invoice: InvoiceId, line: u32) -> Result<Vec<Asked>, Error> {
    tx.query(&OF_LINE, params![invoice, line]).await
}

/// Which tickets that are shown to a reader ask about lines of an invoice, the newest first; at most 100.
///
/// # Errors
/// As the database says.
pub async fn asking(tx: &mut Tx, reader: Reader, invoice: InvoiceId) -> Result<Vec<Asking>, Error> {
    let kind = match reader.rights.tickets() {
        Tickets::None => return Ok(Vec::new()),
        Tickets::Only(kind) => Some(kind),
        Tickets::All => None,
    };
    let Named { agent, pattern } = reader.into();
    tx.query(&ASKING, params![invoice, agent, pattern, kind, TICKETS]).await
}

/// Notes that a ticket asks about a line: nobody has said so yet, which is for the caller to see.
///
/// # Errors
/// As the database says.
pub async fn link(tx: &mut Tx, a: &Asked) -> Result<(), Error> {
    let row = params![a.ticket, a.invoice, a.line, a.customer, a.agent, a.at];
    tx.execute(&LINK, row).await.map(drop)
}

/// Notes that it does not any more; whether it did.
///
/// # Errors
/// As the database says.
pub async fn unlink(tx: &mut Tx, ticket: TicketId, invoice: InvoiceId, line: u32) -> Result<bool, Error> {
    Ok(tx.execute(&UNLINK, params![ticket, invoice, line]).await? > 0)
}

/// Notes that a contact says that the line is right.
///
/// # Errors
/// [`Error::Stale`] if that was said, or the ticket does not ask about it.
pub async fn accept(tx: &mut Tx, asked: &Asked, by: ContactId, at: Timestamp) -> Result<(), Error> {
    changed(tx.execute(&ACCEPT, params![asked.ticket, asked.invoice, asked.line, by, at]).await?)
}
