-- How many points of the units $3 did rules give them, by the day of what earned them, in the zone $6? From the first day
-- that will be judged, the earlier of $5 and the day after the last settlement, $4 months back; $4 null: ever. What is
-- pending does not count until it is activated; what a tier gave never does. Who was merged into a member is the same person:
-- what a refund takes of what they had earned names the order alone.
SELECT m.id, a.unit, x.day - date '1970-01-01', sum(x.points)::bigint
FROM {who} m
CROSS JOIN LATERAL (SELECT m.id UNION ALL SELECT f.id FROM memberships f WHERE f.merchant_id = m.merchant_id AND f.merged_into = m.id) one
CROSS JOIN LATERAL (SELECT * FROM accounts b WHERE b.merchant_id = $1 AND b.membership_id BETWEEN one.id AND one.id AND b.unit = ANY ($3) ORDER BY b.membership_id OFFSET 0) a
CROSS JOIN LATERAL (SELECT date_trunc('month', least($5::date, m.settled_to + 1) - make_interval(months => $4::int)) AS begins) w
CROSS JOIN LATERAL (
    SELECT (CASE e.kind WHEN 'earn' THEN e.occurred_at WHEN 'clawback' THEN coalesce(o.occurred_at, b.placed_at) ELSE l.earned_at END AT TIME ZONE $6)::date AS day,
           CASE WHEN e.bucket = 'available' THEN e.points ELSE -e.points END AS points
    FROM entries e
    LEFT JOIN entries o ON e.kind = 'clawback' AND o.merchant_id = e.merchant_id AND o.account_id = e.account_id AND o.seq = e.reverses_seq
    LEFT JOIN orders b ON e.kind = 'clawback' AND e.reverses_seq IS NULL AND b.merchant_id = e.merchant_id AND b.id = e.order_id
    LEFT JOIN lot_uses u ON e.kind = 'activate' AND u.merchant_id = e.merchant_id AND u.account_id = e.account_id AND u.entry_seq = e.seq
    LEFT JOIN lots l ON l.merchant_id = u.merchant_id AND l.account_id = u.account_id AND l.seq = u.lot_seq
    WHERE e.merchant_id = m.merchant_id AND e.account_id = a.id
      AND (e.kind IN ('earn', 'clawback') AND e.bucket IN ('available', 'deficit') OR e.kind = 'activate' AND e.bucket = 'pending')
      AND (e.kind <> 'clawback' OR o.kind = 'earn' OR b.id IS NOT NULL) AND e.cause NOT LIKE 'tier:%'
      AND ($4::int IS NULL OR e.at >= w.begins AT TIME ZONE $6)) x
GROUP BY m.id, a.unit, x.day
HAVING sum(x.points) <> 0
ORDER BY m.id, a.unit, x.day
