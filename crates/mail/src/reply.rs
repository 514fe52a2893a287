//! The new words of a reply: what is quoted from earlier mails is left out.
//!
//! Careful by design: a customer's word is never dropped for looking like a quote. In doubt a line stays, and when
//! nothing would be left, everything stays. Forwarded mails are not quotes: they are why the customer writes.

mod words;

use words::{FROM, OTHERS, STARTS, VERBS};

/// A line that our mails carry; everything below it in a reply is ours. Short, plain ASCII and in no language, so
/// that mail programs neither wrap, translate nor linkify it.
pub const MARKER: &str = "##-=-##";

/// Longest introduction of a quote (`On … wrote:`), in lines; mail programs wrap it.
const INTRO_LINES: usize = 4;
/// Longest introduction in bytes.
const INTRO_BYTES: usize = 400;
/// A block after `-- ` that is longer is no signature.
const SIGNATURE_LINES: usize = 20;

/// The part of a plain text that its sender wrote now. `text` has LF line ends.
pub fn new_text(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let end = lines.iter().position(|line| line.contains(MARKER)).unwrap_or(lines.len());
    let end = back_over_intro(&lines[..end], end < lines.len());
    let kept = keep(&lines[..end]);
    let kept = without_device_line(kept);
    let out = tidy(&kept);
    if out.is_empty() { text.trim().to_owned() } else { out }
}

/// The introduction of a quote stands above our marker, which is the first line of our mail.
fn back_over_intro(lines: &[&str], has_marker: bool) -> usize {
    if !has_marker {
        return lines.len();
    }
    let bottom = lines.iter().rposition(|line| !unquote(line).trim().is_empty()).map_or(0, |n| n + 1);
    (bottom.saturating_sub(INTRO_LINES + 2)..bottom)
        .find(|&at| {
            intro(lines, at) == Some(bottom) || outlook_block(lines, at).is_some_and(|end| end >= bottom)
        })
        .unwrap_or(lines.len())
}

/// Chooses the lines to keep.
fn keep<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    let mut has_words = false;
    let mut at = 0;
    while let Some(&line) = lines.get(at) {
        if is_quoted(line) {
            at += 1;
            continue;
        }
        if is_forward_mark(line) {
            kept.extend(&lines[at..]);
            return kept;
        }
        if let Some(after) = intro(lines, at) {
            let quoted_below =
                lines[after..].iter().find(|l| !l.trim().is_empty()).is_some_and(|l| is_quoted(l));
            if quoted_below {
                at = after;
                continue;
            }
            // The quote below is not marked: it reaches to the end. With nothing above, it may be the message.
            if has_words {
                break;
            }
        }
        let separated = is_separator(line) && has_words;
        if separated || (has_words && outlook_block(lines, at).is_some()) {
            break;
        }
        if is_signature_mark(line)
            && has_words
            && let Some(after) = signature_end(lines, at)
        {
            at = after;
            continue;
        }
        has_words = has_words || line.chars().any(char::is_alphanumeric);
        kept.push(line);
        at += 1;
    }
    // The rule that Outlook draws above its block.
    while kept.last().is_some_and(|line| line.trim().is_empty() || is_rule(line)) {
        kept.pop();
    }
    kept
}

fn is_quoted(line: &str) -> bool {
    line.trim_start().starts_with('>')
}

fn unquote(line: &str) -> &str {
    line.trim_start_matches(['>', ' ', '\t'])
}

/// `-- ` alone on its line, also where the trailing blank got lost.
fn is_signature_mark(line: &str) -> bool {
    matches!(line.trim_end(), "--" | "\u{2014}") && line.starts_with(['-', '\u{2014}'])
}

/// Where the signature that starts at `at` ends, when it is short enough to be one.
fn signature_end(lines: &[&str], at: usize) -> Option<usize> {
    let end = (at + 1..lines.len())
        .find(|&n| {
            is_quoted(lines[n])
                || intro(lines, n).is_some()
                || is_separator(lines[n])
                || outlook_block(lines, n).is_some()
        })
        .unwrap_or(lines.len());
    (end - at <= SIGNATURE_LINES).then_some(end)
}

/// A line of nothing but underscores or dashes.
fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.len() >= 5 && line.chars().all(|c| matches!(c, '_' | '-' | '*' | '=' | '\u{2500}'))
}

/// Whether a subject says that the mail below is passed on, not answered: then all of it is new to the reader.
pub fn is_forward(subject: &str) -> bool {
    const STARTS: &[&str] = &[
        "fw:",
        "fwd:",
        "vb:",
        "vbf:",
        "wg:",
        "tov:",
        "továbbítás:",
        "转发:",
        "转发：",
        "轉寄:",
        "轉寄：",
        "tr:",
        "rv:",
    ];
    let low = subject.trim_start().to_lowercase();
    STARTS.iter().any(|start| low.starts_with(start))
}

/// `---------- Forwarded message ---------` and the like.
fn is_forward_mark(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "forwarded message",
        "begin forwarded message",
        "vidarebefordrat meddelande",
        "vidarebefordrat brev",
        "weitergeleitete nachricht",
        "anfang der weitergeleiteten nachricht",
        "továbbított üzenet",
        "továbbított levél",
        "转发的邮件",
        "转发邮件",
        "轉寄的郵件",
    ];
    let words = line.trim().trim_matches(['-', ' ', ':', '：', '*']);
    words.len() <= 60 && {
        let low = words.to_lowercase();
        WORDS.contains(&low.as_str())
    }
}

/// `-----Original Message-----` and the like.
fn is_separator(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "original message",
        "original appointment",
        "ursprungligt meddelande",
        "originalmeddelande",
        "ursprüngliche nachricht",
        "originalnachricht",
        "original-nachricht",
        "ursprüngliche mail",
        "eredeti üzenet",
        "原始邮件",
        "原邮件",
        "原始郵件",
        "message d'origine",
        "message original",
        "mensaje original",
        "messaggio originale",
        "mensagem original",
        "oorspronkelijk bericht",
        "oprindelig meddelelse",
        "opprinnelig melding",
        "alkuperäinen viesti",
        "wiadomość oryginalna",
        "исходное сообщение",
    ];
    let line = line.trim();
    if !line.starts_with(['-', '_', '*']) || line.len() > 120 {
        return false;
    }
    let words = line.trim_matches(|c| matches!(c, '-' | '_' | '*' | ' ')).to_lowercase();
    let dashes = line.len() - line.trim_start_matches(['-', '_', '*']).len();
    dashes >= 2 && WORDS.iter().any(|w| words == *w)
}

/// The end of an introduction such as `On 1 May 2026, Anna <a@b> wrote:` that starts at `at`.
fn intro(lines: &[&str], at: usize) -> Option<usize> {
    let first = lines.get(at)?.trim().trim_start_matches(['-', ' ']);
    // Cheap refusals first: this is asked for every line.
    if first.is_empty() || is_quoted(first) || !may_start_intro(first) {
        return None;
    }
    let mut joined = String::new();
    let mut blanks = 0;
    for (n, line) in lines.iter().enumerate().skip(at).take(INTRO_LINES + 1) {
        let line = line.trim();
        if line.is_empty() {
            blanks += 1;
            if blanks > 1 || joined.is_empty() {
                return None;
            }
            continue;
        }
        if is_quoted(line) || joined.len() + line.len() > INTRO_BYTES {
            return None;
        }
        if !joined.is_empty() {
            joined.push(' ');
        }
        joined.push_str(line);
        if is_intro(&joined) {
            return Some(n + 1);
        }
        // A sentence that ends is no introduction that goes on.
        if line.ends_with(['.', '!', '?', '。']) && !line.ends_with("a.m.") && !line.ends_with("p.m.") {
            return None;
        }
    }
    None
}

fn may_start_intro(first: &str) -> bool {
    let low: String = first.chars().take(12).flat_map(char::to_lowercase).collect();
    STARTS.iter().any(|start| low.starts_with(start))
        || low.starts_with(|c: char| c.is_ascii_digit())
        || (first.len() < INTRO_BYTES && first.contains(['@', '<', '：']))
        || first.ends_with(':')
}

fn is_intro(text: &str) -> bool {
    let bare = text.trim_matches(['-', ' ', '*']);
    let Some(words) = bare.strip_suffix(':').or_else(|| bare.strip_suffix('：')).or_else(|| {
        // Zoho: `---- On Wed, 24 Feb 2021 … wrote ----`
        (text.starts_with("--") && text.ends_with("--")).then_some(bare)
    }) else {
        return false;
    };
    let low = words.trim().to_lowercase();
    let dated = low.contains(|c: char| c.is_ascii_digit()) || low.contains('@');
    if !dated {
        return false;
    }
    // Without a verb, as some programs write it: a time, then a name, and last the address in brackets.
    let clock = |(at, _): (usize, &str)| {
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        digit(low[..at].chars().next_back()) && digit(low[at + 1..].chars().next())
    };
    if low.ends_with('>') && low.contains('@') && low.match_indices([':', '.']).any(clock) {
        return true;
    }
    let starts = STARTS.iter().any(|start| low.starts_with(start));
    let begins_with_date = low.starts_with(|c: char| c.is_ascii_digit());
    if !(starts || begins_with_date || low.contains(['@', '(']) || !low.is_ascii()) {
        return false;
    }
    VERBS.iter().any(|verb| {
        // The verb is the last word, or a German or Swedish one with the name behind it, or glued to a bracket.
        low.ends_with(verb)
            || (low.contains('@') && low.contains(&format!(">{verb}")))
            || (starts && low.find(&format!(" {verb} ")).is_some_and(|n| low.len() - n < 120))
            || (low.ends_with(')') && low.contains(&format!(" {verb} (")))
    })
}

/// The end of a block `From: … Sent: … To: … Subject: …` that starts at `at`.
fn outlook_block(lines: &[&str], at: usize) -> Option<usize> {
    let first = field_name(lines.get(at)?)?;
    if !FROM.contains(&first.as_str()) {
        return None;
    }
    let mut found = 0;
    let mut end = at + 1;
    let mut misses = 0;
    for (n, line) in lines.iter().enumerate().skip(at + 1).take(10) {
        if line.trim().is_empty() {
            if found > 0 { break } else { continue }
        }
        match field_name(line) {
            Some(name) if OTHERS.contains(&name.as_str()) => {
                found += 1;
                end = n + 1;
            }
            // Long recipient lists wrap.
            _ => {
                misses += 1;
                if misses > 3 {
                    break;
                }
            }
        }
    }
    (found >= 2).then_some(end)
}

/// The lower-case name before the colon of `**Name:** value`.
fn field_name(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches(['*', '>', ' ']);
    let colon = line.find([':', '：'])?;
    let name = line[..colon].trim_matches(['*', ' ', '\u{a0}']);
    (name.len() <= 40).then(|| name.to_lowercase())
}

/// Drops a last line such as `Sent from my iPhone`.
fn without_device_line(mut kept: Vec<&str>) -> Vec<&str> {
    const STARTS: &[&str] = &[
        "sent from my ",
        "sent from mail for ",
        "sent from outlook",
        "get outlook for ",
        "skickat från min ",
        "skickat från e-post för ",
        "von meinem ",
        "gesendet von ",
        "gesendet mit ",
        "iphone-omról küldve",
        "elküldve a ",
        "发自我的",
        "從我的",
        "发送自",
    ];
    while kept.last().is_some_and(|line| line.trim().is_empty()) {
        kept.pop();
    }
    let others = kept.iter().rev().skip(1).any(|line| !line.trim().is_empty());
    if others
        && kept.last().is_some_and(|line| {
            let low = line.trim().trim_matches(['[', ']', '*', '_']).to_lowercase();
            low.len() < 80 && STARTS.iter().any(|start| low.starts_with(start))
        })
    {
        kept.pop();
    }
    kept
}

/// Joins lines, with no more than one empty line where quotes were taken out, none around.
fn tidy(lines: &[&str]) -> String {
    let mut out = String::new();
    let mut blank = 0;
    for line in lines {
        let line = line.trim_end();
        if line.trim_start_matches(['\u{200b}', '\u{a0}']).trim().is_empty() {
            blank += 1;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if blank > 0 { "\n\n" } else { "\n" });
        }
        blank = 0;
        out.push_str(line);
    }
    out.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reply, then each program's way to quote in each language.
    #[test]
    fn quotes_of_five_languages_and_the_usual_programs() {
        let quotes = [
            "On Mon, 4 May 2026 at 10:00, Desk <desk@example.com> wrote:\n> Old\n> words",
            "On Mon, 4 May 2026 at 10:00, Support of a firm with a long name\n<desk@example.com>\nwrote:\n\n> Old",
            "Am 04.05.26 um 10:00 schrieb Anna Müller <anna@example.com>:\n> Alt",
            "Am 04.05.2026 um 10:00 schrieb Anna Müller:\n\nAlt ohne Zeichen",
            "Den mån 4 maj 2026 kl 10:00 skrev Desk <desk@example.com>:\n> Gammalt",
            "Desk <desk@example.com> ezt írta (időpont: 2026. máj. 4., H, 10:00):\n> Régi",
            "在 2026年5月4日，Desk <desk@example.com> 写道：\n> 旧",
            "Desk <desk@example.com> 于2026年5月4日周一 10:00写道：\n> 旧",
            "2026-05-04 10:00 GMT+02:00 Desk <desk@example.com>:\n\nOld",
            "-----Original Message-----\nFrom: Desk\nOld",
            "-----Ursprüngliche Nachricht-----\nVon: Desk\nAlt",
            "-----Ursprungligt meddelande-----\nFrån: Desk\nGammalt",
            "----- Eredeti üzenet -----\nRégi",
            "------------------ 原始邮件 ------------------\n旧",
            "________________________________\nFrom: Desk <d@example.com>\nSent: Monday, May 4, 2026 10:00\nTo: Anna\nSubject: RE: x\n\nOld",
            "Von: Desk\nGesendet: Montag, 4. Mai 2026 10:00\nAn: Anna\nBetreff: AW: x\n\nAlt",
            "Från: Desk\nSkickat: den 4 maj 2026 10:00\nTill: Anna\nÄmne: SV: x\n\nGammalt",
            "Feladó: Desk\nElküldve: 2026. május 4.\nCímzett: Anna\nTárgy: RE: x\n\nRégi",
            "发件人: Desk\n发送时间: 2026年5月4日\n收件人: Anna\n主题: 答复: x\n\n旧",
            "*From:* Desk\n*Date:* Monday\n*To:* Anna\n*Subject:* x\n\nOld",
            "> Old without introduction",
            "##-=-##\nOur words, unquoted",
            "On Mon, 4 May 2026, Desk wrote:\n\n> ##-=-##\n> Ours",
            "-- \nAnna Andersson\nFirma AB",
            "-- \nAnna\n\nOn Mon, 4 May 2026, Desk wrote:\n> Old",
            "Sent from my iPhone\n\nOn 4 May 2026, at 10:00, Desk <d@x.example> wrote:\n\n> Old",
        ];
        for quote in quotes {
            let text = format!("It works now.\n\nThank you, Anna\n\n{quote}\n");
            assert_eq!(new_text(&text), "It works now.\n\nThank you, Anna", "{quote}");
        }
    }

    #[test]
    fn bottom_posted_and_interleaved_words_stay() {
        let text = "On 4 May 2026 Desk <d@x.example> wrote:\n> Which version?\n\nVersion 7.\n\n> Since when?\n\nMonday.\n";
        assert_eq!(new_text(text), "Version 7.\n\nMonday.");
    }

    #[test]
    fn words_that_only_look_like_quotes_stay() {
        for text in [
            "On Monday I wrote: it is broken.\nStill is.",
            "From: the desk in the corner\nplease fetch my laptop",
            "Here is what the error said:\n\ncode 17 wrote:",
            "The list:\n- one\n-- two\n--- three",
            "---------- Forwarded message ---------\nFrom: Bank <b@x.example>\nDate: Mon\nSubject: x\nTo: me\n\nIs this real?",
            "From: Bank\nSent: Monday\nTo: me\nSubject: invoice\n\nPlease pay",
            "5 > 3 and a -- b",
        ] {
            assert_eq!(new_text(text), text, "{text}");
        }
    }

    #[test]
    fn nothing_new_keeps_all() {
        assert_eq!(new_text("> only\n> quotes"), "> only\n> quotes");
        assert_eq!(new_text(""), "");
    }

    #[test]
    fn long_blocks_after_dashes_are_no_signature() {
        let text = format!("Log below\n--\n{}", "line\n".repeat(30));
        assert_eq!(new_text(&text), text.trim());
    }

    #[test]
    fn time_grows_with_length_only() {
        for piece in ["On 1 wrote\n", "> ", "From: a\n", "-- \n", "a:\n", "On "] {
            let text = piece.repeat(400_000 / piece.len());
            let start = std::time::Instant::now();
            new_text(&text);
            assert!(start.elapsed().as_secs() < 5, "{piece:?}");
        }
    }
}
