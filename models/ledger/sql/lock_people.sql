-- Which customers are meant by these ids, numbers of shops, phones and e-mails? Who was merged means the one who goes on.
-- Their rows are locked in the order of the ids, and the ids noted for the statements that follow in the transaction. Each is
-- looked for in an order that one index alone has: the planner might think any that begins with the shop as good.
WITH meant AS MATERIALIZED (
    SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) AS heir FROM unnest($2::bigint[]) AS k (key)
    CROSS JOIN LATERAL (SELECT * FROM customers c WHERE c.merchant_id = $1 AND c.id BETWEEN k.key AND k.key ORDER BY c.id LIMIT 1) x
    UNION ALL SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) FROM unnest($3::text[]) AS k (key)
    CROSS JOIN LATERAL (SELECT * FROM customers c WHERE c.merchant_id = $1 AND c.external_id BETWEEN k.key AND k.key ORDER BY c.external_id LIMIT 1) x
    UNION ALL SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) FROM unnest($4::text[]) AS k (key)
    CROSS JOIN LATERAL (SELECT * FROM customers c WHERE c.merchant_id = $1 AND c.phone BETWEEN k.key AND k.key ORDER BY c.phone LIMIT 1) x
    UNION ALL SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) FROM unnest($5::text[]) AS k (key)
    CROSS JOIN LATERAL (SELECT * FROM customers c WHERE c.merchant_id = $1 AND c.email BETWEEN k.key AND k.key ORDER BY c.email LIMIT 1) x),
people AS MATERIALIZED (
    SELECT x.id, x.merged_into FROM unnest(ARRAY(SELECT DISTINCT heir FROM meant ORDER BY heir)) AS k (id)
    CROSS JOIN LATERAL (SELECT c.id, c.merged_into FROM customers c WHERE c.merchant_id = $1 AND c.id BETWEEN k.id AND k.id ORDER BY c.id LIMIT 1 {lock}) x),
locked AS MATERIALIZED (
    SELECT coalesce(array_agg(id), '{}') AS ids, coalesce(bool_or(merged_into IS NOT NULL), false) AS moved, -- while we waited for the lock
           set_config('dangol.people', coalesce(string_agg(id::text, ','), ''), true) AS noted
    FROM people)
SELECT (SELECT ids FROM locked), coalesce(array_agg(heir), '{}'), coalesce(array_agg(id), '{}'), coalesce(array_agg(coalesce(external_id, '')), '{}'),
       coalesce(array_agg(coalesce(phone, '')), '{}'), coalesce(array_agg(coalesce(email, '')), '{}'), (SELECT moved FROM locked), (SELECT noted FROM locked)
FROM meant
