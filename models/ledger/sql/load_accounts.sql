-- What are their accounts, and how many orders do they have? Asked after the memberships are locked, so nothing here waits.
SELECT a.membership_id, a.id, a.unit, a.pending, a.available, a.reserved, a.deficit, a.last_seq, a.last_at, a.last_digest,
       coalesce((SELECT s.orders FROM customer_stats s WHERE s.merchant_id = m.merchant_id AND s.customer_id = m.customer_id), 0)
FROM memberships m
JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
WHERE m.merchant_id = $1 AND {who}
ORDER BY a.id {lock a}
