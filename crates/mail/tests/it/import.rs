//! Old mail on disk.

use mail::import::{Found, Skipped, messages};
use std::fs;
use std::path::{Path, PathBuf};

/// A folder of its own, removed at the end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("partnerdesk-import-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn put(&self, name: &str, content: &[u8]) -> PathBuf {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Index and text of what is found, or the start of why not.
fn found(path: &Path, limit: usize) -> Vec<(usize, String)> {
    messages(path, limit)
        .map(|(_, item)| match item {
            Ok(Found { index, raw, .. }) => (index, String::from_utf8(raw).unwrap()),
            Err(Skipped::TooLarge { index, size, .. }) => (index, format!("too large: {size}")),
            Err(Skipped::Unreadable { .. }) => (0, "unreadable".to_owned()),
        })
        .collect()
}

#[test]
fn mbox_of_both_kinds() {
    let folder = Folder::new("mbox");
    let mbox = "From a@x Mon May  4 10:00:00 2026\nSubject: 1\n\nHi\n>From me\n>>From you\nFrom here on\n\n\
                From b@x Mon May  4 11:00:00 2026\nSubject: 2\n\n\nFrom the heart\n\n\n\
                From MAILER-DAEMON Mon May  4 12:00:00 2026\nSubject: 3\n\nend";
    let path = folder.put("old", mbox.as_bytes());
    let expected = [
        (0, "Subject: 1\n\nHi\nFrom me\n>From you\nFrom here on\n".to_owned()),
        (1, "Subject: 2\n\n\nFrom the heart\n\n".to_owned()),
        (2, "Subject: 3\n\nend".to_owned()),
    ];
    assert_eq!(found(&path, 1_000), expected);
}

#[test]
fn a_mail_that_is_too_large_is_reported_and_the_next_read() {
    let folder = Folder::new("large");
    let big = "x".repeat(300_000);
    let mbox = format!("From a 1 2026\nSubject: 1\n\n{big}\n\nFrom b 1 2026\nSubject: 2\n\nsmall\n");
    let path = folder.put("m.mbox", mbox.as_bytes());
    assert_eq!(
        found(&path, 1_000),
        [(0, "too large: 300014".to_owned()), (1, "Subject: 2\n\nsmall\n".to_owned())]
    );
    let single = folder.put("big.eml", big.as_bytes());
    assert_eq!(found(&single, 1_000), [(0, "too large: 300000".to_owned())]);
    // A limit is no more than a limit.
    assert_eq!(found(&single, 300_000)[0].1.len(), 300_000);
}

#[test]
fn maildir_reads_cur_and_new_only() {
    let folder = Folder::new("maildir");
    for (name, text) in [
        ("cur/1:2,S", "read"),
        ("new/2", "unread"),
        ("tmp/3", "half"),
        (".Sent/cur/4:2,", "sent"),
        ("dovecot.index", "no"),
    ] {
        folder.put(name, text.as_bytes());
    }
    fs::create_dir_all(folder.0.join(".Sent/new")).unwrap();
    let texts: Vec<String> = found(&folder.0, 100).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["sent", "read", "unread"]);
}

#[test]
fn folders_of_eml_are_walked_and_links_are_not() {
    let folder = Folder::new("eml");
    folder.put("b/2.EML", b"two");
    folder.put("a.eml", b"one");
    folder.put("readme.txt", b"no");
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/passwd", folder.0.join("c.eml")).unwrap();
    let texts: Vec<String> = found(&folder.0, 100).into_iter().map(|(_, text)| text).collect();
    assert_eq!(texts, ["one", "two"]);
}

#[test]
fn an_mbox_is_taken_as_it_was_written() {
    let folder = Folder::new("order");
    let mbox = "From a@x Mon May  4 10:00:00 2026\nDate: Mon, 4 May 2026 12:00:00 +0000\nIn-Reply-To: <1@x>\n\nlast\n\n\
                From b@x Mon May  4 11:00:00 2026\nMessage-ID: <2@x>\nDate: Mon, 4 May 2026 08:00:00 +0000\nIn-Reply-To: <1@x>\n\n>From a clock that is behind\n\n\
                From c@x Mon May  4 12:00:00 2026\nMessage-ID: <1@x>\nDate: Mon, 4 May 2026 09:00:00 +0000\n\nfirst\n";
    let path = folder.put("old", mbox.as_bytes());
    let taken: Vec<(usize, Found)> =
        messages(&path, 1_000).map(|(place, item)| (place, item.unwrap())).collect();
    let says = |found: &Found| {
        let text = String::from_utf8(found.raw.clone()).unwrap();
        text.split_once("\n\n").unwrap().1.to_owned()
    };
    let read: Vec<_> = taken.iter().map(|(place, found)| (*place, found.index, says(found))).collect();
    let expected = [(2, "first\n"), (1, "From a clock that is behind\n"), (0, "last\n")];
    assert_eq!(read, expected.map(|(place, text)| (place, place, text.to_owned())));
}

#[test]
fn what_is_not_there_is_an_item() {
    assert_eq!(found(Path::new("/no/such/place"), 100), [(0, "unreadable".to_owned())]);
}
