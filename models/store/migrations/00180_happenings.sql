-- +goose Up
-- What customers did besides buying, once by (merchant, source, external id). What was asked about it (stars, length) is not
-- kept: the explanation of each entry holds what it needs.
CREATE TABLE happenings (
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    source        text        NOT NULL,
    external_id   text        NOT NULL CHECK (char_length(external_id) BETWEEN 1 AND 120),
    customer_id   bigint      NOT NULL,
    kind          text        NOT NULL CHECK (kind IN ('profile', 'review', 'referral', 'referred', 'share', 'check_in', 'survey', 'quiz', 'custom')),
    name          text        NOT NULL DEFAULT '',
    store_id      bigint,
    happened_at   timestamptz NOT NULL,
    business_date date        NOT NULL,        -- in the merchant's zone, computed at write
    amount        bigint      NOT NULL DEFAULT 0 CHECK (amount >= 0),
    quantity      bigint      NOT NULL DEFAULT 1 CHECK (quantity > 0),
    content_hash  bytea       NOT NULL,        -- same id, same content: a replay
    recorded_at   timestamptz NOT NULL,        -- wall time
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT happenings_external_id_key UNIQUE (merchant_id, source, external_id),
    CONSTRAINT happenings_named CHECK ((kind = 'custom') = (name <> '')),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers,
    FOREIGN KEY (merchant_id, store_id) REFERENCES stores
);
CREATE INDEX happenings_customer ON happenings (merchant_id, customer_id, business_date DESC, id DESC);
