//! Who passes: every route without a session, from another site, and with the headers that every answer has.

use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};
use testkit::{Answer, TestDesk, on_both};
use web::{
    Access,
    router::{Route, routes},
};

const ID: &str = "0192f000-0000-7000-8000-000000000001";

/// A route's address, with something in each place of it.
fn address(route: &Route) -> String {
    let part = |part: &str| match part {
        "{number}" | "{position}" => "1".to_owned(),
        "{view}" => "all".to_owned(),
        part if part.starts_with('{') => ID.to_owned(),
        part => part.to_owned(),
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

fn request(route: &Route, headers: &[(&str, &str)]) -> Request<Body> {
    let mut request = Request::builder().method(route.method.clone()).uri(address(route));
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    request.body(Body::empty()).unwrap()
}

fn assert_dressed(route: &Route, answer: &Answer) {
    for name in [
        "content-security-policy",
        "x-content-type-options",
        "referrer-policy",
        "x-request-id",
        "cache-control",
    ] {
        assert!(answer.headers.contains_key(name), "{} {} has no {name}", route.method, route.path);
    }
}

on_both! {
    async fn v40_v65_without_a_session_there_is_only_a_way_in(db) {
        let desk = TestDesk::new(db).await;
        for route in routes() {
            let answer = desk.send(request(route, &[("origin", "http://desk.test")])).await;
            assert_dressed(route, &answer);
            match route.access {
                Access::Public => assert_ne!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path),
                Access::Api(_) => assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{}", route.path),
                // What proves nothing is taken from nobody.
                Access::Signed => {
                    let refused = matches!(answer.status, StatusCode::UNAUTHORIZED | StatusCode::BAD_REQUEST);
                    assert!(refused, "{}: {}", route.path, answer.status);
                }
                Access::Agent(_) | Access::Contact | Access::AgentOrContact => {
                    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{} {}", route.method, route.path);
                    let to = answer.headers[header::LOCATION].to_str().unwrap();
                    assert!(to.starts_with("/sign-in") || to.starts_with("/help/sign-in"), "{to}");
                }
            }
        }
    }

    async fn v74_other_sites_change_nothing(db) {
        let desk = TestDesk::new(db).await;
        let cookie = desk.agent_cookie(&desk.admin).await;
        let cookie = cookie.as_str();
        let foreign: [&[(&str, &str)]; 4] = [
            &[("cookie", cookie)],
            &[("cookie", cookie), ("origin", "https://evil.example"), ("host", "desk.test")],
            &[("cookie", cookie), ("origin", "null")],
            &[("cookie", cookie), ("origin", "http://desk.test"), ("sec-fetch-site", "cross-site")],
        ];
        for route in routes().filter(|route| route.method != Method::GET) {
            if matches!(route.access, Access::Api(_) | Access::Signed) {
                continue;
            }
            for headers in foreign {
                let answer = desk.send(request(route, headers)).await;
                assert_eq!(answer.status, StatusCode::FORBIDDEN, "{} {headers:?}", route.path);
            }
        }
        assert_eq!(desk.get("/queue/mine", cookie).await.status, StatusCode::OK, "still signed in");
    }

    async fn v71_v77_a_session_begins_new_and_goes_on_at_home(db) {
        let desk = TestDesk::new(db).await;
        let form = [
            ("email", "greta@nordwind.test"),
            ("password", "correct horse battery"),
            ("next", "//evil.example/"),
        ];
        let planted = "pd=pds_planted";
        let answer = desk.post("/sign-in", planted, &form).await;
        assert_eq!(answer.headers[header::LOCATION], "/");
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap().to_owned();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{cookie}");
        let cookie = cookie.split(';').next().unwrap();
        assert_eq!(desk.get("/me", cookie).await.status, StatusCode::OK);
        assert_eq!(desk.get("/me", planted).await.status, StatusCode::SEE_OTHER);
        desk.post("/sign-out", cookie, &[]).await;
        assert_eq!(desk.get("/me", cookie).await.status, StatusCode::SEE_OTHER, "dead after signing out");

        let wrong = desk.post("/sign-in", "", &[("email", "greta@nordwind.test"), ("password", "no")]).await;
        assert_eq!(wrong.status, StatusCode::CONFLICT);
        assert!(wrong.body.contains("is not right") && !wrong.headers.contains_key(header::SET_COOKIE));
    }
}
