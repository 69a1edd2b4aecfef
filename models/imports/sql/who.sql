-- Whom do the rows name, what is told of them first, and does the shop know them? A phone or an e-mail address finds nobody
-- who has another number of the shop's own; who was merged means the one who goes on; of several numbers with one phone the first gets it.
CREATE TEMPORARY TABLE import_who ON COMMIT DROP AS
WITH told AS (
    SELECT who, min(line) AS line, min(ext) AS ext,
           (array_agg(phone ORDER BY line) FILTER (WHERE phone IS NOT NULL))[1] AS phone,
           (array_agg(email ORDER BY line) FILTER (WHERE email IS NOT NULL))[1] AS email,
           (array_agg(name  ORDER BY line) FILTER (WHERE name IS NOT NULL))[1] AS name,
           (array_agg(birth ORDER BY line) FILTER (WHERE birth IS NOT NULL))[1] AS birth
    FROM import_stage WHERE code IS NULL GROUP BY who),
turns AS (
    SELECT *, row_number() OVER (PARTITION BY phone, ext IS NULL ORDER BY line) AS phone_turn,
           row_number() OVER (PARTITION BY email, ext IS NULL ORDER BY line) AS email_turn
    FROM told)
SELECT t.who, t.line, t.ext, t.phone, t.email, t.name, t.birth, coalesce(e.merged_into, e.id, p.merged_into, p.id, m.merged_into, m.id) AS customer_id,
       coalesce(coalesce(e.merged_into, e.id, p.merged_into, p.id, m.merged_into, m.id)::text, t.who) AS same
FROM turns t
LEFT JOIN customers e ON e.merchant_id = $1 AND e.external_id = t.ext
LEFT JOIN customers p ON p.merchant_id = $1 AND p.phone = t.phone AND (t.ext IS NULL OR p.external_id IS NULL AND t.phone_turn = 1)
LEFT JOIN customers m ON m.merchant_id = $1 AND m.email = t.email AND (t.ext IS NULL OR m.external_id IS NULL AND t.email_turn = 1)
