//! A real IMAP server of a test's own: Dovecot, in a folder of its own, on a free port.

use std::{
    net::{TcpListener, TcpStream},
    os::unix::fs::{MetadataExt, chown},
    path::{Path, PathBuf},
    process::{Child, Command},
    sync::atomic::{AtomicU32, Ordering},
    time::Duration,
};

use crate::fail;

const PROGRAM: &str = "/usr/sbin/dovecot";

/// Where the programs run as the user that has the mail.
const MAIL_USER: &str = "mail";

/// A server that ends with the test.
#[derive(Debug)]
pub struct Dovecot {
    process: Option<Child>,
    folder: PathBuf,
    port: u16,
    delivered: AtomicU32,
}

impl Dovecot {
    /// Starts one with this much more configuration; `name` tells it from others of the same tests.
    ///
    /// # Errors
    /// The reason why this machine cannot: the test is skipped.
    pub fn start(name: &str, more: &str) -> Result<Self, &'static str> {
        if !Path::new(PROGRAM).exists() {
            return Err("dovecot is not installed");
        }
        if std::fs::metadata("/proc/self").map_or(1, |process| process.uid()) != 0 {
            return Err("dovecot needs root to start");
        }
        let folder = std::env::temp_dir().join(format!("dovecot-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(folder.join("run")).expect("the temporary directory can be written");
        // The port is free again when this ends, and nobody is given it soon.
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
        let port = port.expect("a free port").port();
        let at = folder.display();
        let configuration = format!(
            "protocols = imap\nbase_dir = {at}/run\nlog_path = {at}/log\nlisten = 127.0.0.1\n\
             mail_location = maildir:{at}/%u\nfirst_valid_uid = 1\nmail_uid = {MAIL_USER}\nmail_gid = {MAIL_USER}\n\
             disable_plaintext_auth = no\n\
             userdb {{\n  driver = static\n  args = uid={MAIL_USER} gid={MAIL_USER} home={at}/%u\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n\
             inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
             service anvil {{\n  chroot =\n  unix_listener anvil-auth-penalty {{\n    mode = 0\n  }}\n}}\n\
             auth_failure_delay = 0\n{more}\n"
        );
        std::fs::write(folder.join("dovecot.conf"), configuration).expect("the folder can be written");
        let mut dovecot = Self { process: None, folder, port, delivered: AtomicU32::new(0) };
        dovecot.go_on();
        Ok(dovecot)
    }

    /// Where it listens, on `127.0.0.1`.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Starts it again after [`Dovecot::stop`], and waits until it listens.
    pub fn go_on(&mut self) {
        let configuration = self.folder.join("dovecot.conf");
        let process = Command::new(PROGRAM).arg("-F").arg("-c").arg(configuration).spawn();
        self.process = Some(process.expect("dovecot starts"));
        for _ in 0..400 {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(25));
        }
        let log = std::fs::read_to_string(self.folder.join("log")).unwrap_or_default();
        fail(&format!("dovecot does not listen: {log}"));
    }

    /// Ends it and every connection.
    pub fn stop(&mut self) {
        let Some(mut process) = self.process.take() else { return };
        // By its own end, so that it ends its children, too.
        drop(Command::new("kill").arg(process.id().to_string()).status());
        drop(process.wait());
    }

    /// Puts a message into somebody's mailbox, as a mail server would.
    pub fn deliver(&self, user: &str, message: &str) {
        let number = self.delivered.fetch_add(1, Ordering::Relaxed);
        let name = format!("{}.M{number}.test", 1_700_000_000 + number);
        let mailbox = self.mailbox(user);
        let (tmp, new) = (mailbox.join("tmp").join(&name), mailbox.join("new").join(&name));
        std::fs::write(&tmp, message).expect("a mailbox can be written");
        hand_to_mail(&tmp);
        std::fs::rename(tmp, new).expect("a mailbox can be written");
    }

    /// How many of somebody's messages are marked as read.
    #[must_use]
    pub fn seen(&self, user: &str) -> usize {
        let names = std::fs::read_dir(self.mailbox(user).join("cur")).into_iter().flatten().flatten();
        names.filter(|file| file.file_name().to_string_lossy().ends_with('S')).count()
    }

    /// Forgets the numbers of somebody's messages: they get others, under another UIDVALIDITY.
    pub fn renumber(&self, user: &str) {
        let names = std::fs::read_dir(self.mailbox(user)).into_iter().flatten().flatten();
        for file in names.filter(|file| file.file_name().to_string_lossy().starts_with("dovecot")) {
            drop(std::fs::remove_file(file.path()));
        }
        // A numbering is named after the second in which it begins.
        std::thread::sleep(Duration::from_millis(1100));
    }

    fn mailbox(&self, user: &str) -> PathBuf {
        let mailbox = self.folder.join(user);
        for folder in ["", "tmp", "new", "cur"] {
            let folder = mailbox.join(folder);
            if !folder.exists() {
                std::fs::create_dir(&folder).expect("the folder can be written");
                hand_to_mail(&folder);
            }
        }
        mailbox
    }
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        self.stop();
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn hand_to_mail(path: &Path) {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let ids = passwd.lines().find_map(|line| {
        let mut fields = line.strip_prefix(MAIL_USER)?.strip_prefix(':')?.split(':').skip(1);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    });
    let Some((user, group)) = ids else { fail("there is no user for mail") };
    chown(path, Some(user), Some(group)).expect("root may chown");
}
