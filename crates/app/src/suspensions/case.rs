//! What a suspension is decided on, read in the transaction that decides.

use domain::{
    clock::Calendar,
    collections::Scope,
    id::{ActId, AgentId, AuditId, CustomerId},
    subscription::{Facts, rules},
    suspension::{
        ItemState,
        brake::{self, Trip},
        course::{self, Course},
        rails::{self, Approval, Case, Debt, FRESH},
        reversal::Plan,
    },
};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest as _, Sha256};
use store::{
    Json, Tx, people,
    subscriptions::{self as mirrors, Subscription, acts},
    suspensions::{self as kept, Desk, Item, Suspension},
    tenants,
};

use crate::{
    Result, collections,
    microsoft::{facts_of, mark},
};

/// One subscription of a list, as it was when it was proposed and as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// As it was proposed.
    pub item: Item,
    /// As it was read last; none if it is not this customer's, or gone.
    pub row: Option<Subscription>,
    /// What is known of it.
    pub facts: Option<Facts>,
    /// How far what Microsoft is asked is.
    pub act: Option<acts::Act>,
    /// Whether something else is being done with it.
    pub busy: bool,
    /// The names of what is added on to it and falls with it.
    pub add_ons: Vec<String>,
}

impl Line {
    /// Whether nothing was sent of it yet, and something may be.
    #[must_use]
    pub fn is_ahead(&self) -> bool {
        let open = matches!(self.item.state, ItemState::Waiting | ItemState::ByHand | ItemState::Calling);
        open && self.item.called_at.is_none()
    }

    /// A mark of what it is like.
    fn mark(&self) -> String {
        match (&self.row, &self.facts) {
            (Some(row), Some(facts)) if self.is_ahead() => mark(facts, row.scheduled),
            _ => self.item.seen.clone(),
        }
    }
}

/// All that is known of a suspension at a moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Ground {
    /// When.
    pub now: Timestamp,
    /// How the desk stands.
    pub desk: Desk,
    /// Why the brake would trip now.
    pub trip: Option<Trip>,
    /// How much is taken.
    pub scope: Scope,
    /// What the customer owes; none if that could not be read.
    pub debt: Option<Debt>,
    /// The stage of the policy, by its key.
    pub stage: String,
    /// How many open tickets of the gravest kind it has.
    pub grave_tickets: u32,
    /// What is on the list.
    pub lines: Vec<Line>,
    /// A mark of it.
    pub list: String,
    /// What else the customer has, and keeps: names.
    pub untouched: Vec<String>,
    calendar: Option<Calendar>,
    proposer: AgentId,
    approval: Option<Approval>,
}

impl Ground {
    /// The case, for the rails.
    #[must_use]
    pub fn case(&self) -> Case<'_> {
        let item = |line: &Line| rails::Item {
            facts: line.facts.clone(),
            read_at: line.row.as_ref().map(|row| row.read_at),
            busy: line.busy,
            called: !line.is_ahead(),
        };
        Case {
            rules: rules::all(),
            desk: rails::Desk {
                switched: self.desk.switched.is_some(),
                braked: self.desk.braked.is_some() || self.trip.is_some(),
                restored: self.desk.muted_at.is_some(),
                pause: SignedDuration::from_mins(i64::from(self.desk.rules.pause)),
            },
            calendar: self.calendar.as_ref(),
            scope: self.scope,
            debt: self.debt.clone(),
            grave_tickets: Some(self.grave_tickets),
            items: self.lines.iter().map(item).collect(),
            list: self.list.clone(),
            proposer: self.proposer,
            approval: self.approval.clone(),
        }
    }

    /// The next step of a suspension.
    pub(super) fn next(&self, suspension: &Suspension) -> course::Step {
        let items: Vec<_> = self.lines.iter().map(|line| self.item(line)).collect();
        let course = Course {
            state: suspension.state,
            proposed_at: suspension.proposed_at,
            rehearsal: suspension.rehearsal,
            items: &items,
            hold: self.case().holds(self.now),
            due: self.debt.as_ref().map(Debt::is_due),
            back: suspension.back_by.is_some(),
            muted: self.desk.muted_at.is_some(),
        };
        course::next(&course, self.now)
    }

    pub(super) fn item(&self, line: &Line) -> course::Item {
        let Item { state, plan: Json(plan), tries, .. } = &line.item;
        let (facts, scheduled) = (line.facts.as_ref(), line.row.as_ref().and_then(|row| row.scheduled));
        let ended = line.act.as_ref().and_then(|act| act.ended_at);
        // What was read before something ended does not show it.
        // What is gone needs no reading.
        let is_read = line.row.as_ref().is_none_or(|row| {
            self.now.duration_since(row.read_at) <= FRESH && ended.is_none_or(|at| row.read_at >= at)
        });
        course::Item {
            state: *state,
            by_hand: facts.is_some_and(rails::is_by_hand),
            act: line.act.as_ref().map(|act| act.progress),
            wish: facts.and_then(|facts| plan.next(rules::all(), facts, scheduled, self.now)),
            is_off: facts.is_some_and(rails::is_off),
            is_as_it_was: facts.is_some_and(|facts| plan.is_back(facts, scheduled)),
            is_read,
            tries: *tries,
            is_sent: line.item.called_at.is_some(),
            is_told: !line.item.evidence.is_empty(),
        }
    }
}

/// What is to be known of a suspension that is there, or may be.
pub(super) struct Asked {
    pub(super) customer: CustomerId,
    pub(super) scope: Scope,
    pub(super) proposer: AgentId,
    pub(super) approved: Option<(AgentId, Timestamp, AuditId, String)>,
    pub(super) items: Vec<Item>,
}

/// All that is known of a suspension that is there.
pub(super) async fn of(tx: &mut Tx, suspension: &Suspension, now: Timestamp) -> Result<Ground> {
    let approved = match (suspension.approved_by, suspension.approved_at, suspension.approval) {
        (Some(by), Some(at), Some(approval)) => Some((by, at, approval, suspension.list.clone())),
        _ => None,
    };
    let asked = Asked {
        customer: suspension.customer,
        scope: suspension.scope,
        proposer: suspension.proposed_by,
        approved,
        items: kept::items(tx, suspension.id).await?,
    };
    ground(tx, asked, now).await
}

/// A subscription that somebody wants on a list.
pub(super) async fn wanted(tx: &mut Tx, place: usize, id: &str) -> Result<Item> {
    let row = mirrors::get(tx, id).await?;
    let facts = match &row {
        Some(row) => Some(facts_of(tx, row).await?),
        None => None,
    };
    let scheduled = row.as_ref().and_then(|row| row.scheduled);
    let nothing = Plan {
        status: domain::subscription::Status::Unknown,
        quantity: 0,
        auto_renew: false,
        is_scheduled: false,
        scheduled: None,
        azure_active: None,
    };
    Ok(Item {
        place: i64::try_from(place).unwrap_or(i64::MAX),
        subscription: id.to_owned(),
        tenant: row.as_ref().map(|row| row.tenant.clone()).unwrap_or_default(),
        name: row.as_ref().map(|row| row.name.clone()).unwrap_or_default(),
        seats: row.as_ref().filter(|row| row.counted).map_or(0, |row| row.quantity),
        state: ItemState::Waiting,
        seen: facts.as_ref().map(|facts| mark(facts, scheduled)).unwrap_or_default(),
        plan: Json(facts.as_ref().map_or(nothing, |facts| Plan::of(facts, scheduled))),
        act: None,
        tries: 0,
        called_at: None,
        evidence: String::new(),
        differs: Json(Vec::new()),
    })
}

pub(super) async fn ground(tx: &mut Tx, asked: Asked, now: Timestamp) -> Result<Ground> {
    let mut desk = kept::desk(tx).await?;
    // A desk that nobody has decided anything about looks at its clock with its first proposal.
    if desk.version == 0 {
        desk.looked_at = Some(now);
    }
    let mut lines = Vec::with_capacity(asked.items.len());
    for item in asked.items {
        lines.push(line(tx, item, asked.customer).await?);
    }
    let mut untouched = Vec::new();
    for tenant in tenants::of_customer(tx, asked.customer).await? {
        for row in mirrors::of_tenant(tx, &tenant.tenant).await? {
            let falls = lines.iter().any(|line| {
                line.item.subscription == row.id || row.parent.as_ref() == Some(&line.item.subscription)
            });
            if !falls && row.gone_at.is_none() && row.status == domain::subscription::Status::Active {
                untouched.push(row.name);
            }
        }
    }
    let (held, _, standing) = collections::standing_in(tx, asked.customer, now).await?;
    let debt = Debt::of(&standing, asked.scope);
    let stage = debt.stage.and_then(|place| held.policy.stages.get(place));
    let stage = stage.map(|stage| stage.key.clone()).unwrap_or_default();
    let approval = match asked.approved {
        None => None,
        Some((by, at, id, list)) => {
            let agent = people::agent(tx, by).await?.filter(|agent| agent.active);
            let roles = agent.map(|agent| agent.roles.0).unwrap_or_default();
            Some(Approval { by, roles, at, list, sealed: kept::is_sealed(tx, id).await? })
        }
    };
    let list = mark_of(asked.customer, asked.scope, &stage, &debt, &lines);
    Ok(Ground {
        now,
        trip: trip(tx, &desk, &lines, now).await?,
        desk,
        scope: asked.scope,
        debt: Some(debt),
        stage,
        grave_tickets: kept::grave_tickets(tx, asked.customer).await?,
        lines,
        list,
        untouched,
        calendar: crate::subscriptions::calendar(tx).await?,
        proposer: asked.proposer,
        approval,
    })
}

async fn line(tx: &mut Tx, item: Item, customer: CustomerId) -> Result<Line> {
    let row = mirrors::get(tx, &item.subscription).await?.filter(|row| row.gone_at.is_none());
    let row = match row {
        Some(row) if row.tenant == item.tenant => {
            let tenant = tenants::get(tx, &row.tenant).await?;
            tenant.is_some_and(|tenant| tenant.customer == Some(customer)).then_some(row)
        }
        _ => None,
    };
    let facts = match &row {
        Some(row) => Some(facts_of(tx, row).await?),
        None => None,
    };
    let act = match item.act {
        Some(act) => acts::get(tx, act).await?,
        None => None,
    };
    let other: Option<ActId> = acts::open(tx, &item.subscription).await?.map(|act| act.id);
    let add_ons = mirrors::add_ons(tx, &item.subscription).await?;
    Ok(Line {
        busy: other.is_some() && other != item.act,
        add_ons: add_ons.into_iter().filter(|one| one.gone_at.is_none()).map(|one| one.name).collect(),
        item,
        row,
        facts,
        act,
    })
}

/// Whether the brake trips if all that is ahead is called for.
async fn trip(tx: &mut Tx, desk: &Desk, lines: &[Line], now: Timestamp) -> Result<Option<Trip>> {
    let day_ago = now.checked_sub(SignedDuration::from_hours(24)).unwrap_or(now);
    let since = desk.released_at.map_or(day_ago, |at| at.max(day_ago));
    let past = kept::called(tx, since).await?;
    let ahead: Vec<u32> = lines.iter().filter(|line| line.is_ahead()).map(|line| line.item.seats).collect();
    let seen = brake::Seen {
        limits: desk.rules.limits,
        past: &past,
        ahead: &ahead,
        seats: kept::seats(tx).await?,
        looked_at: desk.looked_at,
    };
    Ok(brake::trips(&seen, now))
}

/// A mark of a list: whose, how much, at which stage, for how much money, and what each was like.
fn mark_of(customer: CustomerId, scope: Scope, stage: &str, debt: &Debt, lines: &[Line]) -> String {
    let owed: Vec<String> =
        debt.owed.iter().map(|sum| format!("{} {}", sum.minor, sum.currency.code())).collect();
    let each: Vec<String> =
        lines.iter().map(|line| format!("{} {}", line.item.subscription, line.mark())).collect();
    let text = format!("{customer}\n{scope}\n{stage}\n{}\n{}", owed.join(", "), each.join("\n"));
    Sha256::digest(text).iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}
