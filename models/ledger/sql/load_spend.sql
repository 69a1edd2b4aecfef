-- What did they spend, as far back as the tiers' windows reach? $3 months back from the first day that will be judged, the
-- earlier of $4 and the day after the last settlement; $5: back to 1 January as well. A month inside every window comes
-- as one sum; months in which a window begins (up to the day $6) or ends come day by day.
SELECT m.id, x.day - date '1970-01-01', x.amount::bigint
FROM memberships m
CROSS JOIN LATERAL (
    SELECT date_trunc('month', f.day)::date AS ends,
           date_trunc('month', f.day - make_interval(months => $3))::date AS begins,
           CASE WHEN $3 > 0 THEN (date_trunc('month', $6::timestamp - make_interval(months => $3)) + interval '1 month')::date
                ELSE date_trunc('year', f.day)::date END AS begun,
           least(date_trunc('month', f.day - make_interval(months => $3)), CASE WHEN $5 THEN date_trunc('year', f.day) END)::date AS first
    FROM (SELECT least($4::date, m.settled_to + 1)::timestamp AS day) f) w
CROSS JOIN LATERAL (
    SELECT c.month AS day, c.gross - c.returned AS amount
    FROM customer_months c
    WHERE c.merchant_id = m.merchant_id AND c.customer_id = m.customer_id AND c.month < w.ends
      AND (c.month >= w.begun OR c.month >= w.first AND c.month < w.begins)
    UNION ALL
    SELECT o.business_date, sum(o.basis - o.spend_returned)
    FROM orders o
    WHERE o.merchant_id = m.merchant_id AND o.customer_id = m.customer_id AND o.withdrawn_at IS NULL
      AND (o.business_date >= w.ends OR $3 > 0 AND o.business_date >= w.begins AND o.business_date < least(w.begun, w.ends))
    GROUP BY o.business_date) x
WHERE m.merchant_id = $1 AND {who} AND x.amount <> 0
ORDER BY m.id, x.day
