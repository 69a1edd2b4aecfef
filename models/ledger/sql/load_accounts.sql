-- What are their accounts, and how many orders do they have? Asked once the memberships are locked, and with them the accounts.
SELECT a.membership_id, a.id, a.unit, a.pending, a.available, a.reserved, a.deficit, a.last_seq, a.last_at, a.last_digest,
       coalesce((SELECT s.orders FROM customer_stats s WHERE s.merchant_id = $1
                 AND s.customer_id = (SELECT m.customer_id FROM memberships m WHERE m.merchant_id = $1 AND m.id = a.membership_id)), 0)
FROM accounts a
WHERE a.merchant_id = $1 AND a.membership_id = ANY (ARRAY(SELECT m.id FROM memberships m WHERE m.merchant_id = $1 AND {who}))
ORDER BY a.id
