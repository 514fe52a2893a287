//! Backups of an installation on the embedded database: a folder with a copy of the database and of the large contents.
//!
//! They are made while the program works. The database is copied first, as it is at one moment. Contents are only ever
//! added, so all that this moment refers to are still there when they are copied after it.

use std::{
    fs::{self, File},
    io,
    path::Path,
};

use domain::id::DeskId;

use crate::{
    Config, Error,
    blob::{self, Hash},
    engine::sqlite,
    store::Kind,
};

const DATABASE: &str = "desk.db";
const BLOBS: &str = "blobs";

/// What a backup that is whole holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// How many large contents.
    pub contents: usize,
}

/// Makes a backup in the folder `to`, which must not be there yet, and checks it. `blobs` is where large contents are.
///
/// # Errors
/// [`Error::Schema`] if the database is not the embedded one; [`Error::Damaged`] if what was copied is; what the
/// system says about files.
pub fn make(config: &Config, blobs: &Path, to: &Path) -> Result<Held, Error> {
    let Kind::Sqlite(database) = config.kind()? else { return Err(not_embedded()) };
    new_folder(to)?;
    sqlite::copy(database, &to.join(DATABASE))?;
    flush(&to.join(DATABASE))?;
    copy_contents(blobs, &to.join(BLOBS))?;
    flush(to)?;
    check(to)
}

/// Whether a backup is whole: the database is sound, and all contents to which it refers are what they were.
///
/// # Errors
/// [`Error::Damaged`], and what the system says about files.
pub fn check(backup: &Path) -> Result<Held, Error> {
    let contents = sqlite::large_contents(&backup.join(DATABASE))?;
    for (desk, hash) in &contents {
        let path = blob::path(&backup.join(BLOBS), DeskId::from_uuid(*desk), *hash);
        let bytes = fs::read(&path).map_err(at(&path))?;
        if Hash::of(&bytes) != *hash {
            return Err(Error::Damaged(format!("{} is not what it was", path.display())));
        }
    }
    Ok(Held { contents: contents.len() })
}

/// Puts what a backup holds where an installation has nothing yet. Its program must not run.
///
/// # Errors
/// [`Error::Schema`] if the database is not the embedded one, or there is one; those of [`check`].
pub fn restore(config: &Config, blobs: &Path, backup: &Path) -> Result<Held, Error> {
    let Kind::Sqlite(database) = config.kind()? else { return Err(not_embedded()) };
    if database.exists() || blobs.exists() {
        let what = if database.exists() { database } else { blobs };
        return Err(Error::Schema(format!("{} is there already: move it away first", what.display())));
    }
    let held = check(backup)?;
    copy_contents(&backup.join(BLOBS), blobs)?;
    // The database is the last to come: where there is one, all is there.
    let unfinished = database.with_extension("unfinished");
    copy_file(&backup.join(DATABASE), &unfinished)?;
    fs::rename(&unfinished, database).map_err(at(database))?;
    if let Some(folder) = database.parent() {
        flush(folder)?;
    }
    Ok(held)
}

fn not_embedded() -> Error {
    Error::Schema(
        "this is for the embedded database: PostgreSQL has tools of its own, see docs/operating.md".into(),
    )
}

/// Copies the large contents of every desk: `<desk>/<first two digits>/<hash>`.
fn copy_contents(from: &Path, to: &Path) -> Result<(), Error> {
    new_folder(to)?;
    for entry in entries(from)? {
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().map_err(at(&source))?.is_dir() {
            copy_contents(&source, &target)?;
        } else if !blob::is_unfinished(&source) {
            copy_file(&source, &target)?;
        }
    }
    flush(to)
}

/// What is in a folder; nothing if it is not there.
fn entries(folder: &Path) -> Result<Vec<fs::DirEntry>, Error> {
    match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<_>>().map_err(at(folder)),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(at(folder)(e)),
    }
}

/// Copies a file with its mode.
fn copy_file(from: &Path, to: &Path) -> Result<(), Error> {
    fs::copy(from, to).map_err(at(to))?;
    flush(to)
}

fn flush(path: &Path) -> Result<(), Error> {
    File::open(path).and_then(|file| file.sync_all()).map_err(at(path))
}

/// Makes a folder for its owner only.
fn new_folder(path: &Path) -> Result<(), Error> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(at(path))
}

/// What the system says, with the path of which it says it.
fn at(path: &Path) -> impl Fn(io::Error) -> Error + '_ {
    |error| match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
        io::ErrorKind::NotFound => Error::Damaged(format!("{} is missing", path.display())),
        _ => Error::Unavailable(format!("{}: {error}", path.display())),
    }
}
