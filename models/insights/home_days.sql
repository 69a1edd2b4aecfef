-- What happened on each business day from $2 on: sales, points by unit? Of what was recorded from $3 to before $4, points
-- that moved at $6 or later; those of earlier days come under $2. $5 is the shop's zone.
SELECT business_date AS day, '' AS unit, count(*) AS orders, coalesce(sum(basis - spend_returned), 0)::bigint AS sales,
       0::bigint AS earned, 0::bigint AS redeemed, 0::bigint AS expired, 0::bigint AS moved
FROM orders
WHERE merchant_id = $1 AND business_date >= $2 AND recorded_at >= $3 AND recorded_at < $4 AND withdrawn_at IS NULL
GROUP BY business_date
UNION ALL
SELECT greatest((e.at AT TIME ZONE $5)::date, $2), a.unit, 0, 0,
       coalesce(sum(p.points) FILTER (WHERE e.kind = 'earn'), 0)::bigint,
       coalesce(-sum(p.points) FILTER (WHERE e.kind IN ('redeem', 'restore')), 0)::bigint,
       coalesce(-sum(p.points) FILTER (WHERE e.kind = 'expire'), 0)::bigint,
       coalesce(sum(p.points), 0)::bigint
FROM entries e
JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
CROSS JOIN LATERAL (SELECT CASE WHEN e.bucket = 'deficit' THEN -e.points ELSE e.points END AS points) p
WHERE e.merchant_id = $1 AND e.recorded_at >= $3 AND e.recorded_at < $4 AND e.at >= $6
GROUP BY 1, a.unit
