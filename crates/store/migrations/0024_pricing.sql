-- How prices are made of what suppliers bill.
CREATE TABLE price_rules (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    rule JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
