//! A desk that is connected to Microsoft: to a simulator whose time goes with the desk's.

mod azure;
mod consent;
mod faults;
mod licences;
mod mailbox;
mod mirrors;
mod month;
mod subscriptions;
mod suspensions;

use std::sync::Arc;

use ::microsoft::Network;
use app::microsoft::{self, Connection, Health, Settings, State, What};
use domain::{cloud::Cloud, id::CustomerId};
use jiff::{SignedDuration, Timestamp};
use microsoft_sim::{Simulator, sample};
use testkit::{TestDesk, db::TestDb};
use tokio::net::TcpListener;

pub(crate) const ADMIN: &str = "jonas@nordwind.example";
const BEGAN: Timestamp = Timestamp::constant(1_772_438_400, 0);

pub(crate) struct Connected {
    pub(crate) desk: TestDesk,
    pub(crate) sim: Simulator,
}

impl Connected {
    /// A desk and Microsoft, not connected yet.
    pub(crate) async fn apart(db: TestDb, cloud: Cloud) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let sim = Simulator::start(listener, &sample(cloud), Arc::new(|| BEGAN)).unwrap();
        let network = Network::simulator(sim.address()).unwrap();
        let desk = TestDesk::reaching(db, "http://127.0.0.1:8080", network).await;
        Self { desk, sim }
    }

    /// Connected by the consent of an Admin agent; nothing is read yet.
    pub(crate) async fn new(db: TestDb) -> Self {
        let at = Self::apart(db, Cloud::Commercial).await;
        at.connect(Cloud::Commercial, false).await;
        at
    }

    /// What is to be written of the connection.
    pub(crate) fn settings(&self, cloud: Cloud) -> Settings {
        self.sim.world(|world| {
            let token = world.consent(ADMIN).0;
            let (tenant, application, secret) = world.credentials();
            Settings {
                cloud,
                tenant,
                application,
                application_secret: Some(secret.to_owned()),
                refresh_token: Some(token),
                adds_customers: false,
            }
        })
    }

    pub(crate) async fn connect(&self, cloud: Cloud, adds_customers: bool) {
        let settings = Settings { adds_customers, ..self.settings(cloud) };
        microsoft::save(&self.desk.app, &self.desk.admin, settings, None).await.unwrap();
    }

    pub(crate) async fn pass(&self, time: SignedDuration) {
        self.sim.world(|world| world.pass(time));
        self.desk.pass(time).await;
    }

    pub(crate) async fn connection(&self) -> Connection {
        microsoft::connection(&self.desk.app, &self.desk.admin).await.unwrap().unwrap()
    }

    pub(crate) async fn health(&self) -> Health {
        self.connection().await.health
    }

    pub(crate) async fn reading(&self, what: What) -> Health {
        let all = self.connection().await.readings;
        all.into_iter().find(|(known, _)| *known == what).unwrap().1
    }

    /// Our customer of this name, with the domain that it has at Microsoft too.
    pub(crate) async fn customer(&self, name: &str, domain: &str) -> CustomerId {
        let details = app::customers::Details {
            name: name.into(),
            lang: domain::lang::Lang::De,
            timezone: "Europe/Berlin".into(),
            note: String::new(),
            domains: vec![domain.into()],
        };
        app::customers::create(&self.desk.app, &self.desk.admin, details).await.unwrap()
    }

    pub(crate) async fn place(&self, customer: CustomerId) -> microsoft::Place {
        let all = microsoft::of_customer(&self.desk.app, &self.desk.admin, customer).await.unwrap();
        assert_eq!(all.len(), 1);
        all.into_iter().next().unwrap()
    }

    pub(crate) async fn tenants(&self) -> Vec<store::tenants::Tenant> {
        microsoft::tenants(&self.desk.app, &self.desk.admin, "", 200).await.unwrap()
    }

    /// How many requests came whose path has this in it.
    pub(crate) fn asked(&self, part: &str) -> usize {
        self.sim.world(|world| world.log.iter().filter(|seen| seen.target.contains(part)).count())
    }

    /// Something that only a person does at the simulator.
    pub(crate) async fn act(&self, method: &str, path: &str, body: &str) {
        let address = self.sim.address();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        let answer = say(address, &request).await;
        assert!(answer.starts_with("HTTP/1.1 20"), "{answer}");
    }

    pub(crate) async fn all_is_read(&self) {
        assert_eq!(self.health().await.state, State::Current);
    }
}

/// Says something to a server, and reads what it answers to the end.
pub(crate) async fn say(address: std::net::SocketAddr, request: &str) -> String {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}
