//! Folders, listed and hashed.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Every file below a folder, sorted, without what lies in folders of the names to skip.
///
/// # Errors
/// If a folder cannot be read.
pub(crate) fn below(folder: &Path, skip: &[&str]) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            if entry.file_type()?.is_file() {
                found.push(entry.path());
            } else if entry.file_type()?.is_dir() && !skip.iter().any(|name| entry.file_name() == *name) {
                folders.push(entry.path());
            }
        }
    }
    found.sort();
    Ok(found)
}

/// A number that changes when a file of the list comes, goes or changes. It holds for this toolchain only.
///
/// # Errors
/// If a file cannot be read.
pub(crate) fn content_hash(files: &[PathBuf]) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for file in files {
        file.hash(&mut hasher);
        std::fs::read(file).with_context(|| format!("cannot read {}", file.display()))?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_follows_names_and_contents() {
        let folder = std::env::temp_dir().join(format!("partnerdesk-files-{}", std::process::id()));
        let inner = folder.join("inner");
        std::fs::create_dir_all(folder.join("skipped")).unwrap();
        std::fs::create_dir_all(&inner).unwrap();
        std::fs::write(folder.join("skipped/x"), "x").unwrap();
        std::fs::write(inner.join("a"), "1").unwrap();
        let hash = || content_hash(&below(&folder, &["skipped"]).unwrap()).unwrap();

        let first = hash();
        std::fs::write(folder.join("skipped/x"), "y").unwrap();
        assert_eq!(hash(), first);
        std::fs::write(inner.join("a"), "2").unwrap();
        assert_ne!(hash(), first);
        std::fs::write(inner.join("a"), "1").unwrap();
        assert_eq!(hash(), first);
        std::fs::rename(inner.join("a"), inner.join("b")).unwrap();
        assert_ne!(hash(), first);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
