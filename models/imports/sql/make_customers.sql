-- Make the customers whom the shop does not know.
INSERT INTO customers (merchant_id, id, name, phone, email, external_id, birth_calendar, birth_year, birth_month, birth_day, birth_set_at,
                       source, created_at, updated_at)
OVERRIDING SYSTEM VALUE
SELECT $1, n.id, n.name, n.phone, n.email, n.ext, n.calendar, n.year, n.month, n.day, CASE WHEN n.month IS NOT NULL THEN $2::timestamptz END,
       $12, $2, $2
FROM unnest($3::bigint[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::int[], $10::int[], $11::int[])
     AS n (id, name, phone, email, ext, calendar, year, month, day)
RETURNING id, name, phone, email, external_id
