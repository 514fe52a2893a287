//! A line of a supplier's bill.

use jiff::civil::Date;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::{money::Currency, words};

words! {
    /// For what a line charges or gives back. What Microsoft calls it stands in [`Line::wording`].
    pub enum Charge {
        /// A subscription was activated.
        ActivationFee = "activation_fee",
        /// A subscription was cancelled.
        CancelFee = "cancel_fee",
        /// Some licences were given back within the period.
        CancelProrate = "cancel_prorate",
        /// The period's price.
        CycleFee = "cycle_fee",
        /// Some licences within the period.
        CycleProrate = "cycle_prorate",
        /// The unused part, when a subscription was cancelled.
        ProrateCancel = "prorate_cancel",
        /// The unused part, when a subscription became another one.
        ProrateConvertAway = "prorate_convert_away",
        /// The rest of the period, when a subscription came out of another one.
        ProrateConvertTo = "prorate_convert_to",
        /// The rest of the period, after a purchase.
        ProratePurchase = "prorate_purchase",
        /// The rest of the period, after an activation.
        ProrateActivate = "prorate_activate",
        /// Part of a period, at a renewal.
        ProrateRenew = "prorate_renew",
        /// The first period's price.
        PurchaseFee = "purchase_fee",
        /// Use in the period.
        UsageFee = "usage_fee",
        /// Use until something was cancelled.
        UsageAtCancel = "usage_at_cancel",
        /// Takes another line back.
        Offset = "offset",
        /// A discount at activation.
        ActivationDiscount = "activation_discount",
        /// A discount on the period's price.
        CycleDiscount = "cycle_discount",
        /// A discount at a renewal.
        RenewDiscount = "renew_discount",
        /// A discount at a cancellation.
        CancelDiscount = "cancel_discount",
        /// Something new.
        New = "new",
        /// A new term.
        Renew = "renew",
        /// The period's price.
        CycleCharge = "cycle_charge",
        /// More licences.
        AddQuantity = "add_quantity",
        /// Fewer licences.
        RemoveQuantity = "remove_quantity",
        /// Licences that moved from or to another subscription.
        MoveQuantity = "move_quantity",
        /// Ended at once.
        CancelImmediate = "cancel_immediate",
        /// Became another product.
        Convert = "convert",
        /// Another rhythm of billing.
        ChangeBillingPlan = "change_billing_plan",
        /// A credit for a customer.
        CustomerCredit = "customer_credit",
        /// The end of a term was moved.
        ExtendTerm = "extend_term",
        /// Nothing that we know.
        Unknown = "unknown",
    }
}

/// What Microsoft writes, without what is not a letter or a digit, and in small letters.
const WORDINGS: &[(&str, Charge)] = &[
    ("activationfee", Charge::ActivationFee),
    ("cancelfee", Charge::CancelFee),
    ("cancelinstanceprorate", Charge::CancelProrate),
    ("cyclefee", Charge::CycleFee),
    ("cycleinstanceprorate", Charge::CycleProrate),
    ("proratefeeswhencancel", Charge::ProrateCancel),
    ("proratefeeswhenconvertaway", Charge::ProrateConvertAway),
    ("proratefeeswhenconvertto", Charge::ProrateConvertTo),
    ("proratefeeswhenpurchase", Charge::ProratePurchase),
    ("proratefeeswhenactivate", Charge::ProrateActivate),
    ("proratefeewhenrenew", Charge::ProrateRenew),
    ("proratefeeswhenrenew", Charge::ProrateRenew),
    ("newpurchasecyclefee", Charge::PurchaseFee),
    ("purchasefee", Charge::PurchaseFee),
    ("assessusagefeeforcurrentcycle", Charge::UsageFee),
    ("assessusagefeewhencancel", Charge::UsageAtCancel),
    ("offsetalineitem", Charge::Offset),
    ("activationdiscount", Charge::ActivationDiscount),
    ("cyclediscount", Charge::CycleDiscount),
    ("renewdiscount", Charge::RenewDiscount),
    ("canceldiscount", Charge::CancelDiscount),
    ("new", Charge::New),
    ("purchase", Charge::New),
    ("renew", Charge::Renew),
    ("cyclecharge", Charge::CycleCharge),
    ("addquantity", Charge::AddQuantity),
    ("removequantity", Charge::RemoveQuantity),
    ("movequantity", Charge::MoveQuantity),
    ("cancelimmediate", Charge::CancelImmediate),
    ("cancel", Charge::CancelImmediate),
    ("refund", Charge::CancelImmediate),
    ("convert", Charge::Convert),
    ("changebillingplan", Charge::ChangeBillingPlan),
    ("customercredit", Charge::CustomerCredit),
    ("extendterm", Charge::ExtendTerm),
];

impl Charge {
    /// What is meant by a supplier's word.
    #[must_use]
    pub fn of(wording: &str) -> Charge {
        let folded: String =
            wording.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
        WORDINGS.iter().find(|(known, _)| *known == folded).map_or(Charge::Unknown, |(_, charge)| *charge)
    }

    /// Whether it takes back or credits what was charged elsewhere.
    #[must_use]
    pub const fn is_credit(self) -> bool {
        matches!(self, Charge::Offset | Charge::CustomerCredit)
    }

    /// Which lines of two months may be set against each other.
    #[must_use]
    pub const fn family(self) -> Family {
        match self {
            Charge::CycleFee
            | Charge::PurchaseFee
            | Charge::ActivationFee
            | Charge::New
            | Charge::Renew
            | Charge::CycleCharge => Family::Recurring,
            Charge::UsageFee | Charge::UsageAtCancel => Family::Usage,
            Charge::Offset
            | Charge::CustomerCredit
            | Charge::ActivationDiscount
            | Charge::CycleDiscount
            | Charge::RenewDiscount
            | Charge::CancelDiscount => Family::Credit,
            Charge::CancelFee
            | Charge::CancelProrate
            | Charge::CycleProrate
            | Charge::ProrateCancel
            | Charge::ProrateConvertAway
            | Charge::ProrateConvertTo
            | Charge::ProratePurchase
            | Charge::ProrateActivate
            | Charge::ProrateRenew
            | Charge::AddQuantity
            | Charge::RemoveQuantity
            | Charge::MoveQuantity
            | Charge::CancelImmediate
            | Charge::Convert
            | Charge::ChangeBillingPlan
            | Charge::ExtendTerm
            | Charge::Unknown => Family::Change,
        }
    }
}

/// What kind of charge it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Comes again each period.
    Recurring,
    /// What was used.
    Usage,
    /// Something changed within a period.
    Change,
    /// Given back.
    Credit,
}

words! {
    /// In which layout a line came.
    pub enum Layout {
        /// Licences of the old commerce: invoices D….
        LegacyLicense = "legacy_license",
        /// Use of the old commerce: invoices D….
        LegacyUsage = "legacy_usage",
        /// New commerce: invoices G….
        NewCommerce = "new_commerce",
        /// Use of an Azure plan day by day: explains invoices G….
        DailyRated = "daily_rated",
        /// Use of the old commerce day by day. It has no prices.
        DailyUsage = "daily_usage",
        /// The plain table of another supplier.
        Plain = "plain",
    }
}

/// How prices of one currency became those of another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exchange {
    /// So much of the bill's currency for one of the price's.
    pub rate: Decimal,
    /// The price's currency, as the supplier writes it.
    pub from: String,
    /// Of which day the rate is.
    pub day: Option<Date>,
}

/// A line. Numbers are as they were read: nothing is rounded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// In which line of its file it begins; from 2.
    pub row: u32,
    /// In which layout it came.
    pub layout: Layout,
    /// For what it charges.
    pub charge: Charge,
    /// The supplier's word for that.
    pub wording: String,
    /// The customer's tenant, or else its name, in small letters; empty if the supplier does not say.
    pub customer: String,
    /// What the supplier calls the customer.
    pub customer_name: String,
    /// The subscription as Partner Center knows it.
    pub subscription: String,
    /// The order.
    pub order: String,
    /// What was bought.
    pub product: String,
    /// The supplier's key of it.
    pub product_key: String,
    /// The first day that is charged.
    pub begins: Option<Date>,
    /// The last day that is charged.
    pub ends: Option<Date>,
    /// The first day of the term.
    pub term_begins: Option<Date>,
    /// The last day of the term.
    pub term_ends: Option<Date>,
    /// The supplier's word for the rhythm of billing.
    pub cycle: String,
    /// Of what there is a quantity; empty for licences.
    pub unit: String,
    /// Whether the quantity was measured.
    pub metered: bool,
    /// The list price of one.
    pub price: Decimal,
    /// How many, or how much.
    pub quantity: Decimal,
    /// What one costs in this line, if the supplier says; in the price's currency.
    pub effective: Option<Decimal>,
    /// How its currency became the bill's.
    pub exchange: Option<Exchange>,
    /// The price of all, before discounts and tax.
    pub amount: Decimal,
    /// Taken off.
    pub discount: Decimal,
    /// After discounts, before tax.
    pub subtotal: Decimal,
    /// Tax.
    pub tax: Decimal,
    /// With tax.
    pub total: Decimal,
    /// What adds up to the invoice's total; nothing for a line that only details another one.
    pub counts: Option<Decimal>,
    /// The bill's currency.
    pub currency: Currency,
    /// Under which promotion.
    pub promotion: String,
    /// What the supplier says of the price: credits, discounts.
    pub adjustments: String,
}

impl Line {
    /// How many days are charged.
    #[must_use]
    pub fn days(&self) -> Option<i32> {
        let days = self.begins?.until(self.ends?).ok()?.get_days().checked_add(1)?;
        (days > 0).then_some(days)
    }
}
