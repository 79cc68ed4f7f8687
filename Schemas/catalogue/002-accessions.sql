-- The catalogue of an archive home, migration 2: records that came from another archive.
--
-- Such a record keeps the OCFL id that it has there, and may carry another prefix than this archive's own numbers.

ALTER TABLE record ADD COLUMN object TEXT;   -- the OCFL id of a record from elsewhere; NULL: this archive's own form

DROP INDEX record_in_order;
CREATE UNIQUE INDEX record_in_order ON record (year, sequence, id);
