//! Who is told of a suspension: the customer in its language when its services stop and when they are back, the desk's
//! people of all that needs them. Each letter is a job of its own, made in the transaction in which it happened.

use domain::{
    access::{Permission, Rights},
    id::{DeskId, SuspensionId},
    suspension::ItemState,
    ticket::timeline::Party,
    words,
};
use jiff::Timestamp;
use store::{
    Tx,
    outgoing::Purpose,
    parties, people, queue,
    queue::Job,
    receivables,
    suspensions::{self as kept, Suspension},
};
use text::{
    Words,
    mail::{self as letters},
};

use crate::{
    App, Error, Ids, Result, desks,
    jobs::{self, Outcome},
    post,
};

words! {
    /// Of what people are told.
    pub enum News {
        /// Another person has to look at a proposal.
        Proposed = "proposed",
        /// The customer cannot work.
        Suspended = "suspended",
        /// It works again, and all is as it was.
        Restored = "restored",
        /// Something has to be done at Microsoft by hand.
        ByHand = "by_hand",
        /// Something is not as it was.
        Differs = "differs",
        /// Microsoft did not do it.
        Failed = "failed",
        /// A rail held.
        Stopped = "stopped",
        /// Nobody approved it in time.
        Expired = "expired",
        /// The brake has tripped.
        Braked = "braked",
    }
}

impl News {
    /// Whether the customer is told too.
    const fn is_for_the_customer(self) -> bool {
        match self {
            News::Suspended | News::Restored => true,
            News::Proposed
            | News::ByHand
            | News::Differs
            | News::Failed
            | News::Stopped
            | News::Expired
            | News::Braked => false,
        }
    }
}

/// Has everybody told who is to know.
pub(super) async fn queue(
    tx: &mut Tx,
    ids: &mut Ids,
    suspension: Option<&Suspension>,
    news: News,
    now: Timestamp,
) -> Result<()> {
    let id = suspension.map(|one| one.id);
    let needed = match news {
        News::Proposed => Permission::SuspensionsApprove,
        _ => Permission::SuspensionsView,
    };
    for agent in people::agents(tx).await? {
        let itself = news == News::Proposed && suspension.is_some_and(|one| one.proposed_by == agent.id);
        if agent.active && !itself && Rights::of(&agent.roles.0).has(needed) {
            queue::enqueue(tx, now, &jobs::suspension(ids, id, news, Some(agent.id), None, now)).await?;
        }
    }
    let customer = suspension.filter(|_| news.is_for_the_customer()).map(|one| one.customer);
    if let Some(customer) = customer {
        for contact in receivables::contacts(tx, customer).await? {
            // Who has left the customer hears nothing of it any more.
            if !receivables::customers_of(tx, contact).await?.contains(&customer) {
                continue;
            }
            queue::enqueue(tx, now, &jobs::suspension(ids, id, news, None, Some(contact), now)).await?;
        }
    }
    Ok(())
}

/// To whom a letter goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum To {
    Agent(domain::id::AgentId),
    Contact(domain::id::ContactId),
}

/// Mails it to one of them, once.
///
/// # Errors
/// As the database says.
pub(crate) async fn mail(
    app: &App,
    desk: DeskId,
    id: Option<SuspensionId>,
    news: News,
    to: To,
    job: &Job,
) -> Result<Outcome> {
    let unit = app.store.read::<_, Error, _>(desk, move |tx| {
        Box::pin(async move {
            let (suspension, items, customer) = match id {
                None => (None, Vec::new(), None),
                Some(id) => {
                    let found = kept::get(tx, id).await?.ok_or(Error::NotFound("suspension"))?;
                    let customer = parties::customer(tx, found.customer).await?;
                    (Some(found), kept::items(tx, id).await?, customer)
                }
            };
            let to = match to {
                To::Agent(id) => people::agent(tx, id)
                    .await?
                    .filter(|agent| agent.active)
                    .map(|agent| (agent.name, agent.email.to_string(), agent.lang)),
                To::Contact(id) => parties::contact(tx, id)
                    .await?
                    .and_then(|contact| Some((contact.name, contact.email?.to_string(), contact.lang))),
            };
            let own = store::installation::own_desk(tx).await?;
            Ok((suspension, items, customer, to, desks::public_name(tx).await?, own.slug))
        })
    });
    let (suspension, items, customer, to_whom, desk_name, slug) = unit.await?;
    let Some((name, email, lang)) = to_whom else { return Ok(Outcome::Done) };
    let wanted = match news {
        News::Suspended => &[ItemState::Suspended][..],
        News::Restored => &[ItemState::Restored, ItemState::Differs][..],
        _ => ItemState::ALL,
    };
    let products: Vec<String> =
        items.into_iter().filter(|item| wanted.contains(&item.state)).map(|item| item.name).collect();
    // What was given back before the letter was written is not told as taken.
    if matches!(to, To::Contact(_)) && products.is_empty() {
        return Ok(Outcome::Done);
    }
    let owed = suspension.as_ref().map(|one| one.owed.0.clone()).unwrap_or_default();
    let base = &app.config.base_url;
    let (link, purpose) = match (to, id) {
        (To::Contact(_), _) => (format!("{base}/help/invoices?desk={slug}"), Purpose::Collection),
        (To::Agent(_), Some(id)) => (format!("{base}/suspensions/{id}"), Purpose::Notification),
        (To::Agent(_), None) => (format!("{base}/suspensions/rules"), Purpose::Notification),
    };
    let about = letters::Suspension {
        news: news.word(),
        customer: customer.as_ref().map_or("", |customer| &customer.name),
        name: &name,
        products: &products,
        owed: &owed,
        desk: &desk_name,
        link: &link,
    };
    let words = Words::new(lang);
    let letter = match (to, news) {
        (To::Contact(_), News::Restored) => letters::restored(words, &about),
        (To::Contact(_), _) => letters::suspended(words, &about),
        (To::Agent(_), _) => letters::suspension_news(words, &about),
    };
    post::once(app, desk, Party { name, email }, purpose, &letter, job).await
}
