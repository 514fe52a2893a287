//! Questions about invoices: linked, explained, accepted, disputed.

use app::{
    collections::{self as owed, NewDispute},
    questions,
    receivables::{self as money, NewDraft},
    tickets::{self, Change},
};
use domain::{
    access::{Permission, Role},
    id::{CustomerId, InvoiceId},
    party::Sees,
    receivable::{
        invoice::{Line, Vat, VatCategory},
        question::{Cause, Step},
    },
    ticket::{kinds::Kind, timeline::Event},
};
use jiff::SignedDuration;
use store::tickets::Ticket;
use testkit::{TestDesk, on_both};

use crate::receivables::customer;

fn line(what: &str, quantity: &str, price: &str) -> Line {
    Line {
        description: what.into(),
        quantity: quantity.parse().unwrap(),
        unit_price: price.parse().unwrap(),
        vat: Vat { category: VatCategory::Standard, rate: 19.into() },
        origin: None,
    }
}

async fn issued(desk: &TestDesk, customer: CustomerId, lines: Vec<Line>) -> (InvoiceId, String) {
    let new = NewDraft { customer, currency: None, lines, note: String::new() };
    let id = money::create(&desk.app, &desk.admin, new).await.unwrap();
    let label = money::issue(&desk.app, &desk.admin, id, 1).await.unwrap();
    desk.wait(SignedDuration::from_hours(24));
    (id, label)
}

/// What became of lines, by the ticket's timeline.
async fn steps(desk: &TestDesk, ticket: &Ticket) -> Vec<(u32, Step)> {
    let view = tickets::view(&desk.app, &desk.admin, ticket.number).await.unwrap();
    let step = |event| match event {
        Event::Line { line, step, .. } => Some((line, step)),
        _ => None,
    };
    view.entries.into_iter().filter_map(|entry| step(entry.event)).collect()
}

on_both! {
    async fn a_question_is_linked_explained_accepted_and_disputed(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = customer(&desk, "Acme").await;
        let bolt = customer(&desk, "Bolt").await;
        issued(&desk, acme, vec![line("Licences", "20", "20.00")]).await;
        let lines = vec![line("Licences", "25", "20.60"), line("Training", "1", "100")];
        let (invoice, number) = issued(&desk, acme, lines).await;
        let (_, theirs) = issued(&desk, bolt, vec![line("Licences", "1", "77")]).await;
        let text = format!("Your invoice {number} is higher than before.");
        let raw = desk.mail_from("ada@acme.test", "Why?", &text).await;
        let ticket = desk.ticket_of(&raw).await;
        let billing = Change { kind: Some(Kind::Billing), ..Change::default() };
        tickets::change(app, admin, ticket.id, billing, None).await.unwrap();
        let clerk = desk.agent("Clerk", &[Role::BillingAdmin]).await;
        let helper = desk.agent("Helper", &[Role::HelpdeskAgent]).await;

        // What it names is offered first, and nothing of another customer.
        let seen = questions::of_ticket(app, &clerk, ticket.id).await.unwrap();
        let offered: Vec<_> = seen.candidates.iter().map(|one| (one.sheet.number.as_str(), one.named)).collect();
        assert_eq!((offered.len(), offered[0]), (2, (number.as_str(), true)), "{offered:?}");
        assert!(seen.draft.is_empty() && seen.about.is_empty());
        for (of, place, code) in [(theirs.as_str(), 1, "unknown"), ("NONE-1", 1, "unknown"), (number.as_str(), 3, "unknown")] {
            let refused = questions::link(app, &clerk, ticket.id, of, place).await.unwrap_err();
            assert_eq!(refused.code(), code, "{of} {place}");
        }
        let refused = questions::link(app, &helper, ticket.id, &number, 1).await.unwrap_err();
        assert_eq!(refused.code(), "forbidden");
        for _ in 0..2 {
            assert_eq!(questions::link(app, &clerk, ticket.id, &number, 1).await.unwrap(), invoice);
        }
        assert_eq!(steps(&desk, &ticket).await, [(1, Step::Linked)]);

        // The draft is in the contact's language, and adds up.
        let seen = questions::of_ticket(app, &clerk, ticket.id).await.unwrap();
        let one = &seen.about[0].lines[0];
        let parts: Vec<_> = one.explained.since.clone().unwrap().parts.iter().map(|p| (p.cause, p.amount)).collect();
        assert_eq!(parts, [(Cause::Quantity, 10_000), (Cause::Price, 1_500)]);
        let draft = seen.draft.replace('\u{a0}', " ");
        for said in ["Guten Tag", "25 × 20,60 EUR = 515,00 EUR", "612,85 EUR", "+100,00 EUR", "+15,00 EUR", &number] {
            assert!(draft.contains(said), "{said} in {draft}");
        }
        assert!(seen.theirs && seen.may && one.is_open());

        // Who does not see what customers are billed sees that a line is linked, and no more.
        assert!(!helper.may(Permission::ReceivablesView));
        let (who, id) = (helper.clone(), ticket.id);
        let panel = app.store.read::<_, app::Error, _>(desk.desk, move |tx| {
            let who = who.clone();
            Box::pin(async move {
                let ticket = store::tickets::get(tx, id).await?.ok_or(app::Error::NotFound("ticket"))?;
                questions::panel_in(tx, &who, &ticket).await
            })
        });
        let panel = panel.await.unwrap().unwrap();
        assert!(panel.linked == 1 && panel.seen.is_none());
        assert_eq!(money::one(app, &clerk, invoice).await.unwrap().asking[0].number, ticket.number);

        // A billing contact says that it is right; a colleague who gets no invoices sees nothing of it.
        let eve = desk.contact(acme, "Eve", "eve@acme.test", Sees::All).await;
        let max = desk.contact(acme, "Max", "max@acme.test", Sees::All).await;
        let of = money::buyer(app, admin, acme).await.unwrap();
        let (data, version) = of.data.unwrap();
        money::set_buyer(app, admin, acme, data, vec![max.id], Some(version)).await.unwrap();
        assert!(questions::of_contact(app, &eve, ticket.number).await.unwrap().is_empty());
        let refused = questions::accept(app, &eve, ticket.number, invoice, 1).await.unwrap_err();
        assert_eq!(refused.code(), "not-found");
        assert_eq!(questions::of_contact(app, &max, ticket.number).await.unwrap()[0].lines.len(), 1);
        assert_eq!(questions::of_customers(app, &max).await.unwrap()[0].0, ticket.number);
        let refused = questions::accept(app, &max, ticket.number, invoice, 2).await.unwrap_err();
        assert_eq!(refused.code(), "not-found", "nobody asks about it");
        questions::accept(app, &max, ticket.number, invoice, 1).await.unwrap();
        assert_eq!(questions::accept(app, &max, ticket.number, invoice, 1).await.unwrap_err().code(), "stale");
        let seen = questions::of_ticket(app, &clerk, ticket.id).await.unwrap();
        assert_eq!(seen.about[0].lines[0].accepted.as_ref().unwrap().0, "Max");
        assert!(!seen.theirs, "Ada gets no invoices any more");

        // Another line is disputed, and the ticket says so.
        questions::link(app, &clerk, ticket.id, &number, 2).await.unwrap();
        let new = NewDispute { invoice, line: 2, reason: "We had no training".into() };
        owed::dispute_of(app, &max, new).await.unwrap();
        let refused = questions::accept(app, &max, ticket.number, invoice, 2).await.unwrap_err();
        assert_eq!(refused.code(), "stale", "it is held");
        assert!(questions::of_ticket(app, &clerk, ticket.id).await.unwrap().about[0].lines[1].dispute.is_some());

        // It is removed, and removed again has no second effect.
        for _ in 0..2 {
            questions::unlink(app, &clerk, ticket.id, invoice, 1).await.unwrap();
        }
        let all = [
            (1, Step::Linked),
            (1, Step::Accepted),
            (2, Step::Linked),
            (2, Step::Disputed),
            (1, Step::Unlinked),
        ];
        assert_eq!(steps(&desk, &ticket).await, all);
        assert_eq!(questions::of_ticket(app, &clerk, ticket.id).await.unwrap().about[0].lines.len(), 1);
    }
}
