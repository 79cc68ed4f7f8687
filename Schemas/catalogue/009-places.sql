-- The catalogue of an archive home, migration 9: what lies where is found, and who signed how narrows. The indexes are filled
-- anew: words with soft hyphens, zero-width characters or a line end in them are whole words now.

DROP VIEW page_words;
DROP VIEW record_words;
DROP VIEW record_facets;
DROP TABLE search_index;
DROP TABLE page_index;

ALTER TABLE search_text ADD COLUMN location TEXT NOT NULL DEFAULT '';   -- where the paper lies
UPDATE search_text SET location =
    coalesce((SELECT location FROM record WHERE record.row_id = search_text.row_id), '');

DELETE FROM page_entry;
DELETE FROM vocabulary;
DELETE FROM vocabulary_trigram;

-- As in migration 7, with xn: how the document was signed.
CREATE VIEW record_facets (row_id, facets) AS
SELECT row_id, 'xy' || year || ' xs' || step || ' xt' || lower(hex(type)) || ' xu' || lower(hex(unit))
    || coalesce(' xg' || lower(hex(signer)), '') || coalesce(' xn' || lower(hex(signature)), '')
    || coalesce(' xm' || substr(date, 1, 4) || substr(date, 6, 2) || ' xd' || substr(date, 1, 4), '')
FROM record;

CREATE VIEW record_words (row_id, record, year, title, number, unit, signer, note, files, location, facets) AS
SELECT row_id, record, year, title, number, unit, signer, note, files, location, facets
FROM search_text JOIN record_facets USING (row_id);

CREATE VIEW page_words (row_id, text, description, facets) AS
SELECT page_entry.row_id, page_text.text,
    title || char(10) || number || char(10) || unit || char(10) || signer || char(10) || note || char(10) || files || char(10)
        || location || char(10) || year || char(10) || record, facets
FROM page_entry JOIN page_text ON page_text.row_id = page_entry.page_row
JOIN search_text ON search_text.row_id = page_entry.row_id >> 37
JOIN record_facets ON record_facets.row_id = page_entry.row_id >> 37;

CREATE VIRTUAL TABLE search_index USING fts5 (
    record, year, title, number, unit, signer, note, files, location, facets,
    content = 'record_words', content_rowid = 'row_id', tokenize = 'indonesian', prefix = '2 3'
);

CREATE VIRTUAL TABLE page_index USING fts5 (
    text, description, facets, content = 'page_words', content_rowid = 'row_id', tokenize = 'indonesian'
);
