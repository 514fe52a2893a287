//! The state: a partner, its customers, and all that Microsoft keeps of them.

use std::collections::{BTreeMap, HashMap};
use std::net::SocketAddr;

use domain::cloud::Cloud;
use jiff::{SignedDuration, Timestamp, ToSpan as _, tz::TimeZone};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    Clock, Fault, Quirks, Seed,
    call::{Refusal, Reply},
    handlers::{azure_support::AzureSupport, invoices::Payment, webhooks::Webhooks},
    limits::Limits,
    login::Logins,
    roles::Role,
    seed,
    signer::Signer,
};

/// A simulator's state.
pub struct World {
    clock: Clock,
    ahead: SignedDuration,
    /// Where the simulator answers.
    pub(crate) address: SocketAddr,
    pub(crate) cloud: Cloud,
    pub(crate) sandbox: bool,
    pub(crate) partner: seed::Partner,
    pub(crate) application: seed::Application,
    pub(crate) agents: Vec<Agent>,
    pub(crate) customers: BTreeMap<Uuid, Customer>,
    pub(crate) partners: Vec<seed::OtherPartner>,
    pub(crate) service_requests: Vec<ServiceRequest>,
    pub(crate) azure: AzureSupport,
    /// By customer; `None` is everybody's.
    pub(crate) issues: Vec<(Option<Uuid>, Value)>,
    pub(crate) audit: Vec<Value>,
    pub(crate) logins: Logins,
    pub(crate) webhooks: Webhooks,
    pub(crate) payments: Vec<Payment>,
    pub(crate) limits: Limits,
    pub(crate) signer: Signer,
    /// Where pages go on: what a token stands for.
    pub(crate) seeks: HashMap<String, (String, usize)>,
    /// Answers to writes, by whom, request id, method and path.
    pub(crate) answers: HashMap<[String; 4], (String, Reply, Timestamp)>,
    /// Which oddities answers have.
    pub quirks: Quirks,
    /// What is to go wrong.
    pub faults: Vec<Fault>,
    /// How long a change of a subscription takes: 202 and later instead of 200 and now.
    pub change_takes: SignedDuration,
    /// How long Microsoft renews for after the end of a term: nothing can be changed until then.
    pub renewal_takes: SignedDuration,
    /// Whether service requests can be filed by program, as until August 2020.
    pub service_requests_by_api: bool,
    /// Every request that came, oldest first.
    pub log: Vec<Seen>,
}

impl std::fmt::Debug for World {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("World").field("cloud", &self.cloud).finish_non_exhaustive()
    }
}

/// A request that came.
#[derive(Clone, Debug, Serialize)]
pub struct Seen {
    /// When, by the simulator's clock.
    pub at: Timestamp,
    /// Its method.
    pub method: String,
    /// Its path and query.
    pub target: String,
    /// Its `Host`.
    pub host: String,
    /// Its `MS-RequestId`.
    pub request_id: Option<String>,
    /// Its `MS-CorrelationId`.
    pub correlation_id: Option<String>,
    /// Its `If-Match`.
    pub if_match: Option<String>,
    /// The status that it was answered with.
    pub status: u16,
}

/// One of the partner's people.
#[derive(Clone, Debug)]
pub(crate) struct Agent {
    pub(crate) id: Uuid,
    pub(crate) upn: String,
    pub(crate) name: String,
    pub(crate) roles: Vec<Role>,
    pub(crate) mfa: bool,
}

/// A customer.
#[derive(Clone, Debug)]
pub(crate) struct Customer {
    pub(crate) id: Uuid,
    pub(crate) company: String,
    pub(crate) domain: String,
    pub(crate) domains: Vec<String>,
    pub(crate) country: String,
    pub(crate) city: String,
    pub(crate) language: String,
    /// Whether it is, still, this partner's.
    pub(crate) ours: bool,
    pub(crate) delegated_admin: bool,
    pub(crate) reseller: Option<String>,
    /// What was written over the billing profile that follows from the rest.
    pub(crate) billing: Value,
    pub(crate) billing_version: u32,
    pub(crate) consents: Vec<Value>,
    pub(crate) subscriptions: BTreeMap<Uuid, Subscription>,
}

/// By which rules a subscription lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Licences of the new commerce: a term of a year, seven days to change one's mind.
    NewCommerce,
    /// Licences of before: suspended for at most 90 days.
    Legacy,
    /// The Azure plan, which cannot be suspended while something runs in it.
    AzurePlan,
    /// A publisher's product: 72 hours to change one's mind.
    Marketplace,
    /// Software for good.
    Perpetual,
}

domain::words! {
    /// Where a subscription stands.
    pub enum Status {
        /// In use.
        Active = "active",
        /// Switched off by the partner.
        Suspended = "suspended",
        /// Its term is over.
        Expired = "expired",
        /// Its data can still be fetched by an administrator.
        Disabled = "disabled",
        /// Gone.
        Deleted = "deleted",
    }
}

/// A subscription.
#[derive(Clone, Debug)]
pub(crate) struct Subscription {
    pub(crate) id: Uuid,
    pub(crate) kind: Kind,
    pub(crate) offer: String,
    pub(crate) offer_name: String,
    pub(crate) friendly_name: String,
    pub(crate) quantity: u32,
    /// Seats that nobody has.
    pub(crate) unassigned: u32,
    pub(crate) price: i64,
    pub(crate) parent: Option<Uuid>,
    pub(crate) created: Timestamp,
    /// Purchase or last renewal.
    pub(crate) term_began: Timestamp,
    pub(crate) term_ends: Timestamp,
    pub(crate) status: Status,
    pub(crate) status_since: Timestamp,
    pub(crate) changed: Timestamp,
    pub(crate) auto_renew: bool,
    /// 30 days without pay.
    pub(crate) trial: bool,
    /// What the next term is to be, as it was written.
    pub(crate) scheduled: Option<Value>,
    /// Seats that may still be given back, and until when.
    pub(crate) refundable: (u32, Timestamp),
    pub(crate) version: u32,
    /// A change that is being made, and when it will be.
    pub(crate) pending: Option<(Box<Subscription>, Timestamp)>,
    /// Azure: whether something runs in it.
    pub(crate) entitled: bool,
    /// Tenant, MPN id and name of who supports it, if not the partner.
    pub(crate) supporter: Option<(Uuid, String, String)>,
}

/// A service request.
#[derive(Clone, Debug)]
pub(crate) struct ServiceRequest {
    pub(crate) id: String,
    pub(crate) customer: Uuid,
    pub(crate) title: String,
    pub(crate) description: String,
    pub(crate) severity: String,
    pub(crate) status: &'static str,
    pub(crate) product: String,
    pub(crate) created: Timestamp,
    pub(crate) modified: Timestamp,
    pub(crate) closed: Option<Timestamp>,
    /// Who, when, what.
    pub(crate) notes: Vec<(String, Timestamp, String)>,
}

impl World {
    pub(crate) fn new(seed: &Seed, clock: Clock, address: SocketAddr) -> Result<Self, String> {
        let now = clock();
        let customers = seed.customers.iter().map(|customer| (customer.id, customer_of(customer, now)));
        let customers: BTreeMap<Uuid, Customer> = customers.collect();
        if seed.sandbox {
            within_the_sandbox(&customers)?;
        }
        let agents = seed.agents.iter().map(|agent| Agent {
            id: random(),
            upn: agent.upn.clone(),
            name: agent.name.clone(),
            roles: agent.roles.clone(),
            mfa: agent.mfa,
        });
        let mut world = Self {
            clock,
            ahead: SignedDuration::ZERO,
            address,
            cloud: seed.cloud,
            sandbox: seed.sandbox,
            partner: seed.partner.clone(),
            application: seed.application.clone(),
            agents: agents.collect(),
            customers,
            partners: seed.partners.clone(),
            service_requests: Vec::new(),
            azure: AzureSupport::default(),
            issues: Vec::new(),
            audit: Vec::new(),
            logins: Logins::new(),
            webhooks: Webhooks::default(),
            payments: Vec::new(),
            limits: Limits::default(),
            signer: Signer::new(address)?,
            seeks: HashMap::new(),
            answers: HashMap::new(),
            quirks: Quirks::default(),
            faults: Vec::new(),
            change_takes: SignedDuration::ZERO,
            renewal_takes: SignedDuration::ZERO,
            service_requests_by_api: false,
            log: Vec::new(),
        };
        for request in &seed.service_requests {
            let at = now - days(request.days_ago);
            world.file(
                request.customer,
                &request.title,
                &request.description,
                &request.severity,
                &request.product,
                at,
            )?;
        }
        for issue in &seed.issues {
            world.issues.push((issue.customer, issue_of(issue, now)));
        }
        Ok(world)
    }

    /// The simulator's time.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        (self.clock)() + self.ahead
    }

    /// Moves the clock forward.
    pub fn pass(&mut self, time: SignedDuration) {
        self.ahead += time.abs();
    }

    /// What the customers' tenants are, the partner's own first.
    #[must_use]
    pub fn customer_ids(&self) -> Vec<Uuid> {
        let ours = |customer: &&Customer| !customer.ours;
        let mut customers: Vec<&Customer> = self.customers.values().collect();
        customers.sort_by_key(ours);
        customers.iter().map(|customer| customer.id).collect()
    }

    /// The partner's tenant, its application's id and secret.
    #[must_use]
    pub fn credentials(&self) -> (Uuid, Uuid, &str) {
        (self.partner.tenant, self.application.id, &self.application.secret)
    }

    /// A customer of this partner.
    pub(crate) fn customer(&self, id: Uuid) -> Result<&Customer, Refusal> {
        self.customers.get(&id).filter(|customer| customer.ours).ok_or_else(no_relationship)
    }

    pub(crate) fn customer_mut(&mut self, id: Uuid) -> Result<&mut Customer, Refusal> {
        self.customers.get_mut(&id).filter(|customer| customer.ours).ok_or_else(no_relationship)
    }

    /// Files a service request, as a person does in the portal.
    ///
    /// # Errors
    /// There is no such customer.
    pub fn file(
        &mut self,
        customer: Uuid,
        title: &str,
        description: &str,
        severity: &str,
        product: &str,
        at: Timestamp,
    ) -> Result<String, String> {
        if !self.customers.contains_key(&customer) {
            return Err(format!("no customer {customer}"));
        }
        // The first digit stands for the partner's portal; the day follows.
        let day = at.to_zoned(TimeZone::UTC).strftime("%y%m%d").to_string();
        let id = format!("6{day}{:08}", 10_000_001 + 7 * self.service_requests.len());
        let severity =
            ["critical", "moderate"].into_iter().find(|word| *word == severity).unwrap_or("minimal");
        self.service_requests.push(ServiceRequest {
            id: id.clone(),
            customer,
            title: title.to_owned(),
            description: description.to_owned(),
            severity: severity.to_owned(),
            status: "open",
            product: product.to_owned(),
            created: at,
            modified: at,
            closed: None,
            notes: Vec::new(),
        });
        Ok(id)
    }

    /// Says something on a service request as Microsoft's engineer, who may wait for the partner or be done. Whether
    /// there is such a request.
    pub fn microsoft_says(&mut self, id: &str, text: &str, status: Option<&str>) -> bool {
        let now = self.now();
        let Some(request) = self.service_requests.iter_mut().find(|request| request.id == id) else {
            return false;
        };
        if !text.trim().is_empty() {
            request.notes.push(("Microsoft Support".to_owned(), now, text.to_owned()));
        }
        if let Some(status) = status {
            request.stand(status, now);
        }
        request.modified = now;
        true
    }
}

impl ServiceRequest {
    /// Another status, if it is one.
    pub(crate) fn stand(&mut self, status: &str, now: Timestamp) {
        let known = ["open", "closed", "attention_needed"].into_iter().find(|word| *word == status);
        let Some(status) = known.filter(|status| *status != self.status) else { return };
        self.status = status;
        self.closed = (status == "closed").then_some(now).or(self.closed);
    }
}

fn customer_of(seed: &seed::Customer, now: Timestamp) -> Customer {
    let [country, city, language] = seed.home.clone();
    let subscriptions = seed.subscriptions.iter().map(|line| (line.id, subscription_of(line, now)));
    Customer {
        id: seed.id,
        company: seed.company.clone(),
        domain: seed.domain.clone(),
        domains: seed.domains.clone(),
        country,
        city,
        language,
        ours: !seed.foreign,
        delegated_admin: true,
        reseller: seed.reseller.clone(),
        billing: json!({}),
        billing_version: 1,
        consents: Vec::new(),
        subscriptions: subscriptions.collect(),
    }
}

fn subscription_of(seed: &seed::Subscription, now: Timestamp) -> Subscription {
    let created = now - days(seed.days_ago);
    let mut term_began = created;
    let mut term_ends = if seed.trial { created + days(30) } else { a_year_after(created) };
    while term_ends <= now {
        (term_began, term_ends) = (term_ends, a_year_after(term_ends));
    }
    Subscription {
        id: seed.id,
        kind: seed.kind,
        offer: seed.offer.clone(),
        offer_name: seed.name.clone(),
        friendly_name: seed.name.clone(),
        quantity: seed.quantity,
        unassigned: seed.unassigned,
        price: seed.price,
        parent: seed.parent,
        created,
        term_began,
        term_ends,
        status: Status::Active,
        status_since: created,
        changed: created,
        auto_renew: !seed.ends,
        trial: seed.trial,
        scheduled: None,
        refundable: (seed.quantity, term_began + days(7)),
        version: 1,
        pending: None,
        entitled: seed.kind == Kind::AzurePlan,
        supporter: None,
    }
}

fn issue_of(seed: &seed::Issue, now: Timestamp) -> Value {
    let began = now - SignedDuration::from_hours(seed.hours_ago);
    let resolved = seed.status == "serviceRestored";
    json!({
        "id": seed.id,
        "title": seed.title,
        "service": seed.service,
        "feature": "Access",
        "featureGroup": "Access",
        "impactDescription": seed.impact,
        "classification": seed.classification,
        "origin": "microsoft",
        "status": seed.status,
        "isResolved": resolved,
        "startDateTime": began.to_string(),
        "endDateTime": resolved.then(|| (began + SignedDuration::from_hours(3)).to_string()),
        "lastModifiedDateTime": (began + SignedDuration::from_hours(1)).to_string(),
        "details": [],
        "posts": [{
            "createdDateTime": (began + SignedDuration::from_hours(1)).to_string(),
            "postType": "regular",
            "description": { "contentType": "html", "content": format!("<p>{}</p>", seed.impact) },
        }],
    })
}

fn within_the_sandbox(customers: &BTreeMap<Uuid, Customer>) -> Result<(), String> {
    let fine = |customer: &Customer| {
        customer.subscriptions.len() <= 5 && customer.subscriptions.values().all(|one| one.quantity <= 25)
    };
    if customers.len() > 75 || !customers.values().all(fine) {
        return Err("a sandbox has 75 customers, 5 subscriptions each, 25 licences each".into());
    }
    Ok(())
}

fn no_relationship() -> Refusal {
    Refusal::new(403, 20_002, "The partner has no relationship with the customer.")
}

pub(crate) fn days(days: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * days)
}

pub(crate) fn a_year_after(at: Timestamp) -> Timestamp {
    let utc = at.to_zoned(TimeZone::UTC);
    utc.checked_add(1.year()).map_or(at, |later| later.timestamp())
}

/// A random GUID.
pub(crate) fn random() -> Uuid {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has random bytes");
    uuid::Builder::from_random_bytes(bytes).into_uuid()
}
