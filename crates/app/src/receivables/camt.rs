//! A bank's statement of the day as ISO 20022 has it: camt.053, whatever its version.
//!
//! What is read of it are booked entries. Documents are small, so each is read whole into elements first; what is too deep or
//! too much is refused before it costs anything.

use domain::{
    money::{Currency, Money},
    receivable::bank::Incoming,
};
use jiff::civil::Date;
use quick_xml::{Reader, events::Event};

use super::sheet::Fault;

/// How deep elements may stand within each other.
const DEPTH: usize = 40;
/// How many elements a file may have.
const ELEMENTS: usize = 2_000_000;

/// Something that was booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Booked {
    /// The bank's own mark of it; may be empty.
    pub(super) mark: String,
    /// When.
    pub(super) day: Date,
    /// The desk's account.
    pub(super) own_account: String,
    /// What came in.
    pub(super) incoming: Incoming,
    /// In which line of the file it begins.
    pub(super) line: i64,
}

/// What a file says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Statement {
    /// What came in.
    pub(super) incoming: Vec<Booked>,
    /// How many entries are none of that: they went out, were taken back, or are not booked yet.
    pub(super) others: usize,
}

#[derive(Debug, Default)]
struct Element {
    name: String,
    currency: String,
    text: String,
    children: Vec<Element>,
    line: i64,
}

impl Element {
    fn child(&self, name: &str) -> Option<&Element> {
        self.children.iter().find(|child| child.name == name)
    }

    fn all<'e>(&'e self, name: &'static str) -> impl Iterator<Item = &'e Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    fn at(&self, path: &[&str]) -> Option<&Element> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    fn text_at(&self, path: &[&str]) -> &str {
        self.at(path).map_or("", |element| element.text.trim())
    }
}

fn fault(line: i64, column: &str, code: &'static str) -> Fault {
    Fault { line, column: column.to_owned(), code }
}

/// Counts lines as far as it was read.
struct Lines<'b> {
    bytes: &'b [u8],
    at: usize,
    line: i64,
}

impl Lines<'_> {
    fn of(&mut self, position: u64) -> i64 {
        let to = usize::try_from(position).unwrap_or(usize::MAX).min(self.bytes.len());
        if let Some(part) = self.bytes.get(self.at..to) {
            self.line += i64::try_from(part.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0);
            self.at = to;
        }
        self.line
    }
}

fn elements(bytes: &[u8]) -> Result<Element, Fault> {
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        fault(
            1 + i64::try_from(before.iter().filter(|byte| **byte == b'\n').count()).unwrap_or(0),
            "",
            "not-utf8",
        )
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut lines = Lines { bytes: text.as_bytes(), at: 0, line: 1 };
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = vec![Element::default()];
    let mut count = 0;
    loop {
        let event = reader.read_event();
        let line = lines.of(reader.buffer_position());
        match event {
            Err(_) => return Err(fault(line, "", "not-xml")),
            Ok(Event::Eof) => break,
            // A document that brings its own grammar has something in mind.
            Ok(Event::DocType(_)) => return Err(fault(line, "", "not-xml")),
            Ok(Event::Start(start)) => {
                open.push(begin(&start, line));
                count += 1;
            }
            Ok(Event::Empty(start)) => {
                let element = begin(&start, line);
                let parent = open.last_mut().ok_or_else(|| fault(line, "", "not-xml"))?;
                parent.children.push(element);
                count += 1;
            }
            Ok(Event::End(_)) => {
                let done = open.pop().ok_or_else(|| fault(line, "", "not-xml"))?;
                let parent = open.last_mut().ok_or_else(|| fault(line, "", "not-xml"))?;
                parent.children.push(done);
            }
            Ok(Event::Text(text)) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Ok(Event::CData(text)) => {
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&text);
                }
            }
            Ok(Event::GeneralRef(reference)) => {
                let found = resolved(&reference).ok_or_else(|| fault(line, "", "not-xml"))?;
                if let Some(element) = open.last_mut() {
                    element.text.push_str(&found);
                }
            }
            Ok(_) => {}
        }
        if open.len() > DEPTH || count > ELEMENTS {
            return Err(fault(line, "", "too-large"));
        }
    }
    if open.len() != 1 {
        return Err(fault(lines.line, "", "not-xml"));
    }
    open.pop().ok_or_else(|| fault(1, "", "not-xml"))
}

fn begin(start: &quick_xml::events::BytesStart<'_>, line: i64) -> Element {
    let attribute = start.attributes().flatten().find(|one| one.key.local_name().as_ref() == "Ccy");
    Element {
        name: start.local_name().as_ref().to_owned(),
        currency: attribute.map(|one| one.value.into_owned()).unwrap_or_default(),
        line,
        ..Element::default()
    }
}

/// The character of a reference: one of XML's own five, or one by its number.
fn resolved(reference: &quick_xml::events::BytesRef<'_>) -> Option<String> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character.to_string());
    }
    quick_xml::escape::resolve_predefined_entity(reference).map(str::to_owned)
}

/// Reads a file.
///
/// # Errors
/// Where it breaks, and how: nothing of it is taken then.
pub(super) fn read(bytes: &[u8]) -> Result<Statement, Fault> {
    let root = elements(bytes)?;
    let report = root.at(&["Document", "BkToCstmrStmt"]).ok_or_else(|| fault(1, "", "not-camt"))?;
    let mut found = Statement::default();
    for statement in report.all("Stmt") {
        let own = statement.text_at(&["Acct", "Id", "IBAN"]);
        let own = if own.is_empty() { statement.text_at(&["Acct", "Id", "Othr", "Id"]) } else { own };
        for entry in statement.all("Ntry") {
            read_entry(entry, own, &mut found)?;
        }
    }
    Ok(found)
}

fn read_entry(entry: &Element, own: &str, found: &mut Statement) -> Result<(), Fault> {
    let status = match entry.text_at(&["Sts", "Cd"]) {
        "" => entry.text_at(&["Sts"]),
        code => code,
    };
    let credit = entry.text_at(&["CdtDbtInd"]) == "CRDT";
    if !credit || status != "BOOK" || entry.text_at(&["RvslInd"]) == "true" {
        found.others += 1;
        return Ok(());
    }
    let amount = money(entry.child("Amt"), entry.line)?;
    let day = day(entry).ok_or_else(|| fault(entry.line, "BookgDt", "not-a-day"))?;
    let details: Vec<&Element> = entry.all("NtryDtls").flat_map(|details| details.all("TxDtls")).collect();
    // A batch is booked as one entry; what each payer paid stands in its details, if all of them say so.
    let parts: Option<Vec<Money>> = details.iter().map(|one| part(one)).collect();
    let parts = parts.filter(|parts| parts.len() > 1 && sum(parts) == Some(amount));
    let mark = entry.text_at(&["AcctSvcrRef"]);
    let booked =
        |incoming, mark: String, line| Booked { mark, day, own_account: own.to_owned(), incoming, line };
    match parts {
        Some(parts) => {
            for (number, (detail, amount)) in details.iter().zip(parts).enumerate() {
                let mark = if mark.is_empty() { String::new() } else { format!("{mark}/{number}") };
                found.incoming.push(booked(incoming(detail, entry, amount), mark, detail.line));
            }
        }
        None => {
            let detail = details.first().copied().unwrap_or(entry);
            found.incoming.push(booked(incoming(detail, entry, amount), mark.to_owned(), entry.line));
        }
    }
    Ok(())
}

fn day(entry: &Element) -> Option<Date> {
    ["BookgDt", "ValDt"].into_iter().find_map(|name| {
        let text = match entry.text_at(&[name, "Dt"]) {
            "" => entry.text_at(&[name, "DtTm"]),
            day => day,
        };
        text.get(..10)?.parse().ok()
    })
}

fn money(element: Option<&Element>, line: i64) -> Result<Money, Fault> {
    let element = element.ok_or_else(|| fault(line, "Amt", "required"))?;
    let currency: Currency =
        element.currency.parse().map_err(|_| fault(element.line, "Amt/@Ccy", "not-a-currency"))?;
    let text = element.text.trim();
    // Banks write more zeros than the currency has.
    let text = match text.split_once('.') {
        Some((whole, rest)) => {
            let rest = rest.trim_end_matches('0');
            if rest.is_empty() { whole.to_owned() } else { format!("{whole}.{rest}") }
        }
        None => text.to_owned(),
    };
    Money::parse(&text, currency)
        .filter(|money| money.minor > 0 && money.minor <= domain::receivable::invoice::MOST)
        .ok_or_else(|| fault(element.line, "Amt", "not-an-amount"))
}

fn part(detail: &Element) -> Option<Money> {
    let amount = detail.child("Amt").or_else(|| detail.at(&["AmtDtls", "TxAmt", "Amt"]));
    money(amount, detail.line).ok()
}

fn sum(parts: &[Money]) -> Option<Money> {
    let (first, rest) = parts.split_first()?;
    rest.iter().try_fold(*first, |sum, part| sum.plus(*part).ok())
}

/// How long a text may be that a payer wrote.
const TEXT: usize = 1_000;

fn incoming(detail: &Element, entry: &Element, amount: Money) -> Incoming {
    let remittance = detail.child("RmtInf");
    let mut texts: Vec<&str> = Vec::new();
    if let Some(remittance) = remittance {
        texts.extend(remittance.all("Ustrd").map(|one| one.text.trim()));
        texts.extend(remittance.all("Strd").map(|one| one.text_at(&["CdtrRefInf", "Ref"])));
    }
    let end = detail.text_at(&["Refs", "EndToEndId"]);
    if end != "NOTPROVIDED" {
        texts.push(end);
    }
    if texts.iter().all(|text| text.is_empty()) {
        texts.extend([detail.text_at(&["AddtlTxInf"]), entry.text_at(&["AddtlNtryInf"])]);
    }
    texts.retain(|text| !text.is_empty());
    let name = match detail.text_at(&["RltdPties", "Dbtr", "Pty", "Nm"]) {
        "" => detail.text_at(&["RltdPties", "Dbtr", "Nm"]),
        name => name,
    };
    let account = match detail.text_at(&["RltdPties", "DbtrAcct", "Id", "IBAN"]) {
        "" => detail.text_at(&["RltdPties", "DbtrAcct", "Id", "Othr", "Id"]),
        iban => iban,
    };
    let cut = |text: &str| text.chars().filter(|c| !c.is_control()).take(TEXT).collect::<String>();
    Incoming { amount, text: cut(&texts.join(" ")), payer: cut(name), account: cut(account) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = include_str!("camt.xml");

    fn eur(minor: i64) -> Money {
        Money { minor, currency: "EUR".parse().unwrap() }
    }

    #[test]
    fn booked_credits_are_read() {
        let found = read(FILE.as_bytes()).unwrap();
        let rows: Vec<_> = found
            .incoming
            .iter()
            .map(|one| (one.mark.as_str(), one.day.to_string(), one.incoming.amount, one.line))
            .collect();
        assert_eq!(
            rows,
            [
                ("2026030200001", "2026-03-02".into(), eur(119_000), 12),
                ("2026030200002/0", "2026-03-02".into(), eur(10_000), 39),
                ("2026030200002/1", "2026-03-02".into(), eur(5_050), 45),
                ("", "2026-03-03".into(), eur(1), 59),
            ]
        );
        let first = &found.incoming[0];
        assert_eq!(first.incoming.text, "Rechnung INV-2026-00001 & Danke E2E-1");
        assert_eq!(first.incoming.payer, "Birgit Maschinenbau GmbH");
        assert_eq!(first.incoming.account, "DE89370400440532013000");
        assert_eq!(first.own_account, "DE02120300000000202051");
        // One went out, one is not booked, one was taken back.
        assert_eq!(found.others, 3);
    }

    #[test]
    fn what_breaks_is_named_by_its_line() {
        for (text, line, code) in [
            ("", 1, "not-camt"),
            ("<a/>", 1, "not-camt"),
            ("<Document>\n<BkToCstmrStmt>\n", 3, "not-xml"),
            ("<Document>\n</Other>", 2, "not-xml"),
            ("<!DOCTYPE x [<!ENTITY a \"b\">]>\n<Document/>", 1, "not-xml"),
            ("<Document>&a;</Document>", 1, "not-xml"),
        ] {
            let found = read(text.as_bytes()).unwrap_err();
            assert_eq!((found.line, found.code), (line, code), "{text}");
        }
        let deep = "<a>".repeat(100);
        assert_eq!(read(deep.as_bytes()).unwrap_err().code, "too-large");
        for (from, to, line, code) in [
            ("1190.00<", "1190.005<", 13, "not-an-amount"),
            ("1190.00<", "-1190.00<", 13, "not-an-amount"),
            ("Ccy=\"EUR\">1190", "Ccy=\"eur\">1190", 13, "not-a-currency"),
            ("<Dt>2026-03-02</Dt></BookgDt>", "<Dt>2026-13-02</Dt></BookgDt>", 12, "not-a-day"),
        ] {
            let broken = FILE.replacen(from, to, 1);
            let found = read(broken.as_bytes()).unwrap_err();
            assert_eq!((found.line, found.code), (line, code), "{to}");
        }
    }
}
