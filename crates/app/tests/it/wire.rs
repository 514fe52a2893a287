//! Desks that reach each other over sockets, and a wire that can be cut.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU8, AtomicUsize, Ordering},
};

use app::{
    App,
    handovers::{self, Pairing, Received},
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
}

impl Wire {
    pub(crate) async fn new() -> Wire {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let wire = Wire {
            address: format!("http://{}", listener.local_addr().unwrap()),
            state: Arc::default(),
            app: Arc::default(),
            came: Arc::default(),
        };
        let (state, app, came) = (wire.state.clone(), wire.app.clone(), wire.came.clone());
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let app = app.lock().unwrap().clone();
                let (state, came) = (state.clone(), came.clone());
                tokio::spawn(async move {
                    if state.load(Ordering::SeqCst) == State::Cut as u8 {
                        return;
                    }
                    came.fetch_add(1, Ordering::SeqCst);
                    let _ = serve(stream, &app.unwrap(), &state).await;
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

async fn serve(mut stream: TcpStream, app: &App, state: &AtomicU8) -> std::io::Result<()> {
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
            Received::Taken(answer) => (200, answer),
            Received::Malformed | Received::Version => (400, String::new()),
            Received::NotPaired => (401, String::new()),
        }
    } else if head.starts_with("post /chain/v1/pairings") {
        match handovers::answer_pairing(app, &body).await.unwrap() {
            Pairing::Welcome(answer) => (200, answer),
            Pairing::Refused => (401, String::new()),
        }
    } else {
        let taken = handovers::take_new_key(app, &body).await.unwrap();
        (if taken { 200 } else { 401 }, "{}".to_owned())
    };
    if state.load(Ordering::SeqCst) == State::AnswersLost as u8 {
        return Ok(());
    }
    let answer = format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{answer}",
        answer.len()
    );
    stream.write_all(answer.as_bytes()).await
}
