-- What did a shop's members do before? Each has bought :times more times in three years and spent all that there was, so that the
-- ledger is longer while nobody has anything left. Rows as posting writes them; digests and explanations are not the engine's.
CREATE TEMPORARY TABLE bought ON COMMIT DROP AS
SELECT m.customer_id AS customer, m.id AS membership, a.id AS account, a.last_seq + t.n AS seq, a.last_seq AS was,
       nextval(pg_get_serial_sequence('orders', 'id')) AS order_id, coalesce(a.last_at, now()) AS at, 10000 AS amount, 200 AS points,
       current_date - 1 - ((a.id * 31 + (a.last_seq + t.n) * 7919) % 1000)::int AS day
FROM memberships m JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id, generate_series(1, :times) AS t (n) WHERE m.merchant_id = :m;
ANALYZE bought;
INSERT INTO orders (merchant_id, id, source, external_id, customer_id, membership_id, placed_at, business_date, total, basis, content_hash, recorded_at)
OVERRIDING SYSTEM VALUE
SELECT :m, order_id, 'bench', 'G' || order_id, customer, membership, day, day, amount, amount, sha256('x'), at FROM bought ORDER BY order_id;
INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, version, rule, why, digest)
SELECT :m, account, seq, 'earn', 'available', points, at, day, at, 'order:bench:G' || order_id || '/purchase', order_id, 1, 'purchase',
       '\x0102030405060708090a0b0c0d0e0f10', sha256('x')
FROM bought ORDER BY order_id;
INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause, order_id, rule)
SELECT :m, account, seq, 'available', points, 0, day, day + 1826, 'order:bench:G' || order_id, order_id, 'purchase' FROM bought ORDER BY order_id;
CREATE TEMPORARY TABLE spent ON COMMIT DROP AS
SELECT account, seq, points, row_number() OVER (PARTITION BY account ORDER BY seq) - 1 AS place
FROM (SELECT account, seq, points FROM bought
    UNION ALL SELECT account_id, seq, remaining FROM lots WHERE merchant_id = :m AND bucket = 'available' AND remaining > 0) open;
ANALYZE spent;
UPDATE lots l SET remaining = 0 FROM spent s WHERE l.merchant_id = :m AND l.account_id = s.account AND l.seq = s.seq AND l.remaining > 0;
INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, digest)
SELECT :m, account, was + :times + 1, 'redeem', 'available', -points, at, at, at, 'redemption:bench:G' || last, sha256('x')
FROM (SELECT account, was, at, max(order_id) AS last FROM bought GROUP BY 1, 2, 3) b JOIN (SELECT account, sum(points) AS points FROM spent GROUP BY 1) s USING (account)
ORDER BY account;
INSERT INTO lot_uses (merchant_id, account_id, entry_seq, lot_seq, points, place)
SELECT :m, s.account, b.was + :times + 1, s.seq, -s.points, s.place FROM spent s JOIN (SELECT DISTINCT account, was FROM bought) b USING (account) ORDER BY s.account;
UPDATE accounts a SET available = 0, last_seq = b.was + :times + 1, last_at = b.at, last_digest = sha256('x')
FROM (SELECT DISTINCT account, was, at FROM bought) b WHERE a.merchant_id = :m AND a.id = b.account;
INSERT INTO customer_months AS t (merchant_id, customer_id, month, orders, visits, gross)
SELECT :m, customer, date_trunc('month', day), count(*), count(DISTINCT day), sum(amount) FROM bought GROUP BY 2, 3
ON CONFLICT (merchant_id, customer_id, month) DO UPDATE SET orders = t.orders + excluded.orders, visits = t.visits + excluded.visits, gross = t.gross + excluded.gross;
INSERT INTO customer_stats AS t (merchant_id, customer_id, orders, visits, gross, first_on, last_on)
SELECT :m, customer, count(*), count(DISTINCT day), sum(amount), min(day), max(day) FROM bought GROUP BY 2
ON CONFLICT (merchant_id, customer_id) DO UPDATE SET orders = t.orders + excluded.orders, visits = t.visits + excluded.visits, gross = t.gross + excluded.gross,
    first_on = least(t.first_on, excluded.first_on), last_on = greatest(t.last_on, excluded.last_on);
