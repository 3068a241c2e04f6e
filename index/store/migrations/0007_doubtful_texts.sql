-- Hashes of texts whose vectors may be of no use: of documents that were replaced or deleted, and of what was embedded
-- since the last time they were looked through. '*' stands for all there are.
CREATE TABLE doubtful_texts (
    text_sha256 TEXT PRIMARY KEY
) WITHOUT ROWID;

INSERT INTO doubtful_texts VALUES ('*');
