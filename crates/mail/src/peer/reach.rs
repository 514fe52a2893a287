//! Which servers may be asked: a desk's administrator must not look around in the operator's own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use tokio::time::timeout;

use super::ConnectError;

/// How far a connection may go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Anywhere: who names the server runs this machine.
    Anywhere,
    /// To the open internet alone: who names the server may be anybody.
    Internet,
}

impl Reach {
    /// Whether a server can be reached so, as far as its name tells. A connection looks again, and goes to the addresses
    /// that it has looked at: by then the name may lead elsewhere.
    pub async fn allows(self, host: &str, port: u16, limit: Duration) -> bool {
        self.addresses(host, port, limit).await.is_ok()
    }

    /// The addresses of a server that may be asked; none if it may not, or is not there.
    pub async fn resolve(self, host: &str, port: u16, limit: Duration) -> Vec<SocketAddr> {
        self.addresses(host, port, limit).await.unwrap_or_default()
    }

    /// The addresses of a server. What is wrong with one that is not public is not told apart: the answer would be a map
    /// of the network.
    pub(super) async fn addresses(
        self,
        host: &str,
        port: u16,
        limit: Duration,
    ) -> Result<Vec<SocketAddr>, ConnectError> {
        let found = timeout(limit, tokio::net::lookup_host((host, port))).await;
        match self {
            Self::Anywhere => Ok(found.map_err(|_| ConnectError::Timeout)??.collect()),
            Self::Internet => {
                let found: Vec<SocketAddr> = found.ok().and_then(Result::ok).into_iter().flatten().collect();
                let fine = !found.is_empty() && found.iter().all(|address| is_public(address.ip()));
                if fine { Ok(found) } else { Err(ConnectError::NotPublic) }
            }
        }
    }
}

/// Whether an address is one of the open internet.
fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// By the IANA registry of special-purpose addresses.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(a == 0
        || address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 192 && b == 88 && c == 99)
        || (a == 198 && b & 0xfe == 18)
        // Multicast, reserved, broadcast.
        || a >= 224)
}

/// Only what is given out as global unicast (2000::/3), without its special parts.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (a, b) {
        // An IPv4 address in other words: mapped, translated (64:ff9b::/96), 6to4.
        (0, 0) if (c, d, e, f) == (0, 0, 0, 0xffff) => v4(g, h),
        (0x64, 0xff9b) if (c, d, e, f) == (0, 0, 0, 0) => v4(g, h),
        (0x2002, _) => v4(b, c),
        // 2001::/23 is for protocols (Teredo among them); 2001:db8::/32 and 3fff::/20 are for documents.
        (0x2001, 0..0x200 | 0xdb8) => false,
        (0x3fff, 0..0x1000) => false,
        _ => a & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v84_private_addresses_are_told_from_public_ones() {
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.168.1.1",
            "198.18.0.1",
            "198.51.100.1",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::7f00:1",
            "::ffff:10.0.0.1",
            "::ffff:127.0.0.1",
            "64:ff9b::10.0.0.1",
            "64:ff9b:1::1",
            "2001::1",
            "2001:db8::1",
            "2002:7f00:1::",
            "2002:c0a8:101::1",
            "3fff::1",
            "fc00::1",
            "fd12:3456::1",
            "fe80::1",
            "ff02::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
        for public in [
            "1.1.1.1",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.169.0.1",
            "223.255.255.255",
            "::ffff:1.1.1.1",
            "64:ff9b::1.1.1.1",
            "2002:101:101::",
            "2001:4860:4860::8888",
            "2606:4700::1111",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
    }

    #[tokio::test]
    async fn v84_one_answer_for_all_that_is_refused() {
        let allows = |host| Reach::Internet.allows(host, 993, Duration::from_secs(5));
        for host in [
            "127.0.0.1",
            "127.1",
            "0x7f000001",
            "2130706433",
            "localhost",
            "::1",
            "10.0.0.1",
            "",
            "no such host",
        ] {
            let refused = Reach::Internet.addresses(host, 993, Duration::from_secs(5)).await;
            assert!(matches!(refused, Err(ConnectError::NotPublic)), "{host}");
            assert!(!allows(host).await, "{host}");
        }
        assert!(allows("1.1.1.1").await);
        assert!(Reach::Anywhere.allows("127.0.0.1", 993, Duration::from_secs(5)).await);
    }
}
