//! The one list of calls: who may make them, in which clouds, and who answers.

use domain::cloud::Cloud;

use crate::{
    World,
    call::{Answer, Call},
    handlers::{
        audit, azure_support, consents, customers, health, invoices, licences, profiles, relationships,
        service_requests, subscriptions, webhooks,
    },
    roles::Group,
};

/// Whose token a call takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// An application alone, or a person.
    Any,
    /// A person.
    Agent,
    /// Somebody's for Graph.
    Graph,
    /// Somebody's for Azure Resource Manager.
    Azure,
}

pub(crate) struct Route {
    method: &'static str,
    path: &'static str,
    pub(crate) who: Who,
    pub(crate) group: Group,
    pub(crate) clouds: &'static [Cloud],
    pub(crate) handler: fn(&mut World, &Call) -> Answer,
}

/// Every cloud that is open.
const ALL: &[Cloud] = &[Cloud::Commercial, Cloud::UsGovernment, Cloud::China];
/// All but China.
const TWO: &[Cloud] = &[Cloud::Commercial, Cloud::UsGovernment];
const ONE: &[Cloud] = &[Cloud::Commercial];

macro_rules! routes {
    ($($method:literal $path:literal $who:ident $group:ident $clouds:ident => $handler:expr;)+) => {
        const ROUTES: &[Route] = &[$(Route {
            method: $method,
            path: $path,
            who: Who::$who,
            group: Group::$group,
            clouds: $clouds,
            handler: $handler,
        }),+];
    };
}

routes! {
    "GET" "v1/customers" Any Customers ALL => customers::list;
    "POST" "v1/customers" Any Customers ALL => customers::create;
    "GET" "v1/customers/relationshiprequests" Agent Relationships ONE => relationships::invitation;
    "GET" "v1/customers/{}" Any Customers ALL => customers::get;
    "PATCH" "v1/customers/{}" Agent Customers ALL => customers::patch;
    "DELETE" "v1/customers/{}" Any Customers ALL => customers::delete;
    "GET" "v1/customers/{}/profiles/company" Agent Customers ALL => customers::company;
    "GET" "v1/customers/{}/profiles/billing" Any Customers ALL => customers::billing;
    "PUT" "v1/customers/{}/profiles/billing" Any Customers ALL => customers::put_billing;
    "GET" "v1/customers/{}/managedservices" Agent Customers TWO => customers::managed_services;
    "GET" "v1/customers/{}/relationships" Agent Relationships ALL => relationships::of_customer;
    "GET" "v1/relationships" Agent Relationships ALL => relationships::list;
    "POST" "v1/customers/{}/applicationconsents" Agent Consents ALL => consents::create;
    "DELETE" "v1/customers/{}/applicationconsents/{}" Agent Consents ALL => consents::delete;
    "GET" "v1/customers/{}/subscriptions" Any Subscriptions ALL => subscriptions::list;
    "GET" "v1/customers/{}/subscriptions/{}" Any Subscriptions ALL => subscriptions::get;
    "PATCH" "v1/customers/{}/subscriptions/{}" Any Subscriptions ALL => subscriptions::patch;
    "GET" "v1/customers/{}/subscriptions/{}/addons" Any Subscriptions ALL => subscriptions::add_ons;
    "GET" "v1/customers/{}/subscriptions/{}/provisioningstatus" Agent Subscriptions ALL => subscriptions::provisioning;
    "GET" "v1/customers/{}/subscriptions/{}/supportcontact" Agent Subscriptions TWO => subscriptions::support_contact;
    "PUT" "v1/customers/{}/subscriptions/{}/supportcontact" Agent Subscriptions TWO => subscriptions::put_support_contact;
    "GET" "v1/customers/{}/subscriptions/{}/azureEntitlements" Any Subscriptions TWO => subscriptions::entitlements;
    "POST" "v1/customers/{}/subscriptions/{}/azureEntitlements/{}/cancel" Any Subscriptions TWO => subscriptions::cancel_entitlement;
    "GET" "v1/customers/{}/subscribedskus" Agent Licences TWO => licences::list;
    "GET" "v1/servicerequests" Agent ServiceRequests TWO => service_requests::all;
    "GET" "v1/servicerequests/supporttopics" Agent ServiceRequests TWO => service_requests::topics;
    "GET" "v1/servicerequests/{}" Agent ServiceRequests TWO => service_requests::get;
    "PATCH" "v1/servicerequests/{}" Agent ServiceRequests TWO => service_requests::patch;
    "POST" "v1/servicerequests/{}" Agent ServiceRequests TWO => service_requests::create;
    "GET" "v1/customers/{}/servicerequests" Agent ServiceRequests TWO => service_requests::of_customer;
    "GET" "v1/customers/{}/servicerequests/{}" Agent ServiceRequests TWO => service_requests::get_of_customer;
    "PATCH" "v1/customers/{}/servicerequests/{}" Agent ServiceRequests TWO => service_requests::patch_of_customer;
    "GET" "v1/auditrecords" Any Audit TWO => audit::list;
    "GET" "v1/auditrecords/{}" Any Audit TWO => audit::get;
    "GET" "auditactivity/v1/auditrecords/{}" Any Audit TWO => audit::get;
    "GET" "v1/profiles/support" Agent Profiles TWO => profiles::support;
    "PUT" "v1/profiles/support" Agent Profiles ALL => profiles::put_support;
    "PUT" "v1/profiles/supportprofile" Agent Profiles ALL => profiles::put_support;
    "GET" "v1/profiles/mpn" Agent Profiles ALL => profiles::mpn;
    "GET" "v1/profiles/organization" Agent Profiles ALL => profiles::organization;
    "GET" "v1/invoices" Any Invoices ALL => invoices::list;
    "GET" "v1/invoices/summary" Any Invoices ALL => invoices::summary;
    "GET" "v1/invoices/summaries" Agent Invoices ALL => invoices::summaries;
    "GET" "v1/invoices/{}" Agent Invoices ALL => invoices::get;
    "GET" "v1/invoices/{}/documents/statement" Agent Invoices ALL => invoices::statement;
    "GET" "v1/invoices/{}/lineitems" Any Invoices ALL => invoices::lines;
    "GET" "v1/invoices/{}/lineitems/{}/{}" Any Invoices ALL => invoices::lines;
    "GET" "webhooks/v1/registration" Any Webhooks ALL => webhooks::get;
    "POST" "webhooks/v1/registration" Any Webhooks ALL => webhooks::create;
    "PUT" "webhooks/v1/registration" Any Webhooks ALL => webhooks::replace;
    "GET" "webhooks/v1/registration/events" Any Webhooks ALL => webhooks::events;
    "POST" "webhooks/v1/registration/validationEvents" Any Webhooks ALL => webhooks::validate;
    "GET" "webhooks/v1/registration/validationEvents/{}" Any Webhooks ALL => webhooks::validation;
    "GET" "providers/Microsoft.Support/services" Azure ServiceRequests TWO => azure_support::services;
    "GET" "providers/Microsoft.Support/services/{}/problemClassifications" Azure ServiceRequests TWO => azure_support::problems;
    "POST" "subscriptions/{}/providers/Microsoft.Support/checkNameAvailability" Azure ServiceRequests TWO => azure_support::is_free;
    "GET" "subscriptions/{}/providers/Microsoft.Support/supportTickets" Azure ServiceRequests TWO => azure_support::list;
    "GET" "subscriptions/{}/providers/Microsoft.Support/supportTickets/{}" Azure ServiceRequests TWO => azure_support::get;
    "PUT" "subscriptions/{}/providers/Microsoft.Support/supportTickets/{}" Azure ServiceRequests TWO => azure_support::put;
    "PATCH" "subscriptions/{}/providers/Microsoft.Support/supportTickets/{}" Azure ServiceRequests TWO => azure_support::patch;
    "GET" "subscriptions/{}/providers/Microsoft.Support/supportTickets/{}/communications" Azure ServiceRequests TWO => azure_support::said;
    "GET" "subscriptions/{}/providers/Microsoft.Support/supportTickets/{}/communications/{}" Azure ServiceRequests TWO => azure_support::one_said;
    "PUT" "subscriptions/{}/providers/Microsoft.Support/supportTickets/{}/communications/{}" Azure ServiceRequests TWO => azure_support::say;
    "GET" "v1.0/admin/serviceAnnouncement/healthOverviews" Graph Customers ALL => health::overviews;
    "GET" "v1.0/admin/serviceAnnouncement/issues" Graph Customers ALL => health::issues;
    "GET" "v1.0/admin/serviceAnnouncement/issues/{}" Graph Customers ALL => health::issue;
}

/// The route of a call, and what its path has in braces. Paths are blind to case.
pub(crate) fn find(method: &str, path: &[String]) -> Option<(&'static Route, Vec<String>)> {
    ROUTES
        .iter()
        .filter(|route| route.method == method)
        .find_map(|route| Some((route, ids(route.path, path)?)))
}

fn ids(pattern: &str, path: &[String]) -> Option<Vec<String>> {
    let parts: Vec<&str> = pattern.split('/').collect();
    if parts.len() != path.len() {
        return None;
    }
    let mut ids = Vec::new();
    for (part, found) in parts.iter().zip(path) {
        match *part {
            "{}" => ids.push(found.clone()),
            part if part.eq_ignore_ascii_case(found) => {}
            _ => return None,
        }
    }
    Some(ids)
}
