-- The catalogue of an archive home, migration 10: how far each content was read, so that what was not is told without a look
-- at every reading.

ALTER TABLE reading ADD COLUMN state TEXT NOT NULL DEFAULT 'read';   -- read, doubtful, not-read: the worst of what was found

UPDATE reading SET state = CASE WHEN instr(reading, '"severity":"fault"') > 0 THEN 'not-read'
    WHEN instr(reading, '"severity":"doubt"') > 0 THEN 'doubtful' ELSE 'read' END;

CREATE INDEX reading_by_state ON reading (state) WHERE state <> 'read';
