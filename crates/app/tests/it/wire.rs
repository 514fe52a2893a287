//! Desks that reach each other over sockets, and a wire that can be cut.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};

use app::{
    App,
    handovers::{self, Given, Pairing, Received, Told},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream},
};

/// How the wire to a desk fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum State {
    /// It carries.
    Whole = 0,
    /// Nothing gets through.
    Cut = 1,
    /// What is sent gets through, and the answers are lost.
    AnswersLost = 2,
}

/// The door of an installation.
pub(crate) struct Wire {
    pub(crate) address: String,
    state: Arc<AtomicU8>,
    app: Arc<Mutex<Option<App>>>,
    /// How many requests have come through.
    pub(crate) came: Arc<AtomicUsize>,
    /// The questions for files that have come through.
    pub(crate) asked: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Wire {
    pub(crate) async fn new() -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire {
            address: format!("http://{}", listener.local_addr().unwrap()),
            state: Arc::default(),
            app: Arc::default(),
            came: Arc::default(),
            asked: Arc::default(),
        };
        let (state, app, came) = (wire.state.clone(), wire.app.clone(), wire.came.clone());
        let asked = wire.asked.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let app = app.lock().unwrap().clone();
                let (state, came, asked) = (state.clone(), came.clone(), asked.clone());
                tokio::spawn(async move {
                    if state.load(Ordering::SeqCst) == State::Cut as u8 {
                        return;
                    }
                    came.fetch_add(1, Ordering::SeqCst);
                    let _ = serve(stream, &app.unwrap(), &state, &asked).await;
                });
            }
        });
        wire
    }

    pub(crate) fn leads_to(&self, app: &App) {
        *self.app.lock().unwrap() = Some(app.clone());
    }

    pub(crate) fn set(&self, state: State) {
        self.state.store(state as u8, Ordering::SeqCst);
    }
}

async fn serve(
    mut stream: TcpStream,
    app: &App,
    state: &AtomicU8,
    asked: &Mutex<Vec<Vec<u8>>>,
) -> std::io::Result<()> {
    let mut read = Vec::new();
    let (head, mut body) = loop {
        let mut part = [0; 4096];
        let n = stream.read(&mut part).await?;
        if n == 0 {
            return Ok(());
        }
        read.extend_from_slice(&part[..n]);
        if let Some(end) = read.windows(4).position(|w| w == b"\r\n\r\n") {
            let body = read.split_off(end + 4);
            break (String::from_utf8_lossy(&read).to_lowercase(), body);
        }
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().trim().parse().unwrap();
    while body.len() < length {
        let mut part = vec![0; length - body.len()];
        let n = stream.read(&mut part).await?;
        body.extend_from_slice(&part[..n]);
    }
    let (status, answer) = if head.starts_with("post /chain/v1/messages") {
        match handovers::receive(app, &body).await.unwrap() {
            Received::Taken(answer) => (200, answer.into_bytes()),
            Received::Malformed | Received::Version => (400, Vec::new()),
            Received::NotPaired => (401, Vec::new()),
        }
    } else if head.starts_with("post /chain/v1/files") {
        asked.lock().unwrap().push(body.clone());
        match handovers::give(app, &body).await.unwrap() {
            Given::File(bytes) => (200, bytes),
            Given::Malformed => (400, Vec::new()),
            Given::NotPaired => (401, Vec::new()),
        }
    } else if head.starts_with("post /chain/v1/plan") {
        match handovers::tell_plan(app, &body).await.unwrap() {
            Told::Statement(answer) => (200, answer.into_bytes()),
            Told::Malformed => (400, Vec::new()),
            Told::NotPaired => (401, Vec::new()),
        }
    } else if head.starts_with("post /chain/v1/pairings") {
        match handovers::answer_pairing(app, &body).await.unwrap() {
            Pairing::Welcome(answer) => (200, answer.into_bytes()),
            Pairing::Refused => (401, Vec::new()),
        }
    } else {
        let taken = handovers::take_new_key(app, &body).await.unwrap();
        (if taken { 200 } else { 401 }, b"{}".to_vec())
    };
    if state.load(Ordering::SeqCst) == State::AnswersLost as u8 {
        return Ok(());
    }
    let head =
        format!("HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n", answer.len());
    stream.write_all(&[head.as_bytes(), &answer].concat()).await
}
