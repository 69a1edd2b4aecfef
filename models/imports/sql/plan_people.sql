-- Who is written: whoever has a row to be written and, where the file is one of people, whoever is new or gains a detail.
INSERT INTO import_people (merchant_id, import_id, person, customer_id, name, phone, email, ext, birth)
SELECT $1, $2, p.person, p.customer_id, p.name, p.phone, p.email, p.ext, p.birth
FROM import_persons p
WHERE EXISTS (SELECT FROM import_keys k WHERE k.person = p.person AND k.verdict = 'ready')
   OR $3 <> 'purchases' AND (p.customer_id IS NULL OR coalesce(p.name, p.phone, p.email, p.ext, p.birth) IS NOT NULL)
