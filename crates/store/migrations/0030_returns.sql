-- What was missing when a hand-over came back, and how often something was.

ALTER TABLE handovers ADD COLUMN missing JSONB NOT NULL DEFAULT '[]';
ALTER TABLE handovers ADD COLUMN bounces BIGINT NOT NULL DEFAULT 0;

-- Files that a message of another desk names and that have not come yet; the message became an entry of a timeline.
CREATE TABLE awaited_files (
    desk_id UUID NOT NULL,
    entry_id UUID NOT NULL,
    handover_id UUID NOT NULL,
    -- What they are called.
    names JSONB NOT NULL,
    -- What is asked for, as the job has it.
    question JSONB NOT NULL,
    tries BIGINT NOT NULL DEFAULT 0,
    -- Why they have not come; empty before the first try.
    why TEXT NOT NULL DEFAULT '',
    -- When they are asked for next; none where that was given up.
    next_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, entry_id)
) WITHOUT ROWID;
