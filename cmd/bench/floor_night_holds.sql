-- What does it cost that holds end? The rows that the night writes, by one statement: nothing explained, no digests that chain.
WITH due AS MATERIALIZED (
    SELECT m.id AS membership, a.id AS account, l.seq AS lot, l.remaining, l.earned_at, l.expires_on, l.cause, l.order_id, l.rule,
           a.last_seq + 2 * row_number() OVER (PARTITION BY a.id ORDER BY l.seq) AS seq
    FROM memberships m
    JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
    JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.id AND l.remaining > 0 AND l.bucket = 'pending' AND l.activates_on <= :today
    WHERE m.merchant_id = :m AND m.next_due <= :today ORDER BY a.id),
posted AS (
    INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, digest)
    SELECT :m, account, seq - side, 'activate', CASE side WHEN 1 THEN 'pending' ELSE 'available' END, CASE side WHEN 1 THEN -remaining ELSE remaining END,
           date :today, date :today, now(), 'activate:lot ' || lot, order_id, sha256('x') FROM due, generate_series(1, 0, -1) AS side),
used AS (
    INSERT INTO lot_uses (merchant_id, account_id, entry_seq, lot_seq, points) SELECT :m, account, seq - 1, lot, -remaining FROM due),
opened AS (
    INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, expires_on, cause, order_id, rule)
    SELECT :m, account, seq, 'available', remaining, remaining, earned_at, expires_on, cause, order_id, rule FROM due),
ended AS (
    UPDATE lots l SET remaining = 0 FROM due d WHERE l.merchant_id = :m AND l.account_id = d.account AND l.seq = d.lot),
moved AS (
    UPDATE accounts a SET pending = a.pending - d.points, available = a.available + d.points, last_seq = d.seq, last_at = date :today, last_digest = sha256('x')
    FROM (SELECT account, sum(remaining) AS points, max(seq) AS seq FROM due GROUP BY account) d WHERE a.merchant_id = :m AND a.id = d.account)
UPDATE memberships m SET settled_to = :today, next_due = d.next
FROM (SELECT membership, min(expires_on) + 1 AS next FROM due GROUP BY membership) d
WHERE m.merchant_id = :m AND m.id = d.membership
