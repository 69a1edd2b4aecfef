-- Which paid memberships do they have, on which days?
SELECT s.membership_id, s.plan, s.started_on - date '1970-01-01', coalesce(s.until_on - date '1970-01-01', 0)
FROM memberships m JOIN subscriptions s ON s.merchant_id = m.merchant_id AND s.membership_id = m.id
WHERE m.merchant_id = $1 AND {who} AND (s.until_on IS NULL OR s.until_on >= $3)
ORDER BY s.membership_id, s.id
