-- The support chain's common ground: what several rooms read.

-- A customer's tenant at Microsoft, mirrored from Partner Center.
CREATE TABLE tenants (
    desk_id UUID NOT NULL,
    -- Microsoft's id of the customer, in lower case.
    tenant TEXT NOT NULL,
    customer_id UUID,
    cloud TEXT NOT NULL,
    name TEXT NOT NULL,
    domain TEXT NOT NULL,
    -- Whether we may act in it, and until when; null where nobody knows.
    delegated_admin BIGINT,
    delegated_until TIMESTAMPTZ,
    -- When Microsoft last confirmed it.
    seen_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, tenant)
);
CREATE INDEX tenants_customer ON tenants (desk_id, customer_id);

-- Parties above: Microsoft, providers, outsourcers, publishers.
CREATE TABLE suppliers (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The language in which it is written to.
    lang TEXT NOT NULL,
    -- How a ticket reaches it, and where.
    way TEXT NOT NULL,
    address TEXT NOT NULL,
    -- Whether it may be told who the customer's people are.
    personal_data BIGINT NOT NULL DEFAULT 0,
    note TEXT NOT NULL DEFAULT '',
    active BIGINT NOT NULL DEFAULT 1,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX suppliers_name ON suppliers (desk_id, name);

-- Support on offer: the desk's own, or a supplier's.
CREATE TABLE offerings (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    -- None: the desk's own.
    supplier_id UUID,
    name TEXT NOT NULL,
    -- The vehicle of Microsoft's that it is, if it is one.
    vehicle TEXT,
    terms JSONB NOT NULL,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX offerings_supplier ON offerings (desk_id, supplier_id);

-- What was found out about a ticket.
CREATE TABLE diagnoses (
    desk_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, ticket_id)
);
