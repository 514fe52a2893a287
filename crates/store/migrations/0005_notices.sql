-- The first moment from which time alone makes a ticket worth a notice and at which nobody has looked yet; none if
-- nothing runs.
ALTER TABLE tickets ADD COLUMN notice_at TIMESTAMPTZ;
CREATE INDEX tickets_notice ON tickets (desk_id, notice_at, id) WHERE notice_at IS NOT NULL;
