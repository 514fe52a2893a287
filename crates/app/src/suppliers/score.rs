//! How suppliers keep what they have promised.

use domain::{
    access::Permission,
    clock::{
        self,
        calendar::WeekSpec,
        running::{Clock, ClockKind, ClockState, Event},
    },
    handover::{
        Leg,
        score::{Case, Kept, Score, score},
    },
    id::{OfferingId, SupplierId},
    offering::Terms,
};
use jiff::Timestamp;
use store::{offerings::Offering, scores, scores::Measured, suppliers};

use super::offering_name;
use crate::{Agent, App, Error, Result, reports::AskedMonths};

/// What a supplier promised, and what came of it.
#[derive(Clone, Debug)]
pub struct ScoreCard {
    /// The first moment of what is counted: cases that were prepared since then.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// All cases.
    pub all: Score,
    /// The cases by what of the supplier's they took; first those of which there are most.
    pub lines: Vec<ScoreLine>,
}

/// The cases by one of a supplier's offerings.
#[derive(Clone, Debug)]
pub struct ScoreLine {
    /// The offering; none where none was named.
    pub offering: Option<OfferingId>,
    /// What it is called today.
    pub name: String,
    /// What it promises today, and in which hours.
    pub terms: Option<Terms>,
    /// What the cases come to.
    pub score: Score,
}

/// The score of a supplier, of tickets that are shown to the agent. Times are of the supplier's own hours, against what
/// its offering promises today. Without months, of the last twelve.
///
/// # Errors
/// [`Error::Forbidden`] without [`Permission::ReportsView`]; [`Error::NotFound`]; [`Error::Invalid`] for what is no month.
pub async fn score_card(
    app: &App,
    agent: &Agent,
    id: SupplierId,
    from: Option<&str>,
    to: Option<&str>,
) -> Result<ScoreCard> {
    agent.require(Permission::ReportsView)?;
    let asked = AskedMonths::read(from, to)?;
    let (now, reader) = (app.now(), agent.reader());
    let (from, until, offers, cases): (Timestamp, Timestamp, Vec<Offering>, Vec<Measured>) = app
        .store
        .read::<_, Error, _>(agent.desk, move |tx| {
            let asked = asked.clone();
            Box::pin(async move {
                suppliers::get(tx, id).await?.ok_or(Error::NotFound("supplier"))?;
                let (from, until) = asked.of_desk(tx, now).await?.bounds();
                let offers = store::offerings::of_supplier(tx, id).await?;
                let cases = scores::measured(tx, reader, id, from, until).await?;
                Ok((from, until, offers, cases))
            })
        })
        .await?;
    let mut lines = Vec::new();
    let mut all = Vec::new();
    let mut named: Vec<Option<OfferingId>> = cases.iter().map(|case| case.offering).collect();
    named.sort_unstable();
    named.dedup();
    for offering in named {
        let offer = offers.iter().find(|offer| Some(offer.id) == offering);
        let terms = offer.map(|offer| offer.terms.0.clone());
        let counted = cases
            .iter()
            .filter(|case| case.offering == offering)
            .map(|case| count(case, terms.as_ref(), now))
            .collect::<Result<Vec<Case>>>()?;
        let name = offer.map(|offer| offering_name(offer, now)).unwrap_or_default();
        lines.push(ScoreLine { offering, name, terms, score: score(&counted) });
        all.extend(counted);
    }
    lines.sort_by(|one, other| {
        other.score.cases.cmp(&one.score.cases).then_with(|| one.name.cmp(&other.name))
    });
    Ok(ScoreCard { from, until, all: score(&all), lines })
}

/// What a case counts.
fn count(leg: &Measured, terms: Option<&Terms>, now: Timestamp) -> Result<Case> {
    let number = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let mut case = Case {
        chases: number(leg.chases),
        sent_back: number(leg.sent_back),
        bounces: number(leg.bounces),
        outcome: leg.outcome.filter(|_| leg.state.is_back()),
        is_open: leg.state.is_away(),
        was_declined: leg.state == Leg::Declined,
        ..Case::default()
    };
    let (Some(terms), Some(from)) = (terms, leg.held_from) else { return Ok(case) };
    let hours = clock::Calendar::try_from(terms.hours.clone()).map_err(Error::internal)?;
    let answers = leg.facts.0.iter().filter(|fact| fact.what == Event::Answered && fact.at <= now);
    // Hours without any interval are not known: nothing is measured by them.
    let is_known = terms.hours.hours != WeekSpec::default();
    if let (Some(first), true) = (answers.map(|fact| fact.at.max(from)).min(), is_known) {
        case.answered_after = Some(hours.elapsed(from, first, &[]).map_err(Error::internal)?.elapsed);
    }
    let clocks = clock::running::clocks(&hours, &terms.promises.of(leg.severity), from, &leg.facts.0, now);
    let clocks = match clocks {
        Err(clock::ClockError::NeverOpen | clock::ClockError::NoDueTime) => Vec::new(),
        other => other.map_err(Error::internal)?,
    };
    case.breaches =
        number(i64::try_from(clocks.iter().filter(|clock| clock.breached).count()).unwrap_or(i64::MAX));
    case.first_response = clocks.iter().find(|clock| clock.kind == ClockKind::FirstResponse).map(kept);
    Ok(case)
}

const fn kept(clock: &Clock) -> Kept {
    match (clock.breached, clock.state) {
        (true, _) => Kept::No,
        (false, ClockState::Met { .. }) => Kept::Yes,
        (false, ClockState::Running { .. } | ClockState::Paused { .. }) => Kept::Running,
    }
}
