//! `mail newest`: what was written to somebody, when it is not sent or does not arrive.

use std::process::ExitCode;

use anyhow::Result;

use crate::{config::Config, open::open, out};

/// The newest mail to an address: its subject and its text.
///
/// # Errors
/// There is none.
pub(crate) async fn run(config: Config, address: String) -> Result<ExitCode> {
    let app = open(&config).await?;
    let raw = app::operator::newest_mail(&app, &address).await?;
    let mail = mail::parse(&raw, &mail::Limits::DEFAULT);
    out::line(format_args!("Subject: {}\n\n{}", mail.subject.unwrap_or_default(), mail.text.trim_end()))?;
    Ok(ExitCode::SUCCESS)
}
