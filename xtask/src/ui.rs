//! The user interface: npm packages from the lock file, built into `ui/dist`.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, ensure};

use crate::{files, sh};

pub(crate) const HELP: &str = "\
Usage: cargo xtask ui

Installs the packages of ui/package-lock.json (their install scripts are not run) and builds
ui/dist. Each half is skipped when nothing that it reads has changed since the last time.";

pub(crate) fn run(args: &[&str]) -> Result<()> {
    ensure!(args.is_empty(), "`cargo xtask ui` takes no arguments\n\n{HELP}");
    build()
}

/// Builds `ui/dist`, if it is not what a build would make.
pub(crate) fn build() -> Result<()> {
    let ui = sh::root().join("ui");
    let packages = [ui.join("package.json"), ui.join("package-lock.json")];
    unless_unchanged("ui-packages", &packages, &ui.join("node_modules"), || {
        sh::run(npm("ci").args(["--ignore-scripts", "--no-audit", "--no-fund"]))
    })?;
    let sources = files::below(&ui, &["node_modules", "dist", "e2e"])?;
    unless_unchanged("ui-dist", &sources, &ui.join("dist"), || sh::run(npm("run").arg("build")))
}

/// Runs a script of `ui/package.json`.
pub(crate) fn script(name: &str) -> Command {
    let mut npm = npm("run");
    npm.arg(name);
    npm
}

fn npm(command: &str) -> Command {
    let mut npm = Command::new("npm");
    npm.arg(command).current_dir(sh::root().join("ui"));
    npm
}

/// Makes `output` from `inputs`, unless a stamp tells that it was made from the same.
fn unless_unchanged(
    name: &str,
    inputs: &[impl AsRef<Path>],
    output: &Path,
    make: impl FnOnce() -> Result<()>,
) -> Result<()> {
    let inputs: Vec<_> = inputs.iter().map(|path| path.as_ref().to_owned()).collect();
    let now = format!("{:016x}", files::content_hash(&inputs)?);
    let stamp = sh::target_dir().join("xtask").join(name);
    if output.is_dir() && std::fs::read_to_string(&stamp).is_ok_and(|then| then == now) {
        return Ok(());
    }
    // A build that fails half-way must not pass for the one before it.
    if stamp.exists() {
        std::fs::remove_file(&stamp)?;
    }
    make()?;
    std::fs::create_dir_all(sh::target_dir().join("xtask"))?;
    std::fs::write(&stamp, now)?;
    Ok(())
}
