CREATE TABLE turns (
    turn_id TEXT PRIMARY KEY,
    conversation_id TEXT NOT NULL,
    ordinal INTEGER NOT NULL,
    asked_at TEXT NOT NULL,
    question TEXT NOT NULL,
    interpreted_as TEXT,
    answered INTEGER NOT NULL,
    answer_text TEXT NOT NULL,
    reply TEXT NOT NULL,
    UNIQUE (conversation_id, ordinal)
);
