-- Which codes are given to a claim that does not stand, or twice, and which counters of rewards are not the claims that stand?
SELECT 'reward code ' || k.id, 'given to claim ' || k.claim_id || ', which is ' || coalesce(c.state, 'not there') || ' and has the code ' || coalesce(c.code, 'of nobody')
FROM reward_codes k LEFT JOIN reward_claims c ON c.merchant_id = k.merchant_id AND c.id = k.claim_id
WHERE k.merchant_id = $1 AND k.claim_id IS NOT NULL
  AND (c.id IS NULL OR c.state NOT IN ('reserved', 'issued', 'redeemed') OR c.code IS DISTINCT FROM k.code OR c.reward <> k.reward)
UNION ALL
SELECT 'claim ' || c.id, 'has the code ' || c.code || ', which is not given to it'
FROM reward_claims c
WHERE c.merchant_id = $1 AND c.code IS NOT NULL AND c.state IN ('reserved', 'issued', 'redeemed')
  AND NOT EXISTS (SELECT FROM reward_codes k WHERE k.merchant_id = c.merchant_id AND k.claim_id = c.id AND k.code = c.code)
UNION ALL
SELECT coalesce(u.rule, n.rule) || ', ' || coalesce(u.scope, n.scope) || ' ' || coalesce(u.subject, n.subject) || ', ' || coalesce(u.period, n.period),
       'counted ' || coalesce(u.used, 0) || ', claims ' || coalesce(n.n, 0)
FROM (SELECT * FROM limit_uses WHERE merchant_id = $1 AND rule LIKE '%/reward:%') u
FULL JOIN (
    SELECT p.code || '/reward:' || c.reward AS rule, q.scope, q.subject, q.period, count(*) AS n
    FROM reward_claims c
    JOIN programs p ON p.merchant_id = c.merchant_id AND p.id = c.program_id
    JOIN accounts a ON a.merchant_id = c.merchant_id AND a.id = c.account_id
    CROSS JOIN LATERAL ( -- whoever was merged with the member has claimed it too
        SELECT 'shop' AS scope, 0::bigint AS subject, c.stock_period AS period
        UNION ALL (
            WITH RECURSIVE one AS (
                SELECT a.membership_id AS id
                UNION
                SELECT x.into_membership_id FROM one JOIN merge_members x ON x.merchant_id = $1 AND x.from_membership_id = one.id
                JOIN merges g ON g.merchant_id = $1 AND g.id = x.merge_id AND g.undone_at IS NULL)
            SELECT 'member', id, c.member_period FROM one)) q
    WHERE c.merchant_id = $1 AND q.period IS NOT NULL AND c.state IN ('reserved', 'issued', 'redeemed') GROUP BY 1, 2, 3, 4) n
ON n.rule = u.rule AND n.scope = u.scope AND n.subject = u.subject AND n.period = u.period
WHERE coalesce(u.used, 0) <> coalesce(n.n, 0)
UNION ALL
SELECT 'claim ' || c.id, 'is ' || c.state || ' and its coupon ' || CASE WHEN k.id IS NULL THEN 'is not there' WHEN k.revoked_at IS NOT NULL THEN 'was taken back' ELSE 'is there' END
FROM reward_claims c
JOIN accounts a ON a.merchant_id = c.merchant_id AND a.id = c.account_id
LEFT JOIN coupons k ON k.merchant_id = c.merchant_id AND k.membership_id = a.membership_id AND k.cause = c.cause
WHERE c.merchant_id = $1 AND k.id IS NOT NULL AND (c.state = 'cancelled') <> (k.revoked_at IS NOT NULL) AND c.state IN ('cancelled', 'issued')
