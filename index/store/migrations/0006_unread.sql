-- The files that were not read when the folder was looked through last. reason: in few words, to group by.
CREATE TABLE unread (
    source TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    message TEXT NOT NULL
) WITHOUT ROWID;
