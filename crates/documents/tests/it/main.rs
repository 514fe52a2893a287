//! Documents on paper.
#![expect(clippy::unwrap_used, reason = "tests")]

use std::io::Write as _;
use std::process::{Command, Stdio};

use domain::document::{Block, Document, Section};
use domain::lang::Lang;

/// A document with a word of each language that is hard to print, and with what would be markup.
fn document(lang: Lang, word: &str) -> Document {
    let fact = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    Document {
        lang,
        title: format!("Title {word}"),
        lead: vec!["Nordwind Cloud".into(), format!("Lead {word}")],
        sections: vec![Section {
            heading: format!("Heading {word}"),
            blocks: vec![
                Block::Text(format!("Body {word}\nsecond line")),
                Block::Facts(vec![fact("Price", "#panic(\"x\") *not bold* $x$ <a> @b [c] \\ // d")]),
                Block::Table {
                    head: row(["Severity", "First", "Second"]),
                    rows: vec![row(["A", "1 h", "4 h"]), row(["B", word, ""])],
                },
            ],
        }],
        foot: "Version 3 · SHA-256 0123456789abcdef".into(),
    }
}

const WORDS: [(Lang, &str); 5] = [
    (Lang::En, "naïve – “quoted”"),
    (Lang::Sv, "Återställning på sjö"),
    (Lang::De, "Größe über Straße"),
    (Lang::Hu, "Árvíztűrő tükörfúrógép"),
    (Lang::ZhCn, "简体中文支持声明"),
];

/// The text of a PDF, by a program that shares nothing with the typesetter.
fn text(pdf: &[u8]) -> String {
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("pdftotext is installed: Debian's poppler-utils");
    let mut input = child.stdin.take().unwrap();
    let bytes = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_language_is_printed_and_read_again() {
    for (lang, word) in WORDS {
        let pdf = documents::pdf(&document(lang, word)).unwrap();
        assert!(pdf.starts_with(b"%PDF-"), "{lang}");
        let text = text(&pdf);
        let whole = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for part in [format!("Title {word}"), format!("Lead {word}"), format!("Body {word}")] {
            assert!(whole.contains(&part), "{lang}: {part} in {whole}");
        }
        for part in ["Nordwind Cloud", "1 h", "SHA-256 0123456789abcdef", "1/1", "second line"] {
            assert!(whole.contains(part), "{lang}: {part} in {whole}");
        }
        assert!(whole.contains("#panic(\"x\") *not bold* $x$ <a> @b [c] \\ // d"), "{lang}: {whole}");
    }
}

#[test]
fn the_same_document_is_the_same_bytes() {
    let de = document(Lang::De, "Größe");
    let first = documents::pdf(&de).unwrap();
    assert_eq!(documents::pdf(&de).unwrap(), first);
    assert_ne!(documents::pdf(&document(Lang::De, "Große")).unwrap(), first);
}

#[test]
fn a_long_document_has_pages() {
    let mut long = document(Lang::En, "x");
    let section = long.sections[0].clone();
    long.sections = vec![section; 30];
    let text = text(&documents::pdf(&long).unwrap());
    assert!(text.matches("SHA-256").count() > 3, "{text}");
    assert!(text.contains("2/"), "{text}");
}
