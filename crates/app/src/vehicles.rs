//! The advisor: by which way a ticket goes up the chain, and what a change of Microsoft's rules touches.

use std::sync::Arc;

use domain::{
    access::{Permission, Sight},
    id::{EntitlementId, OfferingId, PlanId, SupplierId, TicketId},
    lang::Lang,
    ticket::kinds::Service,
    vehicle::{
        self, Instead, Vehicle,
        rules::{self, Named, Rule, Rules, Says},
        standing::{Period, Standing},
        ways::{self, Matter, Offer, Ways, Why},
    },
};
use jiff::{Timestamp, civil::Date, tz::TimeZone};
use store::{
    Tx, diagnoses, entitlements, installation, offerings,
    offerings::Offering,
    scores::OnVehicle,
    suppliers::{self, Supplier},
    tenants::{self, Tenant},
    tickets,
};
use text::Words;

use crate::{
    Agent, App, Error, Result,
    suppliers::{Held, held_in, offering_name, right, standing_in},
};

/// Where a ticket may go, with the names of all that is spoken of.
#[derive(Clone, Debug)]
pub struct Advice {
    /// When this was so: it is asked again whenever something depends on it.
    pub now: Timestamp,
    /// What may be taken, what may not, and what is missing to say more.
    pub ways: Ways,
    /// Whether rows count that are not Microsoft's own text.
    pub unverified: bool,
    suppliers: Vec<Supplier>,
    offerings: Vec<Offering>,
}

impl Advice {
    /// A supplier that is spoken of.
    #[must_use]
    pub fn supplier(&self, id: SupplierId) -> Option<&Supplier> {
        self.suppliers.iter().find(|supplier| supplier.id == id)
    }

    /// An offering that is spoken of.
    #[must_use]
    pub fn offering(&self, id: OfferingId) -> Option<&Offering> {
        self.offerings.iter().find(|offering| offering.id == id)
    }

    /// What an offering is called today.
    #[must_use]
    pub fn offering_name(&self, id: OfferingId) -> String {
        self.offering(id).map(|offering| offering_name(offering, self.now)).unwrap_or_default()
    }

    /// What a vehicle of Microsoft's is called today.
    #[must_use]
    pub fn vehicle_name(&self, vehicle: Vehicle) -> String {
        self.rules().name(vehicle.into(), Some(self.today()))
    }

    /// A row of the rules, by its id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&'static Rule> {
        self.rules().rows().iter().find(|rule| rule.id == id)
    }

    /// The rules that were asked.
    #[must_use]
    pub fn rules(&self) -> &'static Rules {
        rules_of(self.unverified)
    }

    /// Why, as a sentence in the reader's language.
    #[must_use]
    pub fn why(&self, words: Words, why: &Why, zone: &TimeZone) -> String {
        let date = |at: &Timestamp| text::format::date(words, *at, zone);
        match why {
            Why::Rule(id) => self.rule_words(words, id),
            Why::OnlyFor(id) => words.f("why-only-for", &[("what", (&*self.rule_words(words, id)).into())]),
            Why::Covers => words.t("why-covers").into_owned(),
            Why::TakesOne(left) => {
                let left = i64::try_from(*left).unwrap_or(i64::MAX);
                words.f("why-takes-one", &[("n", left.into())])
            }
            Why::Uncounted => words.t("why-uncounted").into_owned(),
            Why::Expired(at) => words.f("why-expired", &[("date", (&*date(at)).into())]),
            Why::NotBegun(at) => words.f("why-not-begun", &[("date", (&*date(at)).into())]),
            Why::NoneLeft => words.t("why-none-left").into_owned(),
            Why::NoContract => words.t("why-no-contract").into_owned(),
            Why::NotOffered => words.t("why-not-offered").into_owned(),
            Why::OtherLanguage => words.t("why-other-language").into_owned(),
        }
    }

    fn rule_words(&self, words: Words, id: &str) -> String {
        self.rule(id).map(|rule| rule_text(words, self.rules(), rule, self.today())).unwrap_or_default()
    }

    /// The day on which they were asked, in UTC.
    #[must_use]
    pub fn today(&self) -> Date {
        day(self.now)
    }
}

fn day(now: Timestamp) -> Date {
    now.to_zoned(TimeZone::UTC).date()
}

fn rules_of(unverified: bool) -> &'static Rules {
    if unverified { rules::all() } else { rules::verified() }
}

/// A row of the rules as a sentence in the reader's language, with the names of a day.
#[must_use]
pub fn rule_text(words: Words, rules: &Rules, rule: &Rule, day: Date) -> String {
    if let Says::Names(_) = rule.says {
        return words.f("rule-name", &[("name", rule.text.as_str().into())]);
    }
    let name = |named| rules.name(named, Some(day));
    let names = [name(Named::Program), name(Named::DelegatedAdmin), name(Named::Asfp)];
    let [program, delegated_admin, asfp] = &names;
    words.f(
        &format!("vehicle-rule-{}", rule.id),
        &[
            ("program", program.as_str().into()),
            ("delegated_admin", delegated_admin.as_str().into()),
            ("asfp", asfp.as_str().into()),
        ],
    )
}

/// Where a ticket may go at this moment. For whoever hands it over: ask again in the unit that writes the hand-over, since a
/// contract can end and a unit be taken in between. The way is chosen by its offering and its entitlement.
///
/// # Errors
/// [`Error::Forbidden`] for whoever may not see suppliers; [`Error::NotFound`] for a ticket that is not there, or not for
/// this agent.
pub async fn advise(tx: &mut Tx, agent: &Agent, ticket: TicketId, now: Timestamp) -> Result<Advice> {
    agent.require(Permission::SuppliersView)?;
    let ticket = tickets::get(tx, ticket).await?.ok_or(Error::NotFound("ticket"))?;
    agent.sees(&ticket)?;
    let desk = installation::own_desk(tx).await?.kind;
    let (diagnosis, _) = diagnoses::get(tx, ticket.id).await?;
    let tenants = match ticket.customer {
        Some(customer) => tenants::of_customer(tx, customer).await?,
        None => Vec::new(),
    };
    let standing = standing_in(tx).await?;
    let unverified = standing.unverified;
    let matter = Matter {
        now,
        desk,
        standing,
        kind: ticket.kind,
        service: ticket.service,
        severity: ticket.severity,
        lang: ticket.lang,
        findings: diagnosis.findings,
        cloud: same(tenants.iter().map(|tenant| tenant.cloud)),
        delegated_admin: same(tenants.iter().map(|tenant| delegated(tenant, now))).flatten(),
    };
    let (suppliers, offerings, offers) = offers(tx).await?;
    let parties: Vec<_> = suppliers.iter().map(|supplier| (supplier.id, supplier.kind)).collect();
    let ways = ways::ways(rules_of(unverified), &matter, &parties, &offers);
    Ok(Advice { now, ways, unverified, suppliers, offerings })
}

/// As [`advise`], in a unit of its own.
///
/// # Errors
/// As [`advise`].
pub async fn advise_on(app: &App, agent: &Agent, ticket: TicketId) -> Result<Advice> {
    let now = app.now();
    let agent = Arc::new(agent.clone());
    app.store
        .read(agent.desk, move |tx| {
            let agent = agent.clone();
            Box::pin(async move { advise(tx, &agent, ticket, now).await })
        })
        .await
}

/// The active suppliers, their offerings, and these with the contracts for them.
async fn offers(tx: &mut Tx) -> Result<(Vec<Supplier>, Vec<Offering>, Vec<Offer>)> {
    let mut suppliers = suppliers::all(tx).await?;
    suppliers.retain(|supplier| supplier.active);
    let mut offerings = offerings::of_suppliers(tx).await?;
    offerings.retain(|offering| suppliers.iter().any(|supplier| offering.supplier == Some(supplier.id)));
    let contracts = entitlements::all(tx).await?;
    let offers = offerings
        .iter()
        .filter_map(|offering| {
            let supplier = suppliers.iter().find(|supplier| offering.supplier == Some(supplier.id))?;
            let rights = contracts.iter().filter(|contract| contract.offering == offering.id);
            Some(Offer {
                supplier: supplier.id,
                party: supplier.kind,
                speaks: supplier.lang,
                offering: offering.id,
                vehicle: offering.vehicle,
                terms: offering.terms.0.clone(),
                from: offering.valid_from,
                to: offering.valid_to,
                rights: rights.map(right).collect(),
            })
        })
        .collect();
    Ok((suppliers, offerings, offers))
}

/// What all of them are; none where they differ, or where there are none.
fn same<T: PartialEq>(mut of: impl Iterator<Item = T>) -> Option<T> {
    let first = of.next()?;
    of.all(|other| other == first).then_some(first)
}

fn delegated(tenant: &Tenant, now: Timestamp) -> Option<bool> {
    match tenant.delegated_until {
        Some(until) if until <= now => Some(false),
        Some(_) | None => tenant.delegated_admin,
    }
}

/// What is answered to a customer whose matter goes where the desk cannot carry it, in its language; none where the desk
/// or its provider goes on with it. `name` is the person's, if it is known; `publisher` whoever published the product.
#[must_use]
pub fn answer_template(
    instead: Instead,
    lang: Lang,
    name: Option<&str>,
    service: Service,
    publisher: Option<&str>,
) -> Option<String> {
    let words = Words::new(lang);
    let hello = match name {
        Some(name) => words.f("answer-hello-name", &[("name", name.into())]),
        None => words.t("answer-hello").into_owned(),
    };
    let body = match instead {
        Instead::ProductPortal => match portal_of(service) {
            Some(portal) => words.f(
                "answer-product-portal",
                &[("service", (&*words.word("service", service.word())).into()), ("portal", portal.into())],
            ),
            None => words.t("answer-product-portal-other").into_owned(),
        },
        Instead::Publisher => match publisher {
            Some(publisher) => words.f("answer-publisher-name", &[("publisher", publisher.into())]),
            None => words.t("answer-publisher").into_owned(),
        },
        Instead::Msrc => words.f("answer-msrc", &[("portal", MSRC.into())]),
        Instead::PartnerCenterHelp | Instead::ResolveHere | Instead::Provider => return None,
    };
    Some(format!("{hello}\n\n{body}\n\n{}", words.t("answer-end")))
}

/// Where anybody reports a weakness.
pub const MSRC: &str = "https://msrc.microsoft.com/report";

/// The portal of a product that was bought elsewhere.
const fn portal_of(service: Service) -> Option<&'static str> {
    match service {
        Service::Microsoft365 => Some("https://admin.microsoft.com"),
        Service::Azure => Some("https://portal.azure.com"),
        Service::Dynamics365 => Some("https://admin.powerplatform.microsoft.com"),
        Service::OnPremises | Service::Marketplace | Service::Other => None,
    }
}

/// A row of Microsoft's rules, and where it stands on a day.
#[derive(Clone, Debug)]
pub struct RuleRow {
    /// The row.
    pub rule: &'static Rule,
    /// Whether it holds today.
    pub is_on: bool,
    /// Whether it counts for this desk: it is Microsoft's own text, or the desk wants the others too.
    pub counts: bool,
    /// When it begins or ends, if it will.
    pub changes: Option<Date>,
    /// The contracts that reach into that time and are for a vehicle of which it speaks.
    pub touches: Vec<Touched>,
    /// The tickets that go on and lie at Microsoft by such a vehicle, or are delivered by one, as far as the agent sees
    /// them.
    pub tickets: Vec<OnVehicle>,
    /// The desk's plans of which something is delivered by such a vehicle.
    pub plans: Vec<(PlanId, String)>,
}

/// A contract that a change of the rules touches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touched {
    /// Which.
    pub entitlement: EntitlementId,
    /// What the desk calls it.
    pub name: String,
    /// With whom.
    pub supplier: SupplierId,
}

/// What of a desk the rows touch: its offers by vehicle, and the tickets and plans that rest on them.
type OfDesk = (Standing, Vec<Held>, Vec<(OfferingId, Vehicle)>, Vec<OnVehicle>, Vec<Delivered>);

/// Every row, and what those that change will touch: first what is to come, then what holds, then what is past.
///
/// # Errors
/// [`Error::Forbidden`], and as the database says.
pub async fn rule_rows(app: &App, agent: &Agent) -> Result<Vec<RuleRow>> {
    agent.require(Permission::SuppliersView)?;
    let now = app.now();
    let reader = agent.reader();
    let read: OfDesk = app
        .store
        .read::<_, Error, _>(agent.desk, move |tx| {
            Box::pin(async move {
                let offers = offerings::of_suppliers(tx).await?;
                let held = held_in(tx, None, &offers, now).await?;
                let vehicles: Vec<_> =
                    offers.iter().filter_map(|offer| Some((offer.id, offer.vehicle?))).collect();
                let mut tickets = store::scores::on_vehicles(tx, reader).await?;
                tickets.retain(|line| reader.rights.sight(line.kind) > Sight::None);
                let delivered = delivered(tx, &vehicles).await?;
                Ok((standing_in(tx).await?, held, vehicles, tickets, delivered))
            })
        })
        .await?;
    let (standing, held, vehicles, on_vehicles, delivered) = read;
    let today = day(now);
    let all = rules::all();
    let mut rows: Vec<RuleRow> = all
        .rows()
        .iter()
        .map(|rule| {
            let changes = rule.changes_after(today);
            let touches = changes.map(|date| touched(rule, date, &held, &vehicles)).unwrap_or_default();
            let of = if changes.is_some() { rule.vehicles() } else { Vec::new() };
            let speaks_of = |vehicle: Vehicle, service: Service| {
                let services = &rule.when.service;
                let fits =
                    || vehicle::Service::of(service).is_some_and(|service| services.contains(&service));
                of.contains(&vehicle) && (services.is_empty() || fits())
            };
            let mut tickets: Vec<OnVehicle> =
                on_vehicles.iter().filter(|line| speaks_of(line.vehicle, line.service)).cloned().collect();
            tickets.dedup_by_key(|line| line.number);
            let mut plans: Vec<(PlanId, String)> = delivered
                .iter()
                .filter(|d| d.services.iter().any(|service| speaks_of(d.vehicle, *service)))
                .map(|d| (d.plan, d.name.clone()))
                .collect();
            plans.dedup();
            RuleRow {
                tickets,
                plans,
                rule,
                is_on: rule.is_on(today),
                counts: rule.verified || standing.unverified,
                changes,
                touches,
            }
        })
        .collect();
    rows.sort_by_key(|row| (row.changes.is_none(), row.changes, !row.is_on));
    Ok(rows)
}

/// What of a plan of the desk's is delivered by a vehicle.
struct Delivered {
    plan: PlanId,
    name: String,
    vehicle: Vehicle,
    /// For which services.
    services: Vec<Service>,
}

/// What of the desk's plans is delivered by vehicles, by the rows that say who delivers, plan by plan.
async fn delivered(tx: &mut Tx, vehicles: &[(OfferingId, Vehicle)]) -> Result<Vec<Delivered>> {
    let plans = store::catalogue::plans(tx).await?;
    let rows = store::catalogue::deliveries(tx).await?;
    let own = offerings::own(tx).await?;
    let mut all = Vec::new();
    for plan in plans {
        for row in rows.iter().map(|usable| &usable.row) {
            let by = vehicles.iter().find(|(offering, _)| Some(*offering) == row.supplier_offering);
            let Some((_, vehicle)) = by else { continue };
            let covered = own.iter().filter(|o| {
                plan.offerings.0.contains(&o.id) && row.offering.is_none_or(|named| named == o.id)
            });
            let services: Vec<Service> = covered
                .filter(|o| row.kind.is_none_or(|kind| o.terms.0.kinds.contains(&kind)))
                .flat_map(|o| o.terms.0.services.iter().copied())
                .filter(|service| row.service.is_none_or(|only| only == *service))
                .collect();
            if !services.is_empty() {
                let (name, vehicle) = (plan.name.clone(), *vehicle);
                all.push(Delivered { plan: plan.id, name, vehicle, services });
            }
        }
    }
    Ok(all)
}

/// The contracts that hold on the day of a change, or later, and are for what the row speaks of. A row that speaks of the
/// matter, whatever the vehicle, touches those with Microsoft all alike, and so none in particular.
fn touched(rule: &Rule, date: Date, held: &[Held], vehicles: &[(OfferingId, Vehicle)]) -> Vec<Touched> {
    let of = rule.vehicles();
    let from = date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).unwrap_or(Timestamp::MAX);
    held.iter()
        .filter(|held| {
            !matches!(Period::of(held.entitlement.from, held.entitlement.to, from), Period::Expired(_))
        })
        .filter(|held| {
            let vehicle = vehicles.iter().find(|(offering, _)| *offering == held.entitlement.offering);
            vehicle.is_some_and(|(_, vehicle)| of.contains(vehicle))
        })
        .map(|held| Touched {
            entitlement: held.entitlement.id,
            name: held.entitlement.name.clone(),
            supplier: held.entitlement.supplier,
        })
        .collect()
}
