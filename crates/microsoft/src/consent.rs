//! Consent, as a browser brings it: an agent is sent to Microsoft, signs in with a second factor, and comes back with a
//! code that buys the refresh token.

use domain::cloud::Cloud;
use jiff::Timestamp;
use uuid::Uuid;

use crate::{
    Error, Network, Secret,
    address::{Map, Service},
    throttle::Throttle,
    token,
};

/// Who asks for consent.
#[derive(Clone, Debug)]
pub struct Applicant {
    /// The cloud of the partner's account.
    pub cloud: Cloud,
    /// The partner's tenant.
    pub tenant: Uuid,
    /// The application.
    pub application: Uuid,
    /// Where the browser comes back to: as it is registered with the application.
    pub back: String,
}

impl Applicant {
    /// Where the browser is sent. What comes back is `code` and `state`, or `error` and `error_description`, behind the
    /// question mark. The documents have it come back by form; a form from another site carries no cookies, so nobody
    /// would know whose browser it is.
    #[must_use]
    pub fn address(&self, network: &Network, state: &str) -> String {
        let map = Map::new(self.cloud, network);
        map.to(Service::Login, &["common", "oauth2", "authorize"])
            .with("client_id", &self.application.to_string())
            .with("response_type", "code")
            .with("response_mode", "query")
            .with("redirect_uri", &self.back)
            .with("resource", Map::audience(self.cloud, Service::PartnerCenter))
            .with("state", state)
            .url
            .into()
    }

    /// Buys the refresh token with a code. A code is good for one attempt.
    ///
    /// # Errors
    /// [`Error::Consent`] with Microsoft's reason; [`Error::Unanswered`], [`Error::Throttled`].
    pub async fn redeem(
        &self,
        network: &Network,
        application_secret: &Secret,
        code: &str,
        now: Timestamp,
    ) -> Result<Secret, Error> {
        let map = Map::new(self.cloud, network);
        let (http, throttle) = (network.http(), Throttle::default());
        let way = token::Way { http: &http, map: &map, throttle: &throttle, now };
        let form = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", &self.back),
            ("client_id", &self.application.to_string()),
            ("client_secret", application_secret.reveal()),
            ("resource", Map::audience(self.cloud, Service::PartnerCenter)),
        ];
        let answer = token::ask(&way, self.tenant, &form).await?;
        answer.refresh_token.ok_or_else(|| {
            Error::Consent("Microsoft gave no refresh token: the application may not ask for one".into())
        })
    }
}
