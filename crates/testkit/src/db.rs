//! Real databases for tests: a migrated one for each test, on SQLite and on PostgreSQL.

use std::{
    io::Write,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use store::{Config, Store};
use tokio::sync::OnceCell;
use tokio_postgres::NoTls;

use crate::fail;

/// A database of one test, gone with it.
#[derive(Debug)]
pub struct TestDb {
    store: Store,
    config: Config,
    place: Place,
}

#[derive(Debug)]
enum Place {
    Directory(PathBuf),
    Database(String),
}

/// Makes two tests of each function: on SQLite and on PostgreSQL.
/// `on_both! { async fn keeps_a_note(db) { db.store().write(…) } }`
#[macro_export]
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($db:ident) $body:block)+) => {$(
        $(#[$meta])*
        mod $name {
            #[expect(unused_imports, reason = "the test may need all or nothing of it")]
            use super::*;

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                run($crate::db::TestDb::sqlite().await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                run($crate::db::TestDb::postgres().await).await;
            }

            async fn run($db: $crate::db::TestDb) $body
        }
    )+};
}

impl TestDb {
    /// An SQLite database in a directory of its own.
    pub async fn sqlite() -> TestDb {
        static TEMPLATE: OnceCell<Vec<u8>> = OnceCell::const_new();
        let template = TEMPLATE.get_or_init(sqlite_template).await;
        let directory = temp_dir();
        let path = directory.join("desk.db");
        std::fs::write(&path, template).expect("the temporary directory can be written");
        let config = sqlite_config(&path);
        let store = Store::open(&config).await.expect("a migrated database opens");
        TestDb { store, config, place: Place::Directory(directory) }
    }

    /// A PostgreSQL database, used by a role that cannot bypass row-level security.
    ///
    /// The server is the one of `PARTNERDESK_TEST_POSTGRES` (the address of a role that may make roles and
    /// databases), or else one that is started for this process and ends with it.
    pub async fn postgres() -> TestDb {
        static TEMPLATE: OnceCell<String> = OnceCell::const_new();
        static ONE_AT_A_TIME: tokio::sync::Mutex<()> = tokio::sync::Mutex::const_new(());
        let server = SERVER.get_or_init(start_server).await;
        let template = TEMPLATE.get_or_init(|| postgres_template(server)).await;
        let name = unique("t");
        {
            let _turn = ONE_AT_A_TIME.lock().await;
            let left = std::mem::take(&mut *LEFT.lock().unwrap_or_else(PoisonError::into_inner));
            for left in left {
                server.run(&format!("DROP DATABASE IF EXISTS {left} WITH (FORCE)")).await;
            }
            server.run(&format!("CREATE DATABASE {name} TEMPLATE {template} OWNER desk_owner")).await;
        }
        let config = server.config(&name);
        let store = Store::open(&config).await.expect("a migrated database opens");
        TestDb { store, config, place: Place::Database(name) }
    }

    /// The open store.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// How it was opened: for a second store on the same database.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// A raw connection of the program's role, past the store; `None` on SQLite.
    pub async fn raw_postgres(&self) -> Option<tokio_postgres::Client> {
        match &self.place {
            Place::Directory(_) => None,
            Place::Database(_) => Some(connect(&self.config.url).await),
        }
    }

    /// The database file; `None` on PostgreSQL.
    #[must_use]
    pub fn path(&self) -> Option<PathBuf> {
        match &self.place {
            Place::Directory(directory) => Some(directory.join("desk.db")),
            Place::Database(_) => None,
        }
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        match &self.place {
            // A directory that stays is untidy, not wrong.
            Place::Directory(directory) => drop(std::fs::remove_dir_all(directory)),
            Place::Database(name) => LEFT.lock().unwrap_or_else(PoisonError::into_inner).push(name.clone()),
        }
    }
}

/// Databases whose tests are over. The next test removes them.
static LEFT: Mutex<Vec<String>> = Mutex::new(Vec::new());

static SERVER: OnceCell<Server> = OnceCell::const_new();

#[derive(Debug)]
struct Server {
    /// The address of an administrator.
    admin: String,
    _guard: Option<Cluster>,
}

impl Server {
    async fn run(&self, sql: &str) {
        let client = connect(&self.admin).await;
        client.batch_execute(sql).await.unwrap_or_else(|e| fail(&format!("{sql}: {e:?}")));
    }

    fn config(&self, database: &str) -> Config {
        let url = |user| with_user_and_database(&self.admin, user, database);
        Config { url: url("desk_program"), owner_url: Some(url("desk_owner")), readers: 8 }
    }
}

/// Another user and database at the same server. Only the forms that `start_server` and the runner make.
fn with_user_and_database(admin: &str, user: &str, database: &str) -> String {
    let (_, query) = admin.split_once('?').unwrap_or((admin, ""));
    let authority = admin.trim_start_matches("postgres://").split(['/', '?']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    let query: Vec<&str> =
        query.split('&').filter(|part| !part.starts_with("user=") && !part.is_empty()).collect();
    format!("postgres://{user}@{host}/{database}?{}", query.join("&"))
}

async fn connect(url: &str) -> tokio_postgres::Client {
    let (client, connection) =
        tokio_postgres::connect(url, NoTls).await.unwrap_or_else(|e| fail(&format!("{url}: {e:?}")));
    tokio::spawn(connection);
    client
}

async fn postgres_template(server: &Server) -> String {
    server
        .run(
            "DO $$ BEGIN
                CREATE ROLE desk_owner LOGIN;
                CREATE ROLE desk_program LOGIN;
                CREATE ROLE desk_seer LOGIN BYPASSRLS;
             EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
             END $$",
        )
        .await;
    let name = unique("template");
    server.run(&format!("CREATE DATABASE {name} OWNER desk_owner")).await;
    Store::migrate(&server.config(&name)).await.expect("the migrations apply to PostgreSQL");
    // Nobody may be connected to a template.
    server
        .run(&format!(
            "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = '{name}'"
        ))
        .await;
    name
}

async fn sqlite_template() -> Vec<u8> {
    let directory = temp_dir();
    let path = directory.join("template.db");
    Store::migrate(&sqlite_config(&path)).await.expect("the migrations apply to SQLite");
    let bytes = std::fs::read(&path).expect("the template was written");
    drop(std::fs::remove_dir_all(directory));
    bytes
}

fn sqlite_config(path: &Path) -> Config {
    Config { url: format!("sqlite:{}", path.display()), owner_url: None, readers: 2 }
}

async fn start_server() -> Server {
    if let Ok(admin) = std::env::var("PARTNERDESK_TEST_POSTGRES") {
        return Server { admin, _guard: None };
    }
    // Nobody relies on it after the tests.
    let careless = ["fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB"];
    let cluster = Cluster::start(&careless).await;
    Server { admin: cluster.admin.clone(), _guard: Some(cluster) }
}

/// A PostgreSQL server of its own, which can be cut off. It ends with this process, however that ends.
#[derive(Debug)]
pub struct Cluster {
    directory: PathBuf,
    admin: String,
    settings: Vec<String>,
    server: Option<Child>,
}

impl Cluster {
    /// Makes a cluster and starts it with these settings. Without any it keeps what it has promised.
    pub async fn start(settings: &[&str]) -> Self {
        let directory = temp_dir();
        if is_root() {
            // PostgreSQL refuses to run as root.
            std::os::unix::fs::chown(&directory, Some(postgres_uid()), None).expect("root may chown");
        }
        let admin = format!("postgres://admin@/postgres?host={}", directory.display());
        let settings = settings.iter().map(|s| format!("-c {s}")).collect();
        let mut cluster = Self { directory, admin, settings, server: None };
        let made = cluster.shell(MAKE).stdout(Stdio::null()).status();
        assert!(made.is_ok_and(|status| status.success()), "initdb: see {}/log", cluster.directory.display());
        cluster.go_on().await;
        cluster
    }

    /// A database of a desk in it, migrated and empty.
    pub async fn database(&self) -> Config {
        let server = Server { admin: self.admin.clone(), _guard: None };
        let name = postgres_template(&server).await;
        server.config(&name)
    }

    /// A connection to a database that may do everything.
    pub async fn admin(&self, database: &Config) -> tokio_postgres::Client {
        let name = database.url.split('?').next().and_then(|url| url.rsplit('/').next()).unwrap_or_default();
        connect(&with_user_and_database(&self.admin, "admin", name)).await
    }

    /// The path of the socket on which it listens.
    #[must_use]
    pub fn socket(&self) -> PathBuf {
        self.directory.join(".s.PGSQL.5432")
    }

    /// Ends it as a crash would: no connection is waited for, nothing is put in order.
    pub fn crash(&mut self) {
        self.signal("QUIT");
    }

    /// Starts it again, and waits until it lets somebody in.
    pub async fn go_on(&mut self) {
        self.server = Some(self.shell(RUN).stdout(Stdio::null()).spawn().expect("a shell starts"));
        for _ in 0..600 {
            if tokio_postgres::connect(&self.admin, NoTls).await.is_ok() {
                return;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        fail(&format!("PostgreSQL did not start; see {}/log", self.directory.display()))
    }

    fn signal(&mut self, name: &str) {
        let Some(mut server) = self.server.take() else { return };
        if let Some(mut keeper) = server.stdin.take() {
            drop(writeln!(keeper, "{name}"));
        }
        drop(server.wait());
    }

    fn shell(&self, script: &str) -> Command {
        let Some(bin) = postgres_bin() else {
            fail("PostgreSQL is not installed: apt-get install postgresql")
        };
        let mut command = Command::new(if is_root() { "runuser" } else { "sh" });
        if is_root() {
            command.args(["-u", "postgres", "--", "sh"]);
        }
        command.args(["-c", script, "sh"]).arg(bin).arg(&self.directory).args(&self.settings);
        command.current_dir("/").stdin(Stdio::piped()).stderr(Stdio::null());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        self.signal("INT");
        drop(std::fs::remove_dir_all(&self.directory));
    }
}

const MAKE: &str =
    r#""$1/initdb" -D "$2/data" -U admin -A trust -E UTF8 --locale=C --no-sync >"$2/log" 2>&1"#;

/// Runs the server on a socket in its own directory until it is told a signal's name, or this process is gone.
const RUN: &str = r#"
bin=$1 dir=$2
shift 2
"$bin/postgres" -D "$dir/data" -k "$dir" -c listen_addresses= -c max_connections=400 $* \
    >>"$dir/log" 2>&1 </dev/null &
server=$!
if read -r signal; then
    kill -"$signal" $server
    wait $server
else
    kill -INT $server
    wait $server
    rm -rf "$dir"
fi
"#;

fn is_root() -> bool {
    std::fs::metadata("/proc/self").is_ok_and(|m| std::os::unix::fs::MetadataExt::uid(&m) == 0)
}

fn postgres_bin() -> Option<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .ok()?
        .filter_map(|entry| Some(entry.ok()?.path().join("bin")))
        .filter(|bin| bin.join("initdb").exists())
        .collect();
    versions.sort();
    versions.pop()
}

fn postgres_uid() -> u32 {
    let passwd = std::fs::read_to_string("/etc/passwd").unwrap_or_default();
    let line = passwd.lines().find(|line| line.starts_with("postgres:"));
    line.and_then(|line| line.split(':').nth(2)?.parse().ok()).expect("the package makes a user postgres")
}

fn temp_dir() -> PathBuf {
    let directory = std::env::temp_dir().join(unique("partnerdesk"));
    std::fs::create_dir_all(&directory).expect("the temporary directory can be written");
    directory
}

fn unique(prefix: &str) -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{prefix}_{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}
