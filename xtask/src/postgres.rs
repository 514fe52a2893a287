//! One throw-away PostgreSQL cluster for a run of the tests or the benchmarks.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use anyhow::{Context, Result, bail, ensure};

use crate::{needs, sh};

/// Keeps the cluster for as long as its standard input is open. However xtask ends, by a failure, a signal or
/// `kill -9`, the system closes that pipe, so neither server nor data outlives a run.
///
/// It listens on a socket in a folder that only its user and root can enter, so it needs no password.
const KEEPER: &str = r#"
trap '' INT TERM HUP
bin=$1
shift
dir=$(mktemp -d "${TMPDIR:-/tmp}/partnerdesk-postgres.XXXXXX") || exit 1
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
if ! "$bin/initdb" --pgdata=data --username=postgres --auth=trust --encoding=UTF8 --locale=C --no-sync >log 2>&1
then
  cat log >&2
  exit 1
fi
"$bin/postgres" -D data -k "$dir" -c listen_addresses= -c max_connections=200 \
  -c timezone=UTC "$@" >>log 2>&1 </dev/null &
server=$!
tries=600
until grep -q ready data/postmaster.pid 2>/dev/null; do
  tries=$((tries - 1))
  if ! kill -0 "$server" 2>/dev/null || [ "$tries" -eq 0 ]; then
    cat log >&2
    kill -KILL "$server" 2>/dev/null
    exit 1
  fi
  sleep 0.1
done
echo "$dir"
read -r _
kill -INT "$server"
wait "$server"
"#;

/// What a cluster keeps when the power fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Keeps {
    /// Nothing that a test would miss: it is faster.
    Nothing,
    /// What it has promised, as every desk's must.
    Everything,
}

impl Keeps {
    /// The server's arguments.
    const fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Nothing => {
                &["-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off"]
            }
            Self::Everything => &[],
        }
    }
}

/// A running cluster. Stopped and removed when it is dropped.
#[derive(Debug)]
pub(crate) struct Postgres {
    keeper: Child,
    /// Where its owner connects.
    pub(crate) url: String,
}

impl Postgres {
    /// Starts a cluster of its own.
    ///
    /// # Errors
    /// If no PostgreSQL is installed, or it does not start; it then has said why on standard error.
    pub(crate) fn start(keeps: Keeps) -> Result<Self> {
        let (bin, _) = installed().context("no PostgreSQL server is installed")?;
        let mut keeper = if needs::is_root() {
            // PostgreSQL refuses to run as root.
            let mut command = Command::new("setpriv");
            command.args(["--reuid=postgres", "--regid=postgres", "--init-groups", "--", "sh"]);
            command
        } else {
            Command::new("sh")
        };
        let mut keeper = keeper
            .args(["-c", KEEPER, "postgres-keeper"])
            .arg(bin)
            .args(keeps.arguments())
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start PostgreSQL's keeper")?;

        let mut folder = String::new();
        let stdout = keeper.stdout.take().context("the keeper has no output")?;
        let mut cluster = Self { keeper, url: String::new() };
        BufReader::new(stdout).read_line(&mut folder)?;
        ensure!(!folder.is_empty(), "PostgreSQL did not start");
        cluster.url = format!("postgres://postgres@/postgres?host={}", folder.trim_end());
        Ok(cluster)
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        // Nothing can be done about a keeper that is gone already.
        let _ = self.keeper.wait();
    }
}

/// The folder with the programs of the newest PostgreSQL that is new enough, and its major version.
pub(crate) fn installed() -> Option<(PathBuf, u32)> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    let on_path = sh::find_program("initdb")
        // Often a link: the other programs lie beside the real one.
        .and_then(|initdb| Some(initdb.canonicalize().ok()?.parent()?.to_owned()));
    debian
        .chain(on_path)
        .filter_map(|bin| version(&bin).ok().map(|version| (bin, version)))
        .filter(|(_, version)| *version >= 15)
        .max_by_key(|(_, version)| *version)
}

/// The major version of the server in a folder: `postgres (PostgreSQL) 15.18 (Debian …)`.
fn version(bin: &std::path::Path) -> Result<u32> {
    let said = sh::output(Command::new(bin.join("postgres")).arg("--version"))?;
    let Some(version) = said.split_whitespace().nth(2).and_then(|version| version.split('.').next()) else {
        bail!("PostgreSQL says `{said}`");
    };
    Ok(version.parse()?)
}
