-- What are their accounts, and how many orders do they have? Asked once the memberships are locked, and with them the accounts.
-- The count is asked for in an order that one index alone has: the planner might think any that begins with the shop as good.
SELECT a.membership_id, m.customer_id, a.id, a.unit, a.pending, a.available, a.reserved, a.deficit, a.last_seq, a.last_at, a.last_digest,
       coalesce(s.orders, 0)
FROM memberships m
JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
LEFT JOIN LATERAL (
    SELECT c.orders FROM customer_stats c
    WHERE c.merchant_id = m.merchant_id AND c.customer_id BETWEEN m.customer_id AND m.customer_id ORDER BY c.customer_id LIMIT 1) s ON true
WHERE m.merchant_id = $1 AND {who}
ORDER BY a.id
