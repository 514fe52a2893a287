//! At Microsoft: what is filed, said and read there.

use domain::{
    handover::{
        Leg,
        followed::{Heard, Reading, Status},
    },
    id::DeskId,
    party::supplier::Way,
};
use sha2::{Digest as _, Sha256};
use store::{followed, followed::Word, microsoft::read::Said};
use uuid::Uuid;

use super::{At, Ended, Filing, TURNS_UP, filing};
use crate::{
    App, Result,
    microsoft::{
        self, Reason, RequestId, Trouble,
        azure::{self, Direction, Target},
    },
};

/// The longest word that comes to a ticket, in characters; longer ones are cut.
const LONGEST: usize = 20_000;

/// Does what is next.
pub(super) async fn go_on(app: &App, desk: DeskId, at: &mut At) -> Result<Ended, Trouble> {
    match at.leg.way {
        Way::AzureSupport => {
            let filing = Filing::of(&at.row);
            let Some((filing, target)) = filing.and_then(|filing| Some((filing.clone(), filing.target()?)))
            else {
                return Ok(Ended::Rest);
            };
            match at.leg.state {
                Leg::Offered if at.leg.expires_at.is_none_or(|until| app.now() < until) => {
                    file(app, desk, at, &filing, target).await
                }
                // Its time is over, and the job for that has not come yet.
                Leg::Offered => Ok(Ended::Busy),
                Leg::Withdrawn | Leg::Expired => undo(app, desk, at, target).await,
                Leg::InProgress | Leg::SentBack | Leg::Returned => {
                    let refused = say_all(app, desk, at, Some((&filing, target))).await?;
                    Ok(Ended::Read(read_azure(app, desk, at, target).await?, refused))
                }
                Leg::Draft | Leg::Accepted | Leg::Declined | Leg::Approved | Leg::LetGo | Leg::Closed => {
                    Ok(Ended::Rest)
                }
            }
        }
        Way::Portal if matches!(at.leg.state, Leg::InProgress | Leg::SentBack | Leg::Returned) => {
            let refused = say_all(app, desk, at, None).await?;
            Ok(Ended::Read(read_request(app, desk, at).await?, refused))
        }
        Way::Portal | Way::Desk | Way::Mail => Ok(Ended::Rest),
    }
}

/// Files it under a name that is always the same. That it is tried is known before.
async fn file(
    app: &App,
    desk: DeskId,
    at: &mut At,
    filing: &Filing,
    target: Target,
) -> Result<Ended, Trouble> {
    let new = filing.request(&at.leg.package.0).ok_or_else(|| Trouble::Refused {
        reason: Reason::Invalid,
        words: "the time zone of whoever handed over names no country".into(),
    })?;
    at.row.tried_at = Some(app.now());
    keep_row(app, desk, at).await?;
    let filed = azure::file_azure(app, desk, target, at.leg.id.uuid(), &new).await?;
    Ok(filed.and_then(|ticket| ticket.number).map_or(Ended::Busy, Ended::Filed))
}

/// Nobody wants it any more. What may have arrived all the same is looked for, and ended there.
async fn undo(app: &App, desk: DeskId, at: &At, target: Target) -> Result<Ended, Trouble> {
    let Some(tried) = at.row.tried_at else { return Ok(Ended::Rest) };
    let id = at.leg.id.uuid();
    let Some(found) = azure::poll_azure(app, desk, target, id).await? else {
        let waited = app.now().duration_since(tried);
        return Ok(if waited > TURNS_UP { Ended::Rest } else { Ended::Busy });
    };
    let number = found.ticket.number.unwrap_or(found.ticket.name);
    if found.ticket.status == azure::Status::Closed {
        return Ok(Ended::Undone { number, status: Status::Closed });
    }
    match azure::change_azure(app, desk, target, id, None, Some(azure::Status::Closed)).await {
        Ok(_) => Ok(Ended::Undone { number, status: Status::Closed }),
        Err(Trouble::Refused { .. }) => Ok(Ended::Undone { number, status: Status::Open }),
        Err(other) => Err(other),
    }
}

/// Says what is to be said, in its order; what Microsoft would not be told stays, and keeps nobody from reading.
async fn say_all(
    app: &App,
    desk: DeskId,
    at: &mut At,
    azure: Option<(&Filing, Target)>,
) -> Result<Option<Trouble>, Trouble> {
    for word in std::mem::take(&mut at.words) {
        let said = match azure {
            Some((filing, target)) => say_azure(app, desk, at, filing, target, &word).await,
            None => say_note(app, desk, at, word.clone()).await,
        };
        match said {
            Ok(()) => {}
            Err(trouble @ Trouble::Refused { .. }) => return Ok(Some(trouble)),
            Err(other) => return Err(other),
        }
    }
    Ok(None)
}

/// It has a name of its own, so Microsoft takes it once.
async fn say_azure(
    app: &App,
    desk: DeskId,
    at: &mut At,
    filing: &Filing,
    target: Target,
    word: &Word,
) -> Result<(), Trouble> {
    let id = at.leg.id.uuid();
    if let Some(severity) = word.severity {
        let to = Some(filing::severity(severity));
        match azure::change_azure(app, desk, target, id, to, None).await {
            Ok(_) => return Ok(said(app, desk, at, word.id).await?),
            // An engineer has it by now: then it is said in words.
            Err(Trouble::Refused { .. }) => {}
            Err(other) => return Err(other),
        }
    }
    let sender = if at.sender.is_empty() { filing.sender() } else { &at.sender };
    let words = azure::Words { id: word.id, subject: &at.leg.package.0.subject, text: &word.text, sender };
    azure::say_azure(app, desk, target, id, words).await?;
    Ok(said(app, desk, at, word.id).await?)
}

/// A note has no name. Microsoft takes an attempt once by its id; and before another one it is looked for.
async fn say_note(app: &App, desk: DeskId, at: &mut At, mut word: Word) -> Result<(), Trouble> {
    let number = at.leg.number.clone();
    let ours = |notes: &[Said], heard: &[String]| {
        let same = |note: &&Said| plain(&note.text) == plain(&word.text) && !heard.contains(&key(note));
        notes.iter().rev().find(same).map(key)
    };
    if word.tries > 0 {
        let request = microsoft::follow(app, desk, &number).await?;
        if let Some(key) = ours(&request.notes.0, &at.row.heard.0) {
            at.row.heard.0.push(key);
            return Ok(said(app, desk, at, word.id).await?);
        }
    }
    try_word(app, desk, at, &word).await?;
    let note = match microsoft::add_note(app, desk, &number, &word.text, RequestId(word.attempt)).await {
        Ok(request) => ours(&request.notes.0, &at.row.heard.0),
        Err(trouble) => {
            if !matches!(trouble, Trouble::Later { same: true, .. }) {
                word.attempt = RequestId::new().0;
                try_word(app, desk, at, &word).await?;
            }
            return Err(trouble);
        }
    };
    at.row.heard.0.extend(note);
    Ok(said(app, desk, at, word.id).await?)
}

async fn try_word(app: &App, desk: DeskId, at: &At, word: &Word) -> Result<()> {
    let (leg, word, attempt) = (at.leg.id, word.id, word.attempt);
    let unit = app.store.write::<_, store::Error, _>(desk, move |tx| {
        Box::pin(async move { followed::try_word(tx, leg, word, attempt).await })
    });
    Ok(unit.await?)
}

/// It was said, and what it is called there is known.
async fn said(app: &App, desk: DeskId, at: &mut At, word: Uuid) -> Result<()> {
    let row = at.row.clone();
    let row = app
        .store
        .write::<_, store::Error, _>(desk, move |tx| {
            let mut row = row.clone();
            Box::pin(async move {
                followed::said(tx, row.handover, word).await?;
                followed::update(tx, &mut row).await?;
                Ok(row)
            })
        })
        .await?;
    at.row = row;
    Ok(())
}

async fn keep_row(app: &App, desk: DeskId, at: &mut At) -> Result<()> {
    let row = at.row.clone();
    let row = app
        .store
        .write::<_, store::Error, _>(desk, move |tx| {
            let mut row = row.clone();
            Box::pin(async move {
                followed::update(tx, &mut row).await?;
                Ok(row)
            })
        })
        .await?;
    at.row = row;
    Ok(())
}

async fn read_azure(app: &App, desk: DeskId, at: &At, target: Target) -> Result<Reading, Trouble> {
    let Some(found) = azure::poll_azure(app, desk, target, at.leg.id.uuid()).await? else {
        return Err(gone());
    };
    let theirs = found.said.into_iter().filter(|one| one.direction == Direction::Outbound);
    Ok(Reading {
        number: found.ticket.number.unwrap_or_default(),
        status: match found.ticket.status {
            azure::Status::Open => Status::Open,
            azure::Status::Closed => Status::Closed,
            azure::Status::Unknown => Status::Unknown,
        },
        said: theirs.map(|one| Heard { key: one.name, text: read(&one.body) }).collect(),
    })
}

fn gone() -> Trouble {
    Trouble::Refused { reason: Reason::Missing, words: String::new() }
}

async fn read_request(app: &App, desk: DeskId, at: &At) -> Result<Reading, Trouble> {
    let found = microsoft::follow(app, desk, &at.leg.number).await?;
    let said = found.notes.0.iter().map(|note| {
        let text = read(&note.text);
        let text = if note.by.is_empty() { text } else { format!("{}: {text}", note.by) };
        Heard { key: key(note), text }
    });
    Ok(Reading {
        number: found.id.clone(),
        status: match found.status.as_str() {
            "open" => Status::Open,
            "closed" => Status::Closed,
            "attention_needed" => Status::Waits,
            _ => Status::Unknown,
        },
        said: said.collect(),
    })
}

/// By what a note is told from others.
fn key(note: &Said) -> String {
    let at = note.at.map(|at| at.to_string()).unwrap_or_default();
    let hash = Sha256::digest(format!("{}\n{at}\n{}", note.by, note.text).as_bytes());
    hash.iter().take(16).fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A text as it is compared: whoever keeps it may break its lines elsewhere.
fn plain(text: &str) -> String {
    read(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text of Microsoft's, which may be HTML.
fn read(text: &str) -> String {
    let text = if text.contains("</") || text.contains("<br") {
        mail::html::to_text(text).0
    } else {
        text.to_owned()
    };
    let clean = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    clean.take(LONGEST).collect::<String>().trim().to_owned()
}
