-- rule: JSON of qa.collection.filters.FilterRule. key: the name as it is compared. changed_at: ISO 8601, UTC.
CREATE TABLE filters (
    filter_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    rule TEXT NOT NULL,
    changed_at TEXT NOT NULL
);
