-- How many openings asked for each skill at the end of each day (UTC, days since 1970), and how many were published on it.
CREATE TABLE skill_days (
    day BIGINT NOT NULL,
    skill TEXT NOT NULL,
    open BIGINT NOT NULL,
    new BIGINT NOT NULL,
    PRIMARY KEY (skill, day)
);
