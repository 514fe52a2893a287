-- What the store itself needs. How tables are written: see dialect.rs.

-- Background work. Belongs to the installation: workers take turns between desks.
CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    desk_id UUID,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    -- At most one waits per key.
    key TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
    run_at TIMESTAMPTZ NOT NULL,
    -- While a worker holds it. The fence counts the workers that have held it.
    locked_until TIMESTAMPTZ,
    fence BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL
);
CREATE UNIQUE INDEX jobs_key ON jobs (key) WHERE state = 'waiting' AND locked_until IS NULL;
CREATE INDEX jobs_due ON jobs (run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_state ON jobs (state, created_at, id);

-- What recurs: when it is next due.
CREATE TABLE schedule (
    name TEXT NOT NULL PRIMARY KEY,
    next_at TIMESTAMPTZ NOT NULL,
    fence BIGINT NOT NULL DEFAULT 0
);

-- Who leads what, and until when.
CREATE TABLE leases (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    fence BIGINT NOT NULL DEFAULT 1
);

-- Attachments and raw messages by their content. Large ones have no body here but a file.
CREATE TABLE blobs (
    desk_id UUID NOT NULL,
    hash BYTEA NOT NULL,
    size BIGINT NOT NULL,
    body BYTEA,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, hash)
);

-- The next free number of a desk's sequences; numbers are taken in blocks.
CREATE TABLE numbers (
    desk_id UUID NOT NULL,
    name TEXT NOT NULL,
    next BIGINT NOT NULL,
    PRIMARY KEY (desk_id, name)
);
