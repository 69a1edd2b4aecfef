-- +goose Up
-- An order may be given new content, and may be cancelled. orders and order_lines hold what it is now; what it was stands
-- in order_revisions, from the first amendment on, and never changes.

ALTER TABLE orders ADD COLUMN revision int NOT NULL DEFAULT 1 CHECK (revision > 0);

CREATE TABLE order_revisions (
    merchant_id  bigint      NOT NULL,
    order_id     bigint      NOT NULL,
    revision     int         NOT NULL CHECK (revision > 0),
    content      jsonb       NOT NULL,        -- money and lines
    content_hash bytea       NOT NULL,
    awards       jsonb,                       -- of the whole order by programme: [{unit, rule, points}]; null: its earn entries
    at           timestamptz NOT NULL,        -- business time
    recorded_at  timestamptz NOT NULL,        -- wall time
    PRIMARY KEY (merchant_id, order_id, revision),
    FOREIGN KEY (merchant_id, order_id) REFERENCES orders
);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON order_revisions FOR EACH STATEMENT EXECUTE FUNCTION refuse_rewriting();

ALTER TABLE refunds ADD COLUMN cancels boolean NOT NULL DEFAULT false; -- the order is taken back whole, as if never placed
ALTER TABLE refunds DROP CONSTRAINT refunds_amount_check;
ALTER TABLE refunds ADD CONSTRAINT refunds_amount_check CHECK (CASE WHEN cancels THEN amount = 0 ELSE amount > 0 END);
