//! Collections: the policy, what customers said and desks allowed, notices.

use std::collections::{BTreeMap, BTreeSet};

use domain::{
    collections::{Class, Policy, facts::Delivery},
    id::{
        AgentId, ContactId, CustomerId, DisputeId, ExemptionId, InvoiceId, LedgerId, NoticeId, OutgoingId,
        PromiseId,
    },
    lang::Lang,
    money::{Currency, Money},
};
use jiff::{Timestamp, civil::Date};

use crate::{Error, Json, Tx, Value, outgoing, params, people::changed, record, sql, stored_words};

domain::words! {
    /// How a dispute ended.
    pub enum Outcome {
        /// The customer was right: a credit note follows.
        Accepted = "accepted",
        /// It was not: the line is owed.
        Rejected = "rejected",
        /// The customer took it back.
        Withdrawn = "withdrawn",
    }
}

domain::words! {
    /// Why no notice is given until a person has looked.
    pub enum Brake {
        /// The clock jumped: more days have passed than the desk was away, or fewer than none.
        Clock = "clock",
        /// More customers than the policy allows would get one on one day.
        Many = "many",
        /// A person said so.
        Person = "person",
    }
}

stored_words! { Outcome, Brake }

record! {
    /// Whether a desk gives notices.
    pub struct Desk {
        /// Whether it does; if not, it only says what it would do.
        pub live: bool,
        /// Why it does not at the moment.
        pub brake: Option<Brake>,
        /// The day on which it last looked, by its own calendar.
        pub looked_on: Option<Date>,
        /// The day on which a person let it go on although there were many.
        pub released_on: Option<Date>,
    }

    /// A version of the policy.
    pub struct Published {
        /// Which, from 1.
        pub version: i64,
        /// What it says.
        pub data: Json<Policy>,
        /// Who published it.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
    }

    /// A customer, as far as it matters here.
    pub struct Party {
        /// Its id.
        pub id: CustomerId,
        /// Its name.
        pub name: String,
        /// Its zone, by its IANA name.
        pub timezone: String,
        /// Its language.
        pub lang: Lang,
        /// What kind of customer it is, where that was said.
        pub class: Option<Class>,
    }

    /// A promise to pay.
    pub struct Promise {
        /// Its id.
        pub id: PromiseId,
        /// Whose.
        pub customer: CustomerId,
        /// The day on which it was given.
        pub made_on: Date,
        /// The currency.
        pub currency: Currency,
        /// By when how much, in minor units.
        pub parts: Json<Vec<(Date, i64)>>,
        /// What an agent noted.
        pub note: String,
        /// Who.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
        /// When it was taken back.
        pub withdrawn_at: Option<Timestamp>,
    }

    /// A time in which a customer is left alone.
    pub struct Exemption {
        /// Its id.
        pub id: ExemptionId,
        /// Whose.
        pub customer: CustomerId,
        /// The first day.
        pub from: Date,
        /// The last one.
        pub until: Date,
        /// Why.
        pub reason: String,
        /// Who said so.
        pub agent: AgentId,
        /// When.
        pub at: Timestamp,
        /// When it was taken back.
        pub withdrawn_at: Option<Timestamp>,
    }

    /// A line of an invoice that a customer does not accept.
    pub struct Dispute {
        /// Its id.
        pub id: DisputeId,
        /// Whose.
        pub customer: CustomerId,
        /// The invoice.
        pub invoice: InvoiceId,
        /// Its entry in the ledger.
        pub entry: LedgerId,
        /// The line's place on it, from 1.
        pub line: u32,
        /// What the line comes to with VAT, in minor units.
        pub amount: i64,
        /// The currency.
        pub currency: Currency,
        /// What the customer says.
        pub reason: String,
        /// The contact who opened it in the portal.
        pub contact: Option<ContactId>,
        /// The agent who wrote it down.
        pub agent: Option<AgentId>,
        /// Who is to settle it.
        pub owner: Option<AgentId>,
        /// By when.
        pub due_on: Date,
        /// How it ended.
        pub outcome: Option<Outcome>,
        /// What the customer reads of that.
        pub answer: String,
        /// When it was opened.
        pub at: Timestamp,
        /// When it ended.
        pub closed_at: Option<Timestamp>,
    }

    /// A notice that was given.
    pub struct Notice {
        /// Its id.
        pub id: NoticeId,
        /// To whom.
        pub customer: CustomerId,
        /// The key of its stage.
        pub stage: String,
        /// The version of the policy.
        pub policy: i64,
        /// When, where the customer is.
        pub given_on: Date,
        /// What it spoke of.
        pub owed: Json<Vec<Money>>,
        /// Who said yes, where a person has to.
        pub agent: Option<AgentId>,
        /// When it was made.
        pub at: Timestamp,
        /// It never arrived, and is to be given again.
        pub lost_at: Option<Timestamp>,
    }

    /// How far a mail of a notice has come for somebody.
    pub struct Mailed {
        /// The notice.
        pub notice: NoticeId,
        /// To whom.
        pub address: String,
        /// How far.
        pub state: outgoing::Delivery,
        /// When the next server took it.
        pub sent_at: Option<Timestamp>,
    }

    /// A payment that was not taken back.
    pub struct Paid {
        /// Who paid.
        pub customer: CustomerId,
        /// The day that it counts for.
        pub day: Date,
        /// The currency.
        pub currency: Currency,
        /// How much, in minor units.
        pub amount: i64,
    }
}

macro_rules! dispute {
    ($rest:literal) => {
        concat!(
            "SELECT id, customer_id, invoice_id, entry_id, line, amount, currency, reason, contact_id, agent_id, owner_id, \
             due_on, outcome, answer, at, closed_at FROM invoice_disputes WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk DESK = "SELECT live, brake, looked_on, released_on FROM collection_desks WHERE desk_id = $1";
    desk SET_DESK = "INSERT INTO collection_desks (desk_id, live, brake, looked_on, released_on) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (desk_id) DO UPDATE SET live = $2, brake = $3, looked_on = $4, released_on = $5";
    desk POLICY = "SELECT version, data, agent_id, at FROM collection_policies WHERE desk_id = $1 \
        ORDER BY version DESC LIMIT 1";
    desk POLICIES = "SELECT version, data, agent_id, at FROM collection_policies WHERE desk_id = $1 \
        ORDER BY version DESC LIMIT 200";
    desk PUBLISH = "INSERT INTO collection_policies (desk_id, version, data, agent_id, at) VALUES ($1, $2, $3, $4, $5)";
    desk PARTIES = "SELECT c.id, c.name, c.timezone, c.lang, k.class FROM customers c \
        LEFT JOIN collection_customers k ON k.desk_id = $1 AND k.customer_id = c.id \
        WHERE c.desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR c.id = $2) ORDER BY c.name_key, c.id";
    desk SET_CLASS = "INSERT INTO collection_customers (desk_id, customer_id, class) VALUES ($1, $2, $3) \
        ON CONFLICT (desk_id, customer_id) DO UPDATE SET class = $3";
    desk PROMISES = "SELECT id, customer_id, made_on, currency, parts, note, agent_id, at, withdrawn_at \
        FROM payment_promises WHERE desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR customer_id = $2) ORDER BY id";
    desk PROMISE = "INSERT INTO payment_promises (desk_id, id, customer_id, made_on, currency, parts, note, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk END_PROMISE = "UPDATE payment_promises SET withdrawn_at = $4 \
        WHERE desk_id = $1 AND customer_id = $2 AND id = $3 AND withdrawn_at IS NULL";
    desk EXEMPTIONS = "SELECT id, customer_id, from_on, until_on, reason, agent_id, at, withdrawn_at \
        FROM collection_exemptions WHERE desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR customer_id = $2) ORDER BY id";
    desk EXEMPT = "INSERT INTO collection_exemptions (desk_id, id, customer_id, from_on, until_on, reason, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    desk END_EXEMPTION = "UPDATE collection_exemptions SET withdrawn_at = $4 \
        WHERE desk_id = $1 AND customer_id = $2 AND id = $3 AND withdrawn_at IS NULL";
    desk DISPUTES = dispute!("AND (CAST($2 AS UUID) IS NULL OR customer_id = $2) ORDER BY id");
    desk DISPUTE = dispute!("AND id = $2");
    desk ADD_DISPUTE = "INSERT INTO invoice_disputes (desk_id, id, customer_id, invoice_id, entry_id, line, amount, currency, \
        reason, contact_id, agent_id, owner_id, due_on, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    desk END_DISPUTE = "UPDATE invoice_disputes SET outcome = $3, answer = $4, owner_id = $5, closed_at = $6 \
        WHERE desk_id = $1 AND id = $2 AND outcome IS NULL";
    desk NOTICES = "SELECT id, customer_id, stage, policy, given_on, owed, agent_id, at, lost_at FROM collection_notices \
        WHERE desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR customer_id = $2) ORDER BY id";
    desk NOTICED = "SELECT i.notice_id, i.entry_id FROM noticed_invoices i \
        JOIN collection_notices n ON n.desk_id = $1 AND n.id = i.notice_id \
        WHERE i.desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR n.customer_id = $2) ORDER BY i.notice_id, i.entry_id";
    desk MAILED = "SELECT m.notice_id, r.address, r.state, r.sent_at FROM notice_mails m \
        JOIN collection_notices n ON n.desk_id = $1 AND n.id = m.notice_id \
        JOIN recipients r ON r.desk_id = $1 AND r.outgoing_id = m.outgoing_id \
        WHERE m.desk_id = $1 AND (CAST($2 AS UUID) IS NULL OR n.customer_id = $2) ORDER BY m.notice_id, r.address";
    desk NOTICE_OF = "SELECT n.id, n.customer_id FROM notice_mails m \
        JOIN collection_notices n ON n.desk_id = $1 AND n.id = m.notice_id WHERE m.desk_id = $1 AND m.outgoing_id = $2";
    desk CREDITED = "SELECT DISTINCT d.id FROM invoice_disputes d \
        JOIN ledger e ON e.desk_id = $1 AND e.customer_id = d.customer_id AND e.kind = 'credit_note' AND e.at >= d.at \
        WHERE d.desk_id = $1 AND d.outcome = 'accepted' AND (CAST($2 AS UUID) IS NULL OR d.customer_id = $2)";
    desk GIVE = "INSERT INTO collection_notices (desk_id, id, customer_id, stage, policy, given_on, owed, agent_id, at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    desk GIVE_FOR = "INSERT INTO noticed_invoices (desk_id, entry_id, stage, notice_id) VALUES ($1, $2, $3, $4)";
    desk GIVE_BY = "INSERT INTO notice_mails (desk_id, notice_id, outgoing_id) VALUES ($1, $2, $3)";
    desk LOSE = "UPDATE collection_notices SET lost_at = $4 \
        WHERE desk_id = $1 AND customer_id = $2 AND id = $3 AND lost_at IS NULL";
    desk LOSE_FOR = "DELETE FROM noticed_invoices WHERE desk_id = $1 AND notice_id = $2";
    desk REACHABLE = "SELECT DISTINCT b.customer_id FROM billing_contacts b \
        JOIN affiliations f ON f.desk_id = $1 AND f.contact_id = b.contact_id AND f.customer_id = b.customer_id \
        JOIN contacts c ON c.desk_id = $1 AND c.id = b.contact_id WHERE b.desk_id = $1 AND c.email IS NOT NULL";
    desk OWING = "SELECT t.customer_id, s.currency, s.total FROM supplier_shares s \
        JOIN tenants t ON t.desk_id = $1 AND t.tenant = s.customer \
        JOIN supplier_invoices i ON i.desk_id = $1 AND i.id = s.invoice_id \
        WHERE s.desk_id = $1 AND t.customer_id IS NOT NULL AND (CAST($2 AS UUID) IS NULL OR t.customer_id = $2) \
        AND i.total > COALESCE((SELECT SUM(p.amount) FROM supplier_payments p \
            WHERE p.desk_id = i.desk_id AND p.invoice_id = i.id), 0) \
        AND NOT EXISTS(SELECT 1 FROM supplier_invoices v WHERE v.desk_id = i.desk_id \
            AND v.supplier_id = i.supplier_id AND v.kind = 'void_note' AND v.amends = i.number)";
    desk PAID = "SELECT p.customer_id, p.day, p.currency, p.amount FROM ledger p \
        WHERE p.desk_id = $1 AND p.kind = 'payment' AND p.day >= $2 \
        AND (CAST($3 AS UUID) IS NULL OR p.customer_id = $3) \
        AND NOT EXISTS (SELECT 1 FROM ledger r WHERE r.desk_id = $1 AND r.customer_id = p.customer_id \
            AND r.kind = 'reversal' AND r.target = p.id) ORDER BY p.day, p.id";
}

/// Whether the desk gives notices; one that never said only tells what it would do.
///
/// # Errors
/// As the database says.
pub async fn desk(tx: &mut Tx) -> Result<Desk, Error> {
    let first = Desk { live: false, brake: None, looked_on: None, released_on: None };
    Ok(tx.query_opt(&DESK, &[]).await?.unwrap_or(first))
}

/// Says so.
///
/// # Errors
/// As the database says.
pub async fn set_desk(tx: &mut Tx, desk: &Desk) -> Result<(), Error> {
    tx.execute(&SET_DESK, params![desk.live, desk.brake, desk.looked_on, desk.released_on]).await.map(drop)
}

/// The policy that holds; none before one was published.
///
/// # Errors
/// As the database says.
pub async fn policy(tx: &mut Tx) -> Result<Option<Published>, Error> {
    tx.query_opt(&POLICY, &[]).await
}

/// Its versions, the newest first; at most 200.
///
/// # Errors
/// As the database says.
pub async fn policies(tx: &mut Tx) -> Result<Vec<Published>, Error> {
    tx.query(&POLICIES, &[]).await
}

/// Publishes a version.
///
/// # Errors
/// [`Error::Stale`] if there is that version already.
pub async fn publish(tx: &mut Tx, new: &Published) -> Result<(), Error> {
    let data = Value::json(&new.data.0)?;
    match tx.execute(&PUBLISH, params![new.version, data, new.agent, new.at]).await {
        Err(error) if error.is_taken("collection_policies", "version") => Err(Error::Stale),
        other => other.map(drop),
    }
}

/// Customers, by name: one, or all.
///
/// # Errors
/// As the database says.
pub async fn parties(tx: &mut Tx, of: Option<CustomerId>) -> Result<Vec<Party>, Error> {
    tx.query(&PARTIES, params![of]).await
}

/// Says what kind of customer one is.
///
/// # Errors
/// As the database says.
pub async fn set_class(tx: &mut Tx, of: CustomerId, class: Class) -> Result<(), Error> {
    tx.execute(&SET_CLASS, params![of, class]).await.map(drop)
}

/// Promises to pay, of one customer or of all.
///
/// # Errors
/// As the database says.
pub async fn promises(tx: &mut Tx, of: Option<CustomerId>) -> Result<Vec<Promise>, Error> {
    tx.query(&PROMISES, params![of]).await
}

/// Adds one.
///
/// # Errors
/// As the database says.
pub async fn promise(tx: &mut Tx, p: &Promise) -> Result<(), Error> {
    let parts = Value::json(&p.parts.0)?;
    let params = params![p.id, p.customer, p.made_on, p.currency, parts, p.note, p.agent, p.at];
    tx.execute(&PROMISE, params).await.map(drop)
}

/// Takes one back.
///
/// # Errors
/// [`Error::Stale`] if there is none.
pub async fn end_promise(tx: &mut Tx, of: CustomerId, id: PromiseId, at: Timestamp) -> Result<(), Error> {
    changed(tx.execute(&END_PROMISE, params![of, id, at]).await?)
}

/// Exemptions, of one customer or of all.
///
/// # Errors
/// As the database says.
pub async fn exemptions(tx: &mut Tx, of: Option<CustomerId>) -> Result<Vec<Exemption>, Error> {
    tx.query(&EXEMPTIONS, params![of]).await
}

/// Adds one.
///
/// # Errors
/// As the database says.
pub async fn exempt(tx: &mut Tx, e: &Exemption) -> Result<(), Error> {
    let params = params![e.id, e.customer, e.from, e.until, e.reason, e.agent, e.at];
    tx.execute(&EXEMPT, params).await.map(drop)
}

/// Takes one back.
///
/// # Errors
/// [`Error::Stale`] if there is none.
pub async fn end_exemption(tx: &mut Tx, of: CustomerId, id: ExemptionId, at: Timestamp) -> Result<(), Error> {
    changed(tx.execute(&END_EXEMPTION, params![of, id, at]).await?)
}

/// Disputes, of one customer or of all, those that ended too.
///
/// # Errors
/// As the database says.
pub async fn disputes(tx: &mut Tx, of: Option<CustomerId>) -> Result<Vec<Dispute>, Error> {
    tx.query(&DISPUTES, params![of]).await
}

/// One dispute.
///
/// # Errors
/// As the database says.
pub async fn dispute(tx: &mut Tx, id: DisputeId) -> Result<Option<Dispute>, Error> {
    tx.query_opt(&DISPUTE, params![id]).await
}

/// Opens one.
///
/// # Errors
/// [`Error::Stale`] if the line has one that is open.
pub async fn open_dispute(tx: &mut Tx, d: &Dispute) -> Result<(), Error> {
    let params = params![
        d.id, d.customer, d.invoice, d.entry, d.line, d.amount, d.currency, d.reason, d.contact, d.agent,
        d.owner, d.due_on, d.at
    ];
    match tx.execute(&ADD_DISPUTE, params).await {
        Err(error) if error.is_taken("invoice_disputes", "line") => Err(Error::Stale),
        other => other.map(drop),
    }
}

/// Ends one that is open.
///
/// # Errors
/// [`Error::Stale`] if it is not.
pub async fn end_dispute(tx: &mut Tx, d: &Dispute) -> Result<(), Error> {
    let params = params![d.id, d.outcome, d.answer, d.owner, d.closed_at];
    changed(tx.execute(&END_DISPUTE, params).await?)
}

/// A notice, the invoices of which it speaks, and what became of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Given {
    /// The notice.
    pub notice: Notice,
    /// The entries of the invoices in the ledger; none of one that is lost.
    pub invoices: Vec<LedgerId>,
    /// To whom it went, and how far that is.
    pub mails: Vec<(String, outgoing::Delivery)>,
    /// When the first of those who have it got it, if that is known.
    pub arrived_at: Option<Timestamp>,
}

impl Given {
    /// What became of it: it arrived if one mail did.
    #[must_use]
    pub fn delivery(&self) -> Delivery {
        use outgoing::Delivery as Mail;
        let is = |states: &[Mail]| self.mails.iter().any(|(_, state)| states.contains(state));
        if is(&[Mail::Sent]) {
            Delivery::Delivered
        } else if is(&[Mail::Waiting, Mail::Deferred]) {
            Delivery::Waiting
        } else {
            Delivery::Failed
        }
    }
}

/// Notices, of one customer or of all, in the order in which they were given.
///
/// # Errors
/// As the database says.
pub async fn notices(tx: &mut Tx, of: Option<CustomerId>) -> Result<Vec<Given>, Error> {
    let notices: Vec<Notice> = tx.query(&NOTICES, params![of]).await?;
    let invoices: Vec<(NoticeId, LedgerId)> = tx.query(&NOTICED, params![of]).await?;
    let mails: Vec<Mailed> = tx.query(&MAILED, params![of]).await?;
    let mut all: BTreeMap<NoticeId, Given> = notices
        .into_iter()
        .map(|notice| {
            (notice.id, Given { notice, invoices: Vec::new(), mails: Vec::new(), arrived_at: None })
        })
        .collect();
    for (notice, invoice) in invoices {
        if let Some(given) = all.get_mut(&notice) {
            given.invoices.push(invoice);
        }
    }
    for mail in mails {
        if let Some(given) = all.get_mut(&mail.notice) {
            if mail.state == outgoing::Delivery::Sent {
                given.arrived_at = given.arrived_at.into_iter().chain(mail.sent_at).min();
            }
            given.mails.push((mail.address, mail.state));
        }
    }
    Ok(all.into_values().collect())
}

/// The notice that a mail brings, and whose it is.
///
/// # Errors
/// As the database says.
pub async fn notice_of(tx: &mut Tx, mail: OutgoingId) -> Result<Option<(NoticeId, CustomerId)>, Error> {
    tx.query_opt(&NOTICE_OF, params![mail]).await
}

/// The disputes that ended for the customer and were followed by a credit note, of one customer or of all.
///
/// # Errors
/// As the database says.
pub async fn credited(tx: &mut Tx, of: Option<CustomerId>) -> Result<BTreeSet<DisputeId>, Error> {
    let rows: Vec<(DisputeId,)> = tx.query(&CREDITED, params![of]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Gives a notice.
///
/// # Errors
/// [`Error::Stale`] if the customer got one on that day, or an invoice one of that stage.
pub async fn give(
    tx: &mut Tx,
    n: &Notice,
    invoices: impl IntoIterator<Item = LedgerId> + Send,
    mails: &[OutgoingId],
) -> Result<(), Error> {
    let owed = Value::json(&n.owed.0)?;
    let params = params![n.id, n.customer, n.stage, n.policy, n.given_on, owed, n.agent, n.at];
    taken(tx.execute(&GIVE, params).await, "collection_notices", "given_on")?;
    let invoices: Vec<LedgerId> = invoices.into_iter().collect();
    for invoice in invoices {
        taken(tx.execute(&GIVE_FOR, params![invoice, n.stage, n.id]).await, "noticed_invoices", "stage")?;
    }
    for mail in mails {
        tx.execute(&GIVE_BY, params![n.id, mail]).await?;
    }
    Ok(())
}

fn taken(done: Result<u64, Error>, table: &str, column: &str) -> Result<(), Error> {
    match done {
        Err(error) if error.is_taken(table, column) => Err(Error::Stale),
        other => other.map(drop),
    }
}

/// Says of a notice that it never arrived and is to be given again.
///
/// # Errors
/// [`Error::Stale`] if there is none.
pub async fn lose(tx: &mut Tx, of: CustomerId, id: NoticeId, at: Timestamp) -> Result<(), Error> {
    changed(tx.execute(&LOSE, params![of, id, at]).await?)?;
    tx.execute(&LOSE_FOR, params![id]).await.map(drop)
}

/// The customers of whom somebody with an address gets invoices, and so notices.
///
/// # Errors
/// As the database says.
pub async fn reachable(tx: &mut Tx) -> Result<BTreeSet<CustomerId>, Error> {
    let rows: Vec<(CustomerId,)> = tx.query(&REACHABLE, &[]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// What suppliers have billed the desk for customers, on invoices that are not paid: the currency, and an exact number of whole
/// units.
///
/// # Errors
/// As the database says.
pub async fn owing(
    tx: &mut Tx,
    of: Option<CustomerId>,
) -> Result<Vec<(CustomerId, Currency, String)>, Error> {
    tx.query(&OWING, params![of]).await
}

/// Payments since a day that were not taken back, of one customer or of all.
///
/// # Errors
/// As the database says.
pub async fn paid(tx: &mut Tx, since: Date, of: Option<CustomerId>) -> Result<Vec<Paid>, Error> {
    tx.query(&PAID, params![since, of]).await
}
