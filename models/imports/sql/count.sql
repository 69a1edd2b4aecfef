-- What did the check find? Late are purchases before the last entry of a member's account.
SELECT (SELECT count(*) FROM import_stage),
       (SELECT count(*) FROM import_stage WHERE code IS NOT NULL),
       (SELECT count(*) FROM import_stage WHERE code IS NULL AND repairs & 1 <> 0),
       (SELECT count(*) FROM import_stage WHERE code IS NULL AND repairs & 2 <> 0),
       p.taken, p.customers, p.filled, k.ready, k.known, k.changed, r.amount, r.first_on, r.last_on,
       (SELECT count(*) FROM import_rows r
        JOIN import_people p USING (merchant_id, import_id, person)
        WHERE r.merchant_id = $1 AND r.import_id = $2 AND p.customer_id IS NOT NULL
          AND r.placed_at < (SELECT max(a.last_at) FROM memberships m JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
                             WHERE m.merchant_id = $1 AND m.customer_id = p.customer_id))
FROM (SELECT coalesce(sum(taken), 0) AS taken,
             count(*) FILTER (WHERE customer_id IS NULL) AS customers,
             count(*) FILTER (WHERE customer_id IS NOT NULL AND coalesce(name, phone, email, ext, birth) IS NOT NULL) AS filled
      FROM import_persons WHERE EXISTS (SELECT FROM import_people p WHERE p.merchant_id = $1 AND p.import_id = $2 AND p.person = import_persons.person)) p,
     (SELECT count(*) FILTER (WHERE verdict = 'ready') AS ready, count(*) FILTER (WHERE verdict = 'known') AS known,
             count(*) FILTER (WHERE verdict IN ('order_changed', 'order_twice')) AS changed FROM import_keys) k,
     (SELECT coalesce(sum(amount), 0)::bigint AS amount, coalesce(min(placed_on)::text, '') AS first_on, coalesce(max(placed_on)::text, '') AS last_on
      FROM import_rows WHERE merchant_id = $1 AND import_id = $2) r
