-- What was on the receipts?
INSERT INTO order_lines (merchant_id, order_id, line, sku, name, category, quantity, amount)
SELECT $1, l.order_id, l.line, l.sku, l.name, l.category, l.quantity, l.amount
FROM unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[]) AS l (order_id, line, sku, name, category, quantity, amount)
