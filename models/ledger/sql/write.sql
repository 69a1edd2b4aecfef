-- What has happened to these members? One statement for one member or for thousands; the arrays of one table have one length.
-- An account's numbers are replaced only if they are still those that were read (was_seq): the count tells. Rows that change are
-- found by number and then by their place (OFFSET 0 keeps the two apart), where the shop is not asked for once more: of a shop
-- without statistics the planner believes that it may as well read all of it.
WITH posted AS (
    INSERT INTO entries (merchant_id, account_id, seq, kind, bucket, points, at, occurred_at, recorded_at, cause, order_id, version, rule, reverses_seq, why, digest)
    SELECT $1, e.account_id, e.seq, e.kind, e.bucket, e.points, e.at, e.occurred_at, $2, e.cause, nullif(e.order_id, 0), nullif(e.version, 0),
           nullif(e.rule, ''), nullif(e.reverses_seq, 0), e.why, e.digest
    FROM unnest($3::bigint[], $4::int[], $5::text[], $6::text[], $7::bigint[], $8::timestamptz[], $9::timestamptz[], $10::text[], $11::bigint[],
                $12::int[], $13::text[], $14::int[], $15::bytea[], $16::bytea[])
         AS e (account_id, seq, kind, bucket, points, at, occurred_at, cause, order_id, version, rule, reverses_seq, why, digest)),
opened AS (
    INSERT INTO lots (merchant_id, account_id, seq, bucket, points, remaining, earned_at, usable_from, activates_on, expires_on, cause, order_id, rule,
                      awaits, cancels_on)
    SELECT $1, l.account_id, l.seq, l.bucket, l.points, l.points, l.earned_at, date '1970-01-01' + nullif(l.usable_from, 0),
           date '1970-01-01' + nullif(l.activates_on, 0), date '1970-01-01' + nullif(l.expires_on, 0), l.cause, nullif(l.order_id, 0), nullif(l.rule, ''),
           nullif(l.awaits, ''), date '1970-01-01' + nullif(l.cancels_on, 0)
    FROM unnest($17::bigint[], $18::int[], $19::text[], $20::bigint[], $21::timestamptz[], $22::int[], $23::int[], $24::int[],
                $25::text[], $26::bigint[], $27::text[], $38::text[], $39::int[])
         AS l (account_id, seq, bucket, points, earned_at, usable_from, activates_on, expires_on, cause, order_id, rule, awaits, cancels_on)),
moved AS (
    UPDATE accounts a SET pending = u.pending, available = u.available, reserved = u.reserved, deficit = u.deficit,
           last_seq = u.seq, last_at = u.at, last_digest = u.digest
    FROM (SELECT n.*, t.ctid AS place
          FROM unnest($28::bigint[], $29::bigint[], $30::int[], $31::bigint[], $32::bigint[], $33::bigint[], $34::bigint[], $35::int[], $36::timestamptz[], $37::bytea[])
               AS n (id, membership_id, was_seq, pending, available, reserved, deficit, seq, at, digest)
          CROSS JOIN LATERAL (SELECT b.ctid FROM accounts b WHERE b.merchant_id = $1 AND b.id BETWEEN n.id AND n.id ORDER BY b.id LIMIT 1) t OFFSET 0) u
    WHERE a.ctid = u.place AND a.membership_id = u.membership_id AND a.last_seq = u.was_seq
    RETURNING 1)
SELECT count(*) FROM moved
