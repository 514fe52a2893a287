//! One schema, twice; and statements that both understand.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::Connection;
use store::sql::{SYSTEM_TABLES, Scope, statements};
use testkit::{db::TestDb, on_both};

on_both! {
    async fn every_statement_prepares(db) {
        assert_eq!(db.store().prepare_all().await, Ok(statements().count()));
    }
}

/// The words of a statement, without its texts in quotes.
fn words(sql: &str) -> Vec<&str> {
    sql.split('\'')
        .step_by(2)
        .flat_map(|code| code.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '$')))
        .filter(|word| !word.is_empty())
        .collect()
}

#[test]
fn a_desks_statement_names_its_desk() {
    for s in statements().filter(|s| s.scope == Scope::Desk) {
        for text in [s.sqlite, s.postgres] {
            let words = words(text);
            assert!(words.contains(&"$1") && words.contains(&"desk_id"), "{} {}", s.file, s.name);
        }
    }
}

#[tokio::test]
async fn statements_stay_in_their_scope() {
    let db = TestDb::sqlite().await;
    let all: BTreeSet<String> = sqlite_schema(&db).into_keys().collect();
    for s in statements() {
        for table in words(s.sqlite).into_iter().filter(|word| all.contains(*word)) {
            let is_system = SYSTEM_TABLES.contains(&table);
            // A system table in a desk's statement, or the other way round. Columns share some names with tables.
            let names_table = ["FROM", "JOIN", "INTO", "UPDATE"]
                .iter()
                .any(|before| words(s.sqlite).windows(2).any(|pair| pair == [*before, table]));
            let fits = (s.scope == Scope::System) == is_system;
            assert!(fits || !names_table, "{} {} touches {table}", s.file, s.name);
        }
    }
}

#[test]
fn every_file_with_statements_is_listed() {
    let listed: BTreeSet<&str> = statements().map(|s| s.file).collect();
    let mut files = vec![std::path::PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"))];
    let mut found = 0;
    while let Some(path) = files.pop() {
        if path.is_dir() {
            files.extend(std::fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let has_statements = text.lines().any(|line| {
            let line = line.trim_start_matches("crate::");
            line.starts_with("sql! {") || line.starts_with("dialect_sql! {")
        });
        if has_statements {
            found += 1;
            assert!(listed.iter().any(|file| path.ends_with(file)), "{} is not listed", path.display());
        }
    }
    assert_eq!(found, listed.len());
}

/// A table: its columns with whether they may be null, its primary key, and its unique and other indexes.
#[derive(Debug, Default, PartialEq, Eq)]
struct Table {
    columns: BTreeMap<String, bool>,
    primary_key: Vec<String>,
    indexes: BTreeMap<String, (bool, Vec<String>)>,
}

fn sqlite_schema(db: &TestDb) -> BTreeMap<String, Table> {
    let connection = Connection::open(db.path().unwrap()).unwrap();
    let rows = |sql: &str, name: &str| -> Vec<(String, i64, i64)> {
        let mut statement = connection.prepare(sql).unwrap();
        let rows = statement.query_map([name], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)));
        rows.unwrap().map(Result::unwrap).collect()
    };
    let tables = "SELECT name, 0, 0 FROM sqlite_schema WHERE type = 'table' AND sql LIKE 'CREATE TABLE%'
        AND name NOT LIKE 'sqlite_%' AND name NOT IN
        (SELECT s.name FROM pragma_table_list s WHERE s.type = 'shadow') AND ?1 = ''";
    let mut schema = BTreeMap::new();
    for (name, _, _) in rows(tables, "") {
        let mut table = Table::default();
        let mut key = BTreeMap::new();
        for (column, not_null, pk) in rows(r#"SELECT name, "notnull", pk FROM pragma_table_info(?1)"#, &name)
        {
            table.columns.insert(column.clone(), not_null == 0);
            if pk > 0 {
                key.insert(pk, column);
            }
        }
        table.primary_key = key.into_values().collect();
        let indexes = r#"SELECT name, "unique", 0 FROM pragma_index_list(?1) WHERE origin = 'c'"#;
        for (index, unique, _) in rows(indexes, &name) {
            let columns =
                "SELECT COALESCE(name, '(expression)'), seqno, 0 FROM pragma_index_info(?1) ORDER BY seqno";
            let columns = rows(columns, &index).into_iter().map(|(column, _, _)| column).collect();
            table.indexes.insert(index, (unique == 1, columns));
        }
        schema.insert(name, table);
    }
    schema
}

async fn postgres_schema(db: &TestDb) -> BTreeMap<String, Table> {
    let client = db.raw_postgres().await.unwrap();
    let mut schema: BTreeMap<String, Table> = BTreeMap::new();
    let columns = "SELECT c.relname::text, a.attname::text, a.attnotnull FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace";
    for row in client.query(columns, &[]).await.unwrap() {
        let table = schema.entry(row.get(0)).or_default();
        table.columns.insert(row.get(1), !row.get::<_, bool>(2));
    }
    let indexes = "SELECT t.relname::text, c.relname::text, i.indisunique, i.indisprimary,
            ARRAY(SELECT CASE WHEN k = 0 THEN '(expression)' ELSE a.attname::text END
                FROM unnest(i.indkey::int[]) WITH ORDINALITY AS key (k, n)
                LEFT JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k AND k > 0 ORDER BY n)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
        JOIN pg_am am ON am.oid = c.relam AND am.amname = 'btree'
        LEFT JOIN pg_constraint u ON u.conindid = c.oid AND u.contype = 'u'
        WHERE t.relnamespace = 'public'::regnamespace AND u.oid IS NULL";
    for row in client.query(indexes, &[]).await.unwrap() {
        let table = schema.entry(row.get(0)).or_default();
        let columns: Vec<String> = row.get(4);
        if row.get(3) {
            table.primary_key = columns;
        } else {
            table.indexes.insert(row.get(1), (row.get(2), columns));
        }
    }
    schema
}

/// Tables and indexes that stand in a section for one database.
fn only_here(name: &str) -> bool {
    name.starts_with("search_")
}

#[tokio::test]
async fn both_schemas_are_one() {
    let (sqlite, postgres) = (TestDb::sqlite().await, TestDb::postgres().await);
    let (mut sqlite, mut postgres) = (sqlite_schema(&sqlite), postgres_schema(&postgres).await);
    for schema in [&mut sqlite, &mut postgres] {
        schema.retain(|name, _| !only_here(name));
        schema.values_mut().for_each(|table| table.indexes.retain(|name, _| !only_here(name)));
    }
    assert!(sqlite.len() > 5);
    assert_eq!(sqlite.keys().collect::<Vec<_>>(), postgres.keys().collect::<Vec<_>>());
    for (name, table) in &sqlite {
        assert_eq!(table, &postgres[name], "{name}");
    }
}

#[tokio::test]
async fn a_desks_tables_begin_with_the_desk() {
    let db = TestDb::postgres().await;
    for (name, table) in postgres_schema(&db).await {
        if SYSTEM_TABLES.contains(&name.as_str()) {
            continue;
        }
        assert!(table.columns.contains_key("desk_id"), "{name} belongs to nobody");
        assert_eq!(table.columns.get("desk_id"), Some(&false), "{name}");
        let indexes = table.indexes.values().map(|(_, columns)| columns).chain([&table.primary_key]);
        for columns in indexes {
            assert_eq!(columns.first().map(String::as_str), Some("desk_id"), "{name}: {columns:?}");
        }
    }
}

#[tokio::test]
async fn row_level_security_is_forced() {
    let db = TestDb::postgres().await;
    let client = db.raw_postgres().await.unwrap();
    let unprotected = "SELECT c.relname::text FROM pg_class c WHERE c.relkind = 'r'
        AND c.relnamespace = 'public'::regnamespace AND NOT c.relname = ANY ($1)
        AND NOT (c.relrowsecurity AND c.relforcerowsecurity
            AND EXISTS (SELECT 1 FROM pg_policy p WHERE p.polrelid = c.oid AND p.polwithcheck IS NOT NULL))";
    let rows = client.query(unprotected, &[&SYSTEM_TABLES]).await.unwrap();
    let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    assert_eq!(names, Vec::<String>::new());
}
