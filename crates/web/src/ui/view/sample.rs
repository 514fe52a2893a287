//! Every page with realistic contents: long German words, Chinese names, many rows. The test below renders each
//! in every language; with `PARTNERDESK_PAGES=directory` it also leaves them there to look at.

use askama::Template;

use super::*;

const LANGUAGES: [&str; 5] = ["en", "sv", "de", "hu", "zh-CN"];

fn s(text: &str) -> String {
    text.to_owned()
}

fn person(name: &str, initials: &str, hue: u8) -> Person {
    Person { name: s(name), initials: s(initials), hue }
}

fn anna() -> Person {
    person("Anna Lindqvist", "AL", 1)
}

fn bela() -> Person {
    person("Béla Kovács", "BK", 3)
}

fn wang() -> Person {
    person("王小明", "王", 5)
}

fn time(text: &str) -> Time {
    Time { iso: s("2026-03-30T08:00:00Z"), text: s(text), title: s("Mon 30 March 2026, 10:00 Europe/Berlin") }
}

fn due(tone: &str, text: &str, left: &str) -> Due {
    Due { tone: s(tone), text: s(text), left: s(left), title: s("Tue 31 March 2026, 10:00 Europe/Berlin") }
}

fn choice(value: &str, text: &str, chosen: bool) -> Choice {
    Choice { value: s(value), text: s(text), chosen }
}

fn family(shell: &Shell, family: &str, words: &[&str], chosen: usize) -> Vec<Choice> {
    let one = |(i, word): (usize, &&str)| choice(word, &shell.word(family, word), i == chosen);
    words.iter().enumerate().map(one).collect()
}

fn services(shell: &Shell) -> Vec<Choice> {
    family(
        shell,
        "service",
        &["microsoft365", "azure", "dynamics365", "on_premises", "marketplace", "other"],
        0,
    )
}

fn kinds(shell: &Shell) -> Vec<Choice> {
    family(shell, "kind", &["billing", "subscription", "technical"], 2)
}

fn severities(shell: &Shell) -> Vec<Choice> {
    family(shell, "severity", &["A", "B", "C"], 1)
}

fn zones() -> Vec<Choice> {
    vec![choice("Europe/Berlin", "Europe/Berlin", true), choice("Asia/Shanghai", "Asia/Shanghai", false)]
}

fn languages() -> Vec<Choice> {
    let names = ["English", "Svenska", "Deutsch", "Magyar", "简体中文"];
    LANGUAGES.iter().zip(names).map(|(code, name)| choice(code, name, *code == "de")).collect()
}

fn pages() -> Pages {
    Pages { back: None, on: Some(s("/queue/all?after=10391")) }
}

fn notice(tone: &str, text: &str) -> Notice {
    Notice { tone: s(tone), text: s(text) }
}

fn file(name: &str, size: &str) -> File {
    File { id: s("fil_1"), name: s(name), size: s(size), href: s("/files/fil_1"), image: false }
}

fn shell(lang: &'static str, section: &str) -> Shell {
    let view =
        |view: &str, count| NavView { view: s(view), count, current: section == "queue" && view == "all" };
    Shell {
        words: text::Words::new(lang),
        lang: s(lang),
        assets: Assets {
            script: s("/assets/app.js"),
            style: s("/assets/app.css"),
            icons: s("/assets/icons.svg"),
        },
        theme: s("system"),
        shortcuts: true,
        desk: s("Nordwind Cloud"),
        user: Some(User { person: bela(), email: s("bela.kovacs@nordwind.example"), several_desks: true }),
        section: s(section),
        views: vec![
            view("mine", 7),
            view("unassigned", 12),
            view("due", 38),
            view("waiting", 21),
            view("all", 143),
        ],
        may: May { customers: true, file: true, mail: true, people: true, settings: true, audit: true },
        flash: None,
        live: s("queue"),
        alarms: 2,
    }
}

fn door(lang: &'static str) -> Shell {
    Shell { user: None, views: Vec::new(), live: String::new(), alarms: 0, ..shell(lang, "") }
}

fn line(i: u64) -> TicketLine {
    const SUBJECTS: [(&str, &str, &str, &str); 8] = [
        (
            "Exchange Online: mail to external recipients bounces since this morning",
            "Good morning, since about 08:10 every mail to an address outside our company comes back with 5.7.708",
            "Anna Lindqvist",
            "Sjöbergs Möbelfabrik AB",
        ),
        (
            "Datenschutzgrundverordnungskonforme Aufbewahrungsrichtlinien für Postfächer",
            "Guten Tag, unsere Rechtsabteilung bittet um eine Stellungnahme zur Aufbewahrung",
            "Karl-Friedrich von Hohenstein-Oberleitner",
            "Donaudampfschifffahrtsgesellschaft mbH & Co. KG",
        ),
        (
            "无法登录 Microsoft 365 管理中心",
            "您好,我们从今天上午开始无法登录管理中心,提示错误代码 AADSTS50076。",
            "王小明",
            "上海云帆科技有限公司",
        ),
        (
            "Invoice G012345678 charges 14 seats, we have 12",
            "Could you explain the two extra seats?",
            "Erik Berg",
            "Berg & Dal AS",
        ),
        (
            "Előfizetés hosszabbítása a határidő előtt",
            "Szeretnénk 25 licenccel bővíteni a jövő hónaptól",
            "Nagy Eszter",
            "Tiszamenti Zrt.",
        ),
        (
            "VM in West Europe does not start: AllocationFailed",
            "The machine was deallocated on Friday.",
            "Maria Rossi",
            "Rossi Logistica",
        ),
        (
            "Teams calls drop after two minutes",
            "It happens only in the Malmö office, on wired and wireless.",
            "Lena Ek",
            "Ek & Partners",
        ),
        (
            "Dynamics 365: quote totals rounded wrongly",
            "See the attached screenshot: 3 × 19.99 shows 59.96.",
            "Tom Baker",
            "Baker Street Ltd",
        ),
    ];
    let n = usize::try_from(i).unwrap_or(0);
    let (subject, preview, contact, customer) = SUBJECTS[n % 8];
    let (severity, due) = match n % 6 {
        0 => ("A", Some(due("late", "due 08:30", "−25 min"))),
        1 => ("B", Some(due("near", "due 10:40", "40 min"))),
        2 => ("B", Some(due("calm", "due Tue 10:00", "5 h 40"))),
        3 => ("C", Some(due("paused", "paused", ""))),
        4 => ("C", Some(due("calm", "due Thu 14:15", "22 h"))),
        _ => ("C", None),
    };
    TicketLine {
        number: 10_432 - i,
        subject: s(subject),
        preview: s(preview),
        contact: s(contact),
        customer: s(customer),
        state: s(["new", "open", "open", "waiting_customer", "waiting_supplier", "resolved"][n % 6]),
        severity: s(severity),
        kind: s(["technical", "technical", "technical", "billing", "subscription"][n % 5]),
        service: s(["microsoft365", "microsoft365", "microsoft365", "other", "azure", "dynamics365"][n % 6]),
        assignee: [Some(bela()), None, Some(wang()), Some(anna())][n % 4].clone(),
        due,
        tags: if n % 5 == 1 { vec![s("compliance"), s("vip")] } else { Vec::new() },
        unread: n % 3 == 0,
        draft: n == 4,
        changed: time(["4 min", "25 min", "2 h", "yesterday"][n % 4]),
    }
}

fn queue(lang: &'static str) -> QueuePage {
    let shell = shell(lang, "queue");
    QueuePage { shell, view: s("all"), count: 143, lines: (0..40).map(line).collect(), pages: pages() }
}

fn message(id: &str, side: &str, author: Person, when: &str, text: &str) -> Message {
    Message {
        id: s(id),
        side: s(side),
        author,
        address: String::new(),
        time: time(when),
        to: String::new(),
        channel: s("mail"),
        pieces: vec![Piece { quoted: false, text: s(text) }],
        html: None,
        files: Vec::new(),
        warnings: Vec::new(),
        delivery: None,
        original: String::new(),
        undo: None,
    }
}

fn event(icon: &str, text: &str, when: &str) -> Entry {
    Entry::Event(Event { icon: s(icon), text: s(text), time: time(when) })
}

fn entries() -> Vec<Entry> {
    let mut first = message(
        "ent_1",
        "customer",
        anna(),
        "Mon 08:14",
        "Good morning,\n\nsince about 08:10 every mail to an address outside our company comes back with\n\n    550 5.7.708 Service unavailable. Access denied, traffic not accepted from this IP.\n\nInternal mail works. We have an important offer to send before noon, so please hurry.\n\nBest regards\nAnna",
    );
    first.address = s("anna@sjobergs.example");
    first.to = s("→ support@nordwind.example, cc Erik Berg");
    first.original = s("/tickets/10432/messages/ent_1/original");
    first.html = Some(HtmlView { src: s("about:blank"), with_images: Some(s("about:blank#images")) });
    first.files = vec![
        file("bounce-message.eml", "14 kB"),
        file("Bildschirmfoto 2026-03-30 um 08.12.41.png", "412 kB"),
    ];
    let mut reply = message(
        "ent_2",
        "agent",
        bela(),
        "Mon 08:31",
        "Good morning Anna,\n\nthank you for the bounce. 5.7.708 means that Microsoft does not accept mail from the tenant's shared address range; we have asked for the block to be lifted.\n\nMay we send your offer through our relay until then?",
    );
    reply.to = s("→ Anna Lindqvist, cc Erik Berg");
    reply.delivery = Some(Delivery { state: s("delivered"), detail: String::new(), retry: None });
    let note = message(
        "ent_3",
        "note",
        wang(),
        "Mon 08:40",
        "Same pattern as #10377: the tenant was new and sent 1,200 mails on Friday evening. Check the connector before we escalate.",
    );
    let mut answer = message("ent_4", "customer", anna(), "9 min", "Yes please, the relay would help a lot!");
    answer.address = s("anna.private@mail.example");
    answer.pieces.push(Piece {
        quoted: true,
        text: s("> May we send your offer through our relay until then?\n> Béla"),
    });
    answer.warnings =
        vec![notice("warning", "This address is new on the ticket. Its domain passed no authentication.")];
    let mut last =
        message("ent_5", "agent", bela(), "now", "Done: the relay is open for your three senders.");
    last.to = s("→ Anna Lindqvist");
    last.delivery = Some(Delivery { state: s("held"), detail: s("8 s"), retry: None });
    last.undo = Some(Undo { action: s("/tickets/10432/undo"), entry: s("ent_5"), seconds: 8 });
    vec![
        Entry::Message(Box::new(first)),
        event("clock", "First response promised by Mon 09:14 · severity A · Business hours", "Mon 08:14"),
        event("user", "Béla Kovács took the ticket", "Mon 08:22"),
        Entry::Message(Box::new(reply)),
        event("check", "First response kept with 43 min to spare", "Mon 08:31"),
        Entry::Message(Box::new(note)),
        Entry::Unread,
        Entry::Message(Box::new(answer)),
        Entry::Message(Box::new(last)),
    ]
}

fn segment(day: &str, span: &str, why: &str, length: &str) -> Segment {
    Segment {
        day: s(day),
        span: s(span),
        why: s(why),
        length: s(length),
        counts: matches!(why, "counted" | "ahead"),
    }
}

fn clocks() -> Vec<Clock> {
    let clock = |promise: &str, tone: &str, text: &str, left: &str, target: &str, used| Clock {
        promise: s(promise),
        tone: s(tone),
        text: s(text),
        left: s(left),
        target: s(target),
        used,
        segments: vec![
            segment("Fri 27 Mar", "16:10–17:00", "counted", "0 h 50"),
            segment("Fri–Mon", "17:00–08:00", "closed", "–"),
            segment("Mon 30 Mar", "08:00–08:31", "counted", "0 h 31"),
            segment("Mon 30 Mar", "08:31–09:20", "paused", "–"),
            segment("Mon 30 Mar", "09:20–12:00", "ahead", "2 h 39"),
        ],
        sum: s("4 h 00"),
    };
    vec![
        clock("next_response", "near", "due 10:40", "40 min", "1 h, business hours", 62),
        clock("resolution", "calm", "due Mon 12:00", "2 h 39", "4 h, business hours", 34),
        clock("first_response", "kept", "kept Mon 08:31", "", "1 h, business hours", 28),
    ]
}

fn ticket(lang: &'static str) -> TicketPage {
    let mut shell = shell(lang, "ticket");
    shell.live = s("ticket:10432,queue");
    shell.flash = Some(Flash {
        tone: s("done"),
        text: s("Answer on its way to Anna Lindqvist"),
        undo: Some(Undo { action: s("/tickets/10432/undo"), entry: s("ent_5"), seconds: 8 }),
    });
    let first = line(0);
    let recipient = |address: &str, name: &str, reason: &str, unknown| Recipient {
        address: s(address),
        name: s(name),
        reason: s(reason),
        chosen: true,
        unknown,
    };
    let send = shell.words.f("compose-send", &[("name", "Anna".into()), ("others", 2_u64.into())]);
    TicketPage {
        head: TicketHead {
            number: 10_432,
            version: 9,
            subject: first.subject,
            state: s("open"),
            severity: s("A"),
            due: Some(due("near", "due 10:40", "40 min")),
            assignee: Some(bela()),
            moves: vec![s("wait_customer"), s("wait_supplier"), s("resolve")],
            may_change: true,
            severities: severities(&shell),
            kinds: kinds(&shell),
            services: services(&shell),
            assignees: vec![choice("", &shell.t("nobody"), false), choice("agt_1", "Béla Kovács", true)],
            teams: vec![choice("", "–", true), choice("tem_1", "Cloud", false)],
            tags: vec![s("mail-flow"), s("vip")],
            back: s("/queue/all"),
            previous: Some(10_433),
            next: Some(10_431),
            mine: false,
        },
        entries: entries(),
        composer: Some(Composer {
            open: s("reply"),
            may_reply: true,
            recipients: vec![
                recipient("anna@sjobergs.example", "Anna Lindqvist", "requester", false),
                recipient("erik@sjobergs.example", "Erik Berg", "cc", false),
                recipient("anna.private@mail.example", "anna.private@mail.example", "added", true),
            ],
            send,
            reply: String::new(),
            note: String::new(),
            seen: s("ent_4"),
            files: vec![file("relay-instructions.pdf", "88 kB")],
            note_files: Vec::new(),
            warnings: Vec::new(),
            kept: Some(time("10:02")),
            language: s("Svenska"),
            may_wait: true,
            may_resolve: true,
        }),
        side: Side {
            customer: Some(CustomerFacts {
                name: s("Sjöbergs Möbelfabrik AB"),
                href: s("/customers/cus_1"),
                language: s("Svenska"),
                local_time: s("10:00 (Europe/Stockholm)"),
                daytime: true,
                remark: s("Call Anna, she is rarely at her desk."),
            }),
            contact: ContactFacts {
                person: anna(),
                email: s("anna@sjobergs.example"),
                phone: s("+46 8 123 45 67"),
                language: s("Svenska"),
                stranger: false,
            },
            clocks: clocks(),
            recent: (3..7)
                .map(|i| {
                    let l = line(i);
                    TicketRef { number: l.number, subject: l.subject, state: l.state, changed: l.changed }
                })
                .collect(),
        },
        viewers: vec![Viewer { person: wang(), replying: true }],
        shell,
    }
}

fn promises() -> Vec<PromiseLine> {
    let one = |promise: &str, due: &str, target: &str| PromiseLine {
        promise: s(promise),
        due: s(due),
        target: s(target),
    };
    vec![
        one("first_response", "today 14:00", "4 h, business hours"),
        one("resolution", "Wed 1 April 10:00", "16 h, business hours"),
    ]
}

fn customer_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "customers");
    let customer = |i: u8, name: &str, initials: &str, domains: &str, open| CustomerLine {
        href: format!("/customers/cus_{i}"),
        person: person(name, initials, i),
        domains: s(domains),
        language: s("Deutsch"),
        open,
        changed: Some(time("2 h")),
    };
    let list = CustomersPage {
        shell: around.clone(),
        query: String::new(),
        customers: vec![
            customer(
                0,
                "Donaudampfschifffahrtsgesellschaft mbH & Co. KG",
                "DD",
                "ddsg.example, donaudampf.example",
                4,
            ),
            customer(1, "Sjöbergs Möbelfabrik AB", "SM", "sjobergs.example", 2),
            customer(2, "上海云帆科技有限公司", "上", "yunfan.example", 0),
        ],
        pages: pages(),
        may_edit: true,
        languages: languages(),
        time_zones: zones(),
    };
    let contact = |id: &str, person: Person, email: &str, sees_all| ContactLine {
        id: s(id),
        person,
        email: s(email),
        phone: s("+46 8 123 45 67"),
        language: s("Svenska"),
        sees_all,
    };
    let one = CustomerPage {
        shell: around.clone(),
        id: s("cus_1"),
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
        tickets: (0..8).map(line).collect(),
        pages: pages(),
        may_edit: true,
    };
    let found = |id: &str, person: Person, chosen| ContactMatch {
        id: s(id),
        person,
        email: s("anna@sjobergs.example"),
        phone: s("+46 8 123 45 67"),
        customer: s("Sjöbergs Möbelfabrik AB"),
        open: 2,
        chosen,
    };
    let new = NewTicketPage {
        notice: None,
        who: s("ann"),
        matches: vec![found("con_1", anna(), true), found("con_3", person("Annika Ö", "AÖ", 6), false)],
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

fn search(lang: &'static str) -> SearchPage {
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

fn sent(lang: &'static str) -> SentPage {
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
        states: family(&shell, "delivery", &["held", "waiting", "sent", "delivered", "failed", "bounced"], 4),
        mails: vec![
            mail("out_1", 1, failed, true),
            mail("out_2", 0, vec![to("anna@sjobergs.example", "waiting", "451 4.7.1 try later")], false),
        ],
        pages: pages(),
        shell,
    }
}

fn inbox(lang: &'static str) -> InboxPage {
    let mailbox = |address: &str, tone: &str, error: &str| MailboxHealth {
        address: s(address),
        tone: s(tone),
        last_ok: Some(time("20 s")),
        last_error: s(error),
        taken: 214,
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

const ROLES: [&str; 6] = [
    "global_admin",
    "admin_agent",
    "helpdesk_agent",
    "billing_admin",
    "sales_agent",
    "user_management_admin",
];

fn people(lang: &'static str) -> PeoplePage {
    let shell = shell(lang, "people");
    let agent = |id: &str, person: Person, state: &str, role| AgentLine {
        id: s(id),
        person,
        email: s("someone@nordwind.example"),
        state: s(state),
        roles: family(&shell, "role", &ROLES, role),
        seen: Some(time("2 h")),
        may_deactivate: true,
    };
    let row = |permission: &str, bits: u8| MatrixRow {
        permission: s(permission),
        has: (0..6).map(|i| bits & (1 << i) != 0).collect(),
    };
    PeoplePage {
        notice: None,
        agents: vec![
            agent("agt_1", bela(), "active", 0),
            agent("agt_2", wang(), "active", 2),
            agent("agt_3", anna(), "invited", 4),
        ],
        teams: vec![TeamLine {
            id: s("tem_1"),
            name: s("Cloud"),
            members: vec![choice("agt_1", "Béla Kovács", true), choice("agt_2", "王小明", false)],
            count: 1,
        }],
        roles: ROLES.map(s).to_vec(),
        matrix: vec![
            row("customers.view", 0b11_1111),
            row("customers.edit", 0b00_0011),
            row("tickets.view_public", 0b01_0000),
            row("tickets.view", 0b00_0111),
            row("billing_tickets.view", 0b00_1000),
            row("tickets.file", 0b01_1111),
            row("tickets.work", 0b00_0111),
            row("billing_tickets.work", 0b00_1000),
            row("mail.manage", 0b00_0011),
            row("audit.view", 0b00_0001),
            row("users.manage", 0b10_0001),
            row("settings.manage", 0b00_0011),
        ],
        languages: languages(),
        shell,
    }
}

fn settings_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "settings");
    let desk = DeskSettingsPage {
        shell: around.clone(),
        notice: Some(notice("done", "Saved.")),
        name: s("Nordwind Cloud"),
        languages: languages(),
        default_languages: languages(),
        time_zones: zones(),
        undo_seconds: 10,
        reopen_days: 14,
    };
    let day = |day: &str, hours: &str, bars: &[(u8, u8)]| CalendarDay {
        day: s(day),
        hours: s(hours),
        bars: bars.iter().map(|&(from, length)| Bar { from, length }).collect(),
    };
    let mut days: Vec<CalendarDay> = ["mon", "tue", "wed", "thu"]
        .map(|d| day(d, "08:00-12:00, 13:00-17:00", &[(32, 16), (52, 16)]))
        .into();
    days.extend([
        day("fri", "08:00-14:00", &[(32, 24)]),
        day("sat", "", &[]),
        day("sun", "22:00-02:00", &[(88, 8)]),
    ]);
    let calendars = CalendarsPage {
        shell: around.clone(),
        notice: None,
        calendars: vec![CalendarForm {
            id: s("cal_1"),
            name: s("Business hours"),
            time_zones: zones(),
            days,
            holidays: s("2026-04-03 Karfreitag\n2026-04-06 Ostermontag\n2026-12-25 Erster Weihnachtstag"),
            holiday_count: 3,
            week: s("42 h"),
        }],
        time_zones: zones(),
    };
    let row = |severity: &str, first: &str, next: &str, resolution: &str| PromiseRow {
        severity: s(severity),
        field: severity.to_lowercase(),
        first_response: s(first),
        next_response: s(next),
        resolution: s(resolution),
        calendars: vec![choice("cal_1", "Business hours", true)],
    };
    let promises = PromisesPage {
        shell: around.clone(),
        notice: Some(notice("error", "“soon” is not a time. Write 30 min, 4 h or 1 h 30.")),
        rows: vec![row("A", "1 h", "1 h", "4 h"), row("B", "4 h", "8 h", "16 h"), row("C", "8 h", "", "")],
    };
    let mailbox = |id: &str, address: &str, tone: &str, health: &str| MailboxForm {
        id: s(id),
        address: s(address),
        display_name: s("Nordwind Support"),
        imap_host: s("imap.nordwind.example"),
        imap_port: 993,
        smtp_host: s("smtp.nordwind.example"),
        smtp_port: 465,
        user: s(address),
        active: true,
        tone: s(tone),
        health: s(health),
    };
    let mailboxes = MailboxesPage {
        shell: around.clone(),
        notice: None,
        mailboxes: vec![
            mailbox("mbx_1", "support@nordwind.example", "done", "works"),
            mailbox("mbx_2", "rechnung@nordwind.example", "error", "login failed"),
            mailbox("", "", "", ""),
        ],
    };
    let tokens = TokensPage {
        shell: around.clone(),
        notice: None,
        made: Some(s("pd_live_example_token_shown_once_0123456789")),
        tokens: vec![TokenLine {
            id: s("tok_1"),
            name: s("Monitoring"),
            scopes: vec![s("tickets:read"), s("tickets:write")],
            by: s("Béla Kovács"),
            used: Some(time("4 min")),
            withdrawn: false,
        }],
        scopes: vec![choice("tickets:read", "tickets:read", true), choice("mail", "mail", false)],
    };
    let audit_row = |what: &str, sealed| AuditRow {
        time: time("Mon 08:31"),
        actor: s("Béla Kovács"),
        what: s(what),
        object: s("tkt_0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
        sealed,
    };
    let audit = AuditPage {
        shell: Shell { section: s("audit"), ..around },
        tone: s("done"),
        verified: s("All 48,213 entries are unchanged. Verified Mon 09:00."),
        rows: vec![audit_row("Answered the customer", false), audit_row("Severity C → A", true)],
        pages: pages(),
    };
    vec![
        ("settings_desk", desk.render().unwrap()),
        ("settings_calendars", calendars.render().unwrap()),
        ("settings_promises", promises.render().unwrap()),
        ("settings_mailboxes", mailboxes.render().unwrap()),
        ("settings_tokens", tokens.render().unwrap()),
        ("settings_audit", audit.render().unwrap()),
        ("settings_audit.rows", audit.as_rows().render().unwrap()),
    ]
}

fn help_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let contact = |section: &str| Shell {
        user: Some(User { person: anna(), email: s("anna@sjobergs.example"), several_desks: false }),
        section: s(section),
        may: May::default(),
        ..door(lang)
    };
    let step = |step: &str| {
        HelpSignInPage {
            shell: door(lang),
            step: s(step),
            email: s("anna@sjobergs.example"),
            action: s("/help/sign-in"),
            next: s("/help/tickets"),
            notice: None,
            desk_address: s("support@nordwind.example"),
            languages: links(),
        }
        .render()
        .unwrap()
    };
    let tickets = HelpTicketsPage {
        shell: contact("tickets"),
        scopes: links().into_iter().take(2).collect(),
        tickets: (0..5)
            .map(line)
            .map(|l| HelpTicketLine {
                your_turn: l.state == "waiting_customer",
                number: l.number,
                subject: l.subject,
                state: l.state,
                by: l.contact,
                promise: s("answer by today 14:00"),
                changed: l.changed,
            })
            .collect(),
        pages: pages(),
        ours: true,
    };
    let around = contact("new");
    let new = HelpNewPage {
        notice: None,
        services: services(&around),
        kinds: kinds(&around),
        severities: severities(&around),
        customers: vec![choice("cus_1", "Sjöbergs", true), choice("cus_2", "Berg & Dal", false)],
        subject: String::new(),
        text: String::new(),
        promises: promises(),
        shell: around,
    };
    let public = |entry: Entry| match entry {
        Entry::Message(m) if m.side != "note" => Some(HelpMessage {
            from_desk: m.side == "agent",
            id: m.id,
            author: m.author,
            time: m.time,
            pieces: m.pieces,
            files: m.files,
        }),
        Entry::Message(_) | Entry::Event(_) | Entry::Unread => None,
    };
    let ticket = HelpTicketPage {
        shell: contact("tickets"),
        notice: None,
        number: 10_432,
        version: 9,
        subject: line(0).subject,
        state: s("waiting_customer"),
        service: s("microsoft365"),
        severity: s("A"),
        promise: s("answer by today 10:40"),
        agent: Some(bela()),
        messages: entries().into_iter().filter_map(public).collect(),
        text: String::new(),
        may_answer: true,
        moves: vec![s("close")],
    };
    vec![
        ("help_ask", step("ask")),
        ("help_sent", step("sent")),
        ("help_confirm", step("confirm")),
        ("help_expired", step("expired")),
        ("help_stranger", step("stranger")),
        ("help_tickets", tickets.render().unwrap()),
        ("help_new", new.render().unwrap()),
        ("help_ticket", ticket.render().unwrap()),
    ]
}

fn links() -> Vec<Link> {
    let link = |c: Choice| Link { href: format!("?lang={}", c.value), text: c.text, current: c.chosen };
    languages().into_iter().map(link).collect()
}

fn pages_of(lang: &'static str) -> Vec<(&'static str, String)> {
    let sign_in = SignInPage {
        shell: door(lang),
        notice: Some(notice("error", "Address or password is wrong.")),
        email: s("bela.kovacs@nordwind.example"),
        next: s("/"),
        languages: links(),
    };
    let choose = ChooseDeskPage {
        shell: door(lang),
        desks: vec![
            choice("dsk_1", "Nordwind Cloud", true),
            choice("dsk_2", "Südwind Rechenzentrum GmbH", false),
        ],
        next: s("/"),
    };
    let invitation = InvitationPage {
        shell: door(lang),
        notice: None,
        action: s("/invitation/abc"),
        email: s("wang@nordwind.example"),
        name: s("王小明"),
        min_length: 12,
    };
    let account = AccountPage {
        themes: family(&shell(lang, ""), "theme", &["system", "light", "dark", "contrast"], 0),
        shell: shell(lang, "account"),
        languages: languages(),
        time_zones: zones(),
        notice: None,
        min_length: 12,
    };
    let error = ErrorPage {
        shell: door(lang),
        status: 404,
        title: s("There is no such ticket"),
        text: s("It may belong to another desk, or the number is mistyped."),
        request: s("req_0190a1b2"),
    };
    let empty =
        QueuePage { lines: Vec::new(), view: s("mine"), count: 0, pages: Pages::default(), ..queue(lang) };
    let (queue, ticket) = (queue(lang), ticket(lang));
    let mut all = vec![
        ("sign_in", sign_in.render().unwrap()),
        ("choose_desk", choose.render().unwrap()),
        ("invitation", invitation.render().unwrap()),
        ("account", account.render().unwrap()),
        ("error", error.render().unwrap()),
        ("queue", queue.render().unwrap()),
        ("queue.rows", queue.as_rows().render().unwrap()),
        ("queue_empty", empty.render().unwrap()),
        ("ticket", ticket.render().unwrap()),
        ("ticket.timeline", ticket.as_timeline().render().unwrap()),
        ("ticket.facts", ticket.as_facts().render().unwrap()),
        ("search", search(lang).render().unwrap()),
        ("sent", sent(lang).render().unwrap()),
        ("inbox", inbox(lang).render().unwrap()),
        ("people", people(lang).render().unwrap()),
    ];
    all.extend(customer_pages(lang));
    all.extend(settings_pages(lang));
    all.extend(help_pages(lang));
    all
}

/// Elements that have no end tag.
const VOID: [&str; 12] =
    ["!doctype", "meta", "link", "input", "img", "br", "use/", "rect/", "source", "hr", "wbr", "col"];

/// Every start tag has its end tag, in order.
fn assert_balanced(name: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: a tag has no end: {tag}"));
        let word = tag.split_whitespace().next().unwrap_or_default();
        if let Some(end) = word.strip_prefix('/') {
            assert_eq!(open.pop(), Some(end), "{name}: </{end}> closes another element");
        } else if !tag.ends_with('/') && !VOID.contains(&word) {
            open.push(word);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} stay open");
}

/// No id stands twice, and what a label or tab points to is there.
fn assert_ids(name: &str, html: &str) {
    let values = |attribute: &str| -> Vec<String> {
        let start = format!(" {attribute}=\"");
        html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next().map(s)).collect()
    };
    let mut ids = values("id");
    ids.sort();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count, "{name}: an id stands twice: {ids:?}");
    for attribute in ["aria-labelledby", "aria-controls", "aria-describedby", "popovertarget"] {
        for target in values(attribute) {
            assert!(ids.contains(&target) || name.contains('.'), "{name}: {attribute} points to {target}");
        }
    }
}

#[test]
fn every_page_reads_in_every_language() {
    let directory = std::env::var_os("PARTNERDESK_PAGES").map(std::path::PathBuf::from);
    for lang in LANGUAGES {
        for (name, html) in pages_of(lang) {
            assert!(!html.contains('⟨'), "{lang} {name} misses words: {:?}", html.split('⟨').nth(1));
            assert_balanced(name, &html);
            assert_ids(name, &html);
            assert!(
                !html.contains(" style=") && !html.contains("<style"),
                "{name}: the policy forbids inline style"
            );
            assert!(!html.contains(" onclick"), "{name}: the policy forbids inline script");
            if !name.contains('.') {
                assert!(html.matches("<h1").count() == 1, "{name} has one main heading");
                assert!(html.contains("<main id=\"main\""), "{name} has its landmark");
            }
            if let Some(directory) = &directory {
                std::fs::write(directory.join(format!("{lang}.{name}.html")), html).unwrap();
            }
        }
    }
}

#[test]
fn outside_words_are_escaped() {
    let mut page = queue("en");
    page.lines.truncate(1);
    page.lines[0].subject = s("<script>alert('x')</script>\" onload=\"x");
    let html = page.as_rows().render().unwrap();
    assert!(!html.contains("<script") && !html.contains("\" onload"), "{html}");
}

#[test]
fn a_note_has_no_recipients() {
    let html = ticket("en").as_composer().render().unwrap();
    let (_, note) = html.split_once("id=\"pane-note\"").unwrap();
    assert!(
        note.contains("action=\"/tickets/10432/note\"") && !note.contains("name=\"recipient\""),
        "{note}"
    );
}
