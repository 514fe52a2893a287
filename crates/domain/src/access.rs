//! Who may do what: the six roles and their permissions as one table, and the one policy that lists, search,
//! pages and the API ask.

use crate::id::AgentId;
use crate::ticket::circle::Circle;
use crate::ticket::kinds::Kind;
use crate::words;

words! {
    /// A role of Partner Center (partner-center: permissions-overview).
    pub enum Role {
        /// Every permission.
        GlobalAdmin = "global_admin",
        /// Runs customers, subscriptions, suppliers, catalogue.
        AdminAgent = "admin_agent",
        /// Works the queue.
        HelpdeskAgent = "helpdesk_agent",
        /// Money owed and owing.
        BillingAdmin = "billing_admin",
        /// Sees customers and, without internal notes, their tickets.
        SalesAgent = "sales_agent",
        /// Users and roles.
        UserManagementAdmin = "user_management_admin",
    }
}

words! {
    /// Something that a role allows.
    pub enum Permission {
        /// Find and see customers and contacts (`customers.search_and_view`).
        CustomersView = "customers.view",
        /// Edit customers, contacts and domains (`customers.edit_details`).
        CustomersEdit = "customers.edit",
        /// See list line, state and customer-visible messages of every ticket (`service_requests.view_on_behalf`).
        TicketsViewPublic = "tickets.view_public",
        /// See every ticket with its internal notes.
        TicketsView = "tickets.view",
        /// See billing tickets with their internal notes (`billing.view_create_manage_invoices_recon`).
        BillingTicketsView = "billing_tickets.view",
        /// See tickets that are shown to named people only, and say who these are, without being one of them.
        SecurityTicketsView = "security_tickets.view",
        /// File a request on behalf of a customer (`service_requests.create_on_behalf`).
        TicketFile = "tickets.file",
        /// Answer, note, assign, tag and move every ticket.
        TicketWork = "tickets.work",
        /// The same for billing tickets (`billing.answer_customer_billing_questions`).
        BillingTicketWork = "billing_tickets.work",
        /// See sent mail and the health of the inboxes, retry what is parked.
        MailManage = "mail.manage",
        /// See and verify the audit log (`activity_log.view_export`).
        AuditView = "audit.view",
        /// Create, change and disable users, their roles and teams (`partner_users.create_manage`).
        UsersManage = "users.manage",
        /// The desk's settings: calendars, promises, mailboxes, the connection to Microsoft.
        SettingsManage = "settings.manage",
        /// See what each service asks for: categories, questions, steps, evidence.
        ServicesView = "services.view",
        /// Edit them, and declare an outage.
        ServicesEdit = "services.edit",
        /// Write articles.
        ArticlesEdit = "articles.edit",
        /// See offerings, plans, statements and who has which.
        CatalogueView = "catalogue.view",
        /// Edit and publish them.
        CatalogueManage = "catalogue.manage",
        /// See suppliers, what we are entitled to there, and what is left of it.
        SuppliersView = "suppliers.view",
        /// Edit suppliers and entitlements, pair with desks.
        SuppliersManage = "suppliers.manage",
        /// Read the numbers of contracts that a supplier asks for. Each reading is audited.
        ContractsRead = "contracts.read",
        /// Hand tickets over to suppliers, follow them and take them back
        /// (`service_requests.create_on_behalf`).
        TicketEscalate = "tickets.escalate",
        /// See what was handed over, what lay inside the baseline, and how suppliers kept their promises.
        ReportsView = "reports.view",
        /// See what customers have bought at Microsoft, and what comes due of it (`subscriptions.manage`).
        SubscriptionsView = "subscriptions.view",
        /// Change it: licences, auto-renew, suspend and reactivate on a customer's request (`subscriptions.manage`).
        SubscriptionsManage = "subscriptions.manage",
        /// End it for good (`subscriptions.cancel_nce`).
        SubscriptionsCancel = "subscriptions.cancel",
        /// See what suppliers bill the desk, line by line, and what is due
        /// (`billing.view_create_manage_invoices_recon`).
        PayablesView = "payables.view",
        /// Import suppliers' invoices, record payments to suppliers, dispute and claim.
        PayablesManage = "payables.manage",
        /// See what customers are billed, what they owe and what they have paid.
        ReceivablesView = "receivables.view",
        /// Issue and credit invoices to customers, record what they pay.
        ReceivablesManage = "receivables.manage",
        /// See what support a customer pays for: balances, packs, rates, time that was logged.
        ChargesView = "charges.view",
        /// Log time and estimate chargeable work.
        ChargesLog = "charges.log",
        /// Set rates, sell prepaid support, waive and correct charges.
        ChargesManage = "charges.manage",
        /// See suspensions for non-payment, and stop them all.
        SuspensionsView = "suspensions.view",
        /// Propose one, and take it back (`subscriptions.suspend`).
        SuspensionsPropose = "suspensions.propose",
        /// Approve another person's, let suspensions go on, and say from what on the brake trips.
        SuspensionsApprove = "suspensions.approve",
        /// See what customers may need, with the tickets that tell of it.
        SignalsView = "signals.view",
        /// Take such a signal up, or dismiss it.
        SignalsJudge = "signals.judge",
    }
}

/// The table: who has which permission besides the Global admin, who has each. What Partner Center's documents
/// leave open is denied: a Billing admin reads who asked on the billing tickets and has no pages of customers. They
/// let Sales agents and User management admins answer billing questions too; on this desk a Sales agent only reads
/// and a User management admin sees no tickets. Nor do Sales agents and Billing admins change subscriptions here, as they
/// could in Partner Center; and who may cancel one is left open there for everybody but these and Sales agents.
/// Partner Center lets Helpdesk and Sales agents suspend as well: for non-payment they do not here.
/// Of money, Admin agents see all and Billing admins write it; what the desk pays for a thing, neither Helpdesk nor
/// Sales agents see.
const GRANTS: &[(Permission, &[Role])] = {
    use Role::{AdminAgent, BillingAdmin, HelpdeskAgent, SalesAgent, UserManagementAdmin};
    &[
        (Permission::CustomersView, &[AdminAgent, HelpdeskAgent, SalesAgent]),
        (Permission::CustomersEdit, &[AdminAgent, HelpdeskAgent, SalesAgent]),
        (Permission::TicketsViewPublic, &[AdminAgent, HelpdeskAgent, SalesAgent]),
        (Permission::TicketsView, &[AdminAgent, HelpdeskAgent]),
        (Permission::BillingTicketsView, &[AdminAgent, HelpdeskAgent, BillingAdmin]),
        (Permission::SecurityTicketsView, &[]),
        (Permission::TicketFile, &[AdminAgent, HelpdeskAgent]),
        (Permission::TicketWork, &[AdminAgent, HelpdeskAgent]),
        (Permission::BillingTicketWork, &[AdminAgent, HelpdeskAgent, BillingAdmin]),
        (Permission::MailManage, &[AdminAgent, HelpdeskAgent]),
        (Permission::AuditView, &[AdminAgent]),
        (Permission::UsersManage, &[UserManagementAdmin]),
        (Permission::SettingsManage, &[]),
        (Permission::ServicesView, &[AdminAgent, HelpdeskAgent, SalesAgent]),
        (Permission::ServicesEdit, &[AdminAgent]),
        (Permission::ArticlesEdit, &[AdminAgent, HelpdeskAgent]),
        (Permission::CatalogueView, &[AdminAgent, HelpdeskAgent, BillingAdmin, SalesAgent]),
        (Permission::CatalogueManage, &[AdminAgent]),
        (Permission::SuppliersView, &[AdminAgent, HelpdeskAgent]),
        (Permission::SuppliersManage, &[AdminAgent]),
        (Permission::ContractsRead, &[AdminAgent, HelpdeskAgent]),
        (Permission::TicketEscalate, &[AdminAgent, HelpdeskAgent]),
        (Permission::ReportsView, &[AdminAgent]),
        (Permission::SubscriptionsView, &[AdminAgent, HelpdeskAgent, BillingAdmin, SalesAgent]),
        (Permission::SubscriptionsManage, &[AdminAgent, HelpdeskAgent]),
        (Permission::SubscriptionsCancel, &[AdminAgent]),
        (Permission::PayablesView, &[AdminAgent, BillingAdmin]),
        (Permission::PayablesManage, &[BillingAdmin]),
        (Permission::ReceivablesView, &[AdminAgent, BillingAdmin]),
        (Permission::ReceivablesManage, &[BillingAdmin]),
        (Permission::ChargesView, &[AdminAgent, HelpdeskAgent, BillingAdmin]),
        (Permission::ChargesLog, &[AdminAgent, HelpdeskAgent, BillingAdmin]),
        (Permission::ChargesManage, &[AdminAgent, BillingAdmin]),
        (Permission::SuspensionsView, &[AdminAgent, BillingAdmin]),
        (Permission::SuspensionsPropose, &[AdminAgent, BillingAdmin]),
        (Permission::SuspensionsApprove, &[AdminAgent]),
        (Permission::SignalsView, &[SalesAgent]),
        (Permission::SignalsJudge, &[SalesAgent]),
    ]
};

impl Role {
    /// Whether the table gives this role the permission.
    #[must_use]
    pub fn allows(self, permission: Permission) -> bool {
        self == Role::GlobalAdmin || GRANTS.iter().any(|(p, roles)| *p == permission && roles.contains(&self))
    }
}

words! {
    /// What an API token may be used for: it narrows its agent's rights, never widens them.
    pub enum Scope {
        /// Read tickets and search.
        TicketsRead = "tickets:read",
        /// File, answer and move tickets, and read them.
        TicketsWrite = "tickets:write",
        /// Read customers and contacts.
        CustomersRead = "customers:read",
        /// Change customers and contacts, and read them.
        CustomersWrite = "customers:write",
        /// Hand in raw messages, see and retry the inbox, see sent mail.
        Mail = "mail",
        /// Users, settings, audit.
        Admin = "admin",
        /// Read services, articles, catalogue, suppliers and reports.
        SupportRead = "support:read",
        /// Change them, and read them.
        SupportWrite = "support:write",
        /// Read subscriptions and what comes due.
        SubscriptionsRead = "subscriptions:read",
        /// Change subscriptions, and read them.
        SubscriptionsWrite = "subscriptions:write",
        /// Read invoices of suppliers and to customers, payments and charges.
        BillingRead = "billing:read",
        /// Write them, and read them.
        BillingWrite = "billing:write",
    }
}

impl Scope {
    /// Whether a token with this scope may use what needs `other`: who writes reads what it has written.
    #[must_use]
    pub const fn covers(self, other: Scope) -> bool {
        match self {
            Scope::TicketsWrite => matches!(other, Scope::TicketsWrite | Scope::TicketsRead),
            Scope::CustomersWrite => matches!(other, Scope::CustomersWrite | Scope::CustomersRead),
            Scope::TicketsRead => matches!(other, Scope::TicketsRead),
            Scope::CustomersRead => matches!(other, Scope::CustomersRead),
            Scope::Mail => matches!(other, Scope::Mail),
            Scope::Admin => matches!(other, Scope::Admin),
            Scope::SupportWrite => matches!(other, Scope::SupportWrite | Scope::SupportRead),
            Scope::SupportRead => matches!(other, Scope::SupportRead),
            Scope::SubscriptionsWrite => {
                matches!(other, Scope::SubscriptionsWrite | Scope::SubscriptionsRead)
            }
            Scope::SubscriptionsRead => matches!(other, Scope::SubscriptionsRead),
            Scope::BillingWrite => matches!(other, Scope::BillingWrite | Scope::BillingRead),
            Scope::BillingRead => matches!(other, Scope::BillingRead),
        }
    }
}

impl Permission {
    /// The scope that a token needs to use this permission, or one that [covers](Scope::covers) it.
    #[must_use]
    pub const fn scope(self) -> Scope {
        match self {
            Permission::CustomersView | Permission::SignalsView => Scope::CustomersRead,
            Permission::CustomersEdit | Permission::SignalsJudge => Scope::CustomersWrite,
            Permission::TicketsViewPublic | Permission::TicketsView | Permission::BillingTicketsView => {
                Scope::TicketsRead
            }
            Permission::TicketFile
            | Permission::TicketWork
            | Permission::BillingTicketWork
            | Permission::TicketEscalate => Scope::TicketsWrite,
            Permission::MailManage => Scope::Mail,
            // A program that reads tickets has no need to know of a security report.
            Permission::AuditView
            | Permission::UsersManage
            | Permission::SettingsManage
            | Permission::SecurityTicketsView => Scope::Admin,
            Permission::ServicesView
            | Permission::CatalogueView
            | Permission::SuppliersView
            | Permission::ReportsView => Scope::SupportRead,
            Permission::SubscriptionsView => Scope::SubscriptionsRead,
            Permission::SubscriptionsManage | Permission::SubscriptionsCancel => Scope::SubscriptionsWrite,
            Permission::PayablesView
            | Permission::ReceivablesView
            | Permission::ChargesView
            | Permission::SuspensionsView => Scope::BillingRead,
            Permission::PayablesManage
            | Permission::ReceivablesManage
            | Permission::ChargesLog
            | Permission::ChargesManage
            | Permission::SuspensionsPropose
            | Permission::SuspensionsApprove => Scope::BillingWrite,
            Permission::ServicesEdit
            | Permission::ArticlesEdit
            | Permission::CatalogueManage
            | Permission::SuppliersManage
            | Permission::ContractsRead => Scope::SupportWrite,
        }
    }
}

/// The permissions of one agent at this moment: a set made of the roles, narrowed by a token's scopes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Rights(u64);

impl Rights {
    /// The rights of somebody with these roles.
    #[must_use]
    pub fn of(roles: &[Role]) -> Self {
        let allowed = Permission::ALL.iter().filter(|p| roles.iter().any(|r| r.allows(**p)));
        Self(allowed.fold(0, |set, p| set | bit(*p)))
    }

    /// What remains of them for a token with these scopes.
    #[must_use]
    pub fn narrowed(self, scopes: &[Scope]) -> Self {
        let covered = |p: &&Permission| scopes.iter().any(|scope| scope.covers(p.scope()));
        let kept = Permission::ALL.iter().filter(covered).filter(|p| self.has(**p));
        Self(kept.fold(0, |set, p| set | bit(*p)))
    }

    /// Whether a permission is among them.
    #[must_use]
    pub const fn has(self, permission: Permission) -> bool {
        self.0 & bit(permission) != 0
    }

    /// How much of a ticket of this kind is seen.
    #[must_use]
    pub fn sight(self, kind: Kind) -> Sight {
        let billing = matches!(kind, Kind::Billing);
        if self.has(Permission::TicketsView) || (billing && self.has(Permission::BillingTicketsView)) {
            Sight::Full
        } else if self.has(Permission::TicketsViewPublic) {
            Sight::Public
        } else {
            Sight::None
        }
    }

    /// Whether a ticket of this kind may be worked on.
    #[must_use]
    pub fn may_work(self, kind: Kind) -> bool {
        self.has(Permission::TicketWork)
            || (matches!(kind, Kind::Billing) && self.has(Permission::BillingTicketWork))
    }

    /// Which tickets a list or a search may return: the condition that every such statement carries.
    #[must_use]
    pub fn tickets(self) -> Tickets {
        if self.has(Permission::TicketsView) || self.has(Permission::TicketsViewPublic) {
            Tickets::All
        } else if self.has(Permission::BillingTicketsView) {
            Tickets::Only(Kind::Billing)
        } else {
            Tickets::None
        }
    }
}

/// An agent as the policy sees it. Every list, search, count and report of tickets asks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who it is.
    pub agent: AgentId,
    /// What it may do.
    pub rights: Rights,
}

impl Reader {
    /// Whoever runs the installation: its commands show what is there.
    #[must_use]
    pub fn operator() -> Self {
        Self { agent: AgentId::from_uuid(uuid::Uuid::nil()), rights: Rights::of(&[Role::GlobalAdmin]) }
    }

    /// How much it sees of a ticket of a kind that an agent has, perhaps, and that is shown to a circle only, perhaps.
    #[must_use]
    pub fn sight(self, kind: Kind, assignee: Option<AgentId>, circle: Option<&Circle>) -> Sight {
        let let_in = circle.is_none_or(|circle| {
            self.sees_every_circle() || assignee == Some(self.agent) || circle.has(self.agent)
        });
        if let_in { self.rights.sight(kind) } else { Sight::None }
    }

    /// Whether it sees tickets that are shown to named people, whoever these are.
    #[must_use]
    pub const fn sees_every_circle(self) -> bool {
        self.rights.has(Permission::SecurityTicketsView)
    }
}

const fn bit(permission: Permission) -> u64 {
    1 << permission as u64
}

/// How much of one ticket somebody sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sight {
    /// Not even that it exists.
    None,
    /// What the customer sees.
    Public,
    /// Internal notes too.
    Full,
}

/// Which tickets somebody may list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tickets {
    /// None at all.
    None,
    /// Those of one kind.
    Only(Kind),
    /// Every one.
    All,
}

words! {
    /// Who may see an entry of a timeline.
    pub enum Visibility {
        /// Agents of the desk only.
        Internal = "internal",
        /// Agents of the desk, and the desk that a ticket was handed over to or came from; never the customer.
        Partners = "partners",
        /// The customer too.
        Public = "public",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_matrix() {
        let mut grid = String::new();
        for p in Permission::ALL {
            let row: String = Role::ALL.iter().map(|r| if r.allows(*p) { '+' } else { '.' }).collect();
            grid += &format!("{row} {p}\n");
        }
        // Columns: Global admin, Admin agent, Helpdesk agent, Billing admin, Sales agent, User management admin.
        assert_eq!(
            grid,
            "+++.+. customers.view\n\
             +++.+. customers.edit\n\
             +++.+. tickets.view_public\n\
             +++... tickets.view\n\
             ++++.. billing_tickets.view\n\
             +..... security_tickets.view\n\
             +++... tickets.file\n\
             +++... tickets.work\n\
             ++++.. billing_tickets.work\n\
             +++... mail.manage\n\
             ++.... audit.view\n\
             +....+ users.manage\n\
             +..... settings.manage\n\
             +++.+. services.view\n\
             ++.... services.edit\n\
             +++... articles.edit\n\
             +++++. catalogue.view\n\
             ++.... catalogue.manage\n\
             +++... suppliers.view\n\
             ++.... suppliers.manage\n\
             +++... contracts.read\n\
             +++... tickets.escalate\n\
             ++.... reports.view\n\
             +++++. subscriptions.view\n\
             +++... subscriptions.manage\n\
             ++.... subscriptions.cancel\n\
             ++.+.. payables.view\n\
             +..+.. payables.manage\n\
             ++.+.. receivables.view\n\
             +..+.. receivables.manage\n\
             ++++.. charges.view\n\
             ++++.. charges.log\n\
             ++.+.. charges.manage\n\
             ++.+.. suspensions.view\n\
             ++.+.. suspensions.propose\n\
             ++.... suspensions.approve\n\
             +...+. signals.view\n\
             +...+. signals.judge\n"
        );
    }

    #[test]
    fn sight_by_role() {
        use Sight::{Full, None, Public};
        let rows = [
            (Role::GlobalAdmin, Full, Full),
            (Role::AdminAgent, Full, Full),
            (Role::HelpdeskAgent, Full, Full),
            (Role::BillingAdmin, Full, None),
            (Role::SalesAgent, Public, Public),
            (Role::UserManagementAdmin, None, None),
        ];
        for (role, billing, technical) in rows {
            let rights = Rights::of(&[role]);
            assert_eq!(
                (rights.sight(Kind::Billing), rights.sight(Kind::Technical)),
                (billing, technical),
                "{role}"
            );
        }
        let both = Rights::of(&[Role::BillingAdmin, Role::SalesAgent]);
        assert_eq!((both.sight(Kind::Billing), both.sight(Kind::Technical)), (Full, Public));
        assert!(both.may_work(Kind::Billing) && !both.may_work(Kind::Technical));
    }

    #[test]
    fn a_circle_is_its_people_whoever_has_the_ticket_and_the_global_admin() {
        use Sight::{Full, None, Public};
        let agent = |n: u8| AgentId::new(jiff::Timestamp::UNIX_EPOCH, [n; 10]);
        let (circle, empty) = (Circle::of([agent(1), agent(4)]), Circle::default());
        let rows = [
            (agent(1), Role::HelpdeskAgent, &circle, Full),
            (agent(2), Role::HelpdeskAgent, &circle, None),
            (agent(3), Role::HelpdeskAgent, &circle, Full),
            // Who is let in sees no more than the own role shows.
            (agent(4), Role::SalesAgent, &circle, Public),
            (agent(4), Role::BillingAdmin, &circle, None),
            (agent(1), Role::AdminAgent, &empty, None),
            (agent(9), Role::GlobalAdmin, &empty, Full),
        ];
        for (who, role, circle, expected) in rows {
            let reader = Reader { agent: who, rights: Rights::of(&[role]) };
            let sight = reader.sight(Kind::Technical, Some(agent(3)), Some(circle));
            assert_eq!(sight, expected, "{who} {role}");
            assert_eq!(
                reader.sight(Kind::Technical, Option::None, Option::None),
                reader.rights.sight(Kind::Technical)
            );
        }
        let narrowed = Rights::of(&[Role::GlobalAdmin]).narrowed(&[Scope::TicketsWrite]);
        assert!(!Reader { agent: agent(9), rights: narrowed }.sees_every_circle());
    }

    #[test]
    fn a_token_never_widens() {
        for role in Role::ALL {
            let whole = Rights::of(&[*role]);
            assert_eq!(whole.narrowed(Scope::ALL), whole);
            assert_eq!(whole.narrowed(&[]), Rights::default());
            for scope in Scope::ALL {
                let part = whole.narrowed(&[*scope]);
                assert!(
                    Permission::ALL.iter().all(|p| !part.has(*p) || whole.has(*p) && scope.covers(p.scope()))
                );
            }
        }
    }

    #[test]
    fn who_may_write_by_a_token_may_read_what_it_wrote() {
        let admin = Rights::of(&[Role::GlobalAdmin]);
        let tickets = admin.narrowed(&[Scope::TicketsWrite]);
        assert!(tickets.may_work(Kind::Technical) && tickets.sight(Kind::Technical) == Sight::Full);
        let customers = admin.narrowed(&[Scope::CustomersWrite]);
        assert!(customers.has(Permission::CustomersEdit) && customers.has(Permission::CustomersView));
        assert_eq!(customers.tickets(), Tickets::None);
        assert!(!admin.narrowed(&[Scope::CustomersRead]).has(Permission::CustomersEdit));
    }
}
