-- Which rows name by phone or e-mail alone somebody whom other rows of the file name by a stronger key?
UPDATE import_stage s SET who = a.who
FROM (SELECT $1::text || coalesce(CASE $1 WHEN 'tel:' THEN phone ELSE email END, '') AS other, min(who) AS who
      FROM import_stage
      WHERE code IS NULL AND CASE $1 WHEN 'tel:' THEN phone ELSE email END IS NOT NULL AND NOT starts_with(who, $1)
      GROUP BY 1) a
WHERE s.who = a.other AND s.code IS NULL
