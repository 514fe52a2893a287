//! People and settings.

use askama::Template;

use super::*;

const ROLES: [&str; 6] = [
    "global_admin",
    "admin_agent",
    "helpdesk_agent",
    "billing_admin",
    "sales_agent",
    "user_management_admin",
];

pub(super) fn people(lang: &'static str) -> PeoplePage {
    let shell = shell(lang, "people");
    let agent = |id: &str, person: Person, active, role| AgentLine {
        id: s(id),
        person,
        email: s("someone@nordwind.example"),
        active,
        version: 4,
        roles: family(&shell, "role", &ROLES, role),
        may_change: true,
    };
    let row = |permission: &str, bits: u8| MatrixRow {
        permission: s(permission),
        has: (0..6).map(|i| bits & (1 << i) != 0).collect(),
    };
    PeoplePage {
        notice: None,
        agents: vec![
            agent("agt_1", bela(), true, 0),
            agent("agt_2", wang(), true, 2),
            agent("agt_3", anna(), false, 4),
        ],
        teams: vec![TeamLine {
            id: s("tem_1"),
            name: s("Cloud"),
            members: vec![choice("agt_1", "Béla Kovács", true), choice("agt_2", "王小明", false)],
            count: 1,
        }],
        roles: ROLES.map(s).to_vec(),
        matrix: vec![
            row("customers.view", 0b11_1111),
            row("customers.edit", 0b00_0011),
            row("tickets.view_public", 0b01_0000),
            row("tickets.view", 0b00_0111),
            row("billing_tickets.view", 0b00_1000),
            row("tickets.file", 0b01_1111),
            row("tickets.work", 0b00_0111),
            row("billing_tickets.work", 0b00_1000),
            row("mail.manage", 0b00_0011),
            row("audit.view", 0b00_0001),
            row("users.manage", 0b10_0001),
            row("settings.manage", 0b00_0011),
        ],
        languages: languages(),
        shell,
    }
}

pub(super) fn settings_pages(lang: &'static str) -> Vec<(&'static str, String)> {
    let around = shell(lang, "settings");
    let desk = DeskSettingsPage {
        shell: around.clone(),
        notice: Some(notice("done", "Saved.")),
        name: s("Nordwind Cloud"),
        version: 7,
        languages: languages(),
        time_zones: zones(),
        undo_seconds: 10,
        reopen_days: 14,
        warn_minutes: None,
        unassigned_minutes: Some(30),
    };
    let day = |day: &str, hours: &str, bars: &[(u8, u8)]| CalendarDay {
        day: s(day),
        hours: s(hours),
        bars: bars.iter().map(|&(from, length)| Bar { from, length }).collect(),
    };
    let mut days: Vec<CalendarDay> = ["mon", "tue", "wed", "thu"]
        .map(|d| day(d, "08:00-12:00, 13:00-17:00", &[(32, 16), (52, 16)]))
        .into();
    days.extend([
        day("fri", "08:00-14:00", &[(32, 24)]),
        day("sat", "", &[]),
        day("sun", "22:00-02:00", &[(88, 8)]),
    ]);
    let calendars = CalendarsPage {
        shell: around.clone(),
        notice: None,
        calendars: vec![CalendarForm {
            id: s("cal_1"),
            version: 1,
            name: s("Business hours"),
            time_zones: zones(),
            days,
            holidays: s("2026-04-03\n2026-04-06\n12-25"),
            holiday_count: 3,
            week: s("42 h"),
        }],
        time_zones: zones(),
    };
    let promises = PromisesPage {
        shell: around.clone(),
        notice: Some(notice("error", "“soon” is not a time. Write 30 min, 4 h or 1 h 30.")),
        version: 7,
        calendars: vec![choice("cal_1", "Business hours", true)],
        rows: promise_rows(),
    };
    let mailbox = |id: &str, address: &str, tone: &str, health: &str| MailboxForm {
        id: s(id),
        address: s(address),
        version: 2,
        name: s("Nordwind Support"),
        kinds: kinds(&around),
        services: services(&around),
        host: s("imap.nordwind.example"),
        port: 993,
        securities: family(&around, "security", &["tls", "starttls", "none"], 0),
        auths: family(&around, "auth", &["password", "xoauth2", "application"], 0),
        clouds: Vec::new(),
        tenant: String::new(),
        application: String::new(),
        user: s(address),
        folder: s("INBOX"),
        tone: s(tone),
        health: s(health),
    };
    let mailboxes = MailboxesPage {
        shell: around.clone(),
        notice: None,
        mailboxes: vec![
            mailbox("mbx_1", "support@nordwind.example", "done", "works"),
            mailbox("mbx_2", "rechnung@nordwind.example", "error", "login failed"),
            mailbox("", "", "", ""),
        ],
    };
    let tokens = TokensPage {
        shell: around.clone(),
        notice: None,
        made: Some(s("pd_live_example_token_shown_once_0123456789")),
        tokens: vec![TokenLine {
            id: s("tok_1"),
            name: s("Monitoring"),
            scopes: vec![s("tickets:read"), s("tickets:write")],
            agent: s("Béla Kovács"),
            until: Some(time("31 Dec 2026")),
        }],
        scopes: vec![choice("tickets:read", "tickets:read", true), choice("mail", "mail", false)],
    };
    let audit_row = |what: &str, sealed| AuditRow {
        time: time("Mon 08:31"),
        actor: s("Béla Kovács"),
        what: s(what),
        object: s("tkt_0190a1b2c3d47e5f8a9b0c1d2e3f4a5b"),
        sealed,
    };
    let audit = AuditPage {
        shell: Shell { section: s("audit"), ..around },
        tone: s("done"),
        verified: s("All 48,213 entries are unchanged. Verified Mon 09:00."),
        rows: vec![audit_row("ticket.reply", false), audit_row("ticket.change", true)],
        pages: pages(),
    };
    vec![
        ("settings_desk", desk.render().unwrap()),
        ("settings_calendars", calendars.render().unwrap()),
        ("settings_promises", promises.render().unwrap()),
        ("settings_mailboxes", mailboxes.render().unwrap()),
        ("settings_tokens", tokens.render().unwrap()),
        ("settings_audit", audit.render().unwrap()),
        ("settings_audit.rows", audit.as_rows().render().unwrap()),
    ]
}
