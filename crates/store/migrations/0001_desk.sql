-- Desks, people, tickets, mail. Tables of the installation first; every other table belongs to a desk.

CREATE TABLE desks (
    id UUID NOT NULL PRIMARY KEY,
    -- Its name in addresses and commands.
    slug TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL
);

-- Somebody who can sign in; may be an agent of several desks.
CREATE TABLE identities (
    id UUID NOT NULL PRIMARY KEY,
    email TEXT NOT NULL UNIQUE,
    -- argon2id in PHC form; none until the invitation is accepted.
    password TEXT,
    created_at TIMESTAMPTZ NOT NULL
);

CREATE TABLE memberships (
    identity_id UUID NOT NULL,
    desk_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    PRIMARY KEY (identity_id, desk_id)
);

-- Tokens are never stored, only their SHA-256.
CREATE TABLE sessions (
    hash BYTEA NOT NULL PRIMARY KEY,
    id UUID NOT NULL,
    -- Whose: an agent's (identity and agent) or a contact's.
    identity_id UUID,
    desk_id UUID NOT NULL,
    agent_id UUID,
    contact_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX sessions_expiry ON sessions (expires_at);
CREATE INDEX sessions_identity ON sessions (identity_id);

-- Single-use links: sign-in of a contact, invitation or new password of an agent.
CREATE TABLE links (
    hash BYTEA NOT NULL PRIMARY KEY,
    purpose TEXT NOT NULL,
    desk_id UUID NOT NULL,
    -- The contact or the identity.
    subject_id UUID NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL
);
CREATE INDEX links_expiry ON links (expires_at);

-- Which desk takes mail for an address.
CREATE TABLE mailbox_addresses (
    address TEXT NOT NULL PRIMARY KEY,
    desk_id UUID NOT NULL,
    mailbox_id UUID NOT NULL
);

-- Attempts within a window: sign-ins by name and by address, links by recipient.
CREATE TABLE throttle (
    key TEXT NOT NULL PRIMARY KEY,
    since TIMESTAMPTZ NOT NULL,
    count BIGINT NOT NULL
);
CREATE INDEX throttle_since ON throttle (since);

CREATE TABLE settings (
    desk_id UUID NOT NULL PRIMARY KEY,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1
);

CREATE TABLE calendars (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    spec JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, id)
);

CREATE TABLE agents (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    identity_id UUID NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    lang TEXT NOT NULL,
    timezone TEXT NOT NULL,
    roles JSONB NOT NULL,
    active BIGINT NOT NULL DEFAULT 1,
    -- What the agent likes: theme, signature, shortcuts off.
    prefs JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX agents_email ON agents (desk_id, email);

CREATE TABLE teams (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX teams_name ON teams (desk_id, name);

CREATE TABLE team_members (
    desk_id UUID NOT NULL,
    team_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    PRIMARY KEY (desk_id, team_id, agent_id)
);

CREATE TABLE api_tokens (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    agent_id UUID NOT NULL,
    name TEXT NOT NULL,
    scopes JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ,
    -- SHA-256 of the token, which names its desk. The token is not kept.
    hash BYTEA NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX api_tokens_hash ON api_tokens (desk_id, hash);

CREATE TABLE customers (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- The name folded, for lists in order and for look-ups.
    name_key TEXT NOT NULL,
    lang TEXT NOT NULL,
    timezone TEXT NOT NULL,
    note TEXT NOT NULL DEFAULT '',
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX customers_name ON customers (desk_id, name_key, id);

CREATE TABLE domains (
    desk_id UUID NOT NULL,
    domain TEXT NOT NULL,
    customer_id UUID NOT NULL,
    PRIMARY KEY (desk_id, domain)
);
CREATE INDEX domains_customer ON domains (desk_id, customer_id);

CREATE TABLE contacts (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    name_key TEXT NOT NULL,
    email TEXT,
    phone TEXT,
    -- Its digits from the last to the first, so that a caller is found by the end of the number.
    phone_key TEXT,
    lang TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX contacts_email ON contacts (desk_id, email);
CREATE INDEX contacts_name ON contacts (desk_id, name_key, id);
CREATE INDEX contacts_phone ON contacts (desk_id, phone_key);

-- A person may belong to several customers.
CREATE TABLE affiliations (
    desk_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    sees TEXT NOT NULL,
    PRIMARY KEY (desk_id, contact_id, customer_id)
);
CREATE INDEX affiliations_customer ON affiliations (desk_id, customer_id, contact_id);

CREATE TABLE tickets (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    number BIGINT NOT NULL,
    customer_id UUID,
    contact_id UUID,
    -- Through which it came, and in whose name it is answered.
    mailbox_id UUID,
    channel TEXT NOT NULL,
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    severity TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Which list it stands in: todo, waiting, done. Follows from the state.
    lane TEXT NOT NULL,
    subject TEXT NOT NULL,
    lang TEXT NOT NULL,
    team_id UUID,
    assignee_id UUID,
    tags JSONB NOT NULL,
    -- The last message that the customer can read.
    preview TEXT NOT NULL,
    last_by TEXT NOT NULL,
    last_at TIMESTAMPTZ NOT NULL,
    -- What is due first and when; the far future if nothing is.
    due_at TIMESTAMPTZ NOT NULL,
    due_kind TEXT,
    warn_at TIMESTAMPTZ,
    -- What the clocks count with: targets as promised, calendar, facts of the timeline.
    targets JSONB NOT NULL,
    calendar_id UUID,
    facts JSONB NOT NULL,
    -- Until when a message of the customer reopens it.
    reopen_until TIMESTAMPTZ,
    parent_id UUID,
    -- How many entries its timeline has.
    entries BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX tickets_number ON tickets (desk_id, number);
CREATE INDEX tickets_due ON tickets (desk_id, lane, due_at, id);
CREATE INDEX tickets_due_kind ON tickets (desk_id, kind, lane, due_at, id);
CREATE INDEX tickets_assignee ON tickets (desk_id, assignee_id, lane, due_at, id);
CREATE INDEX tickets_all ON tickets (desk_id, last_at, id);
CREATE INDEX tickets_all_kind ON tickets (desk_id, kind, last_at, id);
CREATE INDEX tickets_customer ON tickets (desk_id, customer_id, last_at, id);
CREATE INDEX tickets_contact ON tickets (desk_id, contact_id, last_at, id);

-- Who besides the requester follows a ticket.
CREATE TABLE followers (
    desk_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    PRIMARY KEY (desk_id, contact_id, ticket_id)
);
CREATE INDEX followers_ticket ON followers (desk_id, ticket_id);

CREATE TABLE timeline (
    desk_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    actor_id UUID,
    visibility TEXT NOT NULL,
    data JSONB NOT NULL,
    PRIMARY KEY (desk_id, ticket_id, seq)
);
CREATE UNIQUE INDEX timeline_id ON timeline (desk_id, id);

CREATE TABLE attachments (
    desk_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    position BIGINT NOT NULL,
    ticket_id UUID NOT NULL,
    name TEXT NOT NULL,
    content_type TEXT NOT NULL,
    size BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    -- The content id of an inline picture.
    content_id TEXT,
    PRIMARY KEY (desk_id, entry_id, position)
);
CREATE INDEX attachments_ticket ON attachments (desk_id, ticket_id);

-- What an agent has begun to write, and has not sent.
CREATE TABLE drafts (
    desk_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, ticket_id, agent_id, kind)
);

CREATE TABLE mailboxes (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    address TEXT NOT NULL,
    -- How it is read; secrets in it are sealed with the installation's key.
    source JSONB,
    -- Where reading stands.
    progress JSONB NOT NULL,
    health JSONB NOT NULL,
    -- What its mail is about, unless somebody knows better.
    kind TEXT NOT NULL,
    service TEXT NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX mailboxes_address ON mailboxes (desk_id, address);

-- Every raw message, before anything is made of it. The bytes are a blob.
CREATE TABLE inbox (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    -- The mailbox, or the way by which it came.
    source TEXT NOT NULL,
    digest BYTEA NOT NULL,
    size BIGINT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    envelope JSONB NOT NULL,
    state TEXT NOT NULL,
    outcome TEXT,
    why TEXT,
    -- For people: sender and subject as far as they could be read.
    sender TEXT NOT NULL DEFAULT '',
    subject TEXT NOT NULL DEFAULT '',
    ticket_id UUID,
    entry_id UUID,
    -- Message-ID, From and body together: the same message by another way.
    same BYTEA,
    attempts BIGINT NOT NULL DEFAULT 0,
    PRIMARY KEY (desk_id, id)
) WITHOUT ROWID;
CREATE UNIQUE INDEX inbox_digest ON inbox (desk_id, source, digest);
CREATE UNIQUE INDEX inbox_same ON inbox (desk_id, same);
CREATE INDEX inbox_state ON inbox (desk_id, state, received_at, id);
CREATE INDEX inbox_entry ON inbox (desk_id, entry_id);

-- How often an address has opened tickets by mail within an hour: a flood joins the ticket that is there.
CREATE TABLE senders (
    desk_id UUID NOT NULL,
    address TEXT NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    count BIGINT NOT NULL,
    ticket_id UUID NOT NULL,
    PRIMARY KEY (desk_id, address)
) WITHOUT ROWID;

-- Mail on its way out, rendered once. The bytes are a blob.
CREATE TABLE outgoing (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    ticket_id UUID,
    entry_id UUID,
    message_id TEXT NOT NULL,
    sender TEXT NOT NULL,
    subject TEXT NOT NULL,
    hash BYTEA NOT NULL,
    -- waiting until then, so that it can be taken back; cancelled, or done when every recipient is.
    state TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    send_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
) WITHOUT ROWID;
CREATE INDEX outgoing_created ON outgoing (desk_id, created_at, id);
CREATE INDEX outgoing_entry ON outgoing (desk_id, entry_id);
CREATE INDEX outgoing_message ON outgoing (desk_id, message_id);

CREATE TABLE recipients (
    desk_id UUID NOT NULL,
    outgoing_id UUID NOT NULL,
    address TEXT NOT NULL,
    state TEXT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    -- What the server said last.
    reply TEXT NOT NULL DEFAULT '',
    -- Whether nobody wrote it: limited by address and hour.
    auto BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, outgoing_id, address)
) WITHOUT ROWID;
CREATE INDEX recipients_address ON recipients (desk_id, address, auto, created_at);

-- Answers of the API to requests with an Idempotency-Key, kept for a day.
CREATE TABLE idempotency (
    desk_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    key TEXT NOT NULL,
    request BYTEA NOT NULL,
    status BIGINT NOT NULL,
    body JSONB NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, agent_id, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_at ON idempotency (desk_id, at);

-- Counts of the lists, kept instead of counted: changes are appended and folded by a job. `deltas` says by how much
-- each counter rises or falls.
CREATE TABLE counters (
    desk_id UUID NOT NULL,
    key TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (desk_id, key)
);
CREATE TABLE counter_changes (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    deltas JSONB NOT NULL,
    PRIMARY KEY (desk_id, id)
) WITHOUT ROWID;

-- Who did what. Rows are appended in the transaction of what they tell, and sealed in batches afterwards.
CREATE TABLE audit (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    actor TEXT NOT NULL,
    actor_id UUID,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    data JSONB NOT NULL,
    seal BIGINT,
    PRIMARY KEY (desk_id, id)
) WITHOUT ROWID;
CREATE INDEX audit_seal ON audit (desk_id, seal, id);

CREATE TABLE seals (
    desk_id UUID NOT NULL,
    number BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    -- How many rows it covers, and the hash of the seal before and of them.
    rows BIGINT NOT NULL,
    hash BYTEA NOT NULL,
    PRIMARY KEY (desk_id, number)
);
