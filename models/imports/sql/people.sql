-- Who are the people of the file, in the order of their first lines, and what does it add to what the shop knows of them?
-- A phone or an e-mail address that somebody else has already, in the shop or earlier in the file, is left out.
CREATE TEMPORARY TABLE import_persons ON COMMIT DROP AS
WITH people AS (
    SELECT same, customer_id, min(line) AS line,
           (array_agg(ext ORDER BY line) FILTER (WHERE ext IS NOT NULL))[1] AS ext,
           (array_agg(phone ORDER BY line) FILTER (WHERE phone IS NOT NULL))[1] AS phone,
           (array_agg(email ORDER BY line) FILTER (WHERE email IS NOT NULL))[1] AS email,
           (array_agg(name ORDER BY line) FILTER (WHERE name IS NOT NULL))[1] AS name,
           (array_agg(birth ORDER BY line) FILTER (WHERE birth IS NOT NULL))[1] AS birth
    FROM import_who GROUP BY same, customer_id),
turns AS (
    SELECT p.*, row_number() OVER (ORDER BY line)::int AS person,
           row_number() OVER (PARTITION BY phone ORDER BY line) AS phone_turn,
           row_number() OVER (PARTITION BY email ORDER BY line) AS email_turn
    FROM people p)
SELECT t.person, t.same, t.customer_id,
       CASE WHEN c.id IS NULL OR c.name = '' THEN t.name END AS name,
       CASE WHEN c.phone IS NULL AND t.phone_turn = 1 AND hp.id IS NULL THEN t.phone END AS phone,
       CASE WHEN c.email IS NULL AND t.email_turn = 1 AND hm.id IS NULL THEN t.email END AS email,
       CASE WHEN c.external_id IS NULL AND he.id IS NULL THEN t.ext END AS ext,
       CASE WHEN c.birth_month IS NULL THEN t.birth END AS birth,
       (t.phone IS NOT NULL AND (t.phone_turn > 1 OR coalesce(hp.merged_into, hp.id) IS DISTINCT FROM t.customer_id AND hp.id IS NOT NULL))::int
     + (t.email IS NOT NULL AND (t.email_turn > 1 OR coalesce(hm.merged_into, hm.id) IS DISTINCT FROM t.customer_id AND hm.id IS NOT NULL))::int AS taken
FROM turns t
LEFT JOIN customers c ON c.merchant_id = $1 AND c.id = t.customer_id
LEFT JOIN customers hp ON hp.merchant_id = $1 AND hp.phone = t.phone
LEFT JOIN customers he ON he.merchant_id = $1 AND he.external_id = t.ext
LEFT JOIN customers hm ON hm.merchant_id = $1 AND hm.email = t.email
