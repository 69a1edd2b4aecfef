-- Which customers are meant by these ids, numbers of shops, phones and e-mails? Their rows are locked in the order of the
-- ids, and the ids noted for the statements that follow in the transaction.
WITH people AS MATERIALIZED (
    SELECT c.id, c.external_id, c.phone, c.email FROM customers c
    WHERE c.merchant_id = $1 AND c.id = ANY (ARRAY(
        SELECT unnest($2::bigint[])
        UNION ALL SELECT x.id FROM customers x WHERE x.merchant_id = $1 AND x.external_id = ANY ($3::text[])
        UNION ALL SELECT x.id FROM customers x WHERE x.merchant_id = $1 AND x.phone = ANY ($4::text[])
        UNION ALL SELECT x.id FROM customers x WHERE x.merchant_id = $1 AND x.email = ANY ($5::text[])))
    ORDER BY c.id {lock})
SELECT coalesce(array_agg(p.id), '{}'), coalesce(array_agg(coalesce(p.external_id, '')), '{}'), coalesce(array_agg(coalesce(p.phone, '')), '{}'),
       coalesce(array_agg(coalesce(p.email, '')), '{}'), set_config('dangol.people', coalesce(string_agg(p.id::text, ','), ''), true)
FROM people p
