//! Who sells and who buys, as their invoices name them.

use serde::{Deserialize, Serialize};

/// A company, or a person, with an address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its legal name.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// The code of the place.
    pub postcode: String,
    /// The place.
    pub city: String,
    /// The country, by its two letters (ISO 3166-1).
    pub country: String,
    /// Its VAT id with the letters of its country; empty if it has none.
    pub vat_id: String,
    /// Where it takes electronic invoices; none if that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Endpoint>,
}

/// An address in the Peppol network.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Endpoint {
    /// The scheme of the id, four digits such as `0088`, or `EM` for an e-mail address.
    pub scheme: String,
    /// The id.
    pub id: String,
}

/// The desk, as it stands on its invoices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seller {
    /// Who it is.
    pub party: Party,
    /// The account to which customers pay; empty if none is named.
    pub iban: String,
    /// Why it sells without VAT, where it is exempt: the words of the law.
    pub exemption: String,
}

/// A customer, as it stands on its invoices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Buyer {
    /// Who it is.
    pub party: Party,
    /// What the customer wants to read on every invoice: an order number, a cost centre.
    pub reference: String,
}

/// The letters and digits of an account's number (ISO 13616); none if its check digits do not fit.
#[must_use]
pub fn iban(text: &str) -> Option<String> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect();
    let is_well = plain.len() >= 15
        && plain.len() <= 34
        && plain.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && plain.bytes().take(2).all(|b| b.is_ascii_uppercase())
        && plain.bytes().skip(2).take(2).all(|b| b.is_ascii_digit());
    if !is_well {
        return None;
    }
    let (head, tail) = plain.split_at(4);
    let rest = tail.chars().chain(head.chars()).try_fold(0_u32, |rest, c| {
        let value = c.to_digit(36)?;
        Some(if value < 10 { (rest * 10 + value) % 97 } else { (rest * 100 + value) % 97 })
    });
    (rest == Some(1)).then_some(plain)
}

/// A VAT id as it is written: the two letters of its country (`EL` for Greece) and 2 to 13 letters or digits. Whether there
/// is such a company, this does not say.
#[must_use]
pub fn vat_id(text: &str) -> Option<String> {
    let drop = |c: &char| !c.is_whitespace() && !matches!(c, '.' | '-');
    let plain: String = text.chars().filter(drop).map(|c| c.to_ascii_uppercase()).collect();
    let is_well = (4..=15).contains(&plain.len())
        && plain.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && plain.bytes().take(2).all(|b| b.is_ascii_uppercase());
    is_well.then_some(plain)
}

/// The two letters of a country.
#[must_use]
pub fn country(text: &str) -> Option<String> {
    let plain = text.trim().to_ascii_uppercase();
    (plain.len() == 2 && plain.bytes().all(|b| b.is_ascii_uppercase())).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_accounts_have_check_digits() {
        for (text, wanted) in [
            ("DE89 3704 0044 0532 0130 00", Some("DE89370400440532013000")),
            ("gb82 west 1234 5698 7654 32", Some("GB82WEST12345698765432")),
            ("SE45 5000 0000 0583 9825 7466", Some("SE4550000000058398257466")),
            ("DE89 3704 0044 0532 0130 01", None),
            ("DE8937040044", None),
            ("89DE370400440532013000", None),
            ("ÄÖ89370400440532013000", None),
            ("", None),
        ] {
            assert_eq!(iban(text).as_deref(), wanted, "{text}");
        }
    }

    #[test]
    fn vat_ids_begin_with_a_country() {
        for (text, wanted) in [
            ("de 123.456.789", Some("DE123456789")),
            ("ATU12345678", Some("ATU12345678")),
            ("EL123456789", Some("EL123456789")),
            ("123456789", None),
            ("DE", None),
            ("DE1234567890123456", None),
        ] {
            assert_eq!(vat_id(text).as_deref(), wanted, "{text}");
        }
        assert_eq!((country(" se "), country("swe"), country("S1")), (Some("SE".into()), None, None));
    }
}
