//! A place of its own for each test, and the program in it.

use std::{
    fs,
    io::{BufRead, BufReader, Write},
    path::{Path, PathBuf},
    process::{Child, ChildStderr, Command, Output, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use serde_json::Value;

/// A directory that is gone with the test.
pub(crate) struct Place(PathBuf);

impl Place {
    pub(crate) fn new() -> Self {
        static NEXT: AtomicU32 = AtomicU32::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("partnerdesk-it-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    /// A place with a desk `north` in it, that keeps its mail.
    pub(crate) fn with_desk() -> Self {
        let place = Self::new();
        let args = ["init", "--desk", "north", "--admin-email", "admin@north.example", "--password-stdin"];
        let made = place.run_with(&args, b"a long enough password\n");
        assert!(made.status.success(), "{}", text(&made.stderr));
        // Any port will do.
        place.write(
            "partnerdesk.toml",
            place.read("partnerdesk.toml").replace("127.0.0.1:8080\"\n\n#", "127.0.0.1:0\"\n\n#"),
        );
        place
    }

    /// The configuration of an installation on PostgreSQL that keeps its mail, and its key.
    pub(crate) fn on_postgres(&self, database: &store::Config) {
        self.write(
            "partnerdesk.toml",
            format!(
                "base_url = 'http://localhost'\ndata_dir = 'data'\nsecret_file = 'partnerdesk.secret'\n\
                 keep_mail = true\n[http]\nlisten = '127.0.0.1:0'\n\
                 [database]\nurl = '{}'\nowner_url = '{}'\nconnections = 4\n",
                database.url,
                database.owner_url.as_deref().unwrap(),
            ),
        );
        self.write("partnerdesk.secret", "0123456789abcdef0123456789abcdef");
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, bytes).unwrap();
        path
    }

    /// The program, in this place, knowing nothing of the environment of the tests.
    pub(crate) fn program(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_partnerdesk"));
        for (name, _) in
            std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("PARTNERDESK_"))
        {
            command.env_remove(name);
        }
        command
            .args(args)
            .current_dir(&self.0)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Output {
        self.program(args).output().unwrap()
    }

    /// With something on standard input.
    pub(crate) fn run_with(&self, args: &[&str], input: &[u8]) -> Output {
        let mut child = self.program(args).stdin(Stdio::piped()).spawn().unwrap();
        feed(&mut child, input);
        child.wait_with_output().unwrap()
    }

    /// The exit code.
    pub(crate) fn code(&self, args: &[&str], input: &[u8]) -> i32 {
        self.run_with(args, input).status.code().unwrap()
    }

    /// The lines of JSON that a command must give.
    pub(crate) fn json(&self, args: &[&str]) -> Vec<Value> {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {}", text(&output.stderr));
        lines(&output.stdout)
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

/// Writes to a child's standard input and closes it. A child that is gone reads nothing.
pub(crate) fn feed(child: &mut Child, input: &[u8]) {
    drop(child.stdin.take().unwrap().write_all(input));
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

pub(crate) fn lines(bytes: &[u8]) -> Vec<Value> {
    text(bytes).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(crate) fn exists(path: &Path) -> bool {
    fs::exists(path).unwrap()
}

/// A process that runs until the test ends it; a failed test kills it.
pub(crate) struct Running(Child);

impl Running {
    pub(crate) fn start(mut command: Command) -> Self {
        Self(command.spawn().unwrap())
    }

    /// Reads its standard output until a line holds `wanted`; all that it said until then.
    pub(crate) fn said_until(&mut self, wanted: &str) -> String {
        let mut said = String::new();
        let mut out = BufReader::new(self.0.stdout.as_mut().unwrap());
        while !said.lines().last().is_some_and(|line| line.contains(wanted)) {
            assert!(out.read_line(&mut said).unwrap() > 0, "it ended without {wanted:?}: {said}");
        }
        said
    }

    /// What it says on standard error.
    pub(crate) fn log(&mut self) -> ChildStderr {
        self.0.stderr.take().unwrap()
    }

    /// SIGTERM, and its end.
    pub(crate) fn terminate(mut self) -> std::process::ExitStatus {
        let killed = Command::new("kill").args(["-TERM", &self.0.id().to_string()]).status().unwrap();
        assert!(killed.success());
        self.0.wait().unwrap()
    }

    /// SIGKILL, and its end.
    pub(crate) fn kill(&mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}
