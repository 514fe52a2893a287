//! The language files agree with each other and with whoever asks for their keys.
//!
//! A key is *asked for* where Rust or a template says `.t("key")`, `.f("key", …)`, or one of the short cuts of the
//! pages: `.n("key", …)` with the variable `n`, `.with("key", "name", …)` with one. A key is *used* where it stands as
//! a whole string literal in either (a table of tabs may hold keys), or where it belongs to one of the [`families`],
//! which are asked for as `.word("family", …)`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use domain::access::{Permission, Role};
use domain::article::Audience;
use domain::cloud::Cloud;
use domain::deed::Deed;
use domain::handover::followed::Status;
use domain::handover::states::{Leg, Outcome};
use domain::incident::{IncidentSource, IncidentStatus, Informed};
use domain::lang::Lang;
use domain::offering::{ContactMethod, PriceUnit, delivery::Manner, statement::Part};
use domain::party::supplier::{SupplierKind, Way};
use domain::ticket::baseline::{Boundary, Finding, Handler, NotNeeded, Reached, Stop};
use domain::ticket::diagnosis::{Evidence, Verdict};
use domain::ticket::kinds::{Channel, Kind, Service, Severity};
use domain::ticket::lifecycle::{Action, State};
use domain::ticket::notice::Occasion;
use domain::ticket::timeline::{Undoable, Warning};
use domain::vehicle::wallet::Act;
use domain::vehicle::{Competency, Instead, Lack, rules};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};

const FILES: &[&str] = &[
    "format.ftl",
    "mail.ftl",
    "web.ftl",
    "api.ftl",
    "supplier.ftl",
    "support.ftl",
    "microsoft.ftl",
    "handover.ftl",
    "followed.ftl",
    "catalogue.ftl",
    "circle.ftl",
    "score.ftl",
    "subscription.ftl",
    "suspension.ftl",
    "payable.ftl",
    "receivable.ftl",
    "charging.ftl",
    "collection.ftl",
    "signal.ftl",
    "claim.ftl",
    "question.ftl",
];

/// Keys with the variables of their messages.
type Messages = BTreeMap<String, BTreeSet<String>>;

mod billing;
mod charging;
mod claim;
mod collection;
mod microsoft;
mod problems;
mod receivable;
mod signal;
mod suspension;

use problems::PROBLEMS;

/// The closed sets whose members have words, by family. The sets of `domain` come from there; the others are the
/// pages' own, and are held to the language files from this list.
fn families() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut all = families_of_pages();
    all.extend(microsoft::families());
    all.extend(billing::families());
    all.extend(receivable::families());
    all.extend(charging::families());
    all.extend(suspension::families());
    all.extend(signal::families());
    all.extend(claim::families());
    all.extend(collection::families());
    all
}

/// The words of a whole set.
fn all<T: Copy>(set: &[T], word: impl Fn(T) -> &'static str) -> Vec<&'static str> {
    set.iter().map(|&member| word(member)).collect()
}

fn families_of_pages() -> Vec<(&'static str, Vec<&'static str>)> {
    vec![
        ("action", all(Action::ALL, Action::word)),
        ("auth", vec!["password", "xoauth2", "application"]),
        (
            "answer",
            vec![
                "unknown",
                "true",
                "false",
                "invoice",
                "credit",
                "provisioning",
                "other",
                "n",
                "n-1",
                "older",
            ],
        ),
        ("audience", all(Audience::ALL, Audience::word)),
        ("boundary", all(Boundary::ALL, Boundary::word)),
        ("channel", all(Channel::ALL, Channel::word)),
        ("day", vec!["mon", "tue", "wed", "thu", "fri", "sat", "sun"]),
        ("deed", all(Deed::ALL, Deed::word)),
        ("delivery", vec!["held", "waiting", "sent", "kept", "failed", "bounced", "cancelled"]),
        (
            "done",
            vec![
                "saved",
                "sending",
                "kept",
                "taken-back",
                "noted",
                "filed",
                "mailed",
                "retrying",
                "removed",
                "deciding",
                "read-again",
                "password",
                "informing",
                "resolved-all",
                "moved",
                "merged",
                "issued",
                "bulk",
                "bulk-some",
                "bulk-none",
                "undone",
                "undone-some",
            ],
        ),
        ("error", vec!["not-found", "forbidden", "busy", "not-done", "fault"]),
        ("evidence", all(Evidence::ALL, Evidence::word)),
        ("finding", all(Finding::ALL, Finding::word)),
        ("handler", all(Handler::ALL, Handler::word)),
        // The portal speaks of some of them in its own words.
        ("beyond", all(SupplierKind::ALL, SupplierKind::word)),
        ("contact-method", all(ContactMethod::ALL, ContactMethod::word)),
        ("manner", all(Manner::ALL, Manner::word)),
        ("part", all(Part::ALL, Part::word)),
        ("price-per", all(PriceUnit::ALL, PriceUnit::word)),
        ("help-action", vec!["resolve", "close", "reopen"]),
        ("help-kind", all(Kind::ALL, Kind::word)),
        ("help-severity", all(Severity::ALL, Severity::word)),
        ("help-severity-hint", all(Severity::ALL, Severity::word)),
        ("help-state", all(State::ALL, State::word)),
        ("incident-source", all(IncidentSource::ALL, IncidentSource::word)),
        ("incident-status", all(IncidentStatus::ALL, IncidentStatus::word)),
        ("informed", all(Informed::ALL, Informed::word)),
        ("kind", all(Kind::ALL, Kind::word)),
        ("microsoft-admin", vec!["yes", "no", "unknown"]),
        ("microsoft-cloud", all(Cloud::ALL, Cloud::word)),
        ("microsoft-explain", microsoft::STATES.to_vec()),
        ("microsoft-request", vec!["none", "open", "closed", "attention_needed"]),
        ("microsoft-state", microsoft::STATES.to_vec()),
        ("request", all(Status::ALL, Status::word)),
        ("leg", all(Leg::ALL, Leg::word)),
        ("line", vec!["removed", "added"]),
        ("not-needed", all(NotNeeded::ALL, NotNeeded::word)),
        ("occasion", all(Occasion::ALL, Occasion::word)),
        ("outcome", all(Outcome::ALL, Outcome::word)),
        ("permission", all(Permission::ALL, Permission::word)),
        ("problem", PROBLEMS.to_vec()),
        ("promise", vec!["first_response", "next_response", "resolution"]),
        ("reached", all(Reached::ALL, Reached::word)),
        ("recipient", vec!["requester", "cc", "participant", "added"]),
        ("role", all(Role::ALL, Role::word)),
        ("security", vec!["tls", "starttls", "none"]),
        ("segment", vec!["counted", "closed", "holiday", "paused", "ahead"]),
        ("service", all(Service::ALL, Service::word)),
        ("severity", all(Severity::ALL, Severity::word)),
        ("state", all(State::ALL, State::word)),
        ("stop", all(Stop::ALL, Stop::word)),
        ("theme", vec!["system", "light", "dark", "contrast"]),
        ("verdict", all(Verdict::ALL, Verdict::word)),
        ("undoable", all(Undoable::ALL, Undoable::word)),
        ("supplier-act", all(Act::ALL, Act::word)),
        ("supplier-competency", all(Competency::ALL, Competency::word)),
        ("supplier-instead", all(Instead::ALL, Instead::word)),
        ("supplier-kind", all(SupplierKind::ALL, SupplierKind::word)),
        ("supplier-lack", all(Lack::ALL, Lack::word)),
        ("supplier-price", all(PriceUnit::ALL, PriceUnit::word)),
        ("supplier-way", all(Way::ALL, Way::word)),
        ("vehicle-rule", vehicle_rules()),
        ("warning", all(Warning::ALL, Warning::word)),
        ("view", vec!["mine", "unassigned", "due", "waiting", "all"]),
    ]
}

/// The rows of Microsoft's rules that are sentences; the others give names, which are as they are.
fn vehicle_rules() -> Vec<&'static str> {
    let is_sentence = |rule: &&rules::Rule| !matches!(rule.says, rules::Says::Names(_));
    rules::all().rows().iter().filter(is_sentence).map(|rule| rule.id.as_str()).collect()
}

/// The key of a member, as `Words::word` makes it.
fn member(family: &str, word: &str) -> String {
    let word = word.to_ascii_lowercase().replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    format!("{family}-{word}")
}

/// The families asked for in a source.
fn word_families(source: &str) -> Vec<&str> {
    let calls = source.match_indices(".word(").map(|(at, call)| &source[at + call.len()..]);
    calls.filter_map(|rest| Some(rest.trim_start().strip_prefix('"')?.split_once('"')?.0)).collect()
}

fn crates() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn messages(lang: Lang, file: &str) -> Messages {
    let path = crates().join("text/locales").join(lang.word()).join(file);
    let source = fs::read_to_string(&path).unwrap();
    let resource = fluent_syntax::parser::parse(source.as_str())
        .unwrap_or_else(|(_, errors)| panic!("{}: {errors:?}", path.display()));
    let mut messages = Messages::new();
    for entry in resource.body {
        let message = match entry {
            Entry::Message(message) => message,
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) => continue,
            Entry::Term(_) | Entry::Junk { .. } => {
                panic!("{}: only messages, please: {entry:?}", path.display())
            }
        };
        let key = message.id.name.to_owned();
        assert!(message.attributes.is_empty(), "{}: {key} has attributes", path.display());
        let mut variables = BTreeSet::new();
        collect(&message.value.unwrap_or_else(|| panic!("{key} is empty")), &mut variables);
        assert!(
            messages.insert(key.clone(), variables).is_none(),
            "{}: {key} is there twice",
            path.display()
        );
    }
    messages
}

fn collect(pattern: &Pattern<&str>, variables: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => collect_inline(inline, variables),
            Expression::Select { selector, variants } => {
                collect_inline(selector, variables);
                variants.iter().for_each(|variant| collect(&variant.value, variables));
            }
        }
    }
}

fn collect_inline(inline: &InlineExpression<&str>, variables: &mut BTreeSet<String>) {
    match inline {
        InlineExpression::VariableReference { id } => drop(variables.insert(id.name.to_owned())),
        InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        other => panic!("only variables and literals, please: {other:?}"),
    }
}

/// All messages of a language; a key stands in one file only.
fn catalogue(lang: Lang) -> Messages {
    let mut all = Messages::new();
    for file in FILES {
        for (key, variables) in messages(lang, file) {
            assert!(all.insert(key.clone(), variables).is_none(), "{lang}: {key} is in two files");
        }
    }
    all
}

/// Rust without its tests, and templates, of the crates that have words to ask for: path and text.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    for member in fs::read_dir(crates()).unwrap() {
        let member = member.unwrap().path();
        let manifest = fs::read_to_string(member.join("Cargo.toml")).unwrap();
        if !member.ends_with("text") && !manifest.lines().any(|line| line.starts_with("text")) {
            continue;
        }
        for folder in ["src", "templates"] {
            walk(&member.join(folder), &mut found);
        }
    }
    assert!(found.iter().any(|(path, _)| path.ends_with("text/src/mail.rs")), "looks in the wrong place");
    found
}

fn walk(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            walk(&path, found);
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        if name == "tests.rs" || !(name.ends_with(".rs") || name.ends_with(".html") || name.ends_with(".txt"))
        {
            continue;
        }
        let text = fs::read_to_string(&path).unwrap();
        let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        found.push((path, program));
    }
}

/// A key with the names of the variables given to it, if they are written on the spot.
#[derive(Debug, PartialEq, Eq)]
struct Ask {
    key: String,
    names: Option<BTreeSet<String>>,
}

fn asks(source: &str) -> Vec<Ask> {
    let mut asks = Vec::new();
    for call in [".t(", ".f(", ".n(", ".with("] {
        for (at, _) in source.match_indices(call) {
            let rest = source[at + call.len()..].trim_start();
            let Some((key, rest)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) else {
                continue;
            };
            let names = match call {
                ".t(" => Some(BTreeSet::new()),
                ".f(" => names(rest),
                ".n(" => Some(BTreeSet::from(["n".to_owned()])),
                _ => one_name(rest),
            };
            asks.push(Ask { key: key.to_owned(), names });
        }
    }
    asks
}

/// The name in `, "name", value)`.
fn one_name(after_key: &str) -> Option<BTreeSet<String>> {
    let name = after_key.trim_start().strip_prefix(',')?.trim_start().strip_prefix('"')?.split_once('"')?.0;
    Some(BTreeSet::from([name.to_owned()]))
}

/// The names in `, &[("name", value), …])`.
fn names(after_key: &str) -> Option<BTreeSet<String>> {
    let list = after_key.trim_start().strip_prefix(',')?.trim_start().strip_prefix("&[")?;
    let mut depth = 1;
    let end = list.char_indices().find_map(|(i, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        (depth == 0).then_some(i)
    })?;
    let mut names = BTreeSet::new();
    let mut rest = &list[..end];
    // A name opens its pair: `("name",`. Other strings are values.
    while let Some((_, after)) = rest.split_once("(\"") {
        let (name, tail) = after.split_once('"')?;
        if tail.trim_start().starts_with(',') {
            names.insert(name.to_owned());
        }
        rest = tail;
    }
    // Pairs without a name on the spot are variables of Rust.
    (!names.is_empty() || list[..end].trim().is_empty()).then_some(names)
}

#[test]
fn the_scanner_sees() {
    let source = r#"{{ words.t("a-b") }} x.f(
        "c", &[("n", v[0].into()), ("who", name("x").into())]) y.f("d", &args) z.t(key) .f("e", &[])
        s.n("g", n) s.with("h", "name", x) .word("state", w) .word(family, w)"#;
    let ask = |key: &str, names: Option<&[&str]>| Ask {
        key: key.to_owned(),
        names: names.map(|names| names.iter().map(|&name| name.to_owned()).collect()),
    };
    let expected = [
        ask("a-b", Some(&[])),
        ask("c", Some(&["n", "who"])),
        ask("d", None),
        ask("e", Some(&[])),
        ask("g", Some(&["n"])),
        ask("h", Some(&["name"])),
    ];
    let mut found = asks(source);
    found.sort_by(|a, b| a.key.cmp(&b.key));
    assert_eq!(found, expected);
    assert_eq!(word_families(source), ["state"]);
}

#[test]
fn all_languages_have_the_same_keys_and_variables() {
    let mut problems = Vec::new();
    for file in FILES {
        let english = messages(Lang::En, file);
        for &lang in Lang::ALL {
            let theirs = messages(lang, file);
            for (key, variables) in &english {
                match theirs.get(key) {
                    None => problems.push(format!("{lang}/{file} lacks {key}")),
                    Some(other) if other != variables => {
                        problems.push(format!("{lang}/{file} {key}: {other:?}, in English {variables:?}"));
                    }
                    Some(_) => {}
                }
            }
            for key in theirs.keys().filter(|key| !english.contains_key(*key)) {
                problems.push(format!("{lang}/{file} has {key}, which English lacks"));
            }
        }
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_key_asked_for_exists_with_these_variables() {
    let catalogue = catalogue(Lang::En);
    let mut problems = Vec::new();
    for (path, source) in sources() {
        for ask in asks(&source) {
            match catalogue.get(&ask.key) {
                None => problems.push(format!("{}: there is no {}", path.display(), ask.key)),
                Some(variables) if ask.names.as_ref().is_some_and(|names| names != variables) => {
                    problems.push(format!("{}: {ask:?}, but it has {variables:?}", path.display()));
                }
                Some(_) => {}
            }
        }
    }
    let families = families();
    for (path, source) in sources() {
        for family in word_families(&source) {
            if !families.iter().any(|(known, _)| *known == family) {
                problems.push(format!("{}: the family {family} is not listed", path.display()));
            }
        }
    }
    for (family, words) in families {
        let members = words.iter().map(|word| member(family, word));
        problems.extend(
            members.filter(|key| !catalogue.contains_key(key)).map(|key| format!("there is no {key}")),
        );
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn every_key_is_used() {
    let sources = sources();
    let literals: BTreeSet<&str> = sources.iter().flat_map(|(_, source)| source.split('"')).collect();
    let members: BTreeSet<String> = families()
        .into_iter()
        .flat_map(|(family, words)| words.into_iter().map(move |word| member(family, word)))
        .collect();
    let unused: Vec<String> = catalogue(Lang::En)
        .into_keys()
        .filter(|key| !literals.contains(key.as_str()) && !members.contains(key))
        .collect();
    assert!(unused.is_empty(), "nobody uses\n{}", unused.join("\n"));
}

/// The codes with which use cases refuse: `Refused("code")`, `invalid("field", "code")`.
fn codes(source: &str) -> Vec<&str> {
    let quoted =
        |text: &'static str| source.match_indices(text).map(move |(at, call)| &source[at + call.len()..]);
    let refused = quoted("Refused(").filter_map(|rest| rest.strip_prefix('"')?.split('"').next());
    let invalid = quoted("invalid(").filter_map(|rest| {
        let (_, code) = rest.split(')').next()?.split_once(',')?;
        code.trim().strip_prefix('"')?.strip_suffix('"')
    });
    refused.chain(invalid).collect()
}

#[test]
fn every_refusal_has_a_sentence() {
    assert_eq!(
        codes(r#"Error::Refused("a") invalid("f", "b") invalid(f, "c") Refused(x) invalid(f, x)"#),
        ["a", "b", "c"]
    );
    let mut problems = BTreeSet::new();
    let theirs =
        |path: &Path| ["app/src", "web/src"].iter().any(|part| path.to_string_lossy().contains(part));
    for (path, source) in sources().into_iter().filter(|(path, _)| theirs(path)) {
        let known = |code: &str| {
            PROBLEMS.contains(&code)
                || receivable::problems().contains(&code)
                || suspension::problems().contains(&code)
                || signal::problems().contains(&code)
                || claim::problems().contains(&code)
                || charging::PROBLEMS.contains(&code)
                || collection::problems().contains(&code)
        };
        for code in codes(&source).into_iter().filter(|code| !known(code)) {
            problems.insert(format!("{}: {code}", path.display()));
        }
    }
    assert!(problems.is_empty(), "{problems:#?}");
}
