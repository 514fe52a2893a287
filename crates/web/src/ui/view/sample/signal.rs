//! Signals, one raised and one judged.

use askama::Template;

use super::*;

pub(super) fn signal_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let customer = || Link {
        href: s("/customers/cus_1"),
        text: s("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk GmbH"),
        current: false,
    };
    let page = SignalsPage {
        shell: shell(lang, "customers"),
        notice: None,
        all: Some(s("/signals")),
        may_judge: true,
        raised: vec![
            SignalRow {
                customer: customer(),
                action: s("/customers/cus_1/signals"),
                what: s("Schulung: viele Fragen, wie etwas gemacht wird"),
                signal: s("training"),
                service_name: s("Microsoft 365"),
                service: s("microsoft365"),
                evidence: vec![Link {
                    href: s("/tickets/41"),
                    text: s("#41 Wie teile ich einen Kalender?"),
                    current: false,
                }],
                licences: Vec::new(),
            },
            SignalRow {
                customer: customer(),
                action: s("/customers/cus_1/signals"),
                what: s("Ungenutzte Lizenzen: bezahlt und niemandem zugewiesen"),
                signal: s("unused_licences"),
                service_name: s("Microsoft 365"),
                service: s("microsoft365"),
                evidence: Vec::new(),
                licences: vec![s(
                    "Microsoft 365 Business Premium: 85 Lizenzen, 58 zugewiesen; mindestens 27 ungenutzt seit 01.10.2026",
                )],
            },
        ],
        precision: vec![[s("Schulung"), s("3 von 4 stimmten")]],
        judged: vec![SignalJudged {
            customer: customer(),
            what: s("Ein Add-on · Azure"),
            judged: s("Aufgegriffen"),
            tone: s("done"),
            reason: s("Angebot ist geschrieben"),
            by: s("Sara Sales"),
            time: time("2 Mar"),
        }],
    };
    vec![("signals", page.render().unwrap())]
}
