-- What happened to openings after they were first seen: closed, opened again, changed (and how).
CREATE TABLE history (
    opening BIGINT NOT NULL,
    at BIGINT NOT NULL,
    what TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX history_opening ON history (opening, at);
