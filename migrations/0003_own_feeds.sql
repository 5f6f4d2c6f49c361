-- Feeds that people added: servers their own boards, the operator by the command line (guild 0, for everybody).
CREATE TABLE own_feeds (
    id BIGINT PRIMARY KEY,
    guild BIGINT NOT NULL,
    feed TEXT NOT NULL,
    company TEXT,
    added_by BIGINT NOT NULL,
    -- Shown, and not yet confirmed, while it is NULL.
    added_at BIGINT,
    made_at BIGINT NOT NULL,
    UNIQUE (guild, feed)
);
CREATE INDEX own_feeds_feed ON own_feeds (feed);

-- 1 for the feeds of the configuration; a feed is also on while somebody added it.
ALTER TABLE feeds ADD COLUMN configured BIGINT NOT NULL DEFAULT 0;
-- Milliseconds from publication to first sight, a moving middle; NULL until there is one.
ALTER TABLE feeds ADD COLUMN delay_ms BIGINT;
UPDATE feeds SET configured = is_on;
