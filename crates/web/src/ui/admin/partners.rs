//! The desks that this one is paired with, invitations, and the desk's key.

use app::handovers::{self, Invitation};
use domain::id::{PeerId, SupplierId};
use store::{peers::Peer, suppliers::Supplier};

use super::{correctable, removed, saved};
use crate::{
    form::{Form, Path},
    problem::{Answer, Problem},
    ui::{
        self,
        entry::again_status,
        pieces::choice,
        shell::Page,
        ticket::escalation,
        view::{Choice, Notice, PartnersPage, PeerLine},
    },
};

const PATH: &str = "/admin/settings/partners";

/// `GET /admin/settings/partners`.
pub(crate) async fn show(page: Page) -> Answer {
    let view = view(&page, None, None).await?;
    page.html(&view)
}

/// The page; `made` is an invitation that is shown this once.
async fn view(page: &Page, made: Option<Invitation>, notice: Option<Notice>) -> Answer<PartnersPage> {
    let found = handovers::partners(&page.app, &page.agent).await?;
    let key = found.keys.iter().find(|key| key.active).map(|key| key.key.as_str()).unwrap_or_default();
    let line = |peer: &Peer| PeerLine {
        id: peer.id.to_string(),
        name: peer.name.clone(),
        address: peer.address.clone(),
        fingerprint: handovers::fingerprint(&peer.key),
        revoked: peer.revoked,
        lost: peer.lost_at.map(|since| escalation::lost(&page.reader, since, &peer.lost_why)),
        suppliers: suppliers(page, &found.suppliers, peer.supplier),
    };
    Ok(PartnersPage {
        shell: page.shell("settings").await?,
        notice,
        until: made.as_ref().map(|made| page.reader.time(made.until)),
        made: made.map(|made| made.text),
        fingerprint: handovers::fingerprint(key),
        peers: found.peers.iter().map(line).collect(),
        suppliers: suppliers(page, &found.suppliers, None),
    })
}

fn suppliers(page: &Page, all: &[Supplier], chosen: Option<SupplierId>) -> Vec<Choice> {
    let nobody = choice("", page.reader.words.t("partners-as-nobody"), chosen.is_none());
    let one = |supplier: &Supplier| choice(supplier.id, supplier.name.as_str(), chosen == Some(supplier.id));
    std::iter::once(nobody).chain(all.iter().map(one)).collect()
}

async fn again(page: &Page, error: app::Error) -> Answer {
    let problem: Problem = correctable(error)?;
    let notice = ui::notice(page.reader.words, &problem);
    ui::again(again_status(&problem), &view(page, None, Some(notice)).await?)
}

/// `POST /admin/settings/partners/invite`: answered with the page and not with a way to it, because the invitation is in
/// no address and no cookie, and shown only now.
pub(crate) async fn invite(page: Page, form: Form) -> Answer {
    match handovers::invite(&page.app, &page.agent, form.optional("supplier")?).await {
        Ok(made) => {
            let view = view(&page, Some(made), None).await?;
            page.html(&view)
        }
        Err(error) => again(&page, error).await,
    }
}

/// `POST /admin/settings/partners`.
pub(crate) async fn accept(page: Page, form: Form) -> Answer {
    let supplier = form.optional("supplier")?;
    match handovers::accept_invitation(&page.app, &page.agent, form.get("invitation"), supplier).await {
        Ok(_) => Ok(saved(PATH)),
        Err(error) => again(&page, error).await,
    }
}

/// `POST /admin/settings/partners/{id}`.
pub(crate) async fn change(page: Page, Path(id): Path<PeerId>, form: Form) -> Answer {
    let supplier = form.optional("supplier")?;
    match handovers::change_peer(&page.app, &page.agent, id, supplier, form.get("address")).await {
        Ok(()) => Ok(saved(PATH)),
        Err(error) => again(&page, error).await,
    }
}

/// `POST /admin/settings/partners/{id}/revoke`.
pub(crate) async fn revoke(page: Page, Path(id): Path<PeerId>) -> Answer {
    handovers::revoke(&page.app, &page.agent, id).await?;
    Ok(removed(PATH))
}

/// `POST /admin/settings/partners/key`.
pub(crate) async fn new_key(page: Page) -> Answer {
    handovers::new_key(&page.app, &page.agent).await?;
    Ok(saved(PATH))
}
