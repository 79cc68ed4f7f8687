-- The catalogue of an archive home, migration 3: retention. What a person chose, when things happened, and the dates that
-- follow from both under the schedule in force.

ALTER TABLE record ADD COLUMN classified TEXT;   -- the code that a person chose after filing; NULL: the one it was filed under

-- Versions of the schedule (jadwal retensi arsip), one an adoption; the newest is in force.
CREATE TABLE schedule (
    seq             INTEGER PRIMARY KEY,       -- of the event that adopted it
    digest          TEXT    NOT NULL,          -- SHA-512 of its file, hexadecimal
    adopted         TEXT    NOT NULL,
    authority       TEXT    NOT NULL,
    file            TEXT    NOT NULL           -- within policy/
) STRICT;

-- Events that start a period, as people entered them, here or in the archive that a record came from.
CREATE TABLE trigger_event (
    seq             INTEGER NOT NULL,          -- of the ledger's event: of the accession, for one from elsewhere
    part            INTEGER NOT NULL,          -- 0; for one from elsewhere its place among those of the accession, from 1
    record          TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    date            TEXT    NOT NULL,
    corrected_by    INTEGER,                   -- the event that put it right, or took it back
    PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;

CREATE INDEX trigger_event_by_record ON trigger_event (record);

-- Events of holds, disposal and refusals, which are few: read in order to know where each stands.
CREATE TABLE act (
    seq             INTEGER PRIMARY KEY
) STRICT;

-- The dates of each record, whatever day it is; computed, and made anew for the years in `retention_stale`.
CREATE TABLE retention (
    record_row      INTEGER PRIMARY KEY REFERENCES record (row_id),
    obstacle        TEXT,                      -- why a date is missing; NULL where none is, or it lies behind the year 9999
    missing         TEXT,                      -- the kind of event that it waits for
    start           TEXT,
    active_end      TEXT,
    due             TEXT,
    action          TEXT,
    schedule_row    INTEGER                    -- the row of the schedule's file, as a spreadsheet counts it
) STRICT;

-- What cannot be computed in front, then by due date.
CREATE INDEX retention_in_order ON retention (obstacle IS NULL, coalesce(due, '~'), record_row);

-- Years whose dates must be computed anew.
CREATE TABLE retention_stale (
    year            INTEGER PRIMARY KEY
) STRICT;

INSERT INTO retention_stale SELECT DISTINCT year FROM record;

-- What the dates were computed from (one row).
CREATE TABLE retention_basis (
    only            INTEGER PRIMARY KEY CHECK (only = 1),
    basis           TEXT    NOT NULL
) STRICT;
