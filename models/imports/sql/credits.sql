-- What did an import give these customers, and has any of it been spent since? A lot is named by its cause and rule, also
-- after its hold has ended.
WITH given AS (
    SELECT o.customer_id, m.id AS membership_id, a.id AS account_id, a.unit, e.seq, coalesce(e.rule, '') AS rule, coalesce(e.version, 0) AS version,
           e.points, o.cause, o.order_id, e.occurred_at, o.day
    FROM (SELECT 'order:' || o.source || ':' || o.external_id AS cause, o.id AS order_id, o.customer_id, o.membership_id, o.business_date - date '1970-01-01' AS day
          FROM orders o
          WHERE o.merchant_id = $1 AND o.import_id = $2 AND o.customer_id = ANY ($3) AND o.withdrawn_at IS NULL AND o.membership_id IS NOT NULL
          UNION ALL
          SELECT p.cause, 0, m.customer_id, p.membership_id, 0
          FROM import_openings p JOIN memberships m ON m.merchant_id = $1 AND m.id = p.membership_id
          WHERE p.merchant_id = $1 AND p.import_id = $2 AND m.customer_id = ANY ($3) AND p.withdrawn_at IS NULL) o
    JOIN memberships m ON m.merchant_id = $1 AND m.id = o.membership_id
    JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = m.id
    JOIN lots l ON l.merchant_id = $1 AND l.account_id = a.id AND l.cause = o.cause
    JOIN entries e ON e.merchant_id = $1 AND e.account_id = a.id AND e.seq = l.seq AND e.kind IN ('earn', 'adjust'))
SELECT g.customer_id, g.membership_id, g.unit, g.seq, g.rule, g.version, g.points, g.cause, g.order_id, g.occurred_at, g.day,
       coalesce((SELECT -sum(u.points)
                 FROM lots l
                 JOIN lot_uses u ON u.merchant_id = $1 AND u.account_id = l.account_id AND u.lot_seq = l.seq
                 JOIN entries e ON e.merchant_id = $1 AND e.account_id = u.account_id AND e.seq = u.entry_seq
                 WHERE l.merchant_id = $1 AND l.account_id = g.account_id AND l.cause = g.cause AND coalesce(l.rule, '') = g.rule
                   AND e.kind NOT IN ('expire', 'activate', 'clawback', 'cancel_hold')), 0)::bigint
FROM given g
ORDER BY g.membership_id, g.seq
