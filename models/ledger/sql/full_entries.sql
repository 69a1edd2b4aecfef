-- Which entries of a member are these, what did they take from lots, and which lot did they make?
SELECT e.account_id, a.unit, e.seq, e.kind, e.bucket, e.points, e.at, e.occurred_at, e.recorded_at, e.cause, coalesce(e.order_id, 0),
       coalesce(e.version, 0), coalesce(e.rule, ''), coalesce(e.reverses_seq, 0), e.why, e.digest,
       (SELECT array_agg(u.lot_seq ORDER BY u.place) FROM lot_uses u WHERE u.merchant_id = e.merchant_id AND u.account_id = e.account_id AND u.entry_seq = e.seq),
       (SELECT array_agg(u.points ORDER BY u.place) FROM lot_uses u WHERE u.merchant_id = e.merchant_id AND u.account_id = e.account_id AND u.entry_seq = e.seq),
       l.points, l.remaining, l.earned_at, l.usable_from - date '1970-01-01', l.activates_on - date '1970-01-01', l.expires_on - date '1970-01-01', l.cause, l.rule,
       l.awaits, l.cancels_on - date '1970-01-01'
FROM entries e
JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
LEFT JOIN lots l ON l.merchant_id = e.merchant_id AND l.account_id = e.account_id AND l.seq = e.seq
WHERE e.merchant_id = $1 AND {condition}
ORDER BY e.account_id, e.seq
