//! The statements of search that the two databases cannot say in the same words: FTS5 here, GIN there.

/// The newest matches (`m`) with their ticket and entry, where the asker may see these and asks for such tickets. `$count` says how many
/// were looked at to find them.
macro_rules! seen {
    ($with:literal, $matches:literal, $count:literal) => {
        concat!(
            $with,
            "SELECT m.doc, t.id, CASE WHEN t.id IS NULL THEN NULL ELSE d.entry_id END, ",
            $count,
            " FROM (",
            $matches,
            ") AS m
            LEFT JOIN search_docs AS d ON d.desk_id = $1 AND d.doc = m.doc
            LEFT JOIN tickets AS t ON t.desk_id = $1 AND t.id = d.ticket_id
                AND ((d.visibility = 'public' AND t.kind IN ($5, $6, $7)) OR t.kind IN ($8, $9, $10))
                AND (CAST($11 AS TEXT) = '' OR t.state = $11)
                AND (CAST($12 AS TEXT) = '' OR t.kind = $12)
                AND (CAST($13 AS TEXT) = '' OR t.service = $13)
                AND ",
            $crate::circles::shown_to!("$14", "$15"),
            "
            ORDER BY m.doc DESC"
        )
    };
}

/// FTS5 walks from the newest on its own.
const FTS5: &str = seen!(
    "",
    "SELECT rowid AS doc FROM search_terms WHERE search_terms MATCH $2 AND rowid < $3 ORDER BY rowid DESC LIMIT $4",
    "0"
);

/// The most matches of which PostgreSQL finds the newest by looking at all of them; [`RARE`] looks at one more.
pub(super) const MOST_RARE: i64 = 5_000;

/// Hits as lines of a list, with what was said in them. PostgreSQL gets an array: of what comes out of a sub-select it
/// believes that it is long, and would rather read the whole table.
macro_rules! shown {
    ($docs:literal) => {
        concat!(
            "SELECT d.doc, ",
            $crate::tickets::line_columns!(),
            ", e.data FROM search_docs d \
             JOIN tickets t ON t.desk_id = $1 AND t.id = d.ticket_id ",
            $crate::tickets::line_names!(),
            "LEFT JOIN timeline e ON e.desk_id = $1 AND e.id = d.entry_id \
             WHERE d.desk_id = $1 AND d.doc ",
            $docs
        )
    };
}

/// Terms of articles that these eyes see.
macro_rules! article_terms {
    ($terms:literal) => {
        concat!(
            "SELECT w.term, w.article_id, w.lang FROM article_words w
             JOIN articles a ON a.desk_id = $1 AND a.id = w.article_id WHERE w.desk_id = $1 AND ",
            $crate::articles::seen!(),
            " AND w.term ",
            $terms
        )
    };
}

crate::dialect_sql! {
    /// The terms of a document, with a space between them. PostgreSQL's parser never sees them. One row of `VALUES`
    /// on SQLite too: before any statement that could write more rows, FTS5 writes what it gathers in memory.
    pub(super) desk ADD_TERMS =
        "INSERT INTO search_terms (rowid, terms)
         VALUES ((SELECT doc FROM search_docs WHERE desk_id = $1 AND doc = $2), $3)",
        "INSERT INTO search_terms (desk_id, doc, terms)
         VALUES ($1, $2, array_to_tsvector(string_to_array($3, ' ')))";
    /// Removes the terms of a document.
    pub(super) desk REMOVE_TERMS =
        "DELETE FROM search_terms WHERE rowid = (SELECT doc FROM search_docs WHERE desk_id = $1 AND doc = $2)",
        "DELETE FROM search_terms WHERE desk_id = $1 AND doc = $2";
    /// The newest matches of a question before a document. PostgreSQL takes some matches, by the GIN index;
    /// if there are more than [`MOST_RARE`], [`COMMON`] must be asked instead.
    pub(super) desk RARE = FTS5, seen!(
        "WITH some_matches AS MATERIALIZED (SELECT doc FROM search_some($2, $3, 5001) AS doc) ",
        "SELECT doc FROM some_matches ORDER BY doc DESC LIMIT $4",
        "(SELECT COUNT(*) FROM some_matches)");
    /// The same for a question with so many matches that a walk from the newest meets them soon. For what `IS TRUE` the
    /// GIN index has no use.
    pub(super) desk COMMON = FTS5, seen!(
        "",
        "SELECT doc FROM search_terms WHERE desk_id = $1 AND doc < $3
         AND (terms @@ CAST(CAST($2 AS TEXT) AS tsquery)) IS TRUE ORDER BY doc DESC LIMIT $4",
        "CAST(0 AS BIGINT)");
    /// Hits, by their documents: a JSON list of their numbers.
    pub(super) desk SHOWN =
        shown!("IN (SELECT value FROM json_each($2))"),
        shown!("= ANY (ARRAY(SELECT CAST(value AS BIGINT) FROM jsonb_array_elements_text($2)))");
    /// The terms of an article's text.
    pub(super) desk ADD_ARTICLE =
        "INSERT INTO article_words (desk_id, term, article_id, lang)
         SELECT $1, value, $2, $3 FROM json_each($4) WHERE true ON CONFLICT DO NOTHING",
        "INSERT INTO article_words (desk_id, term, article_id, lang)
         SELECT CAST($1 AS UUID), value, CAST($2 AS UUID), CAST($3 AS TEXT) FROM jsonb_array_elements_text($4) AS value
         ON CONFLICT DO NOTHING";
    /// Where terms are: a JSON list of them.
    pub(super) desk ARTICLE_TERMS =
        article_terms!("IN (SELECT value FROM json_each($3))"),
        article_terms!("= ANY (ARRAY(SELECT jsonb_array_elements_text($3)))");
}
