//! Letters to those who look after the connection: that it needs them, or that a customer took our rights back.

use domain::{
    access::{Permission, Rights},
    id::DeskId,
    ticket::timeline::Party,
};
use store::people;
use text::{
    Words,
    mail::{MicrosoftNews, News},
};

use super::{Health, State};
use crate::{App, Result, desks, post, who};

/// That the connection needs somebody.
pub(super) async fn of_connection(app: &App, desk: DeskId, health: &Health) -> Result<Vec<post::Outbound>> {
    let news = match health.state {
        State::Consent => News::Consent { why: &health.detail },
        _ => News::Failing { since: health.current_at, why: &health.detail },
    };
    letters(app, desk, news).await
}

/// That we may not act any more for this customer.
pub(super) async fn of_lost_admin(app: &App, desk: DeskId, customer: &str) -> Result<Vec<post::Outbound>> {
    letters(app, desk, News::LostAdmin { customer }).await
}

async fn letters(app: &App, desk: DeskId, news: News<'_>) -> Result<Vec<post::Outbound>> {
    let unit = app.store.read::<_, crate::Error, _>(desk, |tx| {
        Box::pin(async move { Ok((desks::public_name(tx).await?, people::agents(tx).await?)) })
    });
    let (desk_name, mut agents) = unit.await?;
    agents.retain(|agent| agent.active && Rights::of(&agent.roles.0).has(Permission::SettingsManage));
    let now = app.now();
    let mut ids = app.ids(now);
    let link = format!("{}/admin/settings/microsoft", app.config.base_url);
    let mut all = Vec::with_capacity(agents.len());
    for agent in agents {
        let zone = who::zone(&agent.timezone);
        let letter = text::mail::microsoft(
            Words::new(agent.lang),
            &MicrosoftNews { news, desk: &desk_name, link: &link, zone: &zone },
        );
        let to = Party { name: agent.name, email: agent.email.to_string() };
        all.push(post::notice(app, desk, &mut ids, now, to, &letter).await?);
    }
    Ok(all)
}
