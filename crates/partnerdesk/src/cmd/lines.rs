//! Commands that answer lines with lines: a question of JSON in, an answer of JSON out.

use std::io::{self, BufRead, Read, Write};

use anyhow::Result;

/// No question is longer, and no more than this is ever held of one.
const LONGEST: usize = 16 * 1024 * 1024;

/// Answers each line of standard input on standard output, at once. `answer` has none to a blank line. A line that is
/// no question is answered with its mistake.
///
/// # Errors
/// A pipe that is gone.
pub(crate) fn run(answer: impl Fn(&str) -> Option<String>) -> Result<()> {
    each(io::stdin().lock(), io::stdout().lock(), answer)
}

fn each(
    mut questions: impl BufRead,
    mut answers: impl Write,
    answer: impl Fn(&str) -> Option<String>,
) -> Result<()> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if questions.by_ref().take(LONGEST as u64).read_until(b'\n', &mut line)? == 0 {
            return Ok(());
        }
        let answer = if line.len() == LONGEST && !line.ends_with(b"\n") {
            questions.skip_until(b'\n')?;
            Some(mistake(&format!("a line is longer than {LONGEST} bytes")))
        } else {
            match std::str::from_utf8(&line) {
                Ok(question) => answer(question),
                Err(error) => Some(mistake(&error.to_string())),
            }
        };
        if let Some(answer) = answer {
            writeln!(answers, "{answer}")?;
            answers.flush()?;
        }
    }
}

fn mistake(what: &str) -> String {
    serde_json::json!({ "error": what }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_without_end_is_refused_and_the_next_is_answered() {
        let mut questions = vec![b'x'; LONGEST + 5];
        questions.extend(b"\nlast");
        let mut answers = Vec::new();
        each(questions.as_slice(), &mut answers, |line| Some(line.to_owned())).unwrap();
        let answers = String::from_utf8(answers).unwrap();
        assert_eq!(answers, "{\"error\":\"a line is longer than 16777216 bytes\"}\nlast\n");
    }
}
