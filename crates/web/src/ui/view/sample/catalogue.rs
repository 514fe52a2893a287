//! The catalogue and its statements.

use askama::Template;
use domain::document::{Block, Document, Section};

use super::*;

pub(super) fn offering_form(shell: &Shell, action: &str, name: &str, named: bool) -> OfferingForm {
    let day = |day: &str, from| CalendarDay {
        day: s(day),
        hours: s("08:00-12:00, 13:00-17:00"),
        bars: vec![Bar { from, length: 16 }, Bar { from: from + 20, length: 16 }],
    };
    OfferingForm {
        action: s(action),
        version: 3,
        name: s(name),
        named,
        theirs: !named,
        terms: TermsForm {
            services: services(shell),
            kinds: kinds(shell),
            languages: languages(),
            contact: family(shell, "contact-method", &["mail", "portal", "phone", "api"], 0),
            time_zone: s("Europe/Berlin"),
            days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(|name| day(name, 32)).into(),
            holidays: s("2026-12-24\n12-25"),
            promises: promise_rows(),
            per: family(shell, "price-per", &["included", "incident", "hour", "month"], 1),
            amount: s("120.00"),
            currency: s("EUR"),
        },
        from: s("2026-01-01"),
        to: s("2026-12-31"),
    }
}

fn offering(shell: &Shell, id: &str, name: &str) -> OfferingCard {
    OfferingCard {
        id: s(id),
        summary: s(
            "Microsoft 365, Azure · Technical · Deutsch, 简体中文 · Mon–Fri 08:00–17:00 (Europe/Berlin)",
        ),
        ends: s("31 Dec 2026"),
        form: offering_form(shell, &format!("/catalogue/offerings/{id}"), name, true),
    }
}

fn document(lang: &'static str) -> Document {
    let fact = |name: &str, value: &str| (s(name), s(value));
    Document {
        lang: lang.parse().unwrap(),
        title: s("Supportzusage: Rund-um-die-Uhr-Unternehmensbetreuung"),
        lead: vec![s("Nordwind Cloud"), s("Version 3")],
        sections: vec![Section {
            heading: s("Round the clock"),
            blocks: vec![
                Block::Facts(vec![fact("Service hours", "Mon–Fri 08:00–17:00\nEurope/Berlin")]),
                Block::Table {
                    head: vec![s("Severity"), s("First response")],
                    rows: vec![vec![s("A"), s("1 h")], vec![s("B"), s("4 h")]],
                },
                Block::Text(s("We remind you twice.\nThen we suspend.")),
            ],
        }],
        foot: s("Version 3 · SHA-256 8a1f0c9e8a1f0c9e8a1f0c9e8a1f0c9e8a1f0c9e8a1f0c9e8a1f0c9e8a1f0c9e"),
    }
}

fn changes() -> Vec<ChangeLine> {
    let change = |offering: &str, before: &str, after: &str| ChangeLine {
        part: s("Promises"),
        offering: s(offering),
        before: s(before),
        after: s(after),
    };
    vec![
        change("Round the clock", "A: 1 h / 4 h\nB: 4 h", "A: 2 h / 4 h\nB: 4 h"),
        change("", "", "+49 30 1"),
    ]
}

fn holder(name: &str) -> HolderLine {
    HolderLine {
        href: s("/catalogue/customers/cus_1"),
        name: s(name),
        plan: s("Premium"),
        when: s("2 Mar 2026 –"),
    }
}

fn draft(lang: &'static str) -> DraftPage {
    let row = |y, label: &str, gaps: Vec<(u32, u32)>, gaps_text: Vec<String>| WeekRow {
        label: s(label),
        y,
        promised: (0..5).map(|day| (day * 96 + 32, 36)).collect(),
        gaps,
        promised_text: s("Mon 08:00–17:00, Tue 08:00–17:00"),
        gaps_text,
    };
    DraftPage {
        shell: shell(lang, "catalogue"),
        notice: Some(notice("error", "A reason is needed.")),
        id: s("pln_1"),
        name: s("Premium"),
        seen: s("8a1f"),
        need_reason: true,
        gaps: vec![GapLine {
            offering: s("Round the clock"),
            lang: s("Magyar"),
            of: s("Azure (Technical)"),
            when: vec![s("Mon 00:00–09:00 (52 times)"), s("Thu 24 Dec")],
        }],
        links: vec![LinkLine {
            offering: s("Round the clock"),
            of: s("Azure (Technical)"),
            supplier: s("Nachtwache GmbH: Night watch"),
            need: s("delivers"),
            findings: vec![
                FindingLine { broken: true, text: s("Does not speak Magyar.") },
                FindingLine { broken: false, text: s("Nobody knows its resolution.") },
            ],
        }],
        week: WeekPicture {
            title: s("2 Mar 2026 – 8 Mar 2026 (Europe/Berlin)"),
            back: Some(s("/catalogue/plans/pln_1/draft?week=2026-02-23")),
            on: s("/catalogue/plans/pln_1/draft?week=2026-03-09"),
            days: (0..7).map(|day| (day * 96, s("Mon 2 Mar"))).collect(),
            width: 672,
            height: 70,
            rows: vec![
                row(18, "Round the clock: Deutsch", Vec::new(), Vec::new()),
                row(44, "Round the clock: Magyar", vec![(0, 96)], vec![s("Mon 00:00–24:00")]),
            ],
        },
        changes: changes(),
        newest: 2,
        document: document(lang),
    }
}

pub(super) fn catalogue_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "catalogue");
    let plan = |href: &str, name: &str| PlanForm {
        id: s("pln_1"),
        action: s("/catalogue/plans"),
        href: s(href),
        version: 1,
        name: s(name),
        is_default: true,
        offerings: vec![choice("ofr_1", "Round the clock", true), choice("ofr_2", "By day", false)],
        summary: s("Round the clock"),
    };
    let field = |name: &str| CommonField { name: s(name), label: s(name), text: s("+49 30 1") };
    let page = CataloguePage {
        notice: None,
        may: true,
        offerings: vec![
            offering(&around, "ofr_1", "Rund-um-die-Uhr-Unternehmensbetreuung"),
            offering(&around, "ofr_2", "按工作日"),
        ],
        new_offering: offering_form(&around, "/catalogue/offerings", "", true),
        plans: vec![plan("/catalogue/plans/pln_1", "Premium")],
        new_plan: plan("", ""),
        deliveries: vec![DeliveryLine {
            id: s("dlv_1"),
            what: s("Azure · Technical"),
            when: s("Mon–Fri 17:00–24:00"),
            who: s("Nachtwache GmbH: Night watch"),
            idle: true,
        }],
        of_customers: vec![choice("", "everything", true), choice("cus_1", "上海云帆科技有限公司", false)],
        of_offerings: vec![choice("", "everything", true), choice("ofr_1", "Round the clock", false)],
        services: services(&around),
        kinds: kinds(&around),
        manners: family(&around, "manner", &["in_house", "resold", "outsourced", "provider"], 0),
        teams: vec![choice("", "whoever is there", true), choice("tem_1", "Cloud", false)],
        theirs: vec![choice("ofr_9", "Nachtwache GmbH: Night watch", false)],
        hours: vec![choice("", "always", true), choice("cal_1", "Office hours", false)],
        holders: vec![
            holder("Donaudampfschifffahrtsgesellschaft mbH & Co. KG"),
            holder("上海云帆科技有限公司"),
        ],
        common_version: 0,
        contact: vec![field("contact_phone")],
        collections: vec![field("collections_en")],
        zones: vec![s("Europe/Berlin"), s("UTC")],
        shell: around,
    };
    let reader = CataloguePage { may: false, ..page.clone() };
    let version = |number, reason: &str| PublishedLine {
        href: s("/catalogue/statements/stm_1"),
        number,
        from: s("2 Mar 2026"),
        published: time("4 min"),
        by: s("Béla Kovács"),
        reason: s(reason),
        material: number == 2,
        hash: s("8a1f0c9e8a1f"),
    };
    let versions = PlanPage {
        shell: shell(lang, "catalogue"),
        id: s("pln_1"),
        name: s("Premium"),
        may: true,
        customers: true,
        versions: vec![version(2, "Two people begin in May."), version(1, "")],
        acknowledged: vec![AcknowledgedLine {
            customer: s("Sjöbergs Möbelfabrik AB"),
            href: s("/catalogue/customers/cus_1"),
            contact: s("Anna Lindqvist"),
            number: 2,
            lang: s("Svenska"),
            at: time("4 min"),
        }],
        waiting: vec![WaitingLine {
            customer: s("Donaudampfschifffahrtsgesellschaft mbH & Co. KG"),
            href: s("/catalogue/customers/cus_1"),
            standing: s("Version 2 waits to be acknowledged; version 1 was."),
            nobody: true,
        }],
        authorised: vec![s("Anna Lindqvist"), s("王小明")],
    };
    let no_versions = PlanPage {
        versions: Vec::new(),
        acknowledged: Vec::new(),
        authorised: Vec::new(),
        ..versions.clone()
    };
    let draft = draft(lang);
    let fine = DraftPage {
        notice: None,
        need_reason: false,
        gaps: Vec::new(),
        links: Vec::new(),
        changes: Vec::new(),
        ..draft.clone()
    };
    let statement = StatementPage {
        shell: shell(lang, "catalogue"),
        plan: s("/catalogue/plans/pln_1"),
        id: s("stm_1"),
        number: 3,
        languages: links(),
        lang: s(lang),
        document: document(lang),
        changes: changes(),
        may_send: true,
    };
    let customer = OfCustomerPage {
        notice: None,
        shell: shell(lang, "catalogue"),
        id: s("cus_1"),
        name: s("Sjöbergs Möbelfabrik AB"),
        may: true,
        plan: s("Premium"),
        held: vec![holder("Premium")],
        plans: vec![choice("", "none", false), choice("pln_1", "Premium", true)],
        standing: s("Version 2 was acknowledged."),
        contacts: vec![choice("con_1", "Anna Lindqvist", true), choice("con_2", "王小明", false)],
    };
    let contact = Shell {
        user: Some(User { person: anna(), email: s("anna@sjobergs.example"), several_desks: false }),
        section: s("statement"),
        may: May::default(),
        ..door(lang)
    };
    let asked = HelpStatement {
        id: s("stm_1"),
        customer: s("Sjöbergs Möbelfabrik AB"),
        document: document(lang),
        hash: s("8a1f"),
        asked: true,
        may: true,
        standing: s("Please acknowledge version 3."),
        changes: changes(),
    };
    let not_you = HelpStatement { may: false, changes: Vec::new(), ..asked.clone() };
    let help = HelpStatementPage { shell: contact, notice: None, statements: vec![asked, not_you] };
    let nothing = HelpStatementPage { statements: Vec::new(), ..help.clone() };
    vec![
        ("catalogue", page.render().unwrap()),
        ("catalogue_reader", reader.render().unwrap()),
        ("catalogue_plan", versions.render().unwrap()),
        ("catalogue_plan_new", no_versions.render().unwrap()),
        ("catalogue_draft", draft.render().unwrap()),
        ("catalogue_draft_fine", fine.render().unwrap()),
        ("catalogue_statement", statement.render().unwrap()),
        ("catalogue_customer", customer.render().unwrap()),
        ("help_statement", help.render().unwrap()),
        ("help_statement_none", nothing.render().unwrap()),
    ]
}
