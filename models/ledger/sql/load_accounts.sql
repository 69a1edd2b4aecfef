-- What are their accounts, and how many orders do they have? Asked once the memberships are locked, and with them the accounts.
SELECT a.membership_id, m.customer_id, a.id, a.unit, a.pending, a.available, a.reserved, a.deficit, a.last_seq, a.last_at, a.last_digest,
       coalesce(s.orders, 0)
FROM memberships m
JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
LEFT JOIN customer_stats s ON s.merchant_id = m.merchant_id AND s.customer_id = m.customer_id
WHERE m.merchant_id = $1 AND {who}
ORDER BY a.id
