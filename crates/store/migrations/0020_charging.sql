-- Charging for support. The entries of customers' contracts stand in `wallet`, as those of contracts with suppliers do:
-- there `entitlement_id` is the id of the one or the other.

-- What a desk has decided about charging.
CREATE TABLE charging_rules (
    desk_id UUID NOT NULL,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id)
);

-- What customers have paid for before.
CREATE TABLE prepaid (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    name TEXT NOT NULL,
    -- Hours, counted in minutes, or incidents.
    holds TEXT NOT NULL,
    -- What is left: what the entries of its wallet add up to.
    balance BIGINT NOT NULL CHECK (balance >= 0),
    -- How many entries its wallet has.
    entries BIGINT NOT NULL DEFAULT 0,
    period_from TIMESTAMPTZ NOT NULL,
    period_to TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX prepaid_customer ON prepaid (desk_id, customer_id);
CREATE INDEX prepaid_over ON prepaid (desk_id, period_to) WHERE balance > 0;

-- What each round of a ticket, until it is resolved, is entitled to.
CREATE TABLE charge_rounds (
    desk_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    -- From 1; the next one begins when the ticket comes back after its round was charged.
    round BIGINT NOT NULL,
    entitlement JSONB NOT NULL,
    -- Why it is Microsoft's fault, if somebody has said so.
    microsoft TEXT,
    -- Under which key it holds, or has used, an incident of a contract.
    held TEXT,
    decided_at TIMESTAMPTZ NOT NULL,
    -- When it was resolved and its lines were made.
    settled_at TIMESTAMPTZ,
    -- Minutes that were on no line then, as nobody had confirmed them.
    unconfirmed BIGINT NOT NULL DEFAULT 0,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, ticket_id, round)
);

-- Time that was worked. Never changed: a correction is an entry that replaces another one.
CREATE TABLE time_entries (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    round BIGINT NOT NULL,
    -- Whose work it was.
    agent_id UUID NOT NULL,
    -- On which day, as the agent's calendar has it: 2026-03-31.
    day TEXT NOT NULL,
    minutes BIGINT NOT NULL,
    -- The minutes that count: full increments.
    charged BIGINT NOT NULL,
    chargeable BIGINT NOT NULL,
    note TEXT NOT NULL,
    -- Why it is not charged for, or why it was corrected.
    reason TEXT NOT NULL,
    replaces UUID,
    -- What it took from which prepaid contract.
    drawn JSONB NOT NULL,
    -- Who wrote it, and when.
    by_agent UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX time_entries_ticket ON time_entries (desk_id, ticket_id, id);
-- An entry is replaced once.
CREATE UNIQUE INDEX time_entries_replaces ON time_entries (desk_id, replaces);

-- The timers that run: an agent has one.
CREATE TABLE timers (
    desk_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    since TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, agent_id)
);

-- What customers were asked to agree to.
CREATE TABLE approvals (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    round BIGINT NOT NULL,
    customer_id UUID NOT NULL,
    answer TEXT NOT NULL,
    -- What is counted, what each costs, and in minutes the estimate and the cap; an incident has neither.
    per TEXT NOT NULL,
    price BIGINT NOT NULL,
    currency TEXT NOT NULL,
    estimate BIGINT,
    cap BIGINT,
    -- What is to be done, in the words of whoever asks.
    note TEXT NOT NULL,
    -- Null where the program asked, as the work went over a cap.
    asked_by UUID,
    asked_at TIMESTAMPTZ NOT NULL,
    -- The contact.
    answered_by UUID,
    answered_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX approvals_ticket ON approvals (desk_id, ticket_id, id);

-- What is to be invoiced. A line is never changed but in its state: one that was wrong is void, and another one stands
-- for it.
CREATE TABLE charges (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    round BIGINT NOT NULL,
    customer_id UUID NOT NULL,
    day TEXT NOT NULL,
    what TEXT NOT NULL,
    -- In the customer's language.
    description TEXT NOT NULL,
    lang TEXT NOT NULL,
    unit TEXT NOT NULL,
    -- In hundredths.
    quantity BIGINT NOT NULL,
    -- In minor units.
    price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    state TEXT NOT NULL,
    -- The invoice on which it stands.
    invoice TEXT,
    made_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX charges_ticket ON charges (desk_id, ticket_id, round);
CREATE INDEX charges_open ON charges (desk_id, state, customer_id, id);
