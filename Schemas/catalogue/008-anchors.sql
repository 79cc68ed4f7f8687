-- The catalogue of an archive home, migration 8: what the ledger says was read, and what could not be followed. Texts lie in `derived/`, where anybody could
-- change them: only those are entered whose digest the newest event `reading` of their content names.

CREATE TABLE reading_anchor (
    digest          BLOB    PRIMARY KEY,       -- SHA-512 of the content
    anchor          BLOB    NOT NULL           -- SHA-512 of the newest reading.json that the ledger names
) STRICT, WITHOUT ROWID;

-- NULL: entered by a version of the program that anchored nothing; such a content counts as not read.
ALTER TABLE reading ADD COLUMN anchor BLOB;    -- SHA-512 of the reading.json that this row was entered from

-- Without this a record that was missing when the catalogue was made would be missing from every answer, without a word.
CREATE TABLE left_out (
    record          TEXT    NOT NULL PRIMARY KEY,   -- the id of a record that the store did not give up
    seq             INTEGER NOT NULL,               -- the event that could not be followed whole
    reason          TEXT    NOT NULL                -- why, without a full stop
) STRICT, WITHOUT ROWID;
