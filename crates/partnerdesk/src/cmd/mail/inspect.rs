//! `mail inspect`: how the desk reads raw messages.

use std::{
    fs::File,
    io::{self, Read},
    path::{Path, PathBuf},
    process::ExitCode,
};

use anyhow::Result;
use serde_json::json;

use crate::out;

/// One line of JSON for each file. Exit 1 if one could not be read.
///
/// # Errors
/// Standard output is gone.
pub(crate) fn run(files: &[PathBuf]) -> Result<ExitCode> {
    let mut code = ExitCode::SUCCESS;
    for file in files {
        let read = read(file).map(|raw| mail::inspect(&raw));
        let answer = read.unwrap_or_else(|error| {
            code = ExitCode::FAILURE;
            json!({ "file": file.to_string_lossy(), "error": error.to_string() })
        });
        out::line(answer)?;
    }
    Ok(code)
}

/// A byte more than the parser reads, so that it can tell that there are more; of a huge file, no more than that.
fn read(file: &Path) -> io::Result<Vec<u8>> {
    let limit = mail::Limits::DEFAULT.message_bytes + 1;
    let mut raw = Vec::new();
    File::open(file)?.take(limit as u64).read_to_end(&mut raw)?;
    Ok(raw)
}
