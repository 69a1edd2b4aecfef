-- Which customers are meant by these ids, numbers of shops, phones and e-mails? Who was merged means the one who goes on.
-- Their rows are locked in the order of the ids, and the ids noted for the statements that follow in the transaction.
WITH meant AS MATERIALIZED (
    SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) AS heir FROM customers x WHERE x.merchant_id = $1 AND x.id = ANY ($2::bigint[])
    UNION ALL SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) FROM customers x WHERE x.merchant_id = $1 AND x.external_id = ANY ($3::text[])
    UNION ALL SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) FROM customers x WHERE x.merchant_id = $1 AND x.phone = ANY ($4::text[])
    UNION ALL SELECT x.id, x.external_id, x.phone, x.email, coalesce(x.merged_into, x.id) FROM customers x WHERE x.merchant_id = $1 AND x.email = ANY ($5::text[])),
people AS MATERIALIZED (
    SELECT c.id, c.merged_into FROM customers c
    WHERE c.merchant_id = $1 AND c.id = ANY (ARRAY(SELECT heir FROM meant))
    ORDER BY c.id {lock})
SELECT coalesce(array_agg(p.id), '{}'), coalesce(array_agg(m.id), '{}'), coalesce(array_agg(coalesce(m.external_id, '')), '{}'),
       coalesce(array_agg(coalesce(m.phone, '')), '{}'), coalesce(array_agg(coalesce(m.email, '')), '{}'),
       coalesce(bool_or(p.merged_into IS NOT NULL), false), -- while we waited for the lock
       set_config('dangol.people', coalesce(string_agg(p.id::text, ','), ''), true)
FROM people p JOIN meant m ON m.heir = p.id
