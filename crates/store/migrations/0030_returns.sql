-- What was missing when a hand-over came back, and how often something was.

ALTER TABLE handovers ADD COLUMN missing JSONB NOT NULL DEFAULT '[]';
ALTER TABLE handovers ADD COLUMN bounces BIGINT NOT NULL DEFAULT 0;
