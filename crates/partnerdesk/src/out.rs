//! Standard output: what a command was asked for. What goes wrong on the way goes to standard error.

use std::fmt::Display;
use std::io::{self, Write};

/// Writes a line, at once: whoever reads a pipe sees each answer as it is made.
///
/// # Errors
/// The reader is gone, or the disk is full.
pub(crate) fn line(text: impl Display) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()
}

/// Writes a line to standard error. That nobody reads it is no reason to stop.
pub(crate) fn complain(text: impl Display) {
    drop(writeln!(io::stderr().lock(), "partnerdesk: {text}"));
}
