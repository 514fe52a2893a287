//! The only list of routes. A route stands here with who may call it, or it does not exist: the same table makes the
//! router and the tests that walk it.

use app::App;
use axum::{
    Router,
    extract::{DefaultBodyLimit, State},
    http::{Extensions, HeaderMap, Method, StatusCode, Uri, Version, header},
    middleware::{from_fn, from_fn_with_state},
    response::{IntoResponse as _, Response},
    routing::{MethodFilter, MethodRouter, on},
};
use domain::access::Permission::{
    self, ArticlesEdit, AuditView, BillingTicketWork, BillingTicketsView, CatalogueManage, CatalogueView,
    CustomersEdit, CustomersView, MailManage, ReportsView, ServicesEdit, ServicesView, SettingsManage,
    SignalsJudge, SignalsView, SuppliersManage, TicketEscalate, TicketFile, TicketWork, TicketsView,
    TicketsViewPublic, UsersManage,
};
use tower_http::{CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer};

use crate::{
    Web,
    api::{self, once},
    assets, chain,
    guard::{
        self,
        Access::{self, Agent, AgentOrContact, Api, Contact, Public, Signed},
    },
    headers, hooks, live, problem,
    ui::{
        account, admin, catalogue, customers, entry, handovers, help, message, new_ticket, operations, queue,
        search, signals,
        support::{articles, incidents, reports, services},
        ticket,
    },
};

/// How large and how long a request may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Fields of a form: at most 2 MB.
    Small,
    /// Files: at most 30 MB, and few that are larger than a form at once.
    Upload,
    /// An answer that goes on for as long as somebody watches.
    Stream,
}

impl Body {
    /// The most bytes of a request.
    #[must_use]
    pub const fn limit(self) -> usize {
        match self {
            Body::Small | Body::Stream => 2 << 20,
            Body::Upload => 30 << 20,
        }
    }
}

/// A line of the table.
#[derive(Debug)]
pub struct Route {
    /// `GET` also answers `HEAD`.
    pub method: Method,
    /// The path, with the names of its parts in braces.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// How large a request may be.
    pub body: Body,
    handler: fn() -> MethodRouter<Web>,
}

/// `METHOD "path", access => handler;`, with `uploads` or `stream` after the method where the body is not small.
macro_rules! routes {
    (@body) => { Body::Small };
    (@body uploads) => { Body::Upload };
    (@body stream) => { Body::Stream };
    ($($method:ident $($body:ident)? $path:literal, $access:expr => $handler:expr;)*) => {
        &[$(Route {
            method: Method::$method,
            path: $path,
            access: $access,
            body: routes!(@body $($body)?),
            handler: || on(MethodFilter::$method, $handler),
        }),*]
    };
}

mod billing;
mod charging;
mod collections;
mod receivables;
mod subscriptions;
mod suppliers;
mod suspensions;

/// Every agent who is signed in.
const ANY: &[Permission] = &[];
/// Who sees tickets of some kind.
const SEE: &[Permission] = &[TicketsView, TicketsViewPublic, BillingTicketsView];
/// Who sees tickets of some kind whole.
const FULL: &[Permission] = &[TicketsView, BillingTicketsView];
/// Who works on tickets of some kind.
const WORK: &[Permission] = &[TicketWork, BillingTicketWork];
/// Who hands tickets over.
const ESCALATE: &[Permission] = &[TicketEscalate];
/// Who pairs with other desks.
const PARTNERS: &[Permission] = &[SuppliersManage];
/// Who files tickets for others.
const FILE: &[Permission] = &[TicketFile];

/// The ways in, and what every page needs.
static ENTRY: &[Route] = routes![
    GET "/assets/{name}", Public => assets::serve;
    GET "/", Agent(ANY) => entry::home;
    GET "/sign-in", Public => entry::sign_in_page;
    POST "/sign-in", Public => entry::sign_in;
    GET "/sign-in/forgotten", Public => entry::forgotten_page;
    POST "/sign-in/forgotten", Public => entry::forgotten;
    POST "/sign-out", Agent(ANY) => entry::sign_out;
    GET "/choose-desk", Agent(ANY) => entry::desks;
    POST "/choose-desk", Agent(ANY) => entry::choose_desk;
    GET "/invitation/{token}", Public => entry::invitation_page;
    POST "/invitation/{token}", Public => entry::accept_invitation;
    GET "/me", Agent(ANY) => account::show;
    POST "/me", Agent(ANY) => account::save;
    POST "/me/password", Agent(ANY) => account::change_password;
];

/// The desk's tickets.
static TICKETS: &[Route] = routes![
    GET stream "/live", AgentOrContact => live::watch;
    GET "/queue/{view}", Agent(SEE) => queue::list;
    GET "/search", Agent(SEE) => search::show;
    GET "/tickets/new", Agent(FILE) => new_ticket::show;
    POST uploads "/tickets/new", Agent(FILE) => new_ticket::file;
    GET "/tickets/{number}", Agent(SEE) => ticket::show;
    POST uploads "/tickets/{number}/reply", Agent(WORK) => ticket::reply;
    POST uploads "/tickets/{number}/note", Agent(WORK) => ticket::note;
    POST "/tickets/{number}/draft", Agent(WORK) => ticket::draft;
    POST "/tickets/{number}/move", Agent(WORK) => ticket::make_move;
    POST "/tickets/{number}/take", Agent(WORK) => ticket::take;
    POST "/tickets/{number}/change", Agent(WORK) => ticket::change;
    POST "/tickets/{number}/undo", Agent(WORK) => ticket::undo;
    POST "/tickets/{number}/merge", Agent(WORK) => ticket::merge;
    POST "/bulk", Agent(WORK) => queue::bulk;
    POST "/undo", Agent(WORK) => queue::undo;
    POST "/tickets/{number}/handover", Agent(ESCALATE) => ticket::escalation::hand_over;
    POST uploads "/tickets/{number}/handover/step", Agent(ESCALATE) => ticket::escalation::step;
    GET "/handovers", Agent(ESCALATE) => handovers::show;
    POST "/handovers/{id}/answer", Agent(ESCALATE) => handovers::answer;
    POST "/tickets/{number}/presence", Agent(SEE) => ticket::presence;
    POST "/tickets/{number}/diagnosis", Agent(WORK) => ticket::diagnosis::change;
    POST "/tickets/{number}/incident", Agent(WORK) => ticket::diagnosis::incident;
    POST "/tickets/{number}/circle", Agent(WORK) => ticket::circle::change;
    GET "/tickets/{number}/similar", Agent(SEE) => ticket::diagnosis::similar;
    POST "/tickets/{number}/insert", Agent(WORK) => ticket::diagnosis::insert;
    GET "/tickets/{number}/messages/{entry}", Agent(SEE) => message::html;
    GET "/tickets/{number}/messages/{entry}/original", Agent(SEE) => message::original;
    GET "/tickets/{number}/files/{entry}/{position}", Agent(SEE) => message::file;
];

/// Who sees customers.
const CUSTOMERS: &[Permission] = &[CustomersView];
/// Who changes customers.
const EDIT: &[Permission] = &[CustomersEdit];
/// Who looks after mail.
const MAIL: &[Permission] = &[MailManage];

/// Customers, sent and incoming mail.
static OPERATIONS: &[Route] = routes![
    GET "/customers", Agent(CUSTOMERS) => customers::list;
    POST "/customers", Agent(EDIT) => customers::create;
    GET "/customers/{id}", Agent(CUSTOMERS) => customers::one;
    POST "/customers/{id}", Agent(EDIT) => customers::change;
    POST "/customers/{id}/contacts", Agent(EDIT) => customers::add_contact;
    POST "/customers/{id}/contacts/{contact}", Agent(EDIT) => customers::change_contact;
    POST "/customers/{id}/seats", Agent(EDIT) => customers::set_seats;
    POST "/customers/{id}/domains", Agent(EDIT) => customers::add_domain;
    POST "/customers/{id}/domains/remove", Agent(EDIT) => customers::remove_domain;
    GET "/signals", Agent(&[SignalsView]) => signals::show;
    POST "/customers/{id}/signals", Agent(&[SignalsJudge]) => signals::judge;
    GET "/sent", Agent(MAIL) => operations::sent;
    GET "/sent/{id}/original", Agent(MAIL) => operations::sent_original;
    POST "/sent/{id}/retry", Agent(MAIL) => operations::retry_sent;
    GET "/inbox", Agent(MAIL) => operations::inbox;
    GET "/inbox/{id}/original", Agent(MAIL) => operations::parked_original;
    POST "/inbox/{id}/retry", Agent(MAIL) => operations::retry_parked;
];

/// Who manages people.
const USERS: &[Permission] = &[UsersManage];
/// Who changes the desk's settings.
const SETTINGS: &[Permission] = &[SettingsManage];
/// Who reads the audit log.
const AUDIT: &[Permission] = &[AuditView];

/// People and settings.
static ADMIN: &[Route] = routes![
    GET "/admin/people", Agent(USERS) => admin::people::show;
    POST "/admin/people/invite", Agent(USERS) => admin::people::invite;
    POST "/admin/people/{id}/invite", Agent(USERS) => admin::people::invite_again;
    POST "/admin/people/{id}/roles", Agent(USERS) => admin::people::change_roles;
    POST "/admin/people/{id}/deactivate", Agent(USERS) => admin::people::deactivate;
    POST "/admin/people/{id}/activate", Agent(USERS) => admin::people::activate;
    POST "/admin/teams", Agent(USERS) => admin::people::add_team;
    POST "/admin/teams/{id}/members", Agent(USERS) => admin::people::set_members;
    GET "/admin/settings/desk", Agent(SETTINGS) => admin::desk::show;
    POST "/admin/settings/desk", Agent(SETTINGS) => admin::desk::save;
    GET "/admin/settings/calendars", Agent(SETTINGS) => admin::calendars::show;
    POST "/admin/settings/calendars", Agent(SETTINGS) => admin::calendars::add;
    POST "/admin/settings/calendars/{id}", Agent(SETTINGS) => admin::calendars::save;
    GET "/admin/settings/promises", Agent(SETTINGS) => admin::promises::show;
    POST "/admin/settings/promises", Agent(SETTINGS) => admin::promises::save;
    GET "/admin/settings/mailboxes", Agent(SETTINGS) => admin::mailboxes::show;
    POST "/admin/settings/mailboxes", Agent(SETTINGS) => admin::mailboxes::add;
    POST "/admin/settings/mailboxes/{id}", Agent(SETTINGS) => admin::mailboxes::save;
    POST "/admin/settings/mailboxes/{id}/remove", Agent(SETTINGS) => admin::mailboxes::remove;
    GET "/admin/settings/tokens", Agent(SETTINGS) => admin::tokens::show;
    POST "/admin/settings/tokens", Agent(SETTINGS) => admin::tokens::make;
    POST "/admin/settings/tokens/{id}/withdraw", Agent(SETTINGS) => admin::tokens::withdraw;
    GET "/admin/settings/microsoft", Agent(SETTINGS) => admin::microsoft::show;
    POST "/admin/settings/microsoft", Agent(SETTINGS) => admin::microsoft::save;
    POST "/admin/settings/microsoft/consent", Agent(SETTINGS) => admin::microsoft::begin;
    GET "/admin/settings/microsoft/consent", Agent(SETTINGS) => admin::microsoft::finish;
    POST "/admin/settings/microsoft/check", Agent(SETTINGS) => admin::microsoft::check;
    POST "/admin/settings/microsoft/events", Agent(SETTINGS) => admin::microsoft::events;
    POST "/admin/settings/microsoft/disconnect", Agent(SETTINGS) => admin::microsoft::disconnect;
    POST "/admin/settings/microsoft/tenants/{tenant}", Agent(SETTINGS) => admin::microsoft::link;
    GET "/admin/settings/partners", Agent(PARTNERS) => admin::partners::show;
    POST "/admin/settings/partners", Agent(PARTNERS) => admin::partners::accept;
    POST "/admin/settings/partners/invite", Agent(PARTNERS) => admin::partners::invite;
    POST "/admin/settings/partners/key", Agent(PARTNERS) => admin::partners::new_key;
    POST "/admin/settings/partners/{id}", Agent(PARTNERS) => admin::partners::change;
    POST "/admin/settings/partners/{id}/revoke", Agent(PARTNERS) => admin::partners::revoke;
    GET "/admin/settings/audit", Agent(AUDIT) => admin::audit::show;
    POST "/admin/settings/audit/verify", Agent(AUDIT) => admin::audit::verify;
];

/// Who sees what services ask for.
const SERVICES: &[Permission] = &[ServicesView];
/// Who edits that, and declares incidents.
const EDIT_SERVICES: &[Permission] = &[ServicesEdit];
/// Who writes articles.
const ARTICLES: &[Permission] = &[ArticlesEdit];
/// Who sees reports.
const REPORTS: &[Permission] = &[ReportsView];

/// What supports the work on tickets.
static SUPPORT: &[Route] = routes![
    GET "/admin/services", Agent(SERVICES) => services::list;
    GET "/admin/services/{service}/{kind}", Agent(SERVICES) => services::show;
    POST "/admin/services/{service}/{kind}", Agent(EDIT_SERVICES) => services::save;
    GET "/articles", Agent(SEE) => articles::list;
    POST "/articles", Agent(ARTICLES) => articles::create;
    GET "/articles/new", Agent(ARTICLES) => articles::new;
    GET "/articles/{id}", Agent(SEE) => articles::show;
    POST "/articles/{id}", Agent(ARTICLES) => articles::save;
    GET "/articles/{id}/versions/{version}", Agent(ARTICLES) => articles::version;
    GET "/incidents", Agent(SEE) => incidents::list;
    POST "/incidents", Agent(EDIT_SERVICES) => incidents::declare;
    GET "/incidents/{id}", Agent(SEE) => incidents::show;
    POST "/incidents/{id}", Agent(EDIT_SERVICES) => incidents::change;
    POST "/incidents/{id}/inform", Agent(EDIT_SERVICES) => incidents::inform;
    POST "/incidents/{id}/resolve", Agent(EDIT_SERVICES) => incidents::resolve;
    GET "/reports/baseline", Agent(REPORTS) => reports::baseline;
    GET "/reports/baseline.csv", Agent(REPORTS) => reports::baseline_csv;
];

/// Who sees the catalogue.
const CATALOGUE: &[Permission] = &[CatalogueView];
/// Who changes and publishes it.
const OFFER: &[Permission] = &[CatalogueManage];

/// What the desk offers, and what it has published.
static CATALOGUE_PAGES: &[Route] = routes![
    GET "/catalogue", Agent(CATALOGUE) => catalogue::show;
    POST "/catalogue/offerings", Agent(OFFER) => catalogue::add_offering;
    POST "/catalogue/offerings/{id}", Agent(OFFER) => catalogue::change_offering;
    POST "/catalogue/plans", Agent(OFFER) => catalogue::add_plan;
    GET "/catalogue/plans/{id}", Agent(CATALOGUE) => catalogue::plan::show;
    POST "/catalogue/plans/{id}", Agent(OFFER) => catalogue::change_plan;
    GET "/catalogue/plans/{id}/draft", Agent(OFFER) => catalogue::plan::draft;
    POST "/catalogue/plans/{id}/publish", Agent(OFFER) => catalogue::plan::publish;
    POST "/catalogue/deliveries", Agent(OFFER) => catalogue::add_delivery;
    POST "/catalogue/deliveries/{id}/remove", Agent(OFFER) => catalogue::remove_delivery;
    POST "/catalogue/common", Agent(OFFER) => catalogue::set_common;
    GET "/catalogue/statements/{id}", Agent(CATALOGUE) => catalogue::plan::statement;
    GET "/catalogue/statements/{id}/pdf", Agent(CATALOGUE) => catalogue::plan::pdf;
    POST "/catalogue/statements/{id}/send", Agent(OFFER) => catalogue::plan::send;
    GET "/catalogue/customers/{id}", Agent(CUSTOMERS) => catalogue::customer::show;
    POST "/catalogue/customers/{id}/plan", Agent(OFFER) => catalogue::customer::hold;
    POST "/catalogue/customers/{id}/authorise", Agent(OFFER) => catalogue::customer::authorise;
];

/// The portal of contacts.
static HELP: &[Route] = routes![
    GET "/help", Public => help::door::home;
    GET "/help/sign-in", Public => help::door::show;
    POST "/help/sign-in", Public => help::door::send_link;
    GET "/help/enter/{token}", Public => help::door::link;
    POST "/help/enter/{token}", Public => help::door::enter;
    POST "/help/sign-out", Contact => help::door::sign_out;
    GET "/help/articles", Contact => help::articles::list;
    GET "/help/articles/{id}", Contact => help::articles::show;
    GET "/help/tickets", Contact => help::tickets::list;
    GET "/help/new", Contact => help::new::show;
    POST uploads "/help/new", Contact => help::new::send;
    GET "/help/statement", Contact => help::statement::show;
    GET "/help/statement/{id}/pdf", Contact => help::statement::pdf;
    POST "/help/statement/{id}/acknowledge", Contact => help::statement::acknowledge;
    GET "/help/tickets/{number}", Contact => help::ticket::show;
    POST uploads "/help/tickets/{number}/answer", Contact => help::ticket::answer;
    POST "/help/tickets/{number}/move", Contact => help::ticket::make_move;
    GET "/help/tickets/{number}/files/{entry}/{position}", Contact => help::ticket::file;
];

/// What other programs send on their own.
static HOOKS: &[Route] = routes![
    POST "/webhooks/microsoft/{desk}", Signed => hooks::microsoft;
];

/// Who sees agents and teams: who hands tickets to them, and who manages them.
const SEE_PEOPLE: &[Permission] = &[TicketsView, TicketsViewPublic, BillingTicketsView, UsersManage];

/// The API. What makes something may be asked for twice, with a key: `once`.
static API: &[Route] = routes![
    GET "/api/v1/openapi.json", Public => api::serve;
    GET "/api/v1/me", Api(ANY) => api::access::me;

    GET "/api/v1/tickets", Api(SEE) => api::tickets::list;
    POST uploads "/api/v1/tickets", Api(FILE) => once(api::tickets::work::create);
    GET "/api/v1/tickets/counts", Api(SEE) => api::tickets::counts;
    GET "/api/v1/tickets/{ticket}", Api(SEE) => api::tickets::get;
    PATCH "/api/v1/tickets/{ticket}", Api(WORK) => api::tickets::work::change;
    GET "/api/v1/tickets/{ticket}/timeline", Api(SEE) => api::tickets::timeline;
    GET "/api/v1/tickets/{ticket}/entries/{entry}/files/{position}", Api(SEE) => api::tickets::attachment;
    GET "/api/v1/tickets/{ticket}/entries/{entry}/html", Api(SEE) => api::tickets::html;
    GET "/api/v1/tickets/{ticket}/entries/{entry}/original", Api(SEE) => api::tickets::original;
    POST uploads "/api/v1/tickets/{ticket}/replies", Api(WORK) => once(api::tickets::work::reply);
    DELETE "/api/v1/tickets/{ticket}/replies/{entry}", Api(WORK) => api::tickets::work::take_back;
    POST uploads "/api/v1/tickets/{ticket}/notes", Api(WORK) => once(api::tickets::work::note);
    POST "/api/v1/tickets/{ticket}/moves", Api(WORK) => once(api::tickets::work::make_move);
    GET "/api/v1/tickets/{ticket}/diagnosis", Api(FULL) => api::tickets::diagnosis::get;
    PATCH "/api/v1/tickets/{ticket}/diagnosis", Api(WORK) => api::tickets::diagnosis::change;
    PATCH "/api/v1/tickets/{ticket}/circle", Api(WORK) => api::tickets::beside::change_circle;
    GET "/api/v1/tickets/{ticket}/drafts", Api(WORK) => api::tickets::work::drafts;
    PUT "/api/v1/tickets/{ticket}/drafts", Api(WORK) => api::tickets::work::save_draft;
    POST "/api/v1/tickets/{ticket}/merge", Api(WORK) => once(api::tickets::beside::merge);
    PUT "/api/v1/tickets/{ticket}/read", Api(SEE) => api::tickets::beside::read;
    POST "/api/v1/tickets/bulk", Api(WORK) => once(api::tickets::beside::bulk);
    POST "/api/v1/undos/{undo}", Api(WORK) => once(api::tickets::beside::undo);
    GET "/api/v1/tickets/{ticket}/handovers", Api(FULL) => api::handovers::of_ticket;
    POST "/api/v1/tickets/{ticket}/handovers", Api(ESCALATE) => once(api::handovers::create);
    GET "/api/v1/handovers", Api(ESCALATE) => api::handovers::list;
    POST uploads "/api/v1/handovers/{handover}/steps", Api(ESCALATE) => once(api::handovers::step);
    GET "/api/v1/peers", Api(PARTNERS) => api::peers::peers;
    POST "/api/v1/peers", Api(PARTNERS) => once(api::peers::pair);
    POST "/api/v1/peers/invitations", Api(PARTNERS) => once(api::peers::invite);
    DELETE "/api/v1/peers/{peer}", Api(PARTNERS) => api::peers::revoke;
    GET "/api/v1/search", Api(SEE) => api::tickets::search;
    GET "/api/v1/promises", Api(FILE) => api::tickets::promise;

    GET "/api/v1/articles", Api(SEE) => api::articles::articles;
    GET "/api/v1/articles/{article}", Api(SEE) => api::articles::article;
    GET "/api/v1/articles/{article}/versions", Api(ARTICLES) => api::articles::versions;
    GET "/api/v1/articles/{article}/versions/{version}", Api(ARTICLES) => api::articles::version;
    GET "/api/v1/incidents", Api(SEE) => api::support::incidents;
    GET "/api/v1/reports/baseline", Api(REPORTS) => api::support::baseline;

    GET "/api/v1/customers", Api(&[CustomersView]) => api::customers::list;
    POST "/api/v1/customers", Api(&[CustomersEdit]) => once(api::customers::create);
    GET "/api/v1/customers/{customer}", Api(&[CustomersView]) => api::customers::get;
    GET "/api/v1/customers/{customer}/seats", Api(&[CustomersView]) => api::scores::seats;
    PUT "/api/v1/customers/{customer}/seats", Api(&[CustomersEdit]) => api::scores::set_seats;
    PATCH "/api/v1/customers/{customer}", Api(&[CustomersEdit]) => api::customers::change;
    GET "/api/v1/signals", Api(&[SignalsView]) => api::signals::list;
    POST "/api/v1/customers/{customer}/signals", Api(&[SignalsJudge]) => once(api::signals::judge);
    POST "/api/v1/contacts", Api(&[CustomersEdit]) => once(api::customers::create_contact);
    GET "/api/v1/contacts/{contact}", Api(&[CustomersView]) => api::customers::contact;
    PATCH "/api/v1/contacts/{contact}", Api(&[CustomersEdit]) => api::customers::change_contact;
    GET "/api/v1/callers", Api(&[TicketFile, CustomersView]) => api::customers::callers;


    POST uploads "/api/v1/inbox", Api(&[MailManage]) => once(api::mail::hand_in);
    GET "/api/v1/inbox", Api(&[MailManage]) => api::mail::inbox;
    GET "/api/v1/inbox/standing", Api(&[MailManage]) => api::mail::standing;
    POST "/api/v1/inbox/{message}/retry", Api(&[MailManage]) => once(api::mail::retry);
    GET "/api/v1/inbox/{message}/raw", Api(&[MailManage]) => api::mail::raw;
    GET "/api/v1/sent-mail", Api(&[MailManage]) => api::mail::sent;
    POST "/api/v1/sent-mail/{mail}/retry", Api(&[MailManage]) => once(api::mail::retry_sent);
    GET "/api/v1/sent-mail/{mail}/raw", Api(&[MailManage]) => api::mail::raw_sent;

    GET "/api/v1/agents", Api(SEE_PEOPLE) => api::people::list;
    POST "/api/v1/agents", Api(&[UsersManage]) => once(api::people::invite);
    GET "/api/v1/agents/{agent}", Api(SEE_PEOPLE) => api::people::get;
    PATCH "/api/v1/agents/{agent}", Api(&[UsersManage]) => api::people::change;
    POST "/api/v1/agents/{agent}/invitations", Api(&[UsersManage]) => once(api::people::invite_again);
    GET "/api/v1/teams", Api(SEE_PEOPLE) => api::people::teams;
    POST "/api/v1/teams", Api(&[UsersManage]) => once(api::people::add_team);
    PUT "/api/v1/teams/{team}/members", Api(&[UsersManage]) => api::people::set_members;

    GET "/api/v1/settings", Api(&[SettingsManage]) => api::desk::settings;
    PATCH "/api/v1/settings", Api(&[SettingsManage]) => api::desk::change_settings;
    GET "/api/v1/calendars", Api(&[SettingsManage]) => api::desk::calendars;
    POST "/api/v1/calendars", Api(&[SettingsManage]) => once(api::desk::add_calendar);
    GET "/api/v1/calendars/{calendar}", Api(&[SettingsManage]) => api::desk::calendar;
    PATCH "/api/v1/calendars/{calendar}", Api(&[SettingsManage]) => api::desk::change_calendar;
    GET "/api/v1/mailboxes", Api(&[MailManage, SettingsManage]) => api::desk::mailboxes;
    POST "/api/v1/mailboxes", Api(&[SettingsManage]) => once(api::desk::add_mailbox);
    GET "/api/v1/mailboxes/{mailbox}", Api(&[MailManage, SettingsManage]) => api::desk::mailbox;
    PATCH "/api/v1/mailboxes/{mailbox}", Api(&[SettingsManage]) => api::desk::change_mailbox;
    DELETE "/api/v1/mailboxes/{mailbox}", Api(&[SettingsManage]) => api::desk::remove_mailbox;

    GET "/api/v1/microsoft/connection", Api(&[SettingsManage]) => api::microsoft::connection;
    PUT "/api/v1/microsoft/connection", Api(&[SettingsManage]) => api::microsoft::connect;
    DELETE "/api/v1/microsoft/connection", Api(&[SettingsManage]) => api::microsoft::disconnect;
    POST "/api/v1/microsoft/checks", Api(&[SettingsManage]) => once(api::microsoft::check);
    POST "/api/v1/microsoft/events", Api(&[SettingsManage]) => once(api::microsoft::events);
    GET "/api/v1/microsoft/partners", Api(&[SettingsManage]) => api::microsoft::partners;
    GET "/api/v1/microsoft/tenants", Api(&[CustomersView]) => api::microsoft::tenants;
    PUT "/api/v1/microsoft/tenants/{tenant}/customer", Api(&[SettingsManage]) => api::microsoft::link;
    GET "/api/v1/microsoft/service-requests", Api(&[CustomersView]) => api::microsoft::requests;
    GET "/api/v1/microsoft/service-requests/{request}", Api(&[CustomersView]) => api::microsoft::request;
    GET "/api/v1/customers/{customer}/microsoft", Api(&[CustomersView]) => api::microsoft::of_customer;

    GET "/api/v1/catalogue/offerings", Api(CATALOGUE) => api::catalogue::offerings;
    POST "/api/v1/catalogue/offerings", Api(OFFER) => once(api::catalogue::add_offering);
    GET "/api/v1/catalogue/offerings/{offering}", Api(CATALOGUE) => api::catalogue::offering;
    PATCH "/api/v1/catalogue/offerings/{offering}", Api(OFFER) => api::catalogue::change_offering;
    GET "/api/v1/catalogue/plans", Api(CATALOGUE) => api::catalogue::plans;
    POST "/api/v1/catalogue/plans", Api(OFFER) => once(api::catalogue::add_plan);
    GET "/api/v1/catalogue/plans/{plan}", Api(CATALOGUE) => api::catalogue::plan;
    PATCH "/api/v1/catalogue/plans/{plan}", Api(OFFER) => api::catalogue::change_plan;
    GET "/api/v1/catalogue/plans/{plan}/draft", Api(OFFER) => api::catalogue::statements::draft;
    GET "/api/v1/catalogue/plans/{plan}/statements", Api(CATALOGUE) => api::catalogue::statements::list;
    POST "/api/v1/catalogue/plans/{plan}/statements", Api(OFFER) => once(api::catalogue::statements::publish);
    GET "/api/v1/catalogue/plans/{plan}/acknowledgements", Api(CATALOGUE) => api::catalogue::statements::acknowledgements;
    GET "/api/v1/catalogue/statements/{statement}", Api(CATALOGUE) => api::catalogue::statements::get;
    GET "/api/v1/catalogue/deliveries", Api(CATALOGUE) => api::catalogue::deliveries;
    POST "/api/v1/catalogue/deliveries", Api(OFFER) => once(api::catalogue::add_delivery);
    DELETE "/api/v1/catalogue/deliveries/{delivery}", Api(OFFER) => api::catalogue::remove_delivery;
    PUT "/api/v1/catalogue/customers/{customer}/plan", Api(OFFER) => api::catalogue::hold_plan;
    GET "/api/v1/tokens", Api(ANY) => api::access::tokens;
    POST "/api/v1/tokens", Api(ANY) => api::access::make_token;
    DELETE "/api/v1/tokens/{token}", Api(ANY) => api::access::revoke_token;
    GET "/api/v1/audit", Api(&[AuditView]) => api::access::log;
    GET "/api/v1/audit/verification", Api(&[AuditView]) => api::access::verify;
];

/// Other desks, by the protocol of hand-overs.
static CHAIN: &[Route] = routes![
    POST "/chain/v1/messages", Signed => chain::messages;
    POST "/chain/v1/files", Signed => chain::files;
    POST "/chain/v1/plan", Signed => chain::plan;
    POST "/chain/v1/pairings", Signed => chain::pairings;
    POST "/chain/v1/keys", Signed => chain::keys;
];

/// Every route, in the order of the tables.
pub fn routes() -> impl Iterator<Item = &'static Route> {
    [ENTRY, TICKETS, OPERATIONS, SUPPORT, CATALOGUE_PAGES, ADMIN, HELP, HOOKS, API, CHAIN]
        .into_iter()
        .chain([suppliers::PAGES, suppliers::API, subscriptions::PAGES, subscriptions::API])
        .chain([billing::PAGES, billing::API, receivables::PAGES, receivables::API])
        .chain([charging::PAGES, charging::API, suspensions::PAGES, suspensions::API])
        .chain([collections::PAGES, collections::API])
        .flatten()
}

/// Everything that is answered over HTTP.
pub fn router(app: App) -> Router {
    let web = Web::new(app);
    let mut router = Router::new();
    for route in routes() {
        let guarded = (route.handler)()
            .route_layer(from_fn_with_state((web.clone(), route), guard::pass))
            .layer(DefaultBodyLimit::max(route.body.limit()));
        router = router.route(route.path, guarded);
    }
    router
        .fallback(nowhere)
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest).compress_when(is_text))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn(problem::render))
        .layer(from_fn_with_state(web.clone(), headers::dress))
        .with_state(web)
}

async fn nowhere(State(web): State<Web>, headers: HeaderMap, uri: Uri) -> Response {
    let mut response = problem::Problem::not_found("page").into_response();
    guard::Callers::of_page(&web.app, &headers, uri.path()).await.into_extensions(response.extensions_mut());
    response
}

/// A panic ends one request; what it was stands in the log.
#[expect(clippy::needless_pass_by_value, reason = "the signature that the layer calls")]
fn panicked(cause: Box<dyn std::any::Any + Send>) -> Response {
    let text = cause.downcast_ref::<String>().map(String::as_str).or(cause.downcast_ref::<&str>().copied());
    let fault = anyhow::anyhow!("a handler panicked: {}", text.unwrap_or("no text"));
    problem::Problem::from(app::Error::internal(fault)).into_response()
}

/// Files of customers are sent as they are; streams are not held back.
fn is_text(_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let text = [
        "text/html",
        "text/css",
        "text/javascript",
        "image/svg+xml",
        "application/json",
        "application/problem",
    ];
    text.iter().any(|text| kind.starts_with(text)) && !headers.contains_key(header::CONTENT_DISPOSITION)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_route_stands_once() {
        let mut seen = BTreeSet::new();
        for route in routes() {
            assert!(seen.insert((route.method.as_str(), route.path)), "{} {}", route.method, route.path);
        }
    }

    #[test]
    fn v65_public_routes_are_these_alone() {
        let public: Vec<_> = routes()
            .filter(|route| route.access == Public)
            .map(|route| format!("{} {}", route.method, route.path))
            .collect();
        assert_eq!(
            public,
            [
                "GET /assets/{name}",
                "GET /sign-in",
                "POST /sign-in",
                "GET /sign-in/forgotten",
                "POST /sign-in/forgotten",
                "GET /invitation/{token}",
                "POST /invitation/{token}",
                "GET /help",
                "GET /help/sign-in",
                "POST /help/sign-in",
                "GET /help/enter/{token}",
                "POST /help/enter/{token}",
                "GET /api/v1/openapi.json",
            ]
        );
    }

    #[test]
    fn programs_have_tokens_and_pages_have_sessions() {
        for route in routes() {
            let api = route.path.starts_with("/api/");
            let token = matches!(route.access, Access::Api(_));
            let open = matches!(route.access, Public | Signed);
            assert!(open || api == token, "{} {}", route.method, route.path);
        }
    }
}
