-- The memberships with these ids, one by one and in an order that one index alone has: of a shop without statistics the planner
-- believes that it may as well read all of them, by any index that begins with the shop.
SELECT y.* FROM (SELECT DISTINCT unnest($2::bigint[]) AS id) x
CROSS JOIN LATERAL (SELECT * FROM memberships z WHERE z.merchant_id = $1 AND z.id BETWEEN x.id AND x.id ORDER BY z.id LIMIT 1) y
