//! The history of a ticket as its page shows it.

use std::collections::HashMap;

use app::tickets::TicketView;
use domain::{
    id::{AgentId, ContactId, CustomerId, EntryId},
    receivable::question::Step,
    ticket::{
        kinds::Channel,
        timeline::{Actor, Entry, Event, Message, Party},
    },
};
use store::{
    awaited::Awaited,
    outgoing::{Delivery, KEPT, Outgoing, Recipient, State},
    timeline::Attachment,
};
use text::{Words, format};

use super::diagnosis;
use crate::ui::{
    pieces::{Reader, person},
    view,
};

/// The mails that carry an answer, and how far they came.
pub(super) type Mails = HashMap<EntryId, Vec<(Outgoing, Vec<Recipient>)>>;

/// What the page shows of the history.
pub(super) struct History<'a> {
    pub(super) reader: &'a Reader,
    pub(super) ticket: &'a TicketView,
    pub(super) mails: &'a Mails,
    /// Whether the reader may take answers back, and have mails tried again.
    pub(super) may_retry: bool,
    /// Files of other desks that have not come yet.
    pub(super) awaited: &'a [Awaited],
    /// Whether the reader may have them asked for again.
    pub(super) may_ask: bool,
}

/// A file of a ticket.
pub(super) fn file(words: Words, number: i64, file: &Attachment) -> view::File {
    view::File {
        name: file.name.clone(),
        size: format::bytes(words, u64::try_from(file.size).unwrap_or_default()),
        href: format!("/tickets/{number}/files/{}/{}", file.entry, file.position),
        image: matches!(file.content_type.as_str(), "image/png" | "image/jpeg" | "image/gif" | "image/webp"),
    }
}

impl History<'_> {
    pub(super) fn entries(&self) -> Vec<view::Entry> {
        diagnosis::compact(&self.ticket.entries).iter().map(|entry| self.entry(entry)).collect()
    }

    fn entry(&self, entry: &Entry) -> view::Entry {
        let message = |side, message| view::Entry::Message(Box::new(self.message(entry, side, message)));
        match &entry.event {
            Event::CustomerMessage(m) | Event::AutomaticMessage(m) => message("customer", m),
            Event::Reply(m) => message("agent", m),
            Event::Note { text } => view::Entry::Message(Box::new(self.note(entry, text))),
            Event::ToPartner { with, text, .. } if !text.is_empty() => {
                let to = self.reader.words.f("message-to", &[("names", with.into())]);
                view::Entry::Message(Box::new(self.partner(entry, self.author(entry.actor, None), to, text)))
            }
            Event::FromPartner { with, text, .. } if !text.is_empty() => {
                let from = person(with, with);
                view::Entry::Message(Box::new(self.partner(entry, from, String::new(), text)))
            }
            Event::Moved { .. }
            | Event::Assigned { .. }
            | Event::Classified { .. }
            | Event::Tagged { .. }
            | Event::Renamed { .. }
            | Event::Requester { .. }
            | Event::Linked { .. }
            | Event::Told { .. }
            | Event::Bounced { .. }
            | Event::Diagnosed { .. }
            | Event::Decided { .. }
            | Event::Circle { .. }
            | Event::Matched { .. }
            | Event::Line { .. }
            | Event::Snoozed { .. }
            | Event::MergedInto { .. }
            | Event::Merged { .. }
            | Event::Undone { .. }
            | Event::HandedOver { .. }
            | Event::Followed { .. }
            | Event::ToPartner { .. }
            | Event::FromPartner { .. }
            | Event::TakenBack { .. } => view::Entry::Event(Box::new(self.event(entry))),
        }
    }

    /// Who did it, by the name that the reader knows.
    fn name(&self, actor: Actor) -> String {
        let known = actor.id().and_then(|id| self.ticket.names.get(&id)).cloned();
        known.unwrap_or_else(|| {
            let key = match actor {
                Actor::System => "actor-system",
                Actor::Agent(_) | Actor::Contact(_) | Actor::Stranger => "actor-stranger",
            };
            self.reader.words.t(key).into_owned()
        })
    }

    fn author(&self, actor: Actor, from: Option<&Party>) -> view::Person {
        match (actor, from) {
            (Actor::Stranger | Actor::System, Some(from)) => {
                person(if from.name.is_empty() { &from.email } else { &from.name }, &from.email)
            }
            (Actor::Agent(id), _) => person(&self.name(actor), id),
            (Actor::Contact(id), _) => person(&self.name(actor), id),
            (Actor::System | Actor::Stranger, _) => person(&self.name(actor), ""),
        }
    }

    fn note(&self, entry: &Entry, text: &str) -> view::Message {
        view::Message {
            id: entry.id.to_string(),
            side: "note".into(),
            author: self.author(entry.actor, None),
            address: String::new(),
            time: self.reader.time(entry.at),
            to: String::new(),
            channel: String::new(),
            pieces: vec![view::Piece { quoted: false, text: text.to_owned() }],
            html: None,
            files: self.files(entry.id),
            coming: self.coming(entry.id),
            warnings: Vec::new(),
            delivery: None,
            original: String::new(),
            undo: None,
        }
    }

    /// A word between this desk and the other side of a hand-over.
    fn partner(&self, entry: &Entry, author: view::Person, to: String, text: &str) -> view::Message {
        view::Message { side: "partner".into(), author, to, ..self.note(entry, text) }
    }

    fn message(&self, entry: &Entry, side: &str, message: &Message) -> view::Message {
        let address = format!("/tickets/{}/messages/{}", self.ticket.ticket.number, entry.id);
        let mut pieces = vec![view::Piece { quoted: false, text: message.text.clone() }];
        if !message.quoted.is_empty() {
            pieces.push(view::Piece { quoted: true, text: message.quoted.clone() });
        }
        let warning = |warning: &domain::ticket::timeline::Warning| view::Notice {
            tone: "warning".into(),
            text: self.reader.words.word("warning", warning.word()).into_owned(),
        };
        let is_mail = message.channel == Channel::Mail && side == "customer";
        view::Message {
            id: entry.id.to_string(),
            side: side.into(),
            author: self.author(entry.actor, message.from.as_ref()),
            address: message.from.as_ref().map(|from| from.email.clone()).unwrap_or_default(),
            time: self.reader.time(entry.at),
            to: self.recipients(message),
            channel: message.channel.to_string(),
            pieces,
            html: message.html.then(|| view::HtmlView {
                src: address.clone(),
                with_images: Some(format!("{address}?remote=1")),
            }),
            files: self.files(entry.id),
            coming: self.coming(entry.id),
            warnings: message.warnings.iter().map(warning).collect(),
            delivery: self.delivery(entry.id),
            original: if is_mail { format!("{address}/original") } else { String::new() },
            undo: self.undo(entry.id),
        }
    }

    fn recipients(&self, message: &Message) -> String {
        let names = |parties: &[Party]| {
            let name =
                |party: &Party| if party.name.is_empty() { party.email.clone() } else { party.name.clone() };
            parties.iter().map(name).collect::<Vec<_>>().join(", ")
        };
        let words = self.reader.words;
        match (message.to.is_empty(), message.cc.is_empty()) {
            (true, true) => String::new(),
            (_, true) => words.f("message-to", &[("names", names(&message.to).into())]),
            _ => {
                let args = [("names", names(&message.to).into()), ("copies", names(&message.cc).into())];
                words.f("message-to-cc", &args)
            }
        }
    }

    fn files(&self, entry: EntryId) -> Vec<view::File> {
        let files = self.ticket.attachments.get(&entry);
        let (words, number) = (self.reader.words, self.ticket.ticket.number);
        files.into_iter().flatten().map(|one| file(words, number, one)).collect()
    }

    /// What is to come with an entry from another desk.
    fn coming(&self, entry: EntryId) -> Option<view::Coming> {
        let row = self.awaited.iter().find(|row| row.entry == entry)?;
        let words = self.reader.words;
        let names = row.names.0.join(", ");
        let text = match row.next_at {
            None => words.f("files-given-up", &[("names", names.into()), ("why", (&row.why).into())]),
            Some(_) if row.why.is_empty() => words.f("files-coming", &[("names", names.into())]),
            Some(at) => {
                let when = self.reader.near(at);
                let args = [("names", names.into()), ("why", (&row.why).into()), ("when", when.into())];
                words.f("files-late", &args)
            }
        };
        let again = row.next_at.is_none() && self.may_ask;
        Some(view::Coming {
            text,
            given_up: row.next_at.is_none(),
            leg: if again { row.handover.to_string() } else { String::new() },
        })
    }

    fn undo(&self, entry: EntryId) -> Option<view::Undo> {
        let (mail, _) = self.mails.get(&entry)?.first()?;
        let left = mail.send_at.duration_since(self.reader.now).as_secs();
        let open = mail.state == State::Waiting && left > 0 && self.ticket.may_work;
        open.then(|| view::Undo {
            action: format!("/tickets/{}/undo", self.ticket.ticket.number),
            what: entry.to_string(),
            seconds: u64::try_from(left).unwrap_or_default(),
        })
    }

    fn delivery(&self, entry: EntryId) -> Option<view::Delivery> {
        let (mail, recipients) = self.mails.get(&entry)?.first()?;
        let (state, worst) = progress(mail, recipients, self.reader.now);
        let again = self.may_retry && matches!(state, "failed" | "bounced");
        Some(view::Delivery {
            state: state.into(),
            detail: worst.map(|to| format!("{}: {}", to.address, to.reply)).unwrap_or_default(),
            retry: again.then(|| format!("/sent/{}/retry", mail.id)),
        })
    }

    fn event(&self, entry: &Entry) -> view::Event {
        let (icon, text) = self.sentence(entry);
        let ticket = match entry.event {
            Event::MergedInto { number, .. } | Event::Merged { number, .. } => u64::try_from(number).ok(),
            _ => None,
        };
        let undo = self.unmerge(entry);
        view::Event { icon: icon.into(), text, ticket, undo, time: self.reader.time(entry.at) }
    }

    /// How a merging is taken back, beside the newest entry that tells of one.
    fn unmerge(&self, entry: &Entry) -> Option<(view::Undo, String)> {
        let offer = self.ticket.unmerge?;
        let merged = |entry: &&Entry| matches!(entry.event, Event::Merged { .. } | Event::MergedInto { .. });
        let newest = self.ticket.entries.iter().rev().find(merged)?;
        let left = offer.until.duration_since(self.reader.now).as_secs();
        (newest.id == entry.id).then(|| {
            let until = self.reader.near(offer.until);
            let undo = view::Undo {
                action: "/undo".into(),
                what: offer.id.to_string(),
                seconds: u64::try_from(left).unwrap_or_default(),
            };
            (undo, self.reader.words.f("undo-until", &[("when", until.into())]))
        })
    }

    /// Who was let in to a ticket that is shown to named people only, and who was put out.
    fn circle(&self, who: &str, closed: bool, let_in: &[AgentId], put_out: &[AgentId]) -> String {
        let words = self.reader.words;
        let said = |key: &str, agents: &[AgentId]| {
            let named = |id: &AgentId| self.ticket.names.get(&id.uuid()).map(String::as_str);
            let names: Vec<&str> = agents.iter().filter_map(named).collect();
            words.f(key, &[("who", who.into()), ("names", names.join(", ").into())])
        };
        if !closed {
            return words.f("event-circle-opened", &[("who", who.into())]);
        }
        let parts = [("event-circle-let-in", let_in), ("event-circle-put-out", put_out)];
        let told = parts.into_iter().filter(|(_, agents)| !agents.is_empty());
        told.map(|(key, agents)| said(key, agents)).collect::<Vec<_>>().join(" · ")
    }

    fn sentence(&self, entry: &Entry) -> (&'static str, String) {
        let words = self.reader.words;
        let who = self.name(entry.actor);
        let changed =
            |what: String| words.f("event-changed", &[("who", who.clone().into()), ("what", what.into())]);
        match &entry.event {
            Event::Moved { to, .. } => {
                let state = words.word("state", to.word());
                ("flag", words.f("event-moved", &[("who", who.into()), ("state", state.into())]))
            }
            Event::Assigned { agent, team } => {
                let agent = agent.and_then(|agent| self.ticket.names.get(&agent.uuid())).cloned();
                let team = team.and_then(|team| self.ticket.teams.iter().find(|known| known.id == team));
                let to: Vec<String> = agent.into_iter().chain(team.map(|team| team.name.clone())).collect();
                let to = if to.is_empty() { words.t("nobody").into_owned() } else { to.join(", ") };
                ("user", words.f("event-assigned", &[("who", who.into()), ("to", to.into())]))
            }
            Event::Classified { kind, service, severity } => {
                let kind = kind.map(|kind| words.word("kind", kind.word()));
                let service = service.map(|service| words.word("service", service.word()));
                let severity = severity.map(|severity| words.word("severity", severity.word()));
                let what: Vec<_> = kind.into_iter().chain(service).chain(severity).collect();
                ("flag", changed(what.join(", ")))
            }
            Event::Tagged { tags } => ("tag", changed(format!("{}: {}", words.t("tags"), tags.join(", ")))),
            Event::Renamed { subject } => ("dot", changed(format!("{}: {subject}", words.t("subject")))),
            Event::Requester { contact, customer } => {
                let ids = [contact.map(ContactId::uuid), customer.map(CustomerId::uuid)];
                let named = |id| self.ticket.names.get(&id).map_or("–", String::as_str);
                let to: Vec<&str> = ids.into_iter().flatten().map(named).collect();
                let to = if to.is_empty() { words.t("nobody").into_owned() } else { to.join(", ") };
                ("user", changed(format!("{}: {to}", words.t("facts-customer"))))
            }
            Event::Linked { number, .. } => {
                ("link", words.f("event-linked", &[("number", number.to_string().into())]))
            }
            Event::Told { occasion, agents } => {
                let what = words.word("occasion", occasion.word());
                let named = |id: &AgentId| self.ticket.names.get(&id.uuid()).map(String::as_str);
                let who: Vec<&str> = agents.iter().filter_map(named).collect();
                let told = [("what", what.clone().into()), ("who", who.join(", ").into())];
                let text = if who.is_empty() { what.into_owned() } else { words.f("event-told", &told) };
                ("clock", text)
            }
            Event::Bounced { recipient, status, .. } => {
                let status = status.as_deref().unwrap_or("–");
                let args = [("address", recipient.into()), ("status", status.into())];
                ("mail", words.f("event-bounced", &args))
            }
            Event::Snoozed { until: Some(until) } => {
                let args = [("who", who.into()), ("when", self.reader.near(*until).into())];
                ("pause", words.f("event-snoozed", &args))
            }
            Event::Snoozed { until: None } => ("clock", words.t("event-woken").into_owned()),
            Event::MergedInto { .. } => ("link", words.f("event-merged-into", &[("who", who.into())])),
            Event::Merged { .. } => ("link", words.f("event-merged", &[("who", who.into())])),
            Event::Undone { what } => {
                let what = words.word("undoable", what.word());
                ("undo", words.f("event-undone", &[("who", who.into()), ("what", what.into())]))
            }
            Event::TakenBack { .. } => ("mail", words.f("event-taken-back", &[("who", who.into())])),
            Event::Diagnosed { .. } | Event::Decided { .. } | Event::Matched { .. } => {
                diagnosis::sentence(words, who, &entry.event)
            }
            Event::Line { number, line, step } => {
                let key = match step {
                    Step::Linked => "event-line-linked",
                    Step::Unlinked => "event-line-unlinked",
                    Step::Accepted => "event-line-accepted",
                    Step::Disputed => "event-line-disputed",
                };
                let line = line.to_string();
                let args = [("who", who.into()), ("number", number.into()), ("line", line.into())];
                ("file", words.f(key, &args))
            }
            Event::Circle { closed, let_in, put_out } => {
                ("lock", self.circle(&who, *closed, let_in, put_out))
            }
            Event::HandedOver { leg, with, out, outcome, missing, .. } => {
                let mut state = words.word("leg", leg.word()).into_owned();
                if let Some(outcome) = outcome {
                    state = format!("{state} ({})", super::escalation::came_back(words, *outcome, missing));
                }
                let args = [("with", with.into()), ("state", state.into())];
                ("swap", words.f(if *out { "event-handover-out" } else { "event-handover-in" }, &args))
            }
            Event::Followed { with, number, status, .. } => {
                let state = words.word("request", status.word());
                let args = [("with", with.into()), ("number", number.into()), ("state", state.into())];
                ("swap", words.f("event-followed", &args))
            }
            Event::ToPartner { .. } => ("question", words.f("event-asked", &[("who", who.into())])),
            Event::FromPartner { with, .. } => ("question", words.f("event-asked", &[("who", with.into())])),
            Event::CustomerMessage(_) | Event::Reply(_) | Event::AutomaticMessage(_) | Event::Note { .. } => {
                ("dot", String::new())
            }
        }
    }
}

/// How far a mail has come, by the recipient for whom it has gone worst.
fn progress<'r>(
    mail: &Outgoing,
    recipients: &'r [Recipient],
    now: jiff::Timestamp,
) -> (&'static str, Option<&'r Recipient>) {
    if mail.state == State::Cancelled {
        return ("cancelled", None);
    }
    let with = |state: Delivery| recipients.iter().find(|to| to.state == state);
    if let Some(to) = with(Delivery::Bounced) {
        return ("bounced", Some(to));
    }
    if let Some(to) = with(Delivery::Failed) {
        return ("failed", Some(to));
    }
    if let Some(to) = with(Delivery::Deferred) {
        return ("waiting", Some(to));
    }
    match (with(Delivery::Waiting).is_some(), mail.send_at > now) {
        (true, true) => ("held", None),
        (true, false) => ("waiting", None),
        (false, _) if recipients.iter().any(|to| to.reply == KEPT) => ("kept", None),
        (false, _) => ("sent", None),
    }
}
