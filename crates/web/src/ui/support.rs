//! What supports the work on tickets: requirements of services, articles, incidents, the report.

pub(crate) mod articles;
pub(crate) mod incidents;
pub(crate) mod reports;
pub(crate) mod services;

use domain::{lang::Lang, ticket::baseline::Texts};

use super::view::LangText;

/// A text in every language, and those that are missing.
fn texts(texts: &Texts) -> Vec<LangText> {
    let one = |lang: &Lang| LangText {
        lang: lang.to_string(),
        name: lang.own_name().into(),
        text: texts.get(lang).cloned().unwrap_or_default(),
    };
    Lang::ALL.iter().map(one).collect()
}

/// How a text begins, on one line.
fn beginning(text: &str) -> String {
    const LONGEST: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}
