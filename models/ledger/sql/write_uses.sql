-- Which lots did the movements take from, or give back to? How rows are found, see write.
WITH noted AS (
    INSERT INTO lot_uses (merchant_id, account_id, entry_seq, lot_seq, points, place)
    SELECT $1, u.account_id, u.entry_seq, u.lot_seq, u.points, u.place
    FROM unnest($2::bigint[], $3::int[], $4::int[], $5::bigint[], $6::int[]) AS u (account_id, entry_seq, lot_seq, points, place))
UPDATE lots l SET remaining = l.remaining + c.by
FROM (SELECT n.by, t.ctid AS place
      FROM (SELECT account_id, lot_seq, sum(points)::bigint AS by FROM unnest($2::bigint[], $4::int[], $5::bigint[]) AS u (account_id, lot_seq, points) GROUP BY 1, 2) n
      CROSS JOIN LATERAL (SELECT b.ctid FROM lots b WHERE b.merchant_id = $1 AND b.account_id = n.account_id AND b.seq BETWEEN n.lot_seq AND n.lot_seq
                          ORDER BY b.account_id, b.seq LIMIT 1) t OFFSET 0) c
WHERE l.ctid = c.place
