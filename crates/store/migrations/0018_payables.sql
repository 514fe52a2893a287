-- What suppliers bill the desk: invoices, their files and lines, and what was paid.

CREATE TABLE supplier_invoices (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    supplier_id UUID NOT NULL,
    number TEXT NOT NULL,
    kind TEXT NOT NULL,
    -- The number of the invoice that this one takes back or replaces.
    amends TEXT,
    -- Days are written 2026-11-30.
    dated TEXT NOT NULL,
    due TEXT NOT NULL,
    begins TEXT,
    ends TEXT,
    -- In minor units of the currency.
    total BIGINT NOT NULL,
    currency TEXT NOT NULL,
    remark TEXT NOT NULL,
    -- What its lines are together.
    sums JSONB NOT NULL,
    -- How many lines it has, of every currency and with those that only detail others.
    lines BIGINT NOT NULL,
    version BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX supplier_invoices_number ON supplier_invoices (desk_id, supplier_id, number);
CREATE INDEX supplier_invoices_dated ON supplier_invoices (desk_id, dated, id);

-- Files of an invoice: tables of lines, documents, and tables that nobody could read.
CREATE TABLE supplier_files (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    -- The content, in blobs: the same one has no second effect.
    hash BYTEA NOT NULL,
    name TEXT NOT NULL,
    size BIGINT NOT NULL,
    content TEXT NOT NULL,
    layout TEXT,
    lines BIGINT NOT NULL,
    -- What could not be read of it.
    trouble JSONB NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX supplier_files_hash ON supplier_files (desk_id, hash);
CREATE INDEX supplier_files_of ON supplier_files (desk_id, invoice_id, id);

-- Lines, some hundred of one customer to a row.
CREATE TABLE supplier_lines (
    desk_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    -- The numbers of the first and the last line of the row within the invoice.
    first BIGINT NOT NULL,
    last BIGINT NOT NULL,
    file_id UUID NOT NULL,
    customer TEXT NOT NULL,
    lines JSONB NOT NULL,
    PRIMARY KEY (desk_id, invoice_id, first)
);
CREATE INDEX supplier_lines_customer ON supplier_lines (desk_id, customer, invoice_id, first);

-- What of an invoice is for whom.
CREATE TABLE supplier_shares (
    desk_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    customer TEXT NOT NULL,
    currency TEXT NOT NULL,
    name TEXT NOT NULL,
    lines BIGINT NOT NULL,
    -- An exact decimal number.
    total TEXT NOT NULL,
    PRIMARY KEY (desk_id, invoice_id, customer, currency)
);

-- What was paid: only ever added to. A mistake is corrected by its opposite.
CREATE TABLE supplier_payments (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    -- In minor units of the invoice's currency.
    amount BIGINT NOT NULL,
    paid_on TEXT NOT NULL,
    reference TEXT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX supplier_payments_of ON supplier_payments (desk_id, invoice_id, id);
