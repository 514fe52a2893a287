//! `mail pipe`: a mail server hands a message over. It hears 0 only when the message survives a power cut.

use std::{
    ffi::OsString,
    io::{self, Read},
    panic::{AssertUnwindSafe, catch_unwind},
    process::ExitCode,
};

use anyhow::{Context, Result};
use app::intake::{self, Envelope, Way};
use clap::Args;
use domain::id::DeskId;

use crate::{
    Global, block_on,
    config::Config,
    open::{self, open},
    out,
};

/// The command line is not understood (`EX_USAGE`).
pub(crate) const USAGE: u8 = 64;
/// No mailbox has this address (`EX_NOUSER`).
const NO_USER: u8 = 67;
/// Never (`EX_UNAVAILABLE`): the message is too large, and will be too large tomorrow.
const NEVER: u8 = 69;
/// Keep it and try again (`EX_TEMPFAIL`).
const LATER: u8 = 75;

#[derive(Args)]
pub(crate) struct Options {
    /// For whom it is: the address of a mailbox, with or without a tag after `+`
    #[arg(long, value_name = "ADDR")]
    recipient: Option<String>,
    /// The desk that takes it, if no mailbox has the address [default: the only one, if no address is given]
    #[arg(long, value_name = "NAME")]
    desk: Option<String>,
    /// The return path
    #[arg(long, value_name = "ADDR")]
    sender: Option<String>,
}

/// What the mail server hears.
enum Answer {
    Durable,
    NoUser,
    TooLarge,
}

/// Whether a command line that was not understood was meant for this command: then its caller expects our exit code.
pub(crate) fn is_called(arguments: &[OsString]) -> bool {
    let words: Vec<&OsString> =
        arguments.iter().skip(1).filter(|word| !word.to_string_lossy().starts_with('-')).collect();
    words.windows(2).any(|pair| pair[0] == "mail" && pair[1] == "pipe")
}

/// Whatever goes wrong, a panic included, the mail server keeps the message and tries again.
pub(crate) fn run(global: &Global, options: Options) -> ExitCode {
    let answer = catch_unwind(AssertUnwindSafe(|| {
        let config = global.load()?;
        block_on(take(config, options))
    }));
    ExitCode::from(match answer {
        Ok(Ok(Answer::Durable)) => return ExitCode::SUCCESS,
        Ok(Ok(Answer::NoUser)) => {
            out::complain("no mailbox has this address");
            NO_USER
        }
        Ok(Ok(Answer::TooLarge)) => {
            out::complain("the message is larger than this desk takes");
            NEVER
        }
        Ok(Err(error)) => {
            out::complain(format_args!("not now: {error:#}"));
            LATER
        }
        Err(_panic) => LATER,
    })
}

async fn take(config: Config, options: Options) -> Result<Answer> {
    let app = open(&config).await?;
    let mut envelope = Envelope { sender: options.sender, ..Envelope::default() };
    envelope.recipients.extend(options.recipient.clone());
    let mailbox = match &options.recipient {
        Some(address) => intake::addressee(&app, address).await?,
        None => None,
    };
    let (desk, way): (DeskId, Way) = match (mailbox, &options.desk, &options.recipient) {
        (Some((desk, mailbox)), _, _) => (desk, Way::Mailbox(mailbox)),
        (None, Some(slug), _) => (open::desk(&app, Some(slug)).await?, Way::Api),
        (None, None, Some(_)) => return Ok(Answer::NoUser),
        (None, None, None) => (open::desk(&app, None).await?, Way::Api),
    };
    let Some(raw) = read(io::stdin().lock(), config.max_message)? else { return Ok(Answer::TooLarge) };
    intake::accept(&app, desk, &way, envelope, raw).await?;
    Ok(Answer::Durable)
}

/// The message; none if it is larger than `limit`. It is read to its end all the same: a mail server whose pipe
/// breaks would not look at our answer.
fn read(mut input: impl Read, limit: usize) -> Result<Option<Vec<u8>>> {
    let mut raw = Vec::new();
    input.by_ref().take(limit as u64 + 1).read_to_end(&mut raw).context("cannot read standard input")?;
    if raw.len() <= limit {
        return Ok(Some(raw));
    }
    drop(raw);
    io::copy(&mut input, &mut io::sink()).context("cannot read standard input")?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_when_it_is_meant() {
        let line = |text: &str| text.split(' ').map(OsString::from).collect::<Vec<_>>();
        assert!(is_called(&line("partnerdesk mail pipe --recipent a@b")));
        assert!(is_called(&line("partnerdesk --config=x mail pipe --x")));
        assert!(!is_called(&line("partnerdesk mail import --x")));
    }

    #[test]
    fn a_message_at_the_limit_is_taken() {
        assert_eq!(read(&b"1234"[..], 4).unwrap().unwrap(), b"1234");
        let mut rest = &b"12345"[..];
        assert!(read(&mut rest, 4).unwrap().is_none());
        assert!(rest.is_empty());
    }
}
