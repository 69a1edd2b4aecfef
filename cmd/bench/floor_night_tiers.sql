-- What does it cost to judge tiers by what was spent in twelve months? The rows that the night writes, by one statement, with
-- the plan's numbers in it.
WITH spend AS MATERIALIZED (
    SELECT customer_id, sum(basis - spend_returned) AS amount FROM orders
    WHERE merchant_id = :m AND business_date > date :today - interval '12 months' AND withdrawn_at IS NULL GROUP BY 1),
judged AS MATERIALIZED (
    SELECT m.id, m.tier_code, m.tier_seq + 1 AS seq, coalesce(s.amount, 0) AS amount,
           CASE WHEN s.amount >= 150000 THEN 'keep' WHEN m.tier_grace_until IS NULL THEN 'grace' ELSE 'down' END AS verdict
    FROM memberships m LEFT JOIN spend s USING (customer_id) WHERE m.merchant_id = :m AND m.next_due <= :today ORDER BY m.id),
noted AS (
    INSERT INTO tier_changes (merchant_id, membership_id, seq, cause, reason, from_code, to_code, amount, window_from, window_to, valid_until, at, recorded_at, digest)
    SELECT :m, id, seq, 'review:' || :today || '/' || verdict, verdict, tier_code, CASE verdict WHEN 'keep' THEN tier_code ELSE 'member' END, amount,
           date :today - interval '12 months' + interval '1 day', :today, date :today + interval '12 months', date :today, now(), sha256('x')
    FROM judged WHERE verdict <> 'grace')
UPDATE memberships m SET settled_to = :today, tier_seq = m.tier_seq + (j.verdict <> 'grace')::int, tier_digest = sha256('x'),
       tier_code = CASE j.verdict WHEN 'down' THEN 'member' ELSE m.tier_code END, tier_since = CASE j.verdict WHEN 'down' THEN :today ELSE m.tier_since END,
       tier_until = CASE j.verdict WHEN 'keep' THEN date :today + interval '12 months' ELSE m.tier_until END,
       tier_grace_until = CASE j.verdict WHEN 'grace' THEN date :today + interval '1 month' END,
       next_due = least(CASE j.verdict WHEN 'keep' THEN date :today + interval '12 months' WHEN 'grace' THEN date :today + interval '1 month' END,
           (SELECT min(l.expires_on) + 1 FROM accounts a JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.id AND l.remaining > 0
            WHERE a.merchant_id = :m AND a.membership_id = j.id))
FROM judged j WHERE m.merchant_id = :m AND m.id = j.id
