-- +goose Up
-- Points that are given back go to their lots in the order in which they were taken: the order is part of the history.
ALTER TABLE lot_uses ADD COLUMN place int NOT NULL DEFAULT 0;
