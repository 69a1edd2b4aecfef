-- By which key is each row once for ever: its order number, or the hash of its content and its how-manieth occurrence?
CREATE TEMPORARY TABLE import_keys ON COMMIT DROP AS
SELECT s.line, p.person, s.hash, s.ord IS NOT NULL AS numbered,
       coalesce(s.ord, 'row:' || rtrim(translate(encode(s.hash, 'base64'), '+/', '-_'), '=') || ':' || row_number() OVER (PARTITION BY s.hash, s.ord ORDER BY s.line)) AS key,
       CASE WHEN s.ord IS NULL THEN 1 ELSE row_number() OVER (PARTITION BY s.ord ORDER BY s.line) END AS turn,
       CASE WHEN s.ord IS NULL THEN s.hash ELSE first_value(s.hash) OVER (PARTITION BY s.ord ORDER BY s.line) END AS first_hash,
       NULL::text AS base, 'ready'::text AS verdict
FROM import_stage s
JOIN import_who w ON w.who = s.who
JOIN import_persons p ON p.same = w.same
WHERE s.code IS NULL AND ($1 = 'purchases' OR s.points > 0)
