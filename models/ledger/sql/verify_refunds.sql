-- Which orders have another sum refunded than their refunds, or another share of it in the qualifying money?
SELECT 'order ' || o.id, 'refunded ' || o.refunded || ' of which ' || o.spend_returned || ' qualified, its refunds are ' || coalesce(r.amount, 0)
FROM orders o
LEFT JOIN (SELECT order_id, sum(amount) AS amount FROM refunds WHERE merchant_id = $1 AND state = 'applied' GROUP BY order_id) r ON r.order_id = o.id
WHERE o.merchant_id = $1 AND (o.refunded <> 0 OR o.spend_returned <> 0 OR r.amount IS NOT NULL)
  AND (o.refunded <> coalesce(r.amount, 0)
       OR o.spend_returned <> CASE WHEN o.refunded >= o.total - o.shipping THEN o.basis
                                   ELSE div(o.basis::numeric * o.refunded, nullif(o.total - o.shipping, 0)) END)
