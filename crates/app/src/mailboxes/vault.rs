//! Secrets at rest: sealed, so that a copy of the database is worth nothing without the installation's key.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use domain::id::{DeskId, MailboxId};
use mail::peer::Secret;

use crate::{Error, Result, ids};

/// The size of a nonce: large enough to be random.
const NONCE: usize = 24;

/// Whose a sealed secret is: it opens nowhere else.
fn owner(desk: DeskId, mailbox: MailboxId) -> [u8; 32] {
    let mut owner = [0; 32];
    owner[..16].copy_from_slice(desk.uuid().as_bytes());
    owner[16..].copy_from_slice(mailbox.uuid().as_bytes());
    owner
}

/// Seals a secret of a mailbox.
pub(super) fn seal(key: &[u8; 32], desk: DeskId, mailbox: MailboxId, secret: &str) -> Result<String> {
    let nonce = ids::random::<NONCE>();
    let payload = Payload { msg: secret.as_bytes(), aad: &owner(desk, mailbox) };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| Error::internal(anyhow::anyhow!("a secret cannot be sealed")))?;
    Ok(STANDARD.encode([&nonce[..], &sealed].concat()))
}

/// Opens what [`seal`] has sealed.
pub(super) fn open(key: &[u8; 32], desk: DeskId, mailbox: MailboxId, sealed: &str) -> Result<Secret> {
    let damaged = || {
        Error::internal(anyhow::anyhow!(
            "the secret of a mailbox cannot be opened with this installation's key"
        ))
    };
    let bytes = STANDARD.decode(sealed).map_err(|_| damaged())?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
    let payload = Payload { msg: sealed, aad: &owner(desk, mailbox) };
    let secret = XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), payload)
        .map_err(|_| damaged())?;
    Ok(Secret::new(String::from_utf8(secret).map_err(|_| damaged())?))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_secret_opens_only_where_it_belongs() {
        let desk = |n| DeskId::new(Timestamp::UNIX_EPOCH, [n; 10]);
        let mailbox = |n| MailboxId::new(Timestamp::UNIX_EPOCH, [n; 10]);
        let key = [7; 32];
        let sealed = seal(&key, desk(1), mailbox(1), "hunter två").unwrap();
        assert_eq!(open(&key, desk(1), mailbox(1), &sealed).unwrap(), Secret::new("hunter två"));
        assert!(open(&key, desk(2), mailbox(1), &sealed).is_err());
        assert!(open(&key, desk(1), mailbox(2), &sealed).is_err());
        assert!(open(&[8; 32], desk(1), mailbox(1), &sealed).is_err());
        let mut bytes = STANDARD.decode(&sealed).unwrap();
        for place in 0..bytes.len() {
            bytes[place] ^= 1;
            assert!(open(&key, desk(1), mailbox(1), &STANDARD.encode(&bytes)).is_err(), "{place}");
            bytes[place] ^= 1;
        }
        for odd in ["", "=", "AAAA", &sealed[1..]] {
            assert!(open(&key, desk(1), mailbox(1), odd).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn the_same_secret_is_never_sealed_alike() {
        let (desk, mailbox) =
            (DeskId::new(Timestamp::UNIX_EPOCH, [1; 10]), MailboxId::new(Timestamp::UNIX_EPOCH, [1; 10]));
        let sealed = || seal(&[7; 32], desk, mailbox, "secret").unwrap();
        let (one, other) = (sealed(), sealed());
        assert_ne!(one, other);
        assert!(!one.contains("secret"));
    }
}
