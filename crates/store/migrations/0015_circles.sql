-- What reports a weakness is shown to named people only, and what the chain is measured by.

-- A list of agents; null: the ticket is shown as roles say.
ALTER TABLE tickets ADD COLUMN circle JSONB;
CREATE INDEX tickets_circle ON tickets (desk_id, id) WHERE circle IS NOT NULL;

-- How many people of a customer use a service, from a day on; null: from then on nobody knows.
CREATE TABLE seats (
    desk_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    service TEXT NOT NULL,
    -- Such as 2026-11-30.
    day TEXT NOT NULL,
    seats BIGINT,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, customer_id, service, day)
);

-- How often the supplier was asked how far it is, and how often its answer went back to it.
ALTER TABLE handovers ADD COLUMN chases BIGINT NOT NULL DEFAULT 0;
ALTER TABLE handovers ADD COLUMN sent_back BIGINT NOT NULL DEFAULT 0;
CREATE INDEX handovers_held ON handovers (desk_id, held_from, id);
CREATE INDEX handovers_supplier ON handovers (desk_id, supplier_id, created_at, id);
