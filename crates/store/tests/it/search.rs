//! Search, on both databases.

use domain::{
    access::{Reader, Rights, Role, Visibility},
    id::{AgentId, DeskId, EntryId, TicketId},
    lang::Lang,
};
use jiff::Timestamp;
use store::{
    Error, Store, params,
    search::{self, Doc, Hits, Only, Order, Part, Question, Words, analyse},
};
use testkit::on_both;

store::sql! {
    desk PUT_TICKET = "INSERT INTO tickets (desk_id, id, number, channel, kind, service, severity, state, lane,
        subject, lang, tags, preview, last_by, last_at, due_at, targets, facts, entries, version, created_at)
        VALUES ($1, $2, $3, 'mail', $4, 'other', 'C', 'new', 'todo', '', 'en', $5, '', 'system', $6, $6, $5, $5, 0, 1, $6)";
    desk SET_KIND = "UPDATE tickets SET kind = $3 WHERE desk_id = $1 AND id = $2";
    desk AGE = "UPDATE search_docs SET version = 0 WHERE desk_id = $1";
    desk DOCS = "SELECT COUNT(*) FROM search_docs WHERE desk_id = $1";
}

const ONE: u8 = 1;
const OTHER: u8 = 2;

fn desk(n: u8) -> DeskId {
    DeskId::new(Timestamp::UNIX_EPOCH, [n; 10])
}

fn ticket(n: u32) -> TicketId {
    TicketId::from_uuid(uuid::Uuid::from_u128(n.into()))
}

fn entry(n: u32) -> EntryId {
    EntryId::from_uuid(uuid::Uuid::from_u128(n.into()))
}

fn at(n: u32) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + i64::from(n)).unwrap()
}

/// A desk of a store, and what the tests do with it.
struct Desk<'s> {
    store: &'s Store,
    desk: DeskId,
}

impl Desk<'_> {
    async fn ticket(&self, n: u32, kind: &'static str) {
        let put = self.store.write::<_, Error, _>(self.desk, move |tx| {
            Box::pin(async move {
                let tags = serde_json::json!([]);
                tx.execute(&PUT_TICKET, params![ticket(n), i64::from(n), kind, tags, at(n)]).await
            })
        });
        assert_eq!(put.await, Ok(1));
    }

    async fn add(&self, n: u32, part: Option<u32>, visibility: Visibility, lang: Lang, text: &str) {
        let entry = part.map(entry);
        let doc = Doc {
            ticket: ticket(n),
            entry,
            visibility,
            at: at(part.unwrap_or(n)),
            terms: analyse(text, lang),
        };
        let add = self.store.write::<_, Error, _>(self.desk, move |tx| {
            let doc = doc.clone();
            Box::pin(async move { search::add(tx, &doc).await })
        });
        assert_eq!(add.await, Ok(()), "{text}");
    }

    async fn remove(&self, n: u32, part: Part) {
        let remove = self
            .store
            .write::<_, Error, _>(self.desk, move |tx| Box::pin(search::remove(tx, ticket(n), part)));
        assert_eq!(remove.await, Ok(()));
    }

    async fn ask(&self, question: Question) -> Hits {
        let find = self.store.read::<_, Error, _>(self.desk, move |tx| {
            let question = question.clone();
            Box::pin(async move { search::find(tx, &question).await })
        });
        find.await.unwrap()
    }

    /// The tickets that a role finds, newest first.
    async fn finds(&self, roles: &[Role], words: &str) -> Vec<u32> {
        let Some(words) = Words::parse(words) else { return Vec::new() };
        let order = Order::Newest { before: None };
        numbers(
            &self
                .ask(Question { words, only: Only::default(), reader: reader(roles), order, limit: 100 })
                .await,
        )
    }
}

fn numbers(hits: &Hits) -> Vec<u32> {
    hits.tickets.iter().map(|hit| u32::try_from(hit.ticket.uuid().as_u128()).unwrap()).collect()
}

const HELPDESK: &[Role] = &[Role::HelpdeskAgent];

/// Somebody with these roles, to whom no circle shows its tickets.
fn reader(roles: &[Role]) -> Reader {
    Reader { agent: AgentId::new(Timestamp::UNIX_EPOCH, [9; 10]), rights: Rights::of(roles) }
}

const PUBLIC: Visibility = Visibility::Public;

/// Texts; their places in the list are their tickets' numbers.
const TEXTS: &[(Lang, &str)] = {
    use Lang::{De, En, Hu, Sv, ZhCn};
    &[
        (En, "Our invoice for September is wrong: two licences were charged twice"),
        (En, "Please refund the invoice E0400ABCDE, we cancelled the subscription"),
        (En, "Outlook does not open since the update KB5034441, error 0x80070005"),
        (En, "Users cannot sign in, AADSTS50034, tenant 3f2504e0-4f89-11d3-9a0c-0305e82c3301"),
        (En, "Service health incident EX123456 affects mail.contoso.com"),
        (En, "The mailbox anna.k@contoso.com is full, send her an e-mail at anna@fabrikam.example"),
        (En, "Ticket #10432 is about the amount of 1,234.56 EUR"),
        (En, "Teams meetings are cancelled on their own"),
        (En, "How do I renew Dynamics 365 licenses for the sales team?"),
        (En, "Backup of the file server failed with code 5"),
        (En, "The user's password expired; reset it please"),
        (En, "Azure virtual machines were deallocated, quota exceeded"),
        (Sv, "Fakturan för september är fel, vi har betalat två gånger"),
        (Sv, "Vi behöver fler licenser för våra nya användare"),
        (Sv, "Användaren kan inte logga in på Åsögatans kontor"),
        (Sv, "Säg upp abonnemanget och återbetala fakturorna"),
        (Sv, "Skärmen är svart när datorn startar"),
        (Sv, "E-posten från mail.contoso.com kommer inte fram"),
        (Sv, "Lösenordet har gått ut för överföringen"),
        (Sv, "Mötet i Teams avbröts"),
        (Sv, "Felkod 0x80070005 vid uppdatering"),
        (Sv, "Får jag en kopia av avtalet?"),
        (Sv, "Säkerhetskopian av filservern misslyckades"),
        (Sv, "Priset på 1.234,56 kr stämmer inte"),
        (De, "Die Rechnungen für September sind falsch, bitte um Gutschrift"),
        (De, "Wir brauchen eine Lizenzverlängerung für Microsoft 365"),
        (De, "Änderung der Anschrift: Hauptstraße 5, Zürich"),
        (De, "Das Passwort muss zurückgesetzt werden"),
        (De, "Kuendigung des Abonnements, Aenderung der Zahlungsart"),
        (De, "Benutzer können sich nicht anmelden, Fehler AADSTS50034"),
        (De, "Die Größe des Postfachs überschreitet das Limit"),
        (De, "Serverausfall im Rechenzentrum, Störung EX123456"),
        (De, "Sicherungskopien der Dateiserver schlagen fehl"),
        (De, "Neue Lizenzen für zehn Mitarbeiter"),
        (De, "Der Kunde zahlt nicht, Mahnung verschickt"),
        (De, "Besprechung in Teams bricht ab"),
        (Hu, "A szeptemberi számla hibás, kétszer fizettünk"),
        (Hu, "Új licenceket szeretnénk a felhasználóknak"),
        (Hu, "Az árvíztűrő tükörfúrógép nem indul"),
        (Hu, "A jelszó lejárt, kérjük a visszaállítását"),
        (Hu, "Számláinkat kérjük magyarul"),
        (Hu, "Az előfizetés lemondása és a pénz visszatérítése"),
        (Hu, "Nem érkeznek meg az üzenetek a mail.contoso.com címről"),
        (Hu, "A fájlkiszolgáló biztonsági mentése nem sikerült"),
        (Hu, "Bejelentkezési hiba AADSTS50034"),
        (Hu, "A megbeszélés megszakadt a Teamsben"),
        (Hu, "Őrült lassú a gép"),
        (Hu, "Szerződésünket módosítani kell"),
        (ZhCn, "九月的发票有错误，重复收费"),
        (ZhCn, "请尽快处理退款，订阅已经取消"),
        (ZhCn, "用户无法登录，错误代码AADSTS50034"),
        (ZhCn, "我们需要更多的Microsoft 365许可证"),
        (ZhCn, "密码已过期，请重置密码"),
        (ZhCn, "邮箱已满，无法接收邮件"),
        (ZhCn, "服务器备份失败"),
        (ZhCn, "Teams会议中断"),
        (ZhCn, "续订Dynamics 365的许可"),
        (ZhCn, "发票上的金额不对，请退回款项"),
        (ZhCn, "虚拟机的配额不足"),
        (ZhCn, "蓝屏，无法启动"),
    ]
};

/// Questions, and the tickets that they find, newest first.
const QUESTIONS: &[(&str, &[u32])] = &[
    ("invoice", &[1, 0]),
    ("invoices", &[1, 0]),
    ("\"wrong invoice\"", &[0]),
    ("licence", &[37, 0]),
    ("cancel", &[7, 1]),
    ("cancelled subscription", &[1]),
    ("E0400ABCDE", &[1]),
    ("e0400abc", &[1]),
    ("kb5034441", &[2]),
    ("0x80070005", &[20, 2]),
    ("AADSTS50034", &[50, 44, 29, 3]),
    ("3F2504E0-4F89-11D3-9A0C-0305E82C3301", &[3]),
    ("3f2504e04f8911d39a0c0305e82c3301", &[3]),
    ("EX123456", &[31, 4]),
    ("mail.contoso.com", &[42, 17, 4]),
    ("contoso.com", &[42, 17, 5, 4]),
    ("anna.k@contoso.com", &[5]),
    ("anna.k", &[5]),
    ("email", &[5]),
    ("e-mail", &[17, 5]),
    ("#10432", &[6]),
    ("1043", &[]),
    ("1,234.56", &[23, 6]),
    ("1.234,56", &[23, 6]),
    ("password reset", &[10]),
    ("users password", &[10]),
    ("virtual machine", &[11]),
    ("nothing of this", &[]),
    ("faktura", &[15, 12]),
    ("fakturor", &[15, 12]),
    ("licens", &[37, 13, 8, 0]),
    ("användare", &[14, 13]),
    ("anvandare", &[14, 13]),
    ("åsögatan", &[14]),
    ("asogatan", &[14]),
    ("överföring", &[18]),
    ("losenord", &[18]),
    ("Rechnung", &[24]),
    ("rechnungen september", &[24]),
    ("Lizenz", &[33, 25]),
    ("lizenzen", &[33, 25]),
    ("Änderung", &[28, 26]),
    ("anderung", &[26]),
    ("Aenderung", &[28, 26]),
    ("Kündigung", &[28]),
    ("hauptstrasse", &[26]),
    ("HAUPTSTRASSE zürich", &[26]),
    ("grösse", &[30]),
    ("Groesse", &[30]),
    ("zuruckgesetzt", &[27]),
    ("számla", &[40, 36]),
    ("szamla", &[40, 36]),
    ("arvizturo", &[38]),
    ("árvíztűrő tükörfúrógép", &[38]),
    ("tukorfurogep", &[38]),
    ("jelszó", &[39]),
    ("felhasználó", &[37]),
    ("őrült", &[46]),
    ("发票", &[57, 48]),
    ("退款", &[49]),
    ("退", &[57, 49]),
    ("发票金额", &[57]),
    ("金额 发票", &[57]),
    ("密码", &[52]),
    ("重置密码", &[52]),
    ("许可", &[56, 51]),
    ("许可证", &[51]),
    ("登录", &[50]),
    ("无法", &[59, 53, 50]),
    ("teams", &[55, 45, 35, 19, 8, 7]),
    ("teams 会议", &[55]),
    ("365", &[56, 51, 25, 8]),
    ("Ｍicrosoft", &[51, 25]),
];

on_both! {
    async fn finds_in_five_languages(db) {
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        for (n, (lang, text)) in TEXTS.iter().enumerate() {
            let n = u32::try_from(n).unwrap();
            desk.ticket(n, "technical").await;
            desk.add(n, Some(n), PUBLIC, *lang, text).await;
        }
        let mut wrong = Vec::new();
        for (question, expected) in QUESTIONS {
            let found = desk.finds(HELPDESK, question).await;
            if found != *expected {
                wrong.push(format!("{question}: {found:?}, not {expected:?}"));
            }
        }
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    async fn a_desk_finds_its_own(db) {
        let store = db.store();
        let (one, other) = (Desk { store, desk: desk(ONE) }, Desk { store, desk: desk(OTHER) });
        for (n, desk) in [(1, &one), (2, &other)] {
            desk.ticket(n, "technical").await;
            // The same instant and the same id: the numbers of the documents meet.
            desk.add(n, Some(9), PUBLIC, Lang::En, "canary").await;
        }
        // The same ticket id at both desks.
        other.ticket(1, "technical").await;
        let foreign = format!("_d{} canary", desk(OTHER).uuid().as_simple());
        for (question, own) in [("canary", vec![1]), ("canar", vec![1]), (foreign.as_str(), vec![])] {
            assert_eq!(one.finds(HELPDESK, question).await, own, "{question}");
        }
        assert_eq!(other.finds(HELPDESK, "canary").await, [2]);
        one.remove(2, Part::Whole).await;
        one.remove(1, Part::Whole).await;
        assert_eq!(one.finds(HELPDESK, "canary").await, [] as [u32; 0]);
        assert_eq!(other.finds(HELPDESK, "canary").await, [2]);
    }

    async fn what_may_not_be_seen_has_no_effect(db) {
        use Role::{BillingAdmin, HelpdeskAgent, SalesAgent, UserManagementAdmin};
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        for (n, kind) in [(1, "billing"), (2, "technical")] {
            desk.ticket(n, kind).await;
            desk.add(n, Some(10 + n), PUBLIC, Lang::En, "hello said").await;
            desk.add(n, Some(20 + n), Visibility::Internal, Lang::En, "hello secret").await;
        }
        let rows: &[(&[Role], &str, &[u32])] = &[
            (&[HelpdeskAgent], "secret", &[2, 1]),
            (&[SalesAgent], "secret", &[]),
            (&[SalesAgent], "secr", &[]),
            (&[SalesAgent], "hello", &[2, 1]),
            (&[BillingAdmin], "secret", &[1]),
            (&[BillingAdmin], "said", &[1]),
            (&[BillingAdmin, SalesAgent], "secret", &[1]),
            (&[BillingAdmin, SalesAgent], "said", &[2, 1]),
            (&[UserManagementAdmin], "hello", &[]),
            (&[SalesAgent], "_vi secret", &[]),
            // Words of two messages do not add up.
            (&[HelpdeskAgent], "said secret", &[]),
        ];
        for (roles, question, expected) in rows {
            assert_eq!(desk.finds(roles, question).await, *expected, "{roles:?} {question}");
        }
        // The hit that is shown is one that may be seen.
        let words = Words::parse("hello").unwrap();
        let order = Order::Newest { before: None };
        let hits = desk.ask(Question { words, only: Only::default(), reader: reader(&[SalesAgent]), order, limit: 9 }).await;
        assert!(hits.tickets.iter().all(|hit| hit.entry.is_some_and(|e| e.uuid().as_u128() < 20)), "{hits:?}");

        // A ticket that changes its kind is out of sight at once.
        let change = store.write::<_, Error, _>(self::desk(ONE), |tx| {
            Box::pin(async { tx.execute(&SET_KIND, params![ticket(1), "technical"]).await })
        });
        assert_eq!(change.await, Ok(1));
        assert_eq!(desk.finds(&[BillingAdmin], "hello").await, [] as [u32; 0]);
    }

    async fn hostile_words_are_words(db) {
        let texts = [
            "_d00000000 _vp _s reserved",
            "NEAR(one two, 3) \"quoted\" col:word ^first -minus pre* AND OR NOT",
            "one & two | three ! four <-> five :* 'lexeme' \\'",
            "nul \0 after",
            "\u{202e}\u{0}\u{fffd}\u{e000}",
            "",
        ];
        let huge = [format!("huge{}", "x".repeat(1_000_000)), "ü".repeat(300_000), "票".repeat(50_000)];
        let many: String = (0..60_000).map(|n| format!("wort{n} ")).collect();
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        let all = texts.iter().copied().chain(huge.iter().map(String::as_str)).chain([many.as_str()]);
        for (n, text) in (0..).zip(all.clone()) {
            desk.ticket(n, "technical").await;
            desk.add(n, Some(n), Visibility::Internal, Lang::De, text).await;
        }
        for text in all {
            assert_eq!(desk.finds(&[Role::SalesAgent], text).await, [] as [u32; 0]);
            desk.finds(HELPDESK, text).await;
        }
        for question in ["\"", "*", "a*", "^", ":", "-", "a:b", "NEAR(", "NEAR(one two)", "'", "\\", "&", "!one", "_", "_vp", "%"] {
            desk.finds(HELPDESK, question).await;
        }
        for (question, expected) in [
            ("NEAR one", vec![1]),
            ("'lexeme' & one", vec![2]),
            ("after nul", vec![3]),
            ("vp", vec![0]),
            ("_vp", vec![0]),
            (huge[0].as_str(), vec![6]),
            ("wort19", vec![9]),
            ("ü", vec![]),
        ] {
            assert_eq!(desk.finds(HELPDESK, question).await, expected, "{question:.20}");
        }
    }

    async fn pages_and_orders(db) {
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        for n in 0..50_u32 {
            desk.ticket(n, "technical").await;
            // Older tickets are written in again: 0 last of all, after all the others.
            desk.add(n, Some(n + 100), PUBLIC, Lang::En, "common").await;
            desk.add(n, Some(300 - n), PUBLIC, Lang::En, "common again").await;
            if n % 10 == 0 {
                desk.add(n, None, PUBLIC, Lang::En, "common subject").await;
            }
        }
        let question = |order| Question {
            only: Only::default(),
            words: Words::parse("common").unwrap(),
            reader: reader(HELPDESK),
            order,
            limit: 15,
        };
        let (mut seen, mut pages, mut before) = (Vec::new(), 0, None);
        loop {
            let hits = desk.ask(question(Order::Newest { before })).await;
            seen.extend(numbers(&hits));
            (pages, before) = (pages + 1, hits.next);
            assert_eq!((hits.more, hits.capped), (before.is_some(), false));
            if before.is_none() {
                break;
            }
        }
        assert_eq!((seen, pages), ((0..50).collect(), 4));
        let best = desk.ask(question(Order::Best)).await;
        let expected = [40, 30, 20, 10, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11];
        assert_eq!((numbers(&best).as_slice(), best.more, best.next), (&expected[..], true, None));

        // What is erased is not found, and the rest of its ticket is.
        desk.remove(40, Part::Subject).await;
        assert_eq!(desk.finds(HELPDESK, "subject").await, [30, 20, 10, 0]);
        desk.remove(40, Part::Entry(entry(260))).await;
        assert_eq!(desk.finds(HELPDESK, "common").await.last(), Some(&40));
        desk.remove(40, Part::Whole).await;
        assert!(!desk.finds(HELPDESK, "common").await.contains(&40));
        desk.add(40, Some(260), PUBLIC, Lang::En, "common once more").await;
        assert_eq!(desk.finds(HELPDESK, "once").await, [40]);
    }

    async fn beginnings_count_when_words_find_less_than_a_page(db) {
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        for (n, text) in [(1, "licence"), (2, "licences"), (3, "licencekeeper")] {
            desk.ticket(n, "technical").await;
            desk.add(n, Some(n), PUBLIC, Lang::En, text).await;
        }
        for (limit, expected) in [(1, vec![2]), (2, vec![3, 2]), (3, vec![3, 2, 1])] {
            let (words, reader) = (Words::parse("licence").unwrap(), reader(HELPDESK));
            let order = Order::Newest { before: None };
            assert_eq!(numbers(&desk.ask(Question { words, only: Only::default(), reader, order, limit }).await), expected, "{limit}");
        }
    }

    async fn looks_at_the_newest_of_very_many(db) {
        const MANY: u32 = 5_200;
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        for n in 0..3 {
            desk.ticket(n, "technical").await;
        }
        // Ticket 0 has the oldest matches, 1 has very many, 2 the newest.
        desk.add(0, Some(0), PUBLIC, Lang::En, "common oldest").await;
        let add = store.write::<_, Error, _>(self::desk(ONE), |tx| {
            Box::pin(async {
                let terms = analyse("common", Lang::En);
                for n in 1..MANY {
                    // All of one instant, and some with the same bits: these take other numbers.
                    let (entry, at) = (Some(entry(n % 5_000 * 7)), at(1));
                    let doc = Doc { ticket: ticket(1), entry, visibility: PUBLIC, at, terms: terms.clone() };
                    search::add(tx, &doc).await?;
                }
                Ok(())
            })
        });
        assert_eq!(add.await, Ok(()));
        desk.add(2, Some(MANY), PUBLIC, Lang::En, "common newest").await;

        let count = store.read::<(i64,), Error, _>(self::desk(ONE), |tx| Box::pin(tx.query_one(&DOCS, &[])));
        assert_eq!(count.await, Ok((i64::from(MANY) + 1,)));
        let words = Words::parse("common").unwrap();
        let order = Order::Newest { before: None };
        let hits = desk.ask(Question { words, only: Only::default(), reader: reader(HELPDESK), order, limit: 5 }).await;
        assert_eq!((numbers(&hits), hits.capped), (vec![2, 1], true));
        assert_eq!(desk.finds(HELPDESK, "oldest").await, [0]);
    }

    async fn the_newest_comes_first_however_long_ago_it_was(db) {
        const DAYS: u32 = 10 * 24 * 3600;
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        // Two years: a word of each time, one of the newest months and one that stands at both ends.
        let newest = 72 * DAYS;
        for n in (0..=newest).step_by(DAYS as usize) {
            desk.ticket(n, "technical").await;
            let recent = if n > newest - 9 * DAYS { "recent" } else { "" };
            let ends = if n == 0 || n == newest { "ends" } else { "" };
            desk.add(n, Some(n), PUBLIC, Lang::En, &format!("always {recent} {ends}")).await;
        }
        let all: Vec<u32> = (0..=72).rev().map(|n| n * DAYS).collect();
        for (word, expected) in [("always", &all[..]), ("recent", &all[..9]), ("ends", &[newest, 0])] {
            let (mut seen, mut before) = (Vec::new(), None);
            loop {
                let (words, order) = (Words::parse(word).unwrap(), Order::Newest { before });
                let question = Question { words, only: Only::default(), reader: reader(HELPDESK), order, limit: 7 };
                let hits = desk.ask(question).await;
                seen.extend(numbers(&hits));
                before = hits.next;
                if before.is_none() {
                    break;
                }
            }
            assert_eq!(seen, expected, "{word}");
        }
    }

    async fn what_is_shown_of_hits(db) {
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        for n in [1, 2, 3] {
            desk.ticket(n, "technical").await;
            desk.add(n, (n != 2).then_some(n), PUBLIC, Lang::En, "shown").await;
        }
        let event = domain::ticket::timeline::Event::Note { text: "shown".into() };
        let (told, actor) = (event.clone(), domain::ticket::timeline::Actor::System);
        let shown = store.write::<_, Error, _>(desk.desk, move |tx| {
            let event = told.clone();
            Box::pin(async move {
                let entry = domain::ticket::timeline::Entry { id: entry(3), seq: 1, at: at(3), actor, event };
                store::timeline::append(tx, ticket(3), &entry).await?;
                let (words, order) = (Words::parse("shown").unwrap(), Order::Newest { before: None });
                let question = Question { words, only: Only::default(), reader: reader(HELPDESK), order, limit: 9 };
                let hits = search::find(tx, &question).await?;
                search::shown(tx, &hits.tickets).await
            })
        });
        let shown = shown.await.unwrap();
        let numbers: Vec<_> = shown.iter().map(|shown| (shown.line.number, shown.event.clone())).collect();
        // In the order of the hits; the subject's has no entry, and that of ticket 1 is not kept.
        assert_eq!(numbers, [(3, Some(event)), (2, None), (1, None)]);
    }

    async fn documents_know_their_version(db) {
        let store = db.store();
        let desk = Desk { store, desk: desk(ONE) };
        desk.ticket(1, "technical").await;
        for n in 0..5 {
            desk.add(1, Some(n), PUBLIC, Lang::En, "text").await;
        }
        let (mut after, mut steps) = (0, 0);
        loop {
            let step = store.read::<_, Error, _>(self::desk(ONE), move |tx| Box::pin(search::outdated(tx, after, 2)));
            let step = step.await.unwrap();
            assert_eq!(step.tickets, []);
            steps += 1;
            let Some(next) = step.next else { break };
            after = next;
        }
        assert_eq!(steps, 3);
        let old = store.write::<_, Error, _>(self::desk(ONE), |tx| Box::pin(tx.execute(&AGE, &[])));
        assert_eq!(old.await, Ok(5));
        let step = store.read::<_, Error, _>(self::desk(ONE), |tx| Box::pin(search::outdated(tx, 0, 9)));
        assert_eq!(step.await.unwrap().tickets, [ticket(1)]);
    }
}
