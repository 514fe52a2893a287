//! Money owed and owing, with something of everything.

use askama::Template;

use super::*;

fn mark(text: impl Into<String>, tone: &str) -> Mark {
    Mark { text: text.into(), tone: s(tone) }
}

fn row(shell: &Shell, standing: &str, tone: &str) -> PayableRow {
    let words = shell.words;
    PayableRow {
        href: s("/payables/siv_1"),
        number: s("G002297372"),
        kind: words.word("payable-kind", "adjustment_note").into_owned(),
        supplier: s("Microsoft"),
        dated: time("8 Oct 2026"),
        due: Some(time("7 Dec 2026")),
        near: mark(words.f("payables-left", &[("n", 3.into())]), "warning"),
        total: s("12.345,67 EUR"),
        open: s("12.345,67 EUR"),
        standing: mark(words.word("payable-standing", standing), tone),
        adds_up: mark(words.f("payable-off", &[("amount", "0,02 EUR".into())]), "warning"),
    }
}

pub(super) fn billing_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "billing");
    let words = around.words;
    let t = |key: &str| words.t(key).into_owned();
    let tab = Link { href: s("/payables"), text: t("payables"), current: true };
    let list = PayablesPage {
        shell: around.clone(),
        tabs: vec![tab],
        notice: None,
        owed: vec![
            Owed {
                open: s("24.691,34 EUR"),
                overdue: Some(words.f("payables-overdue", &[("amount", "12.345,67 EUR".into())])),
                next: Some(words.f("payables-next", &[("date", "7.12.2026".into())])),
            },
            Owed { open: s("1 200,00 SEK"), overdue: None, next: None },
        ],
        rows: vec![
            row(&around, "open", "warning"),
            PayableRow { due: None, near: Mark::default(), ..row(&around, "paid", "done") },
            row(&around, "overdue", "error"),
        ],
        pages: pages(),
        suppliers: vec![choice("sup_1", "Microsoft", true)],
        kinds: family(&around, "payable-kind", &["invoice", "void_note", "adjustment_note"], 0),
        limits: vec![LimitRow {
            supplier: s("Microsoft"),
            text: words.f(
                "payable-limit-used",
                &[("open", "24.691,34 EUR".into()), ("limit", "25.000,00 EUR".into())],
            ),
            begins: time("1 Jan 2026"),
            mark: mark(words.word("payable-limit", "near"), "warning"),
        }],
        today: s("2026-11-30"),
    };
    let none = PayablesPage {
        rows: Vec::new(),
        owed: Vec::new(),
        suppliers: Vec::new(),
        limits: Vec::new(),
        pages: Pages::default(),
        ..list.clone()
    };
    let faults = vec![
        [
            words.f("payable-fault", &[("row", "17".into()), ("column", "UnitPrice".into())]),
            words.word("payable-wrong", "not_a_number").into_owned(),
        ],
        [
            words.f("payable-fault-row", &[("row", "18".into())]),
            words.word("payable-wrong", "cells").into_owned(),
        ],
    ];
    let fact = |key: &str, value: &str| [t(key), s(value)];
    let file = PayableFile {
        id: s("sfl_1"),
        href: s("/payables/siv_1/files/sfl_1"),
        name: s("reconfile-2026-10.csv"),
        size: s("1.2 MB"),
        what: mark(words.f("payable-content-lines", &[("n", 4321.into())]), "done"),
        layout: words.word("payable-layout", "new_commerce").into_owned(),
        by: s("Béla Kovács · 10 min"),
        not_taken: words.f("payable-not-taken", &[("n", 2.into())]),
        faults: faults.clone(),
    };
    let one = PayablePage {
        shell: around.clone(),
        notice: Some(notice("warning", "…")),
        id: s("siv_1"),
        row: row(&around, "open", "warning"),
        facts: vec![fact("payables-supplier", "Microsoft"), fact("payables-total", "12.345,67 EUR")],
        sentences: vec![
            words.f("payable-off-text", &[("amount", "0,02 EUR".into())]),
            words.word("payable-why", "rounding").into_owned(),
        ],
        faults,
        files: vec![file],
        shares: vec![PayableShare {
            customer: Link {
                href: s("/payables/siv_1/lines?customer=t"),
                text: s("上海晨光电子有限公司"),
                current: false,
            },
            key: s("196e2273-9651-43a3-ba7e-7cbcd918fc40"),
            lines: s("12"),
            total: s("1.234,56 EUR"),
            compare: s("/payables/compare?customer=t&month=2026-10"),
        }],
        has_lines: true,
        payments: vec![PaymentRow {
            paid_on: time("1 Nov 2026"),
            amount: s("100,00 EUR"),
            reference: s("SEPA 4711"),
            by: s("Béla Kovács"),
        }],
        broken: family(&around, "payable-broken", &["nothing", "rest"], 0),
        may_edit: true,
        version: 3,
        due_value: s("2026-12-07"),
        today: s("2026-11-30"),
        remark: s(""),
        open_value: s("12345.67"),
    };
    let lines = PayableLinesPage {
        shell: around.clone(),
        back: Link { href: s("/payables/siv_1"), text: s("G002297372"), current: false },
        title: t("payable-all-lines"),
        lines: vec![LineRow {
            href: s("/payables/siv_1/lines/1"),
            product: s("Microsoft 365 E3"),
            customer: s("Tisza Élelmiszer Kft."),
            charge: words.word("payable-charge", "add_quantity").into_owned(),
            period: s("3.10.2026 – 31.10.2026"),
            quantity: s("12"),
            total: s("112,89 EUR"),
        }],
        pages: pages(),
    };
    let line = PayableLinePage {
        shell: around.clone(),
        back: lines.back.clone(),
        title: s("Microsoft 365 E3"),
        total: s("112,89 EUR"),
        facts: vec![fact("payable-quantity", "12"), fact("payable-cycle", "Monthly")],
        steps: vec![(s("10,08"), false), (s("112,896"), false), (s("112,89"), true)],
        whole: false,
        claim: s("/payables/siv_1/claims?line=1"),
        compare: s("/payables/compare?customer=t&month=2026-10"),
    };
    let bar = |text: String, x, width, tone| WaterfallBar { text, amount: s("20,16 EUR"), x, width, tone };
    let cause = |word: &str| words.word("payable-cause", word).into_owned();
    let months = MonthsPage {
        shell: around.clone(),
        title: words
            .f("payable-months", &[("name", "Tisza Élelmiszer Kft.".into()), ("month", "2026".into())]),
        beside: [
            Link { href: s("?"), text: t("payable-earlier"), current: false },
            Link { href: s("?"), text: t("payable-later"), current: false },
        ],
        cut: true,
        currencies: vec![Waterfall {
            currency: s("EUR"),
            bars: vec![
                bar(t("payable-month-before"), 0, 700, "sum"),
                bar(cause("seats"), 700, 200, "more"),
                bar(cause("gone"), 800, 100, "less"),
                bar(t("payable-month-now"), 0, 800, "sum"),
            ],
            pairs: vec![PairRow {
                product: s("Microsoft 365 E3"),
                charge: words.word("payable-charge", "cycle_charge").into_owned(),
                before: s("100,80 EUR"),
                now: s("120,96 EUR"),
                difference: s("20,16 EUR"),
                why: cause("seats"),
            }],
        }],
    };
    let nothing = MonthsPage { currencies: Vec::new(), cut: false, ..months.clone() };
    vec![
        ("payables", list.render().unwrap()),
        ("payables-none", none.render().unwrap()),
        ("payable", one.render().unwrap()),
        ("payable-lines", lines.render().unwrap()),
        ("payable-line", line.render().unwrap()),
        ("payable-months", months.render().unwrap()),
        ("payable-months-none", nothing.render().unwrap()),
    ]
}
