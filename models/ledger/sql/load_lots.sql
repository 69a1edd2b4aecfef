-- Which credits are still open, and when was their owner told that they end? Account by account (OFFSET 0): the planner would
-- rather read every open lot of the shop.
SELECT l.account_id, l.seq, l.bucket, l.points, l.remaining, l.earned_at,
       coalesce(l.usable_from - date '1970-01-01', 0), coalesce(l.activates_on - date '1970-01-01', 0),
       coalesce(l.expires_on - date '1970-01-01', 0), l.cause, coalesce(l.rule, ''), coalesce(l.order_id, 0),
       coalesce(l.awaits, ''), coalesce(l.cancels_on - date '1970-01-01', 0),
       -- few members have ever been told of anything, so that most lots need not be looked for one by one
       CASE WHEN t.told THEN coalesce((SELECT min(n.told_on) FROM lot_notices n
                 WHERE n.merchant_id = $1 AND n.account_id = l.account_id AND n.lot_seq = l.seq
                   -- who was told of an end that activity has moved since was not told of the new one
                   AND n.expires_on >= coalesce((SELECT max(x.to_on) FROM lot_extensions x WHERE x.merchant_id = $1 AND x.account_id = l.account_id
                                                 AND x.lot_seq = l.seq AND x.reason = 'activity'), '-infinity')) - date '1970-01-01', 0) ELSE 0 END
FROM {ids} m
CROSS JOIN LATERAL (SELECT * FROM accounts b WHERE b.merchant_id = $1 AND b.membership_id BETWEEN m.id AND m.id ORDER BY b.membership_id OFFSET 0) a
CROSS JOIN LATERAL (SELECT EXISTS (SELECT FROM lot_notices n WHERE n.merchant_id = a.merchant_id AND n.account_id = a.id) AS told OFFSET 0) t
CROSS JOIN LATERAL (SELECT * FROM lots o WHERE o.merchant_id = a.merchant_id AND o.account_id = a.id AND o.remaining > 0 OFFSET 0) l
ORDER BY l.account_id, l.seq
