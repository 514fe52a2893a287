//! The way in: a contact has no password. Whoever reads the mailbox is the contact.

use app::{App, Error, accounts};
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode, Uri},
    response::Response,
};
use domain::lang::Lang;
use store::installation::Desk;
use text::Words;

use crate::{
    form::{Form, Path, Query},
    guard::{self, Client, SessionToken},
    problem::{Answer, Problem},
    session::{self, Door},
    ui::{
        self, entry, notice, see, shell,
        view::{HelpSignInPage, Link},
        with_cookie,
    },
};

/// Where a contact comes to who wants to go nowhere else.
const HOME: &str = "/help/tickets";
/// The desk whose portal this browser was at.
const DESK: &str = "pd-help-desk";
/// Where a contact wanted to go when the link was asked for: the mail does not say.
const NEXT: &str = "pd-help-next";
/// For how many seconds that is remembered.
const NEXT_AGE: u32 = 30 * 60;
/// For how many seconds a desk is remembered.
const DESK_AGE: u32 = 365 * 24 * 3600;

/// What is known of whoever is at the door.
#[derive(Debug)]
struct Visitor {
    lang: Lang,
    /// Whose portal; none if there are several desks and none was chosen.
    desk: Option<Desk>,
    /// All that there are.
    desks: Vec<Desk>,
    next: String,
}

impl Visitor {
    /// `slug` is the desk that the address or the form names, if it does.
    async fn new(app: &App, headers: &HeaderMap, uri: &Uri, slug: &str, next: &str) -> Answer<Self> {
        let mut desks = app
            .store
            .system_read::<_, store::Error, _>(|tx| Box::pin(store::installation::desks(tx)))
            .await?;
        let remembered = session::cookie(headers, DESK).unwrap_or_default();
        let named = |slug: &str| desks.iter().position(|desk| desk.slug == slug);
        let place = match desks.len() {
            1 => Some(0),
            _ => named(slug).or_else(|| named(remembered)),
        };
        let desk = place.map(|place| desks.swap_remove(place));
        desks.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Self { lang: entry::lang(headers, uri), desk, desks, next: next_of(next).to_owned() })
    }

    fn words(&self) -> Words {
        Words::new(self.lang)
    }

    /// The page of a step.
    fn page(&self, step: &str) -> HelpSignInPage {
        let name = self.desk.as_ref().map_or("Partnerdesk", |desk| desk.name.as_str());
        let next = if self.next == HOME { "" } else { self.next.as_str() };
        HelpSignInPage {
            shell: shell::bare(self.words(), name),
            step: step.to_owned(),
            desks: Vec::new(),
            email: String::new(),
            action: "/help/sign-in".to_owned(),
            next: self.next.clone(),
            notice: None,
            desk_address: String::new(),
            languages: entry::languages("/help/sign-in", next, self.lang),
        }
    }

    /// The page that asks for an address, or before that for a desk.
    fn ask(&self) -> HelpSignInPage {
        if self.desk.is_some() {
            return self.page("ask");
        }
        let link = |desk: &Desk| Link {
            href: format!("/help/sign-in?{}", ui::query(&[("desk", &desk.slug), ("next", &self.next)])),
            text: desk.name.clone(),
            current: false,
        };
        HelpSignInPage { desks: self.desks.iter().map(link).collect(), ..self.page("desk") }
    }

    /// The cookie by which the browser remembers the desk, if an address named it.
    fn remember(&self, response: Response, slug: &str) -> Response {
        match &self.desk {
            Some(desk) if desk.slug == slug => with_cookie(response, session::plain(DESK, slug, DESK_AGE)),
            _ => response,
        }
    }
}

/// Where to go on to: a page of the portal, in letters that a cookie may hold.
fn next_of(wanted: &str) -> &str {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/-_.?=&%".contains(&b);
    let fine = (wanted == "/help" || wanted.starts_with("/help/")) && wanted.bytes().all(plain);
    if fine { session::next(wanted, HOME) } else { HOME }
}

/// `GET /help`: also where the links of mails lead, which name a desk and a ticket. Whoever is signed in at another desk
/// has to sign in at this one: the numbers of both begin at one.
pub(crate) async fn home(State(app): State<App>, headers: HeaderMap, uri: Uri, query: Query) -> Answer {
    let slug = query.get("desk");
    let number = query.get("ticket").parse::<u32>();
    let wanted = number.map_or_else(|_| HOME.to_owned(), |number| format!("{HOME}/{number}"));
    if let Some(contact) = guard::contact(&app, &headers).await? {
        let visitor = Visitor::new(&app, &headers, &uri, slug, &wanted).await?;
        if slug.is_empty() || visitor.desk.is_some_and(|desk| desk.id == contact.desk) {
            return Ok(see(&wanted));
        }
    }
    let mut fields = Vec::new();
    if !slug.is_empty() {
        fields.push(("desk", slug));
    }
    if wanted != HOME {
        fields.push(("next", wanted.as_str()));
    }
    match fields.as_slice() {
        [] => Ok(see("/help/sign-in")),
        fields => Ok(see(&format!("/help/sign-in?{}", ui::query(fields)))),
    }
}

/// `GET /help/sign-in`.
pub(crate) async fn show(State(app): State<App>, headers: HeaderMap, uri: Uri, query: Query) -> Answer {
    let slug = query.get("desk");
    let visitor = Visitor::new(&app, &headers, &uri, slug, query.get("next")).await?;
    let response = entry::remember(ui::html(&visitor.ask())?, &uri, visitor.lang);
    Ok(visitor.remember(response, slug))
}

/// `POST /help/sign-in`: the answer says nothing about whether the address is known.
pub(crate) async fn send_link(
    State(app): State<App>,
    Client(client): Client,
    headers: HeaderMap,
    uri: Uri,
    form: Form,
) -> Answer {
    let visitor = Visitor::new(&app, &headers, &uri, "", form.get("next")).await?;
    let Some(desk) = &visitor.desk else { return ui::html(&visitor.ask()) };
    let email = form.get("email").trim();
    match accounts::portal_link(&app, desk.id, email, client).await {
        Ok(()) => {}
        Err(error @ Error::Throttled { .. }) => {
            let problem = Problem::from(error);
            let again = HelpSignInPage {
                email: email.to_owned(),
                notice: Some(notice(visitor.words(), &problem)),
                ..visitor.page("ask")
            };
            return ui::again(StatusCode::TOO_MANY_REQUESTS, &again);
        }
        Err(error) => return Err(error.into()),
    }
    let mailboxes =
        app.store.read::<_, store::Error, _>(desk.id, |tx| Box::pin(store::inbox::mailboxes(tx))).await?;
    let sent = HelpSignInPage {
        email: email.to_owned(),
        desk_address: mailboxes.first().map(|mailbox| mailbox.address.to_string()).unwrap_or_default(),
        ..visitor.page("sent")
    };
    Ok(with_cookie(ui::html(&sent)?, session::plain(NEXT, &visitor.next, NEXT_AGE)))
}

/// `GET /help/enter/{token}`: looking at it uses nothing up, so a program that opens every link in a mail does no
/// harm.
pub(crate) async fn link(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    Path(token): Path<String>,
    query: Query,
) -> Answer {
    let remembered = session::cookie(&headers, NEXT).unwrap_or_default();
    let visitor = Visitor::new(&app, &headers, &uri, query.get("desk"), remembered).await?;
    let Some(email) = accounts::portal_link_for(&app, &token).await? else { return expired(&visitor) };
    let page = HelpSignInPage {
        email: email.to_string(),
        // The token is known to be one of ours, so nothing in it needs an escape.
        action: format!("/help/enter/{token}"),
        ..visitor.page("confirm")
    };
    ui::html(&page)
}

fn expired(visitor: &Visitor) -> Answer {
    ui::again(StatusCode::GONE, &visitor.page("expired"))
}

/// `POST /help/enter/{token}`: signs in and uses the link up.
pub(crate) async fn enter(
    State(app): State<App>,
    headers: HeaderMap,
    uri: Uri,
    Path(token): Path<String>,
    form: Form,
) -> Answer {
    let session = match accounts::portal_sign_in(&app, &token).await {
        Ok(session) => session,
        Err(Error::Refused(_)) => {
            let visitor = Visitor::new(&app, &headers, &uri, "", form.get("next")).await?;
            return expired(&visitor);
        }
        Err(error) => return Err(error.into()),
    };
    // Whoever was signed in here before is not any more.
    leave(&app, &headers).await?;
    let response = with_cookie(see(next_of(form.get("next"))), session::begin(&app, Door::Portal, &session));
    Ok(with_cookie(response, session::plain(NEXT, "", 0)))
}

/// `POST /help/sign-out`.
pub(crate) async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Answer {
    leave(&app, &headers).await?;
    Ok(entry::left(&app, Door::Portal))
}

async fn leave(app: &App, headers: &HeaderMap) -> Answer<()> {
    if let SessionToken(Some(token)) = SessionToken::of(app, headers, Door::Portal) {
        accounts::sign_out(app, &token).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v77_from_the_door_one_goes_into_the_portal_only() {
        for fine in ["/help/tickets/10432", "/help/new?service=azure&severity=A", "/help"] {
            assert_eq!(next_of(fine), fine);
        }
        for odd in [
            "",
            "/",
            "/queue/mine",
            "//evil.example",
            "/helpless",
            "/help/;Domain=evil",
            "/help/\r\n",
            "/help/ä",
            "https://evil.example/help/",
        ] {
            assert_eq!(next_of(odd), HOME, "{odd:?}");
        }
    }
}
