//! Steps of arithmetic as sentences, and exact numbers as people of a language write them.

use domain::{
    billing::{
        explain::{Step, What},
        line::Line,
    },
    money::Currency,
};
use jiff::civil::Date;
use jiff::tz::TimeZone;
use rust_decimal::Decimal;

use crate::{Lang, Words, format};

/// So many digits behind the point are shown; more are said to be there.
const DIGITS: usize = 10;

/// An exact number: "1,234.5", with `…` behind digits that are not shown.
#[must_use]
pub fn decimal(words: Words, number: Decimal) -> String {
    with_digits(words, number.normalize(), 0)
}

/// An amount with its currency: at least as many digits as the currency has, more where there are more.
#[must_use]
pub fn amount(words: Words, number: Decimal, currency: Currency) -> String {
    let least = usize::try_from(currency.digits()).unwrap_or(0);
    format!("{}\u{a0}{currency}", with_digits(words, number.normalize(), least))
}

fn with_digits(words: Words, number: Decimal, least: usize) -> String {
    let text = number.abs().to_string();
    let (whole, rest) = text.split_once('.').unwrap_or((&text, ""));
    // Numbers past `i64` stand ungrouped: nobody reads them anyway.
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), |whole: i64| format::number(words, whole));
    let (point, minus) = match words.lang() {
        Lang::En | Lang::ZhCn => ('.', "-"),
        Lang::Sv => (',', "−"),
        Lang::De | Lang::Hu => (',', "-"),
    };
    let more = if rest.len() > DIGITS { "…" } else { "" };
    let rest: String = rest.chars().take(DIGITS).collect();
    let sign = if number.is_sign_negative() && !number.is_zero() { minus } else { "" };
    if rest.is_empty() && least == 0 {
        format!("{sign}{whole}")
    } else {
        format!("{sign}{whole}{point}{rest:0<least$}{more}")
    }
}

/// A day by the calendar.
#[must_use]
pub fn day(words: Words, date: Date) -> String {
    date.to_zoned(TimeZone::UTC)
        .map_or_else(|_| date.to_string(), |at| format::date(words, at.timestamp(), &TimeZone::UTC))
}

/// The key of a step's sentence.
const fn key(what: What) -> &'static str {
    match what {
        What::Price => "billing-step-price",
        What::Effective => "billing-step-effective",
        What::Times => "billing-step-times",
        What::PerDay => "billing-step-per-day",
        What::ForDays => "billing-step-for-days",
        What::Days => "billing-step-days",
        What::Each => "billing-step-each",
        What::Percent => "billing-step-percent",
        What::Exchange => "billing-step-exchange",
        What::Round => "billing-step-round",
        What::Cut => "billing-step-cut",
        What::GivenBack => "billing-step-given-back",
        What::Rounding => "billing-step-rounding",
        What::Unexplained => "billing-step-unexplained",
        What::Discount => "billing-step-discount",
        What::Tax => "billing-step-tax",
    }
}

/// A step of a line's explanation as a sentence.
#[must_use]
pub fn step(words: Words, line: &Line, step: &Step) -> String {
    let plain = |number| decimal(words, number);
    let result = if step.foreign {
        let code = line.exchange.as_ref().map_or("", |exchange| exchange.from.as_str());
        format!("{}\u{a0}{code}", plain(step.result)).trim_end().to_owned()
    } else {
        amount(words, step.result, line.currency)
    };
    let args = [
        ("before", plain(step.before).into()),
        ("by", plain(step.by).into()),
        ("of", plain(step.of).into()),
        ("result", result.into()),
    ];
    words.f(key(step.what), &args)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_they_are_written() {
        let dec = |text: &str| text.parse::<Decimal>().unwrap();
        let eur: Currency = "EUR".parse().unwrap();
        for (lang, number, expected) in [
            (Lang::En, "1234.5", "1,234.50\u{a0}EUR"),
            (Lang::De, "-1234.567", "-1.234,567\u{a0}EUR"),
            (Lang::Sv, "-0.5", "−0,50\u{a0}EUR"),
            (Lang::Hu, "0", "0,00\u{a0}EUR"),
            (Lang::ZhCn, "0.142857142857142857", "0.1428571428…\u{a0}EUR"),
        ] {
            assert_eq!(amount(Words::new(lang), dec(number), eur), expected);
        }
        assert_eq!(decimal(Words::new(Lang::En), dec("28.000")), "28");
    }
}
