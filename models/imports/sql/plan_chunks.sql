-- Where does each chunk begin and end? After about $3 rows, never inside a customer. Rows are numbered by person, so that a
-- person's first and last number are sums of those before.
INSERT INTO import_chunks (merchant_id, import_id, chunk, first_person, last_person, first_seq, last_seq, size)
SELECT $1, $2, row_number() OVER (ORDER BY part), min(person), max(person),
       CASE WHEN sum(n) > 0 THEN min(before) + 1 END, CASE WHEN sum(n) > 0 THEN max(before + n) END, sum(greatest(n, 1))
FROM (SELECT person, n, sum(n) OVER (ORDER BY person) - n AS before,
             (sum(greatest(n, 1)) OVER (ORDER BY person) - 1)::bigint / $3::bigint AS part
      FROM import_needed) x
GROUP BY part
