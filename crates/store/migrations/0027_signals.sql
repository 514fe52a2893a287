-- Signals: what customers may need, and what people said of it.

-- The row of the baseline that was decided, by its key; null where none was named, and for decisions made before.
ALTER TABLE decisions ADD COLUMN category TEXT;

-- How signals were judged. Never changed.
CREATE TABLE signal_judgements (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    signal TEXT NOT NULL,
    service TEXT NOT NULL,
    judged TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- The numbers of the tickets that raised it.
    tickets JSONB NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX signal_judgements_customer ON signal_judgements (desk_id, customer_id, id);
