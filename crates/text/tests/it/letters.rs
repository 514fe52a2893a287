//! Every letter in every language, as people read it.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use text::mail::{self, Letter, Occasion, Request, Writer};
use text::{Lang, Words};

use domain::ticket::kinds::Severity;

const REQUEST: Request<'_> =
    Request { desk: "Fjällmoln AB", number: 10432, link: Some("https://desk.test/help/10432") };

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn zone() -> TimeZone {
    TimeZone::get("Europe/Stockholm").unwrap()
}

/// Snapshots subject and text in all languages, and holds the HTML to what must be true of each.
fn check(name: &str, write: impl Fn(Words) -> Letter) {
    let mut all = String::new();
    for &lang in Lang::ALL {
        let letter = write(Words::new(lang));
        assert_eq!(letter.lang, lang);
        assert_eq!(letter.subject.lines().count(), 1, "{name} {lang}");
        for part in [&letter.subject, &letter.text, &letter.html] {
            assert!(
                !part.contains(['⟨', '⟩']) && !part.contains("{ $") && !part.contains("{$"),
                "{name} {lang}: {part}"
            );
        }
        assert!(letter.html.contains(&format!("<html lang=\"{lang}\">")), "{name} {lang}");
        assert_eq!(letter.html.matches("<p ").count(), letter.html.matches("</p>").count(), "{name} {lang}");
        for remote in ["<img", "<script", "<link", "src=", "@import", "url("] {
            assert!(!letter.html.contains(remote), "{name} {lang}: {remote}");
        }
        all.push_str(&format!("=== {lang}\nSubject: {}\n\n{}\n", letter.subject, letter.text));
    }
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!(name, all);
    });
}

fn acknowledgement<'a>(
    writer: Writer<'a>,
    first_answer: Option<Timestamp>,
    zone: &'a TimeZone,
) -> mail::Acknowledgement<'a> {
    mail::Acknowledgement { request: REQUEST, writer, first_answer, zone }
}

#[test]
fn acknowledgement_with_a_promise() {
    let zone = zone();
    let letter = acknowledgement(Writer::Known(Some("Ada Lind")), Some(at("2021-04-28T12:05:00Z")), &zone);
    check("acknowledgement_promised", |words| mail::acknowledgement(words, &letter));
}

#[test]
fn acknowledgement_without_a_promise() {
    let zone = zone();
    let letter = acknowledgement(Writer::Known(None), None, &zone);
    check("acknowledgement", |words| mail::acknowledgement(words, &letter));
}

#[test]
fn acknowledgement_to_an_unverified_sender() {
    let zone = zone();
    let letter = acknowledgement(Writer::Unverified, None, &zone);
    check("acknowledgement_unverified", |words| mail::acknowledgement(words, &letter));
}

#[test]
fn reply() {
    let letter = mail::Reply {
        request: REQUEST,
        subject: "AW: License lost [#10432]",
        body: "Hej Ada,\n\nthe license <E5> is back:\n- sign out\n- sign in\n",
    };
    check("reply", |words| mail::reply(words, &letter));
}

#[test]
fn resolved() {
    let zone = zone();
    let letter = mail::Resolved {
        request: REQUEST,
        subject: "License lost",
        name: Some("Ada Lind"),
        reopen_until: at("2021-05-12T14:00:00Z"),
        zone: &zone,
    };
    check("resolved", |words| mail::resolved(words, &letter));
}

#[test]
fn sign_in() {
    let letter =
        mail::SignIn { desk: "Fjällmoln AB", link: "https://desk.test/help/sign-in/x1", minutes: 15 };
    check("sign_in", |words| mail::sign_in(words, &letter));
}

#[test]
fn notices() {
    let zone = zone();
    let notice = |occasion, customer, due| mail::Notice {
        occasion,
        desk: "Fjällmoln AB",
        number: 10432,
        subject: "License lost",
        customer,
        severity: Severity::A,
        due,
        zone: &zone,
        link: "https://desk.test/tickets/10432",
    };
    let (acme, due) = (Some("Acme GmbH"), Some(at("2021-04-28T12:05:00Z")));
    let assigned = notice(Occasion::Assigned, acme, due);
    check("notice_assigned", |words| mail::notice(words, &assigned));
    let answered = notice(Occasion::CustomerAnswered { who: "Ada Lind" }, acme, due);
    check("notice_customer_answered", |words| mail::notice(words, &answered));
    let due_soon = notice(Occasion::DueSoon, acme, due);
    check("notice_due_soon", |words| mail::notice(words, &due_soon));
    let overdue = notice(Occasion::Overdue, acme, due);
    check("notice_overdue", |words| mail::notice(words, &overdue));
    let unassigned = notice(Occasion::Unassigned, None, None);
    check("notice_unassigned", |words| mail::notice(words, &unassigned));
}

#[test]
fn invitation() {
    let zone = zone();
    let letter = mail::Invitation {
        desk: "Fjällmoln AB",
        name: "Bo Ek",
        inviter: Some("Ida Holm"),
        link: "https://desk.test/invitation/x2",
        until: at("2021-05-05T12:05:00Z"),
        zone: &zone,
    };
    check("invitation", |words| mail::invitation(words, &letter));
    let forgotten = mail::Invitation { inviter: None, ..letter };
    check("forgotten_password", |words| mail::invitation(words, &forgotten));
}

#[test]
fn bounce() {
    let letter = mail::Bounce {
        desk: "Fjällmoln AB",
        number: 10432,
        subject: "License lost",
        recipient: "ada@acme.test",
        reason: Some("550 5.1.1 <ada@acme.test>:\r\n user unknown"),
        link: "https://desk.test/tickets/10432",
    };
    check("bounce", |words| mail::bounce(words, &letter));
}

#[test]
fn the_whole_html_of_one_letter() {
    let zone = zone();
    let letter = acknowledgement(Writer::Known(Some("A <b>& Co")), Some(at("2021-04-28T12:05:00Z")), &zone);
    let html = mail::acknowledgement(Words::new(Lang::En), &letter).html;
    insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
        insta::assert_snapshot!("acknowledgement_html", html);
    });
}

#[test]
fn names_and_subjects_from_outside_stay_in_their_line() {
    let letter = mail::Resolved {
        request: REQUEST,
        subject: "x\r\nBcc: victim@example.test\r\n\r\n<script>",
        name: Some("A\r\nB"),
        reopen_until: at("2021-05-12T14:00:00Z"),
        zone: &zone(),
    };
    for &lang in Lang::ALL {
        let letter = mail::resolved(Words::new(lang), &letter);
        assert!(!letter.subject.contains(['\r', '\n']), "{:?}", letter.subject);
        assert!(letter.subject.contains("x Bcc: victim@example.test <script>"), "{:?}", letter.subject);
        assert!(letter.text.contains("A B") && !letter.html.contains("<script>"));
    }
}

#[test]
fn statement() {
    let letter = mail::Statement {
        desk: "Fjällmoln AB",
        name: "Ada Lind",
        plan: "Premium",
        number: 2,
        link: "https://desk.test/help/statement",
        attached: true,
    };
    check("statement", |words| mail::statement(words, &letter));
}
