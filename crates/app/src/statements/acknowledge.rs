//! What a contact reads and acknowledges in the portal.

use domain::{
    deed::Deed,
    document::Document,
    id::{CustomerId, StatementId},
    lang::Lang,
    offering::statement::Statement,
};
use serde_json::json;
use store::{
    Tx, catalogue, records,
    statements::{self, Acknowledgement, Published},
};

use super::{content, hex, standing};
use crate::{App, Contact, Error, Result, audit, catalogue::Standing};

/// The statement of one of a contact's customers.
#[derive(Clone, Debug)]
pub struct OfContact {
    /// The customer.
    pub customer: CustomerId,
    /// Its name.
    pub name: String,
    /// The newest version for its plan.
    pub published: Published,
    /// Its text in the contact's language.
    pub document: Document,
    /// Whether the contact may acknowledge it.
    pub may: bool,
    /// How the customer stands to it.
    pub standing: Standing,
    /// The version that the customer acknowledged before, with the newest one, if they differ in what matters.
    pub before: Option<(i64, Statement, Statement)>,
}

/// The statements of a contact's customers, by customer; of those for whom something is published.
///
/// # Errors
/// As the database says.
pub async fn of_contact(app: &App, contact: &Contact) -> Result<Vec<OfContact>> {
    let now = app.now();
    let (id, lang) = (contact.id, contact.lang);
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let may = statements::customers_of(tx, id).await?;
                let mut found = Vec::new();
                for customer in store::parties::affiliations(tx, id).await? {
                    let Some(plan) = catalogue::plan_at(tx, Some(customer.customer), now).await? else {
                        continue;
                    };
                    let Some(published) = statements::of_plan(tx, plan.id).await?.into_iter().next() else {
                        continue;
                    };
                    let document = statements::text(tx, published.id, lang).await?;
                    let standing = standing(tx, customer.customer, plan.id).await?;
                    found.push(OfContact {
                        customer: customer.customer,
                        name: customer.name,
                        before: before(tx, &standing, customer.customer, &published).await?,
                        document: document.ok_or(Error::NotFound("statement"))?,
                        may: may.contains(&(customer.customer, true)),
                        standing,
                        published,
                    });
                }
                Ok(found)
            })
        })
        .await
}

/// What the customer acknowledged before, where it is asked again.
async fn before(
    tx: &mut Tx,
    standing: &Standing,
    customer: CustomerId,
    newest: &Published,
) -> Result<Option<(i64, Statement, Statement)>> {
    let Standing::Asked { before: Some(number), .. } = standing else { return Ok(None) };
    let Some(last) = statements::last_of(tx, customer, newest.plan).await? else { return Ok(None) };
    let Some(known) = statements::get(tx, last.statement).await? else { return Ok(None) };
    Ok(Some((*number, content(&known)?, content(newest)?)))
}

/// A version of the statement of one of a contact's customers, in a language. One that its customers do not have is
/// not there.
///
/// # Errors
/// [`Error::NotFound`].
pub async fn document_of(
    app: &App,
    contact: &Contact,
    id: StatementId,
    lang: Lang,
) -> Result<(Published, Document)> {
    let (now, contact_id) = (app.now(), contact.id);
    app.store
        .read(contact.desk, move |tx| {
            Box::pin(async move {
                let read = super::read(tx, id, lang).await?;
                for (customer, _) in statements::customers_of(tx, contact_id).await? {
                    let plan = catalogue::plan_at(tx, Some(customer), now).await?;
                    if plan.is_some_and(|plan| plan.id == read.0.plan) {
                        return Ok(read);
                    }
                }
                Err(Error::NotFound("statement"))
            })
        })
        .await
}

/// Acknowledges the newest version for every customer of the contact that has its plan and for which the contact may.
/// `hash` is what was shown; a second time it does nothing.
///
/// # Errors
/// [`Error::NotFound`] for a version of a plan that none of the contact's customers has; [`Error::Forbidden`] for a
/// contact who may for none of them; [`Error::Stale`] for another hash, or a version that is not the newest any more.
pub async fn acknowledge(app: &App, contact: &Contact, id: StatementId, hash: &str) -> Result<()> {
    let now = app.now();
    let (who, lang, hash) = (contact.clone(), contact.lang, hash.to_owned());
    let ids = app.ids(now);
    app.store
        .write(contact.desk, move |tx| {
            let (who, hash, mut ids) = (who.clone(), hash.clone(), ids.clone());
            Box::pin(async move {
                let published = statements::get(tx, id).await?.ok_or(Error::NotFound("statement"))?;
                let mut theirs = Vec::new();
                for (customer, may) in statements::customers_of(tx, who.id).await? {
                    let plan = catalogue::plan_at(tx, Some(customer), now).await?;
                    if plan.is_some_and(|plan| plan.id == published.plan) {
                        theirs.push((customer, may));
                    }
                }
                if theirs.is_empty() {
                    return Err(Error::NotFound("statement"));
                }
                theirs.retain(|(_, may)| *may);
                if theirs.is_empty() {
                    return Err(Error::Forbidden);
                }
                let newest = statements::of_plan(tx, published.plan).await?.into_iter().next();
                if newest.is_none_or(|newest| newest.id != id) || hex(&published.hash) != hash {
                    return Err(Error::Stale);
                }
                for (customer, _) in theirs {
                    let row = Acknowledgement {
                        customer,
                        statement: id,
                        contact: who.id,
                        lang,
                        hash: published.hash.clone(),
                        at: now,
                    };
                    if statements::acknowledge(tx, &row).await? {
                        let number = published.number;
                        let what =
                            json!({ "customer": customer, "number": number, "hash": hash, "lang": lang });
                        let deed = Deed::StatementAcknowledge;
                        let act = audit::act(&mut ids, now, who.actor(), deed, &id, what);
                        records::audit(tx, &act).await?;
                    }
                }
                Ok(())
            })
        })
        .await
}
