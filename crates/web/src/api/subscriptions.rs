//! What customers have bought at Microsoft, what comes due, and what is done with it.

use app::{
    App,
    subscriptions::{self, Decision, Held, Preview},
};
use axum::{Json, extract::State, http::StatusCode};
use domain::{
    id::{ActId, CustomerId},
    subscription::{
        Action, Era, Refundable, Status, Term,
        acts::{Cause, Difference, Progress},
        dates::{self, Nearness, Occasion},
        guard::{Coming, Effect, Verdict, Wish},
        rules,
    },
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::subscriptions::{AheadAfter, Change, acts};
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::{
    body::{Limit, Named, Paged, Params, Strict},
    cursor::{At, cursor, key},
    licences::Licences,
    schema,
    version::Created,
};
use crate::{guard::ApiCaller, problem::Answer};

/// A date of a subscription.
#[derive(Debug, Serialize, ToSchema)]
struct Day {
    /// What happens.
    #[schema(value_type = schema::SubscriptionOccasion)]
    what: Occasion,
    /// When.
    at: Timestamp,
}

/// Licences that may be given back until then.
#[derive(Debug, Serialize, ToSchema)]
struct GivenBack {
    /// How many.
    quantity: u32,
    /// Until when.
    until: Timestamp,
}

/// A subscription, as it was read last.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Subscription {
    /// Microsoft's id.
    id: String,
    /// The customer's tenant.
    tenant: String,
    /// Which of our customers it is, if that is known.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
    /// What was offered: its id.
    offer: String,
    /// What was offered: its name.
    name: String,
    /// What the partner calls it.
    nickname: String,
    /// By which rules it lives, if that can be told.
    #[schema(value_type = Option<schema::SubscriptionEra>)]
    era: Option<Era>,
    /// Where it stands.
    #[schema(value_type = schema::SubscriptionStatus)]
    status: Status,
    /// Since when, if somebody saw that begin.
    status_since: Option<Timestamp>,
    /// How many licences.
    quantity: u32,
    /// Whether licences are counted; no for what is billed by use.
    counted: bool,
    /// Whether it is a trial.
    trial: bool,
    /// Whether it renews itself.
    auto_renew: bool,
    /// For how long it was bought.
    #[schema(value_type = Option<schema::SubscriptionTerm>)]
    term: Option<Term>,
    /// When its term began.
    term_began: Option<Timestamp>,
    /// When its term ends.
    term_ends: Option<Timestamp>,
    /// What may be given back, if Microsoft says.
    refundable: Option<Vec<GivenBack>>,
    /// How many licences the next term has, if it is another one.
    scheduled: Option<u32>,
    /// What it is an add-on to.
    parent: Option<String>,
    /// How many Azure subscriptions are active in it, if that is known.
    azure_active: Option<u32>,
    /// Its dates, the earliest first.
    days: Vec<Day>,
    /// Whether something is being done with it.
    open: Option<Act>,
    /// When it was missing on Microsoft's list for the first time.
    gone_at: Option<Timestamp>,
    /// When it was read last.
    read_at: Timestamp,
}

impl Subscription {
    fn of(held: &Held, now: Timestamp) -> Self {
        let row = held.row.clone();
        let part = |part: Refundable| GivenBack { quantity: part.quantity, until: part.until };
        let days = dates::days(rules::all(), &held.facts, now);
        Self {
            id: row.id,
            tenant: row.tenant,
            customer: held.tenant.customer,
            offer: row.offer,
            name: row.name,
            nickname: row.nickname,
            era: row.era,
            status: row.status,
            status_since: row.status_since,
            quantity: row.quantity,
            counted: row.counted,
            trial: row.trial,
            auto_renew: row.auto_renew,
            term: row.term,
            term_began: row.term_began,
            term_ends: row.term_ends,
            refundable: row.refundable.map(|parts| parts.0.into_iter().map(part).collect()),
            scheduled: row.scheduled,
            parent: row.parent,
            azure_active: row.azure_active,
            days: days.into_iter().map(|day| Day { what: day.what, at: day.at }).collect(),
            open: held.open.clone().map(Act::from),
            gone_at: row.gone_at,
            read_at: row.read_at,
        }
    }
}

/// Something that is done with a subscription.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Act {
    /// Its id.
    #[schema(value_type = schema::ActId)]
    id: ActId,
    /// What.
    #[schema(value_type = schema::SubscriptionAction)]
    action: Action,
    /// How many licences there will be, where that was asked for.
    quantity: Option<u32>,
    /// Why.
    reason: String,
    /// How far it is.
    #[schema(value_type = schema::SubscriptionProgress)]
    progress: Progress,
    /// Microsoft's words, or the row of the rules against it.
    detail: String,
    /// When it was decided.
    asked_at: Timestamp,
    /// When it was sent first.
    sent_at: Option<Timestamp>,
    /// When it ended.
    ended_at: Option<Timestamp>,
}

impl From<acts::Act> for Act {
    fn from(act: acts::Act) -> Self {
        Self {
            id: act.id,
            action: act.action,
            quantity: act.quantity,
            reason: act.reason,
            progress: act.progress,
            detail: act.detail,
            asked_at: act.asked_at,
            sent_at: act.sent_at,
            ended_at: act.ended_at,
        }
    }
}

/// Something that was seen to change.
#[derive(Debug, Serialize, ToSchema)]
struct Seen {
    /// When it was seen.
    at: Timestamp,
    /// Who did it: `ours`, `time` or `elsewhere`.
    #[schema(value_type = schema::SubscriptionCause)]
    cause: Cause,
    /// What: each with its value before and after.
    #[schema(value_type = Vec<Object>)]
    what: Vec<Difference>,
}

impl From<Change> for Seen {
    fn from(change: Change) -> Self {
        Self { at: change.at, cause: change.cause, what: change.what.0 }
    }
}

/// A subscription with its history.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct WithHistory {
    /// The subscription.
    subscription: Subscription,
    /// What the rules say of each action now.
    actions: Vec<Possible>,
    /// What was seen to change, the newest first.
    changes: Vec<Seen>,
    /// What was done with it, the newest first.
    acts: Vec<Act>,
}

/// Whether something may be done now.
#[derive(Debug, Serialize, ToSchema)]
struct Possible {
    /// What.
    #[schema(value_type = schema::SubscriptionAction)]
    action: Action,
    /// `allowed`, `refused` or `unknown`.
    verdict: &'static str,
    /// The row of Microsoft's rules that decides.
    rule: Option<String>,
    /// Where that is written.
    source: Option<String>,
    /// Until when it may be done, or, refused, until when in Partner Center by its order.
    until: Option<Timestamp>,
    /// From when it may be done.
    from: Option<Timestamp>,
    /// After what it may be done, in a word.
    after: Option<String>,
    /// What would have to be known.
    lacks: Vec<String>,
}

impl Possible {
    fn of(action: Action, verdict: &Verdict<'_>) -> Self {
        let mut said = Self {
            action,
            verdict: "unknown",
            rule: None,
            source: None,
            until: None,
            from: None,
            after: None,
            lacks: Vec::new(),
        };
        match verdict {
            Verdict::Allowed { rule, until } => {
                (said.verdict, said.until) = ("allowed", *until);
                (said.rule, said.source) = (Some(rule.id.clone()), Some(rule.source.clone()));
            }
            Verdict::Refused { rule, next } => {
                said.verdict = "refused";
                (said.rule, said.source) = (Some(rule.id.clone()), Some(rule.source.clone()));
                match next {
                    Coming::At(at) => said.from = Some(*at),
                    Coming::After(next) => said.after = Some(next.word().into()),
                    Coming::Elsewhere(until) => said.until = Some(*until),
                    Coming::Never => {}
                }
            }
            Verdict::Unknown { lacks } => said.lacks = lacks.iter().map(|lack| lack.word().into()).collect(),
        }
        said
    }
}

/// A page of subscriptions.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Subscriptions {
    /// The subscriptions, by id.
    items: Vec<Subscription>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists what customers have bought at Microsoft, as it was read last.
#[utoipa::path(get, path = "/api/v1/subscriptions", tag = "subscriptions", params(Paged),
    responses((status = 200, description = "A page.", body = Subscriptions)))]
pub(crate) async fn list(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<Paged>,
) -> Answer<Json<Subscriptions>> {
    let after: Option<String> = key("subscriptions", asked.cursor.as_deref())?;
    let after = after.unwrap_or_default();
    let mut found = subscriptions::list(&app, &agent, &after, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|last| cursor("subscriptions", &last.row.id));
    let now = app.now();
    Ok(Json(Subscriptions { items: found.iter().map(|held| Subscription::of(held, now)).collect(), next }))
}

/// All of a customer's.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct OfCustomer {
    /// The subscriptions, tenant by tenant, by name.
    items: Vec<Subscription>,
    /// The licences, tenant by tenant, by the product's name.
    licences: Vec<Licences>,
}

/// Lists what one customer has bought at Microsoft, and how many of its licences somebody has, as it was read last.
#[utoipa::path(get, path = "/api/v1/customers/{customer}/subscriptions", tag = "subscriptions",
    params(("customer" = inline(schema::CustomerId), Path, description = "The customer.")),
    responses((status = 200, description = "The subscriptions.", body = OfCustomer)))]
pub(crate) async fn of_customer(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<CustomerId>,
) -> Answer<Json<OfCustomer>> {
    let (places, _) = subscriptions::of_customer(&app, &agent, id).await?;
    let now = app.now();
    let all = places.iter().flat_map(|place| &place.held);
    let licences = places.iter().flat_map(|place| &place.licences);
    Ok(Json(OfCustomer {
        items: all.map(|held| Subscription::of(held, now)).collect(),
        licences: licences.map(Licences::from).collect(),
    }))
}

/// A subscription with its history, and what the rules say of each action now.
#[utoipa::path(get, path = "/api/v1/subscriptions/{subscription}", tag = "subscriptions",
    params(("subscription" = String, Path, description = "Microsoft's id.")),
    responses((status = 200, description = "The subscription.", body = WithHistory)))]
pub(crate) async fn get(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<Uuid>,
) -> Answer<Json<WithHistory>> {
    let one = subscriptions::one(&app, &agent, id).await?;
    let now = app.now();
    let possible =
        |action: &Action| Possible::of(*action, &one.held.ask(Wish { action: *action, quantity: None }, now));
    Ok(Json(WithHistory {
        subscription: Subscription::of(&one.held, now),
        actions: Action::ALL.iter().map(possible).collect(),
        changes: one.changes.into_iter().map(Seen::from).collect(),
        acts: one.acts.into_iter().map(Act::from).collect(),
    }))
}

/// Reads a subscription at Microsoft now.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription}/readings", tag = "subscriptions",
    params(("subscription" = String, Path, description = "Microsoft's id.")),
    responses((status = 200, description = "It as it is now.", body = Subscription)))]
pub(crate) async fn read(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<Uuid>,
) -> Answer<Json<Subscription>> {
    let held = subscriptions::refresh(&app, &agent, id).await?;
    Ok(Json(Subscription::of(&held, app.now())))
}

/// What somebody wants.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Wanted {
    /// What.
    #[schema(value_type = schema::SubscriptionAction)]
    action: Action,
    /// How many licences there are to be, where that is asked for.
    quantity: Option<u32>,
}

/// What would come of it.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Previewed {
    /// The subscription, as it was read just now.
    subscription: Subscription,
    /// Whether it may be done.
    possible: Possible,
    /// What it would do, the gravest first: words, each with a date where there is one.
    effects: Vec<EffectLine>,
    /// What deciding has to be told that somebody has looked at.
    seen: String,
}

/// Something that an action does.
#[derive(Debug, Serialize, ToSchema)]
struct EffectLine {
    /// What, in a word.
    what: &'static str,
    /// When, or until when.
    at: Option<Timestamp>,
}

fn effect(effect: Effect) -> EffectLine {
    let (what, at) = match effect {
        Effect::UsersOut => ("users_out", None),
        Effect::UsersIn => ("users_in", None),
        Effect::Final => ("final", None),
        Effect::Reversible(at) => ("reversible_until", Some(at)),
        Effect::DataUntil(at) => ("data_until", Some(at)),
        Effect::DataGone(at) => ("data_gone", Some(at)),
        Effect::BilledUntil(at) => ("billed_until", Some(at)),
        Effect::NotBilled => ("not_billed", None),
        Effect::BilledAgain => ("billed_again", None),
        Effect::BilledMore => ("billed_more", None),
        Effect::PaidBack => ("paid_back", None),
        Effect::PaidBackInPart => ("paid_back_in_part", None),
        Effect::RenewsNoMore => ("renews_no_more", None),
        Effect::RenewalStaysOff => ("renewal_stays_off", None),
        Effect::ScheduleGone => ("schedule_gone", None),
        Effect::RenewsAt(at) => ("renews_at", Some(at)),
        Effect::EndsAt(at) => ("ends_at", Some(at)),
        Effect::From(at) => ("from", Some(at)),
        Effect::GivenBackUntil(at) => ("given_back_until", Some(at)),
        Effect::BoundUntil(at) => ("bound_until", Some(at)),
        Effect::AddOns => ("add_ons", None),
    };
    EffectLine { what, at }
}

/// Reads a subscription at Microsoft, and says what an action would do to it.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription}/previews", tag = "subscriptions",
    request_body = Wanted, params(("subscription" = String, Path, description = "Microsoft's id.")),
    responses((status = 200, description = "What would come of it.", body = Previewed)))]
pub(crate) async fn preview(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    Strict(wanted): Strict<Wanted>,
) -> Answer<Json<Previewed>> {
    let wish = Wish { action: wanted.action, quantity: wanted.quantity };
    let Preview { held, verdict, effects, seen, .. } = subscriptions::preview(&app, &agent, id, wish).await?;
    Ok(Json(Previewed {
        subscription: Subscription::of(&held, app.now()),
        possible: Possible::of(wanted.action, &verdict),
        effects: effects.into_iter().map(effect).collect(),
        seen,
    }))
}

/// A decision.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Decided {
    /// What.
    #[schema(value_type = schema::SubscriptionAction)]
    action: Action,
    /// How many licences there are to be, where that is asked for.
    quantity: Option<u32>,
    /// `seen` of the preview.
    seen: String,
    /// Why; needed where there is no ticket.
    #[serde(default)]
    reason: String,
    /// The number of the ticket because of which it is done.
    ticket_number: Option<i64>,
}

/// Something that was decided.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct DecidedId {
    /// Its id.
    #[schema(value_type = schema::ActId)]
    id: ActId,
}

/// Decides that something is done. It is done afterwards; it has ended well when its progress is `done`, which is when a
/// reading shows it.
#[utoipa::path(post, path = "/api/v1/subscriptions/{subscription}/acts", tag = "subscriptions", request_body = Decided,
    params(("subscription" = String, Path, description = "Microsoft's id.")),
    responses((status = 201, description = "It is decided.", body = DecidedId)))]
pub(crate) async fn decide(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<Uuid>,
    Strict(decided): Strict<Decided>,
) -> Answer<Created<Json<DecidedId>>> {
    let decision = Decision {
        wish: Wish { action: decided.action, quantity: decided.quantity },
        reason: decided.reason,
        ticket: decided.ticket_number,
        seen: decided.seen,
    };
    let act = subscriptions::decide(&app, &agent, id, decision).await?;
    Ok(Created { location: format!("/api/v1/subscriptions/{id}"), body: Json(DecidedId { id: act }) })
}

/// Takes a decision back that was not sent yet.
#[utoipa::path(delete, path = "/api/v1/subscriptions/{subscription}/acts/{act}", tag = "subscriptions",
    params(("subscription" = String, Path, description = "Microsoft's id."),
        ("act" = inline(schema::ActId), Path, description = "The decision.")),
    responses((status = 204, description = "It is taken back.")))]
pub(crate) async fn withdraw(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named((id, act)): Named<(Uuid, ActId)>,
) -> Answer<StatusCode> {
    subscriptions::withdraw(&app, &agent, id, act).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Which page of the dates, and how far ahead.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct Ahead {
    /// For how many days; 30 if nothing is said.
    #[param(minimum = 1, maximum = 1100)]
    days: Option<u32>,
    /// `next` of the page before.
    cursor: Option<String>,
    /// How many; 50 if nothing is said.
    #[serde(default)]
    #[param(value_type = Option<u8>, minimum = 1, maximum = 100)]
    limit: Limit,
}

/// A date of the whole desk.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Due {
    /// When.
    at: Timestamp,
    /// What happens.
    #[schema(value_type = schema::SubscriptionOccasion)]
    what: Occasion,
    /// How many working days of the desk's calendar are left.
    working_days: u32,
    /// Whether somebody should know by now.
    warned: bool,
    /// Microsoft's id of the subscription.
    subscription: String,
    /// Its name.
    name: String,
    /// Our customer, if that is known.
    #[schema(value_type = Option<schema::CustomerId>)]
    customer: Option<CustomerId>,
}

/// A page of dates.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Dues {
    /// The dates, the earliest first.
    items: Vec<Due>,
    /// The cursor of the next page; none on the last.
    next: Option<String>,
}

/// Lists what comes due in all customers' subscriptions: renewals, ends of terms and trials, deadlines, windows that close.
#[utoipa::path(get, path = "/api/v1/subscription-dates", tag = "subscriptions", params(Ahead),
    responses((status = 200, description = "A page.", body = Dues)))]
pub(crate) async fn dates(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Params(asked): Params<Ahead>,
) -> Answer<Json<Dues>> {
    let after: Option<(At, String, String)> = key("subscription-dates", asked.cursor.as_deref())?;
    let after = after.map(|(At(at), subscription, what)| AheadAfter { at, subscription, what });
    let days = asked.days.unwrap_or(30).clamp(1, 1100);
    let mut found = subscriptions::coming(&app, &agent, after, days, asked.limit.rows() + 1).await?;
    let more = asked.limit.cut(&mut found);
    let next = found.last().filter(|_| more).and_then(|(last, _)| {
        cursor("subscription-dates", &(At(last.at), &last.subscription, last.what.word()))
    });
    let line = |(ahead, near): subscriptions::Due| {
        let (working_days, warned) = match near {
            Nearness::Past => (0, true),
            Nearness::Warned(days) => (days, true),
            Nearness::Calm(days) => (days, false),
        };
        Due {
            at: ahead.at,
            what: ahead.what,
            working_days,
            warned,
            subscription: ahead.subscription,
            name: ahead.name,
            customer: ahead.customer,
        }
    };
    Ok(Json(Dues { items: found.into_iter().map(line).collect(), next }))
}
