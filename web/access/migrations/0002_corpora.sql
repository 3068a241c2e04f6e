-- corpora: a JSON list of names, of the corpora that exist for the key; none means all.
ALTER TABLE keys ADD COLUMN corpora TEXT NOT NULL DEFAULT '[]';
