-- What happened in these accounts, the newest first? After the entry at $3 of account $4 with seq $5.
SELECT e.account_id, a.unit, e.seq, e.kind, e.bucket, e.points, e.at, e.occurred_at, e.recorded_at, e.cause, coalesce(e.order_id, 0),
       coalesce(e.version, 0), coalesce(e.rule, ''), coalesce(e.reverses_seq, 0), e.why, e.digest
FROM accounts a
CROSS JOIN LATERAL (
    SELECT * FROM entries e
    WHERE e.merchant_id = a.merchant_id AND e.account_id = a.id
      AND ($5 = 0 OR (e.at, e.account_id, e.seq) < ($3, $4, $5))
    ORDER BY e.seq DESC LIMIT $6) e
WHERE a.merchant_id = $1 AND a.membership_id = $2
ORDER BY e.at DESC, e.account_id DESC, e.seq DESC
LIMIT $6
