-- +goose Up
-- What somebody did at the counter today is read by its author.
CREATE INDEX orders_staff ON orders (merchant_id, staff_id, business_date, id DESC) WHERE staff_id IS NOT NULL;
CREATE INDEX redemptions_staff ON redemptions (merchant_id, staff_id, business_date, id DESC) WHERE staff_id IS NOT NULL;
CREATE INDEX coupons_used_by ON coupons (merchant_id, used_by, used_on, used_at DESC) WHERE used_by IS NOT NULL;
