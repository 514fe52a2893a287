//! What is written to a supplier that has only a mailbox, or a portal: the package in its language, and the customer's
//! own words below.

use domain::{
    handover::package::Package,
    ticket::{diagnosis::Evidence, kinds::Severity},
};

use crate::{Words, format};

/// The package of a hand-over as a text.
#[must_use]
pub fn package(words: Words, package: &Package) -> String {
    let about = &package.about;
    let mut text = package.summary.trim().to_owned();
    text.push_str("\n\n");
    let mut fact = |label: &str, value: &str| {
        let value = value.trim();
        if !value.is_empty() {
            let label = words.f("package-line", &[("label", label.into())]);
            // What has several lines begins on one of its own.
            text.push_str(&label);
            text.push(if value.contains('\n') { '\n' } else { ' ' });
            text.push_str(value);
            text.push('\n');
        }
    };
    fact(&words.t("package-service"), &words.word("service", about.service.word()));
    fact(&words.t("package-severity"), about.severity.word());
    for (word, said) in &package.evidence {
        // A newer version may ask for what has no words here.
        match word.parse::<Evidence>() {
            Ok(evidence) => fact(&words.word("evidence", evidence.word()), said),
            Err(_) => fact(word, said),
        }
    }
    let steps: Vec<String> = package
        .steps
        .iter()
        .map(|step| match (&step.skipped, step.finding.as_str()) {
            (Some(why), _) => {
                words.f("package-skipped", &[("step", (&step.text).into()), ("why", why.into())])
            }
            (None, "") => format!("– {}", step.text),
            (None, finding) => format!("– {}: {finding}", step.text),
        })
        .collect();
    fact(&words.t("package-steps"), &steps.join("\n"));
    let files: Vec<String> = package
        .files
        .iter()
        .map(|file| format!("– {} ({})", file.name, format::bytes(words, file.size)))
        .collect();
    fact(&words.t("package-files"), &files.join("\n"));
    fact(&words.t("package-caller"), &caller(package));
    if !package.original.trim().is_empty() {
        let lang = about.lang.own_name();
        text.push('\n');
        text.push_str(&words.f("package-original", &[("language", lang.into())]));
        text.push_str("\n\n");
        text.push_str(package.original.trim());
        text.push('\n');
    }
    text
}

fn caller(package: &Package) -> String {
    let caller = &package.caller;
    let parts = [caller.desk.as_str(), caller.address.as_str(), caller.number.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The question how far it is.
#[must_use]
pub fn chase(words: Words) -> String {
    words.t("package-chase").into_owned()
}

/// That it got worse or better.
#[must_use]
pub fn severity(words: Words, severity: Severity) -> String {
    words.f("package-severity-now", &[("severity", severity.word().into())])
}

/// The beginning of an answer to a customer: what came back from a supplier, to be worked over.
#[must_use]
pub fn inform(words: Words, answer: &str) -> String {
    format!("{}\n\n{}\n\n{}", words.t("inform-hello"), words.t("inform-text"), answer.trim())
}
