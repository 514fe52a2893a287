//! One ticket.

use askama::Template;

use super::{
    ChargePanel, Choice, DiagnosisPanel, Due, EscalationPanel, File, Link, Notice, Person, Piece, Shell,
    StopView, Time, Undo,
};

/// `GET /tickets/{number}`; fragments `head`, `path`, `diagnosis`, `escalation`, `timeline`, `composer`, `send-bar`,
/// `facts`, `presence`.
#[derive(Clone, Debug, Template)]
#[template(path = "ticket.html", blocks = ["head", "path", "diagnosis", "escalation", "timeline", "composer", "facts", "presence"])]
pub struct TicketPage {
    /// Around the page.
    pub shell: Shell,
    /// The head.
    pub head: TicketHead,
    /// How far it has come.
    pub path: Vec<StopView>,
    /// Who sees it, where that is only named people.
    pub circle: Option<CirclePanel>,
    /// The diagnosis, for those who see the ticket whole.
    pub diagnosis: Option<DiagnosisPanel>,
    /// The hand-overs, for those who see the ticket whole.
    pub escalation: Option<EscalationPanel>,
    /// Where what was written before begins, if there is more.
    pub earlier: Option<String>,
    /// Where the newest is, if this is not the newest.
    pub newest: Option<String>,
    /// The history, oldest first.
    pub entries: Vec<Entry>,
    /// Where the reader can write, if they may.
    pub composer: Option<Composer>,
    /// The column beside it.
    pub side: Side,
    /// What it is entitled to, and the time that went into it, for those who see that.
    pub charging: Option<ChargePanel>,
    /// The lines of invoices about which it asks, for those who see the ticket whole.
    pub questions: Option<super::QuestionsPanel>,
    /// Who else is here.
    pub viewers: Vec<Viewer>,
}

/// What a ticket is, in a few words.
#[derive(Clone, Debug)]
pub struct TicketHead {
    /// The number that people see.
    pub number: u64,
    /// Its version, for the check that nobody was faster.
    pub version: u64,
    /// Its subject.
    pub subject: String,
    /// State word.
    pub state: String,
    /// Severity word.
    pub severity: String,
    /// The next promise.
    pub due: Option<Due>,
    /// Action words of the moves that the reader may make now, in the order of the buttons.
    pub moves: Vec<String>,
    /// Whether the reader may change the fields below.
    pub may_change: bool,
    /// Severities.
    pub severities: Vec<Choice>,
    /// Kinds.
    pub kinds: Vec<Choice>,
    /// Services.
    pub services: Vec<Choice>,
    /// Agents, with "nobody" as the empty value.
    pub assignees: Vec<Choice>,
    /// Teams, with "none" as the empty value.
    pub teams: Vec<Choice>,
    /// The customers of whoever asked, with "none" as the empty value; none to be chosen from where this is empty.
    pub customers: Vec<Choice>,
    /// Tags.
    pub tags: Vec<String>,
    /// The list from which the reader came.
    pub back: String,
    /// Whether it is assigned to the reader.
    pub mine: bool,
    /// Until when it is put aside, as a sentence.
    pub snoozed: Option<String>,
    /// Until when it can be put aside; the empty value brings it back. None if it cannot be.
    pub snoozes: Vec<Choice>,
    /// Whether it can go on in another ticket.
    pub may_merge: bool,
    /// The number of the ticket in which it goes on.
    pub merged_into: Option<u64>,
    /// Whether the reader may say that somebody else asked.
    pub may_change_requester: bool,
    /// Whether it is shown to named people only.
    pub has_circle: bool,
}

/// A ticket that reports a weakness: where it goes, and who sees it.
#[derive(Clone, Debug)]
pub struct CirclePanel {
    /// Where the weakness is reported.
    pub portal: String,
    /// Who sees it.
    pub people: Vec<CirclePerson>,
    /// Agents who can be let in.
    pub strangers: Vec<Choice>,
    /// Whether the reader may say who sees it, and answer.
    pub may_work: bool,
}

/// Somebody who sees such a ticket.
#[derive(Clone, Debug)]
pub struct CirclePerson {
    /// Who.
    pub person: Person,
    /// Why.
    pub reason: String,
    /// The agent's id, if it can be put out.
    pub id: Option<String>,
}

/// One entry of the timeline.
#[derive(Clone, Debug)]
pub enum Entry {
    /// Somebody wrote.
    Message(Box<Message>),
    /// Something changed.
    Event(Box<Event>),
}

/// A message or note.
#[derive(Clone, Debug)]
pub struct Message {
    /// The entry's id.
    pub id: String,
    /// `customer`, `agent` or `note`.
    pub side: String,
    /// Who wrote it.
    pub author: Person,
    /// Their address, where it came by mail.
    pub address: String,
    /// When.
    pub time: Time,
    /// "to Anna, cc Béla"; empty for notes.
    pub to: String,
    /// Channel word.
    pub channel: String,
    /// The text.
    pub pieces: Vec<Piece>,
    /// The message as HTML, if there is one.
    pub html: Option<HtmlView>,
    /// What came with it.
    pub files: Vec<File>,
    /// What is still to come with it from another desk.
    pub coming: Option<Coming>,
    /// Unknown sender, failed authentication, …
    pub warnings: Vec<Notice>,
    /// How the sending goes.
    pub delivery: Option<Delivery>,
    /// Where the raw message is served; empty when there is none.
    pub original: String,
    /// While it can still be held back.
    pub undo: Option<Undo>,
}

/// Files of another desk that are not here yet.
#[derive(Clone, Debug)]
pub struct Coming {
    /// Which, and why not.
    pub text: String,
    /// Whether they are not asked for any more.
    pub given_up: bool,
    /// The hand-over with which the reader may ask again; empty where that cannot be.
    pub leg: String,
}

/// A mail's HTML, shown in a sandboxed frame.
#[derive(Clone, Debug)]
pub struct HtmlView {
    /// Address of the cleaned HTML.
    pub src: String,
    /// Address with remote images, if there are any.
    pub with_images: Option<String>,
}

/// The state of an outgoing message.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// Word: `held`, `waiting`, `sent`, `failed`, `bounced`, `cancelled`.
    pub state: String,
    /// What the other side said, if it failed.
    pub detail: String,
    /// Where a retry posts, if one makes sense.
    pub retry: Option<String>,
}

/// A change, in one line.
#[derive(Clone, Debug)]
pub struct Event {
    /// Icon of the sprite: `user`, `flag`, `clock`, `tag`, `check`, `mail`, `link`, `dot`.
    pub icon: String,
    /// The sentence.
    pub text: String,
    /// The ticket of which it tells.
    pub ticket: Option<u64>,
    /// How the reader takes it back, and until when as a sentence.
    pub undo: Option<(Undo, String)>,
    /// When.
    pub time: Time,
}

/// Where the reader writes.
#[derive(Clone, Debug)]
pub struct Composer {
    /// Which tab is open: `reply` or `note`.
    pub open: String,
    /// Whether the reader may answer the customer.
    pub may_reply: bool,
    /// To whom the answer goes.
    pub recipients: Vec<Recipient>,
    /// The words on the send button: "Send to Anna + 2".
    pub send: String,
    /// The words on the button, with none of the others, one, two, …
    pub sends: Vec<String>,
    /// The draft of the answer.
    pub reply: String,
    /// The draft of the note.
    pub note: String,
    /// The last entry that the reader has seen; sent along so that a newer one is noticed.
    pub seen: String,
    /// What to know before sending: other language, someone replied meanwhile, …
    pub warnings: Vec<Notice>,
    /// When the draft was kept, if there is one.
    pub kept: Option<Time>,
    /// The customer's language, as a name in the reader's language.
    pub language: String,
    /// Whether sending may also wait for the customer.
    pub may_wait: bool,
    /// Whether sending may also resolve.
    pub may_resolve: bool,
}

/// A recipient of the answer.
#[derive(Clone, Debug)]
pub struct Recipient {
    /// The address.
    pub address: String,
    /// The name, or the address again.
    pub name: String,
    /// Why: `requester`, `cc`, `participant`, `added`.
    pub reason: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// Whether the address is unknown to the desk.
    pub unknown: bool,
}

/// Somebody else who has the ticket open.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Who.
    pub person: Person,
    /// Whether they are writing an answer.
    pub replying: bool,
}

/// The column beside the conversation.
#[derive(Clone, Debug)]
pub struct Side {
    /// The customer; none for a stranger.
    pub customer: Option<CustomerFacts>,
    /// The contact.
    pub contact: ContactFacts,
    /// The promises, with how they were counted.
    pub clocks: Vec<Clock>,
    /// What the catalogue says of it; none where it says nothing.
    pub applies: Option<Applies>,
    /// The customer's last tickets.
    pub recent: Vec<TicketRef>,
}

/// What to know about the customer.
#[derive(Clone, Debug)]
pub struct CustomerFacts {
    /// Name.
    pub name: String,
    /// Its page.
    pub href: String,
    /// The time there now, and its zone: "16:40 (Europe/Berlin)".
    pub local_time: String,
    /// Whether it is inside that customer's usual day.
    pub daytime: bool,
    /// A remark for agents.
    pub remark: String,
}

/// What the catalogue says of a ticket. A link without an address is only read.
#[derive(Clone, Debug)]
pub struct Applies {
    /// The offering that covers it; empty where the desk's settings do.
    pub offering: String,
    /// When somebody answers there.
    pub hours: String,
    /// "Premium, version 2".
    pub statement: Option<Link>,
    /// The supplier that delivers; none where the desk does itself.
    pub delivered_by: Option<Link>,
}

/// What to know about the contact.
#[derive(Clone, Debug)]
pub struct ContactFacts {
    /// Who.
    pub person: Person,
    /// Address.
    pub email: String,
    /// Telephone; empty when unknown.
    pub phone: String,
    /// Language, named in the reader's language.
    pub language: String,
    /// Whether the desk does not know them.
    pub stranger: bool,
}

/// A promise and how its due time came about.
#[derive(Clone, Debug)]
pub struct Clock {
    /// `first_response`, `next_response`, `resolution`.
    pub promise: String,
    /// `calm`, `near`, `late`, `paused`, `kept`.
    pub tone: String,
    /// "due Tue 10:00", "kept Mon 14:02".
    pub text: String,
    /// Working time left or over.
    pub left: String,
    /// What was promised: "8 h in Business hours".
    pub target: String,
    /// Percent of the promise that is used up, 0 to 100.
    pub used: u8,
    /// The stretches.
    pub segments: Vec<Segment>,
    /// Their counted sum: "8 h 00".
    pub sum: String,
}

/// One stretch of a clock.
#[derive(Clone, Debug)]
pub struct Segment {
    /// "Mon 16 Nov".
    pub day: String,
    /// "14:20–17:00".
    pub span: String,
    /// Word: `counted`, `closed`, `holiday`, `paused`, `ahead`.
    pub why: String,
    /// Its length: "2 h 40"; a dash when it does not count.
    pub length: String,
    /// Whether it counts.
    pub counts: bool,
}

/// Another ticket, in one line.
#[derive(Clone, Debug)]
pub struct TicketRef {
    /// The number that people see.
    pub number: u64,
    /// Its subject.
    pub subject: String,
    /// State word.
    pub state: String,
    /// When it last changed.
    pub changed: Time,
}

impl CustomerFacts {
    /// The icon beside the local time.
    fn sun(&self) -> &'static str {
        if self.daytime { "sun" } else { "moon" }
    }
}
