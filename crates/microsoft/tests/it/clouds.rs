//! No call reaches another cloud than the connection's. Not the addresses in the code are looked at, but the network: the
//! only way out is a proxy that notes every host that anybody wants to reach.

use std::collections::{BTreeMap, BTreeSet};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use domain::cloud::Cloud;
use microsoft::{Error, Network, RequestId, support::Profile, webhooks::Registration};
use microsoft_sim::{Fault, FaultKind};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;

use crate::{
    desk::{ADMIN, Desk, simulator},
    tour::everything,
};

/// A proxy that ends TLS for any host, notes its name, and lets the simulator answer.
struct Proxy {
    address: SocketAddr,
    authority: String,
    seen: Arc<Mutex<BTreeMap<String, usize>>>,
}

impl Proxy {
    async fn new(simulator: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::default();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = params.self_signed(&key).unwrap().pem();
        let issuer = Arc::new(Issuer::new(params, key));
        let seen: Arc<Mutex<BTreeMap<String, usize>>> = Arc::default();
        let noted = seen.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(pass(stream, simulator, issuer.clone(), noted.clone()));
            }
        });
        Self { address, authority, seen }
    }

    fn network(&self) -> Network {
        let network = Network::direct().through(&format!("http://{}", self.address)).unwrap();
        network.trusting(self.authority.as_bytes()).unwrap()
    }

    fn hosts(&self) -> BTreeSet<String> {
        self.seen.lock().unwrap().keys().cloned().collect()
    }
}

async fn pass(
    mut stream: TcpStream,
    simulator: SocketAddr,
    issuer: Arc<Issuer<'static, KeyPair>>,
    seen: Arc<Mutex<BTreeMap<String, usize>>>,
) {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return,
        }
    }
    let head = String::from_utf8(head).unwrap();
    let host = head.split(' ').nth(1).unwrap().to_owned();
    *seen.lock().unwrap().entry(host.clone()).or_default() += 1;
    assert!(head.starts_with("CONNECT "), "in the clear: {head}");
    stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
    let key = KeyPair::generate().unwrap();
    let name = host.split(':').next().unwrap().to_owned();
    let certificate = CertificateParams::new(vec![name]).unwrap().signed_by(&key, &issuer).unwrap();
    let provider = Arc::new(tokio_rustls::rustls::crypto::ring::default_provider());
    let config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.der().clone()], PrivateKeyDer::Pkcs8(key.serialize_der().into()))
        .unwrap();
    let Ok(mut tls) = TlsAcceptor::from(Arc::new(config)).accept(stream).await else { return };
    let mut simulator = TcpStream::connect(simulator).await.unwrap();
    drop(copy_bidirectional(&mut tls, &mut simulator).await);
}

/// Hosts of every cloud, and of strangers.
const ELSEWHERE: &[&str] = &[
    "https://api.partnercenter.microsoft.com/v1/customers",
    "https://partner.partnercenterapi.microsoftonline.cn/v1/customers",
    "https://graph.microsoft.com/v1.0/admin/serviceAnnouncement/issues",
    "https://graph.microsoft.us/v1.0/admin/serviceAnnouncement/issues",
    "https://microsoftgraph.chinacloudapi.cn/v1.0/admin/serviceAnnouncement/issues",
    "https://login.microsoftonline.com/common",
    "https://management.azure.com/subscriptions",
    "https://management.usgovcloudapi.net/subscriptions",
    "https://management.chinacloudapi.cn/subscriptions",
    "https://evil.example/v1/customers",
    "http://169.254.169.254/latest/meta-data",
];

/// All that a desk does, and answers that want to lead it away.
async fn check(cloud: Cloud, own: &[&str]) {
    let sim = simulator(cloud).await;
    let proxy = Proxy::new(sim.address()).await;
    let desk = Desk::with(sim, ADMIN, cloud, &proxy.network());
    let seen = everything(desk.at()).await;
    assert!(seen.len() > 10);
    let profile = Profile { email: None, telephone: None, website: None };
    desk.at().support_profile_update().unwrap().put(&profile, RequestId::new()).await.unwrap();
    let wanted = Registration { url: "http://127.0.0.1:9/".into(), events: vec!["test-created".into()] };
    desk.at().webhooks().unwrap().create(&wanted, RequestId::new()).await.unwrap();

    if let Some(support) = desk.at().azure_support() {
        let (customer, subscription) = crate::azure::place(&desk);
        let name = microsoft::azure::Name::of(uuid::Uuid::from_u128(7));
        let service = support.services(customer).await.unwrap().items[0].clone();
        let problem = support.problems(customer, &service.name).await.unwrap().items[0].clone();
        let wanted = crate::azure::new(&service.id, &problem.id);
        assert_eq!(support.file(customer, subscription, &name, &wanted).await.unwrap(), None);
        assert!(support.get(customer, subscription, &name).await.unwrap().is_some());
        for place in ELSEWHERE {
            let fault = Fault::next(FaultKind::Redirect((*place).into())).on("supportTickets");
            desk.sim.world(|world| world.faults = vec![fault]);
            assert!(support.list(customer, subscription).await.is_err());
            let fault = Fault::next(FaultKind::NextAt((*place).into())).on("supportTickets");
            desk.sim.world(|world| world.faults = vec![fault]);
            let next = async |next: microsoft::Continuation| support.next(customer, &next).await;
            follow(support.list(customer, subscription).await, next).await;
        }
    }

    let customer = desk.customer("Tisza").await;
    let mut led_away = 0;
    for place in ELSEWHERE {
        for kind in [FaultKind::Redirect((*place).into()), FaultKind::NextAt((*place).into())] {
            desk.sim.world(|world| world.faults = vec![Fault::next(kind.clone()).on("/v1/customers")]);
            let customers = desk.at().customers().unwrap();
            led_away += usize::from(
                follow(customers.list(5).await, async |next: microsoft::Continuation| {
                    customers.next(&next).await
                })
                .await,
            );
            desk.sim.world(|world| world.faults = vec![Fault::next(kind.clone()).on("/v1.0/")]);
            let health = desk.at().service_health().unwrap();
            let next = async |next: microsoft::Continuation| health.next_issues(customer, &next).await;
            led_away += usize::from(follow(health.issues(customer).await, next).await);
        }
    }
    // A link to the own cloud may be followed; all else was refused.
    assert!(led_away >= ELSEWHERE.len() * 4 - 2, "{led_away}");
    let own: BTreeSet<String> = own.iter().map(|host| format!("{host}:443")).collect();
    assert_eq!(proxy.hosts(), own, "{cloud}");
}

/// Follows a list to its second page. Whether that was refused.
async fn follow<T>(
    first: Result<microsoft::Page<T>, Error>,
    next: impl AsyncFnOnce(microsoft::Continuation) -> Result<microsoft::Page<T>, Error>,
) -> bool {
    match first {
        Ok(page) => match page.next {
            Some(there) => next(there).await.is_err(),
            None => false,
        },
        Err(Error::OtherCloud(_) | Error::Unreadable(_)) => true,
        Err(error) => panic!("{error}"),
    }
}

#[tokio::test]
async fn commercial() {
    let own = [
        "api.partnercenter.microsoft.com",
        "graph.microsoft.com",
        "login.microsoftonline.com",
        "management.azure.com",
    ];
    check(Cloud::Commercial, &own).await;
}

#[tokio::test]
async fn us_government() {
    let own = [
        "api.partnercenter.microsoft.com",
        "graph.microsoft.us",
        "login.microsoftonline.us",
        "management.usgovcloudapi.net",
    ];
    check(Cloud::UsGovernment, &own).await;
}

#[tokio::test]
async fn china() {
    let own = [
        "login.chinacloudapi.cn",
        "microsoftgraph.chinacloudapi.cn",
        "partner.partnercenterapi.microsoftonline.cn",
    ];
    check(Cloud::China, &own).await;
}

#[tokio::test]
async fn what_a_cloud_lacks_is_no_door_and_no_call() {
    for (cloud, lacks) in [(Cloud::China, true), (Cloud::Germany, true), (Cloud::Commercial, false)] {
        let sim = simulator(cloud).await;
        let proxy = Proxy::new(sim.address()).await;
        let desk = Desk::with(sim, ADMIN, cloud, &proxy.network());
        assert_eq!(desk.at().service_requests().is_none(), lacks, "{cloud}");
        assert_eq!(desk.at().customers().is_none(), cloud == Cloud::Germany, "{cloud}");
        assert!(proxy.hosts().is_empty());
    }
}

#[tokio::test]
async fn a_simulator_elsewhere_is_refused() {
    assert!(Network::simulator("192.0.2.1:80".parse().unwrap()).is_err());
    assert!(Network::direct().through("https://proxy.example").is_err());
    assert!(Network::direct().trusting(b"nothing").is_err());
}
