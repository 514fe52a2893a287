//! Charging for support, with something of everything.

use askama::Template;

use super::*;

pub(super) fn panel(shell: &Shell) -> ChargePanel {
    let approval = |id: &str, tone: &str, open| ChargeApproval {
        id: s(id),
        tone: s(tone),
        what: s("120.00 EUR an hour, at most 2 h"),
        state: s("Asked today 10:00"),
        note: s("Repair the mail flow and watch it for a day."),
        open,
    };
    ChargePanel {
        tone: s("near"),
        head: shell.words.word("charge-basis", "hourly").into_owned(),
        why: s("120.00 EUR an hour; about 1 h, at most 2 h."),
        sums: vec![(shell.t("charge-sum-all").into_owned(), s("1 h 15 min"))],
        warning: s("Nobody has confirmed 15 min."),
        timer: Some(ChargeTimer { since: time("10:00"), number: 10_432, here: true }),
        entries: vec![TimeLine {
            id: s("tme_1"),
            who: s("Béla Kovács"),
            day: s("2026-03-30"),
            time: s("45 min"),
            minutes: 40,
            note: s("Looked at the connector"),
            reason: s("Courtesy"),
            chargeable: false,
            may_correct: true,
        }],
        approvals: vec![approval("apr_1", "near", true), approval("apr_2", "kept", false)],
        lines: vec![ChargeMade {
            what: s("Hours · 1.25 hours"),
            amount: s("150.00 EUR"),
            invoice: s("2026-7"),
        }],
        today: s("2026-03-30"),
        estimate: s("1 h"),
        cap: s("2 h"),
        may_log: true,
        may_manage: true,
        may_ask: true,
        hourly: true,
        microsoft: String::new(),
    }
}

pub(super) fn approvals() -> Vec<HelpApproval> {
    let one = |id: &str, tone: &str, state: &str, may| HelpApproval {
        id: s(id),
        tone: s(tone),
        what: s("120.00 EUR an hour; we expect 1 h and charge for at most 2 h: 240.00 EUR."),
        note: s("Repair the mail flow and watch it for a day."),
        state: s(state),
        may,
    };
    vec![one("apr_1", "near", "", true), one("apr_2", "kept", "Confirmed by Anna, today 10:00", false)]
}

pub(super) fn charging_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let tab = |shell: &Shell, key: &str| {
        vec![Link { href: format!("/{key}"), text: shell.words.t(key).into_owned(), current: true }]
    };
    let around = || shell(lang, "billing");
    let charges = |lines: Vec<ChargeLine>, only| {
        let shell = around();
        ChargesPage {
            tabs: tab(&shell, "charges"),
            notice: None,
            only,
            totals: vec![s("150.00 EUR")],
            lines,
            export: s("/charges/export"),
            pages: pages(),
            vats: vec![choice("standard", "19 %", true)],
            rules: RulesForm {
                version: 1,
                increments: vec![choice("15", "15 min", true)],
                hourly: s("120.00"),
                currency: s("EUR"),
                estimate: s("1 h"),
                cap: s("2 h"),
                warranty_days: s("14"),
                low_hours: s("2 h"),
                low_incidents: s("1"),
            },
            shell,
        }
        .render()
        .unwrap()
    };
    let line = ChargeLine {
        day: s("2026-03-30"),
        customer: Link { href: s("/charges?customer=cus_1"), text: s("Sjöbergs"), current: false },
        ticket: Link { href: s("/tickets/10432"), text: s("#10432"), current: false },
        description: s("Supportärende 10432: arbetade timmar"),
        quantity: s("1.25 hours"),
        price: s("120.00 EUR"),
        amount: s("150.00 EUR"),
    };
    let contract = |low: bool| PrepaidLine {
        href: s("/prepaid/ppd_1"),
        name: s("Ten hours"),
        customer: s("Sjöbergs"),
        left: s("1 h 30 min"),
        left_tone: s(if low { "warning" } else { "calm" }),
        low,
        until: s("until 31 Dec 2026"),
        over: !low,
        forecast: s("empty about 3 Nov"),
    };
    let list = |contracts: Vec<PrepaidLine>| {
        let shell = around();
        PrepaidListPage {
            tabs: tab(&shell, "prepaid"),
            notice: None,
            contracts,
            pages: pages(),
            customers: vec![choice("cus_1", "Sjöbergs", true)],
            holds: vec![choice("hours", &shell.words.word("prepaid-holds", "hours"), true)],
            may_sell: true,
            shell,
        }
        .render()
        .unwrap()
    };
    let shell = around();
    let one = PrepaidPage {
        tabs: tab(&shell, "prepaid"),
        notice: None,
        line: contract(true),
        version: 2,
        from: s("2026-01-01"),
        to: s("2026-12-31"),
        entries: vec![LedgerLine {
            seq: s("2"),
            time: time("10:00"),
            act: s("Used"),
            case: String::new(),
            ticket: Some(Link { href: s("/tickets/10432"), text: s("#10432"), current: false }),
            reason: String::new(),
            by: s("Béla Kovács"),
            change: s("−45 min"),
            balance: s("1 h 30 min"),
            refundable: false,
        }],
        pages: pages(),
        may_edit: true,
        shell,
    };
    vec![
        ("charges", charges(vec![line], Some(s("Sjöbergs")))),
        ("charges-none", charges(Vec::new(), None)),
        ("prepaid-list", list(vec![contract(true), contract(false)])),
        ("prepaid-list-none", list(Vec::new())),
        ("prepaid", one.render().unwrap()),
    ]
}
