//! The installation's own tables: desks, sign-in, and which desk an address belongs to.

use domain::{
    email_address::EmailAddress,
    id::{AgentId, ContactId, DeskId, IdentityId, MailboxId, SessionId},
    party::DeskKind,
};
use jiff::Timestamp;
use uuid::Uuid;

use crate::{Error, Installation, System, Tx, params, record, sql};

record! {
    /// A desk: the tenant.
    pub struct Desk {
        /// Its id.
        pub id: DeskId,
        /// Its name in addresses and commands.
        pub slug: String,
        /// Its name for people.
        pub name: String,
        /// What kind of partner.
        pub kind: DeskKind,
        /// Since when.
        pub created_at: Timestamp,
    }

    /// Somebody who can sign in.
    pub struct Identity {
        /// Its id.
        pub id: IdentityId,
        /// The name to sign in with.
        pub email: EmailAddress,
        /// The password, hashed; none until an invitation is accepted.
        pub password: Option<String>,
    }

    /// A desk in which an identity is an agent.
    pub struct Membership {
        /// The desk.
        pub desk: DeskId,
        /// Its name in addresses.
        pub slug: String,
        /// Its name for people.
        pub name: String,
        /// The agent.
        pub agent: AgentId,
    }

    /// Somebody signed in: an agent or a contact.
    pub struct Session {
        /// Its id, for logs and lists.
        pub id: SessionId,
        /// The identity, of an agent's session.
        pub identity: Option<IdentityId>,
        /// In which desk.
        pub desk: DeskId,
        /// The agent, or
        pub agent: Option<AgentId>,
        /// the contact.
        pub contact: Option<ContactId>,
        /// Since when.
        pub created_at: Timestamp,
        /// When it was last used, to the minute.
        pub seen_at: Timestamp,
        /// Until when at the latest.
        pub expires_at: Timestamp,
    }
}

sql! {
    system ADD_DESK = "INSERT INTO desks (id, slug, name, kind, created_at) VALUES ($1, $2, $3, $4, $5)";
    system DESKS = "SELECT id, slug, name, kind, created_at FROM desks ORDER BY slug";
    system DESK_BY_SLUG = "SELECT id, slug, name, kind, created_at FROM desks WHERE slug = $1";
    system DESK = "SELECT id, slug, name, kind, created_at FROM desks WHERE id = $1";
    system RENAME_DESK = "UPDATE desks SET name = $2 WHERE id = $1";
    system ADD_IDENTITY = "INSERT INTO identities (id, email, password, created_at) VALUES ($1, $2, NULL, $3) \
        ON CONFLICT (email) DO NOTHING";
    system IDENTITY_BY_EMAIL = "SELECT id, email, password FROM identities WHERE email = $1";
    system IDENTITY = "SELECT id, email, password FROM identities WHERE id = $1";
    system SET_PASSWORD = "UPDATE identities SET password = $2 WHERE id = $1";
    system ADD_MEMBERSHIP = "INSERT INTO memberships (identity_id, desk_id, agent_id) VALUES ($1, $2, $3)";
    system MEMBERSHIPS = "SELECT m.desk_id, d.slug, d.name, m.agent_id FROM memberships m \
        JOIN desks d ON d.id = m.desk_id WHERE m.identity_id = $1 ORDER BY d.name, d.id";
    system ADD_SESSION = "INSERT INTO sessions (hash, id, identity_id, desk_id, agent_id, contact_id, created_at, \
        seen_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    system SESSION = "SELECT id, identity_id, desk_id, agent_id, contact_id, created_at, seen_at, expires_at \
        FROM sessions WHERE hash = $1 AND expires_at > $2";
    system SEEN = "UPDATE sessions SET seen_at = $2 WHERE hash = $1";
    system END_SESSION = "DELETE FROM sessions WHERE hash = $1";
    system END_SESSIONS_OF_IDENTITY = "DELETE FROM sessions WHERE identity_id = $1";
    system END_SESSIONS_OF_AGENT = "DELETE FROM sessions WHERE desk_id = $1 AND agent_id = $2";
    system END_SESSIONS_OF_CONTACT = "DELETE FROM sessions WHERE desk_id = $1 AND contact_id = $2";
    system EXPIRE_SESSIONS = "DELETE FROM sessions WHERE expires_at <= $1";
    system ADD_LINK = "INSERT INTO links (hash, purpose, desk_id, subject_id, expires_at) VALUES ($1, $2, $3, $4, $5)";
    system LINK = "SELECT desk_id, subject_id FROM links WHERE hash = $1 AND purpose = $2 AND expires_at > $3";
    system USE_LINK = "DELETE FROM links WHERE hash = $1 AND purpose = $2 AND expires_at > $3 \
        RETURNING desk_id, subject_id";
    system DROP_LINKS = "DELETE FROM links WHERE purpose = $1 AND subject_id = $2";
    system EXPIRE_LINKS = "DELETE FROM links WHERE expires_at <= $1";
    system ADD_ADDRESS = "INSERT INTO mailbox_addresses (address, desk_id, mailbox_id) VALUES ($1, $2, $3)";
    system ADDRESS = "SELECT desk_id, mailbox_id FROM mailbox_addresses WHERE address = $1";
    system DROP_ADDRESS = "DELETE FROM mailbox_addresses WHERE desk_id = $1 AND mailbox_id = $2";
    system MAILBOXES = "SELECT desk_id, mailbox_id FROM mailbox_addresses ORDER BY address";
    system COUNT_ATTEMPT = "INSERT INTO throttle (key, since, count) VALUES ($1, $2, 1) \
        ON CONFLICT (key) DO UPDATE SET \
        count = CASE WHEN throttle.since < $3 THEN 1 ELSE throttle.count + 1 END, \
        since = CASE WHEN throttle.since < $3 THEN excluded.since ELSE throttle.since END RETURNING count";
    system FORGET_ATTEMPTS = "DELETE FROM throttle WHERE key = $1";
    system EXPIRE_ATTEMPTS = "DELETE FROM throttle WHERE since < $1";
}

/// Adds a desk.
///
/// # Errors
/// The slug is taken: [`Error::is_taken`].
pub async fn add_desk(tx: &mut impl Installation, d: &Desk) -> Result<(), Error> {
    tx.system().execute(&ADD_DESK, params![d.id, d.slug, d.name, d.kind, d.created_at]).await.map(drop)
}

/// Every desk.
///
/// # Errors
/// As the database says.
pub async fn desks(tx: &mut System) -> Result<Vec<Desk>, Error> {
    tx.query(&DESKS, &[]).await
}

/// The desk of this slug.
///
/// # Errors
/// As the database says.
pub async fn desk_by_slug(tx: &mut System, slug: &str) -> Result<Option<Desk>, Error> {
    tx.query_opt(&DESK_BY_SLUG, params![slug]).await
}

/// A desk's own row, in its own transaction.
///
/// # Errors
/// As the database says.
pub async fn own_desk(tx: &mut Tx) -> Result<Desk, Error> {
    let id = tx.desk();
    tx.system().query(&DESK, params![id]).await?.pop().ok_or(Error::NotFound("DESK"))
}

/// Gives a desk another name for people.
///
/// # Errors
/// As the database says.
pub async fn rename_desk(tx: &mut Tx, name: &str) -> Result<(), Error> {
    let id = tx.desk();
    tx.system().execute(&RENAME_DESK, params![id, name]).await.map(drop)
}

/// The identity with this address, made if there is none.
///
/// # Errors
/// As the database says.
pub async fn identity_for(
    tx: &mut Tx,
    id: IdentityId,
    email: &EmailAddress,
    now: Timestamp,
) -> Result<Identity, Error> {
    let mut system = tx.system();
    system.execute(&ADD_IDENTITY, params![id, email, now]).await?;
    system.query(&IDENTITY_BY_EMAIL, params![email]).await?.pop().ok_or(Error::NotFound("IDENTITY_BY_EMAIL"))
}

/// The identity with this address.
///
/// # Errors
/// As the database says.
pub async fn identity_by_email(tx: &mut System, email: &EmailAddress) -> Result<Option<Identity>, Error> {
    tx.query_opt(&IDENTITY_BY_EMAIL, params![email]).await
}

/// One identity.
///
/// # Errors
/// As the database says.
pub async fn identity(tx: &mut impl Installation, id: IdentityId) -> Result<Option<Identity>, Error> {
    Ok(tx.system().query(&IDENTITY, params![id]).await?.pop())
}

/// Gives an identity a password, and ends its sessions and open links.
///
/// # Errors
/// As the database says.
pub async fn set_password(tx: &mut impl Installation, id: IdentityId, hash: &str) -> Result<(), Error> {
    tx.system().execute(&SET_PASSWORD, params![id, hash]).await?;
    tx.system().execute(&DROP_LINKS, params![Purpose::Password, id]).await?;
    tx.system().execute(&END_SESSIONS_OF_IDENTITY, params![id]).await.map(drop)
}

/// Makes an identity an agent of the transaction's desk.
///
/// # Errors
/// It is one already: [`Error::is_taken`].
pub async fn add_membership(tx: &mut Tx, identity: IdentityId, agent: AgentId) -> Result<(), Error> {
    let desk = tx.desk();
    tx.system().execute(&ADD_MEMBERSHIP, params![identity, desk, agent]).await.map(drop)
}

/// The desks in which an identity is an agent.
///
/// # Errors
/// As the database says.
pub async fn memberships(tx: &mut impl Installation, identity: IdentityId) -> Result<Vec<Membership>, Error> {
    tx.system().query(&MEMBERSHIPS, params![identity]).await
}

/// Begins a session; `hash` is of its token.
///
/// # Errors
/// As the database says.
pub async fn add_session(tx: &mut impl Installation, hash: &[u8], s: &Session) -> Result<(), Error> {
    let params =
        params![hash, s.id, s.identity, s.desk, s.agent, s.contact, s.created_at, s.seen_at, s.expires_at];
    tx.system().execute(&ADD_SESSION, params).await.map(drop)
}

/// The session of a token, unless it has expired.
///
/// # Errors
/// As the database says.
pub async fn session(
    tx: &mut impl Installation,
    hash: &[u8],
    now: Timestamp,
) -> Result<Option<Session>, Error> {
    Ok(tx.system().query(&SESSION, params![hash, now]).await?.pop())
}

/// Notes that a session is in use.
///
/// # Errors
/// As the database says.
pub async fn seen(tx: &mut System, hash: &[u8], now: Timestamp) -> Result<(), Error> {
    tx.execute(&SEEN, params![hash, now]).await.map(drop)
}

/// Ends a session.
///
/// # Errors
/// As the database says.
pub async fn end_session(tx: &mut impl Installation, hash: &[u8]) -> Result<(), Error> {
    tx.system().execute(&END_SESSION, params![hash]).await.map(drop)
}

/// Ends every session of an agent of the transaction's desk.
///
/// # Errors
/// As the database says.
pub async fn end_sessions_of_agent(tx: &mut Tx, agent: AgentId) -> Result<(), Error> {
    let desk = tx.desk();
    tx.system().execute(&END_SESSIONS_OF_AGENT, params![desk, agent]).await.map(drop)
}

/// Ends every session of a contact of the transaction's desk, and its open links: its address is another one now.
///
/// # Errors
/// As the database says.
pub async fn end_sessions_of_contact(tx: &mut Tx, contact: ContactId) -> Result<(), Error> {
    let desk = tx.desk();
    tx.system().execute(&END_SESSIONS_OF_CONTACT, params![desk, contact]).await?;
    tx.system().execute(&DROP_LINKS, params![Purpose::Portal, contact]).await.map(drop)
}

domain::words! {
    /// What a mailed link is for.
    pub enum Purpose {
        /// A contact signs in at the portal.
        Portal = "portal",
        /// An agent sets a password: an invitation, or a forgotten one.
        Password = "password",
    }
}
crate::stored_words! { Purpose }

/// Adds a single-use link; `hash` is of its token.
///
/// # Errors
/// As the database says.
pub async fn add_link(
    tx: &mut Tx,
    hash: &[u8],
    purpose: Purpose,
    subject: Uuid,
    expires_at: Timestamp,
) -> Result<(), Error> {
    let desk = tx.desk();
    tx.system().execute(&ADD_LINK, params![hash, purpose, desk, subject, expires_at]).await.map(drop)
}

/// What a link is for, without using it up.
///
/// # Errors
/// As the database says.
pub async fn link(
    tx: &mut System,
    hash: &[u8],
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<(DeskId, Uuid)>, Error> {
    tx.query_opt(&LINK, params![hash, purpose, now]).await
}

/// Uses a link up.
///
/// # Errors
/// As the database says.
pub async fn use_link(
    tx: &mut impl Installation,
    hash: &[u8],
    purpose: Purpose,
    now: Timestamp,
) -> Result<Option<(DeskId, Uuid)>, Error> {
    Ok(tx.system().query(&USE_LINK, params![hash, purpose, now]).await?.pop())
}

/// Makes the transaction's desk take mail for an address.
///
/// # Errors
/// Some desk has it: [`Error::is_taken`].
pub async fn add_address(tx: &mut Tx, address: &EmailAddress, mailbox: MailboxId) -> Result<(), Error> {
    let desk = tx.desk();
    tx.system().execute(&ADD_ADDRESS, params![address, desk, mailbox]).await.map(drop)
}

/// Which desk and mailbox take mail for an address.
///
/// # Errors
/// As the database says.
pub async fn address(tx: &mut System, address: &EmailAddress) -> Result<Option<(DeskId, MailboxId)>, Error> {
    tx.query_opt(&ADDRESS, params![address]).await
}

/// Frees the address of a mailbox of the transaction's desk.
///
/// # Errors
/// As the database says.
pub async fn drop_address(tx: &mut Tx, mailbox: MailboxId) -> Result<(), Error> {
    let desk = tx.desk();
    tx.system().execute(&DROP_ADDRESS, params![desk, mailbox]).await.map(drop)
}

/// Every mailbox of every desk.
///
/// # Errors
/// As the database says.
pub async fn mailboxes(tx: &mut System) -> Result<Vec<(DeskId, MailboxId)>, Error> {
    tx.query(&MAILBOXES, &[]).await
}

/// Counts an attempt and says how many there were since the window began; one older than `oldest` begins anew.
///
/// # Errors
/// As the database says.
pub async fn count_attempt(
    tx: &mut System,
    key: &str,
    now: Timestamp,
    oldest: Timestamp,
) -> Result<i64, Error> {
    Ok(tx.query_one::<(i64,)>(&COUNT_ATTEMPT, params![key, now, oldest]).await?.0)
}

/// Forgets the attempts of a key.
///
/// # Errors
/// As the database says.
pub async fn forget_attempts(tx: &mut System, key: &str) -> Result<(), Error> {
    tx.execute(&FORGET_ATTEMPTS, params![key]).await.map(drop)
}

/// Deletes what has expired: sessions and links at `now`, attempts begun before `attempts_before`.
///
/// # Errors
/// As the database says.
pub async fn expire(tx: &mut System, now: Timestamp, attempts_before: Timestamp) -> Result<(), Error> {
    tx.execute(&EXPIRE_SESSIONS, params![now]).await?;
    tx.execute(&EXPIRE_LINKS, params![now]).await?;
    tx.execute(&EXPIRE_ATTEMPTS, params![attempts_before]).await.map(drop)
}
