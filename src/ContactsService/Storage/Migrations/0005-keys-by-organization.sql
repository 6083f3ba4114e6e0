-- Every key ends with the organization: the unit by which rows can be distributed later (docs/decisions/0008). A foreign key
-- names the key that it refers to, so all of them are made anew, each by a statement of its own.

ALTER TABLE directory_user DROP CONSTRAINT directory_user_is_contact;
ALTER TABLE directory_user DROP CONSTRAINT directory_user_in_book;
ALTER TABLE contact DROP CONSTRAINT contact_in_book;
ALTER TABLE book DROP CONSTRAINT book_default_group;
ALTER TABLE contact_group DROP CONSTRAINT group_in_book;

ALTER TABLE book DROP CONSTRAINT book_key;
ALTER TABLE book ADD CONSTRAINT book_key PRIMARY KEY (book_id, organization);
ALTER TABLE contact_group DROP CONSTRAINT group_key;
ALTER TABLE contact_group ADD CONSTRAINT group_key PRIMARY KEY (book_id, group_id, organization);
ALTER TABLE contact_group DROP CONSTRAINT group_name_unique;
ALTER TABLE contact_group ADD CONSTRAINT group_name_unique UNIQUE (book_id, name_hash, organization);
-- The included column lets the members of groups be listed from the index alone.
ALTER TABLE contact DROP CONSTRAINT contact_key;
ALTER TABLE contact ADD CONSTRAINT contact_key PRIMARY KEY (book_id, contact_id, organization) INCLUDE (group_ids);
ALTER TABLE tombstone DROP CONSTRAINT tombstone_key;
ALTER TABLE tombstone RENAME COLUMN noun TO kind;
ALTER TABLE tombstone RENAME CONSTRAINT tombstone_noun_known TO tombstone_kind_known;
ALTER TABLE tombstone ADD CONSTRAINT tombstone_key PRIMARY KEY (book_id, version, kind, id, organization);
ALTER TABLE directory_user DROP CONSTRAINT directory_user_key;
ALTER TABLE directory_user ADD CONSTRAINT directory_user_key PRIMARY KEY (book_id, user_id, organization);
ALTER TABLE directory_user DROP CONSTRAINT directory_user_name_unique;
ALTER TABLE directory_user ADD CONSTRAINT directory_user_name_unique UNIQUE (book_id, user_name, organization);
ALTER TABLE directory_user DROP CONSTRAINT directory_user_external_id_unique;
ALTER TABLE directory_user ADD CONSTRAINT directory_user_external_id_unique UNIQUE (book_id, external_id, organization);
ALTER TABLE answered_retry RENAME TO idempotency_record;
ALTER TABLE idempotency_record DROP CONSTRAINT answered_retry_key;
ALTER TABLE idempotency_record ADD CONSTRAINT idempotency_record_key PRIMARY KEY (book_id, key_hash, organization);
ALTER INDEX answered_retry_expires RENAME TO idempotency_record_expires;
-- By its hash alone: who presents a token has not said yet for which organization.
ALTER TABLE api_token DROP CONSTRAINT api_token_id_unique;
ALTER TABLE api_token ADD CONSTRAINT api_token_id_unique UNIQUE (token_id, organization);

ALTER TABLE contact_group ADD CONSTRAINT group_in_book FOREIGN KEY (book_id, organization) REFERENCES book (book_id, organization);
ALTER TABLE book ADD CONSTRAINT book_default_group
    FOREIGN KEY (book_id, default_group_id, organization) REFERENCES contact_group (book_id, group_id, organization);
ALTER TABLE contact ADD CONSTRAINT contact_in_book FOREIGN KEY (book_id, organization) REFERENCES book (book_id, organization);
ALTER TABLE directory_user ADD CONSTRAINT directory_user_in_book
    FOREIGN KEY (book_id, organization) REFERENCES book (book_id, organization);
ALTER TABLE directory_user ADD CONSTRAINT directory_user_is_contact
    FOREIGN KEY (book_id, user_id, organization) REFERENCES contact (book_id, contact_id, organization);

-- The time of the last write: later writes are later, also when a clock runs back, so the order by time is that of the versions.
ALTER TABLE book ADD COLUMN last_write timestamptz NOT NULL DEFAULT now();
ALTER TABLE book ALTER COLUMN created SET DEFAULT now();

-- Kept by the writes, which touch the group anyway: counting would read the whole book for every list.
ALTER TABLE contact_group ADD COLUMN member_count integer NOT NULL DEFAULT 0;
UPDATE contact_group g SET member_count = counted.members
FROM (SELECT book_id, organization, entry AS group_id, count(*) AS members
      FROM contact, unnest(group_ids) entry GROUP BY book_id, organization, entry) counted
WHERE counted.book_id = g.book_id AND counted.organization = g.organization AND counted.group_id = g.group_id;
ALTER TABLE contact_group ADD CONSTRAINT group_member_count_known CHECK (member_count >= 0);
