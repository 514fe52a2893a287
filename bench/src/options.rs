//! What the program is told.

use std::path::PathBuf;

use anyhow::{Context as _, Result, bail};

use crate::measure::Operation;

pub(crate) const HELP: &str = "\
Usage: bench [--long] [--seconds N] [--tickets N,…] [--only sqlite|postgres] [--of OPERATION,…] [--program FILE] [--out FILE]

Measures with 1,000 and 100,000 tickets on both databases and prints a table. `cargo xtask bench` builds it first.

Options:
  --long          With 1,000,000 tickets too
  --seconds N     How long each operation is measured at each number of clients [default: 2]
  --tickets N,…   With these numbers of tickets instead
  --only DATABASE On this database only
  --of OPERATION,… These only: queue, queue-gzip, ticket, search-rare, search-common, search-chinese, create, mail,
                  mail-acknowledged, mail-attachment, mail-attachment-acknowledged
  --program FILE  The built program, whose size, start and memory are measured too
  --out FILE      Put the table into this file, between its marks `<!-- figures -->` and `<!-- end of figures -->`";

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Database {
    Sqlite,
    Postgres,
}

/// What is measured, and how long.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    pub(crate) databases: Vec<Database>,
    /// How many tickets there are before the measuring begins.
    pub(crate) sizes: Vec<u32>,
    pub(crate) seconds: f64,
    /// In the order of the report.
    pub(crate) operations: Vec<Operation>,
    pub(crate) program: Option<PathBuf>,
    pub(crate) out: Option<PathBuf>,
}

impl Options {
    pub(crate) fn parse(arguments: &[String]) -> Result<Self> {
        let mut options = Self {
            databases: vec![Database::Sqlite, Database::Postgres],
            sizes: vec![1_000, 100_000],
            seconds: 2.0,
            operations: Operation::ALL.to_vec(),
            program: None,
            out: None,
        };
        let mut arguments = arguments.iter();
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{name} needs a value"));
            match name.as_str() {
                "--long" => options.sizes.push(1_000_000),
                "--seconds" => options.seconds = value()?.parse().context("--seconds takes a number")?,
                "--tickets" => {
                    let sizes = value()?.split(',').map(str::parse).collect::<Result<_, _>>();
                    options.sizes = sizes.context("--tickets takes numbers, separated by commas")?;
                }
                "--only" => {
                    options.databases = vec![match value()?.as_str() {
                        "sqlite" => Database::Sqlite,
                        "postgres" => Database::Postgres,
                        other => bail!("no database `{other}`\n\n{HELP}"),
                    }];
                }
                "--of" => {
                    let wanted: Vec<&str> = value()?.split(',').collect();
                    if let Some(other) =
                        wanted.iter().find(|name| Operation::ALL.iter().all(|op| op.name() != **name))
                    {
                        bail!("no operation `{other}`\n\n{HELP}");
                    }
                    options.operations.retain(|operation| wanted.contains(&operation.name()));
                }
                "--program" => options.program = Some(value()?.into()),
                "--out" => options.out = Some(value()?.into()),
                other => bail!("`bench` does not know `{other}`\n\n{HELP}"),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(line: &str) -> Result<Options> {
        Options::parse(&line.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
    }

    #[test]
    fn reads_its_options() {
        assert_eq!(parse("--long").unwrap().sizes, [1_000, 100_000, 1_000_000]);
        let some = parse("--tickets 10,20 --only postgres --seconds 0.5 --out a.md").unwrap();
        assert_eq!((some.sizes, some.databases), (vec![10, 20], vec![Database::Postgres]));
        assert_eq!((some.seconds, some.out), (0.5, Some("a.md".into())));
        let few = parse("--of mail,create").unwrap();
        assert_eq!(few.operations, [Operation::Mail, Operation::Create]);
        for bad in ["--of all", "--tickets", "--tickets ten", "--only oracle", "--fast", "--seconds x"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
