//! Attachments and raw messages by their content, for each desk apart.
//!
//! Small ones stand in their row, in the same transaction as what refers to them. Large ones are files, written and
//! flushed before the transaction: a row never refers to a file that is not there. A file without a row is waste of
//! a transaction that failed, never a fault. What is read is checked against its hash.

use std::{
    fmt,
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use domain::id::DeskId;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

use crate::{Error, FromValue, Raw, Store, ToValue, Tx, Value, params};

/// Up to this many bytes stand in the row.
pub const IN_ROW: usize = 128 * 1024;

crate::sql! {
    desk PUT = "INSERT INTO blobs (desk_id, hash, size, body, at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (desk_id, hash) DO NOTHING";
    desk GET = "SELECT body FROM blobs WHERE desk_id = $1 AND hash = $2";
}

/// The SHA-256 of a content.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

/// A content that is ready to be put: hashed, and if it is large, safely in its file.
#[derive(Clone, Debug)]
pub struct Prepared {
    hash: Hash,
    size: usize,
    body: Option<Vec<u8>>,
}

/// A content as its row has it: with its bytes, unless they are in a file.
#[derive(Debug)]
pub struct Stored {
    hash: Hash,
    body: Option<Vec<u8>>,
}

/// The directory of the large ones.
#[derive(Clone, Debug)]
pub struct Blobs {
    directory: PathBuf,
}

impl Hash {
    /// The hash of these bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Hash {
        Hash(Sha256::digest(bytes).into())
    }

    /// Its 32 bytes.
    #[must_use]
    pub const fn bytes(self) -> [u8; 32] {
        self.0
    }
}

impl From<[u8; 32]> for Hash {
    fn from(hash: [u8; 32]) -> Self {
        Self(hash)
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl ToValue for Hash {
    fn to_value(&self) -> Value<'_> {
        self.0.to_value()
    }
}

impl FromValue for Hash {
    const WANTED: &'static str = "hash";
    fn from_value(raw: Raw<'_>) -> Option<Self> {
        if let Raw::Bytes(bytes) = raw { bytes.try_into().ok().map(Hash) } else { None }
    }
}

impl Prepared {
    /// The name under which it is found again.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.hash
    }

    /// Its size in bytes.
    #[must_use]
    pub fn size(&self) -> usize {
        self.size
    }
}

impl Blobs {
    /// Large contents go below this directory; it is made when the first one comes.
    #[must_use]
    pub fn new(directory: PathBuf) -> Self {
        Blobs { directory }
    }

    /// Hashes a content, and writes it to its file if it is large. Not inside of a unit of work.
    ///
    /// # Errors
    /// [`Error::Full`], or [`Error::Unavailable`] if the file cannot be written.
    pub async fn prepare(&self, desk: DeskId, bytes: Vec<u8>) -> Result<Prepared, Error> {
        let size = bytes.len();
        if size <= IN_ROW {
            return Ok(Prepared { hash: Hash::of(&bytes), size, body: Some(bytes) });
        }
        let blobs = self.clone();
        blocking(move || {
            let hash = Hash::of(&bytes);
            write_durably(&path(&blobs.directory, desk, hash), &bytes).map_err(io_error)?;
            Ok(Prepared { hash, size, body: None })
        })
        .await
    }

    /// A content, or `None` if this desk has none of this hash.
    ///
    /// # Errors
    /// [`Error::Damaged`] if it is not what it was; what the database says.
    pub async fn get(&self, store: &Store, desk: DeskId, hash: Hash) -> Result<Option<Vec<u8>>, Error> {
        let row = store.read(desk, move |tx| Box::pin(async move { stored(tx, hash).await })).await?;
        let Some(row) = row else { return Ok(None) };
        let blobs = self.clone();
        blocking(move || blobs.read(desk, row)).await.map(Some)
    }

    /// The bytes of a content. May wait for the disk.
    ///
    /// # Errors
    /// [`Error::Damaged`] if they are not what they were.
    pub fn read(&self, desk: DeskId, Stored { hash, body }: Stored) -> Result<Vec<u8>, Error> {
        let path = path(&self.directory, desk, hash);
        let bytes = body.map_or_else(|| fs::read(&path), Ok).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => Error::Damaged(format!("the file {} is missing", path.display())),
            _ => io_error(e),
        })?;
        if Hash::of(&bytes) == hash {
            return Ok(bytes);
        }
        Err(Error::Damaged(format!("the content {hash} is not what it was; it may be in {}", path.display())))
    }
}

/// The file of a large content, below the directory of all of them.
pub(crate) fn path(directory: &Path, desk: DeskId, hash: Hash) -> PathBuf {
    let hash = hash.to_string();
    directory.join(desk.uuid().simple().to_string()).join(&hash[..2]).join(hash)
}

/// What the names of files begin with that are being written.
const UNFINISHED: &str = "unfinished-";

/// Whether a file is one that is being written.
pub(crate) fn is_unfinished(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(UNFINISHED))
}

/// Puts a content into the transaction. The same one twice is one.
///
/// # Errors
/// What the database says.
pub async fn put(tx: &mut Tx, now: Timestamp, prepared: &Prepared) -> Result<(), Error> {
    let size = prepared.size as i64;
    tx.put(&PUT, params![prepared.hash, size, prepared.body, now]).await
}

/// A content as its row has it, or `None` if this desk has none of this hash. [`Blobs::read`] has its bytes.
///
/// # Errors
/// What the database says.
pub async fn stored(tx: &mut Tx, hash: Hash) -> Result<Option<Stored>, Error> {
    let row: Option<(Option<Vec<u8>>,)> = tx.query_opt(&GET, params![hash]).await?;
    Ok(row.map(|(body,)| Stored { hash, body }))
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(|e| Error::Unavailable(e.to_string()))?
}

/// After this returns, the file is there with all its bytes, even if the power fails. An older one of the same name
/// is replaced: should it be damaged, it is healed.
fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let directory = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    make_durably(directory)?;
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let unfinished = directory.join(format!("{UNFINISHED}{}-{number}", std::process::id()));
    let written = (|| {
        let mut options = File::options();
        options.write(true).create(true).truncate(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let mut file = options.open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&unfinished, path)
    })();
    if written.is_err() {
        // What is left of it is waste.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    File::open(directory)?.sync_all()
}

/// Makes a directory and what it stands in; each new name is flushed.
fn make_durably(directory: &Path) -> io::Result<()> {
    if directory.is_dir() {
        return Ok(());
    }
    let Some(parent) = directory.parent() else { return Ok(()) };
    make_durably(parent)?;
    match fs::create_dir(directory) {
        Err(e) if e.kind() != io::ErrorKind::AlreadyExists => Err(e),
        _ => File::open(parent)?.sync_all(),
    }
}

#[expect(clippy::needless_pass_by_value, reason = "used with map_err")]
fn io_error(error: io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Error::Full,
        _ => Error::Unavailable(error.to_string()),
    }
}
