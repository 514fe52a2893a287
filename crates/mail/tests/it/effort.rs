//! What a piece of work costs: the thread's processor time, because the machine may be busy with something else.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// Generous, because tests run unoptimised: what grows with the square of its input costs minutes.
const MOST: Duration = Duration::from_secs(5);

/// Does the work, which must not cost more than reading is worth.
pub(crate) fn bounded<T>(what: &str, work: impl FnOnce() -> T) -> T {
    let spent = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let start = spent();
    let done = work();
    let cost = spent() - start;
    assert!(cost < MOST, "{what} cost {cost:?} of processor time");
    done
}
