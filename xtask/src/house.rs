//! The rules of the house that a compiler does not know, as tests over the manifests and the sources.
//!
//! ARCHITECTURE.md explains them. Whoever changes a table here changes a sentence there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::{files, sh};

/// Our crates from the bottom to the top: a crate depends on lower layers only. `testkit` stands beside them all and
/// is only ever a dev-dependency. `microsoft-sim` stands below `microsoft`, which is tried against it.
const LAYERS: &[&[&str]] = &[
    &["domain"],
    &["microsoft-sim"],
    &["store", "mail", "microsoft", "text", "documents"],
    &["app"],
    &["web"],
    &["partnerdesk"],
];

/// Crates that tests are made with, and that no shipped crate needs.
const FOR_TESTS: &[&str] = &["testkit"];

/// Crates that stand outside: nothing of ours depends on them.
const TOOLS: &[&str] = &["xtask"];

/// Crates that measure the whole house beside what it is built on: they may name all of it, `testkit` too, and every
/// library. Nothing of ours depends on them.
const MEASURES: &[&str] = &["bench"];

/// Which crates may name a library. `ANYONE` stands for words of the whole house.
const LIBRARIES: &[(&str, &[&str])] = &[
    ("ammonia", &["mail"]),
    ("anyhow", ANYONE),
    ("argon2", &["app"]),
    ("askama", &["web"]),
    ("axum", &["web", "partnerdesk", "microsoft-sim"]),
    ("base64", ANYONE),
    ("chacha20poly1305", &["app"]),
    ("clap", &["partnerdesk"]),
    // Reads the tables that suppliers, banks and accountants send.
    ("csv", &["app"]),
    ("deadpool-postgres", &["store"]),
    // Proves who wrote a message between desks.
    ("ed25519-dalek", &["app"]),
    ("fluent-bundle", &["text"]),
    ("fluent-syntax", &["text"]),
    ("futures-util", ANYONE),
    ("getrandom", ANYONE),
    ("hmac", ANYONE),
    ("html2text", &["mail"]),
    ("imap-proto", &["mail"]),
    ("insta", ANYONE),
    ("jieba-rs", &["store"]),
    ("jiff", ANYONE),
    ("lettre", &["mail"]),
    ("mail-parser", &["mail"]),
    ("proptest", ANYONE),
    ("quick-xml", &["app"]),
    ("rand", ANYONE),
    ("rcgen", &["microsoft", "microsoft-sim"]),
    ("reqwest", &["microsoft", "microsoft-sim", "app"]),
    ("rusqlite", &["store"]),
    ("rust_decimal", ANYONE),
    ("rust-stemmers", &["store"]),
    // Who opens a connection; `partnerdesk` chooses the cryptography for all.
    ("rustix", &["mail"]),
    ("rustls", &["store", "mail", "microsoft", "microsoft-sim", "partnerdesk"]),
    // Proves certificates that sign events.
    ("rustls-webpki", &["microsoft"]),
    ("serde", ANYONE),
    ("serde_json", ANYONE),
    ("serde_path_to_error", &["web"]),
    ("sha2", ANYONE),
    ("thiserror", ANYONE),
    ("tokio", ANYONE),
    ("tokio-postgres", &["store"]),
    ("tokio-postgres-rustls", &["store"]),
    ("tokio-rustls", &["mail", "microsoft"]),
    ("toml", &["partnerdesk"]),
    ("tower", &["web"]),
    ("tower-http", &["web"]),
    ("tracing", ANYONE),
    ("tracing-subscriber", &["partnerdesk"]),
    ("typst", &["documents"]),
    ("typst-assets", &["documents"]),
    ("typst-pdf", &["documents"]),
    ("unic-langid", &["text"]),
    ("unicode-normalization", &["store", "mail"]),
    ("unicode-segmentation", &["store"]),
    ("utoipa", &["web"]),
    ("uuid", ANYONE),
    ("webpki-roots", &["store", "mail", "microsoft"]),
    ("x509-cert", &["microsoft"]),
];
const ANYONE: &[&str] = &[];

/// All that `domain` may name: values, and how they are written.
const DOMAIN_MAY_NAME: &[&str] = &["jiff", "rust_decimal", "serde", "serde_json", "thiserror", "uuid"];

/// What must not be reached from `domain`, however far down: the beginnings of names of crates that do IO.
const DOMAIN_MUST_NOT_REACH: &[&str] = &[
    "async",
    "axum",
    "futures",
    "hyper",
    "libsqlite3",
    "mio",
    "postgres",
    "reqwest",
    "rusqlite",
    "rustls",
    "socket2",
    "tokio",
];

/// Longest source file, in lines. A longer one has two things in it.
const LINES: usize = 600;

/// Files that may be longer, each with its reason.
const MAY_BE_LONGER: &[(&str, &str)] = &[];

/// A crate of ours, as `cargo metadata` tells it.
struct Member {
    name: String,
    manifest: PathBuf,
    needs: Vec<Needs>,
    test_binaries: usize,
    publishable: bool,
}

/// One line under a manifest's dependencies.
struct Needs {
    name: String,
    /// Ours: it has a path.
    ours: bool,
    /// For tests only.
    dev: bool,
}

fn members() -> Vec<Member> {
    let metadata =
        sh::output(sh::cargo("metadata").args(["--format-version=1", "--no-deps", "--locked"])).unwrap();
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let array = |value: &Value| value.as_array().unwrap().clone();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let needs = |line: &Value| Needs {
        name: text(&line["name"]),
        ours: line["path"].is_string(),
        dev: line["kind"] == "dev",
    };
    array(&metadata["packages"])
        .iter()
        .map(|package| Member {
            name: text(&package["name"]),
            manifest: text(&package["manifest_path"]).into(),
            needs: array(&package["dependencies"]).iter().map(needs).collect(),
            test_binaries: array(&package["targets"]).iter().filter(|t| t["kind"][0] == "test").count(),
            publishable: package["publish"] != Value::Array(Vec::new()),
        })
        .collect()
}

fn layer(name: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&name))
}

#[track_caller]
fn assert_none(faults: &[String]) {
    assert!(faults.is_empty(), "\n  {}", faults.join("\n  "));
}

#[test]
fn every_crate_has_its_place() {
    let known: BTreeSet<&str> =
        LAYERS.iter().copied().chain([FOR_TESTS, TOOLS, MEASURES]).flatten().copied().collect();
    let members = members();
    let there: BTreeSet<&str> = members.iter().map(|member| member.name.as_str()).collect();
    assert_eq!(there, known);
}

#[test]
fn arrows_point_down() {
    let mut faults = Vec::new();
    for member in members() {
        for needs in member.needs.iter().filter(|needs| needs.ours) {
            let (from, to) = (member.name.as_str(), needs.name.as_str());
            let fine = match (layer(from), layer(to)) {
                (Some(from), Some(to)) => to < from,
                (Some(_), None) => FOR_TESTS.contains(&to) && needs.dev,
                (None, to) if FOR_TESTS.contains(&from) => to.is_some(),
                (None, to) => {
                    MEASURES.contains(&from) && (to.is_some() || FOR_TESTS.contains(&needs.name.as_str()))
                }
            };
            if !fine {
                faults.push(format!("{from} → {to}"));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn a_library_is_named_only_by_its_owners() {
    let free = [FOR_TESTS, MEASURES].concat();
    let mut faults = Vec::new();
    for member in members().iter().filter(|member| !free.contains(&member.name.as_str())) {
        for needs in member.needs.iter().filter(|needs| !needs.ours) {
            let name = &member.name;
            let library = &needs.name;
            let owners = LIBRARIES.iter().find(|(listed, _)| listed == library).map(|(_, owners)| *owners);
            let fault = match owners {
                Some(owners) if owners == ANYONE || owners.contains(&name.as_str()) => continue,
                Some(owners) => format!("{name} names {library}, which belongs to {owners:?}"),
                None => format!("{name} names {library}, which has no owner in LIBRARIES"),
            };
            faults.push(fault);
        }
    }
    assert_none(&faults);
}

#[test]
fn domain_does_no_io() {
    let members = members();
    let domain = members.iter().find(|member| member.name == "domain").unwrap();
    let named = domain.needs.iter().filter(|needs| !needs.dev).map(|needs| needs.name.as_str());
    let mut faults: Vec<String> = named
        .filter(|name| !DOMAIN_MAY_NAME.contains(name))
        .map(|name| format!("domain names {name}"))
        .collect();

    let tree = sh::output(sh::cargo("tree").args([
        "--package=domain",
        "--edges=normal",
        "--prefix=none",
        "--format={p}",
        "--locked",
    ]));
    for line in tree.unwrap().lines() {
        let name = line.split(' ').next().unwrap_or(line);
        if DOMAIN_MUST_NOT_REACH.iter().any(|beginning| name.starts_with(beginning)) {
            faults.push(format!("domain reaches {name}"));
        }
    }
    assert_none(&faults);
}

#[test]
fn every_workspace_dependency_is_used() {
    let root = std::fs::read_to_string(sh::root().join("Cargo.toml")).unwrap();
    let (_, section) = root.split_once("\n[workspace.dependencies]\n").unwrap();
    let lines = section.lines().take_while(|line| !line.starts_with('['));
    let listed: BTreeSet<&str> =
        lines.filter_map(|line| line.split_once(" = ")).map(|(name, _)| name).collect();
    assert!(listed.contains("domain"), "the section is read");

    let members = members();
    let used: BTreeSet<&str> =
        members.iter().flat_map(|m| &m.needs).map(|needs| needs.name.as_str()).collect();
    assert_none(
        &listed.difference(&used).map(|name| format!("{name} is used by no crate")).collect::<Vec<_>>(),
    );
}

#[test]
fn every_crate_takes_the_house_settings() {
    let mut faults = Vec::new();
    for member in members() {
        let manifest = std::fs::read_to_string(&member.manifest).unwrap();
        if !manifest.contains("\n[lints]\nworkspace = true\n") {
            faults.push(format!("{} does not take the lints of the workspace", member.name));
        }
        for key in ["version", "edition", "rust-version", "license"] {
            if !manifest.contains(&format!("\n{key}.workspace = true\n")) {
                faults.push(format!("{} has a {key} of its own", member.name));
            }
        }
        if member.publishable {
            faults.push(format!("{} could be published", member.name));
        }
        // Each binary links SQLite again.
        if member.test_binaries > 1 {
            faults.push(format!(
                "{} has {} test binaries: put them into tests/it/",
                member.name, member.test_binaries
            ));
        }
    }
    assert_none(&faults);
}

#[test]
fn no_source_file_is_too_long() {
    let mut faults = Vec::new();
    let sources = ["bench", "crates", "xtask"]
        .map(|folder| files::below(&sh::root().join(folder), &["target"]).unwrap());
    let mut longer_than_allowed = BTreeSet::new();
    for file in sources.concat().iter().filter(|file| file.extension().is_some_and(|e| e == "rs")) {
        let lines = std::fs::read_to_string(file).unwrap().lines().count();
        let name = file.strip_prefix(sh::root()).unwrap().display().to_string();
        if lines <= LINES {
            continue;
        }
        if !MAY_BE_LONGER.iter().any(|(listed, _)| *listed == name) {
            faults.push(format!("{name} has {lines} lines; {LINES} are allowed"));
        }
        longer_than_allowed.insert(name);
    }
    for (name, reason) in MAY_BE_LONGER {
        assert!(!reason.is_empty(), "{name} has no reason");
        if !longer_than_allowed.contains(*name) {
            faults.push(format!("{name} need not be in MAY_BE_LONGER"));
        }
    }
    assert_none(&faults);
}

/// A file that no `mod` names is not compiled: its tests would not run, and nobody would miss them.
#[test]
fn every_source_file_is_compiled() {
    let root = |file: &Path| {
        matches!(file.file_name().and_then(|n| n.to_str()), Some("lib.rs" | "main.rs" | "build.rs"))
    };
    let mut faults = Vec::new();
    for folder in ["bench", "crates", "xtask"] {
        let files = files::below(&sh::root().join(folder), &["target"]).unwrap();
        for file in files.iter().filter(|file| file.extension().is_some_and(|e| e == "rs") && !root(file)) {
            let folder = file.parent().unwrap();
            // A folder's own file stands in it as mod.rs, or beside it under its name.
            let (module, above) = if file.ends_with("mod.rs") {
                (folder, folder.parent().unwrap())
            } else {
                (file.as_path(), folder)
            };
            let name = module.file_stem().unwrap().to_str().unwrap();
            let by = [
                above.join("mod.rs"),
                above.join("lib.rs"),
                above.join("main.rs"),
                above.with_extension("rs"),
            ];
            let named = by
                .iter()
                .filter_map(|parent| std::fs::read_to_string(parent).ok())
                .any(|text| text.lines().any(|line| line.trim_end().ends_with(&format!("mod {name};"))));
            if !named {
                faults.push(format!("{}: no `mod {name};`", file.display()));
            }
        }
    }
    assert_none(&faults);
}

#[test]
fn links_between_documents_lead_somewhere() {
    let mut faults = Vec::new();
    let mut links = 0;
    let skip = [".git", "target", "node_modules"];
    for page in files::below(sh::root(), &skip)
        .unwrap()
        .iter()
        .filter(|file| file.extension().is_some_and(|e| e == "md"))
    {
        let text = std::fs::read_to_string(page).unwrap();
        for link in text.split("](").skip(1).filter_map(|rest| rest.split_once(')')).map(|(link, _)| link) {
            let file = link.split('#').next().unwrap_or(link);
            if file.is_empty() || file.contains("://") || file.starts_with("mailto:") {
                continue;
            }
            links += 1;
            if !page.with_file_name(file).exists() {
                faults.push(format!("{}: {link}", page.display()));
            }
        }
    }
    assert!(links > 0, "links are found");
    assert_none(&faults);
}
