-- Where did another sum go into one account than came out of the other, in a merge, its undoing or what was given back since?
-- Who was merged and has points, is not merged by any merge, or not into somebody who goes on?
WITH moved AS (
    SELECT e.account_id, regexp_replace(e.cause, '/(lot-[0-9]+|owed)$', '') AS cause, sum(CASE WHEN e.bucket = 'deficit' THEN -e.points ELSE e.points END) AS points
    FROM entries e WHERE e.merchant_id = $1 AND e.kind = 'merge' GROUP BY 1, 2),
told AS (
    SELECT g.id, x.from_account_id AS account_id, 'merge:' || g.source || ':' || g.external_id AS cause, -x.points AS points
    FROM merges g JOIN merge_accounts x ON x.merchant_id = g.merchant_id AND x.merge_id = g.id WHERE g.merchant_id = $1
    UNION ALL
    SELECT g.id, x.into_account_id, 'merge:' || g.source || ':' || g.external_id, x.points
    FROM merges g JOIN merge_accounts x ON x.merchant_id = g.merchant_id AND x.merge_id = g.id WHERE g.merchant_id = $1
    UNION ALL
    SELECT g.id, x.from_account_id, 'unmerge:' || g.source || ':' || g.external_id, x.points
    FROM merges g JOIN merge_accounts x ON x.merchant_id = g.merchant_id AND x.merge_id = g.id WHERE g.merchant_id = $1 AND g.undone_at IS NOT NULL
    UNION ALL
    SELECT g.id, x.into_account_id, 'unmerge:' || g.source || ':' || g.external_id, -x.points
    FROM merges g JOIN merge_accounts x ON x.merchant_id = g.merchant_id AND x.merge_id = g.id WHERE g.merchant_id = $1 AND g.undone_at IS NOT NULL)
SELECT coalesce('merge ' || t.id, 'account ' || m.account_id || ', ' || m.cause),
       'account ' || coalesce(t.account_id, m.account_id) || ': told ' || coalesce(t.points::text, 'nothing') || ', entries ' || coalesce(m.points::text, 'nothing')
FROM told t FULL JOIN moved m ON m.account_id = t.account_id AND m.cause = t.cause
WHERE coalesce(t.points, 0) <> coalesce(m.points, 0) AND (t.id IS NOT NULL OR m.cause LIKE 'merge:%' OR m.cause LIKE 'unmerge:%')
UNION ALL
SELECT m.cause, 'what came out of one member and went into another differs by ' || sum(m.points)
FROM moved m JOIN accounts a ON a.merchant_id = $1 AND a.id = m.account_id
GROUP BY m.cause, a.unit HAVING sum(m.points) <> 0
UNION ALL
SELECT 'account ' || a.id, 'its member was merged and has points: ' || a.pending || ' pending, ' || a.available || ' available, ' || a.reserved || ' set aside, ' || a.deficit || ' owed'
FROM accounts a JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id AND m.merged_into IS NOT NULL
WHERE a.merchant_id = $1 AND (a.pending <> 0 OR a.available <> 0 OR a.reserved <> 0 OR a.deficit <> 0)
UNION ALL
SELECT 'customer ' || coalesce(c.id, g.from_customer_id), 'merged into ' || coalesce(c.merged_into::text, 'nobody') || ', by its merge into ' || coalesce(g.into_customer_id::text, 'nobody')
       || CASE WHEN i.merged_into IS NOT NULL THEN ', who was merged too' ELSE '' END
FROM (SELECT * FROM customers WHERE merchant_id = $1 AND merged_into IS NOT NULL) c
FULL JOIN (SELECT * FROM merges WHERE merchant_id = $1 AND undone_at IS NULL) g ON g.from_customer_id = c.id
LEFT JOIN customers i ON i.merchant_id = $1 AND i.id = c.merged_into
LEFT JOIN customers n ON n.merchant_id = $1 AND n.id = g.into_customer_id
WHERE c.id IS NULL OR g.id IS NULL OR i.id IS NULL OR i.merged_into IS NOT NULL OR c.merged_into <> coalesce(n.merged_into, n.id)
UNION ALL
SELECT 'membership ' || m.id, 'merged into membership ' || m.merged_into || ', its customer into ' || coalesce(c.merged_into::text, 'nobody')
FROM memberships m
JOIN customers c ON c.merchant_id = m.merchant_id AND c.id = m.customer_id
LEFT JOIN memberships h ON h.merchant_id = m.merchant_id AND h.id = m.merged_into
WHERE m.merchant_id = $1 AND m.merged_into IS NOT NULL AND (h.customer_id IS DISTINCT FROM c.merged_into OR h.program_id <> m.program_id)
