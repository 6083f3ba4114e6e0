-- What changed in a book after a version, in its order. By the id behind it, because one write may change thousands of contacts.
-- Groups have no such index: a book has few, and every new contact raises the version of its groups, whose rows stay in place.
CREATE INDEX contact_version ON contact (book_id, version, contact_id, organization);

-- The latest deletion that is no longer remembered: who has read no further than before it would miss it.
ALTER TABLE book ADD COLUMN purged_version bigint NOT NULL DEFAULT 0;

-- Secrets of the service, which all instances share: tokens given to callers are sealed with the newest and opened with any.
-- The key is the id alone: they belong to no organization.
CREATE TABLE service_key (
    key_id  integer     NOT NULL,
    secret  bytea       NOT NULL,
    created timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT service_key_key PRIMARY KEY (key_id),
    CONSTRAINT service_key_id_known CHECK (key_id BETWEEN 1 AND 65535),
    CONSTRAINT service_key_secret_length CHECK (length(secret) = 32)
);

-- Each of the three has 122 random bits of the server's cryptographic generator.
INSERT INTO service_key (key_id, secret)
VALUES (1, sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())));
