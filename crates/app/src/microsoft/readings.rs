//! What each reading asks, and what it writes of the answer.

use std::collections::BTreeMap;

use domain::{deed::Deed, id::DeskId, lang::Lang, party::DeskKind, ticket::timeline::Actor};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use microsoft::{CustomerId, Session, SubscriptionId, customers::Relationship, relationships::Kind};
use serde_json::json;
use store::{
    Tx,
    microsoft::{
        self as kept, Sooner,
        read::{self, HealthIssue, PartnerLink},
    },
    parties::{self, Customer},
    records, tenants,
};

use super::{
    State, Trouble, What, cut, events, incidents, licences, look::Ended, requests, subscriptions, tell,
};
use crate::{App, Error, audit};

/// How many customers are asked for at once.
const CUSTOMERS: u16 = 500;
/// The most pages of a list that are followed.
pub(super) const PAGES: usize = 200;
/// The most issues of a tenant that are kept.
const ISSUES: usize = 200;
/// For how long an issue that is over is kept.
const OVER: SignedDuration = SignedDuration::from_hours(7 * 24);
/// After how long something is looked at that cannot be read now.
pub(super) const LATER: SignedDuration = SignedDuration::from_hours(1);

/// A reading, with all that it needs.
pub(super) struct Reading<'a> {
    pub(super) app: &'a App,
    pub(super) desk: DeskId,
    pub(super) connection: &'a kept::Connection,
    pub(super) session: Session<'a>,
    pub(super) mirror: &'a kept::Mirror,
    pub(super) now: Timestamp,
}

impl Reading<'_> {
    pub(super) fn trouble(&self, error: microsoft::Error) -> Trouble {
        Trouble::of(error, self.now)
    }

    /// The customer whose tenant is read.
    pub(super) fn tenant(&self) -> Result<CustomerId, Trouble> {
        let missing = || Trouble::Ours(Error::internal(anyhow::anyhow!("a tenant that is no id")));
        self.mirror.tenant.parse().map_err(|_| missing())
    }

    pub(super) async fn known(&self) -> Result<Option<tenants::Tenant>, Trouble> {
        let id = self.mirror.tenant.clone();
        let unit = self.app.store.read::<_, store::Error, _>(self.desk, move |tx| {
            let id = id.clone();
            Box::pin(async move { tenants::get(tx, &id).await })
        });
        Ok(unit.await?)
    }
}

/// Reads it.
pub(super) async fn read(what: What, reading: &Reading<'_>) -> Result<Ended, Trouble> {
    match what {
        What::Customers => customers(reading).await,
        What::Customer => customer(reading).await,
        What::Subscriptions => subscriptions::of_tenant(reading).await,
        What::Licences => licences::of_tenant(reading).await,
        What::Health => health(reading).await,
        What::Requests if reading.mirror.tenant.is_empty() => requests::of_partner(reading).await,
        What::Requests => requests::of_tenant(reading).await,
        What::Partners => partners(reading).await,
        What::Profile => profile(reading).await,
        What::Log => log(reading).await,
        What::Events => events::registered(reading).await,
    }
}

/// The list of customers: each becomes a tenant that is read on its own. Whoever is not on a list that was read whole is
/// no customer any more.
async fn customers(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.customers().ok_or(Trouble::NotOffered)?;
    let mut page = door.list(CUSTOMERS).await.map_err(|error| of.trouble(error))?;
    let (mut unreadable, mut pages) = (0, 1);
    loop {
        unreadable += page.unreadable;
        let ours = page.items.into_iter().filter(|line| line.relationship != Relationship::None).collect();
        put_page(of, ours).await?;
        let Some(next) = page.next.take() else { break };
        if pages == PAGES {
            unreadable += 1;
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    let detail = if unreadable == 0 {
        part_from_those_gone(of).await?;
        String::new()
    } else {
        format!("{unreadable} of the list could not be read")
    };
    Ok(Ended { detail, ..Ended::current() })
}

async fn put_page(of: &Reading<'_>, lines: Vec<microsoft::customers::CustomerLine>) -> Result<(), Trouble> {
    let (now, cloud, lines) = (of.now, of.connection.cloud, std::sync::Arc::new(lines));
    let unit = of.app.store.write::<_, store::Error, _>(of.desk, move |tx| {
        let lines = lines.clone();
        Box::pin(async move {
            for line in lines.iter() {
                let id = line.id.to_string();
                let before = tenants::get(tx, &id).await?;
                let tenant = tenants::Tenant {
                    customer: before.as_ref().and_then(|known| known.customer),
                    delegated_admin: before.as_ref().and_then(|known| known.delegated_admin),
                    delegated_until: before.and_then(|known| known.delegated_until),
                    cloud,
                    name: cut(&line.company),
                    domain: line.domain.as_deref().map(cut).unwrap_or_default(),
                    seen_at: now,
                    tenant: id,
                };
                tenants::put(tx, &tenant).await?;
                for what in What::OF_CUSTOMER {
                    kept::plan(tx, what.word(), &tenant.tenant, now).await?;
                }
                come_back(tx, &tenant.tenant, now).await?;
            }
            Ok(())
        })
    });
    Ok(unit.await?)
}

/// A customer that was gone is read again.
async fn come_back(tx: &mut Tx, tenant: &str, now: Timestamp) -> Result<(), store::Error> {
    let row = kept::mirror(tx, What::Customer.word(), tenant).await?;
    let Some(mut row) = row.filter(|row| row.state == State::Gone.word()) else { return Ok(()) };
    row.state = State::Never.word().into();
    row.next_at = now;
    kept::note(tx, &row).await
}

/// Tenants that the list does not have any more are read no further.
async fn part_from_those_gone(of: &Reading<'_>) -> Result<(), Trouble> {
    let (now, mut after) = (of.now, String::new());
    loop {
        let from = after.clone();
        let unit = of.app.store.write::<_, store::Error, _>(of.desk, move |tx| {
            let from = from.clone();
            Box::pin(async move {
                let page = tenants::after(tx, &from, 500).await?;
                for gone in page.iter().filter(|tenant| tenant.seen_at < now) {
                    part(tx, &gone.tenant, now).await?;
                }
                Ok(page.last().map(|tenant| tenant.tenant.clone()))
            })
        });
        match unit.await? {
            Some(last) => after = last,
            None => return Ok(()),
        }
    }
}

/// One reading stays, and says so.
async fn part(tx: &mut Tx, tenant: &str, now: Timestamp) -> Result<(), store::Error> {
    for what in [What::Health, What::Subscriptions, What::Licences, What::Requests] {
        kept::forget(tx, what.word(), tenant).await?;
    }
    store::licences::forget(tx, tenant, now).await?;
    if let Some(mut row) = kept::mirror(tx, What::Customer.word(), tenant).await? {
        row.state = State::Gone.word().into();
        row.next_at = store::tickets::NEVER;
        kept::note(tx, &row).await?;
    }
    Ok(())
}

/// One customer: whether we may act in its tenant, and which of our customers it is.
async fn customer(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.customers().ok_or(Trouble::NotOffered)?;
    let Some(before) = of.known().await? else { return Ok(Ended::stands(State::Gone, LATER)) };
    let found = match door.get(of.tenant()?).await {
        Ok(found) => found,
        Err(error) => {
            use microsoft::Reason::{Missing, Relationship};
            return match error.reason() {
                Some(Missing | Relationship) => Ok(Ended::stands(State::Gone, LATER)),
                _ => Err(of.trouble(error)),
            };
        }
    };
    let is_lost = before.delegated_admin == Some(true) && found.delegated_admin == Some(false);
    let letters = match is_lost {
        true => tell::of_lost_admin(of.app, of.desk, &before.name).await?,
        false => Vec::new(),
    };
    let arrival = Arrival {
        adds: of.connection.adds_customers,
        ids: of.app.ids(of.now),
        now: of.now,
        is_new: before.delegated_admin != found.delegated_admin,
        before,
        found,
    };
    let unit = std::sync::Arc::new((arrival, letters));
    of.app
        .store
        .write::<_, Error, _>(of.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (arrival, letters) = &*unit;
                arrival.put(tx).await?;
                for letter in letters {
                    letter.put(tx, arrival.now).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(Ended::current())
}

/// A customer as Microsoft has it, to be written over what was known.
struct Arrival {
    before: tenants::Tenant,
    found: microsoft::customers::Customer,
    adds: bool,
    /// Whether what we may do there has changed, so that the rest is worth looking at again.
    is_new: bool,
    ids: crate::Ids,
    now: Timestamp,
}

impl Arrival {
    async fn put(&self, tx: &mut Tx) -> crate::Result<()> {
        // Somebody may have linked it meanwhile.
        let now_known = tenants::get(tx, &self.before.tenant).await?.unwrap_or_else(|| self.before.clone());
        let customer = match now_known.customer {
            Some(customer) => Some(customer),
            None => self.ours(tx).await?,
        };
        let tenant = tenants::Tenant {
            customer,
            name: cut(&self.found.line.company),
            domain: self.found.line.domain.as_deref().map(cut).unwrap_or_default(),
            delegated_admin: self.found.delegated_admin,
            seen_at: self.now,
            ..now_known
        };
        tenants::put(tx, &tenant).await?;
        if self.is_new {
            kept::sooner(tx, Sooner::One(What::Health.word(), &tenant.tenant), self.now).await?;
        }
        Ok(())
    }

    /// Which of our customers it is, by a domain that nobody else has; or a new one, where the desk wants that.
    async fn ours(&self, tx: &mut Tx) -> crate::Result<Option<domain::id::CustomerId>> {
        let mut ids = self.ids.clone();
        let tenant = &self.before.tenant;
        let domains: Vec<String> = self
            .found
            .domains
            .iter()
            .chain(&self.found.line.domain)
            .map(|domain| domain.to_lowercase())
            .collect();
        let mut ours: BTreeMap<domain::id::CustomerId, &str> = BTreeMap::new();
        for domain in &domains {
            if let Some(customer) = parties::customer_of_domain(tx, domain).await? {
                ours.insert(customer, domain);
            }
        }
        // Two of ours with domains of one tenant: a person knows better.
        if ours.len() > 1 {
            return Ok(None);
        }
        if let Some((customer, domain)) = ours.into_iter().next() {
            let what = json!({ "customer": customer, "domain": domain });
            let act = audit::act(&mut ids, self.now, Actor::System, Deed::TenantLink, tenant, what);
            records::audit(tx, &act).await?;
            return Ok(Some(customer));
        }
        if !self.adds {
            return Ok(None);
        }
        let (settings, _) = store::people::settings(tx).await?;
        let lang = self.found.language.as_deref().and_then(language);
        let customer = Customer {
            id: ids.next(domain::id::CustomerId::new),
            name: self.found.line.company.chars().take(200).collect(),
            lang: lang.unwrap_or(settings.lang),
            timezone: settings.timezone,
            note: String::new(),
            version: 1,
            created_at: self.now,
        };
        parties::add_customer(tx, &customer).await?;
        let what = json!({ "tenant": tenant });
        let act = audit::act(&mut ids, self.now, Actor::System, Deed::CustomerAdd, &customer.id, what);
        records::audit(tx, &act).await?;
        let what = json!({ "customer": customer.id });
        let act = audit::act(&mut ids, self.now, Actor::System, Deed::TenantLink, tenant, what);
        records::audit(tx, &act).await?;
        Ok(Some(customer.id))
    }
}

/// A language of ours, of a tag such as `hu` or `zh-Hans`.
fn language(tag: &str) -> Option<Lang> {
    let first = tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
    let begins = |lang: &&Lang| lang.word().split('-').next().is_some_and(|word| word == first);
    Lang::ALL.iter().find(begins).copied()
}

/// The health of a customer's services.
async fn health(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.service_health().ok_or(Trouble::NotOffered)?;
    let Some(known) = of.known().await? else { return Ok(Ended::stands(State::Gone, LATER)) };
    if known.cloud != of.connection.cloud {
        return Err(Trouble::NotOffered);
    }
    if known.delegated_admin == Some(false) {
        return Ok(Ended::stands(State::NoAdmin, LATER));
    }
    let tenant = of.tenant()?;
    let mut page = door.issues(tenant).await.map_err(|error| of.trouble(error))?;
    let (mut issues, mut pages) = (Vec::new(), 1);
    loop {
        issues.extend(page.items.into_iter().filter(|issue| is_of_today(issue, of.now)));
        let Some(next) = page.next.take() else { break };
        if pages == PAGES || issues.len() >= ISSUES {
            break;
        }
        page = door.next_issues(tenant, &next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    let rows: Vec<HealthIssue> =
        issues.iter().map(|issue| row_of(&of.mirror.tenant, issue, of.now)).collect();
    incidents::put(of, rows).await?;
    Ok(Ended::current())
}

fn is_of_today(issue: &microsoft::health::Issue, now: Timestamp) -> bool {
    let ended = issue.ended.or(issue.modified);
    !issue.resolved || ended.is_some_and(|at| now.duration_since(at) < OVER)
}

fn row_of(tenant: &str, issue: &microsoft::health::Issue, now: Timestamp) -> HealthIssue {
    HealthIssue {
        tenant: tenant.to_owned(),
        issue: cut(&issue.id),
        title: cut(&issue.title),
        service: cut(&issue.service),
        impact: issue.impact.as_deref().map(cut).unwrap_or_default(),
        classification: issue.classification.word().to_owned(),
        status: issue.status.word().to_owned(),
        resolved: issue.resolved,
        began_at: issue.began,
        ended_at: issue.ended,
        modified_at: issue.modified,
        seen_at: now,
    }
}

/// A provider's resellers, a reseller's providers. Others have neither.
async fn partners(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.relationships().ok_or(Trouble::NotOffered)?;
    let own = of.app.store.read::<_, store::Error, _>(of.desk, |tx| {
        Box::pin(async move { Ok(store::installation::own_desk(tx).await?.kind) })
    });
    let (kind, word) = match own.await? {
        DeskKind::IndirectProvider => (Kind::OurResellers, "reseller"),
        DeskKind::IndirectReseller => (Kind::OurProviders, "provider"),
        DeskKind::DirectBill | DeskKind::Supplier => return Ok(Ended::current()),
    };
    let mut page = door.list(kind).await.map_err(|error| of.trouble(error))?;
    let (mut all, mut pages) = (Vec::new(), 1);
    loop {
        all.append(&mut page.items);
        let Some(next) = page.next.take() else { break };
        if pages == PAGES {
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    let row = |partner: microsoft::relationships::Partner| PartnerLink {
        tenant: partner.tenant.to_string(),
        kind: word.to_owned(),
        name: cut(&partner.name),
        mpn_id: partner.mpn_id.as_deref().map(cut).unwrap_or_default(),
        country: partner.country.as_deref().map(cut).unwrap_or_default(),
        active: partner.active,
        seen_at: of.now,
    };
    let rows: std::sync::Arc<Vec<PartnerLink>> = std::sync::Arc::new(all.into_iter().map(row).collect());
    let now = of.now;
    of.app
        .store
        .write::<_, store::Error, _>(of.desk, move |tx| {
            let rows = rows.clone();
            Box::pin(async move { read::set_partners(tx, &rows, now).await })
        })
        .await?;
    Ok(Ended::current())
}

/// The support contact that customers see at Microsoft.
async fn profile(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.support_profile().ok_or(Trouble::NotOffered)?;
    let found = door.get().await.map_err(|error| of.trouble(error))?;
    let text = |text: Option<String>| text.as_deref().map(cut).unwrap_or_default();
    let data = json!({
        "email": text(found.email),
        "telephone": text(found.telephone),
        "website": text(found.website),
    });
    Ok(Ended { data: Some(data), ..Ended::current() })
}

/// Microsoft's log since the last look: only where to look again.
async fn log(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.audit().ok_or(Trouble::NotOffered)?;
    let since: Option<Timestamp> = of.mirror.data.0["since"].as_str().and_then(|text| text.parse().ok());
    let data = Some(json!({ "since": of.now.to_string() }));
    // What was before the first look is read whole anyway.
    let Some(since) = since else { return Ok(Ended { data, ..Ended::current() }) };
    let day = |at: Timestamp| at.to_zoned(TimeZone::UTC).date();
    let mut page = door.list(day(since), day(of.now), None, 200).await.map_err(|error| of.trouble(error))?;
    let (mut hints, mut pages) = (Vec::new(), 1);
    loop {
        let news = page.items.into_iter().filter(|record| record.at.is_none_or(|at| at >= since));
        hints.extend(news.map(|record| (record.customer, record.subscription, record.resource)));
        let Some(next) = page.next.take() else { break };
        if pages == PAGES {
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    let (now, hints) = (of.now, std::sync::Arc::new(hints));
    of.app
        .store
        .write::<_, store::Error, _>(of.desk, move |tx| {
            let hints = hints.clone();
            Box::pin(async move {
                for (customer, subscription, resource) in hints.iter() {
                    hint(tx, customer.as_ref(), subscription.as_ref(), resource, now).await?;
                }
                Ok(())
            })
        })
        .await?;
    Ok(Ended { data, ..Ended::current() })
}

/// Something changed: of a customer, or of nobody that is named. What it is now is read.
pub(super) async fn hint(
    tx: &mut Tx,
    customer: Option<&CustomerId>,
    subscription: Option<&SubscriptionId>,
    resource: &str,
    now: Timestamp,
) -> Result<(), store::Error> {
    let resource = resource.to_ascii_lowercase();
    if resource.contains("service_request") || resource.contains("servicerequest") {
        kept::sooner(tx, Sooner::One(What::Requests.word(), ""), now).await?;
        return Ok(());
    }
    match customer {
        Some(customer) => {
            let tenant = customer.to_string();
            if resource.contains("subscription") {
                if let Some(subscription) = subscription {
                    store::subscriptions::hint(tx, &subscription.to_string(), now).await?;
                }
                kept::sooner(tx, Sooner::One(What::Subscriptions.word(), &tenant), now).await?;
            }
            let is_known = kept::sooner(tx, Sooner::One(What::Customer.word(), &tenant), now).await? > 0
                || kept::mirror(tx, What::Customer.word(), &tenant).await?.is_some();
            if !is_known {
                kept::sooner(tx, Sooner::One(What::Customers.word(), ""), now).await?;
            }
        }
        None if resource.contains("relationship") || resource.contains("customer") => {
            kept::sooner(tx, Sooner::One(What::Customers.word(), ""), now).await?;
        }
        None => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages() {
        for (tag, lang) in [
            ("hu", Some(Lang::Hu)),
            ("sv-SE", Some(Lang::Sv)),
            ("zh-Hans", Some(Lang::ZhCn)),
            ("EN-us", Some(Lang::En)),
            ("fi", None),
            ("", None),
        ] {
            assert_eq!(language(tag), lang, "{tag}");
        }
    }
}
