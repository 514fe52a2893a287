//! Claims against suppliers: one of each state of mind.

use askama::Template;

use super::*;

pub(super) fn claim_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "billing");
    let words = around.words;
    let t = |key: &str| words.t(key).into_owned();
    let mark = |text: String, tone: &str| Mark { text, tone: s(tone) };
    let row = |kind: &str, state: &str, tone: &str| ClaimRow {
        href: s("/claims/clm_1"),
        kind: words.word("claim-kind", kind).into_owned(),
        supplier: s("Microsoft"),
        number: s("G002297372"),
        amount: s("1.234,56 EUR"),
        credited: String::new(),
        deadline: None,
        near: Mark::default(),
        state: mark(words.word("claim-state", state).into_owned(), tone),
    };
    let draft = ClaimRow {
        deadline: Some(time("31 Mar 2026")),
        near: mark(words.f("payables-left", &[("n", 3.into())]), "warning"),
        ..row("sla_credit_azure", "draft", "warning")
    };
    let late = ClaimRow { near: mark(t("claim-late"), "error"), ..draft.clone() };
    let link = |href: &str, text: &str| Link { href: s(href), text: s(text), current: false };
    let list = ClaimsPage {
        shell: around.clone(),
        tabs: vec![Link { href: s("/claims"), text: t("claims"), current: true }],
        alive: vec![late, draft.clone(), row("duplicate_order", "credited", "warning")],
        ended: vec![row("fraud_refund", "refused", "error"), row("wrong_charge", "passed_on", "done")],
        pages: pages(),
    };
    let none = ClaimsPage { alive: Vec::new(), ended: Vec::new(), pages: Pages::default(), ..list.clone() };
    let here = PayableClaimsPage {
        shell: around.clone(),
        notice: Some(notice("error", "…")),
        back: link("/payables/siv_1", "G002297372"),
        action: s("/payables/siv_1/claims"),
        rows: vec![draft.clone()],
        may_edit: true,
        kinds: family(&around, "claim-kind", &["sla_credit", "wrong_charge"], 1),
        lines_value: s("3"),
        amount_value: s("12.50"),
        currency: s("EUR"),
    };
    let tick = |word: &str, there: bool| ClaimTick {
        word: s(word),
        text: words.word("claim-evidence", word).into_owned(),
        there,
        by: if there { s("EX25194 · Béla Kovács · 10 min") } else { String::new() },
    };
    let all = ClaimMoves {
        tick: true,
        deadline: true,
        submit: true,
        credit: true,
        refuse: true,
        withdraw: true,
        pass_on: true,
    };
    let one = ClaimPage {
        shell: around.clone(),
        notice: None,
        id: s("clm_1"),
        row: draft,
        invoice: link("/payables/siv_1", "G002297372"),
        lines: vec![link("/payables/siv_1/lines/3", "3")],
        ticket: Some(link("/tickets/41", "#41")),
        facts: vec![[t("claim-place"), words.word("claim-place", "partner_center").into_owned()]],
        source: s("Partner Center: request-credit (October 2023)"),
        evidence: vec![tick("incident", true), tick("affected", false)],
        progress: mark(words.f("claim-progress", &[("there", 1.into()), ("n", 2.into())]), "warning"),
        events: vec![ClaimEventRow {
            what: words.word("claim-did", "pass_on").into_owned(),
            named: s("100,00 EUR · GS-2026-4"),
            href: s("/receivables/invoices/inv_1"),
            note: s("上海晨光电子有限公司"),
            by: s("Béla Kovács"),
            time: time("2 Mar"),
        }],
        may: all,
        today: s("2026-11-30"),
        deadline_value: s("2026-12-31"),
        amount_value: s("1234.56"),
        left_value: s("12.50"),
    };
    let read = ClaimPage { may: ClaimMoves::default(), events: Vec::new(), ..one.clone() };
    vec![
        ("claims", list.render().unwrap()),
        ("claims-none", none.render().unwrap()),
        ("payable-claims", here.render().unwrap()),
        ("claim", one.render().unwrap()),
        ("claim-read", read.render().unwrap()),
    ]
}
