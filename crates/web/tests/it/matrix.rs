//! The matrix: every route, asked by everybody, about everything. What should come of it is computed from the table of
//! routes and from the policy alone.

pub(crate) mod billed;
pub(crate) mod bought;
pub(crate) mod callers;
pub(crate) mod charged;
pub(crate) mod names;
pub(crate) mod owed;
pub(crate) mod passed;
mod requests;
pub(crate) mod world;

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    body::to_bytes,
    http::{HeaderMap, Method, StatusCode, header},
};
use domain::access::{Permission, Role, Scope};
use testkit::{MAILBOX, TestDesk, add_agent, db::TestDb};
use tower::ServiceExt as _;
use web::{
    Access,
    router::{Body, Route, routes},
};

use self::{
    callers::{Caller, Proof, Who},
    names::{Named, Relation},
    requests::{Ids, content, request},
    world::{OURS, Side, THEIRS, Words},
};

/// What should come of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Expected {
    /// It is for everybody.
    Open,
    /// The guard lets it pass, and the thing is there.
    Allowed,
    /// The guard lets it pass, and for this caller there is no such thing.
    Absent,
    /// The caller is known, and may not.
    Forbidden,
    /// The caller is not known: a page is sent there.
    SignIn(&'static str),
    /// The caller is not known: the API says so.
    NoToken,
}

/// What came of it.
#[derive(Clone, Debug)]
struct Came {
    status: StatusCode,
    headers: HeaderMap,
    body: String,
}

/// One call, for the report.
struct Call<'a> {
    route: &'a Route,
    caller: &'a Caller,
    named: &'a Named,
}

struct Matrix {
    at: TestDesk,
    router: Router,
    ours: Side,
    theirs: Side,
    calls: usize,
    made: usize,
    leaks: Vec<String>,
}

impl Matrix {
    async fn new(db: TestDb) -> Self {
        let at = TestDesk::new(db).await;
        let (desk, admin) = at.other_desk().await;
        // So that tickets of theirs have numbers that none of ours has.
        world::many_tickets(&at, &admin, 60).await;
        let ours = Side::new(&at, at.desk, &at.admin, MAILBOX, OURS).await;
        let theirs = Side::new(&at, desk, &admin, "help@suedwind.test", THEIRS).await;
        let router = at.router();
        Self { at, router, ours, theirs, calls: 0, made: 0, leaks: Vec::new() }
    }

    /// Makes sessions for those who read everything.
    async fn sign_readers_in(&mut self) {
        for side in [&mut self.ours, &mut self.theirs] {
            let reader = add_agent(&self.at.app, side.desk, "Reader", &[Role::GlobalAdmin]).await;
            let token = world::token(&self.at, &reader, Scope::ALL, "reader").await;
            side.page = Proof::Cookie(self.at.agent_cookie(&reader).await);
            side.program = Proof::Bearer(token.secret);
        }
        // What they read is noted: from now on they have read everything.
        for swapped in [false, true] {
            self.everything(swapped).await;
        }
    }

    async fn send(&mut self, route: &Route, request: axum::http::Request<axum::body::Body>) -> Came {
        self.calls += 1;
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        // A stream goes on for ever: its beginning is looked at elsewhere.
        let body = match route.body {
            Body::Stream if parts.status.is_success() => Vec::new(),
            _ => to_bytes(body, 64 << 20).await.unwrap().to_vec(),
        };
        Came {
            status: parts.status,
            headers: parts.headers,
            body: String::from_utf8_lossy(&body).into_owned(),
        }
    }

    fn leak(&mut self, call: &Call, came: &Came, why: &str) {
        let body: String = came.body.chars().take(300).collect();
        let Call { route, caller, named } = call;
        self.leaks.push(format!(
            "{} {} as {} ({:?}): {why}; came {} {:?} {body}",
            route.method,
            named.path,
            caller.name,
            named.relation,
            came.status,
            came.headers.get(header::LOCATION)
        ));
    }

    /// Every route and every way to fill its path, as this caller. A caller of the other desk (`swapped`) changes
    /// nothing of its own.
    async fn walk(&mut self, caller: &mut Caller, swapped: bool) {
        for route in routes() {
            let (ours, theirs) = self.sides(swapped);
            let mut absent: BTreeMap<usize, Came> = BTreeMap::new();
            for mut named in names::names(route, ours, theirs) {
                let own = matches!(named.relation, Relation::Own { .. });
                let changes = route.method != Method::GET;
                // The numbers of two desks are alike: only one of them can have some that the other has not.
                let number =
                    matches!(named.relation, Relation::Foreign(0)) && route.path.contains("{number}");
                if swapped && (own && changes || number) {
                    continue;
                }
                if own && names::ends(route) {
                    named = self.made_to_end(named).await;
                }
                self.step(route, caller, named, swapped, &mut absent).await;
                if route.path.ends_with("sign-out") || route.path == "/choose-desk" {
                    caller.renew(&self.at).await;
                }
            }
        }
    }

    /// The same with a thing that was made to be ended.
    async fn made_to_end(&mut self, named: Named) -> Named {
        let side = &self.ours;
        let (mailbox, token) = (side.mailbox.clone(), side.token.clone());
        let delivery = side.delivery.clone();
        if named.values.contains(&delivery) {
            let fresh = world::delivery(&self.at, &side.admin).await;
            return named.with(&delivery, &fresh);
        }
        if named.values.contains(&side.billed.file) {
            self.made += 1;
            let (invoice, name) = (side.billed.invoice.clone(), format!("fresh{}.csv", self.made));
            let fresh = billed::file(&self.at, &side.admin, &invoice, &name).await;
            return named.with(&self.ours.billed.file.clone(), &fresh);
        }
        if named.values.contains(&side.owed.price_rule) {
            self.made += 1;
            let rule = side.owed.price_rule.clone();
            let fresh = owed::price_rule(&self.at, &side.admin, &format!("fresh {}", self.made)).await;
            return named.with(&rule, &fresh);
        }
        if named.values.contains(&mailbox) {
            self.made += 1;
            let fresh =
                world::mailbox(&self.at, &side.admin, &format!("fresh{}@elsewhere.test", self.made)).await;
            return named.with(&mailbox, &fresh);
        }
        if named.values.contains(&token) {
            let fresh = world::token(&self.at, &side.admin, &[Scope::Mail], "fresh").await;
            return named.with(&token, &fresh.id.to_string());
        }
        named
    }

    fn sides(&self, swapped: bool) -> (&Side, &Side) {
        if swapped { (&self.theirs, &self.ours) } else { (&self.ours, &self.theirs) }
    }

    async fn step(
        &mut self,
        route: &'static Route,
        caller: &Caller,
        named: Named,
        swapped: bool,
        absent: &mut BTreeMap<usize, Came>,
    ) {
        let (ours, theirs) = self.sides(swapped);
        let expected = expected(route, caller, &named, ours);
        let sent = content(route, ours, Ids::Own, theirs);
        let came = self.send(route, request(route, &named.path, caller, sent)).await;
        let call = Call { route, caller, named: &named };
        if let Some(why) = differs(route, expected, &named, &came) {
            self.leak(&call, &came, &why);
        }
        let (ours, theirs) = self.sides(swapped);
        for word in words_for_others(caller, ours.words, theirs.words) {
            if says(&came, word) {
                self.leak(&call, &came, &format!("it says {word}"));
            }
        }
        match named.relation {
            Relation::Absent(at) => drop(absent.insert(at, masked(came, &named))),
            Relation::Foreign(at) | Relation::Malformed(at) => {
                let came = masked(came, &named);
                if let Some(differs) = absent.get(&at).and_then(|absent| difference(absent, &came, &named)) {
                    self.leak(&call, &came, &format!("not as what is absent: {differs}"));
                }
            }
            Relation::Own { .. } | Relation::Sibling => {}
        }
    }

    /// Everything that the admin of a desk can read of it, by pages and by the API: whatever is changed shows here, if
    /// only in the audit log.
    async fn everything(&mut self, swapped: bool) -> BTreeMap<String, String> {
        let mut all = BTreeMap::new();
        // What is public is not the desk's alone: its door names all desks.
        let read = |route: &&Route| {
            route.method == Method::GET && route.body != Body::Stream && route.access != Access::Public
        };
        for route in routes().filter(read) {
            let (side, other) = self.sides(swapped);
            let reader = match route.access {
                Access::Api(_) => &side.program,
                _ => &side.page,
            };
            let own = names::names(route, side, other);
            let requests: Vec<_> = own
                .into_iter()
                .filter(|named| matches!(named.relation, Relation::Own { .. }))
                .map(|named| (request(route, &named.path, &callers::reader(reader.clone()), None), named))
                .collect();
            for (request, named) in requests {
                let path = named.path.clone();
                let came = masked(self.send(route, request).await, &named);
                all.insert(path, came.body);
            }
        }
        all
    }

    /// Fails with what has leaked.
    fn report(&self, callers: usize, began: std::time::Instant) -> String {
        let routes = routes().count();
        let (calls, leaks) = (self.calls, self.leaks.len());
        let took = began.elapsed().as_secs();
        format!("matrix: {routes} routes × {callers} callers = {calls} calls, {leaks} leaks, {took} s")
    }
}

/// What differs between two readings of a desk.
fn changed(before: &BTreeMap<String, String>, after: &BTreeMap<String, String>) -> Vec<String> {
    assert!(before.len() > 50, "a desk has more than {} pages", before.len());
    before
        .iter()
        .filter(|(path, body)| after.get(*path) != Some(body))
        .map(|(path, _)| path.clone())
        .collect()
}

/// What the table and the policy say.
fn expected(route: &Route, caller: &Caller, named: &Named, side: &Side) -> Expected {
    let any = |rights: domain::access::Rights, any_of: &[Permission]| {
        any_of.is_empty() || any_of.iter().any(|permission| rights.has(*permission))
    };
    let may = match (route.access, &caller.who) {
        // Whoever signs proves itself; nobody here does.
        (Access::Public | Access::Signed, _) => return Expected::Open,
        (Access::Agent(any_of), Who::Agent(rights)) | (Access::Api(any_of), Who::Program(rights)) => {
            any(*rights, any_of)
        }
        (Access::Contact, Who::Contact(_)) | (Access::AgentOrContact, Who::Agent(_) | Who::Contact(_)) => {
            true
        }
        (Access::Agent(_) | Access::AgentOrContact, _) => return Expected::SignIn("/sign-in"),
        (Access::Contact, _) => return Expected::SignIn("/help/sign-in"),
        (Access::Api(_), _) => return Expected::NoToken,
    };
    if !may {
        return Expected::Forbidden;
    }
    // What is answered is the customer, which must be seen too.
    let (edit, view) = (Permission::CustomersEdit, Permission::CustomersView);
    if let (Access::Api([only]), Who::Program(rights)) = (route.access, &caller.who)
        && *only == edit
        && !rights.has(view)
    {
        return Expected::Forbidden;
    }
    // Whose plan it is says who the customer is.
    if route.path == "/api/v1/catalogue/customers/{customer}/plan"
        && matches!(&caller.who, Who::Program(rights) if !rights.has(view))
    {
        return Expected::Forbidden;
    }
    let own = matches!(named.relation, Relation::Own { .. });
    if !own || !names::seen(route, named, side, caller) {
        return Expected::Absent;
    }
    match (names::ticket_of(named, side), route.access, &caller.who) {
        (
            Some((ticket, _)),
            Access::Agent(any_of) | Access::Api(any_of),
            Who::Agent(rights) | Who::Program(rights),
        ) if (any_of.contains(&Permission::TicketWork) || any_of.contains(&Permission::ChargesLog))
            && !rights.may_work(ticket.kind) =>
        {
            Expected::Forbidden
        }
        _ => Expected::Allowed,
    }
}

/// Why an answer is not what was expected.
fn differs(route: &Route, expected: Expected, named: &Named, came: &Came) -> Option<String> {
    let status = came.status;
    let to = came.headers.get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or_default();
    let path = to.split('?').next().unwrap_or_default();
    let fine = match expected {
        _ if status.is_server_error() => false,
        Expected::Open => true,
        // The use case decides about the body: whose entry, which scopes.
        Expected::Allowed if names::decides_by_body(route) => status != StatusCode::UNAUTHORIZED,
        Expected::Allowed => {
            !matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
                && (path != "/sign-in" && path != "/help/sign-in" || route.path.ends_with("sign-out"))
        }
        // A change may be refused for what it holds before it is looked for what it is about.
        Expected::Absent
            if route.method != Method::GET && !matches!(named.relation, Relation::Malformed(_)) =>
        {
            matches!(status, StatusCode::NOT_FOUND | StatusCode::CONFLICT | StatusCode::UNPROCESSABLE_ENTITY)
        }
        Expected::Absent => status == StatusCode::NOT_FOUND,
        // Who may not call may learn that a name is none, from its form alone.
        Expected::Forbidden if matches!(named.relation, Relation::Malformed(_)) => {
            matches!(status, StatusCode::FORBIDDEN | StatusCode::NOT_FOUND)
        }
        Expected::Forbidden => status == StatusCode::FORBIDDEN,
        Expected::SignIn(door) => status == StatusCode::SEE_OTHER && path == door,
        Expected::NoToken => status == StatusCode::UNAUTHORIZED,
    };
    (!fine).then(|| format!("expected {expected:?}"))
}

/// Which words a caller must never read.
fn words_for_others(caller: &Caller, ours: Words, theirs: Words) -> Vec<&'static str> {
    let mut words = vec![theirs.desk, theirs.note, theirs.technical, theirs.billing, theirs.guarded];
    match &caller.who {
        Who::Nobody => words.extend([ours.desk, ours.note, ours.technical, ours.billing, ours.guarded]),
        Who::Contact(sees) => {
            words.push(ours.note);
            // Of three tickets the third is the one that not every colleague sees.
            if sees.len() < 3 {
                words.push(ours.guarded);
            }
            if sees.is_empty() {
                words.extend([ours.technical, ours.billing]);
            }
        }
        Who::Agent(rights) | Who::Program(rights) => {
            use domain::{access::Sight, ticket::kinds::Kind};
            // Who looks after mail sees what came and went, by its subject.
            let mail = rights.has(Permission::MailManage);
            for (kind, word) in [(Kind::Technical, ours.technical), (Kind::Billing, ours.billing)] {
                if rights.sight(kind) == Sight::None && !mail {
                    words.push(word);
                }
            }
            if rights.sight(Kind::Billing) != Sight::Full {
                words.push(ours.note);
            }
            // Not even who looks after mail, or after the audit log.
            if !rights.has(Permission::SecurityTicketsView) {
                words.push(ours.guarded);
            }
        }
    }
    words
}

fn says(came: &Came, word: &str) -> bool {
    let in_headers =
        || came.headers.values().any(|value| value.to_str().is_ok_and(|value| value.contains(word)));
    came.body.to_lowercase().contains(word) || in_headers()
}

/// An answer without what differs between any two requests.
fn masked(mut came: Came, named: &Named) -> Came {
    if let Some(id) = came.headers.remove("x-request-id") {
        came.body = came.body.replace(id.to_str().unwrap(), "REQUEST");
    }
    for value in &named.values {
        if value.len() > 6 {
            came.body = came.body.replace(value.as_str(), "NAME");
        }
    }
    came
}

/// How an answer differs from that of what is absent.
fn difference(absent: &Came, came: &Came, named: &Named) -> Option<String> {
    let malformed = matches!(named.relation, Relation::Malformed(_));
    if malformed && came.status == StatusCode::NOT_FOUND {
        return None;
    }
    if absent.status != came.status {
        return Some(format!("{} and {}", absent.status, came.status));
    }
    let names = |headers: &HeaderMap| -> BTreeSet<(String, String)> {
        let text = |value: &header::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
        // Where somebody is sent who is not signed in is the asker's own address.
        let kept =
            headers.iter().filter(|(name, _)| *name != header::LOCATION && *name != header::CONTENT_LENGTH);
        kept.map(|(name, value)| (name.to_string(), text(value))).collect()
    };
    if names(&absent.headers) != names(&came.headers) {
        return Some(format!("{:?} and {:?}", absent.headers, came.headers));
    }
    (!malformed && absent.body != came.body).then(|| format!("{} and {}", absent.body, came.body))
}

/// As everybody (or as some), then as some of the other desk; what was refused has changed nothing there.
async fn everybody(db: TestDb, some: Option<&[&str]>) {
    let began = std::time::Instant::now();
    let mut matrix = Matrix::new(db).await;
    let chosen = |callers: &mut Vec<Caller>, some: Option<&[&str]>| {
        callers.retain(|caller| some.is_none_or(|some| some.contains(&caller.name.as_str())));
        callers.len()
    };
    let mut callers = callers::all(&matrix.at, &matrix.ours).await;
    let mut strangers = callers::all(&matrix.at, &matrix.theirs).await;
    let strange = ["global_admin", "sales_agent", "the contact", "a program of the admin_agent"];
    let count = chosen(&mut callers, some) + chosen(&mut strangers, Some(&strange));
    matrix.sign_readers_in().await;

    let before = matrix.everything(true).await;
    for caller in &mut callers {
        // Time has passed since they signed in.
        caller.renew(&matrix.at).await;
        matrix.walk(caller, false).await;
    }
    let after = matrix.everything(true).await;
    assert_eq!(changed(&before, &after), [""; 0], "the other desk is as it was");

    let before = matrix.everything(false).await;
    for stranger in &mut strangers {
        stranger.renew(&matrix.at).await;
        matrix.walk(stranger, true).await;
    }
    let after = matrix.everything(false).await;
    assert_eq!(changed(&before, &after), [""; 0], "our desk is as it was");
    let report = matrix.report(count, began);
    assert!(matrix.leaks.is_empty(), "{report}\n{}", matrix.leaks.join("\n"));
    assert!(matrix.calls > 1_000 * count, "{report}");
    println!("{report}");
}

mod t_every_route_as_everybody_about_everything {
    use super::*;

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn sqlite() {
        everybody(TestDb::sqlite().await, None).await;
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn postgres() {
        let some = [
            "anonymous",
            "global_admin",
            "billing_admin",
            "a program of the helpdesk_agent",
            "the contact",
            "a colleague who sees all",
        ];
        everybody(TestDb::postgres().await, Some(&some)).await;
    }
}

/// Every id in a body: one of another desk is as good as one that nobody has.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn v46_v55_v57_ids_in_bodies_are_of_the_own_desk() {
    let mut matrix = Matrix::new(TestDb::sqlite().await).await;
    let callers = callers::all(&matrix.at, &matrix.ours).await;
    matrix.sign_readers_in().await;
    let before = matrix.everything(true).await;
    let mut tried = 0;
    for caller in &callers {
        for route in routes().filter(|route| requests::takes_ids(route)) {
            let Some(named) = names::names(route, &matrix.ours, &matrix.theirs).into_iter().next() else {
                continue;
            };
            if expected(route, caller, &named, &matrix.ours) != Expected::Allowed {
                continue;
            }
            tried += 1;
            let mut came = Vec::new();
            for ids in [Ids::Absent, Ids::Foreign] {
                let sent = content(route, &matrix.ours, ids, &matrix.theirs);
                let answer = matrix.send(route, request(route, &named.path, caller, sent)).await;
                let call = Call { route, caller, named: &named };
                if answer.status.is_success()
                    || answer.status.is_redirection()
                    || answer.status.is_server_error()
                {
                    matrix.leak(&call, &answer, &format!("{ids:?} ids were taken"));
                }
                for word in words_for_others(caller, matrix.ours.words, matrix.theirs.words) {
                    if says(&answer, word) {
                        matrix.leak(&call, &answer, &format!("it says {word}"));
                    }
                }
                came.push(answer.status);
            }
            assert_eq!(came[0], came[1], "{} {} as {}", route.method, route.path, caller.name);
        }
    }
    assert!(matrix.leaks.is_empty(), "{}", matrix.leaks.join("\n"));
    assert!(tried > 30, "{tried} calls");
    let after = matrix.everything(true).await;
    assert_eq!(changed(&before, &after), [""; 0], "the other desk is as it was");
}
