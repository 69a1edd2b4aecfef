-- What did these people buy between $2 and $3? The people, with the tier that they hold and what they spent in twelve months,
-- are those of the query before.
SELECT o.id, o.customer_id, o.business_date, o.total, o.shipping, o.discount, o.paid_with_points, o.channel, coalesce(s.code, ''), o.basis - o.spend_returned,
	coalesce(p.tier, ''), coalesce(p.spent, 0), c.first_on >= o.business_date, CASE WHEN o.has_time THEN o.placed_at END,
	CASE WHEN c.visits > 1 THEN (c.last_on - c.first_on) / (c.visits - 1) ELSE 0 END, o.tax, o.payments, o.labels
FROM people p
JOIN customer_stats c ON c.merchant_id = $1 AND c.customer_id = p.customer_id
JOIN orders o ON o.merchant_id = $1 AND o.customer_id = p.customer_id AND o.business_date BETWEEN $2 AND $3 AND o.withdrawn_at IS NULL
LEFT JOIN stores s ON s.merchant_id = $1 AND s.id = o.store_id
ORDER BY o.customer_id, o.business_date, o.id
