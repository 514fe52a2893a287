//! From a configuration to an installation.

use anyhow::{Context, Result, anyhow};
use app::{App, Clock, Unprinted, post};
use domain::{document::Document, id::DeskId};
use store::{Store, installation::Desk};

use crate::config::Config;

/// The installation of a configuration, on a database whose schema is right.
///
/// # Errors
/// What is wrong with the configuration or the database, for an operator.
pub(crate) async fn open(config: &Config) -> Result<App> {
    let secret = config.secret()?;
    let post = match config.smtp()? {
        Some(smtp) => post::Route::Smtp(smtp),
        None => post::Route::Keep,
    };
    let store = Store::open(&config.store()?).await.context("the database")?;
    let told = app::Config {
        base_url: config.base_url.clone(),
        data_dir: config.data_dir.clone(),
        post,
        max_message: config.max_message,
        allow_private_hosts: config.allow_private_hosts,
        trusted_proxies: config.http.trusted_proxies()?,
        microsoft: config.microsoft()?,
    };
    let app = App::new(store, Clock::system(), told, secret.reveal().as_bytes())?;
    app.print_with(print);
    mute_what_was_restored(&app).await?;
    Ok(app)
}

/// Lies beside the large contents after a backup was put back: whatever that has waiting may have been done long ago.
pub(crate) const RESTORED: &str = "restored";

/// Has all desks say nothing to the outside if they come from a backup, until a person lets each.
async fn mute_what_was_restored(app: &App) -> Result<()> {
    let mark = app.config.data_dir.join(RESTORED);
    if !mark.exists() {
        return Ok(());
    }
    app::suspensions::mute_all(app).await?;
    // Only now: a crash before it mutes them again, and that is no harm.
    std::fs::remove_file(&mark).with_context(|| mark.display().to_string())
}

/// Sets a document on paper.
pub(crate) fn print(document: &Document) -> Result<Vec<u8>, Unprinted> {
    documents::pdf(document).map_err(|error| match error {
        documents::PrintError::NoFont => Unprinted::NoFont,
        documents::PrintError::Typesetting(what) => Unprinted::Failed(what),
    })
}

/// Every desk, by slug.
///
/// # Errors
/// As the database says.
pub(crate) async fn desks(app: &App) -> Result<Vec<Desk>> {
    let desks = app.store.system_read(|tx| Box::pin(store::installation::desks(tx))).await;
    Ok(desks.map_err(|error: store::Error| app::Error::from(error))?)
}

/// The desk of this name; without one, the only desk there is.
///
/// # Errors
/// There is no such desk, or not exactly one.
pub(crate) async fn desk(app: &App, slug: Option<&str>) -> Result<DeskId> {
    let desks = desks(app).await?;
    match slug {
        Some(slug) => {
            let found = desks.iter().find(|desk| desk.slug == slug);
            found
                .map(|desk| desk.id)
                .ok_or_else(|| anyhow!("there is no desk {slug}: see `partnerdesk desk list`"))
        }
        None => match desks.as_slice() {
            [only] => Ok(only.id),
            [] => Err(anyhow!("there is no desk yet: make one with `partnerdesk desk add`")),
            _ => Err(anyhow!("there are {} desks: say which with --desk", desks.len())),
        },
    }
}
