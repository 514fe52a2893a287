//! The letters that a desk sends, one typed function each. The words are in `locales/*/mail.ftl`; how a letter
//! looks is the business of `letter`, once for all.
//!
//! Names, subjects and bodies come from outside: they are put in as text, never as markup, and whatever goes into
//! one line is made one line. Links are the caller's own and are escaped all the same.

mod charging;
mod collection;
mod letter;
mod owing;
mod suspension;

use domain::subscription::{Action, acts::Progress};
use domain::ticket::kinds::Severity;
use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use charging::{Approval, approval, most};
pub use collection::{Collection, amounts, collection};
pub use letter::Letter;
use letter::{Draft, one_line};
pub use owing::{Owing, owing};
pub use suspension::{Suspension, restored, suspended, suspension_news};

use crate::{Words, format};

/// What a customer's letter says about the request it belongs to.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The desk's name, as its customers know it.
    pub desk: &'a str,
    /// The ticket's number, without `#`.
    pub number: i64,
    /// The page of the request in the portal, if the reader can get in there.
    pub link: Option<&'a str>,
}

/// Who wrote a new request.
#[derive(Clone, Copy, Debug)]
pub enum Writer<'a> {
    /// A contact whom we know, greeted by name if there is one.
    Known(Option<&'a str>),
    /// Somebody whose address nobody has verified: it may be the address of a victim who never wrote to us. So
    /// nothing that the sender chose, not even the name, is in the letter.
    Unverified,
}

/// A new request has arrived.
#[derive(Clone, Copy, Debug)]
pub struct Acknowledgement<'a> {
    /// The new request.
    pub request: Request<'a>,
    /// Who gets this letter.
    pub writer: Writer<'a>,
    /// By when the first answer is promised, if it is.
    pub first_answer: Option<Timestamp>,
    /// The time zone in which the reader reads times.
    pub zone: &'a TimeZone,
}

/// The letter that says: we have it, this is its number, this happens next.
#[must_use]
pub fn acknowledgement(words: Words, letter: &Acknowledgement<'_>) -> Letter {
    let number = letter.request.number.to_string();
    let mut draft = Draft::new(words, words.f("mail-ack-subject", &[("number", (&number).into())]));
    draft.greet(match letter.writer {
        Writer::Known(name) => name,
        Writer::Unverified => None,
    });
    draft.say(words.f("mail-ack-received", &[("number", (&number).into())]));
    draft.say(match letter.first_answer {
        Some(at) => {
            let time = format::date_time_zone(words, at, letter.zone);
            words.f("mail-ack-next-promised", &[("time", time.into())])
        }
        None => words.t("mail-ack-next").into_owned(),
    });
    draft.say(words.t("mail-ack-add"));
    if let Some(link) = letter.request.link {
        draft.button(words.t("mail-open-request"), link);
    }
    if matches!(letter.writer, Writer::Unverified) {
        draft.say(words.t("mail-ack-not-you"));
    }
    draft.footer(request_line(words, &letter.request));
    draft.finish()
}

/// An agent's answer.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// The request that is answered.
    pub request: Request<'a>,
    /// The subject of the ticket.
    pub subject: &'a str,
    /// What the agent wrote, as plain text. Empty lines part paragraphs.
    pub body: &'a str,
}

/// The frame around an agent's answer: nothing before it (agents greet as they like), number and link below.
#[must_use]
pub fn reply(words: Words, letter: &Reply<'_>) -> Letter {
    let mut draft = Draft::new(words, reply_subject(letter.subject, letter.request.number));
    draft.write(letter.body);
    draft.footer(request_line(words, &letter.request));
    if let Some(link) = letter.request.link {
        draft.footer(words.f("mail-footer-online", &[("link", one_line(link).into())]));
    }
    draft.finish()
}

/// A request is resolved.
#[derive(Clone, Copy, Debug)]
pub struct Resolved<'a> {
    /// The resolved request.
    pub request: Request<'a>,
    /// The subject of the ticket.
    pub subject: &'a str,
    /// The reader's name, if known.
    pub name: Option<&'a str>,
    /// Until when a reply opens the same ticket again.
    pub reopen_until: Timestamp,
    /// The time zone in which the reader reads times.
    pub zone: &'a TimeZone,
}

/// The letter that says: it is done, and how to come back if it is not.
#[must_use]
pub fn resolved(words: Words, letter: &Resolved<'_>) -> Letter {
    let number = letter.request.number.to_string();
    let subject = one_line(letter.subject);
    let args = [("number", (&number).into()), ("subject", (&subject).into())];
    let mut draft = Draft::new(words, words.f("mail-resolved-subject", &args));
    draft.greet(letter.name);
    draft.say(words.f("mail-resolved-body", &args));
    let until = format::date_time_zone(words, letter.reopen_until, letter.zone);
    draft.say(words.f("mail-resolved-reopen", &[("until", until.into())]));
    if let Some(link) = letter.request.link {
        draft.button(words.t("mail-open-request"), link);
    }
    draft.footer(request_line(words, &letter.request));
    draft.finish()
}

/// Somebody wants to sign in to the portal.
#[derive(Clone, Copy, Debug)]
pub struct SignIn<'a> {
    /// The desk's name.
    pub desk: &'a str,
    /// The link that signs in, once.
    pub link: &'a str,
    /// For how many minutes from the sending the link works.
    pub minutes: u32,
}

/// The letter with the sign-in link. It names nobody: whoever asked for it may not be the one who reads it.
#[must_use]
pub fn sign_in(words: Words, letter: &SignIn<'_>) -> Letter {
    let desk = one_line(letter.desk);
    let mut draft = Draft::new(words, words.f("mail-sign-in-subject", &[("desk", (&desk).into())]));
    draft.greet(None);
    draft.say(words.f("mail-sign-in-body", &[("desk", (&desk).into())]));
    draft.button(words.t("mail-sign-in-button"), letter.link);
    draft.say(words.f("mail-sign-in-valid", &[("minutes", letter.minutes.into())]));
    draft.say(words.t("mail-sign-in-not-you"));
    draft.footer(desk);
    draft.finish()
}

/// A desk has published what it promises.
#[derive(Clone, Copy, Debug)]
pub struct Statement<'a> {
    /// The desk's name.
    pub desk: &'a str,
    /// The reader's name.
    pub name: &'a str,
    /// The plan's name.
    pub plan: &'a str,
    /// Which version it is.
    pub number: i64,
    /// Where it is read and acknowledged.
    pub link: &'a str,
    /// Whether it goes along as a PDF.
    pub attached: bool,
}

/// The letter that asks somebody to read and acknowledge a statement.
#[must_use]
pub fn statement(words: Words, letter: &Statement<'_>) -> Letter {
    let (desk, plan, number) = (one_line(letter.desk), one_line(letter.plan), letter.number.to_string());
    let mut draft = Draft::new(
        words,
        words.f("mail-statement-subject", &[("desk", (&desk).into()), ("plan", (&plan).into())]),
    );
    draft.greet(Some(letter.name));
    draft.say(words.f("mail-statement-body", &[("plan", (&plan).into()), ("number", (&number).into())]));
    draft.button(words.t("mail-statement-button"), letter.link);
    draft.say(words.t(if letter.attached { "mail-statement-attached" } else { "mail-statement-what" }));
    draft.footer(desk);
    draft.finish()
}

/// A customer is billed, or gets something back.
#[derive(Clone, Copy, Debug)]
pub struct Invoice<'a> {
    /// The desk's name.
    pub desk: &'a str,
    /// The reader's name.
    pub name: &'a str,
    /// The number of the invoice or credit note.
    pub number: &'a str,
    /// Whether it is a credit note.
    pub is_credit: bool,
    /// What it comes to.
    pub amount: domain::money::Money,
    /// When it is due.
    pub due: Option<jiff::civil::Date>,
    /// Where all invoices of the customer are.
    pub link: &'a str,
    /// Whether it goes along as a file.
    pub attached: bool,
}

/// The letter with an invoice or a credit note.
#[must_use]
pub fn invoice(words: Words, letter: &Invoice<'_>) -> Letter {
    let (desk, number) = (one_line(letter.desk), one_line(letter.number));
    let amount = format::money(words, letter.amount);
    let keys = match letter.is_credit {
        true => ["mail-credit-note-subject", "mail-credit-note-body"],
        false => ["mail-invoice-subject", "mail-invoice-body"],
    };
    let subject = words.f(keys[0], &[("number", (&number).into()), ("desk", (&desk).into())]);
    let mut draft = Draft::new(words, subject);
    draft.greet(Some(letter.name));
    draft.say(words.f(keys[1], &[("number", (&number).into()), ("amount", amount.into())]));
    if let Some(due) = letter.due {
        draft.say(words.f("mail-invoice-due", &[("day", format::day(words, due).into())]));
    }
    if letter.attached {
        draft.say(words.t("mail-invoice-attached"));
    }
    draft.button(words.t("mail-invoice-button"), letter.link);
    draft.footer(desk);
    draft.finish()
}

/// Why an agent gets a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Occasion<'a> {
    /// The ticket is now the reader's.
    Assigned,
    /// Someone on the customer's side has written.
    CustomerAnswered {
        /// Their name or address.
        who: &'a str,
    },
    /// A promise runs out soon.
    DueSoon,
    /// A promise was not kept.
    Overdue,
    /// A supplier wrote, or moved a hand-over on.
    Supplier,
    /// A supplier's promise is due.
    SupplierLate,
    /// What is to go to a supplier does not get there without a person.
    SupplierStuck,
    /// A new ticket waits for somebody to take it.
    Unassigned,
}

/// Something happened in a ticket that an agent wants to know.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// What happened.
    pub occasion: Occasion<'a>,
    /// The desk's name.
    pub desk: &'a str,
    /// The ticket's number, without `#`.
    pub number: i64,
    /// The subject of the ticket.
    pub subject: &'a str,
    /// The customer's name, if the ticket has one yet.
    pub customer: Option<&'a str>,
    /// How bad it is.
    pub severity: Severity,
    /// When the next promise runs out or ran out, if one is running.
    pub due: Option<Timestamp>,
    /// The reader's time zone.
    pub zone: &'a TimeZone,
    /// The page of the ticket.
    pub link: &'a str,
}

/// The letter that tells an agent. What the customer wrote is not in it: it is read where rights are checked.
#[must_use]
pub fn notice(words: Words, letter: &Notice<'_>) -> Letter {
    let number = letter.number.to_string();
    let ticket_subject = one_line(letter.subject);
    let args = [("number", (&number).into()), ("subject", (&ticket_subject).into())];
    let (subject, body) = match letter.occasion {
        Occasion::Assigned => {
            (words.f("mail-notice-assigned-subject", &args), words.f("mail-notice-assigned-body", &args))
        }
        Occasion::CustomerAnswered { who } => {
            let [number, subject] = args.clone();
            let args_who = [number, subject, ("who", one_line(who).into())];
            (words.f("mail-notice-answered-subject", &args), words.f("mail-notice-answered-body", &args_who))
        }
        Occasion::DueSoon => {
            (words.f("mail-notice-due-soon-subject", &args), words.f("mail-notice-due-soon-body", &args))
        }
        Occasion::Overdue => {
            (words.f("mail-notice-overdue-subject", &args), words.f("mail-notice-overdue-body", &args))
        }
        Occasion::Supplier => {
            (words.f("mail-notice-supplier-subject", &args), words.f("mail-notice-supplier-body", &args))
        }
        Occasion::SupplierLate => (
            words.f("mail-notice-supplier-late-subject", &args),
            words.f("mail-notice-supplier-late-body", &args),
        ),
        Occasion::SupplierStuck => (
            words.f("mail-notice-supplier-stuck-subject", &args),
            words.f("mail-notice-supplier-stuck-body", &args),
        ),
        Occasion::Unassigned => {
            (words.f("mail-notice-unassigned-subject", &args), words.f("mail-notice-unassigned-body", &args))
        }
    };
    let mut draft = Draft::new(words, subject);
    draft.say(body);
    if let Some(customer) = letter.customer {
        draft.fact(words.t("mail-fact-customer"), customer);
    }
    draft.fact(words.t("mail-fact-severity"), letter.severity.word());
    if let Some(due) = letter.due {
        draft.fact(words.t("mail-fact-due"), &format::date_time_zone(words, due, letter.zone));
    }
    draft.button(words.t("mail-open-ticket"), letter.link);
    draft.footer(one_line(letter.desk));
    draft.finish()
}

/// An agent may set a password: a new one comes in, or somebody has forgotten it.
#[derive(Clone, Copy, Debug)]
pub struct Invitation<'a> {
    /// The desk's name.
    pub desk: &'a str,
    /// The agent's name.
    pub name: &'a str,
    /// The name of the agent who invites; none if the password was forgotten.
    pub inviter: Option<&'a str>,
    /// The page on which the password is set, once.
    pub link: &'a str,
    /// Until when the link works.
    pub until: Timestamp,
    /// The desk's time zone.
    pub zone: &'a TimeZone,
}

/// The letter that lets an agent set a password.
#[must_use]
pub fn invitation(words: Words, letter: &Invitation<'_>) -> Letter {
    let desk = one_line(letter.desk);
    let (subject, body) = match letter.inviter.map(one_line) {
        Some(inviter) => (
            words.f("mail-invitation-subject", &[("desk", (&desk).into())]),
            words.f("mail-invitation-body", &[("inviter", inviter.into()), ("desk", (&desk).into())]),
        ),
        None => (
            words.f("mail-password-subject", &[("desk", (&desk).into())]),
            words.f("mail-password-body", &[("desk", (&desk).into())]),
        ),
    };
    let mut draft = Draft::new(words, subject);
    draft.greet(Some(letter.name));
    draft.say(body);
    draft.button(words.t("mail-invitation-button"), letter.link);
    let until = format::date_time_zone(words, letter.until, letter.zone);
    draft.say(words.f("mail-invitation-valid", &[("until", until.into())]));
    if letter.inviter.is_none() {
        draft.say(words.t("mail-sign-in-not-you"));
    }
    draft.footer(desk);
    draft.finish()
}

/// A mail of ours to a customer came back.
#[derive(Clone, Copy, Debug)]
pub struct Bounce<'a> {
    /// The desk's name.
    pub desk: &'a str,
    /// The ticket's number, without `#`.
    pub number: i64,
    /// The subject of the ticket.
    pub subject: &'a str,
    /// The address that could not be reached.
    pub recipient: &'a str,
    /// What the other mail server said, if anything.
    pub reason: Option<&'a str>,
    /// The page of the ticket.
    pub link: &'a str,
}

/// The letter that tells the agent of the ticket that the customer did not get the mail.
#[must_use]
pub fn bounce(words: Words, letter: &Bounce<'_>) -> Letter {
    let number = letter.number.to_string();
    let ticket_subject = one_line(letter.subject);
    let args = [("number", (&number).into()), ("subject", (&ticket_subject).into())];
    let mut draft = Draft::new(words, words.f("mail-bounce-subject", &args));
    let [number, subject] = args;
    let recipient = ("recipient", one_line(letter.recipient).into());
    draft.say(words.f("mail-bounce-body", &[number, subject, recipient]));
    if let Some(reason) = letter.reason {
        draft.fact(words.t("mail-bounce-reason"), reason);
    }
    draft.say(words.t("mail-bounce-do"));
    draft.button(words.t("mail-open-ticket"), letter.link);
    draft.footer(one_line(letter.desk));
    draft.finish()
}

/// The subject of an answer in a ticket: `Re: License lost [#10432]`, however often it has gone to and fro.
#[must_use]
pub fn reply_subject(ticket_subject: &str, number: i64) -> String {
    let tag = format!("[#{number}]");
    let mut subject = one_line(&ticket_subject.replace(&tag, " "));
    // German and Swedish programs write AW and SV where others write Re.
    while let Some((prefix, rest)) = subject.split_once(':')
        && ["re", "aw", "sv"].contains(&prefix.trim().to_lowercase().as_str())
    {
        subject = rest.trim().to_owned();
    }
    if subject.is_empty() { format!("Re: {tag}") } else { format!("Re: {subject} {tag}") }
}

fn request_line(words: Words, request: &Request<'_>) -> String {
    let args = [("number", request.number.to_string().into()), ("desk", one_line(request.desk).into())];
    words.f("mail-footer-request", &args)
}

/// Something with Microsoft that needs somebody.
#[derive(Clone, Copy, Debug)]
pub enum News<'a> {
    /// Consent is gone.
    Consent {
        /// Microsoft's reason, in its words.
        why: &'a str,
    },
    /// Nothing can be read.
    Failing {
        /// Since when, if it could be read before.
        since: Option<Timestamp>,
        /// What is known of it.
        why: &'a str,
    },
    /// A customer has taken delegated admin back.
    LostAdmin {
        /// Its name at Microsoft.
        customer: &'a str,
    },
}

/// News of the connection to Microsoft.
#[derive(Clone, Copy, Debug)]
pub struct MicrosoftNews<'a> {
    /// What it is.
    pub news: News<'a>,
    /// The desk's name.
    pub desk: &'a str,
    /// The page of the connection.
    pub link: &'a str,
    /// The reader's time zone.
    pub zone: &'a TimeZone,
}

/// The letter to those who look after the connection to Microsoft.
#[must_use]
pub fn microsoft(words: Words, letter: &MicrosoftNews<'_>) -> Letter {
    let desk = one_line(letter.desk);
    let args = [("desk", (&desk).into())];
    let (subject, body, why) = match letter.news {
        News::Consent { why } => (
            words.f("mail-microsoft-consent-subject", &args),
            words.t("mail-microsoft-consent-body").into_owned(),
            why,
        ),
        News::Failing { since: Some(since), why } => {
            let since = format::date_time_zone(words, since, letter.zone);
            (
                words.f("mail-microsoft-failing-subject", &args),
                words.f("mail-microsoft-failing-body", &[("since", since.into())]),
                why,
            )
        }
        News::Failing { since: None, why } => (
            words.f("mail-microsoft-failing-subject", &args),
            words.t("mail-microsoft-never-body").into_owned(),
            why,
        ),
        News::LostAdmin { customer } => {
            let customer = one_line(customer);
            let args = [("customer", (&customer).into())];
            (words.f("mail-microsoft-lost-subject", &args), words.f("mail-microsoft-lost-body", &args), "")
        }
    };
    let mut draft = Draft::new(words, subject);
    draft.say(body);
    if !why.is_empty() {
        draft.fact(words.t("mail-microsoft-reason"), why);
    }
    draft.button(words.t("mail-microsoft-open"), letter.link);
    draft.footer(desk);
    draft.finish()
}

/// Something with a subscription that did not end as it was to.
#[derive(Clone, Copy, Debug)]
pub struct SubscriptionNews<'a> {
    /// What was to be done.
    pub action: Action,
    /// How it ended.
    pub progress: Progress,
    /// The subscription.
    pub name: &'a str,
    /// Microsoft's words, or the rule against it; may be empty.
    pub detail: &'a str,
    /// The desk's name.
    pub desk: &'a str,
    /// The subscription's page.
    pub link: &'a str,
    /// The reader's time zone.
    pub zone: &'a TimeZone,
    /// When it was decided.
    pub asked_at: Timestamp,
}

/// The letter to who decided something that was not done.
#[must_use]
pub fn subscription(words: Words, letter: &SubscriptionNews<'_>) -> Letter {
    let (name, desk) = (one_line(letter.name), one_line(letter.desk));
    let action = words.word("subscription-action", letter.action.word());
    let args = [("action", action.as_ref().into()), ("name", (&name).into())];
    let mut draft = Draft::new(words, words.f("mail-subscription-subject", &args));
    let asked = format::date_time_zone(words, letter.asked_at, letter.zone);
    draft.say(words.f("mail-subscription-body", &[("time", asked.into())]));
    draft.say(words.word("subscription-ended", letter.progress.word()).into_owned());
    if !letter.detail.is_empty() {
        draft.fact(words.t("mail-subscription-reason"), letter.detail);
    }
    draft.button(words.t("mail-subscription-open"), letter.link);
    draft.footer(desk);
    draft.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects_of_answers_do_not_grow() {
        let rows = [
            ("License lost", "Re: License lost [#7]"),
            ("Re: RE: AW: License lost [#7]", "Re: License lost [#7]"),
            ("Fakturafråga: juni", "Re: Fakturafråga: juni [#7]"),
            ("sv : Sv:  x\r\nBcc: y", "Re: x Bcc: y [#7]"),
            ("[#8] re", "Re: [#8] re [#7]"),
            (" ", "Re: [#7]"),
            ("Re:", "Re: [#7]"),
        ];
        for (subject, expected) in rows {
            assert_eq!(reply_subject(subject, 7), expected, "{subject:?}");
        }
    }
}
