//! E-mail addresses as the desk compares them.

use serde::{Deserialize, Serialize};

/// An address `local@domain` in its one canonical form: both sides lower-case, the domain without a trailing
/// dot. The local part is folded too: no mail system that our customers use tells `Ada@` from `ada@`, and a
/// person must not become two.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct EmailAddress(String);

/// A text that is no usable address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct NotAnAddress;

impl EmailAddress {
    /// The longest address that SMTP can carry (RFC 5321 §4.5.3.1).
    pub const MAX_LEN: usize = 254;

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What stands after the `@`.
    #[must_use]
    pub fn domain(&self) -> &str {
        self.0.rsplit_once('@').map_or("", |(_, domain)| domain)
    }

    /// What stands before the `@`.
    #[must_use]
    pub fn local(&self) -> &str {
        self.0.rsplit_once('@').map_or(&self.0, |(local, _)| local)
    }
}

impl std::str::FromStr for EmailAddress {
    type Err = NotAnAddress;

    /// # Errors
    /// Anything that could not be an unquoted address: white space, control characters, brackets, list
    /// separators, an empty side, a second `@`, a leading `-` (an option to a mail program), an empty label.
    fn from_str(text: &str) -> Result<Self, NotAnAddress> {
        let text = text.trim();
        let (local, domain) = text.rsplit_once('@').ok_or(NotAnAddress)?;
        let domain = domain.strip_suffix('.').unwrap_or(domain);
        let forbidden = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '@' | '<' | '>' | '(' | ')' | '[' | ']' | ',' | ';' | ':' | '"' | '\\')
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
        };
        let label_ok = |l: &str| !l.is_empty() && l.len() <= 63 && !l.starts_with('-') && !l.ends_with('-');
        if text.len() > Self::MAX_LEN
            || local.is_empty()
            || local.len() > 64
            || local.starts_with('-')
            || local.chars().any(forbidden)
            || domain.chars().any(forbidden)
            || !domain.split('.').all(label_ok)
        {
            return Err(NotAnAddress);
        }
        Ok(Self(format!("{}@{}", local.to_lowercase(), domain.to_lowercase())))
    }
}

impl TryFrom<String> for EmailAddress {
    type Error = NotAnAddress;
    fn try_from(text: String) -> Result<Self, NotAnAddress> {
        text.parse()
    }
}

impl From<EmailAddress> for String {
    fn from(address: EmailAddress) -> String {
        address.0
    }
}

impl std::fmt::Display for EmailAddress {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_one_canonical_form() {
        for (text, canonical) in
            [(" Ada@Example.COM ", "ada@example.com"), ("a@b.", "a@b"), ("Ödön@példa.hu", "ödön@példa.hu")]
        {
            assert_eq!(text.parse::<EmailAddress>().unwrap().as_str(), canonical);
        }
    }

    #[test]
    fn v14_refuses_what_could_split_a_header_or_an_option() {
        for bad in [
            "",
            "@",
            "a@",
            "@b",
            "a b@c",
            "a@b\r\nBcc: x@y",
            "a@b,c@d",
            "<a@b>",
            "-f@b",
            "a@-b",
            "a@b..c",
            "a\u{2028}@b",
            "a@b@c",
            "a\0@b",
            "\"a\"@b",
            "a@[127.0.0.1]",
            "a@exa\u{ad}mple.com",
        ] {
            assert_eq!(bad.parse::<EmailAddress>(), Err(NotAnAddress), "{bad:?}");
        }
    }
}
