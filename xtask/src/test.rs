//! Every check of the house, cheap ones first.

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use crate::generated::GENERATED;
use crate::postgres::{self, Keeps, Postgres};
use crate::{licences, needs, sh, snapshots, ui};

pub(crate) const HELP: &str = "\
Usage: cargo xtask test [--long]

Runs every check that CI runs, cheap ones first, and stops at the first that fails. Starts what the
tests need (one PostgreSQL cluster, in a temporary folder) and stops it again, however the run ends.

Options:
  --long  Let the tests that look for rare faults look longer (PARTNERDESK_LONG=1), and check the documentation

Environment:
  PARTNERDESK_SEED           Seed of the random tests, a number; printed by each run [default: random]
  PARTNERDESK_TEST_POSTGRES  Use this PostgreSQL, as an owner's URL, instead of starting one
  PARTNERDESK_CHROMIUM       Chromium's program, if it is not on the path
  PARTNERDESK_MAIL_CORPUS    A folder of mail to read, for tests that take any mail there is";

/// What the steps share.
struct Run {
    long: bool,
    seed: u64,
    /// The tree as the run found it.
    tree: String,
    postgres: Option<Postgres>,
    snapshot_references: PathBuf,
    tests: Tally,
}

type Job = Box<dyn FnOnce(&mut Run) -> Result<()>>;

struct Step {
    name: String,
    job: Job,
}

/// How many tests ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    passed: u32,
    failed: u32,
    skipped: u32,
}

pub(crate) fn run(args: &[&str]) -> Result<()> {
    let long = match args {
        [] => false,
        ["--long"] => true,
        _ => bail!("`cargo xtask test` does not know {args:?}\n\n{HELP}"),
    };
    let seed = match std::env::var("PARTNERDESK_SEED") {
        Ok(seed) => seed.parse().context("PARTNERDESK_SEED is a number")?,
        Err(_) => random(),
    };
    println!("PARTNERDESK_SEED={seed}");

    let scratch = sh::target_dir().join("xtask");
    std::fs::create_dir_all(&scratch)?;
    let mut run = Run {
        long,
        seed,
        tree: String::new(),
        postgres: None,
        snapshot_references: scratch.join("snapshot-references"),
        tests: Tally::default(),
    };
    let mut lines = Vec::new();
    let outcome = run.all(&mut lines);

    println!("\n── summary ──");
    for line in &lines {
        println!("{line}");
    }
    println!("seed: {seed}{}", if long { ", long" } else { "" });
    println!(
        "mail corpus: {}",
        mail_corpus().map_or("none here".into(), |folder| folder.display().to_string())
    );
    println!(
        "tests: {} passed, {} failed, {} skipped",
        run.tests.passed, run.tests.failed, run.tests.skipped
    );
    outcome.with_context(|| format!("to repeat it: PARTNERDESK_SEED={seed} cargo xtask test"))
}

impl Run {
    fn all(&mut self, lines: &mut Vec<String>) -> Result<()> {
        let steps = steps(self.long);
        let count = steps.len();
        for (number, Step { name, job }) in (1..).zip(steps) {
            println!("\n── {number}/{count} {name} ──");
            std::io::stdout().flush()?;
            let start = Instant::now();
            let outcome = job(self);
            let took = seconds(start.elapsed());
            let mark = if outcome.is_ok() { "ok" } else { "FAILED" };
            println!("── {name}: {mark} after {took} ──");
            lines.push(format!("{number:>2}  {mark:<6} {took:>10}  {name}"));
            outcome.with_context(|| format!("step {number} of {count}, {name}, failed"))?;
        }
        Ok(())
    }

    /// What the tests are told, in the way in which cargo, npm and node take it.
    fn tell(&self, command: &mut Command) {
        command
            .env("PARTNERDESK_SEED", self.seed.to_string())
            .env("PROPTEST_RNG_SEED", self.seed.to_string())
            .env(snapshots::REFERENCES, &self.snapshot_references);
        if self.long {
            command.env("PARTNERDESK_LONG", "1");
        }
        if let Some(postgres) = &self.postgres {
            command.env("PARTNERDESK_TEST_POSTGRES", &postgres.url);
        }
        if let Some(chromium) = needs::chromium() {
            command.env("PARTNERDESK_CHROMIUM", chromium);
        }
    }
}

fn steps(long: bool) -> Vec<Step> {
    let mut steps = vec![
        step("what the machine must have", |run| {
            run.tree = tree()?;
            needs::ensure(needs::BUILD)?;
            needs::ensure(needs::TEST)
        }),
        step("format", |_| sh::run(sh::cargo("fmt").args(["--all", "--check"]))),
        step("licences, bans and sources", |_| licences::check()),
        step("rules of the house, and the first lints", |run| cargo_test(run, &["--package", "xtask"])),
        step("user interface: build", |_| ui::build()),
        step("user interface: types", |_| sh::run(&mut ui::script("check"))),
        step("PostgreSQL", start_postgres),
        step("lints and tests", |run| {
            if run.snapshot_references.exists() {
                std::fs::remove_file(&run.snapshot_references)?;
            }
            cargo_test(run, &["--workspace", "--exclude", "xtask"])
        }),
        step("every snapshot is used", |run| snapshots::check_all_used(&run.snapshot_references)),
        // With the tests, that is with the features that libraries have for them: so it stands there already.
        step("the program", |_| sh::run(cargo("build").args(sh::PROGRAMS).arg("--tests"))),
    ];
    steps.extend(GENERATED.iter().map(|file| step(format!("{} is up to date", file.file), |_| file.check())));
    if sh::root().join("ui/e2e").is_dir() {
        steps.push(step("flows in a browser", |run| {
            let mut flows = ui::script("e2e");
            run.tell(&mut flows);
            sh::run(flows.env("PARTNERDESK_PROGRAM", sh::partnerdesk()))
        }));
    }
    if long {
        // It reads every library once more.
        steps.push(step("documentation", |_| {
            let mut doc = sh::cargo("doc");
            sh::run(doc.args(["--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"))
        }));
    }
    steps.push(step("the tree is as it was", |run| {
        let now = tree()?;
        ensure!(now == run.tree, "the run changed files of the repository:\n{now}");
        Ok(())
    }));
    steps
}

fn step(name: impl Into<String>, job: impl FnOnce(&mut Run) -> Result<()> + 'static) -> Step {
    Step { name: name.into(), job: Box::new(job) }
}

/// A cargo command whose compiler is clippy: it lints what it compiles, so that nothing is compiled once for the lints and
/// once for the tests. A warning is an error. Without lines for a debugger, which nobody attaches to such a run.
fn cargo(command: &str) -> Command {
    let mut cargo = sh::cargo(command);
    cargo.envs([
        ("RUSTC_WORKSPACE_WRAPPER", "clippy-driver"),
        // How `cargo clippy -- -D warnings` tells its compiler.
        ("CLIPPY_ARGS", "-D__CLIPPY_HACKERY__warnings__CLIPPY_HACKERY__"),
        ("CARGO_PROFILE_DEV_DEBUG", "0"),
    ]);
    cargo
}

fn start_postgres(run: &mut Run) -> Result<()> {
    if std::env::var_os("PARTNERDESK_TEST_POSTGRES").is_some() {
        println!("the one of PARTNERDESK_TEST_POSTGRES");
        return Ok(());
    }
    run.postgres = Some(Postgres::start(Keeps::Nothing)?);
    if let Some((_, version)) = postgres::installed() {
        println!("started, version {version}");
    }
    Ok(())
}

/// Runs tests with their output on the terminal, and counts them.
fn cargo_test(run: &mut Run, packages: &[&str]) -> Result<()> {
    let mut command = cargo("test");
    command.args(packages).args(["--locked", "--no-fail-fast"]);
    run.tell(&mut command);
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut output = BufReader::new(child.stdout.take().context("the tests have no output")?);
    let mut line = Vec::new();
    let before = run.tests;
    while output.read_until(b'\n', &mut line)? > 0 {
        std::io::stdout().write_all(&line)?;
        run.tests.add(&String::from_utf8_lossy(&line));
        line.clear();
    }
    let status = child.wait()?;
    ensure!(status.success(), "cargo test ended with {status}");
    ensure!(run.tests.passed > before.passed, "no test ran");
    Ok(())
}

impl Tally {
    /// Counts a line such as `test result: ok. 3 passed; 0 failed; 1 ignored; …`.
    fn add(&mut self, line: &str) {
        if !line.starts_with("test result: ") {
            return;
        }
        let words: Vec<&str> = line.split([' ', ';']).filter(|word| !word.is_empty()).collect();
        let count = |what| {
            let pair = words.windows(2).find(|pair| pair[1] == what);
            pair.and_then(|pair| pair[0].parse::<u32>().ok()).unwrap_or(0)
        };
        self.passed += count("passed");
        self.failed += count("failed");
        self.skipped += count("ignored");
    }
}

/// What git sees in the work tree: which files are new, and what is changed in the others.
fn tree() -> Result<String> {
    let git = |args: &[&str]| sh::output(Command::new("git").args(args).current_dir(sh::root()));
    Ok(git(&["status", "--porcelain", "--untracked-files=all"])? + &git(&["diff", "HEAD"])?)
}

/// The mail that developers may have beside the checkout; the tests that read it find it in the same way.
fn mail_corpus() -> Option<PathBuf> {
    let beside = || sh::root().join("../shared/mail-corpus");
    let folder = std::env::var_os("PARTNERDESK_MAIL_CORPUS").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// A number that nobody can foresee: std's hash keys come from the system's randomness.
fn random() -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(0)
}

fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..=59 => format!("{:.1} s", time.as_secs_f64()),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_the_lines_of_cargo_test() {
        let mut tally = Tally::default();
        for line in [
            "running 4 tests\n",
            "test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 9 filtered out; finished in 0.00s\n",
            "test result: FAILED. 40 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out\n",
            "a test that prints: 7 passed; 7 failed\n",
        ] {
            tally.add(line);
        }
        assert_eq!(tally, Tally { passed: 43, failed: 2, skipped: 1 });
    }

    #[test]
    fn says_times_for_people() {
        assert_eq!(seconds(Duration::from_millis(1240)), "1.2 s");
        assert_eq!(seconds(Duration::from_secs(61)), "1 min 01 s");
    }
}
