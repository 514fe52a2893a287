-- Hand-overs that go on at Microsoft: what is filed there, what was heard of it, and what is still to be said.

CREATE TABLE followed (
    desk_id UUID NOT NULL,
    handover_id UUID NOT NULL,
    -- Who handed it over: is told where nobody has the ticket.
    agent_id UUID NOT NULL,
    -- How reading it fares, and Microsoft's words for that.
    state TEXT NOT NULL,
    detail TEXT NOT NULL DEFAULT '',
    failures BIGINT NOT NULL DEFAULT 0,
    -- Microsoft's word for where the request stands; empty before it was read.
    status TEXT NOT NULL DEFAULT '',
    -- What is filed, as it was decided; null where a person files it.
    filing JSONB NOT NULL,
    -- When filing was tried last: what became of that is asked before anything is given up.
    tried_at TIMESTAMPTZ,
    -- What was heard, so that nothing is heard twice.
    heard JSONB NOT NULL,
    -- When anything was new last, and when it was read last.
    moved_at TIMESTAMPTZ NOT NULL,
    read_at TIMESTAMPTZ,
    -- When somebody was told that it needs a person.
    told_at TIMESTAMPTZ,
    -- Far away where nothing follows.
    next_at TIMESTAMPTZ NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, handover_id)
) WITHOUT ROWID;
CREATE INDEX followed_next ON followed (desk_id, next_at);

-- What is to be said there, in the order in which it was written.
CREATE TABLE followed_words (
    desk_id UUID NOT NULL,
    handover_id UUID NOT NULL,
    id UUID NOT NULL,
    text TEXT NOT NULL,
    -- The severity that it says, if it does.
    severity TEXT,
    -- Under which id Microsoft takes the attempt at most once, and how many there were.
    attempt UUID NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, handover_id, id)
) WITHOUT ROWID;

-- When the desk that opened a chain left it, because who held it never answered.
ALTER TABLE chains ADD COLUMN left_at TIMESTAMPTZ;
