-- +goose Up
-- What was done last in the whole shop? Coupons that were used by themselves, the last first.
CREATE INDEX coupons_used ON coupons (merchant_id, used_at DESC) WHERE used_at IS NOT NULL AND order_id IS NULL;

-- +goose Down
DROP INDEX coupons_used;
