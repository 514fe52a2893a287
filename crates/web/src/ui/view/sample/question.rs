//! Questions about invoices, with something of everything.

use super::*;

fn line(shell: &Shell, tone: &str, key: &str, open: bool) -> AskedLine {
    AskedLine {
        href: s("/receivables/invoices/inv_7"),
        supplier: s("/payables/siv_3"),
        invoice: s("inv_7"),
        line: s("2"),
        title: s("Line 2 of invoice INV-2026-00007, 1 Mar 2026: Microsoft 365 Business Premium"),
        amounts: vec![
            s("25 × 20.60 EUR = 515.00 EUR without VAT."),
            s("With 19 % VAT, 97.85 EUR, it comes to 612.85 EUR."),
        ],
        since: s("On the invoice before, INV-2026-00003 of 1 Feb 2026, it came to 400.00 EUR without VAT."),
        parts: vec![s("Quantity, 20 before and 25 now: +100.00 EUR"), s("Price of one: +15.00 EUR")],
        tone: s(tone),
        state: shell.t(key).into_owned(),
        open,
    }
}

fn whole() -> (String, Vec<String>) {
    (s("With VAT, invoice INV-2026-00007 comes to 612.85 EUR."), vec![s("New: +119.00 EUR")])
}

pub(super) fn panel(shell: &Shell) -> QuestionsPanel {
    QuestionsPanel {
        linked: shell.n("questions-linked", 2_u64),
        lines: vec![
            line(shell, "near", "question-open", true),
            line(shell, "kept", "help-question-right", false),
        ],
        wholes: vec![whole()],
        choices: vec![choice("1 INV-2026-00007", "INV-2026-00007 · Microsoft 365 E3 · 515.00 EUR", false)],
        draft: s("Hello Anna,\n\n25 × 20.60 EUR = 515.00 EUR without VAT."),
        stranger: true,
        may: true,
    }
}

pub(super) fn help(shell: &Shell) -> Vec<HelpQuestion> {
    let (whole, parts) = whole();
    let lines =
        vec![line(shell, "near", "question-open", true), line(shell, "late", "help-question-wrong", false)];
    vec![HelpQuestion { ticket: s("10432"), id: s("question-10432-inv_7"), lines, whole, parts }]
}
