//! Three installations on one machine, each with its own database, router and port, and wires between them that are cut:
//! reseller, provider, supplier, and back.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use app::{
    Agent,
    handovers::{self, Draft, Then},
    microsoft::Network,
    tickets::{self, NewTicket, Reply},
};
use axum::http::{Request, StatusCode, header};
use domain::{
    access::Role,
    handover::{Leg, shared_clock::Segment, states::Outcome},
    id::{SupplierId, TicketId},
    lang::Lang,
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        diagnosis::{Decision, Evidence, Verdict},
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::State,
    },
};
use jiff::SignedDuration;
use store::suppliers::Supplier;
use testkit::{TestDesk, db::TestDb};
use tokio::net::{TcpListener, TcpStream};

/// An installation, reached through a wire that can be cut.
pub(crate) struct Place {
    pub(crate) desk: TestDesk,
    pub(crate) helga: Agent,
    address: String,
    whole: Arc<AtomicBool>,
}

impl Place {
    async fn new(first: Option<&Place>, slug: &str, name: &str) -> Self {
        Self::reaching(first, slug, name, Network::direct()).await
    }

    /// The same; the first one reaches Microsoft by this network.
    pub(crate) async fn reaching(first: Option<&Place>, slug: &str, name: &str, microsoft: Network) -> Self {
        let wire = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let server = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", wire.local_addr().unwrap());
        let db = TestDb::sqlite().await;
        let desk = match first {
            None => TestDesk::reaching(db, &address, microsoft).await,
            Some(first) => first.desk.beside(db, &address, slug, name).await,
        };
        let behind = server.local_addr().unwrap();
        let router = desk.router().into_make_service_with_connect_info::<std::net::SocketAddr>();
        tokio::spawn(async move { axum::serve(server, router).await });
        let whole = Arc::new(AtomicBool::new(true));
        let open = whole.clone();
        tokio::spawn(async move {
            while let Ok((mut from, _)) = wire.accept().await {
                let open = open.clone();
                tokio::spawn(async move {
                    // What is cut swallows what is sent and answers nothing.
                    if open.load(Ordering::SeqCst)
                        && let Ok(mut to) = TcpStream::connect(behind).await
                    {
                        let _ = tokio::io::copy_bidirectional(&mut from, &mut to).await;
                    }
                });
            }
        });
        let helga = desk.agent("Helga", &[Role::HelpdeskAgent]).await;
        Self { desk, helga, address, whole }
    }

    pub(crate) fn cut(&self) {
        self.whole.store(false, Ordering::SeqCst);
    }

    pub(crate) fn mend(&self) {
        self.whole.store(true, Ordering::SeqCst);
    }

    /// A supplier that is the desk of another place, paired by the pages of both.
    pub(crate) async fn helped_by(&self, other: &Place, kind: SupplierKind) -> SupplierId {
        let now = self.desk.app.now();
        let supplier = Supplier {
            id: self.desk.app.ids(now).next(SupplierId::new),
            kind,
            name: format!("Our {kind}"),
            lang: Lang::En,
            way: Way::Desk,
            address: String::new(),
            personal_data: false,
            note: String::new(),
            active: true,
            version: 1,
            created_at: now,
        };
        let id = supplier.id;
        let kept: Result<(), store::Error> = self
            .desk
            .app
            .store
            .write(self.desk.desk, move |tx| {
                let supplier = supplier.clone();
                Box::pin(async move { store::suppliers::add(tx, &supplier).await })
            })
            .await;
        kept.unwrap();
        let page = other.post("/admin/settings/partners/invite", "supplier=").await;
        assert_eq!(page.0, StatusCode::OK, "{}", page.1);
        let (_, rest) = page.1.split_once("data-copy=\"").unwrap();
        let invitation = rest.split('"').next().unwrap();
        assert!(invitation.starts_with(&other.address), "{invitation}");
        let form = format!("supplier={id}&invitation={}", testkit::encode(invitation));
        let answer = self.post("/admin/settings/partners", &form).await;
        assert_eq!(answer.0, StatusCode::SEE_OTHER, "{}", answer.1);
        id
    }

    /// Posts a form as the admin, over the wire's other end: the router itself.
    pub(crate) async fn post(&self, path: &str, form: &str) -> (StatusCode, String) {
        use tower::ServiceExt as _;
        let cookie = self.desk.agent_cookie(&self.desk.admin).await;
        let request = Request::post(path)
            .header(header::HOST, "desk.test")
            .header(header::ORIGIN, "http://desk.test")
            .header(header::COOKIE, cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(axum::body::Body::from(form.to_owned()))
            .unwrap();
        let answer = self.desk.router().oneshot(request).await.unwrap();
        let status = answer.status();
        let body = axum::body::to_bytes(answer.into_body(), 8 << 20).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    pub(crate) async fn page(&self, path: &str) -> String {
        use tower::ServiceExt as _;
        let cookie = self.desk.agent_cookie(&self.helga).await;
        let request =
            Request::get(path).header(header::COOKIE, cookie).body(axum::body::Body::empty()).unwrap();
        let answer = self.desk.router().oneshot(request).await.unwrap();
        let body = axum::body::to_bytes(answer.into_body(), 8 << 20).await.unwrap();
        String::from_utf8_lossy(&body).into_owned()
    }

    pub(crate) async fn number(&self, id: TicketId) -> i64 {
        let row: Result<_, store::Error> =
            self.desk.app.store.read(self.desk.desk, move |tx| Box::pin(store::tickets::get(tx, id))).await;
        row.unwrap().unwrap().number
    }

    pub(crate) async fn clock(&self, ticket: TicketId) -> Vec<Segment> {
        handovers::shared_clock(&self.desk.app, &self.helga, ticket).await.unwrap()
    }

    /// What was offered is taken, by the page.
    pub(crate) async fn take(&self) {
        let page = self.page("/handovers").await;
        let (_, rest) = page.split_once("action=\"/handovers/").expect("nothing is offered");
        let id = rest.split('/').next().unwrap();
        let answer = self.post(&format!("/handovers/{id}/answer"), "answer=accept").await;
        assert_eq!(answer.0, StatusCode::SEE_OTHER, "{}", answer.1);
    }

    pub(crate) async fn came(&self) -> TicketId {
        let list = handovers::list(&self.desk.app, &self.helga).await.unwrap();
        list.ours.iter().find_map(|line| line.leg.ticket).expect("nothing has come")
    }

    pub(crate) async fn decide(&self, ticket: TicketId) {
        let kept: Result<(), store::Error> = self
            .desk
            .app
            .store
            .write(self.desk.desk, move |tx| {
                Box::pin(async move {
                    let (mut diagnosis, version) = store::diagnoses::get(tx, ticket).await?;
                    diagnosis.decision = Some(Decision {
                        verdict: Verdict::Inside,
                        reason: "Ours".into(),
                        category: None,
                        at: jiff::Timestamp::UNIX_EPOCH,
                        by: None,
                    });
                    store::diagnoses::put(tx, ticket, &diagnosis, version).await
                })
            })
            .await;
        kept.unwrap();
    }
}

/// Lets all work in turns, with time between.
async fn work(places: &[&Place], minutes: i64) {
    for _ in 0..places.len() + 1 {
        for place in places {
            place.desk.run_jobs().await;
        }
    }
    places[0].desk.wait(SignedDuration::from_mins(minutes));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_installations_and_a_network_that_is_cut_twice() {
    let reseller = Place::new(None, "", "").await;
    let provider = Place::new(Some(&reseller), "provider", "Provider AG").await;
    let expert = Place::new(Some(&reseller), "expert", "Expert Kft").await;
    let all = [&reseller, &provider, &expert];
    let up = reseller.helped_by(&provider, SupplierKind::Provider).await;
    let further = provider.helped_by(&expert, SupplierKind::Outsourcer).await;

    let acme = reseller.desk.customer("Acme").await;
    let ada = reseller.desk.contact(acme, "Ada Kovács", "ada@acme.test", Sees::Own).await;
    let app = &reseller.desk.app;
    let new = NewTicket {
        channel: Channel::Phone,
        contact: Some(ada.id),
        customer: None,
        kind: Kind::Technical,
        service: Service::Microsoft365,
        severity: Severity::B,
        subject: "Nem megy a levelezés".into(),
        text: "Ada Kovács nem tud levelet küldeni.".into(),
        files: Vec::new(),
        take: true,
        acknowledge: false,
    };
    let mine = tickets::file_for_customer(app, &reseller.helga, new).await.unwrap();
    tickets::note(app, &reseller.helga, mine.id, "internal giraffe", Vec::new()).await.unwrap();

    // By the panel on the ticket's page; first something is missing, and what was written stays.
    let address = format!("/tickets/{}/handover", mine.number);
    let lacking =
        format!("way={up}//&summary=Mail+cannot+be+sent&then=offer&evidence-first_seen=8:10+Berlin");
    let answer = reseller.post(&address, &lacking).await;
    assert_eq!(answer.0, StatusCode::CONFLICT);
    assert!(answer.1.contains("Mail cannot be sent") && answer.1.contains("8:10 Berlin"), "{}", answer.1);
    let whole = format!(
        "{lacking}&evidence-tenant_id=0b6a3c9e&evidence-users_affected=12&evidence-steps_tried=Outlook+too"
    );
    provider.cut();
    let answer = reseller.post(&address, &whole).await;
    assert_eq!(answer.0, StatusCode::SEE_OTHER, "{}", answer.1);
    work(&all, 60).await;
    assert!(provider.page("/handovers").await.contains("handovers"), "the page is there");
    assert!(handovers::list(&provider.desk.app, &provider.helga).await.unwrap().ours.is_empty(), "cut");
    provider.mend();
    work(&all, 10).await;
    provider.take().await;
    work(&all, 10).await;
    let theirs = provider.came().await;
    tickets::note(&provider.desk.app, &provider.helga, theirs, "internal hippo", Vec::new()).await.unwrap();

    // On to the expert, and back while the network is cut again.
    let draft = Draft {
        supplier: Some(further),
        summary: "Mail cannot be sent".into(),
        evidence: [(Evidence::LastSeen, "9:00 Berlin".to_owned())].into(),
        ..Draft::default()
    };
    handovers::hand_over(&provider.desk.app, &provider.helga, theirs, draft, Then::Offer).await.unwrap();
    work(&all, 10).await;
    expert.take().await;
    work(&all, 30).await;
    let last = expert.came().await;
    expert.decide(last).await;
    provider.cut();
    let leg = handovers::panel(&expert.desk.app, &expert.helga, last).await.unwrap().unwrap().legs[0].leg.id;
    handovers::give_back(&expert.desk.app, &expert.helga, leg, "A connector was wrong", Outcome::KnownIssue)
        .await
        .unwrap();
    work(&all, 60 * 7).await;
    provider.mend();
    work(&all, 10).await;
    let number = provider.number(theirs).await;
    let page = provider.page(&format!("/tickets/{number}")).await;
    assert!(
        page.contains("A connector was wrong") && page.contains("give_back"),
        "the answer is there to go back"
    );
    let incoming = handovers::panel(&provider.desk.app, &provider.helga, theirs).await.unwrap().unwrap();
    let incoming = incoming.legs.iter().find(|view| !view.leg.outgoing).unwrap().leg.id;
    let form = format!("leg={incoming}&step=give_back&answer=Mended&outcome=solved");
    let answer = provider.post(&format!("/tickets/{number}/handover/step"), &form).await;
    assert_eq!(answer.0, StatusCode::SEE_OTHER, "{}", answer.1);
    work(&all, 10).await;

    // One click makes the draft for the customer, one more sends it.
    let back = handovers::panel(app, &reseller.helga, mine.id).await.unwrap().unwrap();
    assert_eq!(back.legs[0].leg.state, Leg::Returned);
    let step = format!("/tickets/{}/handover/step", mine.number);
    // Somebody reads that it came back for want of something, is mistaken, and puts it right.
    let judge = format!("leg={}&step=judge&missing=tenant_id&outcome", back.legs[0].leg.id);
    let odd = reseller.post(&step, &format!("{judge}=data_missing&missing=patience")).await;
    assert_eq!(odd.0, StatusCode::UNPROCESSABLE_ENTITY, "{}", odd.1);
    assert_eq!(reseller.post(&step, &format!("{judge}=data_missing")).await.0, StatusCode::SEE_OTHER);
    assert!(reseller.page(&format!("/tickets/{}", mine.number)).await.contains("data missing: "));
    assert_eq!(reseller.post(&step, &format!("{judge}=solved")).await.0, StatusCode::SEE_OTHER);
    let bounces = handovers::panel(app, &reseller.helga, mine.id).await.unwrap().unwrap().legs[0].leg.bounces;
    assert_eq!(bounces, 0);
    let form = format!("leg={}&step=inform", back.legs[0].leg.id);
    assert_eq!(reseller.post(&step, &form).await.0, StatusCode::SEE_OTHER);
    let drafts = tickets::drafts(app, &reseller.desk.admin, mine.id).await.unwrap();
    assert!(drafts[0].body.contains("Mended"), "{drafts:?}");
    let reply = Reply { text: drafts[0].body.clone(), then: tickets::Then::Resolve, ..Reply::default() };
    tickets::reply(app, &reseller.helga, mine.id, reply).await.unwrap();
    work(&all, 10).await;
    let view = tickets::view(app, &reseller.helga, mine.number).await.unwrap();
    assert_eq!(view.ticket.state, State::Resolved);

    // Equal to the second on all sides, without a gap; nothing of the inside anywhere but at home.
    let clocks = [reseller.clock(mine.id).await, provider.clock(theirs).await, expert.clock(last).await];
    assert_eq!(clocks[0], clocks[1]);
    assert_eq!(clocks[0], clocks[2]);
    assert_eq!(clocks[0].len(), 5, "{:?}", clocks[0]);
    assert!(clocks[0].iter().zip(&clocks[0][1..]).all(|(one, next)| one.to == Some(next.from)));
    let pages = Mutex::new(Vec::new());
    for (place, id) in [(&reseller, mine.id), (&provider, theirs), (&expert, last)] {
        let number = place.number(id).await;
        let page = place.page(&format!("/tickets/{number}")).await;
        pages.lock().unwrap().push(page);
    }
    let pages = pages.into_inner().unwrap();
    for (word, home) in [("giraffe", 0), ("hippo", 1)] {
        for (at, page) in pages.iter().enumerate() {
            assert_eq!(page.contains(word), at == home, "{word} at {at}");
        }
    }
    assert!(pages[1..].iter().all(|page| !page.contains("Ada") && !page.contains("acme.test")));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_proves_nothing_is_refused_alike_and_slowed_down() {
    let place = Place::new(None, "", "").await;
    let send = async |path: &str, body: Vec<u8>| {
        use tower::ServiceExt as _;
        let request = Request::post(path).body(axum::body::Body::from(body)).unwrap();
        place.desk.router().oneshot(request).await.unwrap().status()
    };
    for path in
        ["/chain/v1/messages", "/chain/v1/files", "/chain/v1/plan", "/chain/v1/pairings", "/chain/v1/keys"]
    {
        assert_eq!(send(path, vec![b'x'; (2 << 20) + 1]).await, StatusCode::PAYLOAD_TOO_LARGE, "{path}");
        let refused = send(path, b"{}".to_vec()).await;
        assert!(matches!(refused, StatusCode::UNAUTHORIZED | StatusCode::BAD_REQUEST), "{path} {refused}");
    }
    let mut last = StatusCode::OK;
    for _ in 0..70 {
        last = send("/chain/v1/keys", b"{}".to_vec()).await;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
