//! Cookies of sessions, and where somebody may be sent after signing in.

use app::App;
use axum::http::{HeaderMap, HeaderValue, header};

/// Whose session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Door {
    /// An agent's.
    Desk,
    /// A contact's in the portal.
    Portal,
}

impl Door {
    /// The cookie's name. With `__Host-` browsers keep it to this host, over TLS only, and nobody of a neighbouring
    /// host can plant one; a desk at plain HTTP, as in the demo, goes without.
    const fn cookie(self, tls: bool) -> &'static str {
        match (self, tls) {
            (Door::Desk, true) => "__Host-pd",
            (Door::Desk, false) => "pd",
            (Door::Portal, true) => "__Host-pd-help",
            (Door::Portal, false) => "pd-help",
        }
    }

    /// Where somebody without a session is sent.
    pub(crate) const fn sign_in(self) -> &'static str {
        match self {
            Door::Desk => "/sign-in",
            Door::Portal => "/help/sign-in",
        }
    }
}

/// Whether people reach the installation over TLS.
pub(crate) fn tls(app: &App) -> bool {
    app.config.base_url.starts_with("https://")
}

/// The token of a session, if the request has one.
pub(crate) fn token<'h>(app: &App, headers: &'h HeaderMap, door: Door) -> Option<&'h str> {
    cookie(headers, door.cookie(tls(app)))
}

/// The cookie that begins a session. It has no age: it ends with the browser, or when the session does.
pub(crate) fn begin(app: &App, door: Door, token: &str) -> HeaderValue {
    set(app, door.cookie(tls(app)), token, None)
}

/// The cookie that ends a session.
pub(crate) fn end(app: &App, door: Door) -> HeaderValue {
    set(app, door.cookie(tls(app)), "", Some(0))
}

/// A cookie's value.
pub(crate) fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let all = headers.get_all(header::COOKIE).into_iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|value| value.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(known, _)| *known == name).map(|(_, value)| value)
}

/// A cookie for this host that no script reads and no other site sends along.
fn set(app: &App, name: &str, value: &str, max_age: Option<u32>) -> HeaderValue {
    let age = max_age.map(|age| format!("; Max-Age={age}")).unwrap_or_default();
    let secure = if tls(app) { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{age}{secure}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// A cookie that is worth nothing to anybody: a choice, a message.
pub(crate) fn plain(name: &str, value: &str, max_age: u32) -> HeaderValue {
    let text = format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={max_age}");
    HeaderValue::try_from(text).unwrap_or(HeaderValue::from_static(""))
}

/// A path of ours to go on to, or `home`: no other site, no other scheme, and nothing that a browser reads as one.
pub(crate) fn next<'n>(wanted: &'n str, home: &'n str) -> &'n str {
    let ours = wanted.starts_with('/')
        && !wanted.starts_with("//")
        && wanted.len() <= 1000
        && wanted.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if ours { wanted } else { home }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v77_nobody_is_sent_elsewhere() {
        for ours in ["/", "/tickets/10432?from=queue/mine", "/search?q=%2F%2Fa", "/a//b"] {
            assert_eq!(next(ours, "/home"), ours);
        }
        for odd in [
            "",
            "//evil.example",
            "///evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "https:evil.example",
            "https://evil.example/",
            "javascript:alert(1)",
            "/a\r\nSet-Cookie: a=b",
            "/\t/evil.example",
            "evil",
            " /a",
            "/ä",
            "/\u{0}",
        ] {
            assert_eq!(next(odd, "/home"), "/home", "{odd:?}");
        }
    }

    #[test]
    fn one_cookie_among_many() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; pdx=2;pd=3"));
        headers.append(header::COOKIE, HeaderValue::from_static("pd-help=4"));
        assert_eq!(cookie(&headers, "pd"), Some("3"));
        assert_eq!(cookie(&headers, "pd-help"), Some("4"));
        assert_eq!(cookie(&headers, "p"), None);
    }
}
