//! Statements: what a plan promises, checked, published as numbered versions, acknowledged by customers.

mod acknowledge;
mod check;
mod draft;
mod publish;
mod text;

pub use acknowledge::{OfContact, acknowledge, document_of, of_contact};
pub use check::{Checks, Link, Week, WeekRow};
use domain::{
    access::Permission,
    document::Document,
    id::{AgentId, ContactId, CustomerId, PlanId, StatementId},
    lang::Lang,
    offering::statement::{Statement, is_material},
};
pub use draft::{Draft, draft};
use jiff::Timestamp;
pub use publish::{Publish, publish, send};
use store::{
    Tx, catalogue,
    statements::{self, Acknowledged, Authorised, Published},
};
pub use text::{Change, changes};

use crate::{Agent, App, Error, Result, catalogue::Standing};

/// The content of a published version.
///
/// # Errors
/// What is kept is not a statement: the database was tampered with.
pub fn content(published: &Published) -> Result<Statement> {
    serde_json::from_str(&published.content).map_err(Error::internal)
}

/// A hash as people and programs read it.
#[must_use]
pub fn hex(hash: &[u8]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// How a customer stands to the statement of a plan.
pub(crate) async fn standing(tx: &mut Tx, customer: CustomerId, plan: PlanId) -> Result<Standing> {
    let Some(newest) = statements::of_plan(tx, plan).await?.into_iter().next() else {
        return Ok(Standing::Nothing);
    };
    let asked = |before| Standing::Asked { statement: newest.id, number: newest.number, before };
    let Some(last) = statements::last_of(tx, customer, plan).await? else { return Ok(asked(None)) };
    let before = statements::get(tx, last.statement).await?.ok_or(Error::NotFound("statement"))?;
    if before.id != newest.id && is_material(&content(&before)?, &content(&newest)?) {
        return Ok(asked(Some(before.number)));
    }
    Ok(Standing::Acknowledged { number: before.number, at: last.at })
}

/// A customer who is asked to acknowledge and has not.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// For what it is asked.
    pub standing: Standing,
    /// Whether one of its contacts may.
    pub somebody_may: bool,
}

/// A plan with its published versions, and who acknowledged them.
#[derive(Clone, Debug)]
pub struct Versions {
    /// The plan.
    pub plan: catalogue::Plan,
    /// Its versions, the newest first.
    pub published: Vec<Published>,
    /// Who acknowledged them; none for who may not see customers.
    pub acknowledged: Vec<Acknowledged>,
    /// Who is to acknowledge for customers with this plan; none for who may not see customers.
    pub authorised: Vec<Authorised>,
    /// The customers with this plan who are asked to acknowledge and have not, by name, each with whether somebody may; none for
    /// who may not see customers. At most 200.
    pub waiting: Vec<Waiting>,
    /// The names of those who published.
    pub publishers: Vec<(AgentId, String)>,
}

/// A plan with its published versions.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn versions(app: &App, agent: &Agent, id: PlanId) -> Result<Versions> {
    agent.require(Permission::CatalogueView)?;
    let (now, customers) = (app.now(), agent.may(Permission::CustomersView));
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let plan = catalogue::plan(tx, id).await?.ok_or(Error::NotFound("plan"))?;
                let published = statements::of_plan(tx, id).await?;
                let mut acknowledged = Vec::new();
                let (mut authorised, mut waiting) = (Vec::new(), Vec::new());
                if customers {
                    acknowledged = statements::acknowledged(tx, id).await?;
                    authorised = of_plan(tx, id, now).await?;
                    waiting = waiting_in(tx, id, &authorised, now).await?;
                }
                let agents = store::people::agents(tx).await?;
                let publishers = agents.into_iter().map(|agent| (agent.id, agent.name)).collect();
                Ok(Versions { plan, published, acknowledged, authorised, waiting, publishers })
            })
        })
        .await
}

/// How many customers are looked at for who has not acknowledged.
const WAITING: usize = 200;

/// Who has the plan as its own, or somebody who may acknowledge, and is asked to.
async fn waiting_in(
    tx: &mut Tx,
    plan: PlanId,
    authorised: &[Authorised],
    now: Timestamp,
) -> Result<Vec<Waiting>> {
    let mut theirs: Vec<CustomerId> = authorised.iter().map(|contact| contact.customer).collect();
    theirs.dedup();
    for holder in catalogue::holders(tx, now).await? {
        let holds = holder.plan == plan && holder.valid_from <= now;
        if holds && !theirs.contains(&holder.customer) {
            theirs.push(holder.customer);
        }
    }
    let mut waiting = Vec::new();
    for customer in theirs.into_iter().take(WAITING) {
        let asked = standing(tx, customer, plan).await?;
        if !matches!(asked, Standing::Asked { .. }) {
            continue;
        }
        if let Some(row) = store::parties::customer(tx, customer).await? {
            let somebody_may = authorised.iter().any(|contact| contact.customer == customer);
            waiting.push(Waiting { customer, name: row.name, standing: asked, somebody_may });
        }
    }
    waiting.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(waiting)
}

/// Everybody who may acknowledge for a customer that has this plan now.
async fn of_plan(tx: &mut Tx, plan: PlanId, now: Timestamp) -> Result<Vec<Authorised>> {
    let all = statements::authorised(tx, now).await?;
    Ok(all.into_iter().filter(|contact| contact.plan == Some(plan)).collect())
}

/// A published version, and its text in a language.
///
/// # Errors
/// [`Error::Forbidden`], [`Error::NotFound`].
pub async fn one(app: &App, agent: &Agent, id: StatementId, lang: Lang) -> Result<(Published, Document)> {
    agent.require(Permission::CatalogueView)?;
    app.store.read(agent.desk, move |tx| Box::pin(async move { read(tx, id, lang).await })).await
}

async fn read(tx: &mut Tx, id: StatementId, lang: Lang) -> Result<(Published, Document)> {
    let missing = Error::NotFound("statement");
    let published = statements::get(tx, id).await?.ok_or(missing)?;
    let text = statements::text(tx, id, lang).await?.ok_or(Error::NotFound("statement"))?;
    Ok((published, text))
}

/// What a version's text is called as a file.
#[must_use]
pub fn file_name(document: &Document, number: i64) -> String {
    format!("{} {number} {}.pdf", document.title, document.lang)
}

/// A statement on its way to a contact.
pub(crate) struct ToMail {
    pub(crate) published: Published,
    pub(crate) statement: Statement,
    /// Its text in the contact's language.
    pub(crate) document: Document,
    pub(crate) contact: store::parties::Contact,
}

/// Whether a contact is mailed a statement: as the mail is about to be written.
pub(crate) async fn to_mail(tx: &mut Tx, id: StatementId, to: ContactId) -> Result<Option<ToMail>> {
    if statements::was_mailed(tx, id, to).await?.is_some() {
        return Ok(None);
    }
    let Some(published) = statements::get(tx, id).await? else { return Ok(None) };
    let may = statements::customers_of(tx, to).await?.into_iter().any(|(_, may)| may);
    let Some(contact) = store::parties::contact(tx, to).await?.filter(|_| may) else { return Ok(None) };
    let (statement, document) = (content(&published)?, statements::text(tx, id, contact.lang).await?);
    let document = document.ok_or(Error::NotFound("statement"))?;
    Ok(Some(ToMail { published, statement, document, contact }))
}

/// The text of a draft, as it would be published.
#[must_use]
pub fn preview(words: ::text::Words, draft: &Draft) -> Document {
    let number = draft.newest.as_ref().map_or(0, |newest| newest.number) + 1;
    let mut document = text::document(words, &draft.statement, number, &[]);
    document.foot = words.t("statement-preview").into_owned();
    document
}
