//! What stands around a page: who reads it, the navigation with its counts, and what was just done.

use std::sync::Arc;

use app::{Agent, App, Contact, live::Cursor, tickets::Counts};
use axum::{
    extract::{FromRef, FromRequestParts},
    http::{HeaderMap, HeaderValue, StatusCode, request::Parts},
    response::Response,
};
use domain::{
    access::{Permission, Tickets},
    id::{DeskId, EntryId, UndoId},
};
use jiff::{SignedDuration, Timestamp};
use store::{BoxFuture, Tx};
use text::Words;

use super::{
    admin::correctable,
    entry::again_status,
    pieces::{Reader, person},
    view::{Flash, May, NavView, Notice, Refused, Shell, Undo, User},
};
use crate::{
    assets,
    form::Form,
    guard::AgentSession,
    problem::{Answer, Problem},
    session,
};

/// An agent's page in the making: an argument of every handler that answers with one.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) app: App,
    pub(crate) agent: Arc<Agent>,
    pub(crate) reader: Reader,
    told: Option<Told>,
    /// All that it shows was read after this.
    since: Cursor,
    /// The form that could not be taken, with the status of the answer.
    refused: Option<(Refused, StatusCode)>,
}

impl<S> FromRequestParts<S> for Page
where
    App: FromRef<S>,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let AgentSession(agent) = AgentSession::from_request_parts(parts, state).await?;
        let app = App::from_ref(state);
        let told = Told::read(&parts.headers);
        let reader = Reader::agent(&agent, app.now());
        let since = app.live.cursor(agent.desk);
        Ok(Self { app, agent, reader, told, since, refused: None })
    }
}

impl Page {
    /// What stands around this page. `section` is the current part of the navigation; for the queue it is
    /// `queue/{view}`.
    ///
    /// # Errors
    /// As the database says.
    pub(crate) async fn shell(&self, section: &str) -> Answer<Shell> {
        let (shell, ()) = self.read(section, |_| Box::pin(std::future::ready(Ok(())))).await?;
        Ok(shell)
    }

    /// What stands around this page, and what `unit` reads for it, in one unit of work.
    ///
    /// # Errors
    /// As `unit` and the database say.
    pub(crate) async fn read<T, F>(&self, section: &str, unit: F) -> Answer<(Shell, T)>
    where
        T: Send + 'static,
        F: for<'t> Fn(&'t mut Tx) -> BoxFuture<'t, app::Result<T>> + Send + Sync + 'static,
    {
        let (agent, unit) = (self.agent.clone(), Arc::new(unit));
        let (read, around) = self
            .app
            .store
            .read::<_, app::Error, _>(self.agent.desk, move |tx| {
                let (agent, unit) = (agent.clone(), unit.clone());
                Box::pin(async move {
                    let read = unit(&mut *tx).await?;
                    Ok((read, Around::read(tx, &agent).await?))
                })
            })
            .await?;
        let mut shell = of_agent(&self.agent, section, &around);
        shell.since = self.since.to_string();
        shell.flash = self.told.as_ref().map(|told| told.flash(self.reader.words, self.reader.now));
        shell.refused = self.refused.as_ref().map(|(refused, _)| refused.clone());
        Ok((shell, read))
    }

    /// The page on which a form stands that could not be taken: it shows what was typed, and what is wrong beside its
    /// field. `form` is its name, as in [`Refused::form`].
    ///
    /// # Errors
    /// What no other typing would help.
    pub(crate) fn refusing(
        mut self,
        form: impl Into<String>,
        typed: &Form,
        error: app::Error,
    ) -> Answer<Self> {
        let problem = correctable(error)?;
        let refused = Refused {
            form: form.into(),
            fields: typed.pairs().to_vec(),
            field: problem.field().unwrap_or_default(),
            text: problem.sentence(self.reader.words),
        };
        self.refused = Some((refused, again_status(&problem)));
        Ok(self)
    }

    /// What is wrong with the form that could not be taken.
    pub(crate) fn notice(&self) -> Option<Notice> {
        let (refused, _) = self.refused.as_ref()?;
        Some(Notice { tone: "error".into(), text: refused.text.clone() })
    }

    /// The page, with the status of a form that could not be taken.
    ///
    /// # Errors
    /// As [`super::html`].
    pub(crate) fn again(&self, page: &impl askama::Template) -> Answer {
        super::again(
            self.refused.as_ref().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, status)| *status),
            page,
        )
    }

    /// The page. What was told is told once, or as long as it can be taken back.
    ///
    /// # Errors
    /// As [`super::html`].
    pub(crate) fn html(&self, page: &impl askama::Template) -> Answer {
        let response = super::html(page)?;
        Ok(self.untold(response))
    }

    fn untold(&self, response: Response) -> Response {
        match &self.told {
            Some(told) if !told.stays(self.reader.now) => super::with_cookie(response, Told::forget()),
            Some(_) | None => response,
        }
    }
}

/// What is read for the navigation.
#[derive(Debug, Default)]
struct Around {
    desk: String,
    counts: Counts,
    alarms: u64,
    several_desks: bool,
}

impl Around {
    async fn read(tx: &mut Tx, agent: &Agent) -> Result<Self, store::Error> {
        let parked = match agent.may(Permission::MailManage) {
            true => store::inbox::waiting(tx).await?.quarantined,
            false => 0,
        };
        Ok(Self {
            desk: store::installation::own_desk(tx).await?.name,
            counts: app::tickets::counts_in(tx, agent).await?,
            alarms: u64::try_from(parked).unwrap_or_default(),
            several_desks: store::installation::memberships(tx, agent.identity).await?.len() > 1,
        })
    }
}

fn of_agent(agent: &Agent, section: &str, around: &Around) -> Shell {
    let (section, current) = section.split_once('/').unwrap_or((section, ""));
    let counts = &around.counts;
    let view = |view: &str, count: i64| NavView {
        view: view.into(),
        count: u64::try_from(count).unwrap_or_default(),
        current: view == current,
    };
    let views = match agent.tickets() {
        Tickets::None => Vec::new(),
        Tickets::Only(_) | Tickets::All => vec![
            view("mine", counts.mine),
            view("unassigned", counts.unassigned),
            view("due", counts.due),
            view("waiting", counts.waiting),
            view("all", counts.all),
        ],
    };
    Shell {
        desk: around.desk.clone(),
        user: Some(User {
            person: person(&agent.name, agent.id),
            email: agent.email.to_string(),
            several_desks: around.several_desks,
        }),
        section: section.into(),
        live: if views.is_empty() { String::new() } else { "queue".into() },
        views,
        may: May {
            customers: agent.may(Permission::CustomersView),
            signals: agent.may(Permission::SignalsView),
            subscriptions: agent.may(Permission::SubscriptionsView),
            billing: agent.may(Permission::PayablesView) || agent.may(Permission::ReceivablesView),
            suppliers: agent.may(Permission::SuppliersView),
            file: agent.may(Permission::TicketFile),
            mail: agent.may(Permission::MailManage),
            people: agent.may(Permission::UsersManage),
            settings: agent.may(Permission::SettingsManage),
            audit: agent.may(Permission::AuditView),
            escalate: agent.may(Permission::TicketEscalate),
            partners: agent.may(Permission::SuppliersManage),
            services: agent.may(Permission::ServicesView),
            reports: agent.may(Permission::ReportsView),
            support: !matches!(agent.tickets(), Tickets::None),
            catalogue: agent.may(Permission::CatalogueView),
        },
        theme: theme(&agent.prefs.theme),
        shortcuts: !agent.prefs.shortcuts_off,
        alarms: around.alarms,
        ..bare(Words::new(agent.lang), "Partnerdesk")
    }
}

/// A theme that there is.
pub(crate) fn theme(wanted: &str) -> String {
    if matches!(wanted, "light" | "dark" | "contrast") { wanted.into() } else { "system".into() }
}

/// Around a page of somebody who is not signed in.
pub(crate) fn bare(words: Words, desk: &str) -> Shell {
    Shell {
        words,
        lang: words.lang().word().into(),
        assets: assets::addresses(),
        theme: "system".into(),
        shortcuts: false,
        desk: desk.into(),
        user: None,
        section: String::new(),
        views: Vec::new(),
        may: May::default(),
        flash: None,
        live: String::new(),
        since: String::new(),
        alarms: 0,
        refused: None,
    }
}

/// Around a contact's page; `section` is `tickets` or `new`.
///
/// # Errors
/// As the database says.
pub(crate) async fn of_contact(app: &App, contact: &Contact, section: &str) -> Answer<Shell> {
    let desk = desk_name(app, contact.desk).await?;
    Ok(Shell {
        user: Some(User {
            person: person(&contact.name, contact.id),
            email: contact.email.to_string(),
            several_desks: false,
        }),
        section: section.into(),
        ..bare(Words::new(contact.lang), &desk)
    })
}

/// A desk's name for people.
///
/// # Errors
/// As the database says.
pub(crate) async fn desk_name(app: &App, desk: DeskId) -> Answer<String> {
    let unit = app.store.read::<_, store::Error, _>(desk, |tx| {
        Box::pin(async move { Ok(store::installation::own_desk(tx).await?.name) })
    });
    Ok(unit.await?)
}

/// Around an error page. It asks the database for nothing: it may be what failed.
pub(crate) fn for_error(agent: Option<&Agent>, words: Words) -> Shell {
    let theme = agent.map_or_else(|| "system".into(), |agent| theme(&agent.prefs.theme));
    Shell { theme, ..bare(words, "Partnerdesk") }
}

/// What was just done, told on the next page: a key of the words, and how it can be taken back. It travels in a
/// cookie, and nothing in it is shown but words of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Told {
    done: Done,
    undo: Option<(Back, Timestamp)>,
}

/// How something is taken back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Back {
    /// An answer on the ticket of this number, by its entry.
    Answer(i64, EntryId),
    /// By what is kept for it.
    Kept(UndoId),
}

domain::words! {
    /// What can have been done.
    pub(crate) enum Done {
        /// Something was saved.
        Saved = "saved",
        /// An answer goes out in a moment.
        Sending = "sending",
        /// An answer was kept, and there is nobody to mail it to.
        Kept = "kept",
        /// An answer was taken back.
        TakenBack = "taken-back",
        /// A note was saved.
        Noted = "noted",
        /// A ticket was filed.
        Filed = "filed",
        /// A mail was sent.
        Mailed = "mailed",
        /// Something will be tried again.
        Retrying = "retrying",
        /// Something was removed.
        Removed = "removed",
        /// The password was changed.
        Password = "password",
        /// A message goes out to many.
        Informing = "informing",
        /// All tickets about something are resolved.
        ResolvedAll = "resolved-all",
        /// Something was decided about a subscription.
        Deciding = "deciding",
        /// Something was read at Microsoft.
        ReadAgain = "read-again",
        /// A ticket was moved.
        Moved = "moved",
        /// A ticket goes on in another one.
        Merged = "merged",
        /// An invoice was issued.
        Issued = "issued",
        /// Several tickets were changed.
        Bulk = "bulk",
        /// Some of several tickets were changed.
        BulkSome = "bulk-some",
        /// None of several tickets was changed.
        BulkNone = "bulk-none",
        /// Something was taken back.
        Undone = "undone",
        /// Something was taken back, but not everywhere.
        UndoneSome = "undone-some",
    }
}

impl From<Done> for Told {
    fn from(done: Done) -> Self {
        Self { done, undo: None }
    }
}

impl Told {
    const COOKIE: &str = "pd-told";

    /// What can be taken back until then.
    pub(crate) const fn with_undo(done: Done, back: Back, until: Timestamp) -> Self {
        Self { done, undo: Some((back, until)) }
    }

    /// Whether the next page may tell it again: there is still a way back, which must not get lost on the way.
    fn stays(&self, now: Timestamp) -> bool {
        self.undo.is_some_and(|(_, until)| until > now)
    }

    /// The cookie that carries it to the next page. It is worth nothing to anybody else, so it needs no prefix.
    pub(crate) fn cookie(&self) -> HeaderValue {
        let undo = self.undo.map(|(back, until)| match back {
            Back::Answer(number, entry) => format!(":{number}:{entry}:{}", until.as_second()),
            Back::Kept(id) => format!(":{id}:{}", until.as_second()),
        });
        let value = format!("{}{}", self.done.word(), undo.unwrap_or_default());
        session::plain(Self::COOKIE, &value, 60)
    }

    pub(crate) fn forget() -> HeaderValue {
        session::plain(Self::COOKIE, "", 0)
    }

    /// What a request brings.
    pub(crate) fn read(headers: &HeaderMap) -> Option<Self> {
        let mut parts = session::cookie(headers, Self::COOKIE)?.split(':');
        let done = parts.next()?.parse().ok()?;
        let second = |text: &str| Timestamp::from_second(text.parse().ok()?).ok();
        let undo = match (parts.next(), parts.next(), parts.next()) {
            (Some(number), Some(entry), Some(until)) => {
                Some((Back::Answer(number.parse().ok()?, entry.parse().ok()?), second(until)?))
            }
            (Some(kept), Some(until), None) => Some((Back::Kept(kept.parse().ok()?), second(until)?)),
            _ => None,
        };
        Some(Self { done, undo })
    }

    /// What the page shows of it.
    pub(crate) fn flash(&self, words: Words, now: Timestamp) -> Flash {
        let undo = self.undo.and_then(|(back, until)| {
            let left = until.duration_since(now);
            let (action, what) = match back {
                Back::Answer(number, entry) => (format!("/tickets/{number}/undo"), entry.to_string()),
                Back::Kept(id) => ("/undo".into(), id.to_string()),
            };
            (left > SignedDuration::ZERO).then(|| Undo {
                action,
                what,
                seconds: u64::try_from(left.as_secs()).unwrap_or_default(),
            })
        });
        Flash { tone: "done".into(), text: words.word("done", self.done.word()).into_owned(), undo }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::header;
    use domain::lang::Lang;

    use super::*;

    fn carried(told: &Told) -> Option<Told> {
        let cookie = told.cookie();
        let mut headers = HeaderMap::new();
        let pair = cookie.to_str().unwrap().split(';').next().unwrap();
        headers.insert(header::COOKIE, pair.parse().unwrap());
        Told::read(&headers)
    }

    #[test]
    fn what_was_done_is_told_on_the_next_page() {
        let now: Timestamp = "2026-03-30T08:00:00Z".parse().unwrap();
        let entry = EntryId::new(now, [7; 10]);
        for told in [
            Told::from(Done::Saved),
            Told::with_undo(Done::Sending, Back::Answer(10432, entry), now + SignedDuration::from_secs(8)),
            Told::with_undo(Done::Moved, Back::Kept(UndoId::new(now, [8; 10])), now),
        ] {
            assert_eq!(carried(&told), Some(told));
        }
        let told =
            Told::with_undo(Done::Sending, Back::Answer(10432, entry), now + SignedDuration::from_secs(8));
        assert!(told.stays(now) && !told.stays(now + SignedDuration::from_secs(8)));
        let flash = told.flash(Words::new(Lang::En), now);
        let undo = flash.undo.unwrap();
        assert_eq!((undo.action.as_str(), undo.seconds), ("/tickets/10432/undo", 8));
        assert!(told.flash(Words::new(Lang::En), now + SignedDuration::from_secs(8)).undo.is_none());
    }

    #[test]
    fn what_others_write_into_the_cookie_is_not_shown() {
        for odd in ["<b>", "saved:1:ent_x:9", "saved:x:y:z", ""] {
            let mut headers = HeaderMap::new();
            headers.insert(header::COOKIE, format!("pd-told={odd}").parse().unwrap());
            assert_eq!(Told::read(&headers), None, "{odd}");
        }
    }
}
