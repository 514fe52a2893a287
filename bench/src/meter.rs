//! Processor time and memory, as Linux counts them.

use std::fs;

use testkit::db::TestDb;

/// Ticks of a second in `/proc/*/stat`: fixed on every Linux that Rust runs on.
const TICKS: f64 = 100.0;

/// Reads the processor time of this process, and of the PostgreSQL server if it is on this machine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Meter {
    /// The first process of the server.
    postmaster: Option<u32>,
}

/// Seconds of processor time since the beginning of a process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Time {
    pub(crate) program: f64,
    /// None without a server, or if it runs elsewhere.
    pub(crate) server: Option<f64>,
}

impl std::ops::Sub for Time {
    type Output = Time;
    fn sub(self, earlier: Time) -> Time {
        Time {
            program: self.program - earlier.program,
            server: self.server.zip(earlier.server).map(|(now, then)| now - then),
        }
    }
}

impl Meter {
    pub(crate) const fn of(postmaster: Option<u32>) -> Self {
        Self { postmaster }
    }

    pub(crate) fn read(self) -> Time {
        let program = fs::read_to_string("/proc/self/stat").ok().and_then(|stat| Stat::read(&stat));
        Time { program: program.map_or(0.0, |stat| stat.own), server: self.postmaster.map(server) }
    }
}

/// The server's processes that live, and those that have ended.
fn server(postmaster: u32) -> f64 {
    let processes = fs::read_dir("/proc").into_iter().flatten().flatten();
    processes
        .filter_map(|entry| entry.file_name().to_str()?.parse::<u32>().ok())
        .filter_map(|pid| Some((pid, Stat::read(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)?)))
        .map(|(pid, stat)| match pid {
            _ if pid == postmaster => stat.own + stat.children,
            _ if stat.parent == postmaster => stat.own,
            _ => 0.0,
        })
        .sum()
}

/// What `/proc/<pid>/stat` says.
#[derive(Debug, PartialEq)]
struct Stat {
    parent: u32,
    /// Seconds of its threads, those that ended too.
    own: f64,
    /// Seconds of its children that have ended.
    children: f64,
}

impl Stat {
    fn read(stat: &str) -> Option<Stat> {
        // The name, in parentheses, may hold anything.
        let (_, fields) = stat.rsplit_once(") ")?;
        let field = |number: usize| fields.split(' ').nth(number - 3);
        let seconds = |a, b| Some((field(a)?.parse::<f64>().ok()? + field(b)?.parse::<f64>().ok()?) / TICKS);
        Some(Stat { parent: field(4)?.parse().ok()?, own: seconds(14, 15)?, children: seconds(16, 17)? })
    }
}

/// The first process of the PostgreSQL server of a database, if it runs on this machine.
pub(crate) async fn postmaster(db: &TestDb) -> Option<u32> {
    let client = db.raw_postgres().await?;
    let pid: i32 = client.query_one("SELECT pg_backend_pid()", &[]).await.ok()?.get(0);
    let name = fs::read_to_string(format!("/proc/{pid}/comm")).ok()?;
    let stat = Stat::read(&fs::read_to_string(format!("/proc/{pid}/stat")).ok()?)?;
    (name.trim() == "postgres").then_some(stat.parent)
}

/// A line of `/proc/<pid>/status` in MB, such as `VmRSS`. `pid` may be `self`.
pub(crate) fn memory(pid: &str, line: &str) -> f64 {
    megabytes(&format!("/proc/{pid}/status"), line)
}

/// The memory of a process in MB, of pages that others have too only its part. A page of a file that it has mapped
/// several times counts once.
pub(crate) fn proportional(pid: &str) -> f64 {
    megabytes(&format!("/proc/{pid}/smaps_rollup"), "Pss")
}

fn megabytes(file: &str, line: &str) -> f64 {
    let status = fs::read_to_string(file).unwrap_or_default();
    let value = status.lines().find_map(|found| found.strip_prefix(line)?.strip_prefix(':'));
    let kilobytes = value.and_then(|value| value.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.unwrap_or_default() / 1024.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_linux_says() {
        let stat = "12 (a) b (c)) S 7 12 12 0 -1 4194560 1 2 3 4 150 50 30 10 20 0 2 0 99";
        assert_eq!(Stat::read(stat), Some(Stat { parent: 7, own: 2.0, children: 0.4 }));
        assert_eq!(Stat::read("12 (a"), None);
        assert!(memory("self", "VmRSS") > 0.5);
        assert!(proportional("self") > 0.5);
        assert!(Meter::of(None).read().server.is_none());
    }

    #[test]
    fn work_takes_time() {
        let meter = Meter::of(None);
        let before = meter.read();
        let mut random = crate::random::Random(1);
        while (meter.read() - before).program < 0.02 {
            std::hint::black_box(random.next());
        }
    }
}
