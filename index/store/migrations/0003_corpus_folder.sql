-- Which folder was indexed here: another one would replace its documents. One row at the most.
CREATE TABLE corpus_folder (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    path TEXT NOT NULL                  -- from the data folder
);
