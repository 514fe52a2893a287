//! Services, articles, incidents, the report.

use askama::Template;

use super::*;

fn texts(text: &str) -> Vec<LangText> {
    let names = ["English", "Svenska", "Deutsch", "Magyar", "简体中文"];
    let one = |(lang, name): (&&str, &str)| LangText { lang: s(lang), name: s(name), text: s(text) };
    LANGUAGES.iter().zip(names).map(one).collect()
}

fn versions(href: &str) -> Vec<VersionLine> {
    let one =
        |version| VersionLine { version, href: s(href), time: time("yesterday"), title: s("Weiterleitung") };
    vec![one(2), one(1)]
}

fn services_page(lang: &'static str) -> ServicesPage {
    let shell = shell(lang, "services");
    let sheet = |kind: &str| SheetLine {
        kind: s(kind),
        href: s("/admin/services/azure/technical"),
        state: shell.words.f("services-own", &[("version", "3".into())]),
        steps: 14,
    };
    let services = ["microsoft365", "azure"].iter().map(|service| ServiceLine {
        service: s(service),
        sheets: ["billing", "subscription", "technical"].map(sheet).into(),
    });
    ServicesPage { services: services.collect(), shell }
}

fn service_page(lang: &'static str) -> ServicePage {
    let shell = shell(lang, "services");
    let category = |index, key: &str| CategoryRow {
        index,
        key: s(key),
        title: s("Grenzüberschreitende Netzwerkstörungen"),
        who: s("Microsoft: eskalieren"),
        texts: texts("A disruption of the network"),
        handlers: family(&shell, "handler", &["partner", "microsoft", "publisher", "customer"], 1),
        boundaries: family(&shell, "boundary", &["inside", "diagnose_only", "escalate", "charge"], 2),
        source: s("partner-center: customer-support, 2023"),
        reconstruction: index == 0,
    };
    ServicePage {
        notice: Some(notice("error", "…")),
        service: s("azure"),
        kind: s("technical"),
        version: 3,
        state: s("version 3"),
        may_edit: true,
        old: true,
        own: true,
        role: texts("Reader"),
        categories: vec![category(0, "network-disruption"), category(1, "")],
        questions: vec![QuestionRow {
            index: 0,
            key: s("break-fix"),
            title: s("Is something broken?"),
            texts: texts("Is something broken?"),
            sets: family(&shell, "finding", &["break_fix", "topic"], 0),
        }],
        steps: vec![StepRow {
            index: 0,
            key: s("health"),
            title: s("查看服务运行状况"),
            texts: texts("Look"),
            fills: family(&shell, "evidence", &["health_incident", "tenant_id"], 0),
            whens: vec![choice("", &shell.t("services-always"), true)],
        }],
        evidence: family(&shell, "evidence", &["tenant_id", "error_text"], 0),
        versions: versions("/admin/services/azure/technical?version=2"),
        shell,
    }
}

fn articles(lang: &'static str) -> ArticlesPage {
    let article = |draft| ArticleLine {
        id: s("art_1"),
        title: s("Weiterleitungsregeln in Exchange Online zurücksetzen"),
        preview: s("Öffnen Sie das Exchange Admin Center und …"),
        language: s("Deutsch"),
        audience: s("public"),
        draft,
        service: s("microsoft365"),
        changed: time("2 h"),
    };
    ArticlesPage {
        query: s("Weiterleitung"),
        may_edit: true,
        articles: vec![article(false), article(true)],
        shell: shell(lang, "articles"),
    }
}

fn article(lang: &'static str) -> ArticlePage {
    let shell = shell(lang, "articles");
    let names = ["English", "Svenska", "Deutsch", "Magyar", "简体中文"];
    let text = |(lang, name): (&&str, &str)| ArticleText {
        lang: s(lang),
        name: s(name),
        title: s("Weiterleitung"),
        body: s("Öffnen Sie …"),
        open: *lang == "de",
    };
    ArticlePage {
        notice: Some(notice("error", "…")),
        action: s("/articles/art_1"),
        version: 2,
        may_edit: true,
        title: s("Weiterleitung"),
        body: s("Öffnen Sie …"),
        texts: LANGUAGES.iter().zip(names).map(text).collect(),
        audiences: family(&shell, "audience", &["internal", "public"], 1),
        audience: s("public"),
        published: false,
        services: services(&shell),
        kinds: kinds(&shell),
        versions: versions(""),
        shell,
    }
}

fn incident_line() -> IncidentLine {
    IncidentLine {
        id: s("inc_1"),
        external: s("EX25194"),
        title: s("Some users can't receive mail"),
        service: s("microsoft365"),
        status: s("restoring"),
        source: s("microsoft"),
        since: time("07:50"),
        tickets: 12,
    }
}

fn incidents(lang: &'static str) -> IncidentsPage {
    let shell = shell(lang, "incidents");
    IncidentsPage {
        notice: None,
        may_edit: true,
        services: services(&shell),
        title: String::new(),
        incidents: vec![incident_line()],
        shell,
    }
}

fn incident(lang: &'static str) -> IncidentPage {
    let shell = shell(lang, "incidents");
    let ticket = |i| {
        let line = line(i);
        TicketRef { number: line.number, subject: line.subject, state: line.state, changed: line.changed }
    };
    IncidentPage {
        notice: None,
        incident: incident_line(),
        version: 2,
        may_edit: true,
        statuses: family(&shell, "incident-status", &["open", "restoring", "over"], 1),
        tickets: (0..3).map(ticket).collect(),
        languages: texts(""),
        english: true,
        updates: vec![UpdateView {
            time: time("08:20"),
            texts: texts("We are on it."),
            outcomes: vec![s("sent: 11"), s("closed: 1")],
        }],
        shell,
    }
}

fn report(lang: &'static str) -> BaselinePage {
    let shell = shell(lang, "reports");
    let line = |service: &str, share: &str| BaselineRow {
        month: s("2026-11"),
        service: s(service),
        inside: s("1 204"),
        outside: s("96"),
        unclear: s("3"),
        not_needed: s("41"),
        share: s(share),
        escalated: s("88"),
        documentation: s("12"),
        known_issue: s("7"),
        data_missing: s("4"),
        seats: s("12 400"),
        per_seats: s("7,1"),
    };
    BaselinePage {
        notice: None,
        from: s("2026-01"),
        to: s("2026-11"),
        csv: s("/reports/baseline.csv?from=2026-01&to=2026-11"),
        lines: vec![line("microsoft365", "92 %"), line("azure", "–")],
        shell,
    }
}

pub(super) fn help_articles() -> Vec<HelpArticle> {
    vec![HelpArticle {
        id: s("art_1"), title: s("重置邮箱密码"), preview: s("打开管理中心，选择邮箱。")
    }]
}

pub(super) fn support_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let contact = || Shell { views: Vec::new(), live: String::new(), ..shell(lang, "articles") };
    let listed = HelpArticlesPage { query: s("密码"), articles: help_articles(), shell: contact() };
    let one = HelpArticlePage {
        title: s("重置邮箱密码"), body: s("打开管理中心。"), shell: contact()
    };
    let list = articles(lang);
    let none = ArticlesPage { articles: Vec::new(), ..list.clone() };
    vec![
        ("services", services_page(lang).render().unwrap()),
        ("service", service_page(lang).render().unwrap()),
        ("articles", list.render().unwrap()),
        ("articles.rows", list.as_rows().render().unwrap()),
        ("articles_empty", none.render().unwrap()),
        ("article", article(lang).render().unwrap()),
        ("incidents", incidents(lang).render().unwrap()),
        ("incident", incident(lang).render().unwrap()),
        ("report_baseline", report(lang).render().unwrap()),
        ("help_articles", listed.render().unwrap()),
        ("help_article", one.render().unwrap()),
    ]
}
