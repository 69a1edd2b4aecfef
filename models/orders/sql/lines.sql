-- What was on the receipts?
INSERT INTO order_lines (merchant_id, order_id, line, sku, name, category, quantity, amount, tax, labels)
SELECT $1, l.order_id, l.line, l.sku, l.name, l.category, l.quantity, l.amount, l.tax, string_to_array(l.labels, E'\n')
FROM unnest($2::bigint[], $3::int[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::bigint[], $10::text[])
    AS l (order_id, line, sku, name, category, quantity, amount, tax, labels)
