-- Which redemptions and claims are not what their entries say, and which entries redeem or set aside without one?
-- What was set aside and has not ended is in the reserved points; what has paid was redeemed; what was given back is neither.
SELECT coalesce(r.what || ' ' || r.id, 'account ' || e.account_id || ', ' || e.cause),
       'redeemed ' || coalesce(r.points::text, 'nothing') || ', given back ' || coalesce(r.restored::text, 'nothing') || ', set aside ' || coalesce(r.held::text, 'nothing')
       || '; entries ' || coalesce(e.points::text, 'nothing') || ', ' || coalesce(e.restored::text, 'nothing') || ' and ' || coalesce(e.held::text, 'nothing')
FROM (
    SELECT 'redemption' AS what, id, account_id, 'redeem:' || source || ':' || external_id AS cause,
           CASE WHEN state = 'redeemed' THEN points ELSE 0 END AS points, restored, CASE WHEN state = 'reserved' THEN points ELSE 0 END AS held
    FROM redemptions WHERE merchant_id = $1
    UNION ALL
    SELECT 'claim', c.id, c.account_id, c.cause, CASE WHEN c.state IN ('issued', 'redeemed') OR c.restored THEN c.points ELSE 0 END,
           CASE WHEN c.restored THEN c.points ELSE 0 END, CASE WHEN c.state = 'reserved' THEN c.points ELSE 0 END
    FROM (SELECT *, state = 'cancelled' AND reserved_until IS NULL AS restored FROM reward_claims WHERE merchant_id = $1) c) r
FULL JOIN (
    SELECT d.account_id, d.cause, -coalesce(sum(d.points) FILTER (WHERE d.kind = 'redeem'), 0) AS points,
           coalesce((SELECT sum(CASE WHEN b.bucket = 'deficit' THEN -b.points ELSE b.points END) FROM entries b
                     WHERE b.merchant_id = $1 AND b.account_id = d.account_id AND b.kind = 'restore'
                       AND b.reverses_seq = min(d.seq) FILTER (WHERE d.kind = 'redeem')), 0) AS restored,
           coalesce(sum(d.points) FILTER (WHERE d.bucket = 'reserved'), 0)
           + coalesce((SELECT sum(b.points) FROM entries b
                       WHERE b.merchant_id = $1 AND b.account_id = d.account_id AND b.kind = 'release' AND b.bucket = 'reserved'
                         AND b.reverses_seq = min(d.seq) FILTER (WHERE d.kind = 'reserve' AND d.bucket = 'available')), 0) AS held
    FROM entries d WHERE d.merchant_id = $1 AND d.kind IN ('redeem', 'reserve') AND d.bucket IN ('available', 'reserved') GROUP BY d.account_id, d.cause) e
ON e.account_id = r.account_id AND e.cause = r.cause
WHERE r.points IS DISTINCT FROM e.points OR r.restored IS DISTINCT FROM e.restored OR r.held IS DISTINCT FROM e.held
