-- +goose Up
-- Groups of customers that are defined by a condition, and who was in each when it was last counted. What is shown, listed
-- and given is that count. Terms and screens name a group "g" and its number.

CREATE TABLE segments (
    merchant_id bigint      NOT NULL REFERENCES merchants,
    id          bigint GENERATED ALWAYS AS IDENTITY,
    program_id  bigint,                       -- whose tiers and points the condition speaks of; null: there was no programme
    name        text        NOT NULL CHECK (char_length(name) BETWEEN 1 AND 60),
    condition   text        NOT NULL CHECK (char_length(condition) BETWEEN 2 AND 65536), -- canonical JSON
    people      bigint      NOT NULL DEFAULT 0 CHECK (people >= 0),
    members     bigint      NOT NULL DEFAULT 0 CHECK (members >= 0), -- of them, members of the programme
    newest      bigint      NOT NULL DEFAULT 0, -- membership id: later ones are not among the members
    counted_at  timestamptz NOT NULL,         -- business time
    version     int         NOT NULL DEFAULT 1, -- for "somebody else saved meanwhile"
    created_at  timestamptz NOT NULL,
    created_by  bigint,
    removed_at  timestamptz,                  -- no longer offered; gifts and terms may still name it
    PRIMARY KEY (merchant_id, id),
    FOREIGN KEY (merchant_id, program_id) REFERENCES programs,
    FOREIGN KEY (merchant_id, created_by) REFERENCES staff
);
CREATE UNIQUE INDEX segments_name_key ON segments (merchant_id, name) WHERE removed_at IS NULL;

CREATE TABLE segment_members (                -- a cache of what the condition says, made anew each night
    merchant_id bigint NOT NULL,
    segment_id  bigint NOT NULL,
    customer_id bigint NOT NULL,
    PRIMARY KEY (merchant_id, segment_id, customer_id),
    FOREIGN KEY (merchant_id, segment_id) REFERENCES segments
);

ALTER TABLE customer_facts ADD COLUMN home_store bigint; -- where most of the visits were; null: none at a store, or there is one store only
