//! What was measured, for people: Markdown.

use std::{fmt::Write as _, fs, path::Path, time::Duration, time::Instant};

use anyhow::{Context as _, Result};

use crate::{
    load::Load,
    loaded::Loaded,
    measure::{Figure, Measured, Operation},
    money::Cost,
    options::Database,
    program::Program,
};

/// A database of one size, measured.
pub(crate) struct Run {
    pub(crate) database: Database,
    pub(crate) tickets: u32,
    /// How long it took to fill it.
    pub(crate) filled: Duration,
    pub(crate) measured: Measured,
    /// The program on it, if there is one.
    pub(crate) loaded: Option<Loaded>,
}

/// On what it was measured.
pub(crate) struct Machine {
    what: String,
    /// When.
    date: String,
    /// How many processes wanted a processor in the minute before.
    load: String,
    fsyncs: f64,
}

impl Machine {
    pub(crate) fn read() -> Self {
        let read = |file: &str| fs::read_to_string(file).unwrap_or_default();
        let field = |text: &str, name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.split_once(':'));
            line.map(|(_, value)| value.trim().to_owned()).unwrap_or_default()
        };
        let processors = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
        let model = field(&read("/proc/cpuinfo"), "model name");
        let memory = field(&read("/proc/meminfo"), "MemTotal");
        let memory = memory.split(' ').next().and_then(|kb| kb.parse::<f64>().ok()).unwrap_or_default();
        let kernel = read("/proc/sys/kernel/osrelease");
        Self {
            what: format!(
                "{processors} × {model}, {:.0} GB, Linux {}",
                memory / 1024.0 / 1024.0,
                kernel.trim()
            ),
            date: app::Clock::system().now().strftime("%Y-%m-%d").to_string(),
            load: read("/proc/loadavg").split(' ').next().unwrap_or_default().to_owned(),
            fsyncs: fsyncs().unwrap_or_default(),
        }
    }
}

/// How often in a second 4 kB can be appended and made durable.
fn fsyncs() -> Result<f64> {
    use std::io::Write as _;
    const TIMES: u32 = 500;
    let path = std::env::temp_dir().join(format!("partnerdesk-bench-fsync-{}", std::process::id()));
    let mut file = fs::File::create(&path)?;
    let begun = Instant::now();
    for _ in 0..TIMES {
        file.write_all(&[0; 4096])?;
        file.sync_data()?;
    }
    let took = begun.elapsed();
    fs::remove_file(path)?;
    Ok(f64::from(TIMES) / took.as_secs_f64())
}

impl Operation {
    const fn title(self) -> &'static str {
        match self {
            Operation::Queue => "queue page",
            Operation::QueueGzip => "queue page, gzip",
            Operation::Ticket => "ticket page",
            Operation::SearchRare => "search page: a rare word",
            Operation::SearchCommon => "search page: a common word",
            Operation::SearchChinese => "search page: two Chinese characters",
            Operation::Create => "make a ticket by the API",
            Operation::Mail => "mail to ticket, 5 kB",
            Operation::MailAcknowledged => "… and its acknowledgement",
            Operation::MailAttachment => "mail to ticket, with 50 kB attached",
            Operation::MailAttachmentAcknowledged => "… and its acknowledgement",
        }
    }

    /// The most milliseconds of processor time that it may take.
    const fn target(self) -> Option<f64> {
        match self {
            Operation::Queue | Operation::Ticket => Some(1.0),
            Operation::SearchRare | Operation::SearchCommon | Operation::SearchChinese => Some(3.0),
            Operation::Create => Some(0.35),
            Operation::Mail => Some(0.7),
            Operation::MailAttachment => Some(1.5),
            Operation::QueueGzip | Operation::MailAcknowledged | Operation::MailAttachmentAcknowledged => {
                None
            }
        }
    }

    /// Whether it must not become dearer with the number of tickets.
    const fn is_page(self) -> bool {
        matches!(self, Operation::Queue | Operation::Ticket)
    }
}

impl Figure {
    /// At eight clients.
    fn eight(&self) -> &Load {
        &self.loads[1]
    }
}

impl Run {
    fn figure(&self, operation: Operation) -> Option<&Figure> {
        self.measured.figures.iter().find(|figure| figure.operation == operation)
    }
}

/// Two significant digits or more.
fn short(value: f64) -> String {
    match value {
        ..1.0 => format!("{value:.2}"),
        ..10.0 => format!("{value:.1}"),
        _ => thousands(value),
    }
}

fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut out = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The whole report.
pub(crate) fn write(
    machine: &Machine,
    program: Option<&Program>,
    runs: &[Run],
    money: &[Cost],
    seconds: f64,
) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "Measured on {}; {}; {} fsync/s; load before it began {}; {seconds} s for each figure.\n",
        machine.date,
        machine.what,
        thousands(machine.fsyncs),
        machine.load
    );
    for database in [Database::Sqlite, Database::Postgres] {
        let runs: Vec<&Run> = runs.iter().filter(|run| run.database == database).collect();
        if !runs.is_empty() {
            table(&mut out, database, &runs);
        }
    }
    costs(&mut out, money);
    targets(&mut out, program, runs);
    out
}

fn table(out: &mut String, database: Database, runs: &[&Run]) {
    let (name, cpu) = match database {
        Database::Sqlite => ("SQLite", "CPU ms"),
        Database::Postgres => ("PostgreSQL", "CPU ms: program + server"),
    };
    let _ = writeln!(
        out,
        "### {name}\n\n| operation | tickets | {cpu} | a second at 1 | 8 | 32 clients | p99 ms at 8 | 32 | \
         of the bare limit at 32 |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |"
    );
    let operations: Vec<Operation> = runs
        .first()
        .map(|run| run.measured.figures.iter().map(|f| f.operation).collect())
        .unwrap_or_default();
    for operation in operations {
        for run in runs {
            if let Some(figure) = run.figure(operation) {
                line(out, run.tickets, figure);
            }
        }
    }
    for run in runs {
        let Measured { idle, loaded, most, search_beside_writers: search, rows, .. } = &run.measured;
        let _ = write!(
            out,
            "\n{} tickets: filled in {:.0} s. Memory idle {:.0} MB (own {:.0}), after all of it {:.0} MB (own {:.0}), \
             at most {most:.0} MB.",
            thousands(run.tickets.into()),
            run.filled.as_secs_f64(),
            idle.resident,
            idle.own,
            loaded.resident,
            loaded.own,
        );
        if let Some((rows, bytes)) = rows {
            let _ = write!(out, " A ticket is {rows} rows of {} bytes.", thousands(*bytes as f64));
        }
        if let Some(Load { p50, p99, .. }) = search {
            let _ = write!(
                out,
                " A search for the common word while eight clients make tickets: p50 {} ms, p99 {} ms.",
                short(*p50),
                short(*p99)
            );
        }
        if let Some(Loaded { most, answers }) = run.loaded {
            let _ = write!(
                out,
                " The program itself while 8 clients got {} answers: at most {most:.0} MB.",
                thousands(answers as f64)
            );
        }
        out.push('\n');
    }
    out.push('\n');
}

/// The money side at its largest.
fn costs(out: &mut String, money: &[Cost]) {
    if money.is_empty() {
        return;
    }
    let _ = writeln!(
        out,
        "### Money\n\n| what | database | of | CPU µs: program | + server | memory MB beyond idle |\n\
         | --- | --- | ---: | ---: | ---: | ---: |"
    );
    for Cost { what, database, of, time, memory } in money {
        let each = |seconds: f64| thousands(seconds / f64::from(*of) * 1e6);
        let _ = writeln!(
            out,
            "| {what} | {database:?} | {} | {} | {} | {memory:.0} |",
            thousands((*of).into()),
            each(time.program),
            time.server.map(each).unwrap_or_default()
        );
    }
    out.push('\n');
}

fn line(out: &mut String, tickets: u32, figure: &Figure) {
    let [one, eight, many] = figure.loads.as_slice() else { return };
    let cpu = match eight.cpu_server {
        Some(server) => format!("{:.2} + {server:.2}", eight.cpu),
        None => format!("{:.2}", eight.cpu),
    };
    let shares: Vec<String> = figure
        .limits
        .iter()
        .map(|(name, limit)| {
            format!("{:.0} % of {} ({name})", many.rate / limit.rate * 100.0, thousands(limit.rate))
        })
        .collect();
    let _ = writeln!(
        out,
        "| {} | {} | {cpu} | {} | {} | {} | {} | {} | {} |",
        figure.operation.title(),
        thousands(tickets.into()),
        thousands(one.rate),
        thousands(eight.rate),
        thousands(many.rate),
        short(eight.p99),
        short(many.p99),
        shares.join("; ")
    );
}

/// A target, what was measured, and whether that is enough.
struct Target {
    what: String,
    target: String,
    measured: String,
    met: bool,
}

fn targets(out: &mut String, program: Option<&Program>, runs: &[Run]) {
    let _ = writeln!(out, "### Targets\n\n| what | target | measured | |\n| --- | --- | --- | --- |");
    let mut all = Vec::new();
    for database in [Database::Sqlite, Database::Postgres] {
        let of: Vec<&Run> = runs.iter().filter(|run| run.database == database).collect();
        if let (Some(small), Some(large)) = (of.first(), of.last()) {
            of_database(&mut all, small, large);
        }
    }
    if let Some(program) = program {
        of_program(&mut all, program);
    }
    for Target { what, target, measured, met } in all {
        let _ =
            writeln!(out, "| {what} | {target} | {measured} | {} |", if met { "met" } else { "**missed**" });
    }
}

fn of_database(all: &mut Vec<Target>, small: &Run, large: &Run) {
    let (name, fast) = match large.database {
        Database::Sqlite => ("SQLite", 2_000.0),
        Database::Postgres => ("PostgreSQL", 1_700.0),
    };
    let at = thousands(large.tickets.into());
    for figure in &large.measured.figures {
        let Some(target) = figure.operation.target() else { continue };
        let cpu = figure.eight().cpu_whole();
        all.push(Target {
            what: format!("{name}, {at} tickets: {}", figure.operation.title()),
            target: format!("≤ {target} ms CPU"),
            measured: format!("{cpu:.2} ms"),
            met: cpu <= target,
        });
        let before = small.figure(figure.operation).filter(|_| small.tickets < large.tickets);
        if let (true, Some(before)) = (figure.operation.is_page(), before) {
            let times = cpu / before.eight().cpu_whole();
            all.push(Target {
                what: format!(
                    "{name}: {}, {at} tickets against {}",
                    figure.operation.title(),
                    thousands(small.tickets.into())
                ),
                target: "≤ 1.5 times".into(),
                measured: format!("{times:.2} times"),
                met: times <= 1.5,
            });
        }
    }
    if let Some(create) = large.figure(Operation::Create) {
        let rate = create.eight().rate;
        all.push(Target {
            what: format!("{name}, {at} tickets: tickets a second at 8 clients, when quiet"),
            target: format!("≥ {}", thousands(fast)),
            measured: thousands(rate),
            met: rate >= fast,
        });
        if let (Some(load), Some((limit, bare))) = (create.loads.last(), create.limits.first()) {
            let share = load.rate / bare.rate * 100.0;
            all.push(Target {
                what: format!("{name}, {at} tickets: at 32 clients, of {limit}"),
                target: "≥ 60 %".into(),
                measured: format!("{share:.0} %"),
                met: share >= 60.0,
            });
        }
    }
    if let Some(Load { p99, .. }) = large.measured.search_beside_writers {
        all.push(Target {
            what: format!("{name}, {at} tickets: p99 of a search while 8 write"),
            target: "≤ 50 ms".into(),
            measured: format!("{} ms", short(p99)),
            met: p99 <= 50.0,
        });
    }
    if let Some(Loaded { most, .. }) = large.loaded {
        all.push(Target {
            what: format!("{name}, {at} tickets: the program's memory under load, at most"),
            target: "≤ 200 MB".into(),
            measured: format!("{most:.0} MB"),
            met: most <= 200.0,
        });
    }
}

fn of_program(all: &mut Vec<Target>, program: &Program) {
    let Program { size, start: (shortest, longest), idle } = program;
    let mut target = |what: &str, target: &str, measured: String, met| {
        all.push(Target { what: what.into(), target: target.into(), measured, met });
    };
    target("the program's size", "≤ 40 MB", format!("{size:.1} MB"), *size <= 40.0);
    target(
        "from its start to its first answer",
        "≤ 200 ms",
        format!("{shortest:.0}–{longest:.0} ms"),
        *longest <= 200.0,
    );
    target("its memory, idle", "≤ 40 MB", format!("{:.0} MB", idle.resident), idle.resident <= 40.0);
}

const BEGIN: &str = "<!-- figures -->\n";
const END: &str = "<!-- end of figures -->";

/// Puts the report between the marks of a file.
///
/// # Errors
/// The file or its marks are not there.
pub(crate) fn put(file: &Path, report: &str) -> Result<()> {
    let name = || file.display().to_string();
    let text = fs::read_to_string(file).with_context(name)?;
    fs::write(file, between_marks(&text, report).with_context(name)?).with_context(name)
}

fn between_marks(text: &str, report: &str) -> Result<String> {
    let (before, rest) = text.split_once(BEGIN).context("there is no mark `<!-- figures -->`")?;
    let (_, after) = rest.split_once(END).context("there is no mark `<!-- end of figures -->`")?;
    Ok(format!("{before}{BEGIN}\n{}\n\n{END}{after}", report.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_takes_the_place_of_the_one_before() {
        let page = "# Page\n\n<!-- figures -->\nold\n<!-- end of figures -->\n\nend\n";
        let new = between_marks(page, "new\n").unwrap();
        assert_eq!(new, "# Page\n\n<!-- figures -->\n\nnew\n\n<!-- end of figures -->\n\nend\n");
        assert_eq!(between_marks(&new, "new\n").unwrap(), new);
        assert!(between_marks("# Page", "new").is_err());
    }

    #[test]
    fn numbers_for_people() {
        assert_eq!([short(0.123), short(3.21), short(48.2)], ["0.12", "3.2", "48"]);
        assert_eq!(
            [thousands(999.0), thousands(1_000.4), thousands(1_234_567.0)],
            ["999", "1,000", "1,234,567"]
        );
    }
}
