//! Mail on its way out, with a state for each recipient.

use domain::{
    access::Reader,
    email_address::EmailAddress,
    id::{EntryId, OutgoingId, TicketId},
    words,
};
use jiff::Timestamp;

use crate::{Error, Tx, circles::Named, params, record, sql, stored_words};

words! {
    /// What a mail is for.
    pub enum Purpose {
        /// An agent's answer.
        Reply = "reply",
        /// We have received your request.
        Acknowledgement = "acknowledgement",
        /// Your request is resolved.
        Resolved = "resolved",
        /// To an agent: something has happened, or is about to be late.
        Notification = "notification",
        /// To a supplier to which a ticket was handed over.
        Partner = "partner",
        /// A link to sign in with.
        SignIn = "sign_in",
        /// A link to set a password with.
        Invitation = "invitation",
        /// What a customer is promised, to be read and acknowledged.
        Statement = "statement",
        /// An invoice or a credit note.
        Invoice = "invoice",
        /// What a customer is asked to confirm.
        Approval = "approval",
        /// What a customer owes, and what comes next.
        Collection = "collection",
    }
}

words! {
    /// How far a mail has come.
    pub enum State {
        /// It waits, and can be taken back until its time.
        Waiting = "waiting",
        /// It was taken back.
        Cancelled = "cancelled",
        /// Nothing remains to be tried.
        Done = "done",
    }
}

words! {
    /// How far it has come for one recipient.
    pub enum Delivery {
        /// Not tried yet.
        Waiting = "waiting",
        /// Tried, and to be tried again.
        Deferred = "deferred",
        /// The next server has it.
        Sent = "sent",
        /// Refused, or given up.
        Failed = "failed",
        /// The next server had it, and sent it back.
        Bounced = "bounced",
    }
}

stored_words! { Purpose, State, Delivery }

/// Stands where a server's answer would stand, for a mail that was kept and not sent.
pub const KEPT: &str = "kept";

record! {
    /// A mail.
    pub struct Outgoing {
        /// Its id.
        pub id: OutgoingId,
        /// What it is for.
        pub purpose: Purpose,
        /// The ticket it belongs to.
        pub ticket: Option<TicketId>,
        /// The entry it carries.
        pub entry: Option<EntryId>,
        /// Its Message-ID, without brackets.
        pub message_id: String,
        /// The envelope's sender; empty for mail that must not be answered by machines.
        pub sender: String,
        /// Its subject.
        pub subject: String,
        /// The SHA-256 of its bytes, which are a blob.
        pub hash: crate::blob::Hash,
        /// How far it has come.
        pub state: State,
        /// When it was made.
        pub created_at: Timestamp,
        /// Not before then.
        pub send_at: Timestamp,
    }

    /// One recipient of a mail.
    pub struct Recipient {
        /// The mail.
        pub outgoing: OutgoingId,
        /// The address.
        pub address: String,
        /// How far it has come.
        pub state: Delivery,
        /// How often it was tried.
        pub attempts: i64,
        /// What the server said last.
        pub reply: String,
    }
}

macro_rules! outgoing {
    ($rest:literal) => {
        concat!(
            "SELECT id, kind, ticket_id, entry_id, message_id, sender, subject, hash, state, created_at, send_at \
             FROM outgoing WHERE desk_id = $1 ",
            $rest
        )
    };
}

sql! {
    desk ADD = "INSERT INTO outgoing (desk_id, id, kind, ticket_id, entry_id, message_id, sender, subject, hash, state, \
        created_at, send_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
    desk ADD_RECIPIENT = "INSERT INTO recipients (desk_id, outgoing_id, address, state, auto, created_at) \
        VALUES ($1, $2, $3, 'waiting', $4, $5) ON CONFLICT DO NOTHING";
    desk GET = outgoing!("AND id = $2");
    desk OF_ENTRY = outgoing!("AND entry_id = $2");
    desk BY_MESSAGE_ID = outgoing!("AND message_id = $2");
    desk PAGE = concat!("SELECT o.id, o.kind, o.ticket_id, o.entry_id, o.message_id, o.sender, o.subject, o.hash, \
        o.state, o.created_at, o.send_at FROM outgoing o \
        LEFT JOIN tickets t ON t.desk_id = $1 AND t.id = o.ticket_id \
        WHERE o.desk_id = $1 AND (o.created_at, o.id) < ($2, $3) AND ", crate::circles::shown_to!("$5", "$6"),
        " ORDER BY o.created_at DESC, o.id DESC LIMIT $4");
    desk NEWEST_TO = outgoing!("AND id IN (SELECT outgoing_id FROM recipients WHERE desk_id = $1 AND address = $2) \
        ORDER BY created_at DESC, id DESC LIMIT 1");
    desk RECIPIENTS = "SELECT outgoing_id, address, state, attempts, reply FROM recipients \
        WHERE desk_id = $1 AND outgoing_id = $2 ORDER BY address";
    desk SET_RECIPIENT = "UPDATE recipients SET state = $4, attempts = attempts + 1, reply = $5, sent_at = $6 \
        WHERE desk_id = $1 AND outgoing_id = $2 AND address = $3 AND state IN ('waiting', 'deferred')";
    desk BOUNCE = "UPDATE recipients SET state = 'bounced', reply = $4 \
        WHERE desk_id = $1 AND outgoing_id = $2 AND address = $3";
    desk REVIVE = "UPDATE recipients SET state = 'waiting', attempts = 0 \
        WHERE desk_id = $1 AND outgoing_id = $2 AND state IN ('failed', 'deferred')";
    desk SET_STATE = "UPDATE outgoing SET state = $3 WHERE desk_id = $1 AND id = $2";
    desk CANCEL = "UPDATE outgoing SET state = 'cancelled' WHERE desk_id = $1 AND id = $2 AND state = 'waiting' \
        AND send_at > $3";
    desk AUTO_SINCE = "SELECT COUNT(*) FROM recipients \
        WHERE desk_id = $1 AND address = $2 AND auto = 1 AND created_at > $3";
}

/// Adds a mail and its recipients; `auto` says that mail can be its cause. Its bytes must be stored as a blob in the same
/// transaction.
///
/// # Errors
/// As the database says.
pub async fn add(tx: &mut Tx, o: &Outgoing, to: &[EmailAddress], auto: bool) -> Result<(), Error> {
    let params = params![
        o.id,
        o.purpose,
        o.ticket,
        o.entry,
        o.message_id,
        o.sender,
        o.subject,
        o.hash,
        o.state,
        o.created_at,
        o.send_at,
    ];
    tx.execute(&ADD, params).await?;
    for address in to {
        tx.execute(&ADD_RECIPIENT, params![o.id, address, auto, o.created_at]).await?;
    }
    Ok(())
}

/// One mail.
///
/// # Errors
/// As the database says.
pub async fn get(tx: &mut Tx, id: OutgoingId) -> Result<Option<Outgoing>, Error> {
    tx.query_opt(&GET, params![id]).await
}

/// The mails that carry an entry.
///
/// # Errors
/// As the database says.
pub async fn of_entry(tx: &mut Tx, entry: EntryId) -> Result<Vec<Outgoing>, Error> {
    tx.query(&OF_ENTRY, params![entry]).await
}

/// The mail with this Message-ID, given without brackets.
///
/// # Errors
/// As the database says.
pub async fn by_message_id(tx: &mut Tx, message_id: &str) -> Result<Option<Outgoing>, Error> {
    tx.query_opt(&BY_MESSAGE_ID, params![message_id]).await
}

/// Mails, the newest first, without those of tickets that are not shown to the reader.
///
/// # Errors
/// As the database says.
pub async fn page(
    tx: &mut Tx,
    reader: Reader,
    before: Option<(Timestamp, OutgoingId)>,
    limit: i64,
) -> Result<Vec<Outgoing>, Error> {
    let (at, id) = before.unwrap_or((crate::tickets::NEVER, OutgoingId::from_uuid(uuid::Uuid::max())));
    let Named { agent, pattern } = reader.into();
    tx.query(&PAGE, params![at, id, limit, agent, pattern]).await
}

/// Who gets a mail.
///
/// # Errors
/// As the database says.
pub async fn recipients(tx: &mut Tx, id: OutgoingId) -> Result<Vec<Recipient>, Error> {
    tx.query(&RECIPIENTS, params![id]).await
}

/// Notes an attempt for a recipient for whom it is still open, made at `now`.
///
/// # Errors
/// As the database says.
pub async fn set_recipient(
    tx: &mut Tx,
    id: OutgoingId,
    address: &str,
    state: Delivery,
    reply: &str,
    now: Timestamp,
) -> Result<(), Error> {
    let sent_at = (state == Delivery::Sent).then_some(now);
    tx.execute(&SET_RECIPIENT, params![id, address, state, reply, sent_at]).await.map(drop)
}

/// Notes that a mail came back; whether it had gone to that recipient.
///
/// # Errors
/// As the database says.
pub async fn bounced(tx: &mut Tx, id: OutgoingId, address: &str, reply: &str) -> Result<bool, Error> {
    Ok(tx.execute(&BOUNCE, params![id, address, reply]).await? > 0)
}

/// Lets a mail be tried again for those who have not got it; whether there are any.
///
/// # Errors
/// As the database says.
pub async fn revive(tx: &mut Tx, id: OutgoingId) -> Result<bool, Error> {
    let any = tx.execute(&REVIVE, params![id]).await? > 0;
    if any {
        set_state(tx, id, State::Waiting).await?;
    }
    Ok(any)
}

/// Notes how far a mail has come.
///
/// # Errors
/// As the database says.
pub async fn set_state(tx: &mut Tx, id: OutgoingId, state: State) -> Result<(), Error> {
    tx.execute(&SET_STATE, params![id, state]).await.map(drop)
}

/// Takes a mail back; whether it was in time.
///
/// # Errors
/// As the database says.
pub async fn cancel(tx: &mut Tx, id: OutgoingId, now: Timestamp) -> Result<bool, Error> {
    Ok(tx.execute(&CANCEL, params![id, now]).await? > 0)
}

/// The newest mail to an address.
///
/// # Errors
/// As the database says.
pub async fn newest_to(tx: &mut Tx, address: &EmailAddress) -> Result<Option<Outgoing>, Error> {
    tx.query_opt(&NEWEST_TO, params![address]).await
}

/// How many mails that mail can be the cause of were made for an address since then.
///
/// # Errors
/// As the database says.
pub async fn automatic_since(tx: &mut Tx, address: &EmailAddress, since: Timestamp) -> Result<i64, Error> {
    Ok(tx.query_one::<(i64,)>(&AUTO_SINCE, params![address, since]).await?.0)
}
