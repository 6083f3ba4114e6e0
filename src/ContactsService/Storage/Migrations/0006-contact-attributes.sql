-- What adapters keep beside a contact or group stands under a name of their own: so far the Webex API in users' books, and /queues in
-- the organization's.
ALTER TABLE contact RENAME COLUMN extra TO extension;
ALTER TABLE contact_group RENAME COLUMN extra TO extension;
UPDATE contact SET extension = '{"' || CASE WHEN owner_id = organization THEN 'queue' ELSE 'webex' END || '":{' || extension || '}}'
WHERE extension IS NOT NULL;
UPDATE contact_group SET extension = '{"webex":{' || extension || '}}' WHERE extension IS NOT NULL;
