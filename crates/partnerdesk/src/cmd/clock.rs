//! `clock explain`: questions about due times in, answers with their segments out.

use std::io::{self, BufRead, Write};

use anyhow::Result;

/// Answers each line of `questions` with a line, at once. A line that is no question is answered with its mistake.
///
/// # Errors
/// A pipe that is gone.
pub(crate) fn explain(mut questions: impl BufRead, mut answers: impl Write) -> Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if questions.read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer = match std::str::from_utf8(&line) {
            Ok(question) => domain::clock::explain::answer(question),
            Err(error) => Some(serde_json::json!({ "error": error.to_string() }).to_string()),
        };
        if let Some(answer) = answer {
            writeln!(answers, "{answer}")?;
            answers.flush()?;
        }
    }
}

/// The command.
///
/// # Errors
/// As [`explain`].
pub(crate) fn run() -> Result<()> {
    explain(io::stdin().lock(), io::stdout().lock())
}
