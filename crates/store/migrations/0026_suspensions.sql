-- Suspensions for non-payment: what was proposed for which list, who approved it, how far it is, and what was there before.

-- What the desk has decided about them, and how it stands: stopped by a person, braked, and when it looked at its clock.
CREATE TABLE suspension_rules (
    desk_id UUID NOT NULL,
    data JSONB NOT NULL,
    switched_at TIMESTAMPTZ,
    switched_by UUID,
    braked_at TIMESTAMPTZ,
    -- Why the brake has tripped.
    brake TEXT,
    -- What was called for before then does not count for the brake.
    released_at TIMESTAMPTZ,
    looked_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id)
);

-- A desk that was restored from a backup says nothing to the outside until a person lets it.
CREATE TABLE mutes (
    desk_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id)
);

CREATE TABLE suspensions (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    customer_id UUID NOT NULL,
    scope TEXT NOT NULL,
    state TEXT NOT NULL,
    -- A mark of the list: what was on it, how it stood, what was owed and at which stage.
    list TEXT NOT NULL,
    stage TEXT NOT NULL,
    -- What was owed because of which it was proposed.
    owed JSONB NOT NULL,
    reason TEXT NOT NULL,
    -- Whether nothing is sent.
    rehearsal BIGINT NOT NULL,
    proposed_by UUID NOT NULL,
    proposed_at TIMESTAMPTZ NOT NULL,
    approved_by UUID,
    approved_at TIMESTAMPTZ,
    -- The approval in the audit log.
    approval UUID,
    -- Who wants the customer to work again, whatever it owes.
    back_by UUID,
    -- The rail that held, and why.
    rail TEXT,
    why TEXT,
    ended_at TIMESTAMPTZ,
    version BIGINT NOT NULL DEFAULT 1,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX suspensions_open ON suspensions (desk_id, customer_id) WHERE ended_at IS NULL;
CREATE INDEX suspensions_customer ON suspensions (desk_id, customer_id, id);

CREATE TABLE suspension_items (
    desk_id UUID NOT NULL,
    suspension_id UUID NOT NULL,
    -- Its place on the list, from 0.
    place BIGINT NOT NULL,
    subscription TEXT NOT NULL,
    tenant TEXT NOT NULL,
    name TEXT NOT NULL,
    seats BIGINT NOT NULL,
    state TEXT NOT NULL,
    -- A mark of what it was like when it was proposed.
    seen TEXT NOT NULL,
    -- What was there, to be there again.
    plan JSONB NOT NULL,
    -- What Microsoft is asked last.
    act_id UUID,
    -- How often something was asked for that brings it back.
    tries BIGINT NOT NULL DEFAULT 0,
    -- When it was sent that it be suspended.
    called_at TIMESTAMPTZ,
    -- What a person wrote of what was done by hand.
    evidence TEXT NOT NULL DEFAULT '',
    -- What was not as it had been when it came back.
    differs JSONB NOT NULL,
    PRIMARY KEY (desk_id, suspension_id, place)
);
CREATE INDEX suspension_items_act ON suspension_items (desk_id, act_id);
CREATE INDEX suspension_items_called ON suspension_items (desk_id, called_at);
