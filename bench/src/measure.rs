//! Measures a scene, in a process that has done nothing else.

use std::{io::Read as _, path::Path, time::Duration, time::Instant};

use anyhow::{Context as _, Result, ensure};
use app::jobs;
use serde::{Deserialize, Serialize};

use crate::{
    bare::{self, Writes},
    load::{self, Load},
    meter::{Meter, memory},
    operations::{self, Desk},
    rows::{self, Rows},
    scene::Scene,
    texts::{CHINESE, COMMON, RARE},
};

/// At how many clients.
pub(crate) const CLIENTS: [usize; 3] = [1, 8, 32];

/// What is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Operation {
    Queue,
    QueueGzip,
    Ticket,
    SearchRare,
    SearchCommon,
    SearchChinese,
    Mail,
    MailAcknowledged,
    MailAttachment,
    MailAttachmentAcknowledged,
    Create,
}

impl Operation {
    /// In the order in which they are measured.
    pub(crate) const ALL: [Operation; 11] = [
        Operation::Queue,
        Operation::QueueGzip,
        Operation::Ticket,
        Operation::SearchRare,
        Operation::SearchCommon,
        Operation::SearchChinese,
        Operation::Mail,
        Operation::MailAcknowledged,
        Operation::MailAttachment,
        Operation::MailAttachmentAcknowledged,
        Operation::Create,
    ];

    /// What the command line calls it.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Operation::Queue => "queue",
            Operation::QueueGzip => "queue-gzip",
            Operation::Ticket => "ticket",
            Operation::SearchRare => "search-rare",
            Operation::SearchCommon => "search-common",
            Operation::SearchChinese => "search-chinese",
            Operation::Mail => "mail",
            Operation::MailAcknowledged => "mail-acknowledged",
            Operation::MailAttachment => "mail-attachment",
            Operation::MailAttachmentAcknowledged => "mail-attachment-acknowledged",
            Operation::Create => "create",
        }
    }
}

/// An operation, measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Figure {
    pub(crate) operation: Operation,
    /// One for each of [`CLIENTS`].
    pub(crate) loads: Vec<Load>,
    /// The bare limits at 32 clients, each with its name.
    pub(crate) limits: Vec<(String, Load)>,
    /// How many bytes a page has.
    pub(crate) bytes: Option<usize>,
}

/// Megabytes of a process.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(crate) struct Memory {
    /// All that is in memory, pages of the database file that are only mapped included.
    pub(crate) resident: f64,
    /// Its own.
    pub(crate) own: f64,
}

impl Memory {
    pub(crate) fn now(pid: &str) -> Self {
        Self { resident: memory(pid, "VmRSS"), own: memory(pid, "RssAnon") }
    }
}

/// A scene, measured.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Measured {
    pub(crate) figures: Vec<Figure>,
    /// After one page was answered.
    pub(crate) idle: Memory,
    /// After all pages, searches and writes, and the most there was.
    pub(crate) loaded: Memory,
    pub(crate) most: f64,
    /// Searches of four clients for a common word while eight write; none unless every operation was measured.
    pub(crate) search_beside_writers: Option<Load>,
    /// How many rows and bytes a ticket writes; none if making one was not measured.
    pub(crate) rows: Option<(usize, usize)>,
}

/// Reads a scene from the standard input, and writes what was measured to the standard output.
pub(crate) fn run() -> Result<()> {
    let mut scene = Vec::new();
    std::io::stdin().read_to_end(&mut scene)?;
    let scene: Scene = serde_json::from_slice(&scene)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let measured = runtime.block_on(measure(scene))?;
    println!("{}", serde_json::to_string(&measured)?);
    Ok(())
}

struct Bench {
    desk: Desk,
    meter: Meter,
    time: Duration,
}

async fn measure(scene: Scene) -> Result<Measured> {
    let (meter, time) = (Meter::of(scene.postmaster), Duration::from_secs_f64(scene.seconds));
    let bench = Bench { desk: Desk::new(scene.open().await?, scene), meter, time };
    bench.desk.page("/queue/due", false).await?;
    let idle = Memory::now("self");

    let (mut figures, mut rows) = (Vec::new(), None);
    let operations = &bench.desk.scene.operations;
    for operation in operations {
        figures.push(match operation {
            Operation::Queue | Operation::QueueGzip => bench.page(*operation, "/queue/due").await?,
            Operation::Ticket => bench.ticket().await?,
            Operation::SearchRare => bench.page(*operation, &format!("/search?q={RARE}")).await?,
            Operation::SearchCommon => bench.page(*operation, &format!("/search?q={COMMON}")).await?,
            Operation::SearchChinese => {
                let chinese: String = CHINESE.bytes().map(|byte| format!("%{byte:02X}")).collect();
                bench.page(*operation, &format!("/search?q={chinese}")).await?
            }
            Operation::Mail
            | Operation::MailAcknowledged
            | Operation::MailAttachment
            | Operation::MailAttachmentAcknowledged => bench.mails(*operation).await?,
            Operation::Create => {
                let mut create = bench.create().await?;
                rows = Some(bench.limits_of_create(&mut create).await?);
                create
            }
        });
    }
    let everything = operations.len() == Operation::ALL.len();
    let search_beside_writers = if everything { Some(bench.search_beside_writers().await?) } else { None };
    let (loaded, most) = (Memory::now("self"), memory("self", "VmHWM"));
    Ok(Measured { figures, idle, loaded, most, search_beside_writers, rows })
}

impl Bench {
    async fn page(&self, operation: Operation, path: &str) -> Result<Figure> {
        let gzip = operation == Operation::QueueGzip;
        let bytes = self.desk.page(path, gzip).await?;
        let mut loads = Vec::new();
        for clients in CLIENTS {
            let (desk, path) = (self.desk.clone(), path.to_owned());
            let ask = move |_| {
                let (desk, path) = (desk.clone(), path.clone());
                async move { desk.page(&path, gzip).await.map(drop) }
            };
            loads.push(load::run(self.meter, clients, self.time, ask).await?);
        }
        self.with_page(operation, loads, bytes).await
    }

    async fn ticket(&self) -> Result<Figure> {
        let bytes = self.desk.ticket_page(0).await?;
        let mut loads = Vec::new();
        for clients in CLIENTS {
            let desk = self.desk.clone();
            let ask = move |n| {
                let desk = desk.clone();
                async move { desk.ticket_page(n).await.map(drop) }
            };
            loads.push(load::run(self.meter, clients, self.time, ask).await?);
        }
        self.with_page(Operation::Ticket, loads, bytes).await
    }

    async fn with_page(&self, operation: Operation, loads: Vec<Load>, bytes: usize) -> Result<Figure> {
        let limit = bare::page(self.meter, bytes, 32, self.time / 2).await?;
        let limits = vec![("axum, a fixed page of that size".to_owned(), limit)];
        Ok(Figure { operation, loads, limits, bytes: Some(bytes) })
    }

    async fn create(&self) -> Result<Figure> {
        let mut loads = Vec::new();
        for clients in CLIENTS {
            let desk = self.desk.clone();
            let ask = move |n| {
                let desk = desk.clone();
                async move { desk.create(n).await }
            };
            loads.push(load::run(self.meter, clients, self.time, ask).await?);
        }
        Ok(Figure { operation: Operation::Create, loads, limits: Vec::new(), bytes: None })
    }

    /// Adds the bare limits; how many rows and bytes a ticket is.
    async fn limits_of_create(&self, create: &mut Figure) -> Result<(usize, usize)> {
        let scene = &self.desk.scene;
        let Some(path) = scene.url.strip_prefix("sqlite:") else {
            let url = scene.owner_url.as_ref().unwrap_or(&scene.url);
            let rows = rows::of_newest_on_postgres(url, scene.desk).await?;
            let load = bare::postgres(self.meter, url, scene.readers, rows, 32, self.time).await?;
            create.limits.push(("bare transactions, as many rows in a table without index".into(), load));
            return Ok(rows);
        };
        let path = Path::new(path);
        let rows = Rows::of_newest(&rusqlite::Connection::open(path)?, scene.desk)?;
        let (rows, bytes) = (rows.count(), rows.bytes());
        let named = [
            ("bare group commits, the same rows in the same tables", Writes::Same),
            ("bare group commits, as many rows in a table without index", Writes::Plain { rows, bytes }),
        ];
        for (name, writes) in named {
            let load = bare::sqlite(self.meter, path, scene.desk, writes, 32, self.time).await?;
            create.limits.push((name.into(), load));
        }
        Ok((rows, bytes))
    }

    /// Mails: each handed in by a client, then all of them processed by the worker, to the last job.
    async fn mails(&self, operation: Operation) -> Result<Figure> {
        let attachment =
            matches!(operation, Operation::MailAttachment | Operation::MailAttachmentAcknowledged);
        let acknowledge =
            matches!(operation, Operation::MailAcknowledged | Operation::MailAttachmentAcknowledged);
        let mut loads = Vec::new();
        for (turn, clients) in (1..).zip(CLIENTS) {
            // Numbers that no other turn has, so that each mail is a new one, from somebody new.
            let from = (operation as u64 * 10 + turn) * 1_000_000_000;
            // They stand in memory, which is measured too: 600 with attachments are 44 MB.
            let many =
                (300.0 * self.time.as_secs_f64()).min(300.0) as usize * if clients == 1 { 1 } else { 2 };
            let mails: std::sync::Arc<Vec<Vec<u8>>> = std::sync::Arc::new(
                (0..many).map(|n| operations::mail(from + n as u64, attachment)).collect(),
            );
            let (begun, before) = (Instant::now(), self.meter.read());
            let desk = self.desk.clone();
            let took = load::each(clients, many, move |n| {
                let (desk, raw) = (desk.clone(), mails[n].clone());
                async move { desk.hand_in(raw, acknowledge).await }
            })
            .await?;
            while jobs::round(&self.desk.app, "bench").await? > 0 {}
            let (wall, spent) = (begun.elapsed(), self.meter.read() - before);
            loads.push(Load::of(clients, wall, spent, took));
            self.all_became_tickets(many).await?;
        }
        Ok(Figure { operation, loads, limits: Vec::new(), bytes: None })
    }

    /// A mail that became something else would be measured as something else.
    async fn all_became_tickets(&self, many: usize) -> Result<()> {
        let (store, desk) = (&self.desk.app.store, self.desk.scene.desk);
        let waiting =
            store.read::<_, store::Error, _>(desk, |tx| Box::pin(store::inbox::waiting(tx))).await?;
        let newest: Vec<store::inbox::Raw> = store
            .read::<_, store::Error, _>(desk, move |tx| {
                Box::pin(store::inbox::page(
                    tx,
                    domain::access::Reader::operator(),
                    store::inbox::State::Done,
                    None,
                    many as i64,
                ))
            })
            .await?;
        let tickets =
            newest.iter().filter(|raw| raw.outcome == Some(domain::ticket::intake::Outcome::Ticket));
        ensure!(tickets.count() == many, "not every mail became a ticket: {waiting:?}");
        let dead = store.system_read::<_, store::Error, _>(|tx| Box::pin(store::queue::dead(tx, 1))).await?;
        ensure!(dead.is_empty(), "a job was given up: {dead:?}");
        Ok(())
    }

    async fn search_beside_writers(&self) -> Result<Load> {
        let writers = {
            let (desk, meter, time) = (self.desk.clone(), self.meter, self.time * 3 / 2);
            tokio::spawn(async move {
                let create = move |n| {
                    let desk = desk.clone();
                    async move { desk.create(n).await }
                };
                load::run(meter, 8, time, create).await
            })
        };
        let desk = self.desk.clone();
        let ask = move |_| {
            let desk = desk.clone();
            async move { desk.page(&format!("/search?q={COMMON}"), false).await.map(drop) }
        };
        let load = load::run(self.meter, 4, self.time, ask).await?;
        writers.await.context("the writers ended")??;
        Ok(load)
    }
}
