-- The few contacts of personal books that show what the directory says of them: the version of the list of an own book depends on these.
CREATE INDEX contact_own_cloud ON contact (book_id, contact_id) WHERE contact_type = 'CLOUD' AND cardinality(group_ids) > 0;
