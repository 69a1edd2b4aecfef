-- Which amended orders have given their members more, or without a cancelled hold less, than their last content awards for
-- what was not returned? And which orders have a revision that was never written down?
WITH amended AS (
    SELECT o.id, o.refunded, o.total - o.shipping AS goods, o.withdrawn_at, r.awards, m.id AS membership, p.code
    FROM orders o
    JOIN order_revisions r ON r.merchant_id = o.merchant_id AND r.order_id = o.id AND r.revision = o.revision AND r.awards IS NOT NULL
    JOIN memberships m ON m.merchant_id = o.merchant_id AND m.customer_id = o.customer_id AND m.merged_into IS NULL
    JOIN programs p ON p.merchant_id = m.merchant_id AND p.id = m.program_id
    WHERE o.merchant_id = $1),
wanted AS (
    SELECT d.id, d.membership, a.unit, a.rule,
           CASE WHEN d.withdrawn_at IS NOT NULL THEN 0 WHEN d.refunded = 0 THEN a.points
                WHEN d.refunded >= d.goods THEN 0 ELSE a.points - div(a.points::numeric * d.refunded, d.goods) END AS points
    FROM amended d, jsonb_to_recordset(coalesce(d.awards -> d.code, '[]')) AS a (unit text, rule text, points bigint)),
given AS (
    SELECT d.id, d.membership, a.unit, e.rule, sum(CASE WHEN e.bucket = 'deficit' THEN -e.points ELSE e.points END) AS points,
           bool_or(e.cause LIKE 'cancel:lot%') AS cancelled
    FROM amended d
    JOIN memberships f ON f.merchant_id = $1 AND (f.id = d.membership OR f.merged_into = d.membership)
    JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = f.id
    JOIN entries e ON e.merchant_id = $1 AND e.account_id = a.id AND e.order_id = d.id
    WHERE e.kind IN ('earn', 'clawback', 'cancel_hold')
    GROUP BY 1, 2, 3, 4)
SELECT 'order ' || id, 'rule ' || coalesce(rule, '?') || ' has given ' || coalesce(g.points, 0) || ', its content awards ' || coalesce(w.points, 0)
FROM wanted w FULL JOIN given g USING (id, membership, unit, rule)
WHERE CASE WHEN g.cancelled THEN g.points > coalesce(w.points, 0) ELSE coalesce(g.points, 0) <> coalesce(w.points, 0) END
UNION ALL
SELECT 'order ' || o.id, 'revision ' || o.revision || ' is not the one that was written down'
FROM orders o
JOIN order_revisions r ON r.merchant_id = o.merchant_id AND r.order_id = o.id AND r.revision = o.revision
WHERE o.merchant_id = $1 AND r.content_hash <> o.content_hash
