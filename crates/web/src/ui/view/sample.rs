//! Every page with realistic contents: long German words, Chinese names, many rows. The test below renders each
//! in every language; with `PARTNERDESK_PAGES=directory` it also leaves them there to look at.

use askama::Template;

use super::*;

mod admin;
mod billing;
mod catalogue;
mod charging;
mod claim;
mod collection;
mod desk;
mod handover;
mod help;
mod microsoft;
mod question;
mod receivable;
mod signal;
mod subscription;
mod supplier;
mod support;
mod suspension;
mod ticket;

use admin::{people, settings_pages};
use desk::{customer_pages, inbox, search, sent};
use handover::{escalation, handover_pages};
use help::help_pages;
use supplier::supplier_pages;
use support::{help_articles, support_pages};
use ticket::{entries, similar, ticket};

const LANGUAGES: [&str; 5] = ["en", "sv", "de", "hu", "zh-CN"];

fn s(text: &str) -> String {
    text.to_owned()
}

fn person(name: &str, initials: &str, hue: u8) -> Person {
    Person { name: s(name), initials: s(initials), hue }
}

fn anna() -> Person {
    person("Anna Lindqvist", "AL", 1)
}

fn bela() -> Person {
    person("Béla Kovács", "BK", 3)
}

fn wang() -> Person {
    person("王小明", "王", 5)
}

fn time(text: &str) -> Time {
    Time { iso: s("2026-03-30T08:00:00Z"), text: s(text), title: s("Mon 30 March 2026, 10:00 Europe/Berlin") }
}

fn due(tone: &str, text: &str, left: &str) -> Due {
    Due { tone: s(tone), text: s(text), left: s(left), title: s("Tue 31 March 2026, 10:00 Europe/Berlin") }
}

fn choice(value: &str, text: &str, chosen: bool) -> Choice {
    Choice { value: s(value), text: s(text), chosen }
}

fn family(shell: &Shell, family: &str, words: &[&str], chosen: usize) -> Vec<Choice> {
    let one = |(i, word): (usize, &&str)| choice(word, &shell.word(family, word), i == chosen);
    words.iter().enumerate().map(one).collect()
}

fn services(shell: &Shell) -> Vec<Choice> {
    family(
        shell,
        "service",
        &["microsoft365", "azure", "dynamics365", "on_premises", "marketplace", "other"],
        0,
    )
}

fn kinds(shell: &Shell) -> Vec<Choice> {
    family(shell, "kind", &["billing", "subscription", "technical"], 2)
}

fn severities(shell: &Shell) -> Vec<Choice> {
    family(shell, "severity", &["A", "B", "C"], 1)
}

fn zones() -> Vec<Choice> {
    vec![choice("Europe/Berlin", "Europe/Berlin", true), choice("Asia/Shanghai", "Asia/Shanghai", false)]
}

fn languages() -> Vec<Choice> {
    let names = ["English", "Svenska", "Deutsch", "Magyar", "简体中文"];
    LANGUAGES.iter().zip(names).map(|(code, name)| choice(code, name, *code == "de")).collect()
}

fn pages() -> Pages {
    Pages { back: None, on: Some(s("/queue/all?after=10391")) }
}

fn notice(tone: &str, text: &str) -> Notice {
    Notice { tone: s(tone), text: s(text) }
}

fn file(name: &str, size: &str) -> File {
    File { name: s(name), size: s(size), href: s("/files/fil_1"), image: false }
}

fn shell(lang: &'static str, section: &str) -> Shell {
    let view =
        |view: &str, count| NavView { view: s(view), count, current: section == "queue" && view == "all" };
    Shell {
        words: text::Words::new(lang.parse().unwrap()),
        lang: s(lang),
        assets: Assets {
            script: s("/assets/app.js"),
            style: s("/assets/app.css"),
            icons: s("/assets/icons.svg"),
        },
        theme: s("system"),
        shortcuts: true,
        desk: s("Nordwind Cloud"),
        user: Some(User { person: bela(), email: s("bela.kovacs@nordwind.example"), several_desks: true }),
        section: s(section),
        views: vec![
            view("mine", 7),
            view("unassigned", 12),
            view("due", 38),
            view("waiting", 21),
            view("all", 143),
        ],
        may: May {
            customers: true,
            signals: true,
            subscriptions: true,
            billing: true,
            suppliers: true,
            file: true,
            mail: true,
            people: true,
            settings: true,
            audit: true,
            escalate: true,
            partners: true,
            services: true,
            reports: true,
            support: true,
            catalogue: true,
        },
        flash: None,
        live: s("queue"),
        since: s("1f.7"),
        alarms: 2,
        refused: None,
    }
}

fn door(lang: &'static str) -> Shell {
    Shell { user: None, views: Vec::new(), live: String::new(), alarms: 0, ..shell(lang, "") }
}

fn line(i: u64) -> TicketLine {
    const SUBJECTS: [(&str, &str, &str, &str); 8] = [
        (
            "Exchange Online: mail to external recipients bounces since this morning",
            "Good morning, since about 08:10 every mail to an address outside our company comes back with 5.7.708",
            "Anna Lindqvist",
            "Sjöbergs Möbelfabrik AB",
        ),
        (
            "Datenschutzgrundverordnungskonforme Aufbewahrungsrichtlinien für Postfächer",
            "Guten Tag, unsere Rechtsabteilung bittet um eine Stellungnahme zur Aufbewahrung",
            "Karl-Friedrich von Hohenstein-Oberleitner",
            "Donaudampfschifffahrtsgesellschaft mbH & Co. KG",
        ),
        (
            "无法登录 Microsoft 365 管理中心",
            "您好,我们从今天上午开始无法登录管理中心,提示错误代码 AADSTS50076。",
            "王小明",
            "上海云帆科技有限公司",
        ),
        (
            "Invoice G012345678 charges 14 seats, we have 12",
            "Could you explain the two extra seats?",
            "Erik Berg",
            "Berg & Dal AS",
        ),
        (
            "Előfizetés hosszabbítása a határidő előtt",
            "Szeretnénk 25 licenccel bővíteni a jövő hónaptól",
            "Nagy Eszter",
            "Tiszamenti Zrt.",
        ),
        (
            "VM in West Europe does not start: AllocationFailed",
            "The machine was deallocated on Friday.",
            "Maria Rossi",
            "Rossi Logistica",
        ),
        (
            "Teams calls drop after two minutes",
            "It happens only in the Malmö office, on wired and wireless.",
            "Lena Ek",
            "Ek & Partners",
        ),
        (
            "Dynamics 365: quote totals rounded wrongly",
            "See the attached screenshot: 3 × 19.99 shows 59.96.",
            "Tom Baker",
            "Baker Street Ltd",
        ),
    ];
    let n = usize::try_from(i).unwrap_or(0);
    let (subject, preview, contact, customer) = SUBJECTS[n % 8];
    let (severity, due) = match n % 6 {
        0 => ("A", Some(due("late", "due 08:30", "−25 min"))),
        1 => ("B", Some(due("near", "due 10:40", "40 min"))),
        2 => ("B", Some(due("calm", "due Tue 10:00", "5 h 40"))),
        3 => ("C", Some(due("paused", "paused", ""))),
        4 => ("C", Some(due("calm", "due Thu 14:15", "22 h"))),
        _ => ("C", None),
    };
    TicketLine {
        choose: Some(format!("tkt_{i}")),
        number: 10_432 - i,
        subject: s(subject),
        preview: s(preview),
        contact: s(contact),
        customer: s(customer),
        state: s(["new", "open", "open", "waiting_customer", "waiting_supplier", "resolved"][n % 6]),
        severity: s(severity),
        kind: s(["technical", "technical", "technical", "billing", "subscription"][n % 5]),
        service: s(["microsoft365", "microsoft365", "microsoft365", "other", "azure", "dynamics365"][n % 6]),
        assignee: [Some(bela()), None, Some(wang()), Some(anna())][n % 4].clone(),
        due,
        has_circle: n == 2,
        tags: if n % 5 == 1 { vec![s("compliance"), s("vip")] } else { Vec::new() },
        unread: n % 3 == 0,
        draft: n == 4,
        changed: time(["4 min", "25 min", "2 h", "yesterday"][n % 4]),
    }
}

fn queue(lang: &'static str) -> QueuePage {
    let shell = shell(lang, "queue");
    let bulk = Bulk {
        back: s("/queue/all"),
        assignees: vec![choice("", "as they are", true), choice("none", "nobody", false)],
        teams: vec![choice("", "as they are", true), choice("tem_1", "Cloud", false)],
        actions: vec![choice("", "as they are", true), choice("resolve", "Resolve", false)],
        snoozes: vec![choice("", "as they are", true), choice("2026-03-31T06:00:00Z", "Tue 08:00", false)],
    };
    let lines = (0..40).map(line).collect();
    QueuePage { shell, view: s("all"), count: 143, lines, pages: pages(), bulk: Some(bulk) }
}

fn promises() -> Vec<PromiseLine> {
    let one = |promise: &str, due: &str, target: &str| PromiseLine {
        promise: s(promise),
        due: s(due),
        target: s(target),
    };
    vec![
        one("first_response", "today 14:00", "4 h, business hours"),
        one("resolution", "Wed 1 April 10:00", "16 h, business hours"),
    ]
}

/// The promises of each severity, as they are typed.
fn promise_rows() -> Vec<PromiseRow> {
    let row = |severity: &str, values: [&str; 3]| PromiseRow {
        severity: s(severity),
        fields: ["first_response", "next_response", "resolution"]
            .into_iter()
            .zip(values)
            .map(|(promise, value)| PromiseField {
                promise: s(promise),
                name: format!("{}_{promise}", severity.to_lowercase()),
                value: s(value),
            })
            .collect(),
    };
    vec![row("A", ["1 h", "1 h", "4 h"]), row("B", ["4 h", "8 h", "16 h"]), row("C", ["8 h", "", ""])]
}

fn links() -> Vec<Link> {
    let link = |c: Choice| Link { href: format!("?lang={}", c.value), text: c.text, current: c.chosen };
    languages().into_iter().map(link).collect()
}

fn pages_of(lang: &'static str) -> Vec<(&'static str, String)> {
    let sign_in = SignInPage {
        shell: door(lang),
        notice: Some(notice("error", "Address or password is wrong.")),
        email: s("bela.kovacs@nordwind.example"),
        next: s("/"),
        languages: links(),
    };
    let choose = ChooseDeskPage {
        shell: door(lang),
        desks: vec![
            choice("dsk_1", "Nordwind Cloud", true),
            choice("dsk_2", "Südwind Rechenzentrum GmbH", false),
        ],
        next: s("/"),
    };
    let invitation = InvitationPage {
        shell: door(lang),
        notice: None,
        action: s("/invitation/abc"),
        email: s("wang@nordwind.example"),
        first: true,
        min_length: 12,
    };
    let forgotten = ForgottenPage {
        shell: door(lang),
        notice: None,
        email: s("wang@nordwind.example"),
        sent: false,
        languages: links(),
    };
    let forgotten_sent = ForgottenPage { sent: true, ..forgotten.clone() };
    let new_password = InvitationPage { first: false, ..invitation.clone() };
    let account = AccountPage {
        notices: family(&shell(lang, ""), "occasion", &["assigned", "answered"], 0),
        themes: family(&shell(lang, ""), "theme", &["system", "light", "dark", "contrast"], 0),
        shell: shell(lang, "account"),
        languages: languages(),
        time_zones: zones(),
        spoken: languages(),
        hours: vec![choice("", "as the desk", true), choice("cal_1", "Nachtschicht", false)],
        notice: None,
        min_length: 12,
    };
    let error = ErrorPage {
        shell: door(lang),
        status: 404,
        title: s("There is no such ticket"),
        text: s("It may belong to another desk, or the number is mistyped."),
        home: Link { href: s("/"), text: s("Queue"), current: false },
        request: s("req_0190a1b2"),
    };
    let empty =
        QueuePage { lines: Vec::new(), view: s("mine"), count: 0, pages: Pages::default(), ..queue(lang) };
    let (queue, ticket) = (queue(lang), ticket(lang));
    let mut all = vec![
        ("sign_in", sign_in.render().unwrap()),
        ("choose_desk", choose.render().unwrap()),
        ("forgotten", forgotten.render().unwrap()),
        ("forgotten_sent", forgotten_sent.render().unwrap()),
        ("invitation", invitation.render().unwrap()),
        ("new_password", new_password.render().unwrap()),
        ("account", account.render().unwrap()),
        ("error", error.render().unwrap()),
        ("queue", queue.render().unwrap()),
        ("queue.rows", queue.as_rows().render().unwrap()),
        ("queue_empty", empty.render().unwrap()),
        ("ticket", ticket.render().unwrap()),
        ("ticket.timeline", ticket.as_timeline().render().unwrap()),
        ("ticket.facts", ticket.as_facts().render().unwrap()),
        ("ticket.path", ticket.as_path().render().unwrap()),
        ("ticket.diagnosis", ticket.as_diagnosis().render().unwrap()),
        ("ticket.escalation", ticket.as_escalation().render().unwrap()),
        ("similar", similar(lang).render().unwrap()),
        ("search", search(lang).render().unwrap()),
        ("sent", sent(lang).render().unwrap()),
        ("inbox", inbox(lang).render().unwrap()),
        ("people", people(lang).render().unwrap()),
    ];
    all.extend(catalogue::catalogue_pages(lang));
    all.extend(customer_pages(lang));
    all.extend(subscription::subscription_pages(lang));
    all.extend(suspension::suspension_pages(lang));
    all.extend(billing::billing_pages(lang));
    all.extend(receivable::receivable_pages(lang));
    all.extend(charging::charging_pages(lang));
    all.extend(collection::collection_pages(lang));
    all.extend(claim::claim_pages(lang));
    all.extend(signal::signal_pages(lang));
    all.extend(supplier_pages(lang));
    all.extend(settings_pages(lang));
    all.extend(microsoft::microsoft_pages(lang));
    all.extend(handover_pages(lang));
    all.extend(help_pages(lang));
    all.extend(support_pages(lang));
    all
}

/// Elements that have no end tag.
const VOID: [&str; 12] =
    ["!doctype", "meta", "link", "input", "img", "br", "use/", "rect/", "source", "hr", "wbr", "col"];

/// Every start tag has its end tag, in order.
fn assert_balanced(name: &str, html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1) {
        let (tag, _) = tag.split_once('>').unwrap_or_else(|| panic!("{name}: a tag has no end: {tag}"));
        let word = tag.split_whitespace().next().unwrap_or_default();
        if let Some(end) = word.strip_prefix('/') {
            assert_eq!(open.pop(), Some(end), "{name}: </{end}> closes another element");
        } else if !tag.ends_with('/') && !VOID.contains(&word) {
            open.push(word);
        }
    }
    assert!(open.is_empty(), "{name}: {open:?} stay open");
}

/// No id stands twice, and what a label or tab points to is there.
fn assert_ids(name: &str, html: &str) {
    let values = |attribute: &str| -> Vec<String> {
        let start = format!(" {attribute}=\"");
        html.split(start.as_str()).skip(1).filter_map(|rest| rest.split('"').next().map(s)).collect()
    };
    let mut ids = values("id");
    ids.sort();
    let twice: Vec<_> =
        ids.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0].clone()).collect();
    assert!(twice.is_empty(), "{name}: these ids stand twice: {twice:?}");
    for attribute in ["aria-labelledby", "aria-controls", "aria-describedby", "popovertarget"] {
        for target in values(attribute) {
            assert!(ids.contains(&target) || name.contains('.'), "{name}: {attribute} points to {target}");
        }
    }
}

#[test]
fn every_page_reads_in_every_language() {
    let directory = std::env::var_os("PARTNERDESK_PAGES").map(std::path::PathBuf::from);
    for lang in LANGUAGES {
        for (name, html) in pages_of(lang) {
            assert!(!html.contains('⟨'), "{lang} {name} misses words: {:?}", html.split('⟨').nth(1));
            assert_balanced(name, &html);
            assert_ids(name, &html);
            assert!(
                !html.contains(" style=") && !html.contains("<style"),
                "{name}: the policy forbids inline style"
            );
            assert!(!html.contains(" onclick"), "{name}: the policy forbids inline script");
            if !name.contains('.') {
                assert!(html.matches("<h1").count() == 1, "{name} has one main heading");
                assert!(html.contains("<main id=\"main\""), "{name} has its landmark");
            }
            if let Some(directory) = &directory {
                std::fs::write(directory.join(format!("{lang}.{name}.html")), html).unwrap();
            }
        }
    }
}

#[test]
fn outside_words_are_escaped() {
    let mut page = queue("en");
    page.lines.truncate(1);
    page.lines[0].subject = s("<script>alert('x')</script>\" onload=\"x");
    let html = page.as_rows().render().unwrap();
    assert!(!html.contains("<script") && !html.contains("\" onload"), "{html}");
}

#[test]
fn a_note_has_no_recipients() {
    let html = ticket("en").as_composer().render().unwrap();
    let (_, note) = html.split_once("id=\"pane-note\"").unwrap();
    assert!(
        note.contains("action=\"/tickets/10432/note\"") && !note.contains("name=\"recipient\""),
        "{note}"
    );
}
