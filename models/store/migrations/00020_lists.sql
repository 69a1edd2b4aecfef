-- +goose Up
-- What the lists of people and the home page read: who loses points soon, who holds which tier, who has been away for
-- longer than usual, and what was written since the last night.

CREATE INDEX lots_expiring ON lots (merchant_id, expires_on, account_id) WHERE expires_on IS NOT NULL;
CREATE INDEX memberships_tier ON memberships (merchant_id, program_id, tier_code, id);

ALTER TABLE customer_facts ADD COLUMN away_on date;   -- from this day on the customer is later than usual
CREATE INDEX customer_facts_away ON customer_facts (merchant_id, away_on DESC, customer_id DESC);

-- Rows are written in the order of recorded_at, whatever they are about: a few bytes a megabyte of table.
CREATE INDEX entries_recorded ON entries USING brin (recorded_at) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX orders_recorded ON orders USING brin (recorded_at) WITH (pages_per_range = 32, autosummarize = on);
