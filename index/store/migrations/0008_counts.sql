-- What a document has of each, so that no list of documents has to count: JSON of rows.Counts.
ALTER TABLE documents ADD COLUMN counts TEXT NOT NULL DEFAULT '{}';

UPDATE documents SET counts = json_object(
    'sentences', (SELECT count(*) FROM sentences s WHERE s.document_id = documents.document_id),
    'passages', (SELECT count(*) FROM passages p WHERE p.document_id = documents.document_id),
    'blocks', json((SELECT json_group_object(kind, number) FROM (
        SELECT kind, count(*) AS number FROM blocks b WHERE b.document_id = documents.document_id GROUP BY kind
    )))
);

-- The texts of documents are long, and the index version is of what stands beside them.
CREATE INDEX documents_by_state ON documents (document_id, source, content_sha256, pipeline);

-- Of which model every text had its vector when it was last looked, and how many vectors of it there were: then only
-- the documents that have been put since need be looked at.
CREATE TABLE complete_model (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    model_id TEXT NOT NULL,
    vectors INTEGER NOT NULL
);

CREATE TABLE unchecked_documents (
    document_id TEXT PRIMARY KEY
) WITHOUT ROWID;
