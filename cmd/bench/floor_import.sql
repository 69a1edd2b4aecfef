-- What does it cost to write an imported file's rows, with all indexes and foreign keys, by one statement a table and sorted
-- by customer? No engine, no tiers, no digests: one entry and one lot an order. :m is the shop.
CREATE TEMPORARY TABLE bought ON COMMIT DROP AS
SELECT c.id AS customer, m.id AS membership, a.id AS account, a.unit, s.day, s.amount, s.amount / 100 AS points,
       row_number() OVER (PARTITION BY c.id ORDER BY s.day) AS seq, row_number() OVER (ORDER BY c.id, s.day) AS n
FROM stage s
JOIN customers c ON c.merchant_id = :m AND c.external_id = s.ext
JOIN memberships m ON m.merchant_id = :m AND m.customer_id = c.id
JOIN accounts a ON a.merchant_id = :m AND a.membership_id = m.id;
INSERT INTO orders (merchant_id, source, external_id, customer_id, membership_id, placed_at, business_date, total, basis, content_hash, import_id, recorded_at)
SELECT :m, 'import', 'row:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hS:' || n, customer, membership, day, day, amount, amount, sha256('x'), 1, now()
FROM bought ORDER BY n;
INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, version, rule, why, digest)
SELECT :m, account, seq, 'earn', 'available', points, day, day, now(), 'order:import:row:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hS:' || n || '/buy', n, 1,
       'buy', '\x01020304050607080910', sha256('x')
FROM bought ORDER BY n;
INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause, order_id, rule)
SELECT :m, account, seq, 'available', points, points, day, day + 400, 'order:import:row:47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hS:' || n, n, 'buy'
FROM bought ORDER BY n;
UPDATE accounts a SET available = b.points, last_seq = b.seq, last_at = b.day, last_digest = sha256('x')
FROM (SELECT account, sum(points) AS points, max(seq) AS seq, max(day) AS day FROM bought GROUP BY account) b
WHERE a.merchant_id = :m AND a.id = b.account;
INSERT INTO customer_months (merchant_id, customer_id, month, orders, visits, gross)
SELECT :m, customer, date_trunc('month', day), count(*), count(DISTINCT day), sum(amount) FROM bought GROUP BY 2, 3;
INSERT INTO customer_stats (merchant_id, customer_id, orders, visits, gross, first_on, last_on)
SELECT :m, customer, count(*), count(DISTINCT day), sum(amount), min(day), max(day) FROM bought GROUP BY 2;
