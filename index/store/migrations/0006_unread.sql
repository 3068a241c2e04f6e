-- The files that were not read when the folder was looked through last. reason: in few words, to group by.
CREATE TABLE unread (
    source TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    message TEXT NOT NULL
) WITHOUT ROWID;
-- By what a setting called the embedding models whose vectors are here, so that one can go on answering while those of
-- another are made.
CREATE TABLE embedding_models (
    model_id TEXT PRIMARY KEY,
    name TEXT NOT NULL
) WITHOUT ROWID;
