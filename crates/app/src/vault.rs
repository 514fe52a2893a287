//! Secrets at rest: sealed, so that a copy of the database is worth nothing without the installation's key.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};
use domain::id::DeskId;
use mail::peer::Secret;

use crate::{Error, Result, ids};

/// The size of a nonce: large enough to be random.
const NONCE: usize = 24;

/// Where a sealed secret belongs: it opens nowhere else, so that a row copied over another one says nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The desk whose it is.
    pub(crate) desk: DeskId,
    /// The id of the row that holds it: `id.uuid().into_bytes()`.
    pub(crate) owner: [u8; 16],
    /// Which of the row's secrets it is, such as `access-id`. Never changed once something is sealed.
    pub(crate) what: &'static str,
}

impl Place {
    /// What is signed beside the secret. Two fields of fixed size come first, so no two places read alike.
    fn bytes(self) -> Vec<u8> {
        [self.desk.uuid().as_bytes(), &self.owner[..], self.what.as_bytes()].concat()
    }
}

/// Seals a secret with the installation's key, `app.keys.vault`.
pub(crate) fn seal(key: &[u8; 32], place: Place, secret: &str) -> Result<String> {
    let nonce = ids::random::<NONCE>();
    let payload = Payload { msg: secret.as_bytes(), aad: &place.bytes() };
    let sealed = XChaCha20Poly1305::new(key.into())
        .encrypt(XNonce::from_slice(&nonce), payload)
        .map_err(|_| Error::internal(anyhow::anyhow!("a secret cannot be sealed")))?;
    Ok(STANDARD.encode([&nonce[..], &sealed].concat()))
}

/// Opens what [`seal`] has sealed.
///
/// # Errors
/// It was sealed with another key or for another place, or is damaged.
pub(crate) fn open(key: &[u8; 32], place: Place, sealed: &str) -> Result<Secret> {
    let damaged =
        || Error::internal(anyhow::anyhow!("a stored secret cannot be opened with this installation's key"));
    let bytes = STANDARD.decode(sealed).map_err(|_| damaged())?;
    let (nonce, sealed) = bytes.split_at_checked(NONCE).ok_or_else(damaged)?;
    let payload = Payload { msg: sealed, aad: &place.bytes() };
    let secret = XChaCha20Poly1305::new(key.into())
        .decrypt(XNonce::from_slice(nonce), payload)
        .map_err(|_| damaged())?;
    Ok(Secret::new(String::from_utf8(secret).map_err(|_| damaged())?))
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn place(desk: u8, owner: u8, what: &'static str) -> Place {
        Place { desk: DeskId::new(Timestamp::UNIX_EPOCH, [desk; 10]), owner: [owner; 16], what }
    }

    #[test]
    fn a_secret_opens_only_where_it_belongs() {
        let key = [7; 32];
        let sealed = seal(&key, place(1, 1, "a"), "hunter två").unwrap();
        assert_eq!(open(&key, place(1, 1, "a"), &sealed).unwrap(), Secret::new("hunter två"));
        for elsewhere in [place(2, 1, "a"), place(1, 2, "a"), place(1, 1, "b"), place(1, 1, "")] {
            assert!(open(&key, elsewhere, &sealed).is_err(), "{elsewhere:?}");
        }
        assert!(open(&[8; 32], place(1, 1, "a"), &sealed).is_err());
        let mut bytes = STANDARD.decode(&sealed).unwrap();
        for at in 0..bytes.len() {
            bytes[at] ^= 1;
            assert!(open(&key, place(1, 1, "a"), &STANDARD.encode(&bytes)).is_err(), "{at}");
            bytes[at] ^= 1;
        }
        for odd in ["", "=", "AAAA", &sealed[1..]] {
            assert!(open(&key, place(1, 1, "a"), odd).is_err(), "{odd:?}");
        }
    }

    #[test]
    fn the_same_secret_is_never_sealed_alike() {
        let sealed = || seal(&[7; 32], place(1, 1, ""), "secret").unwrap();
        let (one, other) = (sealed(), sealed());
        assert_ne!(one, other);
        assert!(!one.contains("secret"));
    }
}
