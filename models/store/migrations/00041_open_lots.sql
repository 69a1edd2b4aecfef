-- +goose Up
-- Posting reads a member's open lots; those that are used up must not make it slower over the years.
CREATE INDEX lots_open ON lots (merchant_id, account_id) WHERE remaining > 0;
