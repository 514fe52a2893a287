//! Suspensions for non-payment.

use askama::Template;

use super::{Choice, Link, Notice, Pages, Shell, Time};

/// `GET /suspensions`.
#[derive(Clone, Debug, Template)]
#[template(path = "suspensions.html")]
pub struct SuspensionsPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// How the desk stands: stopped, braked, restored, rehearsing.
    pub stands: Vec<Notice>,
    /// Whether the reader may propose.
    pub may_propose: bool,
    /// Whether nobody has stopped all.
    pub may_stop: bool,
    /// The name that was looked for.
    pub query: String,
    /// The customers of that name.
    pub customers: Vec<Link>,
    /// The suspensions, the newest first.
    pub rows: Vec<SuspensionLine>,
    /// The pages beside it.
    pub pages: Pages,
}

/// A suspension in a list.
#[derive(Clone, Debug)]
pub struct SuspensionLine {
    /// Its page, with the customer's name.
    pub link: Link,
    /// How much is taken.
    pub scope: String,
    /// How far it is.
    pub state: String,
    /// Its colour.
    pub tone: String,
    /// When it was proposed.
    pub time: Time,
    /// Whether nothing is sent.
    pub rehearsal: bool,
}

/// A rail, and whether it holds.
#[derive(Clone, Debug)]
pub struct RailLine {
    /// What must be so.
    pub text: String,
    /// Why it holds, or that it passes.
    pub said: String,
    /// Its colour.
    pub tone: String,
}

/// A subscription on a list.
#[derive(Clone, Debug)]
pub struct SuspensionItem {
    /// Its place.
    pub place: i64,
    /// Its page.
    pub link: Link,
    /// How far it is.
    pub state: String,
    /// What it would do, each with whether it is grave.
    pub effects: Vec<(bool, String)>,
    /// What else there is to say of it.
    pub notes: Vec<String>,
    /// Where a person does it at Microsoft, if one has to.
    pub by_hand: Option<String>,
}

/// What a suspension comes to, and what holds it.
#[derive(Clone, Debug)]
pub struct SuspensionShown {
    /// The rails.
    pub rails: Vec<RailLine>,
    /// What is on the list.
    pub items: Vec<SuspensionItem>,
    /// What it comes to: label and value.
    pub facts: Vec<[String; 2]>,
    /// The mark of the list.
    pub list: String,
}

/// `GET /suspensions/new`, and its preview.
#[derive(Clone, Debug, Template)]
#[template(path = "suspension_new.html")]
pub struct SuspensionNewPage {
    /// Around the page.
    pub shell: Shell,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// The customer's id.
    pub customer: String,
    /// "Suspend services of …".
    pub title: String,
    /// What the policy allows now.
    pub allows: String,
    /// The one that goes on.
    pub open: Option<Link>,
    /// How much may be taken.
    pub scopes: Vec<Choice>,
    /// What may be put on the list.
    pub subscriptions: Vec<Choice>,
    /// What would come of it.
    pub preview: Option<SuspensionShown>,
    /// Why.
    pub reason: String,
}

/// `GET /suspensions/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "suspension.html")]
pub struct SuspensionPage {
    /// Around the page.
    pub shell: Shell,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// Its id.
    pub id: String,
    /// The customer's name.
    pub title: String,
    /// How far it is.
    pub state: String,
    /// Its colour.
    pub tone: String,
    /// That nothing is sent, or which rail held and why.
    pub banners: Vec<Notice>,
    /// Who did what when: label and value.
    pub facts: Vec<[String; 2]>,
    /// What it comes to.
    pub shown: SuspensionShown,
    /// Whether the reader may approve or refuse it.
    pub may_approve: bool,
    /// Whether the reader may take it back.
    pub may_withdraw: bool,
    /// Whether the reader may have the customer work again.
    pub may_reverse: bool,
    /// Whether the reader may say what was done by hand.
    pub may_act: bool,
}

/// `GET /suspensions/rules`.
#[derive(Clone, Debug, Template)]
#[template(path = "suspension_rules.html")]
pub struct SuspensionRulesPage {
    /// Around the page.
    pub shell: Shell,
    /// The tabs of "Billing".
    pub tabs: Vec<Link>,
    /// What could not be done.
    pub notice: Option<Notice>,
    /// How the desk stands.
    pub stands: Vec<Notice>,
    /// Whether nothing is sent.
    pub rehearsal: bool,
    /// How many suspensions in an hour.
    pub per_hour: String,
    /// How many in a day.
    pub per_day: String,
    /// How many of a hundred seats in a day.
    pub percent: String,
    /// For how many minutes an approval can be taken back.
    pub pause: String,
    /// The version that is changed.
    pub version: i64,
    /// Whether the reader may change them.
    pub may_change: bool,
    /// Whether all are stopped, or braked.
    pub stopped: bool,
    /// Whether the desk says nothing to the outside.
    pub muted: bool,
}
