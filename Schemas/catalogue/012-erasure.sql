-- The catalogue of an archive home, migration 12: what removed records leave in the file's pages is erased.
--
-- SQLite marks what is deleted as free and leaves its bytes; a full-text index keeps deleted words until it is merged. One row
-- here says that words of removed records may stand in the file. It goes when they are gone.

CREATE TABLE erasure_owed (
    only            INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

INSERT INTO erasure_owed SELECT 1 WHERE EXISTS (SELECT 1 FROM record WHERE removed IS NOT NULL);
