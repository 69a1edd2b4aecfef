-- What do the last $2 to $3 days look like beside the days from $4 on? One row; money in minor units, shares as counts.
WITH spans AS (
	SELECT customer_id, count(*) FILTER (WHERE business_date >= $2) AS orders,
		coalesce(sum(basis - spend_returned) FILTER (WHERE business_date >= $2), 0)::bigint AS sales,
		bool_or(business_date < $2) AS before
	FROM orders
	WHERE merchant_id = $1 AND business_date BETWEEN $4 AND $3 AND customer_id IS NOT NULL AND withdrawn_at IS NULL
	GROUP BY customer_id),
ranked AS (
	SELECT *, row_number() OVER (ORDER BY sales DESC, customer_id) AS place, count(*) OVER () AS people FROM spans WHERE orders > 0)
SELECT (SELECT count(*) FROM ranked),
	(SELECT coalesce(sum(orders), 0)::bigint FROM ranked),
	(SELECT coalesce(sum(sales), 0)::bigint FROM ranked),
	(SELECT count(*) FROM ranked WHERE orders > 1),
	(SELECT count(*) FROM spans WHERE before),
	(SELECT count(*) FROM spans WHERE before AND orders > 0),
	(SELECT coalesce(sum(sales), 0)::bigint FROM ranked WHERE place <= (people + 4) / 5),
	(SELECT count(*) FROM customer_facts WHERE merchant_id = $1 AND away_on > $3)
