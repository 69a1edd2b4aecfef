-- What are their custom numbers?
SELECT DISTINCT ON (m.id, n.code) m.id, n.code, n.value
FROM memberships m JOIN customer_numbers n ON n.merchant_id = m.merchant_id AND n.customer_id = m.customer_id
WHERE m.merchant_id = $1 AND {who}
ORDER BY m.id, n.code, n.id DESC
