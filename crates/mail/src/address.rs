//! Addresses as they are written on the wire.

use domain::email_address::EmailAddress;

/// An address as RFC 5321 and RFC 5322 want it: its local part, in quotes where it is no dot-atom, and its domain.
/// Some carriers gave out addresses such as `a..b@` and `.a@`, which are none without the quotes. None if it is no
/// address that we take: those have nothing in them that would need more than quotes, nor anything that could end a
/// command or a header.
pub(crate) fn written(address: &str) -> Option<(String, &str)> {
    let taken = address.parse::<EmailAddress>().is_ok() && address.trim() == address;
    let (local, domain) = address.rsplit_once('@').filter(|_| taken)?;
    let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
    Some((if dots { format!("\"{local}\"") } else { local.to_owned() }, domain))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v14_only_what_needs_quotes_gets_them_and_nothing_ends_them() {
        for (address, local) in [
            ("ada@x.test", "ada"),
            ("a.b+c@x.test", "a.b+c"),
            ("a..b@x.test", "\"a..b\""),
            (".a@x.test", "\".a\""),
            ("a.@x.test", "\"a.\""),
            (".@x.test", "\".\""),
            ("o'neil%x|y@x.test", "o'neil%x|y"),
            ("ödön@x.test", "ödön"),
        ] {
            assert_eq!(written(address), Some((local.to_owned(), "x.test")), "{address}");
        }
        for none in [
            "",
            "a@",
            "a..b",
            "\"a..b\"@x.test",
            "a\\..b@x.test",
            "a..\"> b@x.test",
            " a@x.test",
            "a..b@x\r\nRSET",
        ] {
            assert_eq!(written(none), None, "{none:?}");
        }
    }
}
