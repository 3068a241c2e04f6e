-- Old rows are overwritten, not only let go of.
PRAGMA secure_delete = ON;

-- title_given: whether a person gave the title. asker: whose it is, where keys tell askers apart.
CREATE TABLE conversations (
    conversation_id TEXT PRIMARY KEY,
    title TEXT NOT NULL,
    title_given INTEGER NOT NULL DEFAULT 0,
    asker TEXT NOT NULL DEFAULT '',
    began_at TEXT NOT NULL,
    last_asked_at TEXT NOT NULL
);

-- The title as qa/conversations/titles.py makes it: at most 60 characters, cut at a word. rtrim() with all characters of a text that
-- are not spaces takes its last, torn word off.
INSERT INTO conversations (conversation_id, title, began_at, last_asked_at)
SELECT
    conversation_id,
    CASE
        WHEN length(question) <= 60 THEN question
        WHEN instr(substr(question, 1, 59), ' ') = 0 THEN substr(question, 1, 58) || ' …'
        ELSE rtrim(rtrim(substr(question, 1, 59), replace(substr(question, 1, 59), ' ', ''))) || ' …'
    END,
    began_at,
    last_asked_at
FROM (
    SELECT
        conversation_id,
        question,
        ordinal,
        min(ordinal) OVER each AS first_ordinal,
        min(asked_at) OVER each AS began_at,
        max(asked_at) OVER each AS last_asked_at
    FROM turns
    WINDOW each AS (PARTITION BY conversation_id)
)
WHERE ordinal = first_ordinal;

ALTER TABLE turns RENAME TO old_turns;

-- number: in the order of asking, through all conversations. replaced_by: the turn that took its ordinal's place.
CREATE TABLE turns (
    number INTEGER PRIMARY KEY,
    turn_id TEXT NOT NULL UNIQUE,
    conversation_id TEXT NOT NULL REFERENCES conversations (conversation_id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    replaced_by TEXT,
    asked_at TEXT NOT NULL,
    question TEXT NOT NULL,
    interpreted_as TEXT,
    answered INTEGER NOT NULL,
    answer_text TEXT NOT NULL,
    reply TEXT NOT NULL
);

INSERT INTO turns
    (turn_id, conversation_id, ordinal, asked_at, question, interpreted_as, answered, answer_text, reply)
SELECT turn_id, conversation_id, ordinal, asked_at, question, interpreted_as, answered, answer_text, reply
FROM old_turns ORDER BY asked_at, rowid;

DROP TABLE old_turns;

CREATE UNIQUE INDEX turns_that_stand ON turns (conversation_id, ordinal) WHERE replaced_by IS NULL;
CREATE INDEX turns_of_conversation ON turns (conversation_id);

-- What each reply cites, each range once.
CREATE TABLE citations (
    turn_id TEXT NOT NULL REFERENCES turns (turn_id) ON DELETE CASCADE,
    document_id TEXT NOT NULL,
    content_sha256 TEXT NOT NULL,
    start_char_index INTEGER NOT NULL,
    end_char_index INTEGER NOT NULL,
    PRIMARY KEY (turn_id, document_id, content_sha256, start_char_index, end_char_index)
) WITHOUT ROWID;

CREATE INDEX citations_of_document ON citations (document_id, content_sha256);

INSERT OR IGNORE INTO citations
SELECT
    turn_id,
    json_extract(citation.value, '$.document_id'),
    json_extract(citation.value, '$.content_sha256'),
    json_extract(citation.value, '$.start_char_index'),
    json_extract(citation.value, '$.end_char_index')
FROM
    turns,
    json_each(turns.reply, '$.content') AS block,
    json_each(json_array(json_extract(block.value, '$.citations'), json_extract(block.value, '$.also'))) AS part,
    json_each(part.value) AS citation;
