//! Which VAT a line has if nobody says otherwise.

use rust_decimal::Decimal;

use super::{
    invoice::{Vat, VatCategory},
    party::Party,
};

/// The member states of the European Union. Northern Ireland is in it for goods only.
const UNION: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT",
    "LU", "LV", "MT", "NL", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The VAT of a service to a business, where the rule is plain: the seller's rate in its own country, and reverse charge from
/// one member state to a business with a VAT id in another one (Directive 2006/112/EC, articles 44 and 196). Everything else
/// somebody has to say.
#[must_use]
pub fn usual(seller: &Party, rate: Option<Decimal>, buyer: &Party) -> Option<Vat> {
    if seller.country == buyer.country {
        let vat = Vat { category: VatCategory::Standard, rate: rate? };
        return vat.is_sound().then_some(vat);
    }
    let is_in_union = |party: &Party| UNION.contains(&party.country.as_str());
    let reverse = is_in_union(seller) && is_in_union(buyer) && !buyer.vat_id.is_empty();
    reverse.then_some(Vat { category: VatCategory::ReverseCharge, rate: Decimal::ZERO })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_plain_is_known() {
        let party = |country: &str, vat_id: &str| Party {
            country: country.into(),
            vat_id: vat_id.into(),
            ..Party::default()
        };
        let rate = Some(Decimal::from(19));
        let standard = Vat { category: VatCategory::Standard, rate: Decimal::from(19) };
        let reverse = Vat { category: VatCategory::ReverseCharge, rate: Decimal::ZERO };
        let german = party("DE", "DE123456789");
        for (seller, rate, buyer, wanted) in [
            (&german, rate, party("DE", ""), Some(standard)),
            (&german, None, party("DE", ""), None),
            (&german, Some(Decimal::ZERO), party("DE", ""), None),
            (&german, rate, party("SE", "SE556677889901"), Some(reverse)),
            (&german, None, party("GR", "EL123456789"), Some(reverse)),
            (&german, rate, party("SE", ""), None),
            (&german, rate, party("GB", "GB123456789"), None),
            (&party("CH", "CHE123"), rate, party("DE", "DE123456789"), None),
        ] {
            assert_eq!(usual(seller, rate, &buyer), wanted, "{buyer:?}");
        }
    }
}
