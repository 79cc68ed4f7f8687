-- The catalogue of an archive home, migration 8: what the ledger says was read. Texts lie in `derived/`, where anybody could
-- change them: only those are entered whose digest the newest event `reading` of their content names.

CREATE TABLE reading_anchor (
    digest          BLOB    PRIMARY KEY,       -- SHA-512 of the content
    anchor          BLOB    NOT NULL           -- SHA-512 of the newest reading.json that the ledger names
) STRICT, WITHOUT ROWID;

-- NULL: entered by a version of the program that anchored nothing; such a content counts as not read.
ALTER TABLE reading ADD COLUMN anchor BLOB;    -- SHA-512 of the reading.json that this row was entered from
