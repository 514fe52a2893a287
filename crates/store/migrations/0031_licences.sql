-- How many licences of each product a customer's tenant has, and how many of them somebody has, as it was read at Microsoft.

CREATE TABLE licences (
    desk_id UUID NOT NULL,
    tenant TEXT NOT NULL,
    -- Microsoft's id of the product, in lower case.
    product TEXT NOT NULL,
    name TEXT NOT NULL,
    -- The product's part number, in upper case.
    part TEXT NOT NULL,
    active BIGINT NOT NULL,
    assigned BIGINT NOT NULL,
    -- At least how many nobody had at each reading since one; null where those are too few to tell of.
    unused BIGINT,
    unused_since TIMESTAMPTZ,
    read_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, tenant, product)
);
CREATE INDEX licences_unused ON licences (desk_id, unused_since);
