//! Numbers and days as suppliers write them. What cannot be read exactly is not read.

use jiff::civil::Date;
use rust_decimal::Decimal;

/// How a table writes its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Point {
    /// `1,234.56`: Microsoft's way.
    Dot,
    /// `1.234,56`: what a spreadsheet makes of it where a comma is the point, always with `;` between cells.
    Comma,
}

/// A number: with a sign, groups of three, a sign of currency, an exponent, or in brackets for less than nothing.
#[must_use]
pub fn number(text: &str, point: Point) -> Option<Decimal> {
    let text = text.trim().replace('\u{2212}', "-");
    let (negative, text) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (true, inner.to_owned()),
        None => (false, text),
    };
    let is_space = |c: char| matches!(c, ' ' | '\u{a0}' | '\u{202f}');
    let plain: String = text.chars().filter(|c| !"$€£¥".contains(*c) && !is_space(*c)).collect();
    let (minus, digits) = match plain.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, plain.as_str()),
    };
    if !digits.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',') {
        return None;
    }
    let dotted = match point {
        // A table with commas for points may have numbers of a program between them.
        Point::Comma if digits.contains(',') => ungrouped(digits, '.', ',')?.replace(',', "."),
        // Groups of three are groups there, and a fraction of a program is none of them.
        Point::Comma => match ungrouped(digits, '.', ',') {
            Some(whole) => whole,
            None => ungrouped(digits, ',', '.')?,
        },
        Point::Dot => ungrouped(digits, ',', '.')?,
    };
    let value = if dotted.contains(['e', 'E']) {
        Decimal::from_scientific(&dotted).ok()?
    } else {
        Decimal::from_str_exact(&dotted).ok()?
    };
    // Two minuses would be a riddle.
    if minus && negative {
        return None;
    }
    Some(if minus || negative { -value } else { value })
}

/// The digits without what groups them, if it groups them by threes before the point.
fn ungrouped(digits: &str, group: char, point: char) -> Option<String> {
    if !digits.contains(group) {
        return Some(digits.to_owned());
    }
    let (whole, rest) = match digits.split_once(point) {
        Some((whole, rest)) => (whole, Some(rest)),
        None => (digits, None),
    };
    if rest.is_some_and(|rest| rest.contains(group)) {
        return None;
    }
    let mut parts = whole.split(group);
    let first = parts.next().unwrap_or_default();
    if first.is_empty() || first.starts_with('0') || first.len() > 3 || !parts.all(|part| part.len() == 3) {
        return None;
    }
    let whole = whole.replace(group, "");
    Some(match rest {
        Some(rest) => format!("{whole}{point}{rest}"),
        None => whole,
    })
}

/// A day: `2/28/2019 23:59`, `2/28/2019` or ISO 8601 with or without a time. `None` within for a day that means "none".
///
/// # Errors
/// What is no day.
pub fn day(text: &str) -> Result<Option<Date>, NotADay> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let date = text.split(['T', ' ']).next().unwrap_or_default();
    let found = if date.contains('/') { american(date) } else { date.parse::<Date>().ok() };
    let found = found.ok_or(NotADay)?;
    // Programs without a word for "none" write the first or the last year that they know.
    Ok((found.year() > 1900 && found.year() < 9999).then_some(found))
}

/// A text that is no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotADay;

fn american(date: &str) -> Option<Date> {
    let mut parts = date.split('/');
    let (month, day, year) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() || year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
