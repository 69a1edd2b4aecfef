-- How far are the counters of the rules' limits now?
INSERT INTO limit_uses (merchant_id, rule, scope, subject, period, used)
SELECT $1, u.rule, 'member', u.membership_id, u.period, u.used
FROM unnest($2::text[], $3::bigint[], $4::text[], $5::bigint[]) AS u (rule, membership_id, period, used)
ON CONFLICT (merchant_id, rule, scope, subject, period) DO UPDATE SET used = excluded.used
