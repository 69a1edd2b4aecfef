-- The memberships of these customers that have not ended; how it is asked, see who_members.
SELECT y.* FROM {customers} AS x (id)
CROSS JOIN LATERAL (SELECT * FROM memberships z WHERE z.merchant_id = $1 AND z.customer_id BETWEEN x.id AND x.id AND z.left_at IS NULL
                    ORDER BY z.customer_id OFFSET 0) y
