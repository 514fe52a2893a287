//! Between HTML and plain text.

use super::guard;
use html2text::config;
use html2text::render::{TaggedLine, TextDecorator};

/// Wider than any line: text is not wrapped here, the reader's window does that.
const WIDTH: usize = 100_000;

/// HTML as plain text: paragraphs, lists, quotes as `>` lines, links as `words <address>`. The flag tells that the
/// HTML was too complex to read properly, and only its tags were cut out.
pub fn to_text(html: &str) -> (String, bool) {
    if !html.contains(['<', '&']) {
        return (html.to_owned(), false);
    }
    let rendered = guard::is_affordable(html).then(|| {
        config::with_decorator(Plain::default())
            .raw_mode(true)
            .allow_width_overflow()
            .string_from_read(html.as_bytes(), WIDTH)
    });
    match rendered {
        Some(Ok(text)) => (tidy(&text), false),
        _ => (strip_tags(html), true),
    }
}

/// One empty line at most, no blanks at line ends, no link that only repeats its words.
fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for line in text.lines() {
        let line = line.trim_end();
        if line.is_empty() && (out.is_empty() || out.ends_with("\n\n")) {
            continue;
        }
        let start = out.len();
        let mut rest = line;
        while let Some((before, tail)) = rest.split_once(" <http") {
            let Some((url, tail)) = tail.split_once('>') else {
                break;
            };
            out.push_str(before);
            let url = format!("http{url}");
            let place = url.split_once("://").map_or("", |(_, place)| place).trim_end_matches('/');
            if !out[start..].trim_end_matches('/').ends_with(place) {
                out.push_str(" <");
                out.push_str(&url);
                out.push('>');
            }
            rest = tail;
        }
        out.push_str(rest);
        out.push('\n');
    }
    out.trim_end().to_owned()
}

/// Cuts tags out of HTML without building a tree: linear, blunt, for what no parser should be given.
pub(super) fn strip_tags(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some((before, tail)) = rest.split_once('<') {
        out.push_str(before);
        let is_tag = tail.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            out.push('<');
            rest = tail;
            continue;
        }
        let Some((_, after)) = tail.split_once('>') else {
            rest = "";
            break;
        };
        if !out.ends_with(['\n', ' ']) {
            out.push(' ');
        }
        rest = after;
    }
    out.push_str(rest);
    out.replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// Escapes text for an element or a quoted attribute.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    for ch in text.chars() {
        match ch {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\0' => {}
            _ => out.push(ch),
        }
    }
    out
}

/// Plain text as HTML: everything escaped, line ends kept as `<br>`, `http` and `https` addresses made links.
/// Time grows with the length of the text, whatever is in it.
pub fn linkify(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    for (n, line) in text.split('\n').enumerate() {
        if n > 0 {
            out.push_str("<br>\n");
        }
        linkify_line(line, &mut out);
    }
    out
}

fn linkify_line(line: &str, out: &mut String) {
    let mut rest = line;
    // Each turn takes away what it looked at, so nothing is read twice.
    while let Some(at) = rest.find("http") {
        let (before, tail) = rest.split_at(at);
        let scheme = if tail.starts_with("https://") { 8 } else { 7 };
        let joined = before.ends_with(|c: char| c.is_alphanumeric());
        if joined || !(tail.starts_with("https://") || tail.starts_with("http://")) {
            out.push_str(&escape(&rest[..at + 4]));
            rest = &rest[at + 4..];
            continue;
        }
        let end = tail
            .find(|c: char| {
                c.is_whitespace()
                    || c.is_control()
                    || matches!(c, '<' | '>' | '"' | '\'' | '`' | '\\' | '，' | '。' | '）' | '】')
            })
            .unwrap_or(tail.len());
        let url = trim_url(&tail[..end]);
        out.push_str(&escape(before));
        if url.len() > scheme {
            let url = escape(url);
            out.push_str("<a href=\"");
            out.push_str(&url);
            out.push_str("\" rel=\"noopener noreferrer\" target=\"_blank\">");
            out.push_str(&url);
            out.push_str("</a>");
        } else {
            out.push_str(&escape(url));
        }
        rest = &tail[url.len()..];
    }
    out.push_str(&escape(rest));
}

/// Punctuation at the end belongs to the sentence; a bracket does if none was opened in the address.
fn trim_url(url: &str) -> &str {
    let mut url = url;
    let mut open = url.matches('(').count();
    let mut close = url.matches(')').count();
    loop {
        match url.chars().next_back() {
            Some('.' | ',' | ';' | ':' | '!' | '?' | '*' | '_' | ']') => url = &url[..url.len() - 1],
            Some(')') if close > open => {
                close -= 1;
                url = &url[..url.len() - 1];
            }
            Some('(') => {
                open -= 1;
                url = &url[..url.len() - 1];
            }
            _ => return url,
        }
    }
}

/// Renders words without marks, links with their address behind them.
#[derive(Debug, Clone, Default)]
struct Plain {
    links: Vec<String>,
}

impl TextDecorator for Plain {
    type Annotation = ();

    fn decorate_link_start(&mut self, url: &str) -> (String, ()) {
        self.links.push(url.trim().to_owned());
        (String::new(), ())
    }

    fn decorate_link_end(&mut self) -> String {
        let url = self.links.pop().unwrap_or_default();
        let shown = (url.starts_with("http://") || url.starts_with("https://")) && !url.contains(['<', '>']);
        if shown { format!(" <{url}>") } else { String::new() }
    }

    fn decorate_em_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_em_end(&self) -> String {
        String::new()
    }
    fn decorate_strong_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_strong_end(&self) -> String {
        String::new()
    }
    fn decorate_strikeout_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_strikeout_end(&self) -> String {
        String::new()
    }
    fn decorate_code_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_code_end(&self) -> String {
        String::new()
    }
    fn decorate_superscript_start(&self) -> (String, ()) {
        (String::new(), ())
    }
    fn decorate_superscript_end(&self) -> String {
        String::new()
    }
    fn decorate_preformat_first(&self) {}
    fn decorate_preformat_cont(&self) {}

    fn decorate_image(&mut self, _src: &str, title: &str) -> (String, ()) {
        (if title.is_empty() { String::new() } else { format!("[{title}]") }, ())
    }

    fn header_prefix(&self, _level: usize) -> String {
        String::new()
    }
    fn quote_prefix(&self) -> String {
        "> ".to_owned()
    }
    fn unordered_item_prefix(&self) -> String {
        "* ".to_owned()
    }
    fn ordered_item_prefix(&self, i: i64) -> String {
        format!("{i}. ")
    }
    fn make_subblock_decorator(&self) -> Self {
        Self::default()
    }
    fn finalise(&mut self, _urls: Vec<String>) -> Vec<TaggedLine<()>> {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_reads_as_plain_text() {
        let html = "<html><head><style>p{}</style><title>t</title></head><body><p>Hello <b>you</b>,</p>\
            <ul><li>one<li>two</ul><a href='https://x.example/a'>here</a> <a href='http://y.example/'>y.example</a>\
            <blockquote>old<br>words</blockquote><script>bad()</script></body></html>";
        let (text, complex) = to_text(html);
        assert!(!complex);
        assert_eq!(
            text,
            "Hello you,\n* one\n* two\n\nhere <https://x.example/a> y.example\n\n> old\n> words"
        );
    }

    #[test]
    fn links_of_plain_text() {
        assert_eq!(
            linkify("see https://x.example/a?b=1&c=2.\n<b>"),
            "see <a href=\"https://x.example/a?b=1&amp;c=2\" rel=\"noopener noreferrer\" target=\"_blank\">\
             https://x.example/a?b=1&amp;c=2</a>.<br>\n&lt;b&gt;"
        );
        assert_eq!(
            linkify("javascript:alert(1) xhttp://a http:// https://"),
            "javascript:alert(1) xhttp://a http:// https://"
        );
        assert!(linkify("(http://x.example/a_(b))").contains("href=\"http://x.example/a_(b)\""));
    }

    #[test]
    fn tags_are_cut_bluntly() {
        assert_eq!(strip_tags("a<b>c</b> 1 < 2 &amp; <br"), "a c  1 < 2 & ");
    }
}
