//! Set-up, tests, demo and checks of the house: the same commands for a person and for CI.
//!
//! It has two small dependencies on purpose, so that it is built and running within seconds of a clone.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "xtask talks to whoever started it")]

mod bench;
mod demo;
mod files;
mod generated;
#[cfg(test)]
mod house;
mod licences;
mod needs;
mod postgres;
mod sh;
mod snapshots;
mod test;
mod ui;

use std::process::ExitCode;

use anyhow::{Result, bail};

const HELP: &str = "\
Usage: cargo xtask <COMMAND>

Commands:
  demo      Build everything and start a desk with sample data
  test      Run every check that CI runs
  ui        Build the user interface into ui/dist
  generate  Write the files that are made from the code
  bench     Measure the program beside its limits

`cargo xtask <COMMAND> --help` tells more.";

/// What a command does with its arguments.
type Run = fn(&[&str]) -> Result<()>;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    match obey(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn obey(args: &[&str]) -> Result<()> {
    let Some((&command, rest)) = args.split_first() else {
        bail!("which command?\n\n{HELP}");
    };
    let (help, run): (&str, Run) = match command {
        "demo" => (demo::HELP, demo::run),
        "test" => (test::HELP, test::run),
        "ui" => (ui::HELP, ui::run),
        "generate" => (generated::HELP, generated::run),
        "bench" => (bench::HELP, bench::run),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            return Ok(());
        }
        other => bail!("no command `{other}`\n\n{HELP}"),
    };
    if rest.iter().any(|arg| matches!(*arg, "--help" | "-h")) {
        println!("{help}");
        return Ok(());
    }
    run(rest)
}
