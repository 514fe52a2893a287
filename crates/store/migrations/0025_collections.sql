-- Collections: the policy, what customers said and desks allowed, the notices that were given.

-- The policy, every version of it. Never changed.
CREATE TABLE collection_policies (
    desk_id UUID NOT NULL,
    -- From 1 without gaps.
    version BIGINT NOT NULL,
    data JSONB NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, version)
);

-- Whether the desk gives notices, and when it last looked.
CREATE TABLE collection_desks (
    desk_id UUID NOT NULL,
    -- A new desk says only what it would do.
    live BIGINT NOT NULL DEFAULT 0,
    -- Why nothing is given until a person has looked; null for nothing.
    brake TEXT,
    -- The day by the desk's calendar.
    looked_on TEXT,
    -- On which day a person let it go on although there were many: on that day no number stops it.
    released_on TEXT,
    PRIMARY KEY (desk_id)
);

-- What kind of customer it is to whom collects, where that was said.
CREATE TABLE collection_customers (
    desk_id UUID NOT NULL,
    customer_id UUID NOT NULL,
    class TEXT NOT NULL,
    PRIMARY KEY (desk_id, customer_id)
);

-- Promises to pay, at once or in parts.
CREATE TABLE payment_promises (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    made_on TEXT NOT NULL,
    currency TEXT NOT NULL,
    -- By when how much, in minor units.
    parts JSONB NOT NULL,
    note TEXT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX payment_promises_customer ON payment_promises (desk_id, customer_id, id);

-- Times in which a customer is left alone.
CREATE TABLE collection_exemptions (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    from_on TEXT NOT NULL,
    -- The last day.
    until_on TEXT NOT NULL,
    reason TEXT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX collection_exemptions_customer ON collection_exemptions (desk_id, customer_id, id);

-- Lines of invoices that customers do not accept.
CREATE TABLE invoice_disputes (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    -- Its entry in the ledger.
    entry_id UUID NOT NULL,
    -- The line's place on the invoice, from 1.
    line BIGINT NOT NULL,
    -- What the line comes to with VAT, in minor units.
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL,
    reason TEXT NOT NULL,
    -- Who opened it: a contact in the portal, or an agent.
    contact_id UUID,
    agent_id UUID,
    -- Who is to settle it, and by when.
    owner_id UUID,
    due_on TEXT NOT NULL,
    outcome TEXT,
    -- What the customer reads of the outcome.
    answer TEXT NOT NULL DEFAULT '',
    at TIMESTAMPTZ NOT NULL,
    closed_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX invoice_disputes_line ON invoice_disputes (desk_id, invoice_id, line) WHERE outcome IS NULL;
CREATE INDEX invoice_disputes_customer ON invoice_disputes (desk_id, customer_id, id);

-- Notices that were given: one for a customer and day.
CREATE TABLE collection_notices (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    -- The key of the stage, and the version of the policy.
    stage TEXT NOT NULL,
    policy BIGINT NOT NULL,
    -- The day where the customer is.
    given_on TEXT NOT NULL,
    -- What it spoke of, in minor units by currency.
    owed JSONB NOT NULL,
    -- Who said yes, where a person has to.
    agent_id UUID,
    at TIMESTAMPTZ NOT NULL,
    -- It never arrived, and is to be given again.
    lost_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX collection_notices_day ON collection_notices (desk_id, customer_id, given_on);

-- Which invoices were spoken of at which stage: once each, as long as the notice is not lost.
CREATE TABLE noticed_invoices (
    desk_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    stage TEXT NOT NULL,
    notice_id UUID NOT NULL,
    PRIMARY KEY (desk_id, entry_id, stage)
);
CREATE INDEX noticed_invoices_notice ON noticed_invoices (desk_id, notice_id);

-- The mails of a notice.
CREATE TABLE notice_mails (
    desk_id UUID NOT NULL,
    notice_id UUID NOT NULL,
    outgoing_id UUID NOT NULL,
    PRIMARY KEY (desk_id, notice_id, outgoing_id)
);

-- When the next server took a mail for somebody; null before, and of mails sent before this was kept.
ALTER TABLE recipients ADD COLUMN sent_at TIMESTAMPTZ;
