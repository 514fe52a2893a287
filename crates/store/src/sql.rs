//! Statements: named constants in words that both databases understand.

use std::sync::OnceLock;

/// The installation's own tables. Every other table belongs to desks: it has a `desk_id`, with which its primary
/// key and its indexes begin, and row-level security on PostgreSQL.
pub const SYSTEM_TABLES: &[&str] = &[
    "migrations",
    "jobs",
    "schedule",
    "leases",
    "desks",
    "identities",
    "memberships",
    "sessions",
    "links",
    "mailbox_addresses",
    "throttle",
    "chain_keys",
    // Of the desks, but without row-level security: why, and what stands in for it, says 0002_search.sql.
    "search_terms",
];

/// A named statement.
#[derive(Debug)]
pub struct Statement {
    /// Its name, for logs and errors.
    pub name: &'static str,
    /// The source file that it stands in.
    pub file: &'static str,
    /// Whose tables it touches.
    pub scope: Scope,
    /// The text for SQLite.
    pub sqlite: &'static str,
    /// The text for PostgreSQL; nearly always the same.
    pub postgres: &'static str,
    /// The numbers of its parameters in the order of SQLite's, once they are known.
    pub(crate) numbers: OnceLock<Box<[usize]>>,
}

/// Whose tables a statement touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// One desk's: `$1` is the desk.
    Desk,
    /// The installation's own: [`SYSTEM_TABLES`].
    System,
}

macro_rules! scope {
    ($(#[$meta:meta])* $module:ident $scope:ident) => {
        $(#[$meta])*
        pub mod $module {
            use super::{Scope, Statement};

            $(#[$meta])*
            #[derive(Debug)]
            pub struct Sql(pub(crate) Statement);

            impl Sql {
                /// Used by [`sql!`](crate::sql!).
                #[must_use]
                pub const fn new(
                    name: &'static str, file: &'static str, sqlite: &'static str, postgres: &'static str,
                ) -> Self {
                    let numbers = std::sync::OnceLock::new();
                    Self(Statement { name, file, scope: Scope::$scope, sqlite, postgres, numbers })
                }

                /// What is listed.
                #[must_use]
                pub const fn statement(&self) -> &Statement { &self.0 }
            }
        }
    };
}

scope! {
    /// Statements of one desk: `$1` is the desk, bound by the transaction itself.
    desk Desk
}
scope! {
    /// Statements on the installation's own tables.
    system System
}

/// Declares the statements of a module, and `ALL`, their list for [`statements`]:
/// `sql! { desk GET = "SELECT … WHERE desk_id = $1 AND id = $2"; system NEXT = "…"; }`
#[macro_export]
macro_rules! sql {
    ($($(#[$meta:meta])* $vis:vis $scope:ident $name:ident = $text:expr;)+) => {
        $crate::dialect_sql! { $($(#[$meta])* $vis $scope $name = $text, $text;)+ }
    };
}

/// As [`sql!`](crate::sql!), with two texts: for SQLite and for PostgreSQL. Only for what they do not both understand.
#[macro_export]
macro_rules! dialect_sql {
    ($($(#[$meta:meta])* $vis:vis $scope:ident $name:ident = $sqlite:expr, $postgres:expr;)+) => {
        $($(#[$meta])* $vis static $name: $crate::sql::$scope::Sql =
            $crate::sql::$scope::Sql::new(stringify!($name), file!(), $sqlite, $postgres);)+

        /// Every statement of this module.
        pub(crate) static ALL: &[&$crate::sql::Statement] = &[$($name.statement()),+];
    };
}

/// The modules that have statements. A test finds files that are not listed.
static MODULES: &[&[&Statement]] = &[
    crate::articles::ALL,
    crate::awaited::ALL,
    crate::inbox::ALL,
    crate::incidents::ALL,
    crate::installation::ALL,
    crate::migrate::ALL,
    crate::outgoing::ALL,
    crate::parties::ALL,
    crate::collections::ALL,
    crate::claims::ALL,
    crate::owing::ALL,
    crate::payables::ALL,
    crate::people::ALL,
    crate::blob::ALL,
    crate::catalogue::ALL,
    crate::charging::ALL,
    crate::charging::approvals::ALL,
    crate::charging::time::ALL,
    crate::circles::ALL,
    crate::diagnoses::ALL,
    crate::entitlements::ALL,
    crate::followed::ALL,
    crate::followers::ALL,
    crate::handovers::ALL,
    crate::lease::ALL,
    crate::licences::ALL,
    crate::microsoft::ALL,
    crate::microsoft::read::ALL,
    crate::numbers::ALL,
    crate::offerings::ALL,
    crate::peers::ALL,
    crate::prepaid::ALL,
    crate::questions::ALL,
    crate::queue::ALL,
    crate::receivables::ALL,
    crate::receivables::bank::ALL,
    crate::receivables::prices::ALL,
    crate::receivables::ledger::ALL,
    crate::records::ALL,
    crate::requirements::ALL,
    crate::scores::ALL,
    crate::search::articles::ALL,
    crate::search::dialect::ALL,
    crate::search::index::ALL,
    crate::statements::ALL,
    crate::seats::ALL,
    crate::seen::ALL,
    crate::signals::ALL,
    crate::subscriptions::ALL,
    crate::subscriptions::acts::ALL,
    crate::suspensions::ALL,
    crate::suppliers::ALL,
    crate::tenants::ALL,
    crate::tickets::ALL,
    crate::timeline::ALL,
    crate::wallet::ALL,
    crate::undos::ALL,
];

/// Every statement of the program, so that tests can prepare them all.
pub fn statements() -> impl Iterator<Item = &'static Statement> {
    MODULES.iter().flat_map(|module| module.iter().copied())
}
