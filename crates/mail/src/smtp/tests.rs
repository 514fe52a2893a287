use super::*;
use crate::peer::testing::{Step, acceptor, certificate, loopback, play, say};
use tokio::task::JoinHandle;

const GREET: &str = "220 mx.example ESMTP\r\n";
const MESSAGE: &[u8] = b"Subject: x\r\n\r\nHello\n.\nworld";

fn config(port: u16) -> SmtpConfig {
    let wait = Duration::from_secs(10);
    SmtpConfig {
        host: "localhost".to_owned(),
        port,
        security: Security::None,
        trust: Trust::web(),
        auth: SmtpAuth::None,
        helo: "desk.example".to_owned(),
        timeouts: SmtpTimeouts { connect: wait, command: wait, block: wait, end: wait },
    }
}

/// A server that plays one script for each connection, in turn.
async fn serve(scripts: Vec<Vec<Step>>) -> (u16, JoinHandle<Vec<String>>) {
    let (listener, port) = loopback().await;
    let task = tokio::spawn(async move {
        let mut heard = Vec::new();
        for script in scripts {
            heard.push(play(listener.accept().await.unwrap().0, &script).await);
        }
        heard
    });
    (port, task)
}

fn dialogue(lines: &[(&'static str, &str)]) -> Vec<Step> {
    let mut steps = vec![say(GREET)];
    for (wanted, reply) in lines {
        steps.extend([Step::Hear(wanted), say(format!("{reply}\r\n"))]);
    }
    steps
}

fn people(addresses: &[&str]) -> Vec<String> {
    addresses.iter().map(|&a| a.to_owned()).collect()
}

async fn send_one(script: Vec<Step>) -> Delivery {
    send_with(|_| (), script).await
}

async fn send_with(adjust: impl FnOnce(&mut SmtpTimeouts), script: Vec<Step>) -> Delivery {
    let (port, _server) = serve(vec![script]).await;
    let mut config = config(port);
    adjust(&mut config.timeouts);
    let results = Smtp::new(config).send("desk@a.example", &people(&["ada@b.example"]), MESSAGE).await;
    results.into_iter().next().unwrap().1
}

fn accepted(delivery: &Delivery) -> bool {
    matches!(delivery, Delivery::Accepted(_))
}

fn trouble(delivery: &Delivery) -> Option<Trouble> {
    match delivery {
        Delivery::Deferred { trouble, .. } => Some(*trouble),
        Delivery::Accepted(_) | Delivery::Refused(_) | Delivery::Unknown { .. } => None,
    }
}

#[tokio::test]
async fn each_recipient_has_its_own_answer() {
    let script = dialogue(&[
        ("EHLO desk.example", "250-mx\r\n250-SIZE 1000000\r\n250 8BITMIME"),
        ("MAIL FROM:<desk@a.example> SIZE=", "250 ok"),
        ("RCPT TO:<a@b.example>", "250 ok"),
        ("RCPT TO:<busy@b.example>", "452 4.2.2 full"),
        ("RCPT TO:<gone@b.example>", "550 5.1.1 unknown"),
        ("DATA", "354 go"),
        (".\r\n", "250 2.0.0 queued as 7"),
    ]);
    let (port, server) = serve(vec![script]).await;
    let to =
        people(&["a@b.example", "busy@b.example", "gone@b.example", "x@y\r\nRCPT TO:<z@z>", "ö@b.example"]);
    let results = Smtp::new(config(port)).send("desk@a.example", &to, MESSAGE).await;
    let by_order: Vec<&Delivery> = results.iter().map(|(_, r)| r).collect();
    assert_eq!(by_order[0], &Delivery::Accepted(Reply { code: 250, text: "2.0.0 queued as 7".into() }));
    assert_eq!(
        by_order[1],
        &Delivery::Deferred { trouble: Trouble::Server, detail: "452 4.2.2 full".to_owned() }
    );
    assert_eq!(by_order[2], &Delivery::Refused(Reply { code: 550, text: "5.1.1 unknown".into() }));
    assert!(matches!(by_order[3], Delivery::Refused(Reply { code: 553, .. })));
    assert!(matches!(by_order[4], Delivery::Refused(Reply { code: 553, .. })), "no SMTPUTF8 offered");
    let heard = &server.await.unwrap()[0];
    assert!(heard.ends_with("DATA\r\nSubject: x\r\n\r\nHello\r\n..\r\nworld\r\n.\r\n"), "{heard:?}");
    assert!(!heard.contains("z@z"));
}

#[tokio::test]
async fn v14_odd_dots_are_quoted() {
    let script = dialogue(&[
        ("EHLO desk.example", "250 mx"),
        ("MAIL FROM:<\"d.\"@a.example>\r\n", "250 ok"),
        ("RCPT TO:<\"a..b\"@docomo.example>\r\n", "250 ok"),
        ("DATA", "354 go"),
        (".\r\n", "250 ok"),
    ]);
    let (port, _server) = serve(vec![script]).await;
    let results =
        Smtp::new(config(port)).send("d.@a.example", &people(&["a..b@docomo.example"]), MESSAGE).await;
    assert!(results[0].0 == "a..b@docomo.example" && accepted(&results[0].1), "{results:?}");
}

#[tokio::test]
async fn smtputf8_is_said_when_it_is_needed_and_offered() {
    let script = dialogue(&[
        ("EHLO", "250-mx\r\n250 SMTPUTF8"),
        ("MAIL FROM:<> SMTPUTF8", "250 ok"),
        ("RCPT TO:<ö@b.example>", "250 ok"),
        ("DATA", "354 go"),
        (".\r\n", "250 ok"),
    ]);
    let (port, server) = serve(vec![script]).await;
    let results = Smtp::new(config(port)).send("", &people(&["ö@b.example"]), MESSAGE).await;
    assert!(accepted(&results[0].1), "{results:?}");
    server.await.unwrap();
}

#[tokio::test]
async fn one_connection_carries_several_messages() {
    let mut script = dialogue(&[("EHLO", "250 mx")]);
    for first in [true, false] {
        if !first {
            script.extend([Step::Hear("RSET"), say("250 ok\r\n")]);
        }
        for (wanted, reply) in
            [("MAIL", "250 ok"), ("RCPT", "250 ok"), ("DATA", "354 go"), (".\r\n", "250 ok")]
        {
            script.extend([Step::Hear(wanted), say(format!("{reply}\r\n"))]);
        }
    }
    // The third message finds the connection closed and makes its own.
    let again = dialogue(&[
        ("EHLO", "250 mx"),
        ("MAIL", "250 ok"),
        ("RCPT", "250 ok"),
        ("DATA", "354 go"),
        (".\r\n", "250 ok"),
    ]);
    let (port, server) = serve(vec![script, again]).await;
    let smtp = Smtp::new(config(port));
    for _ in 0..3 {
        let results = smtp.send("d@a.example", &people(&["a@b.example"]), MESSAGE).await;
        assert!(accepted(&results[0].1), "{results:?}");
    }
    assert_eq!(server.await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_connection_that_has_had_its_share_is_replaced() {
    let lines =
        [("EHLO", "250 mx"), ("MAIL", "250 ok"), ("RCPT", "250 ok"), ("DATA", "354 go"), (".\r\n", "250 ok")];
    let mut first = dialogue(&lines);
    first.extend([
        Step::Hear("RSET"),
        say("250 ok\r\n"),
        Step::Hear("MAIL"),
        say("421 enough for today\r\n"),
    ]);
    let (port, server) = serve(vec![first, dialogue(&lines)]).await;
    let smtp = Smtp::new(config(port));
    for _ in 0..2 {
        let results = smtp.send("d@a.example", &people(&["a@b.example"]), MESSAGE).await;
        assert!(accepted(&results[0].1), "{results:?}");
    }
    assert_eq!(server.await.unwrap().len(), 2);
}

#[tokio::test]
async fn v78_a_server_that_repeats_the_secret_does_not_spread_it() {
    for echo in ["535 what is AHUAY2FuYXJ5 ?", "535 wrong password canary"] {
        let (port, _server) = serve(vec![dialogue(&[("EHLO", "250 mx"), ("AUTH PLAIN", echo)])]).await;
        let auth = SmtpAuth::Password { user: "u".to_owned(), password: Secret::new("canary") };
        let (_, detail) = Smtp::new(SmtpConfig { auth, ..config(port) }).check().await.unwrap_err();
        assert!(detail.contains("535") && !detail.contains("canary") && !detail.contains("AHUA"), "{detail}");
    }
}

#[tokio::test]
async fn a_cut_after_the_message_is_unknown_and_before_it_is_deferred() {
    let steps =
        [("EHLO", "250 mx"), ("MAIL", "250 ok"), ("RCPT", "250 ok"), ("DATA", "354 go"), (".\r\n", "250 ok")];
    for cut in 0..steps.len() {
        let mut script = dialogue(&steps[..cut]);
        script.push(Step::Hear(steps[cut].0));
        let result = send_one(script).await;
        if cut == steps.len() - 1 {
            assert!(matches!(result, Delivery::Unknown { .. }), "{result:?}");
        } else {
            assert_eq!(trouble(&result), Some(Trouble::Cut), "cut at {}", steps[cut].0);
        }
    }
}

#[tokio::test]
async fn silence_ends() {
    for silent_at in ["EHLO", "MAIL", ".\r\n"] {
        let mut script = vec![say(GREET)];
        for (wanted, reply) in
            [("EHLO", "250 mx"), ("MAIL", "250 ok"), ("RCPT", "250 ok"), ("DATA", "354 go"), (".\r\n", "")]
        {
            script.push(Step::Hear(wanted));
            if wanted == silent_at {
                script.push(Step::Sleep);
                break;
            }
            script.push(say(format!("{reply}\r\n")));
        }
        let impatient = |timeouts: &mut SmtpTimeouts| {
            timeouts.command = Duration::from_millis(400);
            timeouts.end = Duration::from_millis(400);
        };
        let result = send_with(impatient, script).await;
        match silent_at {
            ".\r\n" => assert!(matches!(result, Delivery::Unknown { .. }), "{result:?}"),
            _ => assert_eq!(trouble(&result), Some(Trouble::Timeout), "{silent_at}"),
        }
    }
}

#[tokio::test]
async fn one_byte_at_a_time_is_fine() {
    let script = vec![
        Step::Dribble("220-hello\r\n220 there\r\n"),
        Step::Hear("EHLO"),
        Step::Dribble("250-mx\r\n250 8BITMIME\r\n"),
        Step::Hear("MAIL"),
        Step::Dribble("250 ok\r\n"),
        Step::Hear("RCPT"),
        Step::Dribble("251 forwards\r\n"),
        Step::Hear("DATA"),
        Step::Dribble("354 go\r\n"),
        Step::Hear(".\r\n"),
        Step::Dribble("250 ok\r\n"),
    ];
    assert!(accepted(&send_one(script).await));
}

#[tokio::test]
async fn nonsense_is_not_believed() {
    for greeting in [
        "x".repeat(100_000),
        "220".repeat(50_000),
        "220-x\r\n".repeat(1000),
        "220-a\r\n250 b\r\n".to_owned(),
        "2\r\n".to_owned(),
        "\u{221e}20 x\r\n".to_owned(),
        "999 x\r\n".to_owned(),
        "HTTP/1.1 400 no\r\n".to_owned(),
    ] {
        let result = send_one(vec![say(greeting.clone()), Step::Sleep]).await;
        assert_eq!(trouble(&result), Some(Trouble::Protocol), "{:?}", &greeting[..greeting.len().min(20)]);
    }
}

#[tokio::test]
async fn what_speaks_of_the_connection_is_no_verdict_on_the_message() {
    let busy = vec![say("554 go away\r\n")];
    assert_eq!(trouble(&send_one(busy).await), Some(Trouble::Server));
    let sign_in_first = dialogue(&[("EHLO", "250 mx"), ("MAIL", "530 5.7.0 sign in")]);
    assert_eq!(trouble(&send_one(sign_in_first).await), Some(Trouble::Auth));
    let leaving = dialogue(&[("EHLO", "250 mx"), ("MAIL", "421 bye")]);
    assert_eq!(trouble(&send_one(leaving).await), Some(Trouble::Server));
    let refused = dialogue(&[("EHLO", "250 mx"), ("MAIL", "550 no")]);
    assert!(matches!(send_one(refused).await, Delivery::Refused(_)));
}

#[tokio::test]
async fn too_large_is_known_before_it_is_sent() {
    let result = send_one(dialogue(&[("EHLO", "250-mx\r\n250 SIZE 10"), ("QUIT", "221 bye")])).await;
    assert!(matches!(result, Delivery::Refused(Reply { code: 552, .. })), "{result:?}");
}

#[tokio::test]
async fn nobody_listens() {
    let (listener, port) = loopback().await;
    drop(listener);
    let results = Smtp::new(config(port)).send("", &people(&["a@b.example"]), MESSAGE).await;
    assert_eq!(trouble(&results[0].1), Some(Trouble::Connect));
}

#[tokio::test]
async fn a_refused_token_is_replaced_by_a_new_one() {
    let refused = dialogue(&[
        ("EHLO", "250-mx\r\n250 AUTH XOAUTH2"),
        ("AUTH XOAUTH2", "334 eyJzdGF0dXMiOiI0MDEifQ=="),
        ("\r\n", "535 5.7.8 no"),
    ]);
    let taken =
        dialogue(&[("EHLO", "250-mx\r\n250 AUTH XOAUTH2"), ("AUTH XOAUTH2", "235 ok"), ("QUIT", "221 bye")]);
    let (port, server) = serve(vec![refused, taken]).await;
    let token = TokenSource::new(|freshness| {
        Box::pin(async move { Ok(Secret::new(if freshness == Freshness::New { "new" } else { "old" })) })
    });
    let smtp = Smtp::new(SmtpConfig {
        auth: SmtpAuth::XOAuth2 { user: "desk@a.example".to_owned(), token },
        ..config(port)
    });
    assert_eq!(smtp.check().await.unwrap_err().0, Trouble::Auth);
    smtp.check().await.unwrap();
    let heard = server.await.unwrap();
    // user=desk@a.example^Aauth=Bearer new^A^A
    assert!(heard[1].contains("dXNlcj1kZXNrQGEuZXhhbXBsZQFhdXRoPUJlYXJlciBuZXcBAQ=="), "{}", heard[1]);
}

#[tokio::test]
async fn passwords_by_plain_or_login() {
    let plain = dialogue(&[
        ("EHLO", "250-mx\r\n250 AUTH LOGIN PLAIN"),
        ("AUTH PLAIN AHUAcA==", "235 ok"),
        ("QUIT", "221"),
    ]);
    let login = dialogue(&[
        ("EHLO", "250-mx\r\n250 AUTH LOGIN"),
        ("AUTH LOGIN", "334 VXNlcg=="),
        ("dQ==", "334 UGFzcw=="),
        ("cA==", "235 ok"),
        ("QUIT", "221"),
    ]);
    let (port, server) = serve(vec![plain, login]).await;
    let auth = SmtpAuth::Password { user: "u".to_owned(), password: Secret::new("p") };
    for _ in 0..2 {
        Smtp::new(SmtpConfig { auth: auth.clone(), ..config(port) }).check().await.unwrap();
    }
    server.await.unwrap();
}

#[tokio::test]
async fn starttls_is_demanded_and_nothing_is_injected_before_it() {
    let cases = [
        (vec![("EHLO", "250 mx")], "does not offer"),
        (vec![("EHLO", "250-mx\r\n250 STARTTLS"), ("STARTTLS", "454 not now")], "454"),
        (vec![("EHLO", "250-mx\r\n250 STARTTLS"), ("STARTTLS", "220 go\r\n250 injected")], "before TLS"),
        (vec![("EHLO", "250-mx\r\n250 STARTTLS"), ("STARTTLS", "220 go")], "TLS"),
    ];
    for (lines, wanted) in cases {
        let (port, _server) = serve(vec![dialogue(&lines)]).await;
        let smtp = Smtp::new(SmtpConfig { security: Security::StartTls, ..config(port) });
        let (trouble, detail) = smtp.check().await.unwrap_err();
        assert_eq!(trouble, Trouble::Tls, "{detail}");
        assert!(detail.contains(wanted), "{detail}");
    }
}

#[tokio::test]
async fn v28_tls_with_a_known_certificate_and_not_with_another() {
    let Some((pem, key)) = certificate() else { return };
    let (listener, port) = loopback().await;
    let acceptor = acceptor(&pem, &key);
    tokio::spawn(async move {
        loop {
            let (tcp, _) = listener.accept().await.unwrap();
            let Ok(tls) = acceptor.accept(tcp).await else {
                continue;
            };
            play(tls, &dialogue(&[("EHLO", "250 mx"), ("QUIT", "221 bye")])).await;
        }
    });
    let tls = SmtpConfig { security: Security::Tls, ..config(port) };
    let (trouble, detail) = Smtp::new(tls.clone()).check().await.unwrap_err();
    assert_eq!(trouble, Trouble::Tls, "{detail}");
    let known = SmtpConfig { trust: Trust::web_and_pem(&pem).unwrap(), ..tls };
    Smtp::new(known.clone()).check().await.unwrap();
    let other_name = SmtpConfig { host: "127.0.0.1".to_owned(), ..known };
    assert_eq!(Smtp::new(other_name).check().await.unwrap_err().0, Trouble::Tls);
}

#[tokio::test]
async fn v28_a_peer_that_only_pretends_to_speak_tls() {
    let records: [&[u8]; 7] = [
        b"",
        b"220 mx.example ESMTP\r\n",
        // close_notify in the middle of the handshake; a fatal alert; a record longer than allowed; noise.
        &[21, 3, 3, 0, 2, 1, 0],
        &[21, 3, 3, 0, 2, 2, 40],
        &[22, 3, 3, 0xff, 0xff, 2, 0, 0, 1],
        &[22, 3, 3, 0, 4, 2, 0, 0, 0],
        &[0xff; 4096],
    ];
    for record in records {
        let (listener, port) = loopback().await;
        tokio::spawn(async move {
            let (mut tcp, _) = listener.accept().await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut tcp, record).await.unwrap();
            std::future::pending::<()>().await;
        });
        let mut config = SmtpConfig { security: Security::Tls, ..config(port) };
        config.timeouts.connect = Duration::from_millis(300);
        let (trouble, detail) = Smtp::new(config).check().await.unwrap_err();
        assert!(matches!(trouble, Trouble::Tls | Trouble::Timeout), "{record:?}: {trouble:?} {detail}");
    }
}

#[test]
fn v16_an_address_is_never_an_option_or_a_command() {
    for bad in ["-f@b", "a@b>", "a@b\r\n", " a@b", "a b@c", "a@b\0", ""] {
        assert!(!is_path(bad), "{bad:?}");
    }
    assert!(is_path("a+b@c.example"));
}

#[test]
fn retries_last_three_days_and_end() {
    let delays: Vec<Duration> = (1..).map_while(retry_delay).collect();
    assert_eq!(delays[0], Duration::from_secs(60));
    assert!(delays.is_sorted());
    let total: Duration = delays.iter().sum();
    assert!(total >= Duration::from_secs(72 * 3600) && total < Duration::from_secs(80 * 3600), "{total:?}");
    assert_eq!(retry_delay(0), Some(Duration::from_secs(60)));
    assert_eq!(retry_delay(u32::MAX), None);
}
