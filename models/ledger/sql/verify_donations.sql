-- Which donations took another sum than they say, or of another programme's member, and which entries donate without a donation?
SELECT coalesce('donation ' || d.id, 'account ' || e.account_id || ', ' || e.cause),
       'donated ' || coalesce(d.points::text, 'nothing') || ', entries ' || coalesce(e.points::text, 'nothing')
FROM (SELECT d.*, 'donate:' || d.source || ':' || d.external_id || '/' || d.cause AS entry_cause, m.program_id AS of_program
      FROM donations d
      LEFT JOIN accounts a ON a.merchant_id = d.merchant_id AND a.id = d.account_id
      LEFT JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id
      WHERE d.merchant_id = $1) d
FULL JOIN (SELECT account_id, cause, -sum(points) AS points FROM entries
           WHERE merchant_id = $1 AND kind = 'donate' AND bucket = 'available' GROUP BY 1, 2) e
ON e.account_id = d.account_id AND e.cause = d.entry_cause
WHERE d.points IS DISTINCT FROM e.points OR d.program_id IS DISTINCT FROM d.of_program
