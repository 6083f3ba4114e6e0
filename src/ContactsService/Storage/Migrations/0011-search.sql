-- Words, addresses and digits of a contact as q= searches for them (Filtering/SearchVector.cs); null until the service has computed it, which
-- it does at its start. Statistics of it would be large, and no plan depends on them.
ALTER TABLE contact ADD COLUMN search tsvector;
ALTER TABLE contact ALTER COLUMN search SET STATISTICS 0;
CREATE INDEX contact_search ON contact USING gin (search) WITH (fastupdate = off);
CREATE INDEX contact_not_derived ON contact (contact_id) WHERE search IS NULL;
