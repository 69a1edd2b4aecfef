-- Whoever means the duplicate means the other from now on, and so with those who were merged into it before.
WITH ended AS (UPDATE customers SET merged_into = $4 WHERE merchant_id = $1 AND id = $3),
followed AS (UPDATE customers SET merged_into = $4 WHERE merchant_id = $1 AND merged_into = $3 RETURNING id)
INSERT INTO merge_moves (merchant_id, merge_id, kind, row_id) SELECT $1, $2, 'customer', id FROM followed
