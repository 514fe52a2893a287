//! The package: what goes with a hand-over, what is missing in it, and what nobody outside may read of it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::message::{About, Hash};
use crate::lang::Lang;
use crate::party::supplier::SupplierKind;
use crate::ticket::diagnosis::{Diagnosis, Evidence};
use crate::ticket::kinds::{Kind, Service, Severity};

/// A step that was tried.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tried {
    /// What was done.
    pub text: String,
    /// What was found.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub finding: String,
    /// Why it was left out, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub skipped: Option<String>,
}

/// Whom the supplier asks: the partner, never the customer
/// (`facts`: contact data on any request filed for a customer are the partner's, csp §1.6).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caller {
    /// The desk.
    pub desk: String,
    /// Where it reads mail.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// What the request is called there.
    pub number: String,
}

/// A file beside a message: the message names it, and its bytes are asked for by whoever reads the message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosed {
    /// Its name, as whoever made it gave it.
    pub name: String,
    /// Its type, as whoever made it gave it.
    pub content_type: String,
    /// Its size in bytes.
    pub size: u64,
    /// The SHA-256 of its bytes.
    pub sha256: Hash,
}

/// The most files beside one message.
pub const FILES: usize = 20;
/// The largest file that is asked for, in bytes.
pub const FILE: u64 = 25 << 20;

/// Those that are asked for: a message may name more than anybody would take.
pub fn wanted(files: &[Enclosed]) -> impl Iterator<Item = &Enclosed> {
    files.iter().take(FILES).filter(|file| file.size <= FILE)
}

/// What goes to the supplier.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Package {
    /// What it is about.
    #[serde(flatten)]
    pub about: About,
    /// What it is called.
    pub subject: String,
    /// The matter, in the supplier's language.
    pub summary: String,
    /// That language.
    pub summary_lang: Lang,
    /// As the customer wrote it.
    pub original: String,
    /// Evidence by its word. Words that we do not know are kept.
    #[serde(default)]
    pub evidence: BTreeMap<String, String>,
    /// What was tried.
    #[serde(default)]
    pub steps: Vec<Tried>,
    /// Files that an agent chose. They go as they are.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<Enclosed>,
    /// Whom to ask.
    pub caller: Caller,
    /// When the customer asked.
    pub opened: Timestamp,
}

impl Package {
    /// A piece of evidence.
    #[must_use]
    pub fn evidence(&self, evidence: Evidence) -> Option<&str> {
        self.evidence.get(evidence.word()).map(String::as_str)
    }

    /// The evidence and the steps of a diagnosis.
    pub fn take(&mut self, diagnosis: &Diagnosis) {
        self.evidence = diagnosis
            .evidence
            .iter()
            .filter(|(_, said)| !said.trim().is_empty())
            .map(|(evidence, said)| (evidence.word().to_owned(), said.trim().to_owned()))
            .collect();
        self.steps = diagnosis
            .steps
            .iter()
            .map(|step| Tried {
                text: step.text.clone(),
                finding: step.finding.clone(),
                skipped: step.skipped.clone(),
            })
            .collect();
    }

    /// The same without the customer's people.
    #[must_use]
    pub fn redacted(&self, people: &People) -> Package {
        let clean = |text: &String| people.redact(text);
        Package {
            subject: clean(&self.subject),
            summary: clean(&self.summary),
            original: clean(&self.original),
            evidence: self.evidence.iter().map(|(word, said)| (word.clone(), clean(said))).collect(),
            steps: self
                .steps
                .iter()
                .map(|step| Tried {
                    text: clean(&step.text),
                    finding: clean(&step.finding),
                    skipped: step.skipped.as_ref().map(clean),
                })
                .collect(),
            ..self.clone()
        }
    }
}

/// One line of what suppliers ask for. An empty list stands for all.
#[derive(Clone, Copy, Debug)]
pub struct Need {
    suppliers: &'static [SupplierKind],
    services: &'static [Service],
    kinds: &'static [Kind],
    severities: &'static [Severity],
    /// What is asked for.
    pub evidence: Evidence,
    /// Whether it is sent back without.
    pub blocks: bool,
}

/// What suppliers ask for. Requests without the tenant, the times, the number of users and what was tried are bounced
/// (csp §1.6 and §1.10); the rest speeds the answer up.
pub const NEEDS: &[Need] = {
    use Evidence as E;
    use Kind::{Billing, Subscription, Technical};
    use Service::{Azure, Dynamics365, Marketplace, Microsoft365, OnPremises};
    use SupplierKind::{Microsoft, Outsourcer, Provider, Publisher};
    const CLOUD: &[Service] = &[Microsoft365, Azure, Dynamics365];
    const LINE: Need = Need {
        suppliers: &[],
        services: &[],
        kinds: &[Technical],
        severities: &[],
        evidence: E::StepsTried,
        blocks: false,
    };
    const ABOVE: &[SupplierKind] = &[Microsoft, Provider];
    &[
        Need { suppliers: ABOVE, services: CLOUD, kinds: &[], evidence: E::TenantId, blocks: true, ..LINE },
        Need { suppliers: &[Outsourcer], services: CLOUD, kinds: &[], evidence: E::TenantId, ..LINE },
        Need { services: &[Azure], kinds: &[], evidence: E::SubscriptionId, blocks: true, ..LINE },
        Need { services: &[Azure], evidence: E::ResourceId, ..LINE },
        Need {
            kinds: &[Subscription],
            services: &[Microsoft365, Dynamics365],
            evidence: E::SubscriptionId,
            ..LINE
        },
        Need { kinds: &[Billing], evidence: E::InvoiceLine, blocks: true, ..LINE },
        Need { services: &[OnPremises], evidence: E::ProductVersion, blocks: true, ..LINE },
        Need { suppliers: &[Publisher], services: &[Marketplace], evidence: E::ProductVersion, ..LINE },
        Need { evidence: E::FirstSeen, blocks: true, ..LINE },
        Need { evidence: E::LastSeen, ..LINE },
        Need { evidence: E::UsersAffected, blocks: true, ..LINE },
        Need { evidence: E::ErrorText, ..LINE },
        Need { evidence: E::StepsTried, blocks: true, ..LINE },
        Need { evidence: E::Reproduction, ..LINE },
        Need { services: CLOUD, evidence: E::CorrelationIds, ..LINE },
        Need { services: CLOUD, evidence: E::HealthIncident, ..LINE },
        Need { severities: &[Severity::A], evidence: E::BusinessImpact, blocks: true, ..LINE },
    ]
};

/// What a supplier of this kind asks for in such a matter, in the order of the table, each once.
#[must_use]
pub fn needs(supplier: SupplierKind, about: &About) -> Vec<(Evidence, bool)> {
    let applies = |need: &&Need| {
        (need.suppliers.is_empty() || need.suppliers.contains(&supplier))
            && (need.services.is_empty() || need.services.contains(&about.service))
            && (need.kinds.is_empty() || need.kinds.contains(&about.kind))
            && (need.severities.is_empty() || need.severities.contains(&about.severity))
    };
    let mut seen = BTreeSet::new();
    let lines = NEEDS.iter().filter(applies);
    lines.filter(|need| seen.insert(need.evidence)).map(|need| (need.evidence, need.blocks)).collect()
}

/// What is missing of it: the evidence, and whether it is sent back without. Steps of the diagnosis are what was tried.
#[must_use]
pub fn missing(supplier: SupplierKind, package: &Package) -> Vec<(Evidence, bool)> {
    let there = |evidence: Evidence| {
        package.evidence(evidence).is_some_and(|said| !said.trim().is_empty())
            || (evidence == Evidence::StepsTried && !package.steps.is_empty())
    };
    needs(supplier, &package.about).into_iter().filter(|(evidence, _)| !there(*evidence)).collect()
}

/// The customer's people: who must not be named outside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct People {
    /// Their names.
    pub names: Vec<String>,
    /// Their telephone numbers.
    pub phones: Vec<String>,
    /// Addresses that may stay: the desk's own.
    pub keep: Vec<String>,
}

/// What stands where something was taken out.
pub const HIDDEN: &str = "[•••]";

/// The shortest part of a name that is looked for alone, in characters.
const PART: usize = 3;

impl People {
    /// A text without their names, without mail addresses and without their telephone numbers.
    #[must_use]
    pub fn redact(&self, text: &str) -> String {
        let mut clean = self.without_addresses(text);
        for phone in &self.phones {
            clean = without_digits(&clean, phone);
        }
        clean = without_international(&clean);
        let mut names: Vec<&str> = self.names.iter().map(|name| name.trim()).collect();
        names.extend(self.names.iter().flat_map(|name| name.split_whitespace()));
        names.retain(|name| name.chars().count() >= PART);
        // The whole name goes before its parts.
        names.sort_by_key(|name| std::cmp::Reverse(name.len()));
        for name in names {
            clean = without_word(&clean, name);
        }
        clean
    }

    fn without_addresses(&self, text: &str) -> String {
        let mut clean = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(at) = rest.find('@') {
            let (before, after) = rest.split_at(at);
            let inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '\'' | '%');
            let local: usize = before.chars().rev().take_while(|c| inner(*c)).map(char::len_utf8).sum();
            let domain: usize = after.chars().skip(1).take_while(|c| inner(*c)).map(char::len_utf8).sum();
            let (start, end) = (before.len() - local, 1 + domain);
            let address = format!("{}{}", &before[start..], &after[..end]);
            if local == 0 || domain == 0 || self.keep.iter().any(|keep| address.eq_ignore_ascii_case(keep)) {
                clean.push_str(before);
                clean.push_str(&after[..end]);
            } else {
                clean.push_str(&before[..start]);
                clean.push_str(HIDDEN);
                // The full stop that ends a sentence is none of the address.
                if after[..end].ends_with('.') {
                    clean.push('.');
                }
            }
            rest = &after[end..];
        }
        clean.push_str(rest);
        clean
    }
}

/// Without a word or words, whatever the case, where no letter stands directly before or after.
fn without_word(text: &str, word: &str) -> String {
    let chars: Vec<(usize, char)> = text.char_indices().collect();
    let wanted: Vec<char> = word.chars().flat_map(char::to_lowercase).collect();
    let mut clean = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let free_before = i == 0 || !chars[i - 1].1.is_alphanumeric();
        let mut matched = 0;
        let mut end = i;
        while free_before && end < chars.len() && matched < wanted.len() {
            let mut folded = chars[end].1.to_lowercase();
            if !folded.all(|c| {
                let fits = wanted.get(matched) == Some(&c);
                matched += usize::from(fits);
                fits
            }) {
                break;
            }
            end += 1;
        }
        let free_after = chars.get(end).is_none_or(|(_, c)| !c.is_alphanumeric());
        if free_before && matched == wanted.len() && free_after && end > i {
            clean.push_str(HIDDEN);
            i = end;
        } else {
            clean.push(chars[i].1);
            i += 1;
        }
    }
    clean
}

/// What may stand between the digits of a telephone number.
fn between(c: char) -> bool {
    matches!(c, ' ' | '-' | '/' | '(' | ')' | '.' | '\u{a0}')
}

/// Without a telephone number that is known, however it is spaced.
fn without_digits(text: &str, phone: &str) -> String {
    let wanted: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    if wanted.len() < 6 {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    let mut clean = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let start = if chars[i] == '+' { i + 1 } else { i };
        let (mut at, mut matched) = (start, 0);
        while at < chars.len() && matched < wanted.len() {
            if chars[at] == wanted[matched] {
                matched += 1;
            } else if matched == 0 || !between(chars[at]) {
                break;
            }
            at += 1;
        }
        let ends = chars.get(at).is_none_or(|c| !c.is_ascii_digit());
        let begins = i == 0 || !chars[i - 1].is_ascii_digit();
        if matched == wanted.len() && ends && begins {
            clean.push_str(HIDDEN);
            i = at;
        } else {
            clean.push(chars[i]);
            i += 1;
        }
    }
    clean
}

/// Without what is written as an international telephone number: a plus sign and at least eight digits.
fn without_international(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut clean = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        if chars[i] == '+' && chars.get(i + 1).is_some_and(char::is_ascii_digit) {
            let (mut at, mut digits, mut end) = (i + 1, 0, i + 1);
            while at < chars.len() && (chars[at].is_ascii_digit() || between(chars[at])) {
                if chars[at].is_ascii_digit() {
                    digits += 1;
                    end = at + 1;
                }
                at += 1;
            }
            if digits >= 8 {
                clean.push_str(HIDDEN);
                i = end;
                continue;
            }
        }
        clean.push(chars[i]);
        i += 1;
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people() -> People {
        People {
            names: vec!["Ada Kovács".into(), "Li".into()],
            phones: vec!["030 1234567".into()],
            keep: vec!["help@nordwind.test".into()],
        }
    }

    #[test]
    fn people_of_the_customer_are_not_named() {
        for (said, sent) in [
            ("Ada Kovács cannot send", "[•••] cannot send"),
            ("ADA KOVÁCS, ada, Kovács.", "[•••], [•••], [•••]."),
            ("Adamant, Canada", "Adamant, Canada"),
            ("from ada.k@acme.test.", "from [•••]."),
            ("write to help@nordwind.test", "write to help@nordwind.test"),
            ("a @ b, @home", "a @ b, @home"),
            ("call 030/123 45 67 or +36 1 234 5678!", "call [•••] or [•••]!"),
            ("at 2026-03-02 09:00:00+01:00", "at 2026-03-02 09:00:00+01:00"),
            ("0b6a3c9e-0301-2345-6789-123456789012", "0b6a3c9e-0301-2345-6789-123456789012"),
            ("用户 ada@例子.test 不能登录", "用户 [•••] 不能登录"),
            ("", ""),
        ] {
            assert_eq!(people().redact(said), sent, "{said}");
        }
    }

    #[test]
    fn what_is_missing_is_told_with_what_blocks() {
        let about =
            About { kind: Kind::Technical, service: Service::Azure, severity: Severity::A, lang: Lang::Hu };
        let mut package = Package {
            about,
            subject: String::new(),
            summary: String::new(),
            summary_lang: Lang::En,
            original: String::new(),
            evidence: BTreeMap::new(),
            steps: Vec::new(),
            files: Vec::new(),
            caller: Caller { desk: String::new(), address: String::new(), number: String::new() },
            opened: Timestamp::UNIX_EPOCH,
        };
        let blocking = |package: &Package| {
            let all = missing(SupplierKind::Microsoft, package);
            all.into_iter().filter(|(_, blocks)| *blocks).map(|(evidence, _)| evidence).collect::<Vec<_>>()
        };
        use Evidence::{BusinessImpact, FirstSeen, StepsTried, SubscriptionId, TenantId, UsersAffected};
        assert_eq!(
            blocking(&package),
            [TenantId, SubscriptionId, FirstSeen, UsersAffected, StepsTried, BusinessImpact]
        );
        package.steps.push(Tried { text: "Restarted".into(), finding: String::new(), skipped: None });
        package.evidence.insert("tenant_id".into(), "0b6a3c9e".into());
        package.evidence.insert("users_affected".into(), "  ".into());
        assert_eq!(blocking(&package), [SubscriptionId, FirstSeen, UsersAffected, BusinessImpact]);
        package.about.severity = Severity::C;
        assert!(!blocking(&package).contains(&BusinessImpact));
        package.about = About { kind: Kind::Billing, service: Service::Other, ..about };
        assert_eq!(blocking(&package), [Evidence::InvoiceLine]);
    }

    #[test]
    fn each_line_of_needs_applies_somewhere() {
        for need in NEEDS {
            let about = About {
                kind: need.kinds.first().copied().unwrap_or(Kind::Technical),
                service: need.services.first().copied().unwrap_or(Service::Other),
                severity: need.severities.first().copied().unwrap_or(Severity::C),
                lang: Lang::En,
            };
            let supplier = need.suppliers.first().copied().unwrap_or(SupplierKind::Outsourcer);
            assert!(
                needs(supplier, &about).iter().any(|(evidence, _)| *evidence == need.evidence),
                "{need:?}"
            );
        }
    }
}
