//! Where a person plays Microsoft.

use reqwest::Method;
use serde_json::json;

use crate::peer::{Answer, Peer, http, read};

async fn form(peer: &Peer, fields: &str) -> Answer {
    let request =
        http().post(peer.url("/simulator/act")).header("Content-Type", "application/x-www-form-urlencoded");
    read(request.body(fields.to_owned()).send().await.unwrap()).await
}

#[tokio::test]
async fn an_engineer_answers_and_closes() {
    let peer = Peer::new().await;
    let id = peer.get("/v1/servicerequests").await.body["items"][0]["id"].as_str().unwrap().to_owned();
    let home = peer.get("/").await;
    assert!(home.text.contains(&format!("id=\"{id}\"")) && home.text.contains("simulator-secret"));
    let told = form(&peer, &format!("what=say&id={id}&text=Try+%3Cb%3Eagain%3C%2Fb%3E&status=closed")).await;
    assert_eq!((told.status, &told.headers["location"]), (303, &"/".parse().unwrap()));
    let request = peer.get(&format!("/v1/servicerequests/{id}")).await;
    assert_eq!(
        (request.body["status"].as_str(), request.body["notes"][0]["text"].as_str()),
        (Some("closed"), Some("Try <b>again</b>"))
    );
    assert!(peer.get("/").await.text.contains("Try &lt;b&gt;again&lt;/b&gt;"));
}

#[tokio::test]
async fn somebody_files_in_the_portal() {
    let peer = Peer::new().await;
    let customer = peer.get("/v1/customers?size=1").await.body["items"][0]["id"].as_str().unwrap().to_owned();
    form(
        &peer,
        &format!("what=file&customer={customer}&title=Down&product=Teams&severity=critical&text=All+of+it"),
    )
    .await;
    let newest =
        peer.get(&format!("/v1/customers/{customer}/servicerequests")).await.body["items"][0].clone();
    assert_eq!((newest["title"].as_str(), newest["severity"].as_str()), (Some("Down"), Some("critical")));
    let filed = json!({ "customer": customer, "title": "Again", "description": "d", "severity": "minimal", "product": "p" });
    assert_eq!(peer.send(Method::POST, "/simulator/servicerequests", &[], Some(filed)).await.status, 204);
}

#[tokio::test]
async fn the_clock_goes_forward() {
    let peer = Peer::new().await;
    let clock = async |advance: &str| {
        peer.send(Method::POST, "/simulator/clock", &[], Some(json!({ "advance": advance }))).await.status
    };
    assert_eq!((clock("PT36H").await, clock("-PT1H").await, clock("soon").await), (204, 400, 400));
    assert_eq!(peer.get("/simulator/state").await.body["now"], "2026-03-21T20:00:00Z");
}

#[tokio::test]
async fn faults_and_quirks_are_set_from_outside() {
    let peer = Peer::new().await;
    let fault = json!({ "on": "/v1/customers", "kind": { "throttled": "9" } });
    assert_eq!(peer.send(Method::POST, "/simulator/faults", &[], Some(fault)).await.status, 204);
    assert_eq!(peer.get("/v1/customers?size=1").await.status, 429);
    assert_eq!(peer.get("/v1/customers?size=1").await.status, 200);
    let quirks = json!({ "byte_order_mark": true });
    assert_eq!(peer.send(Method::PUT, "/simulator/quirks", &[], Some(quirks)).await.status, 204);
    assert!(peer.get("/v1/customers?size=1").await.text.starts_with('\u{feff}'));
    assert_eq!(
        peer.send(Method::PUT, "/simulator/quirks", &[], Some(json!({ "typo": true }))).await.status,
        400
    );
}

#[tokio::test]
async fn other_sites_pages_get_nothing() {
    let peer = Peer::new().await;
    for headers in [[("Host", "evil.example")], [("Origin", "https://evil.example")]] {
        assert_eq!(peer.send(Method::GET, "/simulator/state", &headers, None).await.status, 403);
        assert_eq!(peer.send(Method::DELETE, "/simulator/consents", &headers, None).await.status, 403);
    }
}

#[tokio::test]
async fn consent_goes_back_by_form_and_buys_tokens() {
    let peer = Peer::new().await;
    let (_, application) = peer.sim.world(|world| (world.credentials().0, world.credentials().1));
    let place = |back: &str| {
        format!(
            "/common/oauth2/authorize?client_id={application}&response_mode=form_post&redirect_uri={back}&state=s1"
        )
    };
    let page = peer.get(&place("http%3A%2F%2F127.0.0.1%3A8080%2Fback")).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text.contains("action=\"http://127.0.0.1:8080/back\"") && page.text.contains("value=\"s1\"")
    );
    let code = page.text.split("name=\"code\" value=\"").nth(1).unwrap().split('"').next().unwrap();
    let fields =
        [("grant_type", "authorization_code"), ("code", code), ("resource", crate::peer::PARTNER_CENTER)];
    let bought = peer.login(&fields).await;
    assert!(bought.body["refresh_token"].is_string() && bought.body["scope"] == "user_impersonation");
    assert_eq!(peer.login(&fields).await.status, 400, "a code is good once");
    for back in [
        "https%3A%2F%2Fevil.example",
        "http%3A%2F%2F127.0.0.1.evil.example",
        "http%3A%2F%2Flocalhost%3A80%40evil.example",
    ] {
        assert_eq!(peer.get(&place(back)).await.status, 400, "{back}");
    }
}
