-- Make customers members, each with an account in every unit. Who is a member already stays one.
WITH enrolled AS (
    INSERT INTO memberships (merchant_id, program_id, customer_id, code, enrolled_at, settled_to)
    SELECT $1, $2, n.customer_id, n.code, n.enrolled_at, date '1970-01-01' + n.settled_to
    FROM unnest($3::bigint[], $4::text[], $5::timestamptz[], $6::int[]) AS n (customer_id, code, enrolled_at, settled_to)
    ORDER BY n.customer_id
    ON CONFLICT ON CONSTRAINT memberships_customer_key DO NOTHING
    RETURNING id)
INSERT INTO accounts (merchant_id, membership_id, unit)
SELECT $1, e.id, u.unit FROM enrolled e CROSS JOIN unnest($7::text[]) WITH ORDINALITY AS u (unit, place)
ORDER BY e.id, u.place
