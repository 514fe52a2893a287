//! Old mail, read from where it lies: an mbox file, a Maildir, or a folder of `.eml` files.
//!
//! One message is in memory at a time, and never more of it than the caller allows. What cannot be read is an item
//! of its own, and the next one follows.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

/// One message found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The file it lies in.
    pub file: PathBuf,
    /// Its place in that file, from 0.
    pub index: usize,
    /// The raw message, without the mbox separator and with mbox quoting undone.
    pub raw: Vec<u8>,
}

/// A message or file that was skipped.
#[derive(Debug, thiserror::Error)]
pub enum Skipped {
    /// More bytes than the caller's limit.
    #[error("{}: message {index} has {size} bytes, more than the limit of {limit}", file.display())]
    TooLarge {
        /// The file it lies in.
        file: PathBuf,
        /// Its place in that file, from 0.
        index: usize,
        /// Its bytes.
        size: u64,
        /// The caller's limit.
        limit: usize,
    },
    /// A file or folder that cannot be read.
    #[error("{}: {source}", file.display())]
    Unreadable {
        /// The file or folder.
        file: PathBuf,
        /// Why.
        source: io::Error,
    },
}

/// Folders within folders that are looked into.
const DEPTH: usize = 20;

/// Messages under `path`, in the order of file names. A file is an mbox when it starts with `From `, else one
/// message; in a folder, `cur` and `new` of a Maildir are read whole, elsewhere files that end in `.eml` or `.mbox`.
/// Flags of a Maildir are not looked at, and links are not followed. Messages over `limit` bytes are skipped.
pub fn messages(path: &Path, limit: usize) -> Messages {
    // A path that the caller names is opened whatever its name is.
    Messages { pending: vec![Pending { path: path.to_owned(), depth: 0, named: true }], mbox: None, limit }
}

/// See [`messages`].
#[derive(Debug)]
pub struct Messages {
    /// A stack: the last is next.
    pending: Vec<Pending>,
    mbox: Option<Mbox>,
    limit: usize,
}

#[derive(Debug)]
struct Pending {
    path: PathBuf,
    depth: usize,
    named: bool,
}

impl Iterator for Messages {
    type Item = Result<Found, Skipped>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(mbox) = &mut self.mbox {
                match mbox.next(self.limit) {
                    Some(item) => return Some(item),
                    None => self.mbox = None,
                }
            }
            let next = self.pending.pop()?;
            let file = next.path.clone();
            match self.open(next) {
                Ok(Some(item)) => return Some(item),
                Ok(None) => {}
                Err(source) => return Some(Err(Skipped::Unreadable { file, source })),
            }
        }
    }
}

impl Messages {
    fn open(&mut self, next: Pending) -> io::Result<Option<Result<Found, Skipped>>> {
        let meta =
            if next.named { std::fs::metadata(&next.path)? } else { std::fs::symlink_metadata(&next.path)? };
        if meta.is_dir() {
            self.open_folder(&next)?;
            return Ok(None);
        }
        // A pipe or device could block for ever.
        if !meta.is_file() {
            return if next.named { Err(io::Error::other("not a file or folder")) } else { Ok(None) };
        }
        let mut reader = BufReader::new(File::open(&next.path)?);
        if reader.fill_buf()?.starts_with(b"From ") {
            self.mbox = Some(Mbox::new(next.path, reader));
            return Ok(None);
        }
        if meta.len() > self.limit as u64 {
            let size = meta.len();
            return Ok(Some(Err(Skipped::TooLarge { file: next.path, index: 0, size, limit: self.limit })));
        }
        let mut raw = Vec::with_capacity(meta.len() as usize);
        // The file may grow while it is read.
        reader.take(self.limit as u64).read_to_end(&mut raw)?;
        Ok(Some(Ok(Found { file: next.path, index: 0, raw })))
    }

    fn open_folder(&mut self, folder: &Pending) -> io::Result<()> {
        if folder.depth >= DEPTH {
            return Err(io::Error::other("folders are nested too deeply"));
        }
        let maildir = folder.path.join("cur").is_dir() && folder.path.join("new").is_dir();
        let within_maildir = folder.path.file_name().is_some_and(|name| name == "cur" || name == "new")
            && folder.path.parent().is_some_and(|up| up.join("cur").is_dir() && up.join("new").is_dir());
        let mut found = Vec::new();
        for entry in std::fs::read_dir(&folder.path)? {
            let entry = entry?;
            let kind = entry.file_type()?;
            let name = entry.file_name();
            let name = name.to_string_lossy().to_lowercase();
            let wanted = if kind.is_dir() {
                // `tmp` holds messages that are not delivered yet.
                !(maildir && name == "tmp")
            } else {
                kind.is_file() && (within_maildir || name.ends_with(".eml") || name.ends_with(".mbox"))
            };
            if wanted {
                found.push(entry.path());
            }
        }
        found.sort_unstable_by(|a, b| b.cmp(a));
        let depth = folder.depth + 1;
        self.pending.extend(found.into_iter().map(|path| Pending { path, depth, named: false }));
        Ok(())
    }
}

/// An mbox file being read. Both kinds of quoting are undone: `>From ` (mboxo) and `>>From ` (mboxrd) lose one `>`.
#[derive(Debug)]
struct Mbox {
    file: PathBuf,
    reader: BufReader<File>,
    index: usize,
    ended: bool,
}

impl Mbox {
    fn new(file: PathBuf, reader: BufReader<File>) -> Self {
        Self { file, reader, index: 0, ended: false }
    }

    fn next(&mut self, limit: usize) -> Option<Result<Found, Skipped>> {
        if self.ended {
            return None;
        }
        let mut raw = Vec::new();
        let mut size = 0u64;
        let mut started = self.index > 0;
        let mut after_blank = true;
        let mut line = Vec::new();
        loop {
            let whole = match read_line(&mut self.reader, &mut line) {
                Ok(whole) => whole,
                Err(source) => {
                    self.ended = true;
                    return Some(Err(Skipped::Unreadable { file: self.file.clone(), source }));
                }
            };
            if line.is_empty() {
                self.ended = true;
                break;
            }
            // A separator stands after an empty line; `From ` elsewhere is a sentence that nobody quoted.
            if whole && after_blank && is_separator(&line) {
                if started {
                    break;
                }
                started = true;
                continue;
            }
            after_blank = whole && line.iter().all(|b| matches!(b, b'\r' | b'\n'));
            let unquoted = unquote(&line);
            size += unquoted.len() as u64;
            if raw.len() + unquoted.len() <= limit && size <= limit as u64 {
                raw.extend_from_slice(unquoted);
            } else {
                raw = Vec::new();
            }
        }
        if !started {
            return None;
        }
        let index = self.index;
        self.index += 1;
        if size > limit as u64 {
            return Some(Err(Skipped::TooLarge { file: self.file.clone(), index, size, limit }));
        }
        // The empty line before the next separator is the mbox's, not the message's.
        if !self.ended {
            let end =
                raw.strip_suffix(b"\r\n").or_else(|| raw.strip_suffix(b"\n")).map_or(raw.len(), <[u8]>::len);
            raw.truncate(end);
        }
        Some(Ok(Found { file: self.file.clone(), index, raw }))
    }
}

/// Reads a line into `line`, or a piece of one that is too long to hold. Tells whether it ended.
fn read_line(reader: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    const LONGEST: u64 = 64 << 10;
    line.clear();
    reader.take(LONGEST).read_until(b'\n', line)?;
    Ok(line.ends_with(b"\n"))
}

/// `From someone Mon May  4 10:00:00 2026`
fn is_separator(line: &[u8]) -> bool {
    let Some(rest) = line.strip_prefix(b"From ") else {
        return false;
    };
    let words = rest.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty()).count();
    words >= 2 && rest.iter().any(u8::is_ascii_digit)
}

fn unquote(line: &[u8]) -> &[u8] {
    let marks = line.iter().take_while(|b| **b == b'>').count();
    if marks > 0 && line[marks..].starts_with(b"From ") { &line[1..] } else { line }
}
