//! Tables that suppliers send, of any writing: as lines, or why they are none.

use csv::{ReaderBuilder, StringRecord};
use domain::billing::{
    layout::{Fault, Reading, Unreadable, Wrong, recognise},
    line::{Layout, Line},
    read::Point,
};
use serde_json::Value;
use store::payables::Trouble;

/// The most lines of a file.
pub(super) const LINES: usize = 200_000;
/// So many faults are kept of a file.
const FAULTS: usize = 200;

/// What a file is.
#[derive(Debug)]
pub(super) enum Table {
    /// Lines of a layout, and what could not be read.
    Lines(Layout, Vec<Line>, Trouble),
    /// No table that we know.
    Unknown(Option<Layout>, Trouble),
    /// More lines than a file may have.
    TooLong,
}

/// Reads a file. `invoice` is the number of the invoice to which it belongs.
pub(super) fn read(bytes: &[u8], invoice: &str) -> Table {
    let text = decode(bytes);
    match text.trim_start().as_bytes().first() {
        Some(b'{' | b'[') => of_program(&text, invoice),
        Some(_) | None => of_table(&text, invoice),
    }
}

/// The text of a file: UTF-16 or UTF-8 by its mark, else UTF-8, else what old spreadsheets of western Europe write.
fn decode(bytes: &[u8]) -> String {
    let wide = |rest: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = rest.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
        char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => wide(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => wide(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => text.to_owned(),
            Err(_) => bytes.iter().map(|b| if *b == 0x80 { '€' } else { char::from(*b) }).collect(),
        },
    }
}

/// What stands between the cells: what is most frequent in the header, outside of quotes.
fn delimiter(text: &str) -> u8 {
    let mut quoted = false;
    let mut counts = [(b',', 0), (b';', 0), (b'\t', 0)];
    for byte in text.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (known, n) in &mut counts {
                    *n += u32::from(byte == *known);
                }
            }
        }
    }
    // Of equals the first: a header of one column has none.
    let mut best = counts[0];
    for count in counts {
        if count.1 > best.1 {
            best = count;
        }
    }
    best.0
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}

/// A spreadsheet where a comma is the point separates cells by semicolons, and has a number with a comma somewhere.
fn point(text: &str, delimiter: u8) -> Point {
    if delimiter != b';' {
        return Point::Dot;
    }
    let is_number = |cell: &str| {
        let digits = cell.trim().trim_start_matches('-');
        digits.split_once(',').is_some_and(|(whole, rest)| {
            let digit = |c: char| c.is_ascii_digit();
            !whole.is_empty()
                && whole.chars().all(|c| digit(c) || c == '.')
                && !rest.is_empty()
                && rest.chars().all(digit)
        })
    };
    let mut rows = reader(text, delimiter);
    let found = rows.records().skip(1).flatten().any(|row| row.iter().any(is_number));
    if found { Point::Comma } else { Point::Dot }
}

fn of_table(text: &str, invoice: &str) -> Table {
    let delimiter = delimiter(text);
    let mut rows = reader(text, delimiter);
    let mut row = StringRecord::new();
    if !rows.read_record(&mut row).unwrap_or(false) {
        return Table::Unknown(None, Trouble::default());
    }
    let header: Vec<&str> = row.iter().collect();
    let reading = match recognise(&header, point(text, delimiter)) {
        Ok(reading) => reading,
        Err(why) => return unknown(why),
    };
    let mut found = Found::default();
    loop {
        match rows.read_record(&mut row) {
            Ok(false) => break,
            Ok(true) => {}
            // A text that was decoded has no other faults than this one.
            Err(_) => {
                found.broken(vec![Fault { row: 0, column: String::new(), what: Wrong::NotText }]);
                break;
            }
        }
        // Spreadsheets end with rows of nothing.
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if found.lines.len() >= LINES {
            return Table::TooLong;
        }
        let number = row.position().map_or(0, |at| u32::try_from(at.line()).unwrap_or(u32::MAX));
        let cells: Vec<&str> = row.iter().collect();
        found.take(&reading, number, &cells, invoice);
    }
    Table::Lines(reading.layout(), found.lines, found.trouble)
}

fn unknown(why: Unreadable) -> Table {
    let of = |layout, columns| Table::Unknown(layout, Trouble { columns, ..Trouble::default() });
    match why {
        Unreadable::Unknown => of(None, Vec::new()),
        Unreadable::Lacks(layout, columns) | Unreadable::Doubled(layout, columns) => {
            of(Some(layout), columns)
        }
        Unreadable::NoPrices(layout) => of(Some(layout), Vec::new()),
    }
}

/// What was read so far.
#[derive(Default)]
struct Found {
    lines: Vec<Line>,
    trouble: Trouble,
}

impl Found {
    fn take(&mut self, reading: &Reading, number: u32, cells: &[&str], invoice: &str) {
        match reading.line(number, cells, invoice) {
            Ok(line) => self.lines.push(line),
            Err(faults) => self.broken(faults),
        }
    }

    fn broken(&mut self, faults: Vec<Fault>) {
        self.trouble.rows = self.trouble.rows.saturating_add(1);
        let room = FAULTS.saturating_sub(self.trouble.faults.len());
        self.trouble.faults.extend(faults.into_iter().take(room));
    }
}

/// The line items of an API: a list of objects, or an object with one in `items`. The first item is row 1.
fn of_program(text: &str, invoice: &str) -> Table {
    let Ok(mut whole) = serde_json::from_str::<Value>(text) else {
        return Table::Unknown(None, Trouble::default());
    };
    let items = match whole.get_mut("items") {
        Some(items) => items.take(),
        None => whole,
    };
    let Value::Array(items) = items else { return Table::Unknown(None, Trouble::default()) };
    if items.len() > LINES {
        return Table::TooLong;
    }
    // An item may leave out what it has not: the header is what any of them has.
    let mut header: Vec<&str> = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for name in items.iter().filter_map(Value::as_object).flat_map(|item| item.keys()) {
        if seen.insert(name.as_str()) {
            header.push(name);
        }
    }
    let reading = match recognise(&header, Point::Dot) {
        Ok(reading) => reading,
        Err(why) => return unknown(why),
    };
    let mut found = Found::default();
    for (row, item) in (1..).zip(&items) {
        let cells: Vec<String> = header.iter().map(|name| cell(item.get(*name))).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        found.take(&reading, row, &cells, invoice);
    }
    Table::Lines(reading.layout(), found.lines, found.trouble)
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "Customer,Product,Quantity,UnitPrice,Subtotal,Currency";

    fn lines(bytes: &[u8]) -> (usize, Vec<(u32, String)>) {
        match read(bytes, "") {
            Table::Lines(Layout::Plain, lines, trouble) => {
                (lines.len(), trouble.faults.into_iter().map(|fault| (fault.row, fault.column)).collect())
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_writing_is_read() {
        let plain = format!("{HEADER}\nContoso,E3,2,10.5,21,EUR\n");
        let wide = |unit: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            let mut bytes = mark.to_vec();
            bytes.extend(plain.encode_utf16().flat_map(unit));
            bytes
        };
        for bytes in [
            plain.clone().into_bytes(),
            format!("\u{feff}{plain}").into_bytes(),
            plain.replace('\n', "\r\n").into_bytes(),
            plain.replace(',', ";").into_bytes(),
            plain.replace(',', "\t").into_bytes(),
            wide(u16::to_le_bytes, [0xff, 0xfe]),
            wide(u16::to_be_bytes, [0xfe, 0xff]),
            format!("{plain},,,,,\n\n").into_bytes(),
        ] {
            assert_eq!(lines(&bytes), (1, vec![]), "{:?}", String::from_utf8_lossy(&bytes));
        }
        let comma = format!("{}\nContoso;E3;2;10,5;1.021,00;EUR\n", HEADER.replace(',', ";"));
        let Table::Lines(_, found, _) = read(comma.as_bytes(), "") else { panic!("no lines") };
        assert_eq!(
            (found[0].price.to_string(), found[0].subtotal.to_string()),
            ("10.5".into(), "1021.00".into())
        );
    }

    #[test]
    fn broken_rows_are_named_by_their_line() {
        let text = format!(
            "{HEADER}\n\"Contoso\nLtd\",E3,2,10.5,21,EUR\nFabrikam,E3,two,10.5,21,EUR\nA,B,1\nC,E3,1,1,1,EUR\nD,\"E3,1,1,1,EUR\n"
        );
        assert_eq!(
            lines(text.as_bytes()),
            (2, vec![(4, "Quantity".into()), (5, String::new()), (7, String::new())])
        );
    }

    #[test]
    fn line_items_of_an_api() {
        let item = r#"{"items":[{"Customer":"C","Product":"P","Quantity":2,"UnitPrice":"0.1","Subtotal":0.2,"Currency":"EUR","x":{}},
            {"Customer":"C","Product":"P","Quantity":2,"UnitPrice":null,"Subtotal":1,"Currency":"EUR"}, 7]}"#;
        let (n, faults) = lines(item.as_bytes());
        assert_eq!((n, faults[0].clone()), (1, (2, "UnitPrice".into())));
    }

    #[test]
    fn what_is_no_table_is_kept_as_it_is() {
        for bytes in ["", "\n\n", "a,b\n1,2", "{", "[]", "{\"items\":7}", "%PDF-1.7", "\u{0}\u{0}"] {
            assert!(matches!(read(bytes.as_bytes(), ""), Table::Unknown(..)), "{bytes:?}");
        }
        assert!(matches!(read(&[0xff, 0x00, 0xfe], ""), Table::Unknown(..)));
    }
}
