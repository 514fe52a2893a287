//! What is filed as a support request for Azure: where, under which of Microsoft's topics, and whom its engineer asks.

use domain::{
    handover::package::Package,
    id::{DeskId, HandoverId},
    lang::Lang,
    party::supplier::Way,
    ticket::{diagnosis::Evidence, kinds::Severity},
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use store::{Tx, followed};
use uuid::Uuid;

use super::{
    super::offer::{Then, Topics},
    place::{self, Place},
};
use crate::{
    Agent, App, Error, Result,
    microsoft::{
        self, State, Trouble,
        azure::{self, Contact, ContactBy, NewTicket, Target},
    },
};

/// The longest title that Microsoft takes, in characters; longer ones are cut.
const TITLE: usize = 250;
/// Where Microsoft's topics begin.
const ROOT: &str = "/providers/Microsoft.Support/services/";
/// The most topics that are kept of a list.
const TOPICS: usize = 500;

/// A topic that Microsoft gives support for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    /// Its whole id.
    pub id: String,
    /// What people call it.
    pub name: String,
}

/// Whom Microsoft's engineer asks: the agent who hands over, at the desk's address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Asked {
    name: String,
    email: String,
    zone: String,
}

/// What is filed, as far as it is decided.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filing {
    /// The customer's tenant.
    pub tenant: Option<Uuid>,
    /// Its Azure subscription.
    pub subscription: Option<Uuid>,
    /// The whole id of the service; empty while nobody has chosen.
    pub service: String,
    /// The whole id of the kind of problem; empty while nobody has chosen.
    pub problem: String,
    /// What may be chosen, as Microsoft listed it.
    pub services: Vec<Topic>,
    /// The kinds of problem with the service that is chosen.
    pub problems: Vec<Topic>,
    /// Why Microsoft's lists could not be read, in its words.
    pub trouble: Option<(State, String)>,
    asked: Asked,
}

/// The last part of a topic's id, by which its own topics are asked for; none if it is no such id.
fn name_of(service: &str) -> Option<&str> {
    let name = service.strip_prefix(ROOT)?;
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (!name.is_empty() && name.len() <= 100 && name.bytes().all(plain)).then_some(name)
}

/// Whether a kind of problem belongs to a service.
fn belongs(problem: &str, service: &str) -> bool {
    let rest = problem.strip_prefix(service).and_then(|rest| rest.strip_prefix("/problemClassifications/"));
    rest.is_some_and(|rest| name_of(&format!("{ROOT}{rest}")).is_some())
}

impl Filing {
    /// What was kept.
    pub(super) fn of(row: &followed::Followed) -> Option<Filing> {
        serde_json::from_value(row.filing.0.clone()).ok()
    }

    /// Where it is filed, if that is known.
    pub(super) fn target(&self) -> Option<Target> {
        Some(Target { tenant: self.tenant?, subscription: self.subscription? })
    }

    /// Whether all is decided that Microsoft wants.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.target().is_some() && name_of(&self.service).is_some() && belongs(&self.problem, &self.service)
    }

    /// The same as it goes: what was to be chosen from is of no use any more.
    pub(in super::super) fn decided(&self) -> Filing {
        Filing { services: Vec::new(), problems: Vec::new(), trouble: None, ..self.clone() }
    }

    /// By which address it is spoken for.
    pub(super) fn sender(&self) -> &str {
        &self.asked.email
    }

    /// Whether Microsoft can be told where the agent is who hands over.
    pub(in super::super) fn has_place(&self) -> bool {
        place::of(&self.asked.zone).is_some()
    }

    /// The request; none where it is not known where the agent is.
    pub(super) fn request(&self, package: &Package) -> Option<NewTicket> {
        let words = text::Words::new(package.summary_lang);
        let Place { time_zone, country } = place::of(&self.asked.zone)?;
        let (first, last) = self.asked.name.trim().split_once(' ').unwrap_or((&self.asked.name, "–"));
        let resource = package.evidence(Evidence::ResourceId).map(str::trim);
        Some(NewTicket {
            service: self.service.clone(),
            problem: self.problem.clone(),
            title: package.subject.chars().take(TITLE).collect(),
            description: text::handover::package(words, package),
            severity: severity(package.about.severity),
            around_the_clock: package.about.severity == Severity::A,
            began: package.evidence(Evidence::FirstSeen).and_then(|said| said.trim().parse().ok()),
            contact: Contact {
                first_name: first.to_owned(),
                last_name: last.to_owned(),
                by: ContactBy::Email,
                email: self.asked.email.clone(),
                phone: None,
                time_zone: time_zone.to_owned(),
                country: country.to_owned(),
                language: language(package.summary_lang).to_owned(),
            },
            resource: resource.filter(|id| id.starts_with("/subscriptions/")).map(str::to_owned),
        })
    }

    /// Reads what may be chosen from. That it cannot be read is noted, and keeps nobody from writing.
    async fn list(&mut self, app: &App, desk: DeskId) -> Result<()> {
        let Some(tenant) = self.tenant else { return Ok(()) };
        self.trouble = None;
        let read = async {
            if self.services.is_empty() {
                self.services = topics(azure::services(app, desk, tenant).await?);
            }
            let of = |problem: &Topic| belongs(&problem.id, &self.service);
            if let Some(service) = name_of(&self.service)
                && (self.problems.is_empty() || !self.problems.iter().all(of))
            {
                self.problems = topics(azure::problems(app, desk, tenant, service).await?);
            }
            Ok::<_, Trouble>(())
        };
        match read.await {
            Err(Trouble::Ours(error @ (Error::Internal(_) | Error::Unavailable(_)))) => return Err(error),
            Err(trouble) => {
                let (state, words, _) = microsoft::noted_as(&trouble, 0, app.now());
                self.trouble = Some((state, words));
            }
            Ok(()) => {}
        }
        Ok(())
    }
}

fn topics(found: Vec<azure::Topic>) -> Vec<Topic> {
    let mut all: Vec<Topic> =
        found.into_iter().map(|one| Topic { id: one.id, name: one.display_name }).take(TOPICS).collect();
    all.sort_by_key(|topic| topic.name.to_lowercase());
    all
}

/// How bad it is, by Microsoft's scale.
pub(super) fn severity(severity: Severity) -> azure::Severity {
    match severity {
        Severity::A => azure::Severity::Critical,
        Severity::B => azure::Severity::Moderate,
        Severity::C => azure::Severity::Minimal,
    }
}

/// The language in which Microsoft's engineer writes: it has no Swedish and no Hungarian one.
fn language(lang: Lang) -> &'static str {
    match lang {
        Lang::En | Lang::Sv | Lang::Hu => "en-US",
        Lang::De => "de-DE",
        Lang::ZhCn => "zh-Hans",
    }
}

/// What an agent has decided about a filing, and what may be chosen from while something is to be chosen.
pub(in super::super) async fn prepare(
    app: &App,
    agent: &Agent,
    package: &Package,
    chosen: Option<&Topics>,
    before: Option<Filing>,
    then: Then,
) -> Result<Filing> {
    let guid = |evidence| package.evidence(evidence).and_then(|said| said.trim().parse::<Uuid>().ok());
    let mut filing = before.unwrap_or_default();
    let tenant = guid(Evidence::TenantId);
    if tenant != filing.tenant {
        filing.services.clear();
    }
    (filing.tenant, filing.subscription) = (tenant, guid(Evidence::SubscriptionId));
    if let Some(chosen) = chosen {
        filing.service.clone_from(&chosen.service);
        filing.problem.clone_from(&chosen.problem);
    }
    if !belongs(&filing.problem, &filing.service) {
        filing.problem.clear();
    }
    filing.asked = Asked {
        name: agent.name.clone(),
        email: package.caller.address.clone(),
        zone: agent.zone.iana_name().unwrap_or_default().to_owned(),
    };
    // Only who prepares chooses from a list; what is sent is chosen.
    if then == Then::Keep {
        filing.list(app, agent.desk).await?;
    }
    Ok(filing)
}

/// The filing that was prepared for a leg, if one was.
pub(in super::super) async fn kept(tx: &mut Tx, id: HandoverId) -> Result<Option<Filing>> {
    Ok(followed::get(tx, id).await?.as_ref().and_then(Filing::of))
}

/// Keeps what is prepared. Another way than Azure's has nothing of it.
pub(in super::super) async fn keep(
    tx: &mut Tx,
    agent: &Agent,
    leg: &store::handovers::Handover,
    filing: Option<&Filing>,
    now: Timestamp,
) -> Result<()> {
    followed::remove(tx, leg.id).await?;
    let Some(filing) = filing.filter(|_| leg.way == Way::AzureSupport) else { return Ok(()) };
    let data = serde_json::to_value(filing).map_err(Error::internal)?;
    Ok(followed::add(tx, &super::row(leg.id, agent.id, data, now)).await?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn topics_are_microsofts_and_nothing_else() {
        let service = format!("{ROOT}a51e7001-6c1b");
        let problem = format!("{service}/problemClassifications/b-1");
        assert_eq!(name_of(&service), Some("a51e7001-6c1b"));
        assert!(belongs(&problem, &service));
        for bad in ["", ROOT, "/providers/Other/services/a", &format!("{ROOT}a/../b"), &format!("{ROOT}a?b")]
        {
            assert_eq!(name_of(bad), None, "{bad}");
        }
        for bad in
            [service.as_str(), &format!("{ROOT}other/problemClassifications/b"), &format!("{problem}/c")]
        {
            assert!(!belongs(bad, &service), "{bad}");
        }
    }
}
