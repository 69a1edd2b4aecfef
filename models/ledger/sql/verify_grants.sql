-- Which grants gave another sum than their entries, and which entries give by hand without a grant?
SELECT coalesce('grant ' || g.id, 'account ' || e.account_id || ', ' || e.cause),
       'granted ' || coalesce(g.points::text, 'nothing') || ', entries ' || coalesce(e.points::text, 'nothing')
FROM (SELECT g.id, g.points, a.id AS account_id, 'grant:' || g.id || '/' || g.reason AS cause FROM grants g
      LEFT JOIN accounts a ON a.merchant_id = g.merchant_id AND a.membership_id = g.membership_id AND a.unit = g.unit
      WHERE g.merchant_id = $1) g
FULL JOIN (SELECT account_id, cause, sum(CASE WHEN bucket = 'deficit' THEN -points ELSE points END) AS points
           FROM entries WHERE merchant_id = $1 AND kind = 'adjust' AND cause LIKE 'grant:%' GROUP BY 1, 2) e
ON e.account_id = g.account_id AND e.cause = g.cause
WHERE g.points IS DISTINCT FROM e.points
