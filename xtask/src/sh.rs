//! Other programs, started and judged.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

/// The folder of the checkout.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies in the root of the checkout")
}

/// The folder into which cargo builds.
pub(crate) fn target_dir() -> PathBuf {
    // A relative CARGO_TARGET_DIR is relative to where cargo runs, and `cargo` below runs in the root.
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// The program as `cargo build` leaves it.
pub(crate) fn partnerdesk() -> PathBuf {
    target_dir().join("debug").join("partnerdesk")
}

/// What of the workspace the program is built with: what the tests are built with, so that no library is built twice.
pub(crate) const PROGRAMS: [&str; 5] = ["--workspace", "--exclude", "xtask", "--bins", "--locked"];

/// Builds the program.
pub(crate) fn build_partnerdesk() -> Result<()> {
    run(cargo("build").args(PROGRAMS))
}

/// A cargo command in the root, which is not told what cargo has told xtask of xtask: a library's build script looks at that,
/// and what it builds would be built again by every cargo that was not started here.
pub(crate) fn cargo(command: &str) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.arg(command).current_dir(root());
    for (name, _) in std::env::vars_os() {
        let of_xtask = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
        if name.to_str().is_some_and(of_xtask) {
            cargo.env_remove(name);
        }
    }
    cargo
}

/// Runs a command to its end, without input, its output on the terminal.
///
/// # Errors
/// If it cannot be started or does not end well.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command
        .stdin(Stdio::null())
        .status()
        .with_context(|| format!("cannot start {}", describe(command)))?;
    ensure!(status.success(), "{} ended with {status}", describe(command));
    Ok(())
}

/// What a command says on its standard output.
///
/// # Errors
/// If it cannot be started or does not end well; what it said on its standard error is then in the message.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .with_context(|| format!("cannot start {}", describe(command)))?;
    ensure!(
        output.status.success(),
        "{} ended with {}\n{}",
        describe(command),
        output.status,
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where a program lies: on the path, or where a server's programs lie that a user's path often lacks.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path)
        .chain(["/usr/sbin".into(), "/usr/local/sbin".into()])
        .map(|folder| folder.join(name))
        .find(|program| program.is_file())
}

fn describe(command: &Command) -> String {
    let words: Vec<_> = std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect();
    format!("`{}`", words.join(" "))
}
