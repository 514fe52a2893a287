-- What is found: see src/search.

-- One document for each message, and one for the subject of each ticket.
-- only sqlite
CREATE TABLE search_docs (
    desk_id BLOB NOT NULL,
    -- Ascends with time. No two desks have the same.
    doc INTEGER NOT NULL PRIMARY KEY,
    ticket_id BLOB NOT NULL,
    -- None for the subject.
    entry_id BLOB,
    visibility TEXT NOT NULL,
    -- Of the analyser.
    version INTEGER NOT NULL
) STRICT;
-- end
-- only postgres
CREATE TABLE search_docs (
    desk_id UUID NOT NULL,
    doc BIGINT NOT NULL,
    ticket_id UUID NOT NULL,
    entry_id UUID,
    visibility TEXT COLLATE "C" NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (desk_id, doc)
);
-- end
CREATE INDEX search_docs_ticket ON search_docs (desk_id, ticket_id, entry_id);

-- The terms of the documents. They come analysed; no sign of ASCII but the reserved one is part of a term.
-- only sqlite
CREATE VIRTUAL TABLE search_terms USING fts5 (
    terms, content='', contentless_delete=1, detail=none, tokenize="ascii tokenchars '_'"
);
-- end
-- Without row-level security, under which PostgreSQL uses no GIN index (its operators are not leakproof): as on
-- SQLite, the token of the desk is part of every question, and every answer passes through search_docs.
-- only postgres
CREATE TABLE search_terms (
    desk_id UUID NOT NULL,
    doc BIGINT NOT NULL,
    terms TSVECTOR NOT NULL,
    PRIMARY KEY (desk_id, doc)
);
CREATE INDEX search_terms_gin ON search_terms USING gin (terms);
-- Some documents, by the GIN index: with a limit the planner likes to walk through the table instead.
CREATE FUNCTION search_some(wanted TEXT, most BIGINT) RETURNS SETOF BIGINT LANGUAGE sql STABLE
SET enable_seqscan = off
AS 'SELECT doc FROM search_terms WHERE terms @@ CAST(wanted AS tsquery) LIMIT most';
-- end
