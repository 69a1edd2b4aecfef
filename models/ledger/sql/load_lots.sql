-- Which credits are still open, and when was their owner told that they end?
SELECT a.membership_id, l.account_id, l.seq, l.bucket, l.points, l.remaining, l.earned_at,
       coalesce(l.usable_from - date '1970-01-01', 0), coalesce(l.activates_on - date '1970-01-01', 0),
       coalesce(l.expires_on - date '1970-01-01', 0), l.cause, coalesce(l.rule, ''), coalesce(l.order_id, 0),
       coalesce((SELECT min(n.told_on) FROM lot_notices n
                 WHERE n.merchant_id = l.merchant_id AND n.account_id = l.account_id AND n.lot_seq = l.seq) - date '1970-01-01', 0)
FROM memberships m
JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.id AND l.remaining > 0
WHERE m.merchant_id = $1 AND {who}
ORDER BY l.account_id, l.seq
