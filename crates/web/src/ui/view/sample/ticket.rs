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
        coming: None,
        warnings: Vec::new(),
        delivery: None,
        original: String::new(),
        undo: None,
    }
}

fn event(icon: &str, text: &str, when: &str) -> Entry {
    Entry::Event(Box::new(Event { icon: s(icon), text: s(text), ticket: None, undo: None, time: time(when) }))
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
    first.coming = Some(Coming {
        text: s("Did not come: trace.log. It answered 401."),
        given_up: true,
        leg: s("hov_0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
    });
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
        Entry::Event(Box::new(Event {
            icon: s("link"),
            text: s("Béla Kovács merged another ticket into this one"),
            ticket: Some(10_430),
            undo: Some((
                Undo { action: s("/undo"), what: s("und_1"), seconds: 80_000 },
                s("until Tue 08:23"),
            )),
            time: time("Mon 08:23"),
        })),
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

fn circle(shell: &Shell) -> CirclePanel {
    let one = |person: Person, reason: &str, id: Option<String>| CirclePerson {
        person,
        reason: shell.t(reason).into_owned(),
        id,
    };
    CirclePanel {
        portal: s("https://msrc.microsoft.com/report"),
        people: vec![
            one(bela(), "circle-assignee", None),
            one(wang(), "circle-let-in-by-name", Some(s("agt_3"))),
            one(anna(), "circle-asked", None),
        ],
        strangers: vec![choice("agt_4", "Jonas", false)],
        may_work: true,
    }
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
            has_circle: true,
        },
        path: path(),
        circle: Some(circle(&shell)),
        charging: Some(super::charging::panel(&shell)),
        questions: Some(super::question::panel(&shell)),
        diagnosis: Some(diagnosis(&shell)),
        escalation: Some(escalation(&shell)),
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
            applies: Some(Applies {
                offering: "Cloud support".into(),
                hours: "Mon–Fri 08:00–18:00 (Europe/Berlin)".into(),
                statement: Some(Link {
                    href: "/catalogue/statements/1".into(),
                    text: "Premium, version 2".into(),
                    current: false,
                }),
                delivered_by: Some(Link {
                    href: String::new(),
                    text: "Nachtwache: nights".into(),
                    current: false,
                }),
            }),
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

fn path() -> Vec<StopView> {
    let stops = ["received", "diagnosed", "decided", "handed_over", "returned", "informed", "resolved"];
    let reached = ["done", "done", "now", "ahead", "skipped", "ahead", "ahead"];
    let stop = |(stop, reached): (&str, &str)| StopView { stop: s(stop), reached: s(reached) };
    stops.into_iter().zip(reached).map(stop).collect()
}

fn diagnosis(shell: &Shell) -> DiagnosisPanel {
    let step = |key: &str, text: &str, state: &str, next, remark: &str| StepView {
        key: s(key),
        text: s(text),
        state: s(state),
        next,
        remark: s(remark),
        who: if state == "open" { String::new() } else { s("Béla Kovács") },
        time: (state != "open").then(|| time("08:31")),
    };
    let incident = |external: &str, title: &str, belongs| IncidentRef {
        id: s("inc_1"),
        external: s(external),
        title: s(title),
        status: s("open"),
        since: time("07:50"),
        belongs,
    };
    DiagnosisPanel {
        open: true,
        may_work: true,
        version: 4,
        progress: shell.words.f("diagnosis-steps-done", &[("done", 2_i64.into()), ("all", 5_i64.into())]),
        decision: Some(DecisionView {
            verdict: s("outside"),
            category: s("Ein Dienst ist nicht verfügbar"),
            reason: s("EX25194"),
            who: s("Béla Kovács"),
            time: time("09:02"),
        }),
        incidents: vec![
            incident("EX25194", "Some users can't receive mail", true),
            incident("", "邮件延迟", false),
        ],
        questions: vec![QuestionView {
            finding: s("break_fix"),
            text: s("Is something broken, as opposed to a question or a wish?"),
            answers: vec![
                choice("true", &shell.word("answer", "true"), true),
                choice("false", &shell.word("answer", "false"), false),
                choice("", &shell.word("answer", "unknown"), false),
            ],
        }],
        steps: vec![
            step("health", "Look at the service health of the customer", "done", false, "EX25194"),
            step(
                "again",
                "Es nachstellen: andere Person, anderes Gerät",
                "skipped",
                false,
                "the customer travels",
            ),
            step("scope", "弄清哪些人受影响", "open", true, ""),
            step("since", "Derítse ki, mióta tart, időzónával együtt", "open", false, ""),
        ],
        evidence: vec![
            EvidenceView { word: s("tenant_id"), value: s("0b6a3c9e-5b1d-4f0e-9d55-2f1b4a1c7e10") },
            EvidenceView { word: s("error_text"), value: String::new() },
        ],
        role: s("Dienstsupportadministrator"),
        categories: vec![
            CategoryChoice {
                key: s("unavailable"),
                text: s("A service is not available → Microsoft"),
                chosen: true,
            },
            CategoryChoice { key: s("how-to"), text: s("How something is done *"), chosen: false },
        ],
        not_needed: family(shell, "not-needed", &["duplicate", "no_request"], 9),
        asked: shell.words.f("diagnosis-asked-own", &[("version", "3".into())]),
        asked_href: s("/admin/services/microsoft365/technical?version=3"),
    }
}

pub(super) fn similar(lang: &'static str) -> SimilarPage {
    let shell = shell(lang, "queue");
    let other = |i| {
        let line = line(i);
        SimilarTicket {
            number: line.number,
            subject: line.subject,
            state: line.state,
            changed: line.changed,
            answer: if i == 1 {
                s("Löschen Sie das Add-In und starten Sie Outlook neu.")
            } else {
                String::new()
            },
        }
    };
    SimilarPage {
        number: 10_432,
        subject: line(0).subject,
        may_work: true,
        tickets: (1..4).map(other).collect(),
        articles: vec![ArticleHint {
            id: s("art_1"),
            title: s("E-Mail kommt nicht an"),
            body: s("Verfolgen Sie die Nachricht.\n\n1. Öffnen Sie …"),
            language: shell.words.f("article-other-language", &[("language", "Deutsch".into())]),
        }],
        shell,
    }
}
