-- The catalogue of an archive home, migration 5: pages of retention, what is held, and how the office counts.

-- The dates once more, with the order of lists in one column; all of them are computed anew when somebody asks.
DROP TABLE retention;

CREATE TABLE retention (
    record_row      INTEGER PRIMARY KEY REFERENCES record (row_id),
    place           TEXT    NOT NULL,          -- '' what cannot be computed; else `due`; '~' behind the year 9999
    obstacle        TEXT,                      -- why a date is missing; NULL where none is, or it lies behind the year 9999
    missing         TEXT,                      -- the kind of event that it waits for
    start           TEXT,
    active_end      TEXT,
    due             TEXT,
    action          TEXT,
    schedule_row    INTEGER                    -- the row of the schedule's file, as a spreadsheet counts it
) STRICT;

-- In the order of lists, with what decides the phase, so that a page passes over others without looking at their rows.
CREATE INDEX retention_in_order ON retention (place, record_row, active_end, action);
-- Each of the phases that cannot be computed.
CREATE INDEX retention_by_obstacle ON retention (obstacle, record_row, active_end, action) WHERE obstacle IS NOT NULL;
-- Active for now, and waiting for a second event.
CREATE INDEX retention_waiting ON retention (record_row, active_end, action)
    WHERE obstacle IS NOT NULL AND active_end IS NOT NULL;

INSERT OR IGNORE INTO retention_stale SELECT DISTINCT year FROM record WHERE removed IS NULL;

-- The records on which holds in force took effect; a record by its number, since a row's number can be given again.
CREATE TABLE held (
    hold            TEXT    NOT NULL,          -- HOLD-2026-0003
    record          TEXT    NOT NULL,
    PRIMARY KEY (hold, record)
) STRICT, WITHOUT ROWID;

CREATE INDEX held_by_record ON held (record, hold);

INSERT OR IGNORE INTO held
SELECT line ->> '$.detail.hold', record FROM act CROSS JOIN event USING (seq)
WHERE event = 'hold applied' AND record IS NOT NULL AND line ->> '$.detail.hold' NOT IN (
    SELECT ended.line ->> '$.detail.hold' FROM act CROSS JOIN event AS ended USING (seq)
    WHERE ended.event IN ('hold released', 'hold withdrawn') AND ended.line ->> '$.detail.hold' IS NOT NULL
);

-- One row where something may have come under a hold that no event names for it yet.
CREATE TABLE held_stale (
    only            INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

INSERT INTO held_stale (only) VALUES (1);

-- Events that say how the office counts; the newest holds.
CREATE TABLE counting (
    seq             INTEGER PRIMARY KEY
) STRICT;
