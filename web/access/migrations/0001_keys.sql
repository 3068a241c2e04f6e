-- A key is known by its id, and proven by the SHA-256 of its secret; the secret itself is nowhere.
-- sources: a JSON list of globs. last_used_on: a day. The name of a revoked key may be given to another.
CREATE TABLE keys (
    key_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    secret_sha256 BLOB NOT NULL CHECK (length(secret_sha256) = 32),
    scope TEXT NOT NULL CHECK (scope IN ('ask', 'admin')),
    sources TEXT NOT NULL,
    per_minute INTEGER NOT NULL CHECK (per_minute > 0),
    created_at TEXT NOT NULL,
    last_used_on TEXT,
    revoked_at TEXT
);
CREATE UNIQUE INDEX keys_in_use ON keys (name) WHERE revoked_at IS NULL;
