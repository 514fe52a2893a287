//! The desks that this one is paired with.

use app::{App, handovers};
use axum::{Json, extract::State, http::StatusCode};
use domain::id::{PeerId, SupplierId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{
    body::{Named, Strict},
    schema,
};
use crate::{guard::ApiCaller, problem::Answer};

/// A desk that this one is paired with.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Peer {
    /// Its id.
    #[schema(value_type = schema::PeerId)]
    id: PeerId,
    /// Its name.
    name: String,
    /// Where it is reached.
    address: String,
    /// Its public key.
    key: String,
    /// Whom it helps us as.
    #[schema(value_type = Option<schema::SupplierId>)]
    supplier: Option<SupplierId>,
    /// Whether it is trusted no more.
    revoked: bool,
    /// Since when it has not been reached.
    lost_at: Option<Timestamp>,
}

/// The paired desks.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Peers {
    /// The desks, by name.
    items: Vec<Peer>,
}

/// The desks that this one is paired with.
#[utoipa::path(get, path = "/api/v1/peers", tag = "handovers",
    responses((status = 200, description = "The desks.", body = Peers)))]
pub(crate) async fn peers(ApiCaller(agent): ApiCaller, State(app): State<App>) -> Answer<Json<Peers>> {
    let found = handovers::partners(&app, &agent).await?;
    let peer = |peer: store::peers::Peer| Peer {
        id: peer.id,
        name: peer.name,
        address: peer.address,
        key: peer.key,
        supplier: peer.supplier,
        revoked: peer.revoked,
        lost_at: peer.lost_at,
    };
    Ok(Json(Peers { items: found.peers.into_iter().map(peer).collect() }))
}

/// Whom a desk is to us that is invited.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewInvitation {
    /// The supplier that it will be, if it will help us.
    #[serde(default)]
    #[schema(value_type = Option<schema::SupplierId>)]
    supplier: Option<SupplierId>,
}

/// An invitation: whoever has it can pair, once.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Invitation {
    /// The text to be passed on.
    invitation: String,
    /// The fingerprint of our key.
    fingerprint: String,
    /// Until when it can be used.
    until: Timestamp,
}

/// Invites a desk to pair.
#[utoipa::path(post, path = "/api/v1/peers/invitations", tag = "handovers", request_body = NewInvitation,
    responses((status = 201, description = "The invitation; it is told once.", body = Invitation)))]
pub(crate) async fn invite(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewInvitation>,
) -> Answer<(StatusCode, Json<Invitation>)> {
    let made = handovers::invite(&app, &agent, new.supplier).await?;
    let invitation = Invitation { invitation: made.text, fingerprint: made.fingerprint, until: made.until };
    Ok((StatusCode::CREATED, Json(invitation)))
}

/// An invitation of another desk.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPeer {
    /// The text that the other desk was shown.
    invitation: String,
    /// The supplier that it will be to us, if it will help us.
    #[serde(default)]
    #[schema(value_type = Option<schema::SupplierId>)]
    supplier: Option<SupplierId>,
}

/// A desk that was paired.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Paired {
    /// Its id.
    #[schema(value_type = schema::PeerId)]
    id: PeerId,
}

/// Accepts an invitation of another desk.
#[utoipa::path(post, path = "/api/v1/peers", tag = "handovers", request_body = NewPeer,
    responses((status = 201, description = "The desk is paired.", body = Paired)))]
pub(crate) async fn pair(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Strict(new): Strict<NewPeer>,
) -> Answer<(StatusCode, Json<Paired>)> {
    let id = handovers::accept_invitation(&app, &agent, &new.invitation, new.supplier).await?;
    Ok((StatusCode::CREATED, Json(Paired { id })))
}

/// Trusts a paired desk no more.
#[utoipa::path(delete, path = "/api/v1/peers/{peer}", tag = "handovers",
    params(("peer" = inline(schema::PeerId), Path, description = "The desk.")),
    responses((status = 204, description = "It is trusted no more.")))]
pub(crate) async fn revoke(
    ApiCaller(agent): ApiCaller,
    State(app): State<App>,
    Named(id): Named<PeerId>,
) -> Answer<StatusCode> {
    handovers::revoke(&app, &agent, id).await?;
    Ok(StatusCode::NO_CONTENT)
}
