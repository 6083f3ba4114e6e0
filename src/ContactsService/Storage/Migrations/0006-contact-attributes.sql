-- What adapters keep beside a contact or group stands under a name of their own: so far the Webex API in users' books, and /queues in
-- the organization's.
ALTER TABLE contact RENAME COLUMN extra TO extension;
ALTER TABLE contact_group RENAME COLUMN extra TO extension;
UPDATE contact SET extension = '{"' || CASE WHEN owner_id = organization THEN 'queue' ELSE 'webex' END || '":{' || extension || '}}'
WHERE extension IS NOT NULL;
UPDATE contact_group SET extension = '{"webex":{' || extension || '}}' WHERE extension IS NOT NULL;

ALTER TABLE contact ADD COLUMN middle_name text COLLATE "C";
ALTER TABLE contact ADD COLUMN name_prefix text COLLATE "C";
ALTER TABLE contact ADD COLUMN name_suffix text COLLATE "C";
ALTER TABLE contact ADD COLUMN nickname text COLLATE "C";
ALTER TABLE contact ADD COLUMN instant_messages text[] COLLATE "C";
ALTER TABLE contact ADD COLUMN urls text[] COLLATE "C";
ALTER TABLE contact ADD COLUMN addresses text[] COLLATE "C"; -- city:köln
ALTER TABLE contact ADD COLUMN birthday text COLLATE "C";
ALTER TABLE contact ADD COLUMN anniversary text COLLATE "C";
ALTER TABLE contact ADD COLUMN notes text COLLATE "C";
ALTER TABLE contact ADD COLUMN custom text[] COLLATE "C"; -- key:value; a colon in a key is a semicolon

-- The address of every contact is the only one of its addresses. Behind ownerId, as all members are that only the native API has; by
-- json, since jsonb would spell texts and numbers in its own way. The columns of its parts are folded already, and the lookup has the
-- hashes of (book, column, entry).
UPDATE contact SET body = body || ',"addresses":[' || (('{' || body || '}')::json -> 'addressInfo')::text || ']'
WHERE ('{' || body || '}')::json -> 'addressInfo' IS NOT NULL;
UPDATE contact SET addresses = array_remove(ARRAY[
    'street:' || street, 'city:' || city, 'state:' || state, 'zipCode:' || zip_code, 'country:' || country], NULL)
WHERE num_nonnulls(street, city, state, zip_code, country) > 0;
UPDATE contact SET lookup = lookup || ARRAY(
    SELECT ('x' || encode(substr(sha256(convert_to(book_id::text || 'addresses:' || entry, 'UTF8')), 1, 8), 'hex'))::bit(64)::bigint
    FROM unnest(addresses) entry)
WHERE addresses IS NOT NULL;
