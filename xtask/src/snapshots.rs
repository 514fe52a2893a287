//! Snapshots that no test reads any more.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use anyhow::{Result, ensure};

use crate::{files, sh};

/// The variable that makes insta write down which snapshot files the tests compared with.
pub(crate) const REFERENCES: &str = "INSTA_SNAPSHOT_REFERENCES_FILE";

/// Fails for each snapshot file of ours that is not in the list that insta wrote during the tests.
pub(crate) fn check_all_used(references: &Path) -> Result<()> {
    // No file: no test used a snapshot file.
    let used = std::fs::read_to_string(references).unwrap_or_default();
    let used: HashSet<PathBuf> =
        used.lines().filter_map(|line| Path::new(line).canonicalize().ok()).collect();
    let mut unused = Vec::new();
    for file in files::below(&sh::root().join("crates"), &[])? {
        if file.extension().is_some_and(|extension| extension == "snap")
            && !used.contains(&file.canonicalize()?)
        {
            unused.push(file.display().to_string());
        }
    }
    ensure!(unused.is_empty(), "no test uses these snapshots:\n  {}", unused.join("\n  "));
    Ok(())
}
