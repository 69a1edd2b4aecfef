-- Orders come in. What their customers have bought and how often they came is counted with them: a visit is a day at a store.
WITH given AS (
    SELECT * FROM unnest($2::bigint[], $3::text[], $4::text[], $5::bigint[], $6::bigint[], $7::bigint[], $8::text[], $9::timestamptz[], $10::int[],
                         $11::boolean[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[], $16::bigint[], $17::bytea[], $18::bigint[],
                         $19::bigint[], $20::timestamptz[], $21::bigint[], $22::text[], $23::text[])
         AS o (id, source, external_id, customer_id, membership_id, store_id, channel, placed_at, business_day, has_time, total, shipping, discount,
               paid_with_points, basis, content_hash, import_id, staff_id, recorded_at, tax, payments, labels)),
posted AS (
    INSERT INTO orders (merchant_id, id, source, external_id, customer_id, membership_id, store_id, channel, placed_at, business_date, has_time, total,
                        shipping, discount, paid_with_points, basis, content_hash, import_id, staff_id, recorded_at, tax, payments, labels)
    OVERRIDING SYSTEM VALUE
    SELECT $1, g.id, g.source, g.external_id, nullif(g.customer_id, 0), nullif(g.membership_id, 0), nullif(g.store_id, 0), g.channel, g.placed_at,
           date '1970-01-01' + g.business_day, g.has_time, g.total, g.shipping, g.discount, g.paid_with_points, g.basis, g.content_hash,
           nullif(g.import_id, 0), nullif(g.staff_id, 0), g.recorded_at,
           g.tax, string_to_array(g.payments, E'\n'), string_to_array(g.labels, E'\n')
    FROM given g),
days AS (
    SELECT g.customer_id, date '1970-01-01' + g.business_day AS day, g.store_id, count(*) AS orders, sum(g.basis) AS gross,
           -- Not EXISTS, which the planner might answer by reading every order; and in an order that one index alone has, because
           -- of a shop without statistics it believes that any index that begins with the shop is as good.
           CASE WHEN (SELECT true FROM orders o
                      WHERE o.merchant_id = $1 AND o.customer_id = g.customer_id
                        AND o.business_date BETWEEN date '1970-01-01' + g.business_day AND date '1970-01-01' + g.business_day
                        AND coalesce(o.store_id, 0) = g.store_id AND o.withdrawn_at IS NULL
                      ORDER BY o.business_date DESC, o.id DESC LIMIT 1) THEN 0 ELSE 1 END AS visits
    FROM given g WHERE g.customer_id <> 0
    GROUP BY g.customer_id, g.business_day, g.store_id),
months AS (
    INSERT INTO customer_months AS m (merchant_id, customer_id, month, orders, visits, gross)
    SELECT $1, d.customer_id, (d.day - extract(day FROM d.day)::int + 1), sum(d.orders), sum(d.visits), sum(d.gross)
    FROM days d GROUP BY 2, 3 ORDER BY 2, 3
    ON CONFLICT (merchant_id, customer_id, month) DO UPDATE
    SET orders = m.orders + excluded.orders, visits = m.visits + excluded.visits, gross = m.gross + excluded.gross)
INSERT INTO customer_stats AS s (merchant_id, customer_id, orders, visits, gross, first_on, last_on)
SELECT $1, d.customer_id, sum(d.orders), sum(d.visits), sum(d.gross), min(d.day), max(d.day)
FROM days d GROUP BY 2 ORDER BY 2
ON CONFLICT (merchant_id, customer_id) DO UPDATE
SET orders = s.orders + excluded.orders, visits = s.visits + excluded.visits, gross = s.gross + excluded.gross,
    first_on = least(s.first_on, excluded.first_on), last_on = greatest(s.last_on, excluded.last_on)
