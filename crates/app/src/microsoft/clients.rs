//! The clients of this process: one for each desk's connection, made when it is needed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{cloud::Cloud, id::DeskId};
use futures_util::future::BoxFuture;
use microsoft::{Client, Credentials, Secret, event::Verifier};
use store::{Store, microsoft as kept};

use super::Trouble;
use crate::{
    App, Error, Result,
    vault::{self, Place},
};

/// Clients, and what proves events, by cloud.
#[derive(Debug, Default)]
pub(crate) struct Clients {
    desks: Mutex<HashMap<DeskId, (Made, Arc<Client>)>>,
    verifiers: Mutex<HashMap<Cloud, Arc<Verifier>>>,
}

/// Of what a client was made: another version, or a token that somebody else renewed, makes another.
#[derive(Debug, PartialEq, Eq)]
struct Made(i64, Option<String>);

/// Where a secret of a desk's connection belongs. A desk has one connection, so its own id stands for it.
pub(super) fn place(desk: DeskId, what: &'static str) -> Place {
    Place { desk, owner: desk.uuid().into_bytes(), what }
}

pub(super) const APPLICATION_SECRET: &str = "microsoft-application";
pub(super) const REFRESH_TOKEN: &str = "microsoft-refresh-token";

/// Keeps a refresh token that Microsoft has renewed.
struct Keeper {
    store: Store,
    key: [u8; 32],
    desk: DeskId,
    version: i64,
}

impl microsoft::Vault for Keeper {
    fn keep(&self, refresh_token: Secret) -> BoxFuture<'_, Result<(), String>> {
        Box::pin(async move {
            let sealed = vault::seal(&self.key, place(self.desk, REFRESH_TOKEN), refresh_token.reveal())
                .map_err(|error| error.to_string())?;
            let version = self.version;
            self.store
                .write::<_, store::Error, _>(self.desk, move |tx| {
                    let sealed = sealed.clone();
                    Box::pin(async move { kept::renew(tx, &sealed, version).await })
                })
                .await
                .map_err(|error| error.to_string())
        })
    }
}

/// The desk's connection, if there is one.
pub(super) async fn stored(app: &App, desk: DeskId) -> Result<Option<kept::Connection>> {
    let unit = app.store.read::<_, store::Error, _>(desk, |tx| Box::pin(kept::connection(tx)));
    Ok(unit.await?)
}

/// The desk's client.
///
/// # Errors
/// [`Trouble::NotConnected`]; a secret that this installation's key does not open.
pub(super) async fn client(app: &App, desk: DeskId) -> Result<(kept::Connection, Arc<Client>), Trouble> {
    let connection = stored(app, desk).await?.ok_or(Trouble::NotConnected)?;
    let client = client_of(app, desk, &connection)?;
    Ok((connection, client))
}

/// The client of a connection.
///
/// # Errors
/// As [`client`].
pub(super) fn client_of(
    app: &App,
    desk: DeskId,
    connection: &kept::Connection,
) -> Result<Arc<Client>, Trouble> {
    let Some(sealed) = &connection.refresh_token else { return Err(Trouble::NotConnected) };
    let made = Made(connection.version, Some(sealed.clone()));
    let mut desks = app.microsoft.desks.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((known, client)) = desks.get(&desk)
        && *known == made
    {
        return Ok(client.clone());
    }
    let open = |what, sealed: &str| -> Result<Secret> {
        let secret = vault::open(&app.keys.vault, place(desk, what), sealed)?;
        Ok(Secret::new(secret.reveal()))
    };
    let credentials = Credentials {
        tenant: connection.tenant,
        application: connection.application,
        application_secret: open(APPLICATION_SECRET, &connection.application_secret)?,
        refresh_token: open(REFRESH_TOKEN, sealed)?,
    };
    let keeper = Keeper { store: app.store.clone(), key: app.keys.vault, desk, version: connection.version };
    let client = Arc::new(Client::new(
        microsoft::Connection { cloud: connection.cloud, credentials },
        &app.config.microsoft,
        Arc::new(keeper),
    ));
    desks.insert(desk, (made, client.clone()));
    Ok(client)
}

/// What proves the events of a cloud. It keeps certificates, so there is one for each.
pub(super) fn verifier(app: &App, cloud: Cloud) -> Arc<Verifier> {
    let mut all = app.microsoft.verifiers.lock().unwrap_or_else(PoisonError::into_inner);
    let make = || Arc::new(Verifier::new(cloud, &app.config.microsoft));
    all.entry(cloud).or_insert_with(make).clone()
}

/// The tenant of a customer, if it lives in the cloud of the connection: nobody else's is ever asked.
///
/// # Errors
/// [`Trouble::NotOffered`] for another cloud, [`Error::NotFound`] for a tenant that is not the desk's.
pub(super) async fn own_tenant(
    app: &App,
    desk: DeskId,
    cloud: Cloud,
    tenant: uuid::Uuid,
) -> Result<microsoft::CustomerId, Trouble> {
    let id = tenant.to_string();
    let found = app
        .store
        .read::<_, store::Error, _>(desk, move |tx| {
            let id = id.clone();
            Box::pin(async move { store::tenants::get(tx, &id).await })
        })
        .await?;
    let found = found.ok_or(Trouble::Ours(Error::NotFound("tenant")))?;
    if found.cloud != cloud {
        return Err(Trouble::NotOffered);
    }
    Ok(microsoft::CustomerId(tenant))
}
