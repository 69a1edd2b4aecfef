-- Which tiers were reached, kept or lost?
INSERT INTO tier_changes (merchant_id, membership_id, seq, cause, reason, from_code, to_code, amount, window_from, window_to, valid_until, at, recorded_at, digest, readings)
SELECT $1, t.membership_id, t.seq, t.cause, t.reason, nullif(t.from_code, ''), t.to_code, t.amount, date '1970-01-01' + nullif(t.window_from, 0),
       date '1970-01-01' + nullif(t.window_to, 0), date '1970-01-01' + nullif(t.valid_until, 0), t.at, $2, t.digest, t.readings
FROM unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::text[], $8::text[], $9::bigint[], $10::int[], $11::int[], $12::int[], $13::timestamptz[], $14::bytea[], $15::text[])
     AS t (membership_id, seq, cause, reason, from_code, to_code, amount, window_from, window_to, valid_until, at, digest, readings)
