-- +goose Up
-- A percentage may have a bound; a returned order gives its coupon back; the birthdays of a day are asked for every day.

ALTER TABLE coupons ADD COLUMN most bigint NOT NULL DEFAULT 0 CHECK (most >= 0); -- percent: at most this much off; 0: no bound
CREATE INDEX coupons_order ON coupons (merchant_id, order_id) WHERE order_id IS NOT NULL;
