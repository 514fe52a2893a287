//! The rows that tickets write, taken from the database, to be written again without our program.

use anyhow::{Context as _, Result, ensure};
use domain::{id::DeskId, lang::Lang};
use rusqlite::{Connection, types::Value};
use store::search;
use uuid::Uuid;

/// What must be another value in each copy.
#[derive(Clone, Copy, Debug)]
enum Fresh {
    /// An id; the number says which of the copy's.
    Id(u8),
    /// The ticket's number.
    Number,
    /// The number of a search document; there are two.
    Doc(u8),
}

/// The columns of a row that are another value in each copy.
type Columns = &'static [(&'static str, Fresh)];

/// Where the rows of a ticket stand. `?1` is the ticket's id.
const TABLES: &[(&str, &str, Columns)] = &[
    ("tickets", "WHERE id = ?1", &[("id", Fresh::Id(0)), ("number", Fresh::Number)]),
    ("timeline", "WHERE ticket_id = ?1", &[("ticket_id", Fresh::Id(0)), ("id", Fresh::Id(1))]),
    (
        "search_docs",
        "WHERE ticket_id = ?1 AND entry_id IS NULL",
        &[("ticket_id", Fresh::Id(0)), ("doc", Fresh::Doc(0))],
    ),
    (
        "search_docs",
        "WHERE ticket_id = ?1 AND entry_id IS NOT NULL",
        &[("ticket_id", Fresh::Id(0)), ("entry_id", Fresh::Id(1)), ("doc", Fresh::Doc(1))],
    ),
    ("counter_changes", "WHERE ?1 NOT NULL ORDER BY id DESC LIMIT 1", &[("id", Fresh::Id(2))]),
    ("audit", "WHERE ?1 NOT NULL ORDER BY id DESC LIMIT 1", &[("id", Fresh::Id(3))]),
    ("jobs", "WHERE ?1 NOT NULL ORDER BY id DESC LIMIT 1", &[("id", Fresh::Id(4))]),
];

/// A row to be written.
#[derive(Debug)]
struct Row {
    insert: String,
    values: Vec<Value>,
    fresh: Vec<(usize, Fresh)>,
}

/// How many tickets' rows are written in turn: more than a group holds. The words of one ticket alone, over and over,
/// would cost the search index next to nothing.
const TICKETS: i64 = 64;

/// The rows of some tickets.
#[derive(Debug)]
pub(crate) struct Rows {
    tickets: Vec<Vec<Row>>,
    /// How many copies were made.
    copies: u64,
    /// Numbers above all that are there.
    number: i64,
    doc: i64,
}

impl Rows {
    /// Those of the newest tickets.
    pub(crate) fn of_newest(db: &Connection, desk: DeskId) -> Result<Rows> {
        let mut newest = db.prepare("SELECT id FROM tickets ORDER BY created_at DESC LIMIT ?1")?;
        let newest: Vec<Vec<u8>> =
            newest.query_map([TICKETS], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        ensure!(!newest.is_empty(), "there is no ticket");
        let tickets = newest.iter().map(|ticket| rows(db, desk, ticket)).collect::<Result<_>>()?;
        let highest = |sql| db.query_row(sql, [], |row| row.get::<_, i64>(0));
        Ok(Rows {
            tickets,
            copies: 0,
            number: highest("SELECT MAX(number) FROM tickets")? + 1_000_000,
            doc: highest("SELECT MAX(doc) FROM search_docs")? + 1_000_000,
        })
    }

    /// How many a ticket has.
    pub(crate) fn count(&self) -> usize {
        self.tickets.iter().map(Vec::len).sum::<usize>() / self.tickets.len()
    }

    /// How many bytes their values have.
    pub(crate) fn bytes(&self) -> usize {
        let size = |value: &Value| match value {
            Value::Null => 0,
            Value::Integer(_) | Value::Real(_) => 8,
            Value::Text(text) => text.len(),
            Value::Blob(bytes) => bytes.len(),
        };
        let values = self.tickets.iter().flatten().flat_map(|row| &row.values);
        values.map(size).sum::<usize>() / self.tickets.len()
    }

    /// Writes a copy of the next ticket into the same tables.
    pub(crate) fn write(&mut self, db: &Connection) -> rusqlite::Result<()> {
        self.copies += 1;
        let copy = self.copies;
        let (number, doc) = (self.number, self.doc);
        let turn = copy as usize % self.tickets.len();
        for row in &mut self.tickets[turn] {
            for (column, fresh) in &row.fresh {
                row.values[*column] = match fresh {
                    Fresh::Id(which) => Value::Blob(id(copy, *which).into_bytes().to_vec()),
                    Fresh::Number => Value::Integer(number + copy as i64),
                    Fresh::Doc(which) => Value::Integer(doc + 2 * copy as i64 + i64::from(*which)),
                };
            }
            db.prepare_cached(&row.insert)?.execute(rusqlite::params_from_iter(&row.values))?;
        }
        Ok(())
    }
}

fn rows(db: &Connection, desk: DeskId, ticket: &[u8]) -> Result<Vec<Row>> {
    let mut rows = Vec::new();
    for (table, condition, fresh) in TABLES {
        rows.push(row(db, table, condition, fresh, ticket).with_context(|| format!("{table} {condition}"))?);
    }
    let texts = "SELECT subject, (SELECT json_extract(data, '$.text') FROM timeline WHERE ticket_id = tickets.id), \
                 lang FROM tickets WHERE id = ?1";
    let (subject, text, lang): (String, String, String) =
        db.query_row(texts, [ticket], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let lang: Lang = lang.parse()?;
    for (n, own, text) in [(0, " _vp _s", subject), (1, " _vp", text)] {
        let mut terms = format!("_d{}{own}", desk.uuid().as_simple());
        for term in search::analyse(&text, lang).iter() {
            terms.push(' ');
            terms.push_str(term);
        }
        rows.push(Row {
            insert: "INSERT INTO search_terms (rowid, terms) VALUES (?, ?)".into(),
            values: vec![Value::Null, Value::Text(terms)],
            fresh: vec![(0, Fresh::Doc(n))],
        });
    }
    Ok(rows)
}

/// Ascends with the copies, as ids of our program ascend with the time.
fn id(copy: u64, which: u8) -> Uuid {
    let time = 0x7f00_0000_0000_u128 + u128::from(copy);
    Uuid::from_u128(time << 80 | 0x7000_8000_0000_0000_0000 | u128::from(which))
}

fn row(db: &Connection, table: &str, condition: &str, fresh: &[(&str, Fresh)], ticket: &[u8]) -> Result<Row> {
    let mut select = db.prepare(&format!("SELECT * FROM {table} {condition}"))?;
    let columns: Vec<String> = select.column_names().map(str::to_owned).collect();
    let read =
        |row: &rusqlite::Row<'_>| (0..columns.len()).map(|n| row.get(n)).collect::<Result<Vec<Value>, _>>();
    let values = select.query_row([ticket], read)?;
    let place = |name: &str| columns.iter().position(|column| column == name).context("no such column");
    let fresh = fresh.iter().map(|(name, fresh)| Ok((place(name)?, *fresh))).collect::<Result<_>>()?;
    let marks = vec!["?"; columns.len()].join(", ");
    let insert = format!("INSERT INTO {table} ({}) VALUES ({marks})", columns.join(", "));
    Ok(Row { insert, values, fresh })
}

/// Like [`Rows::count`] and [`Rows::bytes`], on PostgreSQL.
///
/// # Errors
/// What PostgreSQL says.
pub(crate) async fn of_newest_on_postgres(url: &str, desk: DeskId) -> Result<(usize, usize)> {
    let (client, connection) = tokio_postgres::connect(url, tokio_postgres::NoTls).await?;
    tokio::spawn(connection);
    let name = desk.uuid().to_string();
    client.query_one("SELECT set_config('app.desk', $1, false)", &[&name]).await?;
    let size = "SELECT COUNT(*), CAST(SUM(bytes) AS BIGINT) FROM (
        WITH t AS MATERIALIZED (SELECT id FROM tickets ORDER BY created_at DESC LIMIT 1)
        SELECT pg_column_size(r.*) AS bytes FROM tickets r JOIN t ON r.id = t.id
        UNION ALL SELECT pg_column_size(r.*) FROM timeline r JOIN t ON r.ticket_id = t.id
        UNION ALL SELECT pg_column_size(r.*) FROM search_docs r JOIN t ON r.ticket_id = t.id
        UNION ALL SELECT pg_column_size(s.*) FROM search_docs r JOIN t ON r.ticket_id = t.id
            JOIN search_terms s ON s.desk_id = r.desk_id AND s.doc = r.doc
        UNION ALL (SELECT pg_column_size(r.*) FROM counter_changes r ORDER BY id DESC LIMIT 1)
        UNION ALL (SELECT pg_column_size(r.*) FROM audit r ORDER BY id DESC LIMIT 1)
        UNION ALL (SELECT pg_column_size(r.*) FROM jobs r ORDER BY id DESC LIMIT 1)) AS rows";
    let row = client.query_one(size, &[]).await?;
    let number = |column| -> Result<usize> { Ok(usize::try_from(row.try_get::<_, i64>(column)?)?) };
    Ok((number(0)?, number(1)?))
}
