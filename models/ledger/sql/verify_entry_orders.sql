-- Which entries name an order that is not there, is not their customer's, or is not the one that their cause names? Of who
-- was merged the orders are the other's; and those that a merge had moved have left entries of it there after its undoing.
SELECT 'account ' || e.account_id || ', entry ' || e.seq,
       CASE WHEN o.id IS NULL THEN 'order ' || coalesce(e.order_id::text, 'of ' || e.cause) || ' does not exist'
            WHEN o.customer_id IS DISTINCT FROM coalesce(h.customer_id, m.customer_id) THEN 'order ' || o.id || ' is another customer''s'
            ELSE 'order ' || o.id || ' is not that of ' || e.cause END
FROM entries e
JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
LEFT JOIN memberships h ON h.merchant_id = m.merchant_id AND h.id = m.merged_into
LEFT JOIN orders o ON o.merchant_id = e.merchant_id AND o.id = e.order_id
WHERE e.merchant_id = $1 AND (e.order_id IS NOT NULL OR e.cause LIKE 'order:%')
  AND (o.id IS NULL OR o.customer_id IS DISTINCT FROM coalesce(h.customer_id, m.customer_id) AND NOT (e.kind IN ('merge', 'activate') AND EXISTS (
           SELECT FROM merge_moves v JOIN merges g ON g.merchant_id = v.merchant_id AND g.id = v.merge_id
           WHERE v.merchant_id = $1 AND v.kind = 'order' AND v.row_id = o.id AND g.undone_at IS NOT NULL AND g.into_customer_id = m.customer_id))
       OR e.kind = 'earn' AND e.cause LIKE 'order:%' AND split_part(e.cause, '/', 1) <> split_part('order:' || o.source || ':' || o.external_id, '/', 1))
