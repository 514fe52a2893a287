//! Clocks: when a promise is due, how much of it is used, and why.
//!
//! # The rules
//!
//! **The wall clock decides.** A moment is open if, and only if, the date and time that a wall clock in the
//! calendar's time zone shows at that moment lie in one of the calendar's intervals. Nothing else is asked, so
//! daylight saving needs no rule of its own, and these follow:
//!
//! * **Gap** (clocks go forward): hours that the wall clock never shows are never open. An interval that begins in
//!   the gap opens at the first moment after it; one that ends in the gap closes at its first moment; one that lies
//!   wholly in it is empty. The same holds for a midnight, or a whole day, that does not exist.
//! * **Overlap** (clocks go back): hours that the wall clock shows twice are open twice. An interval that covers
//!   the overlap is open throughout, an hour longer than usual; 02:15-02:45 in a repeated hour is open twice for
//!   half an hour. An interval that ends where the overlap begins closes there, the first time, and stays closed
//!   while the hour after it is shown again.
//!
//! Turning the two ends of an interval into instants (an end to the later of its two) was considered, and is wrong
//! in that last case: a desk that closes at 02:00 would stay open for the whole repeated hour from 02:00 to 03:00.
//!
//! **Half-open.** An interval, a segment and a pause contain their first moment and not their last. At a closing
//! instant the calendar is closed; a budget that runs out at closing time is due at that closing time.
//!
//! **Exact.** Budgets are whole seconds; instants may have nanoseconds, and all sums are done in nanoseconds.
//! A budget of 60 s from 10:00:00.25 is due at 10:01:00.25. Segments always add up to the budget, or to the time
//! elapsed, without rounding.

pub mod calendar;
mod count;
pub mod explain;
mod opening;
pub mod promise;
pub mod running;

pub use calendar::{Calendar, CalendarError, CalendarSpec, WeekSpec};
pub use count::{ClockError, Deadline, Elapsed, Period};
