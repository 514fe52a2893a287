//! Brings a database's schema forward.
//!
//! A file of `migrations/` is never changed once it is released: its checksum is kept in the database. On PostgreSQL
//! every table with a `desk_id` that is not in [`SYSTEM_TABLES`] gets forced row-level security after each file: a
//! migration that changes rows of such a table first says `ALTER TABLE … NO FORCE ROW LEVEL SECURITY`.

use rusqlite::Connection;
use sha2::{Digest, Sha256};
use tokio_postgres::Client;

use crate::{
    BoxFuture, Config, Error, System,
    dialect::{Dialect, translate},
    engine::{Params, postgres, sqlite},
    sql::SYSTEM_TABLES,
    store::Kind,
};

/// What a migration did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    /// The files that were applied now, in their order.
    pub names: Vec<&'static str>,
}

/// A file of `migrations/`. Its place in the list is its version.
struct File {
    name: &'static str,
    text: &'static str,
}

macro_rules! files {
    ($($name:literal),+ $(,)?) => {
        &[$(File { name: $name, text: include_str!(concat!("../migrations/", $name, ".sql")) }),+]
    };
}

/// Every file, in the order in which they are applied. New ones are added at the end.
const FILES: &[File] = files![
    "0000_engine",
    "0001_desk",
    "0002_search",
    "0003_contact_names",
    "0004_import",
    "0005_notices",
    "0006_search_plan",
    "0007_chain",
    "0008_entitlements",
    "0009_handovers",
    "0010_support",
    "0011_catalogue",
    "0012_microsoft",
    "0013_beside",
    "0014_followed",
    "0015_circles",
    "0017_subscriptions",
    "0018_payables",
    "0019_receivables",
    "0020_charging",
    "0021_published",
    "0024_pricing",
    "0025_collections",
    "0026_suspensions",
    "0027_signals",
    "0028_claims",
    "0029_questions",
    "0030_returns",
    "0031_licences",
];

const CREATE: &str = "CREATE TABLE IF NOT EXISTS migrations (
    version BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum BYTEA NOT NULL
);";

crate::sql! {
    system APPLIED = "SELECT version, name, checksum FROM migrations ORDER BY version";
    system RECORD = "INSERT INTO migrations (version, name, checksum) VALUES ($1, $2, $3)";
}

crate::record! {
    /// A file that was applied.
    struct Done { version: i64, name: String, checksum: Vec<u8> }
}

impl File {
    fn checksum(&self) -> Vec<u8> {
        Sha256::digest(self.text.as_bytes()).to_vec()
    }

    fn translated(&self, dialect: Dialect) -> Result<String, Error> {
        translate(self.text, dialect)
            .map_err(|line| Error::Schema(format!("{}.sql: wrong section at line {line}", self.name)))
    }
}

/// How many files are applied, if they are ours.
fn compare(done: &[Done]) -> Result<usize, Error> {
    for (index, done) in done.iter().enumerate() {
        let Some(file) = FILES.get(index) else {
            return Err(Error::Schema(format!(
                "this database was made by a newer Partnerdesk (it has {}, this program ends with {}): \
                 upgrade the program, or restore a backup",
                done.name,
                FILES.last().map_or("nothing", |file| file.name),
            )));
        };
        if usize::try_from(done.version) != Ok(index)
            || done.name != file.name
            || done.checksum != file.checksum()
        {
            return Err(Error::Schema(format!(
                "this database's schema was altered: {} is not what this program calls {}",
                done.name, file.name
            )));
        }
    }
    Ok(done.len())
}

/// Refuses a schema that is not exactly the one of this program.
pub(crate) fn check(tx: &mut System) -> BoxFuture<'_, Result<(), Error>> {
    Box::pin(async move {
        let done = match tx.query::<Done>(&APPLIED, &[]).await {
            Err(Error::Database(_)) => Vec::new(),
            other => other?,
        };
        if compare(&done)? == FILES.len() {
            return Ok(());
        }
        Err(Error::Schema("this database is not up to date: run `partnerdesk migrate`".into()))
    })
}

pub(crate) async fn run(config: &Config) -> Result<Applied, Error> {
    match config.kind()? {
        Kind::Sqlite(path) => {
            let path = path.to_owned();
            let run = move || on_sqlite(&sqlite::connect(&path)?);
            tokio::task::spawn_blocking(run).await.map_err(|e| Error::Database(e.to_string()))?
        }
        Kind::Postgres(url) => {
            let role = config.owner_url.as_ref().map(|_| role(url)).transpose()?;
            let client = postgres::client(config.owner_url.as_deref().unwrap_or(url)).await?;
            on_postgres(&client, role.as_deref()).await
        }
    }
}

fn on_sqlite(connection: &Connection) -> Result<Applied, Error> {
    let create = translate(CREATE, Dialect::Sqlite).map_err(|_| Error::Schema("migrations".into()))?;
    let batch = |text: &str| connection.execute_batch(text).map_err(sqlite::error);
    let mut names = Vec::new();
    loop {
        // Every file looks again: another process may have been faster.
        batch("BEGIN IMMEDIATE")?;
        let step = || {
            batch(&create)?;
            let done = sqlite::query(connection, APPLIED.statement(), Params::system(&[]))?;
            let version = compare(&done)?;
            let Some(file) = FILES.get(version) else {
                return Ok(None);
            };
            batch(&file.translated(Dialect::Sqlite)?).map_err(|e| in_file(file, &e))?;
            let (version, checksum) = (version as i64, file.checksum());
            let row = crate::params![version, file.name, checksum];
            sqlite::execute(connection, RECORD.statement(), Params::system(row))?;
            Ok(Some(file.name))
        };
        match step().and_then(|name| batch("COMMIT").map(|()| name)) {
            Ok(Some(name)) => names.push(name),
            Ok(None) => return Ok(Applied { names }),
            Err(error) => {
                if !connection.is_autocommit() {
                    batch("ROLLBACK")?;
                }
                return Err(error);
            }
        }
    }
}

/// One migrating program at a time: the lock is the connection's, and ends with it.
const LOCK: &str = "SELECT pg_advisory_lock(7246130917)";

/// Tables of desks that are not protected yet.
const UNPROTECTED: &str = "SELECT c.oid::regclass::text FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'desk_id' AND NOT a.attisdropped
    WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
    AND NOT c.relname = ANY ($1) AND NOT (c.relrowsecurity AND c.relforcerowsecurity)";

async fn on_postgres(client: &Client, role: Option<&str>) -> Result<Applied, Error> {
    let batch = async |text: &str| client.batch_execute(text).await.map_err(|e| postgres::error(&e));
    let create = translate(CREATE, Dialect::Postgres).map_err(|_| Error::Schema("migrations".into()))?;
    batch(LOCK).await?;
    batch(&create).await?;
    let rows = client.query(APPLIED.statement().postgres, &[]).await.map_err(|e| postgres::error(&e))?;
    let done: Vec<Done> =
        rows.iter().map(|row| Done { version: row.get(0), name: row.get(1), checksum: row.get(2) }).collect();
    let from = compare(&done)?;
    let mut names = Vec::new();
    for (version, file) in FILES.iter().enumerate().skip(from) {
        // An error ends the connection, and with it the transaction and the lock.
        batch("BEGIN").await?;
        batch(&file.translated(Dialect::Postgres)?).await.map_err(|e| in_file(file, &e))?;
        protect(client).await?;
        client
            .execute(RECORD.statement().postgres, &[&(version as i64), &file.name, &file.checksum()])
            .await
            .map_err(|e| postgres::error(&e))?;
        batch("COMMIT").await?;
        names.push(file.name);
    }
    if let Some(role) = role {
        grant(client, role).await?;
    }
    Ok(Applied { names })
}

/// Row-level security for every desk's table, also against its owner. Without the setting there are no rows.
async fn protect(client: &Client) -> Result<(), Error> {
    let tables = client.query(UNPROTECTED, &[&SYSTEM_TABLES]).await.map_err(|e| postgres::error(&e))?;
    for row in tables {
        // Quoted by the server.
        let table: String = row.get(0);
        let policy = format!(
            "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
             ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
             CREATE POLICY desk ON {table}
             USING (desk_id = NULLIF(current_setting('app.desk', true), '')::uuid)
             WITH CHECK (desk_id = NULLIF(current_setting('app.desk', true), '')::uuid);"
        );
        client.batch_execute(&policy).await.map_err(|e| postgres::error(&e))?;
    }
    Ok(())
}

/// The program reads and writes rows; it does not own the tables, and cannot forge what was migrated.
async fn grant(client: &Client, role: &str) -> Result<(), Error> {
    let quoted = client
        .query_one("SELECT quote_ident($1), quote_ident(current_schema())", &[&role])
        .await
        .map_err(|e| postgres::error(&e))?;
    let (role, schema): (String, String) = (quoted.get(0), quoted.get(1));
    let grants = format!(
        "GRANT USAGE ON SCHEMA {schema} TO {role};
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA {schema} TO {role};
         GRANT USAGE ON ALL SEQUENCES IN SCHEMA {schema} TO {role};
         REVOKE INSERT, UPDATE, DELETE ON migrations FROM {role};"
    );
    client.batch_execute(&grants).await.map_err(|e| postgres::error(&e))
}

fn role(url: &str) -> Result<String, Error> {
    let config: Result<tokio_postgres::Config, _> = url.parse();
    let user = config.ok().and_then(|config| config.get_user().map(str::to_owned));
    user.ok_or_else(|| Error::Schema("the PostgreSQL address names no user".into()))
}

fn in_file(file: &File, error: &Error) -> Error {
    Error::Schema(format!("migration {} failed: {error}", file.name))
}
