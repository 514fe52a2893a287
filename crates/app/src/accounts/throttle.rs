//! Attempts are counted before anything is looked up, so that a limit says nothing about who is known.

use std::net::IpAddr;

use jiff::SignedDuration;
use store::installation;

use crate::{App, Error, Result};

/// A limit: so many attempts for each key within a window.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    pub(crate) name: &'static str,
    pub(crate) attempts: i64,
    pub(crate) window: SignedDuration,
}

/// Sign-ins with one name.
pub(crate) const SIGN_IN_NAME: Limit =
    Limit { name: "sign-in", attempts: 10, window: SignedDuration::from_mins(15) };
/// Sign-ins from one client.
pub(crate) const SIGN_IN_CLIENT: Limit =
    Limit { name: "client", attempts: 50, window: SignedDuration::from_mins(15) };
/// Attempts to change a password.
pub(crate) const CHANGE: Limit =
    Limit { name: "change", attempts: 10, window: SignedDuration::from_mins(15) };
/// Mails to somebody who has forgotten a password.
pub(crate) const FORGOTTEN: Limit =
    Limit { name: "forgotten", attempts: 3, window: SignedDuration::from_hours(1) };
/// Mails to those who have forgotten a password, asked for by one client.
pub(crate) const FORGOTTEN_CLIENT: Limit =
    Limit { name: "forgotten-client", attempts: 20, window: SignedDuration::from_hours(1) };
/// Mails with a link to the portal, asked for by one client.
pub(crate) const PORTAL_CLIENT: Limit =
    Limit { name: "portal-client", attempts: 20, window: SignedDuration::from_hours(1) };
/// Mails with a link to the portal.
pub(crate) const PORTAL: Limit = Limit { name: "portal", attempts: 3, window: SignedDuration::from_hours(1) };

/// Envelopes of desks that are not known, from one client.
pub(crate) const STRANGER_DESK: Limit =
    Limit { name: "stranger-desk", attempts: 60, window: SignedDuration::from_mins(15) };

impl Limit {
    pub(crate) fn key(self, of: &impl std::fmt::Display) -> String {
        format!("{}:{of}", self.name)
    }
}

/// Counts an attempt under each of the limits; passes if it is within all of them.
///
/// # Errors
/// [`Error::Throttled`].
pub(crate) async fn pass(app: &App, limits: Vec<(Limit, String)>) -> Result<()> {
    let now = app.now();
    let exceeded = app
        .store
        .system_write::<_, store::Error, _>(move |tx| {
            let limits = limits.clone();
            Box::pin(async move {
                let mut exceeded = None;
                for (limit, of) in &limits {
                    let oldest = now.checked_sub(limit.window).unwrap_or(now);
                    let count = installation::count_attempt(tx, &limit.key(of), now, oldest).await?;
                    if count > limit.attempts {
                        exceeded = Some(limit.window);
                    }
                }
                Ok(exceeded)
            })
        })
        .await?;
    match exceeded {
        // When the window began is not told: its whole length is never too short.
        Some(window) => {
            Err(Error::Throttled { retry_after: u32::try_from(window.as_secs()).unwrap_or(u32::MAX) })
        }
        None => Ok(()),
    }
}

/// Forgets the attempts of somebody who has proved to be the right one.
pub(crate) async fn forget(app: &App, limit: Limit, of: &str) -> Result<()> {
    let key = limit.key(&of);
    app.store
        .system_write::<_, store::Error, _>(move |tx| {
            let key = key.clone();
            Box::pin(async move { installation::forget_attempts(tx, &key).await })
        })
        .await?;
    Ok(())
}

/// What counts as one client: an IPv4 address, or the network of an IPv6 address, of which everybody has 2⁶⁴.
pub(crate) fn client(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_network_is_one_client() {
        for (address, key) in [
            ("192.0.2.1", "192.0.2.1"),
            ("::ffff:192.0.2.1", "192.0.2.1"),
            ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
            ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ] {
            assert_eq!(client(address.parse().unwrap()), key);
        }
    }
}
