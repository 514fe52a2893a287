//! Pages that are open learn what to fetch again. An event says where to look and never what is there; whether
//! somebody may learn of it is decided for each event, with rights that are at most five seconds old.

use std::{collections::VecDeque, convert::Infallible, sync::Arc, time::Duration};

use app::{Agent, Contact, accounts::Asks, live::Change};
use axum::{
    extract::State,
    http::{HeaderMap, header},
    response::{
        IntoResponse as _,
        sse::{Event, KeepAlive, Sse},
    },
};
use domain::access::{Sight, Visibility};
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
    ui::ticket::presence::Place,
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
}

impl Topic {
    /// Of those that never change by themselves there is nothing to tell.
    fn read(text: &str) -> Option<Self> {
        match text {
            "queue" => Some(Topic::Queue),
            "mine" => Some(Topic::Mine),
            _ => text.strip_prefix("ticket:")?.parse().ok().map(Topic::Ticket),
        }
    }

    fn changed(self) -> Event {
        self.event(match self {
            Topic::Queue | Topic::Mine => &["rows"],
            Topic::Ticket(_) => &["timeline", "head", "facts", "presence"],
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
    let watcher = Watcher {
        changes: web.app.live.watch(),
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
    let events = stream::unfold(watcher, |mut watcher| async {
        let event = watcher.next().await?;
        Some((Ok::<_, Infallible>(event), watcher))
    });
    Ok(Sse::new(events).keep_alive(KeepAlive::new().interval(ALIVE)).into_response())
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

    /// Whether they may learn of a change.
    async fn may_learn(&self, web: &Web, change: &Change) -> bool {
        match self {
            Who::Agent(agent) => {
                change.desk == agent.desk
                    && match agent.rights.sight(change.kind) {
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

/// One page that watches.
struct Watcher {
    web: Web,
    headers: HeaderMap,
    door: Door,
    who: Who,
    topics: Vec<Topic>,
    changes: broadcast::Receiver<Change>,
    places: broadcast::Receiver<Place>,
    check: Interval,
    ready: VecDeque<Event>,
    ended: bool,
    _place: OwnedSemaphorePermit,
}

impl Watcher {
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
                _ = self.check.tick() => self.check().await,
                change = self.changes.recv() => match change {
                    Ok(change) => self.changed(&change).await,
                    // It missed some, so all that it watches may have changed.
                    Err(broadcast::error::RecvError::Lagged(_)) => {
                        self.ready.extend(self.topics.iter().map(|topic| topic.changed()));
                    }
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

    async fn changed(&mut self, change: &Change) {
        let concerned = |topic: &&Topic| match topic {
            Topic::Queue | Topic::Mine => true,
            Topic::Ticket(number) => *number == change.number,
        };
        let concerned: Vec<Topic> = self.topics.iter().filter(concerned).copied().collect();
        if !concerned.is_empty() && self.who.may_learn(&self.web, change).await {
            self.ready.extend(concerned.iter().map(|topic| topic.changed()));
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
        for odd in ["", "*", "ticket:", "ticket:%", "ticket:_", "ticket:1,2", "ticket:1 ", "Queue", "sent"] {
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
