//! Events: proved, and then no more than a hint.

use domain::cloud::Cloud;
use jiff::{SignedDuration, Timestamp};
use microsoft::event::{Delivery, Event, NoEvent, Verifier};
use microsoft::{CustomerId, Network, RequestId, webhooks::Registration};
use microsoft_sim::Certificate;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use crate::desk::{Desk, http};

/// A request that came to the receiver.
#[derive(Clone, Debug)]
struct Came {
    head: String,
    body: Vec<u8>,
}

impl Came {
    fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (found, value) = line.split_once(": ")?;
            found.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    fn delivery(&self) -> Delivery<'_> {
        Delivery {
            signature: self.header("authorization"),
            certificate_url: self.header("x-ms-certificate-url"),
            algorithm: self.header("x-ms-signature-algorithm"),
            body: &self.body,
        }
    }
}

/// Takes requests and answers them with these statuses in turn, the last one for ever.
async fn receiver(statuses: &'static [u16]) -> (String, mpsc::UnboundedReceiver<Came>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/events", listener.local_addr().unwrap());
    let (tell, came) = mpsc::unbounded_channel();
    tokio::spawn(async move {
        for number in 0.. {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut head = Vec::new();
            while !head.ends_with(b"\r\n\r\n") {
                head.push(stream.read_u8().await.unwrap());
            }
            let head = String::from_utf8(head).unwrap();
            let length: usize = head
                .lines()
                .find_map(|line| {
                    line.to_lowercase().strip_prefix("content-length: ").map(|text| text.parse().unwrap())
                })
                .unwrap();
            let mut body = vec![0; length];
            stream.read_exact(&mut body).await.unwrap();
            let status = statuses[number.min(statuses.len() - 1)];
            let answer =
                format!("HTTP/1.1 {status} Status\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            stream.write_all(answer.as_bytes()).await.unwrap();
            if tell.send(Came { head, body }).is_err() {
                return;
            }
        }
    });
    (url, came)
}

/// A desk that registered for events, and a verifier that trusts its simulator.
async fn registered(statuses: &'static [u16]) -> (Desk, Verifier, mpsc::UnboundedReceiver<Came>) {
    let desk = Desk::new().await;
    let (url, came) = receiver(statuses).await;
    let wanted = Registration { url, events: vec!["test-created".into(), "subscription-updated".into()] };
    desk.at().webhooks().unwrap().create(&wanted, RequestId::new()).await.unwrap();
    let authority = desk.sim.world(|world| world.events_authority());
    let network = Network::simulator(desk.sim.address()).unwrap().trusting(authority.as_bytes()).unwrap();
    let verifier = Verifier::new(Cloud::Commercial, &network);
    (desk, verifier, came)
}

async fn test_event(desk: &Desk) {
    desk.pass(120);
    desk.at().webhooks().unwrap().validate(RequestId::new()).await.unwrap();
}

async fn verify(verifier: &Verifier, came: &Came, now: Timestamp) -> Result<Event, NoEvent> {
    verifier.verify(came.delivery(), now).await
}

#[tokio::test]
async fn a_true_event_is_believed_and_its_certificate_kept() {
    let (desk, verifier, mut came) = registered(&[200]).await;
    for _ in 0..3 {
        test_event(&desk).await;
        let event = came.recv().await.unwrap();
        let event = verify(&verifier, &event, desk.now()).await.unwrap();
        assert_eq!((event.name.as_str(), event.changed), ("test-created", Some(desk.now())));
    }
    assert_eq!((desk.asked("/cert/events.cer"), desk.asked("/cert/issuer.cer")), (1, 1));
    // A day later it is fetched anew.
    desk.pass(25 * 3600);
    test_event(&desk).await;
    verify(&verifier, &came.recv().await.unwrap(), desk.now()).await.unwrap();
    assert_eq!(desk.asked("/cert/events.cer"), 2);
}

#[tokio::test]
async fn whatever_is_not_microsofts_is_refused() {
    for (certificate, wanted) in [
        (Certificate::OtherOrganization, NoEvent::Certificate),
        (Certificate::Expired, NoEvent::Certificate),
        (Certificate::SelfSigned, NoEvent::Certificate),
    ] {
        let (desk, verifier, mut came) = registered(&[200]).await;
        desk.sim.world(|world| world.events_come(SignedDuration::ZERO, 1, false, certificate));
        test_event(&desk).await;
        let event = came.recv().await.unwrap();
        assert_eq!(verify(&verifier, &event, desk.now()).await, Err(wanted), "{certificate:?}");
    }
}

#[tokio::test]
async fn an_authority_that_nobody_named_is_not_believed() {
    let (desk, _, mut came) = registered(&[200]).await;
    let network = Network::simulator(desk.sim.address()).unwrap();
    let verifier = Verifier::new(Cloud::Commercial, &network);
    test_event(&desk).await;
    let event = came.recv().await.unwrap();
    assert_eq!(verify(&verifier, &event, desk.now()).await, Err(NoEvent::Certificate));
}

#[tokio::test]
async fn forgeries() {
    let (desk, verifier, mut came) = registered(&[200]).await;
    test_event(&desk).await;
    let good = came.recv().await.unwrap();
    let now = desk.now();
    let other_body = [&good.body[..], b" "].concat();
    let signature = good.header("authorization").unwrap().to_owned();
    let bearer = signature.replace("Signature", "Bearer");
    let rows: Vec<(Delivery<'_>, NoEvent)> = vec![
        (Delivery { body: &other_body, ..good.delivery() }, NoEvent::Signature),
        (Delivery { signature: None, ..good.delivery() }, NoEvent::Unsigned),
        (Delivery { signature: Some(" "), ..good.delivery() }, NoEvent::Unsigned),
        (Delivery { signature: Some(&bearer), ..good.delivery() }, NoEvent::Scheme),
        (Delivery { signature: Some("Signature AAAA"), ..good.delivery() }, NoEvent::Signature),
        (Delivery { signature: Some("Signature ???"), ..good.delivery() }, NoEvent::Signature),
        (Delivery { certificate_url: None, ..good.delivery() }, NoEvent::Incomplete),
        (Delivery { algorithm: None, ..good.delivery() }, NoEvent::Incomplete),
        (Delivery { algorithm: Some("rsa-sha1"), ..good.delivery() }, NoEvent::Algorithm),
        (Delivery { algorithm: Some("none"), ..good.delivery() }, NoEvent::Algorithm),
        (Delivery { algorithm: Some("rsa-sha512"), ..good.delivery() }, NoEvent::Signature),
    ];
    for (delivery, wanted) in rows {
        assert_eq!(verifier.verify(delivery, now).await, Err(wanted), "{delivery:?}");
    }
    let upper = Delivery { algorithm: Some("RSA-SHA256"), ..good.delivery() };
    verifier.verify(upper, now).await.unwrap();
}

#[tokio::test]
async fn certificates_from_elsewhere_are_not_fetched() {
    let (desk, verifier, mut came) = registered(&[200]).await;
    test_event(&desk).await;
    let good = came.recv().await.unwrap();
    // Whoever is named here would notice.
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let here = listener.local_addr().unwrap();
    for place in [
        format!("http://{here}/cert/events.cer"),
        format!("https://{here}/cert/events.cer"),
        format!("http://3psostorageacct.blob.core.windows.net@{here}/x.cer"),
        "http://3psostorageacct.blob.core.windows.net/cert/x.cer".into(),
        "https://3psostorageacct.blob.core.windows.net:8443/cert/x.cer".into(),
        "https://3psostorageacct.blob.core.windows.net.evil.example/x.cer".into(),
        "https://evil.example/3psostorageacct.blob.core.windows.net".into(),
        "file:///etc/passwd".into(),
        "not an address".into(),
    ] {
        let delivery = Delivery { certificate_url: Some(&place), ..good.delivery() };
        assert_eq!(verifier.verify(delivery, desk.now()).await, Err(NoEvent::Place), "{place}");
    }
    let knocked =
        std::future::poll_fn(|context| std::task::Poll::Ready(listener.poll_accept(context).is_ready()))
            .await;
    assert!(!knocked);
}

#[tokio::test]
async fn forged_places_are_asked_a_few_times_only() {
    let (desk, verifier, mut came) = registered(&[200]).await;
    test_event(&desk).await;
    let good = came.recv().await.unwrap();
    for number in 0..40 {
        let place = format!("http://{}/cert/{number}.cer", desk.sim.address());
        let delivery = Delivery { certificate_url: Some(&place), ..good.delivery() };
        let refused = verifier.verify(delivery, desk.now()).await;
        assert_eq!(refused, Err(NoEvent::Unavailable));
        assert_eq!(NoEvent::Unavailable.status(), 503);
    }
    assert_eq!(desk.asked("/cert/"), 10);
}

#[tokio::test]
async fn copies_and_late_ones_are_the_same_hint() {
    let (desk, verifier, mut came) = registered(&[200]).await;
    desk.sim.world(|world| world.events_come(SignedDuration::from_hours(48), 3, true, Certificate::Good));
    test_event(&desk).await;
    assert_eq!(desk.sim.world(|world| world.events_waiting()), (3, 0));
    let told = desk.now();
    desk.pass(48 * 3600);
    let mut keys = std::collections::BTreeSet::new();
    for _ in 0..3 {
        let event = verify(&verifier, &came.recv().await.unwrap(), desk.now()).await.unwrap();
        assert_eq!(event.changed, Some(told));
        keys.insert(event.key);
    }
    assert_eq!(keys.len(), 1);
}

#[tokio::test]
async fn an_event_names_whose_it_is() {
    let (desk, verifier, mut came) = registered(&[200]).await;
    let tisza: CustomerId = desk.customer("Tisza").await;
    let token = access_token(&desk).await;
    let http = http();
    let place = format!("http://{}/v1/customers/{tisza}/subscriptions", desk.sim.address());
    let list = http.get(&place).bearer_auth(&token).send().await.unwrap().text().await.unwrap();
    let list: serde_json::Value = serde_json::from_str(&list).unwrap();
    let mut wanted = list["items"][0].clone();
    wanted["friendlyName"] = "Renamed".into();
    let place = format!("{place}/{}", wanted["id"].as_str().unwrap());
    let answer = http.patch(place).bearer_auth(&token).body(wanted.to_string()).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    let event = verify(&verifier, &came.recv().await.unwrap(), desk.now()).await.unwrap();
    assert_eq!((event.name.as_str(), event.customer), ("subscription-updated", Some(tisza)));
    assert_eq!(event.subscription.unwrap().to_string(), wanted["id"].as_str().unwrap());
}

async fn access_token(desk: &Desk) -> String {
    let (tenant, form) = desk.sim.world(|world| {
        let refresh = world.consent(crate::desk::ADMIN).0;
        let (tenant, application, secret) = world.credentials();
        (tenant, format!("grant_type=refresh_token&refresh_token={refresh}&client_id={application}&client_secret={secret}&resource=https%3A%2F%2Fapi.partnercenter.microsoft.com"))
    });
    let place = format!("http://{}/{tenant}/oauth2/token", desk.sim.address());
    let answer = http().post(place).body(form).send().await.unwrap().text().await.unwrap();
    let answer: serde_json::Value = serde_json::from_str(&answer).unwrap();
    answer["access_token"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn the_sender_tries_again_and_gives_up_after_ten() {
    let (desk, verifier, mut came) = registered(&[500, 503, 200]).await;
    test_event(&desk).await;
    for waiting in [1, 1, 0] {
        verify(&verifier, &came.recv().await.unwrap(), desk.now()).await.unwrap();
        noted(&desk, (waiting, 0)).await;
        desk.pass(3600);
    }
    let (desk, _verifier, mut came) = registered(&[500]).await;
    test_event(&desk).await;
    for _ in 0..9 {
        came.recv().await.unwrap();
        noted(&desk, (1, 0)).await;
        desk.pass(48 * 3600);
    }
    came.recv().await.unwrap();
    noted(&desk, (0, 1)).await;
}

/// Waits until the sender has noted what came of its attempt: so many wait, so many are given up.
async fn noted(desk: &Desk, wanted: (usize, usize)) {
    while desk.sim.world(|world| world.events_waiting()) != wanted {
        tokio::task::yield_now().await;
    }
}
