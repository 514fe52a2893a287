-- What the desk is entitled to at its suppliers, and what is left of it.

-- What the desk says of its own standing at Microsoft. One row, or none.
CREATE TABLE standings (
    desk_id UUID NOT NULL,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id)
);

-- A contract with a supplier for something that it offers.
CREATE TABLE entitlements (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    supplier_id UUID NOT NULL,
    offering_id UUID NOT NULL,
    name TEXT NOT NULL,
    -- What the supplier asks for, sealed.
    access_id TEXT,
    contract_id TEXT,
    -- Whether its units are counted, and then what is left of them: what the entries of its wallet add up to.
    counted BIGINT NOT NULL,
    balance BIGINT CHECK (balance >= 0),
    -- How many entries its wallet has.
    entries BIGINT NOT NULL DEFAULT 0,
    period_from TIMESTAMPTZ NOT NULL,
    period_to TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX entitlements_supplier ON entitlements (desk_id, supplier_id);

-- The wallets' entries. They are only ever added, and numbered from 1 without gaps.
CREATE TABLE wallet (
    desk_id UUID NOT NULL,
    entitlement_id UUID NOT NULL,
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    -- What costs or gave back units: a hand-over, or a request that was filed elsewhere. None for a grant.
    case_key TEXT,
    ticket_id UUID,
    units BIGINT NOT NULL,
    -- How it changed what was left: the balance is the sum of these. 0 where nothing is counted.
    delta BIGINT NOT NULL,
    -- What was left after it; none where nothing is counted.
    balance BIGINT CHECK (balance >= 0),
    reason TEXT NOT NULL,
    actor TEXT NOT NULL,
    actor_id UUID,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, entitlement_id, seq)
);
-- A case does each thing once, whatever the wallet.
CREATE UNIQUE INDEX wallet_case ON wallet (desk_id, case_key, act);
