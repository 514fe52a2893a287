//! What services ask for: what is shipped, and what the desk has made of it.

use std::sync::Arc;

use domain::{
    access::Permission,
    deed::Deed,
    ticket::{
        baseline::{self, Sheet, SheetError},
        diagnosis::Asked,
        kinds::{Kind, Service},
    },
};
use jiff::Timestamp;
use serde_json::json;
use store::{
    Json, Tx, records,
    requirements::{self, Requirements},
};

use crate::{Agent, App, Error, Result, audit};

/// A sheet, and which version it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Current {
    /// Which it is.
    pub asked: Asked,
    /// Whether the desk wrote it; if not, it is what is shipped.
    pub own: bool,
    /// When the desk wrote this version; none for what it never touched.
    pub at: Option<Timestamp>,
    /// What it says.
    pub sheet: Sheet,
}

impl Current {
    fn of(service: Service, kind: Kind, row: Option<Requirements>) -> Self {
        let shipped = baseline::shipped();
        let (version, at) = row.as_ref().map_or((0, None), |row| (row.version, Some(row.at)));
        let own = row.and_then(|row| row.data.0);
        Self {
            asked: Asked { service, kind, version, edition: shipped.edition.clone() },
            own: own.is_some(),
            at,
            sheet: own.unwrap_or_else(|| shipped.sheet(service, kind).clone()),
        }
    }
}

/// The sheet that holds now.
pub(crate) async fn current_in(tx: &mut Tx, service: Service, kind: Kind) -> Result<Current> {
    Ok(Current::of(service, kind, requirements::newest(tx, service, kind).await?))
}

/// A sheet as it was; one that there never was is what is shipped.
pub(crate) async fn version_in(tx: &mut Tx, asked: &Asked) -> Result<Current> {
    let (service, kind) = (asked.service, asked.kind);
    let row = match asked.version {
        0 => None,
        version => requirements::one(tx, service, kind, version).await?,
    };
    Ok(Current { asked: asked.clone(), ..Current::of(service, kind, row) })
}

/// Every sheet that holds now, by service and kind.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ServicesView`].
pub async fn list(app: &App, agent: &Agent) -> Result<Vec<Current>> {
    agent.require(Permission::ServicesView)?;
    let rows: Vec<Requirements> = app
        .store
        .read(agent.desk, |tx| Box::pin(requirements::every(tx)))
        .await
        .map_err(|e: store::Error| Error::from(e))?;
    let pairs = Service::ALL.iter().flat_map(|service| Kind::ALL.iter().map(move |kind| (*service, *kind)));
    let row = |service, kind| rows.iter().find(|row| (row.service, row.kind) == (service, kind)).cloned();
    Ok(pairs.map(|(service, kind)| Current::of(service, kind, row(service, kind))).collect())
}

/// A sheet, and its versions, the newest first. Without a version it is the one that holds now.
///
/// # Errors
/// [`Error::Forbidden`]; [`Error::NotFound`] for a version that there is not.
pub async fn get(
    app: &App,
    agent: &Agent,
    service: Service,
    kind: Kind,
    version: Option<i64>,
) -> Result<(Current, Vec<requirements::Version>)> {
    agent.require(Permission::ServicesView)?;
    app.store
        .read(agent.desk, move |tx| {
            Box::pin(async move {
                let row = match version {
                    None => requirements::newest(tx, service, kind).await?,
                    Some(0) => None,
                    Some(version) => Some(
                        requirements::one(tx, service, kind, version)
                            .await?
                            .ok_or(Error::NotFound("requirements"))?,
                    ),
                };
                let versions = requirements::versions(tx, service, kind).await?;
                Ok((Current::of(service, kind, row), versions))
            })
        })
        .await
}

/// Writes a new version of a sheet; none goes back to what is shipped. Answers which version it is.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ServicesEdit`]; [`Error::Stale`] if `seen` is not the newest version;
/// [`Error::Invalid`] for a sheet that cannot be kept.
pub async fn save(
    app: &App,
    agent: &Agent,
    service: Service,
    kind: Kind,
    sheet: Option<Sheet>,
    seen: i64,
) -> Result<i64> {
    agent.require(Permission::ServicesEdit)?;
    if let Some(sheet) = &sheet {
        sheet.check().map_err(|error| Error::invalid("rows", code(error)))?;
    }
    let now = app.now();
    let mut ids = app.ids(now);
    let version = seen + 1;
    let what = json!({ "version": version, "shipped": sheet.is_none() });
    let subject = format!("{service}/{kind}");
    let act = audit::act(&mut ids, now, agent.actor(), Deed::ServiceEdit, &subject, what);
    let row = Requirements { service, kind, version, data: Json(sheet), agent: agent.id, at: now };
    let unit = Arc::new((row, act));
    app.store
        .write(agent.desk, move |tx| {
            let unit = unit.clone();
            Box::pin(async move {
                let (row, act) = &*unit;
                let newest = requirements::newest(tx, row.service, row.kind).await?;
                if newest.map_or(0, |newest| newest.version) + 1 != row.version {
                    return Err(Error::Stale);
                }
                requirements::add(tx, row).await?;
                records::audit(tx, act).await?;
                Ok(())
            })
        })
        .await?;
    Ok(version)
}

const fn code(error: SheetError) -> &'static str {
    match error {
        SheetError::NoText => "required",
        SheetError::TooLong => "too-long",
        SheetError::TooMany => "too-many",
        SheetError::Key => "taken",
        SheetError::Condition => "unknown",
    }
}
