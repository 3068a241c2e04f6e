-- What Slack sent, until it is answered. event_key: what a repetition of it is known by. thread: those of one thread are
-- answered one after another. body: the payload; NULL once it is finished, as then only the key is of use. begun: how
-- often it was begun since an attempt last ended, which is more than once only if the process died. attempts: how many
-- failed. waits: how often it was put off since something was not there.
CREATE TABLE inbox (
    number INTEGER PRIMARY KEY,
    event_key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL CHECK (kind IN ('event', 'command', 'interaction')),
    thread TEXT,
    body TEXT,
    received_at REAL NOT NULL,
    due_at REAL NOT NULL,
    begun INTEGER NOT NULL DEFAULT 0,
    attempts INTEGER NOT NULL DEFAULT 0,
    waits INTEGER NOT NULL DEFAULT 0,
    finished_at REAL,
    CHECK ((body IS NULL) = (finished_at IS NOT NULL))
);
CREATE INDEX inbox_waiting ON inbox (kind, due_at) WHERE finished_at IS NULL;
CREATE INDEX inbox_threads ON inbox (thread, number) WHERE finished_at IS NULL;
CREATE INDEX inbox_finished ON inbox (finished_at) WHERE finished_at IS NOT NULL;

-- What was done already for one that is not finished, so that what comes after a crash does not do it again.
CREATE TABLE progress (
    number INTEGER NOT NULL REFERENCES inbox (number) ON DELETE CASCADE,
    step TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (number, step)
) WITHOUT ROWID;
