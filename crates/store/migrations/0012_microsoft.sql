-- What a desk has at Microsoft, and what it keeps of what it read there.

-- The desk's connection: at most one.
CREATE TABLE connections (
    desk_id UUID NOT NULL,
    cloud TEXT NOT NULL,
    -- The partner's tenant and its application.
    tenant UUID NOT NULL,
    application UUID NOT NULL,
    -- Sealed; the token is null until an agent has consented.
    application_secret TEXT NOT NULL,
    refresh_token TEXT,
    consented_at TIMESTAMPTZ,
    -- Whether customers at Microsoft that nobody knows here become customers of the desk.
    adds_customers BIGINT NOT NULL DEFAULT 0,
    -- How it fares: a state, since when, Microsoft's words.
    health JSONB NOT NULL,
    -- When people were told that it needs them; null while it does not.
    told_at TIMESTAMPTZ,
    -- Where Microsoft was asked to send events.
    events_url TEXT,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id)
);

-- Somebody was sent to Microsoft to consent: a state that is good once, for one session.
CREATE TABLE consents (
    desk_id UUID NOT NULL,
    hash BYTEA NOT NULL,
    session BYTEA NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, hash)
);

-- What is read again and again, of the partner (tenant is empty) or of a customer's tenant.
CREATE TABLE mirrors (
    desk_id UUID NOT NULL,
    what TEXT NOT NULL,
    tenant TEXT NOT NULL,
    state TEXT NOT NULL,
    -- Microsoft's words, or ours, for who looks after it.
    detail TEXT NOT NULL,
    failures BIGINT NOT NULL,
    -- When it was read whole for the last time.
    read_at TIMESTAMPTZ,
    next_at TIMESTAMPTZ NOT NULL,
    -- What it needs to go on, or what was read of it where that is little.
    data JSONB NOT NULL,
    PRIMARY KEY (desk_id, what, tenant)
);
CREATE INDEX mirrors_due ON mirrors (desk_id, next_at);

-- Incidents and advisories of a service as a customer's tenant sees them.
CREATE TABLE health_issues (
    desk_id UUID NOT NULL,
    tenant TEXT NOT NULL,
    issue TEXT NOT NULL,
    title TEXT NOT NULL,
    service TEXT NOT NULL,
    impact TEXT NOT NULL,
    classification TEXT NOT NULL,
    status TEXT NOT NULL,
    resolved BIGINT NOT NULL,
    began_at TIMESTAMPTZ,
    ended_at TIMESTAMPTZ,
    modified_at TIMESTAMPTZ,
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, tenant, issue)
);

-- Service requests at Microsoft that are followed.
CREATE TABLE service_requests (
    desk_id UUID NOT NULL,
    -- Microsoft's number.
    id TEXT NOT NULL,
    -- The customer's tenant; empty while nobody knows it.
    tenant TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    severity TEXT NOT NULL,
    product TEXT NOT NULL,
    filed_at TIMESTAMPTZ,
    modified_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    -- What was said: who, when, what.
    notes JSONB NOT NULL,
    -- When its notes were read.
    read_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX service_requests_tenant ON service_requests (desk_id, tenant, modified_at);

-- Partners above and below: indirect providers, indirect resellers.
CREATE TABLE partner_links (
    desk_id UUID NOT NULL,
    tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    mpn_id TEXT NOT NULL,
    country TEXT NOT NULL,
    active BIGINT NOT NULL,
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, tenant, kind)
);

-- Events that came, so that a copy does nothing.
CREATE TABLE microsoft_events (
    desk_id UUID NOT NULL,
    hash BYTEA NOT NULL,
    name TEXT NOT NULL,
    came_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, hash)
);
CREATE INDEX microsoft_events_came ON microsoft_events (desk_id, came_at);
