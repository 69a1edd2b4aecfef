-- Which paid memberships do they have, on which days?
SELECT s.membership_id, s.plan, s.started_on - date '1970-01-01', coalesce(s.until_on - date '1970-01-01', 0)
FROM {ids} m
CROSS JOIN LATERAL (SELECT * FROM subscriptions b WHERE b.merchant_id = $1 AND b.membership_id BETWEEN m.id AND m.id AND (b.until_on IS NULL OR b.until_on >= $3)
                    ORDER BY b.membership_id OFFSET 0) s
ORDER BY s.membership_id, s.id
