//! How a hand-over reaches a supplier: one trait, whatever the way.

use domain::{
    handover::package::Package,
    id::{EntryId, HandoverId},
    party::supplier::{SupplierKind, Way},
    ticket::{kinds::Severity, timeline::Party},
};
use futures_util::future::BoxFuture;
use jiff::Timestamp;
use store::{Tx, followed::Word, suppliers::Supplier};

use super::follow;
use crate::{
    App, Error, Ids, Result,
    microsoft::RequestId,
    post::{self, Outbound},
    tickets::Upload,
};

/// The longest word that Microsoft takes, in characters.
const WORD: usize = 10_000;

/// When a supplier that was offered something has it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Takes {
    /// When it says so itself: it speaks the protocol.
    Answering,
    /// At once: sending is handing over.
    AtOnce,
    /// When somebody has filed it there and says so.
    Filed,
    /// When the program has filed it there.
    Filing,
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
    /// That it got worse or better.
    Severity(Severity),
}

impl Said<'_> {
    /// As it is written in a language.
    fn text(&self, words: text::Words) -> String {
        match self {
            Said::Package(package) => text::handover::package(words, package),
            Said::Text(text) => (*text).to_owned(),
            Said::Chase => text::handover::chase(words),
            Said::Severity(severity) => text::handover::severity(words, *severity),
        }
    }
}

/// What was made ready outside of the transaction in which it is kept.
#[derive(Clone, Debug, Default)]
pub(crate) struct Load {
    mail: Option<Outbound>,
    words: Vec<Word>,
}

impl Load {
    /// Keeps it, for a leg.
    pub(super) async fn put(&self, tx: &mut Tx, leg: HandoverId, now: Timestamp) -> Result<()> {
        if let Some(mail) = &self.mail {
            mail.put(tx, now).await?;
        }
        follow::say(tx, leg, &self.words).await
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
    /// What goes with it.
    pub(crate) files: &'a [Upload],
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
pub(crate) fn connector(way: Way) -> &'static dyn Connector {
    match way {
        Way::Desk => &Desk,
        Way::Mail => &Mail,
        Way::Portal => &Portal,
        Way::AzureSupport => &Azure,
    }
}

/// Another desk, by the protocol.
#[derive(Clone, Copy, Debug)]
struct Desk;

/// A mailbox.
#[derive(Clone, Copy, Debug)]
struct Mail;

/// A person files it at the supplier's portal. At Microsoft's it is followed from then on: filing there by program ended
/// in 2020.
#[derive(Clone, Copy, Debug)]
struct Portal;

/// Azure's support API files it, and it is followed.
#[derive(Clone, Copy, Debug)]
struct Azure;

/// A word that waits until it is said at Microsoft.
fn word(trip: &Trip<'_>, said: &Said<'_>) -> Result<Load> {
    if let Said::Package(_) = said {
        return Ok(Load::default());
    }
    let text = said.text(text::Words::new(trip.supplier.lang));
    if text.chars().count() > WORD {
        return Err(Error::invalid("text", "too-long"));
    }
    let severity = match said {
        Said::Severity(severity) => Some(*severity),
        Said::Package(_) | Said::Text(_) | Said::Chase => None,
    };
    let word = Word {
        id: trip.entry.uuid(),
        text,
        severity,
        attempt: RequestId::new().0,
        tries: 0,
        created_at: trip.now,
    };
    Ok(Load { words: vec![word], ..Load::default() })
}

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

    fn load<'a>(&'a self, trip: &'a Trip<'a>, said: Said<'a>, _: &'a mut Ids) -> BoxFuture<'a, Result<Load>> {
        Box::pin(async move {
            match trip.supplier.kind {
                SupplierKind::Microsoft => word(trip, &said),
                SupplierKind::Provider | SupplierKind::Outsourcer | SupplierKind::Publisher => {
                    Ok(Load::default())
                }
            }
        })
    }
}

impl Connector for Azure {
    fn takes(&self) -> Takes {
        Takes::Filing
    }

    fn load<'a>(&'a self, trip: &'a Trip<'a>, said: Said<'a>, _: &'a mut Ids) -> BoxFuture<'a, Result<Load>> {
        Box::pin(async move { word(trip, &said) })
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
            let body = said.text(words);
            let to = Party { name: trip.supplier.name.clone(), email: trip.supplier.address.clone() };
            if to.email.parse::<domain::email_address::EmailAddress>().is_err() {
                return Err(Error::Refused("no-address"));
            }
            let mail = post::partner(
                trip.app,
                trip.thread,
                ids,
                to,
                words,
                (&body, trip.files),
                trip.entry,
                trip.now,
            )
            .await?;
            Ok(Load { mail: Some(mail), ..Load::default() })
        })
    }
}
