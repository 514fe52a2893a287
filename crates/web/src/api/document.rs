//! The document of the API: OpenAPI 3.1, made of the handlers, their types, and the table of routes.

use std::{collections::BTreeSet, sync::LazyLock};

use axum::{http::header::CONTENT_TYPE, response::IntoResponse};
use domain::access::Scope;
use utoipa::{
    OpenApi,
    openapi::{
        Content, OpenApi as Document, PathItem, Ref, Response,
        path::{HttpMethod, Operation, Parameter, ParameterIn},
        schema::{Object, Type},
        security::{Http, HttpAuthScheme, SecurityRequirement, SecurityScheme},
    },
};

use super::{
    access, articles, catalogue, charging, claims, collections, customers, desk, entitlements, handovers,
    mail, microsoft, once::KEY, payables, peers, people, prices, questions, receivables, schema, scores,
    signals, subscriptions, suppliers, support, suspensions, tickets, vehicles,
};
use crate::{
    guard::Access,
    router::{Route, routes},
};

/// What every path of it begins with.
const ROOT: &str = "/api/v1/";
/// The name of the way in which callers say who they are.
const TOKEN: &str = "token";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Partnerdesk",
        description = "The support desk of Microsoft CSP partners. What all requests have in common stands in `docs/api.md`.",
        license(name = "Apache-2.0", identifier = "Apache-2.0"),
    ),
    servers((url = "/", description = "This installation.")),
    tags(
        (name = "tickets", description = "Requests for support."),
        (name = "customers", description = "Customers, contacts, and who calls."),
        (name = "mail", description = "Raw messages in, mails out."),
        (name = "people", description = "Agents and teams."),
        (name = "suppliers", description = "Parties above, what they offer, and who may take a ticket."),
        (name = "entitlements", description = "Contracts with suppliers, wallets, the desk's own standing."),
        (name = "desk", description = "Settings, calendars, mailboxes."),
        (name = "microsoft", description = "The connection to Microsoft, and what is read by it."),
        (name = "subscriptions", description = "What customers have bought at Microsoft, what comes due, what is done with it."),
        (name = "suspensions", description = "Suspensions for non-payment: previewed, proposed, approved, stopped."),
        (name = "payables", description = "What suppliers bill the desk, what is due, and where each amount comes from."),
        (name = "collections", description = "Where customers stand that owe something, and by which policy."),
        (name = "receivables", description = "Invoices to customers, what they owe, what they pay."),
        (name = "handovers", description = "Hand-overs to suppliers and other desks, and back; paired desks."),
        (name = "support", description = "Articles, incidents, and the report about the baseline."),
        (name = "catalogue", description = "Offerings, plans, delivery, statements."),
        (name = "charging", description = "What support costs: entitlement, time, prepaid contracts, what is to be invoiced."),
        (name = "access", description = "Who asks, tokens, the audit log."),
    ),
    paths(
        serve,
        tickets::list, tickets::counts, tickets::get, tickets::timeline, tickets::attachment, tickets::html,
        tickets::original, tickets::search, tickets::promise,
        tickets::work::create, tickets::work::change, tickets::work::reply, tickets::work::take_back,
        tickets::diagnosis::get, tickets::diagnosis::change,
        tickets::work::note, tickets::work::make_move, tickets::work::drafts, tickets::work::save_draft,
        tickets::beside::merge, tickets::beside::change_circle, tickets::beside::read, tickets::beside::bulk, tickets::beside::undo,
        customers::list, customers::create, customers::get, customers::change,
        customers::create_contact, customers::contact, customers::change_contact, customers::callers,
        suppliers::list, suppliers::create, suppliers::get, suppliers::change,
        suppliers::read_plan, suppliers::offerings, suppliers::add_offering, suppliers::offering, suppliers::change_offering,
        entitlements::list, entitlements::create, entitlements::get, entitlements::change,
        entitlements::read_numbers, entitlements::wallet, entitlements::add_entry,
        entitlements::standing, entitlements::change_standing, vehicles::advise,
        mail::hand_in, mail::inbox, mail::standing, mail::retry, mail::raw, mail::sent, mail::retry_sent,
        mail::raw_sent,
        people::list, people::invite, people::get, people::change, people::invite_again,
        people::teams, people::add_team, people::set_members,
        desk::settings, desk::change_settings,
        desk::calendars, desk::add_calendar, desk::calendar, desk::change_calendar,
        desk::mailboxes, desk::add_mailbox, desk::mailbox, desk::change_mailbox, desk::remove_mailbox,
        microsoft::connection, microsoft::connect, microsoft::disconnect, microsoft::check, microsoft::events,
        microsoft::partners, microsoft::tenants, microsoft::link, microsoft::requests, microsoft::request,
        microsoft::of_customer,
        subscriptions::list, subscriptions::of_customer, subscriptions::get, subscriptions::read, subscriptions::preview,
        subscriptions::decide, subscriptions::withdraw, subscriptions::dates,
        suspensions::list, suspensions::get, suspensions::preview, suspensions::propose, suspensions::approve,
        suspensions::withdraw, suspensions::stop,
        payables::list, payables::add, payables::get, payables::change, payables::import, payables::remove,
        payables::pay, payables::lines::lines, payables::lines::line, payables::lines::months,
        payables::limits::limits, payables::limits::set_limit,
        claims::list, claims::open, claims::get, claims::note,
        signals::list, signals::judge,
        collections::list, collections::policy, collections::publish, collections::simulate, collections::promise,
        collections::dispute, questions::list, questions::link, questions::unlink,
        receivables::list, receivables::import, receivables::account, receivables::pay, prices::list, prices::add, prices::remove, prices::pass_on,
        handovers::of_ticket, handovers::create, handovers::list, handovers::step,
        peers::peers, peers::invite, peers::pair, peers::revoke,
        scores::score, scores::seats, scores::set_seats,
        articles::articles, articles::article, articles::versions, articles::version, support::incidents, support::baseline,
        catalogue::offerings, catalogue::add_offering, catalogue::offering, catalogue::change_offering,
        catalogue::plans, catalogue::add_plan, catalogue::plan, catalogue::change_plan, catalogue::hold_plan,
        catalogue::deliveries, catalogue::add_delivery, catalogue::remove_delivery,
        catalogue::statements::draft, catalogue::statements::list, catalogue::statements::publish,
        catalogue::statements::get, catalogue::statements::acknowledgements,
        charging::of_ticket, charging::log, charging::charges, charging::contracts, charging::contract, charging::sell,
        access::me, access::tokens, access::make_token, access::revoke_token, access::log, access::verify,
    ),
    components(schemas(schema::Problem)),
)]
struct Handlers;

/// The document as pretty JSON; the same for the same program.
#[must_use]
pub fn openapi() -> String {
    let mut text = document().to_pretty_json().expect("strings and numbers become JSON");
    text.push('\n');
    text
}

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "access", operation_id = "document",
    responses((status = 200, description = "OpenAPI 3.1.", body = Object)))]
pub(crate) async fn serve() -> impl IntoResponse {
    static TEXT: LazyLock<String> = LazyLock::new(openapi);
    ([(CONTENT_TYPE, "application/json")], TEXT.as_str())
}

fn document() -> Document {
    let mut document = Handlers::openapi();
    document.info.version = env!("CARGO_PKG_VERSION").into();
    let scheme = Http::builder().scheme(HttpAuthScheme::Bearer).description(Some("An API token, `pdk_…`."));
    let components = document.components.get_or_insert_default();
    components.security_schemes.insert(TOKEN.into(), SecurityScheme::Http(scheme.build()).into());
    for route in routes().filter(|route| route.path.starts_with(ROOT)) {
        let item = document.paths.paths.get_mut(route.path);
        if let Some(operation) = item.and_then(|item| operation(item, &method(route)).as_mut()) {
            complete(operation, route);
        }
    }
    document
}

fn method(route: &Route) -> HttpMethod {
    match route.method.as_str() {
        "POST" => HttpMethod::Post,
        "PUT" => HttpMethod::Put,
        "PATCH" => HttpMethod::Patch,
        "DELETE" => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}

fn operation<'i>(item: &'i mut PathItem, method: &HttpMethod) -> &'i mut Option<Operation> {
    match method {
        HttpMethod::Post => &mut item.post,
        HttpMethod::Put => &mut item.put,
        HttpMethod::Patch => &mut item.patch,
        HttpMethod::Delete => &mut item.delete,
        _ => &mut item.get,
    }
}

/// Adds what follows from the table of routes: a name of its own, who may call it, how it fails, and the headers that
/// all of its kind have.
fn complete(operation: &mut Operation, route: &Route) {
    let group = operation.tags.iter().flatten().next().cloned().unwrap_or_default();
    operation.operation_id = operation.operation_id.take().map(|name| format!("{group}_{name}"));
    operation.security = Some(match route.access {
        Access::Api([]) => vec![SecurityRequirement::new(TOKEN, [""; 0])],
        Access::Api(any_of) => {
            let enough = |scope: &&Scope| any_of.iter().any(|needed| scope.covers(needed.scope()));
            let scopes: BTreeSet<&str> = Scope::ALL.iter().filter(enough).map(|scope| scope.word()).collect();
            scopes.into_iter().map(|scope| SecurityRequirement::new(TOKEN, [scope])).collect()
        }
        _ => Vec::new(),
    });
    let problem = Content::new(Some(Ref::from_schema_name("Problem")));
    let failed =
        Response::builder().description("What went wrong.").content("application/problem+json", problem);
    operation.responses.responses.insert("default".into(), failed.build().into());
    match route.method.as_str() {
        "PATCH" => header(operation, "If-Match", true, "The version that was seen, as the `ETag` gave it."),
        // What answers with a secret keeps no answer.
        "POST" if route.path != "/api/v1/tokens" && !route.path.ends_with("/readings") => {
            let what = "Names this request: sent again with the same key it has one effect and gets the same answer.";
            header(operation, KEY.as_str(), false, what);
        }
        _ => {}
    }
}

fn header(operation: &mut Operation, name: &str, required: bool, description: &str) {
    let parameter = Parameter::builder()
        .name(name)
        .parameter_in(ParameterIn::Header)
        .required(if required { utoipa::openapi::Required::True } else { utoipa::openapi::Required::False })
        .description(Some(description))
        .schema(Some(Object::builder().schema_type(Type::String)));
    operation.parameters.get_or_insert_default().push(parameter.build().into());
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    fn json() -> Value {
        serde_json::from_str(&openapi()).unwrap()
    }

    /// Every operation: its method and path, and itself.
    fn operations(document: &Value) -> Vec<(String, &Value)> {
        let paths = document["paths"].as_object().unwrap();
        let all = paths.iter().flat_map(|(path, item)| {
            item.as_object()
                .unwrap()
                .iter()
                .map(move |(method, op)| (format!("{} {path}", method.to_uppercase()), op))
        });
        all.collect()
    }

    #[test]
    fn every_route_is_documented_and_nothing_else() {
        let document = json();
        let documented: BTreeSet<String> = operations(&document).into_iter().map(|(name, _)| name).collect();
        let served = routes().filter(|route| route.path.starts_with("/api/"));
        let served: BTreeSet<String> =
            served.map(|route| format!("{} {}", route.method, route.path)).collect();
        assert_eq!(documented, served);
    }

    #[test]
    fn operations_have_names_of_their_own_and_say_how_they_fail() {
        let document = json();
        let mut names = BTreeSet::new();
        for (name, operation) in operations(&document) {
            assert!(names.insert(operation["operationId"].as_str().unwrap().to_owned()), "{name}");
            let failed =
                &operation["responses"]["default"]["content"]["application/problem+json"]["schema"]["$ref"];
            assert_eq!(failed, "#/components/schemas/Problem", "{name}");
            assert!(
                operation["summary"].as_str().is_some_and(|summary| summary.ends_with(['.', '?'])),
                "{name}"
            );
            let path = name.split_once(' ').unwrap().1;
            let in_path = |p: &&Value| p["in"] == "path";
            let parameters =
                operation["parameters"].as_array().map_or(0, |all| all.iter().filter(in_path).count());
            assert_eq!(parameters, path.matches('{').count(), "{name}");
        }
    }

    #[test]
    fn whatever_is_referred_to_is_there() {
        let document = json();
        let text = openapi();
        for reference in text.split("\"$ref\": \"#").skip(1) {
            let pointer = reference.split('"').next().unwrap();
            assert!(document.pointer(pointer).is_some(), "{pointer}");
        }
        assert!(document["openapi"].as_str().is_some_and(|version| version.starts_with("3.1")));
        assert_eq!(text, openapi());
    }

    #[test]
    fn words_are_those_of_the_domain() {
        let document = json();
        assert_eq!(document["components"]["schemas"]["Severity"]["enum"], serde_json::json!(["A", "B", "C"]));
        let security = &document["paths"]["/api/v1/settings"]["patch"]["security"];
        assert_eq!(security, &serde_json::json!([{ "token": ["admin"] }]));
        assert_eq!(document["paths"]["/api/v1/openapi.json"]["get"]["security"], serde_json::json!([]));
    }
}
