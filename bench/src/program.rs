//! The built program: how large it is, how fast it starts, how much memory it takes while nobody asks.

use std::{
    fs,
    io::{Read as _, Write as _},
    net::{SocketAddr, TcpListener, TcpStream},
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::measure::Memory;

/// What was measured.
#[derive(Debug)]
pub(crate) struct Program {
    /// MB of the file.
    pub(crate) size: f64,
    /// Milliseconds from its start to its first answer, the shortest and the longest.
    pub(crate) start: (f64, f64),
    /// After that answer.
    pub(crate) idle: Memory,
}

/// How often it is started.
const STARTS: usize = 5;
/// When a start has failed.
const PATIENCE: Duration = Duration::from_secs(20);

/// Makes an installation, and starts it some times.
pub(crate) fn measure(program: &Path) -> Result<Program> {
    let size = fs::metadata(program).with_context(|| program.display().to_string())?.len() as f64 / 1e6;
    let folder = std::env::temp_dir().join(format!("partnerdesk-bench-program-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let started = started(program, &folder);
    fs::remove_dir_all(&folder).ok();
    let (times, idle) = started?;
    let shortest = times.iter().copied().fold(f64::INFINITY, f64::min);
    Ok(Program { size, start: (shortest, times.into_iter().fold(0.0, f64::max)), idle })
}

fn started(program: &Path, folder: &Path) -> Result<(Vec<f64>, Memory)> {
    // Free now; nobody else is likely to take it in the next moment.
    let address = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
    let command = |arguments: &[&str]| {
        let mut command = Command::new(program);
        command
            .arg("--config")
            .arg(folder.join("partnerdesk.toml"))
            .args(arguments)
            .env("PARTNERDESK_HTTP_LISTEN", address.to_string())
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    };
    let made = command(&["init", "--desk", "bench", "--admin-email", "greta@nordwind.test"]).status()?;
    ensure!(made.success(), "`init` ended with {made}");
    let mut times = Vec::new();
    let mut idle = Memory { resident: 0.0, own: 0.0 };
    for _ in 0..STARTS {
        let begun = Instant::now();
        let mut child = command(&["serve"]).spawn()?;
        let answered = first_answer(address, begun);
        idle = Memory::now(&child.id().to_string());
        child.kill()?;
        child.wait()?;
        times.push(answered?);
    }
    Ok((times, idle))
}

/// Milliseconds until the page to sign in is there.
pub(crate) fn first_answer(address: SocketAddr, begun: Instant) -> Result<f64> {
    while begun.elapsed() < PATIENCE {
        if let Ok(mut socket) = TcpStream::connect(address) {
            socket.set_read_timeout(Some(PATIENCE))?;
            write!(socket, "GET /sign-in HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
            let mut answer = [0; 12];
            if socket.read_exact(&mut answer).is_ok() {
                ensure!(
                    answer == *b"HTTP/1.1 200",
                    "the first answer is {}",
                    String::from_utf8_lossy(&answer)
                );
                return Ok(begun.elapsed().as_secs_f64() * 1e3);
            }
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    bail!("the program did not answer within {PATIENCE:?}")
}
