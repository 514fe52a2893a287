//! How a hand-over reaches a supplier: one trait, whatever the way.

use domain::{handover::package::Package, id::EntryId, party::supplier::Way, ticket::timeline::Party};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use store::{Tx, suppliers::Supplier};

use crate::{
    App, Error, Ids, Result,
    post::{self, Outbound},
};

/// When a supplier that was offered something has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// When it says so itself: it speaks the protocol.
    Answering,
    /// At once: sending is handing over.
    AtOnce,
    /// When somebody has filed it there and says so.
    Filed,
}

/// What travels to a supplier.
#[derive(Clone, Debug)]
pub(crate) enum Said<'a> {
    /// The package of an offer.
    Package(&'a Package),
    /// A word.
    Text(&'a str),
    /// The question how far it is.
    Chase,
}

/// What was made ready outside of the transaction in which it is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Load {
    mail: Option<Outbound>,
}

impl Load {
    /// Keeps it.
    pub(super) async fn put(&self, tx: &mut Tx, now: Timestamp) -> Result<()> {
        match &self.mail {
            Some(mail) => mail.put(tx, now).await.map(drop),
            None => Ok(()),
        }
    }
}

/// To whom, about what.
#[derive(Debug)]
pub(crate) struct Trip<'a> {
    pub(crate) app: &'a App,
    pub(crate) thread: &'a post::Thread,
    pub(crate) supplier: &'a Supplier,
    /// The entry of the timeline that it is.
    pub(crate) entry: EntryId,
    pub(crate) now: Timestamp,
}

/// A way to a supplier.
pub(crate) trait Connector: std::fmt::Debug + Send + Sync {
    /// When a supplier has what it was offered this way.
    fn takes(&self) -> Takes;

    /// Makes ready what carries a word there. A desk that speaks the protocol needs nothing: its messages are part of
    /// the record, and are carried from there.
    fn load<'a>(
        &'a self,
        trip: &'a Trip<'a>,
        said: Said<'a>,
        ids: &'a mut Ids,
    ) -> BoxFuture<'a, Result<Load>>;
}

/// The way to suppliers of this kind.
///
/// # Errors
/// [`Error::Refused`] `no-way` where the program has none.
pub(crate) fn connector(way: Way) -> Result<&'static dyn Connector> {
    match way {
        Way::Desk => Ok(&Desk),
        Way::Mail => Ok(&Mail),
        Way::Portal => Ok(&Portal),
        Way::AzureSupport => Err(Error::Refused("no-way")),
    }
}

/// Another desk, by the protocol.
#[derive(Clone, Copy, Debug)]
struct Desk;

/// A mailbox.
#[derive(Clone, Copy, Debug)]
struct Mail;

/// A person files it at the supplier's portal.
#[derive(Clone, Copy, Debug)]
struct Portal;

impl Connector for Desk {
    fn takes(&self) -> Takes {
        Takes::Answering
    }

    fn load<'a>(&'a self, _: &'a Trip<'a>, _: Said<'a>, _: &'a mut Ids) -> BoxFuture<'a, Result<Load>> {
        Box::pin(async { Ok(Load::default()) })
    }
}

impl Connector for Portal {
    fn takes(&self) -> Takes {
        Takes::Filed
    }

    fn load<'a>(&'a self, _: &'a Trip<'a>, _: Said<'a>, _: &'a mut Ids) -> BoxFuture<'a, Result<Load>> {
        Box::pin(async { Ok(Load::default()) })
    }
}

impl Connector for Mail {
    fn takes(&self) -> Takes {
        Takes::AtOnce
    }

    fn load<'a>(
        &'a self,
        trip: &'a Trip<'a>,
        said: Said<'a>,
        ids: &'a mut Ids,
    ) -> BoxFuture<'a, Result<Load>> {
        Box::pin(async move {
            let words = text::Words::new(trip.supplier.lang);
            let body = match said {
                Said::Package(package) => text::handover::package(words, package),
                Said::Text(text) => text.to_owned(),
                Said::Chase => text::handover::chase(words),
            };
            let to = Party { name: trip.supplier.name.clone(), email: trip.supplier.address.clone() };
            if to.email.parse::<domain::email_address::EmailAddress>().is_err() {
                return Err(Error::Refused("no-address"));
            }
            let mail =
                post::partner(trip.app, trip.thread, ids, to, words, &body, trip.entry, trip.now).await?;
            Ok(Load { mail: Some(mail) })
        })
    }
}
