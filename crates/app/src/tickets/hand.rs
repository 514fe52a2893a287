//! A ticket in the hand of a use case: it gathers what a change means, and writes all of it at once.

use std::sync::Arc;

use domain::{
    access::Visibility,
    clock::{
        self,
        promise::Targets,
        running::{Clock, ClockKind, ClockState, Event as ClockEvent, Fact},
    },
    deed::Deed,
    id::{AuditId, EntryId, TicketId},
    ticket::{
        lifecycle::{Action, State},
        notice::{self, Occasion},
        timeline::{Actor, Entry, Event},
    },
};
use jiff::{SignedDuration, Timestamp};
use store::{
    Tx,
    people::Settings,
    queue,
    records::{self, Act},
    search::{self, Doc, Terms},
    tickets::{self, Lane, NEVER, Ticket},
    timeline,
};

use super::files::{File, put_files};
use crate::{
    Error, Ids, Result,
    catalogue::{self, Asked, Cover},
    jobs, live,
};

/// How much of a message a list shows.
const PREVIEW: usize = 160;

/// What holds for a ticket: the desk's settings, what is promised for it and in which hours, and who delivers it.
#[derive(Clone, Debug)]
pub(crate) struct Rules {
    pub(crate) settings: Settings,
    /// The hours of the promises: the offering's, or else the desk's.
    pub(crate) calendar: Option<clock::Calendar>,
    cover: Cover,
}

impl Rules {
    /// Those of the desk, for whatever no plan covers.
    pub(crate) async fn of_desk(tx: &mut Tx) -> Result<Rules> {
        let (settings, _) = store::people::settings(tx).await?;
        let calendar = calendar(tx, settings.calendar).await?;
        Ok(Rules { settings, calendar, cover: Cover::default() })
    }

    /// Those for a matter that comes at this moment.
    pub(crate) async fn of_new(tx: &mut Tx, asked: &Asked, at: Timestamp) -> Result<Rules> {
        Self::of_desk(tx).await?.covering(tx, asked, at).await
    }

    /// The same for a matter that comes at this moment.
    pub(crate) async fn covering(self, tx: &mut Tx, asked: &Asked, at: Timestamp) -> Result<Rules> {
        let cover = catalogue::cover(tx, asked, at).await?;
        let calendar = match &cover.offering {
            Some(offering) => Some(offering.calendar.clone()),
            None => self.calendar,
        };
        Ok(Rules { calendar, cover, ..self })
    }

    /// What the hours of the promises are called.
    pub(crate) async fn hours_name(&self, tx: &mut Tx) -> Result<String> {
        if let Some(offering) = &self.cover.offering {
            return Ok(offering.name.clone());
        }
        let Some(id) = self.settings.calendar else { return Ok(String::new()) };
        Ok(store::people::calendar(tx, id).await?.map(|row| row.name).unwrap_or_default())
    }

    /// What is promised for a severity.
    pub(crate) fn targets(&self, severity: domain::ticket::kinds::Severity) -> Targets {
        let promises = self.cover.offering.as_ref().map_or(&self.settings.promises, |o| &o.promises);
        promises.of(severity)
    }
}

/// A ticket while it is changed.
#[derive(Debug)]
pub(crate) struct Hand {
    pub(crate) ticket: Ticket,
    pub(crate) rules: Arc<Rules>,
    ids: Ids,
    now: Timestamp,
    actor: Actor,
    is_new: bool,
    /// Whether what happens is told to its clocks.
    counts: bool,
    lists_before: Vec<String>,
    /// Whether it was shown to named people only before.
    had_circle: bool,
    entries: Vec<Entry>,
    files: Vec<(EntryId, Vec<File>)>,
    docs: Vec<Doc>,
    seen_by_customer: bool,
    /// Whether it was resolved or closed.
    ended: bool,
}

impl Hand {
    /// Takes a ticket that is there.
    pub(crate) async fn take(
        tx: &mut Tx,
        id: TicketId,
        ids: Ids,
        now: Timestamp,
        actor: Actor,
    ) -> Result<Hand> {
        let ticket = tickets::get(tx, id).await?.ok_or(Error::NotFound("ticket"))?;
        let (settings, _) = store::people::settings(tx).await?;
        let offering = catalogue::promised(tx, ticket.offering).await?;
        let calendar = match &offering {
            Some(offering) => Some(offering.calendar.clone()),
            None => calendar(tx, ticket.calendar).await?,
        };
        let cover = Cover { offering, ..Cover::default() };
        let lists_before = lists(&ticket);
        let rules = Arc::new(Rules { settings, calendar, cover });
        Ok(Hand { lists_before, ..Self::of(ticket, rules, ids, now, actor) })
    }

    /// Begins a new one. The rules were read before its transaction: it is opened as of then.
    pub(crate) fn begin(
        mut ticket: Ticket,
        rules: Arc<Rules>,
        ids: Ids,
        now: Timestamp,
        actor: Actor,
    ) -> Hand {
        promise(&mut ticket, &rules);
        ticket.team = rules.cover.team;
        Hand { is_new: true, ..Self::of(ticket, rules, ids, now, actor) }
    }

    fn of(ticket: Ticket, rules: Arc<Rules>, ids: Ids, now: Timestamp, actor: Actor) -> Hand {
        Hand {
            had_circle: ticket.circle.is_some(),
            ticket,
            rules,
            ids,
            now,
            actor,
            is_new: false,
            counts: true,
            lists_before: Vec::new(),
            entries: Vec::new(),
            files: Vec::new(),
            docs: Vec::new(),
            seen_by_customer: false,
            ended: false,
        }
    }

    /// Ids for what is written beside the ticket.
    pub(super) fn more_ids(&self) -> Ids {
        self.ids.after()
    }

    /// Appends an entry made now by whoever has the hand.
    pub(crate) fn append(&mut self, event: Event) -> EntryId {
        let id = self.ids.next(EntryId::new);
        self.append_as(id, event);
        id
    }

    /// Appends an entry whose id was made before.
    pub(crate) fn append_as(&mut self, id: EntryId, event: Event) {
        let opening = self.is_new && self.ticket.entries == 0;
        self.ticket.entries += 1;
        let message = match &event {
            Event::CustomerMessage(m) => {
                if !opening {
                    self.fact(ClockEvent::CustomerWrote);
                }
                Some(m)
            }
            Event::Reply(m) => {
                self.fact(ClockEvent::Answered);
                Some(m)
            }
            _ => None,
        };
        let wakes = !opening && matches!(event, Event::CustomerMessage(_));
        let is_newest = self.counts || self.now >= self.ticket.last_at;
        if let Some(message) = message.filter(|_| is_newest) {
            self.ticket.preview = preview(&message.text);
            self.ticket.last_by = self.actor.kind();
            self.ticket.last_at = self.now;
        }
        self.seen_by_customer |= event.visibility() == Visibility::Public;
        self.entries.push(Entry { id, seq: self.ticket.entries, at: self.now, actor: self.actor, event });
        if wakes {
            self.wake();
        }
    }

    /// Brings a ticket back that was put aside; whether it was.
    pub(crate) fn wake(&mut self) -> bool {
        let was = self.ticket.snoozed_until.take().is_some();
        if was {
            self.append(Event::Snoozed { until: None });
        }
        was
    }

    /// What it appended that customers can read.
    pub(super) fn made_public(&self) -> Vec<EntryId> {
        let public = self.entries.iter().filter(|entry| entry.event.visibility() == Visibility::Public);
        public.map(|entry| entry.id).collect()
    }

    /// Adds files to an entry that was just appended.
    pub(crate) fn attach(&mut self, entry: EntryId, files: &[File]) {
        if !files.is_empty() {
            self.files.push((entry, files.to_vec()));
        }
    }

    /// Makes the words of an entry findable; they were analysed before the transaction.
    pub(crate) fn index(&mut self, entry: Option<EntryId>, visibility: Visibility, terms: &Terms) {
        let doc = Doc { ticket: self.ticket.id, entry, visibility, at: self.now, terms: terms.clone() };
        self.docs.push(doc);
    }

    /// Moves it to a state; `action` is what somebody did, none where a message moved it.
    pub(crate) fn move_to(&mut self, to: State, action: Option<Action>) {
        let from = self.ticket.state;
        if from == to {
            return;
        }
        self.ticket.state = to;
        self.ticket.snoozed_until = None;
        self.ended = matches!(to, State::Resolved | State::Closed);
        match to {
            State::WaitingCustomer => self.fact(ClockEvent::WaitingForCustomer),
            State::Resolved => {
                self.fact(ClockEvent::Resolved);
                let days = i64::from(self.rules.settings.reopen_days);
                let window = SignedDuration::from_hours(24 * days);
                self.ticket.reopen_until = self.now.checked_add(window).ok();
            }
            State::Closed if from != State::Resolved => self.fact(ClockEvent::Resolved),
            State::Closed => {}
            State::New | State::Open | State::WaitingSupplier => {
                if from.pauses_promises() {
                    self.fact(ClockEvent::Working);
                }
                self.ticket.reopen_until = None;
            }
        }
        self.append(Event::Moved { action, from, to });
    }

    /// An answer given then was taken back: the promises that it kept, and the pause that began with it, never were.
    pub(crate) fn forget_answer(&mut self, at: Timestamp) {
        self.ticket.facts.0.retain(|fact| {
            let with_it = matches!(
                fact.what,
                ClockEvent::Answered | ClockEvent::WaitingForCustomer | ClockEvent::Resolved
            );
            !(fact.at == at && with_it)
        });
    }

    fn fact(&mut self, what: ClockEvent) {
        if self.counts {
            self.ticket.facts.0.push(Fact { at: self.now, what });
        }
    }

    /// Who changes it.
    pub(super) const fn actor(&self) -> Actor {
        self.actor
    }

    /// When it is changed.
    pub(super) const fn now(&self) -> Timestamp {
        self.now
    }

    /// Until when a change made now can be taken back.
    pub(super) fn undo_until(&self) -> Timestamp {
        let undo = SignedDuration::from_secs(self.rules.settings.undo_seconds.into());
        self.now.checked_add(undo).unwrap_or(self.now)
    }

    /// Writes everything that the change means.
    pub(crate) async fn put(mut self, tx: &mut Tx, deed: Deed) -> Result<live::Change> {
        self.ticket.lane = self.ticket.place();
        self.recount()?;
        let id = self.ticket.id;
        if self.is_new {
            tickets::insert(tx, &self.ticket).await?;
        } else {
            tickets::update(tx, &mut self.ticket).await?;
        }
        for entry in &self.entries {
            timeline::append(tx, id, entry).await?;
        }
        for (entry, files) in &self.files {
            put_files(tx, id, *entry, files, self.now).await?;
        }
        for doc in &self.docs {
            search::add(tx, doc).await?;
        }
        self.count(tx).await?;
        if self.ended && self.counts {
            // Once it cannot be taken back any more.
            let at = self.undo_until();
            let job = jobs::charge(&mut self.ids, id, at);
            queue::enqueue(tx, self.now, &job).await?;
        }
        let audit = self.ids.next(AuditId::new);
        let act = Act {
            id: audit,
            at: self.now,
            actor: self.actor,
            deed,
            subject: id.to_string(),
            data: serde_json::json!({ "number": self.ticket.number, "state": self.ticket.state }),
        };
        records::audit(tx, &act).await?;
        Ok(live::Change {
            desk: tx.desk(),
            ticket: id,
            number: self.ticket.number,
            kind: self.ticket.kind,
            visibility: if self.seen_by_customer { Visibility::Public } else { Visibility::Internal },
            assignee: self.ticket.assignee,
            // Whoever saw it until now learns that it is gone.
            has_circle: self.ticket.circle.is_some() && self.had_circle,
            audit,
        })
    }

    /// What happens is old mail: nothing is promised for a new ticket, and clocks that run do not hear of it.
    pub(crate) fn without_clocks(&mut self) {
        self.counts = false;
        if self.is_new {
            (self.ticket.calendar, self.ticket.offering, self.ticket.statement) = (None, None, None);
        }
    }

    /// It is another matter, or somebody else's, or of another severity: what is promised for such a one, as of its
    /// opening. For what nothing was promised, nothing is.
    pub(crate) async fn promise_anew(&mut self, tx: &mut Tx) -> Result<()> {
        if !self.ticket.is_promised() {
            return Ok(());
        }
        let t = &self.ticket;
        let asked = Asked { customer: t.customer, service: t.service, kind: t.kind };
        let desk = Rules::of_desk(tx).await?;
        self.rules = Arc::new(desk.covering(tx, &asked, t.created_at).await?);
        promise(&mut self.ticket, &self.rules);
        // By the new promises something may have passed already.
        self.ticket.notice_at = self.ticket.notice_at.map(|_| self.ticket.created_at);
        Ok(())
    }

    /// By when the first answer is promised, if it is still to come.
    pub(crate) fn first_response(&self) -> Result<Option<Timestamp>> {
        let clocks = running(&self.ticket, self.rules.calendar.as_ref(), self.now)?;
        let first = clocks.iter().find(|clock| clock.kind == ClockKind::FirstResponse);
        Ok(first.and_then(|clock| match clock.state {
            ClockState::Running { due, .. } => Some(due),
            ClockState::Paused { .. } | ClockState::Met { .. } => None,
        }))
    }

    /// What time has brought since somebody last looked, if anything is to be told of it. From then on it has been
    /// looked at.
    pub(crate) fn take_notice(&mut self) -> Result<Option<Occasion>> {
        let clocks = running(&self.ticket, self.rules.calendar.as_ref(), self.now)?;
        let moments = self.moments(&clocks);
        let from = self.ticket.notice_at.unwrap_or(self.now);
        self.ticket.notice_at = self.next_look(&moments);
        Ok(notice::passed(&moments, from, self.now))
    }

    /// The moments at which it becomes worth a notice. Without a calendar there are none.
    fn moments(&self, clocks: &[Clock]) -> Vec<(Timestamp, Occasion)> {
        let t = &self.ticket;
        let minutes = |minutes: u32| SignedDuration::from_mins(minutes.into());
        // What somebody has put aside does not lie forgotten.
        let lies = t.state == State::New && t.assignee.is_none() && t.snoozed_until.is_none();
        let lies = lies.then_some(self.rules.settings.unassigned_minutes);
        let unassigned = lies.flatten().and_then(|wait| {
            let calendar = self.rules.calendar.as_ref()?;
            calendar.deadline(t.created_at, minutes(wait).as_secs(), &[]).ok().map(|deadline| deadline.due)
        });
        notice::moments(clocks, self.rules.settings.warn_minutes.map(minutes), unassigned)
    }

    /// When time alone may next make it worth a look: by its clocks, or because it was put aside until then.
    fn next_look(&self, moments: &[(Timestamp, Occasion)]) -> Option<Timestamp> {
        notice::next(moments, self.now).into_iter().chain(self.ticket.snoozed_until).min()
    }

    /// What is due first, from the facts anew.
    fn recount(&mut self) -> Result<()> {
        if !self.counts {
            return Ok(());
        }
        let clocks = running(&self.ticket, self.rules.calendar.as_ref(), self.now)?;
        let next_look = self.next_look(&self.moments(&clocks));
        let t = &mut self.ticket;
        // What has passed and was not looked at stays to be looked at.
        if t.notice_at.is_none_or(|at| at >= self.now) {
            t.notice_at = next_look;
        }
        (t.due_at, t.due_kind, t.warn_at) = (NEVER, None, None);
        for clock in &clocks {
            if let ClockState::Running { due, warn_at } = clock.state
                && due < t.due_at
            {
                (t.due_at, t.due_kind, t.warn_at) = (due, Some(kind_word(clock.kind).into()), Some(warn_at));
            }
        }
        Ok(())
    }

    /// Counts the lists that it left and those that it came into.
    async fn count(&mut self, tx: &mut Tx) -> Result<()> {
        let after = lists(&self.ticket);
        let left = self.lists_before.iter().filter(|list| !after.contains(list)).map(|list| (list, -1));
        let joined = after.iter().filter(|list| !self.lists_before.contains(list)).map(|list| (list, 1));
        let deltas: records::Deltas = left.chain(joined).map(|(list, by)| (list.clone(), by)).collect();
        if !deltas.is_empty() {
            records::count(tx, self.ids.uuid(), &deltas).await?;
        }
        Ok(())
    }
}

/// Writes on a ticket what is promised for it, and who delivers it.
fn promise(ticket: &mut Ticket, rules: &Rules) {
    let cover = &rules.cover;
    ticket.offering = cover.offering.as_ref().map(|offering| offering.id);
    ticket.calendar = rules.settings.calendar.filter(|_| ticket.offering.is_none());
    ticket.targets = store::Json(rules.targets(ticket.severity));
    ticket.statement = cover.statement;
    ticket.delivered_by = cover.delivered_by;
}

/// The word of a promise, as it is stored on the ticket and named in the language files.
pub(crate) const fn kind_word(kind: ClockKind) -> &'static str {
    match kind {
        ClockKind::FirstResponse => "first_response",
        ClockKind::NextResponse => "next_response",
        ClockKind::Resolution => "resolution",
    }
}

/// The calendar of this id; none if it is not there.
pub(crate) async fn calendar(
    tx: &mut Tx,
    id: Option<domain::id::CalendarId>,
) -> Result<Option<clock::Calendar>> {
    let Some(id) = id else { return Ok(None) };
    let Some(row) = store::people::calendar(tx, id).await? else { return Ok(None) };
    clock::Calendar::try_from(row.spec.0).map(Some).map_err(Error::internal)
}

/// The clocks of a ticket at `now`. A promise that has no due time within a century, in a calendar that is never
/// open, is none.
pub(crate) fn running(
    ticket: &Ticket,
    calendar: Option<&clock::Calendar>,
    now: Timestamp,
) -> Result<Vec<Clock>> {
    let Some(calendar) = calendar.filter(|_| ticket.is_promised()) else { return Ok(Vec::new()) };
    let clocks = clock::running::clocks(calendar, &ticket.targets.0, ticket.created_at, &ticket.facts.0, now);
    match clocks {
        Err(clock::ClockError::NeverOpen | clock::ClockError::NoDueTime) => Ok(Vec::new()),
        other => other.map_err(Error::internal),
    }
}

/// The counters of the lists in which a ticket stands, each with its kind: so a count tells nobody of tickets of a
/// kind that he may not see.
fn lists(t: &Ticket) -> Vec<String> {
    let kind = t.kind;
    // Of what is shown to named people only nobody else reads even the number: it is counted when it is asked for.
    if t.circle.is_some() {
        return Vec::new();
    }
    let mut lists = vec![format!("all/{kind}")];
    match t.lane {
        Lane::Todo => {
            let owner = match t.assignee {
                Some(agent) => format!("mine/{agent}/{kind}"),
                None => format!("unassigned/{kind}"),
            };
            lists.extend([format!("due/{kind}"), owner]);
        }
        Lane::Waiting => lists.push(format!("waiting/{kind}")),
        Lane::Done => {}
    }
    lists
}

/// The beginning of a text on one line.
fn preview(text: &str) -> String {
    let mut line = String::with_capacity(PREVIEW);
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
        if let Some((end, _)) = line.char_indices().nth(PREVIEW) {
            line.truncate(end);
            line.push('…');
            break;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_preview_is_one_short_line() {
        assert_eq!(preview(" Hello,\n\n  the  mail\tis gone "), "Hello, the mail is gone");
        let long = preview(&"ő ".repeat(500));
        assert!(long.ends_with('…') && long.chars().count() == PREVIEW + 1, "{long}");
    }
}
