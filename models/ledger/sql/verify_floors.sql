-- Whose floor is another than the one that was last set or lifted by hand?
SELECT 'membership ' || m.id, 'its floor is ' || coalesce(m.tier_floor_code, 'none') || ' until ' || coalesce(m.tier_floor_until::text, 'ever') ||
       ', it was last set to ' || coalesce(f.tier, 'none') || ' until ' || coalesce(f.until_on::text, 'ever')
FROM memberships m
LEFT JOIN (SELECT DISTINCT ON (membership_id) membership_id, tier, until_on FROM tier_floors WHERE merchant_id = $1 ORDER BY membership_id, id DESC) f
    ON f.membership_id = m.id
WHERE m.merchant_id = $1 AND (m.tier_floor_code, m.tier_floor_until) IS DISTINCT FROM (f.tier, f.until_on)
