//! What customers owe, with something of everything.

use askama::Template;

use super::*;

fn tabs(shell: &Shell) -> Vec<Link> {
    [("/receivables", "receivables"), ("/receivables/bank", "receivables-bank")]
        .iter()
        .map(|(href, key)| Link {
            href: s(href),
            text: shell.words.t(key).into_owned(),
            current: *key == "receivables",
        })
        .collect()
}

fn named(text: &str) -> Link {
    Link { href: s("/receivables/customers/cus_1"), text: s(text), current: false }
}

fn invoice(state: &str, tone: &str, kind: &str) -> InvoiceLine {
    InvoiceLine {
        href: s("/receivables/invoices/inv_1"),
        pdf: s("/help/invoices/inv_1/pdf"),
        label: s("INV-2026-00001"),
        customer: named("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH"),
        kind: s(kind),
        issued: s("2 Mar 2026"),
        due: s("16 Mar 2026"),
        gross: s("12,345.67 EUR"),
        open: if state == "settled" { String::new() } else { s("12,345.67 EUR") },
        state: s(state),
        tone: s(tone),
        imported: state == "late",
    }
}

fn aged(name: &str) -> AgeingLine {
    AgeingLine {
        customer: named(name),
        amounts: vec![s("1,000.00 EUR"), s("20.00 EUR"), s("0.00 EUR"), s("7.00 EUR"), s("12,345.67 EUR")],
        total: s("13,372.67 EUR"),
        credit: s("5.00 EUR"),
        bars: vec![(0, 100), (100, 20), (120, 0), (120, 30), (150, 800)],
    }
}

fn party() -> PartyFields {
    PartyFields {
        legal_name: s("Nordwind Cloud GmbH"),
        street: s("Hafenstraße 1"),
        postcode: s("20457"),
        city: s("Hamburg"),
        country: s("DE"),
        vat_id: s("DE123456789"),
        endpoint_scheme: s("9930"),
        endpoint: s("DE123456789"),
    }
}

fn open() -> OpenLine {
    OpenLine {
        id: s("led_1"),
        label: s("INV-2026-00001"),
        href: s("/receivables/invoices/inv_1"),
        due: s("16 Mar 2026"),
        late: s("14 days late"),
        open: s("1,190.00 EUR"),
        plain: s("1190.00"),
        currency: s("EUR"),
    }
}

fn faults(shell: &Shell) -> Vec<FaultLine> {
    vec![(s("3"), s("gross"), shell.word("row-fault", "not-an-amount").into_owned())]
}

fn draft_line(shell: &Shell) -> DraftLine {
    let vats = ["standard", "reduced", "reverse_charge", "exempt", "zero"];
    DraftLine {
        description: s("Microsoft 365 Business Premium"),
        quantity: s("25"),
        unit_price: s("20.6"),
        vats: family(shell, "vat", &vats, 0),
        rate: s("19"),
        origin: String::new(),
        net: s("515.00 EUR"),
    }
}

fn invoice_page(shell: &Shell, draft: bool) -> InvoicePage {
    InvoicePage {
        shell: shell.clone(),
        notice: None,
        href: s("/receivables/invoices/inv_1"),
        title: s("INV-2026-00001"),
        customer: named("王小明有限公司"),
        version: s("1"),
        draft,
        may_manage: true,
        imported: false,
        is_credit: false,
        faults: if draft { vec![shell.word("invoice-fault", "no-buyer").into_owned()] } else { Vec::new() },
        currency: s("EUR"),
        languages: vec![choice("de", "Deutsch", true)],
        note: s("For March"),
        lines: vec![draft_line(shell)],
        facts: vec![(shell.t("receivable-total").to_string(), s("612.85 EUR"))],
        document: None,
        has_xml: false,
        corrects: Some(named("INV-2026-00001")),
        credits: vec![named("CN-2026-00001")],
        mails: vec![s("Ada, 10:00")],
        may_send: true,
        asking: vec![named("#10432 Why is it more? · line 2")],
    }
}

fn bank(shell: &Shell) -> BankPage {
    let settles = vec![SettleLine {
        id: s("led_1"),
        label: s("INV-2026-00001"),
        open: s("1,190.00 EUR"),
        amount: s("1190.00"),
    }];
    let proposal = ProposalLine {
        customer: s("cus_1"),
        name: s("Birgit Maschinenbau GmbH"),
        because: vec![
            shell.word("because", "reference").into_owned(),
            shell.word("because", "amount").into_owned(),
        ],
        settles,
    };
    let line = BankLine {
        id: s("bnk_1"),
        day: s("2 Mar 2026"),
        amount: s("1,190.00 EUR"),
        payer: s("BIRGIT MASCHINENBAU GMBH"),
        account: s("DE89370400440532013000"),
        text: s("Rechnung INV-2026-00001 vielen Dank"),
        proposals: vec![proposal],
        customers: vec![choice("cus_1", "Birgit Maschinenbau GmbH", false)],
    };
    BankPage {
        tabs: tabs(shell),
        shell: shell.clone(),
        notice: None,
        may_manage: true,
        done: Some(s("3 / 1 / 2")),
        faults: faults(shell),
        lines: vec![line],
        pages: Pages::default(),
    }
}

fn account(shell: &Shell) -> LedgerPage {
    let entry = EntryLine {
        id: s("led_2"),
        day: s("2 Mar 2026"),
        kind: shell.word("entry-kind", "payment").into_owned(),
        label: s("Überweisung"),
        href: String::new(),
        of: s("INV-2026-00001"),
        reason: s("Because"),
        amount: s("-1,190.00 EUR"),
        moves: true,
        may_reverse: true,
    };
    LedgerPage {
        tabs: tabs(shell),
        shell: shell.clone(),
        notice: None,
        href: s("/receivables/customers/cus_1"),
        name: s("Birgit Maschinenbau GmbH"),
        may_manage: true,
        balances: vec![s("13,372.67 EUR")],
        ages: vec![aged("")],
        open: vec![open()],
        credits: vec![open()],
        drafts: vec![invoice("draft", "", "invoice")],
        entries: vec![entry],
        today: s("2026-03-02"),
        currency: s("EUR"),
        party: party(),
        reference: s("PO 4711"),
        vats: vec![choice("", "As follows from the countries and the VAT id", true)],
        rate: String::new(),
        days: s("30"),
        languages: vec![choice("de", "Deutsch", true)],
        contacts: vec![choice("con_1", "Ada", true)],
        version: s("1"),
    }
}

pub(super) fn receivable_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "billing");
    let list = ReceivablesPage {
        tabs: tabs(&around),
        notice: None,
        filters: vec![named("All")],
        query: s("Bir"),
        customers: vec![named("Birgit")],
        invoices: vec![
            invoice("draft", "", "invoice"),
            invoice("open", "warning", "invoice"),
            invoice("late", "error", "invoice"),
            invoice("settled", "done", "credit_note"),
        ],
        pages: Pages::default(),
        may_manage: true,
        imported: Some(s("3 / 1")),
        faults: faults(&around),
        from: s("2026-03-01"),
        to: s("2026-03-31"),
        shell: around.clone(),
    };
    let ages = ["current", "1-30", "31-60", "61-90", "90+"];
    let ageing = AgeingPage {
        tabs: tabs(&around),
        ages: ages.iter().map(|age| around.word("age", age).into_owned()).collect(),
        currencies: vec![AgeingCurrency { code: s("EUR"), lines: vec![aged("Birgit")], total: aged("Σ") }],
        shell: around.clone(),
    };
    let nothing = AgeingPage { currencies: Vec::new(), ..ageing.clone() };
    let seller = SellerPage {
        tabs: tabs(&around),
        notice: None,
        may_manage: true,
        party: party(),
        iban: s("DE89370400440532013000"),
        exemption: String::new(),
        days: s("14"),
        invoices: s("INV-{year}-"),
        credit_notes: s("CN-{year}-"),
        currency: s("EUR"),
        rate: s("19"),
        version: s("1"),
        shell: around.clone(),
    };
    let rule = |customer: &str, product: &str| PriceRuleLine {
        id: s("prl_1"),
        customer: s(customer),
        supplier: String::new(),
        product: s(product),
        price: s("Cost +15 %, up to 0.05"),
    };
    let rules = PriceRulesPage {
        tabs: tabs(&around),
        notice: None,
        rules: vec![rule("", ""), rule("Birgit Maschinenbau GmbH", "Azure")],
        customers: vec![choice("", "Every customer", true)],
        suppliers: vec![choice("", "Every supplier", true)],
        bases: vec![choice("cost", "Cost", true)],
        roundings: vec![choice("up", "up to", true)],
        may_manage: true,
        shell: around.clone(),
    };
    let no_rules = PriceRulesPage { rules: Vec::new(), may_manage: false, ..rules.clone() };
    let onward = |is_loss: bool| OnwardLine {
        name: s("Birgit Maschinenbau GmbH"),
        href: if is_loss { String::new() } else { s("/receivables/customers/cus_1") },
        vat: (!is_loss).then(|| s("VAT 19 %")),
        lines: s("12"),
        cost: s("1,204.10 EUR"),
        price: s("1,384.75 EUR"),
        margin: s("180.65 EUR"),
        is_loss,
        left: if is_loss { vec![s("3 lines are left (12.00 EUR): no price rule fits")] } else { Vec::new() },
    };
    let pass_on = PassOnPage {
        notice: None,
        id: s("siv_1"),
        number: s("G024130000"),
        refused: None,
        no_rules: false,
        may_pass: true,
        lines: vec![onward(false), onward(true)],
        shell: around.clone(),
    };
    let refused = PassOnPage {
        refused: Some(s("Its lines do not add up to the invoice yet.")),
        no_rules: true,
        may_pass: false,
        lines: Vec::new(),
        ..pass_on.clone()
    };
    let empty = BankPage { lines: Vec::new(), faults: Vec::new(), done: None, ..bank(&around) };
    let portal = |invoices: Vec<InvoiceLine>| HelpInvoicesPage {
        shell: contact_shell(lang),
        notice: None,
        collections: invoices.iter().take(1).map(|_| super::collection::standing()).collect(),
        questions: invoices
            .iter()
            .take(1)
            .flat_map(|_| super::question::help(&contact_shell(lang)))
            .collect(),
        invoices,
    };
    let theirs = portal(vec![invoice("late", "error", "invoice"), invoice("settled", "done", "credit_note")]);
    vec![
        ("receivables", list.render().unwrap()),
        ("receivables_ageing", ageing.render().unwrap()),
        ("receivables_ageing-none", nothing.render().unwrap()),
        ("price_rules", rules.render().unwrap()),
        ("price_rules-none", no_rules.render().unwrap()),
        ("pass_on", pass_on.render().unwrap()),
        ("pass_on-refused", refused.render().unwrap()),
        ("receivables_seller", seller.render().unwrap()),
        ("receivables_invoice-draft", invoice_page(&around, true).render().unwrap()),
        ("receivables_invoice", invoice_page(&around, false).render().unwrap()),
        ("receivables_account", account(&around).render().unwrap()),
        ("receivables_bank", bank(&around).render().unwrap()),
        ("receivables_bank-none", empty.render().unwrap()),
        ("help_invoices", theirs.render().unwrap()),
        ("help_invoices-none", portal(Vec::new()).render().unwrap()),
    ]
}

/// Around a page of the portal.
fn contact_shell(lang: &'static str) -> Shell {
    let user = User { person: anna(), email: s("anna@sjobergs.example"), several_desks: false };
    Shell { user: Some(user), section: s("invoices"), may: May::default(), ..door(lang) }
}
