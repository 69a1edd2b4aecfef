-- Which coupons were used without a moment or an order that is there, and which occasions issued a coupon that is not there?
SELECT 'coupon ' || c.id, 'half used: at ' || coalesce(c.used_at::text, 'no time') || ' on ' || coalesce(c.used_on::text, 'no day') || ', order ' || coalesce(c.order_id::text, 'none')
FROM coupons c
LEFT JOIN orders o ON o.merchant_id = c.merchant_id AND o.id = c.order_id
WHERE c.merchant_id = $1 AND ((c.used_at IS NULL) <> (c.used_on IS NULL) OR c.order_id IS NOT NULL AND o.id IS NULL)
UNION ALL
SELECT 'membership ' || i.membership_id || ', ' || i.occasion || ' ' || i.period, 'its coupon ' || i.coupon_id || ' is not there or another member''s'
FROM occasion_issues i
LEFT JOIN coupons c ON c.merchant_id = i.merchant_id AND c.id = i.coupon_id
WHERE i.merchant_id = $1 AND i.coupon_id IS NOT NULL AND c.membership_id IS DISTINCT FROM i.membership_id
  AND NOT EXISTS (SELECT FROM merge_moves v JOIN merges g ON g.merchant_id = v.merchant_id AND g.id = v.merge_id
                  WHERE v.merchant_id = $1 AND v.kind = 'coupon' AND v.row_id = c.id AND g.undone_at IS NULL)
