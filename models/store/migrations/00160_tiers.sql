-- +goose Up
-- Tiers by several measures, by numbers that the shop's systems deliver, and by hand.

ALTER TABLE tier_changes ADD COLUMN readings text NOT NULL DEFAULT ''; -- of a plan with several measures: "spend=120000 visits=4"

CREATE TABLE tier_floors (                    -- who said that a member does not fall below a tier, until when and why
    merchant_id   bigint      NOT NULL,
    id            bigint GENERATED ALWAYS AS IDENTITY,
    membership_id bigint      NOT NULL,
    tier          text,                       -- null: the floor is lifted
    until_on      date,                       -- its last day; null: for ever
    reason        text        NOT NULL CHECK (reason IN ('thanks', 'apology', 'event', 'agreement', 'mistake')),
    note          text        NOT NULL DEFAULT '' CHECK (char_length(note) <= 200), -- for staff
    staff_id      bigint,
    source        text        NOT NULL DEFAULT '', -- of an API key; empty: staff
    at            timestamptz NOT NULL,       -- business time
    recorded_at   timestamptz NOT NULL,       -- wall time
    PRIMARY KEY (merchant_id, id),
    CONSTRAINT tier_floors_lifted CHECK (tier IS NOT NULL OR until_on IS NULL),
    FOREIGN KEY (merchant_id, membership_id) REFERENCES memberships,
    FOREIGN KEY (merchant_id, staff_id) REFERENCES staff
);
CREATE INDEX tier_floors_membership ON tier_floors (merchant_id, membership_id, id DESC);

CREATE TABLE customer_numbers (               -- what the shop's systems say about a customer: a rating, followers; the last one counts
    merchant_id bigint      NOT NULL,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    customer_id bigint      NOT NULL,
    code        text        NOT NULL CHECK (code ~ '^[a-z0-9][a-z0-9_-]{0,31}$'),
    value       bigint      NOT NULL,         -- in hundredths: 475 is 4.75
    source      text        NOT NULL,         -- of the API key
    at          timestamptz NOT NULL,         -- business time
    recorded_at timestamptz NOT NULL,         -- wall time
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, customer_id) REFERENCES customers ON DELETE CASCADE
);
CREATE INDEX customer_numbers_last ON customer_numbers (merchant_id, customer_id, code, id DESC);
