-- What is written, by customer, time and line?
INSERT INTO import_rows (merchant_id, import_id, seq, line, person, key, hash, placed_at, placed_on, has_time, amount, quantity, item, points, expires_on)
SELECT $1, $2, row_number() OVER (ORDER BY k.person, s.placed_at, s.line), s.line, k.person, k.key, s.hash,
       s.placed_at, s.placed_on, s.has_time, s.amount, s.quantity, s.item, s.points, s.expires_on
FROM import_keys k JOIN import_stage s USING (line)
WHERE k.verdict = 'ready'
