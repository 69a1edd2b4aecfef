-- Who is written, with how many rows: whoever has a row to be written and, where the file is one of people, whoever is new
-- or gains a detail.
CREATE TEMPORARY TABLE import_needed ON COMMIT DROP AS
SELECT p.person, coalesce(k.n, 0) AS n
FROM import_persons p
LEFT JOIN (SELECT person, count(*) AS n FROM import_keys WHERE verdict = 'ready' GROUP BY person) k USING (person)
WHERE k.n > 0 OR $1 <> 'purchases' AND (p.customer_id IS NULL OR coalesce(p.name, p.phone, p.email, p.ext, p.birth) IS NOT NULL)
