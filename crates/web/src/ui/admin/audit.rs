//! The audit log, and whether it is as it was written.

use std::collections::HashMap;

use app::{audit, people};
use domain::{
    id::{AuditId, ContactId},
    ticket::timeline::ActorKind,
};
use store::records::{Audited, Verified};
use uuid::Uuid;

use crate::{
    form::Query,
    problem::Answer,
    ui::{
        shell::Page,
        view::{AuditPage, AuditRow, Pages},
    },
};

/// `GET /admin/settings/audit`.
pub(crate) async fn show(page: Page, query: Query) -> Answer {
    let hint = page.reader.words.t("audit-hint").into_owned();
    let view = view(&page, query.optional("before")?, "info", hint).await?;
    page.html(&view)
}

async fn view(page: &Page, before: Option<AuditId>, tone: &str, verified: String) -> Answer<AuditPage> {
    let rows = audit::log(&page.app, &page.agent, before).await?;
    let full = i64::try_from(rows.len()).unwrap_or(i64::MAX) >= audit::PAGE;
    let on = rows.last().filter(|_| full).map(|last| format!("/admin/settings/audit?before={}", last.id));
    let names = names(page, &rows).await?;
    Ok(AuditPage {
        shell: page.shell("audit").await?,
        tone: tone.to_owned(),
        verified,
        rows: rows.iter().map(|row| line(page, row, &names)).collect(),
        pages: Pages { back: None, on },
    })
}

/// The names of everybody who acts in these rows.
async fn names(page: &Page, rows: &[Audited]) -> Answer<HashMap<Uuid, String>> {
    let agents = people::list(&page.app, &page.agent).await?;
    let mut names: HashMap<Uuid, String> =
        agents.into_iter().map(|agent| (agent.id.uuid(), agent.name)).collect();
    let contacts = rows.iter().filter(|row| row.actor == ActorKind::Contact).filter_map(|row| row.actor_id);
    let mut contacts: Vec<Uuid> = contacts.collect();
    contacts.sort_unstable();
    contacts.dedup();
    let unit = page.app.store.read::<_, store::Error, _>(page.agent.desk, move |tx| {
        let contacts = contacts.clone();
        Box::pin(async move {
            let mut found = Vec::with_capacity(contacts.len());
            for id in contacts {
                if let Some(contact) = store::parties::contact(tx, ContactId::from_uuid(id)).await? {
                    found.push((id, contact.name));
                }
            }
            Ok(found)
        })
    });
    names.extend(unit.await?);
    Ok(names)
}

fn line(page: &Page, row: &Audited, names: &HashMap<Uuid, String>) -> AuditRow {
    let words = page.reader.words;
    let name = row.actor_id.and_then(|id| names.get(&id)).cloned();
    let nobody = match row.actor {
        ActorKind::System => "actor-system",
        ActorKind::Agent | ActorKind::Contact | ActorKind::Stranger => "actor-stranger",
    };
    AuditRow {
        time: page.reader.time(row.at),
        actor: name.unwrap_or_else(|| words.t(nobody).into_owned()),
        what: words.word("deed", &row.action).into_owned(),
        object: row.subject.clone(),
        sealed: row.seal.is_some(),
    }
}

/// `POST /admin/settings/audit/verify`.
pub(crate) async fn verify(page: Page) -> Answer {
    let words = page.reader.words;
    let (tone, verified) = match audit::verify(&page.app, &page.agent).await? {
        Verified::Whole { rows, .. } => ("done", words.f("audit-whole", &[("n", rows.into())])),
        Verified::Broken { seal } => ("error", words.f("audit-broken", &[("seal", seal.into())])),
    };
    let view = view(&page, None, tone, verified).await?;
    page.html(&view)
}
