-- What are their accounts, and how many orders do they have? Asked once the memberships are locked, and with them the accounts.
-- The count is asked for in an order that one index alone has: the planner might think any that begins with the shop as good.
SELECT a.membership_id, m.customer_id, a.id, a.unit, a.pending, a.available, a.reserved, a.deficit, a.last_seq, a.last_at, a.last_digest,
       coalesce(s.orders, 0)
FROM {who} m
CROSS JOIN LATERAL (SELECT * FROM accounts b WHERE b.merchant_id = $1 AND b.membership_id BETWEEN m.id AND m.id ORDER BY b.membership_id OFFSET 0) a
LEFT JOIN LATERAL (
    SELECT c.orders FROM customer_stats c
    WHERE c.merchant_id = m.merchant_id AND c.customer_id BETWEEN m.customer_id AND m.customer_id ORDER BY c.customer_id LIMIT 1) s ON true
ORDER BY a.id
