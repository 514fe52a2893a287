//! Pairing with other desks: an invitation passes from one administrator to the other, outside of the program.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use domain::{
    access::Permission,
    deed::Deed,
    handover::{Key, Signed, message::VERSION},
    id::{DeskId, PeerId, SupplierId},
    ticket::timeline::Actor,
};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Json, Tx,
    peers::{self, OwnKey, Peer},
    records,
    suppliers::Supplier,
};

use super::{
    carry,
    keys::{self, Ring, proves},
};
use crate::{Agent, App, Error, Ids, Result, audit, error, ids, who};

/// How long an invitation can be used.
const STANDS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// The longest name of a desk, in characters.
const NAME: usize = 200;
/// Between the parts of an invitation.
const MARK: char = '#';

/// An invitation, shown once: whoever has it can pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invitation {
    /// The text to be passed on.
    pub text: String,
    /// The fingerprint of our key, to be compared on the telephone.
    pub fingerprint: String,
    /// Until when it can be used.
    pub until: Timestamp,
}

/// What the page of partners shows.
#[derive(Clone, Debug)]
pub struct Partners {
    /// The desks that this one is paired with.
    pub peers: Vec<Peer>,
    /// The suppliers that a desk may be.
    pub suppliers: Vec<Supplier>,
    /// Our keys, the newest first.
    pub keys: Vec<OwnKey>,
}

/// What a desk says that wants to pair.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Request {
    version: u32,
    from: Key,
    to: Key,
    code: String,
    name: String,
    address: String,
}

/// What the other answers.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Welcome {
    version: u32,
    to: Key,
    name: String,
}

/// The answer to a request to pair.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// The signed welcome as JSON.
    Welcome(String),
    /// No such invitation, or not any more, or not for this desk: the same answer.
    Refused,
}

/// A new key of a desk, named by the one before.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct NewKey {
    version: u32,
    from: Key,
    to: Key,
    key: Key,
}

/// The desks that this one is paired with, and its keys.
///
/// # Errors
/// Without [`Permission::SuppliersManage`].
pub async fn partners(app: &App, agent: &Agent) -> Result<Partners> {
    agent.require(Permission::SuppliersManage)?;
    Ring::load(app, agent.desk).await?;
    app.store
        .read(agent.desk, |tx| {
            Box::pin(async move {
                Ok(Partners {
                    peers: peers::all(tx).await?,
                    suppliers: store::suppliers::all(tx).await?,
                    keys: peers::keys(tx).await?,
                })
            })
        })
        .await
}

/// Invites another desk. `supplier` is whom it will be to us, if it will help us.
///
/// # Errors
/// Without [`Permission::SuppliersManage`]; a supplier that is not there.
pub async fn invite(app: &App, agent: &Agent, supplier: Option<SupplierId>) -> Result<Invitation> {
    agent.require(Permission::SuppliersManage)?;
    let ring = Ring::load(app, agent.desk).await?;
    let key = ring.active()?.key.clone();
    let code = URL_SAFE_NO_PAD.encode(ids::random::<24>());
    let now = app.now();
    let until = now.checked_add(STANDS).unwrap_or(now);
    let mut own = app.ids(now);
    let act = audit::act(&mut own, now, agent.actor(), Deed::PeerInvite, &agent.desk, json!({}));
    let unit = Arc::new((who::hash(&code), act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (code, act) = &*unit;
                known(tx, supplier).await?;
                peers::invite(tx, *code, supplier, until).await?;
                Ok::<_, Error>(records::audit(tx, act).await?)
            })
        })
        .await?;
    let text = format!("{}{MARK}{key}{MARK}{code}", app.config.base_url.trim_end_matches('/'));
    Ok(Invitation { text, fingerprint: keys::fingerprint(key.as_str()), until })
}

async fn known(tx: &mut Tx, supplier: Option<SupplierId>) -> Result<()> {
    let Some(id) = supplier else { return Ok(()) };
    store::suppliers::get(tx, id).await?.map(drop).ok_or(Error::invalid("supplier", "unknown"))
}

/// Accepts an invitation of another desk. `supplier` is whom it will be to us, if it will help us.
///
/// # Errors
/// Without [`Permission::SuppliersManage`]; `invitation` that is none; [`Error::Refused`] `not-welcome` where the other desk
/// does not know it any more, `not-reached` where there is no answer.
pub async fn accept_invitation(
    app: &App,
    agent: &Agent,
    invitation: &str,
    supplier: Option<SupplierId>,
) -> Result<PeerId> {
    agent.require(Permission::SuppliersManage)?;
    let bad = || Error::invalid("invitation", "not-an-invitation");
    let mut parts = invitation.trim().split(MARK);
    let (Some(address), Some(key), Some(code), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return Err(bad());
    };
    let address = carry::address(app, address).map_err(|_| bad())?;
    let them: Key = key.parse().map_err(|_| bad())?;
    let ring = Ring::load(app, agent.desk).await?;
    if ring.has(&them) {
        return Err(bad());
    }
    let name: String = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                known(tx, supplier).await?;
                Ok::<_, Error>(store::installation::own_desk(tx).await?.name)
            })
        })
        .await?;
    let me = ring.active()?;
    let request = Request {
        version: VERSION,
        from: me.key.clone(),
        to: them.clone(),
        code: code.to_owned(),
        name,
        address: app.config.base_url.trim_end_matches('/').to_owned(),
    };
    let text = serde_json::to_string(&request).map_err(Error::internal)?;
    let body = serde_json::to_vec(&me.sign(keys::PAIRING, text)).map_err(Error::internal)?;
    let answer = if carry::is_here(app, &them).await? {
        match answer_pairing(app, &body).await? {
            Pairing::Welcome(answer) => answer,
            Pairing::Refused => return Err(Error::Refused("not-welcome")),
        }
    } else {
        match carry::post(app, &address, "/chain/v1/pairings", body).await {
            Ok(answer) => answer,
            Err(Error::Unavailable(why)) if why.starts_with("it answered 4") => {
                return Err(Error::Refused("not-welcome"));
            }
            Err(Error::Unavailable(_)) => return Err(Error::Refused("not-reached")),
            Err(other) => return Err(other),
        }
    };
    let welcome: Option<Welcome> = serde_json::from_str::<Signed>(&answer)
        .ok()
        .filter(|signed| proves(keys::PAIRING, &them, &signed.text, &signed.signature))
        .and_then(|signed| serde_json::from_str(&signed.text).ok());
    let welcome = welcome.filter(|welcome| welcome.to == me.key).ok_or(Error::Refused("not-welcome"))?;
    let now = app.now();
    let peer = Peer {
        name: error::line("name", &welcome.name, NAME)?,
        ..new_peer(&mut app.ids(now), &them, address, supplier, now)
    };
    let id = peer.id;
    keep(app, agent.desk, peer, agent.actor()).await?;
    Ok(id)
}

fn new_peer(ids: &mut Ids, key: &Key, address: String, supplier: Option<SupplierId>, now: Timestamp) -> Peer {
    Peer {
        id: ids.next(PeerId::new),
        key: key.to_string(),
        old_keys: Json(Vec::new()),
        name: String::new(),
        address,
        supplier,
        customer: None,
        revoked: false,
        lost_at: None,
        lost_why: String::new(),
        version: 1,
        created_at: now,
    }
}

/// Keeps a paired desk, or what is new of one that is there.
async fn keep(app: &App, desk: DeskId, peer: Peer, actor: Actor) -> Result<()> {
    let now = app.now();
    let mut ids = app.ids(now);
    let act = audit::act(&mut ids, now, actor, Deed::PeerPair, &peer.id, json!({ "name": peer.name }));
    let unit = Arc::new((peer, act));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (peer, act) = &*unit;
                put(tx, peer).await?;
                Ok::<_, Error>(records::audit(tx, act).await?)
            })
        })
        .await
}

async fn put(tx: &mut Tx, peer: &Peer) -> Result<()> {
    match peers::by_key(tx, &peer.key).await? {
        None => Ok(peers::add(tx, peer).await?),
        Some(known) => {
            let again = Peer {
                name: peer.name.clone(),
                address: peer.address.clone(),
                supplier: peer.supplier.or(known.supplier),
                revoked: false,
                ..known
            };
            Ok(peers::update(tx, &again).await?)
        }
    }
}

/// Answers a desk that wants to pair.
///
/// # Errors
/// As the database says.
pub async fn answer_pairing(app: &App, body: &[u8]) -> Result<Pairing> {
    let Some((request, desk)) = asked::<Request>(app, body, keys::PAIRING, |r| (&r.from, &r.to)).await?
    else {
        return Ok(Pairing::Refused);
    };
    let (Ok(name), Ok(address)) =
        (error::line("name", &request.name, NAME), carry::address(app, &request.address))
    else {
        return Ok(Pairing::Refused);
    };
    let now = app.now();
    let mut ids = app.ids(now);
    let peer = Peer { name, ..new_peer(&mut ids, &request.from, address, None, now) };
    let data = json!({ "name": peer.name });
    let act = audit::act(&mut ids, now, Actor::Stranger, Deed::PeerPair, &peer.id, data);
    let unit = Arc::new((who::hash(&request.code), peer, act));
    let welcome: Option<String> = app
        .store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (code, peer, act) = &*unit;
                let Some(found) = peers::pairing(tx, *code).await? else { return Ok::<_, Error>(None) };
                let name = store::installation::own_desk(tx).await?.name;
                match &found.used_by {
                    // The answer was lost on its way.
                    Some(key) if *key == peer.key => return Ok(Some(name)),
                    Some(_) => return Ok(None),
                    None if found.expires_at < now => return Ok(None),
                    None => {}
                }
                if !peers::use_pairing(tx, *code, &peer.key).await? {
                    return Ok(None);
                }
                put(tx, &Peer { supplier: found.supplier, ..peer.clone() }).await?;
                records::audit(tx, act).await?;
                Ok(Some(name))
            })
        })
        .await?;
    let Some(name) = welcome else { return Ok(Pairing::Refused) };
    let welcome = Welcome { version: VERSION, to: request.from, name };
    let text = serde_json::to_string(&welcome).map_err(Error::internal)?;
    let ring = Ring::load(app, desk).await?;
    let signed = ring.of(&request.to)?.sign(keys::PAIRING, text);
    Ok(Pairing::Welcome(serde_json::to_string(&signed).map_err(Error::internal)?))
}

/// What another desk asks, if it is proven, and the desk of this installation that it asks.
async fn asked<T: for<'de> Deserialize<'de>>(
    app: &App,
    body: &[u8],
    purpose: &str,
    keys: impl Fn(&T) -> (&Key, &Key),
) -> Result<Option<(T, DeskId)>> {
    let Ok(signed) = serde_json::from_slice::<Signed>(body) else { return Ok(None) };
    let Ok(request) = serde_json::from_str::<T>(&signed.text) else { return Ok(None) };
    let (from, to) = keys(&request);
    if !proves(purpose, from, &signed.text, &signed.signature) {
        return Ok(None);
    }
    let to = to.to_string();
    let desk = app
        .store
        .system_read::<_, store::Error, _>(move |tx| {
            let to = to.clone();
            Box::pin(async move { peers::desk_of_key(tx, &to).await })
        })
        .await?;
    Ok(desk.map(|desk| (request, desk)))
}

/// Changes whom a paired desk is to us, and where it is reached.
///
/// # Errors
/// Without [`Permission::SuppliersManage`]; a desk or supplier that is not there; `address`.
pub async fn change_peer(
    app: &App,
    agent: &Agent,
    id: PeerId,
    supplier: Option<SupplierId>,
    address: &str,
) -> Result<()> {
    agent.require(Permission::SuppliersManage)?;
    let address = carry::address(app, address)?;
    change(app, agent, id, Deed::PeerChange, move |peer| {
        peer.supplier = supplier;
        peer.address.clone_from(&address);
    })
    .await
}

/// Trusts a paired desk no more: nothing of it is taken, nothing goes there.
///
/// # Errors
/// Without [`Permission::SuppliersManage`]; a desk that is not there.
pub async fn revoke(app: &App, agent: &Agent, id: PeerId) -> Result<()> {
    agent.require(Permission::SuppliersManage)?;
    change(app, agent, id, Deed::PeerRevoke, |peer| peer.revoked = true).await
}

async fn change(
    app: &App,
    agent: &Agent,
    id: PeerId,
    deed: Deed,
    what: impl Fn(&mut Peer) + Send + Sync + 'static,
) -> Result<()> {
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), deed, &id, json!({}));
    let unit = Arc::new((act, what));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (act, what) = &*unit;
                let mut peer = peers::get(tx, id).await?.ok_or(Error::NotFound("peer"))?;
                what(&mut peer);
                known(tx, peer.supplier).await?;
                peers::update(tx, &peer).await?;
                Ok::<_, Error>(records::audit(tx, act).await?)
            })
        })
        .await
}

/// Gives the desk a new key, and tells every paired desk, signed with the one before. What began goes on under the old
/// one. How many were told at once; the others keep the old one until they are paired anew.
///
/// # Errors
/// Without [`Permission::SuppliersManage`].
pub async fn new_key(app: &App, agent: &Agent) -> Result<usize> {
    agent.require(Permission::SuppliersManage)?;
    let ring = Ring::load(app, agent.desk).await?;
    let before = ring.active()?.clone();
    let fresh = keys::fresh(app, agent.desk)?;
    let key: Key = fresh.key.parse().map_err(Error::internal)?;
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, agent.actor(), Deed::KeyChange, &agent.desk, json!({}));
    let unit = Arc::new((fresh, act));
    let all: Vec<Peer> = app
        .store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (fresh, act) = &*unit;
                peers::add_key(tx, fresh).await?;
                records::audit(tx, act).await?;
                Ok::<_, Error>(peers::all(tx).await?)
            })
        })
        .await?;
    let mut told = 0;
    for peer in all.into_iter().filter(|peer| !peer.revoked) {
        let to: Key = peer.key.parse().map_err(Error::internal)?;
        let new = NewKey { version: VERSION, from: before.key.clone(), to: to.clone(), key: key.clone() };
        let text = serde_json::to_string(&new).map_err(Error::internal)?;
        let body = serde_json::to_vec(&before.sign(keys::NEW_KEY, text)).map_err(Error::internal)?;
        let done = if carry::is_here(app, &to).await? {
            take_new_key(app, &body).await?
        } else {
            carry::post(app, &peer.address, "/chain/v1/keys", body).await.is_ok()
        };
        told += usize::from(done);
    }
    Ok(told)
}

/// A paired desk names its new key, signed with the one that we know; whether it is taken.
///
/// # Errors
/// As the database says.
pub async fn take_new_key(app: &App, body: &[u8]) -> Result<bool> {
    let Some((new, desk)) = asked::<NewKey>(app, body, keys::NEW_KEY, |n| (&n.from, &n.to)).await? else {
        return Ok(false);
    };
    let now = app.now();
    let act = audit::act(&mut app.ids(now), now, Actor::Stranger, Deed::PeerChange, &new.from, json!({}));
    let unit = Arc::new((new, act));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (new, act) = &*unit;
                let peer = peers::by_key(tx, new.from.as_str()).await?.filter(|peer| !peer.revoked);
                let Some(mut peer) = peer else { return Ok::<_, Error>(false) };
                if peer.key == new.key.as_str() {
                    return Ok(true);
                }
                // Only the key in use names the next: an old one that was stolen names nothing.
                if peer.key != new.from.as_str() {
                    return Ok(false);
                }
                peer.old_keys.0.push(std::mem::replace(&mut peer.key, new.key.to_string()));
                peers::update(tx, &peer).await?;
                records::audit(tx, act).await?;
                Ok(true)
            })
        })
        .await
}
