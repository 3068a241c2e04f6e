-- The corpus. Offsets are code points into documents.text, end exclusive.
CREATE TABLE documents (
    document_id TEXT PRIMARY KEY,
    source TEXT NOT NULL UNIQUE,        -- path below the corpus folder, with "/"
    content_sha256 TEXT NOT NULL,
    format TEXT NOT NULL,
    encoding TEXT NOT NULL,
    text TEXT NOT NULL,
    characters INTEGER NOT NULL,
    metadata TEXT NOT NULL,             -- JSON of types.Metadata
    warnings TEXT NOT NULL,             -- JSON array
    left_out TEXT NOT NULL,             -- JSON object: reason -> characters
    pipeline TEXT NOT NULL,             -- fingerprint of what made it
    indexed_at TEXT NOT NULL
);

CREATE TABLE blocks (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    level INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE sentences (
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    block INTEGER NOT NULL,
    ranges TEXT NOT NULL,               -- JSON array of {"start", "end"}
    PRIMARY KEY (document_id, ordinal)
) WITHOUT ROWID;

CREATE TABLE passages (
    passage_id INTEGER PRIMARY KEY,     -- a hash, see store.passage_number
    document_id TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    first_sentence INTEGER NOT NULL,
    end_sentence INTEGER NOT NULL,
    start_offset INTEGER NOT NULL,
    end_offset INTEGER NOT NULL,
    heading_path TEXT NOT NULL,         -- JSON array, outermost first
    embedded_text TEXT NOT NULL,        -- title and headings, a line break, the sentences
    embedded_sha256 TEXT NOT NULL,
    UNIQUE (document_id, ordinal)
);

CREATE INDEX passages_by_text ON passages (embedded_sha256);

CREATE TABLE embeddings (
    model_id TEXT NOT NULL,
    text_sha256 TEXT NOT NULL,
    vector BLOB NOT NULL,               -- little-endian float32, L2-normalised
    PRIMARY KEY (model_id, text_sha256)
);
