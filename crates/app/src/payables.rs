//! What suppliers bill the desk: invoices, what is due, payments, and where each amount comes from.

mod import;
mod owing;
mod table;

use std::collections::HashMap;

use domain::{
    access::Permission,
    billing::{
        invoice::{self, Kind, Reconciled, Standing, Sums, WARN_WORKING_DAYS, due_at_microsoft},
        line::Line,
    },
    clock::Calendar,
    deed::Deed,
    id::{AgentId, SupplierId, SupplierInvoiceId, SupplierPaymentId},
    money::Money,
    party::supplier::SupplierKind,
};
pub use import::{Broken, Imported, MOST_BYTES, document, import, remove_file};
use jiff::{ToSpan as _, civil::Date, tz::TimeZone};
pub use owing::{Limited, NewLimit, limits, set_limit};
pub(crate) use owing::{mail, sweep};
use serde_json::json;
use store::{
    Json, Tx,
    payables::{self, Invoice, Lines, Payment, Share, SupplierFile},
    people, records, suppliers,
};

use crate::{Agent, App, Error, Result, audit, error::line as one_line, who};

/// The longest number of an invoice, and reference of a payment, in characters.
const NUMBER: usize = 100;
/// The longest remark, in characters.
const REMARK: usize = 1_000;
/// How many invoices of which something is open are looked at.
const OPEN: i64 = 500;
/// How many rows of lines of a customer are compared.
const COMPARED: i64 = 2_000;

/// How near the day is until which something has to be paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Due {
    /// Working days until then; none if it is past.
    pub left: Option<u32>,
    /// Whether somebody should see to it.
    pub warned: bool,
}

/// An invoice, with what is computed from what is there.
#[derive(Clone, Debug)]
pub struct Payable {
    /// The invoice.
    pub invoice: Invoice,
    /// What is open.
    pub open: Money,
    /// Where it stands.
    pub standing: Standing,
    /// Whether its lines add up to it.
    pub reconciled: Reconciled,
    /// How near it is due, if something is open.
    pub due: Option<Due>,
}

/// By what days are counted.
#[derive(Clone, Debug)]
pub(crate) struct Days {
    pub(crate) today: Date,
    zone: TimeZone,
    calendar: Option<Calendar>,
    now: jiff::Timestamp,
}

impl Days {
    pub(crate) async fn of_desk(tx: &mut Tx, now: jiff::Timestamp) -> Result<Self> {
        let (settings, _) = people::settings(tx).await?;
        let zone = who::zone(&settings.timezone);
        let calendar = match settings.calendar {
            Some(id) => people::calendar(tx, id).await?.and_then(|row| Calendar::try_from(row.spec.0).ok()),
            None => None,
        };
        Ok(Self { today: zone.to_datetime(now).date(), zone, calendar, now })
    }

    pub(crate) fn until(&self, due: Date) -> Due {
        if due < self.today {
            return Due { left: None, warned: true };
        }
        let at = due.to_zoned(self.zone.clone()).map_or(self.now, |day| day.timestamp());
        let left = match &self.calendar {
            Some(calendar) => calendar.working_days(self.now, at),
            None => self.today.until(due).map_or(0, |span| u32::try_from(span.get_days()).unwrap_or(0)),
        };
        Due { left: Some(left), warned: left <= WARN_WORKING_DAYS }
    }
}

impl Payable {
    fn of(invoice: Invoice, days: &Days) -> Self {
        let total = invoice.money();
        let (open, standing) =
            invoice::standing(total, invoice.paid, invoice.is_void, invoice.due, days.today);
        let is_open = matches!(standing, Standing::Open | Standing::Overdue);
        Self {
            open,
            standing,
            reconciled: invoice::reconcile(total, &invoice.sums.0),
            due: is_open.then(|| days.until(invoice.due)),
            invoice,
        }
    }
}

/// What is entered of an invoice.
#[derive(Clone, Debug)]
pub struct NewInvoice {
    /// Whose.
    pub supplier: SupplierId,
    /// The supplier's number.
    pub number: String,
    /// What kind of document it is.
    pub kind: Kind,
    /// The number of the invoice that it takes back or replaces; empty for none.
    pub amends: String,
    /// Its date.
    pub dated: Date,
    /// Until when it has to be paid; without one, sixty days after its date.
    pub due: Option<Date>,
    /// The first day that it bills.
    pub begins: Option<Date>,
    /// The last one.
    pub ends: Option<Date>,
    /// Its total.
    pub total: Money,
    /// What agents should know; may be empty.
    pub remark: String,
}

/// Enters an invoice of a supplier.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`] for the supplier, [`Error::Invalid`]; a number that is there already is `taken`.
pub async fn add(app: &App, agent: &Agent, new: NewInvoice) -> Result<SupplierInvoiceId> {
    agent.require(Permission::PayablesManage)?;
    let now = app.now();
    let mut ids = app.ids(now);
    let id = ids.next(SupplierInvoiceId::new);
    let number = one_line("number", &new.number, NUMBER)?;
    let amends = match new.amends.trim() {
        "" if new.kind != Kind::Invoice => return Err(Error::invalid("amends", "required")),
        "" => None,
        amends => Some(one_line("amends", amends, NUMBER)?),
    };
    if matches!((new.begins, new.ends), (Some(begins), Some(ends)) if ends < begins) {
        return Err(Error::invalid("ends", "not-after"));
    }
    if new.due.is_some_and(|due| due < new.dated) {
        return Err(Error::invalid("due", "not-after"));
    }
    let invoice = Invoice {
        id,
        supplier: new.supplier,
        number,
        kind: new.kind,
        amends,
        dated: new.dated,
        due: new.due.unwrap_or_else(|| due_at_microsoft(new.dated)),
        begins: new.begins,
        ends: new.ends,
        total: new.total.minor,
        currency: new.total.currency,
        remark: remark(&new.remark)?,
        sums: Json(Sums::default()),
        lines: 0,
        version: 1,
        created_at: now,
        paid: 0,
        is_void: false,
        supplier_name: String::new(),
    };
    let data = json!({ "supplier": new.supplier });
    let act = audit::act(&mut ids, now, agent.actor(), Deed::PayableAdd, &id, data);
    app.store
        .write(agent.desk, move |tx| {
            let (invoice, act) = (invoice.clone(), act.clone());
            Box::pin(async move {
                suppliers::get(tx, invoice.supplier).await?.ok_or(Error::NotFound("supplier"))?;
                payables::add(tx, &invoice).await.map_err(|error| match error {
                    error if error.is_taken("supplier_invoices", "number") => {
                        Error::invalid("number", "taken")
                    }
                    error => error.into(),
                })?;
                Ok::<_, Error>(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(id)
}

fn remark(text: &str) -> Result<String> {
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    crate::error::body("remark", text, REMARK)
}

/// Changes what may change of an invoice: until when it has to be paid, and the remark.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Stale`], [`Error::Invalid`]. Microsoft's due date is not ours to change.
pub async fn change(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    due: Date,
    note: &str,
    version: i64,
) -> Result<()> {
    agent.require(Permission::PayablesManage)?;
    let note = remark(note)?;
    let now = app.now();
    let act =
        audit::act(&mut app.ids(now), now, agent.actor(), Deed::PayableChange, &id, json!({ "due": due }));
    app.store
        .write(agent.desk, move |tx| {
            let (note, act) = (note.clone(), act.clone());
            Box::pin(async move {
                let before = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let supplier =
                    suppliers::get(tx, before.supplier).await?.ok_or(Error::NotFound("supplier"))?;
                if due < before.dated {
                    return Err(Error::invalid("due", "not-after"));
                }
                if due > before.due && supplier.kind == SupplierKind::Microsoft {
                    return Err(Error::invalid("due", "not-allowed"));
                }
                payables::update(tx, &Invoice { due, remark: note, version, ..before }).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await
}

/// Enters a payment. Less than nothing takes one back.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`], [`Error::Invalid`].
pub async fn pay(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    amount: Money,
    paid_on: Date,
    reference: &str,
) -> Result<SupplierPaymentId> {
    agent.require(Permission::PayablesManage)?;
    if amount.minor == 0 {
        return Err(Error::invalid("amount", "not-an-amount"));
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let reference = match reference.trim() {
        "" => String::new(),
        text => one_line("reference", text, NUMBER)?,
    };
    let payment = Payment {
        id: ids.next(SupplierPaymentId::new),
        invoice: id,
        amount: amount.minor,
        paid_on,
        reference,
        agent: agent.id,
        at: now,
    };
    let (made, data) = (payment.id, json!({ "payment": payment.id }));
    let act = audit::act(&mut ids, now, agent.actor(), Deed::PayablePay, &id, data);
    app.store
        .write(agent.desk, move |tx| {
            let (payment, act) = (payment.clone(), act.clone());
            Box::pin(async move {
                let invoice = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                if invoice.currency != amount.currency {
                    return Err(Error::invalid("currency", "unknown"));
                }
                let days = Days::of_desk(tx, now).await?;
                // What is not paid yet is no payment; a day ahead is another time zone's today.
                if paid_on > days.today.saturating_add(1.day()) {
                    return Err(Error::invalid("paid_on", "too-far"));
                }
                let after = invoice.paid.checked_add(payment.amount);
                if after.is_none_or(|after| after < 0) {
                    return Err(Error::invalid("amount", "not-an-amount"));
                }
                payables::pay(tx, &payment).await?;
                Ok(records::audit(tx, &act).await?)
            })
        })
        .await?;
    Ok(made)
}

/// The invoices before one by date, the newest first, without one from the newest.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn list(
    app: &App,
    agent: &Agent,
    before: Option<(Date, SupplierInvoiceId)>,
    limit: i64,
) -> Result<Vec<Payable>> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    let before = before.unwrap_or((Date::MAX, SupplierInvoiceId::from_uuid(uuid::Uuid::max())));
    let limit = limit.clamp(1, 201);
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let days = Days::of_desk(tx, now).await?;
                let rows = payables::newest(tx, before, limit).await?;
                Ok(rows.into_iter().map(|row| Payable::of(row, &days)).collect())
            })
        })
        .await
}

/// What is open, the earliest due first; 500 at most.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn open(app: &App, agent: &Agent) -> Result<Vec<Payable>> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let days = Days::of_desk(tx, now).await?;
                let rows = payables::unpaid(tx, OPEN).await?;
                let all = rows.into_iter().map(|row| Payable::of(row, &days));
                Ok(all.filter(|payable| payable.due.is_some()).collect())
            })
        })
        .await
}

/// An invoice with all that belongs to it.
#[derive(Clone, Debug)]
pub struct One {
    /// The invoice.
    pub payable: Payable,
    /// Whose.
    pub supplier: SupplierKind,
    /// Its files.
    pub files: Vec<SupplierFile>,
    /// What of it is for whom.
    pub shares: Vec<Share>,
    /// What was paid.
    pub payments: Vec<Payment>,
    /// Who did something with it.
    pub agents: HashMap<AgentId, String>,
}

/// An invoice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: SupplierInvoiceId) -> Result<One> {
    agent.require(Permission::PayablesView)?;
    let now = app.now();
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let row = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                let supplier = suppliers::get(tx, row.supplier).await?.ok_or(Error::NotFound("supplier"))?;
                let days = Days::of_desk(tx, now).await?;
                let mut agents = HashMap::new();
                for agent in people::agents(tx).await? {
                    agents.insert(agent.id, agent.name);
                }
                Ok(One {
                    payable: Payable::of(row, &days),
                    supplier: supplier.kind,
                    files: payables::files(tx, id).await?,
                    shares: payables::shares(tx, id).await?,
                    payments: payables::payments(tx, id).await?,
                    agents,
                })
            })
        })
        .await
}

/// Lines of an invoice after a number, with their numbers; of one customer, or of all.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn lines(
    app: &App,
    agent: &Agent,
    id: SupplierInvoiceId,
    customer: Option<&str>,
    after: i64,
    limit: usize,
) -> Result<(Invoice, Vec<(i64, Line)>)> {
    agent.require(Permission::PayablesView)?;
    let customer = customer.map(str::to_owned);
    let rows = i64::try_from(limit).unwrap_or(i64::MAX).clamp(1, 1_000);
    app.store
        .read(agent.desk, move |tx| {
            let customer = customer.clone();
            Box::pin(async move {
                let invoice = payables::get(tx, id).await?.ok_or(Error::NotFound("invoice"))?;
                // A row has one line at least, so that many rows are enough.
                let rows = match &customer {
                    Some(customer) => payables::lines_for(tx, id, customer, after, rows).await?,
                    None => payables::lines_after(tx, id, after, rows).await?,
                };
                let lines = rows.into_iter().flat_map(numbered).filter(|(number, _)| *number > after);
                Ok((invoice, lines.take(limit).collect()))
            })
        })
        .await
}

fn numbered(row: Lines) -> impl Iterator<Item = (i64, Line)> {
    (row.first..).zip(row.lines.0)
}

/// A line of an invoice.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn line(app: &App, agent: &Agent, id: SupplierInvoiceId, number: i64) -> Result<(Invoice, Line)> {
    let after = number.checked_sub(1).filter(|after| *after >= 0).ok_or(Error::NotFound("line"))?;
    let (invoice, lines) = lines(app, agent, id, None, after, 1).await?;
    let found = lines.into_iter().find(|(found, _)| *found == number);
    found.map(|(_, line)| (invoice, line)).ok_or(Error::NotFound("line"))
}

/// A customer's lines of a month and of the one before.
#[derive(Clone, Debug)]
pub struct Months {
    /// The first day of the month.
    pub month: Date,
    /// What the supplier calls the customer.
    pub name: String,
    /// The lines of the month before.
    pub before: Vec<Line>,
    /// The lines of the month.
    pub now: Vec<Line>,
    /// Whether there are more lines than can be compared.
    pub cut: bool,
}

/// A customer's lines of the invoices of a month, and of the month before. Lines that only detail others are left out.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn months(app: &App, agent: &Agent, customer: &str, month: Date) -> Result<Months> {
    agent.require(Permission::PayablesView)?;
    let customer = customer.to_owned();
    let month = month.first_of_month();
    let earlier = month.checked_sub(1.month()).unwrap_or(month);
    app.store
        .read(agent.desk, move |tx| {
            let customer = customer.clone();
            Box::pin(async move {
                let (before, early) = of_month(tx, &customer, earlier).await?;
                let (now, late) = of_month(tx, &customer, month).await?;
                let name =
                    now.iter().chain(&before).map(|line| line.customer_name.clone()).find(|n| !n.is_empty());
                Ok(Months { month, name: name.unwrap_or(customer), before, now, cut: early || late })
            })
        })
        .await
}

async fn of_month(tx: &mut Tx, customer: &str, month: Date) -> Result<(Vec<Line>, bool)> {
    let rows = payables::lines_between(tx, customer, [month, month.last_of_month()], COMPARED + 1).await?;
    let cut = i64::try_from(rows.len()).unwrap_or(i64::MAX) > COMPARED;
    let rows = rows.into_iter().take(usize::try_from(COMPARED).unwrap_or(usize::MAX));
    let lines = rows.flat_map(|row| row.lines.0).filter(|line| line.counts.is_some());
    Ok((lines.collect(), cut))
}
