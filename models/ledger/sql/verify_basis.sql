-- Which orders qualify with another amount than their goods without what points paid?
SELECT 'order ' || o.id, 'qualifies with ' || o.basis || ', its goods are ' || greatest(o.total - o.shipping - o.paid_with_points, 0)
FROM orders o
WHERE o.merchant_id = $1 AND o.basis <> greatest(o.total - o.shipping - o.paid_with_points, 0)
