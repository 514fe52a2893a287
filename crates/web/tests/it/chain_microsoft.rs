//! A chain whose last place is Microsoft, simulated: reseller, provider, Microsoft, and back, with a network that is cut
//! twice. Once the provider's program files the request itself, once a person of it files in the portal.

use std::sync::Arc;

use app::{
    handovers,
    microsoft::{self, Network, Settings},
    tickets::{self, NewTicket, Reply},
};
use axum::http::StatusCode;
use domain::{
    cloud::Cloud,
    handover::Leg,
    id::{SupplierId, TicketId},
    lang::Lang,
    party::{
        Sees,
        supplier::{SupplierKind, Way},
    },
    ticket::{
        kinds::{Channel, Kind, Service, Severity},
        lifecycle::State,
    },
};
use jiff::{SignedDuration, Timestamp};
use microsoft_sim::{Fault, FaultKind, Simulator, sample};
use store::suppliers::Supplier;
use tokio::net::TcpListener;

use super::chain::Place;

const BEGAN: Timestamp = Timestamp::constant(1_772_438_400, 0);

/// A provider that is connected to Microsoft, a reseller that it helps, and Microsoft.
struct Chain {
    sim: Simulator,
    provider: Place,
    reseller: Place,
    /// The provider, to the reseller.
    up: SupplierId,
    /// Microsoft, to the provider.
    further: SupplierId,
}

impl Chain {
    async fn new() -> Self {
        let socket = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sim = Simulator::start(socket, &sample(Cloud::Commercial), Arc::new(|| BEGAN)).unwrap();
        let network = Network::simulator(sim.address()).unwrap();
        let provider = Place::reaching(None, "", "", network).await;
        let reseller = Place::reaching(Some(&provider), "reseller", "Reseller AB", Network::direct()).await;
        let settings = sim.world(|world| {
            let token = world.consent("jonas@nordwind.example").0;
            let (tenant, application, secret) = world.credentials();
            Settings {
                cloud: Cloud::Commercial,
                tenant,
                application,
                application_secret: Some(secret.to_owned()),
                refresh_token: Some(token),
                adds_customers: false,
            }
        });
        microsoft::save(&provider.desk.app, &provider.desk.admin, settings, None).await.unwrap();
        let up = reseller.helped_by(&provider, SupplierKind::Provider).await;
        let further = there(&provider).await;
        Self { sim, provider, reseller, up, further }
    }

    /// Lets all work in turns, with time between that is the same everywhere.
    async fn work(&self, minutes: i64) {
        for _ in 0..minutes.clamp(1, 20) {
            for place in [&self.reseller, &self.provider, &self.reseller] {
                place.desk.run_jobs().await;
            }
            let time = SignedDuration::from_mins((minutes / 20).max(1));
            self.sim.world(|world| world.pass(time));
            self.provider.desk.wait(time);
        }
        for place in [&self.reseller, &self.provider, &self.reseller] {
            place.desk.run_jobs().await;
        }
    }

    async fn request(&self, service: Service) -> tickets::Opened {
        let reseller = &self.reseller;
        let acme = reseller.desk.customer("Acme").await;
        let ada = reseller.desk.contact(acme, "Ada Kovács", "ada@acme.test", Sees::Own).await;
        let new = NewTicket {
            channel: Channel::Phone,
            contact: Some(ada.id),
            customer: None,
            kind: Kind::Technical,
            service,
            severity: Severity::B,
            subject: "A gép nem válaszol".into(),
            text: "Ada Kovács nem éri el a gépet.".into(),
            files: Vec::new(),
            take: true,
            acknowledge: false,
        };
        let mine = tickets::file_for_customer(&reseller.desk.app, &reseller.helga, new).await.unwrap();
        let note = "internal giraffe";
        tickets::note(&reseller.desk.app, &reseller.helga, mine.id, note, Vec::new()).await.unwrap();
        mine
    }

    /// From the reseller to the provider, who cannot be reached at first. The ticket there.
    async fn to_the_provider(&self, number: i64) -> TicketId {
        let (tenant, subscription) = self.sim.world(|world| world.azure_subscription("Bergmann")).unwrap();
        let form = format!(
            "way={}//&summary=It+does+not+answer&then=offer&evidence-first_seen=8:10+Berlin\
             &evidence-tenant_id={tenant}&evidence-subscription_id={subscription}\
             &evidence-users_affected=12&evidence-steps_tried=A+restart",
            self.up
        );
        self.provider.cut();
        let answer = self.reseller.post(&format!("/tickets/{number}/handover"), &form).await;
        assert_eq!(answer.0, StatusCode::SEE_OTHER, "{}", answer.1);
        self.work(10).await;
        self.provider.mend();
        self.work(20).await;
        self.provider.take().await;
        self.work(20).await;
        let theirs = self.provider.came().await;
        let (app, agent) = (&self.provider.desk.app, &self.provider.helga);
        tickets::note(app, agent, theirs, "internal hippo", Vec::new()).await.unwrap();
        theirs
    }

    /// Microsoft's answer is there; it goes back to the reseller, and from there to the customer.
    async fn and_back(&self, mine: &tickets::Opened, theirs: TicketId, answer: &str) {
        let (provider, reseller) = (&self.provider, &self.reseller);
        let number = provider.number(theirs).await;
        let page = provider.page(&format!("/tickets/{number}")).await;
        assert!(page.contains(answer) && page.contains("give_back"), "the answer is there to go back");
        let panel = handovers::panel(&provider.desk.app, &provider.helga, theirs).await.unwrap().unwrap();
        assert_eq!(panel.legs[0].leg.state, Leg::Returned);
        let incoming = panel.legs.iter().find(|view| !view.leg.outgoing).unwrap().leg.id;
        let form = format!("leg={incoming}&step=give_back&answer=Mended&outcome=solved");
        let done = provider.post(&format!("/tickets/{number}/handover/step"), &form).await;
        assert_eq!(done.0, StatusCode::SEE_OTHER, "{}", done.1);
        self.work(20).await;
        let back = handovers::panel(&reseller.desk.app, &reseller.helga, mine.id).await.unwrap().unwrap();
        assert_eq!(back.legs[0].leg.state, Leg::Returned);
        let form = format!("leg={}&step=inform", back.legs[0].leg.id);
        let step = format!("/tickets/{}/handover/step", mine.number);
        assert_eq!(reseller.post(&step, &form).await.0, StatusCode::SEE_OTHER);
        let app = &reseller.desk.app;
        let drafts = tickets::drafts(app, &reseller.desk.admin, mine.id).await.unwrap();
        let text = drafts[0].body.clone();
        assert!(text.contains("Mended"), "{text}");
        let reply = Reply { text, then: tickets::Then::Resolve, ..Reply::default() };
        tickets::reply(app, &reseller.helga, mine.id, reply).await.unwrap();
        self.work(20).await;
        let view = tickets::view(app, &reseller.helga, mine.number).await.unwrap();
        assert_eq!(view.ticket.state, State::Resolved);
    }

    /// The clock is equal to the second, without a gap, and what is internal is nowhere but at home.
    async fn alike(&self, mine: &tickets::Opened, theirs: TicketId) {
        let clocks = [self.reseller.clock(mine.id).await, self.provider.clock(theirs).await];
        assert_eq!(clocks[0], clocks[1]);
        let names: Vec<_> = clocks[0].iter().map(|segment| segment.name.as_str()).collect();
        let to = "Microsoft there";
        assert_eq!(names, ["Reseller AB", "Nordwind Cloud", to, "Nordwind Cloud", "Reseller AB"]);
        assert!(clocks[0].windows(2).all(|pair| pair[0].to == Some(pair[1].from)), "{:?}", clocks[0]);
        let mut pages = Vec::new();
        for (place, id) in [(&self.reseller, mine.id), (&self.provider, theirs)] {
            pages.push(place.page(&format!("/tickets/{}", place.number(id).await)).await);
        }
        pages.push(self.engineer().await);
        for (word, home) in [("giraffe", 0), ("hippo", 1)] {
            for (at, page) in pages.iter().enumerate() {
                assert_eq!(page.contains(word), at == home, "{word} at {at}");
            }
        }
        assert!(pages[2].contains("It does not answer"), "Microsoft knows the matter");
        assert!(pages[1..].iter().all(|page| !page.contains("Ada") && !page.contains("acme.test")));
    }

    /// All that Microsoft's engineer sees.
    async fn engineer(&self) -> String {
        use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
        let address = self.sim.address();
        let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
        let request = format!("GET / HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).await.unwrap();
        page
    }
}

/// Microsoft as a supplier whose Azure requests the program files.
async fn there(at: &Place) -> SupplierId {
    let now = at.desk.app.now();
    let supplier = Supplier {
        id: at.desk.app.ids(now).next(SupplierId::new),
        kind: SupplierKind::Microsoft,
        name: "Microsoft there".into(),
        lang: Lang::En,
        way: Way::AzureSupport,
        address: String::new(),
        personal_data: false,
        note: String::new(),
        active: true,
        version: 1,
        created_at: now,
    };
    let id = supplier.id;
    let kept: Result<(), store::Error> = at
        .desk
        .app
        .store
        .write(at.desk.desk, move |tx| {
            let supplier = supplier.clone();
            Box::pin(async move { store::suppliers::add(tx, &supplier).await })
        })
        .await;
    kept.unwrap();
    id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reseller_provider_azure_support_and_back() {
    let chain = Chain::new().await;
    let mine = chain.request(Service::Azure).await;
    let theirs = chain.to_the_provider(mine.number).await;

    // By the panel: first Microsoft's lists, then the choice.
    let (provider, number) = (&chain.provider, chain.provider.number(theirs).await);
    let address = format!("/tickets/{number}/handover");
    let form = format!("way={}//&summary=It+does+not+answer", chain.further);
    let kept = provider.post(&address, &format!("{form}&then=keep")).await;
    assert_eq!(kept.0, StatusCode::SEE_OTHER, "{}", kept.1);
    let filing = async || {
        let panel = handovers::panel(&provider.desk.app, &provider.helga, theirs).await.unwrap().unwrap();
        panel.filing.unwrap()
    };
    let service = testkit::encode(&filing().await.services[0].id);
    let page = provider.page(&format!("/tickets/{number}")).await;
    assert!(page.contains("name=\"azure-service\""), "{page}");
    let form = format!("{form}&azure-service={service}");
    let kept = provider.post(&address, &format!("{form}&then=keep")).await;
    assert_eq!(kept.0, StatusCode::SEE_OTHER, "{}", kept.1);
    let problem = testkit::encode(&filing().await.problems[0].id);

    // The way to Microsoft is cut, with the request underway.
    let put = |fault: Fault| Fault { method: Some("PUT".into()), ..fault.on("supportTickets") };
    chain.sim.world(|world| {
        world.faults.push(put(Fault::next(FaultKind::Reset).after_effect()));
        world.faults.push(Fault::next(FaultKind::Reset).times(3).on("supportTickets"));
    });
    let sent = provider.post(&address, &format!("{form}&azure-problem={problem}&then=offer")).await;
    assert_eq!(sent.0, StatusCode::SEE_OTHER, "{}", sent.1);
    chain.work(20).await;
    let filed = chain.sim.world(|world| world.azure_filed());
    assert_eq!(filed.len(), 1, "{filed:?}");
    assert!(chain.sim.world(|world| world.azure_says(&filed[0].0, "A host was broken", true)));
    chain.work(20).await;
    chain.and_back(&mine, theirs, "A host was broken").await;
    chain.alike(&mine, theirs).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reseller_provider_a_request_in_the_portal_and_back() {
    let chain = Chain::new().await;
    let mine = chain.request(Service::Microsoft365).await;
    let theirs = chain.to_the_provider(mine.number).await;
    let (provider, number) = (&chain.provider, chain.provider.number(theirs).await);
    let form = format!("way={}//&summary=It+does+not+answer&then=offer", chain.further);
    let sent = provider.post(&format!("/tickets/{number}/handover"), &form).await;
    assert_eq!(sent.0, StatusCode::SEE_OTHER, "{}", sent.1);

    // What a person copies is what a person files.
    let panel = handovers::panel(&provider.desk.app, &provider.helga, theirs).await.unwrap().unwrap();
    let leg = &panel.legs[0].leg;
    let customer = chain.sim.world(|world| world.azure_subscription("Bergmann")).unwrap().0;
    let page = provider.page(&format!("/tickets/{number}")).await;
    assert!(page.contains(&format!("CTID={customer}")), "the portal opens for the customer");
    let (title, whole) =
        (leg.package.0.subject.clone(), text::handover::package(text::Words::new(Lang::En), &leg.package.0));
    let now = provider.desk.app.now();
    let there =
        chain.sim.world(|world| world.file(customer, &title, &whole, "moderate", "Exchange", now)).unwrap();
    let step = format!("/tickets/{number}/handover/step");
    let form = format!("leg={}&step=filed&number={there}", leg.id);
    assert_eq!(provider.post(&step, &form).await.0, StatusCode::SEE_OTHER);
    chain.work(10).await;
    chain.sim.world(|world| {
        world.faults.push(Fault::next(FaultKind::Status(502)).times(4).on("servicerequests"));
    });
    let form = format!("leg={}&step=tell&text=Twelve+people+wait", leg.id);
    assert_eq!(provider.post(&step, &form).await.0, StatusCode::SEE_OTHER);
    chain.work(20).await;
    assert!(chain.engineer().await.contains("Twelve people wait"));
    assert!(chain.sim.world(|world| world.microsoft_says(&there, "A connector was wrong", Some("closed"))));
    chain.work(20).await;
    chain.and_back(&mine, theirs, "A connector was wrong").await;
    chain.alike(&mine, theirs).await;
}
