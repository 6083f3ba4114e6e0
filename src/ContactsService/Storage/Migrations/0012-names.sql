-- Last and first name together find a person among all with that last name.
DROP INDEX contact_last_name;
CREATE INDEX contact_last_name ON contact (book_id, left(last_name, 64), left(first_name, 64)) WHERE last_name IS NOT NULL;
