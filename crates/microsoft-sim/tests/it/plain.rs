//! The documents, call by call.

use domain::cloud::Cloud;
use microsoft_sim::{Quirks, sample};
use reqwest::Method;
use serde_json::json;

use crate::peer::{PARTNER_CENTER, Peer};

#[tokio::test]
async fn a_token_is_as_documented() {
    let peer = Peer::new().await;
    let app =
        peer.login(&[("grant_type", "client_credentials"), ("resource", "https://graph.windows.net")]).await;
    assert_eq!(app.status, 200);
    assert_eq!(app.body["expires_in"], "3600");
    assert!(app.body["expires_on"].is_string() && app.body["refresh_token"].is_null());
    let wrong = peer.login(&[("grant_type", "refresh_token"), ("refresh_token", "guessed")]).await;
    assert_eq!((wrong.status, wrong.body["error"].as_str()), (400, Some("invalid_grant")));

    // An application alone may read customers, and not a service request.
    let mut alone = peer;
    app.body["access_token"].as_str().unwrap().clone_into(&mut alone.token);
    assert_eq!(alone.get("/v1/customers?size=1").await.status, 200);
    let refused = alone.get("/v1/servicerequests").await;
    assert_eq!((refused.status, refused.body["code"].as_u64()), (403, Some(900_329)));
}

#[tokio::test]
async fn newer_applications_ask_by_scope() {
    let mut peer = Peer::new().await;
    let scope = format!("{PARTNER_CENTER}/.default");
    let fields = [("grant_type", "client_credentials"), ("scope", scope.as_str())];
    let app = peer.login_at("v2.0/token", &fields).await;
    assert_eq!((app.status, app.body["expires_in"].as_u64()), (200, Some(3600)));
    app.body["access_token"].as_str().unwrap().clone_into(&mut peer.token);
    assert_eq!(peer.get("/v1/customers?size=1").await.status, 200);
}

#[tokio::test]
async fn who_has_no_or_a_bad_token_is_told() {
    let mut peer = Peer::new().await;
    peer.token.push('x');
    let answer = peer.get("/v1/customers?size=1").await;
    assert_eq!(answer.status, 401);
    assert_eq!(answer.headers["www-authenticate"], "Bearer error=\"invalid_token\"");
    let no_mfa = Peer::with(&sample(Cloud::Commercial), "tom@nordwind.example").await;
    assert_eq!(no_mfa.get("/v1/customers?size=1").await.status, 401);
}

#[tokio::test]
async fn a_list_goes_on_by_link_and_header() {
    let peer = Peer::new().await;
    let first = peer.get("/v1/customers?size=7").await;
    assert_eq!(first.body["totalCount"], 7);
    let next = &first.body["links"]["next"];
    let (uri, header) = (next["uri"].as_str().unwrap(), &next["headers"][0]);
    assert!(uri.starts_with("/customers?"), "links lack the version: {uri}");
    let (key, value) = (header["key"].as_str().unwrap(), header["value"].as_str().unwrap());
    let second = peer.send(Method::GET, &format!("/v1{uri}"), &[(key, value)], None).await;
    assert_eq!(second.body["items"].as_array().unwrap().len(), 5);
    assert!(second.body["links"]["next"].is_null());
    let invented = peer.send(Method::GET, &format!("/v1{uri}"), &[(key, "AAAA")], None).await;
    assert_eq!((invented.status, invented.body["code"].as_u64()), (400, Some(3_000)));
}

#[tokio::test]
async fn filters_are_blind_to_case() {
    let peer = Peer::new().await;
    let filter = "%7B%22Field%22%3A%22CompanyName%22%2C%22Value%22%3A%22KIWI%22%2C%22Operator%22%3A%22starts_with%22%7D";
    let found = peer.get(&format!("/v1/customers?size=0&filter={filter}")).await;
    assert_eq!(found.body["items"][0]["companyProfile"]["companyName"], "Kiwi Harvest Ltd");
    assert_eq!(peer.get("/v1/customers?filter=nonsense").await.status, 400);
}

#[tokio::test]
async fn every_answer_carries_its_ids() {
    let peer = Peer::new().await;
    let ids = [("MS-RequestId", "7c1d"), ("MS-CorrelationId", "8c1d")];
    let answer = peer.send(Method::GET, "/v1/customers?size=1", &ids, None).await;
    assert_eq!(
        (&answer.headers["ms-requestid"], &answer.headers["ms-correlationid"]),
        (&"7c1d".parse().unwrap(), &"8c1d".parse().unwrap())
    );
    assert!(peer.get("/v1/customers?size=1").await.headers["ms-requestid"].len() == 36, "a fresh one");
}

#[tokio::test]
async fn service_requests_take_notes_in_pascal_case_and_cannot_be_filed() {
    let peer = Peer::new().await;
    let list = peer.get("/v1/servicerequests").await;
    let id = list.body["items"][0]["id"].as_str().unwrap().to_owned();
    assert_eq!(id.len(), 15);
    let note = json!({
        "Id": null, "Severity": "unknown", "Status": "none",
        "NewNote": { "CreatedByName": null, "Text": "Sample Note" }, "Notes": null,
    });
    let noted = peer.patch(&format!("/v1/servicerequests/{id}"), note).await;
    assert_eq!(noted.body["notes"][0]["text"], "Sample Note");
    assert_eq!(noted.body["status"], "open");
    let closed = peer.patch(&format!("/v1/servicerequests/{id}"), json!({ "Status": "closed" })).await;
    assert_eq!(closed.body["status"], "closed");

    let new = json!({ "Title": "T", "Description": "D", "Severity": "minimal", "SupportTopicId": "1" });
    let filed = peer.send(Method::POST, "/v1/servicerequests/en-US", &[], Some(new)).await;
    assert_eq!(filed.status, 410);
    assert_eq!(peer.get("/v1/servicerequests/supporttopics").await.status, 410);
    peer.sim.world(|world| world.service_requests_by_api = true);
    assert_eq!(peer.get("/v1/servicerequests/supporttopics").await.status, 200);
    peer.sim.world(|world| world.quirks = Quirks { words_as_numbers: true, ..Quirks::default() });
    assert_eq!(peer.get("/v1/servicerequests").await.body["items"][0]["status"], 2);
}

#[tokio::test]
async fn a_profile_is_written_by_who_saw_the_newest() {
    let peer = Peer::new().await;
    let (customer, _) = peer.subscription("Tisza", "Office 365 E3").await;
    let place = format!("{customer}/profiles/billing");
    let mut profile = peer.get(&place).await.body;
    let etag = format!("\"{}\"", profile["attributes"]["etag"].as_str().unwrap());
    profile["email"] = "szamla@tisza.example".into();
    let put = peer.send(Method::PUT, &place, &[("If-Match", &etag)], Some(profile.clone())).await;
    assert_eq!((put.status, put.body["email"].as_str()), (200, Some("szamla@tisza.example")));
    let stale = peer.send(Method::PUT, &place, &[("If-Match", &etag)], Some(profile.clone())).await;
    assert_eq!((stale.status, stale.body["code"].as_u64()), (400, Some(2_055)));
    assert_eq!(peer.send(Method::PUT, &place, &[("If-Match", "*")], Some(profile)).await.status, 200);
}

#[tokio::test]
async fn the_same_write_twice_is_one() {
    let peer = Peer::new().await;
    let id = peer.get("/v1/servicerequests").await.body["items"][0]["id"].as_str().unwrap().to_owned();
    let place = format!("/v1/servicerequests/{id}");
    let ids = [("MS-RequestId", "11111111-2222-4333-8444-555555555555")];
    let note = json!({ "newNote": { "text": "Once" } });
    let first = peer.send(Method::PATCH, &place, &ids, Some(note.clone())).await;
    let second = peer.send(Method::PATCH, &place, &ids, Some(note)).await;
    assert_eq!((first.status, &first.body), (second.status, &second.body));
    assert_eq!(peer.get(&place).await.body["notes"].as_array().unwrap().len(), 1);
    let other = peer.send(Method::PATCH, &place, &ids, Some(json!({ "newNote": { "text": "Other" } }))).await;
    assert_eq!(other.status, 400);
    let records = peer.get("/v1/auditrecords?startDate=2026-03-20").await;
    assert_eq!(records.body["items"].as_array().unwrap().len(), 1, "one write, one record");
}

#[tokio::test]
async fn what_a_cloud_lacks_is_not_found() {
    for (cloud, path, status) in [
        (Cloud::China, "/v1/servicerequests", 404),
        (Cloud::China, "/v1/auditrecords", 404),
        (Cloud::UsGovernment, "/v1/customers/relationshiprequests", 404),
        (Cloud::Commercial, "/v1/customers/relationshiprequests", 200),
        (Cloud::Commercial, "/v1/nothing", 404),
    ] {
        let mut peer = Peer::with(&sample(cloud), crate::peer::ADMIN).await;
        let audience = match cloud {
            Cloud::China => "https://partner.partnercenterapi.microsoftonline.cn",
            _ => PARTNER_CENTER,
        };
        let refresh = peer.sim.world(|world| world.consent(crate::peer::ADMIN).0);
        let fields =
            [("grant_type", "refresh_token"), ("refresh_token", refresh.as_str()), ("resource", audience)];
        peer.token = peer.login(&fields).await.body["access_token"].as_str().unwrap().to_owned();
        assert_eq!(peer.get(path).await.status, status, "{cloud} {path}");
    }
}

#[tokio::test]
async fn money_adds_up_and_is_paid() {
    let peer = Peer::with(&sample(Cloud::Commercial), "reka@nordwind.example").await;
    let invoices = peer.get("/v1/invoices?size=2&offset=0").await;
    assert_eq!(invoices.body["totalCount"], 6);
    assert!(invoices.body["links"]["next"]["uri"].as_str().unwrap().ends_with("offset=2"));
    let cents = |value: &serde_json::Value| (value.as_f64().unwrap() * 100.0).round() as i64;
    let all = peer.get("/v1/invoices?size=50").await;
    let mut total = 0;
    for invoice in all.body["items"].as_array().unwrap() {
        let id = invoice["id"].as_str().unwrap();
        let lines = peer
            .get(&format!("/v1/invoices/{id}/lineitems?provider=office&invoicelineitemtype=billinglineitems"))
            .await;
        let sum: i64 =
            lines.body["items"].as_array().unwrap().iter().map(|line| cents(&line["totalForCustomer"])).sum();
        assert_eq!(sum, cents(&invoice["totalCharges"]), "{id}");
        total += sum;
    }
    assert_eq!(cents(&peer.get("/v1/invoices/summary").await.body["balanceAmount"]), total);
    let payment = json!({ "cents": total });
    assert_eq!(peer.send(Method::POST, "/simulator/payments", &[], Some(payment)).await.status, 204);
    assert_eq!(cents(&peer.get("/v1/invoices/summary").await.body["balanceAmount"]), 0);

    let id = all.body["items"][0]["links"]["self"]["uri"].as_str().unwrap();
    let pdf = peer.get(&format!("/v1{id}/documents/statement")).await;
    assert_eq!((pdf.status, &pdf.headers["content-type"]), (200, &"application/pdf".parse().unwrap()));
    assert!(pdf.text.starts_with("%PDF-1.4") && pdf.text.trim_end().ends_with("%%EOF"));
}
