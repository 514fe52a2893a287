//! Answers to questions about invoices: sentences whose arithmetic adds up to the cent, and the draft of a whole answer.

use domain::receivable::{
    invoice::{Line, VatCategory, decimal},
    question::{Cause, Difference, Explained, Part, Sheet},
};
use rust_decimal::Decimal;

use crate::{Words, billing, format};

fn day(words: Words, sheet: &Sheet) -> String {
    sheet.issued_on.map(|day| format::day(words, day)).unwrap_or_default()
}

fn money(words: Words, sheet: &Sheet, minor: i64) -> String {
    format::money(words, sheet.money(minor))
}

/// An amount with its sign.
fn signed(words: Words, sheet: &Sheet, minor: i64) -> String {
    let plus = if minor > 0 { "+" } else { "" };
    format!("{plus}{}", money(words, sheet, minor))
}

/// How a line comes to its amount, sentence by sentence.
#[must_use]
pub fn amounts(words: Words, sheet: &Sheet, one: &Explained) -> Vec<String> {
    let (line, worth) = (&one.line, &one.worth);
    let net = money(words, sheet, worth.net);
    let is_round = decimal(sheet.money(worth.net)) == worth.exact;
    let args = [
        ("quantity", billing::decimal(words, line.quantity).into()),
        ("price", billing::amount(words, line.unit_price, sheet.currency).into()),
        ("exact", billing::amount(words, worth.exact, sheet.currency).into()),
        ("net", net.into()),
    ];
    let times =
        if is_round { words.f("question-times", &args) } else { words.f("question-times-rounded", &args) };
    vec![times, vat(words, sheet, one)]
}

fn vat(words: Words, sheet: &Sheet, one: &Explained) -> String {
    let category = one.line.vat.category;
    match category {
        VatCategory::Standard | VatCategory::Reduced => words.f(
            "question-vat",
            &[
                ("rate", billing::decimal(words, one.line.vat.rate).into()),
                ("tax", money(words, sheet, one.worth.tax).into()),
                ("gross", money(words, sheet, one.worth.gross).into()),
            ],
        ),
        VatCategory::ReverseCharge | VatCategory::Exempt | VatCategory::Zero => {
            let why = words.word("vat", category.word());
            words.f("question-vat-none", &[("why", why.as_ref().into())])
        }
    }
}

/// Why a line is another amount than on the invoice before: a sentence, and its parts.
#[must_use]
pub fn since(words: Words, before: &Sheet, sheet: &Sheet, one: &Explained) -> (String, Vec<String>) {
    let Some(since) = &one.since else { return Default::default() };
    let net = since.was.as_ref().map_or(0, |(_, net)| *net);
    let by = one.worth.net.saturating_sub(net);
    let args = [
        ("number", before.number.as_str().into()),
        ("day", day(words, before).into()),
        ("before", money(words, sheet, net).into()),
        ("by", money(words, sheet, by.saturating_abs()).into()),
    ];
    let Some((was, _)) = &since.was else { return (words.f("question-new", &args), Vec::new()) };
    let said = match by {
        0 => words.f("question-same", &args),
        1.. => words.f("question-more", &args),
        _ => words.f("question-less", &args),
    };
    (said, since.parts.iter().filter_map(|part| line_part(words, sheet, one, was, *part)).collect())
}

fn line_part(words: Words, sheet: &Sheet, one: &Explained, was: &Line, part: Part) -> Option<String> {
    let amount = signed(words, sheet, part.amount);
    let price = |number: Decimal| billing::amount(words, number, sheet.currency);
    let (key, before, now) = match part.cause {
        Cause::Quantity => (
            "question-part-quantity",
            billing::decimal(words, was.quantity),
            billing::decimal(words, one.line.quantity),
        ),
        Cause::Price => ("question-part-price", price(was.unit_price), price(one.line.unit_price)),
        // Those are of whole lines.
        Cause::New | Cause::Gone | Cause::Vat => return None,
    };
    Some(words.f(key, &[("before", before.into()), ("now", now.into()), ("amount", amount.into())]))
}

/// Why a whole invoice is another amount than the one before: a sentence, and its parts.
#[must_use]
pub fn whole(words: Words, before: &Sheet, sheet: &Sheet, why: &Difference) -> (String, Vec<String>) {
    let by = sheet.gross.saturating_sub(before.gross);
    let args = [
        ("number", sheet.number.as_str().into()),
        ("now", money(words, sheet, sheet.gross).into()),
        ("before", before.number.as_str().into()),
        ("was", money(words, before, before.gross).into()),
        ("by", money(words, sheet, by.saturating_abs()).into()),
    ];
    let said = match by {
        0 => words.f("question-whole-same", &args),
        1.. => words.f("question-whole-more", &args),
        _ => words.f("question-whole-less", &args),
    };
    let part = |part: &Part| {
        let key = match part.cause {
            Cause::Quantity => "question-cause-quantity",
            Cause::Price => "question-cause-price",
            Cause::New => "question-cause-new",
            Cause::Gone => "question-cause-gone",
            Cause::Vat => "question-cause-vat",
        };
        words.f(key, &[("amount", signed(words, sheet, part.amount).into())])
    };
    (said, why.parts.iter().map(part).collect())
}

/// What a line is called: its place, its invoice, its words.
#[must_use]
pub fn title(words: Words, sheet: &Sheet, one: &Explained) -> String {
    let args = [
        ("line", one.place.to_string().into()),
        ("number", sheet.number.as_str().into()),
        ("day", day(words, sheet).into()),
        ("what", one.line.description.as_str().into()),
    ];
    words.f("question-line", &args)
}

/// An invoice about which is asked: itself, the one before it, and the lines.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The invoice.
    pub sheet: &'a Sheet,
    /// The one before it, if it can be set against that.
    pub before: Option<(&'a Sheet, &'a Difference)>,
    /// The lines.
    pub lines: &'a [Explained],
}

/// The draft of an answer, in the reader's language. `name` is the reader's, if it is known; `sees` says whether the reader sees
/// invoices in the portal.
#[must_use]
pub fn answer(words: Words, name: Option<&str>, about: &[About<'_>], sees: bool) -> String {
    let hello = match name {
        Some(name) => words.f("answer-hello-name", &[("name", name.into())]),
        None => words.t("answer-hello").into_owned(),
    };
    let mut paragraphs = vec![hello, words.t("question-thanks").into_owned()];
    let put = |sentences: &mut Vec<String>, (said, parts): (String, Vec<String>)| {
        sentences.push(said);
        sentences.extend(parts.into_iter().map(|part| format!("– {part}")));
    };
    for one in about {
        for line in one.lines {
            let mut sentences = vec![title(words, one.sheet, line)];
            sentences.extend(amounts(words, one.sheet, line));
            if let (Some((before, _)), true) = (one.before, line.since.is_some()) {
                put(&mut sentences, since(words, before, one.sheet, line));
            }
            paragraphs.push(sentences.join("\n"));
        }
        if let Some((before, why)) = one.before {
            let mut sentences = Vec::new();
            put(&mut sentences, whole(words, before, one.sheet, why));
            paragraphs.push(sentences.join("\n"));
        }
    }
    paragraphs.push(words.t(if sees { "question-portal" } else { "question-portal-others" }).into_owned());
    paragraphs.join("\n\n")
}

#[cfg(test)]
mod tests {
    use domain::{
        lang::Lang,
        receivable::{
            invoice::{Vat, totals},
            question::{difference, explain},
        },
    };

    use super::*;

    fn sheet(number: &str, lines: &[(&str, &str, &str)]) -> Sheet {
        let lines: Vec<Line> = lines
            .iter()
            .map(|(what, quantity, price)| Line {
                description: (*what).into(),
                quantity: quantity.parse().unwrap(),
                unit_price: price.parse().unwrap(),
                vat: Vat { category: VatCategory::Standard, rate: 19.into() },
                origin: None,
            })
            .collect();
        let currency = "EUR".parse().unwrap();
        let totals = totals(&lines, currency).unwrap();
        let (tax, gross) = (totals.tax.minor, totals.gross.minor);
        Sheet { number: number.into(), issued_on: "2026-03-01".parse().ok(), currency, lines, tax, gross }
    }

    #[test]
    fn an_answer_adds_up_and_is_whole_in_every_language() {
        let before = sheet("INV-1", &[("Licences", "20", "20.00"), ("Old", "1", "5")]);
        let now = sheet("INV-2", &[("Licences", "25", "20.60"), ("New", "1", "0.335")]);
        let why = difference(&before, &now).unwrap().unwrap();
        let lines: Vec<Explained> =
            [1, 2].into_iter().map(|place| explain(Some(&before), &now, place).unwrap()).collect();
        let about = About { sheet: &now, before: Some((&before, &why)), lines: &lines };
        for lang in Lang::ALL {
            let said = answer(Words::new(*lang), Some("Ada"), &[about], true);
            assert!(!said.contains('⟨') && said.contains("INV-1") && said.contains("Ada"), "{said}");
        }
        let said = answer(Words::new(Lang::En), None, &[about], false).replace('\u{a0}', " ");
        for part in [
            "25 × 20.60 EUR = 515.00 EUR",
            // 25 × 20 − 20 × 20, and 25 × 0.60.
            "+100.00 EUR",
            "+15.00 EUR",
            "0.335 EUR, rounded to 0.34 EUR",
        ] {
            assert!(said.contains(part), "{part} in {said}");
        }
    }
}
