//! The keys of desks: what signs, and what proves who signed.

use std::{fmt, sync::Arc};

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use domain::{
    handover::message::{Hash, Key, SIGNED_AS, Seal, Signed},
    id::DeskId,
};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest as _, Sha256};
use store::{Tx, peers::OwnKey};

use crate::{
    App, Error, Result, ids,
    vault::{self, Place},
};

/// What stands before the text of an envelope where it is signed.
pub(super) const ENVELOPE: &str = "partnerdesk-chain-1 envelope\n";
/// What stands before the text of an answer where it is signed.
pub(super) const ANSWER: &str = "partnerdesk-chain-1 answer\n";
/// What stands before the text of a question for a file where it is signed.
pub(super) const FILE: &str = "partnerdesk-chain-1 file\n";
/// What stands before the text of a question for what is published where it is signed.
pub(super) const PLAN: &str = "partnerdesk-chain-1 plan\n";
/// What stands before the text of a pairing where it is signed.
pub(super) const PAIRING: &str = "partnerdesk-chain-1 pairing\n";
/// What stands before the text with which an old key names a new one.
pub(super) const NEW_KEY: &str = "partnerdesk-chain-1 key\n";

/// Real hashes and signatures.
#[derive(Clone, Copy, Debug)]
pub(super) struct Real;

impl Seal for Real {
    fn hash(&self, bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }

    fn proves(&self, key: &Key, text: &str, signature: &str) -> bool {
        proves(SIGNED_AS, key, text, signature)
    }
}

impl Real {
    /// The SHA-256 of a text, as it is written.
    pub(super) fn hash_text(self, text: &str) -> String {
        self.hash(text.as_bytes()).to_string()
    }
}

/// For messages that were proven when they came and are read from our own database.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept;

impl Seal for Kept {
    fn hash(&self, bytes: &[u8]) -> Hash {
        Real.hash(bytes)
    }

    fn proves(&self, _: &Key, _: &str, _: &str) -> bool {
        true
    }
}

/// Whether the holder of a key signed a text for this purpose.
pub(super) fn proves(purpose: &str, key: &Key, text: &str, signature: &str) -> bool {
    let key = || -> Option<VerifyingKey> {
        let bytes: [u8; 32] = URL_SAFE_NO_PAD.decode(key.as_str()).ok()?.try_into().ok()?;
        VerifyingKey::from_bytes(&bytes).ok()
    };
    let signature = || -> Option<Signature> {
        let bytes: [u8; 64] = STANDARD.decode(signature).ok()?.try_into().ok()?;
        Some(Signature::from_bytes(&bytes))
    };
    let (Some(key), Some(signature)) = (key(), signature()) else { return false };
    key.verify_strict(format!("{purpose}{text}").as_bytes(), &signature).is_ok()
}

/// A key that signs.
#[derive(Clone)]
pub(crate) struct Signer {
    /// Its public part.
    pub(super) key: Key,
    secret: SigningKey,
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("key", &self.key).finish_non_exhaustive()
    }
}

impl Signer {
    fn of(secret: [u8; 32]) -> Result<Self> {
        let secret = SigningKey::from_bytes(&secret);
        let key = URL_SAFE_NO_PAD.encode(secret.verifying_key().as_bytes());
        Ok(Self { key: key.parse().map_err(Error::internal)?, secret })
    }

    /// Signs a text for a purpose.
    pub(super) fn sign(&self, purpose: &str, text: String) -> Signed {
        let signature = self.secret.sign(format!("{purpose}{text}").as_bytes());
        Signed { signature: STANDARD.encode(signature.to_bytes()), text }
    }
}

/// Every key of a desk, the one in use first.
#[derive(Clone, Debug)]
pub(crate) struct Ring(Arc<Vec<Signer>>);

impl Ring {
    /// Reads the keys of a desk. One that has none gets one.
    pub(crate) async fn load(app: &App, desk: DeskId) -> Result<Self> {
        let kept: Vec<OwnKey> =
            app.store.read::<_, store::Error, _>(desk, |tx| Box::pin(store::peers::keys(tx))).await?;
        let kept = if kept.iter().any(|key| key.active) { kept } else { renew(app, desk).await? };
        let mut signers = Vec::with_capacity(kept.len());
        for row in &kept {
            let secret = vault::open(&app.keys.vault, place(desk, row), &row.sealed)?;
            let bytes = STANDARD.decode(secret.reveal()).ok().and_then(|bytes| bytes.try_into().ok());
            let damaged = || Error::internal(anyhow::anyhow!("a key of a desk is damaged"));
            let signer = Signer::of(bytes.ok_or_else(damaged)?)?;
            if row.active { signers.insert(0, signer) } else { signers.push(signer) }
        }
        Ok(Self(Arc::new(signers)))
    }

    /// The key that is used for what begins now.
    pub(super) fn active(&self) -> Result<&Signer> {
        self.0.first().ok_or_else(|| Error::internal(anyhow::anyhow!("a desk has no key")))
    }

    /// The key of a chain that began under it.
    pub(super) fn of(&self, key: &Key) -> Result<&Signer> {
        let found = self.0.iter().find(|signer| signer.key == *key);
        found.ok_or_else(|| Error::internal(anyhow::anyhow!("a key of a desk is gone")))
    }

    /// Whether a key is one of them.
    pub(super) fn has(&self, key: &Key) -> bool {
        self.0.iter().any(|signer| signer.key == *key)
    }
}

fn place(desk: DeskId, row: &OwnKey) -> Place {
    Place { desk, owner: row.id.into_bytes(), what: "desk-key" }
}

/// A new key, sealed.
pub(super) fn fresh(app: &App, desk: DeskId) -> Result<OwnKey> {
    let now = app.now();
    let secret: [u8; 32] = ids::random();
    let mut row = OwnKey {
        key: Signer::of(secret)?.key.to_string(),
        id: app.ids(now).uuid(),
        sealed: String::new(),
        active: true,
        created_at: now,
    };
    row.sealed = vault::seal(&app.keys.vault, place(desk, &row), &STANDARD.encode(secret))?;
    Ok(row)
}

/// Gives a desk its first key; all that it has then.
async fn renew(app: &App, desk: DeskId) -> Result<Vec<OwnKey>> {
    let row = Arc::new(fresh(app, desk)?);
    app.store
        .write(desk, move |tx: &mut Tx| {
            let row = row.clone();
            Box::pin(async move {
                if store::peers::active_key(tx).await?.is_none() {
                    store::peers::add_key(tx, &row).await?;
                }
                Ok::<_, Error>(store::peers::keys(tx).await?)
            })
        })
        .await
}

/// The first characters of a key's hash, for two people to compare on the telephone.
#[must_use]
pub fn fingerprint(key: &str) -> String {
    let hash = Real.hash(key.as_bytes()).to_string();
    let groups: Vec<&str> = (0..4).filter_map(|n| hash.get(n * 4..n * 4 + 4)).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_holds_for_one_key_one_text_and_one_purpose() {
        let (one, other) = (Signer::of([1; 32]).unwrap(), Signer::of([2; 32]).unwrap());
        let signed = one.sign(SIGNED_AS, "text".into());
        assert!(proves(SIGNED_AS, &one.key, "text", &signed.signature));
        assert!(!proves(SIGNED_AS, &other.key, "text", &signed.signature));
        assert!(!proves(SIGNED_AS, &one.key, "Text", &signed.signature));
        assert!(!proves(ENVELOPE, &one.key, "text", &signed.signature));
        for odd in ["", "=", "AAAA", &signed.signature[1..]] {
            assert!(!proves(SIGNED_AS, &one.key, "text", odd), "{odd:?}");
        }
        assert!(!format!("{one:?}").contains("secret"));
    }

    #[test]
    fn keys_are_those_of_the_standard() {
        // RFC 8032 §7.1, test 1.
        let secret = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60";
        let bytes: [u8; 32] = secret.parse::<Hash>().unwrap().0;
        let public =
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a".parse::<Hash>().unwrap();
        assert_eq!(Signer::of(bytes).unwrap().key.as_str(), URL_SAFE_NO_PAD.encode(public.0));
    }
}
