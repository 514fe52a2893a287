//! The commands, one file each.

pub(crate) mod backup;
pub(crate) mod desk;
pub(crate) mod doctor;
pub(crate) mod inbox;
pub(crate) mod init;
pub(crate) mod lines;
pub(crate) mod mail;
pub(crate) mod microsoft;
pub(crate) mod reindex;
pub(crate) mod user;
pub(crate) mod vehicle;
pub(crate) mod verify;

use std::{
    fs,
    io::{self, BufRead},
};

use anyhow::{Context, Result, bail};
use store::Store;

use crate::{config::Config, out};

/// `migrate`: brings the schema forward and says what that took.
///
/// # Errors
/// As the database says.
pub(crate) async fn migrate(config: Config) -> Result<()> {
    fs::create_dir_all(&config.data_dir).with_context(|| config.data_dir.display().to_string())?;
    let applied = Store::migrate(&config.store()?).await?;
    if applied.names.is_empty() {
        out::line("The database is up to date.")?;
    }
    for name in applied.names {
        out::line(format_args!("applied {name}"))?;
    }
    Ok(())
}

/// A password from the first line of standard input: on a command line, others could read it.
///
/// # Errors
/// There is none.
pub(crate) fn password_from_stdin() -> Result<String> {
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line).context("cannot read the password from standard input")?;
    let password = line.trim_end_matches(['\r', '\n']);
    if password.is_empty() {
        bail!("no password came on standard input");
    }
    Ok(password.to_owned())
}

/// A password that nobody has thought of: 20 characters without look-alikes, about 115 bits.
///
/// # Errors
/// The operating system has no random bytes.
pub(crate) fn new_password() -> Result<String> {
    const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789-_+=.,:@";
    let mut random = [0_u8; 20];
    getrandom::fill(&mut random).map_err(|error| anyhow::anyhow!("no random bytes: {error}"))?;
    // 64 letters: each is as likely as another.
    Ok(random.iter().map(|byte| char::from(LETTERS[usize::from(byte % 64)])).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_long_and_new() {
        let (one, other) = (new_password().unwrap(), new_password().unwrap());
        assert_eq!(one.len(), 20);
        assert_ne!(one, other);
    }
}
