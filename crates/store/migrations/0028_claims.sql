-- Claims against suppliers, the credit limits that they give us, and of what the desk's people were warned.

CREATE TABLE claims (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    supplier_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    kind TEXT NOT NULL,
    -- What is claimed, in minor units of the invoice's currency.
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    -- The numbers of lines of the invoice.
    lines JSONB NOT NULL,
    -- The number of a ticket.
    ticket BIGINT,
    -- The day of the incident, the order, the first misuse.
    happened TEXT,
    remark TEXT NOT NULL,
    -- The newest state of its events, and what they are together.
    state TEXT NOT NULL,
    deadline TEXT,
    credited BIGINT NOT NULL,
    given BIGINT NOT NULL,
    agent_id UUID NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX claims_state ON claims (desk_id, state, id);
CREATE INDEX claims_invoice ON claims (desk_id, invoice_id, id);

-- What was noted of a claim: only ever added to.
CREATE TABLE claim_events (
    desk_id UUID NOT NULL,
    claim_id UUID NOT NULL,
    -- From 1.
    place BIGINT NOT NULL,
    act TEXT NOT NULL,
    day TEXT,
    amount BIGINT NOT NULL,
    reference TEXT NOT NULL,
    note TEXT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, claim_id, place)
);

-- Credit limits: the newest that has begun counts. Never changed.
CREATE TABLE supplier_limits (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    supplier_id UUID NOT NULL,
    currency TEXT NOT NULL,
    -- In minor units; null where there is none any more.
    amount BIGINT,
    -- From so much of it on somebody should know, in percent.
    warn BIGINT NOT NULL,
    begins TEXT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX supplier_limits_of ON supplier_limits (desk_id, supplier_id, currency, begins, id);

-- Of what the desk's people were warned: once of each.
CREATE TABLE payable_warnings (
    desk_id UUID NOT NULL,
    -- An invoice, a claim or a credit limit.
    subject UUID NOT NULL,
    warning TEXT NOT NULL,
    -- The day that was near; empty for a limit.
    day TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, subject, warning, day)
);
CREATE INDEX payable_warnings_at ON payable_warnings (desk_id, at);
