-- What people say of a reply. What was asked and answered stands here too, so that a line can be read on its own.
CREATE TABLE feedback (
    feedback_id TEXT PRIMARY KEY,
    reply_id TEXT NOT NULL REFERENCES turns (turn_id) ON DELETE CASCADE,
    conversation_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('helpful', 'not_helpful', 'wrong_citation')),
    citation INTEGER,
    comment TEXT,
    surface TEXT NOT NULL,
    given_at TEXT NOT NULL,
    kept_at TEXT,
    question TEXT NOT NULL,
    interpreted_as TEXT,
    answered INTEGER NOT NULL,
    answer_text TEXT NOT NULL,
    index_version TEXT NOT NULL,
    CHECK ((kind = 'wrong_citation') = (citation IS NOT NULL))
);
CREATE UNIQUE INDEX feedback_once ON feedback (reply_id, kind, coalesce(citation, 0));
CREATE INDEX feedback_of_conversation ON feedback (conversation_id);
CREATE INDEX feedback_by_date ON feedback (given_at);
-- Counts by week without reading the replies.
CREATE INDEX turns_by_date ON turns (asked_at, answered) WHERE replaced_by IS NULL;
