-- index event_by_record on event, 71 bytes
CREATE INDEX event_by_record ON event (record) WHERE record IS NOT NULL;

-- index file_by_digest on file, 44 bytes
CREATE INDEX file_by_digest ON file (digest);

-- index file_by_size on file, 40 bytes
CREATE INDEX file_by_size ON file (size);

-- index held_by_record on held, 50 bytes
CREATE INDEX held_by_record ON held (record, hold);

-- index reading_by_state on reading, 70 bytes
CREATE INDEX reading_by_state ON reading (state) WHERE state <> 'read';

-- index record_by_date on record, 67 bytes
CREATE INDEX record_by_date ON record (date) WHERE date IS NOT NULL;

-- index record_by_kind on record, 62 bytes
CREATE INDEX record_by_kind ON record (year, step, type, unit);

-- index record_by_label on record, 83 bytes
CREATE UNIQUE INDEX record_by_label ON record (year, label) WHERE label IS NOT NULL;

-- index record_by_signer on record, 73 bytes
CREATE INDEX record_by_signer ON record (signer) WHERE signer IS NOT NULL;

-- index record_by_unit on record, 44 bytes
CREATE INDEX record_by_unit ON record (unit);

-- index record_in_order on record, 66 bytes
CREATE UNIQUE INDEX record_in_order ON record (year, sequence, id);

-- index removed_file_by_digest on removed_file, 60 bytes
CREATE INDEX removed_file_by_digest ON removed_file (digest);

-- index retention_by_obstacle on retention, 117 bytes
CREATE INDEX retention_by_obstacle ON retention (obstacle, record_row, active_end, action) WHERE obstacle IS NOT NULL;

-- index retention_in_order on retention, 84 bytes
CREATE INDEX retention_in_order ON retention (place, record_row, active_end, action);

-- index retention_waiting on retention, 134 bytes
CREATE INDEX retention_waiting ON retention (record_row, active_end, action)
    WHERE obstacle IS NOT NULL AND active_end IS NOT NULL;

-- index sqlite_autoindex_grdb_migrations_1 on grdb_migrations, made by SQLite

-- index sqlite_autoindex_page_text_1 on page_text, made by SQLite

-- index sqlite_autoindex_reading_1 on reading, made by SQLite

-- index sqlite_autoindex_record_1 on record, made by SQLite

-- index sqlite_autoindex_version_1 on version, made by SQLite

-- index sqlite_autoindex_vocabulary_1 on vocabulary, made by SQLite

-- index trigger_event_by_record on trigger_event, 62 bytes
CREATE INDEX trigger_event_by_record ON trigger_event (record);

-- table act on act, 67 bytes
CREATE TABLE act (
    seq             INTEGER PRIMARY KEY
) STRICT;

-- table counting on counting, 72 bytes
CREATE TABLE counting (
    seq             INTEGER PRIMARY KEY
) STRICT;

-- table erasure_owed on erasure_owed, 93 bytes
CREATE TABLE erasure_owed (
    only            INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

-- table event on event, 222 bytes
CREATE TABLE event (
    seq             INTEGER PRIMARY KEY,
    event           TEXT    NOT NULL,
    record          TEXT,
    line            TEXT    NOT NULL           -- the line of the ledger, to the letter
) STRICT;

-- table file on file, 327 bytes
CREATE TABLE file (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    path            TEXT    NOT NULL,          -- files/NAME
    size            INTEGER NOT NULL,
    digest          BLOB    NOT NULL,
    PRIMARY KEY (record_row, version, path)
) STRICT, WITHOUT ROWID;

-- table grdb_migrations on grdb_migrations, 67 bytes
CREATE TABLE grdb_migrations (identifier TEXT NOT NULL PRIMARY KEY);

-- table held on held, 177 bytes
CREATE TABLE held (
    hold            TEXT    NOT NULL,          -- HOLD-2026-0003
    record          TEXT    NOT NULL,
    PRIMARY KEY (hold, record)
) STRICT, WITHOUT ROWID;

-- table held_stale on held_stale, 91 bytes
CREATE TABLE held_stale (
    only            INTEGER PRIMARY KEY CHECK (only = 1)
) STRICT;

-- table left_out on left_out, 330 bytes
CREATE TABLE left_out (
    record          TEXT    NOT NULL PRIMARY KEY,   -- the id of a record that the store did not give up
    seq             INTEGER NOT NULL,               -- the event that could not be followed whole
    reason          TEXT    NOT NULL                -- why, without a full stop
) STRICT, WITHOUT ROWID;

-- table package on package, 371 bytes
CREATE TABLE package (
    seq             INTEGER PRIMARY KEY,       -- of its packing event
    name            TEXT    NOT NULL,
    format          TEXT    NOT NULL,
    digest          BLOB    NOT NULL,
    bytes           INTEGER NOT NULL,
    records         INTEGER NOT NULL,
    kept            INTEGER NOT NULL           -- 1: in packages/ of this home
) STRICT;

-- table page_entry on page_entry, 205 bytes
CREATE TABLE page_entry (
    row_id          INTEGER PRIMARY KEY,       -- record_row << 37 | version << 25 | its place << 13 | page
    page_row        INTEGER NOT NULL           -- of page_text
) STRICT;

-- table page_index on page_index, 151 bytes
CREATE VIRTUAL TABLE page_index USING fts5 (
    text, description, facets, content = 'page_words', content_rowid = 'row_id', tokenize = 'indonesian'
);

-- table page_index_config on page_index_config, 64 bytes
CREATE TABLE 'page_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

-- table page_index_data on page_index_data, 66 bytes
CREATE TABLE 'page_index_data'(id INTEGER PRIMARY KEY, block BLOB);

-- table page_index_docsize on page_index_docsize, 66 bytes
CREATE TABLE 'page_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

-- table page_index_idx on page_index_idx, 88 bytes
CREATE TABLE 'page_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

-- table page_text on page_text, 590 bytes
CREATE TABLE page_text (
    row_id          INTEGER PRIMARY KEY,       -- reading_row * 8192 + page
    reading_row     INTEGER NOT NULL REFERENCES reading (row_id),
    page            INTEGER NOT NULL,
    name            TEXT,                      -- a sheet's
    source          TEXT    NOT NULL,          -- text, recognised, none
    confidence      REAL,                      -- of 100, where it was recognised
    is_poor         INTEGER NOT NULL,          -- 1: a person had better look at the picture
    text            TEXT    NOT NULL,
    UNIQUE (reading_row, page)
) STRICT;

-- table progress on progress, 241 bytes
CREATE TABLE progress (
    only            INTEGER PRIMARY KEY CHECK (only = 1),
    origin          TEXT    NOT NULL,
    events          INTEGER NOT NULL,
    bytes           INTEGER NOT NULL,
    frontier        BLOB    NOT NULL
) STRICT;

-- table reading on reading, 649 bytes
CREATE TABLE reading (
    row_id          INTEGER PRIMARY KEY,       -- where the content was filed first: record_row << 24 | version << 12 | its place
    digest          BLOB    NOT NULL UNIQUE,   -- SHA-512 of the content
    format          TEXT,                      -- pdf, tiff, docx …; NULL: none that is read
    media_type      TEXT    NOT NULL,
    encrypted       INTEGER NOT NULL,
    pages           INTEGER,                   -- how many; NULL where it could not be told
    reading         TEXT    NOT NULL           -- the reading without its texts, one line, keys sorted
, anchor BLOB, state TEXT NOT NULL DEFAULT 'read') STRICT;

-- table reading_anchor on reading_anchor, 233 bytes
CREATE TABLE reading_anchor (
    digest          BLOB    PRIMARY KEY,       -- SHA-512 of the content
    anchor          BLOB    NOT NULL           -- SHA-512 of the newest reading.json that the ledger names
) STRICT, WITHOUT ROWID;

-- table record on record, 984 bytes
CREATE TABLE record (
    row_id          INTEGER PRIMARY KEY,
    id              TEXT    NOT NULL UNIQUE,   -- RKT-2024-0007
    year            INTEGER NOT NULL,
    sequence        INTEGER NOT NULL,          -- 7; list order is year, sequence
    head            INTEGER NOT NULL,          -- the newest version
    -- The description of the newest version:
    step            INTEGER NOT NULL,
    type            TEXT    NOT NULL,
    unit            TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    number          TEXT,
    date            TEXT,
    signer          TEXT,
    signature       TEXT,
    classification  TEXT,
    access          TEXT,
    location        TEXT,
    label           TEXT,
    note            TEXT,
    -- Of the newest version:
    files           INTEGER NOT NULL,
    bytes           INTEGER NOT NULL,
    received        TEXT    NOT NULL,
    received_by     TEXT    NOT NULL
, object TEXT, classified TEXT, removed INTEGER) STRICT;

-- table removed_file on removed_file, 312 bytes
CREATE TABLE removed_file (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    path            TEXT    NOT NULL,
    size            INTEGER NOT NULL,
    digest          BLOB    NOT NULL,
    PRIMARY KEY (record_row, version, path)
) STRICT, WITHOUT ROWID;

-- table retention on retention, 640 bytes
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

-- table retention_basis on retention_basis, 134 bytes
CREATE TABLE retention_basis (
    only            INTEGER PRIMARY KEY CHECK (only = 1),
    basis           TEXT    NOT NULL
) STRICT;

-- table retention_stale on retention_stale, 79 bytes
CREATE TABLE retention_stale (
    year            INTEGER PRIMARY KEY
) STRICT;

-- table schedule on schedule, 335 bytes
CREATE TABLE schedule (
    seq             INTEGER PRIMARY KEY,       -- of the event that adopted it
    digest          TEXT    NOT NULL,          -- SHA-512 of its file, hexadecimal
    adopted         TEXT    NOT NULL,
    authority       TEXT    NOT NULL,
    file            TEXT    NOT NULL           -- within policy/
) STRICT;

-- table search_index on search_index, 222 bytes
CREATE VIRTUAL TABLE search_index USING fts5 (
    record, year, title, number, unit, signer, note, files, location, facets,
    content = 'record_words', content_rowid = 'row_id', tokenize = 'indonesian', prefix = '2 3'
);

-- table search_index_config on search_index_config, 66 bytes
CREATE TABLE 'search_index_config'(k PRIMARY KEY, v) WITHOUT ROWID;

-- table search_index_data on search_index_data, 68 bytes
CREATE TABLE 'search_index_data'(id INTEGER PRIMARY KEY, block BLOB);

-- table search_index_docsize on search_index_docsize, 68 bytes
CREATE TABLE 'search_index_docsize'(id INTEGER PRIMARY KEY, sz BLOB);

-- table search_index_idx on search_index_idx, 90 bytes
CREATE TABLE 'search_index_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;

-- table search_text on search_text, 488 bytes
CREATE TABLE search_text (
    row_id          INTEGER PRIMARY KEY,       -- of the record
    record          TEXT    NOT NULL,
    year            TEXT    NOT NULL,
    title           TEXT    NOT NULL,
    number          TEXT    NOT NULL,
    unit            TEXT    NOT NULL,
    signer          TEXT    NOT NULL,
    note            TEXT    NOT NULL,
    files           TEXT    NOT NULL           -- the names in all versions, one a line
, location TEXT NOT NULL DEFAULT '') STRICT;

-- table trigger_event on trigger_event, 526 bytes
CREATE TABLE trigger_event (
    seq             INTEGER NOT NULL,          -- of the ledger's event: of the accession, for one from elsewhere
    part            INTEGER NOT NULL,          -- 0; for one from elsewhere its place among those of the accession, from 1
    record          TEXT    NOT NULL,
    kind            TEXT    NOT NULL,
    date            TEXT    NOT NULL,
    corrected_by    INTEGER,                   -- the event that put it right, or took it back
    PRIMARY KEY (seq, part)
) STRICT, WITHOUT ROWID;

-- table version on version, 348 bytes
CREATE TABLE version (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    document        TEXT    NOT NULL,          -- record.json of the version, one line, keys sorted
    document_digest BLOB    NOT NULL,
    inventory_digest BLOB   NOT NULL,
    PRIMARY KEY (record_row, version)
) STRICT;

-- table vocabulary on vocabulary, 157 bytes
CREATE TABLE vocabulary (
    row_id          INTEGER PRIMARY KEY,
    word            TEXT    NOT NULL UNIQUE,
    pages           INTEGER NOT NULL
) STRICT;

-- table vocabulary_trigram on vocabulary_trigram, 169 bytes
CREATE TABLE vocabulary_trigram (
    trigram         TEXT    NOT NULL,
    word_row        INTEGER NOT NULL,
    PRIMARY KEY (trigram, word_row)
) STRICT, WITHOUT ROWID;

-- view page_words on page_words, 507 bytes
CREATE VIEW page_words (row_id, text, description, facets) AS
SELECT page_entry.row_id, page_text.text,
    title || char(10) || number || char(10) || unit || char(10) || signer || char(10) || note || char(10) || files || char(10)
        || location || char(10) || year || char(10) || record, facets
FROM page_entry JOIN page_text ON page_text.row_id = page_entry.page_row
JOIN search_text ON search_text.row_id = page_entry.row_id >> 37
JOIN record_facets ON record_facets.row_id = page_entry.row_id >> 37;

-- view record_facets on record_facets, 359 bytes
CREATE VIEW record_facets (row_id, facets) AS
SELECT row_id, 'xy' || year || ' xs' || step || ' xt' || lower(hex(type)) || ' xu' || lower(hex(unit))
    || coalesce(' xg' || lower(hex(signer)), '') || coalesce(' xn' || lower(hex(signature)), '')
    || coalesce(' xm' || substr(date, 1, 4) || substr(date, 6, 2) || ' xd' || substr(date, 1, 4), '')
FROM record;

-- view record_words on record_words, 249 bytes
CREATE VIEW record_words (row_id, record, year, title, number, unit, signer, note, files, location, facets) AS
SELECT row_id, record, year, title, number, unit, signer, note, files, location, facets
FROM search_text JOIN record_facets USING (row_id);

