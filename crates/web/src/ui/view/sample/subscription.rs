//! Subscriptions, with something of everything.

use askama::Template;

use super::*;

fn day(shell: &Shell, word: &str, left: Option<u64>, tone: &str) -> DayLine {
    DayLine {
        what: shell.word("subscription-occasion", word).into_owned(),
        time: time("1 Dec 2026"),
        left: left.map(|n| shell.n("subscription-days-left", n)).unwrap_or_default(),
        tone: s(tone),
    }
}

fn timeline(shell: &Shell) -> Timeline {
    Timeline {
        label: s("From 1 Dec 2025 to 31 Mar 2027"),
        bands: vec![(0, 700, s("active")), (700, 100, s("expired")), (800, 200, s("disabled"))],
        marks: vec![(0, String::new()), (40, s("error")), (700, s("warning"))],
        today: Some(35),
        days: vec![
            day(shell, "term_began", None, ""),
            day(shell, "cancel_until", Some(1), "error"),
            day(shell, "renewal", Some(9), "warning"),
            day(shell, "data_gone", Some(140), ""),
        ],
    }
}

fn card(shell: &Shell, status: &str, tone: &str) -> SubscriptionCard {
    SubscriptionCard {
        href: s("/subscriptions/3d20fac5-aab4-43ac-8a84-e0800a93312e"),
        name: s("Microsoft 365 Business Premium mit Datenschutzgrundverordnungskonformitätsprüfung"),
        offer: s("Microsoft 365 Business Premium"),
        status: s(status),
        tone: s(tone),
        facts: vec![
            shell.word("subscription-era", "new_commerce").into_owned(),
            shell.n("subscription-quantity", 85),
            shell.word("subscription-term", "P1Y").into_owned(),
        ],
        gone: status == "deleted",
        progress: if status == "active" { s("taken") } else { String::new() },
        timeline: timeline(shell),
        read: time("10 min ago"),
    }
}

fn said(shell: &Shell, verdict: &str) -> Said {
    let rule = |id: &str| shell.word("subscription-rule", id).into_owned();
    let (headline, rule, more) = match verdict {
        "may" => (shell.t("subscription-may").into_owned(), rule("nce-suspend"), String::new()),
        "not" => {
            let next = shell.with("subscription-next-at", "time", "1 Dec 2026");
            (shell.t("subscription-not").into_owned(), rule("nce-cancel-7d"), next)
        }
        _ => {
            let lacks = shell.word("subscription-lack", "azure_active").into_owned();
            (shell.t("subscription-cannot-say").into_owned(), String::new(), lacks)
        }
    };
    Said {
        verdict: s(verdict),
        headline,
        rule,
        more,
        source: if verdict == "unknown" {
            String::new()
        } else {
            s("partner-center: subscription-lifecycle (2023)")
        },
        verified: verdict != "not",
    }
}

fn line(shell: &Shell, tone: &str) -> HistoryLine {
    HistoryLine {
        time: time("Tue 10:00"),
        text: shell.words.f(
            "subscription-change-line",
            &[("field", "Licences".into()), ("before", "60".into()), ("after", "55".into())],
        ),
        by: shell.word("subscription-cause", "elsewhere").into_owned(),
        tone: s(tone),
        more: vec![s("The customer asked by phone.")],
        link: Some(Link { href: s("/tickets/10432"), text: s("#10432"), current: false }),
    }
}

pub(super) fn subscription_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "subscriptions");
    let customer =
        Link { href: s("/customers/cus_1"), text: s("上海晨光电子有限公司"), current: false };
    let due = |what: &str, n, tone: &str, customer: Link| DueLine {
        day: day(&around, what, Some(n), tone),
        subscription: Link { href: s("/subscriptions/1"), text: s("Office 365 E3"), current: false },
        quantity: around.n("subscription-quantity", 60),
        customer,
    };
    let nobody = Link { href: String::new(), text: s("Tisza Élelmiszer Kft."), current: false };
    let dues = DuePage {
        shell: around.clone(),
        ranges: vec![
            Link {
                href: s("/subscriptions?days=30"),
                text: around.n("subscriptions-days", 30),
                current: true,
            },
            Link {
                href: s("/subscriptions?days=90"),
                text: around.n("subscriptions-days", 90),
                current: false,
            },
        ],
        dues: vec![
            due("cancel_until", 1, "error", customer.clone()),
            due("trial_end", 4, "warning", nobody),
            due("reactivate_until", 30, "", customer.clone()),
        ],
        pages: pages(),
    };
    let none = DuePage { dues: Vec::new(), pages: Pages::default(), ..dues.clone() };
    let place = SubscriptionsOfTenant {
        domain: s("chenguang.onmicrosoft.example"),
        cloud: s("china"),
        trouble: Some([around.word("microsoft-state", "failing").into_owned(), s("HTTP 502")]),
        drift: vec![line(&around, "warning")],
        held: vec![card(&around, "active", "done"), card(&around, "deleted", "")],
        licences: vec![[s("Microsoft 365 Business Premium"), s("85, davon 58 zugewiesen")]],
    };
    let of = SubscriptionsPage { shell: around.clone(), customer: customer.clone(), places: vec![place] };
    let empty = SubscriptionsPage { shell: around.clone(), customer: customer.clone(), places: Vec::new() };
    let action = |word: &str, verdict: &str, number: Option<&str>| ActionLine {
        action: s(word),
        text: around.word("subscription-action", word).into_owned(),
        said: said(&around, verdict),
        number: number.map(s),
        may: true,
    };
    let one = SubscriptionPage {
        shell: around.clone(),
        notice: None,
        id: s("3d20fac5-aab4-43ac-8a84-e0800a93312e"),
        back: customer,
        card: card(&around, "suspended", "warning"),
        trouble: None,
        facts: vec![
            [around.t("subscription-licences").into_owned(), s("85")],
            [around.t("subscription-id").into_owned(), s("3d20fac5-aab4-43ac-8a84-e0800a93312e")],
        ],
        add_ons: vec![Link { href: s("/subscriptions/2"), text: s("Audio Conferencing"), current: false }],
        open: None,
        actions: vec![
            action("add", "may", Some("86")),
            action("cancel", "not", None),
            action("suspend", "unknown", None),
        ],
        may_act: true,
        history: vec![line(&around, "warning"), line(&around, "")],
    };
    let open = SubscriptionPage {
        notice: Some(notice("error", "Microsoft does not answer now.")),
        open: Some(OpenAct {
            id: s("act_1"),
            action: around.word("subscription-action", "suspend").into_owned(),
            progress: around.word("subscription-progress", "waiting").into_owned(),
            by: s("Béla Kovács, Tue 10:00"),
            detail: s("Not ready."),
            may_withdraw: true,
        }),
        may_act: false,
        history: Vec::new(),
        ..one.clone()
    };
    let preview = |verdict: &str| SubscriptionPreview {
        shell: around.clone(),
        notice: None,
        href: s("/subscriptions/3d20fac5-aab4-43ac-8a84-e0800a93312e"),
        title: s("Suspend: Microsoft 365 Business Premium"),
        action: s("suspend"),
        numbers: around.words.f("subscription-from-to", &[("before", "85".into()), ("after", "80".into())]),
        quantity: s("80"),
        said: said(&around, verdict),
        effects: vec![
            (true, around.t("subscription-effect-users-out").into_owned()),
            (true, around.with("subscription-effect-billed-until", "time", "1 Dec 2026")),
            (false, around.n("subscription-effect-add-ons", 2)),
        ],
        seen: s("0123456789ab"),
        reason: s("Anna asked by phone"),
        because: s("10432"),
    };
    vec![
        ("subscriptions-due", dues.render().unwrap()),
        ("subscriptions-due-none", none.render().unwrap()),
        ("subscriptions", of.render().unwrap()),
        ("subscriptions-none", empty.render().unwrap()),
        ("subscription", one.render().unwrap()),
        ("subscription-open", open.render().unwrap()),
        ("subscription-preview", preview("may").render().unwrap()),
        ("subscription-preview-not", preview("not").render().unwrap()),
    ]
}
