-- only postgres
-- Some documents before one, by the GIN index: for what `IS TRUE` no other index is of use. Its statement is planned once
-- for each connection, which takes longer than running it, and nobody expects a thousand rows of it.
DROP FUNCTION search_some(TEXT, BIGINT);
CREATE FUNCTION search_some(wanted TEXT, before BIGINT, most BIGINT) RETURNS SETOF BIGINT
LANGUAGE plpgsql STABLE ROWS 100
SET enable_seqscan = off
AS 'BEGIN
    RETURN QUERY SELECT doc FROM search_terms
        WHERE terms @@ CAST(wanted AS tsquery) AND (doc < before) IS TRUE LIMIT most;
END';
-- What was written last stands in a list that every search reads whole: a short one.
ALTER INDEX search_terms_gin SET (gin_pending_list_limit = 256);
-- end
