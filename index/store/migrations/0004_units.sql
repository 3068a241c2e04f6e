-- What a sentence is to its reader, what it has to be read with (JSON array of {"start", "end"}), and, of a row or
-- record, its values with what the document calls them (JSON array of {"name", "value"}).
ALTER TABLE sentences ADD COLUMN kind TEXT NOT NULL DEFAULT 'sentence';
ALTER TABLE sentences ADD COLUMN context TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sentences ADD COLUMN labels TEXT NOT NULL DEFAULT '[]';
