//! Who follows a ticket besides whoever asked.

use domain::{
    id::{ContactId, TicketId},
    lang::Lang,
};

use crate::{Error, Tx, params, record, sql};

record! {
    /// Somebody who follows a ticket.
    pub struct Follower {
        /// The contact.
        pub id: ContactId,
        /// Its name.
        pub name: String,
        /// Its address.
        pub email: Option<String>,
        /// Its language.
        pub lang: Lang,
    }
}

sql! {
    desk FOLLOW = "INSERT INTO followers (desk_id, contact_id, ticket_id) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING";
    desk UNFOLLOW = "DELETE FROM followers WHERE desk_id = $1 AND contact_id = $2 AND ticket_id = $3";
    desk FOLLOWERS = "SELECT c.id, c.name, c.email, c.lang FROM followers f \
        JOIN contacts c ON c.desk_id = $1 AND c.id = f.contact_id \
        WHERE f.desk_id = $1 AND f.ticket_id = $2 ORDER BY c.name_key";
}

/// Makes a contact follow a ticket.
///
/// # Errors
/// As the database says.
pub async fn follow(tx: &mut Tx, ticket: TicketId, contact: ContactId) -> Result<(), Error> {
    tx.put(&FOLLOW, params![contact, ticket]).await
}

/// Makes a contact follow a ticket no more.
///
/// # Errors
/// As the database says.
pub async fn unfollow(tx: &mut Tx, ticket: TicketId, contact: ContactId) -> Result<(), Error> {
    tx.put(&UNFOLLOW, params![contact, ticket]).await
}

/// Who follows a ticket besides the requester.
///
/// # Errors
/// As the database says.
pub async fn of_ticket(tx: &mut Tx, ticket: TicketId) -> Result<Vec<Follower>, Error> {
    tx.query(&FOLLOWERS, params![ticket]).await
}
