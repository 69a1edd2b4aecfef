-- Which memberships are these? Whoever may change them, or their accounts, takes this lock first.
SELECT m.id, m.program_id, m.customer_id, m.code, m.enrolled_at,
       coalesce(m.tier_code, ''), coalesce(m.tier_since - date '1970-01-01', 0), coalesce(m.tier_until - date '1970-01-01', 0),
       coalesce(m.tier_grace_until - date '1970-01-01', 0), coalesce(m.tier_floor_code, ''),
       coalesce(m.tier_floor_until - date '1970-01-01', 0), coalesce(m.settled_to - date '1970-01-01', 0),
       coalesce(m.next_due - date '1970-01-01', 0), m.tier_seq, m.tier_digest, coalesce(m.merged_into, 0)
FROM unnest(ARRAY(SELECT w.id FROM {ids} w ORDER BY w.id)) AS k (id)
CROSS JOIN LATERAL (SELECT * FROM memberships l WHERE l.merchant_id = $1 AND l.id BETWEEN k.id AND k.id AND {still} ORDER BY l.id LIMIT 1 {lock}) m
ORDER BY m.id
