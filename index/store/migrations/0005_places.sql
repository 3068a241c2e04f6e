-- Where ranges of the text stand in the original: JSON array of [start, end, label, page, box] (types.Place).
ALTER TABLE documents ADD COLUMN places TEXT NOT NULL DEFAULT '[]';
