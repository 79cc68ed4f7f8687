-- The catalogue of an archive home, migration 6: what was read from the contents of files. All of it lies in `derived/` too,
-- by the content's digest, and is entered from there.

CREATE TABLE reading (
    row_id          INTEGER PRIMARY KEY,       -- where the content was filed first: record_row << 24 | version << 12 | its place
    digest          BLOB    NOT NULL UNIQUE,   -- SHA-512 of the content
    format          TEXT,                      -- pdf, tiff, docx …; NULL: none that is read
    media_type      TEXT    NOT NULL,
    encrypted       INTEGER NOT NULL,
    pages           INTEGER,                   -- how many; NULL where it could not be told
    reading         TEXT    NOT NULL           -- the reading without its texts, one line, keys sorted
) STRICT;

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
