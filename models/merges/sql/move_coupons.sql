-- Which coupons of the duplicate's memberships can still be used, and follow? One of which the other has the like for the
-- same cause, a birthday's say, stays behind.
WITH pairs AS (SELECT * FROM unnest($3::bigint[], $4::bigint[]) AS p (from_id, into_id)),
moved AS (
    UPDATE coupons c SET membership_id = p.into_id FROM pairs p
    WHERE c.merchant_id = $1 AND c.membership_id = p.from_id AND c.used_at IS NULL AND c.revoked_at IS NULL AND c.valid_until >= $5
      AND NOT EXISTS (SELECT FROM coupons o WHERE o.merchant_id = $1 AND o.membership_id = p.into_id AND o.kind = c.kind AND o.cause = c.cause)
    RETURNING c.id)
INSERT INTO merge_moves (merchant_id, merge_id, kind, row_id) SELECT $1, $2, 'coupon', id FROM moved
