//! Microsoft, with something of everything.

use askama::Template;

use super::*;

fn reading(what: &str, state: &str, tone: &str, detail: &str) -> ReadingLine {
    ReadingLine {
        what: s(what),
        state: s(state),
        tone: s(tone),
        detail: s(detail),
        read: Some(time("Tue 10:00")),
    }
}

fn issue(id: &str, status: &str, tone: &str, tenants: Option<u64>) -> IssueLine {
    IssueLine {
        id: s(id),
        title: s("Some users cannot open shared mailboxes"),
        service: s("Exchange Online"),
        impact: s("Users in Central Europe may not be able to open shared mailboxes."),
        status: s(status),
        tone: s(tone),
        changed: Some(time("10 min ago")),
        tenants,
    }
}

pub(super) fn tenant(admin: &str) -> TenantView {
    let request = |status: &str, tone: &str, severity: &str| RequestLine {
        id: s("612345678901234"),
        title: s("Datenschutzgrundverordnungskonforme Aufbewahrungsrichtlinien greifen nicht"),
        status: s(status),
        tone: s(tone),
        severity: s(severity),
        product: s("Exchange Online"),
        changed: Some(time("Tue 10:00")),
        last: Some([s("Microsoft Support"), s("Please send the message trace.")]),
    };
    TenantView {
        id: s("035af480-df3f-4e90-8af7-4a3df7b3044a"),
        domain: s("sjobergs.onmicrosoft.example"),
        cloud: s("commercial"),
        admin: s(admin),
        admin_until: Some(time("28 Apr 2027")),
        seen: time("10 min ago"),
        troubles: vec![
            reading("health", "no_admin", "error", ""),
            reading("requests", "refused", "error", "Insufficient privileges to complete the operation."),
        ],
        issues: vec![
            issue("EX900101", "service_degradation", "error", None),
            issue("SP900103", "service_restored", "done", None),
        ],
        requests: vec![
            request("open", "", "A"),
            request("attention_needed", "warning", "B"),
            request("none", "", ""),
        ],
    }
}

pub(super) fn microsoft_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "settings");
    let states = [
        ("customers", "current", "done"),
        ("customer", "gone", "error"),
        ("health", "no_admin", "error"),
        ("requests", "throttled", "warning"),
        ("partners", "not_offered", "warning"),
        ("profile", "refused", "error"),
        ("log", "failing", "error"),
        ("events", "never", "warning"),
    ];
    let page = |state: &str, tone: &str, go: Option<String>| MicrosoftPage {
        shell: around.clone(),
        notice: Some(notice("done", "Saved.")),
        go,
        standing: Some(MicrosoftStanding {
            state: s(state),
            tone: s(tone),
            detail: s("AADSTS700082: The refresh token has expired due to inactivity."),
            current: Some(time("Tue 10:00")),
            until: Some(time("10:20")),
            consented: Some(time("2 Mar")),
            events: go_is_events(state),
            readings: states
                .iter()
                .map(|(what, state, tone)| reading(what, state, tone, "HTTP 502"))
                .collect(),
        }),
        form: MicrosoftForm {
            version: s("3"),
            clouds: family(
                &around,
                "microsoft-cloud",
                &["commercial", "us_government", "china", "germany"],
                0,
            ),
            tenant: s("250d7b4d-328c-4c3d-8201-df3f85cc8b8c"),
            application: s("a02fb6ac-76d8-4cad-8359-ebea931a58d1"),
            adds_customers: true,
            back: s("https://help.nordwind.example/admin/settings/microsoft/consent"),
        },
        tenants: 12,
        unlinked: 2,
        offers: vec![
            TenantOffer {
                id: s("035af480-df3f-4e90-8af7-4a3df7b3044a"),
                name: s("Donaudampfschifffahrtsgesellschaft mbH & Co. KG"),
                domain: s("donau.onmicrosoft.example"),
                alike: s("cus_1"),
            },
            TenantOffer {
                id: s("d02291dc-2186-4ab0-81c7-4c53a4ef8c0e"),
                name: s("上海云帆科技有限公司"),
                domain: s("yunfan.partner.onmschina.example"),
                alike: String::new(),
            },
        ],
        customers: vec![choice("cus_1", "Donaudampfschifffahrtsgesellschaft", false)],
        issues: vec![issue("EX900101", "service_degradation", "error", Some(12))],
        partners: vec![[s("Baltic Distribution"), s("6100009 · DE")]],
        profile: vec![s("support@nordwind.example"), s("+49 451 555 0100")],
        profile_differs: true,
    };
    let going = Some(s("https://login.microsoftonline.com/common/oauth2/authorize?client_id=a&state=b"));
    let first = MicrosoftPage {
        standing: None,
        notice: None,
        form: MicrosoftForm { version: String::new(), ..page("never", "warning", None).form },
        offers: Vec::new(),
        issues: Vec::new(),
        partners: Vec::new(),
        profile: Vec::new(),
        ..page("never", "warning", None)
    };
    let mut all = vec![("settings-microsoft-first", first.render().unwrap())];
    for (name, state, tone) in [
        ("settings-microsoft", "current", "done"),
        ("settings-microsoft-consent", "consent", "error"),
        ("settings-microsoft-throttled", "throttled", "warning"),
        ("settings-microsoft-failing", "failing", "error"),
    ] {
        all.push((name, page(state, tone, None).render().unwrap()));
    }
    all.push(("settings-microsoft-going", page("unconsented", "warning", going).render().unwrap()));
    all
}

fn go_is_events(state: &str) -> bool {
    state == "current"
}
