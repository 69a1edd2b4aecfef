-- What did they buy, as far back as the tiers' windows reach? From the first day that will be judged, the earlier of $4 and
-- the day after the last settlement, $3 months back and to the first of that month. A month inside every window comes as
-- one sum; months in which a window begins or ends (edges; $5 is today) come day by day.
SELECT m.id, x.day - date '1970-01-01', x.store, x.amount::bigint, x.orders::bigint, x.visits::bigint, x.made::bigint
FROM {who} m
CROSS JOIN LATERAL (
    SELECT f.day, date_trunc('month', f.day)::date AS ends, least(date_trunc('month', f.day - make_interval(months => $3)), {ever})::date AS begins
    FROM (SELECT least($4::date, m.settled_to + 1)::timestamp AS day) f) w
CROSS JOIN LATERAL (
    SELECT c.month AS day, '' AS store, c.gross - c.returned AS amount, c.orders, c.visits, 0 AS made
    FROM customer_months c
    WHERE c.merchant_id = m.merchant_id AND c.customer_id = m.customer_id AND c.month < w.ends AND c.month >= w.begins AND $5::date IS NOT NULL
      AND NOT ({edge c.month})
    UNION ALL
    SELECT o.business_date, {store}, sum(o.basis - o.spend_returned),
           count(*) FILTER (WHERE NOT (o.total > o.shipping AND o.refunded >= o.total - o.shipping)), 1, count(*)
    FROM orders o{stores}
    WHERE o.merchant_id = m.merchant_id AND o.customer_id = m.customer_id AND o.withdrawn_at IS NULL
      AND o.business_date >= w.begins AND (o.business_date >= w.ends OR {edge o.business_date})
    GROUP BY 1, 2) x
WHERE ({rows})
ORDER BY m.id, x.day
