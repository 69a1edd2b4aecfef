-- Which rows does the shop have already, and which contradict what it has?
UPDATE import_keys k SET verdict = v.verdict
FROM (SELECT k.line,
             CASE WHEN k.turn > 1 AND k.hash = k.first_hash THEN 'known'
                  WHEN k.turn > 1 THEN 'order_twice'
                  WHEN p.key IS NOT NULL OR o.content_hash = k.hash THEN 'known'
                  ELSE 'order_changed' END AS verdict
      FROM import_keys k
      LEFT JOIN orders o ON $2 = 'purchases' AND o.merchant_id = $1 AND o.source = 'import' AND o.external_id = k.key
      LEFT JOIN import_openings p ON $2 = 'points' AND p.merchant_id = $1 AND p.key = k.key
      WHERE k.turn > 1 OR o.id IS NOT NULL OR p.key IS NOT NULL) v
WHERE v.line = k.line
