//! What a desk has of charging: a contract of a customer, time on its ticket, a line that waits for an invoice.

use app::{
    Agent,
    charging::{self, Contract, New, Sold},
};
use domain::{
    charging::{
        lines::{Unit, What},
        prepaid::Holds,
    },
    id::{ChargeId, CustomerId},
    lang::Lang,
};
use store::charging::{Charge, State};
use testkit::TestDesk;

use super::world::Ticket;

/// Their ids.
#[derive(Debug)]
pub(crate) struct Charged {
    pub(crate) prepaid: String,
}

impl Charged {
    pub(crate) async fn new(
        at: &TestDesk,
        admin: &Agent,
        customer: CustomerId,
        ticket: &Ticket,
        word: &str,
    ) -> Self {
        let contract = Contract { name: format!("Hours {word}"), from: None, to: None };
        let sold = Sold { customer, holds: Holds::Hours, units: 600, contract };
        let prepaid = charging::sell(&at.app, admin, sold).await.unwrap();
        let note = format!("Worked {word}");
        let new = New { day: None, minutes: 10, note, chargeable: false, reason: "Courtesy".into() };
        charging::log(&at.app, admin, ticket.id, new).await.unwrap();
        let now = at.app.now();
        let charge = Charge {
            id: at.app.ids(now).next(ChargeId::new),
            ticket: ticket.id,
            round: 1,
            customer,
            day: "2026-03-02".into(),
            what: What::Waived,
            description: format!("Line {word}"),
            lang: Lang::En,
            unit: Unit::Hour,
            quantity: 25,
            price: 0,
            amount: 0,
            currency: "EUR".into(),
            state: State::Open,
            invoice: None,
            made_at: now,
        };
        let kept: Result<(), store::Error> = at
            .app
            .store
            .write(admin.desk, move |tx| {
                let charge = charge.clone();
                Box::pin(async move { store::charging::add(tx, &charge).await })
            })
            .await;
        kept.unwrap();
        Self { prepaid: prepaid.to_string() }
    }
}
