//! Against a real Dovecot, started here with its own configuration on a free port.

use testkit::dovecot::Dovecot;

use super::*;
use crate::peer::testing::{certificate, play, say};

/// Starts Dovecot with `more` configuration, or says why not.
fn start_dovecot(name: &str, more: &str) -> Option<Dovecot> {
    Dovecot::start(name, more).inspect_err(|why| println!("skipped: {why}")).ok()
}

const PASSWORD: &str = "ssl = no\npassdb {\n  driver = static\n  args = password=p\\w\n}\n";

fn patient(port: u16) -> ImapConfig {
    let limits = ImapLimits { retry_max: Duration::from_millis(500), ..limits() };
    let auth = ImapAuth::Password { user: "ada".to_owned(), password: Secret::new("p\\w") };
    ImapConfig { limits, auth, ..config(port) }
}

#[tokio::test]
async fn a_real_server_from_first_mail_to_renumbering() {
    let Some(dovecot) = start_dovecot("plain", PASSWORD) else {
        return;
    };
    for n in 0..120 {
        dovecot.deliver("ada", &format!("Subject: {n}\n\nbody {n} {{9}}\n"));
    }
    dovecot.deliver("ada", &format!("Subject: big\n\n{}", "x".repeat(3000)));
    let basket = Basket::default();
    let reading =
        read_until(patient(dovecot.port()), &basket, |b| b.bodies().len() == 122 && b.current() > 1);
    let adding = async {
        while basket.current() == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        dovecot.deliver("ada", "Subject: late\n\nwhile idling\n");
    };
    tokio::join!(reading, adding);
    let bodies = basket.bodies();
    assert_eq!(bodies[0], "Subject: 0\r\n\r\nbody 0 {9}\r\n");
    assert!(bodies[120].starts_with("TooLarge"), "{}", bodies[120]);
    assert_eq!(bodies[121], "Subject: late\r\n\r\nwhile idling\r\n");
    assert_eq!(bodies.iter().collect::<BTreeSet<_>>().len(), 122);
    assert_eq!(dovecot.seen("ada"), 121, "all but the large one");

    // Nothing comes again.
    read_until(patient(dovecot.port()), &basket, |b| b.current() > 2).await;
    assert_eq!(basket.bodies().len(), 122);

    // The server forgets its numbering: everything comes again, for the intake to recognise.
    let before = basket.inner().progress.unwrap();
    dovecot.renumber("ada");
    read_until(patient(dovecot.port()), &basket, |b| b.bodies().len() == 244).await;
    assert_ne!(basket.inner().progress.unwrap().uid_validity, before.uid_validity);
}

#[tokio::test]
async fn a_real_server_refuses_a_wrong_password_and_an_unknown_folder() {
    let Some(dovecot) = start_dovecot("refuses", PASSWORD) else {
        return;
    };
    let basket = Basket::default();
    let wrong = ImapAuth::Password { user: "ada".to_owned(), password: Secret::new("other") };
    let config = ImapConfig { auth: wrong, ..patient(dovecot.port()) };
    read_until(config, &basket, |b| b.saw(Trouble::Auth)).await;
    let elsewhere = ImapConfig { folder: "Entwürfe & {9}".to_owned(), ..patient(dovecot.port()) };
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
    let Some(dovecot) = start_dovecot("starttls", &tls) else {
        return;
    };
    dovecot.deliver("ada", "Subject: x\n\nhidden\n");
    let config = ImapConfig { security: Security::StartTls, ..patient(dovecot.port()) };
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
    let Some(dovecot) = start_dovecot("oauth2", &more) else {
        return;
    };
    dovecot.deliver("ada@desk.example", "Subject: x\n\nwith a token\n");
    let token = TokenSource::new(|freshness| {
        let token = if freshness == Freshness::New { "good-token" } else { "expired-token" };
        Box::pin(async move { Ok(Secret::new(token)) })
    });
    let auth = ImapAuth::XOAuth2 { user: "ada@desk.example".to_owned(), token };
    let basket = Basket::default();
    read_until(ImapConfig { auth, ..patient(dovecot.port()) }, &basket, |b| b.bodies().len() == 1).await;
    assert!(basket.saw(Trouble::Auth), "the first token was refused");
    std::fs::remove_file(oauth).ok();
}
