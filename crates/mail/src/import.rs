//! Old mail, read from where it lies: an mbox file, a Maildir, or a folder of `.eml` files.
//!
//! Everything is read twice: once to see in which order it was written, once to take it. One message is in memory at
//! a time, and never more of it than the caller allows. What cannot be read is an item of its own, and the next one
//! follows.

mod order;

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use order::{Said, order};

/// One message found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The file it lies in.
    pub file: Arc<Path>,
    /// Its place in that file, from 0.
    pub index: usize,
    /// The raw message, without the mbox separator and with mbox quoting undone.
    pub raw: Vec<u8>,
    /// Where it begins in an mbox, in bytes; none if it is a file of its own.
    offset: Option<u64>,
}

/// A message or file that was skipped.
#[derive(Debug, thiserror::Error)]
pub enum Skipped {
    /// More bytes than the caller's limit.
    #[error("{}: message {index} has {size} bytes, more than the limit of {limit}", file.display())]
    TooLarge {
        /// The file it lies in.
        file: Arc<Path>,
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
        file: Arc<Path>,
        /// Why.
        source: io::Error,
    },
}

/// Folders within folders that are looked into.
const DEPTH: usize = 20;

/// Messages under `path`, each with its place in the order of file names: an answer after what it answers, and else by
/// their dates. A file is an mbox when it starts with `From `, else one message; in a folder, `cur` and `new` of a
/// Maildir are read whole, elsewhere files that end in `.eml` or `.mbox`. Flags of a Maildir are not looked at, and
/// links are not followed. Messages over `limit` bytes are skipped.
pub fn messages(path: &Path, limit: usize) -> impl Iterator<Item = (usize, Result<Found, Skipped>)> {
    let (mut listed, said): (Vec<_>, Vec<_>) = Walk::new(path, limit).map(list).unzip();
    order(&said).into_iter().filter_map(move |place| Some((place, listed[place].take(limit)?)))
}

/// What is remembered of an item until its turn.
enum Listed {
    Message { file: Arc<Path>, index: usize, offset: Option<u64> },
    Skipped(Skipped),
    Taken,
}

fn list(item: Result<Found, Skipped>) -> (Listed, Said) {
    match item {
        Ok(Found { file, index, raw, offset }) => (Listed::Message { file, index, offset }, Said::by(&raw)),
        Err(skipped) => (Listed::Skipped(skipped), Said::default()),
    }
}

impl Listed {
    /// Reads it again; none if there is nothing there any more.
    fn take(&mut self, limit: usize) -> Option<Result<Found, Skipped>> {
        match std::mem::replace(self, Self::Taken) {
            Self::Message { file, index, offset: None } => {
                Some(read_file(&file, limit).map(|raw| Found { file, index, raw, offset: None }))
            }
            Self::Message { file, index, offset: Some(offset) } => match Mbox::open(&file, index, offset) {
                Ok(mut mbox) => mbox.next(limit),
                Err(source) => Some(Err(Skipped::Unreadable { file, source })),
            },
            Self::Skipped(skipped) => Some(Err(skipped)),
            Self::Taken => None,
        }
    }
}

fn read_file(file: &Arc<Path>, limit: usize) -> Result<Vec<u8>, Skipped> {
    let unreadable = |source| Skipped::Unreadable { file: file.clone(), source };
    let mut reader = File::open(file).map_err(unreadable)?;
    let size = reader.metadata().map_err(unreadable)?.len();
    if size > limit as u64 {
        return Err(Skipped::TooLarge { file: file.clone(), index: 0, size, limit });
    }
    let mut raw = Vec::with_capacity(size as usize);
    // The file may grow while it is read.
    reader.by_ref().take(limit as u64).read_to_end(&mut raw).map_err(unreadable)?;
    Ok(raw)
}

/// Every message under a path, in the order of file names.
#[derive(Debug)]
struct Walk {
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

impl Walk {
    fn new(path: &Path, limit: usize) -> Self {
        // A path that the caller names is opened whatever its name is.
        Self { pending: vec![Pending { path: path.to_owned(), depth: 0, named: true }], mbox: None, limit }
    }
}

impl Iterator for Walk {
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
                Err(source) => return Some(Err(Skipped::Unreadable { file: file.into(), source })),
            }
        }
    }
}

impl Walk {
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
        let file: Arc<Path> = next.path.into();
        let mut mbox = Mbox::open(&file, 0, 0)?;
        if mbox.reader.fill_buf()?.starts_with(b"From ") {
            self.mbox = Some(mbox);
            return Ok(None);
        }
        let read = read_file(&file, self.limit);
        Ok(Some(read.map(|raw| Found { file, index: 0, raw, offset: None })))
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
    file: Arc<Path>,
    reader: BufReader<File>,
    /// Of the next message, and where it begins.
    index: usize,
    offset: u64,
    ended: bool,
}

impl Mbox {
    /// At the beginning, or where a message begins that was read before.
    fn open(file: &Arc<Path>, index: usize, offset: u64) -> io::Result<Self> {
        let mut reader = BufReader::new(File::open(file)?);
        reader.seek(SeekFrom::Start(offset))?;
        Ok(Self { file: file.clone(), reader, index, offset, ended: false })
    }

    fn next(&mut self, limit: usize) -> Option<Result<Found, Skipped>> {
        if self.ended {
            return None;
        }
        let mut raw = Vec::new();
        let mut size = 0u64;
        // The separator before a later message was read with the message before it.
        let mut started = self.index > 0;
        let offset = self.offset;
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
            self.offset += line.len() as u64;
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
        Some(Ok(Found { file: self.file.clone(), index, raw, offset: Some(offset) }))
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
