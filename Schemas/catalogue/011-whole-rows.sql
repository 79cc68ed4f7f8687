-- The catalogue of an archive home, migration 11: the versions' rows are a page's, not an overflow page's each.
--
-- A table without a row id holds at most about a thousand bytes of a row in its place (a quarter of a page). Since record.json
-- tells of signatures a row is longer: each had 4 KiB to itself, four times what it needs, in the file and in its log.

ALTER TABLE version RENAME TO version_before;

CREATE TABLE version (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    document        TEXT    NOT NULL,          -- record.json of the version, one line, keys sorted
    document_digest BLOB    NOT NULL,
    inventory_digest BLOB   NOT NULL,
    PRIMARY KEY (record_row, version)
) STRICT;

INSERT INTO version SELECT * FROM version_before ORDER BY record_row, version;

DROP TABLE version_before;
