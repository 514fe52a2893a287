//! A statement is published, acknowledged, changed, and acknowledged again.

use app::{
    Contact, Error,
    catalogue::{self, NewDelivery, NewOffering, NewPlan, Standing},
    collections, people,
    statements::{self, Publish},
};
use domain::{
    access::Role,
    collections::Policy,
    id::{CustomerId, PlanId, StatementId},
    lang::Lang,
    offering::{ContactMethod, back_to_back::Finding, delivery::Manner, statement::Part},
    party::{Sees, supplier::SupplierKind},
};
use jiff::SignedDuration;
use store::{catalogue::Common, outgoing::Purpose};
use testkit::{TestDesk, on_both};

use crate::catalogue::{ALWAYS, OFFICE, delivery, offering, plan, supplier, terms};

const PROMISES: &str = r#"{"A":{"first_response":3600,"resolution":14400},"B":{"first_response":14400}}"#;

pub(crate) async fn publish(desk: &TestDesk, plan: PlanId, reason: &str) -> Result<StatementId, Error> {
    let draft = statements::draft(&desk.app, &desk.admin, plan, None).await.unwrap();
    let new = Publish { plan, seen: draft.seen, valid_from: None, reason: reason.into() };
    statements::publish(&desk.app, &desk.admin, new).await
}

async fn standing(desk: &TestDesk, customer: CustomerId) -> Standing {
    catalogue::of_customer(&desk.app, &desk.admin, customer).await.unwrap().standing
}

async fn acknowledge(desk: &TestDesk, contact: &Contact) -> Result<(), Error> {
    let mut shown = statements::of_contact(&desk.app, contact).await.unwrap();
    let shown = shown.remove(0);
    let hash = statements::hex(&shown.published.hash);
    statements::acknowledge(&desk.app, contact, shown.published.id, &hash).await
}

/// How often each contact was mailed a statement.
async fn mailed(desk: &TestDesk, to: &str) -> usize {
    desk.run_jobs().await;
    let mails = desk.sent_mails().await;
    mails.iter().filter(|mail| mail.purpose == Purpose::Statement && mail.to.iter().any(|t| t == to)).count()
}

on_both! {
    async fn a_statement_is_published_acknowledged_changed_and_acknowledged_again(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let acme = desk.customer("Acme").await;
        let ada = desk.contact(acme, "Ada", "ada@acme.test", Sees::All).await;
        let ben = desk.contact(acme, "Ben", "ben@acme.test", Sees::All).await;
        let day = offering(app, admin, "By day", terms(OFFICE, &[Lang::En], PROMISES)).await;
        let standard = plan(app, admin, "Standard", &[day], true).await;
        let policy = "We remind you twice.\n\nThen we suspend.";
        let common = Common {
            contact: [(ContactMethod::Phone, "+49 30 1".into())].into(),
            collections: [(Lang::En, policy.into()), (Lang::De, "Wir mahnen zweimal.".into())].into(),
        };
        catalogue::set_common(app, admin, common, 0).await.unwrap();
        catalogue::authorise(app, admin, acme, ada.id, true).await.unwrap();
        assert_eq!(standing(&desk, acme).await, Standing::Nothing);
        assert!(statements::of_contact(app, &ada).await.unwrap().is_empty());

        let first = publish(&desk, standard, "").await.unwrap();
        let asked = |statement, number, before| Standing::Asked { statement, number, before };
        assert_eq!(standing(&desk, acme).await, asked(first, 1, None));
        assert_eq!(publish(&desk, standard, "").await.unwrap_err().code(), "nothing-changed");
        // Five languages, each with the policy that there is, and the hash that is acknowledged.
        for lang in Lang::ALL {
            let (published, document) = statements::one(app, admin, first, *lang).await.unwrap();
            assert_eq!(document.lang, *lang);
            assert!(document.foot.contains(&statements::hex(&published.hash)), "{}", document.foot);
            let text = format!("{document:?}");
            assert!(!text.contains('⟨') && !text.contains("{$"), "{text}");
            assert!(text.contains(if *lang == Lang::De { "zweimal" } else { "twice" }), "{text}");
            assert!(text.contains("help@nordwind.test") && text.contains("By day"), "{text}");
        }
        // Mailed once to who may acknowledge, whatever is asked for.
        assert_eq!(statements::send(app, admin, first).await.unwrap(), 1);
        assert_eq!((mailed(&desk, "ada@acme.test").await, mailed(&desk, "ben@acme.test").await), (1, 0));
        assert_eq!(statements::send(app, admin, first).await.unwrap(), 0);
        assert_eq!(mailed(&desk, "ada@acme.test").await, 1);

        assert!(matches!(acknowledge(&desk, &ben).await, Err(Error::Forbidden)));
        let wrong = statements::acknowledge(app, &ada, first, "00").await;
        assert!(matches!(wrong, Err(Error::Stale)));
        acknowledge(&desk, &ada).await.unwrap();
        acknowledge(&desk, &ada).await.unwrap();
        let at = app.now();
        assert_eq!(standing(&desk, acme).await, Standing::Acknowledged { number: 1, at });

        // Another name is no reason to ask again.
        desk.wait(SignedDuration::from_hours(1));
        let renamed = NewPlan { name: "Basic".into(), offerings: vec![day], is_default: true };
        catalogue::change_plan(app, admin, standard, renamed, 1).await.unwrap();
        publish(&desk, standard, "").await.unwrap();
        assert_eq!(standing(&desk, acme).await, Standing::Acknowledged { number: 1, at });
        // Another promise is.
        let slower = terms(OFFICE, &[Lang::En], r#"{"A":{"first_response":7200,"resolution":14400}}"#);
        let new = NewOffering { name: "By day".into(), terms: slower, valid_from: None, valid_to: None };
        catalogue::change_offering(app, admin, day, new, 1).await.unwrap();
        let third = publish(&desk, standard, "").await.unwrap();
        assert_eq!(standing(&desk, acme).await, asked(third, 3, Some(1)));
        let shown = statements::of_contact(app, &ada).await.unwrap().remove(0);
        let (before, old, new) = shown.before.unwrap();
        let changes = statements::changes(text::Words::new(Lang::En), &old, &new);
        let parts: Vec<Part> = changes.iter().map(|change| change.part).collect();
        assert_eq!((before, parts), (1, vec![Part::Name, Part::Promises]));
        assert!(changes[1].before.contains("A: 1 h") && changes[1].after.contains("A: 2 h"), "{changes:?}");
        assert_eq!(statements::send(app, admin, third).await.unwrap(), 1);
        assert!(matches!(statements::send(app, admin, first).await, Err(Error::Refused("newer"))));
        // What is not the newest any more cannot be acknowledged, and what was acknowledged stays.
        let hash = statements::hex(&statements::one(app, admin, first, Lang::En).await.unwrap().0.hash);
        assert!(matches!(statements::acknowledge(app, &ada, first, &hash).await, Err(Error::Stale)));
        acknowledge(&desk, &ada).await.unwrap();
        let versions = statements::versions(app, admin, standard).await.unwrap();
        let numbers: Vec<i64> = versions.published.iter().map(|p| p.number).collect();
        assert_eq!(numbers, [3, 2, 1]);
        let material: Vec<bool> = versions.published.iter().map(|p| p.material).collect();
        assert_eq!(material, [true, false, true]);
        let who: Vec<_> = versions.acknowledged.iter().map(|a| (a.number, a.contact_name.as_str())).collect();
        assert_eq!(who, [(3, "Ada"), (1, "Ada")]);
        // The collections policy stands in it from the day on which the desk publishes one, and it is a reason to ask again.
        collections::publish(app, admin, Policy::first(), 0).await.unwrap();
        let fourth = publish(&desk, standard, "").await.unwrap();
        assert_eq!(standing(&desk, acme).await, asked(fourth, 4, Some(3)));
        let shown = statements::of_contact(app, &ada).await.unwrap().remove(0);
        let (_, old, new) = shown.before.unwrap();
        let changes = statements::changes(text::Words::new(Lang::Sv), &old, &new);
        let stages: Vec<&str> = changes[0].after.lines().collect();
        assert_eq!((changes[0].part, changes.len()), (Part::Collections, 1));
        assert_eq!(stages.len(), changes[0].before.lines().count() + 1 + Policy::first().stages.len(), "{stages:?}");
        let (_, document) = statements::one(app, admin, fourth, Lang::De).await.unwrap();
        assert!(format!("{document:?}").contains("84 Tage"), "{document:?}");
        acknowledge(&desk, &ada).await.unwrap();
        // A ticket keeps which version held when it was opened.
        let raw = desk.mail_from("ada@acme.test", "Help", "It is broken").await;
        assert_eq!(desk.ticket_of(&raw).await.statement, Some(fourth));
        // Others neither read nor acknowledge.
        let other = desk.customer("Other").await;
        let own = plan(app, admin, "Own", &[day], false).await;
        catalogue::hold(app, admin, other, Some(own), None, None).await.unwrap();
        let oscar = desk.contact(other, "Oscar", "oscar@other.test", Sees::All).await;
        assert!(matches!(
            statements::document_of(app, &oscar, fourth, Lang::De).await,
            Err(Error::NotFound(_))
        ));
        let hash = statements::hex(&statements::one(app, admin, fourth, Lang::En).await.unwrap().0.hash);
        let foreign = statements::acknowledge(app, &oscar, fourth, &hash).await;
        assert!(matches!(foreign, Err(Error::NotFound(_))));
        assert_eq!(statements::document_of(app, &ben, fourth, Lang::Hu).await.unwrap().1.lang, Lang::Hu);
    }

    async fn the_mail_has_the_pdf_in_the_contacts_language_where_it_can_be_printed(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let day = offering(app, admin, "By day", terms(OFFICE, &[Lang::En], PROMISES)).await;
        let standard = plan(app, admin, "Standard", &[day], true).await;
        let acme = desk.customer("Acme").await;
        for (name, lang) in [("Ada", Lang::Hu), ("Li", Lang::ZhCn)] {
            let email = format!("{}@acme.test", name.to_lowercase());
            let contact = desk.contact(acme, name, &email, Sees::All).await;
            let person = app::customers::Person {
                name: name.into(), email, phone: String::new(), lang, customers: vec![(acme, Sees::All)],
            };
            app::customers::update_contact(app, admin, contact.id, person, 1).await.unwrap();
            catalogue::authorise(app, admin, acme, contact.id, true).await.unwrap();
        }
        let statement = publish(&desk, standard, "").await.unwrap();
        let waits = statements::versions(app, admin, standard).await.unwrap().waiting;
        assert_eq!((waits.len(), waits[0].name.as_str(), waits[0].somebody_may), (1, "Acme", true));
        assert_eq!(statements::send(app, admin, statement).await.unwrap(), 2);
        desk.run_jobs().await;
        let mails = desk.sent_mails().await;
        let to = |to: &str| mails.iter().rfind(|mail| mail.to.iter().any(|known| known == to)).unwrap();
        let hungarian = to("ada@acme.test");
        let file = &hungarian.mail.attachments[0];
        let (_, document) = statements::one(app, admin, statement, Lang::Hu).await.unwrap();
        assert!(file.name.as_ref().is_some_and(|name| name.ends_with(" 1 hu.pdf")), "{:?}", file.name);
        assert_eq!(file.content_type, "application/pdf");
        let printed = String::from_utf8_lossy(&file.body);
        assert!(printed.starts_with("%PDF-") && printed.contains(&document.title), "{printed}");
        assert!(hungarian.mail.text.contains("mellékeltük"), "{}", hungarian.mail.text);
        // The test's printer has no font for Chinese.
        let chinese = to("li@acme.test");
        assert!(chinese.mail.attachments.is_empty() && chinese.mail.text.contains("/help/statement"));
    }

    async fn what_cannot_be_kept_is_published_for_a_reason_only(db) {
        let desk = TestDesk::new(db).await;
        let (app, admin) = (&desk.app, &desk.admin);
        let helper = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        // Round the clock in two languages, by people who speak one and work by day, and by a supplier that is slow
        // and closed at weekends.
        let night = offering(app, admin, "Always", terms(ALWAYS, &[Lang::En, Lang::Hu], PROMISES)).await;
        let premium = plan(app, admin, "Premium", &[night], false).await;
        let weekdays = r#""mon":[["00:00","24:00"]],"tue":[["00:00","24:00"]],"wed":[["00:00","24:00"]],
            "thu":[["00:00","24:00"]],"fri":[["00:00","24:00"]]"#;
        let slow = terms(weekdays, &[Lang::En], r#"{"A":{"first_response":7200}}"#);
        let theirs = supplier(&desk, SupplierKind::Outsourcer, slow).await;
        let by = NewDelivery { supplier_offering: Some(theirs), ..delivery(Manner::Outsourced) };
        catalogue::add_delivery(app, admin, by).await.unwrap();
        let by_day = NewDelivery { hours: Some(crate::catalogue::hours(OFFICE)), ..delivery(Manner::InHouse) };
        catalogue::add_delivery(app, admin, by_day).await.unwrap();

        let draft = statements::draft(app, admin, premium, None).await.unwrap();
        assert!(draft.checks.need_reason());
        assert!(matches!(statements::draft(app, &helper, premium, None).await, Err(Error::Forbidden)));
        // English: the weekends. Hungarian: every hour.
        let total = |lang| {
            let gap = draft.checks.gaps.iter().find(|gap| gap.lang == lang).unwrap();
            (gap.of.len(), gap.times.total().as_hours() / 24)
        };
        assert_eq!(draft.checks.gaps.len(), 2);
        assert_eq!(total(Lang::Hu), (2, 366));
        assert_eq!(total(Lang::En), (2, 104));
        let link = draft.checks.links.iter().find(|link| link.is_broken()).unwrap();
        let has = |what: fn(&Finding) -> bool| link.findings.iter().any(what);
        assert!(has(|f| matches!(f, Finding::Closed(_))) && has(|f| matches!(f, Finding::Language(Lang::Hu))));
        assert!(has(|f| matches!(f, Finding::Late { .. })) && has(|f| matches!(f, Finding::PromiseUnknown { .. })));
        // The picture has a row for each language, in a whole week to come.
        let week = &draft.checks.week;
        assert!(week.period.from >= app.now() && week.rows.len() == 2);
        let english = week.rows.iter().find(|row| row.lang == Lang::En).unwrap();
        assert_eq!((english.promised.total().as_hours(), english.gaps.total().as_hours()), (168, 48));

        assert_eq!(publish(&desk, premium, " ").await.unwrap_err().code(), "required");
        let id = publish(&desk, premium, "Two people begin in May.").await.unwrap();
        let (published, _) = statements::one(app, &helper, id, Lang::En).await.unwrap();
        assert_eq!(published.reason, "Two people begin in May.");
        // Somebody speaks Hungarian now, round the clock: fewer gaps.
        let calendar = app::desks::add_calendar(app, admin, "Always", crate::catalogue::hours(ALWAYS)).await.unwrap();
        let profile = people::Profile {
            name: admin.name.clone(),
            lang: admin.lang,
            timezone: "Europe/Berlin".into(),
            prefs: store::people::Prefs {
                languages: vec![Lang::Hu],
                hours: Some(calendar),
                ..admin.prefs.clone()
            },
        };
        people::update_profile(app, admin, profile).await.unwrap();
        let draft = statements::draft(app, admin, premium, None).await.unwrap();
        let hungarian = draft.checks.gaps.iter().find(|gap| gap.lang == Lang::Hu).unwrap();
        assert!(hungarian.times.total().as_hours() < 366 * 24, "by day somebody answers now");
        // What was looked at is what is published: a change in between is told.
        let new = Publish { plan: premium, seen: draft.seen, valid_from: None, reason: "x".into() };
        let more = NewPlan { name: "Premium Plus".into(), offerings: vec![night], is_default: false };
        catalogue::change_plan(app, admin, premium, more, 1).await.unwrap();
        assert!(matches!(statements::publish(app, admin, new).await, Err(Error::Stale)));
        let empty = plan(app, admin, "Empty", &[], false).await;
        assert_eq!(publish(&desk, empty, "x").await.unwrap_err().code(), "nothing-to-publish");
    }
}
