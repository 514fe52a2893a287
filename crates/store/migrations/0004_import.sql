-- The Message-ID of a message that an import took in, hashed: what its answers in the same archive name. Null for
-- live mail, to which no id of a stranger's leads.
ALTER TABLE inbox ADD COLUMN message BYTEA;
CREATE INDEX inbox_message ON inbox (desk_id, message) WHERE message IS NOT NULL;
