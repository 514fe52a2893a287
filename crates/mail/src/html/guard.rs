//! What HTML would cost a parser, guessed before one is given it.
//!
//! HTML's rules walk the stack of open elements at many tags, and copy open formatting elements into every new
//! block: a small text can mean minutes or gigabytes. A newsletter is far below these limits.

/// Open elements at once.
const DEPTH: usize = 400;
/// Tags × open elements: time.
const WORK: usize = 16_000_000;
/// Tags × open formatting elements: copies, hence memory.
const COPIES: usize = 1_500_000;

/// Elements without content.
const VOID: &[&str] = &[
    "area", "base", "basefont", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
];

/// Elements whose end tag may be left out: the first of a row is closed by the start of any of the second.
const IMPLIED: &[(&[&str], &[&str])] = &[
    (&["li"], &["li"]),
    (&["dd", "dt"], &["dd", "dt"]),
    (&["option"], &["option", "optgroup"]),
    (&["td", "th"], &["td", "th", "tr", "tbody", "thead", "tfoot"]),
    (&["tr"], &["tr", "tbody", "thead", "tfoot"]),
    (&["tbody", "thead", "tfoot"], &["tbody", "thead", "tfoot"]),
];

/// Elements that parsers open again in the next block when they were not closed.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Whether a parser may be given this text.
pub(super) fn is_affordable(html: &str) -> bool {
    let mut open: Vec<&str> = Vec::new();
    let (mut tags, mut deepest, mut formatting, mut most_formatting) = (0usize, 0usize, 0usize, 0usize);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (closing, after) = rest.strip_prefix('/').map_or((false, rest), |after| (true, after));
        let len = after.bytes().take(24).take_while(u8::is_ascii_alphanumeric).count();
        if len == 0 {
            continue;
        }
        let name = &after[..len];
        tags += 1;
        if is_in(VOID, name) {
            continue;
        }
        if !closing {
            while open.last().is_some_and(|top| is_implied(top, name)) {
                open.pop();
            }
            open.push(name);
            formatting += usize::from(is_in(FORMATTING, name));
            deepest = deepest.max(open.len());
            most_formatting = most_formatting.max(formatting);
        } else if let Some(back) = open.iter().rev().take(8).position(|tag| tag.eq_ignore_ascii_case(name)) {
            // A parser closes the nearest one of that name; farther ones are taken as not closed.
            for closed in open.drain(open.len() - back - 1..) {
                formatting -= usize::from(is_in(FORMATTING, closed));
            }
        }
        if deepest > DEPTH {
            return false;
        }
    }
    tags.saturating_mul(deepest) <= WORK && tags.saturating_mul(most_formatting) <= COPIES
}

fn is_in(list: &[&str], name: &str) -> bool {
    list.iter().any(|tag| tag.eq_ignore_ascii_case(name))
}

/// Whether the start of `new` closes `top`.
fn is_implied(top: &str, new: &str) -> bool {
    if top.eq_ignore_ascii_case("p") {
        return !is_in(FORMATTING, new) && !new.eq_ignore_ascii_case("span");
    }
    IMPLIED.iter().any(|(tops, news)| is_in(tops, top) && is_in(news, new))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newsletter_passes_and_a_tower_does_not() {
        let letter =
            format!("<table>{}</table>", "<tr><td><p><b>a</b> <a href=x>b</a><br></td></tr>".repeat(5_000));
        assert!(is_affordable(&letter));
        assert!(!is_affordable(&"<div>".repeat(1_000)));
        assert!(!is_affordable(&"<div></b>".repeat(1_000)));
        let copies = format!(
            "{}{}",
            (0..300).map(|n| format!("<font size={n}>")).collect::<String>(),
            "<p>x".repeat(50_000)
        );
        assert!(!is_affordable(&copies));
    }
}
