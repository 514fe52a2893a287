//! Licences that a customer pays for and nobody has. The numbers are ours: Microsoft says nothing of it.

use jiff::{SignedDuration, Timestamp};

use crate::ticket::kinds::Service;

/// Of which service the signal is: products are told apart by its evidence.
pub const SERVICE: Service = Service::Microsoft365;
/// For how long they have to be without anybody, from one reading to another.
pub const LASTING: SignedDuration = SignedDuration::from_hours(30 * 24);
/// After how long a signal that was judged is raised again.
pub const AGAIN: SignedDuration = SignedDuration::from_hours(90 * 24);

/// Fewer than this are a reserve.
const LEAST: u32 = 5;
/// As is less than this part of all.
const PART: u32 = 5;
/// Nobody pays for so many: Microsoft gives these numbers to what is free.
const FREE: u32 = 10_000;
/// How the part numbers end of what is free, or a trial.
const FREE_PARTS: &[&str] = &["_FREE", "_TRIAL", "_VIRAL", "_EXPLORATORY"];

/// Licences of a product, as they were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Licences<'a> {
    /// The product's part number, in upper case; may be empty.
    pub part: &'a str,
    /// How many there are.
    pub active: u32,
    /// How many somebody has: it may be more.
    pub assigned: u32,
}

/// Licences that nobody had, at each reading since one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unused {
    /// At least how many.
    pub least: u32,
    /// The first of these readings.
    pub since: Timestamp,
}

impl Licences<'_> {
    /// Whether somebody pays for them, as far as their numbers tell.
    #[must_use]
    pub fn are_paid_for(self) -> bool {
        self.active < FREE && !FREE_PARTS.iter().any(|end| self.part.ends_with(end))
    }

    /// What a reading makes of what was known `before`: how many nobody has since when; none where they are too few. If too few
    /// of those from before are left, but many others came, these count from this reading on.
    #[must_use]
    pub fn unused(self, before: Option<Unused>, read_at: Timestamp) -> Option<Unused> {
        let free = self.active.saturating_sub(self.assigned);
        let many = |least: u32| {
            least >= LEAST
                && u64::from(least) * u64::from(PART) >= u64::from(self.active)
                && self.are_paid_for()
        };
        let still = before.map(|before| Unused { least: before.least.min(free), ..before });
        still
            .filter(|still| many(still.least))
            .or_else(|| many(free).then_some(Unused { least: free, since: read_at }))
    }
}

impl Unused {
    /// Whether that has lasted, by the last reading.
    #[must_use]
    pub fn lasts(self, read_at: Timestamp) -> bool {
        read_at.duration_since(self.since) >= LASTING
    }
}

/// Whether they raise a signal, if a person judged it last then.
#[must_use]
pub fn is_raised(judged: Option<Timestamp>, now: Timestamp) -> bool {
    judged.is_none_or(|at| now.duration_since(at) >= AGAIN)
}
