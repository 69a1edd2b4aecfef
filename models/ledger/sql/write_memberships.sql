-- Which tier do they hold, until which day are they settled, and when is something due again? How rows are found, see write.
UPDATE memberships m SET tier_code = nullif(u.code, ''), tier_since = date '1970-01-01' + nullif(u.since, 0), tier_until = date '1970-01-01' + nullif(u.until, 0),
       tier_grace_until = date '1970-01-01' + nullif(u.grace, 0), tier_floor_code = nullif(u.floor, ''),
       tier_floor_until = date '1970-01-01' + nullif(u.floor_until, 0), settled_to = date '1970-01-01' + nullif(u.settled_to, 0),
       next_due = date '1970-01-01' + nullif(u.next_due, 0), tier_seq = u.tier_seq, tier_digest = u.tier_digest
FROM (SELECT n.*, t.ctid AS place
      FROM unnest($2::bigint[], $3::text[], $4::int[], $5::int[], $6::int[], $7::text[], $8::int[], $9::int[], $10::int[], $11::int[], $12::bytea[])
           AS n (id, code, since, until, grace, floor, floor_until, settled_to, next_due, tier_seq, tier_digest)
      CROSS JOIN LATERAL (SELECT b.ctid FROM memberships b WHERE b.merchant_id = $1 AND b.id BETWEEN n.id AND n.id ORDER BY b.id LIMIT 1) t OFFSET 0) u
WHERE m.ctid = u.place
