//! Suspensions, with something of everything.

use askama::Template;

use super::*;

fn notice(tone: &str, text: &str) -> Notice {
    Notice { tone: s(tone), text: s(text) }
}

fn shown(shell: &Shell) -> SuspensionShown {
    let rail = |rail: &str, why: Option<(&str, &str)>| RailLine {
        text: shell.word("suspension-rail", rail).into_owned(),
        said: match why {
            Some((why, _)) => shell.word("suspension-why", why).into_owned(),
            None => shell.t("suspension-passes").into_owned(),
        },
        tone: s(why.map_or("done", |(_, tone)| tone)),
    };
    let item = |place, by_hand: Option<&str>| SuspensionItem {
        place,
        link: Link {
            href: s("/subscriptions/3d20fac5-aab4-43ac-8a84-e0800a93312e"),
            text: s("Microsoft 365 Business Premium mit Datenschutzgrundverordnungskonformitätsprüfung"),
            current: false,
        },
        state: shell.word("suspension-item", "waiting").into_owned(),
        effects: vec![
            (true, shell.t("subscription-effect-users-out").into_owned()),
            (false, shell.t("subscription-effect-not-billed").into_owned()),
        ],
        notes: vec![shell.n("suspension-days-left", 240), shell.with("suspension-add-on", "name", "Copilot")],
        by_hand: by_hand.map(s),
    };
    SuspensionShown {
        rails: vec![
            rail("debt", None),
            rail("notices", Some(("undelivered", "error"))),
            rail("calendar", Some(("closed", "warning"))),
        ],
        items: vec![item(0, None), item(1, Some("https://partner.microsoft.com/"))],
        facts: vec![
            [shell.t("suspension-users").into_owned(), shell.n("subscription-quantity", 85)],
            [shell.t("suspension-owed").into_owned(), s("612.85 EUR")],
        ],
        list: s("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    }
}

fn tabs(shell: &Shell) -> Vec<Link> {
    [("/suspensions", "suspensions"), ("/suspensions/rules", "suspension-rules")]
        .map(|(href, key)| Link {
            href: s(href),
            text: shell.t(key).into_owned(),
            current: key == "suspensions",
        })
        .into()
}

pub(super) fn suspension_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "billing");
    let line = |state: &str, tone: &str, rehearsal| SuspensionLine {
        link: Link { href: s("/suspensions/sus_1"), text: s("Hafenkontor Lübeck eG"), current: false },
        scope: around.word("suspension-scope", "all").into_owned(),
        state: around.word("suspension-state", state).into_owned(),
        tone: s(tone),
        time: time("10 min ago"),
        rehearsal,
    };
    let list = SuspensionsPage {
        shell: around.clone(),
        tabs: tabs(&around),
        stands: vec![notice("error", "Stopped"), notice("warning", "Rehearsal")],
        may_propose: true,
        may_stop: true,
        query: s("haf"),
        customers: vec![Link {
            href: s("/suspensions/new?customer=cus_1"),
            text: s("Hafen"),
            current: false,
        }],
        rows: vec![line("proposed", "warning", true), line("suspended", "error", false)],
        pages: Pages { back: None, on: Some(s("/suspensions?before=sus_1")) },
    };
    let none = SuspensionsPage {
        rows: Vec::new(),
        stands: Vec::new(),
        customers: Vec::new(),
        may_propose: false,
        may_stop: false,
        pages: Pages { back: None, on: None },
        ..list.clone()
    };
    let choice = |value: &str, text: &str, chosen| Choice { value: s(value), text: s(text), chosen };
    let new = SuspensionNewPage {
        shell: around.clone(),
        notice: Some(notice("error", "A rail holds.")),
        customer: s("cus_1"),
        title: around.with("suspension-new", "customer", "Hafenkontor Lübeck eG"),
        allows: around.t("suspension-allows-nothing").into_owned(),
        open: Some(Link { href: s("/suspensions/sus_1"), text: s("One goes on"), current: false }),
        scopes: vec![choice("least_critical", "One", true), choice("all", "All", false)],
        subscriptions: vec![choice("3d20", "Premium", true), choice("3d21", "Copilot", false)],
        preview: Some(shown(&around)),
        reason: s("Unpaid since March"),
    };
    let choose = SuspensionNewPage {
        notice: None,
        open: None,
        preview: None,
        subscriptions: Vec::new(),
        ..new.clone()
    };
    let one = SuspensionPage {
        shell: around.clone(),
        notice: None,
        id: s("sus_1"),
        title: s("Hafenkontor Lübeck eG"),
        state: around.word("suspension-state", "proposed").into_owned(),
        tone: s("warning"),
        banners: vec![notice("warning", "Rehearsal")],
        facts: vec![[around.t("suspension-reason").into_owned(), s("Unpaid since March")]],
        shown: shown(&around),
        may_approve: true,
        may_withdraw: true,
        may_reverse: true,
        may_act: true,
    };
    let rules = SuspensionRulesPage {
        shell: around.clone(),
        tabs: tabs(&around),
        notice: None,
        stands: vec![notice("error", "Braked")],
        rehearsal: true,
        per_hour: s("5"),
        per_day: s("10"),
        percent: s("10"),
        pause: s("60"),
        version: 1,
        may_change: true,
        stopped: true,
        muted: true,
    };
    vec![
        ("suspensions", list.render().unwrap()),
        ("suspensions-none", none.render().unwrap()),
        ("suspension_new", new.render().unwrap()),
        ("suspension_new-choose", choose.render().unwrap()),
        ("suspension", one.render().unwrap()),
        ("suspension_rules", rules.render().unwrap()),
    ]
}
