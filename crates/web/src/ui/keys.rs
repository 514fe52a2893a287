//! Where a page of a list goes on: the time and the id of its last row, in an address.

use std::{fmt::Display, str::FromStr};

use jiff::Timestamp;

/// Leaves `wanted` rows of one more than that; whether there are more.
pub(crate) fn cut<T>(rows: &mut Vec<T>, wanted: i64) -> bool {
    let wanted = usize::try_from(wanted).unwrap_or(usize::MAX);
    let more = rows.len() > wanted;
    rows.truncate(wanted);
    more
}

/// A key as it stands in an address.
pub(crate) fn write(at: Timestamp, id: impl Display) -> String {
    format!("{}.{id}", at.as_microsecond())
}

/// A key that stood in an address; what is none begins at the beginning.
pub(crate) fn read<T: FromStr>(text: &str) -> Option<(Timestamp, T)> {
    let (at, id) = text.split_once('.')?;
    Some((Timestamp::from_microsecond(at.parse().ok()?).ok()?, id.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use domain::id::TicketId;

    use super::*;

    #[test]
    fn a_key_is_read_as_it_was_written() {
        let at: Timestamp = "2026-03-30T08:00:00.000001Z".parse().unwrap();
        let id = TicketId::new(at, [7; 10]);
        assert_eq!(read(&write(at, id)), Some((at, id)));
        for odd in ["", ".", "1", "x.y", "1.tkt_", "99999999999999999999.tkt_1", &format!("1.{id}x")] {
            assert_eq!(read::<TicketId>(odd), None, "{odd}");
        }
    }

    #[test]
    fn one_row_more_says_that_there_are_more() {
        let mut rows = vec![1, 2, 3];
        assert!(cut(&mut rows, 2));
        assert!(!cut(&mut rows, 2));
        assert_eq!(rows, [1, 2]);
    }
}
