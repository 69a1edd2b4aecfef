-- Which subscriptions have no present period or periods with holes, are paid otherwise than they cost, have ended and are still due, and which coupons came from a period that is not paid for?
SELECT 'subscription ' || s.id, 'period ' || s.period || ', stored to ' || coalesce(max(n.period), 0) || ' in ' || count(n.period)
FROM subscriptions s LEFT JOIN subscription_periods n ON n.merchant_id = s.merchant_id AND n.subscription_id = s.id
WHERE s.merchant_id = $1 GROUP BY s.id, s.period HAVING count(n.period) <> s.period OR max(n.period) IS DISTINCT FROM s.period
UNION ALL
SELECT 'subscription ' || n.subscription_id || ', period ' || n.period, 'begins on ' || n.from_on || ', the day before is ' || (n.from_on - 1) || ', the last one ended on ' || coalesce(l.until_on::text, 'no day')
FROM subscription_periods n JOIN subscription_periods l ON l.merchant_id = n.merchant_id AND l.subscription_id = n.subscription_id AND l.period = n.period - 1
WHERE n.merchant_id = $1 AND l.until_on IS DISTINCT FROM n.from_on - 1
UNION ALL
SELECT 'subscription ' || n.subscription_id || ', period ' || n.period, 'costs ' || n.price || ', paid ' || y.amount
FROM subscription_payments y JOIN subscription_periods n ON n.merchant_id = y.merchant_id AND n.subscription_id = y.subscription_id AND n.period = y.period
WHERE y.merchant_id = $1 AND y.amount <> n.price
UNION ALL
SELECT 'subscription ' || s.id, 'gives ' || s.refund || ' back, of period ' || s.period || ' was paid ' || coalesce(y.amount, 0)
FROM subscriptions s LEFT JOIN subscription_payments y ON y.merchant_id = s.merchant_id AND y.subscription_id = s.id AND y.period = s.period
WHERE s.merchant_id = $1 AND s.refund > 0 AND s.refund IS DISTINCT FROM y.amount
UNION ALL
SELECT 'coupon ' || c.id, 'of ' || c.cause || ', which is not a paid period of its member'
FROM coupons c
LEFT JOIN subscription_periods n ON n.merchant_id = c.merchant_id AND c.cause = 'plan:' || n.subscription_id || ':' || n.period
LEFT JOIN subscriptions s ON s.merchant_id = n.merchant_id AND s.id = n.subscription_id
LEFT JOIN subscription_payments y ON y.merchant_id = n.merchant_id AND y.subscription_id = n.subscription_id AND y.period = n.period
WHERE c.merchant_id = $1 AND c.cause LIKE 'plan:%' AND (s.membership_id IS DISTINCT FROM c.membership_id OR n.price > 0 AND y.id IS NULL)
