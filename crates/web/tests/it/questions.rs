//! The pages of questions about invoices: the ticket's, the invoice's, the portal's.

use app::tickets::{self, Change};
use axum::http::StatusCode;
use domain::{access::Role, party::Sees, ticket::kinds::Kind};
use testkit::{TestDesk, on_both};

use crate::matrix::owed::Owed;

on_both! {
    async fn a_line_is_linked_drafted_and_accepted_on_its_pages(db) {
        let desk = TestDesk::new(db).await;
        let acme = desk.customer("acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::All).await;
        let eve = desk.contact(acme, "Eve", "eve@acme.test", Sees::All).await;
        let owed = Owed::new(&desk, &desk.admin, acme, &[&ada], "kakapo").await;
        let one = app::receivables::one(&desk.app, &desk.admin, owed.invoice.parse().unwrap()).await.unwrap();
        let number = one.invoice.label.unwrap();
        let raw = desk.mail_from("ada@acme.test", "My invoice", &format!("Why {number}?")).await;
        let ticket = desk.ticket_of(&raw).await;
        let billing = Change { kind: Some(Kind::Billing), ..Change::default() };
        tickets::change(&desk.app, &desk.admin, ticket.id, billing, None).await.unwrap();
        let helper = desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        let (cookie, hers) = (desk.agent_cookie(&desk.admin).await, desk.agent_cookie(&helper).await);
        let (theirs, others) = (desk.contact_cookie(&ada).await, desk.contact_cookie(&eve).await);
        let (page, lines) = (format!("/tickets/{}", ticket.number), format!("/tickets/{}/invoice-lines", ticket.number));
        let (portal, say) = (format!("/help{page}"), format!("/help{lines}"));

        // It is offered, and linked; what is none is a bad field.
        let value = format!("1 {number}");
        assert!(desk.get(&page, &cookie).await.body.contains(&format!("value=\"{value}\"")));
        for bad in ["", "x", "1 NONE", &format!("2 {number}")] {
            let answer = desk.post(&lines, &cookie, &[("do", "link"), ("line", bad)]).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{bad}");
        }
        let linked = desk.post(&lines, &cookie, &[("do", "link"), ("line", &value)]).await;
        assert_eq!(linked.status, StatusCode::SEE_OTHER, "{}", linked.body);
        let body = desk.get(&page, &cookie).await.body;
        assert!(body.contains("data-key=\"b\"") && body.contains("11.90"), "{body}");
        let invoice = desk.get(&format!("/receivables/invoices/{}", owed.invoice), &cookie).await.body;
        assert!(invoice.contains(&format!("href=\"{page}\"")), "{invoice}");

        // Without script the draft goes behind what was written.
        tickets::save_draft(&desk.app, &desk.admin, ticket.id, "reply", "Begun already.").await.unwrap();
        assert_eq!(desk.post(&lines, &cookie, &[("do", "draft")]).await.status, StatusCode::SEE_OTHER);
        let drafts = tickets::drafts(&desk.app, &desk.admin, ticket.id).await.unwrap();
        let draft = &drafts.iter().find(|draft| draft.kind == "reply").unwrap().body;
        assert!(draft.starts_with("Begun already.\n\n") && draft.contains("11,90"), "{draft}");

        // Who does not see money sees that a line is linked, and no amount.
        let body = desk.get(&page, &hers).await.body;
        assert!(body.contains("id=\"questions\"") && !body.contains("11.90"), "{body}");
        assert_eq!(desk.post(&lines, &hers, &[("do", "unlink")]).await.status, StatusCode::FORBIDDEN);

        // In the portal: who gets the invoices says that it is right, once; a colleague sees nothing of it.
        let body = desk.get(&portal, &others).await.body;
        assert!(body.contains("My invoice") && !body.contains("11,90"), "{body}");
        let fields = |what| [("do", what), ("invoice", owed.invoice.as_str()), ("line", "1")];
        assert_eq!(desk.post(&say, &others, &fields("accept")).await.status, StatusCode::NOT_FOUND);
        for shown in [portal.as_str(), "/help/invoices"] {
            let body = desk.get(shown, &theirs).await.body;
            assert!(body.contains("11,90") && body.contains("value=\"accept\""), "{body}");
        }
        let empty = desk.post(&say, &theirs, &fields("dispute")).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY, "a dispute has a reason: {}", empty.body);
        assert_eq!(desk.post(&say, &theirs, &fields("accept")).await.status, StatusCode::SEE_OTHER);
        assert_eq!(desk.post(&say, &theirs, &fields("accept")).await.status, StatusCode::CONFLICT);
        assert!(!desk.get(&portal, &theirs).await.body.contains("value=\"accept\""));
        let body = desk.get(&page, &cookie).await.body;
        assert!(body.contains("Ada says that line 1 of invoice"), "{body}");

        // It is removed.
        let gone = [("do", "unlink"), ("invoice", owed.invoice.as_str()), ("line", "1")];
        assert_eq!(desk.post(&lines, &cookie, &gone).await.status, StatusCode::SEE_OTHER);
        assert!(!desk.get(&page, &cookie).await.body.contains("data-key=\"b\""));
    }
}
