//! What a tenant's service health says, kept for that tenant, and told to the desk's incidents where it changed.

use domain::{incident::IncidentStatus, ticket::kinds::Service};
use store::{
    Tx,
    microsoft::read::{self, HealthIssue},
};

use super::{Trouble, readings::Reading};
use crate::incidents::{self, Mirrored};

/// Keeps the issues that a tenant sees, and tells of those that are not as they were.
pub(super) async fn put(of: &Reading<'_>, issues: Vec<HealthIssue>) -> Result<(), Trouble> {
    let (now, unit) = (of.now, std::sync::Arc::new((of.mirror.tenant.clone(), issues)));
    let changed = of
        .app
        .store
        .write::<_, store::Error, _>(of.desk, move |tx: &mut Tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (tenant, issues) = &*unit;
                let before = read::issues(tx, tenant).await?;
                read::set_issues(tx, tenant, issues, now).await?;
                let mut changed = Vec::new();
                for issue in issues.iter().filter(|issue| is_news(issue, &before)) {
                    changed.push((issue.clone(), read::tenants_of_issue(tx, &issue.issue).await?));
                }
                Ok(changed)
            })
        })
        .await?;
    for (issue, tenants) in changed {
        incidents::mirror(of.app, of.desk, told(issue, tenants, now)).await?;
    }
    Ok(())
}

/// Advisories are something to know, and no disturbance.
fn is_news(issue: &HealthIssue, before: &[HealthIssue]) -> bool {
    let same = |known: &HealthIssue| HealthIssue { seen_at: issue.seen_at, ..known.clone() } == *issue;
    issue.classification == "incident" && !before.iter().any(same)
}

fn told(issue: HealthIssue, tenants: Vec<String>, now: jiff::Timestamp) -> Mirrored {
    Mirrored {
        service: service(&issue.service),
        status: status(issue.resolved, &issue.status),
        title: format!("{}: {}", issue.service, issue.title),
        started_at: issue.began_at.or(issue.modified_at).unwrap_or(now),
        ended_at: issue.ended_at,
        external: issue.issue,
        tenants: Some(tenants),
    }
}

/// Which of our services Microsoft means.
fn service(name: &str) -> Service {
    let name = name.to_ascii_lowercase();
    if name.contains("dynamics") || name.contains("power apps") || name.contains("power platform") {
        Service::Dynamics365
    } else if name.contains("azure") {
        Service::Azure
    } else {
        Service::Microsoft365
    }
}

fn status(resolved: bool, word: &str) -> IncidentStatus {
    match word {
        _ if resolved => IncidentStatus::Over,
        "restoring_service" | "verifying_service" | "service_restored" | "extended_recovery"
        | "mitigated" | "mitigated_external" => IncidentStatus::Restoring,
        _ => IncidentStatus::Open,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn microsofts_words_are_ours() {
        for (name, ours) in [
            ("Exchange Online", Service::Microsoft365),
            ("Dynamics 365 Apps", Service::Dynamics365),
            ("Azure Active Directory", Service::Azure),
            ("", Service::Microsoft365),
        ] {
            assert_eq!(service(name), ours, "{name}");
        }
        assert_eq!(status(false, "service_degradation"), IncidentStatus::Open);
        assert_eq!(status(false, "restoring_service"), IncidentStatus::Restoring);
        assert_eq!(status(true, "investigating"), IncidentStatus::Over);
    }
}
