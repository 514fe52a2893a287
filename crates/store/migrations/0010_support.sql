-- What services ask for, what was decided, short texts, and disturbances that many tickets are about.

-- A desk's own sheets of requirements. Each edit is a row; what is shipped is version 0 and stands in no table.
CREATE TABLE requirements (
    desk_id UUID NOT NULL,
    service TEXT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    -- JSON null: back to what is shipped.
    data JSONB NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, service, kind, version)
);

-- The decisions about the baseline, one for each ticket, for reports.
CREATE TABLE decisions (
    desk_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    -- Such as 2026-11, in the desk's time zone.
    month TEXT NOT NULL,
    service TEXT NOT NULL,
    kind TEXT NOT NULL,
    verdict TEXT NOT NULL,
    PRIMARY KEY (desk_id, ticket_id)
);
CREATE INDEX decisions_month ON decisions (desk_id, month);

-- Short texts, each in several languages.
CREATE TABLE articles (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    audience TEXT NOT NULL,
    published BIGINT NOT NULL,
    service TEXT,
    kind TEXT,
    data JSONB NOT NULL,
    version BIGINT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE INDEX articles_at ON articles (desk_id, at);
CREATE TABLE article_versions (
    desk_id UUID NOT NULL,
    article_id UUID NOT NULL,
    version BIGINT NOT NULL,
    data JSONB NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, article_id, version)
);
-- The terms of each text: see src/search/articles.rs.
CREATE TABLE article_words (
    desk_id UUID NOT NULL,
    term TEXT NOT NULL,
    article_id UUID NOT NULL,
    lang TEXT NOT NULL,
    PRIMARY KEY (desk_id, term, article_id, lang)
) WITHOUT ROWID;
CREATE INDEX article_words_article ON article_words (desk_id, article_id);

-- Disturbances, told by Microsoft or declared by hand.
CREATE TABLE incidents (
    desk_id UUID NOT NULL,
    id UUID NOT NULL,
    source TEXT NOT NULL,
    -- The source's own name of it; of a declared one, its id.
    external TEXT NOT NULL,
    service TEXT NOT NULL,
    title TEXT NOT NULL,
    status TEXT NOT NULL,
    started_at TIMESTAMPTZ NOT NULL,
    ended_at TIMESTAMPTZ,
    -- A list of tenants at Microsoft, in lower case; JSON null: it concerns all.
    tenants JSONB NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (desk_id, id)
);
CREATE UNIQUE INDEX incidents_external ON incidents (desk_id, source, external);
CREATE INDEX incidents_started ON incidents (desk_id, started_at);
CREATE TABLE incident_tickets (
    desk_id UUID NOT NULL,
    incident_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, incident_id, ticket_id)
);
CREATE INDEX incident_tickets_ticket ON incident_tickets (desk_id, ticket_id);
-- Messages to everybody whom one concerns.
CREATE TABLE incident_updates (
    desk_id UUID NOT NULL,
    incident_id UUID NOT NULL,
    id UUID NOT NULL,
    -- By language.
    texts JSONB NOT NULL,
    -- Whether who has no text in the own language gets the English one.
    english BIGINT NOT NULL,
    agent_id UUID NOT NULL,
    at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (desk_id, incident_id, id)
);
-- What became of them, for each ticket: written with the answer, so that none gets two.
CREATE TABLE incident_sent (
    desk_id UUID NOT NULL,
    update_id UUID NOT NULL,
    ticket_id UUID NOT NULL,
    entry_id UUID,
    outcome TEXT NOT NULL,
    PRIMARY KEY (desk_id, update_id, ticket_id)
);
