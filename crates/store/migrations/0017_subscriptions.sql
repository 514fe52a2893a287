-- What customers have bought at Microsoft, as it was read there, and what is done with it.

CREATE TABLE subscriptions (
    desk_id UUID NOT NULL,
    -- Microsoft's id, in lower case.
    id TEXT NOT NULL,
    -- The customer's tenant.
    tenant TEXT NOT NULL,
    offer TEXT NOT NULL,
    name TEXT NOT NULL,
    -- What the partner calls it.
    nickname TEXT NOT NULL,
    -- By which rules it lives; null if that cannot be told.
    era TEXT,
    status TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    counted BIGINT NOT NULL,
    trial BIGINT NOT NULL,
    auto_renew BIGINT NOT NULL,
    term TEXT,
    billing TEXT NOT NULL,
    created_at TIMESTAMPTZ,
    term_began TIMESTAMPTZ,
    term_ends TIMESTAMPTZ,
    cancel_until TIMESTAMPTZ,
    -- Licences that may be given back, and until when; null if Microsoft does not say.
    refundable JSONB,
    is_scheduled BIGINT NOT NULL,
    -- How many licences the next term has, if it is another one.
    scheduled BIGINT,
    -- What it is an add-on to.
    parent TEXT,
    -- How many Azure subscriptions are active in it; null if nobody knows.
    azure_active BIGINT,
    -- Since when it stands so; null if nobody saw that begin.
    status_since TIMESTAMPTZ,
    -- When somebody said that it changed; null when it was read since.
    hinted_at TIMESTAMPTZ,
    -- When it was missing on the list for the first time.
    gone_at TIMESTAMPTZ,
    read_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX subscriptions_tenant ON subscriptions (desk_id, tenant);

-- What lies ahead of each.
CREATE TABLE subscription_days (
    desk_id UUID NOT NULL,
    subscription TEXT NOT NULL,
    what TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, subscription, what)
);
CREATE INDEX subscription_days_at ON subscription_days (desk_id, at, subscription, what);

-- What was seen to change.
CREATE TABLE subscription_changes (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    subscription TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    -- Whether we did it, time did, or somebody else.
    cause TEXT NOT NULL,
    -- What: each with its value before and after.
    what JSONB NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX subscription_changes_of ON subscription_changes (desk_id, subscription, id);

-- What somebody wants done. It is stored before Microsoft is asked, and ends when the reading shows it.
CREATE TABLE subscription_acts (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    subscription TEXT NOT NULL,
    tenant TEXT NOT NULL,
    action TEXT NOT NULL,
    quantity BIGINT,
    reason TEXT NOT NULL,
    ticket_id UUID,
    agent_id UUID NOT NULL,
    -- What the agent saw: a mark of the facts that the decision was made on.
    seen TEXT NOT NULL,
    progress TEXT NOT NULL,
    -- Under which id Microsoft does it at most once; null after an answer.
    attempt UUID,
    -- What was sent, to be sent again as it was.
    draft JSONB,
    -- Microsoft's words, or the row of the rules that stands against it.
    detail TEXT NOT NULL,
    tries BIGINT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    sent_at TIMESTAMPTZ,
    next_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX subscription_acts_of ON subscription_acts (desk_id, subscription, id);
CREATE INDEX subscription_acts_due ON subscription_acts (desk_id, next_at);
