//! The index: documents in, tickets out, for one desk and for what the asker may see.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicI64, Ordering},
};

use domain::{
    access::{Reader, Sight, Visibility},
    id::{EntryId, TicketId},
    ticket::{
        kinds::{Kind, Service},
        lifecycle::State,
        timeline::Event,
    },
};
use jiff::Timestamp;
use uuid::Uuid;

use super::{
    Terms, VERSION, Words,
    dialect::{ADD_TERMS, COMMON, MOST_RARE, RARE, REMOVE_TERMS, SHOWN},
    query::Expr,
};
use crate::{
    Error, FromRow, Json, Row, Tx, Value, circles::Named, engine::Connection, params, tickets::TicketLine,
    tx::Bound,
};

/// The most documents of which one search looks at the tickets.
pub const MOST_CANDIDATES: i64 = 2_000;
/// How many of them are looked at first: enough for a page of a common word.
const FIRST_CANDIDATES: i64 = 200;
/// The most tickets that one search answers.
pub const MOST_HITS: usize = 200;
/// How many bits of a number differ within a millisecond.
const BITS: u32 = 20;
/// What is written within a second is of the same moment: units of work wait that long to write.
const MOMENT: i64 = 1000 << BITS;
/// How many bits of a document's number are its place within a window: three days, and a hundred.
const WINDOWS: [u32; 2] = [48, 53];
/// How many numbers a document tries that has the same instant and the same last bits as others.
const TRIES: i64 = 64;

/// What one document says about itself. The index's own terms begin with the reserved sign, which begins no term
/// of a text.
mod token {
    use domain::{access::Visibility, id::DeskId};

    pub(super) const SUBJECT: &str = "_s";

    pub(super) fn desk(desk: DeskId) -> String {
        format!("_d{}", desk.uuid().as_simple())
    }

    /// The window of a desk in which a document stands: its number without so many bits.
    pub(super) fn window(desk: DeskId, bits: u32, window: i64) -> String {
        format!("{}_{bits}_{window:x}", self::desk(desk))
    }

    pub(super) const fn visibility(visibility: Visibility) -> &'static str {
        match visibility {
            Visibility::Public => "_vp",
            Visibility::Internal | Visibility::Partners => "_vi",
        }
    }
}

crate::sql! {
    desk ADD_DOC = "INSERT INTO search_docs (desk_id, doc, ticket_id, entry_id, visibility, version)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
    desk REMOVE_DOC = "DELETE FROM search_docs WHERE desk_id = $1 AND doc = $2";
    desk DOCS_OF_TICKET = "SELECT doc FROM search_docs WHERE desk_id = $1 AND ticket_id = $2";
    desk DOCS_OF_ENTRY =
        "SELECT doc FROM search_docs WHERE desk_id = $1 AND ticket_id = $2 AND entry_id = $3";
    desk DOCS_OF_SUBJECT =
        "SELECT doc FROM search_docs WHERE desk_id = $1 AND ticket_id = $2 AND entry_id IS NULL";
    desk NEWEST_DOC = "SELECT doc FROM search_docs WHERE desk_id = $1 AND doc < $2 ORDER BY doc DESC LIMIT 1";
    desk VERSIONS =
        "SELECT doc, ticket_id, version FROM search_docs WHERE desk_id = $1 AND doc > $2 ORDER BY doc LIMIT $3";
}

/// A text that can be found: a message or note, or a ticket's subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doc {
    /// The ticket that is found.
    pub ticket: TicketId,
    /// The entry whose text it is; none for the subject.
    pub entry: Option<EntryId>,
    /// Who may find it.
    pub visibility: Visibility,
    /// When it was written: newer documents are found first.
    pub at: Timestamp,
    /// Its text, analysed before the transaction.
    pub terms: Terms,
}

/// Adds a document. An entry that is added again is there twice: [`remove`] it first.
///
/// # Errors
/// What the database says; [`Error::Busy`] if very many documents of one instant look alike.
pub async fn add(tx: &mut Tx, doc: &Doc) -> Result<(), Error> {
    let mut terms = token::desk(tx.desk());
    let own = [Some(token::visibility(doc.visibility)), doc.entry.is_none().then_some(token::SUBJECT)];
    for term in own.into_iter().flatten().chain(Some(doc.terms.text()).filter(|terms| !terms.is_empty())) {
        terms.push(' ');
        terms.push_str(term);
    }
    let visibility = doc.visibility.word();
    let first = free_number(tx, number(doc.at, doc.entry.map_or(doc.ticket.uuid(), EntryId::uuid)));
    for number in first..first + TRIES {
        let row = params![number, doc.ticket, doc.entry, visibility, VERSION];
        if tx.execute(&ADD_DOC, row).await? == 1 {
            if let Connection::Postgres(_) = tx.session().connection {
                for bits in WINDOWS {
                    terms.push(' ');
                    terms.push_str(&token::window(tx.desk(), bits, number >> bits));
                }
            }
            return tx.put(&ADD_TERMS, params![number, terms]).await;
        }
    }
    Err(Error::Busy("too many documents of one instant"))
}

/// On SQLite, where the number must be free on every desk, the one after the last of the same moment that this process
/// has written, so that numbers ascend in the order of writing: FTS5 gathers ascending documents in memory and writes
/// them at the commit, but writes at once what it has when a lower one comes. Another process may have the same number:
/// then the next one is tried. On PostgreSQL different numbers cost nothing.
fn free_number(tx: &mut Tx, wanted: i64) -> i64 {
    static LAST: AtomicI64 = AtomicI64::new(0);
    if let Connection::Postgres(_) = tx.session().connection {
        return wanted;
    }
    let ascending = |last: i64| if last < wanted + MOMENT { wanted.max(last + 1) } else { wanted };
    let last = LAST.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |last| Some(ascending(last)));
    ascending(last.unwrap_or_default())
}

/// A document's number: its milliseconds, then bits by which documents of the same one differ.
fn number(at: Timestamp, id: Uuid) -> i64 {
    let millis = at.as_millisecond().clamp(0, 1 << 42);
    let random = i64::from(u32::from_be_bytes([0, id.as_bytes()[13], id.as_bytes()[14], id.as_bytes()[15]]));
    (millis << BITS) | (random & ((1 << BITS) - 1))
}

/// Which documents of a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// All of them.
    Whole,
    /// The subject's.
    Subject,
    /// An entry's.
    Entry(EntryId),
}

/// Removes documents of a ticket: for erasure, or to add them again with another text.
///
/// # Errors
/// What the database says.
pub async fn remove(tx: &mut Tx, ticket: TicketId, part: Part) -> Result<(), Error> {
    let docs: Vec<(i64,)> = match part {
        Part::Whole => tx.query(&DOCS_OF_TICKET, params![ticket]).await?,
        Part::Subject => tx.query(&DOCS_OF_SUBJECT, params![ticket]).await?,
        Part::Entry(entry) => tx.query(&DOCS_OF_ENTRY, params![ticket, entry]).await?,
    };
    for (doc,) in docs {
        tx.execute(&REMOVE_TERMS, params![doc]).await?;
        tx.execute(&REMOVE_DOC, params![doc]).await?;
    }
    Ok(())
}

/// Tickets whose documents another version of the analyser made, among the next documents of a walk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outdated {
    /// The tickets, each once: to be removed whole and added again.
    pub tickets: Vec<TicketId>,
    /// Where the walk goes on; none at its end.
    pub next: Option<i64>,
}

/// A step of the walk over all documents of the desk, `most` at a time; it begins `after` 0.
///
/// # Errors
/// What the database says.
pub async fn outdated(tx: &mut Tx, after: i64, most: u16) -> Result<Outdated, Error> {
    let rows: Vec<(i64, TicketId, i64)> = tx.query(&VERSIONS, params![after, i64::from(most)]).await?;
    let next = rows.last().map(|(doc, ..)| *doc).filter(|_| rows.len() == usize::from(most));
    let mut tickets: Vec<TicketId> =
        rows.into_iter().filter(|(.., version)| *version != VERSION).map(|(_, ticket, _)| ticket).collect();
    tickets.sort_unstable();
    tickets.dedup();
    Ok(Outdated { tickets, next })
}

/// What is looked for, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// The words: all of them in one message, or all in the subject.
    pub words: Words,
    /// Which tickets count.
    pub only: Only,
    /// Whose eyes they are: no word that they may not see has an effect on the answer.
    pub reader: Reader,
    /// In which order, and from where.
    pub order: Order,
    /// How many tickets, up to [`MOST_HITS`].
    pub limit: usize,
}

/// Which tickets count: those with what is given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Only {
    /// The state.
    pub state: Option<State>,
    /// The kind.
    pub kind: Option<Kind>,
    /// The service.
    pub service: Option<Service>,
}

impl Only {
    /// Whether a ticket is one of them.
    #[must_use]
    pub fn counts(&self, ticket: &TicketLine) -> bool {
        self.state.is_none_or(|state| ticket.state == state)
            && self.kind.is_none_or(|kind| ticket.kind == kind)
            && self.service.is_none_or(|service| ticket.service == service)
    }
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The ticket with the newest match first; `before` is [`Hits::next`] of the page before.
    Newest {
        /// Where the page begins.
        before: Option<i64>,
    },
    /// Tickets with all words in the subject first, then the newest. One page.
    Best,
}

/// A ticket that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The ticket.
    pub ticket: TicketId,
    /// The entry with the newest match; none if that is the subject.
    pub entry: Option<EntryId>,
    doc: i64,
}

/// A hit as a page shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The ticket.
    pub line: TicketLine,
    /// The entry with the newest match; none if that is the subject.
    pub event: Option<Event>,
}

impl FromRow for (i64, Shown) {
    fn from_row(row: &mut Row<'_>) -> Result<Self, Error> {
        let doc = row.next()?;
        let line = TicketLine::from_row(row)?;
        let event: Option<Json<Event>> = row.next()?;
        Ok((doc, Shown { line, event: event.map(|event| event.0) }))
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hits {
    /// The tickets, each once.
    pub tickets: Vec<Hit>,
    /// Whether there are more, within the bounds.
    pub more: bool,
    /// Where the next page begins, if hits are ordered by time and there are more.
    pub next: Option<i64>,
    /// Whether older documents match that were not looked at: there were [`MOST_CANDIDATES`] newer ones.
    pub capped: bool,
}

/// Finds tickets. Words count exactly or by their stem; only if these find less than a page, words that begin so
/// count too.
///
/// # Errors
/// What the database says. No question is an error.
pub async fn find(tx: &mut Tx, question: &Question) -> Result<Hits, Error> {
    let limit = question.limit.clamp(1, MOST_HITS);
    let before = match question.order {
        Order::Newest { before } => before.unwrap_or(i64::MAX),
        Order::Best => i64::MAX,
    };
    let Some(eyes) = Eyes::of(question.reader) else { return Ok(Hits::default()) };
    let Question { words: Words { exact, beginnings, .. }, only, order, .. } = question;
    let mut found = ordered(tx, &eyes, only, exact, *order, before, limit).await?;
    if found.tickets.len() <= limit && !found.capped {
        found = ordered(tx, &eyes, only, beginnings, *order, before, limit).await?;
    }

    let capped = found.capped;
    let mut tickets: Vec<Hit> = found.tickets.into_iter().filter(|hit| hit.doc < before).collect();
    let more = tickets.len() > limit;
    tickets.truncate(limit);
    let by_time = matches!(question.order, Order::Newest { .. });
    let next = tickets.last().map(|hit| hit.doc).filter(|_| more && by_time);
    Ok(Hits { tickets, more, next, capped })
}

/// What pages show of hits, in their order. A hit of another moment may be gone.
///
/// # Errors
/// What the database says.
pub async fn shown(tx: &mut Tx, hits: &[Hit]) -> Result<Vec<Shown>, Error> {
    let docs: Vec<i64> = hits.iter().map(|hit| hit.doc).collect();
    let rows: Vec<(i64, Shown)> = tx.query(&SHOWN, params![Value::json(&docs)?]).await?;
    let mut by_doc: HashMap<i64, Shown> = rows.into_iter().collect();
    Ok(docs.iter().filter_map(|doc| by_doc.remove(doc)).collect())
}

#[derive(Debug, Default)]
struct Found {
    tickets: Vec<Hit>,
    capped: bool,
}

async fn ordered(
    tx: &mut Tx,
    eyes: &Eyes,
    only: &Only,
    words: &Expr,
    order: Order,
    before: i64,
    limit: usize,
) -> Result<Found, Error> {
    let everything = newest(tx, eyes, only, words, before, limit).await?;
    if matches!(order, Order::Newest { .. }) {
        return Ok(everything);
    }
    let subject = Expr::All(vec![Expr::Term(token::SUBJECT.into()), words.clone()]);
    let mut best = newest(tx, eyes, only, &subject, before, limit).await?;
    let first: HashSet<TicketId> = best.tickets.iter().map(|hit| hit.ticket).collect();
    best.tickets.extend(everything.tickets.into_iter().filter(|hit| !first.contains(&hit.ticket)));
    best.capped |= everything.capped;
    Ok(best)
}

/// Walks from the newest match until more than `limit` tickets are found before a document. A page begins at the
/// top again, so that a ticket whose newest match stood on a page before isn't found twice.
async fn newest(
    tx: &mut Tx,
    eyes: &Eyes,
    only: &Only,
    words: &Expr,
    before: i64,
    limit: usize,
) -> Result<Found, Error> {
    let mut found = Found::default();
    let mut seen = HashSet::new();
    let mut last = i64::MAX;
    for most in [FIRST_CANDIDATES, MOST_CANDIDATES - FIRST_CANDIDATES] {
        let rows = candidates(tx, eyes, only, words, last, most).await?;
        let Some((lowest, ..)) = rows.last() else { break };
        last = *lowest;
        let full = rows.len() as i64 == most;
        for (doc, ticket, entry, _) in rows {
            if let Some(ticket) = ticket.filter(|ticket| seen.insert(*ticket)) {
                found.tickets.push(Hit { ticket, entry, doc });
            }
        }
        let on_page = found.tickets.iter().filter(|hit| hit.doc < before).count();
        if on_page > limit || !full {
            return Ok(found);
        }
    }
    found.capped = last != i64::MAX;
    Ok(found)
}

type Candidate = (i64, Option<TicketId>, Option<EntryId>, i64);

/// The newest matches before a document.
///
/// FTS5 finds the newest first on its own. GIN finds all matches, which are many for a common word: so it is asked for
/// those of the last days, then of the last months, and only what is rare in these is looked for everywhere.
async fn candidates(
    tx: &mut Tx,
    eyes: &Eyes,
    only: &Only,
    words: &Expr,
    before: i64,
    most: i64,
) -> Result<Vec<Candidate>, Error> {
    let whole = Expr::Term(token::desk(tx.desk()));
    if let Connection::Sqlite(_) = tx.session().connection {
        let question = eyes.question(whole, words).fts5();
        return ask(tx, &RARE, &question, eyes, only, before, most).await;
    }
    let newest: Option<(i64,)> = tx.query_opt(&NEWEST_DOC, params![before]).await?;
    let Some((newest,)) = newest else { return Ok(Vec::new()) };
    let mut rows = Vec::new();
    let windows = WINDOWS.map(|bits| {
        let last = newest >> bits;
        let window = |window| Expr::Term(token::window(tx.desk(), bits, window));
        Expr::Any(vec![window(last), window(last - 1)])
    });
    for place in windows.into_iter().chain([whole.clone()]) {
        rows = ask(tx, &RARE, &eyes.question(place, words).tsquery(), eyes, only, before, most).await?;
        if rows.first().is_some_and(|(.., looked_at)| *looked_at > MOST_RARE) {
            let question = eyes.question(whole, words).tsquery();
            return ask(tx, &COMMON, &question, eyes, only, before, most).await;
        }
        if rows.len() as i64 == most {
            break;
        }
    }
    Ok(rows)
}

async fn ask(
    tx: &mut Tx,
    statement: &'static crate::sql::desk::Sql,
    question: &str,
    eyes: &Eyes,
    only: &Only,
    before: i64,
    most: i64,
) -> Result<Vec<Candidate>, Error> {
    let Eyes { public: [p1, p2, p3], full: [f1, f2, f3], named: Named { agent, pattern } } = eyes;
    let state = only.state.map_or("", State::word);
    let kind = only.kind.map_or("", Kind::word);
    let service = only.service.map_or("", Service::word);
    let params =
        params![question, before, most, p1, p2, p3, f1, f2, f3, state, kind, service, *agent, pattern];
    tx.query(statement, params).await
}

/// What somebody may see, as the statements ask for it: the kinds of tickets whose public messages, and those
/// whose internal notes too. An empty word is no kind.
#[derive(Debug)]
struct Eyes {
    public: [&'static str; Kind::ALL.len()],
    full: [&'static str; Kind::ALL.len()],
    /// To whom circles show their tickets.
    named: Named,
}

impl Eyes {
    /// None for somebody who sees no ticket at all.
    fn of(reader: Reader) -> Option<Eyes> {
        let mut eyes = Eyes { public: [""; _], full: [""; _], named: reader.into() };
        for (n, kind) in Kind::ALL.iter().enumerate() {
            let sight = reader.rights.sight(*kind);
            eyes.public[n] = if sight >= Sight::Public { kind.word() } else { "" };
            eyes.full[n] = if sight == Sight::Full { kind.word() } else { "" };
        }
        eyes.public.iter().any(|kind| !kind.is_empty()).then_some(eyes)
    }

    /// The question that the engine gets: it names a place on the desk, and asks for public documents only if no others
    /// may be seen. (The kind of a ticket can change, so it is no term.)
    fn question(&self, place: Expr, words: &Expr) -> Expr {
        let mut all = vec![place];
        if self.full.iter().all(|kind| kind.is_empty()) {
            all.push(Expr::Term(token::visibility(Visibility::Public).into()));
        }
        all.push(words.clone());
        Expr::All(all)
    }
}
