-- How much of the rules' limits have they used, from the day $4 on? Rules are "<programme>/<rule>". One by one (OFFSET 0):
-- the planner would rather read every counter of the shop.
SELECT m.id, split_part(r.rule, '/', 2), u.period, u.used
FROM {ids} m
CROSS JOIN unnest($3::text[]) AS r (rule)
CROSS JOIN LATERAL (
    SELECT c.period, c.used FROM limit_uses c
    WHERE c.merchant_id = $1 AND c.rule = r.rule AND c.scope = 'member' AND c.subject = m.id OFFSET 0) u
WHERE {since}
