-- How many points have the rules $4 of the versions $5 given before $6, less what was taken back of them, and how much of that
-- stands on lines of the partners $3? In the order of the lists. What is taken back counts for the rule that had given it; of
-- what a customer had earned who was merged since, the entry itself names rule and version.
WITH moved AS (
    SELECT coalesce(o.rule, e.rule) AS rule, coalesce(o.version, e.version) AS version, sum(CASE WHEN e.bucket = 'deficit' THEN -e.points ELSE e.points END)::bigint AS points
    FROM entries e
    LEFT JOIN entries o ON o.merchant_id = e.merchant_id AND o.account_id = e.account_id AND o.seq = CASE WHEN e.kind = 'earn' THEN e.seq ELSE e.reverses_seq END
    JOIN accounts a ON a.merchant_id = e.merchant_id AND a.id = e.account_id
    JOIN memberships m ON m.merchant_id = a.merchant_id AND m.id = a.membership_id AND m.program_id = $2
    WHERE e.merchant_id = $1 AND e.kind IN ('earn', 'clawback', 'cancel_hold') AND (o.kind = 'earn' AND o.rule = ANY ($4) OR e.reverses_seq IS NULL AND e.kind <> 'earn' AND e.rule = ANY ($4)) AND e.at < $6
    GROUP BY 1, 2)
SELECT coalesce(m.points, 0), coalesce(s.points_to_date, 0), coalesce(s.funded_to_date, 0)
FROM unnest($3::text[], $4::text[], $5::int[]) WITH ORDINALITY AS n (partner, rule, version, place)
LEFT JOIN moved m ON m.rule = n.rule AND m.version = n.version
LEFT JOIN LATERAL (
    SELECT points_to_date, funded_to_date FROM settlement_lines l
    WHERE l.merchant_id = $1 AND l.program_id = $2 AND l.partner = n.partner AND l.rule = n.rule AND l.version = n.version
    ORDER BY l.month DESC LIMIT 1) s ON true
ORDER BY n.place
