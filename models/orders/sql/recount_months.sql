-- What have these customers bought, month by month? The definition of the rollup: a wholly returned order counts as none,
-- though its visit was one; a withdrawn order never was.
INSERT INTO customer_months (merchant_id, customer_id, month, orders, visits, gross, returned)
SELECT $1, o.customer_id, (o.business_date - extract(day FROM o.business_date)::int + 1),
       count(*) FILTER (WHERE NOT (o.total > o.shipping AND o.refunded >= o.total - o.shipping)),
       count(DISTINCT (o.business_date, coalesce(o.store_id, 0))), sum(o.basis), sum(o.spend_returned)
FROM orders o
WHERE o.merchant_id = $1 AND o.customer_id = ANY ($2) AND o.withdrawn_at IS NULL
GROUP BY 2, 3
