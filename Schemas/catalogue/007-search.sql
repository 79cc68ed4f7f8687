-- The catalogue of an archive home, migration 7: finding. Descriptions and pages are cut into words by a tokenizer of this
-- program ("indonesian"), so that other programs cannot ask these indexes; they are filled by the program, without triggers.

DROP TRIGGER search_text_inserted;
DROP TRIGGER search_text_deleted;
DROP TRIGGER search_text_updated;
DROP TABLE search_index;

CREATE VIRTUAL TABLE search_index USING fts5 (
    record, year, title, number, unit, signer, note, files,
    content = 'search_text', content_rowid = 'row_id', tokenize = 'indonesian', prefix = '2 3'
);

CREATE VIRTUAL TABLE page_index USING fts5 (
    text, content = 'page_text', content_rowid = 'row_id', tokenize = 'indonesian'
);

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
