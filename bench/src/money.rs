//! What the money side costs at its largest: a file of 100,000 lines, and where 10,000 customers stand.

use std::{fmt::Write as _, fs, net::Ipv4Addr};

use anyhow::{Context as _, Result, ensure};
use app::{
    Agent, App, accounts, collections, customers,
    payables::{self, Broken, Imported, NewInvoice},
    receivables::{self, Fate, Row},
    suppliers,
};
use domain::{
    billing::invoice::Kind, id::CustomerId, lang::Lang, money::Money, party::supplier::SupplierKind,
};
use jiff::{ToSpan as _, tz::TimeZone};
use testkit::db::TestDb;

use crate::{
    meter::{self, Meter, Time},
    options::Database,
    scene,
};

/// How many lines the file has.
const LINES: u32 = 100_000;
/// How many customers owe something.
const CUSTOMERS: u32 = 10_000;
/// How many open invoices each has.
const INVOICES: i32 = 3;

/// What one of them took.
pub(crate) struct Cost {
    pub(crate) what: &'static str,
    pub(crate) database: Database,
    /// Of how many.
    pub(crate) of: u32,
    pub(crate) time: Time,
    /// The most memory that it had beyond what there was before, in MB.
    pub(crate) memory: f64,
}

/// Measures both on a database of their own.
///
/// # Errors
/// As the program says.
pub(crate) async fn measure(database: Database) -> Result<Vec<Cost>> {
    let db = match database {
        Database::Sqlite => TestDb::sqlite().await,
        Database::Postgres => TestDb::postgres().await,
    };
    let data_dir = std::env::temp_dir().join(format!("partnerdesk-bench-money-{}", std::process::id()));
    let app = scene::program(db.store().clone(), data_dir.clone())?;
    let agent = agent(&app).await?;
    let meter = Meter::of(meter::postmaster(&db).await);

    let id = invoice(&app, &agent).await?;
    let file = file();
    let (time, memory) = cost(meter, async || {
        let done = payables::import(&app, &agent, id, "lines.csv", file.clone(), Broken::Nothing).await?;
        ensure!(matches!(done, Imported::Kept(kept) if kept.lines == i64::from(LINES)), "not all were taken");
        Ok(())
    })
    .await?;
    let lines = Cost { what: "import of a reconciliation file, a line", database, of: LINES, time, memory };

    let owing = owe(&app, &agent).await?;
    let (time, memory) = cost(meter, async || {
        let all = collections::standings(&app, &agent).await?;
        ensure!(all.rows.len() == owing, "{} customers stand somewhere", all.rows.len());
        Ok(())
    })
    .await?;
    let standings = Cost { what: "where customers stand, a customer", database, of: CUSTOMERS, time, memory };
    fs::remove_dir_all(data_dir).ok();
    Ok(vec![lines, standings])
}

async fn cost(meter: Meter, work: impl AsyncFn() -> Result<()>) -> Result<(Time, f64)> {
    // From here on Linux counts the most anew.
    fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs")?;
    let (before, memory) = (meter.read(), meter::memory("self", "VmRSS"));
    work().await?;
    Ok((meter.read() - before, meter::memory("self", "VmHWM") - memory))
}

async fn agent(app: &App) -> Result<Agent> {
    scene::begin(app).await?;
    let session =
        accounts::sign_in(app, scene::EMAIL, scene::PASSWORD, Ipv4Addr::LOCALHOST.into()).await?.token;
    accounts::agent_of_session(app, &session, accounts::Asks::Person).await?.context("no session")
}

async fn invoice(app: &App, agent: &Agent) -> Result<domain::id::SupplierInvoiceId> {
    let all = suppliers::list(app, agent).await?;
    let microsoft =
        all.iter().find(|one| one.supplier.kind == SupplierKind::Microsoft).context("Microsoft")?;
    let new = NewInvoice {
        supplier: microsoft.supplier.id,
        number: "G1".into(),
        kind: Kind::Invoice,
        amends: String::new(),
        dated: "2026-03-08".parse()?,
        due: None,
        begins: None,
        ends: None,
        total: Money { minor: i64::from(LINES) * 1008, currency: "EUR".parse()? },
        remark: String::new(),
    };
    Ok(payables::add(app, agent, new).await?)
}

/// Lines of a hundred customers, in the shape of Microsoft's new-commerce file.
fn file() -> Vec<u8> {
    let mut text = "CustomerId,CustomerName,SubscriptionId,ProductId,SkuName,ChargeType,UnitPrice,Quantity,\
                    EffectiveUnitPrice,Subtotal,TaxTotal,Total,Currency,ChargeStartDate,ChargeEndDate,InvoiceNumber\n"
        .to_owned();
    for line in 0..LINES {
        let customer = line % 100;
        writeln!(
            text,
            "T-{customer},Customer {customer},S-{line},P-1,Microsoft 365 E3,cycleCharge,10.08,1,10.08,10.08,0,10.08,EUR,\
             2/1/2026,2/28/2026,G1"
        )
        .ok();
    }
    text.into_bytes()
}

/// Customers with invoices that are late by days to months; how many.
async fn owe(app: &App, agent: &Agent) -> Result<usize> {
    let (currency, today) = ("EUR".parse()?, receivables::day(app.now(), &TimeZone::UTC));
    let mut ids: Vec<CustomerId> = Vec::new();
    let mut made = tokio::task::JoinSet::new();
    for number in 0..CUSTOMERS {
        let (app, agent) = (app.clone(), agent.clone());
        let details = customers::Details {
            name: format!("Customer {number}"),
            lang: Lang::En,
            timezone: "Europe/Berlin".into(),
            note: String::new(),
            domains: Vec::new(),
        };
        made.spawn(async move { customers::create(&app, &agent, details).await });
        // Some at once, so that they are made durable together.
        if made.len() == 64 || number + 1 == CUSTOMERS {
            for id in std::mem::take(&mut made).join_all().await {
                ids.push(id?);
            }
        }
    }
    for (chunk, customers) in ids.chunks(500).enumerate() {
        let mut rows = Vec::new();
        for (place, customer) in customers.iter().enumerate() {
            for invoice in 0..INVOICES {
                let late = i32::try_from(place % 60)? + invoice * 20;
                let due_on = today.checked_sub(late.days())?;
                rows.push(Row {
                    line: i64::try_from(rows.len())? + 1,
                    number: format!("I-{chunk}-{place}-{invoice}"),
                    customer: *customer,
                    issued_on: due_on.checked_sub(14.days())?,
                    due_on,
                    gross: Money { minor: 10_000, currency },
                    tax: 0,
                });
            }
        }
        receivables::import_invoices(app, agent, (rows, Vec::new()), Fate::Nothing).await?;
    }
    Ok(ids.len())
}
