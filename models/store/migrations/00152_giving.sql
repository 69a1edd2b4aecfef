-- +goose Up
-- Members give points to each other and to causes.

CREATE TABLE transfers (
    merchant_id     bigint      NOT NULL,
    id              bigint GENERATED ALWAYS AS IDENTITY,
    source          text        NOT NULL,
    external_id     text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    from_account_id bigint      NOT NULL,
    to_account_id   bigint      NOT NULL,
    points          bigint      NOT NULL CHECK (points > 0),
    content_hash    bytea       NOT NULL,
    staff_id        bigint,
    at              timestamptz NOT NULL,   -- business time
    business_date   date        NOT NULL,
    recorded_at     timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT transfers_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT transfers_two CHECK (from_account_id <> to_account_id),
    FOREIGN KEY (merchant_id, from_account_id) REFERENCES accounts,
    FOREIGN KEY (merchant_id, to_account_id) REFERENCES accounts
);
CREATE INDEX transfers_from ON transfers (merchant_id, from_account_id, business_date);
CREATE INDEX transfers_to ON transfers (merchant_id, to_account_id);

CREATE TABLE donations (
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    source        text        NOT NULL,
    external_id   text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    program_id    bigint      NOT NULL,
    account_id    bigint      NOT NULL,
    cause         text        NOT NULL CHECK (cause ~ '^[a-z0-9][a-z0-9_-]{0,31}$'), -- code in the terms
    points        bigint      NOT NULL CHECK (points > 0),
    worth         bigint      NOT NULL CHECK (worth >= 0), -- money, minor units
    content_hash  bytea       NOT NULL,
    staff_id      bigint,
    at            timestamptz NOT NULL,
    business_date date        NOT NULL,
    recorded_at   timestamptz NOT NULL,
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT donations_external_id_key UNIQUE (merchant_id, source, external_id),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs,
    FOREIGN KEY (merchant_id, account_id) REFERENCES accounts
);
CREATE INDEX donations_pool ON donations (merchant_id, program_id, cause, business_date);
CREATE INDEX donations_account ON donations (merchant_id, account_id);

-- What of a month's sales goes to a cause is asked by month.
-- Coarse: a month's orders lie together, and posting pays next to nothing for it.
CREATE INDEX orders_day ON orders USING brin (merchant_id, business_date);
