-- Which lots live on though their last day would have come? How rows are found, see write.
WITH prolonged AS (
    INSERT INTO lot_extensions (merchant_id, account_id, lot_seq, from_on, to_on, reason, at, recorded_at, digest)
    SELECT $1, x.account_id, x.lot_seq, date '1970-01-01' + x.from_on, date '1970-01-01' + x.to_on, x.reason, x.at, $2, x.digest
    FROM unnest($3::bigint[], $4::int[], $5::int[], $6::int[], $7::text[], $8::timestamptz[], $9::bytea[])
         AS x (account_id, lot_seq, from_on, to_on, reason, at, digest))
UPDATE lots l SET expires_on = date '1970-01-01' + x.to_on
FROM (SELECT n.to_on, t.ctid AS place
      FROM (SELECT account_id, lot_seq, max(to_on) AS to_on FROM unnest($3::bigint[], $4::int[], $6::int[]) AS x (account_id, lot_seq, to_on) GROUP BY 1, 2) n
      CROSS JOIN LATERAL (SELECT b.ctid FROM lots b WHERE b.merchant_id = $1 AND b.account_id = n.account_id AND b.seq BETWEEN n.lot_seq AND n.lot_seq
                          ORDER BY b.account_id, b.seq LIMIT 1) t OFFSET 0) x
WHERE l.ctid = x.place
