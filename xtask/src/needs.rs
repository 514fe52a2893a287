//! What the machine must have. Debian's packages are installed where that is possible; otherwise it is said what
//! is missing.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{postgres, sh};

/// One thing that must be there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Need {
    what: &'static str,
    present: fn() -> bool,
    get: Get,
}

/// Where a missing thing comes from.
#[derive(Clone, Copy, Debug)]
enum Get {
    /// A Debian package.
    Apt(&'static str),
    /// Something that a person has to do.
    ByHand(&'static str),
}

/// For building the program.
pub(crate) const BUILD: &[Need] = &[
    Need {
        what: "a C compiler",
        present: || sh::find_program("cc").is_some(),
        get: Get::Apt("build-essential"),
    },
    Need {
        what: "Node.js 20 or newer, with npm",
        present: || {
            let node = sh::output(Command::new("node").arg("--version"));
            node.is_ok_and(|version| major(&version) >= Some(20)) && sh::find_program("npm").is_some()
        },
        get: Get::ByHand("install Node.js 20 or newer"),
    },
];

/// For the tests, beyond what building needs.
pub(crate) const TEST: &[Need] = &[
    Need {
        what: "rustfmt and clippy",
        present: || ["fmt", "clippy"].iter().all(|tool| sh::output(sh::cargo(tool).arg("--version")).is_ok()),
        get: Get::ByHand("rustup component add rustfmt clippy"),
    },
    Need { what: "git", present: || sh::find_program("git").is_some(), get: Get::Apt("git") },
    Need {
        what: "a PostgreSQL server, 15 or newer",
        present: || postgres::installed().is_some(),
        get: Get::Apt("postgresql"),
    },
    Need {
        what: "Dovecot with IMAP",
        present: || sh::find_program("dovecot").is_some() && sh::output(&mut dovecot_imap()).is_ok(),
        get: Get::Apt("dovecot-imapd"),
    },
    Need {
        what: "swaks, which sends test mail",
        present: || sh::find_program("swaks").is_some(),
        get: Get::Apt("swaks"),
    },
    Need {
        what: "pdftotext, which reads printed pages",
        present: || sh::find_program("pdftotext").is_some(),
        get: Get::Apt("poppler-utils"),
    },
    Need { what: "Chromium", present: || chromium().is_some(), get: Get::Apt("chromium") },
    Need {
        what: "a font with Chinese characters",
        present: || sh::output(Command::new("fc-list").arg(":lang=zh")).is_ok_and(|fonts| !fonts.is_empty()),
        get: Get::Apt("fonts-noto-cjk"),
    },
];

/// Where Chromium lies: where `PARTNERDESK_CHROMIUM` says, else where packages put it.
pub(crate) fn chromium() -> Option<std::path::PathBuf> {
    match std::env::var_os("PARTNERDESK_CHROMIUM") {
        Some(path) => Some(path.into()),
        None => ["chromium", "chromium-browser"].iter().find_map(|name| sh::find_program(name)),
    }
}

/// Makes sure that all of them are there: by installing packages as root of a Debian-like system, else by saying
/// what to install.
pub(crate) fn ensure(needs: &[Need]) -> Result<()> {
    let mut missing = missing(needs);
    let packages: Vec<&str> = missing
        .iter()
        .filter_map(|need| match need.get {
            Get::Apt(package) => Some(package),
            Get::ByHand(_) => None,
        })
        .collect();
    if !packages.is_empty() && can_install() {
        println!("installing Debian packages: {}", packages.join(" "));
        sh::run(apt_get().arg("update"))?;
        sh::run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(&packages))?;
        missing = self::missing(needs);
    }
    if missing.is_empty() {
        return Ok(());
    }
    let lines: Vec<String> = missing
        .iter()
        .map(|need| match need.get {
            Get::Apt(package) => format!("  {}: on Debian, `apt-get install {package}`", need.what),
            Get::ByHand(how) => format!("  {}: {how}", need.what),
        })
        .collect();
    bail!("this is missing here:\n{}", lines.join("\n"))
}

fn missing(needs: &[Need]) -> Vec<Need> {
    needs.iter().filter(|need| !(need.present)()).copied().collect()
}

fn can_install() -> bool {
    sh::find_program("apt-get").is_some() && is_root()
}

/// Whether this process may become any user.
pub(crate) fn is_root() -> bool {
    sh::output(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn apt_get() -> Command {
    let mut apt = Command::new("apt-get");
    apt.arg("-q").env("DEBIAN_FRONTEND", "noninteractive");
    apt
}

/// Dovecot's core package has no IMAP of its own: its program lies beside the other helpers.
fn dovecot_imap() -> Command {
    let mut test = Command::new("test");
    test.args(["-x", "/usr/lib/dovecot/imap"]);
    test
}

/// The first number of a version such as `v20.11.1`.
fn major(version: &str) -> Option<u32> {
    version.trim().trim_start_matches('v').split('.').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_a_version() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major("9.0"), Some(9));
        assert_eq!(major("node"), None);
    }

    #[test]
    fn says_what_is_missing() {
        let there = Need { what: "this", present: || true, get: Get::ByHand("nothing") };
        let absent = Need { what: "a unicorn", present: || false, get: Get::ByHand("catch one") };
        assert!(ensure(&[there]).is_ok());
        let error = ensure(&[there, absent]).unwrap_err().to_string();
        assert_eq!(error, "this is missing here:\n  a unicorn: catch one");
    }
}
