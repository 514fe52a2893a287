-- Which lines of invoices to customers tickets ask about.
CREATE TABLE asked_lines (
    desk_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    invoice_id UUID NOT NULL,
    -- The line's place on the invoice, from 1.
    line BIGINT NOT NULL,
    -- Whose invoice it is: if the ticket becomes another customer's, it does not ask about it any more.
    customer_id UUID NOT NULL,
    -- Who linked it.
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    -- The contact who said that it is right.
    accepted_by UUID,
    accepted_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, ticket_id, invoice_id, line)
);
CREATE INDEX asked_lines_invoice ON asked_lines (desk_id, invoice_id, line);
CREATE INDEX asked_lines_customer ON asked_lines (desk_id, customer_id, at);
