-- Which months of which customers are not the sums of their orders?
SELECT 'customer ' || customer_id || ', ' || month, 'stored ' || coalesce(m.numbers::text, 'nothing') || ', orders ' || coalesce(o.numbers::text, 'nothing')
FROM (SELECT o.customer_id, (o.business_date - extract(day FROM o.business_date)::int + 1) AS month,
             (count(*) FILTER (WHERE NOT (o.total > o.shipping AND o.refunded >= o.total - o.shipping)),
              count(DISTINCT (o.business_date, coalesce(o.store_id, 0))), sum(o.basis), sum(o.spend_returned)) AS numbers
      FROM orders o WHERE o.merchant_id = $1 AND o.customer_id IS NOT NULL AND o.withdrawn_at IS NULL GROUP BY 1, 2) o
FULL JOIN (SELECT customer_id, month, (orders::bigint, visits::bigint, gross::numeric, returned::numeric) AS numbers
           FROM customer_months WHERE merchant_id = $1) m USING (customer_id, month)
WHERE m.numbers IS DISTINCT FROM o.numbers
