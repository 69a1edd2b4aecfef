-- Which coupons did these members get? A member has one of a kind for a cause.
INSERT INTO coupons (merchant_id, program_id, membership_id, kind, code, cause, version, amount, percent, most, minimum, valid_from, valid_until, issued_at, from_order_id)
SELECT $1, c.program_id, c.membership_id, c.kind, c.code, c.cause, c.version, c.amount, c.percent, c.most, c.minimum,
       date '1970-01-01' + c.valid_from, date '1970-01-01' + c.valid_until, c.at, nullif(c.order_id, 0)
FROM unnest($2::bigint[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::int[], $10::bigint[], $11::bigint[],
            $12::int[], $13::int[], $14::timestamptz[], $15::bigint[])
     AS c (program_id, membership_id, kind, code, cause, version, amount, percent, most, minimum, valid_from, valid_until, at, order_id)
ON CONFLICT ON CONSTRAINT coupons_cause_key DO NOTHING
