//! Customers, search, mail.

use askama::Template;

use super::*;

pub(super) fn customer_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "customers");
    let customer = |i: u8, name: &str, initials: &str, remark: &str| CustomerLine {
        href: format!("/customers/cus_{i}"),
        person: person(name, initials, i),
        remark: s(remark),
        language: s("Deutsch"),
        local_time: s("10:00"),
    };
    let list = CustomersPage {
        shell: around.clone(),
        notice: None,
        query: String::new(),
        customers: vec![
            customer(
                0,
                "Donaudampfschifffahrtsgesellschaft mbH & Co. KG",
                "DD",
                "Call before noon; invoices go to the holding.",
            ),
            customer(1, "Sjöbergs Möbelfabrik AB", "SM", ""),
            customer(2, "上海云帆科技有限公司", "上", "21Vianet"),
        ],
        pages: pages(),
        may_edit: true,
        languages: languages(),
        time_zones: zones(),
    };
    let contact = |id: &str, person: Person, email: &str, sees_all| ContactLine {
        id: s(id),
        version: 2,
        person,
        email: s(email),
        phone: s("+46 8 123 45 67"),
        language: s("Svenska"),
        languages: languages(),
        sees_all,
    };
    let one = CustomerPage {
        shell: around.clone(),
        notice: None,
        id: s("cus_1"),
        version: 3,
        person: person("Sjöbergs Möbelfabrik AB", "SM", 1),
        remark: s("Call Anna, she is rarely at her desk."),
        local_time: s("10:00 (Europe/Stockholm)"),
        languages: languages(),
        time_zones: zones(),
        contacts: vec![
            contact("con_1", anna(), "anna@sjobergs.example", true),
            contact("con_2", person("Erik Berg", "EB", 4), "erik@sjobergs.example", false),
        ],
        domains: vec![s("sjobergs.example"), s("sjobergs-moebelfabrik.example")],
        glance: vec![
            GlanceLine {
                label: Link { href: s("/catalogue/customers/cus_1"), text: s("Plan"), current: false },
                text: s("Rund um die Uhr mit Bereitschaft"),
                note: s("Fassung 3 ist am 2. März 2026 bestätigt"),
            },
            GlanceLine {
                label: Link { href: String::new(), text: s("Zusagen"), current: false },
                text: s("41 von 42 gehalten"),
                note: String::new(),
            },
        ],
        tenants: vec![super::microsoft::tenant("yes"), super::microsoft::tenant("unknown")],
        tickets: (0..8).map(line).collect(),
        pages: pages(),
        seats: vec![SeatsLine { service: s("microsoft365"), day: s("30 Nov"), seats: s("140") }],
        services: services(&around),
        may_edit: true,
    };
    let found = |id: &str, person: Person, chosen| ContactMatch {
        id: s(id),
        person,
        email: s("anna@sjobergs.example"),
        phone: s("+46 8 123 45 67"),
        customer: s("Sjöbergs Möbelfabrik AB"),
        chosen,
    };
    let new = NewTicketPage {
        acknowledge: true,
        notice: None,
        who: s("ann"),
        matches: vec![found("con_1", anna(), true), found("con_3", person("Annika Ö", "AÖ", 6), false)],
        guessed: Some(s("con_1")),
        email: String::new(),
        name: String::new(),
        subject: String::new(),
        text: String::new(),
        channels: family(&around, "channel", &["phone", "mail"], 0),
        services: services(&around),
        kinds: kinds(&around),
        severities: severities(&around),
        assignees: vec![choice("", &around.t("nobody"), true)],
        promises: promises(),
        shell: around,
    };
    vec![
        ("customers", list.render().unwrap()),
        ("customers.rows", list.as_rows().render().unwrap()),
        ("customer", one.render().unwrap()),
        ("new_ticket", new.render().unwrap()),
        ("new_ticket.promise", new.as_promise().render().unwrap()),
    ]
}

pub(super) fn search(lang: &'static str) -> SearchPage {
    let shell = shell(lang, "search");
    let part = |text: &str, hit| SnippetPart { text: s(text), hit };
    let hit = |i, side: &str| Hit {
        line: line(i),
        snippets: vec![Snippet {
            href: s("/tickets/10432#ent_1"),
            side: s(side),
            by: s("Anna Lindqvist · Mon 08:14"),
            parts: vec![
                part("… every ", false),
                part("mail", true),
                part(" to an address outside our company <b>", false),
            ],
        }],
    };
    SearchPage {
        query: s("mail"),
        states: family(&shell, "state", &["new", "open", "waiting_customer", "resolved", "closed"], 1),
        kinds: kinds(&shell),
        services: services(&shell),
        orders: vec![choice("newest", "newest", true)],
        hits: vec![hit(0, "customer"), hit(1, "note"), hit(2, "agent")],
        people: vec![Link {
            href: s("/customers/cus_1"),
            text: s("Sjöbergs Möbelfabrik AB"),
            current: false,
        }],
        pages: pages(),
        shell,
    }
}

pub(super) fn sent(lang: &'static str) -> SentPage {
    let shell = shell(lang, "sent");
    let to = |address: &str, state: &str, detail: &str| SentRecipient {
        address: s(address),
        state: s(state),
        detail: s(detail),
    };
    let mail = |id: &str, i, recipients, may_retry| SentMail {
        id: s(id),
        subject: format!("Re: {}", line(i).subject),
        ticket: Some(10_432 - i),
        time: time("9 min"),
        recipients,
        may_retry,
        may_read: true,
    };
    let failed = vec![
        to(
            "karl-friedrich.von.hohenstein-oberleitner@donaudampfschifffahrtsgesellschaft.example",
            "failed",
            "550 5.1.1 User unknown",
        ),
        to("recht@ddsg.example", "sent", "250 2.0.0 accepted"),
    ];
    SentPage {
        mails: vec![
            mail("out_1", 1, failed, true),
            mail("out_2", 0, vec![to("anna@sjobergs.example", "waiting", "451 4.7.1 try later")], false),
        ],
        pages: pages(),
        shell,
    }
}

pub(super) fn inbox(lang: &'static str) -> InboxPage {
    let mailbox = |address: &str, tone: &str, error: &str| MailboxHealth {
        address: s(address),
        tone: s(tone),
        last_ok: Some(time("20 s")),
        status: s(if error.is_empty() { "Works" } else { "Fails" }),
        error: s(error),
    };
    let parked = ParkedMail {
        id: s("inb_1"),
        subject: s("(unreadable subject)"),
        from: s("mailer-daemon@old-server.example"),
        time: time("2 h"),
        reason: s("The message has more than 200 nested parts."),
        attempts: 3,
    };
    InboxPage {
        shell: shell(lang, "inbox"),
        unprocessed: 3,
        oldest: s("42 s"),
        tone: s("done"),
        mailboxes: vec![
            mailbox("support@nordwind.example", "done", ""),
            mailbox(
                "rechnung@nordwind.example",
                "error",
                "Login failed: the server says [AUTHENTICATIONFAILED]",
            ),
        ],
        parked: vec![parked],
        pages: Pages::default(),
        may_retry: true,
    }
}
