//! Who asks: an agent with its rights, or a contact with what it may see. And the keys by which we know ourselves.

use domain::{
    access::{Permission, Reader, Rights, Sight, Tickets, Visibility},
    email_address::EmailAddress,
    id::{AgentId, ContactId, DeskId, IdentityId},
    lang::Lang,
    ticket::{kinds::Kind, timeline::Actor},
};
use hmac::{Hmac, Mac};
use jiff::tz::TimeZone;
use mail::thread;
use sha2::{Digest, Sha256};
use store::{people::Prefs, tickets::Ticket};

use crate::{Error, Result};

/// An agent at this moment: loaded for each request, so that a right that was taken away is gone at once.
#[derive(Clone, Debug)]
pub struct Agent {
    /// Its desk.
    pub desk: DeskId,
    /// Its id.
    pub id: AgentId,
    /// Who signed in.
    pub identity: IdentityId,
    /// The name that customers read.
    pub name: String,
    /// Its address.
    pub email: EmailAddress,
    /// The language of its pages.
    pub lang: Lang,
    /// The zone of the times on its pages.
    pub zone: TimeZone,
    /// What it may do, by this session or token.
    pub rights: Rights,
    /// What it likes.
    pub prefs: Prefs,
}

impl Agent {
    /// Whether it has a permission.
    #[must_use]
    pub fn may(&self, permission: Permission) -> bool {
        self.rights.has(permission)
    }

    /// Passes only with a permission.
    ///
    /// # Errors
    /// [`Error::Forbidden`].
    pub fn require(&self, permission: Permission) -> Result<()> {
        if self.may(permission) { Ok(()) } else { Err(Error::Forbidden) }
    }

    /// Which tickets its lists and searches return.
    #[must_use]
    pub fn tickets(&self) -> Tickets {
        self.rights.tickets()
    }

    /// Itself, as the policy sees it.
    #[must_use]
    pub const fn reader(&self) -> Reader {
        Reader { agent: self.id, rights: self.rights }
    }

    /// What it sees of a ticket's timeline.
    ///
    /// # Errors
    /// [`Error::NotFound`]: a ticket that may not be seen is not there.
    pub fn sees(&self, ticket: &Ticket) -> Result<Visibility> {
        visible(ticket.sight(self.reader()))
    }

    /// What it sees of what another desk handed over and what has no ticket here yet.
    ///
    /// # Errors
    /// As [`sees`](Self::sees).
    pub fn sees_kind(&self, kind: Kind) -> Result<Visibility> {
        visible(self.rights.sight(kind))
    }

    /// Itself, as the timeline names it.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::Agent(self.id)
    }
}

const fn visible(sight: Sight) -> Result<Visibility> {
    match sight {
        Sight::None => Err(Error::NotFound("ticket")),
        Sight::Public => Ok(Visibility::Public),
        Sight::Full => Ok(Visibility::Internal),
    }
}

/// A contact in the portal.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The desk.
    pub desk: DeskId,
    /// Its id.
    pub id: ContactId,
    /// Its name.
    pub name: String,
    /// Its address.
    pub email: EmailAddress,
    /// Its language.
    pub lang: Lang,
    /// The zone of the times on its pages: its customer's, or the desk's.
    pub zone: TimeZone,
}

impl Contact {
    /// Itself, as the timeline names it.
    #[must_use]
    pub const fn actor(&self) -> Actor {
        Actor::Contact(self.id)
    }
}

/// The time zone of a stored name; UTC if the name is not known any more.
#[must_use]
pub fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap_or(TimeZone::UTC)
}

/// The keys of the installation, derived from its one secret.
pub(crate) struct Keys {
    /// Signs Message-IDs and reply addresses.
    pub(crate) thread: thread::Signer,
    /// Seals secrets at rest.
    pub(crate) vault: [u8; 32],
    /// Marks our own mails, so that we know them when they come back.
    pub(crate) loop_mark: String,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keys")
    }
}

impl Keys {
    pub(crate) fn derive(secret: &[u8]) -> Result<Self> {
        if secret.len() < 32 {
            return Err(Error::internal(anyhow::anyhow!(
                "the installation's secret has fewer than 32 bytes"
            )));
        }
        let key = thread::Key::new(&subkey(secret, "thread"), None).map_err(Error::internal)?;
        let mark = subkey(secret, "loop");
        Ok(Self {
            thread: thread::Signer::new(key, Vec::new()),
            vault: subkey(secret, "vault"),
            loop_mark: mark[..8].iter().map(|b| format!("{b:02x}")).collect(),
        })
    }
}

/// A key for one purpose: whoever learns it learns nothing of the others.
fn subkey(secret: &[u8], purpose: &str) -> [u8; 32] {
    match Hmac::<Sha256>::new_from_slice(secret) {
        Ok(mut mac) => {
            mac.update(purpose.as_bytes());
            mac.finalize().into_bytes().into()
        }
        // HMAC takes keys of any length.
        Err(_) => Sha256::digest(purpose.as_bytes()).into(),
    }
}

/// A random token as text, and the hash under which it is stored.
pub(crate) fn token(prefix: &str) -> (String, [u8; 32]) {
    use base64::Engine as _;
    let secret = base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(crate::ids::random::<32>());
    let token = format!("{prefix}{secret}");
    let hash = hash(&token);
    (token, hash)
}

/// The hash under which a token is stored. Tokens have 256 random bits, so no slow hash is needed.
#[must_use]
pub fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}
