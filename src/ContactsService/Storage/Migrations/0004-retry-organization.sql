-- The wall between organizations stands in every row and every WHERE, in what is kept for retries, too.
ALTER TABLE answered_retry ADD COLUMN organization text COLLATE "C";
UPDATE answered_retry SET organization = book.organization FROM book WHERE book.book_id = answered_retry.book_id;
DELETE FROM answered_retry WHERE organization IS NULL;
ALTER TABLE answered_retry ALTER COLUMN organization SET NOT NULL;
