//! Money: whole minor units of one currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A currency by its ISO 4217 code: three capital letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Currency([u8; 3]);

/// A text that is not the code of a currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a currency")]
pub struct NotACurrency;

/// Two amounts of different currencies, or more than can be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("these amounts cannot be added")]
pub struct CannotAdd;

/// Currencies whose minor unit is not a hundredth (ISO 4217), with the digits after the point.
const DIGITS: &[(&str, u32)] = &[
    ("BHD", 3),
    ("CLP", 0),
    ("ISK", 0),
    ("JOD", 3),
    ("JPY", 0),
    ("KRW", 0),
    ("KWD", 3),
    ("OMR", 3),
    ("TND", 3),
    ("VND", 0),
];

impl Currency {
    /// The euro: with it a desk begins that has said nothing.
    pub const EURO: Currency = Currency(*b"EUR");

    /// Its code.
    #[must_use]
    pub fn code(&self) -> &str {
        // Only capital letters of ASCII come in.
        std::str::from_utf8(&self.0).unwrap_or_default()
    }

    /// How many digits its minor unit has after the point.
    #[must_use]
    pub fn digits(self) -> u32 {
        DIGITS.iter().find(|(code, _)| *code == self.code()).map_or(2, |(_, digits)| *digits)
    }
}

impl FromStr for Currency {
    type Err = NotACurrency;
    fn from_str(code: &str) -> Result<Self, NotACurrency> {
        let bytes: [u8; 3] = code.as_bytes().try_into().map_err(|_| NotACurrency)?;
        if bytes.iter().all(u8::is_ascii_uppercase) { Ok(Self(bytes)) } else { Err(NotACurrency) }
    }
}

impl TryFrom<String> for Currency {
    type Error = NotACurrency;
    fn try_from(code: String) -> Result<Self, NotACurrency> {
        code.parse()
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

/// An amount: `1250` of `EUR` is 12.50 euros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Money {
    /// In minor units of the currency.
    pub minor: i64,
    /// The currency.
    pub currency: Currency,
}

impl Money {
    /// The sum of two amounts.
    ///
    /// # Errors
    /// They are of different currencies, or their sum cannot be counted.
    pub fn plus(self, other: Money) -> Result<Money, CannotAdd> {
        if self.currency != other.currency {
            return Err(CannotAdd);
        }
        let minor = self.minor.checked_add(other.minor).ok_or(CannotAdd)?;
        Ok(Money { minor, currency: self.currency })
    }

    /// The amount that is written with a point, such as `12.5` or `-3.00`: no more digits than the currency has.
    #[must_use]
    pub fn parse(amount: &str, currency: Currency) -> Option<Money> {
        let (negative, digits) = match amount.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, amount),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let places = usize::try_from(currency.digits()).ok()?;
        let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || !is_number(whole) || !is_number(fraction) || fraction.len() > places {
            return None;
        }
        let minor: i64 = format!("{whole}{fraction:0<places$}").parse().ok()?;
        Some(Money { minor: if negative { -minor } else { minor }, currency })
    }
}

impl fmt::Display for Money {
    /// For programs and forms: `12.50 EUR`. How people read it is the business of `text`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let digits = self.currency.digits();
        let unit = 10_u64.pow(digits);
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, rest) = (self.minor.unsigned_abs() / unit, self.minor.unsigned_abs() % unit);
        match usize::try_from(digits) {
            Ok(width) if width > 0 => write!(f, "{sign}{whole}.{rest:0width$} {}", self.currency),
            _ => write!(f, "{sign}{whole} {}", self.currency),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(code: &str) -> Currency {
        code.parse().unwrap()
    }

    #[test]
    fn amounts_are_read_and_written_alike() {
        for (text, code, minor) in [
            ("12.50", "EUR", 1250),
            ("-0.07", "SEK", -7),
            ("0.00", "HUF", 0),
            ("990", "JPY", 990),
            ("1.250", "KWD", 1250),
        ] {
            let money = Money::parse(text, currency(code)).unwrap();
            assert_eq!(money.minor, minor, "{text}");
            assert_eq!(money.to_string(), format!("{text} {code}"));
        }
        assert_eq!(Money::parse("12.5", currency("EUR")).unwrap().minor, 1250);
        for bad in ["", "-", ".5", "1.234", "1,5", "1e3", "+1", " 1", "99999999999999999999"] {
            assert_eq!(Money::parse(bad, currency("EUR")), None, "{bad}");
        }
        assert_eq!(Money::parse("1.5", currency("JPY")), None);
    }

    #[test]
    fn currencies_do_not_mix() {
        let eur = Money { minor: 1, currency: currency("EUR") };
        assert_eq!(eur.plus(Money { minor: 2, ..eur }), Ok(Money { minor: 3, ..eur }));
        assert_eq!(eur.plus(Money { currency: currency("SEK"), ..eur }), Err(CannotAdd));
        assert_eq!(eur.plus(Money { minor: i64::MAX, ..eur }), Err(CannotAdd));
        for bad in ["eur", "EURO", "E1R", "€", ""] {
            assert!(bad.parse::<Currency>().is_err(), "{bad}");
        }
    }
}
