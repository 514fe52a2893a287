//! Suppliers, a contract with its wallet, Microsoft's rules.

use askama::Template;

use super::{catalogue::offering_form, *};

fn contract(
    name: &str,
    offering: &str,
    period: (&str, &str),
    left: (&str, &str),
    forecast: &str,
) -> ContractLine {
    ContractLine {
        href: s("/suppliers/sup_1/contracts/etl_1"),
        name: s(name),
        offering: s(offering),
        period: s(period.0),
        period_tone: s(period.1),
        left: s(left.0),
        left_tone: s(left.1),
        forecast: s(forecast),
    }
}

fn contracts() -> Vec<ContractLine> {
    vec![
        contract(
            "Signature Cloud Support 2026",
            "Signature Cloud Support",
            ("until 31 December 2026", ""),
            ("2 left", "warning"),
            "Runs out around 14 May 2026",
        ),
        contract("Product support incidents", "", ("until 14 April 2026", "warning"), ("20 left", ""), ""),
        contract(
            "Advanced Support for Partners (ASfP)",
            "",
            ("Expired on 1 March 2026", "error"),
            ("not counted", ""),
            "",
        ),
    ]
}

pub(super) fn supplier_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let shell = shell(lang, "suppliers");
    let word = |family: &str, word: &str| shell.word(family, word).into_owned();
    let supplier = |i: u8, name: &str, initials: &str, kind: &str, way: &str, active| SupplierLine {
        href: format!("/suppliers/sup_{i}"),
        person: person(name, initials, i),
        kind: word("supplier-kind", kind),
        way: word("supplier-way", way),
        active,
        offers: if i == 0 {
            ["Commercial support", "Cloud Solution Provider support", "Signature Cloud Support"]
                .map(s)
                .to_vec()
        } else {
            Vec::new()
        },
        contracts: if i == 0 { contracts() } else { Vec::new() },
    };
    let unknown = choice("", &shell.t("standing-unknown"), true);
    let list = SuppliersPage {
        notice: None,
        suppliers: vec![
            supplier(0, "Microsoft", "M", "microsoft", "portal", true),
            supplier(
                1,
                "Großhandelsgesellschaft für Cloudlizenzen mbH & Co. KG",
                "GC",
                "provider",
                "desk",
                true,
            ),
            supplier(2, "上海云帆科技有限公司", "上", "outsourcer", "mail", true),
            supplier(3, "Contoso Apps", "CA", "publisher", "mail", false),
        ],
        standing: StandingForm {
            version: 3,
            summary: s("Gold · ASfP"),
            competencies: family(
                &shell,
                "supplier-competency",
                &["gold", "silver", "action_pack", "solutions_partner", "none"],
                0,
            ),
            cloud: vec![unknown.clone()],
            plans: vec![choice("both", &shell.t("standing-plans-both"), true)],
            azure: vec![unknown],
            unverified: true,
        },
        kinds: family(&shell, "supplier-kind", &["provider", "outsourcer", "publisher"], 0),
        ways: family(&shell, "supplier-way", &["mail", "portal", "desk", "azure_support"], 0),
        languages: languages(),
        may_edit: true,
        shell: shell.clone(),
    };
    let offer = |id: &str, name: &str, named: bool| OfferCard {
        id: s(id),
        name: s(name),
        offered: named,
        period: if named { String::new() } else { s("until 31 December 2025") },
        services: s("Microsoft 365, Azure"),
        kinds: word("kind", "technical"),
        languages: s("English, Deutsch"),
        contact: s("Portal"),
        hours: shell.t("supplier-hours-always").into_owned(),
        promises: ["A", "B", "C"]
            .iter()
            .map(|severity| OfferPromise { severity: s(severity), first_response: s("2 h") })
            .collect(),
        price: word("supplier-price", "included"),
        source: s("partner-center: report-problems-on-behalf-of-a-customer (2021; 23 September 2023)"),
        edited: !named,
        published: named,
        form: offering_form(&shell, "/suppliers/sup_0/offerings/ofr_1", name, named),
    };
    let one = SupplierPage {
        notice: Some(notice("error", "There is no unit left in this wallet.")),
        id: s("sup_0"),
        version: 2,
        person: person("Microsoft", "M", 0),
        kind: word("supplier-kind", "microsoft"),
        way: word("supplier-way", "portal"),
        address: s("https://partner.microsoft.com/dashboard"),
        is_desk: true,
        address_is_link: true,
        remark: s("Start from Partner Center, so that the request stays with the customer."),
        active: false,
        personal_data: false,
        language: s("English"),
        ways: family(&shell, "supplier-way", &["portal", "azure_support"], 0),
        languages: languages(),
        offers: vec![
            offer("ofr_1", "Cloud Solution Provider support", true),
            offer("ofr_2", "Bereitschaftsdienst für Cloudinfrastruktur", false),
        ],
        new_offer: offering_form(&shell, "/suppliers/sup_0/offerings", "", true),
        contracts: contracts(),
        score: Some(vec![ScoreRow {
            name: s("Advanced Support for Partners (ASfP)"),
            promised: s("A 1 h · B 4 h · C 8 h"),
            cases: shell.words.f("score-open", &[("n", "24".into()), ("open", "2".into())]),
            median: s("1 h 40 min"),
            ninetieth: s("9 h"),
            kept: shell.words.f(
                "score-of-percent",
                &[("percent", "83".into()), ("part", "20".into()), ("whole", "24".into())],
            ),
            breaches: s("5"),
            chases: s("11"),
            sent_back: s("3"),
            bounces: s("4"),
            declined: s("0"),
            outcomes: s("gelöst 14 · Dokumentation 6"),
        }]),
        contract_offerings: vec![choice("ofr_1", "Cloud Solution Provider support", false)],
        zones: vec![s("Europe/Berlin"), s("Asia/Shanghai")],
        may_edit: true,
        shell: Shell {
            refused: Some(Refused {
                form: s("/suppliers/sup_0/contracts"),
                fields: vec![(s("name"), s("CSP 2026")), (s("units"), s("many"))],
                field: "units",
                text: s("This is no number of units."),
            }),
            ..shell.clone()
        },
    };
    let reader = SupplierPage {
        may_edit: false,
        score: Some(Vec::new()),
        notice: None,
        contracts: Vec::new(),
        offers: Vec::new(),
        address_is_link: false,
        address: s("help@provider.example"),
        ..one.clone()
    };
    let entry = |seq: &str, act: &str, case: &str, change: &str, balance: &str| LedgerLine {
        seq: s(seq),
        time: time("2 h"),
        act: word("supplier-act", act),
        case: s(case),
        ticket: (act == "reserve").then(|| Link {
            href: s("/tickets/10432"),
            text: s("#10432"),
            current: false,
        }),
        reason: if act == "reserve" { String::new() } else { s("The supplier counts it as a bug.") },
        by: s("Béla Kovács"),
        change: s(change),
        balance: s(balance),
        refundable: act == "consume",
    };
    let contract_page = ContractPage {
        notice: None,
        supplier: Link { href: s("/suppliers/sup_0"), text: s("Microsoft"), current: false },
        href: s("/suppliers/sup_0/contracts/etl_1"),
        version: 1,
        line: contracts().remove(0),
        counted: true,
        from: s("2026-01-01"),
        to: s("2026-12-31"),
        has_access: true,
        has_contract: false,
        numbers: None,
        entries: vec![
            entry("5", "refund", "REG:120040426000123", "+1", "2"),
            entry("4", "consume", "REG:120040426000123", "0", "1"),
            entry("3", "release", "hov_0190a1b2", "+1", "1"),
            entry("2", "reserve", "hov_0190a1b2", "-1", "0"),
            entry("1", "grant", "", "+1", "1"),
        ],
        pages: pages(),
        may_edit: true,
        may_read: true,
        shell: shell.clone(),
    };
    let numbers = ContractPage {
        numbers: Some(NumbersShown { access: s("ACC-4711-0815"), contract: String::new() }),
        counted: false,
        entries: Vec::new(),
        ..contract_page.clone()
    };
    let rule = |id: &str, change: &str, verified| RuleLine {
        id: s(id),
        vehicles: s("Advanced Support for Partners (ASfP)"),
        text: word("vehicle-rule", "asfp-retired"),
        change: s(change),
        period: s("since 3 October 2022"),
        source: s("what others report of Microsoft's partner pages of 2025 and 2026"),
        verified,
        counts: verified,
        touches: vec![Link {
            href: s("/suppliers/sup_0/contracts/etl_1"),
            text: s("ASfP 2026"),
            current: false,
        }],
        tickets: vec![Link { href: s("/tickets/10432"), text: s("#10432 Power BI"), current: false }],
        plans: vec![Link { href: s("/catalogue/plans/pln_1"), text: s("Premium"), current: false }],
    };
    let rules = RulesPage {
        coming: vec![rule("asfp-retired", "Begins on 1 January 2027", false)],
        now: vec![rule("asfp-covers", "", true)],
        past: vec![rule("name-mpn", "", true)],
        shell: shell.clone(),
    };
    let no_change = RulesPage { coming: Vec::new(), ..rules.clone() };
    vec![
        ("suppliers", list.render().unwrap()),
        ("supplier", one.render().unwrap()),
        ("supplier_reader", reader.render().unwrap()),
        ("contract", contract_page.render().unwrap()),
        ("contract_numbers", numbers.render().unwrap()),
        ("supplier_rules", rules.render().unwrap()),
        ("supplier_rules_none", no_change.render().unwrap()),
    ]
}
