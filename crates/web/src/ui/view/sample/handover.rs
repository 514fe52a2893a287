//! Hand-overs, one of each state.

use super::*;

fn held(name: &str, span: &str, length: &str, here: bool) -> HeldLine {
    HeldLine { name: s(name), span: s(span), length: s(length), here }
}

fn leg(shell: &Shell, title: &str, state: &str, steps: &[&str]) -> LegCard {
    LegCard {
        id: s("hov_0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
        title: s(title),
        party: s("Donau Cloud Distribution GmbH"),
        state: s(state),
        expires: Some(time("Tue 10:00")),
        number: s("2603020040001234"),
        outcome: s("data missing: Tenant, Since when"),
        answer: s("A connector of 24 March was wrong.\nIt is mended; please try again."),
        clocks: Vec::new(),
        lost: Some(notice("warning", "Not reached since Mon 08:10")),
        portal: Some(s("https://portal.example/new")),
        following: Some(FollowLine {
            state: s("throttled"),
            stuck: state == "in_progress",
            detail: s("Too many requests of this tenant"),
            status: s("waits"),
            filing: state == "offered",
            read: Some(time("Mon 08:10")),
            next: Some(time("Mon 08:15")),
            waiting: 2,
        }),
        enclosable: vec![choice("e3b0c442", "trace.log · 48 kB", false)],
        by_hand: state == "in_progress",
        files: vec![file("trace.log", "48 kB")],
        fields: vec![CopyField { label: s("Tenant"), value: s("0b6a3c9e-2f0d-4b8a-9a3e-5d5a7f0f1c11") }],
        whole: s("Mail cannot be sent\n\nTenant: 0b6a3c9e"),
        steps: steps.iter().map(|step| s(step)).collect(),
        severities: severities(shell),
        outcomes: family(
            shell,
            "outcome",
            &["solved", "documentation", "known_issue", "declined", "data_missing"],
            0,
        ),
        evidence: family(shell, "evidence", &["tenant_id", "first_seen"], 1),
    }
}

/// The panel of a ticket that has been here and there.
pub(super) fn escalation(shell: &Shell) -> EscalationPanel {
    let evidence = |word: &str, value: &str, needed| EvidenceField { word: s(word), value: s(value), needed };
    EscalationPanel {
        open: true,
        state: s("in_progress"),
        with: s("Donau Cloud Distribution GmbH"),
        due: Some(time("Tue 10:00")),
        late: true,
        form: Some(HandOverForm {
            ways: vec![choice("sup_1/ofr_1/", "Microsoft · Advanced Support", true)],
            summary: s("External mail bounces with 5.7.708"),
            evidence: vec![evidence("tenant_id", "0b6a3c9e", true), evidence("error_text", "", false)],
            files: vec![choice("e3b0c442", "trace.log · 48 kB", true)],
            azure: Some(AzureFields {
                services: vec![choice("/providers/1", "Virtual Machine running Linux", true)],
                problems: vec![choice("/providers/1/2", "Performance / Slow", true)],
                trouble: s("Insufficient privileges"),
            }),
            missing: s("Since when"),
            preview: s("External mail bounces with 5.7.708\n\nTenant: 0b6a3c9e"),
            hidden: true,
        }),
        legs: vec![
            leg(
                shell,
                "To Donau Cloud Distribution GmbH",
                "returned",
                &["inform", "approve", "send_back", "judge"],
            ),
            leg(shell, "To Microsoft", "offered", &["filed", "withdraw", "check"]),
            leg(shell, "To Expert Kft", "in_progress", &["tell", "return", "check", "renumber", "let_go"]),
            leg(shell, "Handed over by Reseller AB", "in_progress", &["give_back"]),
        ],
        held: vec![
            held("Nordwind Cloud", "Mon 08:10 – Mon 09:00", "50 min", false),
            held("Donau Cloud Distribution GmbH", "Mon 09:00 – …", "2 h 10", true),
        ],
        team: Some(notice("error", "5 h of 4 h used: too much")),
    }
}

/// The list, and the page of partners.
pub(super) fn handover_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let words = shell(lang, "handovers");
    let line = |state: &str, package: &str| HandoverLine {
        id: s("hov_0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
        subject: s("Datenschutzgrundverordnungskonforme Aufbewahrungsrichtlinien für Postfächer"),
        href: if package.is_empty() { s("/tickets/10432#escalation") } else { String::new() },
        title: s("Offer of 上海云帆科技有限公司"),
        state: s(state),
        severity: s("A"),
        due: Some(time("Tue 10:00")),
        late: true,
        lost: true,
        package: s(package),
        evidence: family(&words, "evidence", &["tenant_id", "first_seen"], 2),
        outcomes: family(&words, "outcome", &["declined", "data_missing"], 2),
    };
    let list = HandoversPage {
        shell: shell(lang, "handovers"),
        notice: Some(notice("error", "The time of this offer is over.")),
        ours: vec![line("offered", "Mail cannot be sent"), line("returned", "")],
        theirs: vec![line("in_progress", "")],
    };
    let empty = HandoversPage { notice: None, ours: Vec::new(), theirs: Vec::new(), ..list.clone() };
    let suppliers = || vec![choice("", "–", true), choice("sup_1", "Donau Cloud", false)];
    let peer = |revoked| PeerLine {
        id: s("per_1"),
        name: s("Donau Cloud Distribution GmbH"),
        address: s("https://desk.donau.example"),
        fingerprint: s("0b6a 3c9e 2f0d 4b8a"),
        revoked,
        lost: Some(notice("warning", "Not reached since Mon 08:10")),
        suppliers: suppliers(),
    };
    let partners = PartnersPage {
        shell: shell(lang, "settings"),
        notice: None,
        made: Some(s("https://desk.nordwind.example#key#code")),
        until: Some(time("Mon 10:00")),
        fingerprint: s("0b6a 3c9e 2f0d 4b8a"),
        peers: vec![peer(false), peer(true)],
        suppliers: suppliers(),
    };
    vec![
        ("handovers", list.render().unwrap()),
        ("handovers_empty", empty.render().unwrap()),
        ("settings_partners", partners.render().unwrap()),
    ]
}
