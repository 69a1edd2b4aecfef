-- Which rewards were taken by themselves?
INSERT INTO reward_claims (merchant_id, program_id, account_id, reward, source, external_id, cause, version, points, state, at, business_date, recorded_at, decided_at)
SELECT $1, c.program_id, c.account_id, c.reward, 'auto', c.cause, c.cause, c.version, c.points, c.state, c.at, date '1970-01-01' + c.day, $2,
       CASE WHEN c.state = 'redeemed' THEN c.at END
FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::int[], $8::bigint[], $9::timestamptz[], $10::int[], $11::text[])
     AS c (program_id, account_id, reward, cause, version, points, at, day, state)
