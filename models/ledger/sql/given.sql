-- What did these events give these members, by pairs of the two? An award that filled a deficit came as two entries.
SELECT n.place, a.unit, e.rule, e.version, min(e.seq), sum(CASE e.bucket WHEN 'deficit' THEN -e.points ELSE e.points END)::bigint
FROM unnest($2::bigint[], $3::text[]) WITH ORDINALITY AS n (membership_id, cause, place)
JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = n.membership_id
JOIN entries e ON e.merchant_id = a.merchant_id AND e.account_id = a.id AND e.kind = 'earn' AND e.cause = n.cause || '/' || e.rule
GROUP BY n.place, a.unit, e.rule, e.version
ORDER BY n.place, min(e.seq)
