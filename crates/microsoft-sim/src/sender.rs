//! Sends events: signs them, posts them, and notes what came of it.

use std::sync::Arc;
use std::time::Duration;

use crate::{Shared, handlers::webhooks::Delivery, handlers::webhooks::Registration};

/// How long a receiver may take.
const PATIENCE: Duration = Duration::from_secs(10);
/// How often the clock is looked at when nothing stirs.
const LOOK: Duration = Duration::from_millis(250);

pub(crate) async fn run(shared: Arc<Shared>) {
    // Nothing is sent but to this machine, in the clear; still the library wants to know how it would be with TLS.
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .expect("ring implements the default TLS versions")
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    let http = reqwest::Client::builder()
        .tls_backend_preconfigured(tls)
        .redirect(reqwest::redirect::Policy::none())
        .no_proxy()
        .timeout(PATIENCE)
        .build()
        .expect("settings without files");
    loop {
        let due = {
            let mut world = shared.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            world.due()
        };
        let Some((registration, delivery)) = due else {
            drop(tokio::time::timeout(LOOK, shared.stirred.notified()).await);
            continue;
        };
        let (result, arrived) = send(&http, &shared, &registration, &delivery).await;
        shared.with(|world| world.attempted(delivery, result, arrived));
    }
}

async fn send(
    http: &reqwest::Client,
    shared: &Shared,
    registration: &Registration,
    delivery: &Delivery,
) -> (String, bool) {
    let signed = shared.with(|world| {
        let place = format!("http://{}/cert/{}", world.address, world.webhooks.certificate.file());
        world.signer.sign(delivery.body.as_bytes()).map(|signature| (signature, place))
    });
    let Ok((signature, place)) = signed else { return ("NotSigned".into(), false) };
    let name = if registration.own_header { "x-ms-signature" } else { "Authorization" };
    let request = http
        .post(&registration.url)
        .header("Content-Type", "application/json")
        .header(name, format!("Signature {signature}"))
        .header("X-MS-Certificate-Url", place)
        .header("X-MS-Signature-Algorithm", "rsa-sha256")
        .body(delivery.body.clone());
    match request.send().await {
        Ok(response) => {
            let reason = response.status().canonical_reason().unwrap_or("Unknown").replace(' ', "");
            (reason, response.status().is_success())
        }
        Err(error) if error.is_timeout() => ("Timeout".into(), false),
        Err(_) => ("ConnectFailure".into(), false),
    }
}
