-- The counters that a merge had raised go down again by as much. One of a tier's welcome that has moved on since stays.
WITH less AS (
    SELECT c.rule, c.period, p.into_membership_id AS subject, c.used
    FROM merge_counters c
    JOIN merge_members p ON p.merchant_id = c.merchant_id AND p.merge_id = c.merge_id AND p.from_membership_id = c.membership_id
    LEFT JOIN limit_uses f ON f.merchant_id = $1 AND f.scope = 'member' AND f.subject = c.membership_id AND f.rule = c.rule AND f.period = c.period
    LEFT JOIN limit_uses n ON n.merchant_id = $1 AND n.scope = 'member' AND n.subject = p.into_membership_id AND n.rule = c.rule AND n.period = c.period
    WHERE c.merchant_id = $1 AND c.merge_id = $2 AND (c.rule NOT LIKE '%/tier:%' OR n.used = f.used)),
gone AS (
    DELETE FROM limit_uses u USING less l WHERE u.merchant_id = $1 AND u.scope = 'member' AND u.subject = l.subject AND u.rule = l.rule AND u.period = l.period
      AND u.used <= l.used)
UPDATE limit_uses u SET used = u.used - l.used FROM less l
WHERE u.merchant_id = $1 AND u.scope = 'member' AND u.subject = l.subject AND u.rule = l.rule AND u.period = l.period AND u.used > l.used
