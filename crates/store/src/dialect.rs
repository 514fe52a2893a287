//! What the two databases cannot say in the same words.
//!
//! Tables are declared once, in PostgreSQL's type words, in capitals:
//!
//! | written | SQLite | PostgreSQL |
//! | --- | --- | --- |
//! | `UUID`, `BYTEA` | `BLOB` | as written |
//! | `BIGINT`, `TIMESTAMPTZ` | `INTEGER` | as written |
//! | `JSONB` | `TEXT` | as written |
//! | `TEXT` | `TEXT` | `TEXT COLLATE "C"` |
//! | `);` at the end of a `CREATE TABLE` | `) STRICT;` | as written |
//! | `) WITHOUT ROWID;` there, for small rows that are written often | `) STRICT, WITHOUT ROWID;` | `);` |
//!
//! What only one of them understands stands between `-- only sqlite` or `-- only postgres` and `-- end`, and is
//! passed on untouched.

/// The databases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    Sqlite,
    Postgres,
}

impl Dialect {
    const fn marker(self) -> &'static str {
        match self {
            Dialect::Sqlite => "-- only sqlite",
            Dialect::Postgres => "-- only postgres",
        }
    }
}

/// A migration's text as one of the databases understands it.
///
/// # Errors
/// A section that does not end, or ends without a beginning: the line's number.
pub(crate) fn translate(text: &str, dialect: Dialect) -> Result<String, usize> {
    let mut out = String::with_capacity(text.len() + text.len() / 4);
    let mut only = None;
    let mut in_table = false;
    for (number, line) in text.lines().enumerate() {
        let mark = line.trim();
        if [Dialect::Sqlite, Dialect::Postgres].iter().any(|d| d.marker() == mark) {
            if only.replace(mark).is_some() {
                return Err(number + 1);
            }
        } else if mark == "-- end" {
            only.take().ok_or(number + 1)?;
        } else if let Some(marker) = only {
            if marker == dialect.marker() {
                out.push_str(line);
            }
        } else {
            let code = line.split_once("--").map_or(line, |(code, _)| code).trim_end();
            in_table |= code.starts_with("CREATE TABLE") || code.starts_with("ALTER TABLE");
            if in_table {
                column(code, dialect, &mut out);
            } else {
                out.push_str(code);
            }
            if in_table && code.starts_with(')') {
                out.truncate(out.len() - code.len());
                out.push_str(match (dialect, code) {
                    (Dialect::Sqlite, ") WITHOUT ROWID;") => ") STRICT, WITHOUT ROWID;",
                    (Dialect::Sqlite, _) => ") STRICT;",
                    (Dialect::Postgres, _) => ");",
                });
            }
            in_table &= !code.ends_with(';');
        }
        out.push('\n');
    }
    only.map_or(Ok(out), |_| Err(text.lines().count()))
}

/// Replaces the type words of a line of a table.
fn column(code: &str, dialect: Dialect, out: &mut String) {
    for word in code.split_inclusive(|c: char| !c.is_ascii_alphanumeric() && c != '_') {
        let bare = word.trim_end_matches(|c: char| !c.is_ascii_alphanumeric() && c != '_');
        out.push_str(match (dialect, bare) {
            (Dialect::Sqlite, "UUID" | "BYTEA") => "BLOB",
            (Dialect::Sqlite, "BIGINT" | "TIMESTAMPTZ") => "INTEGER",
            (Dialect::Sqlite, "JSONB") => "TEXT",
            (Dialect::Postgres, "TEXT") => "TEXT COLLATE \"C\"",
            (_, other) => other,
        });
        out.push_str(&word[bare.len()..]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "CREATE TABLE notes (  -- what is TEXT
    id UUID NOT NULL,
    text TEXT, at TIMESTAMPTZ,
    tags JSONB NOT NULL, count BIGINT, hash BYTEA,
    PRIMARY KEY (id)
);
CREATE INDEX notes_text ON notes (text);
CREATE TABLE small (
    id UUID NOT NULL PRIMARY KEY
) WITHOUT ROWID;
-- only postgres
CREATE INDEX gin ON notes USING gin (tags);  -- as it is
-- end";

    #[test]
    fn sqlite_gets_strict_tables() {
        let expected = "CREATE TABLE notes (
    id BLOB NOT NULL,
    text TEXT, at INTEGER,
    tags TEXT NOT NULL, count INTEGER, hash BLOB,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX notes_text ON notes (text);
CREATE TABLE small (
    id BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;\n\n\n\n";
        assert_eq!(translate(TEXT, Dialect::Sqlite).unwrap(), expected);
    }

    #[test]
    fn postgres_sorts_by_bytes() {
        let text = translate(TEXT, Dialect::Postgres).unwrap();
        assert!(text.contains("text TEXT COLLATE \"C\", at TIMESTAMPTZ"), "{text}");
        assert!(text.contains("id UUID NOT NULL PRIMARY KEY\n);"), "{text}");
        assert!(text.contains("CREATE INDEX gin ON notes USING gin (tags);  -- as it is"), "{text}");
    }

    #[test]
    fn a_section_ends() {
        assert_eq!(translate("-- only sqlite\nSELECT 1;", Dialect::Sqlite), Err(2));
        assert_eq!(translate("\n-- end\n", Dialect::Sqlite), Err(2));
        assert_eq!(translate("-- only sqlite\n-- only postgres\n-- end\n", Dialect::Sqlite), Err(2));
    }
}
