-- Books, groups, contacts, tombstones, tokens and answered retries.
--
-- Every key and index leads with book_id, which stands for one (organization, owner): keys that lead with
-- (organization, owner, ...) made the planner multiply both selectivities and choose badly. The organization is
-- still in every row and every WHERE. Nothing is unique across books, so that a cluster can distribute
-- all of it by book_id; reads join a personal book with its organization's (docs/decisions/0007).
-- Normalised columns are computed by the service (Filtering/Fold.cs); COLLATE "C" compares them byte by byte.

CREATE TABLE book (
    book_id          uuid        NOT NULL,
    organization     text        COLLATE "C" NOT NULL,
    owner_id         text        COLLATE "C" NOT NULL,
    revision         bigint      NOT NULL DEFAULT 0,
    default_group_id uuid,
    created          timestamptz NOT NULL,
    CONSTRAINT book_key PRIMARY KEY (book_id),
    CONSTRAINT book_shared_has_no_group CHECK (owner_id <> organization OR default_group_id IS NULL)
) WITH (fillfactor = 50); -- room for the revision to be raised in place

CREATE TABLE contact_group (
    book_id       uuid        NOT NULL,
    organization  text        COLLATE "C" NOT NULL,
    group_id      uuid        NOT NULL,
    body          text        NOT NULL, -- ready JSON, without what the columns below say
    name_hash     bytea       NOT NULL, -- names may be 16,384 characters long, more than an index takes
    display_name  text        COLLATE "C" NOT NULL,
    group_type    text        COLLATE "C" NOT NULL,
    encryption_key_url text   COLLATE "C",
    is_migration  boolean,
    version       bigint      NOT NULL,
    created       timestamptz NOT NULL,
    last_modified timestamptz NOT NULL,
    CONSTRAINT group_key PRIMARY KEY (book_id, group_id),
    CONSTRAINT group_in_book FOREIGN KEY (book_id) REFERENCES book (book_id),
    CONSTRAINT group_name_unique UNIQUE (book_id, name_hash),
    CONSTRAINT group_type_known CHECK (group_type IN ('NORMAL', 'EXTERNAL'))
) WITH (fillfactor = 70);

-- One column for it, so a book cannot have two default groups; the key, so it cannot have one that is not there.
ALTER TABLE book ADD CONSTRAINT book_default_group
    FOREIGN KEY (book_id, default_group_id) REFERENCES contact_group (book_id, group_id);

CREATE TABLE contact (
    book_id         uuid        NOT NULL,
    organization    text        COLLATE "C" NOT NULL,
    owner_id        text        COLLATE "C" NOT NULL,
    contact_id      text        COLLATE "C" NOT NULL,
    contact_type    text        COLLATE "C" NOT NULL,
    type            text        COLLATE "C" NOT NULL,
    resolved        boolean,              -- null for what is no reference to the directory
    body            text        NOT NULL, -- ready JSON, without groups, resolved and meta
    group_ids       uuid[]      NOT NULL,
    version         bigint      NOT NULL,
    created         timestamptz NOT NULL,
    last_modified   timestamptz NOT NULL,
    sort_name       text        COLLATE "C" NOT NULL, -- the first 256 characters of display_name; absent sorts last
    lookup          bigint[]    NOT NULL, -- hashes of (book, attribute, entry) of numbers and addresses
    display_name    text        COLLATE "C",
    first_name      text        COLLATE "C",
    last_name       text        COLLATE "C",
    company_name    text        COLLATE "C",
    title           text        COLLATE "C",
    department      text        COLLATE "C",
    manager         text        COLLATE "C",
    user_name       text        COLLATE "C",
    employee_id     text        COLLATE "C",
    avatar_url      text        COLLATE "C",
    avatar_url_domain text      COLLATE "C",
    primary_contact_method text COLLATE "C",
    encryption_key_url text     COLLATE "C",
    kms_resource_object_url text COLLATE "C",
    schemas         text        COLLATE "C",
    street          text        COLLATE "C",
    city            text        COLLATE "C",
    state           text        COLLATE "C",
    zip_code        text        COLLATE "C",
    country         text        COLLATE "C",
    is_migration    boolean,
    emails          text[]      COLLATE "C",
    phone_numbers   text[]      COLLATE "C",
    sip_addresses   text[]      COLLATE "C",
    -- The included columns let the members of groups be listed from the index alone.
    CONSTRAINT contact_key PRIMARY KEY (book_id, contact_id) INCLUDE (organization, group_ids),
    CONSTRAINT contact_in_book FOREIGN KEY (book_id) REFERENCES book (book_id),
    CONSTRAINT contact_types_agree CHECK (
        (contact_type = 'CUSTOM' AND type = 'Custom') OR (contact_type = 'CLOUD' AND type IN ('User', 'Queue'))),
    CONSTRAINT contact_custom_has_name CHECK (contact_type <> 'CUSTOM' OR display_name IS NOT NULL),
    CONSTRAINT contact_in_group CHECK ((owner_id = organization) = (cardinality(group_ids) = 0)),
    CONSTRAINT contact_group_limit CHECK (cardinality(group_ids) <= 100)
);

CREATE INDEX contact_name ON contact (book_id, sort_name, contact_id);
CREATE INDEX contact_last_name ON contact (book_id, left(last_name, 64)) WHERE last_name IS NOT NULL;
-- Without fastupdate: a pending list makes every look-up read it and some writes pay for all.
CREATE INDEX contact_lookup ON contact USING gin (lookup) WITH (fastupdate = off);
-- The book implies the organization: without this the planner multiplies both selectivities.
CREATE STATISTICS contact_book_organization (dependencies) ON book_id, organization FROM contact;

CREATE TABLE tombstone (
    book_id      uuid        NOT NULL,
    organization text        COLLATE "C" NOT NULL,
    version      bigint      NOT NULL,
    noun         text        COLLATE "C" NOT NULL,
    id           text        COLLATE "C" NOT NULL,
    deleted      timestamptz NOT NULL,
    CONSTRAINT tombstone_key PRIMARY KEY (book_id, version, noun, id),
    CONSTRAINT tombstone_noun_known CHECK (noun IN ('contact', 'group'))
);
CREATE INDEX tombstone_deleted ON tombstone (deleted);

CREATE TABLE api_token (
    token_hash   bytea       NOT NULL, -- SHA-256 of the secret; the secret itself is kept nowhere
    token_id     uuid        NOT NULL,
    organization text        COLLATE "C" NOT NULL,
    user_id      text        COLLATE "C" NOT NULL,
    role         text        COLLATE "C" NOT NULL,
    name         text,
    created      timestamptz NOT NULL,
    expires      timestamptz NOT NULL,
    last_used    timestamptz,
    CONSTRAINT api_token_key PRIMARY KEY (token_hash),
    CONSTRAINT api_token_id_unique UNIQUE (organization, token_id),
    CONSTRAINT api_token_role_known CHECK (role IN ('agent', 'admin')),
    CONSTRAINT api_token_user_is_not_organization CHECK (user_id <> organization)
);

CREATE TABLE answered_retry (
    book_id      uuid        NOT NULL, -- the caller's own book: keys are per caller
    key_hash     bytea       NOT NULL,
    request_hash bytea       NOT NULL,
    answer       bytea       NOT NULL, -- encrypted with the key the client sent, of which only the hash is kept
    expires      timestamptz NOT NULL,
    CONSTRAINT answered_retry_key PRIMARY KEY (book_id, key_hash)
);
CREATE INDEX answered_retry_expires ON answered_retry (expires);
