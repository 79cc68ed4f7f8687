-- The catalogue of an archive home, migration 1: records, versions, files, events, packages, search.
--
-- An index, and nothing else: every row can be made again from the store, the ledger and the policy files
-- (`berkas rebuild`). Digests are blobs of 64 bytes (SHA-512). Moments are RFC 3339 text with an offset, dates are
-- YYYY-MM-DD, both as they stand in the truth.

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
) STRICT;

CREATE UNIQUE INDEX record_in_order ON record (year, sequence);
CREATE UNIQUE INDEX record_by_label ON record (year, label) WHERE label IS NOT NULL;
CREATE INDEX record_by_kind ON record (year, step, type, unit);

CREATE TABLE version (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    document        TEXT    NOT NULL,          -- record.json of the version, one line, keys sorted
    document_digest BLOB    NOT NULL,
    inventory_digest BLOB   NOT NULL,
    PRIMARY KEY (record_row, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE file (
    record_row      INTEGER NOT NULL REFERENCES record (row_id),
    version         INTEGER NOT NULL,
    path            TEXT    NOT NULL,          -- files/NAME
    size            INTEGER NOT NULL,
    digest          BLOB    NOT NULL,
    PRIMARY KEY (record_row, version, path)
) STRICT, WITHOUT ROWID;

CREATE INDEX file_by_digest ON file (digest);
CREATE INDEX file_by_size ON file (size);

CREATE TABLE event (
    seq             INTEGER PRIMARY KEY,
    event           TEXT    NOT NULL,
    record          TEXT,
    line            TEXT    NOT NULL           -- the line of the ledger, to the letter
) STRICT;

CREATE INDEX event_by_record ON event (record) WHERE record IS NOT NULL;

CREATE TABLE package (
    seq             INTEGER PRIMARY KEY,       -- of its packing event
    name            TEXT    NOT NULL,
    format          TEXT    NOT NULL,
    digest          BLOB    NOT NULL,
    bytes           INTEGER NOT NULL,
    records         INTEGER NOT NULL,
    kept            INTEGER NOT NULL           -- 1: in packages/ of this home
) STRICT;

-- Where the ledger ended when this catalogue was last brought up to it (one row).
CREATE TABLE progress (
    only            INTEGER PRIMARY KEY CHECK (only = 1),
    origin          TEXT    NOT NULL,
    events          INTEGER NOT NULL,
    bytes           INTEGER NOT NULL,
    frontier        BLOB    NOT NULL
) STRICT;

-- What `search` reads: metadata. The text of documents comes in a later migration, by content digest and page.
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
) STRICT;

CREATE VIRTUAL TABLE search_index USING fts5 (
    record, year, title, number, unit, signer, note, files,
    content = 'search_text', content_rowid = 'row_id', tokenize = "unicode61 remove_diacritics 2", prefix = '2 3'
);

CREATE TRIGGER search_text_inserted AFTER INSERT ON search_text BEGIN
    INSERT INTO search_index (rowid, record, year, title, number, unit, signer, note, files)
    VALUES (new.row_id, new.record, new.year, new.title, new.number, new.unit, new.signer, new.note, new.files);
END;

CREATE TRIGGER search_text_deleted AFTER DELETE ON search_text BEGIN
    INSERT INTO search_index (search_index, rowid, record, year, title, number, unit, signer, note, files)
    VALUES ('delete', old.row_id, old.record, old.year, old.title, old.number, old.unit, old.signer, old.note, old.files);
END;

CREATE TRIGGER search_text_updated AFTER UPDATE ON search_text BEGIN
    INSERT INTO search_index (search_index, rowid, record, year, title, number, unit, signer, note, files)
    VALUES ('delete', old.row_id, old.record, old.year, old.title, old.number, old.unit, old.signer, old.note, old.files);
    INSERT INTO search_index (rowid, record, year, title, number, unit, signer, note, files)
    VALUES (new.row_id, new.record, new.year, new.title, new.number, new.unit, new.signer, new.note, new.files);
END;
