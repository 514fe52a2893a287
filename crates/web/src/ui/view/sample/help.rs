//! The portal.

use askama::Template;

use super::*;

pub(super) fn help_pages(lang: &'static str) -> Vec<(&'static str, String)> {
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
            desks: links(),
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
        articles: help_articles(),
        promises: promises(),
        charged: (s("In plan"), s("Covered by Cloud support.")),
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
        Entry::Message(_) | Entry::Event(_) => None,
    };
    let ticket = HelpTicketPage {
        shell: contact("tickets"),
        notice: None,
        number: 10_432,
        subject: line(0).subject,
        state: s("waiting_customer"),
        service: s("microsoft365"),
        promise: s("answer by today 10:40"),
        applies: "Cloud support covers this request. Somebody is there: Mon–Fri 08:00–18:00.".into(),
        statement: "What we promise you, version 2".into(),
        agent: Some(bela()),
        approvals: super::charging::approvals(),
        questions: super::question::help(&contact("tickets")),
        messages: entries().into_iter().filter_map(public).collect(),
        earlier: Some(s("/help/tickets/10432?before=7#timeline")),
        newest: Some(s("/help/tickets/10432")),
        text: String::new(),
        may_answer: true,
        moves: vec![s("close")],
    };
    vec![
        ("help_desk", step("desk")),
        ("help_ask", step("ask")),
        ("help_sent", step("sent")),
        ("help_confirm", step("confirm")),
        ("help_expired", step("expired")),
        ("help_tickets", tickets.render().unwrap()),
        ("help_new", new.render().unwrap()),
        ("help_ticket", ticket.render().unwrap()),
    ]
}
