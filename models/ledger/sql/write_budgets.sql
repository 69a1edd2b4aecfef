-- How far are the counters now of the limits that all members share?
INSERT INTO limit_uses (merchant_id, rule, scope, subject, period, used)
SELECT $1, u.rule, 'shop', 0, u.period, u.used
FROM unnest($2::text[], $3::text[], $4::bigint[]) AS u (rule, period, used)
ON CONFLICT (merchant_id, rule, scope, subject, period) DO UPDATE SET used = excluded.used
