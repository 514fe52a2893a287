-- Facts beside a ticket's state.

-- Until when it is put aside, and into which ticket it was merged.
ALTER TABLE tickets ADD COLUMN snoozed_until TIMESTAMPTZ;
ALTER TABLE tickets ADD COLUMN merged_into UUID;

-- How far an agent has read a ticket: the newest message there was when it looked.
CREATE TABLE seen (
    desk_id UUID NOT NULL,
    agent_id UUID NOT NULL,
    number BIGINT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, agent_id, number)
) WITHOUT ROWID;

-- What can still be taken back: how tickets were before it, and at which version they were after it.
CREATE TABLE undos (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    agent_id UUID NOT NULL,
    until TIMESTAMPTZ NOT NULL,
    data JSONB NOT NULL,
    PRIMARY KEY (desk_id, id)
) WITHOUT ROWID;
CREATE INDEX undos_until ON undos (desk_id, until);
