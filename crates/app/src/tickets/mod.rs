//! What is done with tickets.

mod bulk;
mod change;
pub(crate) mod circle;
mod counts;
mod files;
mod hand;
mod merge;
pub(crate) mod notices;
mod open;
pub(crate) mod read;
mod reindex;
mod reply;
mod search;
mod seen;
mod similar;
mod undo;
mod work;

pub use bulk::{Bulk, Done, MOST_AT_ONCE, bulk};
pub use change::{Change, change};
pub use circle::change_circle;
pub use counts::{Counts, counts, counts_in};
pub use files::{File, Upload};
pub(crate) use hand::{Hand, Rules, calendar, running};
pub(crate) use merge::led_on;
pub use merge::{Merged, merge};
pub use open::{NewTicket, Opened, Promise, SUBJECT, TEXT, file_for_customer, promised};
pub(crate) use open::{Opening, open};
pub(crate) use read::Reader;
pub use read::{
    Html, TicketView, attachment, find, history, html, kinds, list, list_in, list_with_unread, original,
    view, view_in,
};
pub use reindex::{Which, reindex};
pub(crate) use reply::reply_about;
pub use reply::{Reply, Sent, Then, reply, take_back};
pub use search::{Asked, Found, SearchPage, search, search_in, warm};
pub use seen::{Look, look, look_in, looked, unread_in};
pub use similar::{Similar, similar};
pub use undo::{Offer, Undone, undo};
pub(crate) use work::take;
pub use work::{drafts, make_move, note, save_draft};
