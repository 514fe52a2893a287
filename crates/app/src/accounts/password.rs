//! Passwords: argon2id, never more than a few at a time.

use argon2::{
    Argon2,
    password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString},
};
use domain::{deed::Deed, email_address::EmailAddress};
use serde_json::json;
use store::{Tx, installation, records};
use tokio::sync::Semaphore;

use super::{session, throttle};
use crate::{Agent, App, Error, Ids, Result, audit, who};

/// The shortest password, in characters.
pub const MIN_PASSWORD: usize = 12;
/// The longest password, in bytes.
pub const MAX_PASSWORD: usize = 256;

/// Each hash takes 19 MiB: without a limit, a flood of sign-ins takes all memory. The others wait.
static HASHING: Semaphore = Semaphore::const_new(4);

/// Checks a new password.
///
/// # Errors
/// `too-short`, `too-long`, or `is-the-address`.
pub(crate) fn checked(field: &'static str, password: &str, email: &EmailAddress) -> Result<()> {
    if password.len() > MAX_PASSWORD {
        return Err(Error::invalid(field, "too-long"));
    }
    if password.chars().count() < MIN_PASSWORD {
        return Err(Error::invalid(field, "too-short"));
    }
    if password.trim().to_lowercase() == email.as_str() {
        return Err(Error::invalid(field, "is-the-address"));
    }
    Ok(())
}

/// Hashes a password for storage, in PHC form.
pub(crate) async fn hashed(password: &str) -> Result<String> {
    let password = password.to_owned();
    aside(move || {
        let salt = SaltString::encode_b64(&crate::ids::random::<16>()).map_err(hash_error)?;
        let hash = Argon2::default().hash_password(password.as_bytes(), &salt).map_err(hash_error)?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether it is the password of this hash. Without a hash the same work is done, and the answer is no: how long it
/// takes does not say who is known.
pub(super) async fn matches(password: &str, hash: Option<String>) -> Result<bool> {
    let Some(hash) = hash else {
        hashed(password).await?;
        return Ok(false);
    };
    let password = password.to_owned();
    aside(move || {
        let hash = PasswordHash::new(&hash).map_err(hash_error)?;
        Ok(Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    })
    .await
}

/// Runs what computes for long beside the tasks that wait for the network.
async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    let _permit = HASHING.acquire().await.map_err(Error::internal)?;
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

fn hash_error(error: argon2::password_hash::Error) -> Error {
    Error::internal(anyhow::anyhow!("a password cannot be hashed: {error}"))
}

/// Gives an agent another password. Ends all its sessions, in every desk, and answers the token of a new one.
///
/// # Errors
/// `old: wrong`; those of the policy, for `new`; [`Error::Throttled`].
pub async fn change_password(app: &App, agent: &Agent, old: &str, new: &str) -> Result<String> {
    checked("new", new, &agent.email)?;
    throttle::pass(app, vec![(throttle::CHANGE, agent.identity.to_string())]).await?;
    let id = agent.identity;
    let identity = app
        .store
        .system_read::<_, store::Error, _>(move |tx| Box::pin(installation::identity(tx, id)))
        .await?
        .ok_or(Error::NotFound("identity"))?;
    if !matches(old, identity.password.clone()).await? {
        return Err(Error::invalid("old", "wrong"));
    }
    let now = app.now();
    let (token, session_hash) = who::token(session::PREFIX);
    let change = Change {
        agent: agent.clone(),
        seen: identity.password,
        hash: hashed(new).await?,
        session_hash,
        ids: app.ids(now),
        now,
    };
    app.store
        .write(agent.desk, move |tx| {
            let change = change.clone();
            Box::pin(async move { change.run(tx).await })
        })
        .await?;
    Ok(token)
}

#[derive(Clone)]
struct Change {
    agent: Agent,
    /// What the old password was compared with.
    seen: Option<String>,
    hash: String,
    session_hash: [u8; 32],
    ids: Ids,
    now: jiff::Timestamp,
}

impl Change {
    async fn run(&self, tx: &mut Tx) -> Result<()> {
        let mut ids = self.ids.clone();
        let current = installation::identity(tx, self.agent.identity).await?;
        if current.is_none_or(|current| current.password != self.seen) {
            return Err(Error::Stale);
        }
        installation::set_password(tx, self.agent.identity, &self.hash).await?;
        let Agent { desk, identity, id, .. } = self.agent;
        let session = session::of_agent(&mut ids, self.now, desk, identity, id);
        installation::add_session(tx, &self.session_hash, &session).await?;
        let act = audit::act(
            &mut ids,
            self.now,
            self.agent.actor(),
            Deed::PasswordChange,
            &self.agent.id,
            json!({}),
        );
        Ok(records::audit(tx, &act).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy() {
        let email: EmailAddress = "somebody@example.com".parse().unwrap();
        let code = |password: &str| checked("new", password, &email).err().map(|e| e.code());
        assert_eq!(code("elevenchars"), Some("too-short"));
        assert_eq!(code("twelve chars"), None);
        assert_eq!(code(&"å".repeat(12)), None);
        assert_eq!(code(&"å".repeat(128)), None);
        assert_eq!(code(&"å".repeat(129)), Some("too-long"));
        assert_eq!(code(" Somebody@Example.COM"), Some("is-the-address"));
    }

    #[tokio::test]
    async fn v73_who_is_not_known_costs_a_hash_too() {
        let hash = hashed("correct horse battery").await.unwrap();
        for known in [Some(hash), None] {
            let places = HASHING.acquire_many(4).await.unwrap();
            let mut answer = std::pin::pin!(matches("correct horse", known));
            let mut context = std::task::Context::from_waker(std::task::Waker::noop());
            assert!(answer.as_mut().poll(&mut context).is_pending(), "without a place there is no answer");
            drop(places);
            assert!(!answer.await.unwrap());
        }
    }

    #[tokio::test]
    async fn only_the_right_password_matches() {
        let hash = hashed("correct horse battery").await.unwrap();
        assert!(hash.starts_with("$argon2id$"), "{hash}");
        assert!(matches("correct horse battery", Some(hash.clone())).await.unwrap());
        assert!(!matches("correct horse batterY", Some(hash.clone())).await.unwrap());
        assert!(!matches("", Some(hash)).await.unwrap());
        assert!(!matches("correct horse battery", None).await.unwrap());
    }
}
