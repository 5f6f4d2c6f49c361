-- The whole schema, one text for SQLite and PostgreSQL: numbers, instants (milliseconds since 1970) and
-- Discord's ids are BIGINT, switches are 0 or 1, values of many parts are JSON text.

-- Counters whose row is locked by the transaction that raises it: numbers become visible in rising order, so a
-- reader that remembers the last one misses nothing.
CREATE TABLE counters (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('openings', 0), ('subscriptions', 0), ('outbox', 0);

CREATE TABLE openings (
    id BIGINT PRIMARY KEY,
    fold_key TEXT NOT NULL,
    revision BIGINT NOT NULL,
    posted_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    closed_at BIGINT,
    body TEXT NOT NULL
);
CREATE INDEX openings_fold ON openings (fold_key);
CREATE UNIQUE INDEX openings_revision ON openings (revision);

CREATE TABLE feeds (
    key TEXT PRIMARY KEY,
    company TEXT,
    interval_ms BIGINT NOT NULL,
    announce_first BIGINT NOT NULL,
    is_on BIGINT NOT NULL,
    due_at BIGINT NOT NULL,
    etag TEXT,
    last_modified TEXT,
    baseline_at BIGINT,
    good_at BIGINT,
    failures BIGINT NOT NULL DEFAULT 0,
    error TEXT,
    readings BIGINT NOT NULL DEFAULT 0,
    lease_by TEXT,
    lease_until BIGINT
);

CREATE TABLE postings (
    feed TEXT NOT NULL,
    key TEXT NOT NULL,
    opening BIGINT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    first_seen BIGINT NOT NULL,
    last_reading BIGINT NOT NULL,
    missing_since BIGINT,
    closed_at BIGINT,
    PRIMARY KEY (feed, key)
);
CREATE INDEX postings_opening ON postings (opening);

CREATE TABLE subscriptions (
    id BIGINT PRIMARY KEY,
    guild BIGINT,
    channel BIGINT NOT NULL,
    topic TEXT NOT NULL,
    label TEXT NOT NULL,
    cadence TEXT NOT NULL,
    role BIGINT,
    cap BIGINT,
    created_by BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    pause_since BIGINT,
    pause_why TEXT,
    pause_note TEXT,
    -- 1 after a pause ended: what was missed goes out as one message.
    catch_up BIGINT NOT NULL DEFAULT 0,
    removed_at BIGINT
);
CREATE INDEX subscriptions_guild ON subscriptions (guild);

CREATE TABLE notices (
    id BIGINT PRIMARY KEY,
    subscription BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    kind TEXT NOT NULL,
    what TEXT NOT NULL,
    opening BIGINT,
    -- The batch whose message a change edits.
    edits BIGINT,
    -- What may be in the outbox only once: an opening for a subscription, for ever; a change of a message, while
    -- it waits.
    once_key TEXT UNIQUE,
    due_at BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    state TEXT NOT NULL,
    batch BIGINT,
    ended_at BIGINT,
    reason TEXT
);
CREATE INDEX notices_due ON notices (due_at) WHERE state = 'waiting';
CREATE INDEX notices_waiting ON notices (channel, due_at) WHERE state = 'waiting';
CREATE INDEX notices_batch ON notices (batch);
CREATE INDEX notices_opening ON notices (opening);
CREATE INDEX notices_subscription ON notices (subscription, state, ended_at);

-- One message to Discord. A channel has one unfinished batch at most, so its messages keep their order.
CREATE TABLE batches (
    id BIGINT PRIMARY KEY,
    subscription BIGINT NOT NULL,
    channel BIGINT NOT NULL,
    kind TEXT NOT NULL,
    edits BIGINT,
    digest BIGINT NOT NULL DEFAULT 0,
    -- 1 once delivery chose what the message shows; from then on it never changes.
    chosen BIGINT NOT NULL DEFAULT 0,
    made_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL DEFAULT 0,
    again_at BIGINT NOT NULL,
    lease_by TEXT,
    lease_until BIGINT,
    state TEXT NOT NULL,
    message BIGINT,
    ended_at BIGINT,
    error TEXT
);
CREATE UNIQUE INDEX batches_open ON batches (channel) WHERE state = 'open';
CREATE INDEX batches_subscription ON batches (subscription, made_at);

CREATE TABLE tasks (
    name TEXT PRIMARY KEY,
    due_at BIGINT NOT NULL,
    error TEXT,
    lease_by TEXT,
    lease_until BIGINT
);

CREATE TABLE guilds (
    id BIGINT PRIMARY KEY,
    time_zone TEXT
);

CREATE TABLE notes (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
