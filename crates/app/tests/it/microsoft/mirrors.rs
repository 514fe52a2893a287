//! What is read at Microsoft again and again.

use app::microsoft::{self, Link, State, What};
use domain::{access::Role, cloud::Cloud, lang::Lang, party::DeskKind};
use jiff::SignedDuration;
use microsoft_sim::Quirks;
use testkit::on_both;

use super::Connected;

const HOUR: SignedDuration = SignedDuration::from_hours(1);

on_both! {
    async fn customers_health_and_requests_are_read(db) {
        let at = Connected::new(db).await;
        let bergmann = at.customer("Bergmann Maschinenbau GmbH", "bergmann.example").await;
        at.desk.run_jobs().await;
        at.all_is_read().await;
        let tenants = at.tenants().await;
        assert_eq!(tenants.len(), 12);
        // Matched by its domain; nobody else is touched, and nobody is made.
        assert_eq!(tenants.iter().filter(|tenant| tenant.customer.is_some()).count(), 1);
        let ours = app::customers::list(&at.desk.app, &at.desk.admin, "", None, 100).await.unwrap();
        assert_eq!(ours.len(), 1);
        let offered = microsoft::unlinked(&at.desk.app, &at.desk.admin).await.unwrap();
        assert_eq!(offered.len(), 11);

        let place = at.place(bergmann).await;
        assert_eq!((place.tenant.cloud, place.tenant.delegated_admin), (Cloud::Commercial, Some(true)));
        let issues: Vec<(&str, bool)> = place.issues.iter().map(|one| (one.issue.as_str(), one.resolved)).collect();
        assert_eq!(issues, [("EX900101", false), ("MO900102", false), ("SP900103", true)]);
        // What is broken is an incident of the desk, once, for all who have it.
        let own = at.desk.desk;
        let incident: Result<_, store::Error> = at.desk.app.store.read(own, |tx| Box::pin(
            store::incidents::by_external(tx, domain::incident::IncidentSource::Microsoft, "EX900101")
        )).await;
        let incident = incident.unwrap().unwrap();
        assert_eq!(incident.status, domain::incident::IncidentStatus::Open);
        assert_eq!(incident.tenants.0.unwrap().len(), 12);
        let requests: Vec<&str> = place.requests.iter().map(|one| one.title.as_str()).collect();
        assert_eq!(requests, ["Site collection stays read-only"]);
        assert_eq!((place.requests[0].status.as_str(), place.requests[0].severity.as_str()), ("open", "moderate"));
        for what in [What::Customer, What::Licences, What::Health, What::Requests] {
            assert_eq!(place.reading(what).unwrap().state, State::Current, "{what}");
        }
        // All three are known, whoever's they are.
        let all = microsoft::list(&at.desk.app, &at.desk.admin, "", 100).await.unwrap();
        assert_eq!((all.len(), all.iter().all(|one| !one.tenant.is_empty())), (3, true));
    }

    async fn what_did_not_change_is_not_read_whole_again(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let id = microsoft::list(&at.desk.app, &at.desk.admin, "", 1).await.unwrap()[0].id.clone();
        let whole = at.asked("/v1/servicerequests/");
        for _ in 0..6 {
            at.pass(SignedDuration::from_mins(5)).await;
        }
        assert_eq!(at.asked("/v1/servicerequests/"), whole);
        at.sim.world(|world| assert!(world.microsoft_says(&id, "Please try again.", Some("attention_needed"))));
        at.pass(SignedDuration::from_mins(5)).await;
        let known = microsoft::one(&at.desk.app, &at.desk.admin, &id).await.unwrap();
        assert_eq!((known.status.as_str(), known.notes.0.len()), ("attention_needed", 1));
        assert_eq!(known.notes.0[0].text, "Please try again.");
        assert_eq!(at.asked("/v1/servicerequests/"), whole + 1);
        // One call a look, however much time passes at once.
        let asked = at.asked("");
        at.pass(SignedDuration::from_hours(72)).await;
        assert!(at.asked("") - asked < 112, "{}", at.asked("") - asked);
    }

    async fn customers_are_added_where_the_desk_wants_it(db) {
        let at = Connected::apart(db, Cloud::Commercial).await;
        at.connect(Cloud::Commercial, true).await;
        at.desk.run_jobs().await;
        let ours = app::customers::list(&at.desk.app, &at.desk.admin, "", None, 100).await.unwrap();
        assert_eq!(ours.len(), 12);
        let tisza = ours.iter().find(|one| one.name.starts_with("Tisza")).unwrap();
        assert_eq!(tisza.lang, Lang::Hu);
        // Read again, nobody is added twice.
        at.pass(SignedDuration::from_hours(7)).await;
        assert_eq!(app::customers::list(&at.desk.app, &at.desk.admin, "", None, 100).await.unwrap().len(), 12);
        assert!(at.tenants().await.iter().all(|tenant| tenant.customer.is_some()));
    }

    async fn a_person_says_whose_a_tenant_is(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let kiwi = at.customer("Kiwi Harvest Ltd", "kiwi.test").await;
        let offered = microsoft::unlinked(app, admin).await.unwrap();
        let (tenant, alike) = offered.iter().find(|(tenant, _)| tenant.name.starts_with("Kiwi")).unwrap();
        assert_eq!(alike.as_ref().unwrap().id, kiwi, "the one of the same name is proposed");
        let id: uuid::Uuid = tenant.tenant.parse().unwrap();
        microsoft::link(app, admin, id, Link::Customer(kiwi)).await.unwrap();
        assert_eq!(at.place(kiwi).await.tenant.tenant, tenant.tenant);
        // It stays so, whatever is read.
        at.pass(SignedDuration::from_hours(7)).await;
        assert_eq!(at.place(kiwi).await.tenant.tenant, tenant.tenant);
        microsoft::link(app, admin, id, Link::Nobody).await.unwrap();
        microsoft::link(app, admin, id, Link::New).await.unwrap();
        let named = app::customers::list(app, admin, "Kiwi", None, 10).await.unwrap();
        assert_eq!(named.len(), 2);
        // Of another desk there is nothing to link.
        let (_, stranger) = at.desk.other_desk().await;
        let refused = microsoft::link(app, &stranger, id, Link::New).await.unwrap_err();
        assert_eq!(refused.code(), "not-found");
        let helper = at.desk.agent("Hanna", &[Role::HelpdeskAgent]).await;
        assert_eq!(microsoft::link(app, &helper, id, Link::New).await.unwrap_err().code(), "forbidden");
        assert_eq!(microsoft::of_customer(app, &helper, kiwi).await.unwrap(), []);
        assert_eq!(microsoft::of_customer(app, &stranger, kiwi).await.unwrap_err().code(), "not-found");
    }

    async fn a_customer_that_leaves_is_not_read_any_more(db) {
        let at = Connected::new(db).await;
        let ours = at.customer("Tisza", "tisza.example").await;
        at.desk.run_jobs().await;
        let tenant = at.place(ours).await.tenant.tenant;
        at.act("PUT", &format!("/simulator/relationships/{tenant}"), r#"{"ours":false}"#).await;
        at.pass(HOUR).await;
        let place = at.place(ours).await;
        assert_eq!(place.reading(What::Customer).unwrap().state, State::Gone);
        assert!(place.reading(What::Health).is_none());
        let asked = at.asked(&tenant);
        at.pass(SignedDuration::from_hours(72)).await;
        assert_eq!(at.asked(&tenant), asked, "nothing more is asked of it");
        // And it comes back.
        at.act("PUT", &format!("/simulator/relationships/{tenant}"), r#"{"ours":true}"#).await;
        at.pass(HOUR).await;
        assert_eq!(at.place(ours).await.reading(What::Health).unwrap().state, State::Current);
    }

    async fn what_a_cloud_lacks_is_a_state(db) {
        let at = Connected::apart(db, Cloud::China).await;
        at.connect(Cloud::China, false).await;
        let ours = at.customer("晨光", "chenguang.example").await;
        at.desk.run_jobs().await;
        at.all_is_read().await;
        for what in [What::Requests, What::Profile, What::Log] {
            assert_eq!(at.reading(what).await.state, State::NotOffered, "{what}");
        }
        let place = at.place(ours).await;
        assert_eq!(place.tenant.cloud, Cloud::China);
        for what in [What::Requests, What::Licences] {
            assert_eq!(place.reading(what).unwrap().state, State::NotOffered, "{what}");
        }
        assert_eq!(place.reading(What::Health).unwrap().state, State::Current);
        assert_eq!((at.asked("servicerequests"), at.asked("subscribedskus")), (0, 0));
    }

    async fn oddities_change_nothing(db) {
        let at = Connected::new(db).await;
        let ours = at.customer("Bergmann", "bergmann.example").await;
        at.sim.world(|world| world.quirks = Quirks::all());
        at.desk.run_jobs().await;
        at.all_is_read().await;
        let place = at.place(ours).await;
        assert_eq!((place.issues.len(), place.requests.len()), (3, 1));
        assert_eq!(place.requests[0].severity, "moderate");
        assert_eq!(place.tenant.delegated_admin, Some(true));
        assert_eq!(at.tenants().await.len(), 12);
    }

    async fn partners_and_the_support_contact(db) {
        let at = Connected::new(db).await;
        at.desk.run_jobs().await;
        let (app, admin) = (&at.desk.app, &at.desk.admin);
        let standing = microsoft::standing(app, admin).await.unwrap();
        let [email, telephone, _] = standing.profile.clone().unwrap();
        assert_eq!((email.as_str(), telephone.as_str()), ("support@nordwind.example", "+49 451 555 0100"));
        assert_eq!(standing.profile_fits, Some(false), "no mailbox of the desk has that address");
        assert_eq!(standing.partners, [], "a direct partner has none");
        assert_eq!((standing.tenants, standing.unlinked), (12, 12));
        let own = at.desk.desk;
        let kind: Result<DeskKind, store::Error> = app.store.read(own, |tx| Box::pin(async move {
            Ok(store::installation::own_desk(tx).await?.kind)
        })).await;
        assert_eq!(kind.unwrap(), DeskKind::DirectBill);
        assert_eq!(at.asked("/v1/relationships"), 0);
    }
}
