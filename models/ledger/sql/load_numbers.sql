-- What are their custom numbers?
SELECT DISTINCT ON (m.id, n.code) m.id, n.code, n.value
FROM {who} m
CROSS JOIN LATERAL (SELECT * FROM customer_numbers b WHERE b.merchant_id = $1 AND b.customer_id BETWEEN m.customer_id AND m.customer_id ORDER BY b.customer_id OFFSET 0) n
ORDER BY m.id, n.code, n.id DESC
