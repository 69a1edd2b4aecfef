-- How much of the limits that all members share has been used, from the day $3 on? Rules are "<programme>/<rule>".
SELECT split_part(u.rule, '/', 1), split_part(u.rule, '/', 2), u.period, u.used
FROM limit_uses u
WHERE u.merchant_id = $1 AND u.rule = ANY ($2) AND u.scope = 'shop' AND u.subject = 0 AND {since}
