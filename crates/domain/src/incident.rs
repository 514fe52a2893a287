//! Disturbances that many tickets may be about.

use crate::lang::Lang;
use crate::words;

words! {
    /// Who says that there is one.
    pub enum IncidentSource {
        /// Microsoft's service health.
        Microsoft = "microsoft",
        /// An agent of the desk.
        Declared = "declared",
    }
}

words! {
    /// How it stands.
    pub enum IncidentStatus {
        /// It goes on.
        Open = "open",
        /// The service comes back.
        Restoring = "restoring",
        /// It is over.
        Over = "over",
    }
}

words! {
    /// What became of a message about it, for one ticket.
    pub enum Informed {
        /// It went out in the customer's language.
        Sent = "sent",
        /// It went out in English, which is not the customer's language.
        InEnglish = "in_english",
        /// There is no text in the customer's language.
        NoText = "no_text",
        /// Nobody asked, to whom it could go.
        NoContact = "no_contact",
        /// The ticket was over.
        Closed = "closed",
        /// Whoever wrote it may no longer work on the ticket.
        NotAllowed = "not_allowed",
    }
}

/// In which language somebody is written to, of those in which there is a text; none if there is none.
#[must_use]
pub fn language(theirs: Lang, written: &[Lang], english_for_others: bool) -> Option<(Lang, Informed)> {
    if written.contains(&theirs) {
        Some((theirs, Informed::Sent))
    } else if english_for_others && written.contains(&Lang::En) {
        Some((Lang::En, Informed::InEnglish))
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_is_written_to_in_english_unless_that_was_chosen() {
        use Lang::{En, Hu, Sv};
        let rows = [
            (Hu, &[En, Hu][..], false, Some((Hu, Informed::Sent))),
            (Sv, &[En, Hu], false, None),
            (Sv, &[En, Hu], true, Some((En, Informed::InEnglish))),
            (Sv, &[Hu], true, None),
            (En, &[En], true, Some((En, Informed::Sent))),
        ];
        for (theirs, written, english, expected) in rows {
            assert_eq!(language(theirs, written, english), expected, "{theirs} {written:?} {english}");
        }
    }
}
