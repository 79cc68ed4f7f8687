-- The catalogue of an archive home, migration 7: finding. Descriptions and pages are cut into words by a tokenizer of this
-- program ("indonesian"), so that other programs cannot ask these indexes; they are filled by the program, without triggers.

DROP TRIGGER search_text_inserted;
DROP TRIGGER search_text_deleted;
DROP TRIGGER search_text_updated;
DROP TABLE search_index;

-- What filters ask for, as words that nobody types: xy year, xs step, xt type, xu unit, xg signer, xm month and xd year of
-- the document's date. With them an index passes over what a filter leaves out; `record` has the last word.
CREATE VIEW record_facets (row_id, facets) AS
SELECT row_id, 'xy' || year || ' xs' || step || ' xt' || lower(hex(type)) || ' xu' || lower(hex(unit))
    || coalesce(' xg' || lower(hex(signer)), '')
    || coalesce(' xm' || substr(date, 1, 4) || substr(date, 6, 2) || ' xd' || substr(date, 1, 4), '')
FROM record;

CREATE VIEW record_words (row_id, record, year, title, number, unit, signer, note, files, facets) AS
SELECT row_id, record, year, title, number, unit, signer, note, files, facets
FROM search_text JOIN record_facets USING (row_id);

-- The pages of each record: a content of several records stands under each, so that its words meet with the description of
-- one record at a time.
CREATE TABLE page_entry (
    row_id          INTEGER PRIMARY KEY,       -- record_row << 37 | version << 25 | its place << 13 | page
    page_row        INTEGER NOT NULL           -- of page_text
) STRICT;

CREATE VIEW page_words (row_id, text, description, facets) AS
SELECT page_entry.row_id, page_text.text,
    title || char(10) || number || char(10) || unit || char(10) || signer || char(10) || note || char(10) || files || char(10)
        || year || char(10) || record, facets
FROM page_entry JOIN page_text ON page_text.row_id = page_entry.page_row
JOIN search_text ON search_text.row_id = page_entry.row_id >> 37
JOIN record_facets ON record_facets.row_id = page_entry.row_id >> 37;

CREATE VIRTUAL TABLE search_index USING fts5 (
    record, year, title, number, unit, signer, note, files, facets,
    content = 'record_words', content_rowid = 'row_id', tokenize = 'indonesian', prefix = '2 3'
);

CREATE VIRTUAL TABLE page_index USING fts5 (
    text, description, facets, content = 'page_words', content_rowid = 'row_id', tokenize = 'indonesian'
);

-- What filters are compared with, each once.
CREATE INDEX record_by_unit ON record (unit);
CREATE INDEX record_by_signer ON record (signer) WHERE signer IS NOT NULL;
CREATE INDEX record_by_date ON record (date) WHERE date IS NOT NULL;

-- The words of descriptions and pages, for near misses: each with how many of these have it, and its trigrams.
CREATE TABLE vocabulary (
    row_id          INTEGER PRIMARY KEY,
    word            TEXT    NOT NULL UNIQUE,
    pages           INTEGER NOT NULL
) STRICT;

CREATE TABLE vocabulary_trigram (
    trigram         TEXT    NOT NULL,
    word_row        INTEGER NOT NULL,
    PRIMARY KEY (trigram, word_row)
) STRICT, WITHOUT ROWID;
