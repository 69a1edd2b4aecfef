-- How much of the rules' limits have they used, from the day $4 on? Rules are "<programme>/<rule>".
SELECT u.subject, split_part(u.rule, '/', 2), u.period, u.used
FROM limit_uses u
WHERE u.merchant_id = $1 AND u.rule = ANY ($3) AND u.scope = 'member'
  AND u.subject = ANY (ARRAY(SELECT m.id FROM memberships m WHERE m.merchant_id = $1 AND {who}))
  AND {since}
