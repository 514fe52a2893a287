-- What the desk offers: plans and who has them, who delivers, and the statements that are published.

-- A plan: a set of the desk's own offerings.
CREATE TABLE plans (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    name TEXT NOT NULL,
    -- Whether customers without a plan of their own have it.
    is_default BIGINT NOT NULL DEFAULT 0,
    offerings JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX plans_name ON plans (desk_id, name);
CREATE UNIQUE INDEX plans_default ON plans (desk_id) WHERE is_default = 1;

-- Which plan a customer has, from when to when.
CREATE TABLE customer_plans (
    desk_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    plan_id UUID NOT NULL,
    valid_from TIMESTAMPTZ NOT NULL,
    valid_to TIMESTAMPTZ,
    PRIMARY KEY (desk_id, customer_id, valid_from)
);
CREATE INDEX customer_plans_plan ON customer_plans (desk_id, plan_id, customer_id);

-- Who delivers, for whom and what. What is null fits everything.
CREATE TABLE deliveries (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID,
    offering_id UUID,
    service TEXT,
    kind TEXT,
    hours JSONB,
    manner TEXT NOT NULL,
    -- In house: a team, or null for whoever is there.
    team_id UUID,
    -- Else: the supplier's offering.
    supplier_offering_id UUID,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);

-- What stands in every statement of the desk: how it is reached, its collections policy.
CREATE TABLE catalogue (
    desk_id UUID NOT NULL,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id)
);

-- A published version of a plan's statement. Never changed.
CREATE TABLE statements (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    plan_id UUID NOT NULL,
    number BIGINT NOT NULL,
    -- The content in its one form, and the SHA-256 of it.
    content TEXT NOT NULL,
    hash BYTEA NOT NULL,
    -- Whether it differs from the one before in something of which customers are asked again.
    material BIGINT NOT NULL,
    valid_from TIMESTAMPTZ NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    published_by UUID NOT NULL,
    -- Why it was published although the checks found something; empty if they found nothing.
    reason TEXT NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX statements_number ON statements (desk_id, plan_id, number);

-- The same for people, as it was on the day.
CREATE TABLE statement_texts (
    desk_id UUID NOT NULL,
    statement_id UUID NOT NULL,
    lang TEXT NOT NULL,
    document JSONB NOT NULL,
    PRIMARY KEY (desk_id, statement_id, lang)
);

-- Who acknowledged what.
CREATE TABLE acknowledgements (
    desk_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    statement_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    lang TEXT NOT NULL,
    hash BYTEA NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, customer_id, statement_id)
);
CREATE INDEX acknowledgements_statement ON acknowledgements (desk_id, statement_id);

-- To whom a statement was mailed: once each.
CREATE TABLE statement_mails (
    desk_id UUID NOT NULL,
    statement_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, statement_id, contact_id)
);

-- Whether a contact may acknowledge statements for a customer.
ALTER TABLE affiliations ADD COLUMN may_acknowledge BIGINT NOT NULL DEFAULT 0;

-- What was promised for a ticket, which published statement held, and which offering of a supplier delivers it.
ALTER TABLE tickets ADD COLUMN offering_id UUID;
ALTER TABLE tickets ADD COLUMN statement_id UUID;
ALTER TABLE tickets ADD COLUMN delivered_by UUID;
