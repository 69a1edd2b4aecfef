-- What did the check find? Late are purchases before the last entry of a member's account.
SELECT (SELECT count(*) FROM import_stage),
       (SELECT count(*) FROM import_stage WHERE code IS NOT NULL),
       (SELECT count(*) FROM import_stage WHERE code IS NULL AND repairs & 1 <> 0),
       (SELECT count(*) FROM import_stage WHERE code IS NULL AND repairs & 2 <> 0),
       p.taken, p.customers, p.filled, k.ready, k.known, k.changed, k.amount, k.first_on, k.last_on,
       (SELECT count(*)
        FROM (SELECT p.person, max(a.last_at) AS last_at
              FROM import_persons p JOIN import_needed USING (person)
              JOIN memberships m ON m.merchant_id = $1 AND m.customer_id = p.customer_id
              JOIN accounts a ON a.merchant_id = $1 AND a.membership_id = m.id
              GROUP BY p.person) had
        JOIN import_keys k ON k.person = had.person AND k.verdict = 'ready'
        JOIN import_stage s ON s.line = k.line AND s.placed_at < had.last_at)
FROM (SELECT coalesce(sum(taken), 0) AS taken,
             count(*) FILTER (WHERE customer_id IS NULL) AS customers,
             count(*) FILTER (WHERE customer_id IS NOT NULL AND coalesce(name, phone, email, ext, birth) IS NOT NULL) AS filled
      FROM import_persons JOIN import_needed USING (person)) p,
     (SELECT count(*) FILTER (WHERE verdict = 'ready') AS ready, count(*) FILTER (WHERE verdict = 'known') AS known,
             count(*) FILTER (WHERE verdict IN ('order_changed', 'order_twice')) AS changed,
             coalesce(sum(s.amount) FILTER (WHERE verdict = 'ready'), 0)::bigint AS amount,
             coalesce(min(s.placed_on) FILTER (WHERE verdict = 'ready')::text, '') AS first_on,
             coalesce(max(s.placed_on) FILTER (WHERE verdict = 'ready')::text, '') AS last_on
      FROM import_keys JOIN import_stage s USING (line)) k
