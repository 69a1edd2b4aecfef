-- Which lines of a partner's statements do not go on from the lines before?
SELECT 'partner ' || partner || ', ' || rule || ' by version ' || version || ', ' || month,
       'to date ' || points_to_date || ' points and ' || funded_to_date || ', its lines ' || points_sum || ' and ' || funded_sum
FROM (SELECT partner, rule, version, month, points_to_date, funded_to_date, sum(points) OVER so_far AS points_sum, sum(funded) OVER so_far AS funded_sum
      FROM settlement_lines WHERE merchant_id = $1
      WINDOW so_far AS (PARTITION BY program_id, partner, rule, version ORDER BY month)) l
WHERE points_to_date <> points_sum OR funded_to_date <> funded_sum
