-- Hand-overs: desks that are paired, the messages between them, and each leg as this desk keeps it.

-- Whose a public key is. A message names the key it is for, and so the desk of this installation.
CREATE TABLE chain_keys (
    key TEXT NOT NULL PRIMARY KEY,
    desk_id UUID NOT NULL
);

-- The desk's own keys. One is used for what begins now; hand-overs go on under the key with which they began.
CREATE TABLE desk_keys (
    desk_id UUID NOT NULL,
    key TEXT NOT NULL,
    id UUID NOT NULL,
    sealed TEXT NOT NULL,
    active BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, key)
);

-- Invitations to pair. Only the hash of the code is kept.
CREATE TABLE pairings (
    desk_id UUID NOT NULL,
    code BYTEA NOT NULL,
    supplier_id UUID,
    -- The key that used it: who asks again after a lost answer is answered again.
    used_by TEXT,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, code)
);

CREATE TABLE peers (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    key TEXT NOT NULL,
    -- Keys that it had before: hand-overs go on under them.
    old_keys JSONB NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- What it is to us: it helps us, or we help it, or both.
    supplier_id UUID,
    customer_id UUID,
    revoked BIGINT NOT NULL DEFAULT 0,
    -- Since when it has not been reached, and why.
    lost_at TIMESTAMPTZ,
    lost_why TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX peers_key ON peers (desk_id, key);

CREATE TABLE chains (
    desk_id UUID NOT NULL,
    id TEXT NOT NULL,
    -- None while it is only offered to us.
    ticket_id UUID,
    -- Our key in it.
    key TEXT NOT NULL,
    closed BIGINT NOT NULL DEFAULT 0,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX chains_ticket ON chains (desk_id, ticket_id);

-- As they came, byte by byte; only appended to.
CREATE TABLE chain_messages (
    desk_id UUID NOT NULL,
    chain TEXT NOT NULL,
    -- 'chain', or 'to/' or 'from/' with the other desk's key.
    lane TEXT NOT NULL,
    seq BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    content BYTEA NOT NULL,
    signature TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, chain, lane, seq)
);

-- How much of each lane a neighbour has confirmed to have.
CREATE TABLE chain_receipts (
    desk_id UUID NOT NULL,
    chain TEXT NOT NULL,
    peer_id UUID NOT NULL,
    chain_seq BIGINT NOT NULL,
    link_seq BIGINT NOT NULL,
    PRIMARY KEY (desk_id, chain, peer_id)
);

CREATE TABLE handovers (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    chain TEXT,
    -- The offer's place in the chain.
    offer BIGINT,
    ticket_id UUID,
    -- Whether it goes out from this desk, or came in.
    outgoing BIGINT NOT NULL,
    supplier_id UUID,
    offering_id UUID,
    -- The contract whose unit it takes.
    entitlement_id UUID,
    peer_id UUID,
    way TEXT NOT NULL,
    party TEXT NOT NULL,
    state TEXT NOT NULL,
    -- 1 while something follows, so that lists are short.
    live BIGINT NOT NULL,
    severity TEXT NOT NULL,
    package JSONB NOT NULL,
    answer TEXT NOT NULL DEFAULT '',
    outcome TEXT,
    -- What it is called on the other side.
    number TEXT NOT NULL DEFAULT '',
    expires_at TIMESTAMPTZ,
    held_from TIMESTAMPTZ,
    returned_at TIMESTAMPTZ,
    -- By when the supplier has promised the next thing; far away where it has not.
    due_at TIMESTAMPTZ NOT NULL,
    -- The clock of the supplier's promises: what happened to it.
    facts JSONB NOT NULL,
    chase_at TIMESTAMPTZ,
    -- The answer with which the customer was told.
    told_entry UUID,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    changed_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX handovers_ticket ON handovers (desk_id, ticket_id);
CREATE INDEX handovers_live ON handovers (desk_id, live, due_at);
CREATE INDEX handovers_chain ON handovers (desk_id, chain);
