//! Licences, bans and sources of every crate in the lock file, by the rules of `deny.toml`.

use std::collections::BTreeSet;

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::sh;

/// Fails with every crate that `deny.toml` does not let in.
pub(crate) fn check() -> Result<()> {
    let rules = std::fs::read_to_string(sh::root().join("deny.toml")).context("cannot read deny.toml")?;
    let rules = Rules::read(&rules)?;
    let metadata = sh::output(sh::cargo("metadata").args(["--format-version=1", "--locked"]))?;
    let metadata: Value = serde_json::from_str(&metadata)?;
    let packages = metadata["packages"].as_array().context("cargo metadata lists no packages")?;

    let registries: BTreeSet<&str> =
        packages.iter().filter_map(|package| package["source"].as_str()).collect();
    ensure!(registries.len() == 1, "crates come from one registry, not from {registries:?}");

    let faults: Vec<String> = packages.iter().filter_map(|package| rules.fault(package)).collect();
    ensure!(faults.is_empty(), "deny.toml does not let these in:\n  {}", faults.join("\n  "));
    Ok(())
}

#[derive(Debug)]
struct Rules {
    licences: Vec<String>,
    banned: Vec<String>,
}

impl Rules {
    /// Reads the two lists that matter here. The file is ours and plain, so this is no reader of TOML.
    fn read(deny: &str) -> Result<Self> {
        let list = |section: &str, key: &str| -> Result<Vec<&str>> {
            let items = deny
                .split_once(&format!("\n[{section}]"))
                .and_then(|(_, rest)| rest.split_once(&format!("\n{key} = [\n")))
                .and_then(|(_, rest)| rest.split_once("\n]"))
                .map(|(items, _)| items.lines().collect::<Vec<_>>());
            items
                .filter(|items| !items.is_empty())
                .with_context(|| format!("deny.toml has no {section}.{key}"))
        };
        let quoted = |line: &str| line.split('"').nth(1).map(ToOwned::to_owned);
        Ok(Self {
            licences: list("licenses", "allow")?.into_iter().filter_map(quoted).collect(),
            banned: list("bans", "deny")?.into_iter().filter_map(quoted).collect(),
        })
    }

    /// Why a package of `cargo metadata` may not come in, if it may not.
    fn fault(&self, package: &Value) -> Option<String> {
        let name = package["name"].as_str().unwrap_or("?");
        let licence = package["license"].as_str().unwrap_or("");
        match package["source"].as_str() {
            // Ours: path dependencies lie in the checkout, or the lock file of a clone would not resolve.
            None => {}
            Some(source) if source.starts_with("registry+") => {}
            Some(source) => return Some(format!("{name} comes from {source}")),
        }
        if self.banned.iter().any(|banned| banned == name) {
            return Some(format!("{name} is banned"));
        }
        if !self.accepts(licence) {
            return Some(format!("{name} has the licence `{licence}`"));
        }
        None
    }

    /// Whether an SPDX expression can be met with allowed licences alone. `A/B` is how old manifests write `A OR B`.
    fn accepts(&self, expression: &str) -> bool {
        let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut rest = words.as_slice();
        self.any(&mut rest) == Some(true) && rest.is_empty()
    }

    fn any(&self, words: &mut &[&str]) -> Option<bool> {
        let mut met = self.all(words)?;
        while let ["OR", rest @ ..] = *words {
            *words = rest;
            met |= self.all(words)?;
        }
        Some(met)
    }

    fn all(&self, words: &mut &[&str]) -> Option<bool> {
        let mut met = self.one(words)?;
        while let ["AND", rest @ ..] = *words {
            *words = rest;
            met &= self.one(words)?;
        }
        Some(met)
    }

    fn one(&self, words: &mut &[&str]) -> Option<bool> {
        let (met, rest) = match *words {
            ["(", rest @ ..] => {
                *words = rest;
                let met = self.any(words)?;
                let [")", rest @ ..] = *words else { return None };
                (met, rest)
            }
            // An exception only permits more.
            [licence, "WITH", _, rest @ ..] | [licence, rest @ ..] => {
                (self.licences.iter().any(|l| l == licence), rest)
            }
            [] => return None,
        };
        *words = rest;
        Some(met)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const DENY: &str = "\n[licenses]\nallow = [\n    \"MIT\",\n    \"ISC\",\n]\n\n[bans]\ndeny = [\n    { crate = \"evil\", reason = \"is\" },\n]\n";

    fn check(expression: &str, accepted: bool) {
        assert_eq!(Rules::read(DENY).unwrap().accepts(expression), accepted, "{expression}");
    }

    #[test]
    fn judges_expressions() {
        check("MIT", true);
        check("GPL-3.0", false);
        check("GPL-3.0 OR MIT", true);
        check("GPL-3.0/MIT", true);
        check("GPL-3.0 AND MIT", false);
        check("MIT AND ISC", true);
        check("(GPL-3.0 OR MIT) AND ISC", true);
        check("(GPL-3.0 AND MIT) OR ISC", true);
        check("GPL-3.0 OR MIT AND GPL-2.0", false);
        check("MIT WITH LLVM-exception OR GPL-3.0", true);
        check("GPL-3.0 WITH Classpath-exception-2.0", false);
    }

    #[test]
    fn takes_nothing_that_it_cannot_read() {
        for bad in ["", "MIT OR", "(MIT", "MIT)", "MIT ISC", "OR", "AND MIT", "()"] {
            check(bad, false);
        }
    }

    #[test]
    fn finds_what_may_not_come_in() {
        let rules = Rules::read(DENY).unwrap();
        let fault = |name: &str, licence: Value, source: &str| {
            rules.fault(&json!({ "name": name, "license": licence, "source": source }))
        };
        assert_eq!(fault("good", json!("MIT"), "registry+x"), None);
        assert_eq!(fault("evil", json!("MIT"), "registry+x").unwrap(), "evil is banned");
        assert_eq!(fault("mute", Value::Null, "registry+x").unwrap(), "mute has the licence ``");
        assert_eq!(fault("fork", json!("MIT"), "git+x").unwrap(), "fork comes from git+x");
    }

    #[test]
    fn a_file_without_rules_is_a_fault() {
        assert!(Rules::read("\n[licenses]\n[bans]\n").is_err());
    }
}
