-- Which orders of the duplicate are the other's now? The merge ($2) notes each.
WITH moved AS (UPDATE orders SET customer_id = $4 WHERE merchant_id = $1 AND customer_id = $3 RETURNING id)
INSERT INTO merge_moves (merchant_id, merge_id, kind, row_id) SELECT $1, $2, 'order', id FROM moved
