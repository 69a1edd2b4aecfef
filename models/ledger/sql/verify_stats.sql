-- Whose numbers over life are not the sums of the months, or not between the first and the last order?
SELECT 'customer ' || customer_id, 'stored ' || coalesce(s.numbers::text, 'nothing') || ', months ' || coalesce(m.numbers::text, 'nothing')
FROM (SELECT m.customer_id, (sum(m.orders), sum(m.visits), sum(m.gross), sum(m.returned), o.first_on, o.last_on) AS numbers
      FROM customer_months m
      LEFT JOIN (SELECT customer_id, min(business_date) AS first_on, max(business_date) AS last_on FROM orders
                 WHERE merchant_id = $1 AND withdrawn_at IS NULL GROUP BY 1) o USING (customer_id)
      WHERE m.merchant_id = $1 GROUP BY m.customer_id, o.first_on, o.last_on) m
FULL JOIN (SELECT customer_id, (orders::bigint, visits::bigint, gross::numeric, returned::numeric, first_on, last_on) AS numbers
           FROM customer_stats WHERE merchant_id = $1) s USING (customer_id)
WHERE s.numbers IS DISTINCT FROM m.numbers
