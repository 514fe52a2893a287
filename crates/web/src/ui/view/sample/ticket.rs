//! One ticket with all that can stand in it.

use super::*;

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
    Entry::Event(Event { icon: s(icon), text: s(text), ticket: None, time: time(when) })
}

pub(super) fn entries() -> Vec<Entry> {
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
    reply.delivery = Some(Delivery { state: s("sent"), detail: String::new(), retry: None });
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
    last.undo = Some(Undo { action: s("/tickets/10432/undo"), what: s("ent_5"), seconds: 8 });
    vec![
        Entry::Message(Box::new(first)),
        event("clock", "First response promised by Mon 09:14 · severity A · Business hours", "Mon 08:14"),
        event("user", "Béla Kovács took the ticket", "Mon 08:22"),
        Entry::Event(Event {
            icon: s("link"),
            text: s("Béla Kovács merged another ticket into this one"),
            ticket: Some(10_430),
            time: time("Mon 08:23"),
        }),
        Entry::Message(Box::new(reply)),
        event("check", "First response kept with 43 min to spare", "Mon 08:31"),
        Entry::Message(Box::new(note)),
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

pub(super) fn ticket(lang: &'static str) -> TicketPage {
    let mut shell = shell(lang, "ticket");
    shell.live = s("ticket:10432,queue");
    shell.flash = Some(Flash {
        tone: s("done"),
        text: s("Answer on its way to Anna Lindqvist"),
        undo: Some(Undo { action: s("/tickets/10432/undo"), what: s("ent_5"), seconds: 8 }),
    });
    let first = line(0);
    let recipient = |address: &str, name: &str, reason: &str, unknown| Recipient {
        address: s(address),
        name: s(name),
        reason: s(reason),
        chosen: true,
        unknown,
    };
    let send = shell.words.f("compose-send", &[("name", "Anna".into()), ("others", 2_i64.into())]);
    TicketPage {
        head: TicketHead {
            number: 10_432,
            version: 9,
            subject: first.subject,
            state: s("open"),
            severity: s("A"),
            due: Some(due("near", "due 10:40", "40 min")),
            moves: vec![s("wait_customer"), s("wait_supplier"), s("resolve")],
            may_change: true,
            severities: severities(&shell),
            kinds: kinds(&shell),
            services: services(&shell),
            assignees: vec![choice("", &shell.t("nobody"), false), choice("agt_1", "Béla Kovács", true)],
            teams: vec![choice("", "–", true), choice("tem_1", "Cloud", false)],
            customers: vec![choice("", "–", false), choice("cus_1", "Contoso", true)],
            tags: vec![s("mail-flow"), s("vip")],
            back: s("/queue/all"),
            mine: false,
            snoozed: Some(s("aside until Tue 08:00")),
            snoozes: vec![
                choice("2026-03-31T06:00:00Z", "Tue 08:00", false),
                choice("", "Bring back", false),
            ],
            may_merge: true,
            merged_into: Some(10_377),
            may_change_requester: true,
        },
        entries: entries(),
        earlier: Some(s("/tickets/10432?before=7#timeline")),
        newest: Some(s("/tickets/10432")),
        composer: Some(Composer {
            open: s("reply"),
            may_reply: true,
            recipients: vec![
                recipient("anna@sjobergs.example", "Anna Lindqvist", "requester", false),
                recipient("erik@sjobergs.example", "Erik Berg", "cc", false),
                recipient("anna.private@mail.example", "anna.private@mail.example", "added", true),
            ],
            sends: vec![s("Send to Anna"), send.clone()],
            send,
            reply: String::new(),
            note: String::new(),
            seen: s("ent_4"),
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
