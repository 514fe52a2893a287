//! Tickets: the newest state of each, and the lists of them.

use domain::{
    access::{Reader, Tickets},
    id::{AgentId, CalendarId, ContactId, CustomerId, MailboxId, OfferingId, StatementId, TeamId, TicketId},
    lang::Lang,
    party::Sees,
    ticket::{
        circle::Circle,
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::State,
        timeline::ActorKind,
    },
    words,
};
use jiff::Timestamp;

use crate::{
    Error, Json, Tx, Value,
    circles::{Named, shown_to},
    params, record, sql, stored_words,
};

words! {
    /// Which list a ticket stands in. Follows from its state.
    pub enum Lane {
        /// Ours to act.
        Todo = "todo",
        /// Somebody else's to act.
        Waiting = "waiting",
        /// Resolved or closed.
        Done = "done",
    }
}

impl Lane {
    /// The lane of a state, for a ticket that nobody has put aside.
    #[must_use]
    pub const fn of(state: State) -> Lane {
        match state {
            State::New | State::Open => Lane::Todo,
            State::WaitingCustomer | State::WaitingSupplier => Lane::Waiting,
            State::Resolved | State::Closed => Lane::Done,
        }
    }
}

impl Ticket {
    /// The list in which it should stand: what is put aside waits.
    #[must_use]
    pub const fn place(&self) -> Lane {
        match (Lane::of(self.state), self.snoozed_until) {
            (Lane::Todo, Some(_)) => Lane::Waiting,
            (lane, _) => lane,
        }
    }
}

stored_words! { Lane }

/// Stands for "never" where a column is ordered by: 9999-01-01.
pub const NEVER: Timestamp = Timestamp::constant(253_370_764_800, 0);

record! {
    /// A ticket's newest state.
    pub struct Ticket {
        /// Its id.
        pub id: TicketId,
        /// What people call it.
        pub number: i64,
        /// Whose it is, if known.
        pub customer: Option<CustomerId>,
        /// Who asked, if known.
        pub contact: Option<ContactId>,
        /// The mailbox through which it came, and in whose name it is answered.
        pub mailbox: Option<MailboxId>,
        /// How it came.
        pub channel: Channel,
        /// What kind of help.
        pub kind: Kind,
        /// For which service.
        pub service: Service,
        /// How bad.
        pub severity: Severity,
        /// Where it stands.
        pub state: State,
        /// The list it stands in.
        pub lane: Lane,
        /// What it is called.
        pub subject: String,
        /// The customer's language.
        pub lang: Lang,
        /// The team that has it.
        pub team: Option<TeamId>,
        /// The agent who has it.
        pub assignee: Option<AgentId>,
        /// Its tags.
        pub tags: Json<Vec<String>>,
        /// The beginning of the last message that the customer can read.
        pub preview: String,
        /// Who wrote that.
        pub last_by: ActorKind,
        /// When.
        pub last_at: Timestamp,
        /// What is due first; [`NEVER`] if nothing is.
        pub due_at: Timestamp,
        /// Which promise that is.
        pub due_kind: Option<String>,
        /// When to warn of it.
        pub warn_at: Option<Timestamp>,
        /// The targets as promised.
        pub targets: Json<domain::clock::promise::Targets>,
        /// The calendar of its promises.
        pub calendar: Option<CalendarId>,
        /// What has happened that matters to its clocks.
        pub facts: Json<Vec<domain::clock::running::Fact>>,
        /// The first moment from which time alone makes it worth a notice and at which nobody has looked yet.
        pub notice_at: Option<Timestamp>,
        /// Until when a message of the customer reopens it.
        pub reopen_until: Option<Timestamp>,
        /// Until when it is put aside.
        pub snoozed_until: Option<Timestamp>,
        /// The ticket in which it goes on.
        pub merged_into: Option<TicketId>,
        /// The closed ticket that it goes on from.
        pub parent: Option<TicketId>,
        /// How many entries its timeline has.
        pub entries: i64,
        /// Rises with every change.
        pub version: i64,
        /// When it was opened.
        pub created_at: Timestamp,
        /// The offering of the desk's whose promises hold; none: those of the desk's settings.
        pub offering: Option<OfferingId>,
        /// The published statement that held when it was opened.
        pub statement: Option<StatementId>,
        /// The supplier's offering by which it is delivered; none: in house.
        pub delivered_by: Option<OfferingId>,
        /// The agents to whom alone it is shown, besides whoever has it; none: it is shown as roles say.
        pub circle: Option<Json<Circle>>,
    }

    /// A ticket as a line of a list.
    pub struct TicketLine {
        /// Its id.
        pub id: TicketId,
        /// What people call it.
        pub number: i64,
        /// What it is called.
        pub subject: String,
        /// What kind of help.
        pub kind: Kind,
        /// For which service.
        pub service: Service,
        /// How bad.
        pub severity: Severity,
        /// Where it stands.
        pub state: State,
        /// Its tags.
        pub tags: Json<Vec<String>>,
        /// The beginning of the last message that the customer can read.
        pub preview: String,
        /// Who wrote that.
        pub last_by: ActorKind,
        /// When.
        pub last_at: Timestamp,
        /// What is due first; [`NEVER`] if nothing is.
        pub due_at: Timestamp,
        /// Which promise that is.
        pub due_kind: Option<String>,
        /// When to warn of it.
        pub warn_at: Option<Timestamp>,
        /// Until when it is put aside.
        pub snoozed_until: Option<Timestamp>,
        /// The agent who has it.
        pub assignee: Option<AgentId>,
        /// That agent's name.
        pub assignee_name: Option<String>,
        /// Whose it is.
        pub customer_name: Option<String>,
        /// Who asked.
        pub contact_name: Option<String>,
        /// When it was opened.
        pub created_at: Timestamp,
        /// Rises with every change.
        pub version: i64,
        /// Whether it is shown to named people only.
        pub has_circle: bool,
    }
}

macro_rules! columns {
    () => {
        "id, number, customer_id, contact_id, mailbox_id, channel, kind, service, severity, state, lane, subject, lang, \
         team_id, assignee_id, tags, preview, last_by, last_at, due_at, due_kind, warn_at, targets, calendar_id, facts, \
         notice_at, reopen_until, snoozed_until, merged_into, parent_id, entries, version, created_at, offering_id, \
         statement_id, delivered_by, circle"
    };
}

/// The columns of a [`TicketLine`].
macro_rules! line_columns {
    () => {
        "t.id, t.number, t.subject, t.kind, t.service, t.severity, t.state, t.tags, t.preview, t.last_by, t.last_at, \
         t.due_at, t.due_kind, t.warn_at, t.snoozed_until, t.assignee_id, a.name, c.name, p.name, t.created_at, \
         t.version, CASE WHEN t.circle IS NULL THEN 0 ELSE 1 END"
    };
}
pub(crate) use line_columns;

/// Where the names of a [`TicketLine`] stand.
macro_rules! line_names {
    () => {
        "LEFT JOIN agents a ON a.desk_id = $1 AND a.id = t.assignee_id \
         LEFT JOIN customers c ON c.desk_id = $1 AND c.id = t.customer_id \
         LEFT JOIN contacts p ON p.desk_id = $1 AND p.id = t.contact_id "
    };
}
pub(crate) use line_names;

/// A page of lines: which tickets, in which order, and how many. PostgreSQL does not know that a page is short when it
/// plans, and would read whole tables of names for a long one: so no page is longer than 500 lines.
macro_rules! lines {
    ([$($which:tt)*], $order:literal, $limit:literal) => {
        concat!(
            "SELECT ",
            line_columns!(),
            " FROM (SELECT * FROM (SELECT t.id, t.number, t.subject, t.kind, t.service, t.severity, t.state, t.tags, \
             t.preview, t.last_by, t.last_at, t.due_at, t.due_kind, t.warn_at, t.snoozed_until, t.assignee_id, t.customer_id, \
             t.contact_id, t.created_at, t.version, t.circle FROM tickets t WHERE t.desk_id = $1 ",
            $($which)*,
            " ORDER BY ",
            $order,
            " LIMIT 500) most LIMIT ",
            $limit,
            ") t ",
            line_names!(),
            "ORDER BY ",
            $order
        )
    };
}

sql! {
    desk INSERT = concat!("INSERT INTO tickets (desk_id, ", columns!(), ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, \
        $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, \
        $33, $34, $35, $36, $37, $38)");
    desk GET = concat!("SELECT ", columns!(), " FROM tickets WHERE desk_id = $1 AND id = $2");
    desk BY_NUMBER = concat!("SELECT ", columns!(), " FROM tickets WHERE desk_id = $1 AND number = $2");
    desk LATELY_OF = concat!("SELECT ", columns!(), " FROM tickets t WHERE desk_id = $1 AND customer_id = $2 \
        AND created_at >= $3 AND ", shown_to!("$4", "$5"), " ORDER BY created_at DESC, id DESC LIMIT 200");
    desk UPDATE = "UPDATE tickets SET customer_id = $3, contact_id = $4, kind = $5, service = $6, severity = $7, \
        state = $8, lane = $9, subject = $10, lang = $11, team_id = $12, assignee_id = $13, tags = $14, preview = $15, \
        last_by = $16, last_at = $17, due_at = $18, due_kind = $19, warn_at = $20, targets = $21, calendar_id = $22, \
        facts = $23, reopen_until = $24, entries = $25, notice_at = $27, snoozed_until = $28, merged_into = $29, \
        offering_id = $30, statement_id = $31, delivered_by = $32, circle = $33, \
        version = version + 1 WHERE desk_id = $1 AND id = $2 AND version = $26";
    desk IDS = "SELECT id FROM tickets WHERE desk_id = $1 AND id > $2 ORDER BY id LIMIT $3";
    desk NOTICEABLE = "SELECT id, notice_at FROM tickets WHERE desk_id = $1 AND notice_at IS NOT NULL \
        AND notice_at < $2 AND (notice_at, id) > ($3, $4) ORDER BY notice_at, id LIMIT $5";
    desk SET_NOTICE_AT = "UPDATE tickets SET notice_at = $3 WHERE desk_id = $1 AND id = $2 AND version = $4";
    desk DUE = lines!(["AND t.lane = $2 AND (t.due_at, t.id) > ($3, $4) AND ", shown_to!("$6", "$7")],
        "t.due_at, t.id", "$5");
    desk DUE_KIND = lines!(["AND t.lane = $2 AND (t.due_at, t.id) > ($3, $4) AND t.kind = $8 AND ",
        shown_to!("$6", "$7")], "t.due_at, t.id", "$5");
    desk MINE = lines!(["AND t.lane = $2 AND (t.due_at, t.id) > ($3, $4) AND t.assignee_id = $9 \
        AND (CAST($8 AS TEXT) IS NULL OR t.kind = $8) AND ", shown_to!("$6", "$7")], "t.due_at, t.id", "$5");
    desk UNASSIGNED = lines!(["AND t.lane = $2 AND (t.due_at, t.id) > ($3, $4) AND t.assignee_id IS NULL \
        AND (CAST($8 AS TEXT) IS NULL OR t.kind = $8) AND ", shown_to!("$6", "$7")], "t.due_at, t.id", "$5");
    desk RECENT = lines!(["AND (t.last_at, t.id) < ($2, $3) AND ", shown_to!("$5", "$6")],
        "t.last_at DESC, t.id DESC", "$4");
    desk RECENT_KIND = lines!(["AND (t.last_at, t.id) < ($2, $3) AND t.kind = $7 AND ", shown_to!("$5", "$6")],
        "t.last_at DESC, t.id DESC", "$4");
    desk OF_CUSTOMER = lines!(["AND t.customer_id = $7 AND (t.last_at, t.id) < ($2, $3) \
        AND (CAST($8 AS TEXT) IS NULL OR t.kind = $8) AND ", shown_to!("$5", "$6")],
        "t.last_at DESC, t.id DESC", "$4");
    desk OF_CONTACT = lines!(["AND (t.last_at, t.id) < ($2, $3) AND (t.contact_id = $5 \
        OR t.id IN (SELECT f.ticket_id FROM followers f WHERE f.desk_id = $1 AND f.contact_id = $5) \
        OR ($6 = 'all' AND t.circle IS NULL AND t.customer_id IN (SELECT f.customer_id FROM affiliations f \
            WHERE f.desk_id = $1 AND f.contact_id = $5 AND f.sees = 'all')))"], "t.last_at DESC, t.id DESC", "$4");
    desk ONE_LINE = concat!("SELECT ", line_columns!(), " FROM tickets t ", line_names!(),
        "WHERE t.desk_id = $1 AND t.id = $2");
    desk CONTACT_SEES = "SELECT CASE WHEN EXISTS (SELECT 1 FROM tickets t WHERE t.desk_id = $1 AND t.id = $2 \
        AND (t.contact_id = $3 \
        OR t.id IN (SELECT f.ticket_id FROM followers f WHERE f.desk_id = $1 AND f.contact_id = $3) \
        OR (t.circle IS NULL AND t.customer_id IN (SELECT a.customer_id FROM affiliations a \
            WHERE a.desk_id = $1 AND a.contact_id = $3 AND a.sees = 'all')))) THEN 1 ELSE 0 END";
}

impl Ticket {
    /// Whether something was promised for it, in whose hours its clocks run.
    #[must_use]
    pub const fn is_promised(&self) -> bool {
        self.calendar.is_some() || self.offering.is_some()
    }
}

/// Writes a new ticket.
///
/// # Errors
/// As the database says; if the number is taken: [`Error::is_taken`].
pub async fn insert(tx: &mut Tx, t: &Ticket) -> Result<(), Error> {
    let (tags, targets, facts) =
        (Value::json(&t.tags.0)?, Value::json(&t.targets.0)?, Value::json(&t.facts.0)?);
    let circle = circle(t)?;
    let params = params![
        t.id,
        t.number,
        t.customer,
        t.contact,
        t.mailbox,
        t.channel,
        t.kind,
        t.service,
        t.severity,
        t.state,
        t.lane,
        t.subject,
        t.lang,
        t.team,
        t.assignee,
        tags,
        t.preview,
        t.last_by,
        t.last_at,
        t.due_at,
        t.due_kind,
        t.warn_at,
        targets,
        t.calendar,
        facts,
        t.notice_at,
        t.reopen_until,
        t.snoozed_until,
        t.merged_into,
        t.parent,
        t.entries,
        t.version,
        t.created_at,
        t.offering,
        t.statement,
        t.delivered_by,
        circle,
    ];
    tx.put(&INSERT, params).await
}

fn circle(t: &Ticket) -> Result<Option<Value<'_>>, Error> {
    t.circle.as_ref().map(|circle| Value::json(&circle.0)).transpose()
}

/// Writes a ticket's newest state over the one that was read; the version rises by one, in `t` too.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn update(tx: &mut Tx, t: &mut Ticket) -> Result<(), Error> {
    let (tags, targets, facts) =
        (Value::json(&t.tags.0)?, Value::json(&t.targets.0)?, Value::json(&t.facts.0)?);
    let circle = circle(t)?;
    let params = params![
        t.id,
        t.customer,
        t.contact,
        t.kind,
        t.service,
        t.severity,
        t.state,
        t.lane,
        t.subject,
        t.lang,
        t.team,
        t.assignee,
        tags,
        t.preview,
        t.last_by,
        t.last_at,
        t.due_at,
        t.due_kind,
        t.warn_at,
        targets,
        t.calendar,
        facts,
        t.reopen_until,
        t.entries,
        t.version,
        t.notice_at,
        t.snoozed_until,
        t.merged_into,
        t.offering,
        t.statement,
        t.delivered_by,
        circle,
    ];
    if tx.execute(&UPDATE, params).await? == 0 {
        return Err(Error::Stale);
    }
    t.version += 1;
    Ok(())
}

/// The ids of the tickets after the given one, in their order.
///
/// # Errors
/// As the database says.
pub async fn ids(tx: &mut Tx, after: Option<TicketId>, limit: i64) -> Result<Vec<TicketId>, Error> {
    let after = after.unwrap_or(TicketId::from_uuid(uuid::Uuid::nil()));
    let rows: Vec<(TicketId,)> = tx.query(&IDS, params![after, limit]).await?;
    Ok(rows.into_iter().map(|(id,)| id).collect())
}

/// Tickets whose [`Ticket::notice_at`] has passed, with it, the earliest first: those after the given one.
///
/// # Errors
/// As the database says.
pub async fn noticeable(
    tx: &mut Tx,
    now: Timestamp,
    after: Option<(Timestamp, TicketId)>,
    limit: i64,
) -> Result<Vec<(TicketId, Timestamp)>, Error> {
    let (at, id) = after.unwrap_or((Timestamp::UNIX_EPOCH, TicketId::from_uuid(uuid::Uuid::nil())));
    tx.query(&NOTICEABLE, params![now, at, id, limit]).await
}

/// Writes a ticket's [`Ticket::notice_at`] alone: nobody sees the difference, so its version stays.
///
/// # Errors
/// [`Error::Stale`] if somebody else was faster.
pub async fn set_notice_at(tx: &mut Tx, t: &Ticket) -> Result<(), Error> {
    match tx.execute(&SET_NOTICE_AT, params![t.id, t.notice_at, t.version]).await? {
        0 => Err(Error::Stale),
        _ => Ok(()),
    }
}

/// One ticket.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: TicketId) -> Result<Option<Ticket>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The ticket with this number.
///
/// # Errors
/// As the database says.
pub async fn by_number(tx: &mut Tx, number: i64) -> Result<Option<Ticket>, Error> {
    tx.query_opt(&BY_NUMBER, params![number]).await
}

/// The tickets of a customer since a moment that are shown to a reader, the newest first: the last 200.
///
/// # Errors
/// As the database says.
pub async fn of_customer(
    tx: &mut Tx,
    reader: Reader,
    customer: CustomerId,
    since: Timestamp,
) -> Result<Vec<Ticket>, Error> {
    let Named { agent, pattern } = reader.into();
    tx.query(&LATELY_OF, params![customer, since, agent, pattern]).await
}

/// A list of tickets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Of one agent, ours to act, by due time.
    Mine(AgentId),
    /// Nobody's, ours to act, by due time.
    Unassigned,
    /// Ours to act, by due time.
    Due,
    /// Somebody else's to act, by due time.
    Waiting,
    /// All, the newest word first.
    All,
    /// All of one customer, the newest word first.
    Customer(CustomerId),
}

/// Where a page of a list begins: after this key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// The column by which it is ordered.
    pub at: Timestamp,
    /// Makes it unique.
    pub id: TicketId,
}

impl View {
    /// Whether the list is ordered by due time; otherwise by the newest word.
    #[must_use]
    pub const fn by_due(self) -> bool {
        match self {
            View::Mine(_) | View::Unassigned | View::Due | View::Waiting => true,
            View::All | View::Customer(_) => false,
        }
    }

    /// The key of a line of this list.
    #[must_use]
    pub fn key(self, line: &TicketLine) -> Key {
        Key { at: if self.by_due() { line.due_at } else { line.last_at }, id: line.id }
    }
}

/// A page of a list of at most 500 lines, as far as the reader may see them.
///
/// # Errors
/// As the database says.
pub async fn list(
    tx: &mut Tx,
    view: View,
    reader: Reader,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<TicketLine>, Error> {
    let kind = match reader.rights.tickets() {
        Tickets::None => return Ok(Vec::new()),
        Tickets::Only(kind) => Some(kind),
        Tickets::All => None,
    };
    let from = after.unwrap_or(if view.by_due() {
        Key { at: Timestamp::UNIX_EPOCH, id: TicketId::from_uuid(uuid::Uuid::nil()) }
    } else {
        Key { at: NEVER, id: TicketId::from_uuid(uuid::Uuid::max()) }
    });
    let lane = if view == View::Waiting { Lane::Waiting } else { Lane::Todo };
    let Named { agent: me, pattern } = reader.into();
    match (view, kind) {
        (View::Due | View::Waiting, None) => {
            tx.query(&DUE, params![lane, from.at, from.id, limit, me, pattern]).await
        }
        (View::Due | View::Waiting, Some(kind)) => {
            tx.query(&DUE_KIND, params![lane, from.at, from.id, limit, me, pattern, kind]).await
        }
        (View::Mine(agent), kind) => {
            tx.query(&MINE, params![lane, from.at, from.id, limit, me, pattern, kind, agent]).await
        }
        (View::Unassigned, kind) => {
            tx.query(&UNASSIGNED, params![lane, from.at, from.id, limit, me, pattern, kind]).await
        }
        (View::All, None) => tx.query(&RECENT, params![from.at, from.id, limit, me, pattern]).await,
        (View::All, Some(kind)) => {
            tx.query(&RECENT_KIND, params![from.at, from.id, limit, me, pattern, kind]).await
        }
        (View::Customer(customer), kind) => {
            tx.query(&OF_CUSTOMER, params![from.at, from.id, limit, me, pattern, customer, kind]).await
        }
    }
}

/// The tickets that a contact may see in the portal: its own and those it follows, and, unless `sees` is
/// [`Sees::Own`], those of the customers that let it see all. The newest word first.
///
/// # Errors
/// As the database says.
pub async fn of_contact(
    tx: &mut Tx,
    contact: ContactId,
    sees: Sees,
    after: Option<Key>,
    limit: i64,
) -> Result<Vec<TicketLine>, Error> {
    let from = after.unwrap_or(Key { at: NEVER, id: TicketId::from_uuid(uuid::Uuid::max()) });
    tx.query(&OF_CONTACT, params![from.at, from.id, limit, contact, sees]).await
}

/// Whether a contact may see a ticket.
///
/// # Errors
/// As the database says.
pub async fn contact_sees(tx: &mut Tx, contact: ContactId, ticket: TicketId) -> Result<bool, Error> {
    Ok(tx.query_one::<(bool,)>(&CONTACT_SEES, params![ticket, contact]).await?.0)
}

/// A ticket as a line of a list. What may be seen of it is for the caller to ask.
///
/// # Errors
/// As the database says.
pub async fn line(tx: &mut Tx, id: TicketId) -> Result<Option<TicketLine>, Error> {
    tx.query_opt(&ONE_LINE, params![id]).await
}
