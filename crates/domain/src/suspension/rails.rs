//! The rails of a suspension: what must be so before a call, each with its reason where it is not. All of them are looked
//! at before every call, and what nobody knows holds.

use jiff::{SignedDuration, Timestamp};

use super::MOST;
use crate::{
    access::Role,
    clock::Calendar,
    collections::{Condition, Scope, Standing},
    id::AgentId,
    money::Money,
    subscription::{
        Action, Era, Facts, Status,
        guard::{self, Effect, Verdict, Wish},
        rules::Rule,
    },
    words,
};

words! {
    /// What must be so.
    pub enum Rail {
        /// What the customer owes lets it be suspended, so far.
        Debt = "debt",
        /// All warnings were sent, and arrived.
        Notices = "notices",
        /// Nothing of it is disputed.
        Disputes = "disputes",
        /// Nobody has exempted the customer.
        Exemption = "exemption",
        /// The customer has no open ticket of the gravest kind.
        Tickets = "tickets",
        /// The list is one that can be suspended.
        List = "list",
        /// Everything on it was read just now.
        Reading = "reading",
        /// Microsoft's rules allow it.
        Rules = "rules",
        /// There is time left before something is lost for good.
        Time = "time",
        /// Another person who may has approved this very list.
        Approval = "approval",
        /// The approval is sealed in the audit log.
        Seal = "seal",
        /// There was time to think again.
        Pause = "pause",
        /// It is a working day, in working hours, and none of rest follows.
        Calendar = "calendar",
        /// Nobody has stopped all suspensions.
        Switch = "switch",
        /// The brake has not tripped.
        Brake = "brake",
        /// The desk does not come from a backup that nobody has looked at.
        Backup = "backup",
    }
}

impl Rail {
    /// Whether it is looked at already when somebody proposes or approves.
    #[must_use]
    pub const fn is_early(self) -> bool {
        match self {
            Rail::Debt
            | Rail::Notices
            | Rail::Disputes
            | Rail::Exemption
            | Rail::Tickets
            | Rail::List
            | Rail::Reading
            | Rail::Rules
            | Rail::Time => true,
            Rail::Approval
            | Rail::Seal
            | Rail::Pause
            | Rail::Calendar
            | Rail::Switch
            | Rail::Brake
            | Rail::Backup => false,
        }
    }
}

words! {
    /// Why a rail holds.
    pub enum Why {
        /// Nobody knows.
        Unknown = "unknown",
        /// It is not so far, or not any more: paid, credited, promised, or too little.
        NotDue = "not_due",
        /// No stage of the policy takes so much.
        TooWide = "too_wide",
        /// A warning was not sent, or did not arrive.
        Undelivered = "undelivered",
        /// Something is disputed.
        Disputed = "disputed",
        /// The customer is exempt.
        Exempt = "exempt",
        /// There is an open ticket of the gravest kind.
        GraveTicket = "grave_ticket",
        /// The list is empty.
        Empty = "empty",
        /// There are too many on it for this step.
        TooMany = "too_many",
        /// Something on it is not this customer's.
        Foreign = "foreign",
        /// Something on it is not in use.
        NotActive = "not_active",
        /// Something else is being done with one of them.
        Busy = "busy",
        /// It was read too long ago, or not at all.
        Unread = "unread",
        /// A rule of Microsoft's stands against it.
        Forbidden = "forbidden",
        /// Something would be lost for good too soon.
        TooNear = "too_near",
        /// Nobody has approved it.
        Missing = "missing",
        /// Who proposed it cannot approve it.
        Own = "own",
        /// Who approved it may not, or not any more.
        Role = "role",
        /// The approval is too old.
        TooOld = "too_old",
        /// Another list was approved.
        OtherList = "other_list",
        /// It is not sealed yet.
        Unsealed = "unsealed",
        /// It can still be taken back for a while.
        TooSoon = "too_soon",
        /// It is not working time.
        Closed = "closed",
        /// Days without work follow.
        BeforeRest = "before_rest",
        /// A person has stopped all suspensions.
        Switched = "switched",
        /// The brake has tripped.
        Braked = "braked",
        /// The desk was restored from a backup.
        Restored = "restored",
    }
}

impl Why {
    /// Whether time may mend it. Anything else ends the suspension: it has to be proposed again.
    #[must_use]
    pub const fn passes(self) -> bool {
        match self {
            Why::Busy | Why::Unread | Why::Unsealed | Why::TooSoon | Why::Closed | Why::BeforeRest => true,
            Why::Unknown
            | Why::NotDue
            | Why::TooWide
            | Why::Undelivered
            | Why::Disputed
            | Why::Exempt
            | Why::GraveTicket
            | Why::Empty
            | Why::TooMany
            | Why::Foreign
            | Why::NotActive
            | Why::Forbidden
            | Why::TooNear
            | Why::Missing
            | Why::Own
            | Why::Role
            | Why::TooOld
            | Why::OtherList
            | Why::Switched
            | Why::Braked
            | Why::Restored => false,
        }
    }
}

/// A rail that was looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Checked {
    /// Which.
    pub rail: Rail,
    /// Why it holds; none if it passes.
    pub hold: Option<Why>,
}

/// What the customer owes, as far as it counts for a suspension of a scope.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// The stage of the policy, by its place; none if none suspends so much.
    pub stage: Option<usize>,
    /// What is missing for it.
    pub missing: Vec<Condition>,
    /// What is owed because of which it is suspended.
    pub owed: Vec<Money>,
}

impl Debt {
    /// What counts of where a customer stands. A harder stage whose turn it is lets less be taken too.
    #[must_use]
    pub fn of(standing: &Standing, scope: Scope) -> Self {
        let so_much = || standing.suspensions.iter().filter(|one| one.scope >= scope);
        let Some(found) = so_much().find(|one| one.is_proposed()).or_else(|| so_much().next()) else {
            return Self { stage: None, missing: Vec::new(), owed: Vec::new() };
        };
        let mut owed: Vec<Money> = Vec::new();
        for item in standing.items.iter().filter(|item| found.invoices.contains(&item.id)) {
            let amount = Money { minor: item.counts(), currency: item.currency };
            match owed.iter_mut().find(|sum| sum.currency == amount.currency) {
                Some(sum) => sum.minor = sum.minor.saturating_add(amount.minor),
                None => owed.push(amount),
            }
        }
        Self { stage: Some(found.stage), missing: found.missing.clone(), owed }
    }

    /// Whether it lets a suspension be.
    #[must_use]
    pub fn is_due(&self) -> bool {
        self.stage.is_some()
            && self.missing.is_empty()
            && !self.owed.is_empty()
            && self.owed.iter().all(|sum| sum.minor > 0)
    }

    /// Whether one of these is missing.
    fn lacks(&self, conditions: &[Condition]) -> bool {
        self.missing.iter().any(|one| conditions.contains(one))
    }
}

/// A subscription on the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// What is known of it; none for what is not this customer's, or gone.
    pub facts: Option<Facts>,
    /// When it was read; none if the last reading failed.
    pub read_at: Option<Timestamp>,
    /// Whether something else is being done with it.
    pub busy: bool,
    /// Whether it was called for already: it is not looked at any more.
    pub called: bool,
}

/// Who approved it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who.
    pub by: AgentId,
    /// What that person may be now; nothing for one who left.
    pub roles: Vec<Role>,
    /// When.
    pub at: Timestamp,
    /// The mark of the list that was approved.
    pub list: String,
    /// Whether the audit log has sealed it.
    pub sealed: bool,
}

/// How the desk stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Desk {
    /// Whether a person has stopped all.
    pub switched: bool,
    /// Whether the brake has tripped.
    pub braked: bool,
    /// Whether it comes from a backup that nobody has looked at.
    pub restored: bool,
    /// For how long an approval can still be taken back.
    pub pause: SignedDuration,
}

/// All that a suspension is decided on.
#[derive(Clone, Debug)]
pub struct Case<'c> {
    /// Microsoft's rules.
    pub rules: &'c [Rule],
    /// How the desk stands.
    pub desk: Desk,
    /// Its calendar; none if it has none.
    pub calendar: Option<&'c Calendar>,
    /// How much is taken.
    pub scope: Scope,
    /// What the customer owes; none if that could not be read.
    pub debt: Option<Debt>,
    /// How many open tickets of the gravest kind it has; none if nobody knows.
    pub grave_tickets: Option<u32>,
    /// What is on the list.
    pub items: Vec<Item>,
    /// The mark of the list as it is now.
    pub list: String,
    /// Who proposed it.
    pub proposer: AgentId,
    /// Who approved it.
    pub approval: Option<Approval>,
}

/// How old a reading may be on which something is decided.
pub const FRESH: SignedDuration = SignedDuration::from_mins(15);
/// For how long a proposal waits for an approval, and an approval is good.
pub const GOOD_FOR: SignedDuration = SignedDuration::from_hours(72);
/// So much time must be left before something is lost for good.
pub const LEAST_LEFT: SignedDuration = SignedDuration::from_hours(7 * 24);

/// Who may propose.
pub const PROPOSE: &[Role] = &[Role::GlobalAdmin, Role::AdminAgent, Role::BillingAdmin];
/// Who may approve.
pub const APPROVE: &[Role] = &[Role::GlobalAdmin, Role::AdminAgent];

/// What is wished of each item.
pub const WISH: Wish = Wish { action: Action::Suspend, quantity: None };

impl Case<'_> {
    /// Every rail, in the order in which a person reads them.
    #[must_use]
    pub fn rails(&self, now: Timestamp) -> Vec<Checked> {
        Rail::ALL.iter().map(|rail| Checked { rail: *rail, hold: self.hold(*rail, now) }).collect()
    }

    /// The first rail that holds a call, those first that time does not mend.
    #[must_use]
    pub fn holds(&self, now: Timestamp) -> Option<(Rail, Why)> {
        self.first(now, |_| true)
    }

    /// The first rail that holds a proposal or an approval.
    #[must_use]
    pub fn holds_early(&self, now: Timestamp) -> Option<(Rail, Why)> {
        self.first(now, Rail::is_early)
    }

    fn first(&self, now: Timestamp, counts: impl Fn(Rail) -> bool) -> Option<(Rail, Why)> {
        let held = self.rails(now).into_iter().filter(|one| counts(one.rail));
        held.filter_map(|one| Some((one.rail, one.hold?))).min_by_key(|(_, why)| why.passes())
    }

    /// Why a rail holds; none if it passes.
    #[must_use]
    pub fn hold(&self, rail: Rail, now: Timestamp) -> Option<Why> {
        let debt = self.debt.as_ref();
        let lacks = |condition, why| match debt {
            None => Some(Why::Unknown),
            Some(debt) => debt.lacks(&[condition]).then_some(why),
        };
        match rail {
            Rail::Debt => match debt {
                None => Some(Why::Unknown),
                Some(Debt { stage: None, .. }) => Some(Why::TooWide),
                Some(debt) => {
                    use Condition::{Amount, Class, Grace, Invoices, Overdue, Unpromised};
                    let nothing = debt.missing.is_empty() && !debt.is_due();
                    let lacks = debt.lacks(&[Class, Overdue, Amount, Invoices, Unpromised, Grace]);
                    (nothing || lacks).then_some(Why::NotDue)
                }
            },
            Rail::Notices => lacks(Condition::Warned, Why::Undelivered),
            Rail::Disputes => lacks(Condition::Undisputed, Why::Disputed),
            Rail::Exemption => lacks(Condition::NotExempt, Why::Exempt),
            Rail::Tickets => match self.grave_tickets {
                None => Some(Why::Unknown),
                Some(n) => (n > 0).then_some(Why::GraveTicket),
            },
            Rail::List => self.list_holds(),
            Rail::Reading => self.ahead().find_map(|item| match item.read_at {
                Some(at) if now.duration_since(at) <= FRESH => None,
                _ => Some(Why::Unread),
            }),
            Rail::Rules => self.known().find_map(|facts| self.rule_holds(facts, now)),
            Rail::Time => self.known().find_map(|facts| self.time_holds(facts, now)),
            Rail::Approval => self.approval_holds(now),
            Rail::Seal => match &self.approval {
                Some(Approval { sealed: true, .. }) => None,
                _ => Some(Why::Unsealed),
            },
            Rail::Pause => match &self.approval {
                Some(approval) if now.duration_since(approval.at) >= self.desk.pause => None,
                _ => Some(Why::TooSoon),
            },
            Rail::Calendar => self.calendar_holds(now),
            Rail::Switch => self.desk.switched.then_some(Why::Switched),
            Rail::Brake => self.desk.braked.then_some(Why::Braked),
            Rail::Backup => self.desk.restored.then_some(Why::Restored),
        }
    }

    fn ahead(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|item| !item.called)
    }

    fn known(&self) -> impl Iterator<Item = &Facts> {
        self.ahead().filter_map(|item| item.facts.as_ref())
    }

    fn list_holds(&self) -> Option<Why> {
        let most = if self.scope == Scope::LeastCritical { 1 } else { MOST };
        if self.scope < Scope::LeastCritical || self.items.is_empty() {
            return Some(Why::Empty);
        }
        if self.items.len() > most {
            return Some(Why::TooMany);
        }
        let hold = |item: &Item| match &item.facts {
            None => Some(Why::Foreign),
            Some(facts) if facts.status != Status::Active => Some(Why::NotActive),
            Some(_) => item.busy.then_some(Why::Busy),
        };
        self.ahead().filter_map(hold).min_by_key(|why| why.passes())
    }

    /// An Azure plan is a person's work, whatever the rows say of a program's.
    fn rule_holds(&self, facts: &Facts, now: Timestamp) -> Option<Why> {
        match guard::ask(self.rules, facts, WISH, now) {
            _ if is_by_hand(facts) => None,
            Verdict::Allowed { .. } => None,
            Verdict::Refused { .. } => Some(Why::Forbidden),
            Verdict::Unknown { .. } => Some(Why::Unknown),
        }
    }

    fn time_holds(&self, facts: &Facts, now: Timestamp) -> Option<Why> {
        if is_by_hand(facts) {
            return None;
        }
        match lost_at(self.rules, facts, now) {
            None => Some(Why::Unknown),
            Some(at) => (at.duration_since(now) < LEAST_LEFT).then_some(Why::TooNear),
        }
    }

    fn approval_holds(&self, now: Timestamp) -> Option<Why> {
        let Some(approval) = &self.approval else { return Some(Why::Missing) };
        let age = now.duration_since(approval.at);
        if approval.by == self.proposer {
            Some(Why::Own)
        } else if !approval.roles.iter().any(|role| APPROVE.contains(role)) {
            Some(Why::Role)
        } else if age > GOOD_FOR || age.is_negative() {
            Some(Why::TooOld)
        } else {
            (approval.list != self.list).then_some(Why::OtherList)
        }
    }

    /// A suspension needs people who can take it back: it is made in working hours, and not before days of rest.
    fn calendar_holds(&self, now: Timestamp) -> Option<Why> {
        let Some(calendar) = self.calendar else { return Some(Why::Unknown) };
        let after = |time: SignedDuration| now.checked_add(time).unwrap_or(Timestamp::MAX);
        match calendar.deadline(now, 0, &[]) {
            Err(_) => return Some(Why::Unknown),
            Ok(open) if open.due > now => return Some(Why::Closed),
            Ok(_) => {}
        }
        (calendar.working_days(now, after(SignedDuration::from_hours(24))) == 0).then_some(Why::BeforeRest)
    }
}

/// Whether nobody can use it: it is suspended, or of an Azure plan nothing is active any more.
#[must_use]
pub fn is_off(facts: &Facts) -> bool {
    facts.status == Status::Suspended || (is_by_hand(facts) && facts.azure_active == Some(0))
}

/// Whether a person has to do it: an Azure plan is never suspended by program.
#[must_use]
pub fn is_by_hand(facts: &Facts) -> bool {
    matches!(facts.era, Some(Era::AzurePlan))
}

/// When something suspended now is lost for good, at the earliest; none if nobody knows.
#[must_use]
pub fn lost_at(rules: &[Rule], facts: &Facts, now: Timestamp) -> Option<Timestamp> {
    let effects = guard::effects(rules, facts, WISH, now);
    effects.iter().find_map(|effect| match effect {
        Effect::Reversible(at) => Some(*at),
        _ => None,
    })
}

/// Which of a customer's products is the least critical: where the fewest people work, add-ons first; the place of it.
#[must_use]
pub fn least_critical(all: &[Facts]) -> Option<usize> {
    let active = all.iter().enumerate().filter(|(_, facts)| {
        facts.status == Status::Active && facts.counted && !facts.trial && !is_by_hand(facts)
    });
    let rank = |facts: &Facts| (matches!(facts.parent, crate::subscription::Parent::None), facts.quantity);
    active.min_by_key(|(place, facts)| (rank(facts), *place)).map(|(place, _)| place)
}
