//! How every letter looks: paragraphs, facts, at most one button and a footer, as plain text and as HTML from the
//! same parts.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::{Lang, Words};

/// The longest line of outside text that goes into a letter, in characters. Subjects are cut far later by others.
const LONGEST_LINE: usize = 200;

/// The frame of the HTML. No colours but the button's, so that light and dark are the reader's choice.
const FRAME: &str = include_str!("letter.html");

/// A letter, ready to be posted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The language in which it is written.
    pub lang: Lang,
    /// The subject: one line, without control characters.
    pub subject: String,
    /// The plain text: lines end with `\n`, paragraphs are not wrapped.
    pub text: String,
    /// The same as a whole HTML document. It loads nothing.
    pub html: String,
}

/// A letter while it is written.
pub(super) struct Draft {
    words: Words,
    subject: String,
    blocks: Vec<Block>,
    footer: Vec<String>,
}

enum Block {
    Paragraph(String),
    Fact { label: String, value: String },
    Button { label: String, link: String },
}

impl Draft {
    pub(super) fn new(words: Words, subject: String) -> Self {
        Self { words, subject, blocks: Vec::new(), footer: Vec::new() }
    }

    pub(super) fn greet(&mut self, name: Option<&str>) {
        let name = name.map(one_line).filter(|name| !name.is_empty());
        self.say(match name {
            Some(name) => self.words.f("mail-hello-name", &[("name", name.into())]),
            None => self.words.t("mail-hello").into_owned(),
        });
    }

    /// A paragraph of our own words.
    pub(super) fn say(&mut self, paragraph: impl Into<String>) {
        self.blocks.push(Block::Paragraph(paragraph.into()));
    }

    /// A text that somebody wrote, with its own lines and paragraphs.
    pub(super) fn write(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let clean: String = text.chars().filter(|&c| matches!(c, '\n' | '\t') || !c.is_control()).collect();
        let mut paragraph = String::new();
        for line in clean.lines().map(str::trim_end).chain([""]) {
            if !line.is_empty() {
                paragraph.push_str(line);
                paragraph.push('\n');
            } else if !paragraph.is_empty() {
                paragraph.pop();
                self.say(std::mem::take(&mut paragraph));
            }
        }
    }

    pub(super) fn fact(&mut self, label: impl Into<String>, value: &str) {
        self.blocks.push(Block::Fact { label: label.into(), value: one_line(value) });
    }

    pub(super) fn button(&mut self, label: impl Into<String>, link: &str) {
        let link = link.chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
        self.blocks.push(Block::Button { label: label.into(), link });
    }

    pub(super) fn footer(&mut self, line: impl Into<String>) {
        self.footer.push(line.into());
    }

    pub(super) fn finish(self) -> Letter {
        Letter { lang: self.words.lang(), text: self.text(), html: self.html(), subject: self.subject }
    }

    fn text(&self) -> String {
        let mut text = String::new();
        let mut blocks = self.blocks.iter().peekable();
        while let Some(block) = blocks.next() {
            match block {
                Block::Paragraph(words) => text.push_str(words),
                Block::Fact { label, value } => {
                    text.push_str(&labelled(self.words.lang(), label));
                    text.push_str(value);
                }
                Block::Button { label, link } => {
                    text.push_str(labelled(self.words.lang(), label).trim_end());
                    text.push('\n');
                    text.push_str(link);
                }
            }
            let together =
                matches!(block, Block::Fact { .. }) && matches!(blocks.peek(), Some(Block::Fact { .. }));
            text.push_str(if together { "\n" } else { "\n\n" });
        }
        // The separator by which mail programs tell a signature, so that it is left out when quoted.
        text.push_str("-- \n");
        for line in &self.footer {
            text.push_str(line);
            text.push('\n');
        }
        text
    }

    fn html(&self) -> String {
        let mut content = String::new();
        for block in &self.blocks {
            // Writing to a String can't fail.
            let _ = match block {
                Block::Paragraph(words) => {
                    writeln!(content, "<p style=\"margin:0 0 16px\">{}</p>", lines(&escape(words)))
                }
                Block::Fact { label, value } => writeln!(
                    content,
                    "<p style=\"margin:0 0 8px\">{}<b>{}</b></p>",
                    escape(&labelled(self.words.lang(), label)),
                    escape(value)
                ),
                Block::Button { label, link } => writeln!(
                    content,
                    "<p style=\"margin:24px 0\"><a href=\"{}\" style=\"display:inline-block;padding:10px 20px;\
                     border-radius:6px;background:#1f5fbf;color:#ffffff;text-decoration:none\">{}</a></p>",
                    escape(link),
                    escape(label)
                ),
            };
        }
        let _ = writeln!(
            content,
            "<p style=\"margin:32px 0 0;padding:12px 0 0;border-top:1px solid #8a8f98;font-size:13px\">{}</p>",
            lines(&escape(&self.footer.join("\n")))
        );
        // The content comes last: whatever it contains is not looked at again.
        FRAME
            .replace("{lang}", self.words.lang().word())
            .replace("{subject}", &escape(&self.subject).replace('{', "&#123;"))
            .replace("{content}", &content)
    }
}

/// "Customer: ", with the colon of the language.
fn labelled(lang: Lang, label: &str) -> String {
    match lang {
        Lang::ZhCn => format!("{label}："),
        Lang::En | Lang::Sv | Lang::De | Lang::Hu => format!("{label}: "),
    }
}

/// Outside text as one line: white space is drawn together, control characters and marks that turn the direction
/// of writing are dropped (they could make a subject read as another), and what is too long is cut.
pub(super) fn one_line(text: &str) -> String {
    let mut line = String::new();
    let kept = |c: &char| !(c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    for word in text.split_whitespace() {
        let word: String = word.chars().filter(kept).collect();
        if !line.is_empty() && !word.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    match line.char_indices().nth(LONGEST_LINE) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

fn escape(text: &str) -> Cow<'_, str> {
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(c),
        }
    }
    Cow::Owned(escaped)
}

/// The line breaks of an escaped text.
fn lines(escaped: &str) -> String {
    escaped.replace('\n', "<br>\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_line_is_one_line() {
        let rows = [
            ("  License\r\nBcc: victim@example.test\t lost ", "License Bcc: victim@example.test lost"),
            ("a\u{0}b \u{7} c", "ab c"),
            ("abc\u{202e}fdp.exe", "abcfdp.exe"),
            ("", ""),
        ];
        for (text, expected) in rows {
            assert_eq!(one_line(text), expected, "{text:?}");
        }
        assert_eq!(one_line(&"许".repeat(201)), format!("{}…", "许".repeat(200)));
        assert_eq!(one_line(&"许".repeat(200)), "许".repeat(200));
    }

    #[test]
    fn what_somebody_wrote_keeps_its_paragraphs_and_is_no_markup() {
        let mut draft = Draft::new(Words::new(Lang::En), "{content} <s>".to_owned());
        draft.write("Hi,\r\n  try <b>this</b>\u{8}:\r\n\r\n\r\n\"a\" & 'b' {lang}\r\rBye");
        let letter = draft.finish();
        assert_eq!(letter.text, "Hi,\n  try <b>this</b>:\n\n\"a\" & 'b' {lang}\n\nBye\n\n-- \n");
        assert!(letter.html.contains("Hi,<br>\n  try &lt;b&gt;this&lt;/b&gt;:</p>"), "{}", letter.html);
        assert!(letter.html.contains("&quot;a&quot; &amp; &#39;b&#39; {lang}</p>"), "{}", letter.html);
        assert!(letter.html.contains("<title>&#123;content} &lt;s&gt;</title>"), "{}", letter.html);
    }

    #[test]
    fn a_link_cannot_leave_its_attribute() {
        let mut draft = Draft::new(Words::new(Lang::De), String::new());
        draft.button("Los", "https://desk.test/?a=1&b=\"><script>\r\nx");
        let letter = draft.finish();
        assert!(
            letter.text.starts_with("Los:\nhttps://desk.test/?a=1&b=\"><script>x\n\n"),
            "{}",
            letter.text
        );
        assert!(letter.html.contains("href=\"https://desk.test/?a=1&amp;b=&quot;&gt;&lt;script&gt;x\""));
    }
}
