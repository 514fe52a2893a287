//! Requirements, decisions, articles and incidents.

use domain::{
    access::Reader,
    article::{Article, Audience, Written},
    id::{AgentId, ArticleId, IncidentId, TicketId, UpdateId},
    incident::{IncidentSource, IncidentStatus, Informed},
    lang::Lang,
    ticket::{
        baseline::{Sheet, shipped},
        diagnosis::Verdict,
        kinds::{Kind, Service},
    },
};
use jiff::Timestamp;
use store::{
    Error, Json, Tx, articles, incidents, requirements,
    search::{
        self,
        articles::{Fit, find},
    },
};
use testkit::on_both;

use crate::desk;

const NOW: Timestamp = Timestamp::constant(1_772_438_400, 0);

fn agent() -> AgentId {
    AgentId::new(NOW, [1; 10])
}

fn version(version: i64, data: Option<Sheet>) -> requirements::Requirements {
    requirements::Requirements {
        service: Service::Azure,
        kind: Kind::Technical,
        version,
        data: Json(data),
        agent: agent(),
        at: NOW,
    }
}

/// An article with these texts, published or not.
async fn write(
    tx: &mut Tx,
    n: u8,
    audience: Audience,
    published: bool,
    texts: &[(Lang, &str, &str)],
) -> ArticleId {
    let text = |(lang, title, body): &(Lang, &str, &str)| {
        (*lang, Written { title: (*title).to_owned(), body: (*body).to_owned() })
    };
    let article = Article {
        audience,
        published,
        service: Some(Service::Microsoft365),
        kind: None,
        texts: texts.iter().map(text).collect(),
    };
    let words: Vec<_> = texts
        .iter()
        .map(|(lang, title, body)| (*lang, search::analyse(&format!("{title}\n{body}"), *lang)))
        .collect();
    let id = ArticleId::new(NOW, [n; 10]);
    let kept = articles::Kept { id, article: Json(article), version: 1, agent: agent(), at: NOW };
    articles::add(tx, &kept, &words).await.unwrap();
    id
}

async fn found(tx: &mut Tx, eyes: articles::Eyes, question: &str) -> Vec<(ArticleId, Lang)> {
    let words = search::Words::parse(question).unwrap();
    let found = find(tx, eyes, &words, Fit::All, 10).await.unwrap();
    found.into_iter().map(|found| (found.article, found.lang)).collect()
}

on_both! {
    async fn every_edit_of_a_sheet_is_a_version(db) {
        let store = db.store();
        let own = shipped().sheet(Service::Azure, Kind::Technical).clone();
        store.write(desk(1), move |tx| { let own = own.clone(); Box::pin(async move {
            assert_eq!(requirements::newest(tx, Service::Azure, Kind::Technical).await?, None);
            requirements::add(tx, &version(1, Some(own.clone()))).await?;
            requirements::add(tx, &version(2, None)).await?;
            let newest = requirements::newest(tx, Service::Azure, Kind::Technical).await?;
            assert_eq!(newest, Some(version(2, None)));
            let old = requirements::one(tx, Service::Azure, Kind::Technical, 1).await?;
            assert_eq!(old, Some(version(1, Some(own))));
            let all = requirements::versions(tx, Service::Azure, Kind::Technical).await?;
            assert_eq!(all.iter().map(|v| v.version).collect::<Vec<_>>(), [2, 1]);
            assert_eq!(requirements::every(tx).await?, [version(2, None)]);
            Ok::<_, Error>(())
        }) }).await.unwrap();
        store.read(desk(2), |tx| Box::pin(async move {
            assert_eq!(requirements::every(tx).await?, []);
            Ok::<_, Error>(())
        })).await.unwrap();
    }

    async fn a_ticket_is_counted_once_by_its_last_decision(db) {
        db.store().write(desk(1), |tx| Box::pin(async move {
            let ticket = |n| TicketId::new(NOW, [n; 10]);
            let (s, k) = (Service::Azure, Kind::Technical);
            requirements::decide(tx, ticket(1), "2026-02", (s, k), (Verdict::Unclear, None)).await?;
            requirements::decide(tx, ticket(1), "2026-03", (s, k), (Verdict::Outside, None)).await?;
            requirements::decide(tx, ticket(2), "2026-03", (s, k), (Verdict::Outside, None)).await?;
            requirements::decide(tx, ticket(3), "2026-03", (s, k), (Verdict::NotNeeded, None)).await?;
            let counts = requirements::decided(tx, Reader::operator(), "2026-01", "2026-12").await?;
            let counts: Vec<_> = counts.into_iter().map(|c| (c.month, c.verdict, c.tickets)).collect();
            assert_eq!(counts, [
                ("2026-03".to_owned(), Verdict::NotNeeded, 1),
                ("2026-03".to_owned(), Verdict::Outside, 2),
            ]);
            assert_eq!(requirements::decided(tx, Reader::operator(), "2026-01", "2026-02").await?, []);
            Ok::<_, Error>(())
        })).await.unwrap();
    }

    async fn articles_are_found_in_five_languages_and_only_by_who_may(db) {
        use articles::Eyes::{Agent, Author, Customer};
        db.store().write(desk(1), |tx| Box::pin(async move {
            let shown = write(tx, 1, Audience::Public, true, &[
                (Lang::En, "Reset a mailbox password", "Open the admin centre and choose the mailbox."),
                (Lang::De, "Kennwort eines Postfachs zurücksetzen", "Öffnen Sie die Lizenzverwaltung."),
                (Lang::Sv, "Återställ lösenordet för en postlåda", "Öppna administrationscentret."),
                (Lang::Hu, "Postaláda jelszavának visszaállítása", "Nyissa meg a felügyeleti központot."),
                (Lang::ZhCn, "重置邮箱密码", "打开管理中心，选择邮箱。"),
            ]).await;
            let internal = write(tx, 2, Audience::Internal, true, &[(Lang::En, "Mailbox secrets", "For agents.")]).await;
            let draft = write(tx, 3, Audience::Public, false, &[(Lang::En, "Mailbox draft", "Not yet.")]).await;
            let one = |lang| vec![(shown, lang)];
            assert_eq!(found(tx, Customer, "mailboxes").await, one(Lang::En));
            assert_eq!(found(tx, Customer, "Postfächer zurücksetzen").await, one(Lang::De));
            assert_eq!(found(tx, Customer, "zuruecksetzen").await, one(Lang::De));
            assert_eq!(found(tx, Customer, "kennwort zurücksetzen").await, one(Lang::De));
            assert_eq!(found(tx, Customer, "lizenzverw").await, one(Lang::De));
            assert_eq!(found(tx, Customer, "lösenord").await, one(Lang::Sv));
            assert_eq!(found(tx, Customer, "visszaállítás").await, one(Lang::Hu));
            assert_eq!(found(tx, Customer, "postaláda").await, one(Lang::Hu));
            assert_eq!(found(tx, Customer, "密码").await, one(Lang::ZhCn));
            assert_eq!(found(tx, Customer, "mailbox secrets").await, vec![]);
            assert_eq!(found(tx, Agent, "mailbox secrets").await, vec![(internal, Lang::En)]);
            assert_eq!(found(tx, Agent, "mailbox draft").await, vec![]);
            assert_eq!(found(tx, Author, "mailbox draft").await, vec![(draft, Lang::En)]);
            let some = search::Words::parse("my mailbox password is gone").unwrap();
            let best = find(tx, Customer, &some, Fit::Some, 10).await?;
            assert_eq!(best.iter().map(|f| (f.article, f.words)).collect::<Vec<_>>(), [(shown, 2)]);
            assert_eq!(articles::get(tx, Customer, internal).await?, None);
            assert_eq!(articles::newest(tx, Customer, 10).await?.len(), 1);
            assert_eq!(articles::newest(tx, Author, 10).await?.len(), 3);
            let mut kept = articles::get(tx, Author, draft).await?.unwrap();
            kept.version = 2;
            kept.article.0.published = true;
            kept.article.0.texts.insert(Lang::En, Written { title: "Calendar".into(), body: String::new() });
            articles::update(tx, &kept, &[(Lang::En, search::analyse("Calendar", Lang::En))]).await?;
            assert_eq!(found(tx, Author, "mailbox draft").await, vec![]);
            assert_eq!(found(tx, Customer, "calendar").await, vec![(draft, Lang::En)]);
            assert_eq!(articles::versions(tx, draft).await?.len(), 2);
            assert_eq!(articles::update(tx, &kept, &[]).await, Err(Error::Stale));
            Ok::<_, Error>(())
        })).await.unwrap();
        db.store().read(desk(2), |tx| Box::pin(async move {
            assert_eq!(found(tx, Author, "calendar").await, vec![]);
            Ok::<_, Error>(())
        })).await.unwrap();
    }

    async fn a_message_about_an_incident_is_noted_once_for_each_ticket(db) {
        db.store().write(desk(1), |tx| Box::pin(async move {
            let incident = incidents::Incident {
                id: IncidentId::new(NOW, [1; 10]),
                source: IncidentSource::Microsoft,
                external: "EX25194".into(),
                service: Service::Microsoft365,
                title: "Mail is late".into(),
                status: IncidentStatus::Open,
                started_at: NOW,
                ended_at: None,
                tenants: Json(None),
                version: 1,
            };
            incidents::add(tx, &incident).await?;
            let known = incidents::by_external(tx, IncidentSource::Microsoft, "EX25194").await?;
            assert_eq!(known.as_ref(), Some(&incident));
            let ticket = TicketId::new(NOW, [2; 10]);
            assert!(incidents::match_ticket(tx, incident.id, ticket, NOW).await?);
            assert!(!incidents::match_ticket(tx, incident.id, ticket, NOW).await?);
            assert_eq!(incidents::of_ticket(tx, ticket).await?, std::slice::from_ref(&incident));
            assert_eq!(incidents::ticket_ids(tx, incident.id, Reader::operator()).await?, [ticket]);
            // There is no such ticket, so nobody counts it.
            assert_eq!(incidents::counts(tx, Reader::operator()).await?, []);
            let update = UpdateId::new(NOW, [3; 10]);
            assert_eq!(incidents::sent(tx, update, ticket).await?, None);
            assert!(incidents::note_sent(tx, update, ticket, None, Informed::Sent).await?);
            assert!(!incidents::note_sent(tx, update, ticket, None, Informed::NoText).await?);
            assert_eq!(incidents::outcomes(tx, update).await?, [(Informed::Sent, 1)]);
            let yesterday = NOW - jiff::SignedDuration::from_hours(24);
            let on = incidents::going_on(tx, Service::Microsoft365, yesterday, NOW).await?;
            assert_eq!(on, std::slice::from_ref(&incident));
            let over = incidents::Incident {
                status: IncidentStatus::Over,
                ended_at: Some(yesterday),
                tenants: Json(Some(vec!["0b6a".into()])),
                ..incident.clone()
            };
            incidents::update(tx, &over).await?;
            assert_eq!(incidents::update(tx, &over).await, Err(Error::Stale));
            Ok::<_, Error>(())
        })).await.unwrap();
    }
}
