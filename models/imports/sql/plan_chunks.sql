-- Where does each chunk begin and end? After about $3 rows, never inside a customer.
INSERT INTO import_chunks (merchant_id, import_id, chunk, first_person, last_person, first_seq, last_seq, size)
SELECT $1, $2, row_number() OVER (ORDER BY part), min(person), max(person), min(first_seq), max(last_seq), sum(size)
FROM (SELECT p.person, r.first_seq, r.last_seq, greatest(r.n, 1) AS size,
             (sum(greatest(r.n, 1)) OVER (ORDER BY p.person) - 1)::bigint / $3::bigint AS part
      FROM import_people p
      LEFT JOIN (SELECT person, min(seq) AS first_seq, max(seq) AS last_seq, count(*) AS n
                 FROM import_rows WHERE merchant_id = $1 AND import_id = $2 GROUP BY person) r USING (person)
      WHERE p.merchant_id = $1 AND p.import_id = $2) x
GROUP BY part
