-- The threads that Footnote takes part in. shared_reply: of one that began with an answer shown to the channel.
CREATE TABLE threads (
    channel TEXT NOT NULL,
    thread_ts TEXT NOT NULL,
    conversation_id TEXT NOT NULL,
    shared_reply TEXT,
    PRIMARY KEY (channel, thread_ts)
) WITHOUT ROWID;
CREATE INDEX threads_by_shared_reply ON threads (channel, shared_reply);

-- What people chose by `/ask settings`, as JSON; it stands over the file of the settings. changed_at: ISO 8601, UTC.
CREATE TABLE channels (
    channel TEXT PRIMARY KEY,
    settings TEXT NOT NULL,
    changed_by TEXT NOT NULL,
    changed_at TEXT NOT NULL
) WITHOUT ROWID;

-- Direct messages that were welcomed.
CREATE TABLE welcomed (channel TEXT PRIMARY KEY) WITHOUT ROWID;
