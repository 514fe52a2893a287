//! Tables from outside: CSV of whichever dialect, read into rows that know their line.

use domain::money::{Currency, Money};
use jiff::civil::Date;
use serde::Serialize;

/// The largest file, in bytes.
pub(super) const LARGEST: usize = 20 * 1024 * 1024;
/// The most rows.
const ROWS: usize = 100_000;
/// The most columns.
const COLUMNS: usize = 200;

/// What is wrong with a file, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line, from 1.
    pub line: i64,
    /// The column or element; empty for the line as a whole.
    pub column: String,
    /// What is wrong: `required`, `not-an-amount`, `not-a-day`, `unknown` …
    pub code: &'static str,
}

impl Fault {
    pub(super) fn new(line: i64, column: &str, code: &'static str) -> Self {
        Self { line, column: column.to_owned(), code }
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// In which line of the file it begins.
    pub(super) line: i64,
    /// Its cells.
    pub(super) cells: Vec<String>,
}

/// A table with a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sheet {
    /// The names of the columns.
    pub(super) head: Vec<String>,
    /// The rows.
    pub(super) rows: Vec<Row>,
}

impl Sheet {
    /// The place of a column, by its name without case.
    pub(super) fn column(&self, name: &str) -> Option<usize> {
        let wanted = name.trim().to_lowercase();
        self.head.iter().position(|one| one.to_lowercase() == wanted)
    }
}

/// What a file means as text: UTF-8, or else what Windows writes in the west.
fn text(bytes: &[u8]) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(_) => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Reads a table. What separates its cells is whichever of `;`, `,` and tab stands most often in its first line.
///
/// # Errors
/// It is too large, has no head, or its quotes do not end.
pub(super) fn read(bytes: &[u8]) -> Result<Sheet, Fault> {
    if bytes.len() > LARGEST {
        return Err(Fault::new(1, "", "too-large"));
    }
    let text = text(bytes);
    let first = text.lines().next().unwrap_or_default();
    let often = |mark: char| first.chars().filter(|c| *c == mark).count();
    let delimiter = [';', ',', '\t'].into_iter().rev().max_by_key(|mark| often(*mark)).unwrap_or(',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(u8::try_from(delimiter).unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes());
    let head: Vec<String> = match reader.headers() {
        Ok(head) => head.iter().map(str::to_owned).collect(),
        Err(_) => return Err(Fault::new(1, "", "not-csv")),
    };
    if head.iter().all(String::is_empty) || head.len() > COLUMNS {
        return Err(Fault::new(1, "", "not-csv"));
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| {
            let line = error.position().map_or(1, csv::Position::line);
            Fault::new(i64::try_from(line).unwrap_or(i64::MAX), "", "not-csv")
        })?;
        let line = record.position().map_or(1, csv::Position::line);
        let line = i64::try_from(line).unwrap_or(i64::MAX);
        if rows.len() >= ROWS {
            return Err(Fault::new(line, "", "too-many"));
        }
        if record.iter().all(str::is_empty) {
            continue;
        }
        rows.push(Row { line, cells: record.iter().map(str::to_owned).collect() });
    }
    Ok(Sheet { head, rows })
}

/// An amount as people of any country write it. What could mean two amounts is none: `1.234` may be a thousand or not.
pub(super) fn amount(text: &str, currency: Currency) -> Option<Money> {
    let plain: String = text.chars().filter(|c| !c.is_whitespace() && *c != '\'' && *c != '’').collect();
    let plain = plain.replace('−', "-");
    let last = plain.rfind(['.', ',']);
    let written = match last {
        None => plain,
        Some(at) => {
            let mark = plain.get(at..=at)?.chars().next()?;
            let other = if mark == '.' { ',' } else { '.' };
            let (whole, rest) = (plain.get(..at)?, plain.get(at + 1..)?);
            if whole.contains(mark) {
                // 1.234.567: only groups.
                if whole.contains(other) || !grouped(&plain, mark) {
                    return None;
                }
                plain.replace(mark, "")
            } else {
                if whole.contains(other) && !grouped(whole, other) {
                    return None;
                }
                format!("{}.{rest}", whole.replace(other, ""))
            }
        }
    };
    Money::parse(&written, currency).filter(|money| money.minor.abs() <= domain::receivable::invoice::MOST)
}

/// Whether digits are grouped by threes.
fn grouped(text: &str, mark: char) -> bool {
    let mut groups = text.trim_start_matches('-').split(mark);
    let first = groups.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && groups.all(|group| group.len() == 3)
}

/// A day: `2026-11-30`, `30.11.2026` or `20261130`. With slashes nobody knows which is the month.
pub(super) fn day(text: &str) -> Option<Date> {
    let parts: Vec<&str> = text.split('.').collect();
    if let [day, month, year] = parts.as_slice() {
        let (day, month) = (day.parse().ok()?, month.parse().ok()?);
        return (year.len() == 4).then(|| Date::new(year.parse().ok()?, month, day).ok())?;
    }
    let is_compact = text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit());
    let is_iso = text.len() == 10 && text.as_bytes().get(4) == Some(&b'-');
    (is_compact || is_iso).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_dialect_is_read_alike() {
        let wanted = [["2026-03-02", "a;b"], ["2026-03-03", "ü"]];
        for file in [
            "Day,Text\n2026-03-02,\"a;b\"\n\n2026-03-03,ü\n".as_bytes().to_vec(),
            "\u{feff}Day;Text\r\n2026-03-02;\"a;b\"\r\n2026-03-03;ü\r\n".as_bytes().to_vec(),
            b"Day\tText\n2026-03-02\ta;b\n2026-03-03\t\xfc\n".to_vec(),
        ] {
            let sheet = read(&file).unwrap();
            assert_eq!(
                (sheet.column("day"), sheet.column(" TEXT "), sheet.column("x")),
                (Some(0), Some(1), None)
            );
            let cells: Vec<_> = sheet.rows.iter().map(|row| row.cells.clone()).collect();
            assert_eq!(cells, wanted);
        }
        let lines: Vec<i64> = read(b"a\n1\n\"2\n2\"\n3\n").unwrap().rows.iter().map(|row| row.line).collect();
        assert_eq!(lines, [2, 3, 5]);
        for bad in ["", "\n\n", ";;;"] {
            assert!(read(bad.as_bytes()).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn amounts_of_every_country_and_none_that_could_be_two() {
        let eur = "EUR".parse().unwrap();
        for (text, minor) in [
            ("1234.56", Some(123_456)),
            ("1.234,56", Some(123_456)),
            ("1,234.56", Some(123_456)),
            ("1 234,5", Some(123_450)),
            ("1'234.50", Some(123_450)),
            ("-12,00", Some(-1_200)),
            ("−12", Some(-1_200)),
            ("1.234.567", Some(123_456_700)),
            ("1.234", None),
            ("1,234", None),
            ("12,34.56", None),
            ("1.23.456", None),
            ("12.34,56,7", None),
            ("", None),
            ("12 EUR", None),
            ("1e3", None),
        ] {
            assert_eq!(amount(text, eur).map(|money| money.minor), minor, "{text}");
        }
        assert_eq!(amount("1.234", "KWD".parse().unwrap()).map(|money| money.minor), Some(1_234));
    }

    #[test]
    fn days_that_can_only_be_one() {
        for (text, wanted) in [
            ("2026-11-30", Some("2026-11-30")),
            ("30.11.2026", Some("2026-11-30")),
            ("3.1.2026", Some("2026-01-03")),
            ("20261130", Some("2026-11-30")),
            ("11/30/2026", None),
            ("30.11.26", None),
            ("2026-02-30", None),
            ("", None),
        ] {
            assert_eq!(day(text).map(|day| day.to_string()).as_deref(), wanted, "{text}");
        }
    }
}
