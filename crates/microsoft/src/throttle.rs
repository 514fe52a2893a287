//! Microsoft counts by tenant, and asks for patience by 429 or 503. Whoever asks again too early is not sent at all.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use crate::{address::Service, error::Error};

/// Waited where Microsoft does not say.
const UNSAID: SignedDuration = SignedDuration::from_secs(60);
/// The longest wait, whatever Microsoft says or however often.
const LONGEST: SignedDuration = SignedDuration::from_hours(6);

/// Who is counted: the service, and the tenant whose token is used.
pub(crate) type Key = (Service, Uuid);

#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<HashMap<Key, Strike>>);

#[derive(Clone, Copy, Debug)]
struct Strike {
    until: Timestamp,
    /// Refusals in a row.
    count: u32,
}

impl Throttle {
    /// Whether a call may go now.
    ///
    /// # Errors
    /// Not yet.
    pub(crate) fn check(&self, key: Key, now: Timestamp) -> Result<(), Error> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            Some(strike) if now < strike.until => Err(Error::NotYet { until: strike.until }),
            _ => Ok(()),
        }
    }

    /// Another refusal: when the next call may go. The second in a row waits twice as long as asked, the third four times.
    pub(crate) fn refused(&self, key: Key, retry_after: Option<&str>, now: Timestamp) -> Timestamp {
        let mut strikes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let strike = strikes.entry(key).or_insert(Strike { until: now, count: 0 });
        strike.count = strike.count.saturating_add(1);
        let asked = retry_after.and_then(|text| read(text, now)).unwrap_or(UNSAID);
        let factor = 1_i32 << (strike.count - 1).min(12);
        let wait = asked.checked_mul(factor).unwrap_or(LONGEST).min(LONGEST);
        strike.until = now.checked_add(wait).unwrap_or(now).max(strike.until);
        strike.until
    }

    /// An ordinary answer: the patience was enough.
    pub(crate) fn answered(&self, key: Key) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&key);
    }
}

/// `Retry-After`: seconds, or a date. At least a second.
fn read(text: &str, now: Timestamp) -> Option<SignedDuration> {
    let text = text.trim();
    let wait = match text.parse::<u32>() {
        Ok(seconds) => SignedDuration::from_secs(seconds.into()),
        Err(_) => jiff::fmt::rfc2822::parse(text).ok()?.timestamp().duration_since(now),
    };
    Some(wait.max(SignedDuration::from_secs(1)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: Key = (Service::PartnerCenter, Uuid::nil());

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_772_438_400 + seconds).unwrap()
    }

    #[track_caller]
    fn check(retry_after: Option<&str>, seconds: i64) {
        assert_eq!(Throttle::default().refused(KEY, retry_after, at(0)), at(seconds), "{retry_after:?}");
    }

    #[test]
    fn retry_after() {
        check(Some("57"), 57);
        check(Some(" 5 "), 5);
        check(Some("0"), 1);
        check(Some("Mon, 02 Mar 2026 08:01:30 GMT"), 90);
        check(Some("Mon, 02 Mar 2020 08:01:30 GMT"), 1);
        check(Some("-3"), 60);
        check(Some("soon"), 60);
        check(Some("4000000000"), 6 * 3600);
        check(None, 60);
    }

    #[test]
    fn patience_grows_until_an_answer() {
        let throttle = Throttle::default();
        assert_eq!(throttle.refused(KEY, Some("10"), at(0)), at(10));
        assert_eq!(throttle.check(KEY, at(9)), Err(Error::NotYet { until: at(10) }));
        assert_eq!(throttle.check(KEY, at(10)), Ok(()));
        assert_eq!(throttle.refused(KEY, Some("10"), at(10)), at(30));
        assert_eq!(throttle.refused(KEY, Some("10"), at(30)), at(70));
        let customer = (Service::Graph, Uuid::max());
        assert_eq!(throttle.check(customer, at(30)), Ok(()), "another tenant is not held");
        throttle.answered(KEY);
        assert_eq!(throttle.check(KEY, at(31)), Ok(()));
        assert_eq!(throttle.refused(KEY, Some("10"), at(31)), at(41));
        for _ in 0..40 {
            throttle.refused(KEY, Some("4000000000"), at(41));
        }
        assert_eq!(throttle.check(KEY, at(41)), Err(Error::NotYet { until: at(41 + 6 * 3600) }));
    }
}
