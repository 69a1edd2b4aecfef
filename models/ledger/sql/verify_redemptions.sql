-- Which redemptions are not what their entries say, and which entries redeem without a redemption?
SELECT coalesce('redemption ' || r.id, 'account ' || e.account_id || ', ' || e.cause),
       'redeemed ' || coalesce(r.points::text, 'nothing') || ' and given back ' || coalesce(r.restored::text, 'nothing')
       || ', entries ' || coalesce(e.points::text, 'nothing') || ' and ' || coalesce(e.restored::text, 'nothing')
FROM (SELECT * FROM redemptions WHERE merchant_id = $1) r
FULL JOIN (
    SELECT d.account_id, d.cause, -sum(d.points) AS points,
           coalesce((SELECT sum(CASE WHEN b.bucket = 'deficit' THEN -b.points ELSE b.points END) FROM entries b
                     WHERE b.merchant_id = $1 AND b.account_id = d.account_id AND b.kind = 'restore' AND b.reverses_seq = min(d.seq)), 0) AS restored
    FROM entries d WHERE d.merchant_id = $1 AND d.kind = 'redeem' AND d.bucket = 'available' GROUP BY d.account_id, d.cause) e
ON e.account_id = r.account_id AND e.cause = 'redeem:' || r.source || ':' || r.external_id
WHERE r.points IS DISTINCT FROM e.points OR r.restored IS DISTINCT FROM e.restored
