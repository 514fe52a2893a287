//! What a desk has of subscriptions: one that was read, a date of it, something that changed, something to be done.

use app::Agent;
use domain::{
    id::{ActId, ChangeId},
    subscription::{
        Action, Era, Status, Term,
        acts::{Cause, Difference, Field, Progress},
        dates::{Day, Occasion},
    },
};
use jiff::SignedDuration;
use store::{
    Json,
    subscriptions::{self, Change, Subscription, acts::Act},
};
use testkit::TestDesk;

/// Their ids.
#[derive(Debug)]
pub(crate) struct Bought {
    pub(crate) subscription: String,
    pub(crate) act: String,
}

impl Bought {
    pub(crate) async fn new(at: &TestDesk, admin: &Agent, tenant: &str, word: &str) -> Self {
        let now = at.app.now();
        let mut ids = at.app.ids(now);
        let mark = word.bytes().fold(7_u128, |sum, byte| sum * 31 + u128::from(byte));
        let soon = now + SignedDuration::from_hours(24 * 5);
        let row = Subscription {
            id: uuid::Uuid::from_u128(mark).to_string(),
            tenant: tenant.into(),
            offer: "SIM:0001:A".into(),
            name: format!("Bought {word}"),
            nickname: format!("Called {word}"),
            era: Some(Era::NewCommerce),
            status: Status::Active,
            quantity: 5,
            counted: true,
            trial: false,
            auto_renew: true,
            term: Some(Term::Year),
            billing: "monthly".into(),
            created_at: Some(now),
            term_began: Some(now - SignedDuration::from_hours(24 * 360)),
            term_ends: Some(soon),
            cancel_until: None,
            refundable: Some(Json(Vec::new())),
            is_scheduled: false,
            scheduled: None,
            parent: None,
            azure_active: None,
            status_since: None,
            hinted_at: None,
            gone_at: None,
            read_at: now,
        };
        let change = Change {
            id: ids.next(ChangeId::new),
            subscription: row.id.clone(),
            at: now,
            cause: Cause::Elsewhere,
            what: Json(vec![Difference { of: Field::Quantity, before: "4".into(), after: "5".into() }]),
        };
        let act = Act {
            id: ids.next(ActId::new),
            subscription: row.id.clone(),
            tenant: tenant.into(),
            action: Action::Add,
            quantity: Some(9),
            reason: format!("Reason {word}"),
            ticket: None,
            agent: admin.id,
            seen: "nothing".into(),
            progress: Progress::Waiting,
            attempt: None,
            draft: None,
            detail: String::new(),
            tries: 0,
            asked_at: now,
            sent_at: None,
            next_at: now,
            ended_at: None,
        };
        let bought = Self { subscription: row.id.clone(), act: act.id.to_string() };
        let unit = std::sync::Arc::new((row, change, act));
        let kept: Result<(), store::Error> = at
            .app
            .store
            .write(admin.desk, move |tx| {
                let unit = unit.clone();
                Box::pin(async move {
                    let (row, change, act) = &*unit;
                    subscriptions::put(tx, row, &[Day { what: Occasion::Renewal, at: soon }]).await?;
                    subscriptions::add_change(tx, change).await?;
                    subscriptions::acts::add(tx, act).await
                })
            })
            .await;
        kept.unwrap();
        bought
    }
}
