//! Pages that are open learn what to fetch again. An event says where to look and never what is there; whether
//! somebody may learn of it is decided for each event, with rights that are at most five seconds old.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use app::{
    Agent, Contact,
    accounts::Asks,
    live::{Change, Cursor, Missed, News},
};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{
        IntoResponse as _,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::{
    access::{Sight, Visibility},
    id::DeskId,
};
use futures_util::stream;
use serde::Serialize;
use tokio::{
    sync::{OwnedSemaphorePermit, broadcast},
    time::{Interval, MissedTickBehavior, interval},
};

use crate::{
    Web,
    form::Query,
    guard,
    problem::{Answer, Problem},
    session::Door,
    ui::{operations, ticket::presence::Place},
};

/// How old the rights may be by which it is decided who learns of something.
const RIGHTS: Duration = Duration::from_secs(5);
/// How often a stream says that it is still there.
const ALIVE: Duration = Duration::from_secs(20);
/// The most topics of one page.
const TOPICS: usize = 20;

/// What a page watches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Topic {
    /// The lists of the queue.
    Queue,
    /// The requests of a contact.
    Mine,
    /// One ticket.
    Ticket(i64),
    /// Sent mail, and the version of it that the page shows.
    Sent(u64),
    /// Incoming mail, and the version of it that the page shows.
    Inbox(u64),
}

impl Topic {
    /// Of those that never change by themselves there is nothing to tell.
    fn read(text: &str) -> Option<Self> {
        Some(match text.split_once(':') {
            None if text == "queue" => Topic::Queue,
            None if text == "mine" => Topic::Mine,
            Some(("ticket", number)) => Topic::Ticket(number.parse().ok()?),
            Some(("sent", version)) => Topic::Sent(version.parse().ok()?),
            Some(("inbox", version)) => Topic::Inbox(version.parse().ok()?),
            _ => return None,
        })
    }

    fn changed(self) -> Event {
        self.event(match self {
            Topic::Queue | Topic::Mine | Topic::Sent(_) => &["rows"],
            Topic::Ticket(_) => &["timeline", "head", "path", "facts", "presence", "escalation"],
            Topic::Inbox(_) => &["health", "parked"],
        })
    }

    fn event(self, blocks: &[&str]) -> Event {
        #[derive(Serialize)]
        struct Changed<'a> {
            topic: String,
            blocks: &'a [&'a str],
        }
        let topic = match self {
            Topic::Queue => "queue".into(),
            Topic::Mine => "mine".into(),
            Topic::Ticket(number) => format!("ticket:{number}"),
            Topic::Sent(_) => "sent".into(),
            Topic::Inbox(_) => "inbox".into(),
        };
        let data = serde_json::to_string(&Changed { topic, blocks }).unwrap_or_default();
        Event::default().event("changed").data(data)
    }
}

/// `GET /live`.
pub(crate) async fn watch(State(web): State<Web>, headers: HeaderMap, query: Query) -> Answer {
    let topics: Vec<Topic> = query.get("topics").split(',').filter_map(Topic::read).take(TOPICS).collect();
    let place = web.limits.watchers.clone().try_acquire_owned().map_err(|_| Problem::busy())?;
    let door = door(&headers);
    let who = Who::of(&web, &headers, door).await?.ok_or(Problem::SignedOut(door))?;
    let mut check = interval(RIGHTS);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    check.reset();
    let (changes, missed) = web.app.live.watch(who.desk(), since(&headers, &query));
    let mut watcher = Watcher {
        changes,
        places: web.presence.watch(),
        web,
        headers,
        door,
        who,
        topics,
        check,
        ready: VecDeque::new(),
        ended: false,
        _place: place,
    };
    watcher.catch_up(missed).await;
    let events = stream::unfold(watcher, |mut watcher| async {
        let event = watcher.next().await?;
        Some((Ok::<_, Infallible>(event), watcher))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response())
}

/// Until where the page knows what has changed: where it was rendered, or what it was told last.
fn since(headers: &HeaderMap, query: &Query) -> Cursor {
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    // What nobody has written is older than everything.
    last.unwrap_or_else(|| query.get("since")).parse().unwrap_or_default()
}

/// Which of two sessions a browser's page means that has both: a page of the portal comes from the portal.
fn door(headers: &HeaderMap) -> Door {
    let page = headers.get(header::REFERER).and_then(|page| page.to_str().ok()).unwrap_or_default();
    let path = page.split_once("://").and_then(|(_, rest)| rest.split_once('/')).map_or("", |(_, path)| path);
    let portal = path == "help" || path.starts_with("help/") || path.starts_with("help?");
    if portal { Door::Portal } else { Door::Desk }
}

/// Who watches.
#[derive(Debug)]
enum Who {
    Agent(Arc<Agent>),
    Contact(Arc<Contact>),
}

impl Who {
    async fn of(web: &Web, headers: &HeaderMap, door: Door) -> Answer<Option<Self>> {
        Ok(match door {
            Door::Desk => guard::agent(&web.app, headers, Asks::Page).await?.map(Who::Agent),
            Door::Portal => guard::contact(&web.app, headers).await?.map(Who::Contact),
        })
    }

    fn desk(&self) -> DeskId {
        match self {
            Who::Agent(agent) => agent.desk,
            Who::Contact(contact) => contact.desk,
        }
    }

    /// Whether they may learn of a change.
    async fn may_learn(&self, web: &Web, change: &Change) -> bool {
        match self {
            Who::Agent(agent) => {
                if change.desk != agent.desk {
                    return false;
                }
                let sight = match change.has_circle {
                    true => sight_in_circle(web, agent, change).await,
                    false => agent.rights.sight(change.kind),
                };
                match sight {
                    Sight::None => false,
                    Sight::Public => change.visibility == Visibility::Public,
                    Sight::Full => true,
                }
            }
            Who::Contact(contact) => {
                if change.desk != contact.desk || change.visibility != Visibility::Public {
                    return false;
                }
                let (id, ticket) = (contact.id, change.ticket);
                let sees = web.app.store.read::<_, store::Error, _>(contact.desk, move |tx| {
                    Box::pin(store::tickets::contact_sees(tx, id, ticket))
                });
                // Who cannot be asked is not told.
                sees.await.unwrap_or(false)
            }
        }
    }
}

/// What an agent sees of a ticket that is shown to named people only, as these are now.
async fn sight_in_circle(web: &Web, agent: &Agent, change: &Change) -> Sight {
    let (reader, id) = (agent.reader(), change.ticket);
    let ticket =
        web.app.store.read::<_, store::Error, _>(agent.desk, move |tx| Box::pin(store::tickets::get(tx, id)));
    // What cannot be asked for is not shown.
    ticket.await.ok().flatten().map_or(Sight::None, |ticket| ticket.sight(reader))
}

/// One page that watches.
struct Watcher {
    web: Web,
    headers: HeaderMap,
    door: Door,
    who: Who,
    topics: Vec<Topic>,
    changes: broadcast::Receiver<News>,
    places: broadcast::Receiver<Place>,
    check: Interval,
    ready: VecDeque<Event>,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

impl Watcher {
    /// Tells what has changed since the page was rendered.
    async fn catch_up(&mut self, missed: Missed) {
        match missed {
            Missed::These(news) => {
                for news in news {
                    self.changed(&news).await;
                }
            }
            Missed::Unknown => self.anything_changed(),
        }
        self.look_at_mail().await;
    }

    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.ready.pop_front() {
                return Some(event);
            }
            if self.ended {
                return None;
            }
            tokio::select! {
                biased;
                _ = self.check.tick() => {
                    self.check().await;
                    self.look_at_mail().await;
                }
                news = self.changes.recv() => match news {
                    Ok(news) => self.changed(&news).await,
                    Err(broadcast::error::RecvError::Lagged(_)) => self.anything_changed(),
                    Err(broadcast::error::RecvError::Closed) => self.ended = true,
                },
                Ok(place) = self.places.recv() => self.somebody_came(place).await,
            }
        }
    }

    /// Takes the rights anew; without a session it is over.
    async fn check(&mut self) {
        match Who::of(&self.web, &self.headers, self.door).await {
            Ok(Some(who)) => self.who = who,
            Ok(None) => {
                self.ready.push_back(Event::default().event("signed-out").data("{}"));
                self.ended = true;
            }
            // The database is away: what the page may learn cannot be known. It comes again by itself.
            Err(_) => self.ended = true,
        }
    }

    async fn changed(&mut self, News { change, cursor }: &News) {
        let concerned = |topic: &&Topic| match topic {
            Topic::Queue | Topic::Mine => true,
            Topic::Ticket(number) => *number == change.number,
            Topic::Sent(_) | Topic::Inbox(_) => false,
        };
        let concerned: Vec<Topic> = self.topics.iter().filter(concerned).copied().collect();
        if !concerned.is_empty() && self.who.may_learn(&self.web, change).await {
            // The browser says it when it comes again.
            let here = cursor.to_string();
            self.ready.extend(concerned.iter().map(|topic| topic.changed().id(here.as_str())));
        }
    }

    /// It missed some, so all that it watches may have changed.
    fn anything_changed(&mut self) {
        self.ready.extend(self.topics.iter().map(|topic| topic.changed()));
    }

    /// The states of mails are in no log, so the page's own reading tells whether they are as they were. Nobody is told
    /// who may not look after mail; nor is anybody while the database is away.
    async fn look_at_mail(&mut self) {
        let Who::Agent(agent) = &self.who else { return };
        for topic in &mut self.topics {
            let now = match topic {
                Topic::Sent(_) => operations::sent_version(&self.web.app, agent).await.map(Topic::Sent),
                Topic::Inbox(_) => operations::inbox_version(&self.web.app, agent).await.map(Topic::Inbox),
                Topic::Queue | Topic::Mine | Topic::Ticket(_) => continue,
            };
            if let Ok(now) = now
                && now != *topic
            {
                *topic = now;
                self.ready.push_back(now.changed());
            }
        }
    }

    /// Only agents see who else is at a ticket, and of them only those who see the ticket.
    async fn somebody_came(&mut self, (desk, number): Place) {
        let Who::Agent(agent) = &self.who else { return };
        let watched = agent.desk == desk && self.topics.contains(&Topic::Ticket(number));
        // A topic is whatever the page asked for.
        if watched && app::tickets::find(&self.web.app, agent, number).await.is_ok() {
            self.ready.push_back(Topic::Ticket(number).event(&["presence"]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn v49_topics_are_exact() {
        assert_eq!(Topic::read("queue"), Some(Topic::Queue));
        assert_eq!(Topic::read("ticket:10432"), Some(Topic::Ticket(10432)));
        assert_eq!(Topic::read("sent:7"), Some(Topic::Sent(7)));
        for odd in [
            "",
            "*",
            "ticket:",
            "ticket:%",
            "ticket:_",
            "ticket:1,2",
            "ticket:1 ",
            "Queue",
            "sent",
            "inbox:x",
        ] {
            assert_eq!(Topic::read(odd), None, "{odd}");
        }
    }

    #[test]
    fn pages_of_the_portal_use_its_session() {
        for (page, expected) in [
            ("https://help.example.com/help/tickets/7", Door::Portal),
            ("https://help.example.com/help", Door::Portal),
            ("https://help.example.com/helpers", Door::Desk),
            ("https://help.example.com/tickets/7", Door::Desk),
            ("", Door::Desk),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::REFERER, page.parse().unwrap());
            assert_eq!(door(&headers), expected, "{page}");
        }
    }
}
