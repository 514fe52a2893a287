//! The built program under load: a process of its own, so that its memory is not that of its clients.

use std::{
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, Stdio},
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::{Duration, Instant},
};

use anyhow::{Result, anyhow, ensure};

use crate::{
    meter::proportional,
    operations::{new_ticket, search},
    program,
    random::Random,
    scene::Scene,
    texts::{CHINESE, COMMON, RARE},
};

/// How many clients ask.
const CLIENTS: u64 = 8;
/// How often the memory is read.
const LOOK: Duration = Duration::from_millis(50);

/// Megabytes of a program while clients ask for every page, search and make tickets: the most there was.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Loaded {
    /// All that is in memory, pages that it shares with others in part.
    pub(crate) most: f64,
    /// How many answers it gave meanwhile.
    pub(crate) answers: u64,
}

/// Starts the program on a scene's database, and asks for twice as long as an operation is measured.
pub(crate) fn measure(program: &Path, scene: &Scene) -> Result<Loaded> {
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let mut child = Command::new(program)
        .arg("serve")
        .env("PARTNERDESK_BASE_URL", "http://desk.test")
        .env("PARTNERDESK_DATA_DIR", &scene.data_dir)
        .env("PARTNERDESK_SECRET", "b".repeat(64))
        .env("PARTNERDESK_DATABASE_URL", &scene.url)
        .env("PARTNERDESK_HTTP_LISTEN", address.to_string())
        .env("PARTNERDESK_KEEP_MAIL", "true")
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    let loaded =
        program::first_answer(address, Instant::now()).and_then(|_| under_load(&child, address, scene));
    child.kill()?;
    child.wait()?;
    loaded
}

fn under_load(child: &Child, address: SocketAddr, scene: &Scene) -> Result<Loaded> {
    let pid = child.id().to_string();
    let over = AtomicBool::new(false);
    let end = Instant::now() + Duration::from_secs_f64(scene.seconds * 2.0);
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| {
                let over = &over;
                scope.spawn(move || {
                    let mut asked = 0;
                    while !over.load(Ordering::Relaxed) {
                        ask(address, scene, client << 40 | asked)?;
                        asked += 1;
                    }
                    anyhow::Ok(asked)
                })
            })
            .collect();
        let mut most = 0.0;
        while Instant::now() < end && clients.iter().all(|client| !client.is_finished()) {
            thread::sleep(LOOK);
            most = proportional(&pid).max(most);
        }
        over.store(true, Ordering::Relaxed);
        let mut answers = 0;
        for client in clients {
            answers += client.join().map_err(|_| anyhow!("a client panicked"))??;
        }
        Ok(Loaded { most, answers })
    })
}

/// One of everything in turn.
fn ask(address: SocketAddr, scene: &Scene, n: u64) -> Result<()> {
    let page = |path: &str| format!("GET {path} HTTP/1.1\r\nCookie: {}\r\n", scene.cookie);
    let (head, body) = match n % 6 {
        0 => (page("/queue/due"), String::new()),
        1 => {
            let number = scene.numbers[Random(n).below(scene.numbers.len())];
            (page(&format!("/tickets/{number}")), String::new())
        }
        2 => {
            let body = new_ticket(scene, n).to_string();
            let head = format!(
                "POST /api/v1/tickets HTTP/1.1\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
                 Content-Length: {}\r\n",
                scene.token,
                body.len()
            );
            (head, body)
        }
        3 => (page(&search(RARE)), String::new()),
        4 => (page(&search(COMMON)), String::new()),
        _ => (page(&search(CHINESE)), String::new()),
    };
    let mut socket = TcpStream::connect(address)?;
    write!(socket, "{head}Host: {address}\r\nConnection: close\r\n\r\n{body}")?;
    let mut answer = Vec::new();
    socket.read_to_end(&mut answer)?;
    let good = answer.starts_with(b"HTTP/1.1 20");
    ensure!(good, "{head}: {}", String::from_utf8_lossy(&answer[..answer.len().min(300)]));
    Ok(())
}
