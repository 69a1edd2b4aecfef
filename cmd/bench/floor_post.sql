-- The floor of one order: the rows that a posting writes under the default programme, in the same tables, by one prepared
-- statement and nothing decided. Run by pgbench -M prepared; m, first and n come from the command line.
\set customer random(:first, :first + :n - 1)
\set amount random(50, 400) * 100
\set number random(1, 9000000000000000)
WITH ids AS (SELECT nextval(pg_get_serial_sequence('orders', 'id')) AS order_id),
member AS (
    SELECT m.id AS membership_id, m.customer_id FROM customers c JOIN memberships m ON m.merchant_id = c.merchant_id AND m.customer_id = c.id
    WHERE c.merchant_id = :m::bigint AND c.id = :customer::bigint FOR NO KEY UPDATE OF c),
claimed AS (
    INSERT INTO idempotency_keys (merchant_id, scope, key, body_hash, status, answer, created_at)
    SELECT :m::bigint, 'api-1', 'k' || :number::bigint, '\x00'::bytea, 201, repeat('x', 400)::bytea, now()),
posted AS (
    INSERT INTO orders (merchant_id, id, source, external_id, customer_id, membership_id, channel, placed_at, business_date, has_time, total, basis, content_hash, recorded_at)
    OVERRIDING SYSTEM VALUE
    SELECT :m::bigint, order_id, 'floor', 'F' || :number::bigint, customer_id, membership_id, 'store', now(), current_date, true, :amount::bigint, :amount::bigint, sha256('x'), now() FROM ids, member),
months AS (
    INSERT INTO customer_months AS t (merchant_id, customer_id, month, orders, visits, gross)
    SELECT :m::bigint, customer_id, date_trunc('month', current_date)::date, 1, 1, :amount::bigint FROM member
    ON CONFLICT (merchant_id, customer_id, month) DO UPDATE SET orders = t.orders + 1, visits = t.visits + 1, gross = t.gross + excluded.gross),
stats AS (
    INSERT INTO customer_stats AS t (merchant_id, customer_id, orders, visits, gross, first_on, last_on)
    SELECT :m::bigint, customer_id, 1, 1, :amount::bigint, current_date, current_date FROM member
    ON CONFLICT (merchant_id, customer_id) DO UPDATE SET orders = t.orders + 1, visits = t.visits + 1, gross = t.gross + excluded.gross, last_on = excluded.last_on),
account AS (
    UPDATE accounts a SET available = a.available + :amount::bigint / 50, last_seq = a.last_seq + 1, last_at = now(), last_digest = sha256(a.last_digest || 'entry')
    FROM member m WHERE a.merchant_id = :m::bigint AND a.membership_id = m.membership_id
    RETURNING a.id, a.last_seq, a.last_digest),
entry AS (
    INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, version, rule, why, digest)
    SELECT :m::bigint, a.id, a.last_seq, 'earn', 'available', :amount::bigint / 50, now(), now(), now(), 'order-floor-F' || :number::bigint, i.order_id, 1, 'purchase',
           '\x0102030405060708090a0b0c0d0e0f10'::bytea, a.last_digest FROM account a, ids i)
INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause, order_id, rule)
SELECT :m::bigint, a.id, a.last_seq, 'available', :amount::bigint / 50, :amount::bigint / 50, now(), current_date + 1826, 'order-floor-F' || :number::bigint, i.order_id, 'purchase'
FROM account a, ids i;
