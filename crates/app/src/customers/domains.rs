//! Which domains can be a customer's.

use std::collections::BTreeSet;

use domain::email_address::EmailAddress;

use crate::{Error, Result};

/// The most domains of a customer.
const DOMAINS: usize = 100;

/// Where everybody can have an address: such a domain is no customer's, or strangers would become its contacts.
const PUBLIC: &[&str] = &[
    "126.com",
    "163.com",
    "aliyun.com",
    "aol.com",
    "citromail.hu",
    "fastmail.com",
    "freemail.hu",
    "freenet.de",
    "gmail.com",
    "gmx.at",
    "gmx.ch",
    "gmx.com",
    "gmx.de",
    "gmx.net",
    "googlemail.com",
    "hotmail.co.uk",
    "hotmail.com",
    "hotmail.de",
    "hotmail.hu",
    "hotmail.se",
    "icloud.com",
    "indamail.hu",
    "live.com",
    "live.se",
    "mac.com",
    "mail.com",
    "mail.de",
    "mail.ru",
    "me.com",
    "msn.com",
    "online.de",
    "outlook.com",
    "outlook.de",
    "pm.me",
    "posteo.de",
    "proton.me",
    "protonmail.com",
    "qq.com",
    "sina.com",
    "sohu.com",
    "spray.se",
    "t-online.de",
    "telia.com",
    "web.de",
    "yahoo.co.uk",
    "yahoo.com",
    "yahoo.de",
    "yahoo.se",
    "yandex.com",
    "yandex.ru",
    "yeah.net",
    "zoho.com",
];

/// Domains in lower case, each once.
///
/// # Errors
/// For `domains`: `not-a-domain`, `public`, or `too-long`.
pub(super) fn checked_domains(texts: &[String]) -> Result<Vec<String>> {
    if texts.len() > DOMAINS {
        return Err(Error::invalid("domains", "too-long"));
    }
    let domains = texts.iter().map(|text| checked_domain(text)).collect::<Result<BTreeSet<_>>>()?;
    Ok(domains.into_iter().collect())
}

fn checked_domain(text: &str) -> Result<String> {
    let text = text.trim();
    let text = text.strip_prefix('@').unwrap_or(text);
    // What can stand in an address, in the form in which addresses are compared.
    let address: EmailAddress =
        format!("x@{text}").parse().map_err(|_| Error::invalid("domains", "not-a-domain"))?;
    let domain = address.domain();
    if !domain.contains('.') {
        return Err(Error::invalid("domains", "not-a-domain"));
    }
    if PUBLIC.binary_search(&domain).is_ok() {
        return Err(Error::invalid("domains", "public"));
    }
    Ok(domain.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn checked(texts: &[&str]) -> Result<Vec<String>, &'static str> {
        let texts: Vec<String> = texts.iter().map(|&text| text.to_owned()).collect();
        checked_domains(&texts).map_err(|error| error.code())
    }

    #[test]
    fn have_one_form() {
        let domains = checked(&[" @North.Example. ", "north.example", "båt.example"]);
        assert_eq!(domains.unwrap(), ["båt.example", "north.example"]);
        assert_eq!(checked(&[]).unwrap(), Vec::<String>::new());
    }

    #[test]
    fn what_is_no_domain_is_refused() {
        for bad in ["", "com", "a@b.example", "a b.example", "-a.example", "a..example", "https://a.example/"]
        {
            assert_eq!(checked(&[bad]), Err("not-a-domain"), "{bad}");
        }
        assert_eq!(checked(&["a.example"; DOMAINS + 1]), Err("too-long"));
    }

    #[test]
    fn public_providers_are_nobodys() {
        assert!(PUBLIC.is_sorted(), "or the search misses some");
        for public in PUBLIC {
            assert_eq!(checked(&[&public.to_uppercase()]), Err("public"), "{public}");
        }
        assert!(checked(&["notgmail.com", "gmail.com.example"]).is_ok());
    }
}
