//! The benchmarks, built as they are shipped and run against databases that keep what they promise.

use std::process::Command;

use anyhow::Result;

use crate::postgres::{Keeps, Postgres};
use crate::{needs, sh, ui};

pub(crate) const HELP: &str = "\
Usage: cargo xtask bench [--long] [--seconds N] [--tickets N,…] [--only sqlite|postgres] [--of OPERATION,…] [--out FILE]

Builds the program and the benchmarks for release, measures both databases with 1,000 and 100,000 tickets, and prints
a table. It takes about a quarter of an hour, and the machine should do nothing else.

Options:
  --long          With 1,000,000 tickets too: an hour and 20 GB of disk
  --seconds N     How long each operation is measured at each number of clients [default: 2]
  --tickets N,…   With these numbers of tickets instead
  --only DATABASE On this database only
  --of OPERATION,… These operations only: create, mail, queue, …; a wrong word shows them all
  --out FILE      Put the table into this file, between its marks (docs/benchmarks.md has them)

Environment:
  PARTNERDESK_TEST_POSTGRES  Use this PostgreSQL, as an owner's URL, instead of starting one";

pub(crate) fn run(args: &[&str]) -> Result<()> {
    needs::ensure(needs::BUILD)?;
    ui::build()?;
    sh::run(sh::cargo("build").args(["--release", "--package=partnerdesk", "--package=bench", "--locked"]))?;

    let built = sh::target_dir().join("release");
    let mut bench = Command::new(built.join("bench"));
    bench.arg("--program").arg(built.join("partnerdesk")).args(args);
    let own = std::env::var_os("PARTNERDESK_TEST_POSTGRES").is_none() && asks_for_postgres(args);
    let postgres = own.then(|| Postgres::start(Keeps::Everything)).transpose()?;
    if let Some(postgres) = &postgres {
        bench.env("PARTNERDESK_TEST_POSTGRES", &postgres.url);
    }
    sh::run(&mut bench)
}

/// Whether the benchmarks will look for a PostgreSQL: their own options say so.
fn asks_for_postgres(args: &[&str]) -> bool {
    let only = args.iter().position(|arg| *arg == "--only").and_then(|place| args.get(place + 1));
    only.is_none_or(|database| *database == "postgres")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_no_server_that_nobody_asks() {
        assert!(asks_for_postgres(&[]) && asks_for_postgres(&["--long", "--only", "postgres"]));
        assert!(!asks_for_postgres(&["--only", "sqlite", "--long"]));
    }
}
