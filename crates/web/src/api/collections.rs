//! Collections: where customers stand, the policy, promises, disputes, and the policy tried on a month that was.

use app::{
    App,
    collections::{self, Held, NewDispute, NewPromise, What},
};
use axum::{Json, extract::State};
use domain::{
    collections::{Class, Condition, Count, Effect, Policy, Scope, Stage, standing::Why},
    id::{CustomerId, DisputeId, InvoiceId, PromiseId},
    money::{Currency, Money},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict},
    receivables::Amount,
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// What a stage does.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum StageEffect {
    /// The customer is reminded.
    Remind,
    /// It is warned.
    Warn,
    /// A suspension of new orders is proposed.
    SuspendNewOrders,
    /// Of changes, too.
    SuspendChanges,
    /// Of the product that it misses least.
    SuspendLeastCritical,
    /// Of everything.
    SuspendAll,
}

impl From<Effect> for StageEffect {
    fn from(effect: Effect) -> Self {
        match effect {
            Effect::Remind => Self::Remind,
            Effect::Warn => Self::Warn,
            Effect::Suspend(Scope::NewOrders) => Self::SuspendNewOrders,
            Effect::Suspend(Scope::Changes) => Self::SuspendChanges,
            Effect::Suspend(Scope::LeastCritical) => Self::SuspendLeastCritical,
            Effect::Suspend(Scope::All) => Self::SuspendAll,
        }
    }
}

impl From<StageEffect> for Effect {
    fn from(effect: StageEffect) -> Self {
        match effect {
            StageEffect::Remind => Self::Remind,
            StageEffect::Warn => Self::Warn,
            StageEffect::SuspendNewOrders => Self::Suspend(Scope::NewOrders),
            StageEffect::SuspendChanges => Self::Suspend(Scope::Changes),
            StageEffect::SuspendLeastCritical => Self::Suspend(Scope::LeastCritical),
            StageEffect::SuspendAll => Self::Suspend(Scope::All),
        }
    }
}

/// A stage of the policy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CollectionStage {
    /// By which it is known, also in later versions: 1 to 40 small letters, digits and hyphens.
    key: String,
    /// How many days an invoice is past due.
    days: u16,
    /// How they are counted.
    #[schema(value_type = schema::CollectionCount)]
    count: Count,
    /// What it comes to at least, in each currency that counts; nothing is any amount.
    minimum: Vec<Amount>,
    /// How many invoices, at least.
    invoices: u16,
    /// Whom it is for; nothing is everybody.
    #[schema(value_type = Vec<schema::CollectionClass>)]
    classes: Vec<Class>,
    /// Whether the customer gets a notice.
    notice: bool,
    /// What it does.
    effect: StageEffect,
    /// Whether a person has to say yes: to the suspension that it proposes, else to its notice.
    approval: bool,
}

/// The policy.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct CollectionPolicy {
    /// How many days after a notice was delivered nothing more happens.
    grace: u16,
    /// How many customers may get a notice on one day before a person is asked.
    most_a_day: u32,
    /// Within how many days a dispute is to be settled: 14 if the body does not say.
    #[serde(default = "fortnight")]
    dispute_days: u16,
    /// The stages, the mildest first.
    stages: Vec<CollectionStage>,
}

const fn fortnight() -> u16 {
    14
}

impl From<Policy> for CollectionPolicy {
    fn from(policy: Policy) -> Self {
        let stage = |one: Stage| CollectionStage {
            key: one.key,
            days: one.days,
            count: one.count,
            minimum: one.minimum.into_iter().map(|least| Amount::of(least.minor, least.currency)).collect(),
            invoices: one.invoices,
            classes: one.classes,
            notice: one.notice,
            effect: one.effect.into(),
            approval: one.approval,
        };
        Self {
            grace: policy.grace,
            most_a_day: policy.most_a_day,
            dispute_days: policy.dispute_days,
            stages: policy.stages.into_iter().map(stage).collect(),
        }
    }
}

impl CollectionPolicy {
    fn read(self) -> Result<Policy, app::Error> {
        let mut stages = Vec::new();
        for one in self.stages {
            let minimum: Result<Vec<Money>, app::Error> =
                one.minimum.iter().map(|least| least.read("minimum")).collect();
            stages.push(Stage {
                key: one.key,
                days: one.days,
                count: one.count,
                minimum: minimum?,
                invoices: one.invoices,
                classes: one.classes,
                notice: one.notice,
                effect: one.effect.into(),
                approval: one.approval,
            });
        }
        Ok(Policy { grace: self.grace, most_a_day: self.most_a_day, dispute_days: self.dispute_days, stages })
    }
}

/// The policy that holds.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct HeldPolicy {
    /// Its version; 0 is that with which every desk begins. Who publishes another one says which it has seen.
    version: i64,
    /// What it says.
    policy: CollectionPolicy,
}

/// The policy that holds.
#[utoipa::path(get, path = "/api/v1/collection-policy", tag = "collections",
    responses((status = 200, description = "The policy.", body = HeldPolicy)))]
pub(crate) async fn policy(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<HeldPolicy>> {
    let Held { policy, version, .. } = collections::policy(&app, &agent).await?;
    Ok(Json(HeldPolicy { version, policy: policy.into() }))
}

/// Publishes another policy. What was given under the one before stays given.
#[utoipa::path(put, path = "/api/v1/collection-policy", tag = "collections", request_body = HeldPolicy,
    responses((status = 200, description = "It holds from now on.", body = HeldPolicy)))]
pub(crate) async fn publish(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<HeldPolicy>,
) -> Answer<Json<HeldPolicy>> {
    let policy = new.policy.read()?;
    let version = collections::publish(&app, &agent, policy.clone(), new.version).await?;
    Ok(Json(HeldPolicy { version, policy: policy.into() }))
}

/// What is owed in one currency.
#[derive(Debug, Serialize, ToSchema)]
struct Owed {
    /// What is open.
    open: Amount,
    /// What of it is past due.
    overdue: Amount,
    /// What of it is disputed.
    disputed: Amount,
    /// What of it is covered by money that settles nothing yet.
    covered: Amount,
    /// What of it is promised.
    promised: Amount,
}

/// What holds a customer back.
#[derive(Debug, Serialize, ToSchema)]
struct CollectionHold {
    /// Why.
    #[schema(value_type = schema::CollectionWhy)]
    why: Why,
    /// How much does not count because of that.
    amount: Option<Amount>,
    /// Until which day, that day included.
    #[schema(value_type = Option<String>, format = Date)]
    until: Option<Date>,
}

/// How a stage stands that suspends.
#[derive(Debug, Serialize, ToSchema)]
struct CollectionSuspension {
    /// The key of the stage.
    stage: String,
    /// What is missing; nothing, and it is proposed.
    #[schema(value_type = Vec<schema::CollectionCondition>)]
    missing: Vec<Condition>,
}

/// Where a customer stands.
#[derive(Debug, Serialize, ToSchema)]
struct CustomerStanding {
    /// The customer.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// The key of the stage that it has reached.
    reached: Option<String>,
    /// For how many days the oldest invoice is past due of which something counts.
    oldest: u32,
    /// What is owed, currency by currency.
    owed: Vec<Owed>,
    /// The key of the next stage.
    next: Option<String>,
    /// The day on which it comes if nothing changes.
    #[schema(value_type = Option<String>, format = Date)]
    next_on: Option<Date>,
    /// What holds it back.
    holds: Vec<CollectionHold>,
    /// Every stage that suspends.
    suspensions: Vec<CollectionSuspension>,
}

/// Where customers stand that owe something.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Standings {
    /// Whether notices are given; if not, it is only said what would be.
    live: bool,
    /// Whether nothing is given until a person has looked.
    stopped: bool,
    /// The customers, by name.
    items: Vec<CustomerStanding>,
}

/// Where all customers stand that owe something.
#[utoipa::path(get, path = "/api/v1/collections", tag = "collections",
    responses((status = 200, description = "The customers.", body = Standings)))]
pub(crate) async fn list(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Standings>> {
    let all = collections::standings(&app, &agent).await?;
    let stages = &all.held.policy.stages;
    let key = |place: usize| stages.get(place).map(|stage| stage.key.clone());
    let owed = |(currency, sums): (&Currency, &domain::collections::standing::Sums)| {
        let amount = |minor| Amount::of(minor, *currency);
        Owed {
            open: amount(sums.open),
            overdue: amount(sums.overdue),
            disputed: amount(sums.disputed),
            covered: amount(sums.covered),
            promised: amount(sums.promised),
        }
    };
    let item = |row: &collections::Row| CustomerStanding {
        customer: row.party.id,
        reached: row.standing.reached.and_then(key),
        oldest: row.standing.oldest(),
        owed: row.standing.owed.iter().map(owed).collect(),
        next: row.standing.next.and_then(|(place, _)| key(place)),
        next_on: row.standing.next.map(|(_, on)| on),
        holds: row
            .standing
            .holds
            .iter()
            .map(|hold| CollectionHold {
                why: hold.why,
                amount: hold.amount.map(|amount| Amount::of(amount.minor, amount.currency)),
                until: hold.until,
            })
            .collect(),
        suspensions: row
            .standing
            .suspensions
            .iter()
            .map(|one| CollectionSuspension {
                stage: key(one.stage).unwrap_or_default(),
                missing: one.missing.clone(),
            })
            .collect(),
    };
    Ok(Json(Standings {
        live: all.desk.live,
        stopped: all.desk.brake.is_some(),
        items: all.rows.iter().map(item).collect(),
    }))
}

/// A month to be played.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Simulation {
    /// A day of the month.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// A draft of a policy; the one that holds if none is given.
    policy: Option<CollectionPolicy>,
}

/// Something that would have happened.
#[derive(Debug, Serialize, ToSchema)]
struct SimulatedEvent {
    /// On which day.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// To whom.
    #[schema(value_type = schema::CustomerId)]
    customer: CustomerId,
    /// The key of the stage.
    stage: String,
    /// Whether a suspension would have been proposed; else a notice would have been given.
    proposal: bool,
    /// For how much.
    owed: Vec<Amount>,
}

/// What a month would have been.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SimulationResult {
    /// In the order of days.
    events: Vec<SimulatedEvent>,
}

/// Plays a month that was with the policy, or a draft of one. Nothing is changed by it.
#[utoipa::path(post, path = "/api/v1/collection-simulations", tag = "collections", request_body = Simulation,
    responses((status = 200, description = "What would have been.", body = SimulationResult)))]
pub(crate) async fn simulate(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(asked): Strict<Simulation>,
) -> Answer<Json<SimulationResult>> {
    let policy = match asked.policy {
        Some(draft) => draft.read()?,
        None => collections::policy(&app, &agent).await?.policy,
    };
    let played = collections::simulate(&app, &agent, policy.clone(), asked.day).await?;
    let event = |one: collections::Event| SimulatedEvent {
        day: one.on,
        customer: one.customer,
        stage: policy.stages.get(one.stage).map(|stage| stage.key.clone()).unwrap_or_default(),
        proposal: one.what == What::Proposal,
        owed: one.owed.into_iter().map(|owed| Amount::of(owed.minor, owed.currency)).collect(),
    };
    Ok(Json(SimulationResult { events: played.events.into_iter().map(event).collect() }))
}

/// A part of a promise.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct PromisePart {
    /// By when.
    #[schema(value_type = String, format = Date)]
    day: Date,
    /// How much.
    amount: Amount,
}

/// A promise to pay.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaymentPromise {
    /// By when how much, in one currency: each later than the one before.
    parts: Vec<PromisePart>,
    /// What is to be remembered.
    #[serde(default)]
    note: String,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Promised {
    /// The promise.
    #[schema(value_type = schema::PromiseId)]
    id: PromiseId,
}

/// Notes a customer's promise to pay. While it is kept, what is promised does not count.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/promises", tag = "collections", request_body = PaymentPromise,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 201, description = "It is noted.", body = Promised,
        headers(("Location" = String, description = "Where customers stand.")))))]
pub(crate) async fn promise(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(customer): Named<CustomerId>,
    Strict(new): Strict<PaymentPromise>,
) -> Answer<Created<Json<Promised>>> {
    let wrong = || app::Error::invalid("parts", "required");
    let mut parts = Vec::new();
    let mut currency = None;
    for part in &new.parts {
        let amount = part.amount.read("amount")?;
        if *currency.get_or_insert(amount.currency) != amount.currency {
            return Err(app::Error::invalid("amount", "other-currency").into());
        }
        parts.push((part.day, amount.minor));
    }
    let new = NewPromise { currency: currency.ok_or_else(wrong)?, parts, note: new.note };
    let id = collections::promise(&app, &agent, customer, new).await?;
    Ok(Created { location: "/api/v1/collections".into(), body: Json(Promised { id }) })
}

/// A line of an invoice that a customer does not accept.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LineDispute {
    /// The number of the invoice.
    number: String,
    /// The line's place on it, from 1.
    line: u32,
    /// What the customer says.
    text: String,
}

/// What was made.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Disputed {
    /// The dispute.
    #[schema(value_type = schema::DisputeId)]
    id: DisputeId,
}

/// Notes that a customer does not accept a line of an invoice. That line is held, and the rest is not.
#[utoipa::path(post, path = "/api/v1/customers/{customer}/disputes", tag = "collections", request_body = LineDispute,
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 201, description = "The line is held.", body = Disputed,
        headers(("Location" = String, description = "Where customers stand.")))))]
pub(crate) async fn dispute(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(customer): Named<CustomerId>,
    Strict(new): Strict<LineDispute>,
) -> Answer<Created<Json<Disputed>>> {
    let one = collections::one(&app, &agent, customer).await?;
    let found = one.invoices.iter().find(|invoice| invoice.label.as_deref() == Some(new.number.as_str()));
    let invoice: InvoiceId = found.ok_or_else(|| app::Error::invalid("number", "unknown"))?.id;
    let new = NewDispute { invoice, line: new.line, reason: new.text };
    let id = collections::dispute(&app, &agent, customer, new).await?;
    Ok(Created { location: "/api/v1/collections".into(), body: Json(Disputed { id }) })
}
