-- What do the members of the shop :m have when the night of :today begins? 240 points each, of an order. One member in :every
-- has them due tonight: available points end, as their owner was told a month ago; pending ones become available.
-- Digests and explanations are not the engine's; the orders themselves are left out.
CREATE TEMPORARY TABLE given ON COMMIT DROP AS
SELECT m.id AS membership, a.id AS account, a.last_seq + 1 AS seq, a.id * 100 + a.last_seq + 1 AS order_id,
       greatest(a.last_at, date :today::timestamptz - interval '40 days') AS at, row_number() OVER (ORDER BY m.id) % :every = 0 AS tonight
FROM memberships m JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id WHERE m.merchant_id = :m;
ANALYZE given;
INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, version, rule, why, digest)
SELECT :m, account, seq, 'earn', :bucket, 240, at, at, at, 'order:bench:' || order_id || '/purchase', order_id, 1, 'purchase', '\x0102030405060708090a0b0c0d0e0f10', sha256('x')
FROM given ORDER BY account;
INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, activates_on, expires_on, cause, order_id, rule)
SELECT :m, account, seq, :bucket, 240, 240, at, CASE WHEN :bucket = 'pending' THEN date :today + CASE WHEN tonight THEN 0 ELSE 30 END END,
       date :today + CASE WHEN tonight AND :bucket = 'available' THEN -1 ELSE 400 END, 'order:bench:' || order_id, order_id, 'purchase'
FROM given ORDER BY account;
INSERT INTO lot_notices (merchant_id, account_id, lot_seq, expires_on, step, told_on)
SELECT :m, account, seq, date :today - 1, '1m', date :today - 31 FROM given WHERE tonight AND :bucket = 'available' ORDER BY account;
UPDATE accounts a SET pending = pending + CASE WHEN :bucket = 'pending' THEN 240 ELSE 0 END, available = available + CASE WHEN :bucket = 'available' THEN 240 ELSE 0 END,
       last_seq = g.seq, last_at = g.at, last_digest = sha256('x')
FROM given g WHERE a.merchant_id = :m AND a.id = g.account;
UPDATE memberships m SET settled_to = date :today - 1, next_due = date :today + CASE WHEN tonight THEN 0 WHEN :bucket = 'pending' THEN 30 ELSE 401 END
FROM given g WHERE m.merchant_id = :m AND m.id = g.membership;
