//! Typed ids: a UUIDv7 inside, 16 bytes in the database, a prefix outside (`tkt_…`) that catches mix-ups in
//! addresses and logs.

use jiff::Timestamp;
use uuid::Uuid;

/// A text that is not an id of the wanted kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind} id")]
pub struct NotAnId {
    /// The wanted kind.
    pub kind: &'static str,
}

/// Declares an id type with its outside prefix.
macro_rules! id {
    ($($(#[$meta:meta])* $name:ident = $prefix:literal;)+) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Uuid);

        impl $name {
            /// What the text form begins with.
            pub const PREFIX: &'static str = $prefix;

            /// A new id, ordered by `now`, from 10 bytes of the caller's randomness.
            #[must_use]
            pub fn new(now: Timestamp, random: [u8; 10]) -> Self { Self(uuid_v7(now, random)) }

            /// The id of a stored value.
            #[must_use]
            pub const fn from_uuid(uuid: Uuid) -> Self { Self(uuid) }

            /// What is stored.
            #[must_use]
            pub const fn uuid(self) -> Uuid { self.0 }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}_{}", $prefix, self.0.as_simple())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { std::fmt::Display::fmt(self, f) }
        }

        impl std::str::FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                parse(text, $prefix).map(Self).ok_or(NotAnId { kind: $prefix })
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> { s.collect_str(self) }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = String::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

id! {
    /// A desk: the tenant.
    DeskId = "dsk";
    /// Somebody who can sign in; may be an agent of several desks.
    IdentityId = "idn";
    /// A user of a desk.
    AgentId = "agt";
    /// A team of agents.
    TeamId = "tem";
    /// An organisation served by the desk.
    CustomerId = "cus";
    /// A person who asks for help.
    ContactId = "con";
    /// A support request.
    TicketId = "tkt";
    /// An entry of a ticket's timeline.
    EntryId = "ent";
    /// A mailbox from which the desk takes mail.
    MailboxId = "mbx";
    /// A raw message as it came in.
    InboxId = "inb";
    /// A message on its way out.
    OutgoingId = "out";
    /// A session of an agent or of a contact.
    SessionId = "ses";
    /// An API token.
    TokenId = "tok";
    /// A piece of background work.
    JobId = "job";
    /// A calendar.
    CalendarId = "cal";
    /// Something that can be taken back for a while.
    UndoId = "und";
    /// An entry of the audit log.
    AuditId = "aud";
    /// A party above: Microsoft, an indirect provider, an outsourcer, a publisher.
    SupplierId = "sup";
    /// A leg of a hand-over, as this desk keeps it.
    HandoverId = "hov";
    /// A desk that this one is paired with.
    PeerId = "per";
    /// Support on offer: the desk's own, or a supplier's.
    OfferingId = "ofr";
    /// A plan: a set of offerings that a customer has.
    PlanId = "pln";
    /// A row that says who delivers.
    DeliveryId = "dlv";
    /// A published version of a plan's statement.
    StatementId = "stm";
    /// A contract with a supplier for something that it offers.
    EntitlementId = "etl";
    /// A short text of the knowledge base.
    ArticleId = "art";
    /// A disturbance that many tickets may be about.
    IncidentId = "inc";
    /// A message to everybody whom an incident concerns.
    UpdateId = "upd";
    /// Something that is done with a subscription.
    ActId = "act";
    /// Something that was seen to change of a subscription.
    ChangeId = "chg";
    /// An invoice of a supplier.
    SupplierInvoiceId = "siv";
    /// A file of a supplier's invoice.
    SupplierFileId = "sfl";
    /// A payment to a supplier.
    SupplierPaymentId = "spy";
    /// An invoice to a customer, or a credit note.
    InvoiceId = "inv";
    /// An entry of a customer's ledger.
    LedgerId = "led";
    /// A line of a bank's file.
    BankEntryId = "bnk";
    /// What a customer has paid for before: hours, or incidents.
    PrepaidId = "ppd";
    /// Time that somebody worked on a ticket.
    TimeEntryId = "tme";
    /// A request for a customer's confirmation of work that is charged for.
    ApprovalId = "apr";
    /// A line of what is to be invoiced for support.
    ChargeId = "chl";
    /// How prices are made of what suppliers bill.
    PriceRuleId = "prl";
    /// A suspension for non-payment.
    SuspensionId = "sus";
    /// What a person said of a signal.
    JudgementId = "jdg";
    /// A claim against a supplier.
    ClaimId = "clm";
    /// A credit limit that a supplier gives us.
    SupplierLimitId = "slm";
    /// A promise of a customer's to pay, at once or in parts.
    PromiseId = "prm";
    /// A time in which a customer is left alone for what it owes.
    ExemptionId = "exm";
    /// A line of an invoice that a customer does not accept.
    DisputeId = "dsp";
    /// A notice to a customer of what it owes.
    NoticeId = "ntc";
}

/// Exactly one text form for each id, so that an id in an address can be compared as text.
fn parse(text: &str, prefix: &str) -> Option<Uuid> {
    let hex = text.strip_prefix(prefix)?.strip_prefix('_')?;
    let lower_hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    if hex.len() != 32 || !hex.bytes().all(lower_hex) {
        return None;
    }
    Uuid::try_parse(hex).ok()
}

fn uuid_v7(now: Timestamp, random: [u8; 10]) -> Uuid {
    let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
    uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn has_one_text_form() {
        let id = TicketId::new(Timestamp::UNIX_EPOCH, [7; 10]);
        let text = id.to_string();
        assert_eq!(text.parse(), Ok(id));
        for bad in [
            text.to_uppercase(),
            text.replace("tkt", "cus"),
            text.replace('_', ""),
            format!("{text}0"),
            format!(" {text}"),
            text.replace("tkt_", "tkt_{"),
            "tkt_".into(),
            String::new(),
        ] {
            assert_eq!(bad.parse::<TicketId>(), Err(NotAnId { kind: "tkt" }), "{bad}");
        }
    }

    #[test]
    fn is_ordered_by_time() {
        let at = |ms| Timestamp::from_millisecond(ms).unwrap();
        assert!(TicketId::new(at(1), [255; 10]) < TicketId::new(at(2), [0; 10]));
    }
}
