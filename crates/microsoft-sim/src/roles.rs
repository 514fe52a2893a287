//! Who of a partner's people may do what. Which roles may is documented; that the answer to the others is 403 with code
//! 900308 is our reading.

use serde::Deserialize;

domain::words! {
    /// A role in Partner Center.
    pub enum Role {
        /// Global admin.
        GlobalAdmin = "global_admin",
        /// Admin agent.
        AdminAgent = "admin_agent",
        /// Helpdesk agent.
        HelpdeskAgent = "helpdesk_agent",
        /// Sales agent.
        SalesAgent = "sales_agent",
        /// Billing admin.
        BillingAdmin = "billing_admin",
        /// User management admin.
        UserManagementAdmin = "user_management_admin",
    }
}

/// What a call is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(crate) enum Group {
    Customers,
    Subscriptions,
    Licences,
    ServiceRequests,
    Invoices,
    Profiles,
    Relationships,
    Audit,
    Webhooks,
    Consents,
}

use Group as G;
use Role as R;

/// Who may read what; `AdminAgent` may everything.
const READ: &[(Role, &[Group])] = &[
    (R::GlobalAdmin, &[G::Invoices, G::Profiles, G::ServiceRequests, G::Webhooks, G::Customers, G::Consents]),
    (
        R::HelpdeskAgent,
        &[G::Customers, G::Subscriptions, G::Licences, G::ServiceRequests, G::Profiles, G::Relationships],
    ),
    (R::SalesAgent, &[G::Customers, G::Subscriptions, G::Licences, G::ServiceRequests, G::Relationships]),
    (R::BillingAdmin, &[G::Invoices, G::Subscriptions, G::Profiles]),
];

/// Who may change what.
const WRITE: &[(Role, &[Group])] = &[
    (R::GlobalAdmin, &[G::Invoices, G::Profiles, G::ServiceRequests, G::Webhooks, G::Consents]),
    (R::HelpdeskAgent, &[G::Subscriptions, G::Licences, G::ServiceRequests]),
    (R::SalesAgent, &[G::Customers, G::Subscriptions]),
    (R::BillingAdmin, &[G::Subscriptions]),
];

pub(crate) fn may(roles: &[Role], group: Group, writes: bool) -> bool {
    let table = if writes { WRITE } else { READ };
    roles.iter().any(|role| {
        *role == R::AdminAgent || table.iter().any(|(row, groups)| row == role && groups.contains(&group))
    })
}
