//! R2: a disk that cannot promise anything. A message is acknowledged only when every fsync behind it has held.

use std::{path::PathBuf, process::Command};

use crate::program::{Place, feed};

/// Lets as many fsyncs through as it is told, and fails all that follow, as a dying disk does.
const DYING_DISK: &str = r#"
#define _GNU_SOURCE
#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
static atomic_int done;
static int turn(int fd, long call) {
    const char *good = getenv("GOOD_FSYNCS");
    if (good && atomic_fetch_add(&done, 1) >= atoi(good)) {
        errno = EIO;
        return -1;
    }
    return (int)syscall(call, fd);
}
int fsync(int fd) { return turn(fd, SYS_fsync); }
int fdatasync(int fd) { return turn(fd, SYS_fdatasync); }
"#;

fn dying_disk(place: &Place) -> PathBuf {
    let (source, library) = (place.write("disk.c", DYING_DISK), place.path("disk.so"));
    let built = Command::new("cc").args(["-shared", "-fPIC", "-o"]).arg(&library).arg(source).status();
    assert!(built.unwrap().success(), "the linker of Rust compiles C, too");
    library
}

#[test]
fn r02_nothing_is_acknowledged_that_was_not_synced() {
    let place = Place::with_desk();
    let disk = dying_disk(&place);
    // The second is kept as a file, because it is large.
    for (subject, size, least) in [("small", 1, 1), ("large", 100_000, 2)] {
        let message = format!(
            "From: a@b.example\r\nSubject: {subject}\r\nMessage-ID: <{subject}@b.example>\r\n\r\n{}\r\n",
            "words ".repeat(size)
        );
        let mut good = 0;
        loop {
            let mut pipe = place.program(&["mail", "pipe"]);
            pipe.env("LD_PRELOAD", &disk).env("GOOD_FSYNCS", good.to_string());
            let mut pipe = pipe.stdin(std::process::Stdio::piped()).spawn().unwrap();
            feed(&mut pipe, message.as_bytes());
            match pipe.wait().unwrap().code() {
                Some(0) => break,
                Some(75) => good += 1,
                other => panic!("{other:?} after {good} fsyncs"),
            }
            assert!(good < 100, "never");
        }
        assert!(good >= least, "{subject}: acknowledged after {good} fsyncs");
    }
    assert_eq!(place.json(&["inbox", "list", "--json"]).len(), 2, "each message once");
    assert!(place.run(&["verify"]).status.success());
}
