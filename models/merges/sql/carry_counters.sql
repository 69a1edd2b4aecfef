-- How much of the limits has the duplicate used, beside what the other has? Both are one person's. The counter of a tier's
-- welcome is the first day of its period: the later one counts.
WITH more AS (
    SELECT p.from_id, p.into_id, u.rule, u.period,
           CASE WHEN u.rule LIKE '%/tier:%' THEN greatest(u.used - coalesce(o.used, 0), 0) ELSE u.used END AS used
    FROM unnest($3::bigint[], $4::bigint[]) AS p (from_id, into_id)
    JOIN limit_uses u ON u.merchant_id = $1 AND u.scope = 'member' AND u.subject = p.from_id
    LEFT JOIN limit_uses o ON o.merchant_id = $1 AND o.scope = 'member' AND o.subject = p.into_id AND o.rule = u.rule AND o.period = u.period),
noted AS (
    INSERT INTO merge_counters (merchant_id, merge_id, membership_id, rule, period, used)
    SELECT $1, $2, from_id, rule, period, used FROM more WHERE used > 0)
INSERT INTO limit_uses AS l (merchant_id, rule, scope, subject, period, used)
SELECT $1, rule, 'member', into_id, period, used FROM more WHERE used > 0
ON CONFLICT (merchant_id, rule, scope, subject, period) DO UPDATE SET used = l.used + excluded.used
