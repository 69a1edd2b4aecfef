-- What have these customers bought in all, and when first and last?
INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, returned, first_on, last_on)
SELECT $1, m.customer_id, sum(m.orders), sum(m.visits), sum(m.gross), sum(m.returned),
       (SELECT min(o.business_date) FROM orders o WHERE o.merchant_id = $1 AND o.customer_id = m.customer_id AND o.withdrawn_at IS NULL),
       (SELECT max(o.business_date) FROM orders o WHERE o.merchant_id = $1 AND o.customer_id = m.customer_id AND o.withdrawn_at IS NULL)
FROM customer_months m
WHERE m.merchant_id = $1 AND m.customer_id = ANY ($2)
GROUP BY m.customer_id
