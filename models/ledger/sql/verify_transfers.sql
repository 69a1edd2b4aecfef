-- Which transfers took or gave another sum than they say, and which entries transfer without a transfer?
WITH moved AS (
    SELECT account_id, split_part(cause, '/lot-', 1) AS cause, sum(CASE WHEN bucket = 'deficit' THEN -points ELSE points END) AS points
    FROM entries WHERE merchant_id = $1 AND kind = 'transfer' GROUP BY 1, 2),
told AS (
    SELECT id, from_account_id AS account_id, 'transfer:' || source || ':' || external_id AS cause, -points AS points FROM transfers WHERE merchant_id = $1
    UNION ALL
    SELECT id, to_account_id, 'transfer:' || source || ':' || external_id, points FROM transfers WHERE merchant_id = $1)
SELECT coalesce('transfer ' || t.id, 'account ' || m.account_id || ', ' || m.cause),
       'account ' || coalesce(t.account_id, m.account_id) || ': told ' || coalesce(t.points::text, 'nothing') || ', entries ' || coalesce(m.points::text, 'nothing')
FROM told t FULL JOIN moved m ON m.account_id = t.account_id AND m.cause = t.cause
WHERE t.points IS DISTINCT FROM m.points
