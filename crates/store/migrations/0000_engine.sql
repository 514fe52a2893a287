-- What the store itself needs. How tables are written: see dialect.rs.

-- Background work. Belongs to the installation: workers take turns between desks.
CREATE TABLE jobs (
    id UUID NOT NULL PRIMARY KEY,
    -- All zeros: the installation's own.
    desk_id UUID NOT NULL,
    kind TEXT NOT NULL,
    payload JSONB NOT NULL,
    key TEXT,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'dead')),
    -- When a worker may take it. Taking it moves this to the end of the worker's lease.
    run_at TIMESTAMPTZ NOT NULL,
    -- The worker that holds it, and until when. The fence counts the workers that have held it.
    worker TEXT,
    locked_until TIMESTAMPTZ,
    fence BIGINT NOT NULL DEFAULT 0,
    attempts BIGINT NOT NULL DEFAULT 0,
    last_error TEXT,
    created_at TIMESTAMPTZ NOT NULL
) WITHOUT ROWID;
-- At most one waits per key. The one that a worker holds may already have read what changed since.
CREATE UNIQUE INDEX jobs_key ON jobs (key) WHERE key IS NOT NULL AND state = 'waiting' AND locked_until IS NULL;
CREATE INDEX jobs_due ON jobs (desk_id, run_at, id) WHERE state = 'waiting';
CREATE INDEX jobs_dead ON jobs (created_at, id) WHERE state = 'dead';

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
