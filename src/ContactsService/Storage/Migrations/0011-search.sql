-- Words, addresses and digits of a contact as q= searches for them (Filtering/SearchVector.cs); null until the service has computed it,
-- which it does when it starts. Statistics of it would be large, and no plan depends on them.
ALTER TABLE contact ADD COLUMN search tsvector;
ALTER TABLE contact ALTER COLUMN search SET STATISTICS 0;
-- With fastupdate, the entries of some hundred writes go into the index together, which costs a quarter; a search reads at most 256 KB
-- of entries that are not there yet.
CREATE INDEX contact_search ON contact USING gin (search) WITH (fastupdate = on, gin_pending_list_limit = 256);
CREATE INDEX contact_not_derived ON contact (contact_id) WHERE search IS NULL;
