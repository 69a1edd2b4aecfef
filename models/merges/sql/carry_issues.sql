-- Which gifts of occasions has the duplicate had? The other has had them too.
INSERT INTO occasion_issues (merchant_id, membership_id, occasion, period, falls_on, merge_id)
SELECT $1, p.into_id, i.occasion, i.period, i.falls_on, $2
FROM unnest($3::bigint[], $4::bigint[]) AS p (from_id, into_id)
JOIN occasion_issues i ON i.merchant_id = $1 AND i.membership_id = p.from_id
ON CONFLICT DO NOTHING
