-- Which users have lost access, tokens that do less than their role may, and a number that tells all instances of both.
ALTER TABLE api_token
    ADD COLUMN scopes    text[] COLLATE "C", -- null: everything that the role may
    ADD COLUMN issued_by text   COLLATE "C", -- the user; null for the operator
    ADD COLUMN user_name text   COLLATE "C" GENERATED ALWAYS AS (lower(user_id)) STORED NOT NULL, -- as in user_access
    ADD CONSTRAINT api_token_scopes_some CHECK (cardinality(scopes) > 0);
CREATE INDEX api_token_expires ON api_token (expires);
CREATE INDEX api_token_user ON api_token (user_name, organization);

-- Names by which the directory or an admin has ended access. Users that the directory has never known are not here, and have access.
CREATE TABLE user_access (
    organization text        COLLATE "C" NOT NULL,
    user_name    text        COLLATE "C" NOT NULL, -- lower case
    ended        timestamptz, -- null: has access
    reason       text        COLLATE "C",
    valid_from   timestamptz, -- what an identity provider has issued before does not count; null: all of it does
    CONSTRAINT user_access_key PRIMARY KEY (user_name, organization),
    CONSTRAINT user_access_ended_with_reason CHECK (num_nulls(ended, reason) IN (0, 2)),
    CONSTRAINT user_access_reason_known CHECK (reason IN ('deactivated', 'deleted', 'renamed'))
);

-- Raised in the transaction of whatever ends access. What an instance knows of a token holds while the number is the same.
CREATE TABLE access_revision (
    organization text   COLLATE "C" NOT NULL,
    revision     bigint NOT NULL,
    CONSTRAINT access_revision_key PRIMARY KEY (organization)
) WITH (fillfactor = 50);

INSERT INTO user_access (organization, user_name, ended, reason)
SELECT DISTINCT u.organization, lower(n.name COLLATE "C"), now(), 'deactivated'
FROM directory_user u CROSS JOIN LATERAL (VALUES (u.user_id), (u.user_name), (u.external_id)) AS n(name)
WHERE NOT u.active AND n.name ~ '^[A-Za-z0-9._~-]{1,128}$';

-- A first answer is given again only to who may still do what it took.
ALTER TABLE idempotency_record ADD COLUMN needs text[] COLLATE "C" NOT NULL DEFAULT '{}';
