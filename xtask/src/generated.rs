//! Files in the repository that the program writes itself.

use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::{needs, sh, ui};

pub(crate) const HELP: &str = "\
Usage: cargo xtask generate

Builds the program and writes every file that is made from the code. `cargo xtask test` fails
when one of them is not what the program would write.";

/// A file, and the command of the program that prints it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Generated {
    /// From the root of the checkout.
    pub(crate) file: &'static str,
    /// Arguments of `partnerdesk`.
    pub(crate) command: &'static [&'static str],
}

/// All of them.
pub(crate) const GENERATED: &[Generated] = &[Generated { file: "docs/openapi.json", command: &["openapi"] }];

pub(crate) fn run(args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "`cargo xtask generate` takes no arguments\n\n{HELP}");
    needs::ensure(needs::BUILD)?;
    ui::build()?;
    sh::build_partnerdesk()?;
    for generated in GENERATED {
        let path = sh::root().join(generated.file);
        std::fs::write(&path, generated.print()?)
            .with_context(|| format!("cannot write {}", generated.file))?;
    }
    Ok(())
}

impl Generated {
    /// Fails if the file is not what the program, already built, prints.
    pub(crate) fn check(&self) -> Result<()> {
        let there = std::fs::read_to_string(sh::root().join(self.file))
            .with_context(|| format!("cannot read {}", self.file))?;
        ensure!(there == self.print()?, "{} is out of date: run `cargo xtask generate`", self.file);
        Ok(())
    }

    fn print(&self) -> Result<String> {
        sh::output(Command::new(sh::partnerdesk()).args(self.command).current_dir(sh::root()))
    }
}
