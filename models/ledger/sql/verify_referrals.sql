-- Which referrals that counted are without their events or their awards, and which events and entries of referrals belong to none that counted, or to somebody else?
WITH sides AS (
    SELECT r.id, r.state, k.kind, k.customer_id, k.membership_id
    FROM referrals r
    JOIN memberships m ON m.merchant_id = r.merchant_id AND m.id = r.membership_id
    LEFT JOIN memberships f ON f.merchant_id = r.merchant_id AND f.program_id = r.program_id AND f.customer_id = r.friend_id
    CROSS JOIN LATERAL (VALUES ('referral', m.customer_id, m.id), ('referred', r.friend_id, f.id)) k (kind, customer_id, membership_id)
    WHERE r.merchant_id = $1 AND r.state IN ('rewarded', 'reversed')),
told AS (SELECT external_id, kind, customer_id FROM happenings WHERE merchant_id = $1 AND source = '@referrals'),
moved AS (
    SELECT e.account_id, a.membership_id, e.cause, e.kind, split_part(e.cause, ':', 3) AS referral, split_part(split_part(e.cause, ':', 4), '/', 1) AS side
    FROM entries e JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
    WHERE e.merchant_id = $1 AND (e.cause LIKE 'event:@referrals:%' OR e.cause LIKE 'unevent:@referrals:%'))
SELECT coalesce('referral ' || s.id || ', ' || s.kind, 'event ' || t.external_id), 'counted for customer ' || coalesce(s.customer_id::text, 'nobody') || ', told of ' || coalesce(t.customer_id::text, 'nobody')
FROM sides s FULL JOIN told t ON t.external_id = s.id || ':' || s.kind AND t.kind = s.kind
WHERE s.customer_id IS DISTINCT FROM t.customer_id
UNION ALL
SELECT 'referral ' || r.id, r.awards || ' awards, in the ledger ' || coalesce(e.awards, 0)
FROM referrals r LEFT JOIN (SELECT referral, count(*) AS awards FROM (
        SELECT DISTINCT referral, account_id, cause FROM moved WHERE kind = 'earn'
        UNION ALL SELECT split_part(cause, ':', 3), id, cause FROM coupons WHERE merchant_id = $1 AND cause LIKE 'event:@referrals:%') a GROUP BY 1) e ON e.referral = r.id::text
WHERE r.merchant_id = $1 AND coalesce(e.awards, 0) <> r.awards
UNION ALL
SELECT 'account ' || e.account_id || ', ' || e.cause, 'is of no referral of this member that ' || CASE e.kind WHEN 'earn' THEN 'counted' ELSE 'was reversed' END
FROM moved e LEFT JOIN sides s ON s.id::text = e.referral AND s.kind = e.side AND s.membership_id = e.membership_id
    AND (e.kind = 'earn') = (e.cause LIKE 'event:%') AND (e.kind = 'earn' OR s.state = 'reversed')
WHERE s.id IS NULL
