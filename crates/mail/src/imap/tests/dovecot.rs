//! Against a real Dovecot, started here with its own configuration on a free port.

use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use super::*;
use crate::peer::testing::{certificate, play, say};

struct Dovecot {
    process: Child,
    dir: PathBuf,
    port: u16,
    next: std::cell::Cell<u32>,
}

impl Drop for Dovecot {
    fn drop(&mut self) {
        // By its own end, so that it ends its children, too.
        Command::new("kill").arg(self.process.id().to_string()).status().ok();
        self.process.wait().ok();
        std::fs::remove_dir_all(&self.dir).ok();
    }
}

impl Dovecot {
    /// Puts a message into the mailbox as a mail server would.
    fn deliver(&self, body: &str) {
        self.next.set(self.next.get() + 1);
        let name = format!("{}.M{}.test", 1_700_000_000 + self.next.get(), self.next.get());
        let (tmp, new) = (self.dir.join("mail/tmp"), self.dir.join("mail/new"));
        std::fs::write(tmp.join(&name), body).unwrap();
        std::os::unix::fs::chown(tmp.join(&name), Some(self.uid()), None).unwrap();
        std::fs::rename(tmp.join(&name), new.join(&name)).unwrap();
    }

    fn uid(&self) -> u32 {
        use std::os::unix::fs::MetadataExt as _;
        std::fs::metadata(self.dir.join("mail")).unwrap().uid()
    }

    /// How many messages are marked as read.
    fn seen(&self) -> usize {
        let names = std::fs::read_dir(self.dir.join("mail/cur")).unwrap();
        names.filter(|e| e.as_ref().unwrap().file_name().to_string_lossy().ends_with('S')).count()
    }
}

/// Starts Dovecot with `more` configuration, or says why not.
async fn start_dovecot(name: &str, more: &str) -> Option<Dovecot> {
    if !Path::new("/usr/sbin/dovecot").exists() {
        println!("skipped: dovecot is not installed");
        return None;
    }
    let root = Command::new("id").arg("-u").output().is_ok_and(|o| o.stdout == b"0\n");
    if !root {
        println!("skipped: dovecot needs root to start");
        return None;
    }
    let dir = std::env::temp_dir().join(format!("mail-{name}-{}", std::process::id()));
    std::fs::remove_dir_all(&dir).ok();
    for folder in ["mail/tmp", "mail/new", "mail/cur", "run"] {
        std::fs::create_dir_all(dir.join(folder)).unwrap();
    }
    assert!(
        Command::new("chown").args(["-R", "mail:mail"]).arg(dir.join("mail")).status().unwrap().success()
    );
    let (listener, port) = loopback().await;
    drop(listener);
    let at = dir.display();
    let conf = format!(
        "protocols = imap\nbase_dir = {at}/run\nlog_path = {at}/log\nlisten = 127.0.0.1\n\
         mail_location = maildir:{at}/mail\nfirst_valid_uid = 1\nmail_uid = mail\nmail_gid = mail\n\
         disable_plaintext_auth = no\n\
         userdb {{\n  driver = static\n  args = uid=mail gid=mail home={at}/mail\n}}\n\
         service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {port}\n  }}\n\
         inet_listener imaps {{\n    port = 0\n  }}\n}}\n\
         service anvil {{\n  chroot =\n  unix_listener anvil-auth-penalty {{\n    mode = 0\n  }}\n}}\nauth_failure_delay = 0\n{more}\n"
    );
    std::fs::write(dir.join("dovecot.conf"), conf).unwrap();
    let process =
        Command::new("/usr/sbin/dovecot").arg("-F").arg("-c").arg(dir.join("dovecot.conf")).spawn().unwrap();
    let dovecot = Dovecot { process, dir, port, next: std::cell::Cell::new(0) };
    for _ in 0..200 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_ok() {
            return Some(dovecot);
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    panic!(
        "dovecot does not start: {}",
        std::fs::read_to_string(dovecot.dir.join("log")).unwrap_or_default()
    );
}

const PASSWORD: &str = "ssl = no\npassdb {\n  driver = static\n  args = password=p\\w\n}\n";

fn patient(port: u16) -> ImapConfig {
    let limits = ImapLimits { retry_max: Duration::from_millis(500), ..limits() };
    let auth = ImapAuth::Password { user: "ada".to_owned(), password: Secret::new("p\\w") };
    ImapConfig { limits, auth, ..config(port) }
}

#[tokio::test]
async fn a_real_server_from_first_mail_to_renumbering() {
    let Some(dovecot) = start_dovecot("plain", PASSWORD).await else {
        return;
    };
    for n in 0..120 {
        dovecot.deliver(&format!("Subject: {n}\n\nbody {n} {{9}}\n"));
    }
    dovecot.deliver(&format!("Subject: big\n\n{}", "x".repeat(3000)));
    let basket = Basket::default();
    let reading = read_until(patient(dovecot.port), &basket, |b| b.bodies().len() == 122 && b.current() > 1);
    let adding = async {
        while basket.current() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        dovecot.deliver("Subject: late\n\nwhile idling\n");
    };
    tokio::join!(reading, adding);
    let bodies = basket.bodies();
    assert_eq!(bodies[0], "Subject: 0\r\n\r\nbody 0 {9}\r\n");
    assert!(bodies[120].starts_with("TooLarge"), "{}", bodies[120]);
    assert_eq!(bodies[121], "Subject: late\r\n\r\nwhile idling\r\n");
    assert_eq!(bodies.iter().collect::<BTreeSet<_>>().len(), 122);
    assert_eq!(dovecot.seen(), 121, "all but the large one");

    // Nothing comes again.
    read_until(patient(dovecot.port), &basket, |b| b.current() > 2).await;
    assert_eq!(basket.bodies().len(), 122);

    // The server forgets its numbering: everything comes again, for the intake to recognise.
    let before = basket.inner().progress.unwrap();
    for file in [
        "dovecot-uidlist",
        "dovecot-uidvalidity",
        "dovecot.index",
        "dovecot.index.log",
        "dovecot.index.cache",
    ] {
        std::fs::remove_file(dovecot.dir.join("mail").join(file)).ok();
    }
    tokio::time::sleep(Duration::from_millis(1100)).await;
    read_until(patient(dovecot.port), &basket, |b| b.bodies().len() == 244).await;
    assert_ne!(basket.inner().progress.unwrap().uid_validity, before.uid_validity);
}

#[tokio::test]
async fn a_real_server_refuses_a_wrong_password_and_an_unknown_folder() {
    let Some(dovecot) = start_dovecot("refuses", PASSWORD).await else {
        return;
    };
    let basket = Basket::default();
    let wrong = ImapAuth::Password { user: "ada".to_owned(), password: Secret::new("other") };
    let config = ImapConfig { auth: wrong, ..patient(dovecot.port) };
    read_until(config, &basket, |b| b.saw(Trouble::Auth)).await;
    let elsewhere = ImapConfig { folder: "Entwürfe & {9}".to_owned(), ..patient(dovecot.port) };
    read_until(elsewhere, &basket, |b| b.saw(Trouble::Folder)).await;
}

#[tokio::test]
async fn a_real_server_over_starttls() {
    let Some((pem, key)) = certificate() else { return };
    let dir = std::env::temp_dir().join(format!("mail-certificate-{}", std::process::id()));
    std::fs::create_dir_all(&dir).unwrap();
    std::fs::write(dir.join("cert.pem"), &pem).unwrap();
    std::fs::write(dir.join("key.pem"), &key).unwrap();
    let at = dir.display();
    let tls = format!(
        "{}ssl_cert = <{at}/cert.pem\nssl_key = <{at}/key.pem\n",
        PASSWORD.replace("ssl = no", "ssl = yes")
    );
    let Some(dovecot) = start_dovecot("starttls", &tls).await else {
        return;
    };
    dovecot.deliver("Subject: x\n\nhidden\n");
    let config = ImapConfig { security: Security::StartTls, ..patient(dovecot.port) };
    let basket = Basket::default();
    read_until(config.clone(), &basket, |b| b.saw(Trouble::Tls)).await;
    let config = ImapConfig { trust: Trust::web_and_pem(&pem).unwrap(), ..config };
    read_until(config, &basket, |b| b.bodies().len() == 1).await;
    std::fs::remove_dir_all(&dir).ok();
}

#[tokio::test]
async fn a_real_server_takes_the_new_token() {
    let (listener, introspection) = loopback().await;
    // Says of each token whether it is valid, as an authorization server would.
    tokio::spawn(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            tokio::spawn(async move {
                let mut stream = BufReader::new(tcp);
                let mut request = String::new();
                while !request.ends_with("\r\n\r\n") {
                    if stream.read_line(&mut request).await.unwrap_or(0) == 0 {
                        return;
                    }
                }
                let body = match request.contains("good-token") {
                    true => r#"{"active":true,"username":"ada@desk.example"}"#,
                    false => r#"{"active":false}"#,
                };
                let head = format!(
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {}",
                    body.len()
                );
                play(stream, &[say(format!("{head}\r\nConnection: close\r\n\r\n{body}"))]).await;
            });
        }
    });
    let oauth = std::env::temp_dir().join(format!("mail-oauth2-{}.conf", std::process::id()));
    let url = format!("http://127.0.0.1:{introspection}/?token=");
    std::fs::write(
        &oauth,
        format!("introspection_mode = get\nintrospection_url = {url}\nusername_attribute = username\nactive_attribute = active\nactive_value = true\n"),
    )
    .unwrap();
    let more = format!(
        "ssl = no\nauth_mechanisms = xoauth2\npassdb {{\n  driver = oauth2\n  mechanisms = xoauth2\n  args = {}\n}}\n",
        oauth.display()
    );
    let Some(dovecot) = start_dovecot("oauth2", &more).await else {
        return;
    };
    dovecot.deliver("Subject: x\n\nwith a token\n");
    let token = TokenSource::new(|freshness| {
        let token = if freshness == Freshness::New { "good-token" } else { "expired-token" };
        Box::pin(async move { Ok(Secret::new(token)) })
    });
    let auth = ImapAuth::XOAuth2 { user: "ada@desk.example".to_owned(), token };
    let basket = Basket::default();
    read_until(ImapConfig { auth, ..patient(dovecot.port) }, &basket, |b| b.bodies().len() == 1).await;
    assert!(basket.saw(Trouble::Auth), "the first token was refused");
    std::fs::remove_file(oauth).ok();
}
