-- The users of an organization's directory, as provisioning writes them (RFC 7643). Each is also a contact of the organization's book,
-- written in the same transaction: that is what callers read. When a user leaves, the contact stays with resolved = false
-- and only its name, for those who have it in their own books.

CREATE TABLE directory_user (
    book_id       uuid        NOT NULL, -- the organization's book
    organization  text        COLLATE "C" NOT NULL,
    user_id       text        COLLATE "C" NOT NULL,
    resource      jsonb       NOT NULL, -- without meta, which the columns below say
    user_name     text        COLLATE "C" NOT NULL, -- folded
    external_id   text        COLLATE "C",
    active        boolean     NOT NULL,
    version       bigint      NOT NULL,
    created       timestamptz NOT NULL,
    last_modified timestamptz NOT NULL,
    CONSTRAINT directory_user_key PRIMARY KEY (book_id, user_id),
    CONSTRAINT directory_user_in_book FOREIGN KEY (book_id) REFERENCES book (book_id),
    CONSTRAINT directory_user_is_contact FOREIGN KEY (book_id, user_id) REFERENCES contact (book_id, contact_id),
    CONSTRAINT directory_user_name_unique UNIQUE (book_id, user_name),
    CONSTRAINT directory_user_external_id_unique UNIQUE (book_id, external_id),
    CONSTRAINT directory_user_name_limit CHECK (length(user_name) <= 512 AND length(external_id) <= 512)
);

-- Only the directory itself says that somebody is in it; the rows of those who have them do not.
ALTER TABLE contact ADD CONSTRAINT contact_unresolved_elsewhere CHECK (
    (contact_type = 'CUSTOM') = (resolved IS NULL) AND (owner_id = organization OR resolved IS NOT TRUE));

-- The few queues and custom contacts among the many users of an organization, in their order. Only the organization's contacts are in
-- no group (contact_in_group): the condition stands in the queries for this index. The planner would not recognise
-- owner_id = organization, since both equal a parameter there.
CREATE INDEX contact_directory_type ON contact (book_id, type, sort_name, contact_id) WHERE cardinality(group_ids) = 0;
CREATE INDEX contact_user_name ON contact (book_id, left(user_name, 64)) WHERE user_name IS NOT NULL;
