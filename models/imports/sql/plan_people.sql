-- What is known of those who are written?
INSERT INTO import_people (merchant_id, import_id, person, customer_id, name, phone, email, ext, birth)
SELECT $1, $2, p.person, p.customer_id, p.name, p.phone, p.email, p.ext, p.birth
FROM import_persons p JOIN import_needed USING (person)
