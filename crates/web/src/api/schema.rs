//! What the API document says about the words and ids of the house. They are declared in `domain`, which knows
//! nothing of documents; here each has a stand-in of the same name, and its words are read from the domain's table.

use std::borrow::Cow;

use utoipa::{
    PartialSchema, ToSchema,
    openapi::{Object, ObjectBuilder, RefOr, Schema, Type},
};

fn text() -> ObjectBuilder {
    Object::builder().schema_type(Type::String)
}

/// Declares stand-ins of closed sets of words.
macro_rules! words {
    ($($name:ident = $words:ty: $description:literal;)+) => {$(
        #[derive(Debug)]
        pub(super) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let words = <$words>::ALL.iter().map(|word| word.word());
                text().description(Some($description)).enum_values(Some(words)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}

/// Declares stand-ins of ids.
macro_rules! ids {
    ($($name:ident)+) => {$(
        #[derive(Debug)]
        pub(super) struct $name;

        impl PartialSchema for $name {
            fn schema() -> RefOr<Schema> {
                let pattern = format!("^{}_[0-9a-f]{{32}}$", domain::id::$name::PREFIX);
                text().pattern(Some(pattern)).into()
            }
        }

        impl ToSchema for $name {
            fn name() -> Cow<'static, str> {
                stringify!($name).into()
            }
        }
    )+};
}

words! {
    ApprovalAnswer = domain::charging::work::Answer: "Where a request for a customer's confirmation stands.";
    ChargeBasis = domain::charging::entitlement::Basis: "In which way work is paid.";
    ClaimAct = domain::billing::claim::ClaimAct: "What is noted of a claim against a supplier.";
    ClaimEvidence = domain::billing::claim::Evidence: "What a claim against a supplier needs.";
    ClaimKind = domain::billing::claim::ClaimKind: "Why a supplier should give something back.";
    ClaimPlace = domain::billing::claim::Place: "Where a claim is handed in.";
    ClaimState = domain::billing::claim::ClaimState: "Where a claim against a supplier stands.";
    ChargeUnit = domain::charging::lines::Unit: "What is counted on a line.";
    ChargeWhat = domain::charging::lines::What: "What a line is for.";
    PriceBase = domain::receivable::pricing::Base: "From what a price is made.";
    PriceRounding = domain::receivable::pricing::Rounding: "Which way a price is rounded.";
    PrepaidHolds = domain::charging::prepaid::Holds: "What a prepaid contract holds.";
    ContactMethod = domain::offering::ContactMethod: "How support is asked for.";
    Manner = domain::offering::delivery::Manner: "In which manner support is delivered.";
    PriceUnit = domain::offering::PriceUnit: "What one counts to make a price.";
    Auth = app::mailboxes::Auth: "How one signs in to a mail server.";
    Action = domain::ticket::lifecycle::Action: "What a person can do to a ticket's state.";
    ActorKind = domain::ticket::timeline::ActorKind: "The kind of whoever did something.";
    Act = domain::vehicle::wallet::Act: "What an entry of a wallet does.";
    Cloud = domain::cloud::Cloud: "One of Microsoft's clouds.";
    Audience = domain::article::Audience: "Who may read an article.";
    LineChange = domain::article::LineChange: "What became of a line from one version to the next.";
    Channel = domain::ticket::kinds::Channel: "How a request reached the desk.";
    Competency = domain::vehicle::Competency: "What a partner has earned or bought in Microsoft's partner program.";
    Delivery = store::outgoing::Delivery: "How far a mail has come for one recipient.";
    DeskKind = domain::party::DeskKind: "What kind of partner organisation a desk is.";
    HandoverOutcome = domain::handover::states::Outcome: "With what a hand-over came back.";
    Leg = domain::handover::Leg: "Where one leg of a hand-over stands.";
    Evidence = domain::ticket::diagnosis::Evidence: "A piece of evidence that whoever helps may ask for.";
    Finding = domain::ticket::baseline::Finding: "A fact that a question of the diagnosis finds out.";
    IncidentSource = domain::incident::IncidentSource: "Who says that there is a disturbance.";
    IncidentStatus = domain::incident::IncidentStatus: "How a disturbance stands.";
    InboxState = store::inbox::State: "How far a raw message has come.";
    Instead = domain::vehicle::Instead: "Where a matter goes that no vehicle may carry.";
    Kind = domain::ticket::kinds::Kind: "What kind of help is asked for.";
    Lack = domain::vehicle::Lack: "What would have to be known, or obtained.";
    Lang = domain::lang::Lang: "A language, as a BCP 47 tag.";
    MicrosoftState = app::microsoft::State: "How a reading at Microsoft, or the connection itself, stands.";
    MicrosoftReading = app::microsoft::What: "What is read at Microsoft again and again.";
    MailState = store::outgoing::State: "How far a mail has come.";
    Occasion = domain::ticket::notice::Occasion: "Why an agent is told of a ticket.";
    Outcome = domain::ticket::intake::Outcome: "What became of a raw message.";
    Permission = domain::access::Permission: "Something that a role allows.";
    Plan = domain::vehicle::Plan: "A plan that partners buy from Microsoft.";
    Purpose = store::outgoing::Purpose: "What a mail is for.";
    RequestStatus = domain::handover::followed::Status: "Where a request stands at the supplier, as it says.";
    Role = domain::access::Role: "A role of Partner Center.";
    Scope = domain::access::Scope: "What an API token may be used for.";
    Security = app::mailboxes::Security: "How a connection is protected.";
    Sees = domain::party::Sees: "What a contact sees of its organisation's tickets.";
    Service = domain::ticket::kinds::Service: "Which service a request is about.";
    Severity = domain::ticket::kinds::Severity: "The impact: critical, moderate, minimal.";
    State = domain::ticket::lifecycle::State: "Where a ticket stands.";
    Verdict = domain::ticket::diagnosis::Verdict: "Whether a matter lies inside what the desk resolves itself.";
    Undoable = domain::ticket::timeline::Undoable: "What can be taken back.";
    PayableBroken = app::payables::Broken: "What is done with a table in which rows are broken.";
    PayableCause = domain::billing::difference::Cause: "Why a month costs more or less than another.";
    PayableCharge = domain::billing::line::Charge: "What a line of a supplier's invoice charges.";
    PayableContent = store::payables::Content: "What a file of a supplier's invoice is.";
    PayableKind = domain::billing::invoice::Kind: "What kind of document a supplier sends.";
    PayableLayout = domain::billing::line::Layout: "In which layout a line came.";
    PayableStanding = domain::billing::invoice::Standing: "Where an invoice of a supplier stands.";
    PayableStepKind = domain::billing::explain::What: "What a step of arithmetic does.";
    PayableWhy = domain::billing::invoice::Why: "What the difference of lines and invoice is.";
    PayableWrong = domain::billing::layout::Wrong: "What is wrong with a cell or a row.";
    CollectionClass = domain::collections::Class: "What kind of customer it is to whom collects.";
    CollectionCondition = domain::collections::Condition: "What a suspension needs besides a person's yes.";
    CollectionCount = domain::collections::Count: "How days are counted.";
    CollectionWhy = domain::collections::standing::Why: "Why a customer is not further than it is.";
    InvoiceCause = domain::receivable::question::Cause: "Why a customer pays another amount.";
    LineStep = domain::receivable::question::Step: "What became of a line about which a ticket asks.";
    InvoiceKind = domain::receivable::invoice::Kind: "Whether it is an invoice or a credit note.";
    SubscriptionAction = domain::subscription::Action: "What a partner does with a subscription.";
    SubscriptionCause = domain::subscription::acts::Cause: "Who changed what was seen to change.";
    SubscriptionEra = domain::subscription::Era: "By which rules something lives that was bought.";
    SubscriptionOccasion = domain::subscription::dates::Occasion: "What happens on a date of a subscription.";
    SubscriptionProgress = domain::subscription::acts::Progress: "How far something is that is done with a subscription.";
    SubscriptionStatus = domain::subscription::Status: "Where a subscription stands.";
    SubscriptionTerm = domain::subscription::Term: "For how long a subscription was bought.";
    SuspensionItemState = domain::suspension::ItemState: "How far one subscription of a suspension is.";
    SuspensionRail = domain::suspension::rails::Rail: "What must be so before something is suspended.";
    LimitStanding = domain::billing::owing::LimitStanding: "How much of a credit limit is used.";
    Signal = domain::signal::Signal: "What a customer may need.";
    SignalJudged = domain::signal::Judged: "Whether a signal was right.";
    SuspensionScope = domain::collections::Scope: "What of a customer's is taken.";
    SuspensionState = domain::suspension::State: "How far a suspension is.";
    SuspensionWhy = domain::suspension::rails::Why: "Why a rail holds.";
    SupplierKind = domain::party::supplier::SupplierKind: "What kind of party a supplier is.";
    Vehicle = domain::vehicle::Vehicle: "An entitlement with Microsoft.";
    Warning = domain::ticket::timeline::Warning: "What a reader of a message should know before trusting it.";
    Way = domain::party::supplier::Way: "How a ticket reaches a supplier.";
    Why = domain::ticket::intake::Why: "Why a raw message became that.";
}

ids! {
    ActId AgentId ApprovalId ArticleId AuditId CalendarId ChargeId ClaimId ContactId CustomerId DeliveryId DeskId DisputeId EntitlementId EntryId HandoverId InboxId IncidentId InvoiceId JudgementId LedgerId MailboxId OfferingId OutgoingId PeerId PlanId PrepaidId PriceRuleId PromiseId StatementId SupplierFileId SupplierId SupplierInvoiceId SupplierLimitId SupplierPaymentId SuspensionId TeamId TicketId TimeEntryId TokenId UndoId
}

/// What the document says about every answer that tells of a problem.
#[derive(Debug, ToSchema)]
#[schema(
    description = "What went wrong (RFC 9457). `code` is stable; the texts are for people, in the language of the token's agent."
)]
#[expect(dead_code, reason = "only described here: `problem` writes it")]
pub(super) struct Problem {
    /// Always `about:blank`: `code` says more.
    r#type: String,
    /// A sentence.
    title: String,
    /// The status again.
    status: u16,
    /// The stable name of the problem.
    code: String,
    /// The request's id, by which the log knows it.
    request: String,
    /// The fields of the request that are not acceptable.
    #[schema(required = false)]
    errors: Vec<FieldError>,
}

/// What is wrong with a field.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `problem` writes it")]
pub(super) struct FieldError {
    /// Its name.
    field: Option<String>,
    /// Where in the body it stands (RFC 6901).
    pointer: Option<String>,
    /// The stable name of what is wrong: `required`, `too-long`, `unknown`.
    code: String,
    /// A sentence.
    detail: String,
}

/// What the desk promises, by severity.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct Promises {
    /// Critical.
    #[schema(rename = "A")]
    a: Targets,
    /// Moderate.
    #[schema(rename = "B")]
    b: Targets,
    /// Minimal.
    #[schema(rename = "C")]
    c: Targets,
}

/// The targets of one severity, in seconds of open time, at least 1. What is not given is not promised.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct Targets {
    /// From opening to the first public answer.
    first_response: Option<u32>,
    /// From the customer's first unanswered message to the next public answer.
    next_response: Option<u32>,
    /// From opening to the solution.
    resolution: Option<u32>,
}

/// When a desk is open.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct CalendarSpec {
    /// An IANA name, such as `Europe/Berlin`.
    timezone: String,
    /// The weekly hours.
    hours: Week,
    /// Dates, `YYYY-MM-DD`, on which no interval starts.
    #[schema(required = false)]
    holidays: Vec<String>,
    /// Days of every year, `MM-DD`, on which no interval starts.
    #[schema(required = false)]
    yearly_holidays: Vec<String>,
}

/// For each day the intervals that start on it: pairs of `HH:MM`, from and to. A missing day is closed. An end may be
/// `24:00`; one before its start is on the next day.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct Week {
    /// Monday.
    mon: Option<Vec<Vec<String>>>,
    /// Tuesday.
    tue: Option<Vec<Vec<String>>>,
    /// Wednesday.
    wed: Option<Vec<Vec<String>>>,
    /// Thursday.
    thu: Option<Vec<Vec<String>>>,
    /// Friday.
    fri: Option<Vec<Vec<String>>>,
    /// Saturday.
    sat: Option<Vec<Vec<String>>>,
    /// Sunday.
    sun: Option<Vec<Vec<String>>>,
}

/// The terms of an offering: what is promised, to whom it can be said, and when.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct Terms {
    /// For which services.
    services: Vec<Service>,
    /// For which kinds of requests.
    kinds: Vec<Kind>,
    /// In which hours somebody answers; without any hours, that is not known.
    hours: CalendarSpec,
    /// In which languages.
    languages: Vec<Lang>,
    /// How it is asked for.
    contact: Vec<ContactMethod>,
    /// By when, of open time.
    promises: Promises,
    /// What it costs.
    price: Price,
}

/// What something costs.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct Price {
    /// What is counted.
    per: PriceUnit,
    /// For each; none where nothing is counted, or where it is not known.
    #[schema(required = false)]
    amount: Option<Money>,
}

/// An amount of money.
#[derive(Debug, ToSchema)]
#[expect(dead_code, reason = "only described here: `domain` reads and writes it")]
pub(super) struct Money {
    /// In minor units of the currency: 1250 of EUR is 12.50 euros.
    minor: i64,
    /// The currency, by its ISO 4217 code.
    currency: String,
}
