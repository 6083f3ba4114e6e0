-- Addresses that are told of changes, what was sent to them, and which instance delivers for an organization.
CREATE TABLE webhook (
    webhook_id              uuid        NOT NULL,
    organization            text        COLLATE "C" NOT NULL,
    user_id                 text        COLLATE "C" NOT NULL, -- who has made it: nobody else sees it
    book_id                 uuid        NOT NULL, -- the book that it watches, which need not exist yet
    owner_id                text        COLLATE "C" NOT NULL, -- the owner of that book
    url                     text        NOT NULL,
    kinds                   text[]      NOT NULL,
    status                  text        COLLATE "C" NOT NULL,
    disabled_reason         text        COLLATE "C",
    disabled_at             timestamptz,
    secret                  bytea       NOT NULL, -- sealed: it has to be read for every signature
    previous_secret         bytea,
    previous_secret_expires timestamptz,
    position                bigint      NOT NULL, -- the revision of the book that the receiver has been told of
    attempts                integer     NOT NULL, -- failed ones of the message below
    next_attempt            timestamptz NOT NULL,
    first_failure           timestamptz,
    message_id              uuid,       -- the message that is not acknowledged yet; it stays the same over its attempts
    message_created         timestamptz,
    message_position        bigint,
    message_token           text        COLLATE "C",
    version                 bigint      NOT NULL, -- of what callers see
    created                 timestamptz NOT NULL,
    last_modified           timestamptz NOT NULL,
    CONSTRAINT webhook_key PRIMARY KEY (webhook_id, organization),
    CONSTRAINT webhook_status_known CHECK (status IN ('active', 'disabled')),
    CONSTRAINT webhook_disabled_with_reason CHECK ((status = 'disabled') = (num_nulls(disabled_reason, disabled_at) = 0)),
    CONSTRAINT webhook_kinds_some CHECK (cardinality(kinds) > 0),
    CONSTRAINT webhook_previous_secret_ends CHECK (num_nulls(previous_secret, previous_secret_expires) IN (0, 2)),
    CONSTRAINT webhook_message_whole CHECK (num_nulls(message_id, message_created, message_position, message_token) IN (0, 4))
) WITH (fillfactor = 70);
CREATE INDEX webhook_user ON webhook (user_id, organization);
CREATE INDEX webhook_active ON webhook (book_id, organization) WHERE status = 'active';

CREATE TABLE webhook_delivery (
    delivery_id  uuid        NOT NULL,
    webhook_id   uuid        NOT NULL,
    organization text        COLLATE "C" NOT NULL,
    message_id   uuid        NOT NULL,
    type         text        COLLATE "C" NOT NULL,
    time         timestamptz NOT NULL,
    duration_ms  integer     NOT NULL,
    status_code  integer,    -- null when there was no answer
    error        text        COLLATE "C", -- null when the answer was a success
    token        text        COLLATE "C" NOT NULL,
    CONSTRAINT webhook_delivery_key PRIMARY KEY (webhook_id, delivery_id, organization),
    CONSTRAINT webhook_delivery_of_webhook FOREIGN KEY (webhook_id, organization)
        REFERENCES webhook (webhook_id, organization) ON DELETE CASCADE,
    CONSTRAINT webhook_delivery_type_known CHECK (type IN ('changes', 'test'))
);
CREATE INDEX webhook_delivery_time ON webhook_delivery (time);

CREATE TABLE webhook_lease (
    organization text        COLLATE "C" NOT NULL,
    holder       uuid        NOT NULL, -- an instance; a new one at each start
    expires      timestamptz NOT NULL, -- by the database's clock
    CONSTRAINT webhook_lease_key PRIMARY KEY (organization)
) WITH (fillfactor = 50);
