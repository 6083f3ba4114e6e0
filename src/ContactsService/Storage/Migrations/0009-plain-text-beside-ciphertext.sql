-- True for encrypted contacts with plain text in a member that clients of the Webex API decrypt: its list shows them without that text.
ALTER TABLE contact ADD COLUMN has_plain_text boolean NOT NULL DEFAULT false;
