-- +goose Up
-- What a shop of a million customers asks of its screens.

-- A shuffled order of the customers, the same each night: its first are a sample of them. And the tier that they held that
-- night in the shop's oldest running programme.
ALTER TABLE customer_facts ADD COLUMN draw int NOT NULL GENERATED ALWAYS AS (hashint8(customer_id)) STORED;
ALTER TABLE customer_facts ADD COLUMN tier text;
CREATE INDEX customer_facts_draw ON customer_facts (merchant_id, draw);
CREATE INDEX customer_facts_tier ON customer_facts (merchant_id, tier, spend_12m) WHERE tier IS NOT NULL;

-- Those who have left are few; everybody else is counted beside them.
CREATE INDEX memberships_left ON memberships (merchant_id, program_id) WHERE left_at IS NOT NULL;

-- Counting by an index alone needs to know which pages everybody may see: the night changes many rows, tills change some.
ALTER TABLE customer_facts SET (autovacuum_vacuum_scale_factor = 0.02);
ALTER TABLE customer_stats SET (autovacuum_vacuum_scale_factor = 0.05);
