//! Background work (being written).
crate::sql! {
    system WAITING = "SELECT COUNT(*) FROM jobs WHERE state = 'waiting'";
}
