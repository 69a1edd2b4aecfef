-- What did the customers who came lately buy between $2 and $5, and who are they to programme $4? At most $3 of them, the last first.
WITH people AS (
	SELECT customer_id, first_on FROM customer_stats
	WHERE merchant_id = $1 AND last_on BETWEEN $2 AND $5 ORDER BY last_on DESC, customer_id DESC LIMIT $3)
SELECT o.id, o.customer_id, o.business_date, o.total, o.shipping, o.discount, o.paid_with_points, o.channel, coalesce(s.code, ''),
	coalesce(m.tier_code, ''), coalesce(f.spend_12m, 0), p.first_on >= o.business_date
FROM people p
JOIN orders o ON o.merchant_id = $1 AND o.customer_id = p.customer_id AND o.business_date BETWEEN $2 AND $5 AND o.withdrawn_at IS NULL
LEFT JOIN stores s ON s.merchant_id = $1 AND s.id = o.store_id
LEFT JOIN memberships m ON m.merchant_id = $1 AND m.program_id = $4 AND m.customer_id = p.customer_id
LEFT JOIN customer_facts f ON f.merchant_id = $1 AND f.customer_id = p.customer_id
ORDER BY o.customer_id, o.business_date, o.id
