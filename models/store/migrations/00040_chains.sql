-- +goose Up
-- Digests for what the entries' chain does not hold: tier histories are chained per member, prolonged lots carry their own.
-- orders.spend_returned is what refunds took from the qualifying money, so that the rollups are plain sums of orders.

ALTER TABLE tier_changes ADD COLUMN digest bytea NOT NULL; -- sha256(previous ‖ canonical row)
ALTER TABLE lot_extensions ADD COLUMN digest bytea NOT NULL; -- sha256(canonical row)
ALTER TABLE memberships
    ADD COLUMN tier_seq    int   NOT NULL DEFAULT 0, -- of the last tier change
    ADD COLUMN tier_digest bytea NOT NULL DEFAULT '';
ALTER TABLE orders
    ADD COLUMN spend_returned bigint NOT NULL DEFAULT 0,
    ADD CONSTRAINT orders_spend_returned_range CHECK (spend_returned BETWEEN 0 AND total);
