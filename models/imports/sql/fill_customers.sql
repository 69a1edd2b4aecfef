-- Give customers the details that the shop did not have of them; what it has stays.
UPDATE customers c SET
    name = CASE WHEN c.name = '' THEN n.name ELSE c.name END,
    phone = coalesce(c.phone, n.phone), email = coalesce(c.email, n.email), external_id = coalesce(c.external_id, n.ext),
    birth_calendar = CASE WHEN c.birth_month IS NULL THEN n.calendar ELSE c.birth_calendar END,
    birth_year = CASE WHEN c.birth_month IS NULL THEN n.year ELSE c.birth_year END,
    birth_day = CASE WHEN c.birth_month IS NULL THEN n.day ELSE c.birth_day END,
    birth_set_at = CASE WHEN c.birth_month IS NULL AND n.month IS NOT NULL THEN $2 ELSE c.birth_set_at END,
    birth_month = coalesce(c.birth_month, n.month),
    version = c.version + 1, updated_at = $2
FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::int[], $11::int[])
     AS n (id, name, phone, email, ext, calendar, year, month, day)
WHERE c.merchant_id = $1 AND c.id = n.id
RETURNING c.id, c.name, c.phone, c.email, c.external_id
