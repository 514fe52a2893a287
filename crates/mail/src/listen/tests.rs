use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::net::{TcpStream, UnixStream};

use super::*;
use crate::peer::testing::loopback;
use crate::peer::{Security, Trust};
use crate::smtp::{Delivery, Smtp, SmtpAuth, SmtpConfig, SmtpTimeouts};

/// Takes mail for `…@desk.example`; says `Later` to `busy@`, fails for the first `refuse` messages.
#[derive(Default)]
struct Post {
    taken: Mutex<Vec<(Envelope, Vec<u8>)>>,
    refuse: AtomicU32,
}

impl Handler for Post {
    async fn rcpt(&self, address: &str) -> RcptDecision {
        match address {
            "busy@desk.example" => RcptDecision::Later,
            _ if address.ends_with("@desk.example") => RcptDecision::Ours,
            _ => RcptDecision::Unknown,
        }
    }

    async fn accept(&self, envelope: &Envelope, message: &[u8]) -> AcceptResult {
        if envelope.recipients[0].starts_with("full@") {
            return AcceptResult::Later;
        }
        if self.refuse.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |n| n.checked_sub(1)).is_ok() {
            return AcceptResult::Refused;
        }
        self.taken.lock().unwrap().push((envelope.clone(), message.to_vec()));
        AcceptResult::Durable
    }
}

struct Running {
    port: u16,
    post: Arc<Post>,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Running {
    async fn start(protocol: Protocol, limits: ListenLimits) -> Self {
        let (listener, port) = loopback().await;
        let post = Arc::new(Post::default());
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(serve(Listener::Tcp(listener), protocol, limits, Arc::clone(&post), stopped));
        Self { port, post, stop, task }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(("127.0.0.1", self.port)).await.unwrap()
    }

    /// Sends all of `input` and reads until the server closes.
    async fn say(&self, input: &[u8]) -> String {
        let mut stream = self.connect().await;
        stream.write_all(input).await.unwrap();
        let mut output = Vec::new();
        // A server that closes with input unread resets the connection; what it said before counts.
        let _ = timeout(Duration::from_secs(10), stream.read_to_end(&mut output)).await.unwrap();
        String::from_utf8(output).unwrap()
    }

    fn taken(&self) -> Vec<(Envelope, Vec<u8>)> {
        self.post.taken.lock().unwrap().clone()
    }
}

fn quick() -> ListenLimits {
    ListenLimits {
        message: 1000,
        recipients: 3,
        connections: 2,
        mistakes: 5,
        idle: Duration::from_secs(5),
        data: Duration::from_secs(5),
        farewell: Duration::from_secs(2),
        ..ListenLimits::default()
    }
}

fn codes(output: &str) -> Vec<&str> {
    output.lines().filter(|l| l.as_bytes().get(3) == Some(&b' ')).map(|l| &l[..3]).collect()
}

const START: &str = "EHLO x\r\nMAIL FROM:<a@b.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n";

#[tokio::test]
async fn a_pipelined_message_arrives_as_it_was_sent() {
    let server = Running::start(Protocol::Smtp, quick()).await;
    let output =
        server.say(format!("{START}Subject: x\r\n\r\n..dot\nbare\r\n.\r\nQUIT\r\n").as_bytes()).await;
    assert_eq!(codes(&output), ["220", "250", "250", "250", "354", "250", "221"], "{output}");
    for offered in ["PIPELINING", "8BITMIME", "SMTPUTF8", "SIZE 1000"] {
        assert!(output.contains(offered), "{offered}");
    }
    let envelope =
        Envelope { sender: Some("a@b.example".to_owned()), recipients: vec!["help@desk.example".to_owned()] };
    assert_eq!(server.taken(), [(envelope, b"Subject: x\r\n\r\n.dot\nbare\r\n".to_vec())]);
}

#[tokio::test]
async fn v17_never_two_messages() {
    let server = Running::start(Protocol::Smtp, quick()).await;
    let second = "MAIL FROM:<evil@b.example>\r\nRCPT TO:<help@desk.example>\r\nDATA\r\nsecond\r\n.\r\n";
    for (number, end) in
        ["\n.\n", "\n.\r\n", "\r.\r", "\r\n.\n", "\r\n.\r", "\r.\r\n", "\n\r.\n"].iter().enumerate()
    {
        let output = server.say(format!("{START}first{end}{second}QUIT\r\n").as_bytes()).await;
        assert_eq!(codes(&output), ["220", "250", "250", "250", "354", "250", "221"], "{end:?}: {output}");
        let taken = server.taken();
        assert_eq!(taken.len(), number + 1, "{end:?}");
        assert_eq!(taken[number].0.sender.as_deref(), Some("a@b.example"));
    }
}

#[tokio::test]
async fn a_command_that_ends_in_a_bare_lf_ends_the_connection() {
    let server = Running::start(Protocol::Smtp, quick()).await;
    for input in ["EHLO x\nMAIL FROM:<a@b>\r\n", "EHLO x\rMAIL\r\n", "EHLO \0\r\n", "NOOP \u{85}\r\n"] {
        let output = server.say(input.as_bytes()).await;
        assert_eq!(codes(&output), ["220", "500"], "{input:?}");
    }
    let endless = server.say(&[b'x'; 5000]).await;
    assert_eq!(codes(&endless), ["220", "500"]);
}

#[tokio::test]
async fn recipients_and_order_are_checked() {
    let server = Running::start(Protocol::Smtp, ListenLimits { mistakes: 50, ..quick() }).await;
    for (input, wanted) in [
        ("MAIL FROM:<a@b>\r\n", &["503"][..]),
        ("EHLO x\r\nRCPT TO:<help@desk.example>\r\nDATA\r\n", &["250", "503", "503"]),
        ("EHLO x\r\nMAIL FROM:<>\r\nDATA\r\n", &["250", "250", "503"]),
        (
            "EHLO x\r\nMAIL FROM:<> SIZE=1001\r\nMAIL FROM:<> SIZE=x\r\nMAIL FROM:<> X=1\r\n",
            &["250", "552", "501", "555"],
        ),
        (
            "HELO x\r\nMAIL FROM:<>\r\nRCPT TO:<x@other.example>\r\nRCPT TO:<busy@desk.example>\r\nRCPT TO:<>\r\n",
            &["250", "250", "550", "451", "501"],
        ),
        ("LHLO x\r\nSTARTTLS\r\nAUTH PLAIN x\r\nVRFY x\r\nNOOP\r\n", &["502", "502", "502", "252", "250"]),
    ] {
        let output = server.say(format!("{input}QUIT\r\n").as_bytes()).await;
        assert_eq!(codes(&output)[1..codes(&output).len() - 1], *wanted, "{input:?}: {output}");
    }
    let four = "RCPT TO:<help@desk.example>\r\n".repeat(4);
    let output = server.say(format!("EHLO x\r\nMAIL FROM:<>\r\n{four}QUIT\r\n").as_bytes()).await;
    assert_eq!(codes(&output)[3..], ["250", "250", "250", "452", "221"]);
}

#[tokio::test]
async fn what_is_not_durable_is_never_answered_with_250() {
    let server = Running::start(Protocol::Smtp, quick()).await;
    server.post.refuse.store(1, Ordering::SeqCst);
    assert_eq!(codes(&server.say(format!("{START}x\r\n.\r\nQUIT\r\n").as_bytes()).await)[5], "554");
    let full = START.replace("help@", "full@");
    assert_eq!(codes(&server.say(format!("{full}x\r\n.\r\nQUIT\r\n").as_bytes()).await)[5], "451");
    let large = "x".repeat(2000);
    assert_eq!(codes(&server.say(format!("{START}{large}\r\n.\r\nQUIT\r\n").as_bytes()).await)[5], "552");
    assert!(server.taken().is_empty());
    assert_eq!(codes(&server.say(format!("{START}x\r\n.\r\nQUIT\r\n").as_bytes()).await)[5], "250");
}

#[tokio::test]
async fn lmtp_answers_for_each_recipient() {
    let server = Running::start(Protocol::Lmtp, quick()).await;
    let input = "LHLO x\r\nMAIL FROM:<>\r\nRCPT TO:<a@desk.example>\r\nRCPT TO:<full@desk.example>\r\n\
                 RCPT TO:<b@desk.example>\r\nDATA\r\nx\r\n.\r\nQUIT\r\n";
    let output = server.say(input.as_bytes()).await;
    assert_eq!(codes(&output)[7..], ["250", "451", "250", "221"], "{output}");
    let recipients: Vec<_> = server.taken().into_iter().map(|(e, _)| e.recipients).collect();
    assert_eq!(recipients, [["a@desk.example"], ["b@desk.example"]]);
    assert_eq!(codes(&server.say(b"EHLO x\r\nQUIT\r\n").await), ["220", "502", "221"]);
}

#[tokio::test]
async fn r11_the_slow_are_closed() {
    let (idle, data) = (Duration::from_millis(300), Duration::from_millis(600));
    let server = Running::start(Protocol::Smtp, ListenLimits { idle, data, ..quick() }).await;
    let output = server.say(b"EHLO x\r\nMAI").await;
    assert_eq!(codes(&output), ["220", "250", "421"]);
    // A byte now and then does not help.
    let mut stream = server.connect().await;
    stream.write_all(START.as_bytes()).await.unwrap();
    let began = tokio::time::Instant::now();
    while stream.write_all(b"x").await.is_ok() {
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert!(began.elapsed() < Duration::from_secs(5), "never closed");
    }
    assert!(server.taken().is_empty());
}

#[tokio::test]
async fn mistakes_are_counted() {
    let server = Running::start(Protocol::Smtp, quick()).await;
    let output = server.say("EXPN\r\n".repeat(50).as_bytes()).await;
    assert_eq!(codes(&output), ["220", "502", "502", "502", "502", "502", "421"]);
}

#[tokio::test]
async fn too_many_connections_are_told_to_come_back() {
    let server =
        Running::start(Protocol::Smtp, ListenLimits { idle: Duration::from_secs(5), ..quick() }).await;
    let mut open = Vec::new();
    for _ in 0..2 {
        let mut stream = BufReader::new(server.connect().await);
        stream.read_line(&mut String::new()).await.unwrap();
        open.push(stream);
    }
    let mut third = String::new();
    server.connect().await.read_to_string(&mut third).await.unwrap();
    assert!(third.starts_with("421 "), "{third}");
    drop(open);
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(codes(&server.say(b"QUIT\r\n").await), ["220", "221"]);
}

#[tokio::test]
async fn stopping_lets_a_message_finish() {
    let server = Running::start(Protocol::Smtp, quick()).await;
    let mut stream = server.connect().await;
    stream.write_all(format!("{START}half").as_bytes()).await.unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    server.stop.send(true).unwrap();
    stream.write_all(b" and half\r\n.\r\n").await.unwrap();
    let mut output = String::new();
    stream.read_to_string(&mut output).await.unwrap();
    assert_eq!(codes(&output)[4..], ["354", "250", "421"], "{output}");
    server.task.await.unwrap();
    assert_eq!(server.post.taken.lock().unwrap().len(), 1);
    assert!(TcpStream::connect(("127.0.0.1", server.port)).await.is_err());
}

#[tokio::test]
async fn a_unix_socket_does_as_well() {
    let path = std::env::temp_dir().join(format!("mail-listen-{}.sock", std::process::id()));
    std::fs::remove_file(&path).ok();
    let listener = Listener::Unix(UnixListener::bind(&path).unwrap());
    let (_stop, stopped) = watch::channel(false);
    let post = Arc::new(Post::default());
    tokio::spawn(serve(listener, Protocol::Lmtp, quick(), Arc::clone(&post), stopped));
    let mut stream = UnixStream::connect(&path).await.unwrap();
    stream.write_all(START.replace("EHLO", "LHLO").as_bytes()).await.unwrap();
    stream.write_all(b"x\r\n.\r\nQUIT\r\n").await.unwrap();
    let mut output = String::new();
    stream.read_to_string(&mut output).await.unwrap();
    assert_eq!(codes(&output)[5..], ["250", "221"]);
    std::fs::remove_file(&path).ok();
}

#[tokio::test]
async fn v15_our_client_and_our_server_agree_on_every_byte() {
    let server = Running::start(Protocol::Smtp, ListenLimits { message: 500_000, ..quick() }).await;
    let wait = Duration::from_secs(5);
    let client = Smtp::new(SmtpConfig {
        host: "localhost".to_owned(),
        port: server.port,
        security: Security::None,
        trust: Trust::web(),
        auth: SmtpAuth::None,
        helo: "desk.example".to_owned(),
        timeouts: SmtpTimeouts { connect: wait, command: wait, block: wait, end: wait },
    });
    let long = format!("{}\r\n", "x".repeat(300_000));
    for message in
        [".\r\n", "\r\n", "\r\n.\r\nMAIL FROM:<x@y>\r\n", "..\r\n...\r\n", "é\u{2028}\0\r\n", &long]
    {
        let to = ["help@desk.example".to_owned(), "ödön@desk.example".to_owned()];
        let results = client.send("a@b.example", &to, message.as_bytes()).await;
        assert!(results.iter().all(|(_, r)| matches!(r, Delivery::Accepted(_))), "{results:?}");
        let (envelope, bytes) = server.taken().pop().unwrap();
        assert_eq!(envelope.recipients, to);
        assert_eq!(bytes, message.as_bytes());
    }
    client.close().await;
}

#[tokio::test]
async fn a_real_client_delivers() {
    let server =
        Running::start(Protocol::Smtp, ListenLimits { idle: Duration::from_secs(5), ..quick() }).await;
    let port = server.port.to_string();
    let run = tokio::task::spawn_blocking(move || {
        std::process::Command::new("swaks")
            .args(["--server", "127.0.0.1", "--port", &port, "--from", "a@b.example"])
            .args([
                "--to",
                "help@desk.example",
                "--header",
                "Subject: by swaks",
                "--body",
                "hello\\n.\\nthere",
            ])
            .stdout(Stdio::null())
            .status()
    });
    match run.await.unwrap() {
        Err(_) => println!("skipped: swaks is not installed"),
        Ok(status) => {
            assert!(status.success());
            let text = String::from_utf8(server.taken().pop().unwrap().1).unwrap();
            assert!(
                text.contains("Subject: by swaks\r\n") && text.contains("\r\nhello\r\n.\r\nthere\r\n"),
                "{text}"
            );
        }
    }
}
