-- +goose Up
-- What rules may ask of an order beside its money: the tax that it contains, how it was paid, and words that the till marks
-- it and its lines with.

ALTER TABLE orders
    ADD COLUMN tax      bigint NOT NULL DEFAULT 0 CHECK (tax >= 0),  -- contained in the total
    ADD COLUMN payments text[] NOT NULL DEFAULT '{}',
    ADD COLUMN labels   text[] NOT NULL DEFAULT '{}';
ALTER TABLE order_lines
    ADD COLUMN tax    bigint NOT NULL DEFAULT 0 CHECK (tax >= 0),    -- contained in the amount
    ADD COLUMN labels text[] NOT NULL DEFAULT '{}';
