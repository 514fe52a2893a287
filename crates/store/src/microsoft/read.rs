//! What was read at Microsoft: health of services, service requests, partners.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Error, Json, Tx, params, record, sql};

/// Something said on a service request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Said {
    /// Who, in Microsoft's words.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// What.
    pub text: String,
}

record! {
    /// An incident or advisory of a service, as a tenant sees it.
    pub struct HealthIssue {
        /// The tenant.
        pub tenant: String,
        /// Microsoft's id of it, such as `EX123456`.
        pub issue: String,
        /// What it is, in a line.
        pub title: String,
        /// The service's name.
        pub service: String,
        /// Who notices what.
        pub impact: String,
        /// `incident` or `advisory`.
        pub classification: String,
        /// How it stands: Microsoft's word in snake case.
        pub status: String,
        /// Whether it is over.
        pub resolved: bool,
        /// When it began.
        pub began_at: Option<Timestamp>,
        /// When it ended.
        pub ended_at: Option<Timestamp>,
        /// When Microsoft said something last.
        pub modified_at: Option<Timestamp>,
        /// When it was read last.
        pub seen_at: Timestamp,
    }

    /// A service request at Microsoft.
    pub struct ServiceRequest {
        /// Microsoft's number.
        pub id: String,
        /// The customer's tenant; empty while nobody knows it.
        pub tenant: String,
        /// What it is about, in a line.
        pub title: String,
        /// `open`, `closed`, `attention_needed`, or `none` if Microsoft does not say.
        pub status: String,
        /// `critical`, `moderate`, `minimal`, or `unknown`.
        pub severity: String,
        /// The product's name; empty if Microsoft does not say.
        pub product: String,
        /// When it was filed.
        pub filed_at: Option<Timestamp>,
        /// When anything of it changed last.
        pub modified_at: Option<Timestamp>,
        /// When it was closed last.
        pub closed_at: Option<Timestamp>,
        /// What was said, the oldest first.
        pub notes: Json<Vec<Said>>,
        /// When this was read.
        pub read_at: Timestamp,
    }

    /// Another partner.
    pub struct PartnerLink {
        /// Its tenant.
        pub tenant: String,
        /// `provider` or `reseller`: what it is to us.
        pub kind: String,
        /// Its name.
        pub name: String,
        /// Its MPN id; empty if Microsoft does not say.
        pub mpn_id: String,
        /// Its country, two letters; empty if Microsoft does not say.
        pub country: String,
        /// Whether the relationship holds.
        pub active: bool,
        /// When Microsoft last confirmed it.
        pub seen_at: Timestamp,
    }
}

macro_rules! request {
    () => {
        "SELECT id, tenant, title, status, severity, product, filed_at, modified_at, closed_at, notes, read_at \
         FROM service_requests WHERE desk_id = $1 "
    };
}

sql! {
    desk PUT_ISSUE = "INSERT INTO health_issues (desk_id, tenant, issue, title, service, impact, classification, status, \
        resolved, began_at, ended_at, modified_at, seen_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) \
        ON CONFLICT (desk_id, tenant, issue) DO UPDATE SET title = excluded.title, service = excluded.service, \
        impact = excluded.impact, classification = excluded.classification, status = excluded.status, \
        resolved = excluded.resolved, began_at = excluded.began_at, ended_at = excluded.ended_at, \
        modified_at = excluded.modified_at, seen_at = excluded.seen_at";
    desk ISSUES = "SELECT tenant, issue, title, service, impact, classification, status, resolved, began_at, ended_at, \
        modified_at, seen_at FROM health_issues WHERE desk_id = $1 AND tenant = $2 \
        ORDER BY resolved, \
        CASE WHEN modified_at IS NULL THEN 1 ELSE 0 END, modified_at DESC, issue LIMIT 200";
    desk OPEN_ISSUES = "SELECT tenant, issue, title, service, impact, classification, status, resolved, began_at, \
        ended_at, modified_at, seen_at FROM health_issues WHERE desk_id = $1 AND resolved = 0 \
        ORDER BY service, issue, tenant LIMIT 500";
    desk TENANTS_OF_ISSUE = "SELECT tenant FROM health_issues WHERE desk_id = $1 AND issue = $2 ORDER BY tenant";
    desk DROP_ISSUES = "DELETE FROM health_issues WHERE desk_id = $1 AND tenant = $2 AND seen_at < $3";
    desk PUT_REQUEST = "INSERT INTO service_requests (desk_id, id, tenant, title, status, severity, product, filed_at, \
        modified_at, closed_at, notes, read_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) \
        ON CONFLICT (desk_id, id) DO UPDATE SET tenant = CASE WHEN excluded.tenant = '' THEN service_requests.tenant \
        ELSE excluded.tenant END, title = excluded.title, status = excluded.status, severity = excluded.severity, \
        product = excluded.product, filed_at = excluded.filed_at, modified_at = excluded.modified_at, \
        closed_at = excluded.closed_at, notes = excluded.notes, read_at = excluded.read_at";
    desk REQUEST = concat!(request!(), "AND id = $2");
    desk REQUESTS_OF_TENANT = concat!(request!(), "AND tenant = $2 \
        ORDER BY CASE WHEN modified_at IS NULL THEN 1 ELSE 0 END, modified_at DESC, id DESC LIMIT 100");
    desk REQUESTS_AFTER = concat!(request!(), "AND id > $2 ORDER BY id LIMIT $3");
    desk SET_TENANT = "UPDATE service_requests SET tenant = $3 WHERE desk_id = $1 AND id = $2 AND tenant <> $3";
    desk PUT_PARTNER = "INSERT INTO partner_links (desk_id, tenant, kind, name, mpn_id, country, active, seen_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (desk_id, tenant, kind) DO UPDATE SET \
        name = excluded.name, mpn_id = excluded.mpn_id, country = excluded.country, active = excluded.active, \
        seen_at = excluded.seen_at";
    desk PARTNERS = "SELECT tenant, kind, name, mpn_id, country, active, seen_at FROM partner_links WHERE desk_id = $1 \
        ORDER BY kind, name, tenant LIMIT 500";
    desk DROP_PARTNERS = "DELETE FROM partner_links WHERE desk_id = $1 AND seen_at < $2";
}

/// Makes these the issues that a tenant sees. What is not among them any more is forgotten.
///
/// # Errors
/// As the database says.
pub async fn set_issues(
    tx: &mut Tx,
    tenant: &str,
    issues: &[HealthIssue],
    seen_at: Timestamp,
) -> Result<(), Error> {
    for i in issues {
        let params = params![
            tenant,
            i.issue,
            i.title,
            i.service,
            i.impact,
            i.classification,
            i.status,
            i.resolved,
            i.began_at,
            i.ended_at,
            i.modified_at,
            seen_at
        ];
        tx.execute(&PUT_ISSUE, params).await?;
    }
    tx.execute(&DROP_ISSUES, params![tenant, seen_at]).await.map(drop)
}

/// What a tenant sees: what is not over first, the newest word first.
///
/// # Errors
/// As the database says.
pub async fn issues(tx: &mut Tx, tenant: &str) -> Result<Vec<HealthIssue>, Error> {
    tx.query(&ISSUES, params![tenant]).await
}

/// The tenants that see an issue.
///
/// # Errors
/// As the database says.
pub async fn tenants_of_issue(tx: &mut Tx, issue: &str) -> Result<Vec<String>, Error> {
    let rows: Vec<(String,)> = tx.query(&TENANTS_OF_ISSUE, params![issue]).await?;
    Ok(rows.into_iter().map(|(tenant,)| tenant).collect())
}

/// What is not over, of every tenant.
///
/// # Errors
/// As the database says.
pub async fn open_issues(tx: &mut Tx) -> Result<Vec<HealthIssue>, Error> {
    tx.query(&OPEN_ISSUES, params![]).await
}

/// Writes a service request, new or known. Whose it is stays known.
///
/// # Errors
/// As the database says.
pub async fn put_request(tx: &mut Tx, r: &ServiceRequest) -> Result<(), Error> {
    let notes = crate::Value::json(&r.notes.0)?;
    let params = params![
        r.id,
        r.tenant,
        r.title,
        r.status,
        r.severity,
        r.product,
        r.filed_at,
        r.modified_at,
        r.closed_at,
        notes,
        r.read_at
    ];
    tx.execute(&PUT_REQUEST, params).await.map(drop)
}

/// One service request, by Microsoft's number.
///
/// # Errors
/// As the database says.
pub async fn request(tx: &mut Tx, id: &str) -> Result<Option<ServiceRequest>, Error> {
    tx.query_opt(&REQUEST, params![id]).await
}

/// The service requests of a tenant, the one that changed last first.
///
/// # Errors
/// As the database says.
pub async fn requests_of(tx: &mut Tx, tenant: &str) -> Result<Vec<ServiceRequest>, Error> {
    tx.query(&REQUESTS_OF_TENANT, params![tenant]).await
}

/// Service requests in the order of their numbers, after the given one.
///
/// # Errors
/// As the database says.
pub async fn requests_after(tx: &mut Tx, id: &str, limit: i64) -> Result<Vec<ServiceRequest>, Error> {
    tx.query(&REQUESTS_AFTER, params![id, limit]).await
}

/// Notes whose a service request is.
///
/// # Errors
/// As the database says.
pub async fn set_tenant(tx: &mut Tx, id: &str, tenant: &str) -> Result<(), Error> {
    tx.execute(&SET_TENANT, params![id, tenant]).await.map(drop)
}

/// Makes these the partners that there are.
///
/// # Errors
/// As the database says.
pub async fn set_partners(tx: &mut Tx, partners: &[PartnerLink], seen_at: Timestamp) -> Result<(), Error> {
    for p in partners {
        let params = params![p.tenant, p.kind, p.name, p.mpn_id, p.country, p.active, seen_at];
        tx.execute(&PUT_PARTNER, params).await?;
    }
    tx.execute(&DROP_PARTNERS, params![seen_at]).await.map(drop)
}

/// The partners that there are, by name.
///
/// # Errors
/// As the database says.
pub async fn partners(tx: &mut Tx) -> Result<Vec<PartnerLink>, Error> {
    tx.query(&PARTNERS, params![]).await
}
