//! Reading mail from Exchange Online as an application, without anybody signed in: nothing lapses but the application's
//! own secret. An administrator grants the application `IMAP.AccessAsApp` and the mailbox.
//! Source: "Authenticate an IMAP, POP or SMTP connection using OAuth", client credentials grant.

use domain::cloud::Cloud;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Error, Network, Secret,
    address::Map,
    cloud,
    throttle::Throttle,
    token::{self, EARLY},
};

/// An application that may read mailboxes of a tenant.
#[derive(Clone, Debug)]
pub struct Application {
    /// The cloud of the mailboxes.
    pub cloud: Cloud,
    /// Their tenant.
    pub tenant: Uuid,
    /// The application's id.
    pub application: Uuid,
    /// The application's secret.
    pub secret: Secret,
}

/// An access token for a mail server.
#[derive(Clone, Debug)]
pub struct Token {
    /// The token.
    pub token: Secret,
    /// From when on another is to be bought, some minutes before it ends; UTC.
    pub renew_at: Timestamp,
}

impl Application {
    /// Buys a token.
    ///
    /// # Errors
    /// [`Error::Consent`] with Microsoft's reason, such as a secret that has lapsed; [`Error::Unanswered`],
    /// [`Error::NotYet`].
    pub async fn token(&self, network: &Network, now: Timestamp) -> Result<Token, Error> {
        let map = Map::new(self.cloud, network);
        let (http, throttle) = (network.http(), Throttle::default());
        let way = token::Way { http: &http, map: &map, throttle: &throttle, now };
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", &self.application.to_string()),
            ("client_secret", self.secret.reveal()),
            ("resource", cloud::audience(self.cloud).mail),
        ];
        let access = token::ask(&way, self.tenant, &form).await?.access;
        Ok(Token { token: access.token, renew_at: access.ends - EARLY })
    }
}
