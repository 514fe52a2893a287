//! Going once through what is new in a folder, and remembering it across connections.

use std::collections::{BTreeMap, BTreeSet};

use super::session::{Body, Session};
use super::wire::Failure;
use super::{Arrived, Content, ImapConfig, Intake, NotAccepted, Progress, Trouble};

/// Messages between two saves of progress.
const BATCH: usize = 50;
/// So many refusals in a row are not about these messages: the round ends.
const REFUSALS: u32 = 3;
/// So many times the server may fail to deliver a message before it is handed over as unfetchable.
const STRIKES: u32 = 5;

/// How a round ended.
#[derive(Debug)]
pub(super) enum Work {
    /// Nothing is left to do.
    Finished,
    /// Some messages wait, because the intake refused them or the server withheld them.
    NotAccepted(String),
}

/// What is known of a folder beyond its saved progress.
#[derive(Debug, Default)]
pub(super) struct Round {
    uid_validity: u32,
    /// Nothing is left to do up to here.
    last_uid: u32,
    saved: u32,
    /// Done, but behind one that is not.
    done: BTreeSet<u32>,
    /// Accepted, and not yet marked as read.
    unmarked: BTreeSet<u32>,
    strikes: BTreeMap<u32, Strike>,
}

#[derive(Debug, Default)]
struct Strike {
    count: u32,
    refusals: u32,
    too_large: bool,
    reason: String,
}

impl Round {
    /// A new connection has selected the folder. Another numbering than the one that we know: all of it is new.
    pub(super) fn begin(&mut self, uid_validity: u32, saved: Option<Progress>) {
        let last_uid = saved.filter(|p| p.uid_validity == uid_validity).map_or(0, |p| p.last_uid);
        if self.uid_validity != uid_validity {
            *self = Self { uid_validity, last_uid, ..Self::default() };
        }
        self.last_uid = last_uid;
        self.saved = last_uid;
    }

    /// Fetches and hands over everything new. An error means that the connection is lost.
    pub(super) async fn work<I: Intake>(
        &mut self,
        session: &mut Session,
        intake: &I,
        config: &ImapConfig,
    ) -> Result<Work, Failure> {
        let mut found = Vec::new();
        // Above the largest number there is nothing to search for.
        if let Some(first) = self.last_uid.checked_add(1) {
            found = session.search(first, config.since).await?;
        }
        let mut waiting: Vec<u32> = found.iter().copied().filter(|uid| !self.done.contains(uid)).collect();
        // Those refused before come last, so that no number of them keeps the others out.
        waiting.sort_by_key(|uid| self.strikes.get(uid).map_or(0, |strike| strike.refusals));
        let mut refused = None;
        let mut refusals = 0;
        for batch in waiting.chunks(BATCH) {
            let sizes = session.sizes(batch).await?;
            for &uid in batch {
                let Some(&size) = sizes.get(&uid) else {
                    // Somebody else has removed it.
                    self.done.insert(uid);
                    continue;
                };
                let result = match self.fetch(session, config, uid, size).await? {
                    Some(content) => {
                        let whole = matches!(content, Content::Whole(_));
                        let message = Arrived { uid_validity: self.uid_validity, uid, content };
                        intake.accept(message).await.map(|()| whole)
                    }
                    None => Err(NotAccepted(format!("message {uid} cannot be fetched"))),
                };
                match result {
                    Ok(whole) => {
                        refusals = 0;
                        self.done.insert(uid);
                        self.strikes.remove(&uid);
                        if whole {
                            self.unmarked.insert(uid);
                        }
                    }
                    Err(NotAccepted(why)) => {
                        refusals += 1;
                        self.strikes.entry(uid).or_default().refusals += 1;
                        refused = Some(why);
                        if refusals == REFUSALS {
                            break;
                        }
                    }
                }
            }
            self.mark(session).await?;
            if let Err(NotAccepted(why)) = self.advance(&found, intake).await {
                return Ok(Work::NotAccepted(why));
            }
            if refusals == REFUSALS {
                break;
            }
        }
        // Also without anything new: the last connection may have ended before it could.
        self.mark(session).await?;
        match self.advance(&found, intake).await {
            Err(NotAccepted(why)) => Ok(Work::NotAccepted(why)),
            Ok(()) => Ok(refused.map_or(Work::Finished, Work::NotAccepted)),
        }
    }

    async fn fetch(
        &mut self,
        session: &mut Session,
        config: &ImapConfig,
        uid: u32,
        size: u64,
    ) -> Result<Option<Content>, Failure> {
        let strike = self.strikes.entry(uid).or_default();
        if strike.count >= STRIKES {
            return Ok(Some(Content::Unfetchable { reason: strike.reason.clone() }));
        }
        let too_large = size > config.limits.message || strike.too_large;
        let body = if too_large { session.header(uid).await } else { session.message(uid).await };
        let reason = match &body {
            Ok(Body::Here(_)) => None,
            Ok(Body::Withheld(why)) => Some(format!("the server does not deliver it: {why}")),
            Err(failure) => {
                // The announced size was a lie.
                strike.too_large |= failure.trouble == Trouble::TooMuch && !too_large;
                Some(failure.detail.clone())
            }
        };
        if let Some(reason) = reason {
            strike.count += 1;
            strike.reason = reason;
        }
        Ok(match body? {
            Body::Here(header) if too_large => Some(Content::TooLarge { size, header }),
            Body::Here(message) => Some(Content::Whole(message)),
            Body::Withheld(_) => None,
        })
    }

    async fn mark(&mut self, session: &mut Session) -> Result<(), Failure> {
        let uids: Vec<u32> = self.unmarked.iter().copied().take(BATCH).collect();
        if uids.is_empty() {
            return Ok(());
        }
        if !session.mark_seen(&uids).await? {
            tracing::warn!("The mail server does not let us mark messages as read");
        }
        self.unmarked.retain(|uid| !uids.contains(uid));
        Ok(())
    }

    /// Moves on past all that is done without a gap, and saves that.
    async fn advance<I: Intake>(&mut self, found: &[u32], intake: &I) -> Result<(), NotAccepted> {
        if let Some(last) = found.iter().take_while(|uid| self.done.contains(uid)).last() {
            self.last_uid = self.last_uid.max(*last);
        }
        if self.last_uid == self.saved {
            return Ok(());
        }
        intake.save(Progress { uid_validity: self.uid_validity, last_uid: self.last_uid }).await?;
        self.saved = self.last_uid;
        self.done = self.done.split_off(&self.last_uid.saturating_add(1));
        self.strikes = self.strikes.split_off(&self.last_uid.saturating_add(1));
        Ok(())
    }
}
