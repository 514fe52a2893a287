//! A provider's published plan is its reseller's vehicle: a paired desk asks for the statement that holds for it, and has
//! what it offers as the supplier's offerings.

use std::{collections::BTreeSet, sync::Arc};

use domain::{
    access::Permission,
    deed::Deed,
    handover::{Key, Signed, message::VERSION},
    id::{DeskId, OfferingId, PeerId, SupplierId},
    offering::{
        Terms,
        statement::{FORM, Offered, Statement},
    },
    ticket::timeline::Actor,
};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::{
    Json, Tx, catalogue,
    offerings::{self, Offering},
    peers::{self, Peer},
    queue::Job,
    records, statements,
};

use super::{
    carry,
    keys::{self, Real, Ring, proves},
    receive::{self, Question, Unasked},
};
use crate::{Agent, App, Error, Ids, Result, audit, jobs};

/// The longest answer, in bytes.
const STATEMENT: usize = 1 << 20;
/// The most offerings that are taken from one statement.
const OFFERINGS: usize = 200;

/// What one desk asks another: what is published, and nothing to say about it.
#[derive(Debug, Serialize, Deserialize)]
struct Published {}

/// What it is answered.
#[derive(Debug, Serialize, Deserialize)]
struct Answer {
    version: u32,
    /// The hash of the question's text.
    about: String,
    /// The content of the statement that holds for the one who asks, in its one form; none where nothing is published.
    statement: Option<String>,
}

/// The answer to such a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Told {
    /// The signed answer as JSON.
    Statement(String),
    /// No question.
    Malformed,
    /// Not from a desk that is paired, or too late.
    NotPaired,
}

impl From<Unasked> for Told {
    fn from(why: Unasked) -> Self {
        match why {
            Unasked::Malformed => Told::Malformed,
            Unasked::NotPaired => Told::NotPaired,
        }
    }
}

/// Tells a paired desk what is published for it: of the plan that it has as a customer, or else of the default one.
///
/// # Errors
/// As the database says.
pub async fn tell_plan(app: &App, body: &[u8]) -> Result<Told> {
    let asked = match receive::asked::<Published>(app, keys::PLAN, body).await? {
        Ok(asked) => asked,
        Err(why) => return Ok(why.into()),
    };
    let (now, customer) = (app.now(), asked.peer.customer);
    let statement = app
        .store
        .read(asked.desk, move |tx| {
            Box::pin(async move {
                let Some(plan) = catalogue::plan_at(tx, customer, now).await? else { return Ok(None) };
                let published = statements::holding(tx, plan.id, now).await?;
                Ok::<_, Error>(published.map(|published| published.content))
            })
        })
        .await?;
    let answer = Answer { version: VERSION, about: Real.hash_text(&asked.text), statement };
    let text = serde_json::to_string(&answer).map_err(Error::internal)?;
    let signed = Ring::load(app, asked.desk).await?.of(&asked.question.to)?.sign(keys::ANSWER, text);
    Ok(Told::Statement(serde_json::to_string(&signed).map_err(Error::internal)?))
}

/// Asks a supplier's desk what it has published for us, and keeps it as what the supplier offers; how many offerings
/// that are.
///
/// # Errors
/// Without [`Permission::SuppliersManage`]; [`Error::NotFound`]; [`Error::Refused`] with `not-paired`, `desk-silent` where it
/// cannot be asked, `statement-newer` where its statement is of a version that this program does not read.
pub async fn read_plan(app: &App, agent: &Agent, supplier: SupplierId) -> Result<usize> {
    agent.require(Permission::SuppliersManage)?;
    let peer = app
        .store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                store::suppliers::get(tx, supplier).await?.ok_or(Error::NotFound("supplier"))?;
                let all = peers::all(tx).await?;
                let of_it = all.into_iter().find(|peer| peer.supplier == Some(supplier) && !peer.revoked);
                of_it.ok_or(Error::Refused("not-paired"))
            })
        })
        .await?;
    match take(app, agent.desk, peer, supplier, agent.actor()).await {
        Err(Error::Unavailable(_)) => Err(Error::Refused("desk-silent")),
        done => done,
    }
}

/// The same once a day, for whoever is paired.
pub(crate) async fn plan_due(app: &App, desk: DeskId, peer: PeerId, job: &Job) -> Result<jobs::Outcome> {
    let peer = app
        .store
        .read::<_, Error, _>(desk, move |tx| Box::pin(async move { Ok(peers::get(tx, peer).await?) }))
        .await?;
    let Some(peer) = peer.filter(|peer| !peer.revoked) else { return Ok(jobs::Outcome::Done) };
    let Some(supplier) = peer.supplier else { return Ok(jobs::Outcome::Done) };
    match take(app, desk, peer, supplier, Actor::System).await {
        Err(Error::Unavailable(why)) => Ok(jobs::Outcome::Again(carry::later(app.now(), job.attempts), why)),
        // A person who asks for it sees why; it is asked again tomorrow.
        Err(Error::Refused(_)) | Ok(_) => Ok(jobs::Outcome::Done),
        Err(other) => Err(other),
    }
}

/// Has every paired desk asked that helps this one.
pub(crate) async fn ask_plans(app: &App, desk: DeskId) -> Result<usize> {
    let now = app.now();
    let ids = app.ids(now);
    app.store
        .write(desk, move |tx| {
            let mut ids = ids.clone();
            Box::pin(async move {
                let all = peers::all(tx).await?;
                let mut asked = 0;
                for peer in all.iter().filter(|peer| peer.supplier.is_some() && !peer.revoked) {
                    store::queue::enqueue(tx, now, &jobs::plan(&mut ids, peer.id, now)).await?;
                    asked += 1;
                }
                Ok::<_, Error>(asked)
            })
        })
        .await
}

async fn take(app: &App, desk: DeskId, peer: Peer, supplier: SupplierId, actor: Actor) -> Result<usize> {
    let content = ask(app, desk, &peer).await?;
    let statement = match content {
        Some(content) => {
            let read: Option<Statement> = serde_json::from_str(&content).ok();
            Some(read.filter(|read| read.form <= FORM).ok_or(Error::Refused("statement-newer"))?)
        }
        None => None,
    };
    let now = app.now();
    let unit = Arc::new((statement, app.ids(now)));
    app.store
        .write(desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (statement, ids) = &*unit;
                put(tx, supplier, statement.as_ref(), (actor, ids.clone()), now).await
            })
        })
        .await
}

/// Asks the other desk; the content of its statement.
async fn ask(app: &App, desk: DeskId, peer: &Peer) -> Result<Option<String>> {
    let ring = Ring::load(app, desk).await?;
    let signer = ring.active()?;
    let to: Key = peer.key.parse().map_err(Error::internal)?;
    let question = Question {
        version: VERSION,
        from: signer.key.clone(),
        to: to.clone(),
        what: Published {},
        at: app.now(),
    };
    let signed = question.sign(keys::PLAN, signer)?;
    let about = Real.hash_text(&signed.text);
    let body = serde_json::to_vec(&signed).map_err(Error::internal)?;
    let answer = if carry::is_here(app, &to).await? {
        match Box::pin(tell_plan(app, &body)).await? {
            Told::Statement(answer) => answer,
            Told::Malformed | Told::NotPaired => {
                return Err(Error::Unavailable("refused: not paired".into()));
            }
        }
    } else {
        let path = "/chain/v1/plan";
        let answer = carry::ask(app, &peer.address, path, body, STATEMENT, carry::PATIENCE).await?;
        String::from_utf8(answer).map_err(|_| Error::Unavailable("its answer is no text".into()))?
    };
    let odd = || Error::Unavailable("its answer is not what it signed".into());
    let answer: Signed = serde_json::from_str(&answer).map_err(|_| odd())?;
    if !proves(keys::ANSWER, &to, &answer.text, &answer.signature) {
        return Err(odd());
    }
    let answer: Answer = serde_json::from_str(&answer.text).map_err(|_| odd())?;
    if answer.about == about { Ok(answer.statement) } else { Err(odd()) }
}

/// Brings what the supplier offers to what it has published: what is not in it any more ends.
async fn put(
    tx: &mut Tx,
    supplier: SupplierId,
    statement: Option<&Statement>,
    (actor, mut ids): (Actor, Ids),
    now: Timestamp,
) -> Result<usize> {
    let offered: &[Offered] = statement.map_or(&[], |statement| &statement.offerings);
    let offered = offered.get(..OFFERINGS).unwrap_or(offered);
    let mut changed = 0;
    let known = offerings::of_supplier(tx, supplier).await?;
    for one in offered {
        let terms = terms(one)?;
        let before = known.iter().find(|known| known.theirs == Some(one.id));
        match before {
            Some(before)
                if before.name == one.name && before.terms.0 == terms && before.valid_to.is_none() =>
            {
                continue;
            }
            Some(before) => {
                let name = one.name.clone();
                let after = Offering { name, terms: Json(terms), valid_to: None, ..before.clone() };
                offerings::update(tx, &after).await?;
            }
            None => {
                let new = Offering {
                    id: ids.next(OfferingId::new),
                    supplier: Some(supplier),
                    name: one.name.clone(),
                    vehicle: None,
                    terms: Json(terms),
                    valid_from: statement.map_or(now, |statement| statement.valid_from),
                    valid_to: None,
                    theirs: Some(one.id),
                    version: 1,
                };
                offerings::add(tx, &new).await?;
            }
        }
        changed += 1;
    }
    let there: BTreeSet<OfferingId> = offered.iter().map(|one| one.id).collect();
    let gone = |known: &&Offering| {
        known.theirs.is_some_and(|id| !there.contains(&id)) && known.valid_to.is_none_or(|end| now < end)
    };
    for before in known.iter().filter(gone) {
        offerings::update(tx, &Offering { valid_to: Some(now), ..before.clone() }).await?;
        changed += 1;
    }
    if changed > 0 {
        let data = json!({ "published": offered.len(), "changed": changed });
        let act = audit::act(&mut ids, now, actor, Deed::SupplierOfferingChange, &supplier, data);
        records::audit(tx, &act).await?;
    }
    Ok(offered.len())
}

/// What is published of an offering, as terms of a supplier.
fn terms(offered: &Offered) -> Result<Terms> {
    crate::suppliers::checked_terms(Terms {
        services: offered.services.iter().copied().collect(),
        kinds: offered.kinds.iter().copied().collect(),
        hours: offered.hours.clone(),
        languages: offered.languages.iter().copied().collect(),
        contact: offered.contact.iter().copied().collect(),
        promises: offered.promises,
        price: offered.price,
    })
    .map_err(|_| Error::Refused("statement-newer"))
}
