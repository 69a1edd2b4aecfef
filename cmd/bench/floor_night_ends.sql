-- What does it cost that points end of which their owners were told? The rows that the night writes, by one statement: nothing
-- explained, no digests that chain.
WITH due AS MATERIALIZED (
    SELECT m.id AS membership, a.id AS account, l.seq AS lot, l.remaining, l.order_id, a.last_seq + row_number() OVER (PARTITION BY a.id ORDER BY l.seq) AS seq
    FROM memberships m
    JOIN accounts a ON a.merchant_id = m.merchant_id AND a.membership_id = m.id
    JOIN lots l ON l.merchant_id = a.merchant_id AND l.account_id = a.id AND l.remaining > 0 AND l.bucket = 'available' AND l.expires_on < :today
    WHERE m.merchant_id = :m AND m.next_due <= :today AND EXISTS (SELECT FROM lot_notices n
        WHERE n.merchant_id = l.merchant_id AND n.account_id = l.account_id AND n.lot_seq = l.seq AND n.expires_on = l.expires_on AND n.told_on <= l.expires_on - 3)
    ORDER BY a.id),
posted AS (
    INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, digest)
    SELECT :m, account, seq, 'expire', 'available', -remaining, date :today, date :today, now(), 'expire:lot ' || lot, order_id, sha256('x') FROM due),
used AS (
    INSERT INTO lot_uses (merchant_id, account_id, entry_seq, lot_seq, points) SELECT :m, account, seq, lot, -remaining FROM due),
ended AS (
    UPDATE lots l SET remaining = 0 FROM due d WHERE l.merchant_id = :m AND l.account_id = d.account AND l.seq = d.lot),
moved AS (
    UPDATE accounts a SET available = a.available - d.points, last_seq = d.seq, last_at = date :today, last_digest = sha256('x')
    FROM (SELECT account, sum(remaining) AS points, max(seq) AS seq FROM due GROUP BY account) d WHERE a.merchant_id = :m AND a.id = d.account)
UPDATE memberships m SET settled_to = :today, next_due = d.next
FROM (SELECT membership, min((SELECT min(l.expires_on) + 1 FROM lots l
             WHERE l.merchant_id = :m AND l.account_id = due.account AND l.remaining > 0 AND l.expires_on >= :today)) AS next FROM due GROUP BY membership) d
WHERE m.merchant_id = :m AND m.id = d.membership
