//! Collections, with something of everything.

use askama::Template;

use super::*;

fn tabs(shell: &Shell) -> Vec<Link> {
    [("/collections", "collections"), ("/collections/policy", "collection-policy")]
        .iter()
        .map(|(href, key)| Link {
            href: s(href),
            text: shell.words.t(key).into_owned(),
            current: *key == "collections",
        })
        .collect()
}

fn row() -> CollectionRow {
    CollectionRow {
        customer: Link {
            href: s("/collections/customers/cus_1"),
            text: s("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH"),
            current: false,
        },
        stage: s("4: Sperrung neuer Bestellungen"),
        tone: s("error"),
        owed: s("12,345.67 EUR + 1,000.00 SEK"),
        oldest: s("75 days late"),
        owing: s("9,876.54 EUR"),
        next: s("5: Sperrung von Bestellungen und Änderungen am 2. März 2026"),
        holds: vec![s("Promised · 500.00 EUR · until 2 Mar 2026"), s("Grace · until 3 Mar 2026")],
    }
}

fn choices(chosen: usize) -> Vec<Choice> {
    let one =
        |place: usize| Choice { value: place.to_string(), text: s("A choice"), chosen: place == chosen };
    (0..3).map(one).collect()
}

pub(super) fn standing() -> HelpCollection {
    HelpCollection {
        name: s("Sjöbergs Bygg AB"),
        statement: s("/help/accounts/0190-1/pdf"),
        overdue: s("12,345.67 EUR"),
        next: s("Next, not before 2 Mar 2026: Warning"),
        policy: vec![s("After 3 days: Reminder"), s("After 28 days: Warning")],
        lines: choices(0),
        disputes: vec![(
            s("INV-2026-00001 · line 2 · 10.00 EUR · We never had it"),
            s("We answer by 9 Mar 2026"),
        )],
    }
}

pub(super) fn collection_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "billing");
    let sum = CollectionSum {
        total: s("13,372.67 EUR"),
        parts: vec![
            (s("Not due yet"), s("1,000.00 EUR")),
            (s("Past due"), s("9,000.00 EUR")),
            (s("Covered by credit"), s("1,000.00 EUR")),
            (s("Promised"), s("2,000.00 EUR")),
            (s("Disputed"), s("372.67 EUR")),
        ],
        bars: vec![(0, 100), (100, 600), (700, 100), (800, 150), (950, 50)],
        owing: s("9,876.54 EUR"),
        owing_bar: 740,
    };
    let list = CollectionsPage {
        tabs: tabs(&around),
        notice: None,
        live: true,
        brake: s("Stopped: the clock jumped."),
        may_manage: true,
        sums: vec![sum],
        rows: vec![row()],
        shell: around.clone(),
    };
    let none = CollectionsPage {
        live: false,
        brake: String::new(),
        sums: Vec::new(),
        rows: Vec::new(),
        ..list.clone()
    };
    let fact = CollectionFact {
        day: s("2 Mar 2026"),
        what: s("Disputed line"),
        detail: s("INV-2026-00001 · line 2 · 10.00 EUR\nWe never had it"),
        state: s("until 9 Mar 2026"),
        id: s("dsp_1"),
        actions: vec![(s("accepted"), s("collection-accept")), (s("rejected"), s("collection-reject"))],
        answer: true,
    };
    let customer = CollectionPage {
        tabs: tabs(&around),
        notice: None,
        href: s("/collections/customers/cus_1"),
        account: s("/receivables/customers/cus_1"),
        may_manage: true,
        row: row(),
        due: true,
        items: vec![[s("INV-2026-00001"), s("2 Mar 2026"), s("75"), s("12,345.67 EUR"), s("11,845.67 EUR")]],
        suspend: Some(s("/suspensions/new?customer=cus_1")),
        suspensions: vec![
            (s("4: Suspension of new orders"), Vec::new()),
            (s("5: Suspension of all products"), vec![s("Grace is not over"), s("Below the amount")]),
        ],
        classes: choices(0),
        lines: choices(1),
        currency: s("EUR"),
        facts: vec![
            fact,
            CollectionFact { day: s("1 Mar 2026"), what: s("Payment"), ..CollectionFact::default() },
        ],
        shell: around.clone(),
    };
    let stage = StageFields {
        key: s("no-new-orders"),
        days: s("42"),
        counts: choices(0),
        effects: choices(2),
        minimum: s("100.00 EUR, 1000.00 SEK"),
        invoices: s("1"),
        classes: choices(1),
        notice: true,
        approval: true,
    };
    let policy = CollectionPolicyPage {
        tabs: tabs(&around),
        notice: None,
        may_manage: true,
        version: s("1"),
        grace: s("7"),
        dispute_days: s("14"),
        most: s("50"),
        stages: vec![
            stage,
            StageFields { counts: choices(0), effects: choices(0), ..StageFields::default() },
        ],
        month: s("2026-03"),
        events: Some(vec![(s("3 Mar 2026"), row().customer, s("Notice: Reminder"), s("12,345.67 EUR"))]),
        shell: around.clone(),
    };
    let unplayed = CollectionPolicyPage { may_manage: false, events: None, ..policy.clone() };
    vec![
        ("collections", list.render().unwrap()),
        ("collections-none", none.render().unwrap()),
        ("collections_customer", customer.render().unwrap()),
        ("collections_policy", policy.render().unwrap()),
        ("collections_policy-seen", unplayed.render().unwrap()),
    ]
}
