-- 1 for postings that somebody took out of an opening (`crier unfold`): they fold with nothing from then on.
ALTER TABLE postings ADD COLUMN alone BIGINT NOT NULL DEFAULT 0;
