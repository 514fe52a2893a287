//! What a desk has decided about charging.

use serde::{Deserialize, Serialize};

use crate::money::{Currency, Money};

/// The steps in which time can be charged, in minutes. Each is a whole number of hundredths of an hour, and so is every
/// sum of them: quantities on an invoice are exact with two digits.
pub const INCREMENTS: &[u32] = &[3, 6, 15, 30, 60];
/// The step in which estimates, caps and prepaid hours are counted, in minutes.
pub const STEP: u32 = 15;
/// The longest cap, in minutes.
pub const MOST_MINUTES: u32 = 60_000;
/// The longest warranty, in days.
pub const MOST_DAYS: u32 = 365;

/// The rules of a desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    /// In which steps time is charged: each entry by itself is charged up to the next full one.
    pub increment: u32,
    /// The price of an hour where no plan names one; none: it has to be agreed.
    pub hourly: Option<Money>,
    /// In which currency lines stand that cost nothing.
    pub currency: Currency,
    /// The estimate with which a request for confirmation begins, in minutes.
    pub estimate: u32,
    /// Its cap.
    pub cap: u32,
    /// For how many days after it was resolved a matter that comes back costs nothing.
    pub warranty_days: u32,
    /// From how many prepaid minutes on a balance is low.
    pub low_minutes: u32,
    /// From how many incidents on a balance is low.
    pub low_incidents: u32,
}

/// What of the rules cannot be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Impossible {
    /// The field.
    pub field: &'static str,
    /// Why.
    pub why: &'static str,
}

impl Rules {
    /// Those with which a desk begins: no price, a quarter of an hour, 14 days.
    #[must_use]
    pub const fn first(currency: Currency) -> Self {
        Self {
            increment: 15,
            hourly: None,
            currency,
            estimate: 60,
            cap: 120,
            warranty_days: 14,
            low_minutes: 120,
            low_incidents: 1,
        }
    }

    /// Passes if they can be meant.
    ///
    /// # Errors
    /// [`Impossible`].
    pub fn check(&self) -> Result<(), Impossible> {
        let wrong = |field, why| Err(Impossible { field, why });
        if !INCREMENTS.contains(&self.increment) {
            return wrong("increment", "unknown");
        }
        if self.hourly.is_some_and(|price| price.minor < 0) {
            return wrong("hourly", "not-a-price");
        }
        check_frame(self.estimate, self.cap)?;
        if self.warranty_days > MOST_DAYS {
            return wrong("warranty_days", "too-far");
        }
        Ok(())
    }
}

/// Passes if an estimate and its cap, in minutes, can be put to a customer.
///
/// # Errors
/// [`Impossible`]: not in full quarters of an hour, or a cap below the estimate.
pub fn check_frame(estimate: u32, cap: u32) -> Result<(), Impossible> {
    for (field, minutes) in [("estimate", estimate), ("cap", cap)] {
        if minutes == 0 || minutes > MOST_MINUTES || minutes % STEP != 0 {
            return Err(Impossible { field, why: "not-quarters" });
        }
    }
    if cap < estimate {
        return Err(Impossible { field: "cap", why: "below-estimate" });
    }
    Ok(())
}
