-- What the Webex door keeps beside the native model.

-- extra: ready JSON members that the native model has no place for; only that door writes and shows them.
-- is_encrypted: everything that its clients decrypt is ciphertext with a key. One text that is not would break a client's
-- whole list, so only these rows are in it.
ALTER TABLE contact ADD COLUMN extra text, ADD COLUMN is_encrypted boolean NOT NULL DEFAULT false;
ALTER TABLE contact_group ADD COLUMN extra text, ADD COLUMN is_encrypted boolean NOT NULL DEFAULT false;

-- Its clients need not name a contact.
ALTER TABLE contact DROP CONSTRAINT contact_custom_has_name;
ALTER TABLE contact ADD CONSTRAINT contact_custom_has_name CHECK (contact_type <> 'CUSTOM' OR display_name IS NOT NULL OR is_encrypted);
