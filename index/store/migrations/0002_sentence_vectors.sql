-- A sentence may have a vector of its own; '' where it has none.
ALTER TABLE sentences ADD COLUMN embedded_sha256 TEXT NOT NULL DEFAULT '';

CREATE INDEX sentences_by_text ON sentences (embedded_sha256);
