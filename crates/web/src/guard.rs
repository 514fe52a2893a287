//! Who may pass: each route's marker is checked here before its handler runs, and handlers get their caller as a
//! typed argument, so that one cannot be written without it.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    sync::Arc,
    time::Duration,
};

use app::{Agent, App, Contact, accounts::Asks, network::Network};
use axum::{
    extract::{ConnectInfo, FromRef, FromRequestParts, Request, State},
    http::{HeaderMap, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use domain::access::Permission;

use crate::{
    Web,
    problem::Problem,
    router::{Body, Route},
    session::{self, Door},
};

/// Who may call a route. Of several permissions one is enough; with none, every one of that kind may. What a handler
/// does is checked again in its use case, ticket by ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// Everybody, also without a session.
    Public,
    /// An agent with a session.
    Agent(&'static [Permission]),
    /// A contact with a session of the portal.
    Contact,
    /// Either of them.
    AgentOrContact,
    /// A program with an API token.
    Api(&'static [Permission]),
}

impl Access {
    /// Whether a browser sends the proof of who asks by itself, so that other sites could make it act.
    const fn by_cookie(self) -> bool {
        !matches!(self, Access::Api(_))
    }
}

/// The agent whose session it is.
#[derive(Clone, Debug)]
pub(crate) struct AgentSession(pub(crate) Arc<Agent>);

/// The contact whose session it is.
#[derive(Clone, Debug)]
pub(crate) struct ContactSession(pub(crate) Arc<Contact>);

/// The agent whose token it is, with the rights of that token.
#[derive(Clone, Debug)]
pub(crate) struct ApiCaller(pub(crate) Arc<Agent>);

macro_rules! from_guard {
    ($($caller:ident: $refused:expr;)+) => {$(
        impl<S: Sync> FromRequestParts<S> for $caller {
            type Rejection = Problem;
            async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
                // Only a route with the wrong marker gets here without one: it stays shut.
                parts.extensions.get::<Self>().cloned().ok_or($refused)
            }
        }
    )+};
}

from_guard! {
    AgentSession: Problem::SignedOut(Door::Desk);
    ContactSession: Problem::SignedOut(Door::Portal);
    ApiCaller: Problem::NoToken;
}

/// The client's address: the socket's, or what a proxy says that is trusted. No other header is believed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Client(pub(crate) IpAddr);

impl<S: Sync> FromRequestParts<S> for Client
where
    App: FromRef<S>,
{
    type Rejection = std::convert::Infallible;
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let socket = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = socket.map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |ConnectInfo(socket)| socket.ip());
        Ok(Self(client(peer, &parts.headers, &App::from_ref(state).config.trusted_proxies)))
    }
}

/// Who is behind a chain of proxies: from the socket backwards, the first address that is not a trusted proxy's. Each
/// proxy adds whom it has heard at the end of `X-Forwarded-For`; what stands before that, anybody can have written.
fn client(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_proxy = |address: &IpAddr| trusted.iter().any(|network| network.contains(*address));
    let lines = headers.get_all("x-forwarded-for").into_iter().map(|line| line.to_str().unwrap_or_default());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).collect();
    let mut client = peer;
    for hop in hops.into_iter().rev() {
        if !is_proxy(&client) {
            break;
        }
        let Some(heard) = address(hop.trim()) else { break };
        client = heard;
    }
    client
}

/// An address as proxies write it: some with the port, and then one of IPv6 in brackets.
fn address(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|hop| hop.strip_suffix(']')).unwrap_or(hop);
    let socket = || hop.parse::<SocketAddr>().ok().map(|socket| socket.ip());
    bare.parse().ok().or_else(socket)
}

/// The token of the session with which a request came.
#[derive(Clone, Debug)]
pub(crate) struct SessionToken(pub(crate) Option<String>);

impl SessionToken {
    pub(crate) fn of(app: &App, headers: &HeaderMap, door: Door) -> Self {
        Self(session::token(app, headers, door).map(str::to_owned))
    }
}

/// The header with which the script says that nobody has done anything: an open page keeps itself up to date.
const BY_ITSELF: &str = "x-by-itself";
/// Whether a page asks by itself, and nobody has done anything.
pub(crate) fn by_itself(headers: &HeaderMap) -> bool {
    headers.contains_key(BY_ITSELF)
}

/// How long a request may take.
const TIME: Duration = Duration::from_secs(30);
/// How long a request with files may take, over a slow line.
const TIME_UPLOAD: Duration = Duration::from_secs(180);

/// Stands before every handler.
pub(crate) async fn pass(
    State((web, route)): State<(Web, &'static Route)>,
    mut request: Request,
    next: Next,
) -> Response {
    let mut callers = Callers::default();
    let mut response = match admit(&web, route, request.method(), request.headers(), &mut callers).await {
        Ok(()) => {
            callers.clone().into_extensions(request.extensions_mut());
            serve(&web, route, request, next).await
        }
        Err(problem) => problem.into_response(),
    };
    // What went wrong is told in the caller's language, in the caller's surroundings.
    callers.into_extensions(response.extensions_mut());
    response
}

/// Has the handler answer, if there is room for one more.
async fn serve(web: &Web, route: &Route, request: Request, next: Next) -> Response {
    let Ok(_place) = web.limits.requests.try_acquire() else { return Problem::busy().into_response() };
    let _upload = match route.body {
        Body::Upload if may_be_large(request.headers()) => match web.limits.uploads.try_acquire() {
            Ok(place) => Some(place),
            Err(_) => return Problem::busy().into_response(),
        },
        Body::Small | Body::Upload | Body::Stream => None,
    };
    let time = if route.body == Body::Upload { TIME_UPLOAD } else { TIME };
    match tokio::time::timeout(time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::busy().into_response(),
    }
}

/// Whether a request is larger than a form, or does not say how large it is. It cannot be larger than it says.
fn may_be_large(headers: &HeaderMap) -> bool {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    length.is_none_or(|length: usize| length > Body::Small.limit())
}

/// Those who ask with a request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Callers {
    agent: Option<AgentSession>,
    contact: Option<ContactSession>,
    api: Option<ApiCaller>,
}

impl Callers {
    /// Whose page it is that was not there. Who cannot be asked is nobody.
    pub(crate) async fn of_page(app: &App, headers: &HeaderMap, path: &str) -> Self {
        let mut callers = Self::default();
        if path.starts_with("/help") {
            callers.contact = contact(app, headers).await.ok().flatten().map(ContactSession);
        } else if !path.starts_with("/api/") {
            callers.agent = agent(app, headers, Asks::Person).await.ok().flatten().map(AgentSession);
        }
        callers
    }

    pub(crate) fn into_extensions(self, extensions: &mut axum::http::Extensions) {
        if let Some(agent) = self.agent {
            extensions.insert(agent);
        }
        if let Some(contact) = self.contact {
            extensions.insert(contact);
        }
        if let Some(api) = self.api {
            extensions.insert(api);
        }
    }
}

/// Whether a request may pass. Who asks is known afterwards even if it may not.
async fn admit(
    web: &Web,
    route: &Route,
    method: &Method,
    headers: &HeaderMap,
    callers: &mut Callers,
) -> Result<(), Problem> {
    let app = &web.app;
    if route.access.by_cookie() && !same_origin(app, method, headers) {
        return Err(Problem::status(StatusCode::FORBIDDEN, "cross-site"));
    }
    let asks = if route.body == Body::Stream || by_itself(headers) { Asks::Page } else { Asks::Person };
    match route.access {
        Access::Public => {}
        Access::Agent(any_of) => {
            let agent = agent(app, headers, asks).await?.ok_or(Problem::SignedOut(Door::Desk))?;
            callers.agent = Some(AgentSession(agent.clone()));
            permitted(&agent, any_of)?;
        }
        Access::Contact => {
            let contact = contact(app, headers).await?.ok_or(Problem::SignedOut(Door::Portal))?;
            callers.contact = Some(ContactSession(contact));
        }
        Access::AgentOrContact => {
            callers.agent = agent(app, headers, asks).await?.map(AgentSession);
            callers.contact = contact(app, headers).await?.map(ContactSession);
            if callers.agent.is_none() && callers.contact.is_none() {
                return Err(Problem::SignedOut(Door::Desk));
            }
        }
        Access::Api(any_of) => {
            let token = bearer(headers).ok_or(Problem::NoToken)?;
            let agent = app::tokens::agent_of_token(app, token).await?.ok_or(Problem::NoToken)?;
            let agent = Arc::new(agent);
            callers.api = Some(ApiCaller(agent.clone()));
            permitted(&agent, any_of)?;
        }
    }
    Ok(())
}

/// The agent of the request's session.
pub(crate) async fn agent(app: &App, headers: &HeaderMap, asks: Asks) -> Result<Option<Arc<Agent>>, Problem> {
    let Some(token) = session::token(app, headers, Door::Desk) else { return Ok(None) };
    Ok(app::accounts::agent_of_session(app, token, asks).await?.map(Arc::new))
}

/// The contact of the request's session.
pub(crate) async fn contact(app: &App, headers: &HeaderMap) -> Result<Option<Arc<Contact>>, Problem> {
    let Some(token) = session::token(app, headers, Door::Portal) else { return Ok(None) };
    Ok(app::accounts::contact_of_session(app, token).await?.map(Arc::new))
}

fn permitted(agent: &Agent, any_of: &[Permission]) -> Result<(), Problem> {
    if any_of.is_empty() || any_of.iter().any(|permission| agent.may(*permission)) {
        Ok(())
    } else {
        Err(Problem::from(app::Error::Forbidden))
    }
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(header::AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token.trim())
}

/// Whether a request that changes something comes from a page of ours: browsers say so in at least one of two
/// headers, and neither may say otherwise.
fn same_origin(app: &App, method: &Method, headers: &HeaderMap) -> bool {
    if matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS) {
        return true;
    }
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    let site = text("sec-fetch-site").map(|site| site == "same-origin");
    let origin = text("origin").map(|origin| ours(origin, &app.config.base_url, text("host")));
    match (site, origin) {
        (None, None) => false,
        (site, origin) => site.unwrap_or(true) && origin.unwrap_or(true),
    }
}

/// Whether an origin is the installation's: its configured one, or the one of the host that was asked, by which a desk
/// without a name in the network is reached.
fn ours(origin: &str, base_url: &str, host: Option<&str>) -> bool {
    if origin == base_url {
        return true;
    }
    let asked = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    asked.is_some_and(|asked| host == Some(asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v74_origins() {
        let ours = |origin, host| ours(origin, "https://help.example.com", host);
        assert!(ours("https://help.example.com", None));
        assert!(ours("http://127.0.0.1:8080", Some("127.0.0.1:8080")));
        for foreign in [
            "null",
            "",
            "https://evil.example",
            "https://help.example.com.evil.example",
            "https://help.example.com:444",
            "help.example.com",
            "http://help.example.com",
        ] {
            assert!(!ours(foreign, Some("help.example.org")), "{foreign}");
        }
    }

    #[test]
    fn v41_v70_only_trusted_proxies_say_who_asks() {
        let trusted: Vec<Network> =
            ["10.0.0.0/8", "2001:db8::1"].iter().map(|n| n.parse().unwrap()).collect();
        for (peer, forwarded, expected) in [
            ("10.0.0.1", "", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.7", "198.51.100.7"),
            // The client has written the first one itself.
            ("10.0.0.1", "203.0.113.1, 198.51.100.7", "198.51.100.7"),
            ("10.0.0.1", "203.0.113.1, 198.51.100.7, 10.9.9.9", "198.51.100.7"),
            ("2001:db8::1", "[2001:db8::7]:4711", "2001:db8::7"),
            ("::ffff:10.0.0.1", "198.51.100.7:80", "198.51.100.7"),
            ("10.0.0.1", "10.0.0.2, 10.0.0.3", "10.0.0.2"),
            // What is no address hides nobody: it is the proxy's.
            ("10.0.0.1", "198.51.100.7, unknown", "10.0.0.1"),
            ("10.0.0.1", "198.51.100.7,", "10.0.0.1"),
            // Nobody else is believed.
            ("198.51.100.9", "203.0.113.1", "198.51.100.9"),
            ("2001:db8::2", "203.0.113.1", "2001:db8::2"),
        ] {
            let mut headers = HeaderMap::new();
            headers.append("x-forwarded-for", forwarded.parse().unwrap());
            let client = client(peer.parse().unwrap(), &headers, &trusted);
            assert_eq!(client.to_string(), expected, "{peer} {forwarded}");
        }
        let mut two_lines = HeaderMap::new();
        two_lines.append("x-forwarded-for", "203.0.113.1".parse().unwrap());
        two_lines.append("x-forwarded-for", "198.51.100.7".parse().unwrap());
        let client = client("10.0.0.1".parse().unwrap(), &two_lines, &trusted);
        assert_eq!(client.to_string(), "198.51.100.7");
    }

    #[test]
    fn bearer_tokens() {
        let bearer = |value: &'static str| {
            let mut headers = HeaderMap::new();
            headers.insert(header::AUTHORIZATION, value.parse().unwrap());
            bearer(&headers).map(str::to_owned)
        };
        assert_eq!(bearer("Bearer pdk_1").as_deref(), Some("pdk_1"));
        assert_eq!(bearer("bearer  pdk_1").as_deref(), Some("pdk_1"));
        assert_eq!(bearer("Basic pdk_1"), None);
        assert_eq!(bearer("pdk_1"), None);
    }
}
