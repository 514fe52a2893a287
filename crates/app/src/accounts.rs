//! Signing in: agents with a password, contacts with a mailed link; the sessions of both, and passwords.
//!
//! A session's token is random and only its hash is stored. A session of an agent ends after 12 hours without use and
//! after 14 days at the latest, one of a contact after 14 days. Who is an agent, and with which rights, is read anew
//! for each request.

mod links;
mod password;
mod portal;
mod session;
pub(crate) mod throttle;

/// How long it takes at least to answer whoever asks for a link: longer than finding somebody and writing to them.
const ALIKE: std::time::Duration = std::time::Duration::from_millis(200);

pub(crate) use links::{Occasion, PasswordMail};
pub use links::{PasswordLink, forgot_password, password_link, set_password};
pub use password::{MAX_PASSWORD, MIN_PASSWORD, change_password};
pub(crate) use password::{checked, hashed};
pub use portal::{contact_of_session, portal_link, portal_link_for, portal_sign_in};
pub(crate) use session::agent_from;
pub use session::{Asks, SignedIn, agent_of_session, memberships, sign_in, sign_out, switch_desk};

/// Whether a text can be a token of ours: spares the database what cannot, and lets nothing odd near a comparison.
pub(crate) fn plausible(token: &str, prefix: &str) -> bool {
    // 32 bytes in base64.
    token.strip_prefix(prefix).is_some_and(|secret| {
        secret.len() == 43 && secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v68_odd_tokens_are_refused() {
        let (token, _) = crate::who::token("pds_");
        assert!(plausible(&token, "pds_"));
        for odd in [
            String::new(),
            " ".into(),
            "\0".into(),
            "null".into(),
            "pds_".into(),
            token.replace("pds_", "pdk_"),
            token.to_uppercase(),
            token[..token.len() - 1].into(),
            format!("{token}a"),
            format!("{token} "),
            format!("{}\u{e9}", &token[..token.len() - 2]),
        ] {
            assert!(!plausible(&odd, "pds_"), "{odd:?}");
        }
    }
}
