//! An invoice, or a credit note: its lines, its VAT, its totals, its number, and what keeps it from being issued.
//!
//! The arithmetic is that of EN 16931: a line's net amount is rounded once, half away from zero, to the currency's minor unit;
//! VAT is rounded once for each category and rate, on the sum of its lines.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

use super::party::{Buyer, Seller};
use crate::money::{Currency, Money};
use crate::words;

words! {
    /// Which of the two it is. A credit note has amounts of its own, never negative ones of an invoice.
    pub enum Kind {
        /// The customer owes it.
        Invoice = "invoice",
        /// The desk owes it: it refers to the invoice that it corrects.
        CreditNote = "credit_note",
    }
}

words! {
    /// Where it stands.
    pub enum State {
        /// It may still change, and has no number.
        Draft = "draft",
        /// It never changes again.
        Issued = "issued",
    }
}

words! {
    /// Why VAT is as it is.
    pub enum VatCategory {
        /// The country's rate.
        Standard = "standard",
        /// A lower rate of it.
        Reduced = "reduced",
        /// The customer accounts for it.
        ReverseCharge = "reverse_charge",
        /// Exempt, with a reason.
        Exempt = "exempt",
        /// Taxed at nothing.
        Zero = "zero",
    }
}

impl VatCategory {
    /// Its code in EN 16931 (UNCL5305).
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            VatCategory::Standard | VatCategory::Reduced => "S",
            VatCategory::ReverseCharge => "AE",
            VatCategory::Exempt => "E",
            VatCategory::Zero => "Z",
        }
    }

    /// Whether it has a rate above nothing.
    #[must_use]
    pub const fn is_taxed(self) -> bool {
        match self {
            VatCategory::Standard | VatCategory::Reduced => true,
            VatCategory::ReverseCharge | VatCategory::Exempt | VatCategory::Zero => false,
        }
    }
}

/// The VAT of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vat {
    /// Why it is as it is.
    pub category: VatCategory,
    /// In percent.
    pub rate: Decimal,
}

impl Vat {
    /// Whether the rate is one that the category may have: above 0 up to 100 where it is taxed, else 0.
    #[must_use]
    pub fn is_sound(self) -> bool {
        if self.category.is_taxed() {
            self.rate > Decimal::ZERO && self.rate <= Decimal::ONE_HUNDRED && self.rate.scale() <= 4
        } else {
            self.rate.is_zero()
        }
    }
}

/// What a line stands for. The same thing is charged once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Origin {
    /// A line of a supplier's invoice, by its id.
    SupplierLine(String),
    /// Charged work of the desk's, by its id.
    Charge(String),
}

impl Origin {
    /// One text for each, by which it is known again.
    #[must_use]
    pub fn key(&self) -> String {
        match self {
            Origin::SupplierLine(id) => format!("supplier_line:{id}"),
            Origin::Charge(id) => format!("charge:{id}"),
        }
    }
}

/// A line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// What it is.
    pub description: String,
    /// How much of it; below nothing takes something back within the same invoice.
    pub quantity: Decimal,
    /// The price of one, without VAT, in whole units of the currency; never below nothing.
    pub unit_price: Decimal,
    /// Its VAT.
    pub vat: Vat,
    /// What it stands for, if that is known here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
}

/// The most that a line or a total may come to, in minor units: what lies above is a mistake, and sums of it cannot be
/// counted.
pub const MOST: i64 = 1_000_000_000_000_000;

/// An amount that cannot be counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("more than can be counted")]
pub struct TooMuch;

/// An amount in whole units of a currency, rounded half away from zero to its minor unit.
///
/// # Errors
/// It is more than [`MOST`].
pub fn rounded(amount: Decimal, currency: Currency) -> Result<i64, TooMuch> {
    let minor = amount.checked_mul(Decimal::from(10_u64.pow(currency.digits()))).ok_or(TooMuch)?;
    let minor = minor.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero);
    i64::try_from(minor).ok().filter(|minor| minor.abs() <= MOST).ok_or(TooMuch)
}

/// An amount in minor units as a decimal number of whole units.
#[must_use]
pub fn decimal(money: Money) -> Decimal {
    Decimal::from_i128_with_scale(i128::from(money.minor), money.currency.digits())
}

impl Line {
    /// Its net amount.
    ///
    /// # Errors
    /// It is more than can be counted.
    pub fn net(&self, currency: Currency) -> Result<i64, TooMuch> {
        rounded(self.quantity.checked_mul(self.unit_price).ok_or(TooMuch)?, currency)
    }
}

/// The sum of the lines of one category and rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct VatSum {
    /// The category and rate.
    pub vat: Vat,
    /// The net amounts together, in minor units.
    pub base: i64,
    /// The VAT on it, in minor units.
    pub tax: i64,
}

/// The totals.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Totals {
    /// By category and rate.
    pub by_vat: Vec<VatSum>,
    /// Without VAT.
    pub net: Money,
    /// The VAT.
    pub tax: Money,
    /// With it: what is to be paid.
    pub gross: Money,
}

/// The totals of some lines.
///
/// # Errors
/// They are more than can be counted.
pub fn totals(lines: &[Line], currency: Currency) -> Result<Totals, TooMuch> {
    let mut bases: BTreeMap<Vat, i64> = BTreeMap::new();
    for line in lines {
        // 19 and 19.00 percent are one rate.
        let vat = Vat { rate: line.vat.rate.normalize(), ..line.vat };
        let base = bases.entry(vat).or_default();
        *base = base.checked_add(line.net(currency)?).ok_or(TooMuch)?;
    }
    let mut by_vat = Vec::with_capacity(bases.len());
    for (vat, base) in bases {
        let exact = decimal(Money { minor: base, currency })
            .checked_mul(vat.rate)
            .and_then(|amount| amount.checked_div(Decimal::ONE_HUNDRED));
        by_vat.push(VatSum { vat, base, tax: rounded(exact.ok_or(TooMuch)?, currency)? });
    }
    let sum = |part: fn(&VatSum) -> i64| {
        let total = by_vat.iter().try_fold(0_i64, |total, one| total.checked_add(part(one)));
        total.filter(|minor| minor.abs() <= MOST).map(|minor| Money { minor, currency }).ok_or(TooMuch)
    };
    let (net, tax) = (sum(|one| one.base)?, sum(|one| one.tax)?);
    let gross = net.plus(tax).map_err(|_| TooMuch)?;
    Ok(Totals { by_vat, net, tax, gross })
}

words! {
    /// Why a draft is not issued.
    pub enum Fault {
        /// It has no line.
        NoLines = "no-lines",
        /// The desk has not said who it is: name, address, VAT id.
        NoSeller = "no-seller",
        /// Nobody said who the customer is: name and address.
        NoBuyer = "no-buyer",
        /// Reverse charge needs the customer's VAT id.
        NoBuyerVat = "no-buyer-vat",
        /// Without VAT by exemption, and the desk has not said by which.
        NoExemption = "no-exemption",
        /// A rate that its category cannot have.
        BadVat = "bad-vat",
        /// A price below nothing.
        BadPrice = "bad-price",
        /// In all it is below nothing: that is a credit note.
        Negative = "negative-total",
        /// More than can be counted.
        TooMuch = "too-much",
    }
}

/// What keeps a draft from being issued; nothing is the leave to do so.
#[must_use]
pub fn faults(
    lines: &[Line],
    currency: Currency,
    seller: Option<&Seller>,
    buyer: Option<&Buyer>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let has = |category| lines.iter().any(|line: &Line| line.vat.category == category);
    if lines.is_empty() {
        faults.push(Fault::NoLines);
    }
    match seller {
        None => faults.push(Fault::NoSeller),
        Some(seller) => {
            if has(VatCategory::Exempt) && seller.exemption.is_empty() {
                faults.push(Fault::NoExemption);
            }
        }
    }
    match buyer {
        None => faults.push(Fault::NoBuyer),
        Some(buyer) => {
            if has(VatCategory::ReverseCharge) && buyer.party.vat_id.is_empty() {
                faults.push(Fault::NoBuyerVat);
            }
        }
    }
    if lines.iter().any(|line| !line.vat.is_sound()) {
        faults.push(Fault::BadVat);
    }
    if lines.iter().any(|line| line.unit_price.is_sign_negative() && !line.unit_price.is_zero()) {
        faults.push(Fault::BadPrice);
    }
    match totals(lines, currency) {
        Err(TooMuch) => faults.push(Fault::TooMuch),
        // Each rate for itself: a tax authority is owed by rate.
        Ok(totals) => {
            if totals.by_vat.iter().any(|one| one.base < 0) || totals.gross.minor < 0 {
                faults.push(Fault::Negative);
            }
        }
    }
    faults
}

/// The series of a pattern in a year: `INV-{year}-` is `INV-2026-`, which begins at 1 each year.
#[must_use]
pub fn series(pattern: &str, issued_on: Date) -> String {
    pattern.replace("{year}", &format!("{:04}", issued_on.year()))
}

/// What the document is called: its series and its number, of at least five digits.
#[must_use]
pub fn label(series: &str, number: i64) -> String {
    format!("{series}{number:05}")
}

/// When it is due: so many days after it was issued, by the calendar.
#[must_use]
pub fn due(issued_on: Date, days: u16) -> Date {
    issued_on.checked_add(jiff::Span::new().days(i64::from(days))).unwrap_or(Date::MAX)
}
