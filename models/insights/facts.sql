-- How recent, how frequent and how much is each customer who has bought, in five classes each, as of a day ($2)? And what
-- did they spend in the twelve months to that day? Writes what has changed and tells the counts of the map's cells, the
-- histogram's buckets (their lower bounds are $5) and the cut points.
-- $1 merchant, $3 first day of the twelve months, $4 first whole month of them, $6 how many of the newest members are not counted as joined.
WITH edge AS (      -- the days of the window's first month, when it does not begin with that month
	SELECT customer_id, sum(basis - spend_returned) AS spend FROM orders
	WHERE merchant_id = $1 AND business_date >= $3 AND business_date < $4 AND withdrawn_at IS NULL AND customer_id IS NOT NULL
	GROUP BY customer_id),
whole AS (
	SELECT customer_id, sum(gross - returned) AS spend FROM customer_months WHERE merchant_id = $1 AND month >= $4 AND month <= $2 GROUP BY customer_id),
days AS (           -- a visit is a day at a store, frequency counts days: it is read from the orders where there are two stores
	SELECT customer_id, count(DISTINCT business_date)::int AS days FROM orders
	WHERE merchant_id = $1 AND withdrawn_at IS NULL AND customer_id IS NOT NULL AND (SELECT count(*) FROM stores WHERE merchant_id = $1) > 1
	GROUP BY customer_id),
home AS (           -- the store of most visits, of equals the one of the last
	SELECT DISTINCT ON (customer_id) customer_id, store_id FROM (
		SELECT customer_id, store_id, count(DISTINCT business_date) AS days, max(business_date) AS last_on FROM orders
		WHERE merchant_id = $1 AND withdrawn_at IS NULL AND customer_id IS NOT NULL AND store_id IS NOT NULL
		  AND (SELECT count(*) FROM stores WHERE merchant_id = $1) > 1
		GROUP BY customer_id, store_id) at
	ORDER BY customer_id, days DESC, last_on DESC, store_id),
base AS MATERIALIZED (
	SELECT s.customer_id, h.store_id AS home_store, s.first_on, s.last_on, coalesce(d.days, s.visits) AS visits, s.gross - s.returned AS spend,
	       (coalesce(w.spend, 0) + coalesce(e.spend, 0))::bigint AS spend_12m
	FROM customer_stats s LEFT JOIN whole w USING (customer_id) LEFT JOIN edge e USING (customer_id) LEFT JOIN days d USING (customer_id)
	     LEFT JOIN home h USING (customer_id)
	WHERE s.merchant_id = $1 AND s.visits > 0),
points AS (
	SELECT percentile_disc(ARRAY[.2, .4, .6, .8]) WITHIN GROUP (ORDER BY last_on) AS r, min(last_on) AS r0,
	       percentile_disc(ARRAY[.2, .4, .6, .8]) WITHIN GROUP (ORDER BY visits)  AS f, min(visits)  AS f0,
	       percentile_disc(ARRAY[.2, .4, .6, .8]) WITHIN GROUP (ORDER BY spend)   AS m, min(spend)   AS m0
	FROM base),
cuts AS MATERIALIZED ( -- equal cut points are one, and nobody is below the smallest value: each class has somebody
	SELECT ARRAY(SELECT DISTINCT c FROM unnest(r) c WHERE c > r0 ORDER BY c) AS r,
	       ARRAY(SELECT DISTINCT c FROM unnest(f) c WHERE c > f0 ORDER BY c) AS f,
	       ARRAY(SELECT DISTINCT c FROM unnest(m) c WHERE c > m0 ORDER BY c) AS m
	FROM points),
classed AS MATERIALIZED ( -- the i-th of k classes stands at ceil(5 i / k)
	SELECT b.customer_id, b.home_store, b.last_on, b.visits, b.spend_12m,
	       ((5 * (width_bucket(b.last_on, c.r) + 1) + cardinality(c.r)) / (cardinality(c.r) + 1))::smallint AS recency,
	       ((5 * (width_bucket(b.visits, c.f) + 1) + cardinality(c.f)) / (cardinality(c.f) + 1))::smallint AS frequency,
	       ((5 * (width_bucket(b.spend, c.m) + 1) + cardinality(c.m)) / (cardinality(c.m) + 1))::smallint AS monetary,
	       -- AwayOn of models/customers: twice the usual gap and at least two weeks, after a single visit 90 days
	       b.last_on + 1 + CASE WHEN b.visits > 1 THEN greatest(2 * (b.last_on - b.first_on) / (b.visits - 1), 14) ELSE 90 END AS away_on,
	       m.tier_code AS tier
	FROM base b CROSS JOIN cuts c
	LEFT JOIN memberships m ON m.merchant_id = $1 AND m.customer_id = b.customer_id AND m.left_at IS NULL
	  AND m.program_id = (SELECT min(id) FROM programs WHERE merchant_id = $1 AND ended_at IS NULL)),
changed AS (
	UPDATE customer_facts f SET as_of = $2, recency = c.recency, frequency = c.frequency, monetary = c.monetary, visits = c.visits,
	       spend_12m = c.spend_12m, last_on = c.last_on, away_on = c.away_on, home_store = c.home_store, tier = c.tier
	FROM classed c WHERE f.merchant_id = $1 AND f.customer_id = c.customer_id
	  AND (f.recency, f.frequency, f.monetary, f.visits, f.spend_12m, f.last_on, f.away_on, f.home_store, f.tier)
	      IS DISTINCT FROM (c.recency, c.frequency, c.monetary, c.visits, c.spend_12m, c.last_on, c.away_on, c.home_store, c.tier)),
added AS (
	INSERT INTO customer_facts (merchant_id, customer_id, as_of, recency, frequency, monetary, visits, spend_12m, last_on, away_on, home_store, tier)
	SELECT $1, c.customer_id, $2, c.recency, c.frequency, c.monetary, c.visits, c.spend_12m, c.last_on, c.away_on, c.home_store, c.tier
	FROM classed c LEFT JOIN customer_facts f ON f.merchant_id = $1 AND f.customer_id = c.customer_id
	WHERE f.customer_id IS NULL ORDER BY c.customer_id),
gone AS (
	DELETE FROM customer_facts f WHERE f.merchant_id = $1 AND NOT EXISTS (SELECT FROM base b WHERE b.customer_id = f.customer_id))
SELECT 'cell', recency, frequency, count(*), sum(spend_12m)::bigint, '' FROM classed GROUP BY recency, frequency
UNION ALL
SELECT 'member', c.recency * 10 + c.frequency, 0, count(*), m.program_id, ''
FROM classed c JOIN memberships m ON m.merchant_id = $1 AND m.customer_id = c.customer_id AND m.left_at IS NULL GROUP BY 2, m.program_id
UNION ALL
SELECT 'newest', 0, 0, coalesce(max(id), 0), 0, '' FROM memberships WHERE merchant_id = $1
UNION ALL
SELECT 'held', 0, 0, count(*), program_id, coalesce(tier_code, '') FROM memberships WHERE merchant_id = $1 AND left_at IS NULL GROUP BY program_id, tier_code
UNION ALL           -- who joins while this runs may have a lower number than the newest: the last ones are counted when somebody asks
SELECT 'joined', 0, 0, count(*), program_id, '' FROM memberships WHERE merchant_id = $1 AND id <= (SELECT max(id) - $6 FROM memberships WHERE merchant_id = $1) GROUP BY program_id
UNION ALL
SELECT 'bucket', width_bucket(spend_12m, $5::bigint[]), 0, count(*), sum(spend_12m)::bigint, '' FROM classed GROUP BY 2
UNION ALL
SELECT 'visits', least(visits, 2), 0, count(*), 0, '' FROM classed GROUP BY 2
UNION ALL
SELECT 'recency', 0, 0, d - date '1970-01-01', 0, '' FROM cuts, unnest(r) d
UNION ALL
SELECT 'frequency', 0, 0, n, 0, '' FROM cuts, unnest(f) n
UNION ALL
SELECT 'monetary', 0, 0, n, 0, '' FROM cuts, unnest(m) n
