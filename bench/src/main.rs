//! Measures the whole house: for each operation the processor time, the rate, and the rate of the bare limit in the
//! same run. Started by `cargo xtask bench`.
//!
//! A database is filled in this process and measured in a fresh one, so that the memory is that of the program's own
//! work. Nothing here is asserted: the targets are compared in the report, met or missed.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it talks to whoever started it")]

mod bare;
mod load;
mod loaded;
mod measure;
mod meter;
mod money;
mod operations;
mod options;
mod program;
mod random;
mod report;
mod rows;
mod scene;
mod seed;
mod texts;

use std::{
    io::Write as _,
    process::{Command, ExitCode, Stdio},
    time::Instant,
};

use anyhow::{Context as _, Result, ensure};
use testkit::db::TestDb;

use crate::{options::Options, scene::Scene};

/// The argument with which this program starts itself to measure a scene.
const MEASURE: &str = "measure-scene";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let done = match arguments.first().map(String::as_str) {
        Some(MEASURE) => measure::run(),
        Some("--help" | "-h") => {
            println!("{}", options::HELP);
            Ok(())
        }
        _ => Options::parse(&arguments).and_then(|options| everything(&options)),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn everything(options: &Options) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let machine = report::Machine::read();
    let program = options.program.as_deref().map(program::measure).transpose()?;
    let mut runs = Vec::new();
    for database in &options.databases {
        for tickets in &options.sizes {
            runs.push(runtime.block_on(one(*database, *tickets, options))?);
        }
    }
    let mut money = Vec::new();
    // Who asks for some operations only does not ask for this.
    if options.operations == measure::Operation::ALL {
        for database in &options.databases {
            money.extend(runtime.block_on(money::measure(*database))?);
        }
    }
    let text = report::write(&machine, program.as_ref(), &runs, &money, options.seconds);
    println!("{text}");
    if let Some(file) = &options.out {
        report::put(file, &text)?;
    }
    Ok(())
}

/// Fills a database and measures it.
async fn one(database: options::Database, tickets: u32, options: &Options) -> Result<report::Run> {
    let db = match database {
        options::Database::Sqlite => TestDb::sqlite().await,
        options::Database::Postgres => TestDb::postgres().await,
    };
    let begun = Instant::now();
    let mut scene = Scene::make(&db, tickets).await?;
    (scene.seconds, scene.operations) = (options.seconds, options.operations.clone());
    let filled = begun.elapsed();
    eprintln!("{database:?}, {tickets} tickets: filled in {:.0} s", filled.as_secs_f64());

    let mut child = Command::new(std::env::current_exe()?)
        .arg(MEASURE)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start this program again")?;
    let mut stdin = child.stdin.take().context("the measuring process has no input")?;
    stdin.write_all(&serde_json::to_vec(&scene)?)?;
    drop(stdin);
    let output = child.wait_with_output()?;
    ensure!(output.status.success(), "the measuring process ended with {}", output.status);
    let loaded = options.program.as_deref().map(|program| loaded::measure(program, &scene)).transpose()?;
    std::fs::remove_dir_all(&scene.data_dir).ok();
    let measured = serde_json::from_slice(&output.stdout)?;
    Ok(report::Run { database, tickets, filled, measured, loaded })
}
