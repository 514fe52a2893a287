-- What customers owe: who they are on paper, their invoices, their ledger, and what came in at the bank.

-- The desk as it stands on its invoices, and how it numbers them.
CREATE TABLE seller (
    desk_id UUID NOT NULL,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id)
);

-- A customer as it stands on its invoices.
CREATE TABLE buyers (
    desk_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    data JSONB NOT NULL,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, customer_id)
);

-- Who gets a customer's invoices, and sees them in the portal.
CREATE TABLE billing_contacts (
    desk_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    PRIMARY KEY (desk_id, customer_id, contact_id)
);
CREATE INDEX billing_contacts_contact ON billing_contacts (desk_id, contact_id);

-- An invoice or a credit note. Once issued, nothing of it changes but which files were made of it.
CREATE TABLE invoices (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL,
    currency TEXT NOT NULL,
    lang TEXT NOT NULL,
    lines JSONB NOT NULL,
    -- What stands above the lines.
    note TEXT NOT NULL,
    -- Of a credit note: the invoice that it corrects, and why.
    corrects UUID,
    -- In minor units.
    net BIGINT NOT NULL,
    tax BIGINT NOT NULL,
    gross BIGINT NOT NULL,
    -- Its number as it is printed; null while it is a draft.
    label TEXT,
    -- Whether it came from the partner's own accounting, with a number from there.
    imported BIGINT NOT NULL DEFAULT 0,
    -- Days by the calendar: 2026-11-30.
    issued_on TEXT,
    due_on TEXT,
    -- Who sold and who bought, as they were on that day.
    seller JSONB,
    buyer JSONB,
    -- The text for people, as it was on that day.
    document JSONB,
    -- The files that were made of it, by their content.
    pdf BYTEA,
    xml BYTEA,
    version BIGINT NOT NULL DEFAULT 1,
    created_at TIMESTAMPTZ NOT NULL,
    issued_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX invoices_label ON invoices (desk_id, label);
CREATE INDEX invoices_customer ON invoices (desk_id, customer_id, id);
CREATE INDEX invoices_corrects ON invoices (desk_id, corrects);

-- What stands on which invoice, so that nothing is charged twice.
CREATE TABLE invoice_origins (
    desk_id UUID NOT NULL,
    origin TEXT NOT NULL,
    invoice_id UUID NOT NULL,
    PRIMARY KEY (desk_id, origin)
);
CREATE INDEX invoice_origins_invoice ON invoice_origins (desk_id, invoice_id);

-- The next number of each series. It is taken by the transaction that issues, so that there is no gap.
CREATE TABLE invoice_series (
    desk_id UUID NOT NULL,
    series TEXT NOT NULL,
    next BIGINT NOT NULL,
    PRIMARY KEY (desk_id, series)
);

-- To whom an invoice was mailed.
CREATE TABLE invoice_mails (
    desk_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    contact_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, invoice_id, contact_id, at)
);

-- The ledger of each customer. Entries are never changed.
CREATE TABLE ledger (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    -- Its place in the customer's ledger, from 1. Clocks of several processes are no order.
    seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    -- The day that it counts for.
    day TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- In minor units.
    amount BIGINT NOT NULL,
    due_on TEXT,
    -- Of an allocation: the payment or credit note.
    source UUID,
    -- What it settles, gives up, pays back or takes back.
    target UUID,
    -- The invoice that it is.
    invoice_id UUID,
    -- How a person finds it: a number, what the payer wrote.
    label TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Who did it; null for an import.
    agent_id UUID,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX ledger_customer ON ledger (desk_id, customer_id, seq);
CREATE INDEX ledger_day ON ledger (desk_id, day, id);

-- Of which invoices, payments and credit notes something is open: what follows from the ledger, kept so that the desk's
-- whole need not be added up from the beginning.
CREATE TABLE open_items (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    kind TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    due_on TEXT,
    invoice_id UUID,
    label TEXT NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX open_items_customer ON open_items (desk_id, customer_id, id);

-- What came in at the bank, line by line.
CREATE TABLE bank_entries (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    -- By which the same entry is known again.
    key TEXT NOT NULL,
    day TEXT NOT NULL,
    currency TEXT NOT NULL,
    amount BIGINT NOT NULL,
    text TEXT NOT NULL,
    payer TEXT NOT NULL,
    account TEXT NOT NULL,
    progress TEXT NOT NULL,
    reason TEXT NOT NULL,
    payment_id UUID,
    -- In which file it came, and where in it.
    file BYTEA NOT NULL,
    line BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX bank_entries_key ON bank_entries (desk_id, key);
CREATE INDEX bank_entries_progress ON bank_entries (desk_id, progress, id);

-- The accounts from which customers paid.
CREATE TABLE payer_accounts (
    desk_id UUID NOT NULL,
    account TEXT NOT NULL,
    customer_id UUID NOT NULL,
    PRIMARY KEY (desk_id, account)
);
