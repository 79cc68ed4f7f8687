-- The catalogue of an archive home, migration 4: disposal. What stays of a removed record is its row, made from the
-- tombstone in the ledger and not from the store, so that it is found by its number and by its words.

ALTER TABLE record ADD COLUMN removed INTEGER;   -- the event that removed it; NULL: the record is here

-- Files of removed records: by their digests a later ingest of the same bytes is stopped.
CREATE TABLE removed_file (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    path            TEXT    NOT NULL,
    size            INTEGER NOT NULL,
    digest          BLOB    NOT NULL,
    PRIMARY KEY (record_row, version, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX removed_file_by_digest ON removed_file (digest);
