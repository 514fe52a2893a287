//! What customers have bought at Microsoft: their dates, and what an agent does with it.

use askama::Template;

use super::{Link, Notice, Pages, Shell, Time};

/// `GET /subscriptions`: what comes due in the whole desk.
#[derive(Clone, Debug, Template)]
#[template(path = "subscriptions_due.html")]
pub struct DuePage {
    /// Around the page.
    pub shell: Shell,
    /// For how many days, to choose from.
    pub ranges: Vec<Link>,
    /// The dates, the earliest first.
    pub dues: Vec<DueLine>,
    /// The pages beside it.
    pub pages: Pages,
}

/// A date of the whole desk.
#[derive(Clone, Debug)]
pub struct DueLine {
    /// When.
    pub day: DayLine,
    /// The subscription.
    pub subscription: Link,
    /// "85 licences", or how it is billed.
    pub quantity: String,
    /// Our customer, if that is known and the reader may see it; else a name alone.
    pub customer: Link,
}

/// `GET /customers/{id}/subscriptions`.
#[derive(Clone, Debug, Template)]
#[template(path = "subscriptions.html")]
pub struct SubscriptionsPage {
    /// Around the page.
    pub shell: Shell,
    /// The customer.
    pub customer: Link,
    /// Tenant by tenant.
    pub places: Vec<SubscriptionsOfTenant>,
}

/// What was bought in one tenant.
#[derive(Clone, Debug)]
pub struct SubscriptionsOfTenant {
    /// Its domain.
    pub domain: String,
    /// The word of its cloud.
    pub cloud: String,
    /// What stands against the reading: the words of its state, and Microsoft's; none if it is current.
    pub trouble: Option<[String; 2]>,
    /// What somebody else changed of late.
    pub drift: Vec<HistoryLine>,
    /// The subscriptions.
    pub held: Vec<SubscriptionCard>,
    /// Products, each with how many licences there are and how many somebody has.
    pub licences: Vec<[String; 2]>,
}

/// A subscription, shortly.
#[derive(Clone, Debug)]
pub struct SubscriptionCard {
    /// Its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What it was offered as, if that is another name.
    pub offer: String,
    /// The word of its status.
    pub status: String,
    /// `done`, `warning`, `error`, or nothing.
    pub tone: String,
    /// Kind, licences, term, auto-renew: what stands beside its name.
    pub facts: Vec<String>,
    /// Whether it is not on Microsoft's list any more.
    pub gone: bool,
    /// The word of how far something is that is done with it.
    pub progress: String,
    /// Its picture and dates.
    pub timeline: Timeline,
    /// When it was read.
    pub read: Time,
}

/// A course of time as a picture a thousand wide, with all that it shows as lines beside it.
#[derive(Clone, Debug)]
pub struct Timeline {
    /// What the picture spans, for who does not see it.
    pub label: String,
    /// Stretches: from where, how wide, and the word of the status.
    pub bands: Vec<(u32, u32, String)>,
    /// Dates: where, and the tone.
    pub marks: Vec<(u32, String)>,
    /// Where now is.
    pub today: Option<u32>,
    /// The dates.
    pub days: Vec<DayLine>,
}

/// A date.
#[derive(Clone, Debug)]
pub struct DayLine {
    /// What happens.
    pub what: String,
    /// When.
    pub time: Time,
    /// "in 5 working days"; empty for what is past.
    pub left: String,
    /// `warning`, `error`, or nothing.
    pub tone: String,
}

/// `GET /subscriptions/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "subscription.html")]
pub struct SubscriptionPage {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// Microsoft's id.
    pub id: String,
    /// Where it belongs: the customer's subscriptions, or what comes due.
    pub back: Link,
    /// It, shortly.
    pub card: SubscriptionCard,
    /// What stands against the reading: the words of its state, and Microsoft's; none if it is current.
    pub trouble: Option<[String; 2]>,
    /// What is known: name and value.
    pub facts: Vec<[String; 2]>,
    /// Its add-ons.
    pub add_ons: Vec<Link>,
    /// What is being done with it.
    pub open: Option<OpenAct>,
    /// What can be done with it.
    pub actions: Vec<ActionLine>,
    /// Whether the reader may do anything.
    pub may_act: bool,
    /// What changed and what was done, the newest first.
    pub history: Vec<HistoryLine>,
}

/// What is being done.
#[derive(Clone, Debug)]
pub struct OpenAct {
    /// Its id, for the form.
    pub id: String,
    /// What.
    pub action: String,
    /// How far it is.
    pub progress: String,
    /// Who and when.
    pub by: String,
    /// Microsoft's words; may be empty.
    pub detail: String,
    /// Whether it can be taken back.
    pub may_withdraw: bool,
}

/// Whether something may be done, in words.
#[derive(Clone, Debug)]
pub struct Said {
    /// `may`, `not`, `unknown`.
    pub verdict: String,
    /// In a word or two, with until when.
    pub headline: String,
    /// The rule; empty if none decides.
    pub rule: String,
    /// When it is possible, or what would have to be known.
    pub more: String,
    /// Where the rule is written; empty if none decides.
    pub source: String,
    /// Whether that is Microsoft's own text.
    pub verified: bool,
}

/// Something that could be done.
#[derive(Clone, Debug)]
pub struct ActionLine {
    /// Its word, for the form.
    pub action: String,
    /// What is read.
    pub text: String,
    /// Whether it may be done.
    pub said: Said,
    /// A number of licences to begin with; none where none is asked for.
    pub number: Option<String>,
    /// Whether the reader may ask for it.
    pub may: bool,
}

/// Something of a history.
#[derive(Clone, Debug)]
pub struct HistoryLine {
    /// When.
    pub time: Time,
    /// What.
    pub text: String,
    /// Who, or by what.
    pub by: String,
    /// `done`, `warning`, `error`, or nothing.
    pub tone: String,
    /// Reason, Microsoft's words, a rule: lines of text.
    pub more: Vec<String>,
    /// The subscription or ticket that it leads to.
    pub link: Option<Link>,
}

/// `POST /subscriptions/{id}/preview`.
#[derive(Clone, Debug, Template)]
#[template(path = "subscription_preview.html")]
pub struct SubscriptionPreview {
    /// Around the page.
    pub shell: Shell,
    /// What went wrong.
    pub notice: Option<Notice>,
    /// The subscription's page.
    pub href: String,
    /// "Suspend: Microsoft 365 Business Premium".
    pub title: String,
    /// The word of the action.
    pub action: String,
    /// "85 → 80 licences"; empty where none is asked for.
    pub numbers: String,
    /// The number itself, for the form.
    pub quantity: String,
    /// Whether it may be done.
    pub said: Said,
    /// What would happen, the gravest first: whether it is grave, and the sentence.
    pub effects: Vec<(bool, String)>,
    /// The mark of what was seen.
    pub seen: String,
    /// The reason as it was typed.
    pub reason: String,
    /// The ticket's number as it was typed.
    pub because: String,
}
